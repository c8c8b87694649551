#include "scenario/sections/staff.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "core/words.hpp"
#include "scenario/sections/numbers.hpp"
#include "scenario/sections/shifts.hpp"
#include "scenario/sections/time_reader.hpp"

namespace mailflow {

namespace {

class StaffReader : private TimeReader {
 public:
  using TimeReader::TimeReader;
  void staff();

 private:
  struct MisspeltSkill {
    Place place;
    std::string name;
    std::string meant;  ///< may be empty
  };

  void team(const Node& node, Team& team);
  void assignment(const Node& node);
  void never_coming();
  void unworked_shifts();

  std::vector<MisspeltSkill> misspelt_skills_;  ///< skills of teams that no station asks for
  std::set<std::string> numbers_read_;          ///< files with numbers of agents
};

void StaffReader::staff() {
  const Node* node = get(in_.root, "staff");
  if (node != nullptr && check_section(*node, "staff", "staff")) {
    read_shifts(in_, *node);
    if (const Node* teams = get(*node, "teams"); teams != nullptr && teams->is_map())
      for (const Entry& e : teams->entries) {
        Team result;
        result.name = e.key;
        team(e.value, result);
        in_.model.teams.push_back(result);
      }
    if (const Node* rules = get(*node, "assignment")) assignment(*rules);
  }
  never_coming();
  unworked_shifts();
}

/// Stations whose skill nobody has who ever comes; and teams of which nobody does.
void StaffReader::never_coming() {
  const Node* plan = get(in_.root, "plan");
  const Node* planned = plan == nullptr || !plan->is_map() ? nullptr : plan->find("teams");
  const auto has = [](const Team& t, SkillIndex skill) {
    return std::any_of(t.skills.begin(), t.skills.end(), [&](const Skilled& s) { return s.skill == skill; });
  };
  const auto open = [&](const Team& t) {  // its number is for the plan to say
    return planned != nullptr && planned->is_map() && planned->find(t.name) != nullptr;
  };
  const bool stated =
      get(in_.root, "situation") != nullptr || !in_.options.from_state.empty();  // it may say who is here
  const auto missing = [&](const Team& t) { return t.absent >= 1 && t.agents > 0 && !stated; };
  std::map<SkillIndex, std::vector<std::string>> never_works;  // by skill
  for (const auto& [name, index] : in_.names.stations) {
    const SkillIndex skill = in_.model.stations[StationIndex(index)].skill;
    const bool held = std::any_of(in_.model.teams.begin(), in_.model.teams.end(), [&](const Team& t) {
      return ((t.agents > 0 && (t.absent < 1 || stated)) || (open(t) && t.absent < 1)) && has(t, skill);
    });
    if (skill != none && !held) never_works[skill].push_back(name);
  }
  const auto so = [](const std::vector<std::string>& names) {
    return names.empty() ? std::string()
                         : tr_plural(", so station {} never works", ", so stations {} never work",
                                     static_cast<long>(names.size()), fmt::format("{}", fmt::join(names, ", ")));
  };
  for (const Team& t : in_.model.teams) {
    std::vector<std::string> stations;
    for (const auto& [skill, names] : never_works)
      if (has(t, skill)) stations.insert(stations.end(), names.begin(), names.end());
    if (missing(t))
      in_.problems.warning(
          in_.places["absent " + t.name], tr("absent is 100 %: nobody of team {} ever comes{}", t.name, so(stations)),
          tr("it is the share of the team that is missing on an average day, for example absent: 6 %"));
    else if (t.agents == 0 && !stations.empty())
      in_.problems.warning(in_.places["agents " + t.name],
                           t.duties.empty() ? tr("no shift of team {} is worked within the run{}", t.name, so(stations))
                                            : tr("agents is 0: nobody of team {} ever comes{}", t.name, so(stations)),
                           tr("give the team agents on days of the run, or the skill to another team"));
  }
  for (const MisspeltSkill& each : misspelt_skills_) {
    const auto known = in_.names.skills.find(each.meant);
    const auto found =
        known == in_.names.skills.end() ? never_works.end() : never_works.find(SkillIndex(known->second));
    std::string then;
    if (found != never_works.end()) {
      then = so(found->second);
      never_works.erase(found);
    }
    in_.problems.warning(each.place, tr("no station asks for the skill {}{}", each.name, then),
                         each.meant.empty() ? "" : tr("did you mean {}?", each.meant));
  }
  for (const auto& [skill, names] : never_works) {
    const std::string& skill_name = in_.model.skills[skill];
    const bool told = std::any_of(in_.model.teams.begin(), in_.model.teams.end(),
                                  [&, of = skill](const Team& t) { return has(t, of); });
    if (!told)
      in_.problems.warning(in_.places["skills " + skill_name], tr("nobody has the skill {}{}", skill_name, so(names)),
                           tr("give it to a team under skills:"));
  }
}

/// Shifts that no team works, and that nothing else may choose.
void StaffReader::unworked_shifts() {
  if (get(in_.root, "roster") != nullptr) return;
  std::set<std::string> worked;
  const auto collect = [&](const char* section, const char* key) {
    const Node* in = get(in_.root, section);
    const Node* teams = in == nullptr || !in->is_map() ? nullptr : in->find("teams");
    for (std::size_t t = 0; teams != nullptr && teams->is_map() && t < teams->entries.size(); ++t)
      if (const Node* named = teams->entries[t].value.is_map() ? teams->entries[t].value.find(key) : nullptr)
        for (const Node* item : list(*named)) worked.insert(item->text);
  };
  collect("staff", "shift");
  collect("plan", "shifts");
  for (const auto& [name, duties] : in_.duties)
    if (!worked.contains(name))
      in_.problems.warning(in_.places["shifts " + name], tr("no team works shift {}", name),
                           tr("name it under shift: of a team, or remove it"));
}

void StaffReader::team(const Node& node, Team& result) {
  if (!check_section(node, "staff.teams", tr("team {}", result.name))) return;
  result.label = label(node, "label");
  result.absent = share(node, "absent", 0);
  for (const char* key : {"absent", "agents"})
    if (const Node* given = get(node, key)) in_.places[std::string(key) + " " + result.name] = given->place;
  result.night_extra = extra(node, "night_extra");
  result.overtime_extra = extra(node, "overtime_extra");
  if (const Node* cost = get(node, "cost")) result.cost_per_hour = money(*cost, "cost", true);
  std::vector<std::pair<Duty, std::string>> worked;
  TeamShifts shifts;
  if (const Node* shift = get(node, "shift"))
    for (const Node* item : list(*shift))
      if (reference(*item, in_.names.shifts, tr("shift")) >= 0) {
        shifts.names.push_back(item->text);
        const auto& more = in_.duties[item->text];
        for (const Duty& duty : more) worked.emplace_back(duty, item->text);
      }
  std::stable_sort(worked.begin(), worked.end(),
                   [](const auto& a, const auto& b) { return a.first.span.from < b.first.span.from; });
  for (auto& [duty, shift] : worked) {
    result.duties.push_back(std::move(duty));
    shifts.of_duty.push_back(shift);
  }
  if (const Node* agents = get(node, "agents")) read_numbers_of(in_, *agents, result, shifts, numbers_read_);
  for (std::size_t i = 1; i < result.duties.size(); ++i)
    if (result.duties[i].span.from < result.duties[i - 1].span.to) {
      in_.problems.error(get(node, "shift")->place,
                         tr("the shifts of team {} overlap on {}", result.name,
                            to_string(Date{in_.model.start.days + std::max(0, result.duties[i].day)})),
                         tr("an agent works one shift at a time: make two teams, or other days"));
      break;
    }
  if (const Node* skills = get(node, "skills")) {
    if (!skills->is_map())
      bad(*skills, "skills", "", tr("it must be a map of proficiency by skill"),
          tr("for example {}", "skills: {sorting: 100 %, operator: 90 %}"));
    for (const Entry& e : skills->entries) {
      const auto parse = [](std::string_view text, Failure& why) {
        auto found = parse_share(text, 10, why);
        if (found && *found <= 0) why = {tr("it must be above 0 %"), tr("leave out a skill that the team has not")};
        return found && *found > 0 ? found : std::nullopt;
      };
      const auto proficiency = value(e.value, tr("the proficiency in {}", e.key), e.key + ": 90 %", parse);
      const auto known = in_.names.skills.find(e.key);
      if (!proficiency) continue;
      constexpr double most_likely = 3;
      if (*proficiency > most_likely)
        in_.problems.warning(e.value.place,
                             tr("team {} works at {:.4g} times the rate of the stations with the skill {}", result.name,
                                *proficiency, e.key),
                             tr("100 % is the rate of the station; check the number"));
      ++result.skills_held;
      if (known == in_.names.skills.end()) {
        std::vector<std::string> all;
        for (const auto& [name, i] : in_.names.skills) all.push_back(name);
        const std::string close = nearest(e.key, all);
        misspelt_skills_.push_back({e.place, e.key, close});
      } else {
        result.skills.push_back({SkillIndex(known->second), *proficiency});
      }
    }
  }
  if (const Node* posts = get(node, "posts"))
    for (const Node* item : list(*posts))
      if (const StationIndex s = reference(*item, in_.names.stations, tr("station")); s != none)
        result.posts.push_back(s);
}

void StaffReader::assignment(const Node& node) {
  if (!check_section(node, "staff.assignment", "assignment")) return;
  Assignment& rules = in_.model.assignment;
  rules.rule = choice(node, "rule", AssignmentRule::priority_list);
  rules.move_takes = duration(node, "move_takes", 0);
  rules.at_shift_end = choice(node, "at_shift_end", ShiftEnd::finish_item);
  if (const Node* review = get(node, "review")) {
    const auto parse = [](std::string_view text, Failure& why) {
      auto every = parse_worded(text, "every", Least::above_zero, why);
      if (every && *every < second) why = {tr("it must be at least 1 s"), {}};
      return every && *every >= second ? every : std::nullopt;
    };
    rules.review = value(*review, "review", "review: every 15 min", parse).value_or(rules.review);
  }
  if (const Node* priority = get(node, "priority"))
    for (const Node* item : list(*priority))
      if (const StationIndex s = reference(*item, in_.names.stations, tr("station")); s != none)
        rules.priority.push_back(s);
  if (rules.rule != AssignmentRule::fixed) return;
  for (const Team& team : in_.model.teams)
    if (team.posts.empty())
      in_.problems.warning(in_.places["teams " + team.name],
                           tr("team {} has no posts, so it never works under the rule fixed", team.name),
                           tr("give posts: a list of stations"));
}

}  // namespace

void read_staff(Reading& reading) { StaffReader(reading).staff(); }

}  // namespace mailflow
