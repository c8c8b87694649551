// The first screen and the parts that are new beside it, held against results.json: the answer, what it costs a year, the
// curves, who answers for what is late.

const sum = (row) => row.reduce((a, b) => a + b, 0);
const near = (a, b, share = 0.001) => Math.abs(a - b) <= share * Math.max(1, Math.abs(a), Math.abs(b));

/** What the first screen says that does not follow from the figures. */
export async function firstScreen(page, report, truths, language, read) {
  const problems = [];
  const want = (condition, text) => {
    if (!condition) problems.push(`first screen: ${text}`);
  };
  const text = async (selector) => (await page.locator(selector).first().textContent()).trim();
  const answer = await page.getAttribute("[data-answer]", "data-answer");
  want(["yes", "no", "not yet", "nothing"].includes(answer), `no answer but ${answer}`);
  for (const part of ["reason", "advice", "cost", "sure"])
    want((await text(`[data-sentence=${part}]`)).length > 3, `nothing is said of ${part}`);
  want((await page.locator(".figures .tile").count()) <= 3, "more than three figures");
  want((await text("h1")).length > 10 && !/\{|undefined|NaN/.test(await text("#verdict")), `says "${await text("#verdict")}"`);
  const shown = report.scenarios[0];
  if (report.kind === "run") {
    const judged = Object.values(shown.results.targets)
      .map((x) => x.met)
      .filter((x) => x !== null);
    want(answer === (!judged.length ? "nothing" : judged.every(Boolean) ? "yes" : "no"), `answers ${answer}`);
  }
  if (report.kind === "comparison" && report.experiment && report.scenarios.length === 2) {
    const of = (path) => report.experiment.measures[path]?.scenarios[1]?.difference_to_base?.estimate ?? 0;
    const year = ((of("staff_cost") + of("transport_cost")) * 8760) / shown.results.run.hours;
    const said = read(await text("[data-sentence=cost]"), language);
    if (Math.abs(year) > 1) want(near(Math.abs(year), said.value, 0.006), `costs ${said.value} a year, figures say ${year}`);
    const verdicts = Object.entries(report.experiment.measures)
      .filter(([p]) => /^targets\.|^on_time\.share$/.test(p) && !/days_met|\.met$/.test(p))
      .map(([, m]) => m.scenarios[1].difference_to_base.verdict);
    if (answer === "yes") want(verdicts.includes("better") || verdicts.every((v) => v !== "cannot tell"), "says yes, and nothing is shown");
  }
  // One run does not speak for others; what one of several tells says which.
  if (["run", "replications", "roster", "network"].includes(report.kind)) {
    const alone = language === "fr" ? "sur ce seul tirage" : "on this one run";
    want((await text("[data-answer]")).includes(alone) === (report.detail === null), `the answer says ${await text("[data-answer]")}`);
  }
  if (report.kind === "replications" && shown.journal.late.items > 0)
    want((await text("[data-sentence=reason]")).includes(` ${report.detail.replication},`), "causes are of no replication in particular");
  const { plan, within_day: now, sweep, network } = report;
  if (plan) {
    const all = Object.values(plan.targets);
    want((answer === "yes") === (plan.value !== null && all.length > 0 && all.every((x) => x.holds)), `answers ${answer}`);
  }
  if (now) {
    want((await page.locator("#within-day table").first().locator("tbody tr").count()) === now.moves.length || !now.moves.length, "not all steps are told");
    want(now.moves.every((m) => m.what.fr && m.what.en), "a step has no words");
  }
  if (network) {
    const met = Object.values(network.targets).map((x) => x.met).filter((x) => x !== null);
    want(answer === (!met.length ? "nothing" : met.every(Boolean) ? "yes" : "no"), `answers ${answer}`);
  }
  if (sweep) {
    const held = (i, x) => {
      const { bound, at_least: least } = sweep.measures[i];
      if (bound === null) return true;
      const worst = (least ? x.low : x.high) ?? x.estimate;
      return Math.abs(worst - bound) <= 1e-10 * Math.abs(bound) || (least ? worst >= bound : worst <= bound);
    };
    const holds = sweep.replications > 1 && sweep.points.some((p) => p.found.every((x, i) => held(i, x)));
    if (sweep.measures.some((m) => m.bound !== null)) want((answer === "yes") === holds, `answers ${answer}`);
    want((await page.locator("[data-chart^=curve-]").count()) === sweep.measures.length, "not every measure has its curve");
  }
  const alternatives = report.scenarios.length - 1;
  if (report.kind === "comparison" && report.experiment && alternatives > 1)
    want((await page.locator("#verdict tbody tr").count()) === alternatives, `ranks not all of ${alternatives} alternatives`);
  return problems;
}

/** Midnight ends a day, and heat maps have the period's days only. */
export async function inTheirDays(page, report) {
  const problems = [];
  const cells = (chart) => page.$$eval(`.drawing:has([data-chart=${chart}]) + details tbody th`, (all) => all.map((c) => c.textContent));
  const midnights = (await cells("curves")).filter((c) => /, (?:00:00|0\sh)$/.test(c));
  if (midnights.length) problems.push(`a day begins with what the day before ended with: ${midnights[0]}`);
  const across = await page.$$eval(".drawing:has([data-chart=heat-products]) + details thead th", (all) => all.length - 1);
  const days = report.scenarios.length ? Math.ceil(report.scenarios.at(-1).results.run.hours / 24) + 1 : 0;
  if (across > days) problems.push(`heat maps show ${across} days of ${days}`);
  return problems;
}

/** Where the curves and who answers do not add up to the results of the run. */
export function newParts(report) {
  const problems = [];
  const want = (condition, text) => {
    if (!condition) problems.push(text);
  };
  for (const { results, journal } of report.scenarios) {
    const { curves, late } = journal;
    want(
      sum(Object.values(late.responsible)) === late.items,
      `answer for ${sum(Object.values(late.responsible))} items, late are ${late.items}`,
    );
    // Each slot is rounded to a hundredth of an agent.
    const rounding = 0.005 * curves.minutes * sum(curves.days.map((d) => d.slots));
    const whole = curves.days.length > 0 && sum(curves.days.map((d) => d.slots)) * (curves.minutes / 60) >= results.run.hours - 1;
    if (!whole) continue;
    for (const [name, of] of Object.entries(curves.products)) {
      const r = results.products[name];
      want(
        sum(of.arrived) === r.in && sum(of.left) === r.out,
        `${name}: curves of ${sum(of.arrived)} in and ${sum(of.left)} out, results ${r.in} and ${r.out}`,
      );
      want(
        of.before[0] - of.before[2] === r.at_start,
        `${name}: curves begin with ${of.before[0] - of.before[2]}, results with ${r.at_start}`,
      );
      let [arrived, sorted, left] = of.before;
      for (let i = 0; i < of.arrived.length; ++i) {
        [arrived, sorted, left] = [arrived + of.arrived[i], sorted + of.sorted[i], left + of.left[i]];
        if (sorted > arrived || left > sorted) {
          want(false, `${name}: curves cross in slot ${i}`);
          break;
        }
      }
    }
    for (const [name, of] of Object.entries(results.teams))
      for (const [state, minutes] of [
        ["working", of.worked_minutes],
        ["idle", of.idle_minutes],
        ["moving", of.moving_minutes],
        ["on_break", of.break_minutes],
      ])
        want(
          near(sum(curves.teams[name]?.[state] ?? []) * curves.minutes, minutes, 0.005) ||
            Math.abs(sum(curves.teams[name]?.[state] ?? []) * curves.minutes - minutes) <= rounding,
          `${name}: ${state} in curves is not ${minutes} min`,
        );
    want(
      near(
        sum(Object.values(curves.worked).map(sum)) * curves.minutes,
        sum(Object.values(results.teams).map((x) => x.worked_minutes)),
        0.005,
      ),
      "work at stations is not that of the teams",
    );
  }
  return problems;
}
