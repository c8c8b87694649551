// Reports and event logs, as the program writes them. The scenario: 6 000 letters at 08:00 in lots of 100, two desks of
// 1 500 an hour each, due at 09:00: half of them late, the last an hour.
#include <absl/strings/escaping.h>
#include <zlib.h>

#include <algorithm>
#include <boost/property_tree/ptree.hpp>
#include <boost/property_tree/xml_parser.hpp>
#include <catch2/catch.hpp>
#include <cmath>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

#include "cli/program.hpp"

namespace mailflow::program {
namespace {

using Json = nlohmann::json;

const std::string three_days = R"(mailflow: 1
label: {fr: "Petit", en: "Small one"}
centre: {name: Small, timezone: UTC, currency: EUR}
products: {letter: {lot: 100 items, due: J+0 09:00}}
destinations: {town: {}}
arrivals:
  lorry: {at: "08:00", items: {letter: 6000}, to: {town: 100 %}, into: sorting}
stations: {sorting: {kind: manual, skill: sorting, positions: 2, rate: 1500 items/h per agent, next: bay}, bay: {kind: bay}}
staff:
  shifts: {day: {hours: "08:00-12:00"}}
  teams: {crew: {agents: 2, shift: day, skills: {sorting: 100 %}, cost: 10 EUR/h}}
transport: {departures: {van: {to: [town], at: ["08:30", "11:00"], cost: 50 EUR}}}
targets: {on-time: {measure: on time, of: letter, at_least: 50 %}}
run: {from: 2025-03-03, for: 3 days, seed: 5}
)";
const std::string more_people = R"(base: a.yaml
label: {fr: "Trois agents", en: "Three agents"}
change: {set: {staff.teams.crew.agents: 3, stations.sorting.positions: 3}}
)";

/// What a page holds: deflated, in base64.
Json payload(const std::string& page) {
  const std::string begin = R"(<script id="report" type="text/plain">)";
  const auto from = page.find(begin) + begin.size();
  std::string bytes;
  REQUIRE(absl::Base64Unescape(page.substr(from, page.find("</script>", from) - from), &bytes));
  std::string text(40 * bytes.size(), '\0');
  uLongf size = text.size();
  REQUIRE(uncompress(reinterpret_cast<Bytef*>(text.data()), &size, reinterpret_cast<const Bytef*>(bytes.data()),
                     bytes.size()) == Z_OK);
  return Json::parse(text.substr(0, size));
}

/// Rows of a CSV file without quotes.
std::vector<std::vector<std::string>> rows_of(const std::string& text) {
  std::vector<std::vector<std::string>> rows;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) {
    rows.emplace_back();
    std::istringstream cells(line + ",");
    for (std::string cell; std::getline(cells, cell, ',');) rows.back().push_back(cell);
  }
  return rows;
}

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("a report holds results.json as it is, the flow and why items were late") {
  const Desk desk;
  desk.put("a.yaml", three_days);
  const Said said = desk.tell("mailflow run a.yaml --out out --report r.html");
  REQUIRE(said.err.empty());
  CHECK(said.status == 0);
  CHECK(has(said.out, "The report is r.html"));
  const Json report = payload(desk.bytes("r.html"));
  Json results = Json::parse(desk.bytes("out/results.json"));
  results.erase("station_hours");
  const Json& scenario = report["scenarios"][0];
  CHECK(report["kind"] == "run");
  CHECK(report["language"] == "en");
  CHECK(scenario["results"] == results);
  CHECK(has(scenario["text"], "Small one"));
  // 6 000 a day for three days; 2 of 100 every 4 minutes: 08:30 takes 1 400 (the lots of 08:28), 11:00 the other 4 600.
  std::map<std::string, int> flow;
  for (const Json& f : scenario["journal"]["flow"])
    flow[f["from"].get<std::string>() + " > " + f["to"].get<std::string>()] = f["items"];
  CHECK(flow == std::map<std::string, int>{{"product:letter > station:sorting", 18000},
                                           {"station:sorting > station:bay", 18000},
                                           {"station:bay > departure:van", 18000}});
  CHECK(scenario["journal"]["late"]["items"] == results["on_time"]["late"]);
  CHECK(scenario["hours"]["sorting"]["items_out"].size() == 72);
  CHECK(scenario["journal"]["latest"].size() == 10);
  CHECK(scenario["journal"]["latest"][0]["late_minutes"] == 120.0);  // the 11:00 van, due 09:00
  // Of each day some 1 400 left by 08:30; 3 000 of the 4 600 of the 11:00 van had to wait past 09:00.
  int items = 0;
  for (const Json& group : scenario["journal"]["late"]["groups"]) {
    items += group["items"].get<int>();
    CHECK(group["departure"] == "van");
    CHECK(group["latest"].size() == 3);
    CHECK(group["latest"][0]["late_minutes"] == 120.0);
  }
  CHECK(items == results["on_time"]["late"]);
  CHECK(scenario["journal"]["late"]["of_targets"]["on-time"] == scenario["journal"]["late"]["item_minutes"]);
}

TEST_CASE("report makes of kept results the page that the run would have made") {
  const Desk desk;
  desk.put("a.yaml", three_days);
  desk.tell("mailflow run a.yaml --until-day 2 --out out --report r.html");
  const Said said = desk.tell("mailflow report out --out s.html");
  CHECK(said.status == 0);
  CHECK(said.out == "The report is s.html\n");
  CHECK(desk.bytes("s.html") == desk.bytes("r.html"));
  CHECK(desk.tell("mailflow report out --lang fr --out f.html").out == "Le rapport est f.html\n");
  CHECK(payload(desk.bytes("f.html"))["language"] == "fr");
  CHECK(desk.tell("LANG=fr_FR.UTF-8 mailflow report out --out g.html").out == "Le rapport est g.html\n");
}

TEST_CASE("report makes of a kept comparison the page that compare would have made") {
  const Desk desk;
  desk.put("a.yaml", three_days);
  desk.put("b.yaml", more_people);
  desk.tell("mailflow compare a.yaml b.yaml --replications 3 --until-day 2 --out out --report r.html");
  CHECK(desk.tell("mailflow report out --out s.html").status == 0);
  CHECK(desk.bytes("s.html") == desk.bytes("r.html"));
  const Json report = payload(desk.bytes("r.html"));
  CHECK(report["kind"] == "comparison");
  CHECK(report["experiment"] == Json::parse(desk.bytes("out/experiment.json")));
  REQUIRE(report["scenarios"][1]["changes"].size() == 2);
  CHECK(has(report["scenarios"][1]["changes"][1]["en"], "3 agents instead of 2"));
}

TEST_CASE("two runs side by side are a comparison without intervals") {
  const Desk desk;
  desk.put("a.yaml", three_days);
  desk.put("b.yaml", more_people);
  desk.tell("mailflow run a.yaml --out a && mailflow run b.yaml --out b");
  CHECK(desk.tell("mailflow report a b").out == "The report is report.html\n");
  const Json report = payload(desk.bytes("report.html"));
  CHECK(report["kind"] == "comparison");
  CHECK(report["experiment"].is_null());
  CHECK(report["scenarios"].size() == 2);
}

TEST_CASE("sensitivity and targets put what they found into the report") {
  const Desk desk;
  desk.put("a.yaml", three_days);
  CHECK(desk.tell("mailflow sensitivity a.yaml --replications 2 --until-day 1 --report s.html").status == 0);
  const Json moves = payload(desk.bytes("s.html"))["sensitivity"];
  CHECK(moves["targets"][0]["name"] == "targets.on-time.value");
  CHECK(moves["moves"].size() > 3);
  CHECK(desk.tell("mailflow targets a.yaml --replications 2 --until-day 1 --report t.html").status == 0);
  const Json targets = payload(desk.bytes("t.html"));
  CHECK(targets["targets"]["scenarios"][0]["targets"][0]["unit"] == "share");
  CHECK(targets["kind"] == "targets");
  CHECK(targets["detail"]["replications"] == 2);
}

TEST_CASE("a sweep's report has each point with its values and what was found, and nothing else") {
  const Desk desk;
  desk.put("a.yaml", three_days);
  const std::string line = "mailflow sweep a.yaml --vary staff.teams.crew.agents=1..2/1 --replications 2 ";
  CHECK(has(desk.tell(line + "--out out --report s.html").out, "The report is s.html"));
  const Json report = payload(desk.bytes("s.html"));
  CHECK(report["kind"] == "sweep");
  CHECK(report["scenarios"].empty());
  const Json& sweep = report["sweep"];
  CHECK(sweep["keys"] == Json::parse(R"([{"key": "staff.teams.crew.agents", "of": {"fr": "crew", "en": "crew"}}])"));
  CHECK(sweep["measures"][0]["name"] == "targets.on-time.value");
  CHECK(sweep["measures"][0]["bound"] == 0.5);
  // Each agent sorts 1 500 by 09:00, of which those sorted by 08:30 leave in time: 700 or 1 400 of 6 000.
  REQUIRE(sweep["points"].size() == 2);
  CHECK(sweep["points"][0]["values"] == Json::parse(R"(["1"])"));
  CHECK(sweep["points"][0]["found"][0]["estimate"].get<double>() == Approx(700.0 / 6000));
  CHECK(sweep["points"][1]["found"][0]["estimate"].get<double>() == Approx(1400.0 / 6000));
  REQUIRE(desk.tell(line + "--quiet --report tables.csv").status == 0);
  CHECK(desk.bytes("tables.csv/sweep.csv") == desk.bytes("out/sweep.csv"));
}

TEST_CASE("a network's report has its results as they are, and from where to where mail went") {
  const Desk desk;
  REQUIRE(desk.tell("mailflow generate --out net --centres 3 --items 3000").status == 0);
  REQUIRE(desk.tell("mailflow run net/network.yaml --quiet --out out --report n.html").status == 0);
  const Json report = payload(desk.bytes("n.html"));
  CHECK(report["kind"] == "network");
  const Json& network = report["network"];
  const Json results = Json::parse(desk.bytes("out/results.json"));
  for (const char* part : {"run", "posted", "delivered", "on_time", "targets", "products", "links"})
    CHECK(network[part] == results[part]);
  std::int64_t delivered = 0;
  for (const Json& pair : network["pairs"]["shown"]) delivered += pair["delivered"].get<std::int64_t>();
  CHECK(delivered == results["delivered"]);
  CHECK(network["pairs"]["all"] == network["pairs"]["shown"].size());
  CHECK(rows_of(desk.bytes("out/origin_destination.csv")).size() == network["pairs"]["all"].get<std::size_t>() + 1);
}

// Some 45 letters a day at 08:00, one a minute, due at 08:40: how many are late is left to chance.
const std::string letters_by_chance = R"(mailflow: 1
centre: {name: Small, timezone: UTC}
products: {letter: {lot: 1 item, due: J+0 08:40}}
arrivals: {van: {at: ["08:00"], items: {letter: poisson(45)}, into: sort}}
stations: {sort: {label: {fr: Tri, en: Sorting}, kind: machine, rate: 60 items/h, next: out}}
targets: {letters: {measure: on time, at_least: 90 %}}
run: {from: 2025-03-03, for: 5 days, seed: 1}
)";

TEST_CASE("over replications a report shows their means, and the run that is the median") {
  const Desk desk;
  desk.put("a.yaml", letters_by_chance);
  REQUIRE(desk.tell("mailflow run a.yaml --replications 5 --measure all --out r --report r.json").status == 0);
  std::map<std::string, std::vector<double>> values;
  for (const auto& row : rows_of(desk.bytes("r/replications.csv")))
    if (row.size() == 4 && row[0] != "scenario" && !row[3].empty()) values[row[2]].push_back(std::stod(row[3]));
  const std::vector<double>& shares = values.at("targets.letters.value");
  std::vector<double> sorted = shares;
  std::sort(sorted.begin(), sorted.end());
  REQUIRE(sorted[1] < sorted[2]);
  const Json report = Json::parse(desk.bytes("r.json"));
  CHECK(report["kind"] == "replications");
  CHECK(report["detail"]["median_of"] == "targets.letters.value");
  CHECK(report["detail"]["replications"] == 5);
  const auto which = report["detail"]["replication"].get<std::size_t>();
  CHECK(shares.at(which - 1) == sorted[2]);
  const Json& scenario = report["scenarios"][0];
  CHECK(scenario["results"]["run"]["replication"] == which);
  CHECK(scenario["results"]["targets"]["letters"]["value"].get<double>() == Approx(sorted[2]));
  for (const char* path : {"targets.letters.value", "in", "out", "on_time.late", "time_in_centre_minutes.p95",
                           "stations.sort.oee.ooe", "stations.sort.longest_wait_minutes"}) {
    CAPTURE(path);
    double sum = 0;
    for (const double value : values.at(path)) sum += value;
    const Json& mean = scenario["means"][path];
    CHECK(mean[0].get<double>() == Approx(sum / 5).epsilon(1e-8));
    CHECK(mean[1].get<double>() < mean[0].get<double>());
    CHECK(mean[2].get<double>() > mean[0].get<double>());
  }
  CHECK(desk.tell("mailflow report r --out again.json").status == 0);
  CHECK(Json::parse(desk.bytes("again.json"))["detail"] == report["detail"]);
  // One run has neither.
  REQUIRE(desk.tell("mailflow run a.yaml --quiet --report one.json").status == 0);
  const Json one = Json::parse(desk.bytes("one.json"));
  CHECK(one["detail"].is_null());
  CHECK(one["scenarios"][0]["means"].is_null());
}

TEST_CASE("moves are told in both languages, by labels") {
  const Desk desk;
  desk.put("a.yaml", letters_by_chance);
  REQUIRE(desk.tell("mailflow sensitivity a.yaml --replications 2 --report s.json --lang fr").status == 0);
  const Json report = Json::parse(desk.bytes("s.json"));
  CHECK(report["kind"] == "sensitivity");
  CHECK(report["sensitivity"]["moves"][0]["subject"] == Json{{"fr", "poste Tri"}, {"en", "station Sorting"}});
  CHECK(report["sensitivity"]["moves"][0]["change"] == Json{{"fr", "cadence -10 %"}, {"en", "rate -10 %"}});
}

TEST_CASE("tables of a report are those of the run") {
  const Desk desk;
  desk.put("a.yaml", three_days);
  desk.tell("mailflow run a.yaml --out out");
  CHECK(desk.tell("mailflow report out --format csv --out tables").status == 0);
  const auto tables = desk.files("tables");
  CHECK(tables.size() == 9);
  for (const auto& [name, text] : tables) CHECK(desk.bytes("out/" + name) == text);
  CHECK(desk.tell("mailflow report out --out r.json").status == 0);
  CHECK(Json::parse(desk.bytes("r.json"))["format"] == 1);
}

TEST_CASE("a report that cannot be made says why, and leaves nothing") {
  const Desk desk;
  desk.put("a.yaml", three_days);
  desk.put("b.yaml", more_people);
  desk.tell("mailflow run a.yaml --out a && mailflow run b.yaml --seed 6 --out b");
  desk.tell("mailflow compare a.yaml b.yaml --replications 2 --until-day 1 --out c");
  const auto refused = [&](const std::string& line, int status, const std::string& words) {
    const Said said = desk.tell(line);
    CHECK(said.status == status);
    CHECK(said.err == "mailflow: " + words + "\n");
  };
  refused("mailflow report a.yaml", 3,
          "a.yaml is a file; report takes folders that --out made. For a scenario: mailflow run a.yaml --report "
          "report.html");
  refused("mailflow report .", 3,
          ". holds neither results.json nor experiment.json; report takes a folder that --out made");
  refused("mailflow report a b", 3, "b was run with another seed than a; runs side by side need the same");
  refused("mailflow report a c", 3, "c holds an experiment, which is reported by itself; several folders must be runs");
  refused("mailflow report a --out r.docx", 2,
          "r.docx ends in .docx; a report is .html, .pdf, .png, .xlsx or .json, or a folder .csv");
  refused("mailflow report a --out a", 2, "a is a folder; a report is a file (only csv is a folder of tables)");
  refused("/bin/env PATH=/nowhere $(command -v mailflow) report a --out r.pdf", 2,
          "a PDF is printed by Chromium, which is not installed here; install it (apt-get install chromium), or write "
          "the report as HTML and print it from a browser");
  desk.put("d/results.json", "{}");
  refused("mailflow report d", 3, "d/results.json is not a file of results of this program");
  desk.put("d/results.json", R"({"format": 1})");
  refused("mailflow report d", 3, "d/results.json is not a file of results of this program");
  desk.put("e/experiment.json", R"({"format": 1, "seed": 1})");
  refused("mailflow report e", 3, "e/experiment.json is not a file of results of this program");
  desk.tell("cp -r c f && echo > f/replications.csv");
  refused("mailflow report f", 3, "f/replications.csv lacks the figures of Small one");
  CHECK(desk.tell("mailflow events a.yaml --seed -1").status == 2);
  desk.put("a.yaml", std::string(three_days).replace(three_days.find("6000"), 4, "5900"));
  refused(
      "mailflow report a", 3,
      "a does not hold what a.yaml gives now: the scenario, its data or the program has changed since; run it again "
      "with --out a");
  refused(
      "mailflow report c", 3,
      "c does not hold what a.yaml gives now: the scenario, its data or the program has changed since; run it again "
      "with --out c");
  CHECK(!std::filesystem::exists(desk.folder() / "report.html"));
  CHECK(!std::filesystem::exists(desk.folder() / "r.pdf"));
}

TEST_CASE("a workbook opened in LibreOffice gives the tables back") {
  if (std::system("command -v soffice >/dev/null") != 0) {
    WARN("no LibreOffice on this machine: the workbook is not opened");
    return;
  }
  const Desk desk;
  desk.put("a.yaml", three_days);
  desk.tell("mailflow run a.yaml --out out");
  CHECK(desk.tell("mailflow report out --out r.xlsx").status == 0);
  // A CSV file of each sheet, numbers as they are rather than as they are shown.
  desk.tell(
      "HOME=$PWD soffice --headless --convert-to 'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,"
      "false,false,-1' --outdir sheets r.xlsx");
  const auto sheets = desk.files("sheets");
  REQUIRE(sheets.size() == 9);
  std::size_t numbers = 0;
  for (const auto& [name, text] : sheets) {
    std::string table = name.substr(2);  // r-products.csv
    std::replace(table.begin(), table.end(), ' ', '_');
    const auto shown = rows_of(text);
    const auto wanted = rows_of(desk.bytes("out/" + table));
    REQUIRE(shown.size() >= wanted.size());
    for (std::size_t r = 1; r < wanted.size(); ++r)
      for (std::size_t c = 0; c < wanted[r].size(); ++c) {
        std::string cell = shown[r].at(c);
        std::erase(cell, '"');
        char* end = nullptr;
        const double number = std::strtod(wanted[r][c].c_str(), &end);
        if (*end == '\0' && !wanted[r][c].empty()) {
          const double scale = cell.ends_with('%') ? 0.01 : 1;
          CHECK(std::fabs(std::stod(cell) * scale - number) <= 1e-12 * std::fabs(number));
          ++numbers;
        } else if (wanted[r][c].size() == 25 && wanted[r][c][10] == 'T') {
          CHECK(cell == wanted[r][c].substr(0, 10) + " " + wanted[r][c].substr(11, 8));
        } else {
          CHECK(cell == wanted[r][c]);
        }
      }
  }
  CHECK(numbers > 500);
}

TEST_CASE("a log of XES has a trace for each lot, with its events in order") {
  const Desk desk;
  desk.put("a.yaml", three_days);
  CHECK(desk.tell("mailflow events a.yaml --format csv").out == "The events are in events.csv\n");
  CHECK(desk.tell("mailflow events a.yaml --format xes").out == "The events are in events.xes\n");
  std::map<std::string, int> wanted;  // an event for each row, one more for what lasted
  for (const auto& row : rows_of(desk.bytes("events.csv")))
    if (row[0] != "case") wanted[row[0]] += row[2] == row[3] ? 1 : 2;
  std::istringstream in(desk.bytes("events.xes"));
  boost::property_tree::ptree tree;
  boost::property_tree::read_xml(in, tree);
  std::map<std::string, int> found;
  int order = 0;  // extensions, globals, classifiers, traces: as the schema has it
  const std::map<std::string, int> places = {
      {"<xmlattr>", 0}, {"extension", 1}, {"global", 2}, {"classifier", 3}, {"trace", 4}};
  for (const auto& [name, node] : tree.get_child("log")) {
    CHECK(places.at(name) >= order);
    order = places.at(name);
    if (name != "trace") continue;
    std::string lot;
    std::string last;
    for (const auto& [kind, part] : node) {
      if (kind != "event") {
        if (part.get<std::string>("<xmlattr>.key") == "concept:name") lot = part.get<std::string>("<xmlattr>.value");
        continue;
      }
      ++found[lot];
      CHECK(part.get<std::string>("date.<xmlattr>.key") == "time:timestamp");
      const std::string at = part.get<std::string>("date.<xmlattr>.value");
      CHECK(at.size() == 32);  // to the microsecond, with the offset
      CHECK(at >= last);
      last = at;
    }
  }
  CHECK(found == wanted);
  CHECK(found.size() >= 180);
}

TEST_CASE("instants of the event log are to the microsecond, with the offset from UTC") {
  const Desk desk;
  // 30 letters in hand from 02:45 in summer time: half an hour later it is 02:15 in winter time
  desk.put("autumn.yaml",
           "mailflow: 1\ncentre: {name: Autumn, timezone: Europe/Paris}\nproducts: {letter: {lot: 30 items}}\n"
           "arrivals: {van: {at: \"02:45\", days: [Sun], items: {letter: 30}, into: sort}}\n"
           "stations: {sort: {kind: machine, rate: 60 items/h, next: out}}\nrun: {from: 2025-10-26, for: 1 day}\n");
  desk.put(
      "fast.yaml",
      "mailflow: 1\ncentre: {name: Fast, timezone: UTC}\nproducts: {letter: {}}\n"
      "arrivals: {belt: {every: 700 ms, mix: {letter: 100 %}, into: sort}}\n"
      "stations: {sort: {kind: machine, service: 400 ms per item, next: out}}\nrun: {from: 2025-03-03, for: 1 h}\n");
  REQUIRE(desk.tell("mailflow events autumn.yaml --out autumn.csv").status == 0);
  const auto autumn = rows_of(desk.bytes("autumn.csv"));
  CHECK(autumn.at(2).at(2) == "2025-10-26T02:45:00.000000+02:00");
  CHECK(autumn.at(2).at(3) == "2025-10-26T02:15:00.000000+01:00");
  REQUIRE(desk.tell("mailflow events fast.yaml --out fast.csv").status == 0);
  const auto fast = rows_of(desk.bytes("fast.csv"));
  CHECK(fast.at(2).at(2) == "2025-03-03T00:00:00.700000+00:00");
  CHECK(fast.at(2).at(3) == "2025-03-03T00:00:01.100000+00:00");
  for (const std::string format : {"xes", "ocel"}) {
    REQUIRE(desk.tell("mailflow events autumn.yaml --format " + format + " --out autumn." + format).status == 0);
    CHECK(has(desk.bytes("autumn." + format), "2025-10-26T02:15:00.000000+01:00"));
    REQUIRE(desk.tell("mailflow events fast.yaml --format " + format + " --out fast." + format).status == 0);
    CHECK(has(desk.bytes("fast." + format), "2025-03-03T00:00:01.100000+00:00"));
  }
}

TEST_CASE("a log of OCEL names types, objects and events that fit together") {
  const Desk desk;
  desk.put("a.yaml", three_days);
  desk.tell("mailflow events a.yaml --format csv");
  CHECK(desk.tell("mailflow events a.yaml --format ocel --out e.json").status == 0);
  const Json log = Json::parse(desk.bytes("e.json"));
  const auto types = [&](const char* key) {
    std::map<std::string, std::map<std::string, std::string>> all;
    for (const Json& type : log[key])
      for (const Json& a : type["attributes"]) all[type["name"]][a["name"]] = a["type"];
    return all;
  };
  const auto value_fits = [](const Json& value, const std::string& type) {
    if (!value.is_string()) return false;  // as the published schema has it; the type tells how to read it
    const auto text = value.get<std::string>();
    if (type == "integer") return !text.empty() && text.find_first_not_of("0123456789") == std::string::npos;
    return type != "time" || text.size() == 32;
  };
  const auto object_types = types("objectTypes");
  const auto event_types = types("eventTypes");
  std::set<std::string> ids;
  std::map<std::string, int> count;
  for (const Json& object : log["objects"]) {
    CHECK(ids.insert(object["id"]).second);
    ++count[object["type"]];
    for (const Json& a : object["attributes"]) {
      CHECK(value_fits(a["value"], object_types.at(object["type"]).at(a["name"])));
      CHECK(a["time"].is_string());
    }
  }
  CHECK(count.at("station") == 2);
  CHECK(count.at("agent") == 2);
  CHECK(count.at("vehicle") == 6);  // two vans a day
  std::set<std::string> event_ids;
  std::size_t of_lots = 0;
  for (const Json& event : log["events"]) {
    CHECK(event_ids.insert(event["id"]).second);
    const auto& attributes = event_types.at(event["type"]);
    for (const Json& a : event["attributes"]) CHECK(value_fits(a["value"], attributes.at(a["name"])));
    REQUIRE(!event["relationships"].empty());
    for (const Json& r : event["relationships"]) CHECK(ids.contains(r["objectId"]));
    of_lots += event["relationships"][0]["qualifier"] == "lot" ? 1 : 0;
  }
  CHECK(of_lots == rows_of(desk.bytes("events.csv")).size() - 1);
  CHECK(log["events"].size() > of_lots);  // and what agents did
}

TEST_CASE("events that cannot be written say why") {
  const Desk desk;
  desk.put("a.yaml", three_days);
  const Said folder = desk.tell("mailflow events a.yaml --out .");
  CHECK(folder.status == 2);
  CHECK(folder.err == "mailflow: . is a folder; --out takes a file\n");
  const Said nowhere = desk.tell("mailflow events a.yaml --out no/where.csv");
  CHECK(nowhere.status == 2);
  CHECK(nowhere.err == "mailflow: no/where.csv cannot be written\n");
  const Said missing = desk.tell("mailflow events b.yaml");
  CHECK(missing.status == 3);
  CHECK(has(missing.err, "mailflow: b.yaml cannot be run\n"));
}

}  // namespace mailflow::program
