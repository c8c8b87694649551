// Whether a change of the program changed any figure: what random centres come to, a line each, to be compared with the
// lines of the program before it (README.md here).
#include <fmt/format.h>

#include <catch2/catch.hpp>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <string>

#include "outcome.hpp"
#include "report/results_json.hpp"
#include "scenario/situation/write_situation.hpp"
#include "seeds.hpp"

namespace mailflow::laws {
namespace {

/// Takes in what a run tells, row by row.
class Digest : public EventSink {
 public:
  void on(const LotEvent& e) override {
    for (const auto value :
         {e.start, e.end, e.due, static_cast<Ticks>(e.lot), static_cast<Ticks>(e.parent), static_cast<Ticks>(e.items),
          static_cast<Ticks>(e.station.number()), static_cast<Ticks>(e.agents), static_cast<Ticks>(e.product.number()),
          static_cast<Ticks>(e.destination.number()), static_cast<Ticks>(e.departure.number())})
      take(static_cast<std::size_t>(value));
    take(std::string(e.activity));
  }
  void take(const std::string& text) { take(std::hash<std::string>()(text)); }
  std::size_t value() const { return value_; }

 private:
  void take(std::size_t more) { value_ = (value_ ^ more) * 0x9e3779b97f4a7c15ULL + (value_ >> 29U); }
  std::size_t value_ = 0;
};

std::string digest_of(const Centre& centre, std::uint64_t seed) {
  const auto model = model_of(centre);
  Situation kept;
  Digest digest;
  RunOptions options;
  options.seed = model->seed;
  const bool logged = seed % 2 == 0;  // by blocks, or event by event with all that is told of it
  if (logged) {
    options.events = &digest;
    options.situation = &kept;
    options.situation_at = model->end / 3;
  }
  auto json = figures(*model, simulate(*model, options));
  digest.take(json.dump());
  if (logged) digest.take(situation_yaml(*model, kept));
  return fmt::format("{} {:016x}", seed, digest.value());
}

TEST_CASE("random centres come to what they came to before", "[.digests]") {
  const char* file = std::getenv("MAILFLOW_LAWS_DIGESTS");  // NOLINT(concurrency-mt-unsafe)
  REQUIRE(file != nullptr);
  std::ofstream out(file);
  holds("digests", [&](std::uint64_t seed, Breach& breach) {
    breach.one = random_centre(seed, {.chance = seed % 4 != 0, .staff = seed % 8 != 1, .situation = seed % 5 == 0});
    out << digest_of(breach.one, seed) << '\n';
  });
  REQUIRE(out.flush());
}

}  // namespace
}  // namespace mailflow::laws
