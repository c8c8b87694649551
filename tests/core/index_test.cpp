// Indices and the rows that they stand for: those of one kind of thing are no indices of another.
#include "core/index.hpp"

#include <catch2/catch.hpp>
#include <type_traits>

#include "centre/lots.hpp"

using namespace mailflow;

namespace {

struct Cage {};
using CageIndex = Index<Cage>;

template <class Row, class By>
concept AskedBy = requires(Row row, By by) { row[by]; };

static_assert(AskedBy<Rows<Server>, ServerIndex>);
static_assert(!AskedBy<Rows<Server>, LotIndex>, "a lot is no server");
static_assert(!AskedBy<Rows<Server>, std::size_t>, "a number becomes an index only where that is written out");
static_assert(AskedBy<LotPool, LotIndex> && !AskedBy<LotPool, ServerIndex>);
static_assert(!std::is_convertible_v<std::size_t, CageIndex> && !std::is_convertible_v<CageIndex, int>);
static_assert(!std::is_convertible_v<LotIndex, ServerIndex> && !std::is_constructible_v<LotIndex, ServerIndex>);
static_assert(sizeof(StationIndex) == 2 && sizeof(LotIndex) == 4, "every lot has an index of a station");

}  // namespace

TEST_CASE("A cage that is none is no cage, and lies before the first") {
  CHECK(CageIndex() == none);
  CHECK(CageIndex().number() == -1);
  CHECK(CageIndex(-1) == none);
  CHECK(CageIndex(0) != none);
  CHECK(CageIndex() < CageIndex(0));
  CHECK(CageIndex(1) < CageIndex(2));
  CHECK(static_cast<int>(none) == -1);
}

TEST_CASE("Cages in a row are gone through from the first to the last") {
  std::vector<int> seen;
  for (const CageIndex c : Indices<Cage>(CageIndex(2), 3)) seen.push_back(c.number());
  CHECK(seen == std::vector<int>{2, 3, 4});
  const Indices<Cage> row(CageIndex(2), 3);
  CHECK(row.front() == CageIndex(2));
  CHECK_FALSE(row.has(CageIndex(1)));
  CHECK(row.has(CageIndex(2)));
  CHECK(row.has(CageIndex(4)));
  CHECK_FALSE(row.has(CageIndex(5)));
  const Indices<Cage> empty(CageIndex(2), 0);
  CHECK(empty.begin() == empty.end());
}

TEST_CASE("A row of cages keeps what is in each") {
  Rows<Cage, int> items(2, 7);
  CHECK(items.push_back(9) == CageIndex(2));
  items[CageIndex(1)] = 8;
  CHECK(items.all() == std::vector<int>{7, 8, 9});
  CHECK(items.back() == 9);
  CHECK(items.index_of(items[CageIndex(1)]) == CageIndex(1));
  CHECK(items.indices().front() == CageIndex(0));
  CHECK(items.indices().has(CageIndex(2)));
  CHECK_FALSE(items.indices().has(CageIndex(3)));
  items.fill(1);
  CHECK(items.all() == std::vector<int>{1, 1, 1});
  items.resize(1);
  CHECK(items.size() == 1);
  items.assign(2, 4);
  CHECK(items.all() == std::vector<int>{4, 4});
  CHECK(Rows<Cage, int>().empty());
  CHECK_FALSE(items.empty());
}
