// within_day.json (sim/report/RESULTS.md; written by sim/report/within_day_report.cpp), with words in both languages.
import type { Interval, Verdict } from "./experiment";
import type { Label } from "./language";
import type { ByName } from "./results";

export interface WithinDay {
  from: string;
  until: string;
  situation_is_simulated: boolean;
  moves_tried: number;
  stopped: boolean;
  replications: number;
  confidence: number;
  shortfall: { nothing_done: number; all_done: number };
  measures: ByName<Effect & { unit: string }>; // by path in results.json
  departures: ByName<Effect>; // share on time of what leaves with it
  moves: Step[]; // in order, each on top of those before
}

export interface Effect {
  nothing_done: Interval;
  all_done: Interval;
  change: Changed;
}

export interface Changed extends Interval {
  verdict: Verdict;
}

export interface Step {
  what: Label;
  decide_by: string;
  changes: ByName<Changed>;
}
