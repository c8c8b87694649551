// Rosters through the command: what is refused and in which words, what cannot be and why, what is written out.
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <regex>
#include <set>
#include <sstream>

#include "cli/program.hpp"
#include "cli/terminal.hpp"

namespace mailflow::program {
namespace {

/// With the crew of tests/cli/roster.
struct CrewDesk : Desk {
  CrewDesk() { copy("tests/cli/roster"); }
};

std::vector<std::string> errors_of(const std::string& text) {
  std::vector<std::string> all;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);)
    if (line.find(": error: ") != std::string::npos) all.push_back(line);
  return all;
}

// Each is good.csv changed by hand; the figures are counted on the calendar of March 2025.
const std::map<std::string, std::string> broken = {
    {"absence", ":18:1: error: Ben, 2025-03-20: is absent, and has late; who is absent does not work"},
    {"attendance", ":38:1: error: Lia: 11 days worked; at most 10 days worked"},
    {"attendance_spread", ":59:1: error: Kim: 18 days worked; everyone's days worked are within 8 of the mean"},
    {"contract_hours", ":45:1: error: Tom: 96 h; at most 12 h more or less than the contract"},
    {"cover", ": error: 2025-03-17: 0 there; 1 agent is wanted on day for sorting"},
    {"day_off_lasts",
     ":8:1: error: Awa, 2025-03-23: 31 h from the shift before the day off to early; a day off lasts at least 32 h "
     "from "
     "shift to shift"},
    {"days_in_a_row",
     ":31:1: error: Eva, 2025-03-28 to 2025-04-02: 6 days worked in a row; at most 5 days worked in a row"},
    {"days_off", ":18:1: error: Ben, 2025-03-23: has a fixed day off, and late; fixed days off are kept"},
    {"days_off_a_week",
     ":29:1: error: Eva, 2025-03-24 to 2025-03-30: days off: 1; days off in each whole week: at least 2"},
    {"given", ":58:1: error: Max, 2025-03-27: weekday was given, and is not there; a shift already given stays"},
    {"holidays_worked", ":28:1: error: Lia: public holidays worked: 1; public holidays worked: at most 0"},
    {"hours_a_day", ":10:1: error: Awa, 2025-04-01: long lasts 11 h; at most 10 h a day"},
    {"hours_a_week", ":17:1: error: Ben, 2025-03-10 to 2025-03-16: 48 h; at most 40 h a week"},
    {"hours_spread",
     ":60:1: error: Max and Zoé: 16 apart; hours against the contract differ by at most 8 h within a team"},
    {"least_days_in_a_row", ":24:1: error: Eva, 2025-03-22: days worked in a row: 1; at least 2 days worked in a row"},
    {"mean_hours_a_week", ":27:1: error: Ben: 32 h a week on average; at most 30 h a week on average"},
    {"nights", ":35:1: error: Lia: 6 nights; at most 5 nights"},
    {"nights_in_a_row", ":31:1: error: Lia, 2025-03-14 to 2025-03-17: 4 nights in a row; at most 3 nights in a row"},
    {"nights_spread", ":57:1: error: Max and Zoé: 2 apart; nights differ by at most 1 within a team"},
    {"one_shift_a_day", ":59:1: error: Lia, 2025-03-20: two shifts on one day; one shift a day"},
    {"rest_after_nights",
     ":12:1: error: Awa, 2025-04-05: 32 h from the last night to late; at least 36 h between the last night and "
     "another "
     "shift"},
    {"rest_between_shifts", ":8:1: error: Awa, 2025-03-23: 7 h of rest before early; at least 11 h between two shifts"},
    {"same_shift",
     ":35:1: error: Tom, 2025-03-14: early, and another shift the day before; the shift stays the same from day to "
     "day"},
    {"shift_days", ":33:16: error: shift weekday is not held on 2025-03-22; a shift is worked on the days it is held"},
    {"shifts", ":27:1: error: Eva, 2025-04-02: may not work night; people work only the shifts they may work"},
    {"skills",
     ":3:1: error: Awa, 2025-03-11: lacks the skill for scanning on early; people work only where they have the skill"},
    {"sundays_off", ":39:1: error: Tom: Sundays off: 2; Sundays off: at least 3"},
    {"surplus", ":54:1: error: 2025-03-11, late: 2 agents; at most 1"},
    {"weekends", ":44:1: error: Tom: weekends worked: 3; weekends worked: at most 2"},
    {"weekends_spread", ":57:1: error: Max and Zoé: 2 apart; weekends worked differ by at most 1 within a team"},
    {"wishes", ":53:1: error: Zoé, 2025-04-01: wished to be off, works weekday; wishes are granted"},
};

/// Nouméa's four weeks with all spreads at a price: the last thousandths of the gap take long.
TEST_CASE("a roster that lasts is stopped by SIGTERM, as timeout(1) sends it, with the best so far") {
  if (!has_terminals()) return;
  const Desk desk;
  desk.copy("scenarios/noumea");
  desk.copy("models");
  desk.put("hard.yaml", R"(base: scenarios/noumea/roster.yaml
change:
  set:
    roster.rules.weekends_spread: {limit: 0 weekends, cost: 3137 XPF}
    roster.rules.nights_spread: {limit: 0 nights, cost: 1013 XPF}
    roster.rules.hours_spread: {limit: 0 h, cost: 517 XPF}
)");
  Terminal terminal(desk, "./mailflow roster hard.yaml --gap 0 --out found");
  REQUIRE(terminal.shows(std::regex("best [0-9 ]+, bound [0-9 ]+, gap")));
  terminal.signal(SIGTERM);
  terminal.signal(SIGTERM);
  const auto [status, shown] = terminal.to_the_end();
  INFO(shown);
  CHECK(status == 0);
  CHECK(desk.files("found").contains("roster.csv"));
  CHECK(desk.tell("mailflow roster hard.yaml --check found/roster.csv").status == 0);
}

/// What --check says first of one person's nights (22:00-06:00) from Monday 28 April 2025 on; 1 May, 5 May and 12 May
/// are holidays.
std::string said_of_nights(const Desk& desk, int days, const std::string& agent, const std::string& rules,
                           const std::vector<std::string>& nights) {
  desk.put("leave.yaml",
           "mailflow: 1\n"
           "centre: {name: Leave, timezone: Europe/Paris, holidays: [2025-05-01, 2025-05-05, 2025-05-12]}\n"
           "products: {letter: {}}\n"
           "arrivals: {van: {at: \"08:00\", items: {letter: 1}, into: sort}}\n"
           "stations: {sort: {kind: manual, skill: s, rate: 600 items/h per agent, next: out}}\n"
           "staff:\n  shifts: {night: {hours: \"22:00-06:00\"}}\n"
           "  teams: {t: {agents: 1, shift: night, skills: {s: 100 %}}}\n"
           "roster:\n  from: 2025-04-28\n  for: " +
               std::to_string(days) + " days\n  agents: {Ada: {team: t" + agent + "}}\n  rules: {cover: none, " +
               rules + "}\nrun: {from: 2025-04-28, for: 14 days}\n");
  std::string rows = "name,date,shift\n";
  for (const std::string& night : nights) rows += "Ada," + night + ",night\n";
  desk.put("leave.csv", rows);
  const auto errors = errors_of(desk.tell("mailflow roster leave.yaml --check leave.csv").err);
  return errors.empty() ? std::string("kept") : errors.front();
}

}  // namespace

TEST_CASE("a roster that breaks one rule is refused with that rule's words, at its row, and with no other") {
  const CrewDesk desk;
  std::set<std::string> there;
  for (const auto& entry : fs::directory_iterator(desk.folder() / "tests/cli/roster"))
    if (entry.path().extension() == ".csv") there.insert(entry.path().stem().string());
  there.erase("good");
  CHECK(there.size() == broken.size());
  for (const std::string& name : there) {
    INFO(name);
    REQUIRE(broken.contains(name));
    const Said said = desk.tell("cd tests/cli/roster && mailflow roster crew.yaml --check " + name + ".csv");
    CHECK(said.status == 3);
    CHECK(errors_of(said.err) == std::vector<std::string>{name + ".csv" + broken.at(name)});
  }
}

TEST_CASE("a night counts on both its days for leave, days off, weekends, Sundays and holidays") {
  const Desk desk;
  // Six hours of a night lie on the next day. Of the nights below each breaks what is said of the day it runs into, and
  // nothing else.
  const auto told = [&](const std::string& agent, const std::string& rules, const std::string& date) {
    return said_of_nights(desk, 14, agent, rules, {date});
  };
  CHECK(told(", absent: [\"2025-04-30\"]", "nights: 9 nights", "2025-04-29") ==
        "leave.csv:2:1: error: Ada, 2025-04-30: is absent, and has night from the day before; who is absent does not "
        "work");
  CHECK(told(", days_off: [Thu]", "nights: 9 nights", "2025-04-30") ==
        "leave.csv:2:1: error: Ada, 2025-05-01: has a fixed day off, and night from the day before; fixed days off are "
        "kept");
  CHECK(told("", "holidays_worked: 0 holidays", "2025-04-30").find("public holidays worked: 1") != std::string::npos);
  CHECK(told("", "weekends: 0 weekends", "2025-05-02").find("weekends worked: 1") != std::string::npos);
  CHECK(told("", "sundays_off: 2 Sundays", "2025-05-03").find("Sundays off: 1") != std::string::npos);
  // of a night from Sunday two hours are the week's, six the next's
  CHECK(told("", "hours_a_week: 5 h", "2025-05-04").find("2025-05-05 to 2025-05-11: 6 h") != std::string::npos);
  CHECK(told("", "hours_a_week: 6 h", "2025-05-04") == "kept");
  CHECK(told(", wishes: [\"2025-05-06 off\"]", "wishes: yes", "2025-05-05").find("wished to be off") !=
        std::string::npos);
  // and where the day after is free, nothing is broken
  CHECK(told(", absent: [\"2025-04-30\"], days_off: [Sun]", "holidays_worked: 0 holidays, weekends: 0 weekends",
             "2025-05-06") == "kept");
}

TEST_CASE("the last night of a roster counts on the day after it, too: leave, days off, holidays, weekends, wishes") {
  const Desk desk;
  // A week, to Sunday 4 May, whose last night ends on the Monday; and five days, to Friday 2 May.
  const auto told = [&](int days, const std::string& agent, const std::string& rules, const std::string& night) {
    return said_of_nights(desk, days, agent, rules, {night});
  };
  const std::string none = "nights: 9 nights";
  CHECK(told(7, ", absent: [\"2025-05-05 to 2025-05-20\"]", none, "2025-05-04") ==
        "leave.csv:2:1: error: Ada, 2025-05-05: is absent, and has night from the day before; who is absent does not "
        "work");
  CHECK(told(7, ", days_off: [Mon]", none, "2025-05-04") ==
        "leave.csv:2:1: error: Ada, 2025-05-05: has a fixed day off, and night from the day before; fixed days off are "
        "kept");
  CHECK(told(7, "", "holidays_worked: 0 holidays", "2025-05-04") ==
        "leave.csv:2:1: error: Ada: public holidays worked: 1; public holidays worked: at most 0");
  CHECK(told(5, "", "weekends: 0 weekends", "2025-05-02") ==
        "leave.csv:2:1: error: Ada: weekends worked: 1; weekends worked: at most 0");
  CHECK(told(7, ", wishes: [\"2025-05-05 off\"]", "wishes: yes", "2025-05-04") ==
        "leave.csv:2:1: error: Ada, 2025-05-05: wished to be off, works night; wishes are granted");
  // a Sunday after the roster is none of the roster's Sundays, leave from the second day after on is reached by no
  // night
  CHECK(told(6, "", "sundays_off: 0 Sundays", "2025-05-03") == "kept");
  CHECK(told(7, ", absent: [\"2025-05-06\"]", "holidays_worked: 0 holidays", "2025-05-03") == "kept");
}

TEST_CASE("the night before leave that begins after the roster is given to nobody") {
  const Desk desk;
  // Sunday's night is wanted; Ada's leave begins on the Monday after the roster, and only she could.
  desk.put("last.yaml",
           "mailflow: 1\ncentre: {name: Last, timezone: Europe/Paris}\nproducts: {letter: {}}\n"
           "arrivals: {van: {at: \"08:00\", items: {letter: 1}, into: sort}}\n"
           "stations: {sort: {kind: manual, skill: s, rate: 600 items/h per agent, next: out}}\n"
           "staff:\n  shifts: {night: {hours: \"22:00-06:00\"}}\n"
           "  teams: {t: {agents: 1, shift: night, skills: {s: 100 %}}}\n"
           "roster:\n  from: 2025-05-05\n  for: 7 days\n  agents: {Ada: {team: t, absent: [\"2025-05-12\"]}}\n"
           "  demand: {n: {shift: night, agents: 1, days: Sun}}\nrun: {from: 2025-05-05, for: 7 days}\n");
  const Said said = desk.tell("mailflow roster last.yaml");
  CHECK(said.status == 3);
  CHECK(said.out ==
        "There is no roster that keeps all rules.\n"
        "These cannot hold together; without any one of them the others can:\n"
        "  2025-05-11: 1 agent is wanted on night\n"
        "  Ada, 2025-05-12: who is absent does not work\n");
}

TEST_CASE("a sum too large is told at the row that makes it so") {
  const Desk desk;
  // The Tuesday's night touches no weekend, the Friday's does, and the next Friday's once more.
  CHECK(said_of_nights(desk, 14, "", "weekends: 0 weekends", {"2025-04-29", "2025-05-02", "2025-05-09"}) ==
        "leave.csv:3:1: error: Ada: weekends worked: 2; weekends worked: at most 0");
  CHECK(said_of_nights(desk, 14, "", "weekends: 1 weekend", {"2025-04-29", "2025-05-02", "2025-05-09"}) ==
        "leave.csv:4:1: error: Ada: weekends worked: 2; weekends worked: at most 1");
  // rows need not stand in order of day: the night of 30 April runs into the first holiday, that of 4 May into the next
  CHECK(said_of_nights(desk, 14, "", "holidays_worked: 1 holiday", {"2025-05-04", "2025-04-30"}) ==
        "leave.csv:2:1: error: Ada: public holidays worked: 2; public holidays worked: at most 1");
  // too few hours are no row's doing, and a wish to work is not granted by the row of the day before
  CHECK(said_of_nights(desk, 14, ", wishes: [\"2025-05-03 night\"]", "wishes: yes", {"2025-05-02"}) ==
        "leave.csv: error: Ada, 2025-05-03: wished to work night; wishes are granted");
}

TEST_CASE("a roster that keeps every rule is told so") {
  const CrewDesk desk;
  const Said said = desk.tell("cd tests/cli/roster && mailflow roster crew.yaml --check good.csv");
  CHECK(said.status == 0);
  CHECK(said.err.empty());
  CHECK(said.out == "good.csv: every rule that must hold is kept\n");
}

TEST_CASE("rows that are no roster are told where they stand") {
  const CrewDesk desk;
  desk.put("odd.csv",
           "name,date,shift\nAwe,2025-03-10,day\nAwa,2025-03-32,day\nAwa,2025-04-10,day\nAwa,2025-03-10,dya\n");
  const Said said = desk.tell("mailflow roster tests/cli/roster/crew.yaml --check odd.csv");
  CHECK(said.status == 3);
  const auto errors = errors_of(said.err);
  REQUIRE(errors.size() >= 4);
  CHECK(said.err.find("odd.csv:2:1: error: there is nobody called \"Awe\" in the roster") != std::string::npos);
  CHECK(said.err.find("odd.csv:3:5: error: \"2025-03-32\" is not a date that exists, yyyy-mm-dd") != std::string::npos);
  CHECK(said.err.find("odd.csv:4:5: error: 2025-04-10 is not a day of the roster, 2025-03-10 to 2025-04-06") !=
        std::string::npos);
  CHECK(said.err.find("odd.csv:5:16: error: there is no shift \"dya\"") != std::string::npos);
  desk.put("columns.csv", "who,when\n");
  CHECK(desk.tell("mailflow roster tests/cli/roster/crew.yaml --check columns.csv")
            .err.find("error: a roster has the columns name, date and shift") != std::string::npos);
  CHECK(desk.tell("mailflow roster tests/cli/roster/crew.yaml --check gone.csv").status == 3);
}

TEST_CASE("a scenario without a roster is told how to ask for one") {
  const Desk desk;
  desk.copy("scenarios/tutorial");
  const Said said = desk.tell("mailflow roster scenarios/tutorial/2-people.yaml");
  CHECK(said.status == 3);
  CHECK(said.err.find("has no roster: section") != std::string::npos);
}

TEST_CASE("a roster that cannot exist is answered with the smallest set of rules in conflict") {
  const CrewDesk desk;
  // On Wednesday two are wanted by day and one at night; of four, Awa is away and Kim has the day off.
  desk.put("crowded.yaml", R"(base: tests/cli/roster/crew.yaml
change:
  set:
    roster.agents:
      Awa: {shifts: [day, night], skills: {sorting: 100 %}, absent: ["2025-03-12"]}
      Ben: {shifts: [day, night], skills: {sorting: 100 %}}
      Eva: {shifts: [day], skills: {sorting: 100 %}}
      Kim: {shifts: [day, night], skills: {sorting: 100 %}, days_off: [2025-03-12]}
    roster.demand: {nights: {shift: night, agents: 1}, days: {shift: day, agents: 2, days: Mon-Fri}}
    roster.rules: {rest_between_shifts: 11 h, days_in_a_row: 6 days}
)");
  const Said said = desk.tell("mailflow roster crowded.yaml");
  CHECK(said.status == 3);
  CHECK(said.out ==
        "There is no roster that keeps all rules.\n"
        "These cannot hold together; without any one of them the others can:\n"
        "  2025-03-12: 2 agents are wanted on day\n"
        "  2025-03-12: 1 agent is wanted on night\n"
        "  Awa, 2025-03-12: who is absent does not work\n"
        "  Kim, 2025-03-12: fixed days off are kept\n");
  const Said french = desk.tell("mailflow roster crowded.yaml --lang fr");
  CHECK(french.out.find("Aucun planning ne respecte toutes les règles.") != std::string::npos);
  CHECK(french.out.find("Awa, 12 mars 2025 : un absent ne travaille pas") != std::string::npos);
}

TEST_CASE("a roster goes out as CSV that comes in again, as JSON, and as a calendar for each person") {
  const CrewDesk desk;
  const Said made = desk.tell("mailflow roster tests/cli/roster/crew.yaml --out made");
  INFO(made.err);
  REQUIRE(made.status == 0);
  CHECK(desk.tell("mailflow roster tests/cli/roster/crew.yaml --check made/roster.csv").status == 0);
  const auto json = nlohmann::json::parse(desk.bytes("made/roster.json"))["roster"];
  CHECK(json["agents"].size() == 8);
  CHECK(json["days"] == 28);
  std::size_t duties = 0;
  for (const auto& agent : json["agents"]) duties += agent["duties"].get<std::size_t>();
  std::size_t rows = 0;
  std::istringstream csv(desk.bytes("made/roster.csv"));
  for (std::string line; std::getline(csv, line);) ++rows;
  CHECK(rows == duties + 1);
  CHECK(desk.files("made/calendars").size() == 8);
  // the calendar of somebody who is there no more does not stay
  desk.put("made/calendars/Gone.ics", "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//mailflow//roster//EN\r\n");
  REQUIRE(desk.tell("mailflow roster tests/cli/roster/crew.yaml --out made --quiet").status == 0);
  CHECK(desk.files("made/calendars").size() == 8);
}

TEST_CASE(
    "a calendar is an RFC 5545 text: UTC instants, folded lines, escaped texts, a UID of its own for each shift") {
  const CrewDesk desk;
  desk.put("odd-names.yaml", R"(base: tests/cli/roster/crew.yaml
change:
  set:
    roster.agents:
      "Zoé-Marie, dite « la très longue »; capitaine de l'équipe du soir et du samedi matin": {shifts: all, skills: {sorting: 100 %}, given: ["2025-03-10 night"]}
    roster.demand: {one: {shift: day, skill: sorting, agents: 1, days: Wed}}
    roster.rules: {cover: yes}
)");
  const Said made = desk.tell("mailflow roster odd-names.yaml --out made --quiet");
  INFO(made.err);
  REQUIRE(made.status == 0);
  const auto files = desk.files("made/calendars");
  REQUIRE(files.size() == 1);
  const std::string text = files.begin()->second;
  std::istringstream in(text);
  std::set<std::string> uids;
  std::size_t begins = 0;
  for (std::string line; std::getline(in, line);) {
    INFO(line);
    REQUIRE(line.ends_with('\r'));
    line.pop_back();
    CHECK(line.size() <= 75);
    if (line == "BEGIN:VEVENT") ++begins;
    if (line.starts_with("UID:")) CHECK(uids.insert(line).second);
    if (line.starts_with("DT")) CHECK(std::regex_match(line, std::regex("DT(STAMP|START|END):[0-9]{8}T[0-9]{6}Z")));
  }
  // four Wednesdays and the night given
  CHECK(begins == 5);
  CHECK(uids.size() == 5);
  // 22:00 on 10 March in Nouméa is 11:00 UTC, and 06:00 on the 11th is 19:00 of the 10th
  CHECK(text.find("DTSTART:20250310T110000Z\r\nDTEND:20250310T190000Z\r\n") != std::string::npos);
  std::string unfolded = text;
  for (std::size_t at = 0; (at = unfolded.find("\r\n ", at)) != std::string::npos;) unfolded.erase(at, 3);
  CHECK(unfolded.find("X-WR-CALNAME:Zoé-Marie\\, dite « la très longue »\\; capitaine de l'équipe du soir et du samedi "
                      "matin\r\n") != std::string::npos);
  CHECK(text.starts_with("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:"));
  CHECK(text.ends_with("END:VEVENT\r\nEND:VCALENDAR\r\n"));
}

TEST_CASE("rules hold across the roster's first morning when the days before are known") {
  const CrewDesk desk;
  desk.put("before.csv",
           "name,date,shift\nEva,2025-03-05,day\nEva,2025-03-06,day\nEva,2025-03-07,day\n"
           "Eva,2025-03-08,day\nEva,2025-03-09,day\n");
  desk.put("after.yaml", R"(base: tests/cli/roster/crew.yaml
change:
  add: {roster.before: before.csv}
  set:
    roster.agents: {Eva: {shifts: all, skills: {sorting: 100 %, scanning: 100 %}, rules: {days_in_a_row: 5 days}}}
    roster.demand: {one: {shift: day, skill: sorting, agents: 1, days: Mon}}
)");
  const Said said = desk.tell("mailflow roster after.yaml");
  CHECK(said.status == 3);
  CHECK(said.out.find("  2025-03-10: 1 agent is wanted on day for sorting\n") != std::string::npos);
  CHECK(said.out.find("  Eva, 2025-03-05 to 2025-03-10: at most 5 days worked in a row\n") != std::string::npos);
}

}  // namespace mailflow::program
