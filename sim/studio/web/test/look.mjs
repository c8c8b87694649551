// Opens reports in Chromium and checks what a reader would: no error, no request, every chart drawn, filters and toggles,
// what is printed, accessibility, words, and each figure against results.json or, of replications, their means.
//
//   node test/look.mjs SCREENSHOTS REPORT.html[=RESULTS.json[,RESULTS.json...] | =replications.csv | =REPORT.json] ...
import { readFileSync, statSync, mkdirSync, writeFileSync } from "node:fs";
import { inflateSync } from "node:zlib";
import { createRequire } from "node:module";
import { availableParallelism } from "node:os";
import { basename, resolve } from "node:path";
import { chromium } from "playwright-core";
import { badBoxes, paleMarks } from "./boxes.mjs";
import { firstScreen, inTheirDays, newParts } from "./first-screen.mjs";
import { breakingSpaces, englishWords } from "./words.mjs";

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

// What a figure must be: by path, of each scenario. Of replications, the mean of those that have one.
const ofRun = (file) => {
  const results = JSON.parse(readFileSync(file, "utf8"));
  return { has: () => true, get: (path) => path.split(".").reduce((v, k) => v?.[k], results) };
};
// Paths of what the command itself found have slashes, for names in it have dots; of its scenarios there are the means.
const ofCommand = (file) => {
  const report = JSON.parse(readFileSync(file, "utf8"));
  const found = report.plan ?? report.within_day ?? report.sweep ?? report.network;
  const own = (scenario) => ({
    has: (path) => scenario?.means?.[path] !== undefined || path.includes("/") || path in found,
    get: (path) => scenario?.means?.[path]?.[0] ?? path.split("/").reduce((v, k) => v?.[k], found),
  });
  return report.scenarios.length ? report.scenarios.map(own) : [own(null)];
};
function ofReplications(file) {
  const scenarios = new Map();
  for (const line of readFileSync(file, "utf8").trim().split("\n").slice(1)) {
    const [, scenario, measure, value] = line.match(/^((?:"(?:[^"]|"")*"|[^,"])*),[0-9]+,([^,]*),(.*)$/);
    if (!scenarios.has(scenario)) scenarios.set(scenario, new Map());
    const measures = scenarios.get(scenario);
    if (!measures.has(measure)) measures.set(measure, []);
    if (value.trim() !== "") measures.get(measure).push(Number(value));
  }
  return [...scenarios.values()].map((measures) => ({
    has: (path) => measures.has(path),
    get: (path) => {
      const all = measures.get(path);
      return all?.length ? all.reduce((a, b) => a + b, 0) / all.length : null;
    },
  }));
}

// Labels of the other language, and names that have labels, have no place in what is read.
function strangers(report, language) {
  const [labels, names] = [[], []];
  (function walk(value, name) {
    if (!value || typeof value !== "object") return;
    if (typeof value.fr === "string" && typeof value.en === "string" && Object.keys(value).length === 2) labels.push([value, name]);
    else for (const [key, inner] of Object.entries(value)) walk(inner, key === "label" ? (value.name ?? name) : key);
  })({ ...report, scenarios: report.scenarios.map((s) => s.results), experiment: null, improvement: null }, "");
  const own = labels.map(([x]) => x[language]);
  for (const [x, name] of labels)
    if (/[-_]/.test(String(name)) && x[language] !== name && !own.some((o) => o.includes(name))) names.push(name);
  const others = labels.map(([x]) => x[language === "fr" ? "en" : "fr"]).filter((o) => o.length > 5 && !own.some((x) => x.includes(o)));
  return [...new Set([...names, ...others])];
}

const headings = new Map(); // by its question, the kind of report
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] });
async function look(one, language) {
  const [file, resultsFiles] = one.split("=");
  const name = basename(file, ".html");
  const truths = (resultsFiles ?? "").split(",").filter(Boolean).flatMap((f) => (f.endsWith(".csv") ? ofReplications(f) : basename(f) === "results.json" ? [ofRun(f)] : ofCommand(f)));
  const at = `${name} (${language})`;
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  context.setDefaultTimeout(120000); // a machine may be busy
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
  const least = (await page.$("#act")) ? 1 : (await page.$("#network-links")) ? 2 : 8;
  want(charts.length >= least, `${at}: only ${charts.length} charts`);

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
        if (!truths[f.scenario].has(f.path)) continue;
        const truth = truths[f.scenario].get(f.path);
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

  // What is said first, and in which words.
  const report = JSON.parse(inflateSync(Buffer.from((await page.textContent("script#report")).trim(), "base64")));
  const heading = await page.textContent("[data-question]");
  // One run and its replications ask the same.
  const asks = report.kind === "replications" ? "run" : report.kind;
  want(!headings.has(heading + language) || headings.get(heading + language) === asks, `${at}: asks "${heading}", as a report of another kind`);
  headings.set(heading + language, asks);
  if (report.scenarios.length) {
    const run = report.scenarios.at(-1).results.run;
    const last = new Date(Date.parse(run.to.slice(0, 10) + "T00:00:00Z") - (run.to.slice(11, 19) === "00:00:00" ? 86400000 : 0));
    const day = new Intl.DateTimeFormat(language === "fr" ? "fr-FR" : "en-GB", { timeZone: "UTC", weekday: "long", day: "numeric", month: "long", year: "numeric" }).format(last);
    want((await page.textContent("header.top")).includes(day), `${at}: the period does not end on ${day}`);
    const tile = async (path) => read((await page.locator(`.tile [data-path="${path}"]`).first().textContent()), language);
    if (await page.$('.tile [data-path="in"]')) {
      const [came, left, here] = [await tile("in"), await tile("out"), await tile("left")];
      const before = (await page.$('.tile [data-path="at_start"]')) ? await tile("at_start") : { value: 0, half: 0 };
      want(Math.abs(before.value + came.value - left.value - here.value) <= 4 * came.half + 1e-6, `${at}: the tiles do not add up`);
    }
    want((report.detail !== null) === (await page.textContent("main")).includes(language === "fr" ? `simulation ${report.detail?.replication}` : `replication ${report.detail?.replication}`),
      `${at}: which replication is in detail is not said`);
  }
  // Late items: no departure in a centre without, no machine at a table, no "most" of what is less than half.
  const shown = report.scenarios.at(-1);
  if (shown && ["run", "replications"].includes(report.kind) && shown.journal.late.items > 0) {
    const said = await page.textContent("[data-sentence=reason]");
    const { late } = shown.journal;
    const of = await page.getAttribute("[data-sentence=reason]", "data-target");
    const missed = Object.entries(shown.results.targets).filter(([n, x]) => report.kind === "run" && x.met === false && Object.keys(late.of_targets[n] ?? {}).length);
    want(!missed.length || missed.some(([n]) => n === of), `${at}: the reason is of target ${of}, missed are ${missed.map(([n]) => n)}`);
    const minutes = Object.entries((of && late.of_targets[of]) || late.item_minutes).flatMap(([station, of]) => Object.entries(of).map(([cause, m]) => ({ station, cause, m })));
    const lost = minutes.filter((x) => !["processing", "waiting_for_departure"].includes(x.cause)).sort((a, b) => b.m - a.m)[0];
    if (lost) want(said.includes(shown.results.stations[lost.station].label[language]), `${at}: the largest loss is at ${lost.station}, said is: ${said}`);
    want(!/most of|surtout/.test(said), `${at}: ${said}`);
    if (!minutes.some((x) => x.cause === "waiting_for_departure")) want(!/departure|départ/.test(said), `${at}: no departure, yet: ${said}`);
    const machines = minutes.filter((x) => x.cause === "waiting_for_machine");
    if (machines.length && machines.every((x) => shown.results.stations[x.station].kind === "manual"))
      want(!/waiting for machine|attente (?:de|d’une) machine/i.test(await page.textContent("#why-late")), `${at}: there is no machine to wait for`);
  }
  const rows = await page.$$eval("#comparison tbody tr", (all) => all.map((r) => [...r.cells].map((c) => c.textContent.trim())));
  for (const r of rows)
    if (/^(indécis|cannot tell)$/.test(r.at(-1)) && r.at(-2).startsWith("+") === !/[−]/.test(r.at(-2).slice(1)) && r.at(-2) !== "–")
      want(false, `${at}: ${r[0]} is ${r.at(-1)} beside an interval that leaves out 0: ${r.at(-2)}`);
  const read_by_people = await page.evaluate(() => {
    const copy = document.querySelector("main").cloneNode(true);
    for (const e of copy.querySelectorAll("pre, code, select, ul.changes")) e.remove();
    return copy.textContent;
  });
  for (const problem of [...(await firstScreen(page, report, truths, language, read)), ...newParts(report), ...(await inTheirDays(page, report))]) want(false, `${at}: ${problem}`);
  if (language === "fr") {
    for (const word of englishWords(report, read_by_people)) want(false, `${at}: says "${word}", which is English`);
    for (const place of breakingSpaces(read_by_people)) want(false, `${at}: a line may break in "${place}"`);
  }
  for (const word of strangers(report, language))
    want(!new RegExp(`(?<![\\p{L}-])${word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}(?![\\p{L}-])`, "u").test(read_by_people), `${at}: says "${word}"`);

  // Filters and toggles.
  for (const id of ["place", "queue", "team", "departure", "unit", "load-day", "load-skill", "mail", "curves-day"]) {
    const select = await page.$(`#${id}`);
    if (!select) continue;
    const values = await select.$$eval("option", (all) => all.map((o) => o.value));
    if (values.length < (["place", "mail", "load-skill", "curves-day"].includes(id) ? 3 : 2)) continue; // one is as much as all
    const chart = { place: "pareto", queue: "queue", team: "people", departure: "departures", unit: "differences", "load-day": "load", "load-skill": "load", mail: "curves", "curves-day": "curves" }[id];
    const before = await page.innerHTML(`[data-chart=${chart}]`);
    const now = await select.inputValue();
    await page.selectOption(`#${id}`, values.findLast((v) => v !== now));
    await page.waitForTimeout(50);
    want((await page.innerHTML(`[data-chart=${chart}]`)) !== before, `${at}: choosing another in #${id} changes nothing`);
    await page.selectOption(`#${id}`, values[0]);
  }
  // From a day to a departure, to its lots, to what happened to one.
  if (await page.$("#lots-day")) {
    const { groups } = shown.journal.late;
    const days = await page.$$eval("#lots-day option", (all) => all.map((o) => o.value));
    want(days.length === new Set(groups.map((g) => g.due)).size, `${at}: ${days.length} days to choose lots of`);
    for (const day of [days[0], days.at(-1)]) {
      await page.selectOption("#lots-day", day);
      const [group] = groups.filter((g) => (g.due ?? "") === day);
      await page.selectOption("#lots-departure", group.departure ?? "");
      const lots = page.locator("[data-lots-found] details");
      want((await lots.count()) === group.latest.length, `${at}: ${await lots.count()} lots of ${day}`);
      await lots.first().locator("summary").click();
      want((await lots.first().locator("tbody tr").count()) === group.latest[0].steps.length, `${at}: the journey of lot ${group.latest[0].lot} is not whole`);
      want((await page.textContent("[data-lots-found] p")).replace(/\D/g, "").includes(String(group.items)), `${at}: not all items of ${day} are told`);
    }
    want(groups.length === 400 || groups.reduce((a, g) => a + g.items, 0) === shown.journal.late.items, `${at}: groups of late lots do not add up`);
  } else want(!shown?.journal.late.items || report.kind === "improvement", `${at}: late lots cannot be looked at`);
  const legend = page.locator("[data-legend=states] button", { hasText: /occupé|busy/ });
  const bars = () => page.innerHTML("[data-chart=states] svg");
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
    for (const pale of await page.evaluate(paleMarks)) want(false, `${at}, ${theme}: too pale: ${pale}`);
    await page.screenshot({ path: `${folder}/${name}-${language}-${theme}.png`, fullPage: true });
    await page.getByRole("button", { name: language === "fr" ? "Sombre" : "Dark" }).click();
  }
  for (const width of [1400, 800, 390]) {
    await page.setViewportSize({ width, height: 900 });
    await page.waitForTimeout(250);
    for (const box of await page.evaluate(badBoxes)) want(false, `${at}, ${width} wide: ${box}`);
    want(await page.evaluate((w) => document.documentElement.scrollWidth <= w + 1, width), `${at}: a window of ${width} scrolls sideways`);
    const sideways = await page.$$eval(".scroll:has(.stacks)", (all, w) => (w > 640 ? [] : all.filter((s) => s.scrollWidth > s.clientWidth + 1).map((s) => s.getAttribute("aria-label"))), width);
    want(sideways.length === 0, `${at}, ${width} wide: tables scroll sideways: ${sideways.join("; ")}`);
    await page.screenshot({ path: `${folder}/${name}-${language}-${width}.png`, fullPage: true });
  }
  await page.setViewportSize({ width: 1280, height: 900 });

  // Print, whatever the width of the window: nothing wider than the paper, and no chart cut off by a box around it.
  let pdf;
  for (const width of language === "fr" ? [700, 1280, 1900] : [1280]) {
    await page.setViewportSize({ width, height: 900 });
    await page.waitForTimeout(200);
    pdf = await page.pdf({ format: "A4", path: `${folder}/${name}-${language}-${width}.pdf`, preferCSSPageSize: true });
    await page.emulateMedia({ media: "print" });
    const cut = await page.evaluate((paper) => {
      document.body.style.width = `${paper}px`;
      const [left, right] = [document.body.getBoundingClientRect().left, document.body.getBoundingClientRect().left + paper];
      const wide = [...document.querySelectorAll("table, svg, h2, p, pre")].filter((e) => e.getBoundingClientRect().right > right + 1 || e.getBoundingClientRect().left < left - 1)
        .map((e) => `${e.tagName} ${(e.querySelector("caption") ?? e).textContent.slice(0, 40)}`);
      for (const svg of document.querySelectorAll("[data-chart] svg")) {
        const is = svg.getBoundingClientRect();
        for (let e = svg.parentElement; e && e.dataset.chart === undefined; e = e.parentElement) {
          const box = e.getBoundingClientRect();
          if (is.right > box.right + 1 || is.bottom > box.bottom + 1) wide.push(`chart ${svg.closest("[data-chart]").dataset.chart}`);
        }
        // What is drawn is scaled with the picture: its view box is the size that it was drawn for.
        const [, , w] = (svg.getAttribute("viewBox") ?? "0 0 0 0").split(" ").map(Number);
        if (Math.abs(w - Number(svg.getAttribute("width"))) > 1) wide.push(`chart ${svg.closest("[data-chart]").dataset.chart}: view box ${w}, drawn ${svg.getAttribute("width")}`);
      }
      document.body.style.width = "";
      return [...new Set(wide)];
    }, 695); // A4 less its margins, in CSS pixels
    want(cut.length === 0, `${at}: cut off in print from a window of ${width}: ${cut.join("; ")}`);
    await page.emulateMedia({ media: null });
  }
  const pages = [...pdf.toString("latin1").matchAll(/\/Type\s*\/Page\b(?!s)/g)].length;
  if (name === "today") want(pages < 12, `${at}: a week takes ${pages} pages`);
  says.push(`${at}: ${(statSync(file).size / 1e6).toFixed(2)} MB, open in ${seconds.toFixed(2)} s, ${charts.length} charts, ${compared} figures compared, PDF ${(pdf.length / 1e3).toFixed(0)} kB, ${pages} pages`);
  await context.close();
}

// As many at once as there are processors. Widths of paper are tried in French alone, whose words are longer.
const waiting = given.flatMap((one) => ["fr", "en"].map((language) => [one, language]));
await Promise.all(Array.from({ length: availableParallelism() }, async () => {
  for (let next = waiting.shift(); next; next = waiting.shift()) await look(...next);
}));
await browser.close();
writeFileSync(`${folder}/report.txt`, [...says, ...problems].join("\n") + "\n");
console.log(says.join("\n"));
for (const p of problems.slice(0, 40)) console.error(p);
if (problems.length) console.error(`${problems.length} problems`);
process.exit(problems.length ? 1 : 0);
