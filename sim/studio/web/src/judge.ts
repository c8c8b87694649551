// Targets judged: met or missed with confidence where there are replications, else as this one run found.
import type { Judgement } from "./experiment";
import { at, report, scenario } from "./page.svelte";

export interface JudgedTarget {
  name: string;
  value: number | null; // of the run, or the mean of the replications
  low: number | null; // of its interval; null where there is none
  high: number | null;
  days: number | null; // share of days met over the replications
  daysMet: number; // in the replication in detail
  daysJudged: number;
  bound: number;
  atLeast: boolean;
  unit: string;
  judgement: Judgement;
}

// The same figure but for the last digits of a sum (stats/interval.hpp) keeps its bound.
const same = (a: number, b: number) => Math.abs(a - b) <= 1e-10 * Math.max(Math.abs(a), Math.abs(b));
export const keeps = (value: number, bound: number, atLeast: boolean) =>
  same(value, bound) || (atLeast ? value >= bound : value <= bound);

export function judged(index: number): JudgedTarget[] {
  const s = scenario(index);
  return Object.entries(s.results.targets).map(([name, target]) => {
    const atLeast = target.at_least !== undefined;
    const bound = target.at_least !== undefined ? target.at_least : target.at_most;
    const value = at(s, `targets.${name}.value`);
    const mean = s.means?.[`targets.${name}.value`];
    const low = mean?.[1] ?? null;
    const high = mean?.[2] ?? null;
    let judgement: Judgement = value === null ? "nothing to judge" : target.met ? "met" : "missed";
    if (s.means && value !== null) {
      const experiment = report.experiment?.measures[`targets.${name}.value`]?.scenarios[index];
      // The same in every run is as sure as those runs: an exact figure has no other side.
      const [least, most] = [experiment?.low ?? low ?? value, experiment?.high ?? high ?? value];
      const sureMet = keeps(atLeast ? least : most, bound, atLeast);
      const sureMissed = !keeps(atLeast ? most : least, bound, atLeast);
      judgement = sureMet ? "met" : sureMissed ? "missed" : "in doubt";
      if (report.detail!.replications < 2) judgement = "in doubt";
    }
    return { name, value, low, high, days: s.means?.[`targets.${name}.days_met_share`]?.[0] ?? null, daysMet: target.days_met, daysJudged: target.days_judged, bound, atLeast, unit: target.unit, judgement };
  });
}

/** Where late items of the replication in detail lost their time, dearest first: [station, cause, item-minutes]; all of
 *  them, or those that a target on time counts. */
export function losses(index: number, target?: string): [string, string, number][] {
  const all: [string, string, number][] = [];
  const { late } = scenario(index).journal;
  for (const [station, byCause] of Object.entries((target !== undefined && late.of_targets[target]) || late.item_minutes))
    for (const [cause, minutes] of Object.entries(byCause)) all.push([station, cause, minutes]);
  return all.sort((a, b) => b[2] - a[2]);
}

/** How many items the replication in detail judged for their due instant. */
export function judgedItems(index: number): number {
  const { on_time, late, undecided } = scenario(index).results.on_time;
  return on_time + late + undecided;
}
