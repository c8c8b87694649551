// The jobs as they come on, over the WebSocket; where it breaks, the page asks again until the server is there.
import { SvelteMap } from "svelte/reactivity";
import type { Job } from "./protocol";

export const jobs = new SvelteMap<number, Job>();
export const live = $state({ open: false, written: 0 }); // `written` grows when a text was written through the studio

export const atWork = (job: Job) => ["queued", "running", "reporting"].includes(job.state);

/** Figures once told stay where a message comes without. */
export function heard(job: Job) {
  const before = jobs.get(job.id);
  jobs.set(job.id, { ...job, figures: job.figures ?? before?.figures ?? null });
}

export function listen() {
  const socket = new WebSocket(`${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/api/live`);
  socket.onopen = () => (live.open = true);
  socket.onmessage = (event) => {
    const told = JSON.parse(String(event.data)) as { jobs?: Job[]; job?: Job; files?: string[] };
    for (const job of told.jobs ?? []) heard(job);
    if (told.job) heard(told.job);
    if (told.files) ++live.written;
  };
  socket.onclose = () => {
    live.open = false;
    setTimeout(listen, 1000);
  };
}
