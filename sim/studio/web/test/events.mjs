// A log of XES as a reader of others (pm4js, in Chromium) reads it: as many traces as the CSV has cases, and each with its
// events: one for each row, and one more for what lasted.
//
//   node test/events.mjs EVENTS.xes EVENTS.csv
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { chromium } from "playwright-core";

const require = createRequire(import.meta.url);
const [xes, csv] = process.argv.slice(2).map((f) => readFileSync(f, "utf8"));
const rows = csv.trim().split("\n").slice(1).map((line) => line.split(","));
const wanted = {};
for (const [lot, , start, end] of rows) wanted[lot] = (wanted[lot] ?? 0) + (start === end ? 1 : 2);

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] });
const page = await browser.newPage();
await page.addScriptTag({ path: require.resolve("pm4js/dist/pm4js_latest.js") });
const found = await page.evaluate((text) => {
  const log = XesImporter.apply(text);
  return Object.fromEntries(log.traces.map((t) => [t.attributes["concept:name"].value, t.events.length]));
}, xes);
await browser.close();
const problems = [...new Set([...Object.keys(wanted), ...Object.keys(found)])].filter((lot) => wanted[lot] !== found[lot]);
console.log(`${Object.keys(found).length} traces, ${Object.values(found).reduce((a, b) => a + b, 0)} events`);
for (const lot of problems.slice(0, 10)) console.error(`lot ${lot}: ${found[lot]} events read, ${wanted[lot]} wanted`);
process.exit(problems.length || !Object.keys(found).length ? 1 : 0);
