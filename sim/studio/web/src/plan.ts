// plan.json (sim/report/RESULTS.md; written by sim/report/plan_report.cpp), with words in both languages.
import type { Interval } from "./experiment";
import type { Label } from "./language";
import type { ByName } from "./results";

export interface Plan {
  status: "holds" | "impossible" | "not found" | "priced" | "stopped";
  lacking: Label | null; // what no permitted number can do
  minimises: "cost" | "person-days";
  currency: string;
  value: number | null; // of the best found, over the whole run; null: there is none
  bound: number; // no plan has less, if more agents never harm
  gap: number | null;
  proven: boolean;
  concave: boolean;
  person_days: number;
  days: number; // of the run
  plans_run: number;
  replications: number;
  confidence: number;
  staff_cost: Interval; // as run
  staff_cost_today: Interval; // of 0 replications: today was not run
  understaffed: { station: string; label: Label; from: string; agents: number }[];
  targets: ByName<PlannedTarget>; // by path in results.json
  staff: Seat[];
  rounds: { value: number; bound: number; cuts: Cut[] }[];
  neighbours: Neighbour[];
}

export interface PlannedTarget {
  unit: string;
  wanted: number;
  holds: boolean;
  plan: Interval;
  today: Interval;
}

/** A team on a shift. */
export interface Seat {
  team: string;
  shift: string; // empty: the team's own
  new: boolean;
  label: Label;
  person_days: number;
  person_days_today: number | null;
  agents: { date: string; agents: number }[]; // duty by duty
}

/** What a round's runs asked for. */
export interface Cut {
  target: string;
  kind: "slope" | "one more" | "day";
  found: Interval;
  helps: Label;
  agent_hours: number;
}

/** One agent fewer, or more. */
export interface Neighbour {
  team: string;
  shift: string;
  when: Label;
  by: number;
  value_difference: number;
  breaks: string | null; // the target that is then not shown to hold
  found: Interval;
}
