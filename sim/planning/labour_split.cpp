#include "planning/labour_split.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <stdexcept>

#include "core/at.hpp"
#include "core/words.hpp"
#include "metrics/results.hpp"
#include "solver/mixed_program.hpp"

namespace mailflow {

namespace {

/// What a model's mail brings to the stages, and how it goes on from one to the next.
class Flow {
 public:
  Flow(const Model& model, const std::vector<StationIndex>& stages, SplitProblem& problem)
      : model_(model), stages_(stages), problem_(problem), steps_(problem.people.size()) {
    const std::size_t n = stages.size();
    problem_.waiting.assign(n, 0);
    problem_.arriving.assign(n, std::vector<double>(steps_, 0));
    problem_.next.assign(n, std::vector<double>(n, 0));
    through_.assign(n, 0);
    on_.assign(n, std::vector<double>(n, 0));
  }

  void go() {
    for (const MailThere& mail : model_.situation.mail) {
      const double items = static_cast<double>(mail.items) * mail.lots;
      enter(mail.station, mail.product, mail.destination, items,
            [&](std::size_t s, double n) { problem_.waiting[s] += n; });
    }
    for (const Source& source : model_.sources) come(source);
    for (std::size_t r = 0; r < on_.size(); ++r)
      for (std::size_t s = 0; s < on_.size(); ++s)
        if (through_[r] > 0) problem_.next[r][s] = on_[r][s] / through_[r];
  }

 private:
  using Add = std::function<void(std::size_t stage, double items)>;

  int stage_of(StationIndex station) const {
    const auto found = std::find(stages_.begin(), stages_.end(), station);
    return found == stages_.end() ? -1 : static_cast<int>(found - stages_.begin());
  }

  /// Mail comes to a station from outside; from the stage that it meets first it is followed on.
  void enter(StationIndex station, ProductIndex product, DestinationIndex destination, double items, const Add& add) {
    if (items <= 0) return;
    onward(station, product, destination, items, 0, [&](std::size_t stage, double n) {
      add(stage, n);
      follow(stage, product, destination, n, 0);
    });
  }

  void follow(std::size_t stage, ProductIndex product, DestinationIndex destination, double items, int depth) {
    if (items < 1e-9 || depth > 200) return;
    through_[stage] += items;
    const Station& is = model_.stations[stages_[stage]];
    double rest = items;
    const auto on = [&](std::size_t to, double n) {
      on_[stage][to] += n;
      follow(to, product, destination, n, depth + 1);
    };
    for (const Diversion& d : is.diversions) {
      route(d.next, RouteNodeIndex(0), product, destination, items * d.share, depth, on);
      rest -= items * d.share;
    }
    route(is.next, RouteNodeIndex(0), product, destination, rest, depth, on);
  }

  /// The stages that mail at a station meets first.
  void onward(StationIndex station, ProductIndex product, DestinationIndex destination, double items, int depth,
              const Add& add) {
    if (station == none || items < 1e-9 || depth > 200) return;
    if (const int stage = stage_of(station); stage >= 0) {
      add(at(stage), items);
      return;
    }
    const Station& is = model_.stations[station];
    double rest = items;
    for (const Diversion& d : is.diversions) {
      route(d.next, RouteNodeIndex(0), product, destination, items * d.share, depth, add);
      rest -= items * d.share;
    }
    route(is.next, RouteNodeIndex(0), product, destination, rest, depth, add);
  }

  void route(const Route& route, RouteNodeIndex node, ProductIndex product, DestinationIndex destination, double items,
             int depth, const Add& add) {
    if (node == none || route.nodes.empty()) return;
    const RouteNode& n = route.nodes[node];
    switch (n.kind) {
      case RouteNode::Kind::leaves:
        return;
      case RouteNode::Kind::to:
        onward(n.station, product, destination, items, depth + 1, add);
        return;
      case RouteNode::Kind::by_product:
        this->route(route, n.of(product), product, destination, items, depth, add);
        return;
      case RouteNode::Kind::by_destination:
        this->route(route, n.of(destination), product, destination, items, depth, add);
        return;
      case RouteNode::Kind::by_share:
        for (std::size_t i = 0; i < n.child.size(); ++i)
          this->route(route, n.child[i], product, destination, items * n.share[i], depth, add);
    }
  }

  /// Items of a product in [from, to), by their destinations.
  void spread(const Source& source, ProductIndex product, double items, Ticks from, Ticks to) {
    const auto& mix = source.mix.destination;
    if (mix.empty() || mix[product].empty()) {
      arrive(source.into, product, none, items, from, to);
      return;
    }
    for (const DestinationIndex d : mix[product].indices())
      arrive(source.into, product, d, items * mix[product][d], from, to);
  }

  void arrive(StationIndex station, ProductIndex product, DestinationIndex destination, double items, Ticks from,
              Ticks to) {
    enter(station, product, destination, items, [&](std::size_t stage, double n) {
      if (to <= from && from <= problem_.from) {
        if (from == problem_.from) problem_.waiting[stage] += n;
        return;
      }
      for (std::size_t k = 0; k < steps_; ++k) {
        const Ticks begin = problem_.from + static_cast<Ticks>(k) * problem_.step;
        const Ticks end = begin + problem_.step;
        if (to <= from) {
          if (from >= begin && from < end) problem_.arriving[stage][k] += n;
          continue;
        }
        const Ticks part = std::min(end, to) - std::max(begin, from);
        if (part > 0) problem_.arriving[stage][k] += n * static_cast<double>(part) / static_cast<double>(to - from);
      }
    });
  }

  void come(const Source& source) {
    for (const ProductIndex p : source.items.indices()) {
      if (source.kind == Source::Kind::backlog && problem_.from == 0) spread(source, p, source.items[p].mean(), 0, 0);
      for (const Ticks t : source.at) spread(source, p, source.items[p].mean(), t, t);
    }
    for (const ReplayRow& row : source.rows) {
      const auto items = static_cast<double>(row.items);
      if (row.destination != none)
        arrive(source.into, row.product, row.destination, items, row.at, row.at + source.bin);
      else
        spread(source, row.product, items, row.at, row.at + source.bin);
    }
    for (const ProductIndex p : source.mix.product.indices()) {
      const double share = source.mix.product[p];
      for (std::size_t i = 0; share > 0 && i < source.rate.size(); ++i) {
        const Ticks until = i + 1 < source.rate.size() ? source.rate[i + 1].from : model_.end;
        const double items = source.rate[i].items_per_tick * share * static_cast<double>(until - source.rate[i].from);
        spread(source, p, items, source.rate[i].from, until);
      }
      if (source.kind == Source::Kind::gaps && share > 0)
        spread(source, p, share * model_.products[p].lot_items * static_cast<double>(model_.end) / source.every.mean(),
               0, model_.end);
    }
  }

  const Model& model_;
  const std::vector<StationIndex>& stages_;
  SplitProblem& problem_;
  std::size_t steps_;
  std::vector<double> through_;
  std::vector<std::vector<double>> on_;
};

constexpr double nobody_idle = 1e-6;  ///< item-hours a person posted: nobody is where nothing is to be done

/// Columns and rows of the header's program.
class Program {
 public:
  Program(const SplitProblem& problem, bool whole)
      : problem_(problem), stages_(problem.rate.size()), steps_(problem.people.size()), whole_(whole) {}

  Split solve(std::int64_t nodes, const std::atomic<bool>* stop) {
    columns();
    rows();
    MixedOptions options;
    options.nodes = nodes;
    options.gap = whole_ ? 1e-4 : 0;
    options.stop = stop;
    const MixedSolution found = program_.solve(options);
    Split split;
    split.found = found.has_plan();
    split.proven = found.status == SolveStatus::optimal;
    if (!split.found) return split;
    split.item_hours = found.cost + constant();
    split.bound = found.bound + constant();
    split.people.assign(stages_, std::vector<double>(steps_, 0));
    for (std::size_t s = 0; s < stages_; ++s)
      for (std::size_t k = 0; k < steps_; ++k) split.people[s][k] = found.values[at(x_[s][k])];
    return split;
  }

 private:
  double hours() const { return static_cast<double>(problem_.step) / static_cast<double>(hour); }
  /// Half a step of what is there at the start, which nothing can change.
  double constant() const {
    double items = 0;
    for (const double n : problem_.waiting) items += n;
    return items * hours() / 2;
  }

  void columns() {
    x_.assign(stages_, std::vector<int>(steps_));
    f_ = q_ = x_;
    for (std::size_t s = 0; s < stages_; ++s) {
      for (std::size_t k = 0; k < steps_; ++k) {
        x_[s][k] = fresh(k)
                       ? program_.add_column({.upper = problem_.positions[s], .cost = nobody_idle, .whole = whole_})
                       : x_[s][k - 1];
        f_[s][k] = program_.add_column({});
        q_[s][k] = program_.add_column({.cost = k + 1 < steps_ ? hours() : hours() / 2});
      }
    }
  }

  void rows() {
    for (std::size_t k = 0; k < steps_; ++k) {
      std::vector<Term> people;
      for (std::size_t s = 0; s < stages_; ++s) {
        people.push_back({x_[s][k], 1});
        std::vector<Term> balance = {{q_[s][k], 1}, {f_[s][k], 1}};
        if (k > 0) balance.push_back({q_[s][k - 1], -1});
        for (std::size_t r = 0; r < stages_; ++r)
          if (problem_.next[r][s] > 0) balance.push_back({f_[r][k], -problem_.next[r][s]});
        const double come = problem_.arriving[s][k] + (k == 0 ? problem_.waiting[s] : 0);
        program_.add_row(std::move(balance), come, come);
        const double each = problem_.rate[s] * static_cast<double>(problem_.step) * presence(k);
        program_.add_row({{f_[s][k], 1}, {x_[s][k], -each}}, -unbounded, 0);
      }
      // so many as are on duty in every step of the block where anybody is
      if (fresh(k)) people_row(std::move(people), k);
    }
  }

  bool fresh(std::size_t k) const { return problem_.block == 0 ? k == 0 : k % problem_.block == 0; }

  void people_row(std::vector<Term> terms, std::size_t from) {
    const std::size_t to = problem_.block == 0 ? steps_ : std::min(steps_, from + problem_.block);
    double most = 0;
    for (std::size_t k = from; k < to; ++k) most = std::max(most, problem_.people[k]);
    program_.add_row(std::move(terms), -unbounded, most);
  }

  /// The share of those posted who are there in a step: on breaks and between shifts fewer.
  double presence(std::size_t k) const {
    const std::size_t from = problem_.block == 0 ? 0 : k / problem_.block * problem_.block;
    const std::size_t to = problem_.block == 0 ? steps_ : std::min(steps_, from + problem_.block);
    double most = 0;
    for (std::size_t i = from; i < to; ++i) most = std::max(most, problem_.people[i]);
    return most > 0 ? problem_.people[k] / most : 0;
  }

  const SplitProblem& problem_;
  std::size_t stages_, steps_;
  bool whole_;
  MixedProgram program_;
  std::vector<std::vector<int>> x_, f_, q_;
};

}  // namespace

SplitProblem split_problem(const Model& model, TeamIndex team, const std::vector<StationIndex>& stages, Ticks step,
                           std::size_t block) {
  SplitProblem problem;
  problem.from = model.situation.given ? model.situation.at : 0;
  problem.step = step;
  problem.block = block;
  const Team& who = model.teams[team];
  for (const StationIndex s : stages) {
    const Station& is = model.stations[s];
    const double each = is.items_per_tick > 0 ? is.items_per_tick : is.service.mean() > 0 ? 1 / is.service.mean() : 0;
    double pace = 0;
    for (const Skilled& skilled : who.skills)
      if (skilled.skill == is.skill) pace = skilled.proficiency;
    if (each * pace <= 0)
      throw std::invalid_argument(tr("nobody of team {} can work at station {}", who.name, is.name));
    problem.rate.push_back(each * pace);
    problem.positions.push_back(who.agents);
  }
  const auto steps = static_cast<std::size_t>((model.end - problem.from + step - 1) / step);
  problem.people.assign(steps, 0);
  for (std::size_t k = 0; k < steps; ++k) {
    const Ticks begin = problem.from + static_cast<Ticks>(k) * step;
    for (const Duty& duty : who.duties) {
      Ticks there = std::max<Ticks>(0, std::min(duty.span.to, begin + step) - std::max(duty.span.from, begin));
      for (const ShiftBreak& pause : duty.breaks)
        there -= std::max<Ticks>(0, std::min(pause.from + pause.lasts, begin + step) - std::max(pause.from, begin));
      problem.people[k] +=
          who.agents_on(duty) * (1 - who.absent) * static_cast<double>(there) / static_cast<double>(step);
    }
  }
  Flow(model, stages, problem).go();
  return problem;
}

Split split_labour(const SplitProblem& problem, bool whole, std::int64_t nodes, const std::atomic<bool>* stop) {
  return Program(problem, whole).solve(nodes, stop);
}

Model with_split(const Model& model, TeamIndex team, const std::vector<StationIndex>& stages,
                 const SplitProblem& problem, const std::vector<std::vector<double>>& people) {
  Model split = model;
  const Team who = model.teams[team];
  const auto count = [&](std::size_t s, std::size_t k) { return static_cast<int>(std::llround(people[s][k])); };
  for (std::size_t s = 0; s < stages.size(); ++s) {
    Team part = who;
    part.agents = 0;
    for (std::size_t k = 0; k < people[s].size(); ++k) part.agents = std::max(part.agents, count(s, k));
    part.name = s == 0 ? who.name : who.name + " at " + model.stations[stages[s]].name;
    part.posts = {stages[s]};
    part.duties.clear();
    for (const Duty& duty : who.duties) {
      // one duty for each stretch of steps with the same number here
      Duty piece = duty;
      int here = -1;
      for (std::size_t k = 0; k <= people[s].size(); ++k) {
        const Ticks begin =
            std::clamp(problem.from + static_cast<Ticks>(k) * problem.step, duty.span.from, duty.span.to);
        const int now = k < people[s].size() ? count(s, k) : -1;
        if (now == here && k < people[s].size()) continue;
        const Ticks end = k < people[s].size() ? begin : duty.span.to;
        if (here > 0 && end > piece.span.from) {
          piece.span.to = end;
          piece.agents = here;
          piece.breaks.clear();
          for (const ShiftBreak& pause : duty.breaks)
            if (pause.from >= piece.span.from && pause.from < end) piece.breaks.push_back(pause);
          part.duties.push_back(piece);
        }
        piece = duty;
        piece.span.from = k == 0 ? duty.span.from : begin;
        here = now;
      }
    }
    split.stations[stages[s]].servers = std::max(1, part.agents);
    if (s == 0)
      split.teams[team] = part;
    else
      split.teams.push_back(part);
  }
  split.assignment.rule = AssignmentRule::fixed;
  for (Team& other : split.teams)
    if (other.posts.empty())
      for (const StationIndex s : split.stations.indices())
        if (std::find(stages.begin(), stages.end(), s) == stages.end()) other.posts.push_back(s);
  if (!split.situation.teams.empty()) split.situation.teams.resize(split.teams.size());
  return split;
}

double item_hours(const Results& results) {
  ItemTicks sum = 0;
  for (const ProductResult& product : results.products) sum += product.in_centre;
  return in_hours(sum);
}

}  // namespace mailflow
