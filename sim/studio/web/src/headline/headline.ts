// What the first screen says: the question, yes, no or not yet, the finding, three figures, one chart, the main reason,
// what is recommended, what it costs a year, and how sure all that is. One function for each kind of report.
import type { Option } from "../charts";
import { currency, format, label, measureLabel, report, scenario, t, type Cell } from "../page.svelte";
import { judged, losses, type JudgedTarget } from "../judge";
import type { Judgement } from "../experiment";
import type { Scenario } from "../report";

export type Answer = "yes" | "no" | "not yet" | "nothing";

export interface Headline {
  question: string;
  answer: Answer;
  badge?: string; // shown for it, where the answer is a figure
  badgeNote?: string; // of how much it is the answer
  finding: string;
  figures: Figure[]; // three at most
  chart: { name: string; title: string; option: Option; height: number } | null;
  ranking?: { caption: string; columns: { title: string }[]; rows: Cell[][] };
  reason: string;
  reasonOf?: string | undefined; // the target that it is of
  advice: string;
  cost: string;
  sure: string;
}

export interface Loss {
  station: string;
  cause: string;
  share: number;
}

export interface Figure {
  title: string;
  cell: Cell;
  wanted: string;
  note?: string; // the interval, or what it is compared with
  judgement?: Judgement;
  judged?: { text: string; tone: "good" | "doubt" }; // where it is judged by something else than a target
}

export const hoursAYear = 365 * 24;

export const value = (v: number | null | undefined, unit: string) => format().value(v, unit, currency());
export const percent = (v: number) => format().value(v, "percent");

/** Money as it is spoken of: three digits, for more would not be known. */
export function about(amount: number): string {
  const size = Math.abs(amount);
  const unit = size > 0 ? 10 ** Math.max(0, Math.floor(Math.log10(size)) - 2) : 1;
  return format().value(Math.round(size / unit) * unit, "currency", currency());
}

/** The window's money made into a year's; a window of less than a week does not know the other days. */
export function aYear(amount: number, hours: number): string {
  return hours >= 7 * 24 ? t("a year", { cost: about((amount * hoursAYear) / hours) }) : t("a day", { cost: about((amount * 24) / hours) });
}

export const wanted = (x: { atLeast: boolean; bound: number; unit: string }) =>
  t(x.atLeast ? "at least" : "at most", { bound: value(x.bound, x.unit) });

/** How far from its bound, as a share of what there is to gain or lose there; below 0: short of it. */
export function slack(x: JudgedTarget): number {
  if (x.value === null) return Infinity;
  const scale = x.unit === "share" ? Math.max(0.01, 1 - x.bound) : Math.max(1e-9, Math.abs(x.bound));
  return ((x.atLeast ? 1 : -1) * (x.value - x.bound)) / scale;
}

const order: Judgement[] = ["missed", "in doubt", "met", "nothing to judge"];
/** Those to talk about first come first. */
export function pressing(all: JudgedTarget[]): JudgedTarget[] {
  return [...all].sort((a, b) => order.indexOf(a.judgement) - order.indexOf(b.judgement) || slack(a) - slack(b));
}

/** Of one run: it alone says so. */
export const onOneRun = () => (report.detail && report.detail.replications > 1 ? {} : { badgeNote: t("on this one run") });

/** A sentence of what one replication tells says which, where the figures are means. */
export const ofDetail = (sentence: string) => (report.detail ? t("of one replication", { sentence, n: report.detail.replication }) : sentence);

export const targetName = (s: Scenario, name: string) => label(s.results.targets[name], name);

/** The target that a measure's path is of, without which it is none. */
export const targetOf = (path: string) => /^targets\.([^.]+)\.value$/.exec(path)?.[1];

/** Of what late items lost their time by, the dearest that is not handling or what follows from being late. */
export function mainLoss(index: number, target?: string): Loss | null {
  const all = losses(index, target);
  const worst = all.find((x) => !["processing", "waiting_for_departure"].includes(x[1])) ?? all[0];
  const total = all.reduce((sum, x) => sum + x[2], 0);
  return worst ? { station: worst[0], cause: worst[1], share: worst[2] / total } : null;
}

/** The team that works most at a station on the busiest day, and what one of its agents costs in the window. */
export function teamAt(index: number, station: string): { name: string; agentCost: number } | null {
  const s = scenario(index);
  const minutes = new Map<string, number>();
  for (const x of s.journal.day.spans)
    if (x.state === "working" && x.station === station) minutes.set(x.team, (minutes.get(x.team) ?? 0) + x.end - x.start);
  const [name] = [...minutes].sort((a, b) => b[1] - a[1])[0] ?? [];
  const team = name === undefined ? undefined : s.results.teams[name];
  if (report.roster) return null; // there each team is a person
  return name !== undefined && team && team.agents > 0 ? { name, agentCost: team.cost / team.agents } : null;
}

/** The target on time that is furthest off, where one is off and late items of its own are told. */
export function targetOff(index: number): JudgedTarget | undefined {
  const { of_targets } = scenario(index).journal.late;
  return pressing(judged(index)).find(
    (x) => (x.judgement === "missed" || x.judgement === "in doubt") && Object.keys(of_targets[x.name] ?? {}).length > 0,
  );
}

/** Days where they are whole ones. */
export const lasting = (hours: number) => (hours % 24 === 0 ? t("number of days is", { n: hours / 24 }) : format().value(hours, "hours"));

export function sureOfRun(index: number): string {
  const d = report.detail;
  return d && d.replications > 1
    ? t("sure replications", {
        n: d.replications,
        confidence: percent(d.confidence),
        detail: d.replication,
        measure: measureLabel(d.median_of),
      })
    : t("sure one run", { lasts: lasting(scenario(index).results.run.hours) });
}
