// Products that are always due before the first departure that could take them.
#include <fmt/format.h>

#include <algorithm>

#include "core/words.hpp"
#include "mail/due.hpp"
#include "scenario/checks/checks_loads.hpp"

namespace mailflow {

namespace {

/// Whether mail of a kind could be on time, by its arrivals one after another.
class Promise {
 public:
  Promise(const Model& model, const MailKind& kind, const std::map<StationIndex, double>& bays)
      : model_(model), kind_(kind), product_(model.products[kind.product]) {
    for (const Departure& d : model.departures) {
      const bool here = std::any_of(d.from.begin(), d.from.end(), [&](StationIndex bay) { return bays.contains(bay); });
      const bool serves = d.serves_all || (kind.destination != none && d.serves[kind.destination]);
      if (here && serves && !d.at.empty()) departures_.push_back(&d);
    }
  }

  /// True only where it is sure: mail comes, departures serve it, and none of it could be on time.
  bool never_kept() {
    if (departures_.empty()) return false;
    if (product_.due.empty() && product_.due_within == never) return false;
    for (const Source& s : model_.sources) {
      if (!brings(s)) continue;
      if (!all_late(s)) return false;
    }
    return comes_;
  }

 private:
  bool brings(const Source& s) const {
    const ProductIndex p = kind_.product;
    if (s.kind == Source::Kind::replay) return true;  // row by row
    const bool product = s.kind == Source::Kind::vehicles || s.kind == Source::Kind::backlog
                             ? s.items[p].mean() > 0
                             : !s.mix.product.empty() && s.mix.product[p] > 0;
    return product && bound(s);
  }

  bool bound(const Source& s) const {
    const auto& to = s.mix.destination;
    if (to.empty() || to[kind_.product].empty()) return kind_.destination == none;
    return kind_.destination != none && to[kind_.product][kind_.destination] > 0;
  }

  bool all_late(const Source& s) {
    switch (s.kind) {
      case Source::Kind::vehicles:
        if (s.late_by.mean() > 0) return s.at.empty();  // how late is up to chance
        return std::all_of(s.at.begin(), s.at.end(), [&](Ticks at) { return late(at, due(at)); });
      case Source::Kind::replay:
        return std::all_of(s.rows.begin(), s.rows.end(), [&](const ReplayRow& row) { return late(s, row); });
      case Source::Kind::rate:
      case Source::Kind::gaps:
        return product_.due_within == never && late_all_day(s);
      case Source::Kind::backlog:
        return false;
    }
    return false;
  }

  bool late(const Source& s, const ReplayRow& row) {
    const bool mine =
        row.product == kind_.product && (row.destination == none ? bound(s) : row.destination == kind_.destination);
    if (!mine) return true;
    if (row.leave_by != never) return late(row.at, row.leave_by);
    return due(row.at) == due(row.at + s.bin) && late(row.at, due(row.at));
  }

  /// At a rate: the first instant of each rate, and of each rule that says when it is due.
  bool late_all_day(const Source& s) {
    for (std::size_t i = 0; i < product_.due.size(); ++i) {
      const Ticks from = product_.due[i].from;
      const Ticks until = i + 1 < product_.due.size() ? product_.due[i + 1].from : model_.end;
      if (s.kind == Source::Kind::gaps && !late(std::max<Ticks>(0, from), product_.due[i].due)) return false;
      for (std::size_t r = 0; r < s.rate.size(); ++r) {
        const Ticks rate_until = r + 1 < s.rate.size() ? s.rate[r + 1].from : model_.end;
        const Ticks first = std::max(from, s.rate[r].from);
        if (s.rate[r].items_per_tick <= 0 || first >= std::min({until, rate_until, model_.end})) continue;
        if (!late(first, product_.due[i].due)) return false;
      }
    }
    return true;
  }

  Ticks due(Ticks at) const { return due_of(product_, at); }

  /// No departure leaves between an arrival and its due instant. What is due after the run is undecided.
  bool late(Ticks at, Ticks due) {
    if (at >= model_.end) return true;
    comes_ = true;
    if (due > model_.end) return false;
    return std::none_of(departures_.begin(), departures_.end(), [&](const Departure* d) {
      const auto first = std::lower_bound(d->at.begin(), d->at.end(), at + d->closes_before);
      return first != d->at.end() && *first <= due;
    });
  }

  const Model& model_;
  MailKind kind_;
  const Product& product_;
  std::vector<const Departure*> departures_;
  bool comes_ = false;
};

}  // namespace

void warn_of_promises_never_kept(const Check& check, const Loads& loads) {
  const Model& model = check.model;
  const bool linked = model.inbound != none || std::any_of(model.departures.begin(), model.departures.end(),
                                                           [](const Departure& d) { return d.link != none; });
  if (linked || model.situation.given) return;  // judged elsewhere, or of mail that came before
  std::map<ProductIndex, std::vector<std::string>> late;
  std::map<ProductIndex, std::size_t> kinds;
  for (const auto& [kind, bays] : loads.at_bays) {
    ++kinds[kind.product];
    if (loads.leaves_without_departure.contains(kind) || !Promise(model, kind, bays).never_kept()) continue;
    late[kind.product].push_back(kind.destination == none ? "" : model.destinations[kind.destination].name);
  }
  const auto tell = [&](const std::string& first, const std::string& what, std::size_t count) {
    check.problems.warning(
        check.place("products " + first),
        tr_plural("no departure leaves between the arrival of {} and the time it is due, so it is never on time",
                  "no departure leaves between the arrival of {} and the time they are due, so they are never on time",
                  static_cast<long>(count), what),
        tr("let a departure leave after it has come and before it is due, or let due: be later"));
  };
  std::vector<std::string> whole;
  for (const auto& [product, bound_for] : late) {
    const std::string& name = model.products[product].name;
    if (bound_for.size() == kinds[product])
      whole.push_back(name);
    else
      tell(name, tr("{} for {}", name, listed(bound_for)), 1);
  }
  if (!whole.empty()) tell(whole[0], listed(whole), whole.size());
}

}  // namespace mailflow
