// Shifts, teams, assignment, departures.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "scenario/builder.hpp"

namespace mailflow {

namespace {

/// "station sort never works".

}  // namespace

void Builder::staff() {
  const Node* node = get(root_, "staff");
  if (node != nullptr && check_section(*node, "staff", "staff")) {
    if (const Node* shifts = get(*node, "shifts"); shifts != nullptr && shifts->is_map())
      for (const Entry& e : shifts->entries) shift(e.key, e.value);
    if (const Node* teams = get(*node, "teams"); teams != nullptr && teams->is_map())
      for (const Entry& e : teams->entries) {
        Team result;
        result.name = e.key;
        team(e.value, result);
        model_.teams.push_back(result);
      }
    if (const Node* rules = get(*node, "assignment")) assignment(*rules);
  }
  never_coming();
  unworked_shifts();
}

/// Stations whose skill nobody has who ever comes; and teams of which nobody does.
void Builder::never_coming() {
  const Node* plan = get(root_, "plan");
  const Node* planned = plan == nullptr || !plan->is_map() ? nullptr : plan->find("teams");
  const auto has = [](const Team& t, int skill) {
    return std::any_of(t.skills.begin(), t.skills.end(), [&](const Skilled& s) { return s.skill == skill; });
  };
  const auto open = [&](const Team& t) {  // its number is for the plan to say
    return planned != nullptr && planned->is_map() && planned->find(t.name) != nullptr;
  };
  const bool stated = get(root_, "situation") != nullptr || !options_.from_state.empty();  // it may say who is here
  const auto missing = [&](const Team& t) { return t.absent >= 1 && t.agents > 0 && !stated; };
  std::map<int, std::vector<std::string>> never_works;  // by skill
  for (const auto& [name, index] : stations_) {
    const int skill = model_.stations[static_cast<std::size_t>(index)].skill;
    const bool held = std::any_of(model_.teams.begin(), model_.teams.end(), [&](const Team& t) {
      return ((t.agents > 0 && (t.absent < 1 || stated)) || (open(t) && t.absent < 1)) && has(t, skill);
    });
    if (skill >= 0 && !held) never_works[skill].push_back(name);
  }
  const auto so = [](const std::vector<std::string>& names) {
    return fmt::format(", so {} {} never {}", names.size() == 1 ? "station" : "stations", fmt::join(names, ", "),
                       names.size() == 1 ? "works" : "work");
  };
  for (const Team& t : model_.teams) {
    std::vector<std::string> stations;
    for (const auto& [skill, names] : never_works)
      if (has(t, skill)) stations.insert(stations.end(), names.begin(), names.end());
    if (missing(t))
      problems_.warning(
          places_["absent " + t.name],
          "absent is 100 %: nobody of team " + t.name + " ever comes" + (stations.empty() ? "" : so(stations)),
          "it is the share of the team that is missing on an average day, for example absent: 6 %");
    else if (t.agents == 0 && !stations.empty())
      problems_.warning(places_["agents " + t.name],
                        (t.duties.empty() ? "no shift of team " + t.name + " is worked within the run"
                                          : "agents is 0: nobody of team " + t.name + " ever comes") +
                            so(stations),
                        "give the team agents on days of the run, or the skill to another team");
  }
  for (const MisspeltSkill& each : misspelt_skills_) {
    const auto known = skills_.find(each.meant);
    const auto found = known == skills_.end() ? never_works.end() : never_works.find(known->second);
    std::string then;
    if (found != never_works.end()) {
      then = so(found->second);
      never_works.erase(found);
    }
    problems_.warning(each.place, "no station asks for the skill " + each.name + then,
                      each.meant.empty() ? "" : "did you mean " + each.meant + "?");
  }
  for (const auto& [skill, names] : never_works) {
    const std::string& skill_name = model_.skills[static_cast<std::size_t>(skill)];
    const bool told =
        std::any_of(model_.teams.begin(), model_.teams.end(), [&, of = skill](const Team& t) { return has(t, of); });
    if (!told)
      problems_.warning(places_["skills " + skill_name], "nobody has the skill " + skill_name + so(names),
                        "give it to a team under skills:");
  }
}

/// Shifts that no team works, and that nothing else may choose.
void Builder::unworked_shifts() {
  if (get(root_, "roster") != nullptr) return;
  std::set<std::string> worked;
  const auto collect = [&](const char* section, const char* key) {
    const Node* in = get(root_, section);
    const Node* teams = in == nullptr || !in->is_map() ? nullptr : in->find("teams");
    for (std::size_t t = 0; teams != nullptr && teams->is_map() && t < teams->entries.size(); ++t)
      if (const Node* named = teams->entries[t].value.is_map() ? teams->entries[t].value.find(key) : nullptr)
        for (const Node* item : list(*named)) worked.insert(item->text);
  };
  collect("staff", "shift");
  collect("plan", "shifts");
  for (const auto& [name, duties] : duties_)
    if (!worked.contains(name))
      problems_.warning(places_["shifts " + name], "no team works shift " + name,
                        "name it under shift: of a team, or remove it");
}

void Builder::shift(const std::string& name, const Node& node) {
  if (!check_section(node, "staff.shifts", "shift " + name)) return;
  shift_labels_[name] = label(node, "label");
  const Node* given = get(node, "hours");
  if (given == nullptr) return;
  const auto hours = value(*given, "hours", "hours: \"22:00-05:48\"", parse_hours);
  if (!hours) return;
  std::vector<ShiftBreak> breaks;
  if (const Node* pauses = get(node, "breaks"))
    for (const Node* item : list(*pauses)) {
      const auto pause = value(*item, "a break", "breaks: [\"19:30 20 min\"]", parse_break);
      if (!pause) continue;
      const Ticks from = pause->at < hours->from ? pause->at + day : pause->at;
      if (from >= hours->to) {
        bad(*item, "a break", "", "it does not begin within the shift, " + given->text,
            "let it begin within these hours, or leave it out");
      } else if (pause->lasts >= hours->to - hours->from) {
        bad(*item, "a break", "", "it lasts as long as the shift, " + given->text + ", or longer",
            "for example \"08:00 20 min\"");
      } else {
        breaks.push_back({from, pause->lasts});
      }
    }
  std::sort(breaks.begin(), breaks.end(), [](const ShiftBreak& a, const ShiftBreak& b) { return a.from < b.from; });
  for (std::size_t i = 1; i < breaks.size(); ++i)
    if (breaks[i].from < breaks[i - 1].from + breaks[i - 1].lasts)
      problems_.error(get(node, "breaks")->place, "two breaks of shift " + name + " overlap",
                      "let the one end before the next begins");
  duties_[name] = duties(*hours, breaks, days(node));
}

/// The duties of a shift within the run; those of the day before that reach into it are there too.
std::vector<Duty> Builder::duties(const Hours& hours, const std::vector<ShiftBreak>& breaks, const Days& on) const {
  std::vector<Duty> all;
  for (int d = -1; d < days_; ++d) {
    const Date date{model_.start.days + d};
    if (!comes_on(on, date)) continue;
    Duty duty;
    duty.day = d;
    duty.span = {calendar_->at(date, hours.from), calendar_->at(date, hours.to)};
    for (const ShiftBreak& b : breaks) duty.breaks.push_back({calendar_->at(date, b.from), b.lasts});
    // a clock change may bring breaks together; the second then follows the first
    for (std::size_t i = 1; i < duty.breaks.size(); ++i)
      duty.breaks[i].from = std::max(duty.breaks[i].from, duty.breaks[i - 1].from + duty.breaks[i - 1].lasts);
    if (duty.span.to > std::max<Ticks>(0, duty.span.from) && duty.span.from < model_.end) all.push_back(duty);
  }
  return all;
}

void Builder::team(const Node& node, Team& result) {
  if (!check_section(node, "staff.teams", "team " + result.name)) return;
  result.label = label(node, "label");
  result.absent = share(node, "absent", 0);
  for (const char* key : {"absent", "agents"})
    if (const Node* given = get(node, key)) places_[std::string(key) + " " + result.name] = given->place;
  result.night_extra = extra(node, "night_extra");
  result.overtime_extra = extra(node, "overtime_extra");
  if (const Node* cost = get(node, "cost")) result.cost_per_hour = money(*cost, "cost", true);
  std::vector<std::pair<Duty, std::string>> worked;
  TeamShifts shifts;
  if (const Node* shift = get(node, "shift"))
    for (const Node* item : list(*shift))
      if (reference(*item, shifts_, "shift") >= 0) {
        shifts.names.push_back(item->text);
        const auto& more = duties_[item->text];
        for (const Duty& duty : more) worked.emplace_back(duty, item->text);
      }
  std::stable_sort(worked.begin(), worked.end(),
                   [](const auto& a, const auto& b) { return a.first.span.from < b.first.span.from; });
  for (auto& [duty, shift] : worked) {
    result.duties.push_back(std::move(duty));
    shifts.of_duty.push_back(shift);
  }
  if (const Node* agents = get(node, "agents")) numbers(*agents, result, shifts);
  for (std::size_t i = 1; i < result.duties.size(); ++i)
    if (result.duties[i].span.from < result.duties[i - 1].span.to) {
      problems_.error(get(node, "shift")->place,
                      "the shifts of team " + result.name + " overlap on " +
                          to_string(Date{model_.start.days + std::max(0, result.duties[i].day)}),
                      "an agent works one shift at a time: make two teams, or other days");
      break;
    }
  if (const Node* skills = get(node, "skills")) {
    if (!skills->is_map())
      bad(*skills, "skills", "", "it must be a map of proficiency by skill",
          "for example skills: {sorting: 100 %, operator: 90 %}");
    for (const Entry& e : skills->entries) {
      const auto parse = [](std::string_view text, Failure& why) {
        auto found = parse_share(text, 10, why);
        if (found && *found <= 0) why = {"it must be above 0 %", "leave out a skill that the team has not"};
        return found && *found > 0 ? found : std::nullopt;
      };
      const auto proficiency = value(e.value, "the proficiency in " + e.key, e.key + ": 90 %", parse);
      const auto known = skills_.find(e.key);
      if (!proficiency) continue;
      constexpr double most_likely = 3;
      if (*proficiency > most_likely)
        problems_.warning(e.value.place,
                          fmt::format("team {} works at {:.4g} times the rate of the stations with the skill {}",
                                      result.name, *proficiency, e.key),
                          "100 % is the rate of the station; check the number");
      ++result.skills_held;
      if (known == skills_.end()) {
        std::vector<std::string> all;
        for (const auto& [name, i] : skills_) all.push_back(name);
        const std::string close = nearest(e.key, all);
        misspelt_skills_.push_back({e.place, e.key, close});
      } else {
        result.skills.push_back({known->second, *proficiency});
      }
    }
  }
  if (const Node* posts = get(node, "posts"))
    for (const Node* item : list(*posts))
      if (const int s = reference(*item, stations_, "station"); s >= 0) result.posts.push_back(s);
}

void Builder::assignment(const Node& node) {
  if (!check_section(node, "staff.assignment", "assignment")) return;
  Assignment& rules = model_.assignment;
  rules.rule =
      static_cast<AssignmentRule>(choice(node, "rule", {"fixed", "priority list", "longest queue", "earliest due"}, 1));
  rules.move_takes = duration(node, "move_takes", 0);
  rules.finish_lot = choice(node, "at_shift_end", {"finish the item", "finish the lot"}, 0) == 1;
  if (const Node* review = get(node, "review")) {
    const auto parse = [](std::string_view text, Failure& why) {
      auto every = parse_worded(text, "every", Least::above_zero, why);
      if (every && *every < second) why = {"it must be at least 1 s", {}};
      return every && *every >= second ? every : std::nullopt;
    };
    rules.review = value(*review, "review", "review: every 15 min", parse).value_or(rules.review);
  }
  if (const Node* priority = get(node, "priority"))
    for (const Node* item : list(*priority))
      if (const int s = reference(*item, stations_, "station"); s >= 0) rules.priority.push_back(s);
  if (rules.rule != AssignmentRule::fixed) return;
  for (const Team& team : model_.teams)
    if (team.posts.empty())
      problems_.warning(places_["teams " + team.name],
                        "team " + team.name + " has no posts, so it never works under the rule fixed",
                        "give posts: a list of stations");
}

void Builder::departures() {
  const Node* transport = get(root_, "transport");
  if (transport == nullptr || !check_section(*transport, "transport", "transport")) return;
  const Node* map = get(*transport, "departures");
  if (map == nullptr || !map->is_map()) return;
  for (const Entry& e : map->entries) {
    Departure result;
    result.name = e.key;
    departure(e.value, result);
    model_.departures.push_back(result);
  }
}

void Builder::departure(const Node& node, Departure& result) {
  if (!check_section(node, "transport.departures", "departure " + result.name)) return;
  result.label = label(node, "label");
  result.serves.assign(destinations_.size(), false);
  const Node* to = get(node, "to");
  if (to != nullptr && to->is_scalar() && to->text == "all") {
    result.serves_all = true;
    result.serves.assign(destinations_.size(), true);
  } else if (to != nullptr) {
    const std::vector<std::string> words(to->is_scalar() ? 1 : 0, "all");
    for (const Node* item : list(*to))
      if (const int d = reference(*item, destinations_, "destination", words); d >= 0)
        result.serves[static_cast<std::size_t>(d)] = true;
  }
  if (const Node* from = get(node, "from")) {
    for (const Node* item : list(*from)) {
      const int s = reference(*item, stations_, "station");
      if (s < 0) continue;
      if (model_.stations[static_cast<std::size_t>(s)].kind != StationKind::bay)
        bad(*item, "from", "", "it must be a bay");
      else
        result.from.push_back(s);
    }
  } else {
    for (std::size_t s = 0; s < model_.stations.size(); ++s)
      if (model_.stations[s].kind == StationKind::bay) result.from.push_back(static_cast<int>(s));
    std::sort(result.from.begin(), result.from.end(), [this](int a, int b) {
      return model_.stations[static_cast<std::size_t>(a)].name < model_.stations[static_cast<std::size_t>(b)].name;
    });
    if (result.from.empty() && !strange_kind_ && !(stations_.empty() && problems_.has_errors()))
      problems_.error(node.place, "departure " + result.name + " has no bay to load at", "add a station of kind bay");
  }
  if (const Node* at = get(node, "at")) result.at = timetable(times_of_day(*at, "at"), days(node), true);
  if (const Node* closes = get(node, "closes")) {
    const auto parse = [](std::string_view text, Failure& why) {
      return parse_worded(text, "before", Least::zero, why);
    };
    result.closes_before = value(*closes, "closes", "closes: 20 min before", parse).value_or(0);
  }
  if (const Node* given = get(node, "capacity")) capacity(*given, result);
  if (const Node* vehicles = get(node, "vehicles")) {
    if (vehicles->is_scalar() && vehicles->text == "as needed")
      result.vehicles = -1;
    else
      result.vehicles = whole(node, "vehicles", 1, 1);
    if (result.vehicles < 0 && get(node, "capacity") == nullptr)
      problems_.warning(vehicles->place, "without capacity one vehicle takes everything", "give capacity:");
  }
  if (const Node* cost = get(node, "cost")) result.cost = money(*cost, "cost", false);
}

void Builder::capacity(const Node& node, Departure& result) {
  const auto parse = [&](std::string_view text, Failure& why) -> std::optional<double> {
    Failure not_items;
    if (const auto items = parse_count(text, 1, 1'000'000'000, false, not_items)) {
      result.capacity_items = static_cast<double>(*items);
      return result.capacity_items;
    }
    const auto kg = parse_weight(text, why);
    if (kg && *kg > 0)
      result.capacity_kg = *kg;
    else if (kg)
      why = {"it must be above 0", {}};
    else
      why = {text.find("item") == std::string_view::npos ? "it must be items or a weight (g, kg, t)" : not_items.must,
             {}};
    return kg && *kg > 0 ? kg : std::nullopt;
  };
  value(node, "capacity", "capacity: 350 kg, or 12000 items", parse);
}

}  // namespace mailflow
