// Elements by name and instants by date: what order and draws go by, so that neither the place of an element in the
// file nor the day on which a run begins decides anything.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "mail/model.hpp"

namespace mailflow {

/// The indices of elements that have a `name`, in order of name (byte by byte); of one name, in order of index.
template <class Of>
std::vector<Index<Of>> by_name(const Rows<Of>& elements) {
  std::vector<Index<Of>> order;
  order.reserve(elements.size());
  for (const Index<Of> i : elements.indices()) order.push_back(i);
  std::stable_sort(order.begin(), order.end(),
                   [&](Index<Of> a, Index<Of> b) { return elements[a].name < elements[b].name; });
  return order;
}

/// Of each element its place in an order of all; those from the 65536th on share the last place.
template <class Of>
Rows<Of, std::uint16_t> places_in(const std::vector<Index<Of>>& order) {
  Rows<Of, std::uint16_t> places(order.size());
  for (std::size_t i = 0; i < order.size(); ++i)
    places[order[i]] = static_cast<std::uint16_t>(std::min<std::size_t>(i, UINT16_MAX));
  return places;
}

template <class Of>
Rows<Of, std::uint16_t> places_by_name(const Rows<Of>& elements) {
  return places_in(by_name(elements));
}

/// Names an instant of a run by its civil day and the time since that day's midnight: the same in every run that the
/// instant lies in.
inline std::uint64_t civil_key(const Model& model, Ticks at) {
  const auto next = std::upper_bound(model.midnights.begin(), model.midnights.end(), at);
  if (next == model.midnights.begin()) return static_cast<std::uint64_t>(model.start.days * day + at);
  const Ticks days = model.start.days + (next - model.midnights.begin()) - 1;
  return static_cast<std::uint64_t>(days * day + at - *(next - 1));
}

}  // namespace mailflow
