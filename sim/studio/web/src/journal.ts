// Who and what moved through the centre in the replication in detail (sim/report/run_record.hpp, report_page.cpp).
import type { ByName, ServerState } from "./results";

// Rows of one hour each (the last may be shorter); where a run is longer than 14 days, of an average week instead.
export interface StationHours {
  average_week: boolean;
  until: string[]; // instants, or "Mon 01:00" .. "Sun 24:00" of the average week as minutes from Monday 00:00
  items_out: number[];
  queue_mean: number[];
  queue_max: number[];
  queue_low: number[]; // 10 % of the replications lie below; empty without replications
  queue_high: number[]; // 10 % above
  states: Record<ServerState, number[]>; // share of server time
}

export interface Journal {
  flow: { from: string; to: string; items: number }[]; // "product:NAME", "station:NAME", "departure:NAME", "out"
  late: {
    items: number;
    item_minutes: ByName<ByName<number>>; // of late items: [station][cause]
    by_hour: ByName<ByName<number[]>>; // [station][cause][hour of the day 0..23]
    responsible: Record<Responsible, number>; // items
    of_targets: ByName<ByName<ByName<number>>>; // as item_minutes, of the items that a target on time counts
    groups: LateGroup[]; // by day and then by items; the 400 with most items
  };
  latest: Journey[]; // the ten lots that left latest past their due instant, latest first
  day: { date: string; from: string; spans: AgentSpan[] }; // who was where on the busiest day
  agents: AgentDuty[]; // over the window, in order of team and number
  curves: Curves;
}

/** Who answers for a late item: without what it would have been in time (sim/report/responsible.hpp). */
export type Responsible = "timetable" | "inbound" | "customs" | "room" | "sorting";

// By the half hour, over all days of the window where these are 14 or fewer, else around the busiest (sim/report/day_curves.hpp).
export interface Curves {
  minutes: number; // of a slot
  days: { from: string; slots: number }[]; // one after the other
  skills: { stations: string[]; teams: string[] }[]; // who can work where
  worked: ByName<number[]>; // agents at work at a station, mean of the slot; without those that nobody worked at
  lacking: ByName<number[]>; // so many more could have worked on late mail that waited for them
  teams: ByName<Partial<Record<AgentSpan["state"], number[]>>>; // agents in a state
  products: ByName<Passed>;
  destinations: ByName<Passed & { departures: string[] }>; // the 24 with most mail, and what takes it away
  closes_before: ByName<number>; // minutes before a departure leaves
}

/** Items by slot; before: up to the first of them. */
export interface Passed {
  before: [arrived: number, sorted: number, left: number];
  arrived: number[];
  sorted: number[];
  left: number[];
}

/** Late items that were due on one day and left with one departure. */
export interface LateGroup {
  due: string | null; // a day; null: before the period
  departure: string | null; // null: none, or still here
  items: number;
  lots: number;
  latest: Journey[]; // three at most
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
  responsible: Responsible;
  steps: { activity: Activity; station: string | null; start: string; end: string; agents: number }[];
}

/** As in the log of `run --events`. */
export type Activity = "arrive" | "wait" | "set up" | "process" | "blocked" | "move" | "hold" | "split" | "bag" | "load" | "leave" | "here";

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
