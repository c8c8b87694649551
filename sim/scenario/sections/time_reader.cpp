#include "scenario/sections/time_reader.hpp"

#include <algorithm>

#include "core/words.hpp"
#include "scenario/values/first_words.hpp"

namespace mailflow {

Days TimeReader::weekdays(const Node& node, const std::string& what) {
  Days all{0, false};
  for (const Node* item : list(node)) {
    const auto found = value(*item, what, tr("Mon-Fri, Sun-Thu or [Mon, Wed, Fri]"), parse_days);
    all.weekdays |= found ? found->weekdays : 0x7fU;
    all.not_on_holidays = all.not_on_holidays || (found && found->not_on_holidays);
  }
  if (node.is_sequence() && node.items.empty())
    bad(node, what, tr("an empty list"), tr("it must name a day"), tr("leave it out for every day"));
  return all;
}

Days TimeReader::days(const Node& map) {
  const Node* node = get(map, "days");
  Days all = node == nullptr ? Days{} : weekdays(*node);
  if (!flag(map, "holidays", true)) all.not_on_holidays = true;
  return all;
}

bool TimeReader::comes_on(const Days& days, Date date) const {
  return days.has(weekday(date)) && !(days.not_on_holidays && in_.calendar->is_holiday(date));
}

std::vector<Ticks> TimeReader::times_of_day(const Node& node, const std::string& what) {
  std::vector<Ticks> all;
  for (const Node* item : list(node)) {
    const auto parse = [](std::string_view text, Failure& why) {
      const auto time = parse_time_of_day(text, why);
      if (const std::string meant = time ? "" : times_meant(text); !meant.empty()) why.help = tr("write {}", meant);
      return time;
    };
    if (const auto time = value(*item, what, what + ": \"16:30\"", parse)) all.push_back(*time);
  }
  if (node.is_sequence() && node.items.empty()) bad(node, what, tr("an empty list"), tr("it must name a time of day"));
  std::sort(all.begin(), all.end());
  const auto twice = std::adjacent_find(all.begin(), all.end());
  if (twice != all.end()) in_.problems.error(node.place, tr("{} names a time twice", what), tr("keep one of the two"));
  return all;
}

std::vector<Ticks> TimeReader::timetable(const std::vector<Ticks>& times, const Days& days, bool at_the_end) const {
  std::vector<Ticks> all;
  for (int d = 0; d <= in_.days; ++d) {
    const Date date{in_.model.start.days + d};
    if (!comes_on(days, date)) continue;
    for (const Ticks time : times) {
      const Ticks at = in_.calendar->at(date, time);
      if (at >= 0 && (at < in_.model.end || (at_the_end && at == in_.model.end))) all.push_back(at);
    }
  }
  std::sort(all.begin(), all.end());
  all.erase(std::unique(all.begin(), all.end()), all.end());
  return all;
}

Spans TimeReader::daily(const Hours& hours, const Days& days) const {
  Spans all;
  for (int d = -1; d < in_.days; ++d) {
    const Date date{in_.model.start.days + d};
    if (!comes_on(days, date)) continue;
    const Span span{std::max<Ticks>(0, in_.calendar->at(date, hours.from)), in_.calendar->at(date, hours.to)};
    if (span.to > span.from) all.push_back(span);
  }
  return all;
}

Spans TimeReader::opening(const Node& node, const std::string& what) {
  Spans all;
  const auto add = [&](const Node& item, const Days& days) {
    for (const Node* one : list(item)) {
      const auto hours = value(*one, what, tr("\"17:00-05:00\", or {Mon-Fri: \"08:00-12:00\"}"), parse_hours);
      if (!hours) continue;
      const Spans spans = daily(*hours, days);
      all.insert(all.end(), spans.begin(), spans.end());
    }
  };
  if (node.is_map()) {
    for (const Entry& e : node.entries) {
      add(e.value, weekdays(key_as_value(e)));
    }
  } else {
    add(node, Days{});
  }
  std::sort(all.begin(), all.end(), [](const Span& a, const Span& b) { return a.from < b.from; });
  Spans merged;
  for (const Span& span : all) {
    if (!merged.empty() && span.from <= merged.back().to)
      merged.back().to = std::max(merged.back().to, span.to);
    else
      merged.push_back(span);
  }
  return merged;
}

}  // namespace mailflow
