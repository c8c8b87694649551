// Of a sweep: which of the values tried should be taken?
import { axis, base, colour, grid, labelInk, legend, spot, tip, upright, type Drawing, type Mark, type Option } from "../charts";
import { about, aYear, hoursAYear, percent, value, wanted, type Answer, type Figure, type Headline } from "./headline";
import { capital, format, label, list, page, range, report, t, type Cell } from "../page.svelte";
import { keeps } from "../judge";
import type { Judgement } from "../experiment";
import type { Sweep, SweptMeasure } from "../sweep";

export const sweep = (): Sweep => report.sweep!;
export const sweptHours = () => (Date.parse(sweep().to) - Date.parse(sweep().from)) / 3600000;

const leaves = ["agents", "rate", "positions", "machines", "volume", "hours", "at", "items", "vehicles", "capacity"] as const;

/** What a key is called: the element's label, and what of it where that has a word. */
export function keyName(k: number): string {
  const { key, of } = sweep().keys[k]!;
  const leaf = leaves.find((l) => key.endsWith(`.${l}`));
  return of && leaf ? t("leaf of", { leaf: t(`leaf.${leaf}`), of: label({ label: of }, "") }) : key;
}

/** A value of a key: "5 agents at “Night sorting”". */
function valueName(k: number, v: string): string {
  const { key, of } = sweep().keys[k]!;
  const counted = (["agents", "positions", "machines"] as const).find((l) => key.endsWith(`.${l}`));
  return of && counted && /^\d+$/.test(v)
    ? t(`counted.${counted}`, { n: Number(v), of: label({ label: of }, "") })
    : t("name and value", { name: keyName(k), value: format().spoken(v) });
}

/** The values of a point, as they are spoken of. */
export function pointName(p: number): string {
  return list(sweep().points[p]!.values.map((v, k) => valueName(k, v)));
}

export const sweptLabel = (m: SweptMeasure) => label(m, m.name);

export function judgedAt(p: number, m: number): Judgement {
  const measure = sweep().measures[m]!;
  const found = sweep().points[p]!.found[m]!;
  if (measure.bound === null || found.estimate === null) return "nothing to judge";
  if (sweep().replications < 2) return "in doubt";
  const atLeast = measure.at_least === true;
  const [low, high] = [found.low ?? found.estimate, found.high ?? found.estimate];
  if (keeps(atLeast ? low : high, measure.bound, atLeast)) return "met";
  return keeps(atLeast ? high : low, measure.bound, atLeast) ? "in doubt" : "missed";
}

interface SweptPoint {
  p: number;
  met: number;
  missed: number;
  doubt: number;
  cost: number | null;
}

function weigh(p: number): SweptPoint {
  const all = sweep().measures.map((_, m) => judgedAt(p, m));
  const of = (judgement: Judgement) => all.filter((x) => x === judgement).length;
  const costs = ["staff_cost", "transport_cost"].map((name) => sweep().measures.findIndex((m) => m.name === name)).filter((m) => m >= 0);
  const found = costs.map((m) => sweep().points[p]!.found[m]!.estimate);
  return {
    p,
    met: of("met"),
    missed: of("missed"),
    doubt: of("in doubt"),
    cost: found.length && found.every((c) => c !== null) ? found.reduce((sum: number, c) => sum + c!, 0) : null,
  };
}

/** The points, best first: by targets missed, by targets met, then by cost. */
export function rankedPoints(): SweptPoint[] {
  return sweep()
    .points.map((_, p) => weigh(p))
    .sort((a, b) => a.missed - b.missed || b.met - a.met || (a.cost ?? 0) - (b.cost ?? 0) || a.p - b.p);
}

/** The measures that are targets, at a point; those to talk about first come first. */
function pressingAt(p: number): number[] {
  const order: Judgement[] = ["missed", "in doubt", "met", "nothing to judge"];
  const gap = (m: number) => {
    const { bound, at_least, unit } = sweep().measures[m]!;
    const scale = unit === "share" ? Math.max(0.01, 1 - bound!) : Math.max(1e-9, Math.abs(bound!));
    return ((at_least ? 1 : -1) * ((sweep().points[p]!.found[m]!.estimate ?? bound!) - bound!)) / scale;
  };
  return sweep()
    .measures.map((_, m) => m)
    .filter((m) => sweep().measures[m]!.bound !== null)
    .sort((a, b) => order.indexOf(judgedAt(p, a)) - order.indexOf(judgedAt(p, b)) || gap(a) - gap(b));
}

export const sweptWanted = (m: SweptMeasure) =>
  m.bound === null ? "" : wanted({ atLeast: m.at_least === true, bound: m.bound, unit: m.unit });

export function sweptCell(p: number, m: number): Cell {
  const measure = sweep().measures[m]!;
  const found = sweep().points[p]!.found[m]!;
  const judgement = judgedAt(p, m);
  return {
    value: found.estimate,
    text: (found.at_least && found.estimate !== null ? "≥ " : "") + value(found.estimate, measure.unit),
    range: range(found.low, found.high, measure.unit),
    path: `points/${p}/found/${m}/estimate`,
    scenario: 0,
    unit: measure.unit,
    ...(judgement === "nothing to judge" ? {} : { mark: judgement === "met" ? "good" : judgement === "missed" ? "bad" : "doubt" }),
  };
}

type Dot = [x: number, estimate: number, low: number, high: number, point: number];

/** A measure over the values of the first key, a line for each value of the second. */
export function curveOption(m: number): Option {
  const { points, measures, keys } = sweep();
  const measure = measures[m]!;
  const text = labelInk(page.theme);
  const values = [...new Set(points.map((x) => x.values[0]!))];
  const lines = keys.length === 2 ? [...new Set(points.map((x) => x.values[1]!))] : [""];
  const lined = keys.length <= 2;
  const dots = (line: string): Dot[] =>
    points
      .map((x, p): [typeof x, number] => [x, p])
      .filter(([x]) => keys.length !== 2 || x.values[1] === line)
      .flatMap(([x, p]) => {
        const { estimate, low, high } = x.found[m]!;
        return estimate === null ? [] : [[values.indexOf(x.values[0]!), estimate, low ?? estimate, high ?? estimate, p] as Dot];
      })
      .sort((a, b) => a[0] - b[0]);
  const all = lines.flatMap(dots).flatMap((d) => [d[2], d[3]]);
  const [least, most] = [Math.min(...all, measure.bound ?? Infinity), Math.max(...all, measure.bound ?? -Infinity)];
  const room = (most - least || Math.abs(most) || 1) * 0.08;
  const show = (v: number) => value(v, measure.unit);
  return {
    ...base(page.theme, page.language),
    grid: grid({ top: 30 }),
    ...(lines.length > 1 ? { legend: legend() } : {}),
    tooltip: {
      trigger: "item",
      formatter: (p: Mark<Dot>) =>
        tip(pointName(p.value[4]), [t("name and value", { name: sweptLabel(measure), value: show(p.value[1]) }), range(p.value[2], p.value[3], measure.unit)]),
    },
    xAxis: axis(page.theme, {
      type: "category",
      data: values.map((v) => format().spoken(v)),
      name: capital(keyName(0)),
      nameGap: 26,
      axisLabel: { color: text, hideOverlap: true },
    }),
    yAxis: upright(page.theme, {
      type: "value",
      min: measure.unit === "share" ? Math.max(0, least - room) : least - room < 0 && least >= 0 ? 0 : least - room,
      max: measure.unit === "share" ? Math.min(1, most + room) : most + room,
      axisLabel: { formatter: (v: number) => (measure.unit === "share" ? format().value(v, "percent") : show(v)), color: text, hideOverlap: true, showMinLabel: false, showMaxLabel: false },
    }),
    series: lines.flatMap((line, i) => {
      const name = line === "" ? sweptLabel(measure) : valueName(1, line);
      const ink = colour(i);
      return [
        {
          name,
          type: lined ? "line" : "scatter",
          color: ink,
          symbol: ["circle", "rect", "triangle", "diamond"][i % 4],
          symbolSize: 8,
          showAllSymbol: true,
          encode: { x: 0, y: 1 },
          data: dots(line),
          ...(i === 0 && measure.bound !== null
            ? {
                markLine: {
                  silent: true,
                  symbol: "none",
                  lineStyle: { color: text, type: "dashed" },
                  label: { formatter: show(measure.bound), position: "insideStartTop", color: text },
                  data: [{ yAxis: measure.bound }],
                },
              }
            : {}),
        },
        {
          name,
          type: "custom",
          color: ink,
          silent: true,
          encode: { x: 0, y: [2, 3] },
          data: dots(line),
          renderItem: (_: unknown, api: Drawing) => {
            const [x, low] = spot(api, 0, 2);
            const [, high] = spot(api, 0, 3);
            const shift = (i - (lines.length - 1) / 2) * 3;
            return { type: "rect", shape: { x: x - 1 + shift, y: high, width: 2, height: Math.max(1, low - high) }, style: { fill: ink } };
          },
        },
      ];
    }),
  };
}

/** How a measure goes from the least to the most that is found of it. */
export function curveTitle(m: number): string {
  const measure = sweep().measures[m]!;
  const found = sweep().points.flatMap((x) => (x.found[m]!.estimate === null ? [] : [x.found[m]!.estimate!]));
  if (!found.length) return sweptLabel(measure);
  const [least, most] = [value(Math.min(...found), measure.unit), value(Math.max(...found), measure.unit)];
  const reached = measure.bound === null ? "no" : sweep().points.some((_, p) => judgedAt(p, m) === "met") ? "some" : "never";
  return least === most
    ? t("curve flat", { measure: sweptLabel(measure), value: least })
    : t("curve finding", { measure: sweptLabel(measure), least, most, reached, wanted: sweptWanted(measure) });
}

export function sweepHeadline(): Headline {
  const s = sweep();
  const all = rankedPoints();
  const best = all[0]!;
  const targets = s.measures.filter((m) => m.bound !== null).length;
  const shown = pressingAt(best.p);
  const holding = all.filter((x) => targets > 0 && x.met === targets);
  const answer: Answer = !targets ? "nothing" : holding.length ? "yes" : best.missed === 0 ? "not yet" : "no";
  const cheapest = [...all].filter((x) => x.cost !== null).sort((a, b) => a.cost! - b.cost!)[0];
  const others = s.measures.map((_, m) => m).filter((m) => !shown.includes(m));
  const figures: Figure[] = [...shown, ...others].slice(0, 3).map((m) => {
    const { range: interval, mark: _mark, ...cell } = sweptCell(best.p, m);
    const judgement = judgedAt(best.p, m);
    return {
      title: sweptLabel(s.measures[m]!),
      cell,
      wanted: s.measures[m]!.bound === null ? "" : t("wanted is", { value: sweptWanted(s.measures[m]!) }),
      note: interval ? t("interval is", { interval }) : "",
      ...(judgement === "nothing to judge" ? {} : { judgement }),
    };
  });
  const first = shown[0] ?? 0;
  const missedAt = (m: number) => s.points.filter((_, p) => judgedAt(p, m) === "missed").length;
  const hardest = [...shown].sort((a, b) => missedAt(b) - missedAt(a))[0];
  return {
    question: s.keys.length === 1 ? t("question sweep", { key: capital(keyName(0)) }) : t("question sweep of several", { n: s.keys.length, scenario: label({ label: s.scenario }, "") }),
    answer,
    finding: t("finding sweep", { answer: answer === "not yet" ? "open" : answer, point: pointName(best.p), n: s.points.length, met: best.met, targets }),
    figures,
    chart: { name: "curve", title: curveTitle(first), option: curveOption(first), height: 320 },
    reason:
      hardest === undefined
        ? t("no targets")
        : t("reason sweep", { target: sweptLabel(s.measures[hardest]!), missed: missedAt(hardest), n: s.points.length }),
    advice: t("advice sweep", { answer: answer === "not yet" ? "open" : answer, point: pointName(best.p) }),
    cost:
      best.cost === null || !cheapest
        ? t("price unknown")
        : t("cost sweep", {
            cost: aYear(best.cost, sweptHours()),
            dearer: best.cost - cheapest.cost! < 0.5 ? "no" : "yes",
            more: sweptHours() >= 7 * 24 ? t("a year", { cost: about(((best.cost - cheapest.cost!) * hoursAYear) / sweptHours()) }) : t("a day", { cost: about(((best.cost - cheapest.cost!) * 24) / sweptHours()) }),
            cheapest: pointName(cheapest.p),
          }),
    sure: t("sure sweep", { n: s.replications, points: s.points.length, confidence: percent(s.confidence) }),
  };
}

