// Edits in place, each with the text before and after, written by hand.
#include "scenario/edit/edit.hpp"

#include <catch2/catch.hpp>
#include <string>

namespace mailflow {
namespace {

struct Told {
  std::string text;  ///< empty: refused
  std::string why;
};

Told told(const std::string& text, const Edit& edit, Shared shared = Shared::refuse) {
  Problems problems;
  const auto result = edited("a.yaml", text, {edit}, problems, shared);
  return {result.value_or(""), problems.text()};
}
std::string set(const std::string& text, const std::string& path, const std::string& value) {
  return told(text, {Edit::Kind::set, path, value, ""}).text;
}
std::string add(const std::string& text, const std::string& path, const std::string& value,
                const std::string& before = "") {
  return told(text, {Edit::Kind::add, path, value, before}).text;
}
std::string removed(const std::string& text, const std::string& path) {
  return told(text, {Edit::Kind::remove, path, "", ""}).text;
}
std::string renamed(const std::string& text, const std::string& path, const std::string& name) {
  return told(text, {Edit::Kind::rename, path, name, ""}).text;
}
bool says(const Told& told, const std::string& words) {
  return told.text.empty() && told.why.find(words) != std::string::npos;
}

TEST_CASE("a value changes where it stands; its comment, its quotes and all else stay") {
  const std::string text =
      "a: 11   # agents\n"
      "b: \"21:00-04:48\"\t# a tab before this\n"
      "c: {d: 'x y', e: [1, two, 3]}\n";
  CHECK(set(text, "a", "12") == "a: 12   # agents\n" + text.substr(17));
  CHECK(set(text, "b", "22:00-05:48") ==
        "a: 11   # agents\nb: \"22:00-05:48\"\t# a tab before this\nc: {d: 'x y', e: [1, two, 3]}\n");
  CHECK(set(text, "c.d", "l'été") == text.substr(0, text.find("c: {")) + "c: {d: 'l''été', e: [1, two, 3]}\n");
  CHECK(set(text, "c.e.2", "zwei") == text.substr(0, text.find("c: {")) + "c: {d: 'x y', e: [1, zwei, 3]}\n");
  CHECK(set(text, "c.e.two", "zwei") == text.substr(0, text.find("c: {")) + "c: {d: 'x y', e: [1, zwei, 3]}\n");
  CHECK(set(text, "c", "{}") == text.substr(0, text.find("c: {")) + "c: {}\n");
}

TEST_CASE("a text gets quotes where it needs them, and loses those that it no longer needs") {
  CHECK(set("a: x\n", "a", "Nuit: décalée") == "a: \"Nuit: décalée\"\n");
  CHECK(set("a: \"Nuit: décalée\"\n", "a", "x") == "a: x\n");
  CHECK(set("a: {b: x}\n", "a.b", "one, two") == "a: {b: \"one, two\"}\n");
  CHECK(set("a: x\n", "a", "one, two") == "a: one, two\n");
  CHECK(set("a: x\n", "a", "- one") == "a: \"- one\"\n");
  CHECK(set("a: x\n", "a", "one # two") == "a: \"one # two\"\n");
  CHECK(set("a: x\n", "a", "say \"so\"") == "a: say \"so\"\n");
  CHECK(set("a: x\n", "a", "\"12\"") == "a: \"12\"\n");
  CHECK(set("a: {b: x}\n", "a.b", "uniform(1 min, 3 min)") == "a: {b: uniform(1 min, 3 min)}\n");
}

TEST_CASE("a section changes as a whole, in lines or in braces") {
  const std::string text = "a:   # why\n  b: 1\n  c: 2  # two\n\nd: 3\n";
  CHECK(written_at(text, "a") == "b: 1\nc: 2  # two\n");
  CHECK(set(text, "a", "x: 1\ny:\n  - 2\n") == "a:   # why\n  x: 1\n  y:\n    - 2\n\nd: 3\n");
  CHECK(set(text, "a", "{x: 1}") == "a: {x: 1}   # why\n\nd: 3\n");
  CHECK(set(set(text, "a", "{x: 1}"), "a", "b: 1\nc: 2  # two\n") == text);
  CHECK(set("a:\n  - b\n", "a.1", "c: 1\nd: 2\n") == "a:\n  - c: 1\n    d: 2\n");
  CHECK(set("a: |\n  one\n  two\nb: 1\n", "a", "x") == "a: x\nb: 1\n");
  CHECK(set("a: x  # why\nb: 1\n", "a", "|\n one\n two\n") == "a: |  # why\n  one\n  two\nb: 1\n");
  CHECK(set("a: {b: 1}\n", "a.b", "c: 1\nd: [2]\n") == "a: {b: {c: 1, d: [2]}}\n");
}

TEST_CASE("a key or item is added among its neighbours, before what belongs to the next section") {
  const std::string text =
      "staff:\n"
      "  teams:\n"
      "    day:   {agents: 2}\n"
      "    night: {agents: 3}\n"
      "    # nobody on Sundays\n"
      "\n"
      "# what leaves\n"
      "transport: {departures: {}}\n";
  CHECK(add(text, "staff.teams.eve", "{agents: 1}") ==
        "staff:\n  teams:\n    day:   {agents: 2}\n    night: {agents: 3}\n    eve:   {agents: 1}\n"
        "    # nobody on Sundays\n\n# what leaves\ntransport: {departures: {}}\n");
  CHECK(add(text, "staff.teams.eve", "{agents: 1}", "night").find("eve:   {agents: 1}\n    night") !=
        std::string::npos);
  CHECK(add(text, "transport.departures.van", "{at: \"05:30\"}").find("{departures: {van: {at: \"05:30\"}}}") !=
        std::string::npos);
  CHECK(add("a: [x, z]\n", "a.2", "y") == "a: [x, y, z]\n");
  CHECK(add("a: [x]\n", "a.+", "y") == "a: [x, y]\n");
  CHECK(add("a:\n- x\n# z\nb: 1\n", "a.+", "y") == "a:\n- x\n- y\n# z\nb: 1\n");
  CHECK(add("a:\nb: 1\n", "a.c", "2") == "a:\n  c: 2\nb: 1\n");
  CHECK(add("a: 1", "b", "2") == "a: 1\nb: 2");
}

TEST_CASE("a key of the language is added where the language has it") {
  const std::string text = "staff: {teams: {night: {agents: 6, skills: {sorting: 100 %}, cost: 20 EUR/h}}}\n";
  CHECK(add(text, "staff.teams.night.absent", "7 %") ==
        "staff: {teams: {night: {agents: 6, skills: {sorting: 100 %}, absent: 7 %, cost: 20 EUR/h}}}\n");
  CHECK(add(text, "staff.teams.night.label", "Nuit") ==
        "staff: {teams: {night: {label: Nuit, agents: 6, skills: {sorting: 100 %}, cost: 20 EUR/h}}}\n");
}

TEST_CASE("what is taken away takes its own comments along, not those of the section") {
  const std::string text =
      "teams:\n"
      "  # all of them\n"
      "  day: 2\n"
      "  # the students\n"
      "  eve: 1    # in summer\n"
      "  night: 3\n";
  CHECK(removed(text, "teams.eve") == "teams:\n  # all of them\n  day: 2\n  night: 3\n");
  CHECK(removed(text, "teams.night") ==
        "teams:\n  # all of them\n  day: 2\n  # the students\n  eve: 1    # in summer\n");
  CHECK(removed("# head\na: 1\n\n# b's\nb: 2\n\nc: 3\n", "b") == "# head\na: 1\n\nc: 3\n");
  CHECK(removed("# of all teams\na: 1\nb: 2\n", "a") == "# of all teams\nb: 2\n");
  CHECK(removed("a: {b: 1, c: 2, d: 3}\n", "a.c") == "a: {b: 1, d: 3}\n");
  CHECK(removed("a: [x,  # of x\n    y]\n", "a.y") == "a: [x  # of x\n]\n");
  CHECK(removed("a:\n  b: 1\nc: 2\n", "a.b") == "a: {}\nc: 2\n");
  CHECK(removed("a:\n  - x: 1\n    y: 2\n", "a.1.x") == "a:\n  - y: 2\n");
  CHECK(says(told("a: 1\n", {Edit::Kind::remove, "a", "", ""}), "nothing would be left"));
}

TEST_CASE("an element is renamed with what mentions it, and not with what only has the same name") {
  const std::string text =
      "products: {parcels: {}}\n"
      "arrivals: {van: {at: \"08:00\", items: {parcels: 10}, into: parcels}}\n"
      "stations: {parcels: {kind: manual, skill: parcels, next: {parcels: out}}, belt: {next: {parcels: 100 %}}}\n"
      "targets: {wait: {measure: longest wait, at: parcels, of: parcels}}\n";
  CHECK(renamed(text, "stations.parcels", "colis") ==
        "products: {parcels: {}}\n"
        "arrivals: {van: {at: \"08:00\", items: {parcels: 10}, into: colis}}\n"
        "stations: {colis: {kind: manual, skill: parcels, next: {parcels: out}}, belt: {next: {parcels: 100 %}}}\n"
        "targets: {wait: {measure: longest wait, at: colis, of: parcels}}\n");
  CHECK(renamed(text, "products.parcels", "pli: s") ==
        "products: {\"pli: s\": {}}\n"
        "arrivals: {van: {at: \"08:00\", items: {\"pli: s\": 10}, into: parcels}}\n"
        "stations: {parcels: {kind: manual, skill: parcels, next: {\"pli: s\": out}}, belt: {next: {parcels: 100 %}}}\n"
        "targets: {wait: {measure: longest wait, at: parcels, of: \"pli: s\"}}\n");
  CHECK(says(told(text, {Edit::Kind::rename, "stations.parcels", "belt", ""}), "belt is there already"));
  CHECK(says(told(text, {Edit::Kind::rename, "stations.parcels", "", ""}), "is no name"));
}

TEST_CASE("a value that stands in two places is not changed in one by the way") {
  const std::string text = "a: &x {b: 1}\nc: *x\nd: {<<: *x, e: 2}\n";
  CHECK(says(told(text, {Edit::Kind::set, "a.b", "2", ""}), "a.yaml:1:8: error: a.b stands in c, too"));
  CHECK(says(told(text, {Edit::Kind::set, "c.b", "2", ""}), "c.b stands in a, too"));
  CHECK(says(told(text, {Edit::Kind::set, "a", "3", ""}), "too, by an anchor and its alias"));
  CHECK(says(told(text, {Edit::Kind::remove, "a", "", ""}), "too, by an anchor and its alias"));
  CHECK(told(text, {Edit::Kind::set, "a.b", "2", ""}, Shared::everywhere).text ==
        "a: &x {b: 2}\nc: *x\nd: {<<: *x, e: 2}\n");
  CHECK(told("a: &x {b: 1}\nc: *x\n", {Edit::Kind::set, "a", "{f: 3}", ""}, Shared::everywhere).text ==
        "a: &x {f: 3}\nc: *x\n");
  CHECK(says(told(text, {Edit::Kind::set, "a", "{f: 3}", ""}, Shared::everywhere), "cannot be changed in place"));
  CHECK(set(text, "c", "5") == "a: &x {b: 1}\nc: 5\nd: {<<: *x, e: 2}\n");
  CHECK(set("a: &x {b: 1}\nc: 5\n", "c", "*x") == "a: &x {b: 1}\nc: *x\n");
  CHECK(set(text, "d.b", "7") == "a: &x {b: 1}\nc: *x\nd: {<<: *x, e: 2, b: 7}\n");
  CHECK(says(told(text, {Edit::Kind::remove, "d.b", "", ""}), "comes from another map by <<"));
  CHECK(says(told("a: 1\n", {Edit::Kind::set, "a", "*y", ""}), "no anchor above is called y"));
}

TEST_CASE("what cannot be done is told with its place and a way out") {
  const std::string text = "staff: {teams: {night: {agents: 6}}}\nlist: [a, b]\n";
  CHECK(told(text, {Edit::Kind::set, "staff.teams.nigth.agents", "7", ""}).why ==
        "a.yaml:1:16: error: there is no staff.teams.nigth here\n"
        "  1 | staff: {teams: {night: {agents: 6}}}\n"
        "    |                ^\n"
        "  help: did you mean staff.teams.night?\n");
  CHECK(
      says(told(text, {Edit::Kind::set, "staff.teams.night.absent", "7 %", ""}), "to give what is not given, add it"));
  CHECK(says(told(text, {Edit::Kind::add, "staff.teams.night.agents", "7", ""}), "is there already"));
  CHECK(says(told(text, {Edit::Kind::add, "staff.teams.night.x", "7", "y"}), "there is no y here"));
  CHECK(says(told(text, {Edit::Kind::set, "staff.teams.night.agents.x", "7", ""}), "it has no keys"));
  CHECK(says(told(text, {Edit::Kind::set, "list.3", "c", ""}), "there is no list.3 here"));
  CHECK(says(told(text, {Edit::Kind::set, "list.c", "c", ""}), "by its place, from 1"));
  CHECK(says(told(text, {Edit::Kind::add, "list.4", "c", ""}), "it has 2 items"));
  CHECK(says(told(text, {Edit::Kind::set, "list", "[a, b", ""}), "this is no value in YAML: [a, b"));
  CHECK(says(told(text, {Edit::Kind::add, "staff.x", "a: 1  # one\nb: 2\n", ""}), "no place for the comments"));
  CHECK(says(told(text, {Edit::Kind::set, "list", "|2\n    a\n  b\n", ""}), "takes its indent from its first line"));
  CHECK(says(told(text, {Edit::Kind::rename, "list.1", "c", ""}), "only a key that is written here has a name"));
  CHECK(says(told("a: [1\n", {Edit::Kind::set, "a", "2", ""}), "error"));
}

TEST_CASE("what is written in a rare way is refused, not broken") {
  for (const char* text : {"? a\n: 1\nb: 2\n", "&x a: 1\nb: 2\n", "a: [b: 1]\nb: 2\n", "a: !!str 1\n---\nb: 2\n"}) {
    INFO(text);
    const Told refused = told(text, {Edit::Kind::set, "b", "3", ""});
    CHECK(refused.text.empty());
    CHECK_FALSE(refused.why.empty());
  }
}

TEST_CASE("texts over several lines, and keys in quotes with dots in them") {
  CHECK(set("a: one\n  two\nb: 1\n", "a", "three") == "a: three\nb: 1\n");
  CHECK(set("a: \"one\n  two\"\nb: 1\n", "b", "2") == "a: \"one\n  two\"\nb: 2\n");
  CHECK(set("a: >+\n  one\n\nb: 1\n", "b", "2") == "a: >+\n  one\n\nb: 2\n");
  CHECK(add("a: >+\n  one\n\n", "b", "2") == "a: >+\n  one\n\nb: 2\n");
  CHECK(set("change: {set: {staff.teams.night.agents: 8}}\n", "change.set.staff.teams.night.agents", "9") ==
        "change: {set: {staff.teams.night.agents: 9}}\n");
  CHECK(add("change:\n  set:\n    a.b: 8\n", "change.set.\"c.d\"", "9") == "change:\n  set:\n    a.b: 8\n    c.d: 9\n");
}

}  // namespace
}  // namespace mailflow
