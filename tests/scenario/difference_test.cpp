// What differs between two scenarios, in words written by hand, and as a what-if that is applied again.
#include "scenario/difference/difference.hpp"

#include <unistd.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "scenario/difference/difference_text.hpp"
#include "scenario/what_if.hpp"

namespace mailflow {
namespace {

namespace fs = std::filesystem;

Node tree(const std::string& text) {
  Problems problems;
  auto node = parse_yaml("a.yaml", text, problems);
  INFO(problems.text());
  REQUIRE(node.has_value());
  return *node;
}

/// The lines between the title and the count.
std::string told(const std::string& a, const std::string& b) {
  const std::string text = difference_text(tree(a), tree(b), "a.yaml", "b.yaml");
  const auto title = text.find('\n') + 1;
  return text.substr(title, text.rfind("\n", text.size() - 2) + 1 - title);
}

/// Of one value of the team "night", what is told of it.
std::string told_of_team(const std::string& a, const std::string& b) {
  const auto team = [](const std::string& keys) { return "staff: {teams: {night: {" + keys + "}}}\n"; };
  const std::string before = "  Staff\n    team night: ";
  const std::string text = told(team(a), team(b));
  INFO(text);
  REQUIRE(text.starts_with(before));
  return text.substr(before.size(), text.size() - before.size() - 1);
}

std::string told_of_station(const std::string& a, const std::string& b) {
  const auto station = [](const std::string& keys) { return "stations: {sorter: {kind: machine, " + keys + "}}\n"; };
  const std::string before = "  Stations\n    station sorter: ";
  const std::string text = told(station(a), station(b));
  INFO(text);
  REQUIRE(text.starts_with(before));
  return text.substr(before.size(), text.size() - before.size() - 1);
}

TEST_CASE("numbers with a unit show by how much they change") {
  CHECK(told_of_team("agents: 5", "agents: 6") == "6 agents instead of 5 (+1)");
  CHECK(told_of_team("agents: 2", "agents: 1") == "1 agent instead of 2 (-1)");
  CHECK(told_of_team("absent: 6 %", "absent: 5 %") == "absent 5 % instead of 6 % (-1 point)");
  CHECK(told_of_team("absent: 6 %", "absent: 8.5 %") == "absent 8.5 % instead of 6 % (+2.5 points)");
  CHECK(told_of_station("rate: 35000 items/h", "rate: 38000 items/h") ==
        "rate 38 000 items/h instead of 35 000 items/h (+8.6 %)");
  CHECK(told_of_station("rate: 600 items/h", "rate: 20 items/min") ==
        "rate 20 items/min instead of 600 items/h (+100 %)");
  // the same pace in other words
  CHECK(told_of_station("rate: 600 items/h", "rate: 10 items/min") == "rate 10 items/min instead of 600 items/h");
  CHECK(told_of_station("rate: 1000000 items/h", "rate: 1000100 items/h") ==
        "rate 1 000 100 items/h instead of 1 000 000 items/h (+0.01 %)");
  CHECK(told_of_station("rate: 0 items/h", "rate: 5 items/h") == "rate 5 items/h instead of 0 items/h");
  // money only in the centre's currency: 2100 / 2000
  CHECK(told("centre: {currency: XPF}\nstaff: {teams: {n: {cost: 2000 XPF/h}}}",
             "centre: {currency: XPF}\nstaff: {teams: {n: {cost: 2100 XPF/h}}}") ==
        "  Staff\n    team n: cost 2 100 XPF/h instead of 2 000 XPF/h (+5 %)\n");
  CHECK(told("products: {p: {weight: 2 kg}}", "products: {p: {weight: 500 g}}") ==
        "  Products\n    product p: weight 500 g instead of 2 kg (-75 %)\n");
  CHECK(told("products: {p: {lot: 200 items}}", "products: {p: {lot: 250 items}}") ==
        "  Products\n    product p: lot 250 items instead of 200 items (+25 %)\n");
}

TEST_CASE("times show how much earlier or later they are") {
  const auto shift = [](const std::string& a, const std::string& b) {
    return told("staff: {shifts: {m: {" + a + "}}}", "staff: {shifts: {m: {" + b + "}}}");
  };
  const std::string m = "  Staff\n    shift m: ";
  CHECK(shift("hours: 05:30-13:00", "hours: 06:00-13:30") == m + "from 05:30-13:00 to 06:00-13:30 (30 min later)\n");
  CHECK(shift("hours: 22:00-05:48", "hours: 21:00-05:48") ==
        m + "from 22:00-05:48 to 21:00-05:48 (begins 1 h earlier)\n");
  // across midnight: 23:30 to 00:15 is 45 min later, and from 6 h 30 min to 7 h more
  CHECK(shift("hours: 23:30-06:00", "hours: 00:15-07:15") ==
        m + "from 23:30-06:00 to 00:15-07:15 (begins 45 min later, ends 1 h 15 min later)\n");
  CHECK(shift("hours: 00:15-07:15", "hours: 23:30-06:30") == m + "from 00:15-07:15 to 23:30-06:30 (45 min earlier)\n");
  CHECK(shift("breaks: [\"00:30 30 min\"]", "breaks: [\"01:00 20 min\"]") ==
        m + "break at 01:00 for 20 min instead of at 00:30 for 30 min (30 min later, 10 min shorter)\n");
  CHECK(shift("breaks: [\"09:00 30 min\"]", "breaks: [\"09:00 30 min\", \"11:00 15 min\"]") ==
        m + "break at 11:00 for 15 min added\n");
  CHECK(shift("days: Mon-Fri", "days: Tue-Sat") == m + "days Tue-Sat instead of Mon-Fri (Sat added, Mon removed)\n");
  CHECK(shift("days: [Mon, Wed]", "days: Mon-Wed") == m + "days Mon-Wed instead of Mon, Wed (Tue added)\n");
  CHECK(shift("holidays: yes", "holidays: no") == m + "not on holidays\n");
  CHECK(shift("holidays: no", "days: Mon") ==
        "  Staff\n    shift m:\n      on holidays too\n      days Mon instead of every day by default\n");

  const auto departure = [](const std::string& a, const std::string& b) {
    return told("transport: {departures: {d: {" + a + "}}}", "transport: {departures: {d: {" + b + "}}}");
  };
  const std::string d = "  Transport\n    departure d: ";
  CHECK(departure("at: \"06:00\"", "at: \"20:15\"") == d + "at 20:15 instead of 06:00 (14 h 15 min later)\n");
  CHECK(departure("closes: 30 min before", "closes: 20 min before") ==
        d + "closes 20 min before instead of 30 min before (10 min later)\n");
  CHECK(told("run: {from: 2025-03-03, for: 28 days}", "run: {from: 2025-02-24, for: 5 weeks}") ==
        "  Run\n    from 2025-02-24 instead of 2025-03-03 (7 days earlier)\n"
        "    for 5 weeks instead of 28 days (7 days longer)\n");
  const auto product = [](const std::string& a, const std::string& b) {
    return told("products: {p: {due: " + a + "}}", "products: {p: {due: " + b + "}}");
  };
  CHECK(product("J+1 06:00", "J+2 05:00") ==
        "  Products\n    product p: due J+2 05:00 instead of J+1 06:00 (1 working day later, 1 h earlier)\n");
  CHECK(product("26 h", "24 h") == "  Products\n    product p: due 24 h instead of 26 h (2 h shorter)\n");
  CHECK(product("26 h", "J+1 06:00") == "  Products\n    product p: due J+1 06:00 instead of 26 h\n");
}

TEST_CASE("lists show what came in and what fell out, and their order where it counts") {
  const auto departure = [](const std::string& a, const std::string& b) {
    return told("transport: {departures: {d: {" + a + "}}}", "transport: {departures: {d: {" + b + "}}}");
  };
  const std::string d = "  Transport\n    departure d: ";
  CHECK(departure("to: [lifou]", "to: [mare, lifou, pins]") == d + "to mare, pins added\n");
  CHECK(departure("to: [lifou, mare, pins]", "to: [lifou, ouvea]") == d + "to ouvea added, mare, pins removed\n");
  CHECK(departure("to: [lifou, mare]", "to: [mare, lifou, pins]") ==
        d + "to mare, lifou, pins instead of lifou, mare\n");
  CHECK(departure("to: lifou", "to: [lifou, mare]") == d + "to mare added\n");
  CHECK(departure("to: all", "to: [lifou, mare]") == d + "to lifou, mare instead of all\n");
  CHECK(departure("at: [\"07:00\", \"16:30\"]", "at: [\"07:00\", \"15:00\"]") == d + "at 15:00 added, 16:30 removed\n");
  CHECK(told("staff: {assignment: {priority: [a, b]}}", "staff: {assignment: {priority: [a, c, b]}}") ==
        "  Staff\n    assignment: priority a, c, b instead of a, b\n");
  CHECK(told_of_team("shift: [a, b]", "shift: [b, a]") == "shift b, a instead of a, b");
  CHECK(told("centre: {holidays: [2025-05-01]}", "centre: {holidays: [2025-05-01, 2025-05-08]}") ==
        "  Centre\n    holidays 2025-05-08 added\n");
}

TEST_CASE("what is not written is compared with what the language takes for it") {
  CHECK(told_of_team("agents: 1", "agents: 1, absent: 6 %") == "absent 6 % instead of 0 % by default (+6 points)");
  CHECK(told_of_team("agents: 1, absent: 6 %", "agents: 1") == "absent 0 % by default instead of 6 % (-6 points)");
  CHECK(told_of_station("rate: 9 items/h", "rate: 9 items/h, machines: 2") ==
        "2 machines instead of 1 by default (+1)");
  CHECK(told_of_station("rate: 9 items/h", "rate: 9 items/h, machines: 1") ==
        "1 machine (now written; it is the default)");
  CHECK(told_of_station("machines: 2", "machines: 2, rate: 9 items/h") == "rate 9 items/h (new)");
  CHECK(told_of_station("machines: 2, rate: 9 items/h", "machines: 2") == "rate 9 items/h: removed");
  CHECK(told_of_station("rate: 9 items/h", "rate: 9 items/h, queue: {order: earliest due}") ==
        "queue order earliest due instead of first come by default");
  CHECK(told_of_station("rate: 9 items/h", "rate: 9 items/h, crew: {skill: s, needs: 2}") ==
        "crew skill s, needs 2 instead of needs nobody by default");
}

TEST_CASE("changes any number of keys deep are told of their element") {
  CHECK(told_of_team("skills: {sorting: 100 %}", "skills: {sorting: 100 %, dock: 80 %}") == "learns dock at 80 %");
  CHECK(told_of_team("skills: {sorting: 100 %, dock: 80 %}", "skills: {sorting: 100 %}") ==
        "no longer does dock (80 % before)");
  CHECK(told_of_team("skills: {dock: 80 %}", "skills: {dock: 90 %}") == "dock at 90 % instead of 80 % (+10 points)");
  CHECK(told_of_station("rejects: {share: 6 %, next: a}", "rejects: {share: 5 %, next: a}") ==
        "rejects share 5 % instead of 6 % (-1 point)");
  CHECK(told_of_station("no_reads: {share: 6 %, next: a}", "no_reads: {share: 6 %, next: b}") ==
        "no-reads go to b instead of a");
  CHECK(told_of_station("next: a", "next: b") == "mail goes to b instead of a");
  CHECK(told_of_station("next: a", "next: {letter: b, other: c}") == "mail goes letter to b, other to c instead of a");
  CHECK(told_of_station("next: {letter: a}", "next: {letter: b}") == "letter goes to b instead of a");
  CHECK(told_of_station("next: {a: 20 %, b: 80 %}", "next: {a: 30 %, b: 80 %}") ==
        "share to a 30 % instead of 20 % (+10 points)");
  CHECK(told_of_station("next: {letter: {sort_plan: x}}", "next: {letter: {sort_plan: y}}") ==
        "letter goes by sort plan y instead of x");
  CHECK(told_of_station("open: {Mon-Fri: \"17:00-05:00\"}", "open: {Mon-Fri: \"17:00-04:00\"}") ==
        "open on Mon-Fri from 17:00-05:00 to 17:00-04:00 (ends 1 h earlier)");
  CHECK(told_of_station("breaks_down: {every: exponential(20 h), for: 15 min}",
                        "breaks_down: {every: exponential(30 h), for: 15 min}") ==
        "breaks down every exponential(30 h) instead of exponential(20 h)");
  const auto source = [](const std::string& a, const std::string& b) {
    return told("arrivals: {s: {" + a + "}}", "arrivals: {s: {" + b + "}}");
  };
  CHECK(source("rate: {Mon-Fri: {\"08:00\": 40 items/h}}", "rate: {Mon-Fri: {\"08:00\": 60 items/h}}") ==
        "  Arrivals\n    source s: rate on Mon-Fri from 08:00 60 items/h instead of 40 items/h (+50 %)\n");
  CHECK(source("at: \"07:00\", items: {letter: poisson(5)}, to: {letter: {a: 40 %}}",
               "at: \"07:00\", items: {letter: poisson(6)}, to: {letter: {a: 50 %}}") ==
        "  Arrivals\n    source s:\n      items of letter poisson(6) instead of poisson(5)\n"
        "      share of letter to a 50 % instead of 40 % (+10 points)\n");
}

TEST_CASE("whole elements come and go in one line each") {
  CHECK(told("staff: {teams: {}}",
             "staff: {teams: {students: {label: Students, agents: 6, shift: evening, skills: {parcels: 70 %}, "
             "holidays: no}}}") ==
        "  Staff\n    team students (Students): new: 6 agents, shift evening, skills parcels 70 %, not on holidays\n");
  CHECK(told("transport: {departures: {}}",
             "transport: {departures: {lifou-am: {to: lifou, at: [\"06:15\", \"16:00\"], days: Mon-Fri}}}") ==
        "  Transport\n    departure lifou-am: new: to lifou; at 06:15, 16:00; Mon-Fri\n");
  CHECK(told("stations: {coding: {kind: manual, label: Coding desk}}", "stations: {}") ==
        "  Stations\n    station coding (Coding desk): removed\n");
  // a section that was not there, and one that is there no more
  CHECK(told("mailflow: 1", "transport: {departures: {d: {to: all}}}\nmailflow: 1") ==
        "  Transport\n    departure d: new: to all\n");
  CHECK(told("mailflow: 1\ntargets: {a: {measure: on time}, b: {measure: overtime}}", "mailflow: 1") ==
        "  Targets\n    target a: removed\n    target b: removed\n");
}

TEST_CASE("sections stand in the order of the language, elements grouped below them, and all are counted") {
  CHECK(difference_text(
            tree("label: {fr: Aujourd'hui, en: Today}\nstaff: {teams: {n: {label: {fr: Nuit, en: Night}, agents: 5, "
                 "shift: a}}}\nstations: {s: {kind: bay}}\nrun: {seed: 1}"),
            tree("label: {fr: Demain}\nrun: {seed: 2}\nstaff: {teams: {n: {label: {fr: Nuit, en: Night}, agents: 6, "
                 "shift: b}}}\nstations: {}"),
            "a.yaml", "b.yaml") ==
        "Today  ->  Demain\n"
        "  Stations\n"
        "    station s: removed\n"
        "  Staff\n"
        "    team n (Night):\n"
        "      6 agents instead of 5 (+1)\n"
        "      shift b instead of a\n"
        "  Run\n"
        "    seed 2 instead of 1 (+1)\n"
        "  4 differences\n");
}

TEST_CASE("scenarios that say the same have no differences, in whatever order and quotes") {
  const auto all = [](const std::string& a, const std::string& b) {
    return difference_text(tree(a), tree(b), "a.yaml", "b.yaml");
  };
  CHECK(all("label: A\nrun: {for: 1 day, seed: 1}", "run: {seed: 1, for: \"1 day\"}\nlabel: A   # again") ==
        "no differences\n");
  CHECK(all("label: A\nmailflow: 1", "label: B\nmailflow: 1") == "A  ->  B\n  no differences but in labels (1)\n");
  CHECK(all("products: {p: {label: {fr: Lettre, en: Letter}}}", "products: {p: {label: {fr: Pli, en: Letter}}}") ==
        "a.yaml  ->  b.yaml\n  Products\n    product p (Letter): called \"Pli\" instead of \"Lettre\" (fr)\n"
        "  no differences but in labels (1)\n");
  CHECK(all("products: {p: {label: Letter}}", "products: {p: {}}") ==
        "a.yaml  ->  b.yaml\n  Products\n    product p (Letter): no longer called \"Letter\"\n"
        "  no differences but in labels (1)\n");
  CHECK(all("label: A\nrun: {seed: 1}", "label: A\nrun: {seed: 3}") ==
        "a.yaml  ->  b.yaml\n  Run\n    seed 3 instead of 1 (+2)\n  1 difference\n");
  // the order of stations says which is served first where no priorities do
  CHECK(all("stations: {a: {kind: bay}, b: {kind: bay}}", "stations: {b: {kind: bay}, a: {kind: bay}}") ==
        "a.yaml  ->  b.yaml\n  stations stand in another order, which counts where nothing else says who comes first\n"
        "  no differences\n");
}

/// Applied again, the what-if that is made of two scenarios gives the second.
void check_what_if(const fs::path& base, const Node& a, const Node& b) {
  const std::string text = as_what_if(a, b, base.filename().string());
  INFO(text);
  Problems problems;
  const auto again = read_scenario_text((base.parent_path() / "made.yaml").string(), text, problems);
  INFO(problems.text());
  CHECK(problems.empty());
  REQUIRE(again.has_value());
  CHECK(same_value(*again, b));
  CHECK(differences(*again, b).empty());
}

TEST_CASE("the what-if made of two scenarios makes the second of the first") {
  const fs::path scenarios = fs::path(MAILFLOW_SOURCE_DIR) / "scenarios";
  const std::vector<std::string> names = {"noumea/today.yaml",
                                          "noumea/versatility.yaml",
                                          "noumea/later-night-shift.yaml",
                                          "noumea/after-a-disruption-students.yaml",
                                          "reference/every-key.yaml",
                                          "reference/what-if.yaml",
                                          "tutorial/1-one-table.yaml",
                                          "tutorial/4-departures.yaml"};
  for (const auto& from : names) {
    for (const auto& to : names) {
      INFO(from << " to " << to);
      Problems problems;
      const auto a = read_scenario((scenarios / from).string(), problems);
      const auto b = read_scenario((scenarios / to).string(), problems);
      REQUIRE((a && b));
      check_what_if(scenarios / from, *a, *b);
    }
  }
}

TEST_CASE("a what-if is made of values that need quotes, and of keys that no path can name") {
  const fs::path folder = fs::temp_directory_path() / ("mailflow-difference-" + std::to_string(::getpid()));
  fs::create_directories(folder);
  const std::string before =
      "label: A\nstations: {s: {next: {a.b: x, c: y}, open: {Mon-Fri: \"07:00-08:00\"}}, t: {kind: bay}}\n"
      "arrivals: {r: {where: {}, columns: {time: t}}}\n";
  std::ofstream(folder / "a.yaml") << before;
  for (const char* after :
       {"label: {fr: \"Tri: l'été, \\\"deux\\\" \\\\ {trois}\\nquatre\", en: \"# no comment\"}\nstations: {}\n",
        "stations: {s: {next: {a.b: z, c: w, d: v}, open: {Sat: \"07:00-08:00\"}}, t: {kind: bay}}\n",
        "label: A\nstations: {s: {next: {c: y}}, t: [1, [], {}, \"\", null, \"null\", ~, \"~\"]}\narrivals: 3\n",
        "label: A\nstations: {s: null, t: {takes: uniform(1 min, 3 min), due: J+1 06:00, x: \"a, b\", y: \"- z\"}}\n",
        "stations:\n  s: Mon, Wed, [Fri]\n  t: {a: (b, c), d: (e: f)}\n  u:\n    days: Mon, Wed, {Fri}\n",
        "arrivals: {r: {where: {\"a: b\": \"100%\", \"08:00\": yes}, columns: \"\"}}\nlabel: \"\"\n"}) {
    Problems problems;
    const auto b = parse_yaml("b.yaml", after, problems);
    INFO(problems.text());
    REQUIRE(b.has_value());
    check_what_if(folder / "a.yaml", tree(before), *b);
  }
  fs::remove_all(folder);
}

}  // namespace
}  // namespace mailflow
