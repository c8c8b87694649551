// Figures of a run by name: each is read from its own place in the results.
#include "metrics/measure.hpp"

#include <catch2/catch.hpp>
#include <map>
#include <string>

#include "mail/model.hpp"

using namespace mailflow;

namespace {

/// All figures, by name.
std::map<std::string, double> figures(const Model& m, const Results& r) {
  const std::vector<Measure> measures = measures_of(m);
  const std::vector<double> values = observe(m, r);
  REQUIRE(values.size() == measures.size());
  std::map<std::string, double> all;
  for (std::size_t i = 0; i < values.size(); ++i) all[measures[i].name] = values[i];
  CHECK(all.size() == values.size());  // no two share a name
  return all;
}

}  // namespace

TEST_CASE("Hours of a team are each of their own kind, and those of all teams their sum") {
  Model m;
  m.teams.resize(2);
  m.teams[0].name = "early";
  m.teams[1].name = "late";
  Results r;
  r.teams.resize(2);
  TeamResult& early = r.teams[0];
  early.worked = 1 * hour;
  early.idle = 2 * hour;
  early.moving = 4 * hour;
  early.on_break = 8 * hour;
  early.paid = 15 * hour;
  early.overtime = 16 * minute;
  early.night = 32 * minute;
  early.absent = 64 * minute;
  early.duties = 3;
  early.absences = 5;
  early.moves = 7;
  r.teams[1].paid = hour;
  r.teams[1].night = 60 * minute;
  r.teams[1].overtime = 6 * minute;
  auto all = figures(m, r);
  CHECK(all["teams.early.worked_minutes"] == 60);
  CHECK(all["teams.early.idle_minutes"] == 120);
  CHECK(all["teams.early.moving_minutes"] == 240);
  CHECK(all["teams.early.break_minutes"] == 480);
  CHECK(all["teams.early.paid_minutes"] == 900);
  CHECK(all["teams.early.overtime_minutes"] == 16);
  CHECK(all["teams.early.night_minutes"] == 32);
  CHECK(all["teams.early.absent_minutes"] == 64);
  CHECK(all["teams.early.duties"] == 3);
  CHECK(all["teams.early.absences"] == 5);
  CHECK(all["teams.early.moves"] == 7);
  CHECK(all["paid_hours"] == 16);
  CHECK(all["night_hours"] == Approx(92.0 / 60));
  CHECK(all["overtime_hours"] == Approx(22.0 / 60));
}
