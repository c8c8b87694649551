// On paper all is as in the light.
import { flushSync } from "svelte";
import { page } from "./page.svelte";

let before: "dark" | "light" | undefined;

export function beforePrint() {
  before = page.theme;
  flushSync(() => (page.theme = "light"));
}

export function afterPrint() {
  if (before) page.theme = before;
  before = undefined;
}
