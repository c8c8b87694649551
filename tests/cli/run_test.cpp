// A run's options and what it leaves behind. The scenario: 6 000 letters at 08:00 in lots of 100, two desks of 1 500 an
// hour each. A lot takes 4 minutes, so 100 letters leave each desk every 4 minutes: half of the mail by 09:00, the last
// at 10:00. Three days of it.
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "cli/program.hpp"

namespace mailflow::program {
namespace {

const std::string small_centre = R"(mailflow: 1
centre: {name: Small, timezone: UTC}
products: {letter: {lot: 100 items, due: J+0 09:00}}
arrivals:
  lorry: {at: "08:00", items: {letter: 6000}, into: sorting}
stations: {sorting: {kind: manual, positions: 2, rate: 1500 items/h per agent, next: out}}
run: {from: 2025-03-03, for: 3 days, seed: 5}
)";
const std::string run_by_chance = R"(mailflow: 1
centre: {name: Small, timezone: UTC}
products: {letter: {lot: 1 item}}
arrivals:
  post: {rate: 1000 items/h, mix: {letter: 100 %}, into: sorting}
stations: {sorting: {kind: manual, positions: 2, rate: 1500 items/h per agent, next: out}}
run: {from: 2025-03-03, for: 1 day, seed: 5}
)";

nlohmann::json results(const Desk& desk) { return nlohmann::json::parse(desk.bytes("out/results.json")); }

TEST_CASE("a run without --out or --events writes no file") {
  const Desk desk;
  desk.put("a.yaml", small_centre);
  CHECK(desk.tell("mailflow run a.yaml").status == 0);
  CHECK(desk.files(".").size() == 2);  // the scenario and the program
}

TEST_CASE("a run says where its results are") {
  const Desk desk;
  desk.put("a.yaml", small_centre);
  const Said said = desk.tell("mailflow run a.yaml --out new/out");
  CHECK(said.status == 0);
  CHECK(said.err.empty());
  CHECK(said.out.ends_with("\n  Results and tables are in new/out\n"));
  CHECK(desk.files("new/out").size() == 10);
  CHECK(desk.files("new/out").contains("results.json"));
}

TEST_CASE("the option --until-day ends a run sooner and never later") {
  const Desk desk;
  desk.put("a.yaml", small_centre);
  const auto run = [&](const std::string& option, int items, const std::string& to) {
    INFO(option);
    REQUIRE(desk.tell("mailflow run a.yaml --quiet --out out " + option).status == 0);
    CHECK(results(desk)["in"] == items);
    CHECK(results(desk)["run"]["to"] == to);
  };
  run("", 18000, "2025-03-06T00:00:00+00:00");
  run("--until-day 1", 6000, "2025-03-04T00:00:00+00:00");
  run("--until-day 2", 12000, "2025-03-05T00:00:00+00:00");
  run("--until-day 9", 18000, "2025-03-06T00:00:00+00:00");
}

TEST_CASE("the option --seed stands instead of the scenario's") {
  const Desk desk;
  desk.put("a.yaml", run_by_chance);
  const auto run = [&](const std::string& option, const std::string& out) {
    const Said said = desk.tell("mailflow run a.yaml --out out --events out/events.csv " + option);
    REQUIRE(said.status == 0);
    CHECK(said.out.find(", seed " + out + "\n") != std::string::npos);
    return desk.files("out");
  };
  const auto own = run("", "5");
  const auto same = run("--seed 5", "5");
  const auto other = run("--seed 18446744073709551615", "18446744073709551615");
  CHECK((own == same));
  CHECK((own.at("events.csv") != other.at("events.csv")));
  CHECK(results(desk)["run"]["seed"] == 18446744073709551615U);
}

TEST_CASE("a run of a whole centre twice gives the same bytes in every file") {
  const Desk desk;
  desk.copy("scenarios/noumea");
  desk.copy("models");
  for (const char* out : {"one", "two"})
    REQUIRE(desk.tell(std::string("mailflow run scenarios/noumea/today.yaml --until-day 8 --quiet --out ") + out +
                      " --events " + out + "/events.csv")
                .status == 0);
  const auto one = desk.files("one");
  const auto two = desk.files("two");
  CHECK(one.size() == 11);
  CHECK((one == two));
}

TEST_CASE("the option --quiet prints nothing, neither summary nor warning") {
  const Desk desk;
  desk.put("a.yaml", small_centre);
  desk.put("b.yaml", small_centre + "extra: {}\n");
  std::string unreached = small_centre;  // no mail comes to its second station: a warning
  unreached.insert(unreached.rfind("}\nrun:"),
                   ", never: {kind: manual, positions: 1, rate: 1 items/h per agent, next: out}");
  desk.put("unreached.yaml", unreached);
  const Said loud = desk.tell("mailflow run unreached.yaml");
  CHECK(loud.status == 0);
  CHECK(loud.err.find("warning") != std::string::npos);
  CHECK_FALSE(loud.out.empty());
  for (const char* file : {"a.yaml", "unreached.yaml"}) {
    INFO(file);
    const Said said = desk.tell(std::string("mailflow run --quiet --out out ") + file);
    CHECK(said.status == 0);
    CHECK(said.out.empty());
    CHECK(said.err.empty());
  }
  const Said wrong = desk.tell("mailflow run b.yaml --quiet");
  CHECK(wrong.status == 3);
  CHECK(wrong.out.empty());
  CHECK(wrong.err.find("error: ") != std::string::npos);
}

TEST_CASE("the option --judge makes a missed target the status 1, and nothing else does") {
  const Desk desk;
  const auto target = [&](const std::string& name, const std::string& share) {
    desk.put(name, small_centre + "targets: {half: {measure: on time, at_least: " + share + "}}\n");
  };
  target("met.yaml", "50 %");  // half of the mail has left by 09:00, to the minute
  target("missed.yaml", "50.1 %");
  desk.put("none.yaml", small_centre);
  CHECK(desk.tell("mailflow run met.yaml --judge").status == 0);
  CHECK(desk.tell("mailflow run none.yaml --judge").status == 0);
  CHECK(desk.tell("mailflow run missed.yaml").status == 0);
  CHECK(desk.tell("mailflow run missed.yaml --judge").status == 1);
  const Said quiet = desk.tell("mailflow run missed.yaml --judge --quiet --out out");
  CHECK(quiet.status == 1);
  CHECK(quiet.out.empty());
  CHECK(quiet.err.empty());
  CHECK(results(desk)["targets"]["half"]["value"] == 0.5);
  CHECK(results(desk)["targets"]["half"]["met"] == false);
}

TEST_CASE("a scenario with an error gives 3, from run and check alike, and nothing is written") {
  const Desk desk;
  std::string wrong = small_centre;
  wrong.replace(wrong.find("100 items"), 9, "2.5 items");
  desk.put("wrong.yaml", wrong);
  const std::string told =
      "wrong.yaml:3:26: error: lot is \"2.5 items\"; it must be a whole number of items\n"
      "  3 | products: {letter: {lot: 2.5 items, due: J+0 09:00}}\n"
      "    |                          ^\n"
      "  help: for example lot: 250 items\n";
  const Said run = desk.tell("mailflow run wrong.yaml --out out --events events.csv");
  CHECK(run.status == 3);
  CHECK(run.out.empty());
  CHECK(run.err == told + "mailflow: wrong.yaml cannot be run\n");
  const Said check = desk.tell("mailflow check wrong.yaml");
  CHECK(check.status == 3);
  CHECK(check.out == "wrong.yaml: 1 error, 0 warnings\n");
  CHECK(check.err == told);
  CHECK(desk.files(".").size() == 2);
  CHECK_FALSE(fs::exists(desk.folder() / "out"));

  const Said gone = desk.tell("mailflow run gone.yaml --out out");
  CHECK(gone.status == 3);
  CHECK(gone.err ==
        "error: \"gone.yaml\" does not exist\n  help: there is wrong.yaml\nmailflow: gone.yaml cannot be run\n");
  CHECK_FALSE(fs::exists(desk.folder() / "out"));
}

TEST_CASE("check finds nothing wrong in a good scenario and runs nothing") {
  const Desk desk;
  desk.put("a.yaml", small_centre);
  const Said said = desk.tell("mailflow check a.yaml");
  CHECK(said.status == 0);
  CHECK(said.out == "a.yaml: no problems\n");
  CHECK(said.err.empty());
  CHECK(desk.files(".").size() == 2);
}

TEST_CASE("a note is told by check and run, and changes neither count nor status") {
  const Desk desk;
  desk.put("base.yaml", small_centre);
  desk.put("same.yaml", "base: base.yaml\nchange:\n  set: {centre.name: Small}\n");
  const std::string note = "same.yaml:3:9: note: centre.name is already \"Small\" in the base\n";
  const Said checked = desk.tell("mailflow check same.yaml");
  CHECK(checked.status == 0);
  CHECK(checked.out == "same.yaml: no problems\n");
  CHECK(checked.err.starts_with(note));
  const Said run = desk.tell("mailflow run same.yaml");
  CHECK(run.status == 0);
  CHECK(run.err.starts_with(note));
  CHECK(desk.tell("mailflow run same.yaml --quiet").err.empty());
}

TEST_CASE("a file that is not there is told with the name that was meant, or with those that are there") {
  const Desk desk;
  const auto told = [&](const std::string& file) { return desk.tell("mailflow run " + file).err; };
  const std::string where = "  help: give its whole path, or the one from the folder you are in\n";
  CHECK(told("nofile.yaml").starts_with("error: \"nofile.yaml\" does not exist\n" + where));
  desk.put("mine/tody.yaml", small_centre);
  desk.put("mine/rows.csv", "a,b\n");
  CHECK(told("mine/today.yaml")
            .starts_with("error: \"mine/today.yaml\" does not exist\n  help: did you mean mine/tody.yaml?\n"));
  CHECK(told("mine/other").starts_with("error: \"mine/other\" does not exist\n  help: there is mine/tody.yaml\n"));
  CHECK(told("mine").starts_with("error: \"mine\" is a folder, not a file\n  help: there is mine/tody.yaml\n"));
  CHECK(told("your/today.yaml")
            .starts_with("error: \"your/today.yaml\" does not exist\n  help: there is no folder your\n"));
  CHECK(desk.tell("mailflow run nofile.yaml").status == 3);
}

TEST_CASE("recorded data are looked up in --data or, without it, in MAILFLOW_DATA") {
  const Desk desk;
  std::string replayed = small_centre;
  replayed.replace(replayed.find("{at:"), replayed.find("}, into") + 1 - replayed.find("{at:"),
                   "{replay: data:scans.csv, columns: {time: t, product: p, items: n}");
  desk.put("a.yaml", replayed);
  desk.put("here/scans.csv", "t,p,n\n2025-03-03 08:00,letter,200\n");
  desk.put("there/scans.csv", "t,p,n\n2025-03-03 08:00,letter,300\n");
  const auto items = [&](const std::string& line) {
    const Said said = desk.tell(line);
    INFO(said.err);
    REQUIRE(said.status == 0);
    return results(desk)["in"].get<int>();
  };
  CHECK(items("mailflow run a.yaml --quiet --out out --data here") == 200);
  CHECK(items("MAILFLOW_DATA=there mailflow run a.yaml --quiet --out out") == 300);
  CHECK(items("MAILFLOW_DATA=there mailflow run a.yaml --quiet --out out --data here") == 200);
  CHECK(desk.tell("mailflow check a.yaml").status == 3);
  CHECK(desk.tell("mailflow check a.yaml --data there").status == 0);
}

TEST_CASE("shifts may stand in a file of their own") {
  const auto results = [](const std::string& shifts) {
    const Desk desk;
    desk.put("shifts.csv",
             "name,hours,breaks,days\nday,08:00-16:00,10:00 15 min; 12:00 30 min,Mon-Fri\nnight,20:00-24:00,,\n");
    desk.put(
        "a.yaml",
        "mailflow: 1\ncentre: {name: Small}\nproducts: {letter: {}}\n"
        "arrivals: {desk: {every: 6 min, mix: {letter: 100 %}, into: sorting}}\n"
        "stations: {sorting: {kind: manual, skill: sorting, positions: 3, rate: 10 items/h per agent, next: out}}\n"
        "staff:\n  shifts: " +
            shifts +
            "\n  teams: {sorters: {agents: 3, shift: [day, night], skills: {sorting: 100 %}}}\n"
            "run: {from: 2025-03-07, for: 3 days}\n");
    const Said said = desk.tell("mailflow run a.yaml --quiet --out out");
    INFO(said.err);
    REQUIRE(said.status == 0);
    return desk.bytes("out/results.json");
  };
  // Friday's day shift and three nights of three people: 3 x (8 + 3 x 4) h paid
  const std::string of_file = results("shifts.csv");
  CHECK(nlohmann::json::parse(of_file).at("teams").at("sorters").at("paid_minutes") == 3 * 20 * 60);
  CHECK(of_file ==
        results("{day: {hours: \"08:00-16:00\", breaks: [\"10:00 15 min\", \"12:00 30 min\"], days: Mon-Fri}, night: "
                "{hours: \"20:00-24:00\"}}"));
}

}  // namespace
}  // namespace mailflow::program
