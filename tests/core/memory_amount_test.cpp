#include <catch2/catch.hpp>

#include "core/memory.hpp"

using namespace mailflow;

TEST_CASE("Amounts of memory are read in thousands and shown in MB or GB") {
  CHECK(parse_memory("4GB") == 4'000'000'000);
  CHECK(parse_memory("1.5 GB") == 1'500'000'000);
  CHECK(parse_memory("20kB") == 20'000);
  CHECK(parse_memory("2TB") == 2'000'000'000'000);
  for (const char* wrong : {"", "GB", "4", "4 gb", "4  GB", "-4GB", "nan GB", "inf GB", "4GB ", "0MB"})
    CHECK_FALSE(parse_memory(wrong).has_value());
  CHECK(shown_memory(4'000'000'000) == "4.0 GB");
  CHECK(shown_memory(90'000'000) == "90 MB");
  CHECK(shown_memory(2'001) == "3 kB");
}

TEST_CASE("What is beyond the bound is refused, what is within it is not") {
  const MemoryMeter taken = [] { return std::int64_t{2'000'000}; };
  bound_memory(1'000'000'000'000, taken);
  CHECK_NOTHROW(need_memory(1'000'000));
  CHECK_THROWS_AS(need_memory(1'000'000'000'000), MemoryExceeded);
  bound_memory(2'000'000, taken);
  CHECK_NOTHROW(need_memory(0));
  CHECK_THROWS_AS(need_memory(1), MemoryExceeded);
  bound_memory(1, taken);
  CHECK_THROWS_AS(need_memory(0), MemoryExceeded);
  bound_memory(INT64_MAX, taken);
  CHECK_NOTHROW(need_memory(INT64_MAX / 2));
}
