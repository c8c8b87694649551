// The words of a page in French: none of the English catalogue, and the spaces that never break.
import { catalogue } from "./catalogue.mjs";

const words = (text) => text.toLocaleLowerCase().match(/\p{L}{4,}/gu) ?? [];
const plain = (text) => text.replace(/\{\w+\}|\{\w+, (?:plural|select),|\b(?:one|other|yes|no|open|none|some) \{|=\d+ \{/g, " ");
const texts = Object.values(catalogue());
const french = new Set(texts.flatMap((x) => words(plain(x.fr))));
const english = new Set(texts.flatMap((x) => words(plain(x.en))).filter((w) => !french.has(w)));

/** Words that the report has from its scenario, or from files: they are not the catalogue's to translate. */
function given(report) {
  const found = new Set();
  (function walk(value, key) {
    if (key === "en" || key === "text") return;
    if (typeof value === "string") for (const w of words(value)) found.add(w);
    else if (value && typeof value === "object") for (const [k, inner] of Object.entries(value)) walk(inner, k);
  })({ ...report, experiment: null }, "");
  for (const s of report.scenarios)
    for (const [, file] of s.text.matchAll(/(?:replay|file):\s*([^\s,}#]+)/g)) for (const w of words(file)) found.add(w);
  return found;
}

export function englishWords(report, text) {
  const known = given(report);
  return [...new Set(words(text).filter((w) => english.has(w) && !known.has(w)))];
}

/** Places where a space before ? ! : ; or inside « » could break a line. */
export function breakingSpaces(text) {
  return [...text.matchAll(/.{0,20}(?: [?!:;»](?![/)(])|« ).{0,10}/g)].map((m) => m[0]);
}
