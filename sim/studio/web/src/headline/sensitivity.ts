// Of `sensitivity`: what would help most?
import { axis, base, colour, grid, labelInk, spot, tip, whisker, type Drawing, type Mark, type Option, type Whisker } from "../charts";
import { about, percent, pressing, sureOfRun, targetName, targetOff, value, wanted, type Headline } from "./headline";
import { reasonOfRun, targetFigures } from "./run";
import { currency, format, page, report, says, scenario, scenarioName, t } from "../page.svelte";
import { judged } from "../judge";
import type { Move } from "../experiment";

export const moveName = (m: Move) => t("name and value", { name: says(m.subject), value: says(m.change) });

/** The moves of the manager's, of most effect on a target first. */
function moves(target: number): Move[] {
  const size = (m: Move) => Math.abs(m.targets[target]?.estimate ?? 0);
  return report.sensitivity!.moves.filter((m) => !m.of_volume).sort((a, b) => size(b) - size(a));
}

function chart(target: number, name: string, unit: string, rising: boolean): Headline["chart"] {
  const shown = moves(target)
    .filter((m) => m.targets[target]?.estimate)
    .slice(0, 8);
  if (!shown.length) return null;
  const tried = moves(target).length;
  const effects = moves(target).map((m) => m.targets[target]?.estimate ?? 0);
  const best = rising ? Math.max(...effects) : Math.min(...effects);
  const text = labelInk(page.theme);
  const names = shown.map((m) => moveName(m).replaceAll("\u2212", "-")); // of which no line is broken
  const ink = colour(0);
  const grey = colour(15);
  const option: Option = {
    ...base(page.theme, page.language),
    grid: grid({ top: 12 }),
    tooltip: {
      trigger: "item",
      formatter: (p: Mark<Whisker>) =>
        tip(names[p.value[3]], [
          t("change is", {
            change: format().change(p.value[0], unit, currency()),
            low: format().change(p.value[1], unit, currency()),
            high: format().change(p.value[2], unit, currency()),
          }),
        ]),
    },
    xAxis: axis(page.theme, {
      type: "value",
      splitNumber: 4,
      axisLabel: { formatter: (v: number) => format().roughChange(v, unit, currency()), color: text, hideOverlap: true },
    }),
    yAxis: axis(page.theme, {
      type: "category",
      inverse: true,
      data: names,
      axisLabel: { color: text, width: 230, overflow: "break", lineHeight: 13, fontSize: 11 },
    }),
    series: [
      {
        type: "custom",
        encode: { x: [0, 1, 2], y: 3 },
        color: ink,
        markLine: {
          silent: true,
          symbol: "none",
          label: { show: false },
          lineStyle: { color: text, type: "solid", width: 1 },
          data: [{ xAxis: 0 }],
        },
        data: shown.map((m, i) => {
          const x = m.targets[target]!;
          return [x.estimate, x.low ?? x.estimate, x.high ?? x.estimate, i];
        }),
        renderItem: (p: { dataIndex: number }, api: Drawing) => {
          spot(api, 0, 3);
          return whisker(
            api,
            shown[p.dataIndex]?.targets[target]?.verdict === "better" || shown[p.dataIndex]?.targets[target]?.verdict === "worse"
              ? ink
              : grey,
          );
        },
      },
    ],
  };
  return {
    name: "moves",
    title: t("moves finding", { target: name, n: tried, most: format().change(best, unit, currency()) }),
    option,
    height: 60 + 38 * shown.length,
  };
}

function costOf(m: Move | undefined): string {
  if (!m) return t("costs nothing");
  return m.cost_a_day === 0
    ? t("price unknown")
    : t("cost of change", {
        more: m.cost_a_day > 0 ? "yes" : "no",
        year: "yes",
        cost: about(Math.abs(m.cost_a_day) * 365),
        shown: "yes",
        each: "",
      });
}

export function sensitivityHeadline(): Headline {
  const s = scenario(0);
  const found = report.sensitivity!;
  const open = pressing(judged(0)).filter((x) => x.judgement === "missed" || x.judgement === "in doubt");
  const first = open[0] ?? pressing(judged(0))[0];
  const target = first ? found.targets.findIndex((x) => x.name === `targets.${first.name}.value`) : -1;
  const name = first ? targetName(s, first.name) : "";
  const better = target < 0 ? [] : moves(target).filter((m) => m.targets[target]?.verdict === "better");
  const best = better[0];
  const tried = found.moves.filter((m) => !m.of_volume);
  const saves = tried.filter((m) => m.saving === "safe").sort((a, b) => a.cost_a_day - b.cost_a_day);
  const unproven = tried.filter((m) => m.saving === "unproven").sort((a, b) => a.cost_a_day - b.cost_a_day);
  const gain = (m: Move) => (first?.atLeast === false ? -1 : 1) * (m.targets[target]?.estimate ?? 0);
  const [promising] = target < 0 ? [] : [...tried].sort((a, b) => gain(b) - gain(a));
  const cheapest = saves[0];
  const change = best && first ? format().change(best.targets[target]?.estimate, first.unit, currency()) : "";
  const help = open.length > 0 && best;
  return {
    question: t("question sensitivity", { scenario: scenarioName(s) }),
    answer: help || !open.length ? "yes" : "not yet",
    finding:
      open.length === 0
        ? t("finding nothing to help")
        : t("finding sensitivity", {
            found: best ? "yes" : "no",
            move: best ? moveName(best) : "",
            change,
            target: name,
            moves: tried.length,
          }),
    figures: targetFigures(0),
    chart: target < 0 ? null : chart(target, name, first!.unit, first!.atLeast),
    reason: reasonOfRun(0),
    reasonOf: targetOff(0)?.name,
    advice: help
      ? t("advice move", { move: moveName(best), change, target: name, value: value(first!.value, first!.unit), wanted: wanted(first!) })
      : open.length && promising
        ? t("advice promising", {
            move: moveName(promising),
            change: format().change(promising.targets[target]?.estimate, first!.unit, currency()),
          })
        : cheapest
          ? t("advice save", { move: moveName(cheapest), n: saves.length })
          : unproven[0]
            ? t("advice save unproven", { move: moveName(unproven[0]), n: unproven.length })
            : t("advice keep"),
    cost: costOf(help ? best : open.length ? promising : (cheapest ?? unproven[0])),
    sure: report.detail ? t("sure moves", { n: found.replications, confidence: percent(found.confidence) }) : sureOfRun(0),
  };
}
