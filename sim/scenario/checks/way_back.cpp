#include "scenario/checks/way_back.hpp"

namespace mailflow {
namespace {

/// Follows mail from station to station, in the order of the file, until it comes to one for the second time.
class Follower {
 public:
  Follower(const Rows<Station, bool>& stuck, const Rows<Station, std::map<StationIndex, double>>& next)
      : stuck_(stuck), next_(next), state_(stuck.size(), State::unseen) {}

  std::optional<WayBack> from(StationIndex first) {
    std::vector<std::pair<StationIndex, std::map<StationIndex, double>::const_iterator>> way;
    enter(first);
    way.emplace_back(first, next_[first].begin());
    while (!way.empty()) {
      auto& [station, to] = way.back();
      if (to == next_[station].end()) {
        state_[station] = State::done;
        way.pop_back();
        continue;
      }
      const StationIndex target = to->first;
      ++to;
      if (!stuck_[target] || state_[target] == State::done) continue;
      if (state_[target] == State::on_the_way) return WayBack{station, target};
      enter(target);
      way.emplace_back(target, next_[target].begin());
    }
    return std::nullopt;
  }
  bool unseen(StationIndex station) const { return state_[station] == State::unseen; }

 private:
  enum class State : unsigned char { unseen, on_the_way, done };

  void enter(StationIndex station) { state_[station] = State::on_the_way; }

  const Rows<Station, bool>& stuck_;
  const Rows<Station, std::map<StationIndex, double>>& next_;
  Rows<Station, State> state_;
};

}  // namespace

std::optional<WayBack> way_back(const Rows<Station, bool>& stuck,
                                const Rows<Station, std::map<StationIndex, double>>& next) {
  Follower follower(stuck, next);
  for (const StationIndex s : stuck.indices())
    if (stuck[s] && follower.unseen(s))
      if (auto found = follower.from(s)) return found;
  return std::nullopt;
}

}  // namespace mailflow
