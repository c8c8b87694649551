// What a run is given and does not change: the model, the elements in order of their names, what was asked for.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "centre/server.hpp"
#include "centre/simulate.hpp"
#include "mail/indices.hpp"
#include "mail/model.hpp"

namespace mailflow {

/// The elements in order of name, or each one's place in that order.
struct NameOrder {
  explicit NameOrder(const Model& model);
  std::vector<ProductIndex> products;
  std::vector<DestinationIndex> destinations;
  std::vector<StationIndex> stations;
  std::vector<SourceIndex> sources;
  Rows<Destination, std::uint16_t> destination_place;
  Rows<Source, std::uint16_t> source_place;
  Rows<Team, std::uint16_t> team_place;
  Rows<Departure, std::uint16_t> departure_place;
  Rows<Station, std::uint16_t> station_place;
  Rows<Server, std::uint16_t> server_place;           ///< by station, then by number
  Rows<Agent, std::uint16_t> agent_place;             ///< by team, then by number
  Rows<Product, std::uint16_t> product_place_loaded;  ///< by priority, then by name
  Rows<Product, std::uint64_t> product_key;           ///< names it to the random streams
  Rows<Destination, std::uint64_t> destination_key;
};

/// Neither the model nor the event sink is owned; both outlive the run.
struct Setting {
  Setting(const Model& the_model, RunOptions the_options)
      : model(the_model),
        names(the_model),
        options(std::move(the_options)),
        stations_(the_model.stations.data()),
        products_(the_model.products.data()) {}

  const Model& model;
  const NameOrder names;
  const RunOptions options;

  const Product& product(ProductIndex p) const { return products_[p.at()]; }
  const Station& station(StationIndex s) const { return stations_[s.at()]; }
  const Source& source(SourceIndex s) const { return model.sources[s]; }
  const Team& team(TeamIndex t) const { return model.teams[t]; }
  const Departure& departure(DepartureIndex d) const { return model.departures[d]; }
  Indices<Station> stations() const { return model.stations.indices(); }
  Indices<Product> products() const { return model.products.indices(); }
  Indices<Source> sources() const { return model.sources.indices(); }
  Indices<Team> teams() const { return model.teams.indices(); }
  Indices<Departure> departures() const { return model.departures.indices(); }

  /// The key of an element's stream in this run: "station sorter", "failures".
  std::uint64_t stream(const std::string& element, const char* purpose) const;

 private:
  const Station* stations_;  ///< the model's: asked for at every turn
  const Product* products_;
};

}  // namespace mailflow
