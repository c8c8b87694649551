// Of a run, or of replications of one: are its targets met?
import { marksOption, markable } from "./marks";
import {
  aYear,
  mainLoss,
  ofDetail,
  onOneRun,
  pressing,
  sureOfRun,
  targetName,
  targetOff,
  teamAt,
  value,
  wanted,
  type Answer,
  type Figure,
  type Headline,
} from "./headline";
import { capital, causeLabel, figure, format, label, range, report, scenario, scenarioName, t } from "../page.svelte";
import { judged, judgedItems, type JudgedTarget } from "../judge";

export function answerOf(all: JudgedTarget[]): Answer {
  const is = (judgement: string) => all.some((x) => x.judgement === judgement);
  if (all.every((x) => x.judgement === "nothing to judge")) return "nothing";
  return is("missed") ? "no" : is("in doubt") ? "not yet" : "yes";
}

/** "3 of 11 targets are not met; furthest off: letters, 91.9 % for at least 95 %". */
export function targetsFinding(index: number, all = judged(index)): string {
  const of = (judgement: string) => all.filter((x) => x.judgement === judgement).length;
  const worst = pressing(all)[0];
  return t("finding targets", {
    n: all.length - of("nothing to judge"),
    missed: of("missed"),
    doubt: of("in doubt"),
    sure: report.detail ? "yes" : "no",
    target: worst ? targetName(scenario(index), worst.name) : "",
    value: worst ? value(worst.value, worst.unit) : "",
    wanted: worst ? wanted(worst) : "",
  });
}

export function targetFigures(index: number): Figure[] {
  return pressing(judged(index))
    .filter((x) => x.value !== null)
    .slice(0, 3)
    .map((x) => ({
      title: targetName(scenario(index), x.name),
      cell: { ...figure(`targets.${x.name}.value`, x.unit, index), range: "" },
      wanted: t("wanted is", { value: wanted(x) }),
      note: x.low !== null && x.high !== null && x.low < x.high ? t("interval is", { interval: range(x.low, x.high, x.unit) }) : "",
      judgement: x.judgement,
    }));
}

export function reasonOfRun(index: number): string {
  const s = scenario(index);
  if (judgedItems(index) === 0) return t("verdict nothing due");
  const late = s.journal.late.items;
  const off = targetOff(index)?.name;
  const worst = mainLoss(index, off);
  if (!worst || late === 0) return t("verdict none late");
  const station = label(s.results.stations[worst.station], worst.station);
  const share = value(worst.share, "percent");
  const cause = causeLabel(worst.cause, [worst.station]);
  if (off !== undefined) return ofDetail(t("reason of target", { target: targetName(s, off), cause, station, share }));
  const sentence = t("reason late", {
    late,
    lateText: format().number(late),
    share,
    cause: capital(cause),
    station,
  });
  return ofDetail(sentence);
}

/** What to try first against the main loss, and what it costs where the model knows. */
export function adviceOfRun(index: number): { advice: string; cost: string } {
  const s = scenario(index);
  const worst = s.journal.late.items > 0 ? mainLoss(index, targetOff(index)?.name) : null;
  const hours = s.results.run.hours;
  if (!worst) {
    const [idle] = Object.entries(s.results.teams)
      .filter(([, x]) => x.paid_minutes > 0)
      .sort((a, b) => b[1].idle_minutes / b[1].paid_minutes - a[1].idle_minutes / a[1].paid_minutes);
    if (!idle || idle[1].idle_minutes <= 0) return { advice: t("advice keep"), cost: t("costs nothing") };
    const share = idle[1].idle_minutes / idle[1].paid_minutes;
    return {
      advice: t("advice spare", { team: label(idle[1], idle[0]), share: value(share, "percent") }),
      cost: idle[1].cost > 0 ? t("spare costs", { cost: aYear(idle[1].cost * share, hours) }) : t("costs nothing"),
    };
  }
  const team = worst.cause === "waiting_for_staff" ? teamAt(index, worst.station) : null;
  const station = label(s.results.stations[worst.station], worst.station);
  return {
    advice: t(`advice.${worst.cause}` as "advice.closed", {
      station,
      team: team ? t("in brackets", { text: label(s.results.teams[team.name], team.name) }) : "",
    }),
    cost: team && team.agentCost > 0 ? t("agent costs", { cost: aYear(team.agentCost, hours) }) : t("price unknown"),
  };
}

export function runHeadline(index: number): Headline {
  const s = scenario(index);
  const all = judged(index);
  const marks = markable([index]);
  const figures = targetFigures(index);
  const extra: Figure[] = [
    { title: t("on time"), cell: { ...figure("on_time.share", "share", index), range: "" }, wanted: "", note: t("on time rule short") },
    { title: t("left here"), cell: { ...figure("left", "", index), range: "" }, wanted: "" },
    { title: t("95 % within"), cell: { ...figure("time_in_centre_minutes.p95", "minutes", index), range: "" }, wanted: "" },
  ];
  return {
    question: t("question run", { scenario: scenarioName(s) }),
    answer: answerOf(all),
    ...onOneRun(),
    finding: targetsFinding(index, all),
    figures: [...figures, ...extra].slice(0, 3),
    chart: marks.length ? marksOption([index], marks) : null,
    reason: reasonOfRun(index),
    reasonOf: targetOff(index)?.name,
    ...adviceOfRun(index),
    sure: sureOfRun(index),
  };
}
