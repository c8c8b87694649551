// What commands print fits the terminal that it is printed on.
#include <algorithm>
#include <catch2/catch.hpp>
#include <sstream>
#include <string>

#include "cli/program.hpp"
#include "cli/terminal.hpp"

using namespace mailflow::program;

namespace {

const char* const office = R"(
mailflow: 1
centre: {name: "A delivery office with a long name, in a valley far from everything", currency: XPF}
products: {letter: {due: J+1 09:00}, parcel: {due: J+1 12:00}}
destinations: {round: {}}
arrivals:
  morning: {at: "06:00", items: {letter: poisson(400), parcel: poisson(40)}, to: {round: 100 %}, into: sorting}
stations:
  sorting: {label: {fr: "Tri des lettres et des colis", en: "Sorting of letters and parcels"}, kind: manual, skill: sorting,
            positions: 4, rate: 100 items/h per agent, next: bay}
  bay: {kind: bay}
staff:
  shifts: {morning: {hours: "05:00-12:00"}}
  teams: {sorters: {agents: 3, shift: morning, skills: {sorting: 100 %}, cost: 2000 XPF/h, absent: 10 %}}
transport: {departures: {round: {to: [round], at: "10:00", cost: 5000 XPF}}}
targets:
  letters: {label: {fr: "Lettres à l'heure", en: Letters on time}, measure: on time, of: letter, at_least: 99 %}
  parcels: {measure: on time, of: parcel, at_least: 1 %}
  cost: {measure: cost per item, at_most: 1 XPF}
run: {from: 2025-03-03, for: 8 days, warm_up: 1 day}
)";

/// The longest line, in characters.
std::size_t widest(const std::string& text) {
  std::size_t most = 0;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    std::size_t width = 0;
    for (const char c : line) width += (static_cast<unsigned char>(c) & 0xc0U) != 0x80U ? 1 : 0;
    most = std::max(most, width);
  }
  return most;
}

}  // namespace

TEST_CASE("Whatever a command prints about an office fits 80 columns, in both languages") {
  const Desk desk;
  desk.put("office.yaml", office);
  desk.put("more.yaml", "base: office.yaml\nchange: {set: {staff.teams.sorters.agents: 4}}\n");
  for (const std::string language : {"en", "fr"})
    for (const std::string command :
         {"run office.yaml", "run office.yaml --replications 3", "compare office.yaml more.yaml --replications 3",
          "sensitivity office.yaml --replications 3", "targets office.yaml --replications 2",
          "sweep office.yaml --vary 'staff.teams.sorters.agents=3, 4' --replications 2"}) {
      CAPTURE(command, language);
      const Said said = desk.tell("LC_ALL=" + language + " COLUMNS=80 ./mailflow " + command);
      CHECK(said.status == 0);
      CHECK(widest(said.out) <= 80);
      CHECK(widest(desk.tell("LC_ALL=" + language + " ./mailflow " + command).out) > 80);
    }
}

TEST_CASE("What is to be copied is not broken: a section's examples, and what is for another program") {
  const Desk desk;
  desk.put("office.yaml", office);
  desk.put("more.yaml", "base: office.yaml\nchange: {set: {staff.teams.sorters.agents: 4}}\n");
  for (const char* command : {"describe stations", "diff office.yaml more.yaml --format json"}) {
    const Said wide = desk.tell(std::string("./mailflow ") + command);
    CHECK(wide.status == 0);
    CHECK(widest(wide.out) > 40);
    CHECK(desk.tell(std::string("COLUMNS=40 ./mailflow ") + command).out == wide.out);
  }
}

TEST_CASE("A verdict has its colour on a terminal, and none where NO_COLOR is set or another program reads") {
  if (!has_terminals()) return;
  const Desk desk;
  desk.put("office.yaml", office);
  const std::string red = "\x1b[1;31mMISSED\x1b[0m";
  const std::string green = "\x1b[1;32mmet\x1b[0m";
  const auto shown = [&](const std::string& before) {
    Terminal terminal(desk, "env " + before + " ./mailflow run office.yaml --lang en");
    const auto [status, text] = terminal.to_the_end();
    CHECK(status == 0);
    return text;
  };
  const std::string coloured = shown("-u NO_COLOR TERM=xterm");
  CHECK(holds(coloured, red));
  CHECK(holds(coloured, green));
  CHECK_FALSE(holds(shown("NO_COLOR=1 TERM=xterm"), "\x1b[1;"));
  CHECK_FALSE(holds(shown("-u NO_COLOR TERM=dumb"), "\x1b[1;"));
  CHECK_FALSE(holds(desk.tell("./mailflow run office.yaml").out, "\x1b["));
}
