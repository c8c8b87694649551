#include "experiment/moves.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "core/words.hpp"

namespace mailflow {

namespace {

/// The law of a multiple of what it was the law of.
Distribution times(Distribution law, double factor) {
  switch (law.law) {
    case Law::constant:
    case Law::exponential:
    case Law::poisson:
      law.a *= factor;
      break;
    case Law::uniform:
    case Law::triangular:
      law.a *= factor;
      law.b *= factor;
      law.c *= factor;
      break;
    case Law::gamma:
    case Law::normal:
    case Law::lognormal:
      law.a *= factor;
      law.b *= factor;
      break;
    case Law::erlang:
    case Law::weibull:
      law.b *= factor;
      break;
    case Law::empirical:
      for (double& value : law.values) value *= factor;
      break;
  }
  return law;
}

void scale_rows(Source& source, double factor) {
  // Apart for each product and destination, so that each keeps its share to the item.
  std::map<std::pair<ProductIndex, DestinationIndex>, double> carried;
  for (ReplayRow& row : source.rows) {
    double& rest = carried[{row.product, row.destination}];
    const double wanted = static_cast<double>(row.items) * factor + rest;
    row.items = static_cast<std::int64_t>(std::floor(wanted + 0.5));
    rest = wanted - static_cast<double>(row.items);
  }
}

std::string minutes(Ticks by) { return by < 0 ? tr("{} min earlier", -by / minute) : tr("{} min later", by / minute); }

/// As readers see it, in the language spoken.
const std::string& shown(const Label& label, const std::string& name) {
  const std::string& words = language() == Language::fr ? label.fr : label.en;
  return words.empty() ? name : words;
}

class Moves {
 public:
  explicit Moves(const Model& model) : model_(model) {}

  std::vector<Move> all() {
    teams();
    stations();
    departures();
    for (const double factor : {0.9, 1.1}) {
      add(tr("volume"), factor < 1 ? tr("10 % less") : tr("10 % more"), with_volume(model_, factor));
      moves_.back().of_volume = true;
    }
    return std::move(moves_);
  }

 private:
  void add(std::string subject, std::string change, Model model) {
    moves_.push_back({std::move(subject), std::move(change), std::make_shared<const Model>(std::move(model))});
  }
  void teams() {
    for (const TeamIndex t : model_.teams.indices()) {
      const Team& team = model_.teams[t];
      for (const int by : {-1, 1}) {
        if (team.agents + by < 1) continue;
        Model model = model_;
        model.teams[t].agents += by;
        for (Duty& duty : model.teams[t].duties)
          if (duty.agents >= 0) duty.agents = std::max(0, duty.agents + by);
        add(tr("team {}", shown(team.label, team.name)), by < 0 ? tr("1 agent fewer") : tr("1 agent more"),
            std::move(model));
      }
      if (team.duties.empty()) continue;
      for (const Ticks by : {-30 * minute, 30 * minute}) {
        Model model = model_;
        auto& duties = model.teams[t].duties;
        for (Duty& duty : duties) {
          duty.span.from += by;
          duty.span.to += by;
          for (ShiftBreak& pause : duty.breaks) pause.from += by;
        }
        std::erase_if(duties, [](const Duty& duty) { return duty.span.to <= 0; });
        add(tr("shifts of team {}", shown(team.label, team.name)), minutes(by), std::move(model));
      }
    }
  }
  void stations() {
    for (const StationIndex s : model_.stations.indices()) {
      const Station& station = model_.stations[s];
      const bool serves = takes_in_hand(station.kind);
      for (const double factor : {0.9, 1.1}) {
        if (!serves) break;
        Model model = model_;
        if (station.items_per_tick > 0)
          model.stations[s].items_per_tick *= factor;
        else
          model.stations[s].service = times(station.service, 1 / factor);
        add(tr("station {}", shown(station.label, station.name)), factor < 1 ? tr("rate -10 %") : tr("rate +10 %"),
            std::move(model));
      }
      if (!station.breakdown.present) continue;
      Model model = model_;
      model.stations[s].breakdown = {};
      add(tr("station {}", shown(station.label, station.name)), tr("no breakdowns"), std::move(model));
    }
  }
  void departures() {
    for (const DepartureIndex d : model_.departures.indices()) {
      const Departure& departure = model_.departures[d];
      for (const Ticks by : {-15 * minute, 15 * minute}) {
        Model model = model_;
        auto& at = model.departures[d].at;
        for (Ticks& t : at) t += by;
        std::erase_if(at, [&](Ticks t) { return t < 0 || t > model_.end; });
        if (at.size() != departure.at.size()) continue;
        add(tr("departure {}", shown(departure.label, departure.name)), minutes(by), std::move(model));
      }
    }
  }

  const Model& model_;
  std::vector<Move> moves_;
};

}  // namespace

Model with_volume(const Model& model, double factor) {
  Model changed = model;
  if (factor == 1) return changed;
  for (Source& source : changed.sources) {
    for (RateStep& step : source.rate) step.items_per_tick *= factor;
    if (source.kind == Source::Kind::gaps) source.every = times(source.every, 1 / factor);
    for (Distribution& items : source.items) items = times(items, factor);
    scale_rows(source, factor);
  }
  return changed;
}

std::vector<Move> standard_moves(const Model& model) { return Moves(model).all(); }

}  // namespace mailflow
