#include "scenario/roster/period.hpp"

#include <algorithm>
#include <stdexcept>

#include "core/words.hpp"
#include "scenario/roster/roster_part_reader.hpp"
#include "scenario/values/first_words.hpp"

namespace mailflow {

namespace {

/// "+11:00" in ticks.
Ticks offset_of(const std::string& text) {
  const Ticks size = std::stoi(text.substr(1, 2)) * hour + std::stoi(text.substr(4, 2)) * minute;
  return text[0] == '-' ? -size : size;
}

class RosterPeriodReader : private RosterPartReader {
 public:
  using RosterPartReader::RosterPartReader;
  void period();
  void shifts();
};

void RosterPeriodReader::period() {
  const Model& model = in_.model;
  task_.from = in_.calendar->date_of(model.warm_up);
  if (const Node* from = get(node_, "from")) try {
      task_.from = parse_date(from->is_scalar() ? from->text : "");
    } catch (const std::invalid_argument&) {
      const std::string meant = date_meant(from->is_scalar() ? from->text : "");
      bad(*from, "from", "", tr("it must be a date that exists, yyyy-mm-dd"),
          meant.empty() ? tr("for example {}", "from: 2025-03-03") : tr("write {}", meant));
    }
  const Ticks rest = model.end - in_.calendar->at(task_.from, 0);
  const Ticks lasts = duration(node_, "for", std::max(rest, day));
  task_.days = static_cast<int>((lasts + day / 2) / day);
  if (const Node* given = get(node_, "for"); given != nullptr && (task_.days < 1 || task_.days > 366))
    bad(*given, "for", "", tr("it must be from 1 to 366 days"), tr("for example {}", "for: 28 days"));
  task_.days = std::clamp(task_.days, 1, 366);
  if (get(node_, "before") != nullptr) task_.past = 14;
  for (int d = -task_.past; d <= task_.days; ++d)
    task_.holiday.push_back(in_.calendar->is_holiday(Date{task_.from.days + d}));
  for (int d = -task_.past; d <= task_.days; ++d)
    task_.midnights.push_back(in_.calendar->at(Date{task_.from.days + d}, 0));
  task_.first_midnight = task_.midnight(0);
  task_.model_start = model.start;
  const std::string local = in_.calendar->text_with_offset(0);
  task_.utc_of_model_start = static_cast<Ticks>(model.start.days) * day - offset_of(local.substr(local.size() - 6));
}

/// Each day on which each shift is held; a shift is a night when enough of its hours are night hours.
void RosterPeriodReader::shifts() {
  const Node* staff = get(in_.root, "staff");
  const Node* map = staff == nullptr ? nullptr : get(*staff, "shifts");
  if (map == nullptr || !map->is_map() || map->entries.empty()) {
    in_.problems.error(node_.place, tr("a roster needs shifts, and there are none"), tr("give staff.shifts"));
    return;
  }
  Hours night{21 * hour, 30 * hour};
  if (const Node* centre = get(in_.root, "centre"); centre != nullptr && centre->is_map())
    if (const Node* given = get(*centre, "night"); given != nullptr && given->is_scalar()) {
      Failure ignored;
      night = parse_hours(given->text, ignored).value_or(night);
    }
  const Ticks enough = duration(node_, "night_shift", 3 * hour);
  for (const Entry& e : map->entries) {
    RosterShift shift;
    shift.name = e.key;
    shift.label = in_.shift_labels[e.key];
    shift.span.assign(task_.index(task_.days), Span{});
    const Node* given = e.value.is_map() ? get(e.value, "hours") : nullptr;
    Failure ignored;
    const auto hours = given != nullptr && given->is_scalar() ? parse_hours(given->text, ignored) : std::nullopt;
    if (hours) {
      Ticks dark = 0;
      for (const Ticks shifted : {-day, Ticks{0}, day})
        dark +=
            std::max<Ticks>(0, std::min(hours->to, night.to + shifted) - std::max(hours->from, night.from + shifted));
      shift.night = dark >= enough;
      const std::size_t before = in_.problems.errors();
      const Days on = before == 0 ? days(e.value) : Days{};
      for (int d = -task_.past; d < task_.days; ++d) {
        const Date date{task_.from.days + d};
        if (comes_on(on, date))
          shift.span[task_.index(d)] = {in_.calendar->at(date, hours->from), in_.calendar->at(date, hours->to)};
      }
    }
    task_.shifts.push_back(shift);
  }
}

}  // namespace

void read_roster_period(Reading& reading, const Node& roster, RosterTask& task) {
  RosterPeriodReader reader(reading, roster, task);
  reader.period();
  reader.shifts();
}

}  // namespace mailflow
