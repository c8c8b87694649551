// A centre laid out from left to right as mail goes: where it comes in, stations, departures.
import dagre from "@dagrejs/dagre";
import type { Drawing } from "./protocol";

export type BoxKind = "source" | "station" | "departure";
export interface Box {
  id: string; // kind and name
  kind: BoxKind;
  name: string;
  x: number;
  y: number;
  width: number;
  height: number;
}
export interface Arrow {
  id: string;
  from: string;
  to: string;
  of: "next" | "rejects" | "no_reads" | "in" | "out";
  share: number | null;
}

const width = 158;

export function boxId(kind: BoxKind, name: string): string {
  return `${kind} ${name}`;
}

function arrows(d: Drawing): Arrow[] {
  const found = new Map<string, Arrow>();
  const add = (from: string, to: string, of: Arrow["of"], share: number | null) => {
    const id = `${from} > ${to} ${of}`;
    const before = found.get(id);
    if (before) before.share = before.share !== null && share !== null ? before.share + share : null;
    else found.set(id, { id, from, to, of, share });
  };
  for (const s of d.sources) if (s.into) add(boxId("source", s.name), boxId("station", s.into), "in", null);
  for (const r of d.routes) if (r.to) add(boxId("station", r.from), boxId("station", r.to), r.of, r.share);
  for (const x of d.departures) for (const bay of x.from) add(boxId("station", bay), boxId("departure", x.name), "out", null);
  return [...found.values()];
}

export function laidOut(d: Drawing): { boxes: Box[]; arrows: Arrow[] } {
  const graph = new dagre.graphlib.Graph();
  graph.setGraph({ rankdir: "LR", nodesep: 8, ranksep: 34, marginx: 10, marginy: 10 });
  graph.setDefaultEdgeLabel(() => ({}));
  const add = (kind: BoxKind, name: string, lines: number) => graph.setNode(boxId(kind, name), { kind, name, width, height: 44 + 22 * lines });
  for (const s of d.sources) add("source", s.name, 0);
  for (const s of d.stations) add("station", s.name, d.teams.filter((t) => t.stations.includes(s.name)).length ? 1 : 0);
  for (const x of d.departures) add("departure", x.name, 0);
  const all = arrows(d).filter((a) => graph.hasNode(a.from) && graph.hasNode(a.to));
  for (const a of all) if (a.from !== a.to) graph.setEdge(a.from, a.to);
  dagre.layout(graph);
  const boxes = graph.nodes().map((id: string): Box => {
    const node = graph.node(id) as unknown as Omit<Box, "id">;
    return { id, kind: node.kind, name: node.name, width: node.width, height: node.height, x: node.x - node.width / 2, y: node.y - node.height / 2 };
  });
  return { boxes, arrows: all };
}
