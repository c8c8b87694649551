// A network's results.json (sim/report/NETWORK-RESULTS.md), with what each centre posts and gets, and from where to where
// (sim/report/network_tables.cpp).
import type { Label } from "./language";
import type { ByName, Standstill } from "./results";

export interface Network {
  scenario: { file: string; label: Label; network: Label; timezone: string; currency: string };
  run: { seed: number; replication: number; from: string; to: string; hours: number; events: number; lots: number };
  at_start: number;
  posted: number;
  delivered: number;
  left: number;
  under_way: number;
  on_time: Kept;
  end_to_end_minutes: EndToEnd | null;
  staff_cost: number;
  transport_cost: number;
  targets: ByName<{ label: Label; value: number | null; at_least?: number; at_most?: number; met: boolean | null }>;
  products: ByName<{ label: Label; delivered: number; on_time: Kept; end_to_end_minutes: EndToEnd | null }>;
  centres: ByName<NetworkCentre>;
  links: ByName<NetworkLink>;
  origins: ByName<NetworkFlow>;
  destinations: ByName<NetworkFlow>;
  pairs: { all: number; shown: (NetworkFlow & { from: string; to: string })[] }; // most late mail first
}

export interface Kept {
  share: number | null;
  on_time: number;
  late: number;
  undecided: number;
  no_due: number;
}

export interface EndToEnd {
  mean: number | null;
  p50: number;
  p95: number;
  max: number;
}

export interface NetworkFlow {
  posted?: number;
  delivered: number;
  on_time: Kept;
  mean_minutes: number | null;
}

export interface NetworkCentre {
  label: Label;
  posted: number;
  by_links_in: number;
  by_links_out: number;
  delivered: number;
  left: number;
  busiest_hour: string | null;
  busiest_hour_items: number | null;
  most_inside: number | null;
  agent_hours: number;
  staff_cost: number;
  transport_cost: number;
  standstills: Standstill[];
  stations: ByName<{ label: Label; items: number; use: number | null; queue_max_items: number; wait_minutes: number | null; longest_wait_minutes: number }>;
}

export interface NetworkLink {
  label: Label;
  from: string;
  to: string;
  takes_minutes: number;
  trips: number;
  vehicles: number;
  items: number;
  load_share: number | null;
  missed: number;
  late_items: number;
  late_trips: number;
  lateness_minutes: number;
  cost: number;
}
