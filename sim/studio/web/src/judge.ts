// Targets judged: met or missed with confidence where there are replications, else as this one run found.
import { report } from "./page.svelte";

export type Judgement = "met" | "missed" | "in doubt" | "nothing to judge";

export interface Interval {
  estimate: number;
  low: number | null;
  high: number | null;
}

export interface JudgedTarget {
  name: string;
  value: number | null;
  interval: Interval | null;
  days: Interval | null; // share of days met
  bound: number;
  atLeast: boolean;
  unit: string;
  judgement: Judgement;
}

export function interval(measure: string, scenario: number): any {
  return report.experiment?.measures[measure]?.scenarios[scenario] ?? null;
}

export function judged(scenario: number): JudgedTarget[] {
  const targets: Record<string, any> = report.scenarios[scenario].results.targets;
  return Object.entries(targets).map(([name, target]) => {
    const atLeast = target.at_least !== undefined && target.at_least !== null;
    const bound: number = atLeast ? target.at_least : target.at_most;
    const found = interval(`targets.${name}.value`, scenario);
    const whole = found && found.low !== null && found.high !== null;
    let judgement: Judgement = target.value === null && !whole ? "nothing to judge" : target.met ? "met" : "missed";
    if (whole) {
      const sureMet = atLeast ? found.low >= bound : found.high <= bound;
      const sureMissed = atLeast ? found.high < bound : found.low > bound;
      judgement = sureMet ? "met" : sureMissed ? "missed" : "in doubt";
    }
    return {
      name, value: target.value, interval: whole ? found : null, days: interval(`targets.${name}.days_met_share`, scenario),
      bound, atLeast, unit: target.unit, judgement,
    };
  });
}

/** Where late items lost their time, dearest first: [station, cause, item-minutes]. */
export function losses(scenario: number): [string, string, number][] {
  const all: [string, string, number][] = [];
  for (const [station, byCause] of Object.entries(report.scenarios[scenario].journal.late.item_minutes))
    for (const [cause, minutes] of Object.entries(byCause)) all.push([station, cause, minutes]);
  return all.sort((a, b) => b[2] - a[2]);
}
