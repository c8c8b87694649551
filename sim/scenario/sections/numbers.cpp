#include "scenario/sections/numbers.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>
#include <stdexcept>
#include <utility>

#include "core/words.hpp"
#include "scenario/files/csv.hpp"
#include "scenario/files/files.hpp"
#include "scenario/sections/value_reader.hpp"

namespace mailflow {

namespace {

constexpr int most_agents = 100'000;

std::optional<Date> date_of(const std::string& text) {
  try {
    return parse_date(text);
  } catch (const std::invalid_argument&) {
    return std::nullopt;
  }
}

class NumberReader : private ValueReader {
 public:
  NumberReader(Reading& reading, std::set<std::string>& files_read) : ValueReader(reading), files_read_(files_read) {}
  void numbers(const Node& node, Team& team, const TeamShifts& shifts);

 private:
  void numbers_by_day(const Node& node, Team& team);
  void numbers_by_file(const Node& node, Team& team, const TeamShifts& shifts);

  std::set<std::string>& files_read_;
};

void NumberReader::numbers(const Node& node, Team& team, const TeamShifts& shifts) {
  if (node.is_map()) {
    numbers_by_day(node, team);
  } else if (node.is_scalar() && node.text.ends_with(".csv")) {
    numbers_by_file(node, team, shifts);
  } else {
    const auto parse = [](std::string_view text, Failure& why) { return parse_whole(text, 0, most_agents, why); };
    team.agents = static_cast<int>(value(node, "agents", "agents: 2", parse).value_or(0));
    return;
  }
  team.agents = 0;
  for (Duty& duty : team.duties) {
    duty.agents = std::max(0, duty.agents);
    team.agents = std::max(team.agents, duty.agents);
  }
}

/// {Mon-Fri: 12, Sat: 6, 2025-12-24: 3, other: 0}: a date stands before a day of the week.
void NumberReader::numbers_by_day(const Node& node, Team& team) {
  int other = 0;
  std::array<int, 7> on_weekday{};
  on_weekday.fill(-1);
  std::map<int, int> on_date;
  const auto parse = [](std::string_view text, Failure& why) { return parse_whole(text, 0, most_agents, why); };
  for (const Entry& e : node.entries) {
    const auto found = value(e.value, tr("the number of agents on {}", e.key), e.key + ": 12", parse);
    const int agents = static_cast<int>(found.value_or(0));
    if (e.key == "other") {
      other = agents;
    } else if (const auto date = date_of(e.key)) {
      on_date[date->days] = agents;
    } else {
      const Node key = key_as_value(e);
      const auto named =
          value(key, tr("the day of a number of agents"), tr("Mon-Fri, Sat, 2025-12-24 or other"), parse_days);
      for (std::size_t d = 0; named && d < on_weekday.size(); ++d) {
        if (!named->has(static_cast<int>(d))) continue;
        if (on_weekday[d] >= 0)
          in_.problems.error(e.place, tr("a day of the week has two numbers of agents"),
                             tr("let each day be named once"));
        on_weekday[d] = agents;
      }
    }
  }
  for (Duty& duty : team.duties) {
    const Date date{in_.model.start.days + duty.day};
    const int by_week = on_weekday[static_cast<std::size_t>(weekday(date))];
    duty.agents = on_date.contains(date.days) ? on_date[date.days] : by_week >= 0 ? by_week : other;
  }
}

/// The rows of the team: what `mailflow plan --out` writes, or a planner's own table.
void NumberReader::numbers_by_file(const Node& node, Team& team, const TeamShifts& shifts) {
  const auto path = resolve(node, in_.options.data_dir, in_.problems);
  auto text = path ? read_file(*path, node.place, in_.problems) : std::nullopt;
  if (!text) return;
  const ErrorsSince errors(in_.problems);
  const CsvFile csv = read_csv(*path, std::move(*text), in_.problems);
  if (errors.any()) return;
  std::array<int, 4> at{};
  const std::array<const char*, 4> names = {"date", "team", "shift", "agents"};
  for (std::size_t i = 0; i < names.size(); ++i) {
    at[i] = csv.column_of(names[i]);
    if (at[i] >= 0 || i == 2) continue;  // without shifts, a number is of all shifts of the day
    in_.problems.error(node.place, tr("the file has no column \"{}\"", names[i]),
                       tr("{}; numbers of agents have the columns date, team, shift, agents", csv.columns()));
    return;
  }
  const Node* staff = in_.root.find("staff");
  const Node* teams = staff == nullptr ? nullptr : staff->find("teams");
  std::vector<std::string> known;
  for (std::size_t t = 0; teams != nullptr && t < teams->entries.size(); ++t) known.push_back(teams->entries[t].key);
  const bool first = files_read_.insert(*path).second;  // what is of no team is told once
  std::set<std::pair<std::string, std::string>> seen;   // date and shift
  std::size_t told = 0;
  for (std::size_t r = 0; r < csv.rows.size() && told < 20; ++r) {
    const auto& row = csv.rows[r];
    const auto cell = [&](std::size_t i) { return at[i] < 0 ? std::string() : row[static_cast<std::size_t>(at[i])]; };
    if (row.size() < csv.header.size()) continue;
    const auto date = date_of(cell(0));
    Failure why;
    const auto agents = parse_whole(without_thousands(cell(3)), 0, most_agents, why);
    const auto tell = [&](std::size_t column, const std::string& what, const std::vector<std::string>& names_there) {
      ++told;
      const std::string close = mailflow::nearest(cell(column), names_there);
      in_.problems.error(csv.place(r, static_cast<std::size_t>(at[column])), what,
                         close.empty() ? "" : tr("did you mean {}?", close));
    };
    if (cell(1) != team.name) {
      const bool strange = std::find(known.begin(), known.end(), cell(1)) == known.end();
      if (first && strange && agents.value_or(1) > 0)
        tell(1, tr("there is no {} {}", tr("team"), tr("\"{}\"", cell(1))), known);
      continue;
    }
    if (!cell(2).empty() && agents.value_or(0) > 0 &&
        std::find(shifts.names.begin(), shifts.names.end(), cell(2)) == shifts.names.end()) {
      tell(2, tr("team {} has no shift \"{}\"", team.name, cell(2)), shifts.names);
      continue;
    }
    if (!seen.insert({cell(0), cell(2)}).second) {
      tell(0,
           cell(2).empty() ? tr("a second row of team {} for {}", team.name, cell(0))
                           : tr("a second row of team {} for {} on shift {}", team.name, cell(0), cell(2)),
           {});
      continue;
    }
    if (!date || !agents) {
      ++told;
      const std::size_t wrong = date ? 3 : 0;
      in_.problems.error(csv.place(r, static_cast<std::size_t>(at[wrong])),
                         tr("{} is {}; {}", names[wrong], tr("\"{}\"", cell(wrong)),
                            date ? why.must : tr("it must be a date that exists, yyyy-mm-dd")));
      continue;
    }
    bool worked = false;
    for (std::size_t d = 0; d < team.duties.size(); ++d)
      if (in_.model.start.days + team.duties[d].day == date->days &&
          (cell(2).empty() || cell(2) == shifts.of_duty[d])) {
        team.duties[d].agents = static_cast<int>(*agents);
        worked = true;
      }
    const auto ahead = date->days - in_.model.start.days;
    if (!worked && *agents > 0 && ahead >= 0 && ahead < in_.days) {
      ++told;
      in_.problems.warning(
          csv.place(r, static_cast<std::size_t>(at[3])),
          cell(2).empty()
              ? tr("agents is \"{}\"; team {} does not work on {}, so nobody comes", cell(3), team.name, cell(0))
              : tr("agents is \"{}\"; team {} does not work shift {} on {}, so nobody comes", cell(3), team.name,
                   cell(2), cell(0)),
          tr("shifts say on which days they are worked"));
    }
  }
}

}  // namespace

void read_numbers_of(Reading& reading, const Node& agents, Team& team, const TeamShifts& shifts,
                     std::set<std::string>& files_read) {
  NumberReader(reading, files_read).numbers(agents, team, shifts);
}

}  // namespace mailflow
