#include "report/plan_report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "core/words.hpp"
#include "report/experiment_json.hpp"
#include "report/table.hpp"
#include "report/text.hpp"

namespace mailflow {

namespace {

using Json = nlohmann::ordered_json;

std::string amount(const PlanReport& r, double value) {
  return r.person_days_least ? tr("{} person-days", grouped(value, value == std::floor(value) ? 0 : 1))
                             : grouped(value) + " " + r.currency;
}

std::string interval(const Interval& i, const Measure& m, const std::string& currency) {
  if (i.n == 0) return "-";
  if (i.low == i.high || !std::isfinite(i.low)) return shown(i.estimate, m.unit, currency);
  return tr("{} ({} to {})", shown(i.estimate, m.unit, currency), shown(i.low, m.unit, currency),
            shown(i.high, m.unit, currency));
}

std::string lacks_line(const PlanReport& r) {
  double sum = 0;
  const PlanReport::Lack* most = &r.lacks.front();
  for (const PlanReport::Lack& lack : r.lacks) {
    sum += lack.agents;
    if (lack.agents > most->agents) most = &lack;
  }
  return "  " +
         tr("Understaffed: {} agents and slots at {}; most at {}, {}: {}", grouped(sum, sum == std::floor(sum) ? 0 : 1),
            amount(r, r.understaffed), most->label, most->from_words,
            grouped(most->agents, most->agents == std::floor(most->agents) ? 0 : 1)) +
         "\n";
}

/// An interval, so much higher.
Interval above(Interval i, double by) {
  i.estimate += by;
  i.low += by;
  i.high += by;
  return i;
}

std::string bound_lines(const PlanReport& r) {
  std::string text;
  const double pay = r.cost - r.price_of_new - r.price_of_lacks;
  if (r.person_days_least)
    text += "  " + tr("Least: {}", amount(r, r.cost));
  else if (r.new_shifts == 0 && r.lacks.empty())
    text += "  " + tr("Least: {} of expected pay over the whole run", amount(r, r.cost));
  else
    text += "  " + tr("Least: {} over the whole run: {} of expected pay", amount(r, r.cost), amount(r, pay));
  if (r.new_shifts > 0)
    text += tr_plural(", {} for {} new shift", ", {} for {} new shifts", r.new_shifts, amount(r, r.price_of_new),
                      r.new_shifts);
  if (!r.lacks.empty()) text += tr(", {} for agents who lack", amount(r, r.price_of_lacks));
  text += "\n";
  if (!r.lacks.empty()) text += lacks_line(r);
  if (r.proven && r.gap < 1e-6)
    text += "  " + tr("Bound: {}; no plan can have less (proven by the solver)", amount(r, r.bound)) + "\n";
  else
    text += "  " + tr("Bound: {}; gap {}", amount(r, r.bound), percent(r.gap)) + "\n";
  if (r.cover_bound < r.bound - 1e-6)
    text +=
        "  " + tr("By the curve of work alone: {}; the rest is what the runs taught", amount(r, r.cover_bound)) + "\n";
  if (std::isfinite(r.bound_if_concave) && r.bound_if_concave > r.bound + 1e-6)
    text += "  " +
            tr("If the targets are concave in the numbers, as all plans run agree: no less than {}",
               amount(r, r.bound_if_concave)) +
            "\n";
  return text;
}

std::string seats_text(const PlanReport& r) {
  const bool compared =
      std::any_of(r.seats.begin(), r.seats.end(), [](const PlanSeatReport& s) { return s.today >= 0; });
  std::vector<std::string> header = {tr("Staff"), tr("shift"), tr("agents a day"), tr("person-days")};
  if (compared) header.push_back(tr("today"));
  Columns table(std::move(header));
  for (const PlanSeatReport& s : r.seats) {
    if (!s.open || (s.person_days == 0 && s.today <= 0)) continue;
    int least = s.days.empty() ? 0 : s.days[0].agents, most = 0;
    for (const auto& d : s.days) {
      least = std::min(least, d.agents);
      most = std::max(most, d.agents);
    }
    std::vector<std::string> row = {s.label, s.is_new ? tr("{} (new)", s.shift) : s.shift,
                                    least == most ? grouped(most) : tr("{} to {}", grouped(least), grouped(most)),
                                    grouped(static_cast<double>(s.person_days))};
    if (compared) row.push_back(s.today < 0 ? "-" : grouped(static_cast<double>(s.today)));
    table.row(std::move(row));
  }
  return "\n" + table.text();
}

std::string targets_text(const PlanReport& r) {
  if (r.targets.empty()) return "";
  const bool today = std::any_of(r.targets.begin(), r.targets.end(), [](const PlanTarget& t) { return t.today.n > 0; });
  std::vector<std::string> header = {tr("Targets"), "", r.has_plan ? tr("the plan") : tr("found")};
  if (today) header.push_back(tr("today"));
  header.push_back(tr("wanted"));
  Columns table(std::move(header));
  for (const PlanTarget& t : r.targets) {
    std::vector<std::string> row = {name_of(t.measure.label, t.measure.name),
                                    t.holds    ? in_tone(Tone::good, tr("holds"))
                                    : t.missed ? in_tone(Tone::bad, tr("MISSED"))
                                               : in_tone(Tone::doubtful, tr("not shown")),
                                    interval(t.plan, t.measure, r.currency)};
    if (today) row.push_back(interval(t.today, t.measure, r.currency));
    row.push_back(t.wanted);
    table.row(std::move(row));
  }
  return "\n" + table.text();
}

std::string rounds_text(const PlanReport& r) {
  if (r.rounds.size() < 2 && r.lowered == 0) return "";
  std::string text = "\n  " + tr("What the simulation added") + "\n";
  for (std::size_t i = 0; i < r.rounds.size(); ++i) {
    const PlanRoundReport& round = r.rounds[i];
    if (round.cuts.empty()) continue;
    text += "  " + tr("round {}: {}", i + 1, amount(r, round.cost)) + "\n";
    std::size_t shown_cuts = 0;
    for (const PlanCutReport& cut : round.cuts) {
      if (++shown_cuts > 6) {
        text += "    " + tr("and {} more", round.cuts.size() - 6) + "\n";
        break;
      }
      const std::string who = name_of(cut.measure.label, cut.measure.name);
      const std::string value = interval(cut.found, cut.measure, r.currency);
      if (cut.kind == "slope")
        text += "    " + tr("{} {}, wanted {}: its slope asks for more of {}", who, value, cut.wanted, cut.helps);
      else if (cut.kind == "one more")
        text += "    " + tr("{} {}, wanted {}: one more of {}", who, value, cut.wanted, cut.helps);
      else
        text += "    " + tr("{} missed by {}: {} more agent-hours", who, cut.by, grouped(cut.agent_hours, 1));
      text += "\n";
    }
  }
  if (r.lowered > 0)
    text += "  " +
            tr_plural("then {} step to cheaper staff, the targets holding",
                      "then {} steps to cheaper staff, the targets holding", r.lowered, r.lowered) +
            "\n";
  return text;
}

std::string neighbours_text(const PlanReport& r) {
  if (r.neighbours.empty()) return "";
  const bool all_break = r.holds() && std::all_of(r.neighbours.begin(), r.neighbours.end(),
                                                  [](const PlanNeighbour& n) { return n.by > 0 || !n.breaks.empty(); });
  std::string text = "\n  " +
                     (all_break ? tr("One agent fewer anywhere breaks a target; one more only costs more")
                                : tr("One agent fewer, and what that breaks")) +
                     "\n";
  Columns table({"", "", "", ""}, true);
  bool any = false;
  for (const PlanNeighbour& n : r.neighbours) {
    if (n.by > 0) continue;
    any = true;
    table.row({n.team + (n.shift.empty() ? "" : " " + n.shift), when_words(n.when),
               r.person_days_least ? grouped(n.cost) : grouped(n.cost) + " " + r.currency,
               n.breaks.empty()
                   ? tr("nothing breaks")
                   : name_of(n.measure.label, n.measure.name) + " " + interval(n.value, n.measure, r.currency)});
  }
  return any ? text + table.text() : "";
}

Json day_list(const PlanSeatReport& s) {
  Json days = Json::array();
  for (const auto& d : s.days) days.push_back({{"date", d.date}, {"agents", d.agents}});
  return days;
}

}  // namespace

/// Where no plan is shown to keep the targets: what the most agents permitted bring to those that agents help.
std::string at_most_text(PlanReport r) {
  constexpr double most_wider = 20;  // beyond, the bound is as good as met: no number of runs is worth telling
  std::erase_if(r.targets, [](const PlanTarget& t) { return !t.helped; });
  if (r.targets.empty()) return "";
  std::string text = "\n  " + tr("With every number at its most:") + targets_text(r);
  if (r.status != "not shown") return text;
  std::int64_t wanted = 0;
  for (const PlanTarget& t : r.targets) {
    const double distance = std::abs(t.plan.estimate - t.bound);
    const double wider = t.plan.half_width() / distance;
    if (t.holds || !std::isfinite(wider) || wider > most_wider) continue;
    const double tens = static_cast<double>(r.replications) * wider * wider / 10;
    wanted = std::max(wanted, 10 * static_cast<std::int64_t>(std::ceil(tens - 1e-9)));
  }
  return text + "  " +
         (wanted > r.replications ? tr("The intervals hold the bound: about --replications {} would tell", wanted)
                                  : tr("The intervals hold the bound: more --replications may tell")) +
         "\n";
}

std::string plan_text(const PlanReport& r) {
  std::string text = r.stood_still.words + tr("{}: plan of the staff", r.scenario) + "\n";
  if (!r.has_plan) {
    text += "  " +
            (r.status == "impossible" ? tr("Impossible: no permitted plan keeps every target")
             : r.status == "not shown"
                 ? tr("{} replications do not show any permitted plan to keep every target", r.replications)
             : r.status == "stopped" ? tr("Stopped before a plan was found")
                                     : tr("No plan was found that keeps every target")) +
            "\n";
    if (!r.worst.empty()) text += "  " + r.worst + "\n";
    return text + at_most_text(r) + rounds_text(r);
  }
  const bool all_hold = std::all_of(r.targets.begin(), r.targets.end(), [](const PlanTarget& t) { return t.holds; });
  if (r.status == "not found")
    text += "  " + tr("No plan was found that keeps every target; this comes nearest") + "\n";
  if (r.status == "priced")
    text += "  " + tr("Agents may lack at a price: targets need not hold, and one is missed") + "\n";
  if (r.status == "stopped")
    text += "  " +
            (!r.was_run ? tr("Stopped: the best so far; it has not been run, and whether targets hold is not known")
             : all_hold ? tr("Stopped: the best so far, which keeps every target")
                        : tr("Stopped: the best so far, which misses a target")) +
            "\n";
  text += bound_lines(r);
  if (r.cost_plan.n > 0 && !r.person_days_least) {
    const Measure money{"", {}, "currency"};
    const Interval as_run = above(r.cost_plan, r.price_of_new);
    text += "  " + (r.price_of_new > 0 ? tr("Staff as run, and {} for new shifts: {}", amount(r, r.price_of_new),
                                            interval(as_run, money, r.currency))
                                       : tr("Staff as run: {}", interval(as_run, money, r.currency)));
    if (r.cost_today.n > 0)
      text += tr("; today {}: {}", interval(r.cost_today, money, r.currency),
                 shown_change(as_run.estimate - r.cost_today.estimate, "currency", r.currency));
    text += "\n";
    if (r.warms_up)
      text += "  " +
              tr("As run is without the warm-up; without it {} of the least were expected", amount(r, r.counted)) +
              "\n";
  }
  text += "  " +
          (r.chance ? tr_plural("{} plan run, {} replications, {:.4g} % confidence",
                                "{} plans run, {} replications each, {:.4g} % confidence", r.plans_run, r.plans_run,
                                r.replications, 100 * r.confidence)
                    : tr_plural("{} plan run once: nothing is left to chance here",
                                "{} plans run once each: nothing is left to chance here", r.plans_run, r.plans_run)) +
          "\n";
  if (r.items_per_person > 0)
    text += "  " +
            tr("Items a person and day: {} on average, {} to {}", grouped(r.items_per_person, 1),
               grouped(r.least_per_person, 1), grouped(r.most_per_person, 1)) +
            "\n";
  return text + targets_text(r) + seats_text(r) + rounds_text(r) + neighbours_text(r);
}

std::string plan_csv(const PlanReport& r) {
  Table table("plan", "date,team,shift,agents");
  std::map<std::string, std::vector<std::pair<const PlanSeatReport*, int>>> by_date;
  for (const PlanSeatReport& s : r.seats)
    if (s.open)
      for (const auto& d : s.days) by_date[d.date].emplace_back(&s, d.agents);
  for (const auto& [date, rows] : by_date)
    for (const auto& [seat, agents] : rows) table.row(Instant{date}, seat->team, seat->shift, agents);
  return table.csv();
}

std::string plan_json(const PlanReport& r) {
  Json json = {{"format", 1},
               {"scenario", r.scenario},
               {"status", r.status},
               {"stood_still", stood_still_json(r.stood_still)},
               {"lacking", r.worst.empty() ? Json() : Json(r.worst)},
               {"minimises", r.person_days_least ? "person-days" : "cost"},
               {"currency", r.currency},
               {"value", r.has_plan ? Json(r.cost) : Json()},
               {"bound", r.bound},
               {"bound_if_concave", number_json(r.bound_if_concave)},
               {"cover_bound", r.cover_bound},
               {"gap", r.has_plan ? Json(r.gap) : Json()},
               {"proven", r.proven},
               {"concave", r.concave},
               {"person_days", r.person_days},
               {"days", r.days},
               {"numbers", r.numbers},
               {"programs", r.parts},
               {"nodes", r.nodes},
               {"plans_run", r.plans_run},
               {"replications", r.replications},
               {"confidence", r.confidence},
               {"price_of_new_shifts", r.price_of_new},
               {"price_understaffed", r.price_of_lacks},
               {"value_after_warm_up", r.has_plan ? Json(r.counted) : Json()},
               {"staff_cost", interval_json(r.cost_plan)},
               {"staff_cost_and_new_shifts",
                interval_json(r.cost_plan.n > 0 ? above(r.cost_plan, r.price_of_new) : r.cost_plan)},
               {"staff_cost_today", interval_json(r.cost_today)},
               {"lowered", r.lowered}};
  json["items_per_person_day"] = {
      {"mean", r.items_per_person}, {"least", r.least_per_person}, {"most", r.most_per_person}};
  json["understaffed"] = Json::array();
  for (const PlanReport::Lack& l : r.lacks)
    json["understaffed"].push_back({{"station", l.station}, {"from", l.from}, {"agents", l.agents}});
  json["targets"] = Json::object();
  for (const PlanTarget& t : r.targets)
    json["targets"][t.measure.name] = {{"unit", t.measure.unit},
                                       {"wanted", t.bound},
                                       {"holds", t.holds},
                                       {"missed", t.missed},
                                       {"plan", interval_json(t.plan)},
                                       {"today", interval_json(t.today)}};
  json["staff"] = Json::array();
  for (const PlanSeatReport& s : r.seats)
    json["staff"].push_back({{"team", s.team},
                             {"shift", s.shift},
                             {"new", s.is_new},
                             {"person_days", s.person_days},
                             {"person_days_today", s.today < 0 ? Json() : Json(s.today)},
                             {"agents", day_list(s)}});
  json["rounds"] = Json::array();
  for (const PlanRoundReport& round : r.rounds) {
    Json cuts = Json::array();
    for (const PlanCutReport& c : round.cuts)
      cuts.push_back({{"target", c.target},
                      {"kind", c.kind},
                      {"found", interval_json(c.found)},
                      {"helps", c.helps},
                      {"agent_hours", c.agent_hours}});
    json["rounds"].push_back({{"value", round.cost}, {"bound", round.bound}, {"cuts", cuts}});
  }
  json["neighbours"] = Json::array();
  for (const PlanNeighbour& n : r.neighbours)
    json["neighbours"].push_back({{"team", n.team},
                                  {"shift", n.shift},
                                  {"when", n.when},
                                  {"by", n.by},
                                  {"value_difference", n.cost},
                                  {"breaks", n.breaks.empty() ? Json() : Json(n.breaks)},
                                  {"found", interval_json(n.value)}});
  return json.dump(2) + "\n";
}

std::string plan_page_json(const PlanReport& english, const PlanReport& french) {
  Json json = Json::parse(plan_json(english));
  const auto both = [](const std::string& en, const std::string& fr) { return label_json(Label{fr, en}); };
  if (!english.worst.empty()) json["lacking"] = both(english.worst, french.worst);
  for (std::size_t t = 0; t < english.seats.size(); ++t)
    json["staff"][t]["label"] = both(english.seats[t].label, french.seats[t].label);
  for (std::size_t n = 0; n < english.neighbours.size(); ++n)
    json["neighbours"][n]["when"] = both(english.neighbours[n].when, french.neighbours[n].when);
  for (std::size_t l = 0; l < english.lacks.size(); ++l)
    json["understaffed"][l]["label"] = both(english.lacks[l].label, french.lacks[l].label);
  for (std::size_t r = 0; r < english.rounds.size(); ++r)
    for (std::size_t c = 0; c < english.rounds[r].cuts.size(); ++c)
      json["rounds"][r]["cuts"][c]["helps"] = both(english.rounds[r].cuts[c].helps, french.rounds[r].cuts[c].helps);
  return json.dump();
}

std::string plans_text(const std::string& key, const std::vector<std::string>& values,
                       const std::vector<PlanReport>& plans) {
  Columns table({key.substr(key.rfind('.') + 1), tr("plan"), tr("least"), tr("bound"), "", tr("most on a day"),
                 tr("items a person"), tr("targets")});
  for (std::size_t i = 0; i < values.size(); ++i) {
    const PlanReport& r = plans[i];
    std::map<std::string, int> by_day;
    for (const PlanSeatReport& s : r.seats)
      for (const auto& d : s.days) by_day[d.date] += d.agents;
    int most = 0;
    for (const auto& [date, agents] : by_day) most = std::max(most, agents);
    const auto missed = std::count_if(r.targets.begin(), r.targets.end(), [](const PlanTarget& t) { return !t.holds; });
    table.row({values[i], r.has_plan ? tr("found") : tr("NONE"), r.has_plan ? grouped(r.cost) : "-", grouped(r.bound),
               r.proven && r.gap < 1e-6 ? tr("proven") : tr("gap {}", percent(r.gap)), grouped(most),
               r.items_per_person > 0 ? grouped(r.items_per_person, 1) : "-",
               !r.has_plan || missed > 0 ? tr("MISSED") : tr("all hold")});
  }
  double sum = 0;
  for (const PlanReport& r : plans) sum += r.has_plan ? r.cost : 0;
  return table.text() + "\n  " +
         tr_plural("{} plan, {} in all", "{} plans, {} in all", static_cast<long>(plans.size()), plans.size(),
                   plans.empty() ? "" : amount(plans[0], sum)) +
         "\n";
}

std::string plans_csv(const std::string& key, const std::vector<std::string>& values,
                      const std::vector<PlanReport>& plans) {
  Table table("plans", key.substr(key.rfind('.') + 1) +
                           ",status,value,bound,gap,proven,person_days,items_per_person_day,targets_held,targets");
  for (std::size_t i = 0; i < values.size(); ++i) {
    const PlanReport& r = plans[i];
    const auto held = std::count_if(r.targets.begin(), r.targets.end(), [](const PlanTarget& t) { return t.holds; });
    table.row(values[i], r.status, r.cost, r.bound, r.gap, r.proven ? "yes" : "no", r.person_days, r.items_per_person,
              static_cast<std::int64_t>(held), static_cast<std::int64_t>(r.targets.size()));
  }
  return table.csv();
}

std::string plan_days_csv(const std::string& key, const std::vector<std::string>& values,
                          const std::vector<PlanReport>& plans) {
  Table table("days", key.substr(key.rfind('.') + 1) + ",date,team,shift,agents");
  for (std::size_t i = 0; i < values.size(); ++i)
    for (const PlanSeatReport& s : plans[i].seats)
      for (const auto& d : s.days)
        if (d.agents > 0) table.row(values[i], Instant{d.date}, s.team, s.shift, d.agents);
  return table.csv();
}

}  // namespace mailflow
