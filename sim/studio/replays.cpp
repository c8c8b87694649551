#include "studio/replays.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

#include "core/words.hpp"
#include "scenario/load.hpp"
#include "studio/exchange.hpp"

namespace mailflow::studio {

namespace {

constexpr std::size_t most_replays = 2;

using Query = std::map<std::string, std::string>;

std::string text_asked(const Query& query, const char* key) {
  const auto found = query.find(key);
  return found == query.end() ? "" : found->second;
}

std::optional<double> number_asked(const Query& query, const char* key) {
  const std::string text = text_asked(query, key);
  if (text.empty()) return std::nullopt;
  double value = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
  constexpr double longest = 1e10;  // seconds
  if (read.ec != std::errc() || read.ptr != text.data() + text.size() || !(value >= 0 && value <= longest))
    throw Refused(400, tr("\"{}\" is missing, or is no number", key));
  return value;
}

double number_wanted(const Query& query, const char* key) {
  const auto number = number_asked(query, key);
  if (!number) throw Refused(400, tr("\"{}\" is missing, or is no number", key));
  return *number;
}

}  // namespace

bool Replays::answers(std::string_view what) {
  return what == "/replay" || what == "/lots" || what == "/lot" || what == "/late";
}

std::shared_ptr<const DayLog> Replays::log_of(std::int64_t job, std::size_t scenario) {
  const Jobs::Ran ran = jobs_.ran(job, scenario);
  const Key key(job, scenario, ran.replication);
  const std::scoped_lock lock(lock_);
  const auto there = std::find_if(kept_.begin(), kept_.end(), [&](const auto& one) { return one.first == key; });
  if (there != kept_.end()) {
    kept_.splice(kept_.begin(), kept_, there);
    return kept_.front().second;
  }
  LoadOptions options;
  options.data_dir = data_dir_;
  options.set = ran.scenario.set;
  options.text = ran.text;
  Problems problems;
  auto model = load_model(ran.scenario.path, options, problems);
  if (!model) throw Refused(422, tr("{} cannot be run", ran.scenario.path));
  if (kept_.size() >= most_replays) kept_.pop_back();  // first, for its memory
  const auto seed = model->seed;
  auto log = std::make_shared<const DayLog>(std::make_shared<const Model>(std::move(*model)), seed,
                                            static_cast<std::uint64_t>(ran.replication));
  kept_.emplace_front(key, log);
  return log;
}

Json Replays::answer(std::int64_t job, std::string_view what, const Query& query) {
  const auto log = log_of(job, static_cast<std::size_t>(number_asked(query, "scenario").value_or(0)));
  if (what == "/lots") return log->lots_at(text_asked(query, "station"), number_wanted(query, "at"));
  if (what == "/lot") return log->journey(static_cast<std::int64_t>(number_wanted(query, "lot")));
  if (what == "/late")
    return log->late_lots({text_asked(query, "product"), text_asked(query, "destination"),
                           text_asked(query, "departure"), text_asked(query, "day")});
  if (!number_asked(query, "from")) return log->names();
  return log->window(number_wanted(query, "from"), number_wanted(query, "to"));
}

}  // namespace mailflow::studio
