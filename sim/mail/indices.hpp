// The indices of the elements of a model (mail/model.hpp).
#pragma once

#include <cstdint>

#include "core/index.hpp"

namespace mailflow {

struct Product;
struct Destination;
struct Station;
struct Source;
struct Team;
struct Departure;

// Every lot has these: no model has more than 32,767 of them.
template <>
struct IndexNumber<Product> {
  using type = std::int16_t;
};
template <>
struct IndexNumber<Destination> {
  using type = std::int16_t;
};
template <>
struct IndexNumber<Station> {
  using type = std::int16_t;
};

using ProductIndex = Index<Product>;
using DestinationIndex = Index<Destination>;
using StationIndex = Index<Station>;
using SourceIndex = Index<Source>;
using TeamIndex = Index<Team>;
using DepartureIndex = Index<Departure>;

}  // namespace mailflow
