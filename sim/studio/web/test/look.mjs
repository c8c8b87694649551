// Opens reports in Chromium and checks what a reader would: no error, no request, every chart drawn, filters and toggles,
// what is printed, accessibility, and each figure against results.json.
//
//   node test/look.mjs SCREENSHOTS REPORT.html[=RESULTS.json[,RESULTS.json...]] ...
import { readFileSync, statSync, mkdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, resolve } from "node:path";
import { chromium } from "playwright-core";

const require = createRequire(import.meta.url);
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const [folder, ...given] = process.argv.slice(2);
mkdirSync(folder, { recursive: true });
const problems = [];
const says = [];
const want = (condition, text) => {
  if (!condition) problems.push(text);
};

// What the text of a figure says, as a number and the half of its last digit; written without the page's own formatting.
function read(text, language) {
  const plain = text.replace(/[\u202f\u00a0\u2009 ]/g, "").replace("\u2212", "-");
  const digits = language === "fr" ? plain.match(/-?[\d]+(?:,\d+)?/) : plain.replace(/(\d),(?=\d{3})/g, "$1").match(/-?[\d]+(?:\.\d+)?/);
  if (!digits) return null;
  const number = digits[0].replace(",", ".");
  const decimals = number.includes(".") ? number.split(".")[1].length : 0;
  return { value: Number(number), half: 0.5000001 * 10 ** -decimals, unit: plain.slice(plain.indexOf(digits[0]) + digits[0].length) };
}
function scaled(value, kind, shown) {
  if (kind === "share" || kind === "percent") return 100 * value;
  if (kind === "minutes as hours") return value / 60;
  if (kind === "minutes") return value * ({ s: 60, min: 1, h: 1 / 60, d: 1 / 1440, j: 1 / 1440 }[shown.unit] ?? NaN);
  return value;
}

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] });
for (const one of given) {
  const [file, resultsFiles] = one.split("=");
  const name = basename(file, ".html");
  const truths = (resultsFiles ?? "").split(",").filter(Boolean).map((f) => JSON.parse(readFileSync(f, "utf8")));
  for (const language of ["fr", "en"]) {
    const at = `${name} (${language})`;
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
    const page = await context.newPage();
    page.on("console", (m) => want(!["error", "warning"].includes(m.type()), `${at}: console: ${m.text()}`));
    page.on("pageerror", (e) => want(false, `${at}: ${e.message}`));
    page.on("request", (r) => want(r.url().startsWith("file:") || r.url().startsWith("data:"), `${at}: request of ${r.url()}`));
    const began = Date.now();
    await page.goto(`file://${resolve(file)}`);
    await page.waitForSelector("#basis, #act");
    const seconds = (Date.now() - began) / 1000;
    await page.getByRole("button", { name: language === "fr" ? "Français" : "English" }).click();
    want((await page.getAttribute("html", "lang")) === language, `${at}: the language did not change`);

    // Charts have marks.
    const charts = await page.$$eval("[data-chart]", (all) => all.map((c) => ({
      name: c.dataset.chart, label: c.getAttribute("aria-label"), marks: c.querySelectorAll("svg path, svg rect, svg circle, svg polyline").length })));
    for (const c of charts) {
      want(c.marks >= 4, `${at}: chart ${c.name} has ${c.marks} marks`);
      want(c.label?.length > 5, `${at}: chart ${c.name} has no name`);
    }
    want(charts.length >= ((await page.$("#act")) ? 1 : 8), `${at}: only ${charts.length} charts`);

    // Figures are those of results.json; totals are the sums of what stands above them.
    let compared = 0;
    const scenarios = (await page.$$("#scenario option")).length || 1;
    for (let s = 0; s < Math.min(scenarios, Math.max(1, truths.length)); ++s) {
      if (scenarios > 1) await page.selectOption("#scenario", String(s));
      for (const by of ["destinations", "departures", "products"]) {
        if (await page.$(`[data-by=${by}]`)) await page.click(`[data-by=${by}]`);
        const figures = await page.$$eval("[data-path]", (all) => all.map((f) => ({ path: f.dataset.path, scenario: Number(f.dataset.scenario), unit: f.dataset.unit, text: f.textContent })));
        want(figures.length > 20 || truths.length === 0, `${at}: only ${figures.length} figures`);
        for (const f of truths.length ? figures : []) {
          const truth = f.path.split(".").reduce((v, k) => v?.[k], truths[f.scenario]);
          if (truth === null || truth === undefined) {
            want(f.text === "–", `${at}: ${f.path} shows ${f.text}, results.json has none`);
            continue;
          }
          const shown = read(f.text, language);
          want(shown !== null && Math.abs(scaled(truth, f.unit, shown) - shown.value) <= shown.half, `${at}: ${f.path} shows ${f.text}, results.json ${truth}`);
          ++compared;
        }
        const tables = await page.$$eval("table", (all) => all.filter((t) => t.tFoot).map((t) => ({
          caption: t.caption.textContent, rows: [...t.tBodies[0].rows].map((r) => [...r.cells].map((c) => c.textContent.trim())), total: [...t.tFoot.rows[0].cells].map((c) => c.textContent.trim()) })));
        for (const t of tables)
          for (let c = 1; c < t.total.length; ++c) {
            const whole = read(t.total[c], language);
            const cells = t.rows.map((r) => read(r[c], language));
            if (!whole || cells.some((x) => x && x.unit !== whole.unit) || (c === 1 && t.total[c].includes("%"))) continue;
            const sum = cells.reduce((a, x) => a + (x?.value ?? 0), 0);
            want(Math.abs(sum - whole.value) <= whole.half + cells.reduce((a, x) => a + (x?.half ?? 0), 0), `${at}: ${t.caption}: column ${c + 1} adds up to ${sum}, shown ${t.total[c]}`);
          }
      }
    }
    if (scenarios > 1) await page.selectOption("#scenario", String(scenarios - 1));

    // Filters and toggles.
    for (const id of ["place", "queue", "team", "departure", "unit"]) {
      const select = await page.$(`#${id}`);
      if (!select) continue;
      const values = await select.$$eval("option", (all) => all.map((o) => o.value));
      if (values.length < 2) continue;
      const chart = { place: "pareto", queue: "queue", team: "people", departure: "departures", unit: "differences" }[id];
      const before = await page.innerHTML(`[data-chart=${chart}]`);
      await page.selectOption(`#${id}`, values[values.length - 1]);
      await page.waitForTimeout(50);
      want((await page.innerHTML(`[data-chart=${chart}]`)) !== before, `${at}: choosing ${values.at(-1)} in #${id} changes nothing`);
      await page.selectOption(`#${id}`, values[0]);
    }
    const legend = page.locator("[data-chart=states] svg text", { hasText: /^(occupé|busy)$/ });
    const bars = () => page.$$eval("[data-chart=states] svg path", (all) => all.length);
    if (await legend.count()) {
      const before = await bars();
      await legend.click();
      await page.waitForTimeout(50);
      want((await bars()) !== before, `${at}: the legend does not toggle`);
      await legend.click();
    }
    const head = page.locator("#targets thead button, #machines table thead button").nth(1);
    if (await head.count()) {
      await head.click();
      want((await page.locator("[aria-sort=ascending], [aria-sort=descending]").count()) === 1, `${at}: a table does not sort`);
    }

    // Accessibility, in both themes; a narrow window does not scroll sideways.
    for (const theme of ["light", "dark"]) {
      await page.evaluate(axe);
      const found = await page.evaluate(() => axe.run(document, { resultTypes: ["violations"] }));
      for (const v of found.violations)
        want(!["serious", "critical"].includes(v.impact), `${at}, ${theme}: axe ${v.id}: ${v.help}: ${v.nodes.slice(0, 3).map((n) => n.target.join(" ")).join(", ")}`);
      await page.screenshot({ path: `${folder}/${name}-${language}-${theme}.png`, fullPage: true });
      await page.getByRole("button", { name: language === "fr" ? "Sombre" : "Dark" }).click();
    }
    await page.setViewportSize({ width: 400, height: 800 });
    await page.waitForTimeout(200);
    want(await page.evaluate(() => document.documentElement.scrollWidth <= 401), `${at}: a narrow window scrolls sideways`);
    await page.setViewportSize({ width: 1280, height: 900 });

    // Print: nothing wider than the paper.
    const pdf = await page.pdf({ format: "A4", path: `${folder}/${name}-${language}.pdf`, preferCSSPageSize: true });
    await page.setViewportSize({ width: 695, height: 1000 }); // A4 less its margins, in CSS pixels
    await page.waitForTimeout(200);
    await page.emulateMedia({ media: "print" });
    const cut = await page.evaluate(() => {
      const wide = document.documentElement.clientWidth;
      return [...document.querySelectorAll("table, svg, h2, p, pre")].filter((e) => e.getBoundingClientRect().right > wide + 1)
        .map((e) => `${e.tagName} ${(e.querySelector("caption") ?? e).textContent.slice(0, 40)}`);
    });
    want(cut.length === 0, `${at}: cut off in print: ${cut.join("; ")}`);
    says.push(`${at}: ${(statSync(file).size / 1e6).toFixed(2)} MB, open in ${seconds.toFixed(2)} s, ${charts.length} charts, ${compared} figures compared, PDF ${(pdf.length / 1e3).toFixed(0)} kB`);
    await context.close();
  }
}
await browser.close();
writeFileSync(`${folder}/report.txt`, [...says, ...problems].join("\n") + "\n");
console.log(says.join("\n"));
for (const p of problems.slice(0, 40)) console.error(p);
if (problems.length) console.error(`${problems.length} problems`);
process.exit(problems.length ? 1 : 0);
