// plan: how many, on which shift, on which day; proved by runs.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <utility>

#include "cli/commands.hpp"
#include "cli/exit_status.hpp"
#include "cli/experiment_options.hpp"
#include "cli/plan_job.hpp"
#include "cli/posts.hpp"
#include "cli/progress_line.hpp"
#include "cli/report.hpp"
#include "cli/stop.hpp"
#include "cli/tell.hpp"
#include "cli/within_day.hpp"
#include "core/words.hpp"
#include "experiment/mpi_executor.hpp"
#include "report/file_name.hpp"
#include "report/output_folder.hpp"
#include "report/plan_report.hpp"
#include "report/text.hpp"
#include "scenario/files/csv.hpp"
#include "scenario/files/files.hpp"
#include "scenario/load.hpp"
#include "scenario/what_if.hpp"

namespace mailflow::cli {

namespace {

/// What is done, the bound, the best, the gap.
std::string progress_words(const PlannerProgress& now) {
  const std::string doing = now.doing == PlannerProgress::Doing::solving   ? tr("solving")
                            : now.doing == PlannerProgress::Doing::running ? tr("running the plan")
                                                                           : tr("trying fewer");
  const auto figure = [](double v) {
    return std::isfinite(v) ? grouped(v, v < 1000 ? target_missed : success) : std::string("-");
  };
  return tr("round {}, {}: bound {}, best {}, gap {}, {} nodes", now.round, doing, figure(now.bound), figure(now.best),
            percent(now.gap), now.nodes);
}

using Set = std::vector<std::pair<std::string, std::string>>;

/// Words with their numbers in order: SC2 before SC10.
bool natural_less(const std::string& a, const std::string& b) {
  const auto letters = [](const std::string& s) { return std::min(s.find_first_of("0123456789"), s.size()); };
  const std::size_t i = letters(a), j = letters(b);
  if (a.substr(0, i) != b.substr(0, j)) return a < b;
  const auto number = [](const std::string& s, std::size_t from) {
    return from < s.size() ? std::strtod(s.c_str() + from, nullptr) : -1;
  };
  return number(a, i) != number(b, j) ? number(a, i) < number(b, j) : a < b;
}

/// The values of a column of recorded data that `key` (arrivals.NAME.where.COLUMN) chooses among.
std::vector<std::string> values_of(const PlanCommandRequest& request, Problems& problems) {
  std::vector<std::string> parts(1);
  for (const char c : request.each)
    if (c == '.')
      parts.emplace_back();
    else
      parts.back() += c;
  std::vector<std::string> values;
  const auto root = read_scenario_with(request.file, {.set = request.set}, problems);
  if (!root || problems.has_errors()) return values;
  const Node* arrivals = root->find("arrivals");
  const Node* source = parts.size() == 4 && parts[0] == "arrivals" && parts[2] == "where" && arrivals != nullptr
                           ? arrivals->find(parts[1])
                           : nullptr;
  const Node* replay = source == nullptr ? nullptr : source->find("replay");
  if (replay == nullptr) {
    problems.error({}, tr("--each is \"{}\"; it must be arrivals.NAME.where.COLUMN of recorded arrivals", request.each),
                   tr("for example {}", "--each arrivals.recorded.where.centre"));
    return values;
  }
  const auto path = resolve(*replay, request.data_dir, problems);
  auto text = path ? read_file(*path, replay->place, problems) : std::nullopt;
  if (!text) return values;
  const CsvFile csv = read_csv(*path, std::move(*text), problems);
  if (problems.has_errors()) return values;
  const int column = csv.column_of(parts[3]);
  if (column < 0) {
    const std::string close = nearest(parts[3], csv.header);
    problems.error({}, tr("--each: {} has no column \"{}\"", *path, parts[3]),
                   close.empty() ? csv.columns() : tr("did you mean {}?", close));
    return values;
  }
  for (std::size_t r = 0; r < csv.rows.size(); ++r) {
    const auto row = csv.rows[r];
    if (std::cmp_greater(row.size(), column)) values.push_back(row[static_cast<std::size_t>(column)]);
  }
  std::sort(values.begin(), values.end(), natural_less);
  values.erase(std::unique(values.begin(), values.end()), values.end());
  return values;
}

Set read_set(const std::vector<std::string>& given, Problems& problems) {
  Set set;
  for (const std::string& text : given) {
    const auto equals = text.find('=');
    if (equals == std::string::npos || equals == 0)
      problems.error({}, tr("--set is \"{}\"; it must be KEY=VALUE", text),
                     tr("for example {}", "--set staff.teams.night.agents=7"));
    else
      set.emplace_back(text.substr(0, equals), text.substr(equals + 1));
  }
  return set;
}

/// What an earlier plan left there, where this one finds none.
void take_away_old(const std::string& folder) {
  remove_own(folder + "/plan.csv", "date,team,shift,agents\n");
  remove_own(folder + "/plan.yaml", "# Made by mailflow plan.");
}

class Command {
 public:
  explicit Command(PlanCommandRequest& request)
      : request_(request),
        stop_(request.seconds),
        executor_(make_executor(request.threads)),
        line_(!request.quiet && executor_->leads(), tr("planning; Ctrl-C gives the best so far")) {
    if (!request.archive.empty() && executor_->leads()) archive_ = std::make_unique<Archive>(request.archive);
  }

  int go() {
    Problems problems;
    std::vector<std::string> values;
    if (!request_.each.empty() && !problems.has_errors()) values = values_of(request_, problems);
    if (request_.each.empty()) values = {""};
    std::vector<PlanReport> plans;
    std::map<std::string, std::string> files;
    const auto folders = file_names_of(values, "", {"plans.csv", "days.csv"});
    if (!request_.each.empty() && !request_.out.empty()) check_results(request_.out, ResultsKind::plans);
    for (std::size_t v = 0; v < values.size(); ++v) {
      const std::string& value = values[v];
      if (problems.has_errors() || stop_.asked()) break;
      Set set = request_.set;
      if (!request_.each.empty()) set.emplace_back(request_.each, value);
      const auto scenario = load(set, problems);
      if (!scenario) break;
      of_ = value.empty() ? "" : value + ": ";
      const bool each = !request_.each.empty();
      one(*scenario, each ? request_.out + "/" + folders[v] : request_.out, set, plans, files);
    }
    line_.clear();
    if (executor_->leads()) tell_problems(problems, request_.quiet);
    if (problems.has_errors()) throw UnusableInput(tr("{} cannot be planned", request_.file));
    if (plans.empty()) {  // stopped at once
      tell("{}", tr("mailflow: stopped before a plan was found\n"));
      return request_.judge ? target_missed : success;
    }
    const bool planned_all = plans.size() == values.size();
    values.resize(plans.size());
    return finish(values, plans, planned_all, files);
  }

 private:
  std::optional<Scenario> load(const Set& set, Problems& problems) {
    Problems of_this;
    auto asked = load_scenario(
        request_.file,
        {.data_dir = request_.data_dir, .seed = request_.seed, .until_day = request_.until_day, .set = set}, of_this);
    if (asked && !asked->plan.given) {
      problems.error(
          {}, tr("{} has no plan: {{teams: ...}}, so nobody's number is open", request_.file),
          tr("say whose may be chosen: plan: {teams: {night: {at_most: 12}}}; or, for what to do now, give --from"));
      return std::nullopt;
    }
    if (asked && asked->plan.teams.empty() && !of_this.has_errors()) return std::nullopt;
    if (of_this.has_errors() || request_.each.empty()) problems = of_this;
    return asked;
  }

  void one(const Scenario& asked, const std::string& folder, const Set& set, std::vector<PlanReport>& plans,
           std::map<std::string, std::string>& files) {
    PlannerOptions options;
    options.confidence = request_.confidence > 0 ? request_.confidence / 100 : asked.plan.confidence;
    options.replications = request_.replications > 0 ? request_.replications : asked.plan.replications;
    options.gap = request_.gap / 100;
    options.rounds = request_.rounds;
    options.simulate = !request_.no_runs;
    options.stop = &stop_.asked();
    if (!request_.quiet)
      options.progress = [this](const PlannerProgress& now) { line_.say([&] { return of_ + progress_words(now); }); };
    Experiment experiment(*executor_, archive_.get(), asked.model.seed, {});
    check_report(request_.report);
    if (!request_.out.empty()) {
      check_not_read(folder, {"plan.json", "plan.csv", "plan.yaml"});
      check_results(folder, ResultsKind::plan);
    }
    PlanMade made = make_plan(asked, experiment, options, {request_.file, folder, set});
    if (!request_.report.empty()) page(asked, experiment, made);
    plans.push_back(std::move(made.report));
    if (request_.out.empty()) return;
    if (executor_->leads() && !plans.back().has_plan)  // what an earlier plan left there would look like this one's
      take_away_old(folder);
    if (request_.each.empty())
      files = std::move(made.files);
    else if (executor_->leads())
      write_folder(folder, made.files);
  }

  /// --report: today's organisation and the plan, as far as they were run; else one run of today's.
  void page(const Scenario& asked, Experiment& experiment, const PlanMade& made) {
    std::vector<std::size_t> shown;
    for (const auto& s : {made.today, made.plan})
      if (s) shown.push_back(*s);
    ReportRequest page = shown.empty()
                             ? gather_report({&asked.model}, asked.model.seed)
                             : gather_report(experiment, shown, made.report.replications, made.report.confidence);
    page.scenarios.front().called = in_both_languages([] { return tr("Today's staff"); });
    if (made.plan) page.scenarios.back().called = in_both_languages([] { return tr("The plan"); });
    page.plan = made.page;
    if (executor_->leads()) write_report(request_.report, report_format(request_.report, ""), page);
  }

  int finish(const std::vector<std::string>& values, const std::vector<PlanReport>& plans, bool planned_all,
             std::map<std::string, std::string>& files) {
    const bool each = !request_.each.empty();
    if (each) {
      files["plans.csv"] = plans_csv(request_.each, values, plans);
      files["days.csv"] = plan_days_csv(request_.each, values, plans);
    }
    if (executor_->leads()) {
      if (!request_.out.empty()) write_folder(request_.out, files);
      if (!request_.out.empty() && !each) take_away_roster(request_.out + "/roster");  // of an earlier plan
      if (!request_.quiet) {
        for (std::size_t v = 0; each && v < values.size(); ++v)
          if (const std::string& still = plans[v].stood_still.words; !still.empty()) say_text(values[v] + ": " + still);
        say_text(each ? plans_text(request_.each, values, plans) : plan_text(plans.at(0)));
        if (!request_.out.empty() && each)
          say_text(tr("\n  Each plan is in a folder of {}\n", request_.out));
        else if (!request_.out.empty() && plans[0].has_plan)
          say_text(tr("\n  The plan is in {}; mailflow run {} runs it\n", request_.out, request_.out + "/plan.yaml"));
        if (!request_.report.empty()) say_text(tr("\n  The report is {}\n", request_.report));
      }
    }
    const bool all =
        planned_all && std::all_of(plans.begin(), plans.end(), [](const PlanReport& r) { return r.holds(); });
    const bool made = planned_all && std::all_of(plans.begin(), plans.end(), [](const PlanReport& r) {
                        return r.holds() || (r.has_plan && r.status == "priced");
                      });
    if (request_.roster && made && executor_->leads() && !stop_.asked()) {
      if (!request_.quiet) give("\n");
      std::fflush(stdout);
      if (const int status = who(); status != 0) return status;
    }
    return request_.judge && !all ? target_missed : success;
  }

  /// The people of the scenario's roster on the shifts of the plan.
  int who() const {
    RosterRequest roster;
    roster.file = request_.out + "/plan.yaml";
    roster.out = request_.out + "/roster";
    roster.data_dir = request_.data_dir;
    roster.quiet = request_.quiet;
    roster.seed = request_.seed;
    roster.until_day = request_.until_day;
    roster.stop = &stop_.asked();
    // by then the plan has been read without problems; what else the roster wants gives way to the plan's numbers
    Problems ignored;
    const auto root = read_scenario_with(roster.file, {}, ignored);
    const Node* section = root ? root->find("roster") : nullptr;
    if (section != nullptr && section->find("demand") != nullptr) roster.set = {{"roster.demand", "teams"}};
    return roster_command(roster);
  }

  PlanCommandRequest& request_;
  StopAsked stop_;  // before any thread
  std::unique_ptr<Executor> executor_;
  std::unique_ptr<Archive> archive_;
  ProgressLine line_;
  std::string of_;  ///< which of several plans
};

}  // namespace

namespace {

/// Whether the scenario asks for a team split over posts; what is wrong with it is told later.
bool asks_for_posts(const PlanCommandRequest& request) {
  Problems ignored;
  const auto root = read_scenario_with(request.file, {.set = request.set}, ignored);
  const Node* plan = root && root->is_map() ? root->find("plan") : nullptr;
  return plan != nullptr && plan->is_map() && plan->find("posts") != nullptr;
}

int plan_posts(const PlanCommandRequest& request) {
  for (const auto& [name, given] : {std::pair{"--each", !request.each.empty()},
                                    {"--roster", request.roster},
                                    {"--gap", request.gap > 0},
                                    {"--no-runs", request.no_runs},
                                    {"--archive", !request.archive.empty()},
                                    {"--judge", request.judge},
                                    {"--report", !request.report.empty()}})
    if (given)
      throw UnusableRequest(tr("{} does not go with plan: {{posts: ...}}, which opens no team's number", name));
  const StopAsked stop(request.seconds);
  Problems problems;
  const LoadOptions options{
      .data_dir = request.data_dir, .seed = request.seed, .until_day = request.until_day, .set = request.set};
  const Scenario asked = usable(load_scenario(request.file, options, problems), problems, request.quiet,
                                tr("{} cannot be planned", request.file));
  PostsOptions posts;
  posts.out = request.out;
  posts.replications = request.replications;
  if (request.confidence > 0) posts.confidence = request.confidence / 100;
  posts.quiet = request.quiet;
  posts.stop = &stop.asked();
  return posts_command(asked.model, asked.posts, posts);
}

/// What is wrong with the request as typed, and with what it writes to.
void ready(PlanCommandRequest& request, bool leads) {
  if (!request.until.empty() && request.from.empty() && request.from_state.empty())
    throw UnusableRequest(tr("--until is of a plan within the day: give --from, or --from-state, too"));
  if (!request.out.empty()) check_folder(request.out);
  Problems problems;
  request.set = read_set(request.sets, problems);
  if (request.roster && !problems.has_errors()) {
    const auto root = read_scenario_with(request.file, {.set = request.set}, problems);
    if (root && !problems.has_errors() && root->find("roster") == nullptr)
      problems.error({}, tr("{} has no roster: section, so there is nobody to give shifts to", request.file),
                     tr("add one (mailflow describe roster), or leave --roster out"));
  }
  if (problems.has_errors()) {
    if (leads) tell_problems(problems);
    throw UnusableInput(tr("{} cannot be planned", request.file));
  }
}

}  // namespace

int plan_command(PlanCommandRequest& request) {
  return guarded_ranks({}, [&](const MpiSession& session) {
    ready(request, session.rank() == 0);
    if (!request.from.empty() || !request.from_state.empty()) {
      const StopAsked stop(request.seconds);
      return within_day_command(request, stop.asked());
    }
    return asks_for_posts(request) ? plan_posts(request) : Command(request).go();
  });
}

}  // namespace mailflow::cli
