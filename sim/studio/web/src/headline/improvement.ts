// Of a report on improvement: all as expected, or the one day to talk about.
import { controlChart, isGood } from "../control";
import type { Answer, Figure, Headline } from "./headline";
import { format, label, list, report, t } from "../page.svelte";
import type { Indicator, IndicatorDay } from "../improvement";

interface Signal {
  i: Indicator;
  d: IndicatorDay;
}

const fileName = (path: string) => path.slice(path.lastIndexOf("/") + 1);

/** How far outside its limits, in widths between centre and limit. */
function reach({ d }: Signal): number {
  const limit = d.value < d.centre ? d.low : d.high;
  const width = Math.abs((limit ?? d.centre) - d.centre);
  return width > 0 ? Math.abs(d.value - d.centre) / width : 0;
}

export function improvementHeadline(): Headline {
  const found = report.improvement!;
  const name = (i: Indicator) => label(i, i.name);
  const show = (i: Indicator, v: number | null | undefined) => format().value(v, i.unit);
  const signals: Signal[] = found.indicators.flatMap((i) => i.days.filter((d) => d.signal).map((d) => ({ i, d })));
  const bad = signals
    .filter((x) => isGood(x.i, x.d) !== true)
    .sort((a, b) => Number(b.d.signal === "outside") - Number(a.d.signal === "outside") || reach(b) - reach(a));
  const results = found.indicators.flatMap((i) => i.results.map((r) => ({ i, r })));
  const promised = results.filter((x) => x.r.promised !== null && x.r.verdict !== "nothing promised");
  const short = results.filter((x) => x.r.verdict === "less than promised");
  const open = promised.filter((x) => x.r.verdict === "cannot tell");
  const kept = results.filter((x) => x.r.verdict === "as promised" || x.r.verdict === "more than promised");
  const day = bad[0];
  const answer: Answer = short.length ? "no" : day || open.length ? "not yet" : "yes";
  const first = day?.i ?? found.indicators[0];
  // Last phase: what was measured since the last change against what was expected of it.
  const figures: Figure[] = [...found.indicators]
    .sort((a, b) => Number(b === first) - Number(a === first))
    .slice(0, 3)
    .map((i) => {
      const phase = i.phases[i.phases.length - 1];
      const expected = phase?.expected ?? null;
      const inside =
        expected === null || phase?.actual.estimate === null || phase?.actual.low === null || phase?.actual.high === null
          ? null
          : expected.estimate !== null && phase!.actual.low! <= expected.estimate && expected.estimate <= phase!.actual.high!;
      return {
        title: name(i),
        cell: { value: phase?.actual.estimate ?? null, text: show(i, phase?.actual.estimate) },
        wanted: expected ? t("expected is", { value: show(i, expected.estimate) }) : "",
        note: phase ? t("phase is", { phase: phase.label, days: phase.days }) : "",
        ...(inside === null
          ? {}
          : {
              judged: inside ? { text: t("as expected"), tone: "good" as const } : { text: t("not as expected"), tone: "doubt" as const },
            }),
      };
    });
  if (figures.length < 3 && promised.length)
    figures.push({
      title: t("promises kept"),
      cell: { value: kept.length, text: t("of days", { met: kept.length, judged: promised.length }) },
      wanted: t("wanted all"),
      ...(short.length
        ? { judgement: "missed" as const }
        : open.length
          ? { judged: { text: t("result.cannot tell"), tone: "doubt" as const } }
          : { judgement: "met" as const }),
    });
  return {
    question: t("question improvement", { since: format().date(found.since) }),
    answer,
    finding: day
      ? t("finding day", {
          day: format().date(day.d.day),
          indicator: name(day.i),
          value: show(day.i, day.d.value),
          usual: show(day.i, day.d.centre),
          n: bad.length,
        })
      : short.length
        ? t("finding short", { names: list(short.map((x) => t("measure with change", { measure: name(x.i), change: x.r.label }))) })
        : t("finding as expected", { open: open.length }),
    figures,
    chart: first
      ? {
          name: "control-first",
          title: t("control finding", { indicator: name(first), n: first.days.filter((d) => d.signal).length }),
          option: controlChart(first),
          height: 300,
        }
      : null,
    reason: t("improvement results", {
      n: promised.length,
      open: open.length,
      kept: kept.length,
      short: short.length,
      names: list(short.map((x) => t("measure with change", { measure: name(x.i), change: x.r.label }))),
    }),
    advice: day ? t("advice day", { day: format().date(day.d.day) }) : short.length ? t("advice short") : t("advice go on"),
    cost: t("costs nothing"),
    sure: t("improvement basis", {
      indicators: found.indicators.length,
      days: Math.max(0, ...found.indicators.map((i) => i.days.length)),
      since: Math.max(0, ...found.indicators.map((i) => i.phases[i.phases.length - 1]?.days ?? 0)),
      actuals: fileName(found.actuals),
      archive: fileName(found.archive),
    }),
  };
}
