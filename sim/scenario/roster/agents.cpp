#include "scenario/roster/agents.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "core/words.hpp"
#include "scenario/files/files.hpp"
#include "scenario/roster/roster_part_reader.hpp"
#include "scenario/roster/rules.hpp"
#include "scenario/sections/names.hpp"

namespace mailflow {

namespace {

class RosterAgentReader : private RosterPartReader {
 public:
  RosterAgentReader(Reading& reading, const Node& roster, RosterTask& task, double contract = -1)
      : RosterPartReader(reading, roster, task), contract_(contract) {}
  void agents();
  void past();
  void agent_shifts(const Node& node, RosterAgent& agent, TeamIndex team);

 private:
  void agents_of_teams();
  void agents_of_file(const Node& named);
  Node agent_of_row(const CsvFile& file, std::size_t row);
  void agent(const std::string& name, const Node& node);
  void agent_skills(const Node& node, RosterAgent& agent);
  void agent_days(const Node& node, RosterAgent& agent);
  bool days_of(const std::string& text, std::vector<int>& days) const;
  int last_reached() const;

  double contract_;
  Names names_;
};

void RosterAgentReader::agents() {
  const Node* given = get(node_, "agents");
  if (given == nullptr)
    agents_of_teams();
  else if (given->is_scalar())
    agents_of_file(*given);
  else if (!given->is_map())
    bad(*given, "agents", "", tr("it must be a map by name, or a CSV file"));
  else
    for (const Entry& e : given->entries) {
      const int count = e.value.is_map() ? whole(e.value, "count", 1, 1, 5000) : 1;
      const bool several = e.value.is_map() && get(e.value, "count") != nullptr;
      const ErrorsSince errors(in_.problems);
      for (int i = 1; i <= count && !errors.any(); ++i)
        agent(several ? fmt::format("{} {:0{}}", e.key, i, std::to_string(count).size()) : e.key, e.value);
    }
  if (task_.agents.empty() && !in_.problems.has_errors())
    in_.problems.error(node_.place, tr("the roster has nobody in it"), tr("give agents, or teams with agents"));
}

void RosterAgentReader::agents_of_teams() {
  const Node* staff = get(in_.root, "staff");
  const Node* teams = staff == nullptr ? nullptr : get(*staff, "teams");
  if (teams == nullptr || !teams->is_map()) return;
  for (const Team& team : in_.model.teams) {
    Node node;
    node.kind = Node::Kind::map;
    const Node* written = get(*teams, team.name);
    node.place = written == nullptr ? node_.place : written->place;
    node.entries.push_back({"team", node.place, scalar_node(team.name, node.place)});
    for (int i = 1; i <= team.agents; ++i)
      agent(fmt::format("{} {:0{}}", team.name, i, std::to_string(team.agents).size()), node);
  }
}

void RosterAgentReader::agents_of_file(const Node& named) {
  const auto file = csv(named);
  if (!file) return;
  if (file->column_of("name") < 0) {
    in_.problems.error({file->file, 1, 1}, tr("a file of agents has a column name"), file->columns());
    return;
  }
  std::vector<std::string> known = section("roster.agents").names();
  known.emplace_back("name");
  for (std::size_t r = 0; r < rules_in_yaml; ++r) known.push_back(meaning_of(static_cast<Rule>(r)).name);
  known.insert(known.end(), task_.skills.begin(), task_.skills.end());
  bool good = true;
  for (const std::string& column : file->header)
    if (std::find(known.begin(), known.end(), column) == known.end()) {
      const std::string close = nearest(column, known);
      in_.problems.error(
          {file->file, 1, 1}, tr("\"{}\" is not a column of agents", column),
          close.empty() ? tr("a column is a key of roster.agents, a skill or a rule") : tr("did you mean {}?", close));
      good = false;
    }
  for (std::size_t r = 0; good && r < file->rows.size(); ++r)
    agent(file->rows[r][static_cast<std::size_t>(file->column_of("name"))], agent_of_row(*file, r));
}

/// A row of a file of agents as the map that it stands for: lists are divided by ";", each skill and rule has a column.
Node RosterAgentReader::agent_of_row(const CsvFile& file, std::size_t row) {
  Node node;
  node.kind = Node::Kind::map;
  node.place = file.place(row, 0);
  Node skills;
  skills.kind = Node::Kind::map;
  skills.place = node.place;
  Node rules = skills;
  for (std::size_t c = 0; c < file.header.size(); ++c) {
    const std::string& column = file.header[c];
    const std::string text(trimmed(file.rows[row][c]));
    const Place place = file.place(row, c);
    if (column == "name" || text.empty()) continue;
    if (std::find(task_.skills.begin(), task_.skills.end(), column) != task_.skills.end()) {
      if (text != "0" && text != "0 %" && text != "no")
        skills.entries.push_back({column, place, scalar_node(text == "yes" ? "100 %" : text, place)});
    } else if (section("roster.rules").find(column) != nullptr && section("roster.agents").find(column) == nullptr) {
      rules.entries.push_back({column, place, scalar_node(text, place)});
    } else {
      const bool many =
          column == "absent" || column == "wishes" || column == "given" || column == "shifts" || column == "days_off";
      node.entries.push_back({column, place, many ? list_node(text, place) : scalar_node(text, place)});
    }
  }
  if (!skills.entries.empty()) node.entries.push_back({"skills", skills.place, skills});
  if (!rules.entries.empty()) node.entries.push_back({"rules", rules.place, rules});
  return node;
}

void RosterAgentReader::agent(const std::string& name, const Node& node) {
  if (!check_section(node, "roster.agents", tr("agent {}", name))) return;
  check_name({name, node.place, {}}, tr("agents"), in_.problems);
  RosterAgent one;
  one.name = name;
  one.rules = task_.rules;
  one.contract_hours = contract_;
  if (!names_.emplace(name, static_cast<int>(task_.agents.size())).second)
    in_.problems.error(node.place, tr("two agents are called \"{}\"", name), tr("give each a name of its own"));
  TeamIndex team;
  if (const Node* given = get(node, "team")) {
    team = reference(*given, in_.names.teams, tr("team"));
    if (team == none) return;
    one.team = given->text;
    one.cost_per_hour = in_.model.teams[team].cost_per_hour;
  }
  if (const Node* contract = get(node, "contract")) {
    const auto parse = [](std::string_view text, Failure& why) { return parse_duration(text, Least::zero, why); };
    if (const auto found = value(*contract, "contract", "contract: 39 h", parse))
      one.contract_hours = static_cast<double>(*found) / static_cast<double>(hour);
  }
  if (const Node* cost = get(node, "cost")) one.cost_per_hour = money(*cost, "cost", true);
  one.skills.assign(task_.skills.size(), 0.0);
  if (team != none)
    for (const Skilled& s : in_.model.teams[team].skills) one.skills[s.skill] = s.proficiency;
  agent_skills(node, one);
  agent_shifts(node, one, team);
  agent_days(node, one);
  if (const Node* own = get(node, "rules")) read_personal_rules(in_, node_, task_, *own, one.rules);
  task_.agents.push_back(std::move(one));
}

/// The row of the versatility matrix; what is said of a person replaces what his team can do.
void RosterAgentReader::agent_skills(const Node& node, RosterAgent& agent) {
  const Node* skills = get(node, "skills");
  if (skills == nullptr) return;
  if (!skills->is_map()) {
    bad(*skills, "skills", "", tr("it must be a map of proficiency by skill"),
        tr("for example {}", "skills: {sorting: 100 %, operator: 90 %}"));
    return;
  }
  std::fill(agent.skills.begin(), agent.skills.end(), 0.0);
  const auto parse = [](std::string_view text, Failure& why) { return parse_share(text, 10, why); };
  for (const Entry& e : skills->entries) {
    const auto proficiency = value(e.value, tr("the proficiency in {}", e.key), e.key + ": 90 %", parse);
    const SkillIndex skill = reference(key_as_value(e), in_.names.skills, tr("skill"));
    if (skill != none && proficiency) agent.skills[skill] = *proficiency;
  }
}

void RosterAgentReader::agent_shifts(const Node& node, RosterAgent& agent, TeamIndex team) {
  agent.may_work.assign(task_.shifts.size(), false);
  const Node* given = get(node, "shifts");
  if (given == nullptr && team != none) {
    const Node* staff = get(in_.root, "staff");
    const Node* teams = staff == nullptr ? nullptr : get(*staff, "teams");
    const Node* of_team = teams == nullptr ? nullptr : get(*teams, agent.team);
    given = of_team == nullptr ? nullptr : get(*of_team, "shift");
  }
  if (given == nullptr) {
    in_.problems.error(node.place,
                       tr("agent {} has neither a team nor shifts, so there is nothing to work", agent.name),
                       tr("give team: ..., or shifts: all"));
    return;
  }
  for (const Node* item : list(*given)) {
    if (item->is_scalar() && item->text == "all") {
      std::fill(agent.may_work.begin(), agent.may_work.end(), true);
    } else if (const int s = reference(*item, in_.names.shifts, tr("shift"));
               s >= 0 && static_cast<std::size_t>(s) < agent.may_work.size()) {
      agent.may_work[static_cast<std::size_t>(s)] = true;
    }
  }
}

/// The last day that matters: where a shift of the roster's last runs into the day after, that day.
int RosterAgentReader::last_reached() const {
  for (int s = 0; s < static_cast<int>(task_.shifts.size()); ++s)
    if (task_.runs_into_next(s, task_.days - 1)) return task_.days;
  return task_.days - 1;
}

/// A date, a span of dates ("2025-03-10 to 2025-03-14") or days of the week, as days of the roster and the one after.
bool RosterAgentReader::days_of(const std::string& text, std::vector<int>& days) const {
  const auto to = text.find(" to ");
  int first = 0;
  int last = 0;
  if (date(std::string(trimmed(text.substr(0, to))), first)) {
    last = first;
    if (to != std::string::npos && !date(std::string(trimmed(text.substr(to + 4))), last)) return false;
    if (last < first) return false;
  } else {
    Failure ignored;
    const auto weekdays = parse_days(text, ignored);
    if (!weekdays) return false;
    for (int d = 0; d <= last_reached(); ++d)
      if (weekdays->has(task_.weekday_of(d))) days.push_back(d);
    return true;
  }
  for (int d = std::max(0, first); d <= std::min(last, last_reached()); ++d) days.push_back(d);
  return true;
}

void RosterAgentReader::agent_days(const Node& node, RosterAgent& agent) {
  const auto days = static_cast<std::size_t>(task_.days) + 1;
  agent.absent.assign(days, false);
  agent.off.assign(days, false);
  agent.given.assign(days, -1);
  const auto marked = [&](const char* key, const char* example, std::vector<bool>& marks) {
    const Node* given = get(node, key);
    if (given == nullptr) return;
    for (const Node* item : list(*given)) {
      std::vector<int> found;
      if (!item->is_scalar() || !days_of(item->text, found))
        bad(*item, key, "", tr("it must be a date, two dates with \"to\" between, or days of the week"),
            tr("for example {}", example));
      for (const int d : found) marks[static_cast<std::size_t>(d)] = true;
    }
  };
  marked("absent", "absent: [\"2025-03-10 to 2025-03-14\"]", agent.absent);
  marked("days_off", "days_off: [Sun]", agent.off);
  // "2025-03-14 off", "Sat long night": days, then what
  const auto shifts_on = [&](const char* key, bool off_too, const auto& use) {
    const Node* given = get(node, key);
    if (given == nullptr) return;
    for (const Node* item : list(*given)) {
      const std::string text = item->is_scalar() ? item->text : "";
      // at each blank the days may end and the shift begin, as both may hold blanks
      bool good = false;
      bool off = false;
      auto shift = in_.names.shifts.end();
      std::vector<int> found;
      for (auto blank = text.find(' '); !good && blank != std::string::npos; blank = text.find(' ', blank + 1)) {
        const std::string what(trimmed(text.substr(blank + 1)));
        shift = in_.names.shifts.find(what);
        off = off_too && what == "off";
        found.clear();
        good = (off || shift != in_.names.shifts.end()) && days_of(std::string(trimmed(text.substr(0, blank))), found);
      }
      if (!good) {
        bad(*item, key, "",
            off_too ? tr("it must be a date or days of the week, then off or a shift")
                    : tr("it must be a date or days of the week, then a shift"),
            tr("for example {}",
               fmt::format("{}: [\"2025-03-14 {}\"]", key, off_too ? "off" : task_.shifts.front().name)));
        continue;
      }
      for (const int d : found)
        if (off || d < task_.days) use(d, off ? -1 : shift->second);
    }
  };
  if (task_.shifts.empty()) return;
  shifts_on("wishes", true, [&](int d, int s) { agent.wishes.push_back({d, s}); });
  shifts_on("given", false, [&](int d, int s) { agent.given[static_cast<std::size_t>(d)] = s; });
}

/// The days before the roster, as they were worked: the rules hold across its first morning.
void RosterAgentReader::past() {
  for (RosterAgent& agent : task_.agents) agent.past.assign(static_cast<std::size_t>(task_.past), -1);
  const Node* before = get(node_, "before");
  if (before == nullptr) return;
  const auto file = csv(*before);
  if (!file) return;
  const int name = file->column_of("name");
  const int when = file->column_of("date");
  const int what = file->column_of("shift");
  if (name < 0 || when < 0 || what < 0) {
    in_.problems.error({file->file, 1, 1}, tr("a roster has the columns name, date and shift"), file->columns());
    return;
  }
  for (std::size_t r = 0; r < file->rows.size(); ++r) {
    const auto& row = file->rows[r];
    const auto text = [&](int column) -> const std::string& { return row[static_cast<std::size_t>(column)]; };
    const auto agent = names_.find(text(name));
    const auto shift = in_.names.shifts.find(text(what));
    int on = 0;
    if (agent == names_.end())
      in_.problems.warning(file->place(r, static_cast<std::size_t>(name)),
                           tr("\"{}\" is not in this roster, and the row says nothing", text(name)));
    else if (shift == in_.names.shifts.end())
      in_.problems.error(file->place(r, static_cast<std::size_t>(what)),
                         tr("there is no {} {}", tr("shift"), tr("\"{}\"", text(what))));
    else if (!date(text(when), on))
      in_.problems.error(file->place(r, static_cast<std::size_t>(when)),
                         tr("\"{}\" is not a date that exists, yyyy-mm-dd", text(when)));
    else if (on >= -task_.past && on < 0)
      task_.agents[static_cast<std::size_t>(agent->second)].past[task_.index(on)] = shift->second;
  }
}

}  // namespace

void read_roster_agents(Reading& reading, const Node& roster, double contract_hours, RosterTask& task) {
  RosterAgentReader reader(reading, roster, task, contract_hours);
  reader.agents();
  reader.past();
}

void read_agent_shifts(Reading& reading, const Node& roster, RosterTask& task, const Node& entry, RosterAgent& agent,
                       TeamIndex team) {
  RosterAgentReader(reading, roster, task).agent_shifts(entry, agent, team);
}

}  // namespace mailflow
