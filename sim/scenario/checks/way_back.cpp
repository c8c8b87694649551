#include "scenario/checks/way_back.hpp"

namespace mailflow {
namespace {

/// Follows mail from station to station, in the order of the file, until it comes to one for the second time.
class Follower {
 public:
  Follower(const std::vector<bool>& stuck, const std::vector<std::map<std::size_t, double>>& next)
      : stuck_(stuck), next_(next), state_(stuck.size(), State::unseen) {}

  std::optional<WayBack> from(std::size_t first) {
    std::vector<std::pair<std::size_t, std::map<std::size_t, double>::const_iterator>> way;
    enter(first);
    way.emplace_back(first, next_[first].begin());
    while (!way.empty()) {
      auto& [station, to] = way.back();
      if (to == next_[station].end()) {
        state_[station] = State::done;
        way.pop_back();
        continue;
      }
      const std::size_t target = to->first;
      ++to;
      if (!stuck_[target] || state_[target] == State::done) continue;
      if (state_[target] == State::on_the_way) return WayBack{station, target};
      enter(target);
      way.emplace_back(target, next_[target].begin());
    }
    return std::nullopt;
  }
  bool unseen(std::size_t station) const { return state_[station] == State::unseen; }

 private:
  enum class State : unsigned char { unseen, on_the_way, done };

  void enter(std::size_t station) { state_[station] = State::on_the_way; }

  const std::vector<bool>& stuck_;
  const std::vector<std::map<std::size_t, double>>& next_;
  std::vector<State> state_;
};

}  // namespace

std::optional<WayBack> way_back(const std::vector<bool>& stuck,
                                const std::vector<std::map<std::size_t, double>>& next) {
  Follower follower(stuck, next);
  for (std::size_t s = 0; s < stuck.size(); ++s)
    if (stuck[s] && follower.unseen(s))
      if (auto found = follower.from(s)) return found;
  return std::nullopt;
}

}  // namespace mailflow
