// Targets that are shares, one mark each: the spread of the days, the mean with its interval, and what is wanted.
import { axis, badInk, base, colour, grid, labelInk, legend, lineHeight, spot, tip, type Drawing, type Mark, type Option } from "../charts";
import { format, label, list, page, scenario, scenarioName, t } from "../page.svelte";
import { isWithin, weighty } from "../days";
import { judged, type JudgedTarget } from "../judge";
import { pressing, value } from "./headline";

export interface Days {
  least: number;
  most: number;
}

/** The worst and the best day of a target in the replication in detail; null where it has no days. */
export function daysOf(index: number, name: string): Days | null {
  const { run, targets } = scenario(index).results;
  const shares = weighty((targets[name]?.days ?? []).filter((d) => isWithin(run, d.day)))
    .map((d) => d.on_time / (d.on_time + d.late));
  return shares.length > 1 ? { least: Math.min(...shares), most: Math.max(...shares) } : null;
}

/** Names of targets that are shares and have been judged, those to talk about first. */
export function markable(indices: number[], most = 8): string[] {
  return pressing(judged(indices[0] ?? 0))
    .filter((x) => x.unit === "share" && x.value !== null)
    .slice(0, most)
    .map((x) => x.name);
}

/** What the marks show: which target swings most from day to day, or which is furthest off. */
function finding(indices: number[], names: string[]): string {
  const first = indices[0] ?? 0;
  const [name = ""] = names;
  const target = judged(first).find((x) => x.name === name);
  const days = daysOf(first, name);
  const of = label(scenario(first).results.targets[name], name);
  if (indices.length > 1) {
    const [before, after] = indices.map((i) => new Map(judged(i).map((x) => [x.name, x.judgement])));
    const moved = names.filter((n) => before?.get(n) !== after?.get(n)).map((n) => label(scenario(first).results.targets[n], n));
    return t("marks of two", { n: moved.length, all: names.length, names: list(moved) });
  }
  if (!days || !target) return t("marks plain");
  return t("marks days", { target: of, least: value(days.least, "percent"), most: value(days.most, "percent") });
}

type Row = [least: number, most: number, low: number, high: number, mean: number, bound: number, row: number];

export function marksOption(indices: number[], names: string[]): { name: string; title: string; option: Option; height: number } {
  const targets = indices.map((i) => new Map(judged(i).map((x) => [x.name, x] as const)));
  const labels = names.map((n) => label(scenario(indices[0]).results.targets[n], n));
  const row = (i: number, x: JudgedTarget, at: number): Row => {
    const days = daysOf(i, x.name);
    return [days?.least ?? x.value!, days?.most ?? x.value!, x.low ?? x.value!, x.high ?? x.value!, x.value!, x.bound, at];
  };
  const rows = indices.map((i, k) =>
    names.flatMap((n, at) => {
      const x = targets[k]?.get(n);
      return x && x.value !== null ? [row(i, x, at)] : [];
    }),
  );
  // As far down as means, intervals and targets go; a day far below is written at the edge.
  const means = Math.min(...rows.flat().map((r) => Math.min(r[2], r[4], r[5])));
  const least = Math.max(Math.min(means, ...rows.flat().map((r) => r[0])), Math.max(0, means - 0.15));
  const text = labelInk(page.theme);
  const edge = (api: Drawing, y: number, color: string) => ({
    type: "text",
    silent: true,
    style: {
      x: api.coord([from, api.value(6)])[0]! + 2,
      y: y - 8,
      text: `◂ ${value(Number(api.value(0)), "percent")}`,
      fill: color,
      fontSize: 10,
      align: "left",
      verticalAlign: "middle",
    },
  });
  const step = least > 0.9 ? 0.02 : least > 0.75 ? 0.05 : least > 0.5 ? 0.1 : 0.2;
  const from = Math.max(0, step * Math.floor(least / step - 0.3));
  const two = indices.length > 1;
  const shift = (k: number) => (two ? (k - 0.5) * 17 : 0);
  const hasDays = rows.flat().some((r) => r[1] > r[0]);
  const hasIntervals = rows.flat().some((r) => r[3] > r[2]);
  // Parts of the mark are series, for the legend to tell them.
  const part = (name: string, color: string, draw: (api: Drawing, y: number, k: number) => object, extra: object = {}) =>
    indices.map((_, k) => ({
      name,
      type: "custom",
      color,
      itemStyle: { color },
      encode: { x: [0, 1, 2, 3, 4, 5], y: 6 },
      data: rows[k],
      clip: true,
      renderItem: (_p: unknown, api: Drawing) => draw(api, spot(api, 4, 6)[1] + shift(k), k),
      ...extra,
    }));
  const bar = (api: Drawing, y: number, a: number, b: number, high: number, fill: string) => {
    const [from] = spot(api, a, 6);
    const [to] = spot(api, b, 6);
    return { type: "rect", shape: { x: from, y: y - high / 2, width: Math.max(1, to - from), height: high, r: high > 6 ? 3 : high / 2 }, style: { fill } };
  };
  const inks = two ? [colour(7), colour(0)] : [colour(0)];
  const option: Option = {
    ...base(page.theme, page.language),
    grid: grid({ top: 34, right: 30, bottom: from > 0 ? 34 : 28 }),
    legend: legend(),
    tooltip: {
      trigger: "item",
      formatter: (p: Mark<Row>) =>
        tip(labels[p.value[6]], [
          t("found is", { value: value(p.value[4], "share") }),
          t("wanted is", { value: value(p.value[5], "share") }),
          ...(p.value[3] > p.value[2]
            ? [
                t("name and value", {
                  name: t("interval of confidence"),
                  value: t("interval", { low: value(p.value[2], "share"), high: value(p.value[3], "share") }),
                }),
              ]
            : []),
          ...(p.value[1] > p.value[0]
            ? [
                t("name and value", {
                  name: t("days from to"),
                  value: t("interval", { low: value(p.value[0], "share"), high: value(p.value[1], "share") }),
                }),
              ]
            : []),
        ]),
    },
    xAxis: axis(page.theme, {
      type: "value",
      min: from,
      max: 1,
      interval: step,
      ...(from > 0 ? { name: t("axis from", { from: value(from, "percent") }), nameGap: 24 } : {}),
      axisLabel: { formatter: (v: number) => format().value(v, "percent"), color: text, hideOverlap: true },
    }),
    yAxis: axis(page.theme, {
      type: "category",
      inverse: true,
      data: labels,
      axisLabel: { color: text, width: 170, overflow: "break", lineHeight: 14 },
    }),
    series: [
      ...(hasDays
        ? part(t("days from to"), colour(15), (api, y, k) => {
            const rest = bar(api, y, 0, 1, 4, colour(15));
            return Number(api.value(0)) >= from
              ? rest
              : { type: "group", children: [rest, edge(api, y + (k === 0 && two ? -1 : 0), text)] };
          })
        : []),
      ...(hasIntervals ? part(t("interval of confidence"), colour(4), (api, y) => bar(api, y, 2, 3, 15, colour(4))) : []),
      ...indices.flatMap(
        (i, k) =>
          part(
            two ? scenarioName(scenario(i)) : t("found"),
            inks[k]!,
            (api, y) => {
              const [x] = spot(api, 4, 6);
              const fill = inks[k]!;
              return two && k === 0
                ? { type: "rect", shape: { x: x - 4, y: y - 4, width: 8, height: 8 }, style: { fill } }
                : { type: "circle", shape: { cx: x, cy: y, r: 4.5 }, style: { fill } };
            },
            { z: 4 },
          )[k]!,
      ),
      part(
        t("wanted"),
        badInk(),
        (api) => {
          const [x, y] = spot(api, 5, 6);
          const high = Math.min(34, 0.8 * lineHeight(api));
          return { type: "rect", shape: { x: x - 1.5, y: y - high / 2, width: 3, height: high }, style: { fill: badInk() } };
        },
        { z: 5 },
      )[0]!,
    ],
  };
  return { name: "marks", title: finding(indices, names), option, height: 70 + names.length * (two ? 44 : 34) };
}
