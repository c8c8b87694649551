#include "centre/setting.hpp"

#include <algorithm>
#include <numeric>

#include "core/random.hpp"
#include "mail/name_order.hpp"

namespace mailflow {

namespace {

/// Those that belong to elements, numbered through from the first element on, in the elements' `order`, then by number.
template <class One, class Of>
std::vector<Index<One>> one_by_one(const std::vector<Index<Of>>& order, const Rows<Of, int>& counts) {
  Rows<Of, int> first(counts.size());
  std::exclusive_scan(counts.begin(), counts.end(), first.begin(), 0);
  std::vector<Index<One>> all;
  for (const Index<Of> of : order)
    for (int n = 0; n < counts[of]; ++n) all.emplace_back(first[of] + n);
  return all;
}

}  // namespace

NameOrder::NameOrder(const Model& model)
    : products(by_name(model.products)),
      destinations(by_name(model.destinations)),
      stations(by_name(model.stations)),
      sources(by_name(model.sources)),
      destination_place(places_in(destinations)),
      source_place(places_in(sources)),
      team_place(places_by_name(model.teams)),
      departure_place(places_by_name(model.departures)),
      station_place(places_in(stations)) {
  Rows<Station, int> servers;
  Rows<Team, int> agents;
  for (const Station& is : model.stations) servers.push_back(takes_in_hand(is.kind) ? is.servers : 0);
  for (const Team& team : model.teams) agents.push_back(team.agents);
  server_place = places_in(one_by_one<Server>(stations, servers));
  agent_place = places_in(one_by_one<Agent>(by_name(model.teams), agents));
  std::vector<ProductIndex> loaded = products;
  const auto priority = [&](ProductIndex p) { return model.products[p].priority; };
  std::stable_sort(loaded.begin(), loaded.end(),
                   [&](ProductIndex a, ProductIndex b) { return priority(a) < priority(b); });
  product_place_loaded = places_in(loaded);
  for (const Product& product : model.products) product_key.push_back(name_key(product.name));
  for (const Destination& destination : model.destinations) destination_key.push_back(name_key(destination.name));
}

std::uint64_t Setting::stream(const std::string& element, const char* purpose) const {
  return stream_key(options.seed, options.replication, model.place.empty() ? element : model.place + '/' + element,
                    purpose);
}

}  // namespace mailflow
