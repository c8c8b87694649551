// `plan` as a planner uses it: what it prints, writes and refuses, on plans worked out by hand.
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <numeric>
#include <regex>
#include <sstream>
#include <string>
#include <vector>

#include "cli/program.hpp"
#include "cli/terminal.hpp"

namespace mailflow::program {
namespace {

using Json = nlohmann::json;

/// Parcels come at 08:00 and are due at 12:00; each of the team sorts 100 an hour from 08:00 to 12:00, so 400 a day.
/// 800 on the first day ask for two people, 1,200 on the second for three: five person-days of 4 h at 10 EUR/h are 200
/// EUR.
std::string two_days(const std::string& plan, const std::string& more = "") {
  return R"(mailflow: 1
centre: {name: Small, currency: EUR}
products: {parcel: {due: 4 h}}
arrivals: {recorded: {replay: came.csv, mix: {parcel: 100 %}, into: sorting}}
stations: {sorting: {kind: manual, skill: sorting, positions: 9, rate: 100 items/h per agent, next: out}}
staff:
  shifts: {morning: {hours: "08:00-12:00"}}
  teams: {sorters: {agents: 3, shift: morning, skills: {sorting: 100 %}, cost: 10 EUR/h}}
targets: {prompt: {measure: on time, at_least: 100 %}}
run: {from: 2025-03-03, for: 2 days}
)" + plan +
         more;
}
constexpr const char* by_date = "plan: {teams: {sorters: {at_most: 9, numbers: by date}}}\n";

void put_two_days(const Desk& desk, const std::string& plan, const std::string& more = "") {
  desk.put("two-days.yaml", two_days(plan, more));
  desk.put("came.csv", "time,items\n2025-03-03T08:00,800\n2025-03-04T08:00,1200\n");
}

bool says(const std::string& text, const std::string& words) { return text.find(words) != std::string::npos; }

/// What a report's JSON says of a plan told in both languages is plan.json, but for words.
TEST_CASE(
    "a plan's report has today's staff and the plan as they were run, and plan.json with words in both languages") {
  const Desk desk;
  put_two_days(desk, by_date);
  REQUIRE(desk.tell("mailflow plan two-days.yaml --quiet --out found --report r.json").status == 0);
  const Json report = Json::parse(desk.bytes("r.json"));
  CHECK(report["kind"] == "plan");
  REQUIRE(report["scenarios"].size() == 2);
  CHECK(report["scenarios"][0]["called"] == Json({{"en", "Today's staff"}, {"fr", "L’effectif actuel"}}));
  CHECK(report["scenarios"][1]["called"] == Json({{"en", "The plan"}, {"fr", "Le plan"}}));
  // three people on both days, and two on the first of them
  CHECK(report["scenarios"][0]["results"]["teams"]["sorters"]["paid_minutes"] == 6 * 240);
  CHECK(report["scenarios"][1]["results"]["teams"]["sorters"]["paid_minutes"] == 5 * 240);
  Json plan = report["plan"];
  CHECK(plan["staff"][0]["label"] == Json({{"en", "sorters"}, {"fr", "sorters"}}));
  plan["staff"][0].erase("label");
  for (Json& n : plan["neighbours"]) n["when"] = n["when"]["en"];
  CHECK(plan == Json::parse(desk.bytes("found/plan.json")));
  const Said refused = desk.tell("mailflow plan two-days.yaml --no-runs --report r.html");
  CHECK(refused.status == 2);
  CHECK(says(refused.err, "--report excludes --no-runs"));
}

TEST_CASE("a plan is printed, written, and run by its what-if") {
  const Desk desk;
  put_two_days(desk, by_date);
  const Said said = desk.tell("mailflow plan two-days.yaml --out found");
  INFO(said.out << said.err);
  REQUIRE(said.status == 0);
  CHECK(says(said.out, "Least: 200 EUR of expected pay over the whole run"));
  CHECK(says(said.out, "Bound: 200 EUR; no plan can have less (proven by the solver)"));
  CHECK(says(said.out, "Staff as run: 200.0 EUR; today 240.0 EUR: -40.0 EUR"));
  CHECK(says(said.out, "mailflow run found/plan.yaml runs it"));
  CHECK(desk.bytes("found/plan.csv") == "date,team,shift,agents\n2025-03-03,sorters,,2\n2025-03-04,sorters,,3\n");
  const Said run = desk.tell("mailflow run found/plan.yaml --judge --quiet --out run");
  INFO(run.err);
  CHECK(run.status == 0);
  CHECK(Json::parse(desk.bytes("run/results.json")).at("teams").at("sorters").at("paid_minutes") == 5 * 240);
  // one fewer on the second day: 800 of its 1,200 by noon, and 400 are late
  desk.put("found/fewer.yaml",
           "base: ../two-days.yaml\nchange: {set: {staff.teams.sorters.agents: {2025-03-03: 2, 2025-03-04: 2}}}\n");
  CHECK(desk.tell("mailflow run found/fewer.yaml --judge --quiet").status == 1);
}

TEST_CASE("a plan goes on to say who") {
  const Desk desk;
  put_two_days(
      desk, by_date,
      "roster:\n  least: cost\n  agents:\n    Ana: {team: sorters}\n    Bea: {team: sorters, absent: [2025-03-03]}\n"
      "    Col: {team: sorters}\n    Dan: {team: sorters, absent: [2025-03-04]}\n");
  const Said said = desk.tell("mailflow plan two-days.yaml --out found --roster");
  INFO(said.out << said.err);
  REQUIRE(said.status == 0);
  std::map<std::string, int> there;
  std::istringstream rows(desk.bytes("found/roster/roster.csv"));
  for (std::string row; std::getline(rows, row);)
    for (const char* date : {"2025-03-03", "2025-03-04"})
      if (says(row, std::string(",") + date + ",morning,")) ++there[date + (says(row, "Bea") ? " Bea" : std::string())];
  // Bea is away on the first day and Dan on the second, when all the other three are wanted
  CHECK(there["2025-03-03"] == 2);
  CHECK(there["2025-03-03 Bea"] == 0);
  CHECK(there["2025-03-04"] == 2);
  CHECK(there["2025-03-04 Bea"] == 1);
}

TEST_CASE("a plan that cannot be says so, and with --judge ends with 1") {
  const Desk desk;
  put_two_days(desk, "plan: {teams: {sorters: {at_most: 2, numbers: by date}}}\n");
  const Said said = desk.tell("mailflow plan two-days.yaml");
  CHECK(said.status == 0);
  INFO(said.out);
  CHECK(says(said.out, "Impossible: no permitted plan keeps every target"));
  // 12 hours of work on the second day, and two people have 8
  CHECK(says(said.out,
             "Even with the most agents permitted, 4.0 agent-hours at sorting cannot be done by 2025-03-04 12:00"));
  CHECK(desk.tell("mailflow plan two-days.yaml --quiet --judge").status == 1);
  // an earlier plan does not stay beside the answer
  desk.put("found/plan.json", "{\n  \"format\": 1,\n  \"minimises\": \"cost\"\n}\n");
  desk.put("found/plan.csv", "date,team,shift,agents\n2025-03-03,sorters,day,2\n");
  desk.put("found/plan.yaml", "# Made by mailflow plan. Of before.\n");
  REQUIRE(desk.tell("mailflow plan two-days.yaml --quiet --out found").status == 0);
  CHECK(desk.files("found").size() == 1);
  CHECK(Json::parse(desk.bytes("found/plan.json")).at("lacking") != nullptr);
}

TEST_CASE("a plan for every centre of recorded data, in one go") {
  const Desk desk;
  desk.put("two-days.yaml", two_days(by_date));
  std::string text = two_days(by_date);
  text.replace(text.find("replay: came.csv"), 16, "replay: came.csv, where: {centre: A1}");
  desk.put("two-days.yaml", text);
  desk.put("came.csv",
           "centre,time,items\nA10,2025-03-03T08:00,400\nA2,2025-03-04T08:00,1200\nA2,2025-03-03T08:00,100\n");
  const Said said = desk.tell("mailflow plan two-days.yaml --each arrivals.recorded.where.centre --out found");
  INFO(said.out << said.err);
  REQUIRE(said.status == 0);
  CHECK(desk.bytes("found/days.csv") ==
        "centre,date,team,shift,agents\n"
        "A2,2025-03-03,sorters,,1\nA2,2025-03-04,sorters,,3\n"
        "A10,2025-03-03,sorters,,1\n");
  CHECK(says(said.out, "2 plans, 200 EUR in all"));
}

TEST_CASE("what is asked wrongly of a plan is told, with a way out") {
  const Desk desk;
  put_two_days(desk, by_date);
  desk.put("none.yaml", two_days(""));
  const auto refused = [&](const std::string& options, int status, const std::string& words) {
    const Said said = desk.tell("mailflow plan " + options);
    INFO(options << '\n' << said.out << said.err);
    CHECK(said.status == status);
    CHECK(says(said.err, words));
  };
  refused("two-days.yaml --roster", 2, "--roster requires --out");
  refused("two-days.yaml --roster --out found", 3,
          "two-days.yaml has no roster: section, so there is nobody to give shifts to");
  refused("two-days.yaml --from 09:00 --rounds 3", 2, "--rounds excludes --from");
  refused("two-days.yaml --set agents", 3, "--set is \"agents\"; it must be KEY=VALUE");
  refused("two-days.yaml --each centre", 3,
          "--each is \"centre\"; it must be arrivals.NAME.where.COLUMN of recorded arrivals");
  refused("two-days.yaml --each arrivals.recorded.where.itmes", 3,
          "came.csv has no column \"itmes\"\n  help: did you mean items?");
  refused("none.yaml", 3, "none.yaml has no plan: {teams: ...}, so nobody's number is open");
  refused("two-days.yaml --from noon", 3, "--from is \"noon\"; it must be a time of day, or a date and time");
  refused("two-days.yaml --from \"2026-01-01 09:00\"", 3, "--from is \"2026-01-01 09:00\"; it must lie within the run");
  refused("two-days.yaml --until 12:00", 2, "--until is of a plan within the day: give --from, or --from-state, too");
  refused("two-days.yaml --from 09:00 --until \"2025-03-03 08:00\"", 3,
          "--until is \"2025-03-03 08:00\"; it must come after 2025-03-03 09:00, from which the plan is");
  desk.put("posts.yaml", two_days("plan: {posts: {of: sorters, over: [sorting]}}\n"));
  refused("posts.yaml --no-runs", 2, "--no-runs does not go with plan: {posts: ...}, which opens no team's number");
  CHECK_FALSE(fs::exists(desk.folder() / "found"));
}

TEST_CASE("on a terminal a plan shows its bound and best, and Ctrl-C or SIGTERM give the best so far") {
  if (!has_terminals()) return;
  for (const bool by_key : {true, false}) {
    const Desk desk;
    desk.copy("scenarios/noumea");
    desk.copy("models");
    Terminal terminal(desk, "./mailflow plan scenarios/noumea/plan.yaml --until-day 9 --replications 8 --out found");
    const std::regex progress("round ([0-9]+), [a-z ]+: bound ([0-9]+|-)[^,]*, best [^,]+, gap [^,]+, [0-9 ]+ nodes");
    REQUIRE(terminal.shows(progress));
    by_key ? terminal.interrupt() : terminal.signal(SIGTERM);
    const auto [status, shown] = terminal.to_the_end();
    INFO(shown);
    CHECK(status == 0);
    CHECK((says(shown, "Stopped before a plan was found") || says(shown, "Stopped: the best so far")));
    CHECK(Json::parse(desk.bytes("found/plan.json")).at("status") == "stopped");
  }
}

TEST_CASE("plan --seconds gives the best plan so far, and a plan that lasts says what it does, terminal or not") {
  const Desk desk;
  desk.copy("scenarios/noumea");
  desk.copy("models");
  const Said said = desk.tell("mailflow plan scenarios/noumea/plan.yaml --seconds 2 --out found");
  INFO(said.out << said.err);
  CHECK(said.status == 0);
  CHECK(Json::parse(desk.bytes("found/plan.json")).at("status") == "stopped");
  CHECK((says(said.err, "  round 1, ") || says(said.err, "  planning; Ctrl-C gives the best so far\n")));
  CHECK_FALSE(says(said.err, "\x1b"));
  const Said quiet = desk.tell("mailflow plan scenarios/noumea/plan.yaml --seconds 2 --quiet");
  CHECK(quiet.status == 0);
  CHECK((quiet.out + quiet.err).empty());
}

/// 400 parcels at 10:00, due at 14:00, on each of two days, the first not counted. The day's 8 hours at 10 EUR/h are
/// 320 EUR a day for four people; a new shift of 4 hours 160, and its price.
std::string new_shift_at(const std::string& price, const std::string& more = "") {
  return R"(mailflow: 1
centre: {name: Small, currency: EUR}
products: {parcel: {due: 4 h}}
arrivals: {vans: {at: "10:00", items: {parcel: 400}, into: sorting}}
stations: {sorting: {kind: manual, skill: sorting, positions: 9, rate: 25 items/h per agent, next: out}}
staff:
  shifts: {day: {hours: "08:00-16:00"}}
  teams: {sorters: {agents: 4, shift: day, skills: {sorting: 100 %}, cost: 10 EUR/h}}
targets: {prompt: {measure: on time, at_least: 100 %}}
run: {from: 2025-03-03, for: 2 days, warm_up: 1 day}
plan:
  teams: {sorters: {at_most: 9}}
  new_shifts:
    teams: [sorters]
    windows: [{earliest: "10:00", latest: "10:00", lengths: 4 h}, {earliest: "20:00", latest: "21:00", lengths: 4 h}]
    price: )" +
         price + " EUR\n" + more;
}

TEST_CASE("the least, what is paid once, and what is run are told apart, and can be held against each other") {
  const Desk desk;
  desk.put("new.yaml", new_shift_at("100"));
  const Said said = desk.tell("mailflow plan new.yaml --out found");
  INFO(said.out << said.err);
  REQUIRE(said.status == 0);
  CHECK(says(said.out, "Least: 420 EUR over the whole run: 320 EUR of expected pay, 100 EUR for 1 new shift\n"));
  CHECK(says(said.out, "Staff as run, and 100 EUR for new shifts: 260.0 EUR; today 320.0 EUR: -60.0 EUR\n"));
  CHECK(says(said.out, "As run is without the warm-up; without it 260 EUR of the least were expected\n"));
  const Json kept = Json::parse(desk.bytes("found/plan.json"));
  CHECK(kept.at("price_of_new_shifts") == 100);
  CHECK(kept.at("value_after_warm_up") == 260);
  CHECK(kept.at("staff_cost").at("estimate") == 160);
  const Said french = desk.tell("mailflow plan new.yaml --lang fr");
  INFO(french.out);
  CHECK(says(french.out, "Personnel selon les simulations, et 100 EUR pour les nouvelles vacations : 260,0 EUR"));
}

TEST_CASE("agents who lack at a price are told, in words and in plan.json") {
  // Three at most: 300 of the 400 parcels; a man-hour short in each of four slots a day costs 4 x 5 EUR, or all of
  // them.
  const Desk desk;
  desk.put("short.yaml", new_shift_at("100", "  understaffed: 5 EUR per agent and slot\n"));
  const Said said = desk.tell("mailflow plan short.yaml --out found");
  INFO(said.out << said.err);
  REQUIRE(said.status == 0);
  CHECK(says(said.out, "Agents may lack at a price: targets need not hold, and one is missed\n"));
  CHECK(says(said.out, "Least: 160 EUR over the whole run: 0 EUR of expected pay, 160 EUR for agents who lack\n"));
  CHECK(says(said.out, "Understaffed: 32 agents and slots at 5 EUR; most at sorting, "));
  CHECK(Json::parse(desk.bytes("found/plan.json")).at("status") == "priced");
  const Said french = desk.tell("mailflow plan short.yaml --lang fr --quiet --judge");
  CHECK(french.status == 1);
  // refused, with the place
  const auto refused = [&](const std::string& key, const std::string& words) {
    desk.put("bad.yaml", new_shift_at("100", "  " + key + "\n"));
    const Said bad = desk.tell("mailflow plan bad.yaml");
    INFO(key << '\n' << bad.err);
    CHECK(bad.status == 3);
    CHECK(says(bad.err, words));
    CHECK(says(bad.err, "bad.yaml:17:"));
  };
  refused("understaffed: 5 EUR", "it must be what an agent who lacks for a slot (a step of the plan) costs\n");
  refused("understaffed: 5 EUR per agent and slot\n  minimise: person-days",
          "understaffed is a price, and the plan makes person-days least, not cost\n");
  refused("understaffed: much per agent and slot", "understaffed");
  desk.put("beside.yaml", new_shift_at("100", "    earliest: \"09:00\"\n"));
  const Said beside = desk.tell("mailflow plan beside.yaml");
  CHECK(beside.status == 3);
  CHECK(says(beside.err, "earliest of new_shifts stands beside its windows, which have their own\n"));
}

/// At 02:00 there are 280 letters in lots of ten at the table, due at 05:30 by the van of 05:05, and one of two
/// sorters. Alone it does a lot in 10 min: 18 by 05:00, and 100 letters miss the van. One more from 03:00, an hour
/// after a call: six lots by then, and the other 22 by two people in 11 times 10 min, by 04:50.
constexpr const char* night = R"(mailflow: 1
centre: {name: Night, currency: EUR}
products: {letter: {lot: 10 items}}
arrivals: {lorry: {at: "20:00", items: {letter: 10}, into: table}}
stations:
  table: {kind: manual, skill: sorting, positions: 4, rate: 60 items/h per agent, next: bay}
  bay: {kind: bay}
staff:
  shifts: {night: {hours: "22:00-06:00"}}
  teams: {sorters: {agents: 2, shift: night, skills: {sorting: 100 %}, cost: 10 EUR/h}}
transport: {departures: {van: {to: all, at: "05:05"}}}
targets: {prompt: {measure: on time, at_least: 100 %}}
run: {from: 2025-03-03, for: 1 day}
)";
std::string tonight(int letters) {
  return "at: \"2025-03-03 02:00\"\nmail: [{at: table, product: letter, items: " + std::to_string(letters) +
         ", since: \"01:00\", due: \"05:30\"}]\nteams: {sorters: {present: 1, absent: 1}}\n";
}

TEST_CASE("within the day the one call that saves the van is found, told and written") {
  const Desk desk;
  desk.put("night.yaml", night);
  desk.put("tonight.yaml", tonight(280));
  const Said said = desk.tell("mailflow plan night.yaml --from-state tonight.yaml --until 06:00 --out found");
  INFO(said.out << said.err);
  REQUIRE(said.status == 0);
  CHECK(says(said.out, "  1. Call in 1 agent more of sorters, to be here at 03:00; call at once\n"));
  CHECK(desk.bytes("found/within_day.csv") ==
        "move,kind,team,station,departure,agents,at,minutes,decide_by,what\n"
        "1,call_in,sorters,,,1,2025-03-03T03:00:00+00:00,0,2025-03-03T02:00:00+00:00,"
        "\"Call in 1 agent more of sorters, to be here at 03:00; call at once\"\n");
  const Json plan = Json::parse(desk.bytes("found/within_day.json"));
  CHECK(plan.at("from") == "2025-03-03T02:00:00+00:00");
  CHECK(plan.at("until") == "2025-03-03T06:00:00+00:00");
  CHECK(plan.at("moves").size() == 1);
  const Json& share = plan.at("measures").at("targets.prompt.value");
  CHECK(share.at("nothing_done").at("estimate").get<double>() == Approx(180.0 / 280));
  CHECK(share.at("all_done").at("estimate").get<double>() == Approx(1));
  CHECK(plan.at("shortfall").at("nothing_done").get<double>() == Approx(100.0 / 280));
  CHECK(plan.at("shortfall").at("all_done") == 0);
  // 180 are ready for the van at 05:05, with one more all of them
  const Json& van = plan.at("departures").at("van");
  CHECK(van.at("nothing_done").at("estimate") == 180);
  CHECK(van.at("change").at("estimate") == 100);
  CHECK(van.at("change").at("verdict") == "differs");
  REQUIRE(
      desk.tell("mailflow plan night.yaml --from-state tonight.yaml --until 06:00 --quiet --report r.json").status ==
      0);
  const Json page = Json::parse(desk.bytes("r.json"));
  CHECK(page.at("kind") == "within day");
  CHECK(page.at("within_day").at("departures") == plan.at("departures"));
  CHECK(page.at("within_day").at("moves").at(0).at("what").at("en") == plan.at("moves").at(0).at("what"));
  REQUIRE(page.at("scenarios").size() == 2);
  CHECK(page.at("scenarios").at(1).at("changes").at(0) == page.at("within_day").at("moves").at(0).at("what"));
  CHECK(page.at("scenarios").at(1).at("results").at("on_time").at("on_time") == 280);
  // what was there at 02:00 came before it
  const Json& letters = page.at("scenarios").at(1).at("journal").at("curves").at("products").at("letter");
  CHECK(letters.at("before") == Json({280, 0, 0}));
  const auto came = letters.at("arrived").get<std::vector<int>>();
  CHECK(std::accumulate(came.begin(), came.end(), 0) == 0);
}

TEST_CASE("within the day nothing is done where nothing needs to be") {
  const Desk desk;
  desk.put("night.yaml", night);
  desk.put("tonight.yaml", tonight(100));
  const Said said = desk.tell("mailflow plan night.yaml --from-state tonight.yaml --until 06:00 --out found");
  INFO(said.out << said.err);
  REQUIRE(said.status == 0);
  CHECK(says(said.out, "Nothing needs to be done: every target is met as things stand."));
  CHECK(Json::parse(desk.bytes("found/within_day.json")).at("moves").empty());
  const Said other = desk.tell("mailflow plan night.yaml --from-state tonight.yaml --from 03:00");
  INFO(other.out << other.err);
  CHECK(other.status == 3);
  CHECK(says(other.err,
             "--from is \"03:00\", and the situation is of 2025-03-03 02:00\n"
             "  help: leave --from out, or state the situation at that time"));
}

}  // namespace
}  // namespace mailflow::program
