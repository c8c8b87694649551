// Of a plan of the staff: how many are enough?
import { axis, base, colour, grid, labelInk, legend, tip, type Mark, type Option } from "../charts";
import { about, hoursAYear, percent, value, type Answer, type Figure, type Headline } from "./headline";
import { reasonOfRun, targetsFinding } from "./run";
import { format, label, list, measureLabel, page, range, report, says, scenario, t } from "../page.svelte";
import { keeps } from "../judge";
import type { Plan, PlannedTarget, Seat } from "../plan";

export const plan = (): Plan => report.plan!;
export const seatName = (s: Seat) => (s.shift ? t("name and value", { name: label(s, s.team), value: s.shift }) : label(s, s.team));

/** An amount of what the plan makes least. */
export const amount = (v: number | null, up = false) =>
  v === null ? "–" : plan().minimises === "cost" ? value(v, "currency") : t("person-days n", { n: up ? Math.ceil(v - 1e-6) : Math.round(v) });

const change = (n: number) => (n === 0 ? "0" : (n > 0 ? "+" : "\u2212") + format().number(Math.abs(n)));
export const signedDays = change;

/** How far within its bound, as a share of what there is; below 0: outside. */
function slackOf(path: string, x: PlannedTarget): number {
  const estimate = x.plan.estimate ?? x.wanted;
  const scale = x.unit === "share" ? Math.max(0.01, 1 - x.wanted) : Math.max(1e-9, Math.abs(x.wanted));
  return ((isAtLeast(path) ? 1 : -1) * (estimate - x.wanted)) / scale;
}
const isAtLeast = (path: string) => scenario(0).results.targets[path.split(".")[1] ?? ""]?.at_least !== undefined;
export const plannedWanted = (path: string, x: PlannedTarget) =>
  t(isAtLeast(path) ? "at least" : "at most", { bound: value(x.wanted, x.unit) });
export const planned = (): [string, PlannedTarget][] =>
  Object.entries(plan().targets).sort((a, b) => Number(a[1].holds) - Number(b[1].holds) || slackOf(...a) - slackOf(...b));

/** Whether a target is shown not to hold, and not only not shown to hold. */
export function isBroken(path: string, x: PlannedTarget): boolean {
  const { estimate, low, high } = x.plan;
  return !x.holds && estimate !== null && !keeps((isAtLeast(path) ? high : low) ?? estimate, x.wanted, isAtLeast(path));
}

function chart(): Headline["chart"] {
  const seats = plan().staff.filter((s) => s.person_days > 0 || (s.person_days_today ?? 0) > 0);
  if (!seats.length) return null;
  const text = labelInk(page.theme);
  const compared = seats.some((s) => s.person_days_today !== null);
  const names = seats.map(seatName);
  const option: Option = {
    ...base(page.theme, page.language),
    grid: grid({ top: 30 }),
    legend: legend(),
    tooltip: { trigger: "item", formatter: (p: Mark) => tip(p.name, [t("name and value", { name: p.seriesName, value: t("person-days n", { n: p.value }) })]) },
    xAxis: axis(page.theme, { type: "value", name: t("person-days"), nameGap: 26, axisLabel: { formatter: (v: number) => format().number(v), color: text, hideOverlap: true } }),
    yAxis: axis(page.theme, { type: "category", inverse: true, data: names, axisLabel: { color: text, width: 170, overflow: "break", lineHeight: 13 } }),
    series: [
      ...(compared ? [{ name: t("today"), type: "bar", barMaxWidth: 12, color: colour(7), data: seats.map((s) => s.person_days_today) }] : []),
      { name: t("the plan"), type: "bar", barMaxWidth: 12, color: colour(0), data: seats.map((s) => s.person_days), label: { show: true, position: "right", color: text, formatter: (p: Mark) => format().number(p.value) } },
    ],
  };
  const [most] = [...seats].sort((a, b) => Math.abs(b.person_days - (b.person_days_today ?? 0)) - Math.abs(a.person_days - (a.person_days_today ?? 0)));
  const by = compared && most ? most.person_days - (most.person_days_today ?? 0) : 0;
  return {
    name: "staff",
    title: !compared ? t("staff plain", { n: plan().person_days }) : by === 0 ? t("staff same") : t("staff finding", { team: seatName(most!), by: change(by) }),
    option,
    height: 80 + 34 * seats.length,
  };
}

/** "morning 14 agents instead of 9", those that change most first. */
function changes(): string[] {
  const each = (s: Seat) => {
    const all = s.agents.map((d) => d.agents);
    const [least, most] = [Math.min(...all), Math.max(...all)];
    return least === most ? format().number(most) : t("interval", { low: format().number(least), high: format().number(most) });
  };
  const seats = plan().staff.filter((s) => s.agents.length && s.person_days !== (s.person_days_today ?? -1));
  return [...seats]
    .sort((a, b) => Math.abs(b.person_days - (b.person_days_today ?? 0)) - Math.abs(a.person_days - (a.person_days_today ?? 0)))
    .slice(0, 4)
    .map((s) => t("name and value", { name: seatName(s), value: each(s) }));
}

function reason(): string {
  const p = plan();
  if (p.lacking) return says(p.lacking);
  const [fewer] = p.neighbours.filter((n) => n.by < 0 && n.breaks);
  if (fewer)
    return t("reason one fewer", { team: label(scenario(0).results.teams[fewer.team], fewer.team), when: says(fewer.when), target: measureLabel(`targets.${fewer.breaks}.value`), value: value(fewer.found.estimate, p.targets[`targets.${fewer.breaks}.value`]?.unit ?? "") });
  const cut = [...p.rounds].reverse().flatMap((r) => r.cuts)[0];
  if (cut) return t("reason cut", { target: measureLabel(`targets.${cut.target}.value`), helps: says(cut.helps) });
  return p.value === null ? reasonOfRun(0) : t("reason curve of work");
}

function costs(): string {
  const p = plan();
  if (p.value === null) return t("no plan no cost");
  const hours = scenario().results.run.hours;
  const year = (v: number) => about(Math.abs((v * hoursAYear) / hours));
  const compared = p.staff_cost_today.replications > 0 && p.staff_cost.replications > 0;
  const more = (p.staff_cost.estimate ?? 0) - (p.staff_cost_today.estimate ?? 0);
  const money = p.staff_cost.estimate !== null && p.staff_cost.replications > 0 && p.staff_cost.estimate > 0;
  const pay = money
    ? compared
      ? t("plan costs more", { cost: t("a year", { cost: year(p.staff_cost.estimate!) }), more: more > 0 ? "yes" : "no", by: t("a year", { cost: year(more) }) })
      : t("plan costs", { cost: t("a year", { cost: year(p.staff_cost.estimate!) }) })
    : t("plan days", { n: p.person_days, days: Math.round(p.days) });
  return `${pay} ${t("plan proof", { least: p.proven && p.gap === 0 ? "yes" : "no", bound: amount(p.bound, true) })}`;
}

export function planHeadline(): Headline {
  const p = plan();
  const broken = planned().filter(([path, x]) => isBroken(path, x));
  const open = planned().filter(([, x]) => !x.holds);
  const answer: Answer = p.status === "impossible" ? "no" : p.value === null ? "not yet" : open.length === 0 && Object.keys(p.targets).length > 0 ? "yes" : broken.length ? "no" : "not yet";
  const today = p.staff.some((s) => s.person_days_today !== null) ? p.staff.reduce((sum, s) => sum + (s.person_days_today ?? s.person_days), 0) : null;
  const figures: Figure[] = planned()
    .filter(([, x]) => x.plan.estimate !== null && x.plan.replications > 0)
    .map(([path, x]) => ({
      title: measureLabel(path),
      cell: { value: x.plan.estimate, text: value(x.plan.estimate, x.unit), path: `targets/${path}/plan/estimate`, scenario: 0, unit: x.unit },
      wanted: t("wanted is", { value: plannedWanted(path, x) }),
      note: range(x.plan.low, x.plan.high, x.unit) ? t("interval is", { interval: range(x.plan.low, x.plan.high, x.unit) }) : "",
      judgement: x.holds ? "met" : isBroken(path, x) ? "missed" : "in doubt",
    }));
  const staffFigures: Figure[] =
    p.value === null
      ? []
      : [
          { title: p.minimises === "cost" ? t("least pay") : t("least days"), cell: { value: p.value, text: amount(p.value) }, wanted: t("plan bound", { bound: amount(p.bound, true) }), note: t("over the run", { days: Math.round(p.days) }) },
          { title: t("person-days"), cell: { value: p.person_days, text: format().number(p.person_days), path: "person_days", scenario: 0, unit: "" }, wanted: today === null ? "" : t("today is", { value: format().number(today) }) },
        ];
  return {
    question: t("question plan", { scenario: label(scenario(0).results.scenario, "") }),
    answer,
    finding:
      p.status === "impossible"
        ? t("finding plan impossible", { n: open.length, names: list(open.slice(0, 3).map(([path]) => measureLabel(path))) })
        : p.value === null
          ? t("finding plan none", { n: p.rounds.length })
          : t("finding plan", {
              answer: answer === "yes" ? "yes" : "no",
              value: amount(p.value),
              days: p.person_days,
              today: today ?? 0,
              known: today === null ? "no" : "yes",
              n: Object.keys(p.targets).length,
              open: open.length,
              names: list(open.slice(0, 2).map(([path]) => measureLabel(path))),
              stopped: p.status === "stopped" ? "yes" : "no",
            }),
    figures: [...staffFigures, ...figures].slice(0, 3),
    chart: chart(),
    reason: reason(),
    advice:
      answer === "yes"
        ? t("advice plan", { changes: list(changes()), same: changes().length ? "no" : "yes" })
        : p.value === null
          ? t("advice no plan", { verdict: targetsFinding(0) })
          : t("advice plan open", { names: list(open.slice(0, 2).map(([path]) => measureLabel(path))) }),
    cost: costs(),
    sure: t("sure plan", { n: p.replications, plans: p.plans_run, confidence: percent(p.confidence), stopped: p.status === "stopped" ? "yes" : "no" }),
  };
}
