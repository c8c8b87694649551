// Which way each letter takes, against ways worked out by hand on a timetable of four centres.
#include "network/routes.hpp"

#include <catch2/catch.hpp>
#include <string>

using namespace mailflow;

namespace {

enum Centre { nord, gare, sud, ile };

constexpr Ticks at(int hours, int minutes = 0) { return hours * hour + minutes * minute; }

/// One day. Nord has a slow line of its own to Sud; all else goes by Gare.
RouteProblem four_centres() {
  RouteProblem problem;
  problem.centres = 4;
  problem.passes_on = {true, true, true, true};
  problem.transfer = 20 * minute;
  problem.links = {{"nord-gare", nord, gare, hour, 0, {at(8), at(12)}},
                   {"gare-sud", gare, sud, 2 * hour, 0, {at(9, 30), at(14)}},
                   {"nord-sud", nord, sud, 4 * hour, 0, {at(10)}},
                   {"gare-ile", gare, ile, 30 * minute, 0, {at(13, 30)}},
                   {"sud-ile", sud, ile, hour, 0, {at(12)}}};
  return problem;
}

/// "nord-gare 08:00, gare-sud 09:30: 11:30"
std::string way(const RouteProblem& problem, Centre from, Centre to, Ticks ready) {
  const auto clock = [](Ticks t) {
    const auto digits = [](Ticks n) { return (n < 10 ? "0" : "") + std::to_string(n); };
    return digits(t / hour) + ":" + digits(t % hour / minute);
  };
  std::string text;
  Ticks there = 0;
  for (const Leg& leg : earliest_way(problem, choose_routes(problem), from, to, ready)) {
    text +=
        (text.empty() ? "" : ", ") + problem.links[static_cast<std::size_t>(leg.link)].name + " " + clock(leg.leaves);
    there = leg.arrives;
  }
  return text.empty() ? "no way" : text + ": " + clock(there);
}

}  // namespace

TEST_CASE("A letter takes the way on which it arrives first, be it by more links") {
  const RouteProblem network = four_centres();
  CHECK(way(network, nord, sud, at(7)) == "nord-gare 08:00, gare-sud 09:30: 11:30");
  CHECK(way(network, nord, ile, at(7)) == "nord-gare 08:00, gare-sud 09:30, sud-ile 12:00: 13:00");
  CHECK(way(network, gare, ile, at(9)) == "gare-sud 09:30, sud-ile 12:00: 13:00");
}

TEST_CASE(
    "A letter that has missed the fast connection takes the slow line of its own, or waits for what arrives first") {
  const RouteProblem network = four_centres();
  CHECK(way(network, nord, sud, at(9)) == "nord-sud 10:00: 14:00");
  // by Sud it would be there when nothing leaves for Ile any more
  CHECK(way(network, nord, ile, at(9)) == "nord-gare 12:00, gare-ile 13:30: 14:00");
  CHECK(way(network, nord, sud, at(13)) == "no way");
  CHECK(way(network, ile, nord, at(0)) == "no way");
}

TEST_CASE("A connection needs the transfer time and mail in the bay before the trip closes") {
  RouteProblem network = four_centres();
  network.transfer = 30 * minute;  // there at 09:00, in the bay at 09:30
  CHECK(way(network, nord, sud, at(7)) == "nord-gare 08:00, gare-sud 09:30: 11:30");
  network.transfer = 31 * minute;
  CHECK(way(network, nord, sud, at(7)) == "nord-sud 10:00: 14:00");
  network.transfer = 20 * minute;
  network.links[1].closes_before = 15 * minute;
  CHECK(way(network, nord, sud, at(7)) == "nord-sud 10:00: 14:00");
}

TEST_CASE("Nothing goes through a centre that passes nothing on, but mail for it still does come") {
  RouteProblem network = four_centres();
  network.passes_on[gare] = false;
  CHECK(way(network, nord, sud, at(7)) == "nord-sud 10:00: 14:00");
  CHECK(way(network, nord, gare, at(7)) == "nord-gare 08:00: 09:00");
  CHECK(way(network, nord, ile, at(7)) == "no way");
}

TEST_CASE("Of ways that arrive at one instant the one with fewer links is taken, then the first by name") {
  RouteProblem network = four_centres();
  network.links[2].takes = 90 * minute;  // 10:00 to 11:30, as by Gare
  CHECK(way(network, nord, sud, at(7)) == "nord-sud 10:00: 11:30");
  network.links.push_back(network.links[2]);
  network.links.back().name = "night-sud";
  CHECK(way(network, nord, sud, at(7)) == "night-sud 10:00: 11:30");
  network.links.back().name = "z-sud";
  CHECK(way(network, nord, sud, at(7)) == "nord-sud 10:00: 11:30");
}

TEST_CASE("Of two trips that leave at one moment only the one that arrives sooner takes a letter") {
  RouteProblem network = four_centres();
  network.links.push_back({"a-slow", nord, sud, 5 * hour, 0, {at(10)}});
  network.links.push_back({"z-slow", nord, sud, 5 * hour, 0, {at(10)}});
  const RouteChoice choice = choose_routes(network);
  CHECK(choice.trip_serves[2][0][DestinationIndex(static_cast<int>(sud))]);
  CHECK_FALSE(choice.trip_serves[5][0][DestinationIndex(static_cast<int>(sud))]);
  CHECK_FALSE(choice.trip_serves[6][0][DestinationIndex(static_cast<int>(sud))]);
}

TEST_CASE("A trip takes mail for a destination only while it is the best choice of its moment") {
  const RouteChoice choice = choose_routes(four_centres());
  const auto takes = [&](std::size_t link, std::size_t trip) {
    std::string text;
    for (const Centre c : {nord, gare, sud, ile})
      text += choice.trip_serves[link][trip][DestinationIndex(static_cast<int>(c))] ? '1' : '0';
    return text;
  };
  CHECK(takes(0, 0) == "0111");  // nord-gare 08:00: for gare, sud and ile
  CHECK(takes(0, 1) == "0111");  // nord-gare 12:00: sud by 14:00
  CHECK(takes(2, 0) == "0010");  // nord-sud 10:00: not for ile
  CHECK(takes(1, 0) == "0011");  // gare-sud 09:30: for sud, and for ile by sud
  CHECK(takes(1, 1) == "0010");
  CHECK(takes(3, 0) == "0001");
}

TEST_CASE("More centres than are swept at once are all reached along a line, in whichever order") {
  RouteProblem line;
  line.centres = 200;
  line.passes_on.assign(200, true);
  for (int c = 0; c + 1 < 200; ++c)
    line.links.push_back({"link " + std::to_string(c), c, c + 1, minute, 0, {at(1) + c * 2 * minute}});
  const bool backwards = GENERATE(false, true);
  const Parts last_first = [](std::size_t n, const std::function<void(std::size_t)>& part) {
    while (n > 0) part(--n);
  };
  const RouteChoice choice = choose_routes(line, backwards ? last_first : one_after_another);
  for (std::size_t a = 0; a < 200; ++a)
    for (std::size_t b = 0; b < 200; ++b) CHECK(choice.reaches[a][b] == (a <= b));
  CHECK(earliest_way(line, choice, 0, 199, 0).size() == 199);
  CHECK(earliest_way(line, choice, 0, 199, 0).back().arrives == at(1) + 198 * 2 * minute + minute);
}
