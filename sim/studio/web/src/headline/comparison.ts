// Of a comparison: should an alternative replace the base, and which, where there are several?
import { about, percent, pressing, targetOf, value, wanted, hoursAYear, type Answer, type Figure, type Headline } from "./headline";
import { markable, marksOption } from "./marks";
import {
  capital,
  causeLabel,
  currency,
  format,
  label,
  list,
  measureLabel,
  range,
  report,
  says,
  scenario,
  scenarioName,
  t,
  words,
  type Cell,
} from "../page.svelte";
import { judged } from "../judge";
import type { Difference, Measure, Verdict } from "../experiment";

interface Change {
  path: string;
  unit: string;
  difference: Difference;
}

interface Weighed {
  index: number;
  answer: Answer;
  better: Change[];
  worse: Change[];
  open: Change[]; // that cannot be told yet
  cost: number | null; // in the window, more than the base
  costShown: boolean;
  rescued: number; // items more in time, in the window
  met: number; // targets
}

const waits = ["waiting_for_staff", "waiting_for_machine", "full_vehicle"];
const quality = new Set(["on time", "throughput", "left over", "longest wait"]);
const measures = (): [string, Measure][] => Object.entries(report.experiment?.measures ?? {});

/** Measures of the service to customers: targets that are no cost, and the share on time. */
function isService(path: string): boolean {
  if (path === "on_time.share") return true;
  const name = targetOf(path);
  return name !== undefined && quality.has(scenario(0).results.targets[name]?.measure ?? "");
}

function changes(index: number, verdict: Verdict): Change[] {
  return measures()
    .flatMap(([path, m]) => {
      const difference = m.scenarios[index]?.difference_to_base;
      return isService(path) && difference?.verdict === verdict ? [{ path, unit: m.unit, difference }] : [];
    })
    .sort((a, b) => (a.difference.p_value ?? 1) - (b.difference.p_value ?? 1));
}

const met = (index: number) => judged(index).filter((x) => x.judgement === "met").length;

function weigh(index: number): Weighed {
  const of = (path: string) => report.experiment?.measures[path]?.scenarios[index]?.difference_to_base;
  const costs = [of("staff_cost"), of("transport_cost")];
  const cost = costs.some((c) => c && c.estimate !== null) ? costs.reduce((sum, c) => sum + (c?.estimate ?? 0), 0) : null;
  const verdicts = costs.map((c) => c?.verdict);
  const items = (i: number) => scenario(i).means?.["on_time.on_time"]?.[0] ?? scenario(i).results.on_time.on_time;
  const [better, worse, open] = [changes(index, "better"), changes(index, "worse"), changes(index, "cannot tell")];
  const saves = verdicts.includes("better") && !verdicts.includes("worse");
  const answer: Answer = worse.length ? "no" : better.length || (saves && !open.length) ? "yes" : open.length ? "not yet" : "no";
  return {
    index,
    answer,
    better,
    worse,
    open,
    cost,
    costShown: verdicts.some((v) => v === "better" || v === "worse"),
    rescued: items(index) - items(0),
    met: met(index),
  };
}

const rank: Answer[] = ["yes", "not yet", "no", "nothing"];
/** The alternatives, the best first: by the answer, by targets met, by items in time, then by cost. */
function ranked(): Weighed[] {
  return report.scenarios
    .slice(1)
    .map((_, i) => weigh(i + 1))
    .sort(
      (a, b) => rank.indexOf(a.answer) - rank.indexOf(b.answer) || b.met - a.met || b.rescued - a.rescued || (a.cost ?? 0) - (b.cost ?? 0),
    );
}

const hours = () => scenario(0).results.run.hours;
const yearly = (amount: number) => (amount * hoursAYear) / hours();
const signed = (amount: number) => (amount < 0 ? "\u2212" : "+") + about(Math.abs(amount));
const spoken = (c: Change) =>
  t("measure with change", { measure: measureLabel(c.path), change: format().change(c.difference.estimate, c.unit, currency()) });
function some(all: Change[], most = 2): string {
  return list([...all.slice(0, most).map(spoken), ...(all.length > most ? [t("and more", { n: all.length - most })] : [])]);
}

function costSentence(w: Weighed): string {
  if (w.cost === null || Math.abs(w.cost) < 0.5) return t("cost the same");
  const year = hours() >= 7 * 24;
  return t("cost of change", {
    more: w.cost > 0 ? "yes" : "no",
    year: year ? "yes" : "no",
    cost: about(Math.abs(year ? yearly(w.cost) : (w.cost * 24) / hours())),
    shown: w.costShown ? "yes" : "no",
    each:
      w.cost > 0 && w.rescued >= 1 && w.better.length
        ? t("cost per rescued", { cost: format().value(w.cost / w.rescued, "currency/item", currency()) })
        : "",
  });
}

/** What is waited for less, or more: the largest change of the means whose intervals do not touch. */
function reason(w: Weighed): string {
  const [before, after] = [scenario(0), scenario(w.index)];
  const shown = Object.keys(before.results.stations)
    .flatMap((station) => waits.map((cause) => ({ station, cause, path: `stations.${station}.${cause}_item_hours` })))
    .flatMap(({ path, ...at }) => {
      const [x, y] = [before.means?.[path], after.means?.[path]];
      const apart = x && y && ((x[1] ?? x[0]!) > (y[2] ?? y[0]!) || (x[2] ?? x[0]!) < (y[1] ?? y[0]!));
      return apart && typeof x[0] === "number" && typeof y[0] === "number" ? [{ ...at, before: x[0], after: y[0] }] : [];
    });
  const [largest] = shown.sort((a, b) => Math.abs(b.after - b.before) - Math.abs(a.after - a.before));
  if (!largest) return before.means ? t("reason no change") : "";
  return t("reason change", {
    cause: capital(causeLabel(largest.cause, [largest.station])),
    station: label(before.results.stations[largest.station], largest.station),
    before: format().value(largest.before, "item hours"),
    after: format().value(largest.after, "item hours"),
  });
}

function figures(w: Weighed): Figure[] {
  const moved = [...w.worse, ...w.better, ...w.open].map((c) => c.path);
  const still = pressing(judged(0))
    .map((x) => `targets.${x.name}.value`)
    .filter((p) => isService(p) && !moved.includes(p));
  return [...moved, ...still]
    .filter((p) => report.experiment?.measures[p])
    .slice(0, 3)
    .map((path) => {
      const m = report.experiment!.measures[path]!;
      const [before, after] = [m.scenarios[0]!, m.scenarios[w.index]!];
      const d = after.difference_to_base;
      const target = judged(w.index).find((x) => x.name === targetOf(path));
      return {
        title: measureLabel(path),
        wanted: target ? t("wanted is", { value: wanted(target) }) : "",
        cell: { value: after.estimate, text: value(after.estimate, m.unit), path, scenario: w.index, unit: m.unit },
        note: t("instead of", {
          before: value(before.estimate, m.unit),
          change: format().change(d?.estimate, m.unit, currency()),
          interval:
            d && d.judged_low !== null && d.judged_high !== null
              ? t("in brackets", { text: range(d.judged_low, d.judged_high, m.unit, true) })
              : "",
        }),
        ...(target ? { judgement: target.judgement } : {}),
      };
    });
}

function ranking(all: Weighed[]): Headline["ranking"] {
  if (all.length < 2) return undefined;
  return {
    caption: t("ranking caption"),
    columns: [
      { title: t("alternative") },
      { title: t("answer") },
      { title: t("targets met") },
      { title: t("items rescued") },
      { title: t("cost more a year", { currency: currency() }) },
      { title: t("cost per item rescued") },
    ],
    rows: all.map((w): Cell[] => [
      words(scenarioName(scenario(w.index))),
      { ...words(t(`answer.${w.answer}`)), mark: w.answer === "yes" ? "good" : w.answer === "no" ? "bad" : "doubt" },
      words(t("of days", { met: w.met, judged: judged(0).length })),
      { value: w.rescued, text: format().change(Math.round(w.rescued), "") },
      { value: w.cost, text: w.cost === null ? "–" : signed(yearly(w.cost)) },
      {
        value: w.rescued,
        text:
          w.cost !== null && w.cost > 0 && w.rescued >= 1 && w.better.length
            ? format().value(w.cost / w.rescued, "currency/item", currency())
            : "–",
      },
    ]),
  };
}

/** What an alternative changes, three things at most; a heading with what stands first below it. */
function spokenChanges(index: number): string[] {
  const all = scenario(index).changes.map(says);
  const joined = all.flatMap((text, i) => (/:$/.test(all[i - 1] ?? "") ? [] : /:$/.test(text) ? [`${text} ${all[i + 1] ?? ""}`] : [text]));
  return [...joined.slice(0, 3), ...(joined.length > 3 ? [t("and more", { n: joined.length - 3 })] : [])];
}

export function comparisonHeadline(): Headline {
  const all = ranked();
  const w = all[0]!;
  const [base, alternative] = [scenarioName(scenario(0)), scenarioName(scenario(w.index))];
  const question = all.length > 1 ? t("question comparisons", { n: all.length, base }) : t("question comparison", { alternative, base });
  const marks = markable([0], 6);
  const shared = { question, figures: figures(w), chart: marks.length ? marksOption([0, w.index], marks) : null };
  if (!report.experiment)
    return {
      ...shared,
      answer: "not yet",
      finding: t("finding two runs"),
      figures: [],
      reason: t("reason what changes", { changes: list(spokenChanges(w.index)), why: "" }).trim(),
      advice: t("advice replicate"),
      cost: t("cost unknown"),
      sure: t("verdict two runs", { alternative, base }),
    };
  const more = w.open[0]?.difference.replications_wanted ?? 0;
  const d = report.detail!;
  return {
    ...shared,
    answer: w.answer,
    ranking: ranking(all),
    finding: t("finding comparison", {
      alternative,
      several: all.length > 1 ? "yes" : "no",
      answer: w.answer === "not yet" ? "open" : w.answer,
      better: w.better.length,
      worse: w.worse.length,
      betters: some(w.better),
      worses: some(w.worse),
      most: w.open[0] ? spoken(w.open[0]) : "",
    }),
    reason: t("reason what changes", { changes: list(spokenChanges(w.index)), why: reason(w) }),
    advice: t("advice comparison", {
      answer: w.answer === "not yet" ? "open" : w.answer,
      alternative,
      base,
      n: more,
      measure: w.open[0] ? measureLabel(w.open[0].path) : "",
      met: w.met,
      baseMet: met(0),
      targets: judged(0).length,
    }),
    cost: costSentence(w),
    sure: t("sure comparison", {
      n: d.replications,
      confidence: percent(d.confidence),
      unclear: w.open.length,
      all: measures().filter(([p]) => isService(p)).length,
    }),
  };
}
