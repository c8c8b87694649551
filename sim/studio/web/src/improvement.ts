// What was measured since a day against what was expected (sim/cli/since.cpp).
import type { Interval } from "./experiment";
import type { Label } from "./language";

export interface Improvement {
  since: string;
  actuals: string; // files
  archive: string;
  changes: { day: string; label: string; scenario: string }[];
  indicators: Indicator[];
}

export interface Indicator {
  name: string;
  label: Label;
  unit: string;
  better: "more" | "less" | "neither";
  chart: "p" | "XmR";
  days: IndicatorDay[];
  phases: { from: string; to: string; label: string; days: number; actual: Interval; expected: Interval | null }[]; // between changes
  results: { day: string; label: string; promised: Interval | null; brought: Interval | null; verdict: ResultVerdict }[];
}

/** A day on a control chart. */
export interface IndicatorDay {
  day: string;
  value: number;
  items: number;
  centre: number;
  low: number | null; // control limits; null: none
  high: number | null;
  expected: number | null; // null: no run of it is kept
  signal: "" | "outside" | "run";
}

/** What a change brought of what it promised. */
export type ResultVerdict = "more than promised" | "less than promised" | "as promised" | "nothing promised" | "cannot tell";
