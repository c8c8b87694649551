// What a scenario takes for given, and what its comments say of that.
#include "scenario/assumptions.hpp"

#include <unistd.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>

using namespace mailflow;

namespace {

const Assumption& of(const Assumptions& found, const std::string& section, const std::string& name) {
  const auto at = std::find_if(found.all.begin(), found.all.end(),
                               [&](const Assumption& a) { return a.section == section && a.name == name; });
  REQUIRE(at != found.all.end());
  return *at;
}

using Values = std::vector<std::pair<std::string, std::string>>;

}  // namespace

TEST_CASE("assumptions are values with a number, as written, with the comments above and beside them") {
  const auto folder = std::filesystem::temp_directory_path() / ("mailflow-assumptions-" + std::to_string(getpid()));
  std::filesystem::create_directories(folder);
  std::ofstream(folder / "base.yaml") << R"(# A desk.
#
#  - a parcel weighs 2.4 kg    the post's year book
mailflow: 1
centre: {name: Desk}
products:
  # weighed in May
  parcel: {label: {fr: Colis, en: Parcel}, weight: 2.4 kg, due: "J+1 09:00"}   # from the year book
stations:
  desk:
    kind: manual
    positions: 2
    service: 60 min per item   # invented
    breaks_down: {every: exponential(15 h), for: 20 min}
    next: out
  out-desk: {kind: manual, label: "#1 desk", positions: 1, rate: 10 items/h, next: out}
# all of it guessed
arrivals:   # by the manager
  van: {at: ["08:00", "10:00"], items: {parcel: 3}, into: desk}
run: {from: 2025-03-03, for: 1 day}
)";
  std::ofstream(folder / "more.yaml")
      << "# Two more.\nbase: base.yaml\nchange:\n  set: {stations.desk.positions: 4}   # as asked\n";
  const Assumptions found = assumptions_of((folder / "more.yaml").string());
  REQUIRE(found.said.size() == 2);
  const auto begins = [&](const std::string& text) {
    return std::any_of(found.said.begin(), found.said.end(),
                       [&](const std::string& s) { return s.rfind(text, 0) == 0; });
  };
  CHECK(begins("Two more.\n"));
  CHECK(begins("A desk.\n\n - a parcel weighs 2.4 kg    the post's year book\n"));
  const Assumption& parcel = of(found, "products", "parcel");
  CHECK(parcel.values == Values{{"weight", "2.4 kg"}, {"due", "J+1 09:00"}});
  CHECK(parcel.label_fr == "Colis");
  CHECK(parcel.label_en == "Parcel");
  CHECK(parcel.note == "weighed in May; from the year book");
  const Assumption& desk = of(found, "stations", "desk");
  CHECK(desk.values == Values{{"positions", "4"},
                              {"service", "60 min per item"},
                              {"breaks_down", "every: exponential(15 h), for: 20 min"}});
  CHECK(desk.note.find("invented") != std::string::npos);
  CHECK(of(found, "stations", "out-desk").note.empty());
  CHECK(of(found, "arrivals", "van").values == Values{{"at", "08:00, 10:00"}, {"items", "parcel: 3"}});
  CHECK(of(found, "arrivals", "van").note == "all of it guessed; by the manager");
}

TEST_CASE("of what cannot be read nothing is assumed") { CHECK(assumptions_of("/nowhere/a.yaml").all.empty()); }
