// What a report page shows: the JSON that the program embeds in <script id="report" type="application/json">.
//
// Everything in `results`, `experiment` and `roster` is as in results.json, experiment.json and roster.json (see
// sim/report/RESULTS.md), but for `station_hours`, which are columns here. Names refer to the keys of `results`; instants
// are local, with offset. Each part has its types in the file of its name.
import type { Capacity, Experiment, Sensitivity } from "./experiment";
import type { Improvement } from "./improvement";
import type { Journal, StationHours } from "./journal";
import type { Label, Language } from "./language";
import type { ByName, Results } from "./results";
import type { Network } from "./network";
import type { Plan } from "./plan";
import type { Roster } from "./roster";
import type { Sweep } from "./sweep";
import type { WithinDay } from "./within-day";

export interface Report {
  format: 1;
  program: string; // "mailflow 0.1.0"
  language: Language; // the page opens in it; the reader may switch
  kind:
    | "run"
    | "replications"
    | "comparison"
    | "sensitivity"
    | "targets"
    | "roster"
    | "improvement"
    | "plan"
    | "within day"
    | "sweep"
    | "network";
  detail: Detail | null; // null: there is one run
  scenarios: Scenario[]; // the base first
  experiment: Experiment | null; // experiment.json
  sensitivity: Sensitivity | null;
  targets: Capacity | null;
  improvement: Improvement | null; // then there are no scenarios
  roster: Roster | null; // roster.json of the roster that the first scenario was run with
  plan: Plan | null; // then the scenarios are today's staff and the plan, as far as they were run
  within_day: WithinDay | null; // then the scenarios are the hours to come without and with all moves
  sweep: Sweep | null; // then there are no scenarios
  network: Network | null; // likewise
}

// The replication that charts and lists of one run are of; all else is over the replications.
export interface Detail {
  replication: number;
  replications: number;
  confidence: number;
  median_of: string; // path of the measure of which it is the median in the first scenario
}

// Over the replications: estimate, its interval where they differ, and true at the end where it is a lower bound.
export type MeanFigure = [number | null, (number | null)?, (number | null)?, true?];

export interface Scenario {
  name: string;
  called: Label | null; // otherwise than its label in the results
  file: string;
  text: string; // the scenario's YAML as written
  changes: Label[]; // to the base, in words; empty for the base
  results: Results; // results.json of the replication in detail, without station_hours
  means: ByName<MeanFigure> | null; // by path in results.json; null: there is one run
  stood_still: number; // in so many replications stations came to stand still for ever
  hours: ByName<StationHours>; // by station
  journal: Journal;
  assumptions: { said: string[]; all: Assumption[] };
}

/** What the scenario takes for given of one product, station and so on. */
export interface Assumption {
  section: string; // "stations"
  name: string;
  label: Label | null; // where the scenario gives one
  values: [key: string, written: string][];
  note: string; // the file's comment; empty: none
}
