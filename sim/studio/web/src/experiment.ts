// What several runs say: experiment.json (sim/report/RESULTS.md; written by sim/report/experiment_report.cpp), and what
// the moves of `sensitivity` and the volumes of `targets` found (sim/report/improvements.cpp).
import type { Label } from "./language";
import type { ByName } from "./results";

/** An estimate and its interval; without low and high where it wants two replications, or all have the same. */
export interface Found {
  estimate: number | null;
  low: number | null;
  high: number | null;
}

export interface Interval extends Found {
  deviation: number | null;
  replications: number;
}

export type Judgement = "met" | "missed" | "in doubt" | "nothing to judge";
export type Verdict = "better" | "worse" | "differs" | "no difference worth having" | "same" | "cannot tell" | "nothing";

export interface Experiment {
  format: 1;
  program: string;
  seed: number;
  replications: number;
  confidence: number; // 0.95 is 95 %
  until_day: number | null;
  warm_up_minutes: number;
  verdicts_judged_together: number; // 0: one alone
  scenarios: { name: string; file: string; stood_still?: StoodStill }[]; // the base first
  measures: ByName<Measure>; // by path in results.json, or targets.NAME.days_met_share
}

export interface StoodStill {
  replications: number; // 0: none, and the others are null
  first_in: number | null;
  since: string | null;
  stations: string[] | null;
}

export interface Measure {
  label: string; // in English
  unit: string;
  wanted?: string; // of a target
  scenarios: MeasureOfScenario[]; // in the order of the scenarios
}

export interface MeasureOfScenario extends Interval {
  at_least: boolean;
  difference_to_base?: Difference; // not of the base
}

/** Scenario less base, replication by replication. */
export interface Difference extends Interval {
  judged_low: number | null; // the interval that the verdict goes by
  judged_high: number | null;
  p_value: number | null;
  better_chance: number | null;
  better_on_replications: number;
  worse_on_replications: number;
  variance_ratio_of_common_random_numbers: number | null;
  verdict: Verdict;
  replications_wanted?: number; // where it cannot tell
}

/** Standard moves and what each does. */
export interface Sensitivity {
  replications: number;
  confidence: number;
  targets: { name: string; unit: string; now: Interval; at_least: boolean }[];
  moves: Move[];
}

export interface Move {
  subject: Label;
  change: Label;
  of_volume: boolean;
  cost_a_day: number;
  saving: "safe" | "unproven" | "none"; // does it save and keep every target?
  targets: (Interval & { verdict: Verdict })[]; // in the order of the targets
}

/** How much of today's volume each target carries. */
export interface Capacity {
  replications: number;
  confidence: number;
  scenarios: { name: string; targets: CarriedTarget[] }[];
}

export interface CarriedTarget {
  name: string;
  unit: string;
  now: Interval;
  at_least: boolean;
  days: Interval;
  judgement: Judgement;
  easier: boolean; // with more mail
  factor: number | null;
  low: number | null;
  high: number | null;
  carries: Label;
  interval: Label;
  binds: Label;
}
