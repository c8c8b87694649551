// What the figures of a trial say in a sentence: as much as chance allows, and no more.
import { format, list } from "../page.svelte";
import type { Figures, Measure } from "./protocol";
import { t, told } from "./words";

const most = 3; // named; the others are counted

/** Those that a head of centre looks at: targets first; what else is counted of a target is left out. */
export function mainMeasures(figures: Figures): Measure[] {
  const of = (m: Measure) => m.name.slice(0, m.name.lastIndexOf("."));
  const targets = figures.measures.filter((m) => m.target !== null);
  return [...targets, ...figures.measures.filter((m) => m.target === null && !targets.some((x) => of(x) === of(m)))];
}

/** Of the scenario of that number beside the base. */
export function finding(figures: Figures, currency: string, variant = 1): string {
  const all = mainMeasures(figures);
  if (figures.replications < 2) {
    const first = all.find((m) => m.differences[variant]?.estimate) ?? all[0];
    if (!first) return t("nothing found");
    const show = (i: number) => format().value(first.scenarios[i]?.estimate, first.unit, currency);
    return t("one run says", { measure: told(first.label, first.name), before: show(0), after: show(variant) });
  }
  const of = (verdict: string) => all.filter((m) => m.differences[variant]?.verdict === verdict);
  const [better, worse] = [of("better"), of("worse")];
  if (!better.length && !worse.length) return t("no difference yet");
  const named = (measures: Measure[]) => {
    const shown = measures.slice(0, most).map((m) => t("measure with change", { measure: told(m.label, m.name), change: format().change(m.differences[variant]?.estimate, m.unit, currency) }));
    return list(measures.length > most ? [...shown, t("and more", { n: measures.length - most })] : shown);
  };
  return [better.length ? t("is better", { measures: named(better) }) : "", worse.length ? t("is worse", { measures: named(worse) }) : ""].filter(Boolean).join(" ");
}
