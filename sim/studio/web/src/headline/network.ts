// Of a network's run: are its targets met, and where is mail late?
import { axis, base, colour, grid, labelInk, tip, type Mark, type Option } from "../charts";
import { aYear, onOneRun, value, wanted, type Figure, type Headline } from "./headline";
import { format, label, page, report, t, type Cell } from "../page.svelte";
import type { Network, NetworkLink } from "../network";

export const network = (): Network => report.network!;
export const centreName = (name: string) => label(network().centres[name], name);
export const linkName = (name: string) => {
  const link = network().links[name]!;
  const called = label(link, name);
  return called === name ? t("way", { from: centreName(link.from), to: centreName(link.to) }) : called;
};
export const wayName = (x: { from: string; to: string }) => t("way", { from: centreName(x.from), to: centreName(x.to) });

/** A figure of the network's results.json, by its path there. */
export function networkFigure(path: string, found: number | null, unit: string): Cell {
  return { value: found, text: value(found, unit), path, scenario: 0, unit };
}

export interface NetworkWait {
  centre: string;
  station: string;
  label: string;
  hours: number; // items times hours
  mean: number; // minutes
}

/** Where mail waits, most item-hours first. */
export function waits(): NetworkWait[] {
  return Object.entries(network().centres)
    .flatMap(([centre, c]) =>
      Object.entries(c.stations).flatMap(([station, s]) =>
        s.wait_minutes === null || s.items === 0
          ? []
          : [{ centre, station, label: label(s, station), hours: (s.items * s.wait_minutes) / 60, mean: s.wait_minutes }],
      ),
    )
    .sort((a, b) => b.hours - a.hours);
}

/** Links by what stayed behind for want of room, then by what they carried past its time. */
export function hardLinks(): [string, NetworkLink][] {
  return Object.entries(network().links)
    .filter(([, l]) => l.missed > 0 || l.late_items > 0)
    .sort((a, b) => b[1].missed - a[1].missed || b[1].late_items - a[1].late_items);
}

const boundOf = (x: Network["targets"][string]) => ({ atLeast: x.at_least !== undefined, bound: x.at_least ?? x.at_most ?? 0, unit: "share" });
export const networkWanted = (x: Network["targets"][string]) => wanted(boundOf(x));

/** Targets, those to talk about first come first. */
export function networkTargets(): [string, Network["targets"][string]][] {
  const order = (x: Network["targets"][string]) => (x.met === false ? 0 : x.met ? 1 : 2);
  const slack = (x: Network["targets"][string]) => (boundOf(x).atLeast ? 1 : -1) * ((x.value ?? 0) - boundOf(x).bound);
  return Object.entries(network().targets).sort((a, b) => order(a[1]) - order(b[1]) || slack(a[1]) - slack(b[1]));
}

function chart(): Headline["chart"] {
  const n = network();
  const late = n.pairs.shown.filter((x) => x.on_time.late > 0).slice(0, 8);
  const centres = Object.keys(n.centres).sort((a, b) => n.centres[b]!.delivered - n.centres[a]!.delivered).slice(0, 8);
  const rows = late.length ? late.map((x) => ({ name: wayName(x), items: x.on_time.late, of: x.on_time.late + x.on_time.on_time })) : centres.map((c) => ({ name: centreName(c), items: n.centres[c]!.delivered, of: n.delivered }));
  if (!rows.length) return null;
  const text = labelInk(page.theme);
  const option: Option = {
    ...base(page.theme, page.language),
    grid: grid({ top: 8, right: 110 }),
    tooltip: { trigger: "item", formatter: (p: Mark) => tip(p.name, [t("of items", { n: p.value, text: format().number(p.value) })]) },
    xAxis: axis(page.theme, { type: "value", axisLabel: { formatter: (v: number) => format().number(v), color: text, hideOverlap: true }, name: late.length ? t("late and share of way") : t("delivered"), nameGap: 26 }),
    yAxis: axis(page.theme, { type: "category", inverse: true, data: rows.map((r) => r.name), axisLabel: { color: text, width: 190, overflow: "break", lineHeight: 13 } }),
    series: [
      {
        type: "bar",
        barMaxWidth: 20,
        color: colour(late.length ? 3 : 0),
        data: rows.map((r) => r.items),
        label: { show: true, position: "right", color: text, formatter: (p: Mark) => t("share of", { value: format().number(p.value), share: format().value(rows[p.dataIndex]!.items / rows[p.dataIndex]!.of, "percent") }) },
      },
    ],
  };
  const [first] = late;
  return {
    name: "pairs",
    title: first ? t("pairs finding", { way: wayName(first), late: first.on_time.late, lateText: format().number(first.on_time.late), share: value(first.on_time.late / n.on_time.late, "percent") }) : t("none late on ways"),
    option,
    height: 70 + 34 * rows.length,
  };
}

export function networkHeadline(): Headline {
  const n = network();
  const targets = networkTargets();
  const judged = targets.filter(([, x]) => x.met !== null);
  const missed = judged.filter(([, x]) => !x.met);
  const [name, first] = judged[0] ?? [];
  const figures: Figure[] = [
    ...targets
      .filter(([, x]) => x.value !== null)
      .map(([key, x]): Figure => ({
        title: label(x, key),
        cell: networkFigure(`targets/${key}/value`, x.value, "share"),
        wanted: t("wanted is", { value: networkWanted(x) }),
        ...(x.met === null ? {} : { judgement: x.met ? "met" : "missed" }),
      })),
    { title: t("on time"), cell: networkFigure("on_time/share", n.on_time.share, "share"), wanted: "" },
    { title: t("still in network"), cell: { value: n.left + n.under_way, text: format().number(n.left + n.under_way) }, wanted: t("in centres and under way", { left: format().number(n.left), way: format().number(n.under_way) }) },
    { title: t("95 % within"), cell: networkFigure("end_to_end_minutes/p95", n.end_to_end_minutes?.p95 ?? null, "minutes"), wanted: "" },
  ];
  const [worst] = waits();
  const [hard] = hardLinks();
  const [pair] = n.pairs.shown.filter((x) => x.on_time.late > 0);
  const wait = worst && worst.hours > 0 ? t("reason wait", { station: worst.label, centre: centreName(worst.centre), hours: value(worst.hours, "item hours"), mean: value(worst.mean, "minutes") }) : "";
  return {
    question: t("question network", { scenario: label(n.scenario, "") }),
    answer: !judged.length ? "nothing" : missed.length ? "no" : "yes",
    ...onOneRun(),
    finding: t("finding targets", {
      n: judged.length,
      missed: missed.length,
      doubt: 0,
      sure: "no",
      target: first && name !== undefined ? label(first, name) : "",
      value: first ? value(first.value, "share") : "",
      wanted: first ? networkWanted(first) : "",
    }),
    figures: figures.slice(0, 3),
    chart: chart(),
    reason: hard ? t("reason link", { link: linkName(hard[0]), missed: hard[1].missed, missedText: format().number(hard[1].missed), late: hard[1].late_items, lateText: format().number(hard[1].late_items), wait }) : wait || t("verdict none late"),
    advice: hard && hard[1].missed > 0 ? t("advice link", { link: linkName(hard[0]) }) : pair ? t("advice pair", { way: wayName(pair), centre: centreName(worst?.centre ?? pair.from) }) : t("advice keep"),
    cost: n.staff_cost + n.transport_cost > 0 ? t("cost network", { staff: aYear(n.staff_cost, n.run.hours), transport: aYear(n.transport_cost, n.run.hours) }) : t("price unknown"),
    sure: t("sure network", { hours: value(n.run.hours, "hours") }),
  };
}
