#include "random_centre.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "centre_maker.hpp"

namespace mailflow::laws {

namespace {

bool is_letter(char c) { return c >= 'a' && c <= 'z'; }

/// The name that begins at a place of a text; empty: none does.
std::string name_at(const std::string& text, std::size_t at) {
  if (at > 0 && (is_letter(text[at - 1]) || text[at - 1] == '_')) return "";
  for (const std::string& kind : name_kinds()) {
    const std::size_t size = kind.size() + 3;
    if (text.compare(at, kind.size() + 1, kind + "_") != 0 || text.size() < at + size) continue;
    if (!is_letter(text[at + size - 2]) || !is_letter(text[at + size - 1])) continue;
    if (text.size() > at + size && (is_letter(text[at + size]) || text[at + size] == '_')) continue;
    return text.substr(at, size);
  }
  return "";
}

}  // namespace

const std::vector<std::string>& name_kinds() {
  static const std::vector<std::string> kinds = {"mail", "town", "way",  "desk", "from",
                                                 "able", "turn", "team", "van",  "goal"};
  return kinds;
}

std::vector<std::string> names_in(const std::string& text) {
  std::set<std::string> names;
  for (std::size_t at = text.find('_'); at != std::string::npos; at = text.find('_', at + 1))
    for (const std::size_t back : {3U, 4U})
      if (at >= back)
        if (const std::string name = name_at(text, at - back); !name.empty()) names.insert(name);
  return {names.begin(), names.end()};
}

std::string renamed(const std::string& text, const std::map<std::string, std::string>& to) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const std::string name = is_letter(text[at]) ? name_at(text, at) : "";
    const auto other = name.empty() ? to.end() : to.find(name);
    out += other == to.end() ? std::string(1, text[at]) : other->second;
    at += other == to.end() ? 1 : name.size();
  }
  return out;
}

Centre random_centre(std::uint64_t seed, const Kind& kind) { return CentreMaker(seed, kind).make(); }

Centre CentreMaker::make() {
  names();
  whole();
  products();
  stations();
  arrivals();
  if (kind_.staff) staff();
  if (with_bay_) transport();
  targets();
  if (kind_.staff && draw_.by(25)) plan();
  if (kind_.situation) situation();
  return centre_;
}

/// So many names of a kind that no other thing has, in no order.
Words CentreMaker::fresh(const std::string& kind, int count) {
  Words names;
  while (static_cast<int>(names.size()) < count) {
    const char first = static_cast<char>('a' + draw_.between(0, 25));
    const char second = static_cast<char>('a' + draw_.between(0, 25));
    const std::string name = kind + "_" + first + second;
    if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
  }
  return names;
}

void CentreMaker::names() {
  mail_ = fresh("mail", draw_.between(1, 4));
  towns_ = draw_.by(70) ? fresh("town", draw_.between(1, 4)) : Words{};
  ways_ = towns_.empty() ? Words{} : fresh("way", draw_.between(0, 2));
  desks_ = fresh("desk", draw_.between(3, 6));
  sources_ = fresh("from", draw_.between(1, 4));
  skills_ = fresh("able", draw_.between(1, 3));
  turns_ = fresh("turn", draw_.between(1, 3));
  teams_ = fresh("team", draw_.between(1, 3));
  vans_ = fresh("van", draw_.between(1, 3));
  goals_ = fresh("goal", draw_.between(0, 4));
}

std::string CentreMaker::clock(int from_hour, int to_hour) {
  const int minutes =
      draw_.by(40) ? 60 * draw_.between(from_hour, to_hour - 1) : 5 * draw_.between(12 * from_hour, 12 * to_hour - 1);
  return fmt::format("{:02}:{:02}", minutes / 60, minutes % 60);
}

/// A duration, in one of the units that suit it.
std::string CentreMaker::lasting(int minutes) {
  const int how = draw_.between(1, 4);
  if (how == 1) return fmt::format("{} s", 60 * minutes);
  if (how == 2 && minutes % 15 == 0) return fmt::format("{} h", minutes / 60.0);
  return fmt::format("{} min", minutes);
}

/// A law of durations with about this mean.
std::string CentreMaker::law(int minutes) {
  const std::string mean = lasting(minutes);
  if (!kind_.chance) return draw_.by(30) ? "constant(" + mean + ")" : mean;
  switch (draw_.between(0, 11)) {
    case 0:
      return mean;
    case 1:
      return fmt::format("uniform({} s, {})", 30 * minutes, lasting(2 * minutes));
    case 2:
      return fmt::format("triangular({} s, {}, {})", 30 * minutes, mean, lasting(3 * minutes));
    case 3:
      return fmt::format("exponential({})", mean);
    case 4:
      return fmt::format("erlang({}, mean {})", draw_.between(1, 4), mean);
    case 5:
      return fmt::format("gamma(mean {}, sd {} s)", mean, 20 * minutes);
    case 6:
      return fmt::format("normal(mean {}, sd {} s)", mean, 12 * minutes);
    case 7:
      return fmt::format("lognormal(mean {}, sd {})", mean, lasting(minutes));
    case 8:
      return fmt::format("weibull(shape 1.5, scale {})", mean);
    case 9:
      return fmt::format("empirical({}: 30 %, {}: 70 %)", mean, lasting(2 * minutes));
    case 10:
      centre_.files["numbers.txt"] = "# measured\n10\n25\n\n7.5\n";
      return "empirical(file numbers.txt in min)";
    default:
      return fmt::format("empirical({}, {}, {})", mean, lasting(2 * minutes), lasting(minutes));
  }
}

std::string CentreMaker::count_law(int items) {
  if (!kind_.chance || draw_.by(40)) return std::to_string(items);
  switch (draw_.between(0, 5)) {
    case 0:
      return fmt::format("poisson({})", items);
    case 1:
      return fmt::format("normal(mean {}, sd {})", items, std::max(1, items / 5));
    case 2:
      return fmt::format("uniform({}, {})", items / 2, 2 * items);
    case 3:
      return fmt::format("empirical({}: 20 %, {}: 80 %)", items, items + 3);
    case 4:
      return fmt::format("lognormal(mean {}, sd {})", items, items);
    default:
      return fmt::format("{} items", items);
  }
}

std::string CentreMaker::hours() {
  if (draw_.by(30)) return clock(18, 23) + "-" + clock(3, 9);
  return clock(5, 11) + "-" + clock(14, 23);
}

std::string CentreMaker::days() { return draw_.word({"Mon-Fri", "Mon-Sat", "Sat-Sun", "Mon-Sun", "Mon", "Fri-Mon"}); }

Tree CentreMaker::label() {
  const std::string word = draw_.word({"Tri", "Lettres", "Relais", "Été"});
  if (draw_.by(50)) return word;
  Tree both;
  both["fr"] = word;
  if (draw_.by(70)) both["en"] = "In English";
  return both;
}

void CentreMaker::maybe_label(Tree& of) {
  if (draw_.by(15)) of["label"] = label();
}

void CentreMaker::on_days(Tree& of) {
  if (draw_.by(20)) of["days"] = draw_.by(30) ? Tree::words({"Mon", "Wed", "Fri-Sun"}) : Tree(days());
  if (draw_.by(15)) of["holidays"] = draw_.word({"yes", "no"});
}

/// Shares that add up to 100 %; without chance one has all.
Tree CentreMaker::shares(const Words& of) {
  Tree all;
  const Words some = draw_.some_of(of);
  int rest = 100;
  for (std::size_t i = 0; i < some.size(); ++i) {
    const bool last = i + 1 == some.size();
    const int part = last ? rest : kind_.chance ? draw_.between(0, rest) : 0;
    all[some[i]] = fmt::format("{} %", part);
    rest -= part;
  }
  return all;
}

void CentreMaker::whole() {
  Tree& s = centre_.scenario;
  s["mailflow"] = "1";
  maybe_label(s);
  Tree& centre = s["centre"];
  centre["name"] = draw_.by(50) ? label() : Tree("Chance");
  if (draw_.by(70)) centre["timezone"] = draw_.word({"Pacific/Noumea", "Europe/Paris", "UTC", "America/New_York"});
  currency_ = draw_.word({"EUR", "XPF"});
  if (currency_ != "EUR" || draw_.by(20)) centre["currency"] = currency_;
  first_day_ = draw_.word({"2025-03-03", "2025-03-07", "2025-03-29", "2025-10-25", "2025-03-08"});
  if (draw_.by(30)) centre["holidays"] = Tree::words({draw_.word({"2025-03-04", "2025-03-08", "2025-10-26"})});
  if (draw_.by(30)) centre["working_days"] = draw_.word({"Mon-Fri", "Mon-Sun", "Mon-Sat"});
  if (draw_.by(30)) centre["night"] = draw_.word({"20:00-05:00", "22:30-06:00"});
  Tree& run = s["run"];
  days_ = draw_.between(1, 3);
  run["from"] = first_day_;
  run["for"] = draw_.by(70) ? fmt::format("{} days", days_) : fmt::format("{} h", 24 * days_ - draw_.between(0, 5));
  if (draw_.by(25) && !kind_.situation) run["warm_up"] = draw_.word({"6 h", "90 min", "0.5 days"});
  if (draw_.by(60)) run["seed"] = draw_.between(0, 1000);
}

void CentreMaker::products() {
  Tree& products = centre_.scenario["products"];
  one_by_one_ = draw_.by(20);
  for (const std::string& name : mail_) {
    Tree& is = products[name];
    maybe_label(is);
    if (draw_.by(80) && !one_by_one_)
      is["lot"] = fmt::format("{} items", draw_.word({"1", "2", "5", "10", "12", "25"}));
    if (draw_.by(75)) {
      is["due"] = draw_.word({"J+0 18:00", "J+1 06:00", "J+1 12:00", "4 h", "90 min", "none", "J+0 23:00"});
      if (draw_.by(30)) is["accepted_until"] = clock(8, 20);
    }
    if (draw_.by(40)) is["priority"] = draw_.between(1, 3);
    if (draw_.by(60)) is["weight"] = draw_.word({"20 g", "7 g", "0.5 kg", "9 g", "1.2 kg", "0.001 t"});
  }
  if (towns_.empty()) return;
  Tree& towns = centre_.scenario["destinations"];
  for (const std::string& name : towns_) {
    towns[name];
    maybe_label(towns[name]);
  }
}

void CentreMaker::targets() {
  for (const std::string& name : goals_) {
    Words measures = {"on time", "throughput", "left over", "longest wait", "cost per item"};
    if (kind_.staff) measures.emplace_back("overtime");
    const std::string measure = draw_.word(measures);
    if (!kind_.staff && measure == "left over") continue;  // the loop by blocks counts none
    Tree& is = centre_.scenario["targets"][name];
    is = target(measure);
    maybe_label(is);
    const std::string bound = measure == "on time"        ? "80 %"
                              : measure == "throughput"   ? "30 items/h"
                              : measure == "left over"    ? "20 items"
                              : measure == "longest wait" ? lasting(90)
                              : measure == "overtime"     ? lasting(60)
                                                          : "2 " + currency_;
    is[draw_.word({"at_least", "at_most"})] = bound;
  }
}

Tree CentreMaker::target(const std::string& measure) {
  Tree is;
  is["measure"] = measure;
  if (measure == "throughput") {
    is["at"] = draw_.word(desks_);
    if (draw_.by(50)) is["over"] = draw_.word({"busiest 3 h", "busiest 120 min"});
  } else if (measure == "left over") {
    is["at"] = clock(5, 23);
    if (draw_.by(40)) is["of"] = draw_.word(mail_);
  } else if (measure == "longest wait") {
    if (draw_.by(50))
      is["at"] = draw_.word(desks_);
    else
      is["of"] = draw_.word(mail_);
  } else if (measure == "overtime") {
    if (draw_.by(50)) is["of"] = draw_.word(teams_);
  } else if (measure == "on time") {
    if (draw_.by(50)) is["of"] = draw_.word(mail_);
    if (draw_.by(30) && !towns_.empty()) is["to"] = draw_.word(towns_);
    if (draw_.by(30) && with_bay_) is["by"] = draw_.word(vans_);
  }
  return is;
}

/// What `mailflow plan` may choose; no part of a run.
void CentreMaker::plan() {
  Tree& plan = centre_.scenario["plan"];
  const int which = draw_.between(1, 3);
  if (which == 2) {
    const std::string team = draw_.word(teams_);
    Words hands;
    for (const std::string& desk : desks_)
      if (const Tree* skill = centre_.scenario["stations"][desk].find("skill"))
        if (centre_.scenario["staff"]["teams"][team]["skills"].find(skill->text) != nullptr) hands.push_back(desk);
    plan["within_day"]["longer"] = lasting(60);
    if (hands.empty()) return;
    Tree& posts = plan["posts"];
    posts["of"] = team;
    posts["over"] = Tree::words(draw_.some_of(hands));
    if (draw_.by(50)) posts["change"] = draw_.word({"never", "every 30 min"});
    if (draw_.by(50)) posts["step"] = lasting(5);
    return;
  }
  if (which == 3) {
    Tree& day = plan["within_day"];
    for (const char* span : {"longer", "notice", "earlier", "hold", "advance"})
      if (draw_.by(60)) day[span] = lasting(30);
    if (draw_.by(60)) day["call_in"] = draw_.between(0, 3);
    if (draw_.by(60)) day["add"] = draw_.word({"yes", "no"});
    if (draw_.by(60) && with_bay_) day["departures"] = Tree::words(draw_.some_of(vans_));
    return;
  }
  plan["minimise"] = "person-days";
  if (draw_.by(50)) plan["then"] = draw_.word({"nothing", "shortest waits"});
  if (draw_.by(50)) plan["confidence"] = "90 %";
  if (draw_.by(50)) plan["replications"] = draw_.between(1, 40);
  if (draw_.by(50)) plan["step"] = lasting(30);
  if (const Tree* goals = centre_.scenario.find("targets"); goals != nullptr && draw_.by(50))
    plan["targets"] = Tree::words({goals->entries[0].first});
  for (const std::string& team : teams_) {
    Tree& open = plan["teams"][team];
    open["at_most"] = 9;
    if (draw_.by(50)) open["at_least"] = draw_.between(0, 2);
    if (draw_.by(50)) open["numbers"] = draw_.word({"the same every day", "by day of the week", "by date"});
    if (draw_.by(30)) open["shifts"] = Tree::words(draw_.some_of(turns_));
    if (draw_.by(30)) open["used_first"] = "yes";
  }
  if (draw_.by(60)) return;
  Tree& fresh = plan["new_shifts"];
  fresh["teams"] = Tree::words(draw_.some_of(teams_));
  fresh["earliest"] = "06:00";
  fresh["latest"] = "09:00";
  fresh["lengths"] = Tree::words({lasting(360), "8 h"});
  if (draw_.by(50)) fresh["every"] = lasting(60);
  if (draw_.by(50)) fresh["breaks"] = Tree::words({"03:00 30 min"});
  if (draw_.by(50)) fresh["at_most"] = 2;
  if (draw_.by(50)) fresh["price"] = "10 " + currency_;
  on_days(fresh);
  if (draw_.by(50)) {  // the same as a window
    const auto of_all = [](const auto& entry) {
      return entry.first == "teams" || entry.first == "at_most" || entry.first == "price";
    };
    Tree window;
    for (const auto& entry : fresh.entries)
      if (!of_all(entry)) window[entry.first] = entry.second;
    std::erase_if(fresh.entries, [&](const auto& entry) { return !of_all(entry); });
    fresh["windows"] = Tree::list({window});
  }
  if (draw_.by(30)) {
    plan["minimise"] = "cost";
    plan["understaffed"] = "10 " + currency_ + " per agent and slot";
    for (const std::string& team : teams_) centre_.scenario["staff"]["teams"][team]["cost"] = "20 " + currency_ + "/h";
  }
}

}  // namespace mailflow::laws
