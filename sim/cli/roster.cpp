#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <ctime>
#include <filesystem>

#include "centre/simulate.hpp"
#include "cli/commands.hpp"
#include "cli/exit_status.hpp"
#include "cli/progress_line.hpp"
#include "cli/report.hpp"
#include "cli/roster_training.hpp"
#include "cli/stop.hpp"
#include "cli/tell.hpp"
#include "core/words.hpp"
#include "report/file_name.hpp"
#include "report/output_folder.hpp"
#include "report/roster_files.hpp"
#include "report/roster_text.hpp"
#include "report/roster_words.hpp"
#include "report/summary.hpp"
#include "report/text.hpp"
#include "roster/roster_check.hpp"
#include "roster/roster_planner.hpp"
#include "scenario/load.hpp"
#include "scenario/roster/roster_file.hpp"

namespace mailflow::cli {

namespace {

std::string progress_words(const RosterProgress& p) {
  const auto number = [](double value) { return std::isfinite(value) ? grouped(value) : std::string("-"); };
  return tr("best {}, bound {}, gap {}", number(p.best), number(p.bound),
            std::isfinite(p.gap) ? fmt::format("{:.3f} %", 100 * p.gap) : "-");
}

std::string stamp() {
  const std::time_t now = std::time(nullptr);
  std::tm utc{};
  gmtime_r(&now, &utc);
  return fmt::format("{:04}{:02}{:02}T{:02}{:02}{:02}Z", utc.tm_year + 1900, utc.tm_mon + 1, utc.tm_mday, utc.tm_hour,
                     utc.tm_min, utc.tm_sec);
}

/// What an earlier roster left in the folder would look like this one's: calendars but those to keep, and, where there
/// is none to keep, the roster.
void take_away_old(const std::string& out, const std::map<std::string, std::string>& keep) {
  namespace fs = std::filesystem;
  std::error_code none_there;
  std::vector<fs::path> old;
  for (const auto& entry : fs::directory_iterator(out + "/calendars", none_there)) {
    const std::string name = entry.path().filename().string();
    const bool cut_off = name.ends_with(".ics.part");  // of a run that was killed
    if (cut_off || (name.ends_with(".ics") && !keep.contains(name))) old.push_back(entry.path());
  }
  for (const fs::path& path : old) remove_own(path.string(), "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//mailflow//");
  if (!keep.empty()) return;
  remove_own(out + "/roster.csv", "name,date,shift,post,");
  remove_own(out + "/roster.json", "{\n \"roster\": {");
}

void write(const RosterRequest& request, const RosterTask& task, const RosterResult& result) {
  std::map<std::string, std::string> files = {{"roster.csv", roster_csv(task, result)},
                                              {"roster.json", roster_json(task, result)}};
  begin_change(request.out, "roster.json");
  const std::string now = stamp();
  std::vector<std::string> names;
  for (const auto& agent : task.agents) names.push_back(agent.name);
  const auto calendars = file_names_of(names, ".ics");
  std::map<std::string, std::string> own;
  for (std::size_t a = 0; a < calendars.size(); ++a)
    own[calendars[a]] = roster_calendar(task, result.roster, static_cast<int>(a), now);
  write_folder(request.out + "/calendars", own);
  take_away_old(request.out, own);
  write_folder(request.out, files);
}

/// Of all who are on a shift, the row of the first beyond the limit.
Place place_of_surplus(const GivenRoster& given, const Breach& breach) {
  std::vector<Place> rows;
  for (const auto& [whose, place] : given.places)
    if (whose.second == breach.day &&
        given.roster.duty[static_cast<std::size_t>(whose.first)][static_cast<std::size_t>(breach.day)].shift ==
            breach.shift)
      rows.push_back(place);
  std::sort(rows.begin(), rows.end(), [](const Place& a, const Place& b) { return a.line < b.line; });
  const auto beyond = static_cast<std::size_t>(breach.limit);
  return beyond < rows.size() ? rows[beyond] : given.file;
}

/// The row to look at: that of the shift by which a rule is broken, else the first that is worked of the days told.
Place place_of(const GivenRoster& given, const Breach& breach) {
  if (breach.rule == Rule::surplus) return place_of_surplus(given, breach);
  for (int d = breach.made_on >= 0 ? breach.made_on : breach.day; d <= breach.last; ++d)
    if (const auto found = given.places.find({breach.agent, d}); found != given.places.end()) return found->second;
  return given.file;
}

/// Tells every breach of a roster that somebody wrote, at its row.
int check(const RosterRequest& request, const RosterTask& task, Problems& problems) {
  const auto given = read_roster(request.check, task, problems);
  if (!given) {
    tell_problems(problems);
    throw UnusableInput(tr("{} cannot be checked", request.check));
  }
  for (const Breach& breach : check_roster(task, given->roster)) {
    const Place place = place_of(*given, breach);
    const std::string source = source_words(task, breach.rule, breach.agent);
    std::string help;
    if (!source.empty()) help = (task.rule_set.empty() ? "" : task.rule_set + ": ") + source;
    if (breach.cost < 0)
      problems.error(place, breach_words(task, breach), help);
    else
      problems.warning(place, breach_words(task, breach), help);
  }
  tell_problems(problems);
  if (problems.errors() > 0) {
    say("{}\n", tr_plural("{}: {} rule that must hold is broken", "{}: rules that must hold are broken {} times",
                          static_cast<long>(problems.errors()), request.check, problems.errors()));
    return invalid_input;
  }
  say("{}\n", tr("{}: every rule that must hold is kept", request.check));
  return 0;
}

/// What a run of the roster shows.
std::string proof(const Scenario& scenario, const RosterTask& task, const RosterResult& result) {
  const Model model = with_roster(scenario.model, task, result.roster);
  const std::string targets = target_lines(model, simulate(model, {}));
  return targets.empty() ? "" : "\n  " + tr("Simulated with this roster:") + "\n" + targets;
}

}  // namespace

void take_away_roster(const std::string& folder) {
  if (results_kind_in(folder) != words_of(ResultsKind::roster)) return;
  take_away_old(folder, {});
  std::error_code ignored;
  for (const char* emptied : {"/calendars", ""})
    if (std::filesystem::is_empty(folder + emptied, ignored)) std::filesystem::remove(folder + emptied, ignored);
}

int roster_command(const RosterRequest& request) {
  return guarded({}, [&]() -> int {
    Problems problems;
    LoadOptions options;
    options.data_dir = request.data_dir;
    options.set = request.set;
    options.seed = request.seed;
    options.until_day = request.until_day;
    const auto scenario = load_scenario(request.file, options, problems);
    if (scenario && !scenario->roster)
      problems.error({}, tr("{} has no roster: section, so there is nobody to give shifts to", request.file),
                     tr("add one; mailflow describe roster"));
    if (!scenario || problems.has_errors()) {
      tell_problems(problems);
      return invalid_input;
    }
    const RosterTask& task = *scenario->roster;
    if (!request.check.empty()) return check(request, task, problems);
    tell_problems(problems);
    if (!request.out.empty()) check_folder(request.out);
    if (!request.out.empty()) {
      check_not_read(request.out, {"roster.csv", "roster.json", "training.csv"});
      check_results(request.out, request.training ? ResultsKind::training : ResultsKind::roster);
    }
    check_report(request.report);
    std::optional<StopAsked> own_stop;
    if (request.stop == nullptr) own_stop.emplace(request.seconds);
    RosterOptions planning;
    planning.gap = request.gap / 100;
    planning.stop = request.stop != nullptr ? request.stop : &own_stop->asked();
    ProgressLine line(!request.quiet && !request.training, tr("planning; Ctrl-C gives the best so far"));
    if (!request.quiet)
      planning.progress = [&](const RosterProgress& now) { line.say([&] { return progress_words(now); }); };
    if (request.training) return training_command(request, *scenario, planning);
    const RosterResult result = plan_roster(task, planning);
    line.clear();
    if (!result.found) {
      if (!request.out.empty()) take_away_old(request.out, {});
      say("{}", conflict_text(task, result));
      return result.proven ? invalid_input : run_failed;
    }
    const std::string title = name_of(scenario->model.label, scenario->model.name);
    if (!request.quiet) {
      say("{}", roster_text(task, result, title, request.all ? 0 : 60));
      say("{}", proof(*scenario, task, result));
    }
    if (!request.out.empty()) {
      write(request, task, result);
      if (!request.quiet) say("{}", tr("\n  Roster and calendars are in {}\n", request.out));
    }
    if (!request.report.empty()) {
      const Model model = with_roster(scenario->model, task, result.roster);
      ReportRequest page = gather_report({&model}, model.seed);
      page.roster = roster_json(task, result);
      write_report(request.report, report_format(request.report, ""), page);
      if (!request.quiet) say("{}", tr("\n  The report is {}\n", request.report));
    }
    return 0;
  });
}

}  // namespace mailflow::cli
