// report --since: what was measured against what an archive of runs expects. The archive: "Before" with letters on time
// 0.90 and 0.92 in two replications, "After" with 0.95 and 0.97: 5 points are promised.
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <tuple>

#include "cli/program.hpp"
#include "experiment/archive.hpp"

namespace mailflow::program {
namespace {

using Json = nlohmann::json;

void put_days(const Desk& desk) {
  const std::vector<Measure> measures = {
      {"targets.letters.value", {"Lettres", "Letters"}, "share", Better::more, Measure::Kind::mean, true, 0}};
  Archive archive((desk.folder() / "kept").string());
  const auto before = archive.scenario({"f1", "Before", "before.yaml", "", "0.1.0", measures});
  const auto after = archive.scenario({"f2", "After", "after.yaml", "", "0.1.0", measures});
  archive.keep(before, 1, 1, {0.90});
  archive.keep(before, 1, 2, {0.92});
  archive.keep(after, 1, 1, {0.95});
  archive.keep(after, 1, 2, {0.97});
}

const std::string line =
    "mailflow report --since 2025-03-01 --archive kept --actuals a.csv --changes c.csv --out r.json";
const std::string changes = "day,scenario,label\n2025-03-01,Before,\n2025-03-05,After,One more\n";

}  // namespace

TEST_CASE("what was measured is held against what the scenario in force expects, and a change against its promise") {
  const Desk desk;
  put_days(desk);
  // Individuals (no items): 90, 92, 90, 92 %: centre 91, moving ranges 2, so limits 3 / 1.128 x 2 = 5.319 points away.
  desk.put("a.csv",
           "day,measure,value\n2025-03-01,letters,90 %\n2025-03-02,letters,92 %\n2025-03-03,letters,90 %\n"
           "2025-03-04,letters,\"92,0 %\"\n2025-03-05,letters,0.95\n2025-03-06,letters,0.97\n2025-03-07,letters,0.95\n"
           "2025-03-08,letters,0.97\n2025-02-28,letters,0.1\n");
  desk.put("c.csv", changes);
  const Said said = desk.tell(line);
  CHECK(said.err.empty());
  REQUIRE(said.status == 0);
  const Json report = Json::parse(desk.bytes("r.json"));
  CHECK(report["kind"] == "improvement");
  const Json indicator = report["improvement"]["indicators"].at(0);
  CHECK(indicator["chart"] == "XmR");
  REQUIRE(indicator["days"].size() == 8);  // the one before --since is left out
  CHECK(indicator["days"][0]["centre"].get<double>() == Approx(0.91));
  CHECK(indicator["days"][0]["low"].get<double>() == Approx(0.91 - 0.0531915).epsilon(1e-5));
  CHECK(indicator["days"][0]["expected"].get<double>() == Approx(0.91));
  CHECK(indicator["days"][7]["expected"].get<double>() == Approx(0.96));
  CHECK(indicator["days"][7]["low"].get<double>() == Approx(0.96 - 0.0531915).epsilon(1e-5));
  CHECK(indicator["days"][7]["high"].get<double>() == 1);  // 101.3 % is no share
  CHECK(indicator["better"] == "more");
  CHECK(indicator["phases"].size() == 2);
  // Brought 5 points; deviations 0.011547 twice over 4 days: standard error 0.0081650, 6 degrees of freedom, t 2.44691.
  const Json result = indicator["results"].at(0);
  CHECK(result["promised"]["estimate"].get<double>() == Approx(0.05));
  CHECK(result["brought"]["estimate"].get<double>() == Approx(0.05));
  CHECK(result["brought"]["high"].get<double>() == Approx(0.05 + 2.44691 * 0.0081650).epsilon(1e-4));
  CHECK(result["verdict"] == "as promised");
}

TEST_CASE("a change that brings nothing has brought less than promised") {
  const Desk desk;
  put_days(desk);
  desk.put(
      "a.csv",
      "day,measure,value,items\n2025-03-01,letters,0.90,100\n2025-03-02,letters,0.92,100\n2025-03-03,letters,0.91,100\n"
      "2025-03-05,letters,0.90,100\n2025-03-06,letters,0.92,100\n2025-03-07,letters,0.91,100\n");
  desk.put("c.csv", changes);
  CHECK(desk.tell(line).status == 0);
  const Json indicator = Json::parse(desk.bytes("r.json"))["improvement"]["indicators"].at(0);
  CHECK(indicator["chart"] == "p");
  CHECK(indicator["results"].at(0)["verdict"] == "less than promised");
}

TEST_CASE("a promise of nothing is no promise kept, and no share is above one") {
  const Desk desk;
  const std::vector<Measure> measures = {
      {"targets.letters.value", {"Lettres", "Letters"}, "share", Better::more, Measure::Kind::mean, true, 0}};
  {
    Archive archive((desk.folder() / "kept").string());
    const auto before = archive.scenario({"f1", "Before", "before.yaml", "", "0.1.0", measures});
    const auto after = archive.scenario({"f2", "After", "after.yaml", "", "0.1.0", measures});
    for (const auto& [replication, was, is] : {std::tuple{1, 0.96, 0.98}, std::tuple{2, 0.98, 0.96}}) {
      archive.keep(before, 1, static_cast<std::uint64_t>(replication), {was});
      archive.keep(after, 1, static_cast<std::uint64_t>(replication), {is});
    }
  }
  desk.put("a.csv",
           "day,measure,value\n2025-03-01,letters,0.96\n2025-03-02,letters,0.97\n2025-03-05,letters,0.90\n"
           "2025-03-06,letters,1.0\n2025-03-07,letters,1.0\n");
  desk.put("c.csv", changes);
  REQUIRE(desk.tell(line).status == 0);
  const Json indicator = Json::parse(desk.bytes("r.json"))["improvement"]["indicators"].at(0);
  CHECK(indicator["results"].at(0)["promised"]["estimate"].get<double>() == Approx(0).margin(1e-12));
  CHECK(indicator["results"].at(0)["verdict"] == "nothing promised");
  for (const Json& phase : indicator["phases"])
    for (const char* of : {"actual", "expected"}) CHECK(phase[of]["high"].get<double>() <= 1);
}

TEST_CASE("a change counts from its day on: what is measured before it was in force is a time of its own") {
  const Desk desk;
  put_days(desk);
  // Four days before anything is said to be in force (mean 91 %), then After for two (96 %): the days before are not
  // After's, nothing is expected of them, and what After had promised against them nobody knows.
  desk.put("a.csv",
           "day,measure,value\n2025-03-01,letters,0.90\n2025-03-02,letters,0.92\n2025-03-03,letters,0.90\n"
           "2025-03-04,letters,0.92\n2025-03-05,letters,0.95\n2025-03-06,letters,0.97\n");
  desk.put("c.csv", "day,scenario,label\n2025-03-05,After,One more\n");
  const Said said = desk.tell(line);
  REQUIRE(said.status == 0);
  CHECK(said.err.find("warning: c.csv does not say what was in force from 2025-03-01 to 2025-03-04") !=
        std::string::npos);
  CHECK(said.err.find("help: add a row with a day up to 2025-03-01") != std::string::npos);
  const Json report = Json::parse(desk.bytes("r.json"))["improvement"];
  CHECK(report["changes"].size() == 1);
  const Json indicator = report["indicators"].at(0);
  REQUIRE(indicator["phases"].size() == 2);
  const Json before = indicator["phases"][0];
  CHECK(before["from"] == "2025-03-01");
  CHECK(before["to"] == "2025-03-04");
  CHECK(before["label"] == "In force before: not known");
  CHECK(before["actual"]["estimate"].get<double>() == Approx(0.91));
  CHECK(before["expected"].is_null());
  CHECK(indicator["phases"][1]["from"] == "2025-03-05");
  CHECK(indicator["phases"][1]["label"] == "One more");
  CHECK(indicator["days"][3]["expected"].is_null());
  CHECK(indicator["days"][4]["expected"].get<double>() == Approx(0.96));
  REQUIRE(indicator["results"].size() == 1);
  CHECK(indicator["results"][0]["promised"].is_null());
  CHECK(indicator["results"][0]["brought"]["estimate"].get<double>() == Approx(0.05));
  CHECK(indicator["results"][0]["verdict"] == "cannot tell");
  // a change after the last day measured leaves all days before it, and is no result yet
  desk.put("c.csv", "day,scenario,label\n2025-03-25,After,One more\n");
  REQUIRE(desk.tell(line).status == 0);
  const Json later = Json::parse(desk.bytes("r.json"))["improvement"]["indicators"].at(0);
  REQUIRE(later["phases"].size() == 1);
  CHECK(later["phases"][0]["label"] == "In force before: not known");
  CHECK(later["results"].empty());
}

TEST_CASE("all that is wrong with --since is told at once, and where") {
  const Desk desk;
  put_days(desk);
  desk.put("a.csv",
           "day,measure,value,items\n2025-3-1,letters,90 %,1\n2025-03-02,lettres,x,1\n2025-03-03,letters,120 %,many\n");
  desk.put("c.csv", "day,scenario\nMonday,Later\n");
  const Said said = desk.tell(line);
  CHECK(said.status == 3);
  for (const char* words :
       {"a.csv:2:1: error: \"2025-3-1\" is no day",
        "a.csv:3:12: error: \"lettres\" is no measure of the archive's scenarios",
        "a.csv:3:20: error: \"x\" is no number", "a.csv:4:20: error: 120 % is no share",
        "a.csv:4:26: error: \"many\" is no number of items", "c.csv:2:1: error: \"Monday\" is no day",
        "c.csv:2:8: error: \"Later\" is no scenario of kept", "it keeps Before, After"}) {
    INFO(words);
    INFO(said.err);
    CHECK(said.err.find(words) != std::string::npos);
  }
  CHECK(!std::filesystem::exists(desk.folder() / "r.json"));
}

TEST_CASE("a number that may be thousands, and a day that is there twice, are refused") {
  const Desk desk;
  put_days(desk);
  desk.put("c.csv", changes);
  desk.put("a.csv", "day,measure,value,items\n2025-03-03,letters,95.5 %,\"1,400\"\n2025-03-04,letters,94.2 %,1 410\n");
  const Said thousands = desk.tell(line);
  CHECK(thousands.status == 3);
  CHECK(thousands.err.find("a.csv:2:27: error: \"1,400\" is no number of items") != std::string::npos);
  CHECK(thousands.err.find("help: a comma may not stand in a number; write 1400, or 1.4") != std::string::npos);
  CHECK(thousands.err.find("1 error") == std::string::npos);
  CHECK(thousands.err.find("1 410") == std::string::npos);  // a blank between thousands is none of the number
  desk.put("a.csv", "day;measure;value;items\n2025-03-03;letters;95,5 %;12,5\n");
  CHECK(desk.tell(line).err.find("\"12.5\" is no number of items") != std::string::npos);
  desk.put("a.csv",
           "day,measure,value\n2025-03-03,letters,95.5 %\n2025-03-03,letters,91.5 %\n2025-03-04,letters,91.5 %\n");
  const Said twice = desk.tell(line);
  CHECK(twice.status == 3);
  CHECK(twice.err.find("a.csv:3:1: error: 2025-03-03 has a value of letters already, on line 2") != std::string::npos);
}

TEST_CASE("a number and a day are read alike in every table, and quoted as they are written") {
  const Desk desk;
  put_days(desk);
  desk.put("c.csv", changes);
  // thousands apart are thousands; 14 00 and a month that comes first are nothing
  desk.put("a.csv",
           "day;measure;value;items\n2025-03-02;letters;95,5 %;1\xc2\xa0"
           "400\n2025-03-03;letters;95,5 %;14 00\n"
           "03/13/2025;letters;95,5 %;1400\n");
  const Said said = desk.tell(line);
  CHECK(said.status == 3);
  CHECK(said.err.find("a.csv:3:27: error: \"14 00\" is no number of items") != std::string::npos);
  CHECK(said.err.find("a.csv:4:1: error: \"03/13/2025\" is no day") != std::string::npos);
  CHECK(said.err.find("a.csv:2") == std::string::npos);
}

TEST_CASE("what --since lacks is told") {
  const Desk desk;
  put_days(desk);
  const auto says = [&](const std::string& rest, const std::string& words) {
    const Said said = desk.tell("mailflow report " + rest);
    INFO(said.err);
    CHECK(said.status == 3);
    CHECK(said.err.find(words) != std::string::npos);
  };
  says("--since 2025-03-01", "--since lacks --archive");
  says("--since 2025-03-01", "--since lacks --actuals");
  says("--since Monday --archive kept --actuals a.csv", "--since is \"Monday\"; it must be a day");
  says("a --since 2025-03-01 --archive kept --actuals a.csv", "--since takes no folders of results");
  says("--since 2025-03-01 --archive kept --actuals a.csv --out r.xlsx", "--since writes html, pdf, png or json");
  says("--since 2025-03-01 --archive kept --actuals none.csv", "none.csv cannot be read");
  desk.put("a.csv", "day,value\n2025-03-01,1\n");
  says("--since 2025-03-01 --archive kept --actuals a.csv", "a.csv lacks the column measure");
  says("--since 2025-03-01 --archive kept --actuals a.csv",
       "help: it has, parted by commas: day, value; it needs day, measure, value");
  desk.put("a.csv", "day,measure,value\n2025-02-01,letters,1\n");
  says("--since 2025-03-01 --archive kept --actuals a.csv", "a.csv has nothing since 2025-03-01");
  CHECK(desk.tell("mailflow report").status == 2);
  CHECK(desk.tell("mailflow report").err ==
        "mailflow: report lacks results: folders that --out made; or --since with --archive and --actuals\n");
}

}  // namespace mailflow::program
