// Where in a YAML text one is writing: the keys around, and whether a key or its value comes. Reads as much of YAML as scenarios
// use: maps by indentation, and in braces.

export interface Spot {
  path: string[]; // keys around, from the outside in
  key: string | null; // whose value is being written; null: a key is
  from: number; // where what is being written begins
  given: Map<string, string>; // what stands beside it in the same map
}

interface Open {
  brace: string;
  at: number;
}

/** Braces and brackets open at a place. */
function openAt(text: string, pos: number): Open[] {
  const stack: Open[] = [];
  let quote = "";
  for (let i = 0; i < pos; ++i) {
    const c = text[i] ?? "";
    if (quote) {
      if (c === quote) quote = "";
      else if (c === "\\" && quote === '"') ++i;
    } else if ((c === '"' || c === "'") && /[\s[{,:]/.test(text[i - 1] ?? " ")) quote = c;
    else if (c === "#" && /\s/.test(text[i - 1] ?? "\n")) i = Math.max(i, text.indexOf("\n", i) < 0 ? pos : text.indexOf("\n", i));
    else if (c === "{" || c === "[") stack.push({ brace: c, at: i });
    else if (c === "}" || c === "]") stack.pop();
  }
  return stack;
}

const plain = (key: string) => key.trim().replace(/^["']|["']$/g, "");
const indent = (line: string) => /^ */.exec(line)![0].length;
const pair = /^\s*(?:- )?("[^"]*"|[^\s#:{[][^:#]*?)\s*:(?:\s+(.*))?$/;

/** Keys of the lines around, each less far in than what it holds. */
function above(lines: string[], line: number, depth: number): string[] {
  const path: string[] = [];
  for (let i = line - 1, within = depth; i >= 0 && within > 0; --i) {
    const text = lines[i] ?? "";
    if (!text.trim() || text.trim().startsWith("#") || indent(text) >= within) continue;
    const key = pair.exec(text);
    if (!key) continue;
    path.unshift(plain(key[1] ?? ""));
    within = indent(text);
  }
  return path;
}

/** Pairs of a map in braces, at its own level. */
function pairsIn(inner: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let from = 0;
  let quote = "";
  for (let i = 0; i <= inner.length; ++i) {
    const c = inner[i];
    if (quote) quote = c === quote ? "" : quote;
    else if (c === '"') quote = c;
    else if (c === "{" || c === "[") ++depth;
    else if (c === "}" || c === "]") {
      if (--depth < 0) return [...parts, inner.slice(from, i)];
    } else if ((c === "," || c === undefined) && depth === 0) {
      parts.push(inner.slice(from, i));
      from = i + 1;
    }
  }
  return parts;
}

function given(parts: string[]): Map<string, string> {
  return new Map(parts.flatMap((part) => {
    const m = /^\s*("[^"]*"|[^:]+?)\s*:\s*([^]*)$/.exec(part);
    return m ? [[plain(m[1] ?? ""), (m[2] ?? "").trim()] as const] : [];
  }));
}

export function spotAt(text: string, pos: number): Spot {
  const stack = openAt(text, pos);
  const outer = stack[0]?.at ?? pos;
  const before = text.slice(0, outer);
  const line = before.split("\n").length - 1;
  const lines = text.split("\n");
  const head = before.slice(before.lastIndexOf("\n") + 1);
  const keyed = pair.exec(head.replace(/\s*&\S+\s*$/, " ").replace(/\s+$/, " "));
  const depth = indent(lines[line] ?? "");
  const path = above(lines, line, stack.length ? depth : indent(head));

  if (!stack.length) {
    const beside = given(siblings(lines, line, depth));
    const from = keyed ? pos - (/\S*$/.exec(head)?.[0].length ?? 0) : pos - head.trimStart().replace(/^- /, "").length;
    return { path, key: keyed ? plain(keyed[1] ?? "") : null, from, given: beside };
  }
  if (keyed) path.push(plain(keyed[1] ?? ""));
  let around = stack[0]!;
  for (const inner of stack.slice(1)) {
    const key = /([\w.-]+|"[^"]*")\s*:\s*(?:&\S+\s*)?$/.exec(text.slice(around.at + 1, inner.at));
    if (inner.brace === "{" && key) path.push(plain(key[1] ?? ""));
    if (inner.brace === "[" && key && inner === stack.at(-1)) return { path, key: plain(key[1] ?? ""), from: pos - (/[^\s,[]*$/.exec(text.slice(0, pos))?.[0].length ?? 0), given: new Map() };
    around = inner;
  }
  if (around.brace === "[") return { path: path.slice(0, -1), key: path.at(-1) ?? null, from: pos - (/[^\s,[]*$/.exec(text.slice(0, pos))?.[0].length ?? 0), given: new Map() };
  const mine = pairsIn(text.slice(around.at + 1, pos)).at(-1) ?? "";
  const m = /^\s*("[^"]*"|[^:]+?)\s*:\s*([^]*)$/.exec(mine);
  const written = m ? (m[2] ?? "") : mine.trimStart();
  return { path, key: m ? plain(m[1] ?? "") : null, from: pos - written.length, given: given(pairsIn(text.slice(around.at + 1))) };
}

/** The lines of the same map. */
function siblings(lines: string[], line: number, depth: number): string[] {
  const found: string[] = [];
  const add = (i: number): boolean => {
    const text = lines[i] ?? "";
    if (text.trim() && indent(text) < depth) return false;
    if (indent(text) === depth && text.trim() && i !== line) found.push(text);
    return true;
  };
  for (let i = line - 1; i >= 0 && add(i); --i);
  for (let i = line + 1; i < lines.length && add(i); ++i);
  return found;
}
