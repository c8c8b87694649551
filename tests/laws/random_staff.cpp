// Part of random_centre.hpp: people.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "centre_maker.hpp"

namespace mailflow::laws {

void CentreMaker::staff() {
  Tree& staff = centre_.scenario["staff"];
  pressed_ = draw_.by(15);
  shifts(staff);
  for (const std::string& name : teams_) {
    Tree& is = staff["teams"][name];
    is = team();
    const Tree& shift = is["shift"];
    Words of = {shift.text};
    if (!shift.is_scalar()) {
      of.clear();
      for (const Tree& item : shift.items) of.push_back(item.text);
    }
    is["agents"] = agents(name, of);
  }
  if (pressed_ || draw_.by(80)) staff["assignment"] = assignment();
}

/// Up to three that do not overlap: a morning, an afternoon, a night.
void CentreMaker::shifts(Tree& staff) {
  static constexpr std::array<std::array<int, 4>, 3> windows = {{{6, 8, 12, 13}, {13, 15, 19, 21}, {21, 23, 4, 6}}};
  std::string rows = "name,hours,breaks,days\n";
  Tree all;
  for (std::size_t i = 0; i < turns_.size(); ++i) {
    const auto& w = windows[i];
    Tree& is = all[turns_[i]];
    if (turns_.size() > 1) is["label"] = fmt::format("Turn {}", i + 1);
    is["hours"] = clock(w[0], w[1]) + "-" + clock(w[2], w[3]);
    Words breaks;
    const int first = i == 2 ? 0 : w[1] + 1;
    if (draw_.by(50)) breaks.push_back(fmt::format("{:02}:{} {}", first, draw_.word({"00", "10", "40"}), lasting(20)));
    if (draw_.by(40))
      breaks.push_back(fmt::format("{:02}:{} {}", first + 1, draw_.word({"15", "00", "30"}), lasting(15)));
    if (!breaks.empty()) is["breaks"] = Tree::words(breaks);
    rows += turns_[i] + "," + is["hours"].text + "," + (breaks.empty() ? "" : breaks[0]) + ",Mon-Sun\n";
    on_days(is);
  }
  if (draw_.by(15)) {
    const std::string file = fmt::format("turns-{}.csv", centre_.files.size());
    centre_.files[file] = rows;
    all = file;
  }
  staff["shifts"] = all;
}

Tree CentreMaker::team() {
  Tree is;
  maybe_label(is);
  is["shift"] = draw_.by(60) ? Tree(draw_.word(turns_)) : Tree::words(draw_.some_of(turns_));
  is["skills"];
  for (const std::string& skill : pressed_ ? skills_ : draw_.some_of(skills_))
    is["skills"][skill] = draw_.word({"100 %", "100 %", "80 %", "50 %", "125 %"});
  if (draw_.by(30) && kind_.chance) is["absent"] = fmt::format("{} %", draw_.between(0, 40));
  if (draw_.by(60)) is["cost"] = fmt::format("{} {}/h", draw_.between(10, 40), currency_);
  if (draw_.by(30)) is["night_extra"] = "25 %";
  if (draw_.by(30)) is["overtime_extra"] = "50 %";
  if (draw_.by(70)) is["posts"] = Tree::words(draw_.some_of(desks_));
  return is;
}

/// How many: one number, by day, or a file; even numbers, so that teams can be halved.
Tree CentreMaker::agents(const std::string& team, const Words& shifts) {
  const auto some = [&] { return 2 * draw_.between(0, 3); };
  const Tree& all = *centre_.scenario["staff"].find("shifts");
  const bool every_day = std::all_of(shifts.begin(), shifts.end(), [&](const std::string& shift) {
    const Tree* is = all.find(shift);
    return is == nullptr || (is->find("days") == nullptr && is->find("holidays") == nullptr);
  });
  if (pressed_) return 2;
  if (draw_.by(75)) return some();
  if (!every_day || draw_.by(60)) {
    Tree by_day;
    by_day["Mon-Wed"] = some();
    by_day[first_day_] = some();
    by_day["other"] = some();
    return by_day;
  }
  const std::string file = "agents-" + team + ".csv";
  std::string rows = "date,team,shift,agents\n";
  for (const std::string& shift : shifts) rows += fmt::format("{},{},{},{}\n", first_day_, team, shift, some());
  centre_.files[file] = rows;
  return file;
}

Tree CentreMaker::assignment() {
  Tree is;
  if (draw_.by(85)) is["rule"] = draw_.word({"fixed", "priority list", "longest queue", "earliest due"});
  if (draw_.by(50)) is["review"] = "every " + lasting(draw_.word({"a", "b"}) == "a" ? 5 : 30);
  if (pressed_) {
    is["rule"] = draw_.word({"priority list", "longest queue", "earliest due"});
    is["review"] = "every 5 min";
  }
  if (draw_.by(50)) is["move_takes"] = lasting(draw_.between(0, 6));
  if (draw_.by(50)) is["priority"] = Tree::words(draw_.some_of(desks_));
  if (draw_.by(50)) is["at_shift_end"] = draw_.word({"finish the item", "finish the lot"});
  return is;
}

}  // namespace mailflow::laws
