#include "scenario/sections/plan.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/words.hpp"
#include "scenario/sections/shifts.hpp"
#include "scenario/sections/time_reader.hpp"
#include "scenario/words/write_yaml.hpp"

namespace mailflow {

namespace {

/// Hours of the day, as they are written.
std::string civil(Ticks t) { return fmt::format("{:02}:{:02}", t % day / hour, t % hour / minute); }

class PlanReader : private TimeReader {
 public:
  using TimeReader::TimeReader;
  void plan();

 private:
  void planned_team(const std::string& name, const Node& node);
  void new_shifts(const Node& node);
  int planned_shift(const std::string& name);
};

void PlanReader::plan() {
  const Node* node = get(in_.root, "plan");
  if (node == nullptr || !check_section(*node, "plan", "plan")) return;
  PlanRequest& request = in_.scenario.plan;
  const bool others = get(*node, "posts") != nullptr || get(*node, "within_day") != nullptr;
  request.given = get(*node, "teams") != nullptr || !others;
  if (get(*node, "teams") == nullptr && !others)
    in_.problems.error(node->place, tr("plan lacks teams (the teams whose numbers are open; all others stay)"),
                       tr("for example {}", "teams: {night: {at_most: 12}}"));
  request.minimise = choice(*node, "minimise", Objective::cost);
  request.then = choice(*node, "then", TieBreak::nothing);
  request.confidence = share(*node, "confidence", 0.95);
  if (request.confidence < 0.5 || request.confidence > 0.9999)
    bad(*get(*node, "confidence"), "confidence", "", tr("it must be from 50 % to 99.99 %"));
  request.replications = whole(*node, "replications", 20, 1, 100'000);
  request.step = duration(*node, "step", 0);
  if (get(*node, "step") != nullptr && (request.step < minute || request.step > day))
    bad(*get(*node, "step"), "step", "", tr("it must be from 1 min to 24 h"));
  if (const Node* targets = get(*node, "targets")) {
    NamesOf<Target> known;
    for (const TargetIndex t : in_.model.targets.indices()) known[in_.model.targets[t].name] = t.number();
    for (const Node* item : list(*targets))
      if (const TargetIndex t = reference(*item, known, tr("target")); t != none) request.targets.push_back(t);
  } else {
    for (const TargetIndex t : in_.model.targets.indices()) request.targets.push_back(t);
  }
  if (const Node* teams = get(*node, "teams"); teams != nullptr && teams->is_map()) {
    for (const Entry& e : teams->entries) planned_team(e.key, e.value);
    if (teams->entries.empty()) bad(*teams, "teams", tr("empty"), tr("a plan needs a team whose number is open"));
  } else if (teams != nullptr) {
    bad(*teams, "teams", "", tr("it must be a map by name of team"),
        tr("for example {}", "teams: {night: {at_most: 12}}"));
  }
  if (const Node* fresh = get(*node, "new_shifts")) new_shifts(*fresh);
  if (const Node* given = get(*node, "understaffed")) {
    constexpr std::string_view per = " per agent and slot";
    if (given->is_scalar() && given->text.ends_with(per)) {
      Node price = *given;
      price.text.resize(price.text.size() - per.size());
      request.understaffed = money(price, "understaffed", false);
    } else {
      bad(*given, "understaffed", "", tr("it must be what an agent who lacks for a slot (a step of the plan) costs"),
          tr("for example {}", fmt::format("understaffed: 10 {} per agent and slot", in_.model.currency)));
    }
    if (request.step <= 0) request.step = hour;
    if (request.minimise == Objective::person_days)
      in_.problems.error(given->place, tr("understaffed is a price, and the plan makes person-days least, not cost"),
                         tr("leave out minimise: person-days, and give teams a cost:"));
  }
  const bool paid = std::any_of(request.teams.begin(), request.teams.end(),
                                [&](const PlannedTeam& t) { return in_.model.teams[t.team].cost_per_hour > 0; });
  if (request.minimise == Objective::cost && !request.teams.empty() && !paid)
    in_.problems.error(node->place, tr("no team of the plan costs anything, so that no plan is cheaper than another"),
                       tr("give teams a cost:, or the plan minimise: person-days"));
}

/// The index of a shift of staff.shifts among the plan's.
int PlanReader::planned_shift(const std::string& name) {
  auto& shifts = in_.scenario.plan.shifts;
  const auto found = std::find_if(shifts.begin(), shifts.end(), [&](const PlannedShift& s) { return s.name == name; });
  if (found != shifts.end()) return static_cast<int>(found - shifts.begin());
  shifts.push_back({name, false, {}, in_.duties[name]});
  return static_cast<int>(shifts.size()) - 1;
}

void PlanReader::planned_team(const std::string& name, const Node& node) {
  Node key;
  key.kind = Node::Kind::scalar;
  key.text = name;
  key.place = node.place;
  PlannedTeam planned;
  planned.team = reference(key, in_.names.teams, tr("team"));
  if (!check_section(node, "plan.teams", tr("team {} of the plan", name))) return;
  planned.least = whole(node, "at_least", 0, 0, 100'000);
  planned.most = whole(node, "at_most", 0, 0, 100'000);
  if (get(node, "at_most") != nullptr && planned.most < planned.least)
    in_.problems.error(node.place,
                       tr("team {} of the plan has at_least {} and at_most {}", name, planned.least, planned.most),
                       tr("let at_most be no less than at_least"));
  planned.numbers = choice(node, "numbers", Numbers::same_every_day);
  planned.used_first = flag(node, "used_first", false);
  if (const Node* given = get(node, "shifts"))
    for (const Node* item : list(*given))
      if (reference(*item, in_.names.shifts, tr("shift")) >= 0) planned.shifts.push_back(planned_shift(item->text));
  if (planned.team != none) in_.scenario.plan.teams.push_back(planned);
}

void PlanReader::new_shifts(const Node& node) {
  if (!check_section(node, "plan.new_shifts", "new_shifts")) return;
  PlanRequest& request = in_.scenario.plan;
  if (get(node, "at_most") != nullptr) request.most_new = whole(node, "at_most", 1, 1, 1000);
  if (const Node* price = get(node, "price")) request.price_of_new = money(*price, "price", false);
  const std::size_t before = request.shifts.size();

  /// The shifts of one window of starts: of the whole section, or of one of its windows.
  const auto make = [&](const Node& window) {
    const auto clock = [&](const char* name) -> std::optional<Ticks> {
      const Node* at = get(window, name);
      return at == nullptr ? std::nullopt : value(*at, name, fmt::format("{}: \"18:00\"", name), parse_time_of_day);
    };
    const auto earliest = clock("earliest"), latest = clock("latest");
    const Ticks every = duration(window, "every", 30 * minute);
    std::vector<Ticks> lengths;
    if (const Node* given = get(window, "lengths"))
      for (const Node* item : list(*given)) {
        const auto parse = [](std::string_view text, Failure& why) {
          auto found = parse_duration(text, Least::above_zero, why);
          if (found && (*found > day || *found % minute != 0)) why = {tr("it must be whole minutes, up to 24 h"), {}};
          return found && *found <= day && *found % minute == 0 ? found : std::nullopt;
        };
        if (const auto length = value(*item, tr("a length"), "lengths: [8 h, 6 h]", parse)) lengths.push_back(*length);
      }
    std::vector<ShiftBreak> breaks;
    if (const Node* given = get(window, "breaks"))
      for (const Node* item : list(*given))
        if (const auto pause =
                value(*item, tr("a break"), tr("breaks: [\"03:30 30 min\"], by the time since the start"), parse_break))
          breaks.push_back({pause->at, pause->lasts});
    if (!earliest || !latest || lengths.empty()) return;
    if (every < minute || every % minute != 0)
      return bad(*get(window, "every"), "every", "", tr("it must be whole minutes"));
    const Ticks last = *latest < *earliest ? *latest + day : *latest;
    if ((last - *earliest) / every * static_cast<Ticks>(lengths.size()) > 500)
      return in_.problems.error(window.place, tr("more than 500 new shifts may be made"), tr("let every be longer"));

    const Days on = days(window);
    for (Ticks start = *earliest; start <= last; start += every)
      for (const Ticks length : lengths) {
        const Ticks from = start % day;
        PlannedShift shift;
        shift.is_new = true;
        std::vector<ShiftBreak> pauses;
        std::string written;
        for (const ShiftBreak& b : breaks) {
          if (b.from + b.lasts > length) continue;  // a short shift has no such break
          pauses.push_back({from + b.from, b.lasts});
          written +=
              fmt::format("{}\"{} {} min\"", written.empty() ? "" : ", ", civil(from + b.from), b.lasts / minute);
        }
        std::string hours = fmt::format("{}-{}", civil(from), from + length == day ? "24:00" : civil(from + length));
        shift.yaml = fmt::format("{{hours: \"{}\"", hours);
        if (const Node* given = get(window, "days")) shift.yaml += ", days: " + yaml_line(*given);
        if (!written.empty()) shift.yaml += ", breaks: [" + written + "]";
        if (!flag(window, "holidays", true)) shift.yaml += ", holidays: no";
        shift.yaml += "}";
        std::erase(hours, ':');
        shift.name = "new-" + hours;
        const auto named = [&](const std::string& name) {
          return std::find_if(request.shifts.begin(), request.shifts.end(),
                              [&](const PlannedShift& s) { return s.name == name; });
        };
        if (const auto same = named(shift.name); same != request.shifts.end() && same->yaml == shift.yaml)
          continue;                                                      // windows overlap
        for (int n = 2; named(shift.name) != request.shifts.end(); ++n)  // on other days, or with other breaks
          shift.name = fmt::format("new-{}-{}", hours, n);
        shift.duties = duties_of(in_, {from, from + length}, pauses, on);
        request.shifts.push_back(std::move(shift));
      }
  };

  const std::vector<std::string> of_window = {"earliest", "latest", "every", "lengths", "breaks", "days", "holidays"};
  if (const Node* windows = get(node, "windows")) {
    for (const std::string& key : of_window)
      if (const Node* beside = get(node, key))
        in_.problems.error(beside->place, tr("{} of new_shifts stands beside its windows, which have their own", key),
                           tr("move it into each of the windows"));
    for (const Node* window : list(*windows))
      if (check_section(*window, "plan.new_shifts.windows", tr("a window of new_shifts"))) make(*window);
  } else {
    for (const char* key : {"earliest", "latest", "lengths"})
      if (get(node, key) == nullptr)
        in_.problems.error(
            node.place, tr("new_shifts lacks {}", key),
            tr("for example {earliest: \"18:00\", latest: \"23:00\", lengths: [8 h]}; or windows:, a list of such"));
    make(node);
  }
  std::vector<int> made;
  for (std::size_t s = before; s < request.shifts.size(); ++s) made.push_back(static_cast<int>(s));
  if (const Node* teams = get(node, "teams"))
    for (const Node* item : list(*teams)) {
      const TeamIndex team = reference(*item, in_.names.teams, tr("team"));
      if (team == none) continue;
      const auto planned = std::find_if(request.teams.begin(), request.teams.end(),
                                        [&](const PlannedTeam& t) { return t.team == team; });
      if (planned == request.teams.end()) {
        in_.problems.error(item->place, tr("team {} may work new shifts, but its number is not open", item->text),
                           tr("name it under teams: of the plan"));
        continue;
      }
      if (planned->shifts.empty()) {
        const Node* given = in_.root.find("staff")->find("teams")->find(item->text)->find("shift");
        if (given != nullptr)
          for (const Node* own : list(*given)) planned->shifts.push_back(planned_shift(own->text));
      }
      planned->shifts.insert(planned->shifts.end(), made.begin(), made.end());
    }
}

}  // namespace

void read_plan(Reading& reading) { PlanReader(reading).plan(); }

}  // namespace mailflow
