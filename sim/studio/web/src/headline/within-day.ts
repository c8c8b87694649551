// Of what to do now: will the targets of the hours to come be kept, and by what?
import { markable, marksOption } from "./marks";
import { percent, pressing, targetOf, value, wanted, type Figure, type Headline } from "./headline";
import { answerOf, reasonOfRun, targetsFinding } from "./run";
import { capital, currency, format, list, measureLabel, range, report, says, t } from "../page.svelte";
import { judged } from "../judge";
import type { Changed, WithinDay } from "../within-day";

export const now = (): WithinDay => report.within_day!;
export const isShown = (c: Changed) => c.verdict === "better" || c.verdict === "worse";
export const spokenChange = (c: Changed, unit: string) => format().change(c.estimate, unit, currency());

/** The measures that what is to be done changes, most surely first; cost apart. */
function moved(): string[] {
  const size = ([, m]: [string, WithinDay["measures"][string]]) => Math.abs(m.change.estimate ?? 0) / Math.max(1e-9, Math.abs(m.nothing_done.estimate ?? 1));
  return Object.entries(now().measures)
    .filter(([path, m]) => targetOf(path) && isShown(m.change))
    .sort((a, b) => Number(b[1].change.verdict === "better") - Number(a[1].change.verdict === "better") || size(b) - size(a))
    .map(([path]) => path);
}

export function withinDayHeadline(): Headline {
  const w = now();
  const last = report.scenarios.length - 1;
  const all = judged(last);
  const [first, ...others] = moved();
  const off = pressing(all).map((x) => `targets.${x.name}.value`);
  const paths = [...(first ? [first] : []), ...off.slice(0, 1), ...others, ...off];
  const figures: Figure[] = [...new Set(paths)].slice(0, 3).map((path) => {
    const m = w.measures[path]!;
    const target = all.find((x) => x.name === targetOf(path))!;
    return {
      title: measureLabel(path),
      cell: { value: m.all_done.estimate, text: value(m.all_done.estimate, m.unit), path: `measures/${path}/all_done/estimate`, scenario: 0, unit: m.unit },
      wanted: t("wanted is", { value: wanted(target) }),
      note: isShown(m.change)
        ? t("instead of", { before: value(m.nothing_done.estimate, m.unit), change: spokenChange(m.change, m.unit), interval: t("in brackets", { text: range(m.change.low, m.change.high, m.unit, true) || "–" }) })
        : range(m.all_done.low, m.all_done.high, m.unit)
          ? t("interval is", { interval: range(m.all_done.low, m.all_done.high, m.unit) })
          : "",
      judgement: target.judgement,
    };
  });
  const best = moved().find((path) => w.measures[path]!.change.verdict === "better");
  const marks = markable([last]);
  const cost = w.measures.cost?.change;
  return {
    question: t("question within day", { from: capital(format().fullInstant(w.from)), until: format().instant(w.until) }),
    answer: answerOf(all),
    finding: t("finding within day", {
      steps: w.moves.length,
      needed: w.shortfall.nothing_done > 0 ? "yes" : "no",
      target: best ? measureLabel(best) : "",
      before: best ? value(w.measures[best]!.nothing_done.estimate, w.measures[best]!.unit) : "",
      after: best ? value(w.measures[best]!.all_done.estimate, w.measures[best]!.unit) : "",
      verdict: targetsFinding(last),
    }),
    figures,
    chart: marks.length ? marksOption(last > 0 ? [0, last] : [0], marks) : null,
    reason: t("reason nothing done", { reason: reasonOfRun(0) }),
    advice: w.moves.length ? list(w.moves.map((m) => says(m.what))) + "." : w.shortfall.nothing_done > 0 ? t("advice nothing helps", { n: w.moves_tried }) : t("advice keep"),
    cost: cost && isShown(cost) ? t("cost within day", { change: spokenChange(cost, "currency"), until: format().instant(w.until) }) : w.moves.length ? t("cost the same") : t("costs nothing"),
    sure: t("sure within day", { n: w.replications, confidence: percent(w.confidence), tried: w.moves_tried, simulated: w.situation_is_simulated ? "yes" : "no", stopped: w.stopped ? "yes" : "no" }),
  };
}
