// Indices that cannot be mixed: the index of a station is of another type than that of an agent, and a row of stations
// is asked by the first alone.
//
//   using StationIndex = Index<Station>;
//   Rows<Station, int> waiting(model.stations.size());
//   for (const StationIndex s : waiting.indices()) waiting[s] = 0;
//   waiting[0] = 1;
//
// An index is a number from 0, or none. A number known as the program is written may stand for it; one that is computed
// becomes an index, and an index a number, only where that is written out. (As the TypeSafeIndex of Drake, Toyota
// Research Institute 2016.)
#pragma once

#include <algorithm>
#include <compare>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <utility>
#include <vector>

namespace mailflow {

/// No element.
struct None {
  constexpr operator int() const { return -1; }  // NOLINT(google-explicit-constructor): a plain index has it as -1
};
inline constexpr None none;

/// The whole number in which an index of such an element is kept. To be specialized where many are kept and few are
/// there.
template <class Of>
struct IndexNumber {
  using type = std::int32_t;
};

template <class Of>
class Index {
 public:
  using Number = typename IndexNumber<Of>::type;

  constexpr Index() = default;
  constexpr Index(None /*none*/) {}  // NOLINT(google-explicit-constructor): it says the same
  /// Of a constant.
  template <std::same_as<int> Written>
  consteval Index(Written number)  // NOLINT(google-explicit-constructor): what is computed does not become one so
      : number_(static_cast<Number>(number)) {}
  /// `number` >= 0, or -1: none. Written out, an int takes this one, which asks for more than the one above.
  template <std::integral Whole>
    requires std::same_as<Whole, int>
  constexpr explicit Index(Whole number) : number_(static_cast<Number>(number)) {}
  template <std::integral Whole>
  constexpr explicit Index(Whole number) : number_(static_cast<Number>(number)) {}

  /// From 0; -1: none.
  constexpr int number() const { return number_; }
  /// As a place in a vector; there is one.
  constexpr std::size_t at() const { return static_cast<std::size_t>(number_); }
  friend constexpr bool operator==(Index, Index) = default;
  friend constexpr auto operator<=>(Index, Index) = default;
  constexpr Index& operator++() {
    ++number_;
    return *this;
  }

 private:
  Number number_ = -1;
};

/// Indices one after the other, from `first` on.
template <class Of>
class Indices {
 public:
  class Iterator {
   public:
    constexpr explicit Iterator(Index<Of> at) : at_(at) {}
    constexpr Index<Of> operator*() const { return at_; }
    constexpr Iterator& operator++() {
      ++at_;
      return *this;
    }
    friend constexpr bool operator==(Iterator, Iterator) = default;

   private:
    Index<Of> at_;
  };

  constexpr Indices(Index<Of> first, std::size_t count)
      : first_(first), end_(first.number() + static_cast<int>(count)) {}
  constexpr Iterator begin() const { return Iterator(first_); }
  constexpr Iterator end() const { return Iterator(end_); }
  constexpr bool has(Index<Of> index) const { return first_ <= index && index < end_; }
  constexpr Index<Of> front() const { return first_; }

 private:
  Index<Of> first_, end_;
};

/// A T for each element of a kind.
template <class Of, class T = Of>
class Rows {
 public:
  using value_type = T;

  Rows() = default;
  explicit Rows(std::size_t count) : rows_(count) {}
  Rows(std::size_t count, const T& value) : rows_(count, value) {}
  Rows(std::initializer_list<T> rows) : rows_(rows) {}

  typename std::vector<T>::reference operator[](Index<Of> i) { return rows_[i.at()]; }
  typename std::vector<T>::const_reference operator[](Index<Of> i) const { return rows_[i.at()]; }
  std::size_t size() const { return rows_.size(); }
  bool empty() const { return rows_.empty(); }
  auto begin() { return rows_.begin(); }
  auto end() { return rows_.end(); }
  auto begin() const { return rows_.begin(); }
  auto end() const { return rows_.end(); }
  Indices<Of> indices() const { return {Index<Of>(0), rows_.size()}; }
  /// Of a row that is one of these.
  Index<Of> index_of(const T& row) const { return Index<Of>(&row - rows_.data()); }

  /// Its index.
  Index<Of> push_back(T row) {
    rows_.push_back(std::move(row));
    return Index<Of>(rows_.size() - 1);
  }
  template <class... Args>
  decltype(auto) emplace_back(Args&&... args) {
    return rows_.emplace_back(std::forward<Args>(args)...);
  }
  auto erase(typename std::vector<T>::const_iterator at) { return rows_.erase(at); }
  typename std::vector<T>::reference front() { return rows_.front(); }
  typename std::vector<T>::const_reference front() const { return rows_.front(); }
  typename std::vector<T>::reference back() { return rows_.back(); }
  typename std::vector<T>::const_reference back() const { return rows_.back(); }
  void pop_back() { rows_.pop_back(); }
  void clear() { rows_.clear(); }
  void reserve(std::size_t count) { rows_.reserve(count); }
  void resize(std::size_t count) { rows_.resize(count); }
  void resize(std::size_t count, const T& value) { rows_.resize(count, value); }
  void assign(std::size_t count, const T& value) { rows_.assign(count, value); }
  void fill(const T& value) { std::fill(rows_.begin(), rows_.end(), value); }
  const std::vector<T>& all() const { return rows_; }
  const T* data() const { return rows_.data(); }
  friend bool operator==(const Rows&, const Rows&) = default;

 private:
  std::vector<T> rows_;
};

}  // namespace mailflow
