// Shift design as it is published (Musliu, Schaerf and Slany 2004): windows of starts, lengths, a price for each shift
// used, agents too few at a price. Every plan of a small problem is enumerated here, without any of the planner.
#include <unistd.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>

#include "experiment/executor.hpp"
#include "planning/planner.hpp"
#include "scenario/load.hpp"

namespace mailflow {
namespace {

namespace fs = std::filesystem;

constexpr int first_hour = 6, hours = 14;
using Wanted = std::vector<int>;  ///< agents, per hour from first_hour

struct Window {
  int earliest, latest;
  std::vector<int> lengths;
};

struct Toy {
  Wanted wanted;
  std::vector<Window> windows;
  double understaffed, price;  ///< of an agent and slot, of each shift used
  int most_shifts;             ///< different ones, in all
  int most_agents;             ///< in all
};

/// One item an hour is an agent's hour: what comes at an hour is due at its end.
std::string text_of(const Toy& toy) {
  const auto at = [](int h) { return "\"" + std::string(h < 10 ? "0" : "") + std::to_string(h) + ":00\""; };
  std::string windows;
  for (const Window& w : toy.windows) {
    std::string lengths;
    for (const int l : w.lengths) lengths += (lengths.empty() ? "" : ", ") + std::to_string(l) + " h";
    windows += "      - {earliest: " + at(w.earliest) + ", latest: " + at(w.latest) + ", every: 1 h, lengths: [" +
               lengths + "]}\n";
  }
  return R"(mailflow: 1
centre: {name: Toy, currency: EUR}
products: {call: {due: 1 h, lot: 1 item}}
arrivals: {calls: {replay: came.csv, mix: {call: 100 %}, into: desk}}
stations: {desk: {kind: manual, skill: calls, positions: 50, rate: 1 item/h per agent, next: out}}
staff:
  shifts: {never: {hours: "02:00-03:00"}}
  teams: {sorters: {agents: 0, shift: never, skills: {calls: 100 %}, cost: 10 EUR/h}}
targets: {prompt: {measure: on time, at_least: 100 %}}
run: {from: 2025-03-03, for: 1 day}
plan:
  understaffed: )" +
         std::to_string(static_cast<int>(toy.understaffed)) +
         " EUR per agent and slot\n  teams: {sorters: {at_most: " + std::to_string(toy.most_agents) +
         "}}\n  new_shifts:\n    teams: [sorters]\n    price: " + std::to_string(static_cast<int>(toy.price)) +
         " EUR\n    at_most: " + std::to_string(toy.most_shifts) + "\n    windows:\n" + windows;
}

struct Shift {
  int start, length;
};

/// Every number on every shift, one shift after the other.
class Enumeration {
 public:
  explicit Enumeration(const Toy& toy) : toy_(toy) {
    for (const Window& w : toy.windows)
      for (int start = w.earliest; start <= w.latest; ++start)
        for (const int length : w.lengths) shifts_.push_back({start, length});
  }
  double least() {
    choose(0, 0, 0, Wanted(hours, 0));
    return least_;
  }

 private:
  void choose(std::size_t s, int agents, double cost, const Wanted& there) {
    if (cost >= least_) return;
    if (s == shifts_.size()) {
      for (int h = 0; h < hours; ++h)
        cost += toy_.understaffed *
                std::max(0, toy_.wanted[static_cast<std::size_t>(h)] - there[static_cast<std::size_t>(h)]);
      least_ = std::min(least_, cost);
      return;
    }
    choose(s + 1, agents, cost, there);
    const Shift& shift = shifts_[s];
    if (used_ == toy_.most_shifts) return;
    ++used_;
    Wanted more = there;
    for (int n = 1; agents + n <= toy_.most_agents; ++n) {
      for (int h = shift.start; h < shift.start + shift.length; ++h)
        if (h >= first_hour && h < first_hour + hours) ++more[static_cast<std::size_t>(h - first_hour)];
      choose(s + 1, agents + n, cost + toy_.price + 10.0 * n * shift.length, more);
    }
    --used_;
  }

  const Toy& toy_;
  std::vector<Shift> shifts_;
  int used_ = 0;
  double least_ = 1e18;
};

StaffPlan planned(const Toy& toy, bool simulate = false) {
  const fs::path folder = fs::temp_directory_path() / ("mailflow-shift-design-" + std::to_string(getpid()));
  fs::create_directories(folder);
  std::ofstream(folder / "toy.yaml") << text_of(toy);
  std::ofstream came(folder / "came.csv");
  came << "time,items\n";
  for (int h = 0; h < hours; ++h)
    if (const int n = toy.wanted[static_cast<std::size_t>(h)]; n > 0)
      came << "2025-03-03T" << (first_hour + h < 10 ? "0" : "") << first_hour + h << ":00," << n << "\n";
  came.close();
  Problems problems;
  const auto asked = load_scenario((folder / "toy.yaml").string(), {}, problems);
  fs::remove_all(folder);
  INFO(problems.text());
  REQUIRE(asked.has_value());
  const auto executor = thread_executor(1);
  Experiment experiment(*executor, nullptr, 1, {});
  return Planner(asked->model, asked->plan, experiment, {.replications = 1, .simulate = simulate}).plan();
}

}  // namespace

TEST_CASE("toys of shift design cost what an enumeration of all plans costs") {
  const Window early{6, 8, {4, 6}}, late{12, 15, {4, 5}}, noon{10, 11, {3}};
  const Wanted one{0, 1, 2, 3, 3, 2, 1, 0, 0, 0, 0, 0, 0, 0}, two{2, 2, 3, 3, 1, 0, 1, 2, 3, 3, 2, 1, 0, 0},
      hump{1, 1, 2, 2, 4, 4, 4, 2, 2, 2, 1, 0, 0, 0};
  const std::vector<Toy> toys = {
      {one, {early}, 40, 15, 2, 4},              // one peak, one window
      {one, {early}, 9, 15, 2, 4},               // who lacks costs less than an hour's pay: nobody comes
      {two, {early, late}, 14, 15, 3, 6},        // two peaks, two windows
      {two, {early, late}, 60, 15, 3, 6},        // the same, and hardly anybody may lack
      {hump, {early, noon, late}, 18, 5, 3, 5},  // a short shift for the hump of noon
      {hump, {early, noon, late}, 26, 30, 2, 3},
  };
  for (std::size_t t = 0; t < toys.size(); ++t) {
    INFO("toy " << t);
    const StaffPlan plan = planned(toys[t]);
    REQUIRE(plan.status == PlanStatus::holds);
    CHECK(plan.cost == Approx(Enumeration(toys[t]).least()));
    CHECK(plan.proven);
  }
}

TEST_CASE("who lacks is told by slot and price, and the run tells what that misses") {
  // Two from 06:00 to 10:00, and a third in the one hour from 08:00: nobody comes for 40 EUR where one who lacks
  // costs 14.
  const Toy toy{{2, 2, 3, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}, {{6, 6, {4}}}, 14, 15, 1, 6};
  const StaffPlan plan = planned(toy, true);
  // One call of 08:00 waits until 09:00, in the place of one of that hour, which nobody is there for at 10:00.
  CHECK(plan.status == PlanStatus::priced);
  CHECK(plan.cost == Approx(2 * 40 + 15 + 14));
  CHECK(plan.price_of_new == Approx(15));
  CHECK(plan.price_of_lacks == Approx(14));
  REQUIRE(plan.lacks.size() == 1);
  CHECK(plan.lacks[0].from == 8 * hour);
  CHECK(plan.lacks[0].agents == Approx(1));
  REQUIRE(plan.run.has_value());
  CHECK(plan.run->targets[0].value.estimate == Approx(7.0 / 9));
}

}  // namespace mailflow
