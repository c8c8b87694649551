// What `mailflow runs` says of an archive, and that it changes nothing.
#include <sys/stat.h>

#include <catch2/catch.hpp>
#include <limits>
#include <nlohmann/json.hpp>
#include <regex>

#include "cli/program.hpp"
#include "experiment/archive.hpp"

namespace mailflow::program {
namespace {

const std::vector<Measure> measures = {
    {"on_time.share", {"À l'heure", "On time"}, "share", Better::more, Measure::Kind::mean, true, -1},
    {"in", {"Arrivés", "Came"}, "items", Better::neither, Measure::Kind::mean, false, -1}};

/// "today" with seeds 1 and 7, "more people" with seed 7 alone (and a replication more), "elsewhere" with seed 2.
void put_archive(const Desk& desk) {
  Archive archive((desk.folder() / "kept").string());
  const auto today = archive.scenario({"f1", "Today", "today.yaml", "", "0.1.0", measures});
  const auto more = archive.scenario({"f2", "More people", "more.yaml", "", "0.1.0", measures});
  const auto elsewhere = archive.scenario({"f3", "Elsewhere", "elsewhere.yaml", "", "0.1.0", measures});
  archive.keep(today, 1, 1, {0.5, std::numeric_limits<double>::quiet_NaN()});
  for (const std::uint64_t r : {1, 2, 3, 4}) {
    const double x = static_cast<double>(r) / 100;
    archive.keep(today, 7, r, {0.80 + x, 1000 + 100 * x});
    archive.keep(more, 7, r, {0.90 + x + x * x, 1000 + 100 * x});
  }
  archive.keep(more, 7, 9, {0.1, 1});
  archive.keep(elsewhere, 2, 1, {0.1, 1});
}

std::string without_times(const std::string& text) {
  return std::regex_replace(text, std::regex(R"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)"), "TIME");
}

}  // namespace

TEST_CASE("runs lists scenarios, a row for each seed") {
  const Desk desk;
  put_archive(desk);
  const Said said = desk.tell("mailflow runs kept");
  CHECK(said.status == 0);
  CHECK(said.err.empty());
  const std::string list = std::regex_replace(without_times(said.out), std::regex(" +"), " ");
  CHECK(list ==
        " id name file seed replications last used program\n"
        " 1 Today today.yaml 1 1 TIME 0.1.0\n"
        " 1 Today today.yaml 7 4 TIME 0.1.0\n"
        " 2 More people more.yaml 7 5 TIME 0.1.0\n"
        " 3 Elsewhere elsewhere.yaml 2 1 TIME 0.1.0\n");
}

TEST_CASE("runs show gives the mean and interval of headlines and of what is asked for") {
  const Desk desk;
  put_archive(desk);
  const Said said = desk.tell("mailflow runs kept show 1 --measure in");
  CHECK(said.status == 0);
  CHECK(said.out.find("4 replications, seed 7, 95 % intervals") != std::string::npos);
  // 0.81 .. 0.84: s = 0.01291, t(3; 0.975) = 3.1824: Student's 0.8045 to 0.8455, the logit's 0.8035 to 0.8446
  CHECK(std::regex_search(said.out, std::regex("On time +82\\.5 % +80\\.3 to 84\\.6 %")));
  CHECK(std::regex_search(said.out, std::regex("in +1 002 items|in +1 003 items")));
  const Said headlines = desk.tell("mailflow runs kept show 1");
  CHECK(headlines.out.find("items") == std::string::npos);
}

TEST_CASE("runs compare pairs replications of the same seed and number") {
  const Desk desk;
  put_archive(desk);
  const Said said = desk.tell("mailflow runs kept compare 1 2");
  CHECK(said.status == 0);
  CHECK(said.out.find("4 replications, seed 7") != std::string::npos);
  CHECK(said.out.find("seed 1,") == std::string::npos);
  // differences 0.1 + x^2: mean 10.075 points
  CHECK(std::regex_search(said.out, std::regex("More people \\(2\\) .*\\+10\\.0[78] points .* better\n")));
  const Said none = desk.tell("mailflow runs kept compare 1 3");
  CHECK(none.status == 2);
  CHECK(none.err ==
        "mailflow: scenarios 1 and 3 have no replication with the same seed and number; only such are compared: run "
        "both with one --seed\n");
}

TEST_CASE("runs export writes every figure, with all digits, in one piece") {
  const Desk desk;
  put_archive(desk);
  const Said said = desk.tell("mailflow runs kept export --out figures.csv");
  CHECK(said.status == 0);
  const std::string csv = desk.bytes("figures.csv");
  CHECK(
      csv.starts_with("scenario,seed,replication,measure,value\n1,1,1,on_time.share,0.5\n1,1,1,in,\n"
                      "1,7,1,on_time.share,0.81\n1,7,1,in,1001\n"));
  CHECK(std::count(csv.begin(), csv.end(), '\n') == 1 + 2 * 11);
  CHECK(desk.tell("mailflow runs kept export").out == csv);
  CHECK_FALSE(fs::exists(desk.folder() / "figures.csv.part"));
  const auto json = nlohmann::json::parse(desk.tell("mailflow runs kept export --format json").out);
  REQUIRE(json.size() == 22);
  CHECK(json[1] == nlohmann::json{{"scenario", 1}, {"seed", 1}, {"replication", 1}, {"measure", "in"}, {"value", {}}});
  CHECK(json[2].at("value") == 0.81);

  REQUIRE(mkfifo((desk.folder() / "pipe").c_str(), 0600) == 0);
  const Said piped = desk.tell("cat pipe & mailflow runs kept export --out pipe; wait");
  CHECK(piped.out == csv);
  CHECK(fs::is_fifo(desk.folder() / "pipe"));
}

TEST_CASE("runs tells what is not there, and leaves all as it is") {
  const Desk desk;
  put_archive(desk);
  desk.put("notes", "nothing of an archive\n");
  const std::string before = desk.bytes("kept");
  const auto check = [&](const std::string& line, int status, const std::string& message) {
    const Said said = desk.tell(line);
    INFO(line);
    CHECK(said.status == status);
    CHECK(said.err == message);
    CHECK(said.out.empty());
  };
  check("mailflow runs kept show 4", 2, "mailflow: there is no scenario 4 in kept; it holds 1, 2, 3\n");
  check("mailflow runs kept compare 1 0", 2, "mailflow: there is no scenario 0 in kept; it holds 1, 2, 3\n");
  check("mailflow runs notes", 3, "mailflow: notes is not an archive of replications\n");
  check("mailflow runs absent", 3, "mailflow: there is no archive absent\n");
  check("mailflow runs kept export --out kept", 2, "mailflow: kept is the archive itself; --out takes another file\n");
  check("mailflow runs kept export --out .", 2, "mailflow: . is a folder; --out takes a file\n");
  check("mailflow runs kept export --out no/x", 2, "mailflow: no/x cannot be written\n");
  CHECK(desk.tell("mailflow runs kept show 1 --measure inn").status == 3);
  CHECK(desk.tell("mailflow runs kept export >/dev/full").status == 4);
  CHECK_FALSE(fs::exists(desk.folder() / "absent"));
  CHECK(desk.bytes("kept") == before);
  CHECK(desk.bytes("notes") == "nothing of an archive\n");
}

}  // namespace mailflow::program
