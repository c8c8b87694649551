// Control charts of reports on improvement: what was measured day by day, limits, what was expected, signals.
import { axis, colour, grid, labelInk, legend, tip, upright, type Mark, type Marks, type Option } from "./charts";
import { format, page, report, t } from "./page.svelte";
import type { Indicator, IndicatorDay } from "./improvement";

/** Whether a signal is to the good; null where neither side is better. A run counts by its side of the centre line. */
export function isGood(i: Indicator, d: IndicatorDay): boolean | null {
  return i.better === "neither" ? null : (i.better === "more") === d.value > d.centre;
}
const signalsOf = (i: Indicator, good: boolean) => i.days.map((d) => (d.signal && (isGood(i, d) ?? false) === good ? d.value : null));

/** The days of an indicator, with what was expected and the changes made. */
export function controlChart(i: Indicator): Option {
  const days = i.days.map((d) => d.day);
  const [first = "", last = ""] = [days[0], days[days.length - 1]];
  const changes = report.improvement!.changes.filter((c) => c.day > first && c.day <= last);
  const at = (day: string) => days.find((d) => d >= day) ?? day;
  const show = (v: number) => format().value(v, i.unit === "share" ? "share" : i.unit);
  return {
    grid: grid({ top: 76 }),
    legend: legend(),
    tooltip: {
      trigger: "axis",
      formatter: (ps: Marks) => {
        const d = i.days[ps[0].dataIndex];
        if (!d) return "";
        return tip(format().date(d.day), [
          t("name and value", { name: t("measured"), value: show(d.value) }),
          ...(d.expected === null ? [] : [t("name and value", { name: t("expected"), value: show(d.expected) })]),
          ...(d.low === null
            ? []
            : [t("name and value", { name: t("control limits"), value: t("interval", { low: show(d.low), high: show(d.high!) }) })]),
          ...(d.signal ? [t(`signal.${d.signal}`)] : []),
        ]);
      },
    },
    xAxis: axis(page.theme, {
      type: "category",
      data: days,
      axisLabel: { formatter: (d: string) => format().shortDate(d), color: labelInk(page.theme), hideOverlap: true },
    }),
    yAxis: upright(page.theme, {
      type: "value",
      scale: true,
      axisLabel: { formatter: (v: number) => format().value(v, i.unit === "share" ? "percent" : i.unit), color: labelInk(page.theme) },
    }),
    series: [
      {
        name: t("control limits"),
        type: "line",
        step: "middle",
        symbol: "none",
        color: colour(7),
        lineStyle: { type: "dashed", width: 1 },
        data: i.days.map((d) => d.high),
      },
      {
        name: t("control limits"),
        type: "line",
        step: "middle",
        symbol: "none",
        color: colour(7),
        lineStyle: { type: "dashed", width: 1 },
        data: i.days.map((d) => d.low),
      },
      { name: t("centre line"), type: "line", step: "middle", symbol: "none", color: colour(4), data: i.days.map((d) => d.centre) },
      {
        name: t("expected"),
        type: "line",
        step: "middle",
        symbol: "none",
        color: colour(2),
        lineStyle: { width: 2 },
        data: i.days.map((d) => d.expected),
      },
      {
        name: t("measured"),
        type: "line",
        symbolSize: 6,
        color: colour(0),
        data: i.days.map((d) => d.value),
        markLine: {
          silent: true,
          symbol: "none",
          lineStyle: { color: labelInk(page.theme), type: "dotted" },
          label: { color: labelInk(page.theme), formatter: (p: Mark) => changes[p.dataIndex]?.label ?? "" },
          data: changes.map((c) => ({ xAxis: at(c.day) })),
        },
      },
      {
        name: t(i.better === "neither" ? "signal" : "bad signal"),
        type: "scatter",
        symbol: "diamond",
        symbolSize: 13,
        color: i.better === "neither" ? colour(1) : colour(3),
        z: 5,
        data: signalsOf(i, false),
      },
      ...(i.better === "neither"
        ? []
        : [
            {
              name: t("good signal"),
              type: "scatter",
              symbol: "triangle",
              symbolSize: 13,
              color: colour(2),
              z: 5,
              data: signalsOf(i, true),
            },
          ]),
    ],
  };
}
