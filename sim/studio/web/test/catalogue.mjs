// The texts of the page as they stand in src/texts, each with its languages.
import { readFileSync, readdirSync } from "node:fs";

const folder = new URL("../src/texts/", import.meta.url);

export function catalogue(told = () => {}) {
  const texts = {};
  for (const file of readdirSync(folder)) {
    const source = readFileSync(new URL(file, folder), "utf8");
    const body = source.slice(source.indexOf("{", source.indexOf("export const ")), source.lastIndexOf("} as const") + 1);
    for (const [, key] of body.matchAll(/^ {2}"([^"]+)":/gm)) {
      if (Object.hasOwn(texts, key)) told(`${key}: twice`);
      texts[key] = null;
    }
    Object.assign(texts, new Function(`return ${body}`)());
  }
  return texts;
}
