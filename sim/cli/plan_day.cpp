#include "cli/plan_day.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <atomic>
#include <csignal>
#include <cstdio>

#include "cli/commands.hpp"
#include "cli/experiment_options.hpp"
#include "cli/posts.hpp"
#include "scenario/load.hpp"

namespace mailflow::cli {

namespace {

std::atomic<bool> interrupted{false};  // NOLINT(cppcoreguidelines-avoid-non-const-global-variables)
static_assert(std::atomic<bool>::is_always_lock_free);

extern "C" void on_day_interrupt(int signal) {
  interrupted = true;
  std::signal(signal, SIG_DFL);
}

CLI::App* new_command(CLI::App& app) {
  CLI::App* plan = app.add_subcommand("plan", "What to do now, and how to split a team over its posts; proved by runs");
  plan->add_option("file", "scenario")->required();
  plan->add_option("--out", "folder for posts.json");
  plan->add_option("--data", "folder of recorded data, for replay: data:... (default: $MAILFLOW_DATA)");
  plan->add_option("--seed", "seed of the random draws, instead of the scenario's")->check(not_a_whole_number);
  plan->add_option("--replications", "runs that prove a plan (30; of posts 20)")->check(CLI::Range(1, 1000000));
  plan->add_option("--confidence", "of the intervals in percent (95)")->check(CLI::Range(50.0, 99.99));
  plan->add_option("--threads", "cores to use (all)")->check(CLI::Range(1, 4096));
  plan->add_flag("--quiet")->description("print no plan and no progress");
  return plan;
}

template <class Value>
void take(const CLI::App& plan, const char* name, Value& into) {
  const CLI::Option* option = plan.get_option_no_throw(name);
  if (option != nullptr && option->count() > 0) into = option->as<Value>();
}

}  // namespace

CLI::App* add_day_options(CLI::App& app, WithinDayRequest& request) {
  const auto commands = app.get_subcommands({});
  const auto found =
      std::find_if(commands.begin(), commands.end(), [](const CLI::App* c) { return c->get_name() == "plan"; });
  CLI::App* plan = found == commands.end() ? new_command(app) : *found;
  plan->add_option(
      "--from", request.from,
      "what to do now: 02:00, or \"2025-03-12 02:00\"; the situation is that of a run, or of --from-state");
  plan->add_option("--until", request.until, "with --from: how far to look ahead (a day)");
  plan->add_option("--from-state", request.from_state,
                   "file with the situation to plan in: what is where at an instant");
  return plan;
}

std::optional<int> plan_day_command(const CLI::App& plan, WithinDayRequest day) {
  PostsOptions posts;
  std::uint64_t seed = 0;
  take(plan, "file", day.file);
  take(plan, "--out", posts.out);
  take(plan, "--data", day.data_dir);
  take(plan, "--seed", seed);
  if (const CLI::Option* given = plan.get_option_no_throw("--seed"); given != nullptr && given->count() > 0)
    day.seed = seed;
  take(plan, "--replications", day.replications);
  take(plan, "--confidence", day.confidence);
  take(plan, "--threads", day.threads);
  const CLI::Option* quiet = plan.get_option_no_throw("--quiet");
  day.quiet = quiet != nullptr && quiet->count() > 0;
  day.stop = posts.stop = &interrupted;
  if (!day.from.empty() || !day.from_state.empty()) {
    std::signal(SIGINT, on_day_interrupt);
    return guarded([&] { return within_day_command(day); });
  }
  Problems problems;
  const auto model = load_scenario(day.file, {day.data_dir, day.seed, std::nullopt, {}}, problems);
  if (!model || model->posts.team < 0) {
    if (plan.get_option_no_throw("--each") != nullptr) return std::nullopt;  // numbers of agents are planned then
    std::fputs(problems.text().c_str(), stderr);
    fmt::print(stderr, "mailflow: {} asks for no plan: give --from, or plan: {{posts: ...}}\n", day.file);
    return 3;
  }
  std::signal(SIGINT, on_day_interrupt);
  if (!day.quiet) std::fputs(problems.text().c_str(), stderr);
  posts.replications = day.replications;
  if (day.confidence > 0) posts.confidence = day.confidence / 100;
  posts.quiet = day.quiet;
  return guarded([&] { return posts_command(*model, posts); });
}

}  // namespace mailflow::cli
