// The folder's scenarios as the server last told them, asked again when a job ends or a text is written.
import { api } from "./api";
import type { Home, Scenario } from "./protocol";

export const home: { told: Home | null; failed: string } = $state({ told: null, failed: "" });

export async function askHome() {
  try {
    home.told = await api.home();
    home.failed = "";
  } catch (failed) {
    home.failed = failed instanceof Error ? failed.message : String(failed);
  }
}

export const ofPath = (path: string): Scenario | undefined => home.told?.scenarios.find((s) => s.path === path);
/** Those that can be run as they are. */
export const runnable = (): Scenario[] => (home.told?.scenarios ?? []).filter((s) => ["scenario", "what-if", "network"].includes(s.kind));
/** Centres, whose values can be moved. */
export const centres = (): Scenario[] => runnable().filter((s) => s.kind !== "network");
