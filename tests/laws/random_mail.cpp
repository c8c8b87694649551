// Part of random_centre.hpp: how mail comes and leaves, and what is there where a run begins in a situation.
#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>

#include "centre_maker.hpp"

namespace mailflow::laws {

void CentreMaker::arrivals() {
  for (const std::string& name : sources_) centre_.scenario["arrivals"][name] = source();
}

Tree CentreMaker::source() {
  Tree is;
  maybe_label(is);
  int how = draw_.between(1, 100);
  if (!kind_.staff) how = how <= 50 ? 55 : 70;  // what the loop by blocks takes
  if (!kind_.chance && how > 50 && how <= 65) how = 70;
  // what comes at one instant from several sources comes mixed, by chance
  const bool alone = kind_.chance || (how <= 50 && lorries_ < 5) || (how > 90 && !floor_);
  if (!alone && (how <= 50 || how > 90)) how = 70;
  if (how <= 50)
    vehicles(is);
  else if (how <= 65)
    rates(is);
  else if (how <= 78)
    gaps(is);
  else if (how <= 90)
    replay(is);
  else
    waiting(is);
  if (!towns_.empty() && is.find("to") == nullptr) is["to"] = bound_for();
  is["into"] = draw_.by(75) ? desks_[0]
                            : desks_[static_cast<std::size_t>(draw_.between(0, static_cast<int>(desks_.size()) - 1))];
  return is;
}

Tree CentreMaker::counts(int most) {
  Tree items;
  for (const std::string& mail : draw_.some_of(mail_)) items[mail] = count_law(draw_.between(1, most));
  return items;
}

Tree CentreMaker::mix() {
  Tree of;
  if (kind_.chance) return shares(mail_);
  of[draw_.word(mail_)] = "100 %";
  return of;
}

Tree CentreMaker::bound_for() {
  if (draw_.by(70)) return shares(towns_);
  Tree by_product;
  for (const std::string& mail : draw_.some_of(mail_)) by_product[mail] = shares(towns_);
  by_product["other"] = shares(towns_);
  return by_product;
}

void CentreMaker::vehicles(Tree& is) {
  Words times;
  for (int i = draw_.between(1, 4); i > 0; --i) {
    const std::string time =
        kind_.chance ? clock(0, 24)
                     : fmt::format("{:02}:{:02}", draw_.between(0, 23), 5 * draw_.between(0, 11) + lorries_);
    if (std::find(times.begin(), times.end(), time) == times.end()) times.push_back(time);
  }
  is["at"] = times.size() == 1 && draw_.by(50) ? Tree(times[0]) : Tree::words(times);
  on_days(is);
  if (draw_.by(40)) is["late_by"] = law(kind_.chance ? draw_.between(5, 45) : 5 * draw_.between(1, 9));
  ++lorries_;
  is["items"] = counts(60);
  loaded(is);
}

/// Without chance lots do not come mixed: product after product, and of each for one destination.
void CentreMaker::loaded(Tree& is) {
  if (!kind_.chance)
    is["loaded"] = "by product";
  else if (draw_.by(40))
    is["loaded"] = draw_.word({"mixed", "by product", "by destination"});
}

void CentreMaker::rates(Tree& is) {
  const auto steps = [&] {
    Tree by_time;
    for (int i = draw_.between(1, 3); i > 0; --i)
      by_time[clock(0, 24)] = fmt::format("{} items/h", draw_.between(0, 25));
    return by_time;
  };
  if (draw_.by(40)) {
    is["rate"] = draw_.word({"5 items/h", "10 items/h", "0.25 items/min", "240 items/day"});
  } else if (draw_.by(50)) {
    is["rate"] = steps();
  } else {
    is["rate"]["Mon-Fri"] = steps();
    is["rate"]["Sat"] = steps();
  }
  is["mix"] = mix();
}

void CentreMaker::gaps(Tree& is) {
  is["every"] = law(draw_.between(10, 120));
  is["mix"] = mix();
}

void CentreMaker::replay(Tree& is) {
  const bool product = draw_.by(60), town = !towns_.empty() && draw_.by(50), due = draw_.by(30), site = draw_.by(30);
  const bool other_names = draw_.by(50);
  const std::string file = "rows-" + std::to_string(centre_.files.size()) + ".csv";
  is["replay"] = file;
  std::string text = other_names ? "starting,number" : "time,items";
  if (other_names) {
    is["columns"]["time"] = "starting";
    is["columns"]["items"] = "number";
  }
  const auto column = [&](bool wanted, const char* key, const char* other) {
    if (!wanted) return;
    text += std::string(",") + (other_names ? other : key);
    if (other_names) is["columns"][key] = other;
  };
  column(product, "product", "sort");
  column(town, "destination", "where");
  column(due, "leave_by", "until");
  if (site) text += ",site";
  text += "\n";
  std::vector<std::string> times;
  for (int i = draw_.between(2, 12); i > 0; --i) times.push_back(clock(0, 23));
  std::sort(times.begin(), times.end());
  for (const std::string& time : times) {
    text += fmt::format("{} {},{}", first_day_, time, draw_.between(1, 30));
    if (product) text += "," + draw_.word(mail_);
    if (town) text += "," + draw_.word(towns_);
    if (due) text += draw_.by(50) ? "," : fmt::format(",{} {}", first_day_, "23:30");
    if (site) text += draw_.word({",one", ",two"});
    text += "\n";
  }
  centre_.files[file] = text;
  if (site) is["where"]["site"] = "one";
  if (!product) is["mix"][draw_.word(mail_)] = "100 %";
  if (draw_.by(50)) is["bin"] = lasting(draw_.word({"a", "b"}) == "a" ? 10 : 30);
  if (draw_.by(50))
    is["spread"] = kind_.chance ? draw_.word({"even", "random", "start"}) : draw_.word({"even", "start"});
  if (town) is["to"] = bound_for();
}

void CentreMaker::waiting(Tree& is) {
  floor_ = true;
  is["waiting_at_start"] = counts(40);
  loaded(is);
}

void CentreMaker::transport() {
  for (const std::string& name : vans_) centre_.scenario["transport"]["departures"][name] = departure();
}

Tree CentreMaker::departure() {
  Tree is;
  maybe_label(is);
  if (draw_.by(40)) is["from"] = draw_.by(50) ? Tree(desks_.back()) : Tree::words({desks_.back()});
  is["to"] = towns_.empty() || draw_.by(40) ? Tree("all") : Tree::words(draw_.some_of(towns_));
  Words times;
  for (int i = draw_.between(1, 4); i > 0; --i) {
    const std::string time = clock(4, 24);
    if (std::find(times.begin(), times.end(), time) == times.end()) times.push_back(time);
  }
  is["at"] = Tree::words(times);
  on_days(is);
  if (draw_.by(40) && kind_.staff) is["closes"] = lasting(draw_.word({"a", "b"}) == "a" ? 20 : 45) + " before";
  if (draw_.by(50) && kind_.staff) {
    const bool weighed = std::all_of(mail_.begin(), mail_.end(), [&](const std::string& mail) {
      return centre_.scenario["products"][mail].find("weight") != nullptr;
    });
    is["capacity"] = weighed && draw_.by(60) ? draw_.word({"500 g", "3 kg", "0.02 t"})
                                             : fmt::format("{} items", draw_.between(5, 80));
    if (draw_.by(60)) is["vehicles"] = draw_.word({"1", "2", "as needed"});
  }
  if (draw_.by(50)) is["cost"] = fmt::format("{} {}", draw_.between(5, 90), currency_);
  return is;
}

/// What is there at noon of a day, as a planner would write it.
void CentreMaker::situation() {
  Tree& there = centre_.scenario["situation"];
  const std::string then = first_day_ + " 12:00";
  there["at"] = then;
  if (draw_.by(30)) there["until"] = first_day_ + " 20:00";
  Tree mail = Tree::list({});
  for (int i = draw_.between(1, 5); i > 0; --i) mail.items.push_back(mail_there());
  there["mail"] = mail;
  if (draw_.by(30)) {
    there["mail"] = "queues.csv";
    std::string text = "at,product,items,to\n";
    for (int i = 0; i < 4; ++i)
      text += fmt::format("{},{},{},{}\n", draw_.word(desks_), draw_.word(mail_), draw_.between(1, 30),
                          towns_.empty() ? "" : draw_.word(towns_));
    centre_.files["queues.csv"] = text;
  }
  if (kind_.staff) situation_of_staff(there);
  for (std::size_t s = 0; s < desks_.size(); ++s)
    if ((kinds_of_desk_[s] == "manual" || kinds_of_desk_[s] == "machine") && draw_.by(25)) {
      there["stations"][desks_[s]]["down"] = 1;
      there["stations"][desks_[s]]["until"] = clock(13, 18);
    }
  if (with_bay_ && draw_.by(50)) situation_of_van(there);
  for (const std::string& name : sources_)
    if (draw_.by(50)) situation_of_source(there, name);
}

/// A time of a timetable of every day that is still to come at noon; empty: none.
std::string CentreMaker::afternoon(const Tree& is) {
  const Tree& at = *is.find("at");
  if (is.find("days") != nullptr || is.find("holidays") != nullptr || days_ < 2) return "";
  for (const Tree& time : at.items)
    if (time.text > "12:00") return time.text;
  return at.is_scalar() && at.text > "12:00" ? at.text : "";
}

void CentreMaker::situation_of_van(Tree& there) {
  const std::string van = draw_.word(vans_);
  Tree& is = there["departures"][van];
  const std::string next = afternoon(*centre_.scenario["transport"]["departures"].find(van));
  const int how = next.empty() || there.find("until") != nullptr ? 1 : draw_.between(1, 3);
  if (how == 1) is["added"] = Tree::words({clock(13, 19)});
  if (how == 2) is["cancelled"] = Tree::words({next});
  if (how == 3) is["moved"][next] = clock(13, 23);
}

void CentreMaker::situation_of_source(Tree& there, const std::string& name) {
  const Tree& is = *centre_.scenario["arrivals"].find(name);
  if (is.find("waiting_at_start") != nullptr) return;
  Tree& comes = there["arrivals"][name];
  if (is.find("every") != nullptr) {
    comes["next"] = clock(13, 15);
    return;
  }
  const std::string vehicle = is.find("at") == nullptr || there.find("until") != nullptr ? "" : afternoon(is);
  if (vehicle.empty() || draw_.by(40))
    comes["volume"] = draw_.word({"50 %", "130 %"});
  else if (draw_.by(50))
    comes["comes"][vehicle] = clock(13, 23);
  else
    comes["cancelled"] = Tree::words({vehicle});
}

Tree CentreMaker::mail_there() {
  Tree one;
  const std::size_t s = static_cast<std::size_t>(draw_.between(0, static_cast<int>(desks_.size()) - 1));
  one["at"] = desks_[s];
  one["product"] = draw_.word(mail_);
  if (!towns_.empty()) one["to"] = draw_.word(towns_);
  one["items"] = draw_.between(1, 30);
  if (draw_.by(50)) one["since"] = clock(8, 11);
  if (draw_.by(20)) one["due"] = draw_.word({"none", "18:00"});
  if (kinds_of_desk_[s] == "bay" && draw_.by(30)) one["missed"] = "yes";
  if ((kinds_of_desk_[s] == "manual" || kinds_of_desk_[s] == "machine") && draw_.by(20)) one["first"] = "yes";
  return one;
}

void CentreMaker::situation_of_staff(Tree& there) {
  const Tree& shifts = *centre_.scenario["staff"].find("shifts");
  const bool every_day =
      shifts.is_map() && std::all_of(shifts.entries.begin(), shifts.entries.end(), [](const auto& e) {
        return e.second.find("days") == nullptr && e.second.find("holidays") == nullptr;
      });
  if (!every_day || days_ < 2 || there.find("until") != nullptr) return;
  for (const std::string& team : teams_) {
    const Tree& is = *centre_.scenario["staff"]["teams"].find(team);
    const bool in_course = is.find("shift")->text == turns_[0];  // mornings last till noon at least
    const int agents = is.find("agents")->is_scalar() ? std::atoi(is.find("agents")->text.c_str()) : 0;
    if (draw_.by(40)) continue;
    Tree& here = there["teams"][team];
    if (!in_course || agents == 0 || draw_.by(30)) {
      here["absent"] = 0;
      continue;
    }
    here["present"] = agents - 1;
    if (draw_.by(70)) here["leave"]["12:20"] = 1;
    for (const std::string& desk : desks_)
      if (const Tree* skill = centre_.scenario["stations"][desk].find("skill"))
        if (is.find("skills")->find(skill->text) != nullptr && draw_.by(50)) {
          here["at"][desk] = 1;
          break;
        }
  }
}

}  // namespace mailflow::laws
