#include "scenario/situation/instant_reader.hpp"

#include <stdexcept>
#include <vector>

#include "core/words.hpp"

namespace mailflow {

std::optional<Ticks> InstantReader::instant(const Node& node, const std::string& what, When when) {
  const auto parse = [&](std::string_view text, Failure& why) -> std::optional<Ticks> {
    if (when != When::alone && text.size() <= 5) {
      const auto time = parse_time_of_day(text, why);
      if (!time) return std::nullopt;
      const Ticks now = in_.model.situation.at;
      const Date today = in_.calendar->date_of(now);
      for (const int d : when == When::before ? std::vector<int>{1, 0, -1} : std::vector<int>{-1, 0, 1}) {
        const Ticks at = in_.calendar->at(Date{today.days + d}, *time);
        if (when == When::before ? at <= now : at >= now) return at;
      }
    }
    try {
      return in_.calendar->parse(std::string(text));
    } catch (const std::invalid_argument&) {
      why = {when == When::alone ? tr("it must be a date and time, \"yyyy-mm-dd hh:mm\"")
                                 : tr("it must be a time of day, or a date and time \"yyyy-mm-dd hh:mm\""),
             {}};
      return std::nullopt;
    }
  };
  return value(node, what, when == When::alone ? what + ": \"2025-03-12 02:00\"" : what + ": \"03:30\"", parse);
}

}  // namespace mailflow
