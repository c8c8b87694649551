// Part of random_centre.hpp: stations and routes. Mail goes to later stations only, but for rejects of unbounded
// queues.
#include <fmt/format.h>

#include "centre_maker.hpp"

namespace mailflow::laws {

void CentreMaker::stations() {
  const int n = static_cast<int>(desks_.size());
  with_bay_ = in_network_ || (kind_.staff && draw_.by(80));
  Tree& all = centre_.scenario["stations"];
  for (int s = 0; s < n; ++s) {
    Words kinds = {"manual", "manual", "manual", "machine", "machine", "conveyor", "walk", "hold", "bagging"};
    if (!kind_.staff) kinds.resize(5);
    kinds_of_desk_.push_back(with_bay_ && s == n - 1 ? "bay" : draw_.word(kinds));
  }
  for (int s = 0; s < n; ++s) all[desks_[static_cast<std::size_t>(s)]] = station(s);
  if (ways_.empty()) return;
  Tree& plans = centre_.scenario["sort_plans"];
  for (const std::string& way : ways_) {
    plans[way];
    for (const std::string& town : draw_.some_of(towns_))
      plans[way][town] = !in_network_ && draw_.by(10) ? "out"
                         : draw_.by(70)               ? desks_[desks_.size() - 1]
                                                      : desks_[desks_.size() - 2];
    plans[way]["other"] = desks_.back();
  }
}

std::string CentreMaker::later(int s) {
  const int n = static_cast<int>(desks_.size());
  if (s + 1 >= n || (draw_.by(8) && !in_network_)) return "out";
  return desks_[static_cast<std::size_t>(draw_.by(60) ? s + 1 : draw_.between(s + 1, n - 1))];
}

Tree CentreMaker::next(int s, int depth) {
  const bool plans = !ways_.empty() && s + 2 < static_cast<int>(desks_.size());
  const int how = draw_.between(1, 100);
  if (depth > 1 || how <= 50) return later(s);
  Tree to;
  const bool may_split = kind_.staff || one_by_one_;
  if (how <= 65 && may_split) {
    Words some = {later(s), later(s)};
    if (some[0] == some[1]) some.pop_back();
    return shares(some);
  }
  if (how <= 80 || towns_.empty()) {
    for (const std::string& mail : draw_.some_of(mail_)) to[mail] = next(s, depth + 1);
    to["other"] = next(s, depth + 1);
  } else if (how <= 90 && plans) {
    to["sort_plan"] = draw_.word(ways_);
  } else {
    for (const std::string& town : draw_.some_of(towns_)) to[town] = next(s, depth + 1);
    to["other"] = next(s, depth + 1);
  }
  return to;
}

Tree CentreMaker::opening() {
  if (draw_.by(40)) return hours();
  if (draw_.by(30)) return Tree::words({"05:00-11:30", "12:00-22:00"});
  Tree by_day;
  by_day["Mon-Fri"] = hours();
  by_day["Sat-Sun"] = draw_.by(50) ? Tree(hours()) : Tree::words({"08:00-10:00", "14:00-20:00"});
  return by_day;
}

Tree CentreMaker::station(int s) {
  const std::string& kind = kinds_of_desk_[static_cast<std::size_t>(s)];
  Tree is;
  is["kind"] = kind;
  maybe_label(is);
  if (kind == "manual" || kind == "machine") handling(is, s, kind == "machine");
  if (kind == "conveyor" || kind == "walk") is["takes"] = law(draw_.between(1, 20));
  if (kind == "hold") {
    if (draw_.by(80))
      is["share"] = kind_.chance ? fmt::format("{} %", draw_.between(0, 100)) : draw_.word({"100 %", "0 %"});
    is["takes"] = law(draw_.between(20, 300));
    if (draw_.by(40)) is["open"] = opening();
  }
  if (kind == "bagging") {
    is["items"] = fmt::format("{} items", draw_.between(3, 40));
    if (draw_.by(70)) is["at_most"] = lasting(draw_.between(4, 20) * 15);
  }
  if (kind == "bay" && draw_.by(40)) is["queue"]["order"] = draw_.word({"first come", "priority", "earliest due"});
  if (kind != "bay") is["next"] = next(s, 0);
  return is;
}

void CentreMaker::handling(Tree& is, int s, bool machine) {
  if (draw_.by(60)) is[machine ? "machines" : "positions"] = draw_.between(1, 4);
  if (kind_.staff ? draw_.by(60) : draw_.by(50)) {
    const std::string rate = draw_.word(
        {"12 items/h", "60 items/h", "120 items/h", "240 items/h", "2 items/min", "900 items/h", "4320 items/day"});
    if (!kind_.staff)
      is["rate"] = fmt::format("{:.3f} items/h", draw_.between(10'000, 900'000) / 1000.0);
    else
      is["rate"] = machine || draw_.by(50) ? rate : rate + " per agent";
  } else {
    const bool per_lot = draw_.by(50);
    const std::string time = law(per_lot ? draw_.between(2, 20) : draw_.between(1, 3));
    is["service"] = per_lot ? time + " per lot" : draw_.by(50) ? time + " per item" : time;
  }
  if (!kind_.staff) return;
  handling_of_people(is, machine);
  diversions(is, s);
  if (draw_.by(25)) {
    Tree& set_up = is["set_up"];
    set_up["takes"] = law(draw_.between(2, 12));
    set_up["between"] = draw_.word({"products", "sort plans"});
    if (draw_.by(40)) set_up["same_first"] = draw_.word({"yes", "no"});
  }
  if (draw_.by(15)) is["passes"] = 2;
  if (draw_.by(20)) is["open"] = opening();
  queue(is);
}

void CentreMaker::handling_of_people(Tree& is, bool machine) {
  if (!machine && draw_.by(75)) is["skill"] = draw_.word(skills_);
  if (!machine) return;
  if (draw_.by(70)) {
    is["crew"]["skill"] = draw_.word(skills_);
    is["crew"]["needs"] = draw_.between(1, 3);
  }
  if (draw_.by(70)) return;
  Tree& breaks = is["breaks_down"];
  breaks["every"] = law(draw_.between(30, 400));
  breaks["for"] = law(draw_.between(5, 60));
  if (draw_.by(60)) breaks["while"] = draw_.word({"working", "always"});
}

void CentreMaker::diversions(Tree& is, int s) {
  for (const char* which : {"rejects", "no_reads"}) {
    if (!draw_.by(15)) continue;
    Tree& away = is[which];
    away["share"] = kind_.chance ? fmt::format("{} %", draw_.between(0, 40)) : "0 %";
    away["next"] = later(s);
  }
}

void CentreMaker::queue(Tree& is) {
  if (draw_.by(60)) return;
  Tree& queue = is["queue"];
  if (draw_.by(70)) queue["order"] = draw_.word({"first come", "priority", "earliest due"});
  if (draw_.by(30)) queue["holds"] = fmt::format("{} items", draw_.between(0, 60));
}

}  // namespace mailflow::laws
