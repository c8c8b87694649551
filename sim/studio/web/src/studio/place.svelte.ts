// Where in the studio the reader is, as the address says it; going back and on works as in any page.
export type View = "home" | "what-if" | "model" | "job" | "decide";
const views: View[] = ["home", "what-if", "model", "job", "decide"];

export interface Place {
  view: View;
  file: string; // of what-if, model and decide
  job: number; // of job
}

function read(): Place {
  const asked = new URLSearchParams(location.search);
  const view = views.find((v) => v === asked.get("view")) ?? "home";
  return { view, file: asked.get("file") ?? "", job: Number(asked.get("job") ?? 0) };
}

export const place = $state(read());

export function address(to: Partial<Place>): string {
  const asked = new URLSearchParams();
  for (const [key, value] of Object.entries(to)) if (value && value !== "home") asked.set(key, String(value));
  const said = asked.toString();
  return said ? `/?${said}` : "/";
}

export function go(to: Partial<Place>) {
  history.pushState(null, "", address(to));
  Object.assign(place, read());
  scrollTo(0, 0);
}

addEventListener("popstate", () => Object.assign(place, read()));

/** A link within the studio: one click stays in the page, with a key held it is the browser's. */
export function within(link: HTMLAnchorElement) {
  function follow(event: MouseEvent) {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    history.pushState(null, "", link.href);
    Object.assign(place, read());
    scrollTo(0, 0);
  }
  link.addEventListener("click", follow);
  return { destroy: () => link.removeEventListener("click", follow) };
}
