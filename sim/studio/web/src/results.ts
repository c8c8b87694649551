// results.json (sim/report/RESULTS.md; written by sim/report/results_json.cpp), as the page gets it: without
// station_hours, and with trips gathered where there are very many. Instants are local, with offset; null: nothing to measure.
import type { Label } from "./language";

/** Of a name of the scenario; there may be none of it. */
export type ByName<T> = Record<string, T>;

export interface Results {
  format: 1;
  program: string;
  scenario: { file: string; from_state: string | null; label: Label; centre: Label; timezone: string; currency: string };
  run: { seed: number; replication: number; from: string; to: string; hours: number; events: number; lots: number };
  at_start: number; // items
  in: number;
  out: number;
  left: number;
  on_time: OnTime;
  time_in_centre_minutes: Times;
  staff_cost: number; // in the centre's currency
  transport_cost: number;
  stands_still_after_minutes: number | null; // null: none stands still
  standstills: Standstill[];
  targets: ByName<Target>;
  products: ByName<Product>;
  destinations: ByName<Destination>;
  stations: ByName<Station>;
  teams: ByName<Team>;
  departures: ByName<Departure>;
}

export interface OnTime {
  share: number | null;
  share_at_least: number | null;
  share_at_most: number | null;
  on_time: number;
  late: number;
  undecided: number;
  no_due: number;
}

/** A mean over time, with its interval where the run is long enough to tell. */
export interface Mean {
  mean: number | null;
  half_width_95: number | null;
  half_width_99: number | null;
  batches: number;
}

export interface Quantiles {
  p50: number | null;
  p90: number | null;
  p95: number | null;
  p99: number | null;
  max: number | null;
  quantile_relative_error: number;
  unfinished: number;
  at_least: boolean;
  max_is_at_least: boolean;
}
export interface Times extends Mean, Quantiles {}

/** Stations that stand still for ever from an instant on. */
export interface Standstill {
  since: string;
  stations: string[];
}

export type Cause = "processing" | "moving" | "waiting_for_staff" | "waiting_for_machine" | "set_up" | "breakdown" | "closed" | "blocked"
  | "filling" | "waiting_for_departure" | "full_vehicle" | "customs_hold";
export type CauseMinutes = Record<Cause | "total", number>;

export type ServerState = "busy" | "idle" | "set_up" | "down" | "unstaffed" | "blocked" | "closed";

export type Target = Judged & ({ at_least: number; at_most?: undefined } | { at_least?: undefined; at_most: number });
interface Judged {
  label: Label;
  measure: "on time" | "throughput" | "left over" | "longest wait" | "overtime" | "cost per item";
  unit: string;
  value: number | null;
  value_is_at_least: boolean;
  met: boolean | null; // null: nothing to judge
  days_judged: number;
  days_met: number;
  days?: DueDay[]; // of targets on time: by the day on which their items were due
  detail: string;
}

export interface DueDay {
  day: string;
  on_time: number;
  late: number;
  undecided: number;
}

export interface Product {
  label: Label;
  at_start: number;
  in: number;
  out: number;
  left: number;
  on_time: OnTime;
  on_time_by_due_day: DueDay[];
  on_time_by_destination: ByName<OnTime>;
  time_in_centre_minutes: Times;
  cause_item_minutes: CauseMinutes;
  in_centre_item_minutes: number;
}

export interface Destination {
  label: Label;
  on_time: OnTime;
}

export interface Station {
  label: Label;
  kind: "manual" | "machine" | "conveyor" | "walk" | "hold" | "bagging" | "bay";
  items_in: number;
  items_out: number;
  items_diverted: number;
  lots_out: number;
  state_hours: Record<ServerState, number | null>; // null where there are no positions or machines
  state_shares: Record<ServerState, number | null>;
  oee: Oee;
  use: Mean;
  throughput_items_per_hour: Mean;
  content_items: Mean;
  queue_items: Mean;
  wait_minutes: Mean & { unfinished: number; at_least: boolean };
  mean_time_minutes: number | null;
  mean_time_is_at_least: boolean;
  waited_share: number | null;
  longest_wait_minutes: number | null;
  longest_wait_is_at_least: boolean;
  queue_max_items: number;
  little_residual: number;
  own_time_minutes: Quantiles & { items: number; mean: number | null };
  cause_item_minutes: ByName<CauseMinutes>; // by product
}

/** Overall equipment effectiveness of machines (NF E60-182), the pace of agents at positions. */
export interface Oee {
  opening_hours: number | null;
  planned_hours: number | null;
  not_rostered_hours: number | null;
  without_mail_hours: number | null;
  required_hours: number | null;
  availability: number | null;
  performance: number | null;
  quality: number | null;
  oee: number | null;
  load: number | null;
  ooe: number | null;
  items_per_agent_hour: number | null;
  nominal_items_per_hour: number | null;
}

export interface Team {
  label: Label;
  agents: number;
  paid_minutes: number; // the sum of the next four
  worked_minutes: number;
  idle_minutes: number;
  moving_minutes: number;
  break_minutes: number;
  overtime_minutes: number;
  night_minutes: number;
  absent_minutes: number;
  duties: number;
  absences: number;
  moves: number;
  cost: number;
}

export interface Departure {
  label: Label;
  items: number;
  missed: number; // in time, but no room
  on_time: OnTime;
  cost: number;
  capacity_items: number | null; // of a vehicle; null: not bounded
  capacity_kg: number | null;
  trips: Trip[];
}

export interface Trip {
  at: string; // an instant; of gathered trips the day, or the first of the month
  items: number;
  kg: number;
  vehicles: number;
  missed: number;
  on_time: number;
  late: number;
  trips?: number; // so many, where they are gathered
}

/** The paths in T at which a value of type V stands: "run.seed", "teams.NAME.cost". */
type PathTo<V, T> = {
  [K in keyof T & string]: T[K] extends V ? K : NonNullable<T[K]> extends readonly unknown[] | string | number | boolean ? never : `${K}.${PathTo<V, T[K]>}`;
}[keyof T & string];

/** Where a figure of results.json stands that is always there; names hold no dots. */
export type CountPath = PathTo<number, Results>;
/** Where a figure stands, or null. */
export type Path = PathTo<number | null | undefined, Results>;
