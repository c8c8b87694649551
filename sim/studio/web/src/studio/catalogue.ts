// The language of scenarios as the server's catalogue has it: what a value belongs to, and what may stand at a place. Nothing
// here knows a key by its name; types decide.
import type { Drawing, Key, Section, Value } from "./protocol";

/** What a scenario has of a kind and by name: "night" of "staff.teams". */
export interface Thing {
  group: string;
  name: string;
}
export const same = (a: Thing | null, b: Thing | null) => a?.group === b?.group && a?.name === b?.name;

export class Catalogue {
  private readonly byPath: Map<string, Section>;
  /** Sections whose things have names: staff.teams. */
  readonly named: string[];

  constructor(readonly sections: Section[]) {
    this.byPath = new Map(sections.map((s) => [s.path, s]));
    this.named = sections.flatMap((s) => s.keys.flatMap((k) => /^section (\S+), by name/.exec(k.type)?.[1] ?? []));
  }

  section(path: string): Section | undefined {
    return this.byPath.get(path);
  }

  /** The key of a value: "stations.machine.rate". */
  key(path: string): Key | undefined {
    const dot = path.lastIndexOf(".");
    const keys = this.byPath.get(dot < 0 ? "" : path.slice(0, dot))?.keys;
    return keys?.find((k) => k.name === path.slice(dot + 1));
  }

  /** What a value is of, and what is left of its path. */
  thing(path: string): (Thing & { rest: string }) | null {
    const parts = split(path);
    for (let n = parts.length - 2; n >= 1; --n) {
      const group = parts.slice(0, n).join(".");
      if (this.named.includes(group)) return { group, name: parts[n] ?? "", rest: parts.slice(n + 1).join(".") };
    }
    return null;
  }

  /** The section of a thing: where a kind or a way decides (stations.machine), by the keys and values that it has. */
  of(group: string, given: ReadonlyMap<string, string>): Section | undefined {
    const plain = this.byPath.get(group);
    const kinds = this.sections.filter((s) => s.path.startsWith(`${group}.`) && !s.path.slice(group.length + 1).includes("."));
    const last = (s: Section) => s.path.slice(group.length + 1);
    return kinds.find((s) => [...given.values()].includes(last(s))) ?? kinds.find((s) => given.has(last(s)) && !s.keys.every((k) => k.name !== last(s))) ?? plain;
  }

  /** The section that the keys below lie in, by the keys around it from the outside in. */
  below(path: string[], given: ReadonlyMap<string, string>): Section | undefined {
    let section = this.byPath.get("");
    if (path[0] === "change" || given.has("base")) section = this.byPath.get("what-if") ?? section;
    for (let i = 0; i < path.length; ++i) {
      const type: string = section?.keys.find((k) => k.name === path[i])?.type ?? "";
      const name: string | undefined = /^section ([^\s,]+)/.exec(type)?.[1];
      if (name === undefined) return undefined;
      if (type.includes(", by n")) {
        if (++i >= path.length) return { path: name, meaning: "", keys: [] };
        section = this.of(name, i === path.length - 1 ? given : new Map());
      } else {
        section = this.byPath.get(name);
      }
    }
    return section;
  }
}

/** The parts of a dotted path; a part in double quotes may have dots. */
export function split(path: string): string[] {
  return Array.from(path.matchAll(/"((?:[^"]|"")*)"|[^.]+/g), (m) => m[1]?.replaceAll('""', '"') ?? m[0]);
}

/** What may stand at a place, where its type says so: words of the language, or names of the model. */
export function choices(type: string, catalogue: Catalogue, names: (group: string) => string[]): string[] {
  if (type === "yes or no") return ["yes", "no"];
  const found = catalogue.named.filter((group) => {
    const many = group.split(".").pop() ?? "";
    const one = many.replace(/s$/, "");
    return new RegExp(`(^|[ ,])(list of |every |)(${many}|${one})($|,)`).test(type);
  });
  if (found.length) return [...new Set(found.flatMap(names))];
  if (!/^[a-z][a-z -]*(, [a-z][a-z -]*)+$/.test(type) || /\b(or|by|list of|numbers?|section)\b(?! (product|destination))/.test(type)) return [];
  return type.split(", ");
}

/** The names that the model has of a section. */
export function names(group: string, drawing: Drawing | null, values: Value[], catalogue: Catalogue): string[] {
  const last = group.split(".").pop() ?? "";
  const drawn = (drawing as unknown as Record<string, { name: string }[] | undefined> | null)?.[last];
  const written = values.flatMap((v) => {
    const of = catalogue.thing(v.path);
    return of?.group === group ? of.name : [];
  });
  return [...new Set([...(Array.isArray(drawn) ? drawn.map((d) => d.name) : []), ...written])];
}
