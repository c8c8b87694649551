// The table of the language: networks.
#include "scenario/catalogue.hpp"

namespace mailflow {

std::vector<CatalogueSection> network_sections() {
  using Keys = std::vector<CatalogueKey>;
  const CatalogueKey label = {"label",    "text or {fr, en}", false,
                              "its name", "what readers see", "{fr: Lettre, en: Letter}"};
  const CatalogueKey days = {"days", "days", false, "every day", "days of the week", "Mon-Fri"};
  const CatalogueKey holidays = {"holidays", "yes or no", false, "yes", "whether it happens on holidays too", "no"};
  const CatalogueKey at_least = {"at_least", "bound", false, "", "the target is met at this or more", "95 %"};
  const CatalogueKey at_most = {"at_most", "bound", false, "", "the target is met at this or less", "5 %"};
  return {
      {"network-scenario", "a network: several centres and the links between them",
       Keys{
           {"mailflow", "1", true, "", "version of the language", "1"},
           label,
           {"network", "section network", true, "", "the network as a whole",
            "{name: La Poste du pays, timezone: Europe/Paris}"},
           {"products", "section products, by name", true, "", "what is handled; due: from posting to delivery",
            "{letter: {lot: 50 items, due: J+1 18:00}}"},
           {"centre_kinds", "section centre_kinds, by name", true, "", "how centres work",
            "{platform: {inbound: sorting, stations: {...}}}"},
           {"centres", "section centres, by name, or from a file", true, "", "the centres; each is a destination too",
            "{paris: {kind: platform}}"},
           {"links", "section links, by name, or from a file", false, "none", "what goes from centre to centre",
            "{paris-lyon: {from: paris, to: lyon, at: \"21:00\", takes: 5 h}}"},
           {"flows", "section flows", false, "none", "who posts how much for whom", "{from: flows.csv, into: sorting}"},
           {"targets", "section network-targets, by name", false, "none", "what the network promises",
            "{letters: {measure: on time, of: letter, at_least: 95 %}}"},
           {"run", "section run", true, "", "from when, how long", "{from: 2025-03-03, for: 2 days}"}}},
      {"network", "the network as a whole",
       Keys{
           {"name", "text or {fr, en}", true, "", "its name", "La Poste du pays"},
           {"timezone", "IANA time zone", false, "UTC", "civil time of all centres", "Europe/Paris"},
           {"currency", "three letters", false, "EUR", "of all costs", "EUR"},
           {"holidays", "list of dates", false, "none", "days that are not worked", "[2025-05-01]"},
           {"working_days", "days", false, "Mon-Sat", "days counted by J+n", "Mon-Fri"},
           {"night", "hours", false, "21:00-06:00", "hours paid at night rate", "\"21:00-05:00\""},
           {"transfer", "duration", false, "0 min",
            "what the choice of ways reckons for a centre on the way, from a vehicle's arrival to the bay", "45 min"}}},
      {"centre_kinds",
       "a kind of centre: as a single centre's scenario, with `here` for its own name among destinations",
       Keys{{"inbound", "station", false, "needed where links end", "the station that mail by links comes to",
             "sorting"},
            {"passes_on", "yes or no", false, "yes", "whether mail for other centres may go through it", "no"},
            {"sort_plans", "section sort_plans, by name", false, "none", "destination to next",
             "{inward: {here: delivery, other: bay}}"},
            {"arrivals", "section arrivals, by name", false, "none", "how mail comes, besides flows",
             "{counter: {at: \"16:30\", ...}}"},
            {"stations", "section stations, by name", true, "", "where mail is handled or waits",
             "{sorting: {kind: machine, ...}}"},
            {"staff", "section staff", false, "nobody", "shifts, teams and how agents are assigned",
             "{shifts: {...}, teams: {...}}"},
            {"transport", "section transport", false, "none", "departures that leave the network, for `here`",
             "{departures: {rounds: {to: [here], at: \"07:00\"}}}"}}},
      {"centres", "a centre; from: a file with columns name, kind, label and paths such as stations.sorting.machines",
       Keys{{"kind", "kind of centre", true, "", "how it works", "platform"},
            label,
            {"set", "values by path", false, "", "gives another value to what its kind has",
             "{stations.sorting.machines: 20}"},
            {"add", "values by path", false, "", "adds what its kind does not have", "{arrivals.counter: {...}}"},
            {"remove", "list of paths", false, "", "takes away what its kind has", "[stations.coding]"}}},
      {"links",
       "a link: vehicles from a centre to another; from: a file with these columns, other keys are then its defaults",
       Keys{label,
            {"from", "centre", true, "", "where it starts (of all links: the file)", "paris"},
            {"to", "centre", true, "", "where it ends", "lyon"},
            {"at", "times of day", true, "", "when it leaves", "[\"14:00\", \"21:00\"]"},
            days,
            holidays,
            {"takes", "duration", true, "", "least travel time", "4 h 30 min"},
            {"late_by", "distribution of durations", false, "0 min", "on top of it, for each trip",
             "lognormal(mean 10 min, sd 15 min)"},
            {"bay", "bay, or list of bays", false, "every bay", "where it loads", "bay"},
            {"closes", "duration before", false, "0 min before", "mail that comes to the bay later misses it",
             "20 min before"},
            {"capacity", "items or weight", false, "no bound", "of one vehicle", "120000 items"},
            {"vehicles", "whole number, or as needed", false, "1", "at most", "as needed"},
            {"cost", "money", false, "0", "of one vehicle", "600 EUR"}}},
      {"flows", "who posts how much for whom",
       Keys{
           {"from", "file", true, "", "columns from, to, items_per_day and, of several products, product", "flows.csv"},
           {"into", "station", true, "", "the station of the origin that it comes to", "sorting"},
           {"hours", "hours, shares of the day by time, or {recorded: file}", false, "00:00-24:00",
            "when in the day it is posted: evenly over hours, or from each time to the next so much of the day, or as "
            "recorded by hour for each centre",
            "{\"08:00\": 30 %, \"16:00\": 70 %, \"20:00\": 0 %}"},
           days,
           holidays,
           {"volume", "share", false, "100 %", "of what the file says", "110 %"}}},
      {"network-targets", "a share of items delivered on time, end to end",
       Keys{label,
            {"measure", "on time", true, "", "what is judged", "on time"},
            {"of", "product", false, "all", "", "letter"},
            {"from", "centre", false, "all", "where it is posted", "paris"},
            {"to", "centre", false, "all", "where it is delivered", "lyon"},
            at_least,
            at_most}},
  };
}

}  // namespace mailflow
