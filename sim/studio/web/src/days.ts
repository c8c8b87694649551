// The days of the curves: which there are, where one stands in the rows, its deadlines.
import { format, label, scenario } from "./page.svelte";
import type { Scenario } from "./report";
import type { DueDay, Results } from "./results";

/** Whether a day lies in the period simulated; what ends at midnight ends on the day before. */
export function isWithin(run: Results["run"], day: string): boolean {
  const last = run.to.slice(0, 10);
  return day >= run.from.slice(0, 10) && (run.to.slice(11, 19) === "00:00:00" ? day < last : day <= last);
}

const judgedOn = (d: DueDay) => d.on_time + d.late;
/** How many items a day must have for its share to be drawn: a few say nothing. */
export function enoughOf(days: DueDay[]): number {
  const counts = days.map(judgedOn).filter((n) => n > 0).sort((a, b) => a - b);
  return Math.max(5, Math.ceil(0.05 * (counts[Math.floor(counts.length / 2)] ?? 0)));
}
/** The days of which there are enough items. */
export const weighty = (days: DueDay[]): DueDay[] => days.filter((d) => judgedOn(d) >= enoughOf(days));

export interface CurveDay {
  from: string; // midnight
  name: string;
  first: number; // slot
  slots: number;
}

export function curveDays(s: Scenario): CurveDay[] {
  let first = 0;
  return s.journal.curves.days.map((d) => {
    const day = { from: d.from, name: format().weekdayDate(d.from), first, slots: d.slots };
    first += d.slots;
    return day;
  });
}

/** The day with most people at work. */
export function busiest(s: Scenario): number {
  const worked = Object.values(s.journal.curves.worked);
  const days = curveDays(s).map((d) =>
    worked.reduce((sum, row) => sum + row.slice(d.first, d.first + d.slots).reduce((a, b) => a + b, 0), 0),
  );
  return Math.max(0, days.indexOf(Math.max(...days)));
}

export const clockOf = (day: CurveDay, slot: number, minutes: number) => format().clock((slot % day.slots) * minutes);

export interface Deadline {
  slot: number; // the one at whose beginning it is, or next to that
  name: string;
}

/** Closings of departures on a day, those of one instant together; of some departures, or of all. */
export function deadlines(day: CurveDay, only?: (departure: string) => boolean): Deadline[] {
  const s = scenario();
  const minutes = s.journal.curves.minutes;
  const at = new Map<number, string[]>();
  for (const [name, d] of Object.entries(s.results.departures)) {
    if (only && !only(name)) continue;
    for (const trip of d.trips) {
      if (trip.at.length <= 10) continue; // gathered by the day
      const slot = ((Date.parse(trip.at) - Date.parse(day.from)) / 60000 - (s.journal.curves.closes_before[name] ?? 0)) / minutes;
      const near = Math.round(slot);
      if (near >= 0 && near <= day.slots) at.set(near, [...(at.get(near) ?? []), label(d, name)]);
    }
  }
  return [...at]
    .sort((a, b) => a[0] - b[0])
    .map(([slot, names]) => ({ slot, name: names.length > 2 ? `${names[0]} +${names.length - 1}` : names.join(", ") }));
}
