// The roster's period and shifts, and the order in which its parts are read. Part of roster_builder.hpp.
#include <algorithm>

#include "scenario/files.hpp"
#include "scenario/first_words.hpp"
#include "scenario/roster_builder.hpp"

namespace mailflow {

namespace {

/// "+11:00" in ticks.
Ticks offset_of(const std::string& text) {
  const Ticks size = std::stoi(text.substr(1, 2)) * hour + std::stoi(text.substr(4, 2)) * minute;
  return text[0] == '-' ? -size : size;
}

}  // namespace

void Builder::roster() {
  const Node* node = get(root_, "roster");
  if (node == nullptr || !check_section(*node, "roster", "roster")) return;
  scenario_.roster = RosterBuilder(*this, *node).build();
}

RosterTask RosterBuilder::build() {
  task_.scenario = b_.model_.file;
  task_.timezone = b_.model_.timezone;
  task_.skills = b_.model_.skills;
  task_.money = b_.model_.currency;
  task_.person_days = b_.choice(node_, "least", {"cost", "person-days"}, 0) == 1;
  if (task_.person_days) task_.money = "person-days";
  period();
  shifts();
  rules();
  agents();
  past();
  demand();
  return task_;
}

void RosterBuilder::period() {
  const Model& model = b_.model_;
  task_.from = b_.calendar_->date_of(model.warm_up);
  if (const Node* from = b_.get(node_, "from")) try {
      task_.from = parse_date(from->is_scalar() ? from->text : "");
    } catch (const std::invalid_argument&) {
      const std::string meant = date_meant(from->is_scalar() ? from->text : "");
      b_.bad(*from, "from", "", "it must be a date that exists, yyyy-mm-dd",
             meant.empty() ? "for example from: 2025-03-03" : "write " + meant);
    }
  const Ticks rest = model.end - b_.calendar_->at(task_.from, 0);
  const Ticks lasts = b_.duration(node_, "for", std::max(rest, day));
  task_.days = static_cast<int>((lasts + day / 2) / day);
  if (const Node* given = b_.get(node_, "for"); given != nullptr && (task_.days < 1 || task_.days > 366))
    b_.bad(*given, "for", "", "it must be from 1 to 366 days", "for example for: 28 days");
  task_.days = std::clamp(task_.days, 1, 366);
  if (b_.get(node_, "before") != nullptr) task_.past = 14;
  for (int d = -task_.past; d <= task_.days; ++d)
    task_.holiday.push_back(b_.calendar_->is_holiday(Date{task_.from.days + d}));
  for (int d = -task_.past; d <= task_.days; ++d)
    task_.midnights.push_back(b_.calendar_->at(Date{task_.from.days + d}, 0));
  task_.first_midnight = task_.midnight(0);
  task_.model_start = model.start;
  const std::string local = b_.calendar_->text_with_offset(0);
  task_.utc_of_model_start = static_cast<Ticks>(model.start.days) * day - offset_of(local.substr(local.size() - 6));
}

/// Each day on which each shift is held; a shift is a night when enough of its hours are night hours.
void RosterBuilder::shifts() {
  const Node* staff = b_.get(b_.root_, "staff");
  const Node* map = staff == nullptr ? nullptr : b_.get(*staff, "shifts");
  if (map == nullptr || !map->is_map() || map->entries.empty()) {
    b_.problems_.error(node_.place, "a roster needs shifts, and there are none", "give staff.shifts");
    return;
  }
  Hours night{21 * hour, 30 * hour};
  if (const Node* centre = b_.get(b_.root_, "centre"); centre != nullptr && centre->is_map())
    if (const Node* given = b_.get(*centre, "night"); given != nullptr && given->is_scalar()) {
      Failure ignored;
      night = parse_hours(given->text, ignored).value_or(night);
    }
  const Ticks enough = b_.duration(node_, "night_shift", 3 * hour);
  for (const Entry& e : map->entries) {
    RosterShift shift;
    shift.name = e.key;
    shift.label = b_.shift_labels_[e.key];
    shift.span.assign(task_.index(task_.days), Span{});
    const Node* given = e.value.is_map() ? b_.get(e.value, "hours") : nullptr;
    Failure ignored;
    const auto hours = given != nullptr && given->is_scalar() ? parse_hours(given->text, ignored) : std::nullopt;
    if (hours) {
      Ticks dark = 0;
      for (const Ticks shifted : {-day, Ticks{0}, day})
        dark +=
            std::max<Ticks>(0, std::min(hours->to, night.to + shifted) - std::max(hours->from, night.from + shifted));
      shift.night = dark >= enough;
      const std::size_t before = b_.problems_.errors();
      const Days on = before == 0 ? b_.days(e.value) : Days{};
      for (int d = -task_.past; d < task_.days; ++d) {
        const Date date{task_.from.days + d};
        if (b_.comes_on(on, date))
          shift.span[task_.index(d)] = {b_.calendar_->at(date, hours->from), b_.calendar_->at(date, hours->to)};
      }
    }
    task_.shifts.push_back(shift);
  }
}

bool RosterBuilder::date(const std::string& text, int& on) const {
  try {
    on = parse_date(text).days - task_.from.days;
    return true;
  } catch (const std::invalid_argument&) {
    return false;
  }
}

std::optional<CsvFile> RosterBuilder::csv(const Node& named) {
  return read_table(named, b_.options_.data_dir, b_.problems_);
}

/// The days before the roster, as they were worked: the rules hold across its first morning.
void RosterBuilder::past() {
  for (RosterAgent& agent : task_.agents) agent.past.assign(static_cast<std::size_t>(task_.past), -1);
  const Node* before = b_.get(node_, "before");
  if (before == nullptr) return;
  const auto file = csv(*before);
  if (!file) return;
  const int name = file->column_of("name");
  const int when = file->column_of("date");
  const int what = file->column_of("shift");
  if (name < 0 || when < 0 || what < 0) {
    b_.problems_.error({file->file, 1, 1}, "a roster has the columns name, date and shift", file->columns());
    return;
  }
  for (std::size_t r = 0; r < file->rows.size(); ++r) {
    const auto& row = file->rows[r];
    const auto text = [&](int column) -> const std::string& { return row[static_cast<std::size_t>(column)]; };
    const auto agent = names_.find(text(name));
    const auto shift = b_.shifts_.find(text(what));
    int on = 0;
    if (agent == names_.end())
      b_.problems_.warning(file->place(r, static_cast<std::size_t>(name)),
                           "\"" + text(name) + "\" is not in this roster, and the row says nothing");
    else if (shift == b_.shifts_.end())
      b_.problems_.error(file->place(r, static_cast<std::size_t>(what)), "there is no shift \"" + text(what) + "\"");
    else if (!date(text(when), on))
      b_.problems_.error(file->place(r, static_cast<std::size_t>(when)),
                         "\"" + text(when) + "\" is not a date that exists, yyyy-mm-dd");
    else if (on >= -task_.past && on < 0)
      task_.agents[static_cast<std::size_t>(agent->second)].past[task_.index(on)] = shift->second;
  }
}

}  // namespace mailflow
