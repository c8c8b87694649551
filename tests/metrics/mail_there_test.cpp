#include "metrics/mail_there.hpp"

#include <catch2/catch.hpp>
#include <cmath>

using namespace mailflow;

TEST_CASE("A shorter queue is no merit where less mail comes") {
  CHECK(mail_there("stations.sort.queue_items.mean") == "stations.sort.items_in");
  CHECK(mail_there("departures.d.on_time.late") == "departures.d.items");
  CHECK(mail_there("products.letter.on_time.late").empty());
  Difference d = difference(Better::less, {5, 6, 7}, {0, 0, 0}, 0.95, 0);
  REQUIRE(d.verdict == Verdict::better);
  Difference as_much = d;
  weigh_mail(as_much, {100, 100, 100}, {100, 100, 99});
  CHECK(as_much.verdict == Verdict::better);
  weigh_mail(d, {100, 100, 100}, {0, 0, 0});
  CHECK(d.verdict == Verdict::differs);
  CHECK(std::isnan(d.better_chance));
}
