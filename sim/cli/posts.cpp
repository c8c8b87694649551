#include "cli/posts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <nlohmann/json.hpp>
#include <optional>

#include "centre/simulate.hpp"
#include "cli/tell.hpp"
#include "core/words.hpp"
#include "experiment/executor.hpp"
#include "metrics/interval.hpp"
#include "planning/labour_split.hpp"
#include "report/output_folder.hpp"
#include "report/text.hpp"

namespace mailflow::cli {

namespace {

using Json = nlohmann::ordered_json;
using People = std::vector<std::vector<double>>;

/// The runs of one split.
struct Run {
  Interval item_hours;
  double mean_minutes = 0;  ///< of items that left
  double left = 0;
};

class Posts {
 public:
  Posts(const Model& model, const PostsOptions& options) : model_(model), options_(options) {}

  int go() {
    if (!options_.out.empty()) check_results(options_.out, ResultsKind::posts);
    steps();
    problem_ = split_problem(model_, model_.posts.team, model_.posts.over, step_, block_);
    fluid_ = split_labour(problem_, false, -1, options_.stop);
    const Split whole = split_labour(problem_, true, 500, options_.stop);
    if (!fluid_.found || !whole.found) {
      tell("mailflow: stopped before a split was found\n");
      return 0;
    }
    people_ = whole.people;
    post_the_rest();
    whole_hours_ = whole.bound;
    try {
      prove();
    } catch (const ExperimentStopped&) {
      stopped_ = true;
    }
    if (!options_.out.empty()) write_folder(options_.out, {{"posts.json", json().dump(2) + "\n"}});
    if (!options_.quiet) std::fputs(text().c_str(), stdout);
    return 0;
  }

 private:
  void prove() {
    replications_ = options_.replications > 0 ? options_.replications : chance() ? 20 : 1;
    as_is_ = run(model_);
    plan_ = run(split(people_));
    if (block_ == 0) neighbours();
  }

  /// Some 240 steps, so many to each change.
  void steps() {
    const Ticks from = model_.situation.given ? model_.situation.at : 0;
    const Ticks span = model_.end - from;
    step_ = model_.posts.step > 0 ? model_.posts.step : std::max<Ticks>(minute, span / 240 / minute * minute);
    if (model_.posts.change == 0) return;
    block_ = static_cast<std::size_t>(std::max<Ticks>(1, (model_.posts.change + step_ - 1) / step_));
    step_ = model_.posts.change / static_cast<Ticks>(block_);
  }

  Model split(const People& people) const {
    return with_split(model_, model_.posts.team, model_.posts.over, problem_, people);
  }

  Results one(const Model& model, std::int64_t replication) const {
    RunOptions run;
    run.seed = model.seed;
    run.replication = static_cast<std::uint64_t>(replication);
    const auto give_up = [this](Ticks) {
      if (options_.stop != nullptr && *options_.stop) throw ExperimentStopped();
    };
    give_up(0);
    run.progress = give_up;
    return simulate(model, run);
  }

  bool chance() const { return item_hours(one(model_, 1)) != item_hours(one(model_, 2)); }

  Run run(const Model& model) const {
    Run found;
    std::vector<double> all;
    for (std::int64_t r = 1; r <= replications_; ++r) {
      const Results results = one(model, r);
      all.push_back(item_hours(results));
      found.mean_minutes += results.time_in_centre.mean.mean / static_cast<double>(replications_);
      found.left += static_cast<double>(results.left) / static_cast<double>(replications_);
    }
    found.item_hours = mean_interval(all, options_.confidence);
    return found;
  }

  /// Whom the fluid does not need is posted too, in the proportions of those it needs: chance may.
  void post_the_rest() {
    const std::size_t steps = problem_.people.size();
    std::vector<double> share(people_.size(), 0);
    double all = 0;
    for (std::size_t s = 0; s < people_.size(); ++s)
      for (const double n : fluid_.people[s]) {
        share[s] += n;
        all += n;
      }
    for (std::size_t k = 0; k < steps; ++k) {
      const std::size_t from = block_ == 0 ? 0 : k / block_ * block_;
      const std::size_t to = block_ == 0 ? steps : std::min(steps, from + block_);
      const double here = *std::max_element(problem_.people.begin() + static_cast<std::ptrdiff_t>(from),
                                            problem_.people.begin() + static_cast<std::ptrdiff_t>(to));
      double posted = 0;
      for (const auto& at_station : people_) posted += at_station[k];
      for (; all > 0 && posted + 0.5 < std::floor(here); ++posted) {
        std::size_t most = 0;
        for (std::size_t s = 1; s < people_.size(); ++s)
          if (share[s] / all * here - people_[s][k] > share[most] / all * here - people_[most][k]) most = s;
        ++people_[most][k];
      }
    }
  }

  /// One person moved from a station to another, as long as the runs say that it helps.
  void neighbours() {
    for (bool better = true; better;) {
      better = false;
      for (std::size_t from = 0; from < people_.size() && !better; ++from)
        for (std::size_t to = 0; to < people_.size() && !better; ++to) {
          if (from == to || people_[from][0] < 1.5) continue;
          People moved = people_;
          for (double& n : moved[from]) n -= 1;
          for (double& n : moved[to]) n += 1;
          const Run tried = run(split(moved));
          ++tried_;
          if (tried.item_hours.estimate >= plan_->item_hours.estimate) continue;
          people_ = moved;
          plan_ = tried;
          better = true;
        }
    }
  }

  std::string station(std::size_t s) const {
    const Station& is = model_.stations[static_cast<std::size_t>(model_.posts.over[s])];
    return name_of(is.label, is.name);
  }

  /// Where mail is there or comes: the steps that people matter in.
  std::size_t last_step() const {
    std::size_t last = 0;
    for (std::size_t k = 0; k < problem_.people.size(); ++k)
      for (const auto& at_station : fluid_.people)
        if (at_station[k] > 1e-6) last = k;
    return last;
  }

  static bool same(const People& people, std::size_t a, std::size_t b) {
    return std::all_of(people.begin(), people.end(), [&](const auto& row) { return std::abs(row[a] - row[b]) < 0.05; });
  }

  std::string time(std::size_t k) const {
    const Ticks at = problem_.from + static_cast<Ticks>(k) * problem_.step;
    return model_.calendar().shown(std::min(at, model_.end));
  }

  std::string text() const {
    const Team& team = model_.teams[static_cast<std::size_t>(model_.posts.team)];
    std::string all = tr("Posts of {}: the fewest item-hours", name_of(team.label, team.name)) + "\n\n";
    std::vector<std::string> header = {block_ == 0 ? "" : tr("from")};
    for (std::size_t s = 0; s < people_.size(); ++s) header.push_back(station(s));
    if (block_ == 0) {
      Columns columns(header);
      const auto row = [&](const std::string& what, const People& people, int decimals) {
        std::vector<std::string> cells = {what};
        for (const auto& p : people) cells.push_back(grouped(p[0], decimals));
        columns.row(cells);
      };
      row("  " + tr("agents, of the plan"), people_, 0);
      row("  " + tr("agents, were they divisible"), fluid_.people, 2);
      all += columns.text();
    } else {
      Columns columns(header);
      const std::size_t last = last_step();
      for (std::size_t k = 0; k <= last; ++k) {
        if (k > 0 && same(people_, k, k - 1)) continue;
        std::vector<std::string> cells = {"  " + time(k)};
        for (const auto& p : people_) cells.push_back(grouped(p[k], 0));
        columns.row(cells);
      }
      all += columns.text();
    }
    Columns hours({"", tr("item-hours"), tr("mean time"), tr("still here")});
    const auto row = [&](const std::string& what, const std::optional<Run>& found) {
      if (!found) return;
      const Interval& i = found->item_hours;
      std::string value = grouped(i.estimate, 0);
      if (replications_ > 1) value += " +- " + grouped(i.half_width(), 0);
      hours.row({what, value, span(found->mean_minutes), grouped(found->left, 0)});
    };
    row("  " + tr("as the scenario has it"), as_is_);
    row("  " + tr("with the plan"), plan_);
    hours.row({"  " + tr("least of whole agents, mail a fluid"), grouped(whole_hours_, 0), "", ""});
    hours.row({"  " + tr("least of any split, mail a fluid"), grouped(fluid_.item_hours, 0), "", ""});
    all += "\n" + hours.text();
    if (block_ == 0 && tried_ > 0)
      all += "\n" +
             tr_plural("{0} split with one agent elsewhere was run: none is better.",
                       "{0} splits with one agent elsewhere were run: none is better.", tried_, tried_) +
             "\n";
    if (stopped_)
      all += "\n" +
             (plan_ ? tr("Stopped before all was tried: this is the best so far.")
                    : tr("Stopped before the plan was run: its agents are those of the fluid.")) +
             "\n";
    return all;
  }

  Json json() const {
    const auto agents = [&](const People& people) {
      Json all = Json::object();
      for (std::size_t s = 0; s < people.size(); ++s) {
        const std::string& name = model_.stations[static_cast<std::size_t>(model_.posts.over[s])].name;
        all[name] = Json::array();
        for (std::size_t k = 0; k < people[s].size(); ++k)
          if (k == 0 || std::abs(people[s][k] - people[s][k - 1]) > 1e-9)
            all[name].push_back({{"from", time(k)}, {"agents", people[s][k]}});
      }
      return all;
    };
    const auto found = [&](const std::optional<Run>& r) {
      if (!r) return Json{{"item_hours", nullptr}, {"mean_minutes", nullptr}, {"left", nullptr}};
      return Json{{"item_hours", r->item_hours.estimate}, {"mean_minutes", r->mean_minutes}, {"left", r->left}};
    };
    Json json = {{"format", 1}, {"replications", replications_}, {"stopped", stopped_}};
    json["fluid"] = {{"item_hours", fluid_.item_hours}, {"agents", agents(fluid_.people)}};
    json["plan"] = found(plan_);
    json["plan"]["agents"] = agents(people_);
    json["as_is"] = found(as_is_);
    return json;
  }

  const Model& model_;
  const PostsOptions& options_;
  Ticks step_ = minute;
  std::size_t block_ = 0;
  SplitProblem problem_;
  Split fluid_;
  People people_;
  double whole_hours_ = 0;
  std::int64_t replications_ = 1;
  long tried_ = 0;
  std::optional<Run> as_is_, plan_;  ///< of the plan; none: stopped before
  bool stopped_ = false;
};

}  // namespace

int posts_command(const Model& model, const PostsOptions& options) { return Posts(model, options).go(); }

}  // namespace mailflow::cli
