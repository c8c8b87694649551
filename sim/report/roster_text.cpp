#include "report/roster_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "core/at.hpp"
#include "core/words.hpp"
#include "report/roster_words.hpp"
#include "report/text.hpp"

namespace mailflow {

namespace {

std::string money(const RosterTask& task, double value) {
  return grouped(value) + " " + (task.least == Objective::person_days ? tr("person-days") : task.money);
}

std::string right(const std::string& text, std::size_t width) {
  const std::size_t has = width_of(text);
  return has < width ? std::string(width - has, ' ') + text : text;
}

/// One letter a day, in a text for each week; the last goes on in blanks.
template <class Letter>
void add_weeks(std::vector<std::string>& cells, const RosterTask& task, const Letter& letter) {
  for (int d = 0; d < task.days; ++d) {
    if (d == 0 || task.weekday_of(d) == 0) cells.emplace_back();
    cells.back() += letter(d);
  }
  constexpr std::size_t days = 7;
  if (cells.size() > 2) cells.back().resize(days, ' ');
}

std::string head(const RosterTask& task, const RosterResult& result, const std::string& title) {
  std::string text = tr("{}: roster", title) + "\n";
  const long people = static_cast<long>(task.agents.size());
  text += "  " + tr_plural("{} to {}, {} person", "{} to {}, {} people", people, shown_date(task, 0),
                           shown_date(task, task.days - 1), people);
  if (!task.rule_set.empty()) text += tr(", rules of {}", task.rule_set);
  text += "\n  ";
  text += task.least == Objective::person_days
              ? tr("{}: {} of people by name, {} of temporaries, {} for rules broken", money(task, result.cost),
                   grouped(result.pay), grouped(result.temporaries), grouped(result.broken))
              : tr("costs {}: {} for work, {} for temporaries, {} for rules broken", money(task, result.cost),
                   grouped(result.pay), grouped(result.temporaries), grouped(result.broken));
  text += "\n  ";
  if (result.gap < 5e-6)
    text += tr("nothing can cost less: proven by the solver");
  else
    text += tr("nothing can cost less than {} (the solver's bound): within {} of the best there can be",
               money(task, result.bound),
               fmt::format("{} %", decimal(std::max(100 * result.gap, 0.01), result.gap < 0.001 ? 3 : 2)));
  return text + "\n";
}

/// What one has, beside the weeks.
struct Tallied {
  bool contracts = false, wishes = false;
  std::vector<std::string> header() const {
    std::vector<std::string> cells = {tr("days"), tr("hours done")};
    if (contracts) cells.push_back(tr("contract"));
    cells.push_back(tr("nights"));
    cells.push_back(tr("weekends"));
    if (wishes) cells.push_back(tr("wishes"));
    return cells;
  }
  std::vector<std::string> row(const RosterTally& t) const {
    std::vector<std::string> cells = {std::to_string(t.duties), plain_number(t.hours)};
    if (contracts) cells.push_back(t.due < 0 ? "-" : plain_number(t.due));
    cells.push_back(std::to_string(t.nights));
    cells.push_back(std::to_string(t.weekends));
    if (wishes) cells.push_back(t.wishes == 0 ? "-" : fmt::format("{}/{}", t.granted, t.wishes));
    return cells;
  }
};

/// A week a column, so that a window that is too narrow has them below each other.
std::string grid(const RosterTask& task, const RosterResult& result, std::size_t most) {
  const std::string letters = shift_letters(task);
  Tallied tallied;
  for (const RosterTally& t : result.tally) {
    tallied.contracts = tallied.contracts || t.due >= 0;
    tallied.wishes = tallied.wishes || t.wishes > 0;
  }
  const auto joined = [](std::vector<std::string> cells, const std::vector<std::string>& more) {
    cells.insert(cells.end(), more.begin(), more.end());
    return cells;
  };
  const std::string initials = tr("MTWTFSS");
  std::vector<std::string> weekdays = {""};
  add_weeks(weekdays, task, [&](int d) { return initials[at(task.weekday_of(d))]; });
  std::vector<std::string> dates = {""};
  add_weeks(dates, task, [&](int d) { return to_string(Date{task.from.days + d}).back(); });
  const std::vector<std::string> header = tallied.header();
  Columns table(joined(weekdays, header));
  table.row(joined(dates, std::vector<std::string>(header.size())));
  const std::size_t shown_people = most == 0 ? task.agents.size() : std::min(most, task.agents.size());
  for (std::size_t a = 0; a < shown_people; ++a) {
    std::vector<std::string> cells = {task.agents[a].name};
    add_weeks(cells, task, [&](int d) {
      const int s = result.roster.duty[a][at(d)].shift;
      return s >= 0 ? letters[at(s)] : task.agents[a].absent[at(d)] ? '/' : '.';
    });
    table.row(joined(std::move(cells), tallied.row(result.tally[a])));
  }
  std::string text = table.text();
  if (shown_people < task.agents.size())
    text += "  " + tr("... and {} more; --all shows them", task.agents.size() - shown_people) + "\n";
  text += "  ";
  for (std::size_t s = 0; s < task.shifts.size(); ++s)
    text += fmt::format("{}{} {}", s == 0 ? "" : ", ", letters[s], shift_words(task.shifts[s]));
  text += tr("; . off, / absent") + "\n";
  return text;
}

/// By shift: who is there, and who is wanted, over the days.
std::string cover(const RosterTask& task, const RosterResult& result) {
  Columns table({"  " + tr("Shift"), tr("duties"), tr("wanted"), tr("fewest"), tr("most"), tr("temporaries")});
  for (int s = 0; s < static_cast<int>(task.shifts.size()); ++s) {
    std::vector<int> there(at(task.days), 0);
    std::vector<int> wanted(at(task.days), 0);
    long temporaries = 0;
    for (const auto& duties : result.roster.duty)
      for (int d = 0; d < task.days; ++d) there[at(d)] += duties[at(d)].shift == s ? 1 : 0;
    for (const Want& want : task.wants)
      if (want.shift == s) wanted[at(want.day)] += want.agents;
    for (const auto& on : result.roster.temporaries) temporaries += on[at(s)];
    long all = 0;
    long all_wanted = 0;
    int least = -1;
    int most = 0;
    for (int d = 0; d < task.days; ++d) {
      if (!task.held(s, d)) continue;
      all += there[at(d)];
      all_wanted += wanted[at(d)];
      least = least < 0 ? there[at(d)] : std::min(least, there[at(d)]);
      most = std::max(most, there[at(d)]);
    }
    if (all + all_wanted + temporaries == 0) continue;
    table.row({"  " + shift_words(task.shifts[at(s)]), grouped(static_cast<double>(all)),
               task.wants.empty() ? "-" : grouped(static_cast<double>(all_wanted)), std::to_string(std::max(0, least)),
               std::to_string(most), task.workload ? grouped(static_cast<double>(temporaries)) : "-"});
  }
  return table.text();
}

std::string broken(const RosterTask& task, const RosterResult& result) {
  std::vector<const Breach*> all;
  for (const Breach& b : result.breaches) all.push_back(&b);
  if (all.empty()) return "  " + tr("Every rule is kept.") + "\n";
  std::stable_sort(all.begin(), all.end(), [](const Breach* a, const Breach* b) {
    return (a->cost < 0 ? 1e18 : a->cost * a->beyond) > (b->cost < 0 ? 1e18 : b->cost * b->beyond);
  });
  const long n = static_cast<long>(all.size());
  std::string text = "  " + tr_plural("{} rule is broken", "Rules are broken {} times", n, n) + "\n";
  constexpr std::size_t most = 20;
  for (std::size_t i = 0; i < std::min(most, all.size()); ++i)
    text += "    " + right(all[i]->cost < 0 ? tr("must hold") : money(task, all[i]->cost * all[i]->beyond), 12) + "  " +
            breach_words(task, *all[i]) + "\n";
  if (all.size() > most) text += "    " + tr("... and {} more, in roster.json", all.size() - most) + "\n";
  return text;
}

}  // namespace

std::string shift_letters(const RosterTask& task) {
  std::string letters;
  for (const RosterShift& shift : task.shifts) {
    std::string candidates = shift.name;
    for (char c = 'a'; c <= 'z'; ++c) candidates += c;
    candidates += "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    // names that differ by their ends (s00, s08) are told apart there
    const bool numbered = std::count_if(task.shifts.begin(), task.shifts.end(), [&](const RosterShift& other) {
                            return other.name.front() == shift.name.front();
                          }) > 1;
    if (numbered) candidates.erase(0, 1);
    for (const char c : candidates)
      if (std::isalnum(static_cast<unsigned char>(c)) != 0 && letters.find(c) == std::string::npos) {
        letters += c;
        break;
      }
    if (letters.size() <= static_cast<std::size_t>(&shift - task.shifts.data())) letters += '?';
  }
  return letters;
}

std::string roster_text(const RosterTask& task, const RosterResult& result, const std::string& title,
                        std::size_t most) {
  return head(task, result, title) + "\n" + grid(task, result, most) + "\n" + cover(task, result) + "\n" +
         broken(task, result);
}

std::string conflict_text(const RosterTask& task, const RosterResult& result) {
  if (!result.proven) return tr("No roster was found, and none is proven impossible: give it more time.") + "\n";
  std::string text = tr("There is no roster that keeps all rules.") + "\n";
  if (result.conflicts.empty()) return text;
  text += tr("These cannot hold together; without any one of them the others can:") + "\n";
  std::string source;
  for (const Conflict& c : result.conflicts) {
    text += "  " + conflict_words(task, c);
    source = source_words(task, c.rule, c.agent);
    if (!source.empty()) text += " [" + (task.rule_set.empty() ? "" : task.rule_set + ": ") + source + "]";
    text += "\n";
  }
  return text;
}

}  // namespace mailflow
