#include "cli/experiment_options.hpp"

#include <fmt/format.h>

#include <chrono>
#include <cmath>
#include <cstdio>
#include <filesystem>

#include "centre/simulate.hpp"
#include "cli/tell.hpp"
#include "core/words.hpp"
#include "experiment/mpi_executor.hpp"
#include "experiment/warm_up.hpp"
#include "metrics/mail_there.hpp"
#include "report/output_file.hpp"
#include "report/summary.hpp"
#include "report/text.hpp"
#include "scenario/load.hpp"
#include "scenario/values/quantities.hpp"

namespace mailflow::cli {

ExperimentSetup::ExperimentSetup(const ExperimentRequest& request)
    : request_(request), executor_(make_executor(request.threads)), line_(!request.quiet) {
  if (request.archive.empty() || !executor_->leads()) return;
  const std::scoped_lock opening(opening_);
  closes_.emplace([this] {
    constexpr std::chrono::seconds at_most(3);
    if (opening_.try_lock_for(at_most) && archive_) archive_->close_for_good();
  });
  archive_ = std::make_unique<Archive>(request.archive);
}

void ExperimentSetup::print(const std::string& text) const {
  if (leads()) say_text(text);
}

std::string ExperimentSetup::words_of(const ExperimentProgress& now) const {
  const auto run = static_cast<double>(now.done - now.found);
  const double left = run > 0 ? line_.seconds() / run * static_cast<double>(now.wanted - now.done) : 0;
  return tr("{} of {} runs done{}, about {:.0f} s left{}", now.done, now.wanted,
            now.found > 0 ? tr(" ({} from the archive)", now.found) : "", left,
            now.precision.empty() ? "" : tr("; {}", now.precision));
}

namespace {

bool asks_for_own_times(const ExperimentRequest& request) {
  const auto asks = [](const std::string& text) {
    return text == "all" || text.find(".own_time_minutes.") != std::string::npos;
  };
  return std::any_of(request.measures.begin(), request.measures.end(), asks) ||
         std::any_of(request.precisions.begin(), request.precisions.end(), asks);
}

}  // namespace

bool ExperimentSetup::add(const std::string& file, Problems& problems,
                          const std::vector<std::pair<std::string, std::string>>& set) {
  const LoadOptions options{.data_dir = request_.data_dir,
                            .seed = request_.seed,
                            .until_day = request_.until_day,
                            .set = set,
                            .from_state = request_.from_state};
  auto model = load_model(file, options, problems);
  if (!model) return false;
  if (!experiment_) {
    seed_ = model->seed;
    const auto show = [this](const ExperimentProgress& now) { line_.say([&] { return words_of(now); }); };
    experiment_ = std::make_unique<Experiment>(*executor_, archive_.get(), seed_, show);
    if (asks_for_own_times(request_)) experiment_->want_own_times();
  }
  if (!set_warm_up(*model, problems)) return false;
  const Speaks english(Language::en);  // files and archives name it so
  std::string name = shown_name(*model);
  for (const auto& [key, value] : set) name.append(", ").append(key).append(" ").append(value);
  experiment_->add(name, std::make_shared<const Model>(std::move(*model)), scenario_text(file));
  return true;
}

bool ExperimentSetup::set_warm_up(Model& model, Problems& problems) {
  if (request_.warm_up.empty()) return true;
  if (model.situation.given) {
    problems.error({}, tr("--warm-up says nothing in a run that begins in a situation: it counts from its instant"),
                   tr("leave --warm-up out"));
    return false;
  }
  if (!warm_up_) {
    Failure failure;
    warm_up_ = request_.warm_up == "found" ? find_warm_up(model, seed_)
                                           : parse_duration(request_.warm_up, Least::zero, failure);
    if (!warm_up_ && request_.warm_up == "found")
      problems.error({},
                     tr("{}: no warm-up can be found: the run is too short, or its content never settles", model.file),
                     long_enough(model));
    else if (!warm_up_)
      problems.error({}, tr("{} is {}; {}", "--warm-up", tr("\"{}\"", request_.warm_up), failure.must), failure.help);
    else if (request_.warm_up == "found" && leads() && !request_.quiet)
      tell("{}", tr("warm-up found: {} (MSER-5 over 5 pilot runs of {})\n", span(in_minutes(*warm_up_)), model.file));
  }
  if (!warm_up_) return false;
  if (*warm_up_ >= model.end) {
    problems.error({}, tr("--warm-up is \"{}\"; it must be shorter than the run of {}", request_.warm_up, model.file));
    return false;
  }
  model.warm_up = *warm_up_;
  return true;
}

std::string ExperimentSetup::long_enough(const Model& model) const {
  const Ticks least = least_run_for_warm_up(model);
  Ticks last = 0;
  for (const Ticks tried : {least, std::max(least, 2 * model.end), std::max(2 * least, 4 * model.end)}) {
    const Ticks days = (tried + day - 1) / day;
    if (days * day <= std::max(model.end, last)) continue;
    last = days * day;
    Problems unsaid;
    const LoadOptions options{
        .data_dir = request_.data_dir, .seed = request_.seed, .set = {{"run.for", fmt::format("{} days", days)}}};
    const auto longer = load_model(model.file, options, unsaid);
    if (!longer) break;
    if (const auto found = find_warm_up(*longer, seed_))
      return tr("a run of {} days (run: for:) is enough: there it settles after {}; or give --warm-up a duration", days,
                span(in_minutes(*found)));
  }
  if (last == 0) return tr("let it run longer, or give --warm-up a duration");
  return tr(
      "a run of {} days does not settle either: does more mail come than is handled? Or give --warm-up a "
      "duration",
      last / day);
}

bool ExperimentSetup::load(Problems& problems) {
  bool all = true;
  for (const std::string& file : request_.files) all = add(file, problems) && all;
  return all;
}

Stopping stopping_of(const ExperimentRequest& request, const std::vector<Measure>& measures, std::int64_t by_default,
                     Problems& problems) {
  Stopping stopping;
  stopping.confidence = request.confidence / 100;
  stopping.least = request.least;
  stopping.most = std::max(request.least, request.most);
  for (const std::string& text : request.precisions)
    if (const auto precision = read_precision(text, measures, "--precision", problems))
      stopping.precisions.push_back(*precision);
  if (request.precisions.empty()) stopping.fixed = request.replications > 0 ? request.replications : by_default;
  if (!request.precisions.empty() && request.replications > 0) stopping.most = stopping.least = request.replications;
  return stopping;
}

std::vector<std::size_t> chosen(const ExperimentRequest& request, const std::vector<Measure>& measures,
                                Problems& problems) {
  std::vector<std::size_t> rows;
  const bool all = std::find(request.measures.begin(), request.measures.end(), "all") != request.measures.end();
  for (std::size_t m = 0; m < measures.size(); ++m)
    if (all || measures[m].headline) rows.push_back(m);
  for (const std::string& name : request.measures)
    if (name != "all")
      if (const auto m = find_measure(name, measures, "--measure", problems))
        if (std::find(rows.begin(), rows.end(), *m) == rows.end()) rows.push_back(*m);
  return rows;
}

ExperimentReport report_of(ExperimentSetup& setup, const ExperimentRequest& request,
                           const std::vector<std::size_t>& measures, std::int64_t n, Problems& problems) {
  ReportOptions options;
  options.confidence = request.confidence / 100;
  options.until_day = request.until_day.value_or(0);
  options.stood_still = setup.leads();
  for (const std::string& text : request.worth)
    if (const auto w = read_precision(text, setup.experiment().measures(0), "--worth", problems))
      options.worth_having[w->measure] = w->half_width;
  return report_of(setup.experiment(), measures, n, options);
}

}  // namespace mailflow::cli
