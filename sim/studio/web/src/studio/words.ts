// The studio's own words (texts/studio.ts) beside the report's, and what the server names.
import { fill, has, label, page, t as report, type Values } from "../page.svelte";
import type { Label } from "../language";
import { studio } from "../texts/studio";
import type { TextKey } from "../texts";

export type StudioKey = keyof typeof studio;

export function t(key: StudioKey | TextKey, values: Values = {}): string {
  return key in studio ? fill(studio[key as StudioKey], values) : report(key as TextKey, values);
}

export const known = (key: string): key is StudioKey | TextKey => key in studio || has(key);

/** What the server tells in both languages. */
export const told = (of: Label | null | undefined, without = "") => label({ label: of ?? undefined }, without);

/** A file as people call it: by its label, else by its name. */
export function called(of: { label?: Label | null | undefined; path: string }): string {
  return told(of.label, (of.path.split("/").pop() ?? of.path).replace(/\.ya?ml$/, "").replaceAll("-", " "));
}

/** An instant of the computer's clock, as the reader writes it. */
export function moment(instant: string): string {
  const at = new Date(instant);
  const text = new Intl.DateTimeFormat(page.language === "fr" ? "fr-FR" : "en-GB", { day: "numeric", month: "long", hour: "2-digit", minute: "2-digit" }).format(at);
  return page.language === "fr" ? text.replace(/\b(\d{2}):(\d{2})\b/, (_, h: string, m: string) => `${Number(h)}\u00a0h\u00a0${m}`) : text;
}

/** A key as people call it where they have a word for it, else as the language has it; below it names: agents, Mon-Fri. */
export function keyWords(key: string): string {
  const word = (of: string) => (known(`lever.${of}`) ? t(`lever.${of}` as "lever.agents") : null);
  const dot = key.indexOf(".");
  return word(key) ?? (dot < 0 ? key : `${word(key.slice(0, dot)) ?? key.slice(0, dot)} ${key.slice(dot + 1)}`);
}
