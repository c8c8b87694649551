// What the page asks of its server. What is said in words comes in the reader's language.
import { page } from "../page.svelte";
import type { Report } from "../report";
import type { Asked, Changes, Decision, Edit, Home, Job, Model, Problem, Section } from "./protocol";

/** What was asked for cannot be: why, in the server's words. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    readonly said: { error?: string; problems?: Problem[]; text?: string; version?: string },
  ) {
    super(said.error ?? "");
  }
}

async function ask<T>(method: string, path: string, body?: unknown, signal?: AbortSignal): Promise<T> {
  const headers: Record<string, string> = { "Accept-Language": page.language };
  if (body !== undefined) headers["Content-Type"] = "application/json";
  const answer = await fetch(path, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }), ...(signal ? { signal } : {}) });
  const said = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Refused(answer.status, said);
  return said as T;
}

const get = <T>(path: string) => ask<T>("GET", path);
const named = (path: string) => encodeURIComponent(path);

export const api = {
  home: () => get<Home>("/api/home"),
  file: (path: string) => get<{ path: string; text: string; version: string }>(`/api/file?path=${named(path)}`),
  write: (path: string, text: string, version: string) => ask<{ version: string }>("PUT", "/api/file", { path, text, version }),
  edit: (path: string, text: string, edits: Edit[]) => ask<{ text: string }>("POST", "/api/edit", { path, text, edits }),
  keep: (path: string, set: Changes, to: string, label: string) => ask<{ path: string }>("POST", "/api/variants", { path, set, to, label }),
  model: (path: string, text?: string, set: Changes = [], signal?: AbortSignal) =>
    ask<Model>("POST", "/api/model", { path, ...(text === undefined ? {} : { text }), set }, signal),
  catalogue: () => get<{ sections: Section[] }>("/api/catalogue"),
  run: (scenarios: Asked[], replications?: number) =>
    ask<Job>("POST", "/api/jobs", { scenarios: scenarios.map(({ path, set }) => ({ path, set })), ...(replications ? { replications } : {}) }),
  job: (id: number) => get<Job>(`/api/jobs/${id}`),
  cancel: (id: number) => ask<Job>("POST", `/api/jobs/${id}/cancel`, {}),
  decisions: () => get<{ decisions: Decision[] }>("/api/decisions"),
  decide: (job: number, scenario: number, reason: string) => ask<Decision>("POST", "/api/decisions", { job, scenario, reason }),
  report: (id: number) => get<Report>(`/api/jobs/${id}/report`),
};
