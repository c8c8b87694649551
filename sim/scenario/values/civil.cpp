#include "scenario/values/civil.hpp"

#include <array>

#include "core/words.hpp"
#include "scenario/values/first_words.hpp"

namespace mailflow {
namespace {

constexpr std::array<std::string_view, 7> weekday_names = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};

std::optional<unsigned> weekday_of(std::string_view name, Failure& failure) {
  for (unsigned i = 0; i < weekday_names.size(); ++i) {
    if (weekday_names[i] == name) return i;
  }
  const std::string meant = day_meant(name);
  failure = {tr("\"{}\" is not a day", name.substr(0, 30)),
             meant.empty() ? tr("days are Mon Tue Wed Thu Fri Sat Sun")
                           : tr("write {}; days are Mon Tue Wed Thu Fri Sat Sun", meant)};
  return std::nullopt;
}

int two_digits(std::string_view text, std::size_t at) {
  const auto digit = [](char c) { return c >= '0' && c <= '9' ? c - '0' : -100; };
  return 10 * digit(text[at]) + digit(text[at + 1]);
}

}  // namespace

std::optional<Ticks> parse_time_of_day(std::string_view text, Failure& failure) {
  text = trimmed(text);
  if (text.size() == 5 && text[2] == ':') {
    const int h = two_digits(text, 0);
    const int m = two_digits(text, 3);
    if (h >= 0 && m >= 0 && m < 60 && h * 60 + m <= 24 * 60) return h * hour + m * minute;
  }
  const std::string meant = time_meant(text);
  failure = {tr("a time of day is written \"HH:MM\", from \"00:00\" to \"24:00\""),
             meant.empty() ? "" : tr("write {}", "\"" + meant + "\"")};
  return std::nullopt;
}

std::optional<Hours> parse_hours(std::string_view text, Failure& failure) {
  const auto dash = text.find('-');
  if (dash == std::string_view::npos) {
    const std::string meant = hours_meant(text);
    failure = {tr("hours are written \"HH:MM-HH:MM\""),
               meant.empty() ? tr("for example {}", "\"08:00-16:30\"") : tr("write {}", "\"" + meant + "\"")};
    return std::nullopt;
  }
  const auto from = parse_time_of_day(text.substr(0, dash), failure);
  const auto to = from ? parse_time_of_day(text.substr(dash + 1), failure) : std::nullopt;
  if (!to) {
    const std::string begin = time_meant(text.substr(0, dash));
    const std::string end = time_meant(text.substr(dash + 1));
    failure.help = begin.empty() || end.empty() ? "" : tr("write {}", "\"" + begin + "-" + end + "\"");
    return std::nullopt;
  }
  if (*from == *to) {
    failure = {tr("it begins and ends at the same time"), tr("for the whole day write \"00:00-24:00\"")};
    return std::nullopt;
  }
  if (*from == day) {
    failure = {tr("hours may not begin at 24:00"), tr("write \"00:00\" and the next day")};
    return std::nullopt;
  }
  return Hours{*from, *to > *from ? *to : *to + day};
}

std::optional<Days> parse_days(std::string_view text, Failure& failure) {
  constexpr std::string_view but = "not on holidays";
  text = trimmed(text);
  Days days{0, false};
  if (text.ends_with(but)) {
    days.not_on_holidays = true;
    text = trimmed(text.substr(0, text.size() - but.size()));
    if (text.ends_with(',')) text.remove_suffix(1);
    if (text.empty()) return Days{0b1111111, true};
  }
  for (const auto part : split_outside_brackets(text, ',')) {
    const auto dash = part.find('-');
    const auto from = weekday_of(trimmed(part.substr(0, dash)), failure);
    if (!from) return std::nullopt;
    const auto to = dash == std::string_view::npos ? from : weekday_of(trimmed(part.substr(dash + 1)), failure);
    if (!to) return std::nullopt;
    for (unsigned i = *from;; i = (i + 1) % 7) {
      days.weekdays |= 1U << i;
      if (i == *to) break;
    }
  }
  return days;
}

std::optional<Break> parse_break(std::string_view text, Failure& failure) {
  text = trimmed(text);
  const auto blank = text.find(' ');
  if (blank == std::string_view::npos) {
    const std::string meant = break_meant(text);
    failure = {tr("a break is written \"HH:MM duration\""),
               meant.empty() ? tr("for example {}", "\"19:30 20 min\"") : tr("write {}", "\"" + meant + "\"")};
    return std::nullopt;
  }
  const auto at = parse_time_of_day(text.substr(0, blank), failure);
  const auto lasts = at ? parse_duration(text.substr(blank + 1), Least::above_zero, failure) : std::nullopt;
  if (!lasts) {
    const std::string meant = break_meant(text);
    failure.help = meant.empty() ? tr("for example {}", "\"19:30 20 min\"") : tr("write {}", "\"" + meant + "\"");
    return std::nullopt;
  }
  return Break{*at, *lasts};
}

std::optional<Due> parse_due(std::string_view text, Failure& failure) {
  text = trimmed(text);
  if (text == "none") return Due{};
  if (!text.starts_with("J+")) {
    const auto within = parse_duration(text, Least::zero, failure);
    const std::string meant = within ? "" : due_meant(text);
    const std::string time = within ? "" : time_meant(text);
    if (!time.empty() && text.find(':') != std::string_view::npos)
      failure = {tr("it lacks the day"), tr("write J+0 {0} for the same day, or J+1 {0} for the next", time)};
    else if (!meant.empty())
      failure = {tr("a day and time by which it is due is written J+1 06:00"), tr("write {}", meant)};
    else if (!within)
      failure.help = tr("write J+1 06:00 (worked days), 26 h (after arrival) or none");
    return within ? std::optional(Due{Due::Kind::within, *within, 0, 0}) : std::nullopt;
  }
  const auto blank = text.find(' ');
  if (blank == std::string_view::npos) {
    failure = {tr("it lacks the time of day"), tr("write {}", std::string(text) + " 06:00")};
    return std::nullopt;
  }
  const auto days = parse_whole(text.substr(2, blank - 2), 0, 1000, failure);
  const auto at = days ? parse_time_of_day(text.substr(blank + 1), failure) : std::nullopt;
  if (!at) {
    const std::string meant = due_meant(text);
    if (days && !meant.empty()) failure.help = tr("write {}", meant);
    return std::nullopt;
  }
  return Due{Due::Kind::working_days, 0, static_cast<int>(*days), *at};
}

std::optional<Ticks> parse_worded(std::string_view text, std::string_view word, Least least, Failure& failure) {
  text = trimmed(text);
  const auto blank = std::string(" ").append(word);
  if (text.starts_with(std::string(word) + " "))
    text.remove_prefix(word.size() + 1);
  else if (text.ends_with(blank))
    text.remove_suffix(blank.size());
  return parse_duration(text, least, failure);
}

}  // namespace mailflow
