#include "experiment/warm_up.hpp"

#include <algorithm>

#include "centre/simulate.hpp"
#include "stats/truncation.hpp"

namespace mailflow {

namespace {

bool lives_by_the_day(const Model& model) {
  return !model.teams.empty() || !model.departures.empty() ||
         std::any_of(model.sources.begin(), model.sources.end(), [](const Source& s) {
           return s.kind == Source::Kind::vehicles || s.kind == Source::Kind::replay || s.rate.size() > 1;
         });
}

std::size_t batch_hours(const Model& model) { return lives_by_the_day(model) ? 24 : 5; }

}  // namespace

Ticks least_run_for_warm_up(const Model& model) { return static_cast<Ticks>(10 * batch_hours(model)) * hour; }

std::optional<Ticks> find_warm_up(const Model& model, std::uint64_t seed, int pilots) {
  Model pilot = model;
  pilot.warm_up = 0;
  std::vector<double> content;
  for (int r = 1; r <= pilots; ++r) {
    RunOptions options;
    options.seed = seed;
    options.replication = static_cast<std::uint64_t>(r);
    const Results results = simulate(pilot, options);
    for (const StationResult& station : results.stations) {
      ItemTicks before = 0;
      for (std::size_t h = 0; h < station.hours.size(); ++h) {
        if (content.size() <= h) content.push_back(0);
        content[h] += in_hours(station.hours[h].content - before);
        before = station.hours[h].content;
      }
    }
  }
  const std::size_t size = batch_hours(model);
  const auto dropped = mser(batch_means_of(content, size));
  if (!dropped) return std::nullopt;
  return static_cast<Ticks>(*dropped * size) * hour;
}

}  // namespace mailflow
