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
struct Target;
struct Skill;     ///< has a name and nothing else
struct SortPlan;  ///< likewise
struct Link;      ///< between centres of a network

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
using TargetIndex = Index<Target>;
using SkillIndex = Index<Skill>;
using SortPlanIndex = Index<SortPlan>;
using LinkIndex = Index<Link>;

}  // namespace mailflow
