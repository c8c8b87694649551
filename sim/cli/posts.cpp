#include "cli/posts.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "centre/simulate.hpp"
#include "cli/tell.hpp"
#include "core/words.hpp"
#include "experiment/executor.hpp"
#include "planning/labour_split.hpp"
#include "report/output_folder.hpp"
#include "report/posts_report.hpp"
#include "stats/interval.hpp"

namespace mailflow::cli {

namespace {

class Posts {
 public:
  Posts(const Model& model, const PostsRequest& asked, const PostsOptions& options)
      : model_(model), asked_(asked), options_(options) {
    report_.asked = asked;
  }

  int go() {
    if (!options_.out.empty()) check_results(options_.out, ResultsKind::posts);
    steps();
    problem_ = split_problem(model_, asked_.team, asked_.over, step_, block_);
    fluid_ = split_labour(problem_, false, -1, options_.stop);
    const Split whole = split_labour(problem_, true, 500, options_.stop);
    if (!fluid_.found || !whole.found) {
      tell("{}", tr("mailflow: stopped before a split was found\n"));
      return 0;
    }
    report_.from = problem_.from;
    report_.step = problem_.step;
    report_.change = block_ > 0;
    report_.people = whole.people;
    report_.fluid = fluid_.people;
    report_.fluid_item_hours = fluid_.item_hours;
    report_.whole_item_hours = whole.bound;
    post_the_rest();
    try {
      prove();
    } catch (const ExperimentStopped&) {
      report_.stopped = true;
    }
    if (!options_.out.empty()) write_folder(options_.out, {{"posts.json", posts_json(model_, report_)}});
    if (!options_.quiet) say_text(posts_text(model_, report_));
    return 0;
  }

 private:
  void prove() {
    report_.replications = options_.replications > 0 ? options_.replications : chance() ? 20 : 1;
    report_.as_is = run(model_);
    report_.plan = run(split(report_.people));
    if (block_ == 0) neighbours();
  }

  /// Some 240 steps, so many to each change.
  void steps() {
    const Ticks from = model_.situation.given ? model_.situation.at : 0;
    const Ticks span = model_.end - from;
    step_ = asked_.step > 0 ? asked_.step : std::max<Ticks>(minute, span / 240 / minute * minute);
    if (asked_.change == 0) return;
    block_ = static_cast<std::size_t>(std::max<Ticks>(1, (asked_.change + step_ - 1) / step_));
    step_ = asked_.change / static_cast<Ticks>(block_);
  }

  Model split(const PostsPeople& people) const {
    return with_split(model_, asked_.team, asked_.over, problem_, people);
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

  PostsRun run(const Model& model) const {
    PostsRun found;
    std::vector<double> all;
    for (std::int64_t r = 1; r <= report_.replications; ++r) {
      const Results results = one(model, r);
      all.push_back(item_hours(results));
      found.mean_minutes += results.time_in_centre.mean.mean / static_cast<double>(report_.replications);
      found.left += static_cast<double>(results.left) / static_cast<double>(report_.replications);
    }
    found.item_hours = mean_interval(all, options_.confidence);
    return found;
  }

  /// Whom the fluid does not need is posted too, in the proportions of those it needs: chance may.
  void post_the_rest() {
    const std::size_t steps = problem_.people.size();
    std::vector<double> share(report_.people.size(), 0);
    double all = 0;
    for (std::size_t s = 0; s < report_.people.size(); ++s)
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
      for (const auto& at_station : report_.people) posted += at_station[k];
      for (; all > 0 && posted + 0.5 < std::floor(here); ++posted) {
        std::size_t most = 0;
        for (std::size_t s = 1; s < report_.people.size(); ++s)
          if (share[s] / all * here - report_.people[s][k] > share[most] / all * here - report_.people[most][k])
            most = s;
        ++report_.people[most][k];
      }
    }
  }

  /// One person moved from a station to another, as long as the runs say that it helps.
  void neighbours() {
    for (bool better = true; better;) {
      better = false;
      for (std::size_t from = 0; from < report_.people.size() && !better; ++from)
        for (std::size_t to = 0; to < report_.people.size() && !better; ++to) {
          if (from == to || report_.people[from][0] < 1.5) continue;
          PostsPeople moved = report_.people;
          for (double& n : moved[from]) n -= 1;
          for (double& n : moved[to]) n += 1;
          const PostsRun tried = run(split(moved));
          ++report_.tried;
          if (tried.item_hours.estimate >= report_.plan->item_hours.estimate) continue;
          report_.people = moved;
          report_.plan = tried;
          better = true;
        }
    }
  }

  const Model& model_;
  const PostsRequest& asked_;
  const PostsOptions& options_;
  Ticks step_ = minute;
  std::size_t block_ = 0;
  SplitProblem problem_;
  Split fluid_;
  PostsReport report_;
};

}  // namespace

int posts_command(const Model& model, const PostsRequest& asked, const PostsOptions& options) {
  return Posts(model, asked, options).go();
}

}  // namespace mailflow::cli
