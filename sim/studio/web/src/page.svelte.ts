// What the whole page shares: the report, the reader's language and theme, the scenario in view.
import { IntlMessageFormat } from "intl-messageformat";
import { Format } from "./format";
import type { Label, Language, Report, Scenario } from "./report";
import { texts, type TextKey } from "./texts";

export const report: Report = JSON.parse(document.getElementById("report")!.textContent!);

export const page = $state({
  language: report.language as Language,
  theme: matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : ("light" as "dark" | "light"),
  scenario: report.scenarios.length - 1,
});

const formats = { fr: new Format("fr"), en: new Format("en") };
const messages = new Map<string, IntlMessageFormat>();

/** Numbers and dates as the reader writes them. */
export function format(): Format {
  return formats[page.language];
}

/** A text of the catalogue, with its values filled in (ICU MessageFormat). */
export function t(key: TextKey, values: Record<string, string | number> = {}): string {
  const id = page.language + key;
  let message = messages.get(id);
  if (!message) {
    message = new IntlMessageFormat(texts[key][page.language], page.language, undefined, { ignoreTag: true });
    messages.set(id, message);
  }
  return String(message.format(values));
}

export function has(key: string): key is TextKey {
  return key in texts;
}

export function label(of: { label?: Label | undefined } | undefined, name: string): string {
  return of?.label?.[page.language] || name;
}

export function scenario(): Scenario {
  return report.scenarios[page.scenario];
}

export function scenarioName(s: Scenario): string {
  return s.results.scenario.label[page.language] || s.name;
}

/** "a, b and c", as the language puts it. */
export function list(items: string[]): string {
  return new Intl.ListFormat(page.language, { type: "conjunction" }).format(items);
}

/** The value at a path of results.json; names may not hold dots, and do not. */
export function at(s: Scenario, path: string): any {
  return path.split(".").reduce<any>((value, key) => value?.[key], s.results);
}

export interface Cell {
  value: number | string | null; // sorts by it
  text: string;
  path?: string; // where the value stands in results.json of the scenario
  scenario?: number;
  unit?: string;
  mark?: "good" | "bad" | "doubt";
}

export interface Column {
  title: string;
  note?: string;
}

/** Whether results.json says that a figure is a lower bound: of what had not ended at the run's end. */
function isAtLeast(s: Scenario, path: string): boolean {
  const dot = path.lastIndexOf(".");
  const own: Record<string, string> = { longest_wait_minutes: "longest_wait_is_at_least", mean_time_minutes: "mean_time_is_at_least", value: "value_is_at_least", max: "max_is_at_least" };
  return at(s, `${path.slice(0, dot)}.${own[path.slice(dot + 1)] ?? "at_least"}`) === true;
}

/** A figure of results.json. */
export function figure(path: string, unit: string, index = page.scenario): Cell {
  const value = at(report.scenarios[index], path) ?? null;
  const text = format().value(value, unit, currency());
  return { value, text: value !== null && isAtLeast(report.scenarios[index], path) ? `≥ ${text}` : text, path, scenario: index, unit };
}

/** A figure worked out here. */
export function cell(value: number | null, unit: string): Cell {
  return { value, text: format().value(value, unit, currency()) };
}

export function words(text: string): Cell {
  return { value: text, text };
}

export function currency(): string {
  return scenario()?.results.scenario.currency ?? "";
}

/** A measure of experiment.json in the reader's language: by its path, the centre's labels and the catalogue. */
export function measureLabel(path: string): string {
  const parts = path.split(".");
  const last = parts[parts.length - 1];
  const results = report.scenarios[0].results;
  if (parts.length > 2 || parts[0] === "targets") {
    const of = label(results[parts[0]]?.[parts[1]], parts[1]);
    if (last === "value") return of;
    const key = `measure.${parts.slice(2).join(".")}`;
    return has(key) ? t(key, { of }) : `${of}: ${parts.slice(2).join(" ")}`;
  }
  const key = `measure.${path}`;
  return has(key) ? t(key) : report.experiment?.measures[path]?.label || path;
}
