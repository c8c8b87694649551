#include "centre/setting.hpp"

#include <algorithm>
#include <numeric>

#include "core/random.hpp"
#include "mail/name_order.hpp"

namespace mailflow {

namespace {

template <class Of>
std::vector<Index<Of>> typed(const std::vector<int>& order) {
  std::vector<Index<Of>> indices;
  indices.reserve(order.size());
  for (const int i : order) indices.emplace_back(i);
  return indices;
}

template <class Of>
Rows<Of, std::uint16_t> places(const std::vector<int>& order) {
  Rows<Of, std::uint16_t> all;
  for (const std::uint16_t place : places_in(order)) all.push_back(place);
  return all;
}

/// Those that belong to elements, numbered through from the first element on, in the elements' `order`, then by number.
std::vector<int> one_by_one(const std::vector<int>& order, const std::vector<int>& counts) {
  std::vector<int> first(counts.size());
  std::exclusive_scan(counts.begin(), counts.end(), first.begin(), 0);
  std::vector<int> all;
  for (const int of : order)
    for (int n = 0; n < counts[static_cast<std::size_t>(of)]; ++n)
      all.push_back(first[static_cast<std::size_t>(of)] + n);
  return all;
}

}  // namespace

NameOrder::NameOrder(const Model& model)
    : products(typed<Product>(by_name(model.products))),
      destinations(typed<Destination>(by_name(model.destinations))),
      stations(typed<Station>(by_name(model.stations))),
      sources(typed<Source>(by_name(model.sources))),
      destination_place(places<Destination>(by_name(model.destinations))),
      source_place(places<Source>(by_name(model.sources))),
      team_place(places<Team>(by_name(model.teams))),
      departure_place(places<Departure>(by_name(model.departures))),
      station_place(places<Station>(by_name(model.stations))) {
  std::vector<int> servers, agents;
  for (const Station& is : model.stations) servers.push_back(takes_in_hand(is.kind) ? is.servers : 0);
  for (const Team& team : model.teams) agents.push_back(team.agents);
  server_place = places<Server>(one_by_one(by_name(model.stations), servers));
  agent_place = places<Agent>(one_by_one(by_name(model.teams), agents));
  std::vector<int> loaded = by_name(model.products);
  const auto priority = [&](int p) { return model.products[static_cast<std::size_t>(p)].priority; };
  std::stable_sort(loaded.begin(), loaded.end(), [&](int a, int b) { return priority(a) < priority(b); });
  product_place_loaded = places<Product>(loaded);
  for (const Product& product : model.products) product_key.push_back(name_key(product.name));
  for (const Destination& destination : model.destinations) destination_key.push_back(name_key(destination.name));
}

std::uint64_t Setting::stream(const std::string& element, const char* purpose) const {
  return stream_key(options.seed, options.replication, model.place.empty() ? element : model.place + '/' + element,
                    purpose);
}

}  // namespace mailflow
