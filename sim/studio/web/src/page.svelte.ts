// What the whole page shares: the report, the reader's language and theme, the scenario in view.
//
// A report's page holds its report from the beginning; the studio shows one job's after another's (showReport).
import { strFromU8, unzlibSync } from "fflate";
import { IntlMessageFormat } from "intl-messageformat";
import { Format } from "./format";
import type { Label, Language } from "./language";
import type { Report, Scenario } from "./report";
import type { CountPath, Path } from "./results";
import { texts, type TextKey } from "./texts";

/** What sim/report/packed.cpp packed. */
function unpacked(base64: string): string {
  return strFromU8(unzlibSync(Uint8Array.from(atob(base64.trim()), (c) => c.charCodeAt(0))));
}

const none: Report = {
  format: 1, program: "", language: navigator.language.startsWith("fr") ? "fr" : "en", kind: "run", detail: null, scenarios: [],
  experiment: null, sensitivity: null, targets: null, improvement: null, roster: null, plan: null, within_day: null, sweep: null, network: null,
};
const embedded = document.getElementById("report")?.textContent;

export let report: Report = embedded ? JSON.parse(unpacked(embedded)) : none;

export const page = $state({
  language: report.language as Language,
  theme: matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : ("light" as "dark" | "light"),
  scenario: report.scenarios.length - 1,
});

/** Another report, in a language that the reader may have chosen before; no section of the last one stands any more. */
export function showReport(other: Report) {
  report = other;
  page.scenario = other.scenarios.length - 1;
}

const formats = { fr: new Format("fr"), en: new Format("en") };
const messages = new Map<string, IntlMessageFormat>();

/** Numbers and dates as the reader writes them. */
export function format(): Format {
  return formats[page.language];
}

/** A text of the catalogue, with its values filled in (ICU MessageFormat). */
export function t(key: TextKey, values: Values = {}): string {
  return fill(texts[key], values);
}

export type Values = Record<string, string | number>;

/** A text in the reader's language, with its values filled in. */
export function fill(text: Label, values: Values): string {
  const id = page.language + text[page.language];
  let message = messages.get(id);
  if (!message) {
    message = new IntlMessageFormat(text[page.language], page.language, undefined, { ignoreTag: true });
    messages.set(id, message);
  }
  return spaced(String(message.format(values)));
}

/** In French, a space that never breaks stands before ? ! : ; and % and inside « ». */
function spaced(text: string): string {
  return page.language === "fr" ? text.replace(/ (?=[?!:;%»])/g, "\u00a0").replace(/« /g, "«\u00a0") : text;
}

export function has(key: string): key is TextKey {
  return key in texts;
}

export function label(of: { label?: Label | undefined } | undefined, name: string): string {
  return spaced(of?.label?.[page.language] || name).replaceAll("'", "’");
}

/** What the program tells in both languages, with dates and hours as people write them, and without names of the file. */
export function says(words: Label): string {
  const text = words[page.language]
    .replace(/(?<!\p{L})(équipe|vacation|poste|départ|produit|team|shift|station|departure|product) [\w-]+ \(([^()]+)\)/gu, "$1 $2")
    .replace(/\b\d{4}-\d{2}-\d{2}\b/g, (day) => format().weekdayDate(day))
    .replace(/(^|[\s(])-(?=\d)/g, "$1\u2212");
  return spaced(page.language === "fr" ? format().spoken(text).replaceAll("'", "’") : text);
}

export const capital = (text: string) => text.charAt(0).toLocaleUpperCase(page.language) + text.slice(1);

/** The scenario in view, or the one of that number. */
export function scenario(index = page.scenario): Scenario {
  const one = report.scenarios[index];
  if (!one) throw new Error(`the report has no scenario ${index}`);
  return one;
}

export function scenarioName(s: Scenario): string {
  return label(s.called ? { label: s.called } : s.results.scenario, s.name);
}

/** Of what the report is, and from when to when; null: of what was measured. */
export function subject(): { centre: string; scenario: string; from: string; to: string } | null {
  const { network, sweep } = report;
  if (sweep) return { centre: label({ label: sweep.centre }, ""), scenario: label({ label: sweep.scenario }, ""), from: sweep.from, to: sweep.to };
  if (network) return { centre: label({ label: network.scenario.network }, ""), scenario: label(network.scenario, ""), from: network.run.from, to: network.run.to };
  if (!report.scenarios.length) return null;
  const { results } = scenario();
  return { centre: label({ label: results.scenario.centre }, "mailflow"), scenario: scenarioName(scenario()), from: results.run.from, to: results.run.to };
}

/** "a, b and c", as the language puts it. */
export function list(items: string[]): string {
  return new Intl.ListFormat(page.language, { type: "conjunction" }).format(items);
}

/** The figure at a path of results.json, of the replications' mean where there are several. */
export function at(s: Scenario, path: CountPath): number;
export function at(s: Scenario, path: Path): number | null;
export function at(s: Scenario, path: Path): number | null {
  const value = s.means?.[path]?.[0] ?? inDetail(s, path);
  return typeof value === "number" ? value : null;
}

const hasKeys = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null;

/** What stands at a path of results.json of the replication in detail. */
function inDetail(s: Scenario, path: string): unknown {
  return path.split(".").reduce<unknown>((value, key) => (hasKeys(value) ? value[key] : undefined), s.results);
}

/** "92.1 to 94.0 %": the unit once where both ends have the same. */
export function range(low: number | null | undefined, high: number | null | undefined, unit: string, change = false, money = currency()): string {
  if (low === null || low === undefined || high === null || high === undefined) return "";
  const show = (v: number) => (change ? format().change(v, unit, money) : format().value(v, unit, money));
  const [a, b] = [show(low), show(high)];
  const cut = (text: string): [string, string] => { const i = text.lastIndexOf("\u202f"); return i < 0 || /\d/.test(text.slice(i)) ? [text, ""] : [text.slice(0, i), text.slice(i)]; };
  return t("interval", { low: cut(a)[1] === cut(b)[1] ? cut(a)[0] : a, high: b });
}

export interface Cell {
  value: number | string | null; // sorts by it
  text: string;
  range?: string; // interval over the replications
  path?: string; // where the value stands in results.json of the scenario
  scenario?: number;
  unit?: string;
  mark?: "good" | "bad" | "doubt";
  code?: boolean; // in the scenario's own words
}

export interface Column {
  title: string;
  worded?: boolean; // of words, to the left
  note?: string;
}

/** Whether results.json says that a figure is a lower bound: of what had not ended at the run's end. */
function isAtLeast(s: Scenario, path: Path): boolean {
  const mean = s.means?.[path];
  if (mean) return mean[3] === true;
  const dot = path.lastIndexOf(".");
  const own: Record<string, string> = { longest_wait_minutes: "longest_wait_is_at_least", mean_time_minutes: "mean_time_is_at_least", value: "value_is_at_least", max: "max_is_at_least" };
  return inDetail(s, `${path.slice(0, dot)}.${own[path.slice(dot + 1)] ?? "at_least"}`) === true;
}

/** A figure of results.json: the mean of the replications with its interval where there are several. */
export function figure(path: Path, unit: string, index = page.scenario): Cell {
  const s = scenario(index);
  const value = at(s, path);
  const text = format().value(value, unit, currency());
  const mean = s.means?.[path];
  return { value, text: value !== null && isAtLeast(s, path) ? `≥ ${text}` : text, range: mean ? range(mean[1], mean[2], unit) : "", path, scenario: index, unit };
}

/** A figure worked out here. */
export function cell(value: number | null, unit: string): Cell {
  return { value, text: format().value(value, unit, currency()) };
}

export function words(text: string): Cell {
  return { value: text, text };
}

export function currency(): string {
  return report.scenarios[page.scenario]?.results.scenario.currency ?? report.sweep?.currency ?? report.network?.scenario.currency ?? "";
}

const groups = ["targets", "products", "destinations", "stations", "teams", "departures"] as const;
const isGroup = (key: string): key is (typeof groups)[number] => groups.some((group) => group === key);

/** A measure of experiment.json in the reader's language: by its path, the centre's labels and the catalogue. */
export function measureLabel(path: string): string {
  const [group = "", name = "", ...rest] = path.split(".");
  if (rest.length > 0 || group === "targets") {
    const of = label(isGroup(group) ? scenario(0).results[group][name] : undefined, name);
    if (path.endsWith(".value")) return of;
    const what = rest.join(".");
    const known = [`measure.of.${what}`, `measure.${what}`].find(has);
    if (known === undefined) return t("name and value", { name: of, value: rest.join(" ") });
    const text = t(known, { of });
    return text.includes(of) ? text : t("name and value", { name: of, value: text });
  }
  const key = `measure.${path}`;
  return has(key) ? t(key) : path;
}

/** What a lot waits for where it waits for a machine: a table has positions. */
export function causeLabel(cause: string, stations: string[]): string {
  if (cause === "waiting_for_machine") {
    const manual = stations.filter((n) => scenario().results.stations[n]?.kind === "manual").length;
    if (manual === stations.length && manual > 0) return t("cause.waiting_for_position");
    if (manual > 0) return t("cause.waiting_for_either");
  }
  return t(`cause.${cause}` as "cause.moving");
}

/** Which replication the charts and lists of one run are of; empty: there is one run. */
export function detailNote(): string {
  return report.detail ? t("detail note", { n: report.detail.replication }) : "";
}
