// The studio walked in Chromium, in French and in English: its home, what if, the model and a job's report, on a copy of a folder of
// scenarios. Nothing on the console, no request but to the studio, nothing that axe finds in both themes, nothing cut off at three
// widths; what is shown is what the job found.
//
//   node studio.mjs PROGRAM FOLDER SCENARIO OUT      FOLDER has models/ and scenarios/; SCENARIO is e.g. scenarios/noumea/today.yaml
import { spawn } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { chromium } from "playwright-core";
import { badBoxes } from "./boxes.mjs";

const [program, folder, scenario, out] = process.argv.slice(2);
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const problems = [];
const want = (holds, what) => holds || problems.push(what);
mkdirSync(out, { recursive: true });

const copy = mkdtempSync(join(tmpdir(), "studio-"));
for (const part of ["models", dirname(scenario)]) cpSync(join(folder, part), join(copy, part), { recursive: true });
const file = basename(scenario);
const server = spawn(program, ["studio", join(copy, dirname(scenario)), "--no-browser"], { stdio: ["ignore", "pipe", "inherit"] });
const address = await new Promise((found, failed) => {
  let said = "";
  server.stdout.on("data", (data) => {
    said += data;
    const at = /http:\S+/.exec(said);
    if (at) found(at[0]);
  });
  server.on("exit", () => failed(new Error(`the studio ended: ${said}`)));
});
const { origin } = new URL(address);
const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });

const words = {
  fr: { run: "Simuler", dark: "Sombre", keep: "Garder comme variante", save: "Enregistrer", undo: "Annuler la modification", one: /Une seule simulation/, other: "English" },
  en: { run: "Run", dark: "Dark", keep: "Keep as a variant", save: "Save", undo: "Undo", one: /One run only/, other: "Français" },
};

async function walk(language) {
  const say = words[language];
  const context = await browser.newContext({ locale: language === "fr" ? "fr-FR" : "en-GB", viewport: { width: 1400, height: 900 } });
  const page = await context.newPage();
  page.setDefaultTimeout(120_000);
  let told = true; // what the browser itself says of an answer that is an error is no fault where the walk asks for one
  page.on("console", (m) => told && problems.push(`${language}: console: ${m.text()}`));
  page.on("pageerror", (e) => problems.push(`${language}: ${e.message}`));
  page.on("request", (r) => want(/^(data|blob):/.test(r.url()) || new URL(r.url()).host === new URL(origin).host, `${language}: asks ${r.url()}`));
  const ask = (path) => page.evaluate(async (p) => (await fetch(p)).json(), path);
  const at = (view) => page.goto(`${origin}/?view=${view}`);

  /** As it is now: by axe in both themes, cut off or overlapping at three widths, pictures kept. */
  async function look(name) {
    for (const theme of ["light", "dark"]) {
      await page.evaluate(axe);
      const found = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
      for (const v of found.violations) want(false, `${language} ${name} ${theme}: axe ${v.id}: ${v.nodes.slice(0, 3).map((n) => n.target.join(" ")).join(", ")}`);
      await page.screenshot({ path: `${out}/studio-${name}-${language}-${theme}.png` });
      await page.getByRole("button", { name: say.dark, exact: true }).click();
    }
    for (const width of [1400, 800, 390]) {
      await page.setViewportSize({ width, height: 900 });
      await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
      for (const box of await page.evaluate(badBoxes)) want(false, `${language} ${name}, ${width} wide: ${box}`);
      want(await page.evaluate((w) => document.documentElement.scrollWidth <= w + 1, width), `${language} ${name}: a window of ${width} scrolls sideways`);
      await page.screenshot({ path: `${out}/studio-${name}-${language}-${width}.png`, fullPage: true });
    }
    await page.setViewportSize({ width: 1400, height: 900 });
  }

  // Home: the answer and its figures are those of the job.
  await page.goto(address);
  await page.waitForSelector("main h1");
  want((await page.getAttribute("html", "lang")) === language, `${language}: opens in ${await page.getAttribute("html", "lang")}`);
  const bytes = await page.evaluate(() => performance.getEntriesByType("resource").length);
  want(bytes < 8, `${language}: ${bytes} files before anything is asked for`);
  const row = page.locator(`[data-scenario="${file}"]`);
  if (language === "fr") await row.getByRole("button").first().click();
  await page.waitForSelector(".one-page .tile");
  const home = await ask("/api/home");
  const { answer, job } = home.scenarios.find((s) => s.path === file);
  want((await page.textContent("#answer")).replaceAll("’", "'").replace(/\s/g, " ") === answer.sentence[language].replaceAll("’", "'").replace(/\s/g, " "), `${language}: the answer is not the job's`);
  for (const f of answer.figures) {
    const shown = await page.textContent(`[data-figure="${f.name}"] strong`);
    want(shown.replace(/\s/g, " ") === f.shown[language].replace(/\s/g, " "), `${language}: ${f.name} shows ${shown}, the job found ${f.shown[language]}`);
  }
  want(answer.figures.length === 3, `${language}: ${answer.figures.length} figures on the first screen`);
  const read = await page.textContent("main");
  want(!/\.yaml|\.mailflow|seed|tirage|\/api/.test(read), `${language}: home shows a path or a seed`);
  await look("home");

  // The report of that job, by the report's own sections.
  await at(`job&job=${job}`);
  await page.waitForSelector("#verdict-title");
  const report = await ask(`/api/jobs/${job}/report`);
  const counted = await page.$$eval("[data-path]", (all) => all.length);
  want(counted > 20, `${language}: the report shows ${counted} figures`);
  const onTime = page.locator('[data-path="on_time.share"]').first();
  const mean = report.scenarios[Number(await onTime.getAttribute("data-scenario"))].means["on_time.share"][0];
  const shown = await onTime.textContent();
  want(Math.abs(Number(/[\d.,]+/.exec(shown)[0].replace(",", ".")) - 100 * mean) < 0.06, `${language}: on time shows ${shown}, the report has ${mean}`);
  await look("report");

  // What if: one run first, and said so; then intervals; they narrow.
  await at(`what-if&file=${file}`);
  const lever = page.locator("[data-lever$='.agents']").first();
  const knob = lever.getByRole("spinbutton");
  const before = Number(await knob.getAttribute("aria-valuenow"));
  // The first figures may stand for a moment only: two runs end at the same time.
  await page.evaluate(() => {
    window.told = [];
    new MutationObserver(() => {
      const n = Number(document.querySelector(".effects")?.dataset.replications ?? 0);
      if (n && window.told.at(-1)?.n !== n) window.told.push({ n, said: document.querySelector(".found").textContent });
    }).observe(document.querySelector(".found"), { subtree: true, childList: true, attributes: true, characterData: true });
  });
  await knob.focus();
  await page.keyboard.press(language === "fr" ? "ArrowUp" : "ArrowDown");
  want(Number(await knob.getAttribute("aria-valuenow")) === before + (language === "fr" ? 1 : -1), `${language}: the key does not move the value`);
  await page.waitForFunction(() => Number(document.querySelector(".effects")?.dataset.replications) >= 4);
  const told_first = await page.evaluate(() => window.told);
  want(told_first[0].n <= 2, `${language}: the first figures are of ${told_first[0].n} runs`);
  for (const { n, said } of told_first) want(n !== 1 || say.one.test(said), `${language}: it is not said to be one run`);
  const width = () => page.$$eval(".effects .bar", (bars) => bars.reduce((sum, b) => sum + Math.abs(b.x2.baseVal.value - b.x1.baseVal.value), 0) / bars.length);
  const wide = await width();
  await page.waitForFunction(() => Number(document.querySelector(".effects")?.dataset.replications) >= 16);
  want((await width()) < wide, `${language}: the intervals do not narrow: ${wide}, then ${await width()}`);
  await page.waitForSelector(".effects[data-replications='30']");
  const { jobs } = await ask("/api/jobs");
  const trial = await ask(`/api/jobs/${jobs[0].id}`);
  for (const m of trial.figures.measures.filter((x) => x.target && x.unit === "share")) {
    const text = await page.textContent(`[data-measure="${m.name}"] [data-value]`);
    const value = Number(/[\d.,]+/.exec(text)[0].replace(",", "."));
    want(Math.abs(value - 100 * m.scenarios[1].estimate) < 0.051, `${language}: ${m.name} shows ${text}, the job found ${m.scenarios[1].estimate}`);
  }
  await look("what-if");
  await page.fill("#variant", language === "fr" ? "Essai de nuit" : "Night trial");
  await page.getByRole("button", { name: say.keep }).click();
  await page.waitForSelector(".found .good[role=status]");
  const kept = (await ask("/api/home")).scenarios.find((s) => s.path === (language === "fr" ? "essai-de-nuit.yaml" : "night-trial.yaml"));
  want(kept?.base === file, `${language}: the variant is not beside its base`);

  // The model: text and drawing, a form, a problem at its line, undo.
  await at(`model&file=${kept?.path ?? file}`);
  await page.waitForSelector(".svelte-flow__node .box");
  const drawing = await page.evaluate(async (path) => (await (await fetch("/api/model", { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ path, set: [] }) })).json()).drawing, file);
  for (const station of drawing.stations)
    want(await page.locator(".box strong", { hasText: station.label[language].replaceAll("'", "’") }).count(), `${language}: ${station.name} is not drawn`);
  await look("model");
  await page.locator(".box.station").first().focus();
  await page.keyboard.press("Enter");
  await page.waitForSelector(".form .field");
  await look("form");
  await page.locator(".cm-content").click();
  await page.keyboard.press("Control+End");
  await page.keyboard.type("\nnonsense: 1");
  await page.waitForSelector(".problems li.error");
  await page.waitForSelector(".cm-lint-marker-error");
  await look("problem");
  await page.getByRole("button", { name: say.undo }).click();
  await page.waitForSelector(".problems li.error", { state: "detached" });

  // In the other language by the switch, and back.
  await page.goto(`${origin}/`);
  await page.getByRole("button", { name: say.other, exact: true }).click();
  want((await page.getAttribute("html", "lang")) !== language, `${language}: the switch does nothing`);
  told = false;
  await context.close();
}

try {
  for (const language of ["fr", "en"]) await walk(language);
} finally {
  await browser.close();
  server.removeAllListeners("exit");
  server.kill("SIGINT");
  rmSync(copy, { recursive: true, force: true });
}
for (const p of problems) console.error(p);
console.log(problems.length ? `${problems.length} problems` : "the studio is as it should be");
process.exit(problems.length ? 1 : 0);
