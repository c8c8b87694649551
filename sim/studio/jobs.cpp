#include "studio/jobs.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <filesystem>
#include <ranges>
#include <utility>

#include "core/words.hpp"
#include "experiment/executor.hpp"
#include "findings/gather_report.hpp"
#include "report/output_file.hpp"
#include "report/output_folder.hpp"
#include "report/temporary.hpp"
#include "scenario/what_if.hpp"
#include "studio/answers.hpp"
#include "studio/exchange.hpp"
#include "studio/folder.hpp"
#include "studio/utc.hpp"

namespace mailflow::studio {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t at_once = 2;
constexpr std::size_t most_waiting = 8;
constexpr std::size_t most_kept = 200;
constexpr std::chrono::hours longest(6);
constexpr std::chrono::milliseconds told_again_after(100);

std::string jobs_folder() { return std::string(own_folder) + "/jobs"; }
std::string file_of(std::int64_t id, const std::string& what = "") {
  return fmt::format("{}/{}{}{}.json", jobs_folder(), id, what.empty() ? "" : ".", what);
}

bool has_ended(const Json& job) {
  const std::string state = job["state"];
  return state != "queued" && state != "running" && state != "reporting";
}

Json without_figures(Json job) {
  job.erase("figures");
  return job;
}

Json scenarios_json(const JobAsked& asked) {
  Json list = Json::array();
  for (const JobScenario& s : asked.scenarios) {
    Json set = Json::array();
    for (const auto& [path, value] : s.set) set.push_back({path, value});
    list.push_back({{"path", s.path}, {"set", set}, {"label", nullptr}});
  }
  return list;
}

Json kept_json(const std::string& file) { return Json::parse(bytes_of(file), nullptr, false); }

bool same_scenario(const Json& a, const Json& b) { return a["path"] == b["path"] && a["set"] == b["set"]; }

/// What has changed in the text of a file, in both languages.
Json text_changes(const std::string& path, const std::string& before, const std::string& now) {
  Json words = {{"fr", Json::array()}, {"en", Json::array()}};
  Problems ignored;
  const auto a = read_scenario_text(path, before, ignored);
  const auto b = read_scenario_text(path, now, ignored);
  if (!a || !b) return words;
  for (const auto& [name, language] : {std::pair{"fr", Language::fr}, std::pair{"en", Language::en}}) {
    const Speaks speaks(language);
    words[name] = changes_in_words(*a, *b, path, path);
  }
  return words;
}

}  // namespace

Jobs::Jobs(std::string data_dir) : data_dir_(std::move(data_dir)) {
  make_folder(jobs_folder());
  read_kept();
  for (std::size_t t = 0; t < at_once; ++t) workers_.emplace_back([this] { work(); });
}

Jobs::~Jobs() {
  {
    const std::scoped_lock lock(lock_);
    over_ = true;
    told_ = {};
    for (const auto& [id, job] : jobs_) job->stop = true;
  }
  asked_for_.notify_all();
}

void Jobs::tell(Told told) {
  const std::scoped_lock lock(lock_);
  told_ = std::move(told);
}

void Jobs::read_kept() {
  for (const auto& entry : fs::directory_iterator(jobs_folder())) {
    const std::string name = entry.path().filename().string();
    std::int64_t id = 0;
    const auto read = std::from_chars(name.data(), name.data() + name.size(), id);
    if (read.ec != std::errc() || std::string_view(read.ptr) != ".json") continue;
    Json shown = kept_json(entry.path().string());
    if (!shown.is_object() || shown.value("id", Json()) != id || !shown.contains("state")) continue;
    auto job = std::make_shared<Job>();
    job->shown = std::move(shown);
    if (!has_ended(job->shown)) {
      job->shown["state"] = "interrupted";
      job->shown["ended"] = utc_now();
      write_file(file_of(id), text_of(job->shown));
    }
    jobs_[id] = job;
  }
}

Jobs::Held Jobs::find(std::int64_t id) const {
  const auto found = jobs_.find(id);
  if (found == jobs_.end()) throw Refused(404, tr("there is no job {}", id));
  return found->second;
}

Json Jobs::ask(const JobAsked& asked) {
  auto job = std::make_shared<Job>();
  job->asked = asked;
  {
    const std::scoped_lock lock(lock_);
    if (waiting_.size() >= most_waiting)
      throw Refused(429, tr("{} jobs wait already; cancel one, or wait for one to end", most_waiting));
    const std::int64_t id = jobs_.empty() ? 1 : jobs_.rbegin()->first + 1;
    job->shown = {{"id", id},
                  {"state", "queued"},
                  {"scenarios", scenarios_json(asked)},
                  {"replications", asked.replications},
                  {"done", 0},
                  {"found", 0},
                  {"wanted", asked.replications * static_cast<std::int64_t>(asked.scenarios.size())},
                  {"asked", utc_now()},
                  {"ended", nullptr},
                  {"error", nullptr},
                  {"problems", Json::array()},
                  {"report", false},
                  {"detail", nullptr},
                  {"figures", nullptr},
                  {"answers", Json::array()}};
    write_file(file_of(id), text_of(job->shown));
    jobs_[id] = job;
    waiting_.push_back(job);
    drop_oldest();
    if (told_) told_(id, job->shown);
  }
  asked_for_.notify_one();
  const std::scoped_lock lock(lock_);
  return job->shown;
}

void Jobs::drop_oldest() {
  for (auto it = jobs_.begin(); jobs_.size() > most_kept && it != jobs_.end();) {
    if (!has_ended(it->second->shown)) {
      ++it;
      continue;
    }
    std::error_code gone;
    for (const char* what : {"", "report", "experiment", "texts"}) fs::remove(file_of(it->first, what), gone);
    it = jobs_.erase(it);
  }
}

void Jobs::change(const Held& job, bool keep, const std::function<void(Json& shown)>& how) {
  const std::scoped_lock lock(lock_);
  if (has_ended(job->shown)) return;  // cancelled meanwhile
  how(job->shown);
  if (has_ended(job->shown)) job->shown["ended"] = utc_now();
  const std::int64_t id = job->shown["id"];
  if (keep && !over_) try {
      write_file(file_of(id), text_of(job->shown));
    } catch (const OutputFailure& failed) {  // it is shown all the same
      job->shown["error"] = failed.what();
    }
  if (told_) told_(id, job->shown);
}

Json Jobs::cancel(std::int64_t id) {
  Held job;
  {
    const std::scoped_lock lock(lock_);
    job = find(id);
    job->stop = true;
    std::erase(waiting_, job);
  }
  change(job, true, [](Json& shown) { shown["state"] = "cancelled"; });
  const std::scoped_lock lock(lock_);
  return job->shown;
}

Json Jobs::one(std::int64_t id) const {
  const std::scoped_lock lock(lock_);
  return find(id)->shown;
}

Json Jobs::all() const {
  const std::scoped_lock lock(lock_);
  Json list = Json::array();
  for (const auto& [id, job] : std::ranges::reverse_view(jobs_)) list.push_back(without_figures(job->shown));
  return {{"jobs", list}};
}

std::string Jobs::made(std::int64_t id, const std::string& what) const {
  {
    const std::scoped_lock lock(lock_);
    if (find(id)->shown["report"] != true) throw Refused(404, tr("job {} has no report yet", id));
  }
  return bytes_of(file_of(id, what));
}

Jobs::Ran Jobs::ran(std::int64_t id, std::size_t scenario) const {
  const std::scoped_lock lock(lock_);
  const Json& shown = find(id)->shown;
  const Json texts = kept_json(file_of(id, "texts"));
  if (!texts.is_array() || scenario >= std::min(texts.size(), shown["scenarios"].size()))
    throw Refused(404, tr("job {} has run no such scenario", id));
  Ran ran;
  ran.scenario.path = shown["scenarios"][scenario]["path"];
  for (const Json& one : shown["scenarios"][scenario]["set"]) ran.scenario.set.emplace_back(one[0], one[1]);
  ran.text = texts[scenario];
  if (const Json detail = shown.value("detail", Json()); detail.is_number_integer()) ran.replication = detail;
  return ran;
}

Json Jobs::last_answer(const std::string& path) const {
  const std::scoped_lock lock(lock_);
  for (const auto& [id, job] : std::ranges::reverse_view(jobs_)) {
    const Json& shown = job->shown;
    for (std::size_t s = 0; s < std::min(shown["scenarios"].size(), shown["answers"].size()); ++s)
      if (shown["scenarios"][s]["path"] == path && shown["scenarios"][s]["set"].empty())
        return {{"job", id}, {"answer", shown["answers"][s]}};
  }
  return {{"job", nullptr}, {"answer", nullptr}};
}

void Jobs::work() {
  while (true) {
    Held job;
    {
      std::unique_lock lock(lock_);
      asked_for_.wait(lock, [this] { return over_ || !waiting_.empty(); });
      if (over_) return;
      job = waiting_.front();
      waiting_.pop_front();
    }
    obey(job);
  }
}

void Jobs::obey(const Held& job) {
  const Speaks speaks(job->asked.language);
  const auto ends = [&](const char* state, const std::string& why, const Json& problems = Json::array()) {
    change(job, true, [&](Json& shown) {
      shown["state"] = state;
      shown["error"] = why.empty() ? Json(nullptr) : Json(why);
      shown["problems"] = problems;
    });
  };
  change(job, true, [](Json& shown) { shown["state"] = "running"; });
  try {
    replicate_scenarios(job->asked, events_of(job), std::string(own_folder) + "/archive.db", data_dir_, job->stop);
    conclude(*job);
    change(job, true, [](Json& shown) { shown["state"] = "done"; });
  } catch (const ExperimentStopped&) {
    ends("failed", tr("it took longer than {} hours and was stopped; what was run is in the archive", longest.count()));
  } catch (const UnusableScenario& unusable) {
    ends("failed", unusable.what(), problems_json(unusable.problems));
  } catch (const std::exception& failed) {
    ends("failed", failed.what());
  }
}

JobEvents Jobs::events_of(const Held& job) {
  using Clock = std::chrono::steady_clock;
  JobEvents events;
  events.loaded = [this, job](const Json& labels, const std::vector<std::string>& texts) {
    write_file(file_of(job->shown["id"], "texts"), text_of(Json(texts)));
    job->texts = texts;
    change(job, false, [&](Json& shown) {
      for (std::size_t s = 0; s < labels.size(); ++s) shown["scenarios"][s]["label"] = labels[s];
    });
  };
  events.counted = [this, job, began = Clock::now(), last = Clock::time_point()](std::size_t done,
                                                                                 std::size_t found) mutable {
    const auto now = Clock::now();
    if (now - began > longest) job->stop = true;
    if (now - last < told_again_after) {  // not told, and not lost
      const std::scoped_lock lock(lock_);
      job->shown["done"] = done;
      job->shown["found"] = found;
      return;
    }
    last = now;
    change(job, false, [&](Json& shown) {
      shown["done"] = done;
      shown["found"] = found;
    });
  };
  events.figures = [this, job](const Json& figures) {
    change(job, false, [&](Json& shown) { shown["figures"] = figures; });
  };
  events.reporting = [this, job] {
    change(job, true, [](Json& shown) {
      shown["state"] = "reporting";
      shown["done"] = shown["wanted"];
    });
  };
  events.reported = [this, job](const std::string& report, const std::string& experiment, std::int64_t detail) {
    const std::int64_t id = job->shown["id"];
    write_file(file_of(id, "report"), report);
    write_file(file_of(id, "experiment"), experiment);
    change(job, false, [&](Json& shown) {
      shown["report"] = true;
      shown["detail"] = detail;
    });
  };
  return events;
}

std::int64_t Jobs::before(std::int64_t id, const Json& scenario) const {
  for (const auto& [earlier, job] : std::ranges::reverse_view(jobs_)) {
    if (earlier >= id || job->shown["answers"].empty()) continue;
    for (const Json& s : job->shown["scenarios"])
      if (same_scenario(s, scenario)) return earlier;
  }
  return 0;
}

void Jobs::conclude(Job& job) {
  Json figures, scenarios;
  std::int64_t id = 0;
  std::vector<std::int64_t> earlier;
  std::vector<Json> then;  // the scenarios of those
  {
    const std::scoped_lock lock(lock_);
    figures = job.shown["figures"];
    scenarios = job.shown["scenarios"];
    id = job.shown["id"];
    for (const Json& scenario : scenarios) {
      earlier.push_back(before(id, scenario));
      then.push_back(earlier.back() > 0 ? jobs_.at(earlier.back())->shown["scenarios"] : Json::array());
    }
  }
  Json answers = Json::array();
  for (std::size_t s = 0; s < scenarios.size(); ++s) {
    Json answer = answer_json(figures, s);
    answer["before"] = earlier[s] > 0 ? Json(earlier[s]) : Json(nullptr);
    answer["changes"] = {{"fr", Json::array()}, {"en", Json::array()}};
    if (const Json texts = earlier[s] > 0 ? kept_json(file_of(earlier[s], "texts")) : Json(); texts.is_array()) {
      for (std::size_t t = 0; t < std::min(then[s].size(), texts.size()); ++t)
        if (same_scenario(then[s][t], scenarios[s]))
          answer["changes"] = text_changes(scenarios[s]["path"], texts[t], job.texts[s]);
    }
    answers.push_back(answer);
  }
  const std::scoped_lock lock(lock_);
  job.shown["answers"] = answers;
}

}  // namespace mailflow::studio
