// Of `targets`: how much mail can be taken?
import { axis, base, colour, grid, labelInk, tip, whisker, type Drawing, type Mark, type Option, type Whisker } from "../charts";
import { aYear, percent, teamAt, type Answer, type Figure, type Headline } from "./headline";
import { reasonOfRun } from "./run";
import { format, list, measureLabel, page, report, says, scenario, scenarioName, t } from "../page.svelte";
import type { CarriedTarget } from "../experiment";

const most = 2; // times today's volume, as far as the chart goes

function chart(targets: CarriedTarget[]): Headline["chart"] {
  const shown = targets
    .filter((x) => x.factor !== null && !x.easier)
    .sort((a, b) => a.factor! - b.factor!)
    .slice(0, 8);
  if (!shown.length) return null;
  const text = labelInk(page.theme);
  const names = shown.map((x) => measureLabel(x.name));
  const ink = colour(0);
  const up = (v: number | null) => Math.min(most, v ?? 0);
  const option: Option = {
    ...base(page.theme, page.language),
    grid: grid({ top: 24 }),
    tooltip: {
      trigger: "item",
      formatter: (p: Mark<Whisker>) =>
        tip(names[p.value[3]], [says(shown[p.value[3]]!.carries), says(shown[p.value[3]]!.binds)].filter(Boolean)),
    },
    xAxis: axis(page.theme, {
      type: "value",
      min: 0.4,
      max: most,
      interval: 0.2,
      axisLabel: { formatter: (v: number) => format().value(v, "percent"), color: text },
    }),
    yAxis: axis(page.theme, {
      type: "category",
      inverse: true,
      data: names,
      axisLabel: { color: text, width: 170, overflow: "break", lineHeight: 13 },
    }),
    series: [
      {
        type: "custom",
        color: ink,
        encode: { x: [0, 1, 2], y: 3 },
        clip: true,
        markLine: {
          silent: true,
          symbol: "none",
          label: { show: true, position: "start", formatter: t("today's volume"), color: text },
          lineStyle: { color: text, type: "solid" },
          data: [{ xAxis: 1 }],
        },
        data: shown.map((x, i): Whisker => [up(x.factor), up(x.low ?? x.factor), up(x.high ?? x.factor), i]),
        renderItem: (_: unknown, api: Drawing) => whisker(api, ink),
      },
    ],
  };
  return {
    name: "volumes",
    title: t("volumes finding", {
      n: shown.filter((x) => (x.high ?? x.factor!) < 1).length,
      doubt: shown.filter((x) => x.factor! < 1 && (x.high ?? x.factor!) >= 1).length,
    }),
    option,
    height: 70 + 30 * shown.length,
  };
}

const percentOf = (factor: number) => format().number(100 * factor);

export function capacityHeadline(index: number): Headline {
  const found = report.targets!;
  const targets = (found.scenarios[index]?.targets ?? []).filter((x) => x.judgement !== "nothing to judge");
  const bounded: CarriedTarget[] = targets.filter((x) => !x.easier && x.factor !== null).sort((a, b) => a.factor! - b.factor!);
  const never = targets.filter((x) => !x.easier && x.factor === null && says(x.carries) !== "" && x.judgement !== "met");
  const first = bounded[0];
  // Targets that hold only from some volume on: cost and pace.
  const from = targets.filter((x) => x.easier && x.factor !== null && x.judgement !== "nothing to judge").sort((a, b) => b.factor! - a.factor!)[0];
  const isRange = from !== undefined && first !== undefined && from.factor! > 0.05;
  const now = targets.filter((x) => x.judgement === "met").length;
  const answer: Answer = !targets.length
    ? "nothing"
    : targets.some((x) => x.judgement === "missed")
      ? "no"
      : now < targets.length
        ? "not yet"
        : "yes";
  const figures: Figure[] = bounded.slice(0, 3).map((x) => ({
    title: measureLabel(x.name),
    cell: { value: x.factor, text: says(x.carries) },
    wanted: t("of today's volume"),
    judgement: x.judgement,
    note: says(x.interval) ? t("interval is", { interval: says(x.interval) }) : "",
  }));
  const binds = first ? says(first.binds).replace(/\s*: (.+)$/, " ($1)") : "";
  const station =
    first && /: (agents|staff)$/.test(first.binds[page.language])
      ? Object.entries(scenario(index).results.stations).find(([, s]) => first.binds[page.language].startsWith(s.label[page.language]))?.[0]
      : undefined;
  const team = station === undefined ? null : teamAt(index, station);
  return {
    question: t("question capacity", { scenario: scenarioName(scenario(index)) }),
    answer,
    ...(first && !never.length ? { badge: isRange ? (from.factor! <= first.factor! ? t("range of volume", { low: percentOf(from.factor!), high: says(first.carries) }) : t("no volume")) : says(first.carries) } : {}),
    finding: never.length
      ? t("finding never holds", { n: never.length, names: list(never.slice(0, 3).map((x) => measureLabel(x.name))) })
      : first
        ? isRange
          ? t("finding capacity range", {
              within: from.factor! <= first.factor! ? "yes" : "no",
              from: percent(from.factor!),
              easier: measureLabel(from.name),
              carries: says(first.carries),
              target: measureLabel(first.name),
            })
          : t("finding capacity", { carries: says(first.carries), target: measureLabel(first.name) })
        : t("finding none breaks"),
    figures,
    chart: chart(targets),
    reason: binds ? t("reason binds", { target: measureLabel(first!.name), binds }) : reasonOfRun(index),
    advice: binds ? t("advice binds", { binds }) : t("advice keep"),
    cost:
      team && team.agentCost > 0
        ? t("agent costs", { cost: aYear(team.agentCost, scenario(index).results.run.hours) })
        : t("price unknown"),
    sure: t("sure capacity", { n: found.replications, confidence: percent(found.confidence) }),
  };
}
