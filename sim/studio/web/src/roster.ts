// roster.json (sim/report/RESULTS.md; written by sim/report/roster_files.cpp).
import type { Label } from "./language";

export interface Roster {
  from: string;
  days: number;
  timezone: string;
  rules: string; // the rule set; empty: none
  unit_of_cost: string; // the currency, or person-days
  cost: number; // the sum of the next three
  pay: number;
  temporaries_cost: number;
  broken_rules_cost: number;
  bound: number; // no roster costs less
  gap: number;
  proven: boolean;
  shifts: { name: string; label: Label; night: boolean }[];
  posts: { name: string; label: Label }[];
  agents: RosterAgent[];
  temporaries: { date: string; shift: string; agents: number }[];
  broken: BrokenRule[];
}

export interface RosterAgent {
  name: string;
  team: string;
  duties: number;
  hours: number;
  contract_hours: number | null; // null: no contract
  nights: number;
  weekends: number;
  sundays: number;
  holidays: number;
  wishes: number;
  wishes_granted: number;
  days: RosterDay[]; // all of the roster
}

export interface RosterDay {
  date: string;
  shift: string | null; // null: off
  post: string | null; // skill or team that the shift counts for
  absent: boolean;
}

export interface BrokenRule {
  rule: string;
  agent: string | null;
  from: string;
  to: string;
  words: string;
  label: Label;
  cost: number | null; // null: it must hold
}
