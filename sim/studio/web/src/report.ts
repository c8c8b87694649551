// What a report page shows: the JSON that the program embeds in <script id="report" type="application/json">.
//
// Everything in `results` and `experiment` is as in results.json and experiment.json (see sim/report/RESULTS.md), but
// for `station_hours`, which are columns here. Names refer to the keys of `results`; instants are local, with offset.

import type { Label, Language } from "./language";

export interface Report {
  format: 1;
  program: string; // "mailflow 0.1.0"
  language: Language; // the page opens in it; the reader may switch
  kind: "run" | "replications" | "comparison" | "sensitivity" | "targets" | "roster" | "improvement";
  detail: Detail | null; // null: there is one run
  scenarios: Scenario[]; // the base first
  experiment: Experiment | null; // experiment.json
  sensitivity: Sensitivity | null;
  targets: Capacity | null;
  improvement: Improvement | null; // then there are no scenarios
  roster: Roster | null; // roster.json of the roster that the first scenario was run with
}

// The replication that charts and lists of one run are of; all else is over the replications.
export interface Detail {
  replication: number;
  replications: number;
  confidence: number;
  median_of: string; // path of the measure of which it is the median in the first scenario
}

// Over the replications: estimate, its interval where they differ, and true at the end where it is a lower bound.
export type Mean = [number | null, (number | null)?, (number | null)?, true?];

// roster.json
export interface Roster {
  from: string;
  days: number;
  rules: string;
  unit_of_cost: string;
  cost: number;
  bound: number;
  gap: number;
  shifts: { name: string; label: Label; night: boolean }[];
  posts: { name: string; label: Label }[];
  agents: RosterAgent[];
  temporaries: { date: string; shift: string; agents: number }[];
  broken: { words: string; label: Label; cost: number | null }[];
}
export interface RosterAgent {
  name: string;
  team: string;
  duties: number;
  hours: number;
  contract_hours: number | null;
  nights: number;
  weekends: number;
  wishes: number;
  wishes_granted: number;
  days: { date: string; shift: string | null; post: string | null; absent: boolean }[];
}

export interface Found {
  estimate: number | null;
  low: number | null;
  high: number | null;
}

// What was measured since a day against what was expected.
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
  days: { day: string; value: number; items: number; centre: number; low: number | null; high: number | null; expected: number | null; signal: "" | "outside" | "run" }[];
  phases: { from: string; to: string; label: string; days: number; actual: Found; expected: Found | null }[];
  results: { day: string; label: string; promised: Found | null; brought: Found | null; verdict: string }[];
}

// Standard moves and what each does.
export interface Sensitivity {
  replications: number;
  confidence: number;
  targets: { name: string; unit: string; now: Found; at_least: boolean }[];
  moves: { subject: Label; change: Label; of_volume: boolean; cost_a_day: number; targets: (Found & { verdict: string })[] }[];
}

// How much of today's volume each target carries.
export interface Capacity {
  replications: number;
  confidence: number;
  scenarios: {
    name: string;
    targets: { name: string; unit: string; now: Found; at_least: boolean; days: Found; judgement: "met" | "missed" | "in doubt" | "nothing to judge";
      easier: boolean; // with more mail
      factor: number | null; low: number | null; high: number | null; carries: Label; interval: Label; binds: Label }[];
  }[];
}

export interface Scenario {
  name: string;
  file: string;
  text: string; // the scenario's YAML as written
  changes: { fr: string; en: string }[]; // to the base, in words; empty for the base
  results: Results; // results.json of the replication in detail, without station_hours
  means: Record<string, Mean> | null; // by path in results.json; null: there is one run
  stood_still: number; // in so many replications stations came to stand still for ever
  hours: Record<string, StationHours>; // by station
  journal: Journal;
}

// Rows of one hour each (the last may be shorter); where a run is longer than 14 days, of an average week instead.
export interface StationHours {
  average_week: boolean;
  until: string[]; // instants, or "Mon 01:00" .. "Sun 24:00" of the average week as minutes from Monday 00:00
  items_out: number[];
  queue_mean: number[];
  queue_max: number[];
  queue_low: number[]; // 10 % of the replications lie below; empty without replications
  queue_high: number[]; // 10 % above
  states: Record<string, number[]>; // share of server time by state: busy, idle, set_up, down, unstaffed, blocked, closed
}

export interface Journal {
  flow: { from: string; to: string; items: number }[]; // "product:NAME", "station:NAME", "departure:NAME", "out"
  late: {
    items: number;
    item_minutes: Record<string, Record<string, number>>; // of late items: [station][cause]
    by_hour: Record<string, Record<string, number[]>>; // [station][cause][hour of the day 0..23]
  };
  latest: Journey[]; // the ten lots that left latest past their due instant, latest first
  day: { date: string; from: string; spans: AgentSpan[] }; // who was where on the busiest day
  agents: AgentDuty[]; // over the window, in order of team and number
}

export interface Journey {
  lot: number;
  product: string;
  destination: string | null;
  items: number;
  due: string;
  left: string;
  still_here: boolean; // at the end, past due; left is then the end
  late_minutes: number;
  steps: { activity: string; station: string | null; start: string; end: string; agents: number }[];
}

export interface AgentSpan {
  team: string;
  agent: number; // from 1 within the team
  state: "working" | "idle" | "moving" | "on_break";
  station: string | null;
  start: number; // minutes from day.from
  end: number;
}

export interface AgentDuty {
  team: string;
  agent: number;
  duties: number;
  worked_minutes: number;
  idle_minutes: number;
  moving_minutes: number;
  break_minutes: number;
  night_minutes: number;
  overtime_minutes: number;
  longest_stretch_minutes: number; // between breaks, or from coming to going
  moves: number;
}

// The parts of results.json and experiment.json that the page reads are typed where they are used.
export type Results = Record<string, any>;
export type Experiment = Record<string, any>;
