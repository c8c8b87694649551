#include "scenario/sections/shifts.hpp"

#include <algorithm>

#include "core/words.hpp"
#include "scenario/sections/time_reader.hpp"

namespace mailflow {

namespace {

class ShiftReader : private TimeReader {
 public:
  using TimeReader::TimeReader;
  void shift(const std::string& name, const Node& node);
  std::vector<Duty> duties(const Hours& hours, const std::vector<ShiftBreak>& breaks, const Days& on) const;
};

void ShiftReader::shift(const std::string& name, const Node& node) {
  if (!check_section(node, "staff.shifts", tr("shift {}", name))) return;
  in_.shift_labels[name] = label(node, "label");
  const Node* given = get(node, "hours");
  if (given == nullptr) return;
  const auto hours = value(*given, "hours", "hours: \"22:00-05:48\"", parse_hours);
  if (!hours) return;
  std::vector<ShiftBreak> breaks;
  if (const Node* pauses = get(node, "breaks"))
    for (const Node* item : list(*pauses)) {
      const auto pause = value(*item, tr("a break"), "breaks: [\"19:30 20 min\"]", parse_break);
      if (!pause) continue;
      const Ticks from = pause->at < hours->from ? pause->at + day : pause->at;
      if (from >= hours->to) {
        bad(*item, tr("a break"), "", tr("it does not begin within the shift, {}", given->text),
            tr("let it begin within these hours, or leave it out"));
      } else if (pause->lasts >= hours->to - hours->from) {
        bad(*item, tr("a break"), "", tr("it lasts as long as the shift, {}, or longer", given->text),
            tr("for example {}", "\"08:00 20 min\""));
      } else {
        breaks.push_back({from, pause->lasts});
      }
    }
  std::sort(breaks.begin(), breaks.end(), [](const ShiftBreak& a, const ShiftBreak& b) { return a.from < b.from; });
  for (std::size_t i = 1; i < breaks.size(); ++i)
    if (breaks[i].from < breaks[i - 1].from + breaks[i - 1].lasts)
      in_.problems.error(get(node, "breaks")->place, tr("two breaks of shift {} overlap", name),
                         tr("let the one end before the next begins"));
  in_.duties[name] = duties(*hours, breaks, days(node));
}

std::vector<Duty> ShiftReader::duties(const Hours& hours, const std::vector<ShiftBreak>& breaks, const Days& on) const {
  std::vector<Duty> all;
  for (int d = -1; d < in_.days; ++d) {
    const Date date{in_.model.start.days + d};
    if (!comes_on(on, date)) continue;
    Duty duty;
    duty.day = d;
    duty.span = {in_.calendar->at(date, hours.from), in_.calendar->at(date, hours.to)};
    for (const ShiftBreak& b : breaks) duty.breaks.push_back({in_.calendar->at(date, b.from), b.lasts});
    // a clock change may bring breaks together; the second then follows the first
    for (std::size_t i = 1; i < duty.breaks.size(); ++i)
      duty.breaks[i].from = std::max(duty.breaks[i].from, duty.breaks[i - 1].from + duty.breaks[i - 1].lasts);
    if (duty.span.to > std::max<Ticks>(0, duty.span.from) && duty.span.from < in_.model.end) all.push_back(duty);
  }
  return all;
}

}  // namespace

void read_shifts(Reading& reading, const Node& staff) {
  if (const Node* shifts = staff.find("shifts"); shifts != nullptr && shifts->is_map())
    for (const Entry& e : shifts->entries) ShiftReader(reading).shift(e.key, e.value);
}

std::vector<Duty> duties_of(Reading& reading, const Hours& hours, const std::vector<ShiftBreak>& breaks,
                            const Days& on) {
  return ShiftReader(reading).duties(hours, breaks, on);
}

}  // namespace mailflow
