#include "markov.hpp"

#include <cmath>
#include <map>
#include <numeric>
#include <utility>

namespace mailflow::theory {

std::vector<double> stationary(Matrix go) {
  const std::size_t n = go.size();
  std::vector<double> leave(n);
  for (std::size_t k = n - 1; k > 0; --k) {
    leave[k] = std::accumulate(go[k].begin(), go[k].begin() + static_cast<std::ptrdiff_t>(k), 0.0);
    for (std::size_t i = 0; i < k; ++i) {
      if (go[i][k] == 0) continue;
      const double share = go[i][k] / leave[k];
      for (std::size_t j = 0; j < k; ++j) go[i][j] += share * go[k][j];
    }
  }
  std::vector<double> p(n);
  p[0] = 1;
  for (std::size_t k = 1; k < n; ++k) {
    for (std::size_t i = 0; i < k; ++i) p[k] += p[i] * go[i][k] / leave[k];
  }
  const double total = std::accumulate(p.begin(), p.end(), 0.0);
  for (double& x : p) x /= total;
  return p;
}

namespace {

enum Desk : int { idle, busy, down, blocked };

/// Per desk: how many wait before it, and what it does.
struct State {
  std::vector<int> waiting;
  std::vector<int> desk;
  auto operator<=>(const State&) const = default;
};

class Explorer {
 public:
  explicit Explorer(const Line& line) : line_(line), desks_(line.mu.size()) {}

  LineFigures figures() {
    State start{std::vector<int>(desks_), std::vector<int>(desks_, idle)};
    if (line_.lambda == 0) start.desk[0] = busy;
    index(start);
    for (std::size_t i = 0; i < states_.size(); ++i) leave(i);
    Matrix rates(states_.size(), std::vector<double>(states_.size()));
    for (const auto& [between, rate] : rates_) rates[between.first][between.second] += rate;
    return averages(stationary(std::move(rates)));
  }

 private:
  std::size_t index(const State& s) {
    const auto [at, isnew] = number_.emplace(s, states_.size());
    if (isnew) states_.push_back(s);
    return at->second;
  }
  void go(std::size_t from, const State& to, double rate) { rates_[{from, index(to)}] += rate; }

  void leave(std::size_t from) {
    const State now = states_[from];
    if (line_.lambda > 0 && now.waiting[0] < line_.most_waiting) {
      State next = now;
      if (next.desk[0] == idle) {
        next.desk[0] = busy;
      } else {
        ++next.waiting[0];
      }
      go(from, next, line_.lambda);
    }
    for (std::size_t k = 0; k < desks_; ++k) {
      State next = now;
      if (now.desk[k] == busy) {
        finish(next, k);
        go(from, next, line_.mu[k]);
        if (line_.fail == 0) continue;
        next = now;
        next.desk[k] = down;
        go(from, next, line_.fail);
      } else if (now.desk[k] == down) {
        next.desk[k] = busy;
        go(from, next, line_.mend);
      }
    }
  }

  void finish(State& s, std::size_t k) const {
    if (k + 1 == desks_) {
      start_next(s, k);
    } else if (s.desk[k + 1] == idle) {
      s.desk[k + 1] = busy;
      start_next(s, k);
    } else if (s.waiting[k + 1] < line_.places) {
      ++s.waiting[k + 1];
      start_next(s, k);
    } else {
      s.desk[k] = blocked;
    }
  }

  /// Desk k has given its item away: it takes the next, and the place that falls free goes to a blocked desk before it.
  void start_next(State& s, std::size_t k) const {
    s.desk[k] = idle;
    if (k == 0 && line_.lambda == 0) {
      s.desk[0] = busy;
    } else if (s.waiting[k] > 0) {
      --s.waiting[k];
      s.desk[k] = busy;
      if (k > 0 && s.desk[k - 1] == blocked) {
        ++s.waiting[k];
        start_next(s, k - 1);
      }
    } else if (k > 0 && s.desk[k - 1] == blocked) {
      s.desk[k] = busy;
      start_next(s, k - 1);
    }
  }

  LineFigures averages(const std::vector<double>& p) const {
    LineFigures f;
    f.busy.resize(desks_);
    f.blocked.resize(desks_);
    for (std::size_t i = 0; i < states_.size(); ++i) {
      const State& s = states_[i];
      for (std::size_t k = 0; k < desks_; ++k) {
        const double here = p[i] * (s.waiting[k] + (s.desk[k] == idle ? 0 : 1));
        f.content += here;
        if (k > 0) f.downstream += here;
        if (s.desk[k] == busy) f.busy[k] += p[i];
        if (s.desk[k] == blocked) f.blocked[k] += p[i];
      }
    }
    f.downstream += f.blocked[0];
    f.throughput = f.busy.back() * line_.mu.back();
    return f;
  }

  const Line& line_;
  std::size_t desks_;
  std::map<State, std::size_t> number_;
  std::vector<State> states_;
  std::map<std::pair<std::size_t, std::size_t>, double> rates_;
};

/// A chain too large to be solved directly: its flows, by Gauss and Seidel.
class SparseChain {
 public:
  explicit SparseChain(std::size_t states) : into_(states), leaves_(states) {}
  void go(std::size_t from, std::size_t to, double rate) {
    into_[to].emplace_back(from, rate);
    leaves_[from] += rate;
  }
  std::vector<double> stationary() const {
    std::vector<double> p(into_.size(), 1.0 / static_cast<double>(into_.size()));
    for (double change = 1; change > 1e-13;) {
      change = 0;
      for (std::size_t to = 0; to < p.size(); ++to) {
        double flow = 0;
        for (const auto& [from, rate] : into_[to]) flow += p[from] * rate;
        const double next = leaves_[to] > 0 ? flow / leaves_[to] : 0;
        change += std::abs(next - p[to]);
        p[to] = next;
      }
      const double total = std::accumulate(p.begin(), p.end(), 0.0);
      for (double& x : p) x /= total;
    }
    return p;
  }

 private:
  std::vector<std::vector<std::pair<std::size_t, double>>> into_;
  std::vector<double> leaves_;
};

}  // namespace

double exhaustive_content(double lambda, double mu, double set_up) {
  // By symmetry a state is: items of the product the server is set up (or being set up) for, of the other, and whether
  // it is being set up; cut off at `most` of each.
  constexpr std::size_t most = 80;
  const auto state = [](std::size_t own, std::size_t other, bool setting_up) {
    return (own * (most + 1) + other) * 2 + (setting_up ? 1 : 0);
  };
  SparseChain chain(state(most, most, true) + 1);
  for (std::size_t own = 0; own <= most; ++own) {
    for (std::size_t other = 0; other <= most; ++other) {
      if (own == 0) {
        if (other > 0) continue;
        chain.go(state(0, 0, false), state(1, 0, false), lambda);
        chain.go(state(0, 0, false), state(1, 0, true), lambda);
        continue;
      }
      for (const bool setting_up : {false, true}) {
        const std::size_t now = state(own, other, setting_up);
        if (own < most) chain.go(now, state(own + 1, other, setting_up), lambda);
        if (other < most) chain.go(now, state(own, other + 1, setting_up), lambda);
      }
      chain.go(state(own, other, true), state(own, other, false), 1 / set_up);
      const bool changes = own == 1 && other > 0;
      chain.go(state(own, other, false), changes ? state(other, 0, true) : state(own - 1, other, false), mu);
    }
  }
  const std::vector<double> p = chain.stationary();
  double content = 0;
  for (std::size_t own = 0; own <= most; ++own) {
    for (std::size_t other = 0; other <= most; ++other) {
      const auto items = static_cast<double>(own + other);
      content += items * (p[state(own, other, false)] + p[state(own, other, true)]);
    }
  }
  return content;
}

LineFigures solve(const Line& line) { return Explorer(line).figures(); }

}  // namespace mailflow::theory
