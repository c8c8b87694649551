#include "scenario/sections/day_plan.hpp"

#include <algorithm>

#include "core/words.hpp"
#include "scenario/sections/value_reader.hpp"

namespace mailflow {

namespace {

class DayPlanReader : private ValueReader {
 public:
  using ValueReader::ValueReader;
  void day_plan();

 private:
  void within_day(const Node& node);
  void split_posts(const Node& node);
};

void DayPlanReader::day_plan() {
  const Node* plan = get(in_.root, "plan");
  if (plan == nullptr || !plan->is_map()) return;
  if (const Node* rules = get(*plan, "within_day"); rules != nullptr) within_day(*rules);
  if (const Node* posts = get(*plan, "posts"); posts != nullptr) split_posts(*posts);
}

void DayPlanReader::within_day(const Node& node) {
  if (!check_section(node, "plan.within_day", "within_day")) return;
  WithinDayRules& rules = in_.scenario.within_day;
  rules.longer = duration(node, "longer", rules.longer);
  rules.call_in = whole(node, "call_in", rules.call_in, 0, 1000);
  rules.notice = duration(node, "notice", rules.notice);
  rules.earlier = duration(node, "earlier", rules.earlier);
  rules.hold = duration(node, "hold", rules.hold);
  rules.advance = duration(node, "advance", rules.advance);
  rules.add = flag(node, "add", false);
  if (const Node* departures = get(node, "departures"))
    for (const Node* item : list(*departures))
      if (const DepartureIndex d = reference(*item, in_.names.departures, tr("departure")); d != none)
        rules.departures.push_back(d);
}

void DayPlanReader::split_posts(const Node& node) {
  if (!check_section(node, "plan.posts", "posts")) return;
  const Node* of = get(node, "of");
  const Node* over = get(node, "over");
  if (of == nullptr || over == nullptr) return;
  PostsRequest& posts = in_.scenario.posts;
  posts.team = reference(*of, in_.names.teams, tr("team"));
  for (const Node* item : list(*over)) {
    const StationIndex s = reference(*item, in_.names.stations, tr("station"));
    if (s == none || posts.team == none) continue;
    const Station& is = in_.model.stations[s];
    const Team& team = in_.model.teams[posts.team];
    const bool can = std::any_of(team.skills.begin(), team.skills.end(),
                                 [&](const Skilled& skilled) { return skilled.skill == is.skill; });
    if (is.kind != StationKind::manual || is.skill == none)
      bad(*item, tr("a station of over"), "", tr("it must be a manual station that needs a skill"));
    else if (!can)
      bad(*item, tr("a station of over"), "", tr("nobody of team {} has its skill", team.name));
    else if (std::find(posts.over.begin(), posts.over.end(), s) != posts.over.end())
      bad(*item, tr("a station of over"), "", tr("it is named twice"));
    else
      posts.over.push_back(s);
  }
  if (const Node* change = get(node, "change"); change != nullptr && change->text != "never") {
    const auto parse = [](std::string_view text, Failure& why) {
      auto every = parse_worded(text, "every", Least::above_zero, why);
      if (every && *every < minute) why = {tr("it must be at least 1 min, or never"), {}};
      return every && *every >= minute ? every : std::nullopt;
    };
    posts.change = value(*change, "change", tr("change: every 30 min, or never"), parse).value_or(0);
  }
  posts.step = duration(node, "step", 0);
}

}  // namespace

void read_day_plan(Reading& reading) { DayPlanReader(reading).day_plan(); }

}  // namespace mailflow
