// What may be tried in a scenario: for each value whose type lets it be moved, a lever with its range and how it is written.
import type { Label } from "../language";
import type { Catalogue } from "./catalogue";
import type { Changes, Drawing, Value } from "./protocol";

export interface Lever {
  id: string;
  group: string; // "staff.teams"
  name: string; // of the thing: "night"
  of: Label | null;
  key: string; // "agents"; "" of all that comes
  kind: "count" | "share" | "rate" | "time" | "span" | "volume";
  at: number; // as the scenario has it
  length: number; // of a span, in minutes
  unit: string;
  low: number;
  high: number;
  step: number;
  write: (value: number) => Changes;
}

const day = 1440;
const minutes = (text: string) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3));
const clock = (at: number) => {
  const within = ((at % day) + day) % day;
  return `${String(Math.floor(within / 60)).padStart(2, "0")}:${String(within % 60).padStart(2, "0")}`;
};
const tidy = (value: number) => String(Number(value.toPrecision(6)));

/** A step that people count in: 1, 2 or 5 times a power of ten, about a fortieth of the value. */
function roundStep(value: number): number {
  const about = value / 40;
  const power = 10 ** Math.floor(Math.log10(about));
  return power * (about / power < 2 ? 1 : about / power < 5 ? 2 : 5);
}

/** A law, or a number, times so much: what is in it in per cent is a chance, and stays. */
export function scaled(law: string, by: number): string {
  return law.replace(/(?<![\w.])\d+(?:\.\d+)?(?![\d.]*\s*%)(?![\w.])/g, (n) => tidy(Number(n) * by));
}

type Range = Pick<Lever, "kind" | "at" | "length" | "unit" | "low" | "high" | "step"> & { text: (value: number) => string };

/** By the type that the catalogue gives the value's key. */
function range({ type, value }: Value): Range | null {
  const plain = { length: 0, unit: "" };
  const number = /^(\d+(?:\.\d+)?)\s*(.*)$/.exec(value);
  if (type.startsWith("whole number") && /^\d+$/.test(value)) {
    const at = Number(value);
    return { ...plain, kind: "count", at, low: 0, high: Math.max(at * 3, at + 10), step: 1, text: String };
  }
  if (type === "share" && number?.[2] === "%") return { ...plain, kind: "share", at: Number(number[1]), low: 0, high: 100, step: 1, text: (v) => `${tidy(v)} %` };
  if (/^rate\b/.test(type) && number) {
    const at = Number(number[1]);
    if (at <= 0) return null;
    const step = roundStep(at);
    return { ...plain, kind: "rate", at, unit: number[2] ?? "", low: Math.max(step, Math.ceil(at / 2 / step) * step), high: Math.floor((at * 2) / step) * step, step, text: (v) => `${tidy(v)} ${number[2]}` };
  }
  if (/^times? of day/.test(type) && /^\d\d:\d\d$/.test(value)) return { ...plain, kind: "time", at: minutes(value), low: -day, high: 2 * day, step: 15, text: (v) => `"${clock(v)}"` };
  if (type === "hours" && /^\d\d:\d\d-\d\d:\d\d$/.test(value)) {
    const at = minutes(value.slice(0, 5));
    const length = (minutes(value.slice(6)) - at + day) % day;
    return { kind: "span", at, length, unit: "", low: at - 720, high: at + 720, step: 15, text: (v) => `"${clock(v)}-${clock(v + length)}"` };
  }
  return null;
}

/** What is handled and what is promised is not the centre's to move. */
const given = ["products", "targets"];

const comes = (v: Value) => v.type === "distributions by product";

/** How much comes, over all values of the kind. */
function volume(values: Value[], group: string, name: string, of: Label | null): Lever {
  return {
    id: `${group}.${name}.volume`, group, name, of, key: "", kind: "volume", at: 100, length: 0, unit: "%", low: 50, high: 200, step: 5,
    write: (by) => values.map((v) => [v.path, scaled(v.value, by / 100)]),
  };
}

/** Labels that the drawing has, by the name of its list. */
function drawn(drawing: Drawing | null, group: string, name: string): Label | null {
  const lists = drawing as unknown as Record<string, { name: string; label: Label }[] | undefined> | null;
  const list = lists?.[group.split(".").pop() ?? ""] ?? lists?.sources;
  return list?.find((one) => one.name === name)?.label ?? null;
}

export function levers(values: Value[], catalogue: Catalogue, drawing: Drawing | null): Lever[] {
  const found: Lever[] = [];
  const laws = new Map<string, Value[]>();
  for (const value of values) {
    const thing = catalogue.thing(value.path);
    if (!thing) continue;
    const { group, name, rest } = thing;
    if (given.includes(group)) continue;
    const of = value.of ?? drawn(drawing, group, name);
    if (comes(value)) {
      const all = laws.get(`${group}.${name}`) ?? [];
      if (!all.length) {
        laws.set(`${group}.${name}`, all);
        found.push(volume(all, group, name, of));
      }
      all.push(value);
      continue;
    }
    const by = range(value);
    if (by) found.push({ id: value.path, group, name, of, key: rest, ...by, write: (v) => [[value.path, by.text(v)]] });
  }
  const all = [...laws.values()].flat();
  const first = found.findIndex((l) => l.kind === "volume");
  const one = found[first];
  if (one && laws.size > 1) found.splice(first, 0, volume(all, one.group, "", null));
  return found;
}

/** Groups in the order that a head of centre thinks of them; what the catalogue has besides comes after, as it stands. */
const order = ["staff.teams", "staff.shifts", "arrivals", "transport.departures", "stations"];
export function grouped(all: Lever[]): [string, Lever[]][] {
  const groups = new Map<string, Lever[]>();
  for (const lever of all) groups.set(lever.group, [...(groups.get(lever.group) ?? []), lever]);
  const rank = (group: string) => (order.includes(group) ? order.indexOf(group) : order.length);
  return [...groups].sort(([a], [b]) => rank(a) - rank(b));
}

/** All that is moved, in the order of the levers: what all mail is scaled by goes before what one source is. */
export function changes(all: Lever[], moved: ReadonlyMap<string, number>): Changes {
  const set = new Map<string, string>();
  for (const lever of all) {
    const value = moved.get(lever.id);
    if (value !== undefined && value !== lever.at) for (const [path, text] of lever.write(value)) set.set(path, text);
  }
  return [...set];
}
