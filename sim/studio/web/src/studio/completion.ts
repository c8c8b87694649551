// What may be written at a place of a scenario's text: keys of the catalogue with their meaning, and values by type.
import { choices, names, split, type Catalogue } from "./catalogue";
import type { Model } from "./protocol";
import { spotAt } from "./spot";

export interface Offer {
  label: string;
  detail?: string;
  info?: string;
  apply?: string;
}

export function offers(text: string, pos: number, catalogue: Catalogue, model: Model | null): { from: number; offers: Offer[] } | null {
  const spot = spotAt(text, pos);
  const values = model?.values ?? [];
  const named = (group: string) => names(group, model?.drawing ?? null, values, catalogue);
  const inText = /^base:/m.test(text) ? new Map([...spot.given, ["base", ""]]) : spot.given;
  const section = catalogue.below(spot.path, spot.path.length ? spot.given : inText);
  const outer = catalogue.below(spot.path.slice(0, -1), new Map());
  const byPath = outer?.keys.find((k) => k.name === spot.path.at(-1))?.type === "values by path";

  if (spot.key === null) {
    if (byPath) return { from: spot.from, offers: values.map((v) => ({ label: v.path, detail: v.value, apply: `${v.path}: ` })) };
    const keys = section?.keys.filter((k) => k.name !== "*" && !spot.given.has(k.name)) ?? [];
    return keys.length ? { from: spot.from, offers: keys.map((k) => ({ label: k.name, detail: k.type_words ?? k.type, info: k.meaning, apply: `${k.name}: ` })) } : null;
  }
  const key = byPath
    ? catalogue.key(values.find((v) => split(v.path).join(".") === spot.key)?.key ?? "")
    : section?.keys.find((k) => k.name === spot.key);
  if (!key) return null;
  const offered: Offer[] = choices(key.type, catalogue, named).map((label) => ({ label }));
  if (!offered.length && key.example && !/^[[{]/.test(key.example)) offered.push({ label: key.example, detail: key.type_words ?? key.type, info: key.meaning });
  return offered.length ? { from: spot.from, offers: offered } : null;
}
