// What the studio's server says (PROTOCOL.md).
import type { Label } from "../language";

export interface Home {
  folder: string;
  program: string;
  most_replications: number;
  scenarios: Scenario[];
}

export interface Scenario {
  path: string;
  kind: "scenario" | "what-if" | "network" | "situation" | "rules" | "other";
  label: Label | null;
  base: string | null; // of a what-if: the path of what it changes
  modified: string;
  job: number | null; // whose answer is shown
  answer: Answer | null;
}

export interface Answer {
  sentence: Label;
  figures: { name: string; label: Label; unit: string; value: number | null; shown: Label; wanted: Label | null; met: boolean | null; sure: boolean | null }[];
  before: number | null;
  changes: { fr: string[]; en: string[] };
}

export interface Problem {
  severity: "error" | "warning" | "note";
  path: string | null;
  line: number; // from 1; 0: the file as a whole
  column: number;
  message: string;
  help: string;
}

export interface Value {
  path: string; // staff.teams.night.agents
  key: string; // staff.teams.agents, as the catalogue has it
  type: string; // as the catalogue has it
  value: string;
  of?: Label | null; // of the nearest thing around it that has a label
  file: string;
  line: number;
  column: number;
}

export interface Drawing {
  centre: { name: string; label: Label };
  from: string;
  until: string;
  currency: string;
  stations: { name: string; label: Label; kind: string; rank: number; servers: number; crew: number; skill: string | null }[];
  sources: { name: string; label: Label; kind: string; into: string | null }[];
  routes: { from: string; to: string | null; of: "next" | "rejects" | "no_reads"; share: number | null; products: string[]; destinations: string[] }[];
  teams: { name: string; label: Label; agents: number; skills: string[]; stations: string[] }[];
  departures: { name: string; label: Label; from: string[]; destinations: string[]; times: number }[];
  products: { name: string; label: Label }[];
  destinations: { name: string; label: Label }[];
}

export interface Model {
  problems: Problem[];
  drawing: Drawing | null;
  values: Value[];
}

export interface Section {
  path: string;
  meaning: string;
  keys: Key[];
}

export interface Key {
  name: string;
  type: string;
  required: boolean;
  type_words: string;
  default: string;
  default_words: string;
  meaning: string;
  example: string;
}

/** Changes on top of a file: dotted path and value. */
export type Changes = [path: string, value: string][];
export interface Asked {
  path: string;
  set: Changes;
  label?: Label | null;
}

export type State = "queued" | "running" | "reporting" | "done" | "failed" | "cancelled" | "interrupted";

export interface Job {
  id: number;
  state: State;
  scenarios: Asked[];
  replications: number;
  done: number;
  found: number;
  wanted: number;
  asked: string;
  ended: string | null;
  error: string | null;
  problems: Problem[];
  report: boolean;
  figures?: Figures | null;
  answers: Answer[]; // of each scenario, once done
}

export interface Figures {
  replications: number;
  confidence: number;
  measures: Measure[];
}

export interface Estimate {
  estimate: number | null;
  low: number | null; // null: one run, or all alike
  high: number | null;
}

export interface Measure {
  name: string;
  label: Label;
  unit: string;
  better: "more" | "less" | "neither";
  target: { at_least: boolean; bound: number; wanted: Label } | null;
  scenarios: (Estimate & { met: boolean | null; sure: boolean | null; shown: Label })[];
  differences: (Difference | null)[];
}

export type Difference = Estimate & { verdict: string; chance: number | null; shown: Label };

/** What was decided by a job, and why. */
export interface Decision {
  at: string;
  job: number;
  scenario: Asked;
  base: Asked;
  sentence: Label;
  reason: string;
}

export type Edit =
  | { do: "set"; path: string; value: string } // what is there; values are YAML
  | { do: "add"; path: string; value: string; before?: string } // what is not
  | { do: "remove"; path: string }
  | { do: "rename"; path: string; value: string }; // with all that mentions it
