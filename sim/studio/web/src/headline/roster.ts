// Of a roster: does it hold?
import { axis, base, cardInk, colour, grid, labelInk, legend, tip, upright, type Marks, type Option } from "../charts";
import { about, onOneRun, sureOfRun, type Answer, type Figure, type Headline } from "./headline";
import { adviceOfRun, answerOf, reasonOfRun, targetsFinding } from "./run";
import { format, label, list, page, report, says, t } from "../page.svelte";
import { judged } from "../judge";

export const rosterCost = (v: number, up = false) =>
  report.roster!.unit_of_cost === "person-days"
    ? t("person-days n", { n: up ? Math.ceil(v - 1e-6) : Math.round(v) })
    : format().value(v, "currency", report.roster!.unit_of_cost);

export const rosterEnd = () => report.roster!.agents[0]?.days[report.roster!.days - 1]?.date ?? report.roster!.from;

/** What broken soft rules weigh. */
export const points = (weight: number) => t("points n", { n: weight, text: format().number(weight, Number.isInteger(weight) ? 0 : 1) });

function chart(): Headline["chart"] {
  const r = report.roster!;
  const days = r.agents[0]?.days.map((d) => d.date) ?? [];
  const shifts = r.shifts.filter((s) => r.agents.some((a) => a.days.some((d) => d.shift === s.name && !d.absent)));
  if (!days.length || !shifts.length) return null;
  const on = (shift: string, day: number) => r.agents.filter((a) => a.days[day]?.shift === shift && !a.days[day]?.absent).length;
  const text = labelInk(page.theme);
  const option: Option = {
    ...base(page.theme, page.language),
    grid: grid(),
    legend: legend(),
    tooltip: {
      trigger: "axis",
      axisPointer: { type: "shadow" },
      formatter: (ps: Marks) =>
        tip(
          format().date(ps[0].axisValue),
          ps.filter((p) => p.value > 0).map((p) => t("name and value", { name: p.seriesName, value: format().number(p.value) })),
        ),
    },
    xAxis: axis(page.theme, {
      type: "category",
      data: days,
      axisLabel: { color: text, formatter: (d: string) => format().weekdayDate(d), hideOverlap: true },
    }),
    yAxis: upright(page.theme, { type: "value", name: t("agents"), axisLabel: { color: text } }),
    series: shifts.map((s, i) => ({
      name: label(s, s.name),
      type: "bar",
      stack: "all",
      barMaxWidth: 34,
      color: colour(i),
      itemStyle: { borderColor: cardInk(), borderWidth: 1 },
      data: days.map((_, d) => on(s.name, d)),
    })),
  };
  const totals = days.map((_, d) => shifts.reduce((sum, s) => sum + on(s.name, d), 0)).filter((n) => n > 0);
  return { name: "duties", title: t("duties finding", { least: Math.min(...totals), most: Math.max(...totals) }), option, height: 320 };
}

export function rosterHeadline(): Headline {
  const r = report.roster!;
  const hard = r.broken.filter((b) => b.cost === null);
  const soft = r.broken.filter((b) => b.cost !== null);
  const targets = judged(0).filter((x) => x.judgement !== "nothing to judge");
  const simulated = answerOf(judged(0));
  const answer: Answer = hard.length ? "no" : simulated === "nothing" ? "yes" : simulated;
  const paid = r.pay + r.temporaries_cost; // what soft rules weigh is no pay
  const money = r.unit_of_cost !== "person-days";
  const met = targets.filter((x) => x.judgement === "met").length;
  const figures: Figure[] = [
    {
      title: t("roster cost"),
      cell: { value: paid, text: rosterCost(paid) },
      wanted: soft.length ? t("roster least with points", { bound: rosterCost(r.bound, true) }) : t("roster least", { bound: rosterCost(r.bound, true) }),
      note: t("roster for", { days: r.days }),
    },
    {
      title: t("hard rules broken"),
      cell: { value: hard.length, text: format().number(hard.length) },
      wanted: t("wanted none"),
      judgement: hard.length ? "missed" : "met",
      note: soft.length ? t("soft rules too", { n: soft.length, points: points(r.broken_rules_cost) }) : "",
    },
    {
      title: t("targets met"),
      cell: { value: met, text: t("of days", { met, judged: targets.length }) },
      wanted: t("wanted all"),
      judgement: simulated === "yes" ? "met" : simulated === "no" ? "missed" : "in doubt",
      note: t("simulated with it"),
    },
  ];
  const worst = [...soft].sort((a, b) => b.cost! - a.cost!)[0];
  const people = r.agents.length;
  const outside = r.temporaries.reduce((sum, x) => sum + x.agents, 0);
  return {
    question: t("question roster", { from: format().date(r.from), to: format().date(rosterEnd()) }),
    answer,
    ...(hard.length ? {} : onOneRun()),
    finding: hard.length ? t("finding roster broken", { n: hard.length }) : t("finding roster kept", { verdict: targetsFinding(0) }),
    figures,
    chart: chart(),
    reason: hard.length
      ? t("reason rules", { n: hard.length, words: list(hard.slice(0, 2).map((b) => says(b.label))) })
      : simulated === "no"
        ? reasonOfRun(0)
        : worst
          ? t("reason soft", { n: soft.length, words: says(worst.label) })
          : t("reason no rule"),
    advice: hard.length
      ? t("advice roster mend")
      : simulated === "no"
        ? t("advice roster not", { advice: adviceOfRun(0).advice })
        : t("advice roster take", { people, days: r.days, temporaries: outside }),
    cost:
      (money
        ? t("roster costs", { cost: t("a year", { cost: about((paid * 365) / r.days) }) })
        : t("roster days", { cost: rosterCost(paid), days: r.days })) +
      " " +
      t("roster proof", { least: rosterCost(r.cost) === rosterCost(r.bound, true) ? "yes" : "no", bound: rosterCost(r.bound, true), points: soft.length ? "yes" : "no", whole: rosterCost(r.cost) }),
    sure: sureOfRun(0),
  };
}
