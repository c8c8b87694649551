#include "scenario/roster/demand.hpp"

#include <algorithm>
#include <set>

#include "core/words.hpp"
#include "scenario/roster/agents.hpp"
#include "scenario/roster/roster_part_reader.hpp"

namespace mailflow {

namespace {

/// Of a team whose duty begins at an instant; before and beyond the run, where there are no duties, as many as it has
/// at most.
int agents_on(const Team& team, Ticks from) {
  const auto duty = std::lower_bound(team.duties.begin(), team.duties.end(), from,
                                     [](const Duty& d, Ticks t) { return d.span.from < t; });
  if (duty != team.duties.end() && duty->span.from == from) return team.agents_on(*duty);
  return duty == team.duties.end() || duty == team.duties.begin() ? team.agents : 0;
}

class RosterDemandReader : private RosterPartReader {
 public:
  using RosterPartReader::RosterPartReader;
  void demand();

 private:
  void demand_of_teams();
  void demand_row(const std::string& name, const Node& node);
  void demand_file(const Node& node);
  void clear(const Node& node);
  void temporaries(const Node& node, Workload& work);
  int post_of_team(TeamIndex team);
  int post_of_skill(SkillIndex skill);
  void want(int on, int shift, int post, int agents);
  void check_wants();

  Place demand_place_;
};

void RosterDemandReader::demand() {
  const Node* given = get(node_, "demand");
  demand_place_ = given == nullptr ? node_.place : given->place;
  if (given == nullptr || (given->is_scalar() && given->text == "teams"))
    demand_of_teams();
  else if (!given->is_map())
    bad(*given, "demand", "", tr("it must be teams, or a map by name"),
        tr("for example {}", "demand: {night-sorters: {shift: night, skill: sorting, agents: 4}}"));
  else
    for (const Entry& e : given->entries) demand_row(e.key, e.value);
  check_wants();
}

/// What a team does needs all that it can do.
int RosterDemandReader::post_of_team(TeamIndex team) {
  const Team& t = in_.model.teams[team];
  for (std::size_t p = 0; p < task_.posts.size(); ++p)
    if (task_.posts[p].name == t.name) return static_cast<int>(p);
  Post post{t.name, t.label, {}};
  for (const Skilled& s : t.skills) post.needs.push_back(s.skill);
  task_.posts.push_back(post);
  return static_cast<int>(task_.posts.size()) - 1;
}

int RosterDemandReader::post_of_skill(SkillIndex skill) {
  const std::string name = skill == none ? "" : task_.skills[skill];
  for (std::size_t p = 0; p < task_.posts.size(); ++p)
    if (task_.posts[p].name == name) return static_cast<int>(p);
  Post post;
  post.name = name;
  if (skill != none) post.needs.push_back(skill);
  task_.posts.push_back(post);
  return static_cast<int>(task_.posts.size()) - 1;
}

void RosterDemandReader::want(int on, int shift, int post, int agents) {
  if (agents <= 0) return;
  for (Want& want : task_.wants)
    if (want.day == on && want.shift == shift && want.post == post) {
      want.agents += agents;
      return;
    }
  task_.wants.push_back({on, shift, post, agents});
}

/// The teams as they are: each team's agents on each of its shifts.
void RosterDemandReader::demand_of_teams() {
  for (const TeamIndex t : in_.model.teams.indices()) {
    const Team& team = in_.model.teams[t];
    RosterAgent member;
    member.team = team.name;
    read_agent_shifts(in_, node_, task_, node_, member, t);
    for (std::size_t s = 0; s < member.may_work.size(); ++s)
      for (int d = 0; member.may_work[s] && d < task_.days; ++d)
        if (task_.held(static_cast<int>(s), d))
          want(d, static_cast<int>(s), post_of_team(t), agents_on(team, task_.span(static_cast<int>(s), d).from));
  }
}

void RosterDemandReader::demand_row(const std::string& name, const Node& node) {
  if (!check_section(node, "roster.demand", tr("demand {}", name))) return;
  if (get(node, "file") != nullptr) return demand_file(node);
  if (get(node, "clear") != nullptr) return clear(node);
  const Node* shift = get(node, "shift");
  const Node* agents = get(node, "agents");
  if (shift == nullptr || agents == nullptr) {
    in_.problems.error(node.place, tr("demand {} needs shift and agents, or file, or clear", name),
                       tr("for example {}",
                          "{shift: " + (task_.shifts.empty() ? "night" : task_.shifts.front().name) + ", agents: 4}"));
    return;
  }
  int post = 0;
  const Node* team = get(node, "team");
  const Node* skill = get(node, "skill");
  if (team != nullptr) {
    const TeamIndex index = reference(*team, in_.names.teams, tr("team"));
    if (index == none) return;
    post = post_of_team(index);
  } else {
    const SkillIndex index = skill == nullptr ? none : reference(*skill, in_.names.skills, tr("skill"));
    if (skill != nullptr && index == none) return;
    post = post_of_skill(index);
  }
  const int s = reference(*shift, in_.names.shifts, tr("shift"));
  const int wanted = whole(node, "agents", 0, 0, 10'000);
  const Days on = days(node);
  for (int d = 0; s >= 0 && d < task_.days; ++d)
    if (task_.held(s, d) && comes_on(on, Date{task_.from.days + d})) want(d, s, post, wanted);
}

/// Columns date, shift, agents, and team or skill; a plan as it is written out has them.
void RosterDemandReader::demand_file(const Node& node) {
  const auto file = csv(*get(node, "file"));
  if (!file) return;
  const int when = std::max(file->column_of("date"), file->column_of("day"));
  const int what = file->column_of("shift");
  const int how_many = file->column_of("agents");
  const int team = file->column_of("team");
  const int skill = file->column_of("skill");
  if (when < 0 || what < 0 || how_many < 0) {
    in_.problems.error({file->file, 1, 1}, tr("a file of demand has the columns date, shift and agents"),
                       file->columns());
    return;
  }
  for (std::size_t r = 0; r < file->rows.size(); ++r) {
    const auto cell = [&](int column) -> std::string {
      return column < 0 ? "" : std::string(trimmed(file->rows[r][static_cast<std::size_t>(column)]));
    };
    const auto wrong = [&](int column, const std::string& message) {
      in_.problems.error(file->place(r, static_cast<std::size_t>(column)), message);
    };
    int on = 0;
    Failure why;
    const auto shift = in_.names.shifts.find(cell(what));
    const auto agents = parse_whole(without_thousands(cell(how_many)), 0, 10'000, why);
    const auto of_team = in_.names.teams.find(cell(team));
    const auto of_skill = in_.names.skills.find(cell(skill));
    if (!date(cell(when), on))
      wrong(when, tr("\"{}\" is not a date that exists, yyyy-mm-dd", cell(when)));
    else if (shift == in_.names.shifts.end())
      wrong(what, tr("there is no {} {}", tr("shift"), tr("\"{}\"", cell(what))));
    else if (!agents)
      wrong(how_many, tr("{} is {}; {}", "agents", tr("\"{}\"", cell(how_many)), why.must));
    else if (!cell(team).empty() && of_team == in_.names.teams.end())
      wrong(team, tr("there is no {} {}", tr("team"), tr("\"{}\"", cell(team))));
    else if (!cell(skill).empty() && of_skill == in_.names.skills.end())
      wrong(skill, tr("there is no {} {}", tr("skill"), tr("\"{}\"", cell(skill))));
    else if (on >= 0 && on < task_.days) {
      if (*agents > 0 && !task_.held(shift->second, on))
        wrong(what, tr("shift {} is not held on {}", cell(what), cell(when)));
      want(on, shift->second,
           cell(team).empty() ? post_of_skill(cell(skill).empty() ? none : SkillIndex(of_skill->second))
                              : post_of_team(TeamIndex(of_team->second)),
           static_cast<int>(*agents));
    }
  }
}

void RosterDemandReader::clear(const Node& node) {
  const Node& named = *get(node, "clear");
  const StationIndex s = reference(named, in_.names.stations, tr("station"));
  if (s == none) return;
  const Station& station = in_.model.stations[s];
  if (station.kind != StationKind::manual || station.skill == none || station.items_per_tick <= 0) {
    bad(named, "clear", "", tr("it must be a manual station with a skill and a rate"));
    return;
  }
  Workload work;
  work.skill = station.skill;
  work.items_per_hour = station.items_per_tick * static_cast<double>(hour) / station.passes;
  if (const Node* by = get(node, "by")) {
    const auto times = times_of_day(*by, "by");
    if (times.size() == 1 && (times[0] <= 0 || times[0] % hour != 0))
      bad(*by, "by", "", tr("it must be a whole hour after 00:00"));
    else if (times.size() == 1)
      work.by_hour = static_cast<int>(times[0] / hour);
  }
  work.items.assign(static_cast<std::size_t>(task_.days) * 24, 0.0);
  bool any = false;
  for (const Source& source : in_.model.sources) {
    if (source.into != s || source.kind != Source::Kind::replay) continue;
    any = true;
    for (const ReplayRow& row : source.rows) {
      const Ticks at = row.at - task_.first_midnight;
      const auto h = static_cast<std::size_t>(std::max<Ticks>(at, 0) / hour);
      if (at >= 0 && h < work.items.size()) work.items[h] += static_cast<double>(row.items);
    }
  }
  if (!any) {
    bad(named, "clear", "", tr("no recorded mail (replay) comes into this station"),
        tr("give numbers wanted instead: {shift: ..., agents: ...}, or a plan's file"));
    return;
  }
  temporaries(node, work);
  task_.workload = work;
}

void RosterDemandReader::temporaries(const Node& node, Workload& work) {
  work.temporary_shift.assign(task_.shifts.size(), true);
  const Node* given = get(node, "temporaries");
  if (given == nullptr || !check_section(*given, "roster.temporaries", "temporaries")) return;
  work.temporary_proficiency = share(*given, "proficiency", 1);
  if (const Node* cost = get(*given, "cost")) work.temporary_cost = money(*cost, "cost", true);
  if (const Node* only = get(*given, "shifts")) {
    std::fill(work.temporary_shift.begin(), work.temporary_shift.end(), false);
    for (const Node* item : list(*only))
      if (const int s = reference(*item, in_.names.shifts, tr("shift")); s >= 0)
        work.temporary_shift[static_cast<std::size_t>(s)] = true;
  }
}

/// Something wanted that nobody could ever do is told at once.
void RosterDemandReader::check_wants() {
  if (in_.problems.has_errors()) return;
  if (task_.wants.empty() && !task_.workload && in_.root.find("plan") == nullptr)  // a plan may want them yet
    in_.problems.warning(demand_place_, tr("nobody is wanted on any day of the roster"),
                         tr("check demand and the period"));
  std::set<std::pair<int, int>> told;
  for (const Want& want : task_.wants) {
    const Post& post = task_.posts[static_cast<std::size_t>(want.post)];
    const bool somebody = std::any_of(task_.agents.begin(), task_.agents.end(), [&](const RosterAgent& a) {
      return a.may_work[static_cast<std::size_t>(want.shift)] && has_skills(a, post);
    });
    if (somebody || !told.emplace(want.shift, want.post).second) continue;
    const std::string& shift = task_.shifts[static_cast<std::size_t>(want.shift)].name;
    in_.problems.warning(demand_place_,
                         post.name.empty()
                             ? tr("nobody who may work shift {} can do what is wanted there", shift)
                             : tr("nobody who may work shift {} can do what is wanted there: {}", shift, post.name),
                         tr("give somebody the skill, or the shift"));
  }
}

}  // namespace

void read_roster_demand(Reading& reading, const Node& roster, RosterTask& task) {
  RosterDemandReader(reading, roster, task).demand();
}

}  // namespace mailflow
