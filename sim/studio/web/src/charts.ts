// What all charts share: the parts of ECharts that are bundled, colours that the colour-blind and a grey printer can
// tell apart, and the frame of an option. The colours follow Okabe and Ito (2008), set calmer.
import { BarChart, CustomChart, LineChart, SankeyChart, ScatterChart } from "echarts/charts";
import {
  AriaComponent, DataZoomComponent, GridComponent, LegendComponent, MarkLineComponent, TooltipComponent,
} from "echarts/components";
import * as echarts from "echarts/core";
import type { EChartsCoreOption } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";
import type { CustomSeriesRenderItemAPI } from "echarts";
import type { Language } from "./language";

echarts.use([BarChart, CustomChart, LineChart, SankeyChart, ScatterChart, AriaComponent, DataZoomComponent, GridComponent,
  LegendComponent, MarkLineComponent, TooltipComponent, SVGRenderer]);

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

/** A row of a Whisker drawn: a dot on its interval. */
export function whisker(api: Drawing, fill: string | undefined, shift = 0) {
  const [a, y] = spot(api, 1, 3);
  const [b] = spot(api, 2, 3);
  const [c] = spot(api, 0, 3);
  return { type: "group", children: [
    { type: "rect", shape: { x: a, y: y + shift - 2, width: Math.max(1, b - a), height: 4 }, style: { fill } },
    { type: "circle", shape: { cx: c, cy: y + shift, r: 5 }, style: { fill } }] };
}

export const colours = ["#2f6690", "#d08c2e", "#3f8f77", "#b5533c", "#8db8d6", "#7a5c99", "#c9b458", "#5b6b73", "#c67fa5", "#9bb58a",
  "#1b3a52", "#8a5a14", "#1d5a4b", "#e0a08f", "#4a3663", "#a8b4ba"];

/** By what it means, wherever it is drawn. */
export const stateColours: Record<string, string> = {
  busy: "#2f6690", idle: "#a9c6d9", set_up: "#d08c2e", down: "#a3341f", unstaffed: "#d9c27a", blocked: "#7a5c99", closed: "#e3e5e6",
  working: "#2f6690", moving: "#d08c2e", on_break: "#c9d3d9",
};
export const causeOrder = ["processing", "moving", "waiting_for_staff", "waiting_for_machine", "set_up", "breakdown", "closed",
  "blocked", "filling", "waiting_for_departure", "full_vehicle", "customs_hold"];
export const causeColour = (cause: string) => colours[causeOrder.indexOf(cause) % colours.length];

function ink(theme: string) {
  return theme === "dark"
    ? { text: "#e6e9ec", soft: "#a9b3bd", line: "#37414b", card: "#1b222a" }
    : { text: "#1d2733", soft: "#55606d", line: "#d9dcde", card: "#ffffff" };
}

/** What a chart's option stands on. */
export function base(theme: string, _language: Language): Option {
  const { text, card, line } = ink(theme);
  return {
    color: colours,
    animation: false,
    aria: { enabled: false }, // the page names each chart itself, in its own language
    textStyle: { fontFamily: "system-ui, 'Noto Sans', 'DejaVu Sans', sans-serif", color: text },
    tooltip: { backgroundColor: card, borderColor: line, textStyle: { color: text }, confine: true },
  };
}

export function legend(theme: string, extra: object = {}) {
  return { type: "scroll", top: 0, left: 0, icon: "roundRect", itemWidth: 14, itemHeight: 10,
    textStyle: { color: ink(theme).text }, pageTextStyle: { color: ink(theme).text }, ...extra };
}

export function axis(theme: string, extra: object = {}) {
  const { soft, line } = ink(theme);
  return {
    axisLabel: { color: soft, hideOverlap: true, lineHeight: 15 }, axisLine: { lineStyle: { color: line } }, axisTick: { show: false },
    splitLine: { lineStyle: { color: line, opacity: 0.6 } }, nameTextStyle: { color: soft }, nameLocation: "middle", ...extra,
  };
}

/** An upright axis with its name above it. */
export function upright(theme: string, extra: object = {}) {
  return axis(theme, { nameLocation: "end", nameGap: 10, nameTextStyle: { color: ink(theme).soft, align: "left" }, ...extra });
}

export const labelInk = (theme: string) => ink(theme).text;

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
