// Both languages of every text parse and take the same values; every text is used, and every text used exists.
import { readFileSync, readdirSync } from "node:fs";
import { IntlMessageFormat } from "intl-messageformat";
import { catalogue } from "./catalogue.mjs";

const folder = new URL("../src/", import.meta.url);
const problems = [];
const texts = catalogue((problem) => problems.push(problem));

function values(parts, found = new Set()) {
  for (const part of parts) {
    if (part.value !== undefined && part.type !== 0) found.add(part.value);
    for (const option of Object.values(part.options ?? {})) values(option.value, found);
  }
  return found;
}
for (const [key, text] of Object.entries(texts)) {
  const sets = ["fr", "en"].map((language) => {
    if (!text[language]) return problems.push(`${key}: no ${language}`), "";
    return [...values(new IntlMessageFormat(text[language], language, undefined, { ignoreTag: true }).getAst())].sort().join(" ");
  });
  if (sets[0] !== sets[1]) problems.push(`${key}: fr takes ${sets[0]}, en ${sets[1]}`);
}
const code = readdirSync(folder, { recursive: true }).filter((f) => /\.(svelte|ts)$/.test(f) && !f.startsWith("texts")).map((f) => readFileSync(new URL(f, folder), "utf8")).join("\n");
for (const key of Object.keys(texts)) {
  const family = key.includes(".") ? key.slice(0, key.indexOf(".") + 1) + "${" : key.startsWith("by ") ? "by ${" : null;
  if (!code.includes(`"${key}"`) && !(family && code.includes(family))) problems.push(`${key}: nobody uses it`);
}
for (const [, key] of code.matchAll(/\bt\("([^"]+)"/g)) if (!texts[key]) problems.push(`${key}: used, not in the catalogue`);
console.log(`${Object.keys(texts).length} texts`);
for (const p of problems) console.error(p);
process.exit(problems.length ? 1 : 0);
