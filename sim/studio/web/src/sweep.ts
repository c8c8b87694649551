// The points of `sweep` and what was found at each (sim/report/improvements.cpp).
import type { Found } from "./experiment";
import type { Label } from "./language";

export interface Sweep {
  scenario: Label;
  centre: Label;
  file: string;
  currency: string;
  from: string;
  to: string;
  seed: number;
  replications: number;
  confidence: number;
  keys: { key: string; of: Label | null }[]; // what is varied, and of what in the centre
  measures: SweptMeasure[];
  points: { values: string[]; found: (Found & { at_least: boolean })[] }[]; // values of the keys; of the measures
}

export interface SweptMeasure {
  name: string;
  label: Label;
  unit: string;
  better: "more" | "less" | "neither";
  bound: number | null; // of a target
  at_least: boolean | null;
}
