// Parts of the studio's page that need no browser: what levers write, where in a text one is, what may be written there.
import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { build } from "vite";

async function load(name) {
  const entry = fileURLToPath(new URL(`../src/studio/${name}.ts`, import.meta.url));
  const [made] = await build({ configFile: false, logLevel: "error", build: { write: false, lib: { entry, formats: ["es"], fileName: name } } });
  return import(`data:text/javascript,${encodeURIComponent(made.output[0].code)}`);
}
const { levers, changes, scaled } = await load("levers");
const { Catalogue, split } = await load("catalogue");
const { spotAt } = await load("spot");
const { offers } = await load("completion");

// Laws times so much: chances stay.
assert.equal(scaled("normal(mean 8000, sd 2000)", 1.1), "normal(mean 8800, sd 2200)");
assert.equal(scaled("empirical(200: 50 %, 300: 50 %)", 2), "empirical(400: 50 %, 600: 50 %)");
assert.equal(scaled("40", 0.5), "20");

const key = (name, type) => ({ name, type, type_words: type, required: false, default: "", default_words: "", meaning: name, example: `${name}!` });
const catalogue = new Catalogue([
  { path: "", meaning: "", keys: [key("stations", "section stations, by name"), key("staff", "section staff"), key("arrivals", "section arrivals, by name")] },
  { path: "staff", meaning: "", keys: [key("teams", "section staff.teams, by name"), key("shifts", "section staff.shifts, by name")] },
  { path: "staff.teams", meaning: "", keys: [key("agents", "whole number, numbers by day, or file"), key("shift", "shift, or list of shifts"), key("absent", "share")] },
  { path: "staff.shifts", meaning: "", keys: [key("hours", "hours"), key("holidays", "yes or no")] },
  { path: "stations", meaning: "", keys: [key("kind", "manual, machine")] },
  { path: "stations.machine", meaning: "", keys: [key("kind", "manual, machine"), key("rate", "rate"), key("crew", "section crew")] },
  { path: "stations.manual", meaning: "", keys: [key("kind", "manual, machine"), key("positions", "whole number")] },
  { path: "crew", meaning: "", keys: [key("needs", "whole number")] },
  { path: "arrivals.at", meaning: "", keys: [key("at", "times of day"), key("items", "distributions by product")] },
  { path: "what-if", meaning: "", keys: [key("base", "file"), key("change", "section change")] },
  { path: "change", meaning: "", keys: [key("set", "values by path"), key("add", "values by path")] },
]);
assert.deepEqual(catalogue.thing("staff.teams.night.agents"), { group: "staff.teams", name: "night", rest: "agents" });
assert.deepEqual(split('change.set."a.b".c'), ["change", "set", "a.b", "c"]);

const value = (path, of, type, text) => ({ path, key: of, type, value: text, file: "f.yaml", line: 1, column: 1 });
const values = [
  value("staff.teams.night.agents", "staff.teams.agents", "whole number, numbers by day, or file", "6"),
  value("staff.teams.night.absent", "staff.teams.absent", "share", "7 %"),
  value("staff.shifts.night.hours", "staff.shifts.hours", "hours", "21:00-04:48"),
  value("stations.sorter.rate", "stations.machine.rate", "rate", "18000 items/h"),
  value("arrivals.van.at", "arrivals.at.at", "times of day", "13:30"),
  value("arrivals.van.items.letter", "arrivals.at.items", "distributions by product", "normal(mean 8000, sd 2000)"),
  value("arrivals.van.items.flat", "arrivals.at.items", "distributions by product", "poisson(40)"),
];
const all = levers(values, catalogue, null);
assert.deepEqual(all.map((l) => l.kind), ["count", "share", "span", "rate", "time", "volume"]);
const moved = (id, by) => {
  const lever = all.find((l) => l.id === id);
  return changes(all, new Map([[id, lever.at + by]]));
};
assert.deepEqual(moved("staff.teams.night.agents", 2), [["staff.teams.night.agents", "8"]]);
assert.deepEqual(moved("staff.teams.night.agents", 0), []);
assert.deepEqual(moved("staff.shifts.night.hours", 210), [["staff.shifts.night.hours", '"00:30-08:18"']]); // past midnight, as long as before
assert.deepEqual(moved("stations.sorter.rate", -500), [["stations.sorter.rate", "17500 items/h"]]);
assert.deepEqual(moved("arrivals.van.volume", 10), [
  ["arrivals.van.items.letter", "normal(mean 8800, sd 2200)"],
  ["arrivals.van.items.flat", "poisson(44)"],
]);

// Where "|" stands.
const text = `stations:
  sorter:
    kind: machine
    |
    crew: {needs: 2}
staff:
  teams:
    night: {agents: 6, shift: n}
  shifts:
    night: {hours: "21:00-04:48", holidays: no}
`;
const at = (with_bar) => [with_bar.replace("|", ""), with_bar.indexOf("|")];
const labels = (with_bar) => offers(...at(with_bar), catalogue, { problems: [], drawing: null, values })?.offers.map((o) => o.label) ?? [];
const spot = spotAt(...at(text));
assert.deepEqual(spot.path, ["stations", "sorter"]);
assert.equal(spot.key, null);
assert.deepEqual(labels(text), ["rate"]); // kind and crew are there
assert.deepEqual(labels(text.replace("|", "").replace("shift: n", "shift: |")), ["night"]);
assert.deepEqual(labels(text.replace("|", "").replace("agents: 6,", "agents: 6, |")), ["absent"]);
assert.deepEqual(labels(text.replace("|", "").replace("holidays: no", "holidays: |")), ["yes", "no"]);
assert.deepEqual(labels(text.replace("|", "").replace("kind: machine", "kind: |")), ["manual", "machine"]);
assert.ok(labels("base: today.yaml\nchange:\n  set:\n    |").includes("staff.teams.night.agents"));
console.log("levers, places and offers are as they should be");
