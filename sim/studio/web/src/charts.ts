// What all charts share: the parts of ECharts that are bundled, colours that the colour-blind and a grey printer can
// tell apart, and the frame of an option. The colours follow Okabe and Ito (2008), set calmer.
import { BarChart, CustomChart, HeatmapChart, LineChart, SankeyChart, ScatterChart } from "echarts/charts";
import { AriaComponent, GridComponent, LegendComponent, MarkLineComponent, TooltipComponent, VisualMapComponent } from "echarts/components";
import * as echarts from "echarts/core";
import type { EChartsCoreOption } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";
import type { CustomSeriesRenderItemAPI } from "echarts";
import type { Language } from "./language";
import { page } from "./page.svelte";

echarts.use([
  BarChart,
  CustomChart,
  HeatmapChart,
  LineChart,
  SankeyChart,
  ScatterChart,
  AriaComponent,
  GridComponent,
  LegendComponent,
  MarkLineComponent,
  TooltipComponent,
  VisualMapComponent,
  SVGRenderer,
]);

export { echarts };
export type Option = EChartsCoreOption;

/** What is pointed at, as ECharts tells a formatter: its value is what the series has there. */
export interface Mark<Value = number> {
  name: string;
  seriesName: string;
  seriesIndex: number;
  dataIndex: number;
  value: Value;
}
/** Of all series at one place of an axis. */
export type Marks<Value = number> = [AxisMark<Value>, ...AxisMark<Value>[]];
export interface AxisMark<Value> extends Mark<Value> {
  axisValue: string;
}
/** Of a row with an estimate, its interval's low and high end, and the row's number. */
export type Whisker = [number, number, number, number];

/** What ECharts gives to draw a row of a series with. */
export type Drawing = CustomSeriesRenderItemAPI;

/** Where the values of two dimensions of the row stand, in pixels. */
export function spot(api: Drawing, x: number, y: number): [number, number] {
  return api.coord([api.value(x), api.value(y)]) as [number, number];
}

/** How high a line of a category axis is, in pixels. */
export function lineHeight(api: Drawing): number {
  const size = api.size?.([0, 1]);
  return (Array.isArray(size) ? size[1] : size) ?? 0;
}

/** From little to much; falling: little is what to look at, and what is written on it is dark. */
export const heat = (rising: boolean) => {
  if (!rising) return ["#e08a74", "#f0c987", "#cfe3d8", "#8fc7ae"];
  return page.theme === "dark" ? ["#232d37", "#31567a", "#6aa6d6", "#e3f0f8"] : ["#eef3f7", "#a9c8de", "#2f6690", "#12304a"];
};

/** A row of a Whisker drawn: a dot on its interval. */
export function whisker(api: Drawing, fill: string | undefined, shift = 0) {
  const [a, y] = spot(api, 1, 3);
  const [b] = spot(api, 2, 3);
  const [c] = spot(api, 0, 3);
  return {
    type: "group",
    children: [
      { type: "rect", shape: { x: a, y: y + shift - 2, width: Math.max(1, b - a), height: 4 }, style: { fill } },
      { type: "circle", shape: { cx: c, cy: y + shift, r: 5 }, style: { fill } },
    ],
  };
}

// Each at least three to one against the card it stands on.
const palettes = {
  light: [
    "#2f6690",
    "#b87718",
    "#3f8f77",
    "#b5533c",
    "#5b93ba",
    "#7a5c99",
    "#8f7d1f",
    "#5b6b73",
    "#b9618f",
    "#6b8a56",
    "#1b3a52",
    "#8a5a14",
    "#1d5a4b",
    "#c4705a",
    "#4a3663",
    "#7d8b93",
  ],
  dark: [
    "#6aa6d6",
    "#e0a04a",
    "#5fb89c",
    "#e0826b",
    "#a9cfe8",
    "#b194d3",
    "#d6c36c",
    "#9fb0b9",
    "#dc9abf",
    "#a9c796",
    "#4f8fbf",
    "#c08a3a",
    "#3f9d84",
    "#f0b3a4",
    "#8f78b0",
    "#c3ced4",
  ],
};
export const palette = () => palettes[page.theme];
export const paletteSize = palettes.light.length;
export const colour = (i: number): string => palette()[i % paletteSize] ?? "#5b6b73";

/** By what it means, wherever it is drawn. */
const states: Record<string, number> = {
  busy: 0,
  working: 0,
  idle: 4,
  set_up: 1,
  moving: 1,
  down: 3,
  unstaffed: 6,
  blocked: 5,
  closed: 15,
  on_break: 15,
};
export const stateColour = (state: string) => colour(states[state] ?? 7);
export const causeOrder = [
  "processing",
  "moving",
  "waiting_for_staff",
  "waiting_for_machine",
  "set_up",
  "breakdown",
  "closed",
  "blocked",
  "filling",
  "waiting_for_departure",
  "full_vehicle",
  "customs_hold",
];
export const causeColour = (cause: string) => colour(Math.max(0, causeOrder.indexOf(cause)));

function ink(theme: string) {
  return theme === "dark"
    ? { text: "#e6e9ec", soft: "#a9b3bd", line: "#37414b", card: "#1b222a", bad: "#f39a83" }
    : { text: "#1d2733", soft: "#55606d", line: "#d9dcde", card: "#ffffff", bad: "#a3341f" };
}

/** What a chart's option stands on. */
export function base(theme: string, _language: Language): Option {
  const { text, card, line } = ink(theme);
  return {
    color: palettes[theme === "dark" ? "dark" : "light"],
    animation: false,
    aria: { enabled: false }, // the page names each chart itself, in its own language
    textStyle: { fontFamily: "system-ui, 'Noto Sans', 'DejaVu Sans', sans-serif", color: text },
    tooltip: { backgroundColor: card, borderColor: line, textStyle: { color: text }, confine: true },
  };
}

/** Wanted above the chart (Chart.svelte draws it); `only`: of these series. */
export function legend(only?: string[]): { show: false; data?: string[] } {
  return { show: false, ...(only ? { data: only } : {}) };
}

export interface LegendEntry {
  name: string;
  colour: string;
  shape: "area" | "line" | "dashes" | "dots";
}

interface Drawn {
  name?: string;
  type: string;
  color?: string;
  itemStyle?: { color?: string };
  lineStyle?: { type?: string | number[]; opacity?: number };
}

/** The series of an option that wants a legend. */
export function legendOf(option: Option): LegendEntry[] {
  const wanted = option.legend as { data?: string[] } | undefined;
  if (!wanted) return [];
  const entries = new Map<string, LegendEntry>();
  for (const [i, s] of ((option.series ?? []) as Drawn[]).entries()) {
    if (!s.name || entries.has(s.name) || (wanted.data && !wanted.data.includes(s.name))) continue;
    const dash = s.lineStyle?.type;
    const line = s.type === "line" && s.lineStyle?.opacity !== 0;
    entries.set(s.name, {
      name: s.name,
      colour: s.color ?? s.itemStyle?.color ?? colour(i),
      shape: !line
        ? "area"
        : dash === undefined || dash === "solid"
          ? "line"
          : dash === "dotted" || (Array.isArray(dash) && (dash[0] ?? 9) <= 2)
            ? "dots"
            : "dashes",
    });
  }
  return [...entries.values()];
}

interface FlowNode {
  name: string;
  last?: boolean; // in the last column
  large?: boolean; // with room for two lines
}

/** A flow in so many columns: what stands beside a node goes as far as the next column. */
function columned(option: Option, width: number): Option {
  const gap = Math.max(40, (width - 180) / Math.max(1, Number(option.columns) - 1) - 16);
  const named = (n: FlowNode) => ({ ...n, label: { width: n.last ? 165 : gap, overflow: n.large ? "break" : "truncate", lineHeight: 12 } });
  const series = (option.series as { data: FlowNode[] }[]).map((s) => ({ ...s, data: s.data.map(named) }));
  return { ...option, columns: undefined, series };
}

interface DrawnAxis {
  type?: string;
  axisLabel?: { width?: number; overflow?: string; interval?: unknown };
  interval?: number;
}

const narrow = 560;

/** The option for a chart of this width: on a phone names have a third of it, and fewer places of an axis are named. */
export function fitted(option: Option, width: number): Option {
  if (width === 0) return option;
  if (option.columns) return columned(option, width);
  if (width >= narrow) return option;
  const names = (a: DrawnAxis) =>
    a.axisLabel?.width
      ? { ...a, axisLabel: { ...a.axisLabel, width: Math.min(a.axisLabel.width, Math.round(0.3 * width)), fontSize: 10, lineHeight: 11 } }
      : a;
  const places = (a: DrawnAxis) => ({
    ...a,
    splitNumber: 3,
    ...(a.interval ? { interval: 3 * a.interval } : {}),
    axisLabel: {
      ...a.axisLabel,
      ...(typeof a.axisLabel?.interval === "number" && a.axisLabel.interval > 0 ? { interval: 4 * a.axisLabel.interval + 3 } : {}),
    },
  });
  const each = (axes: unknown, change: (a: DrawnAxis) => object) =>
    Array.isArray(axes) ? axes.map((a: DrawnAxis) => change(a)) : axes ? change(axes as DrawnAxis) : axes;
  const marked = (s: { markLine?: { label?: object } }) =>
    s.markLine ? { ...s, markLine: { ...s.markLine, label: { ...s.markLine.label, show: false } } } : s;
  return {
    ...option,
    series: ((option.series ?? []) as { markLine?: { label?: object } }[]).map(marked),
    xAxis: each(option.xAxis, places),
    yAxis: each(option.yAxis, names),
  };
}

/** The option as it is drawn below its legend: without room for it, and without what the reader has hidden. */
export function withoutLegend(option: Option, shown: Record<string, boolean>): Option {
  if (!option.legend) return option;
  const named = [option.yAxis].flat().some((y) => typeof y === "object" && y !== null && "name" in y && Boolean(y.name));
  return { ...option, grid: { ...(option.grid as object), top: named ? 28 : 10 }, legend: { show: false, selected: shown } };
}

export function axis(theme: string, extra: object = {}) {
  const { soft, line } = ink(theme);
  return {
    axisLabel: { color: soft, hideOverlap: true, lineHeight: 15 },
    axisLine: { lineStyle: { color: line } },
    axisTick: { show: false },
    splitLine: { lineStyle: { color: line, opacity: 0.6 } },
    nameTextStyle: { color: soft },
    nameLocation: "middle",
    ...extra,
  };
}

/** An upright axis with its name above it. */
export function upright(theme: string, extra: object = {}) {
  return axis(theme, { nameLocation: "end", nameGap: 10, nameTextStyle: { color: ink(theme).soft, align: "left" }, ...extra });
}

export const labelInk = (theme: string) => ink(theme).text;
export const softInk = () => ink(page.theme).soft;
export const badInk = () => ink(page.theme).bad;
export const cardInk = () => ink(page.theme).card;

export function grid(extra: object = {}) {
  return { left: 12, right: 24, top: 52, bottom: 28, containLabel: true, ...extra };
}

/** Text put into a tooltip's HTML. */
export function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);
}

/** A tooltip of a heading and lines. */
export function tip(heading: string | undefined, lines: string[]): string {
  return [`<strong>${escaped(heading ?? "")}</strong>`, ...lines.map(escaped)].join("<br>");
}
