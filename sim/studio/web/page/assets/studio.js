// The plainest page: the folder's scenarios, their last answer, and a button that runs one.
const french = navigator.language.startsWith("fr");
const say = (label) => (label ? (french ? label.fr : label.en) : "");
const words = french ? { run: "Simuler", runs: "simulations" } : { run: "Run", runs: "runs" };
const home = document.getElementById("home");
document.documentElement.lang = french ? "fr" : "en";

function element(name, text, inside) {
  const made = document.createElement(name);
  made.textContent = text;
  inside.append(made);
  return made;
}

async function show() {
  const found = await (await fetch("/api/home")).json();
  home.replaceChildren();
  element("h1", found.folder, home);
  for (const scenario of found.scenarios) {
    if (scenario.kind !== "scenario" && scenario.kind !== "what-if") continue;
    const section = element("section", "", home);
    element("h2", say(scenario.label) || scenario.path, section);
    const answer = element("p", say(scenario.answer?.sentence), section);
    answer.dataset.path = scenario.path;
    element("button", words.run, section).onclick = () => run(scenario.path);
  }
}

async function run(path) {
  const answer = await fetch("/api/jobs", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ scenarios: [{ path, set: [] }] }),
  });
  if (!answer.ok) tell(path, (await answer.json()).error);
}

function tell(path, text) {
  for (const shown of home.querySelectorAll("p")) if (shown.dataset.path === path) shown.textContent = text;
}

function listen() {
  const live = new WebSocket(`ws://${location.host}/api/live`);
  live.onmessage = (message) => {
    const { job } = JSON.parse(message.data);
    if (!job) return;
    if (job.state === "done") show();
    else tell(job.scenarios[0].path, job.error ?? `${job.figures?.replications ?? 0} / ${job.replications} ${words.runs}`);
  };
  live.onclose = () => setTimeout(listen, 1000);
}

show();
listen();
