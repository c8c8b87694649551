#include "scenario/catalogue.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <utility>

#include "core/enum_words.hpp"
#include "core/words.hpp"
#include "scenario/catalogue_keys.hpp"
#include "scenario/kinds/table.hpp"

namespace mailflow {

namespace {

using Keys = std::vector<CatalogueKey>;

const CatalogueKey into = {"into", "station", true, "", "the station that mail comes to", "cull"};
const CatalogueKey to = {"to",
                         "shares of destinations",
                         false,
                         "no destination",
                         "where mail is bound for, for all products or by product (other: the rest)",
                         "{ducos: 70 %, lifou: 30 %}"};
const CatalogueKey mix = {"mix", "shares of products", true, "", "which products come", "{letter: 80 %, parcel: 20 %}"};
const CatalogueKey loaded = {
    "loaded", listed_words<Loaded>(), false, "mixed", "in what order lots come out of one load", "by product"};
std::vector<CatalogueSection> make() {
  return {
      {"", "a scenario: a centre as it is",
       Keys{{"mailflow", "1", true, "", "version of the language", "1"},
            labelled("{fr: Aujourd’hui, en: Today}"),
            {"centre", "section centre", true, "", "the centre as a whole",
             "{name: CTP Nouméa, timezone: Pacific/Noumea}"},
            {"products", "section products, by name", true, "", "what is handled", "{letter: {lot: 250 items}}"},
            {"destinations", "section destinations, by name", false, "none", "where mail is bound for",
             "{ducos: {label: CDC Ducos}}"},
            {"sort_plans", "section sort_plans, by name", false, "none",
             "destination to next, to be used by several stations", "{inward: {ducos: bay, other: coding}}"},
            {"arrivals", "section arrivals, by name", true, "", "how mail comes",
             "{agencies: {at: \"16:30\", items: {letter: 5200}, to: {ducos: 100 %}, into: unload}}"},
            {"stations", "section stations, by name", true, "", "where mail is handled or waits",
             "{cull: {kind: manual, skill: sorting, rate: 2500 items/h per agent, next: letters}}"},
            {"staff", "section staff", false, "nobody", "shifts, teams and how agents are assigned",
             "{shifts: {night: {hours: \"22:00-05:48\"}}, teams: {night-sorting: {agents: 9, shift: night, skills: "
             "{sorting: 100 %}}}}"},
            {"transport", "section transport", false, "none", "departures",
             "{departures: {ducos-am: {to: [ducos], at: \"05:30\"}}}"},
            {"targets", "section targets, by name", false, "none", "what the centre promises; judged at the end",
             "{letters: {measure: on time, of: letter, at_least: 95 %}}"},
            {"roster", "section roster", false, "none", "who works when: people by name, what is wanted, rules",
             "{rules: new-caledonia, agents: agents.csv}"},
            {"plan", "section plan", false, "nothing is planned", "what `mailflow plan` may choose",
             "{teams: {night-sorting: {at_most: 12}}}"},
            {"run", "section run", true, "", "from when, how long", "{from: 2025-03-03, for: 28 days}"},
            {"situation", "section situation", false, "an empty centre",
             "where the run begins: what is there at an instant; also a file of its own, with --from-state",
             "{at: \"2025-04-30 19:00\", mail: [{at: cull, product: letter, to: ducos, items: 2500}]}"}}},
      {"what-if", "a what-if: another scenario plus changes",
       Keys{{"base", "file", true, "", "the scenario it builds on, beside this file", "today.yaml"},
            {"change", "section change", false, "nothing", "what differs, by name",
             "{set: {staff.teams.night-sorting.agents: 11}}"},
            labelled("{fr: Un de plus la nuit, en: One more at night}"),
            {"run", "section run", false, "the base's", "keys given here replace the base's", "{for: 7 days}"}}},
      {"change",
       "changes by path: keys joined by dots; a key that has dots, or begins with a double quote, stands in double "
       "quotes, its own written twice",
       Keys{{"set", "values by path", false, "", "gives another value to what is there",
             "{staff.teams.night-sorting.agents: 11}"},
            {"add", "values by path", false, "", "adds what is not there",
             "{staff.teams.students: {agents: 6, shift: evening, skills: {sorting: 60 %}}}"},
            {"remove", "list of paths", false, "", "takes away what is there",
             "[transport.departures.lifou-flight, targets.flight-on-time]"}}},
      {"centre", "the centre as a whole",
       Keys{{"name", "text or {fr, en}", true, "", "its name", "CTP Nouméa"},
            {"timezone", "IANA time zone", false, "UTC", "civil time of the centre", "Pacific/Noumea"},
            {"currency", "three letters", false, "EUR", "of all costs", "XPF"},
            {"holidays", "list of dates", false, "none", "days that are not worked", "[2025-05-01]"},
            {"working_days", "days", false, "Mon-Sat", "days counted by J+n", "Mon-Fri"},
            {"night", "hours", false, "21:00-06:00", "hours paid at night rate", "\"21:00-05:00\""}}},
      {"products", "a product",
       Keys{labelled("{fr: Lettre, en: Letter}"),
            {"lot", "items", false, "1 item", "items that move together", "250 items"},
            {"due", "J+n hh:mm, duration or none", false, "none", "when an item must have left", "J+1 06:00"},
            {"accepted_until", "time of day", false, "24:00", "mail that comes later counts as the next day's",
             "\"18:00\""},
            {"priority", "whole number", false, "last", "lower is served first where queues go by priority", "1"},
            {"weight", "weight", false, "0 kg", "of one item", "20 g"}}},
      {"destinations", "a destination", Keys{labelled("{fr: CDC Ducos, en: Ducos delivery}")}},
      {"sort_plans", "a sort plan: destination to next",
       Keys{{"*", "where to", false, "", "a destination, or other", "bay"}}},
      {"arrivals", "a source of mail; one of at, rate, every, replay, waiting_at_start says which kind it is", Keys{}},
      {"arrivals.at", "vehicles on a timetable",
       Keys{labelled("{fr: Agences, en: Post offices}"),
            {"at", "times of day", true, "", "the timetable", "[\"07:00\", \"16:30\"]"},
            days,
            holidays,
            {"late_by", "distribution of durations", false, "0 min", "lateness of each vehicle",
             "lognormal(mean 10 min, sd 15 min)"},
            {"items", "distributions by product", true, "", "items aboard", "{letter: normal(mean 5200, sd 600)}"},
            loaded,
            to,
            into}},
      {"arrivals.rate", "a Poisson stream; lots of the product's size come at rate/lot",
       Keys{labelled("{fr: Guichet, en: Counter}"),
            {"rate", "rate, or rates by time of day, or those by days", true, "",
             "items an hour; by time of day each holds until the next, the last over midnight until the day's first "
             "time",
             "{\"08:00\": 40 items/h, \"17:00\": 0 items/h}"},
            mix,
            to,
            into}},
      {"arrivals.every", "one lot after each gap",
       Keys{labelled("{fr: Navette, en: Shuttle}"),
            {"every", "distribution of durations", true, "", "time between lots", "exponential(2 h)"},
            mix,
            to,
            into}},
      {"arrivals.replay", "recorded arrivals from a CSV file",
       Keys{labelled("{fr: Lectures, en: Scans}"),
            {"replay", "file", true, "", "beside this file, or data:... in the data folder", "scans.csv"},
            {"columns", "section columns", false, "time, product, destination, items, leave_by", "which column is what",
             "{time: starting, items: items}"},
            {"where", "column: value", false, "all rows", "rows that count", "{site: site-1}"},
            {"bin", "duration", false, "0 min", "how long a row stands for", "10 min"},
            {"spread", listed_words<Spread>(), false, "even", "how a row's lots lie in its bin", "even"},
            {"mix", "shares of products", false, "the column", "which products come, where no column says",
             "{parcel: 100 %}"},
            to,
            into}},
      {"arrivals.waiting_at_start", "mail that is there when the run starts",
       Keys{labelled("{fr: Retard, en: Arrears}"),
            {"waiting_at_start", "items by product", true, "", "how much", "{parcel: 2000}"},
            loaded,
            to,
            into}},
      {"columns", "columns of a recorded file",
       Keys{{"time", "column", false, "time", "local date and time", "starting"},
            {"product", "column", false, "product", "a product", "kind"},
            {"destination", "column", false, "destination", "a destination", "office"},
            {"items", "column", false, "items", "how many", "items"},
            {"leave_by", "column", false, "leave_by", "when they are due", "leave_by"}}},
      {"stations", "a station; its kind says which keys it has", Keys{kind_of(StationKind::manual)}},
  };
}

/// Behind the kinds of station.
std::vector<CatalogueSection> make_more() {
  return {
      {"queue", "a queue",
       Keys{{"order", listed_words<QueueOrder>(), false, "first come", "who is served first", "earliest due"},
            {"holds", "items", false, "no bound", "items that may wait; more block what feeds it", "60000 items"}}},
      {"diversion", "items turned away", Keys{{"share", "share", true, "", "of the items handled", "6 %"}, next}},
      {"set_up", "set-up",
       Keys{{"takes", "distribution of durations", true, "", "each change", "8 min"},
            {"between", listed_words<SetUpBetween>(), true, "", "what makes a change", "sort plans"},
            {"same_first", "yes or no", false, "no", "go on with the same while any waits", "yes"}}},
      {"breaks_down", "breakdowns",
       Keys{{"every", "distribution of durations", true, "", "from repair to the next breakdown", "exponential(20 h)"},
            {"for", "distribution of durations", true, "", "repair", "lognormal(mean 15 min, sd 10 min)"},
            {"while", listed_words<FailureClock>(), false, "working", "whether `every` counts working time only",
             "always"}}},
      {"crew", "a machine's crew",
       Keys{{"skill", "skill", true, "", "what they must be able to do", "operator"},
            {"needs", "whole number", true, "", "agents", "2"}}},
      {"staff", "people",
       Keys{
           {"shifts", "section staff.shifts, by name", true, "",
            "when people work; or a CSV file with these keys as columns and name", "{night: {hours: \"22:00-05:48\"}}"},
           {"teams", "section staff.teams, by name", true, "", "who works",
            "{night-sorting: {agents: 9, shift: night, skills: {sorting: 100 %}}}"},
           {"assignment", "section staff.assignment", false, "priority list by name", "how agents are sent to stations",
            "{rule: earliest due}"}}},
      {"staff.shifts", "a shift",
       Keys{labelled("{fr: Nuit, en: Night}"),
            {"hours", "hours", true, "", "may go across midnight", "\"22:00-05:48\""},
            days,
            {"breaks", "list of time and length", false, "none", "pauses", "[\"02:00 30 min\"]"},
            holidays}},
      {"staff.teams", "a team of agents alike",
       Keys{labelled("{fr: Tri de nuit, en: Night sorting}"),
            {"agents", "whole number, numbers by day, or file", true, "",
             "how many: one number; by day of the week or date (other: the rest); or a CSV file beside this one with "
             "columns date, team, shift, agents",
             "{Mon-Fri: 12, Sat: 6, 2025-12-24: 3}"},
            {"shift", "shift, or list of shifts", true, "", "when they work", "evening"},
            {"skills", "proficiency by skill", true, "", "what they can do, and at which share of the station's rate",
             "{sorting: 100 %, operator: 90 %}"},
            {"absent", "share", false, "0 %", "chance that an agent misses a shift", "6 %"},
            {"cost", "money an hour", false, "0", "of an agent", "2300 XPF/h"},
            {"night_extra", "share", false, "0 %", "on top for night hours", "25 %"},
            {"overtime_extra", "share", false, "0 %", "on top for minutes past the shift's end", "50 %"},
            {"posts", "list of stations", false, "", "with rule fixed: where they work, first preferred",
             "[letters, coding]"}}},
      {"staff.assignment", "how agents are sent to stations",
       Keys{{"rule", listed_words<AssignmentRule>(), false, "priority list", "which station is served first",
             "earliest due"},
            {"review", "every duration", false, "every 15 min", "when agents at work may be called away",
             "every 15 min"},
            {"move_takes", "duration", false, "0 min", "going from one station to another", "3 min"},
            {"priority", "list of stations", false, "by name", "most urgent first; those not listed follow by name",
             "[letters, parcels]"},
            {"at_shift_end", listed_words<ShiftEnd>(), false, "finish the item", "what an agent does whose shift ends",
             "finish the lot"}}},
      {"transport", "transport",
       Keys{{"departures", "section transport.departures, by name", true, "", "what leaves",
             "{ducos-am: {to: [ducos], at: \"05:30\"}}"}}},
      {"transport.departures", "a departure",
       Keys{labelled("{fr: Ducos matin, en: Ducos morning}"),
            {"from", "bay, or list of bays", false, "every bay", "where it loads", "bay"},
            {"to", "list of destinations, or all", true, "", "what it takes", "[lifou]"},
            {"at", "times of day", true, "", "when it leaves", "\"05:30\""},
            days,
            holidays,
            {"closes", "duration before", false, "0 min before", "mail that comes to the bay later misses it",
             "20 min before"},
            {"capacity", "items or weight", false, "no bound", "of one vehicle", "350 kg"},
            {"vehicles", "whole number, or as needed", false, "1", "at most", "as needed"},
            {"cost", "money", false, "0", "of one vehicle", "9000 XPF"}}},
      {"plan", "what `mailflow plan` may choose, and what must hold",
       Keys{{"teams", "section plan.teams, by name", false, "", "the teams whose numbers are open; all others stay",
             "{night-sorting: {at_most: 12}}"},
            {"minimise", listed_words<Objective>(), false, "cost", "what is to be least", "person-days"},
            {"then", listed_words<TieBreak>(), false, "nothing", "which of several plans that cost the same",
             "shortest waits"},
            {"targets", "list of targets", false, "all", "those that must hold", "[letters-on-time, no-long-wait]"},
            {"confidence", "share", false, "95 %", "with which each target must be shown to hold", "90 %"},
            {"replications", "whole number", false, "20", "runs that prove a plan", "40"},
            {"step", "duration", false, "10 min to 1 h, by the run's length", "slots of the curve of work to be done",
             "30 min"},
            {"new_shifts", "section plan.new_shifts", false, "none", "shifts that may be made",
             "{teams: [night-sorting], earliest: \"18:00\", latest: \"20:00\", lengths: [8 h]}"},
            {"understaffed", "money per agent and slot", false, "nobody may lack",
             "price of an agent who lacks for a slot (a step, then 1 h); targets are then told, and need not hold",
             "10 XPF per agent and slot"},
            {"posts", "section plan.posts", false, "none",
             "instead: a team to be split over stations so that mail spends the fewest item-hours",
             "{of: evening-sorting, over: [cull, coding]}"},
            {"within_day", "section plan.within_day", false, "its defaults", "what may be done within the day (--from)",
             "{longer: 1 h, hold: 30 min}"}}},
      {"plan.teams", "what is open of a team",
       Keys{{"at_least", "whole number", false, "0", "agents a day, over all its shifts", "4"},
            {"at_most", "whole number", true, "", "agents a day, over all its shifts", "12"},
            {"numbers", listed_words<Numbers>(), false, "the same every day", "how often they may change",
             "by day of the week"},
            {"shifts", "shift, or list of shifts", false, "those it has",
             "on which of them they may work, one a day each", "[evening, night]"},
            {"used_first", "yes or no", false, "no",
             "whether on a day all of it come before anybody of a team that is not used first", "yes"}}},
      {"run", "the run",
       Keys{{"from", "date", true, "", "first day", "2025-03-03"},
            {"for", "duration", true, "", "how long, warm-up included", "28 days"},
            {"warm_up", "duration", false, "0 days", "not counted", "1 day"},
            {"seed", "whole number", false, "1", "of the random draws", "7"}}},
  };
}

std::string shown(const CatalogueSection& s) { return s.path.empty() ? tr("(top)") : s.path; }

/// A default, which may be a word of the language.
std::string said_default(const std::string& text) { return text.empty() ? text : tr_in("default", text.c_str()); }

std::string value_words(const CatalogueKey& k) {
  if (k.required) return tr("{}; required", said(k.type));
  return k.fallback.empty() ? said(k.type) : tr("{}; default {}", said(k.type), said_default(k.fallback));
}

std::string line(const CatalogueKey& k) {
  const std::string text =
      "  " + k.name + std::string(k.name.size() < 16 ? 16 - k.name.size() : 1, ' ') + value_words(k);
  return text + "\n" + std::string(18, ' ') +
         (k.meaning.empty() ? tr("e.g. {}", k.example) : tr("{}; e.g. {}", said(k.meaning), k.example)) + "\n";
}

}  // namespace

const CatalogueKey* CatalogueSection::find(const std::string& key) const {
  for (const CatalogueKey& k : keys)
    if (k.name == key || k.name == "*") return &k;
  return nullptr;
}

std::vector<std::string> CatalogueSection::names() const {
  std::vector<std::string> all;
  for (const CatalogueKey& k : keys) all.push_back(k.name);
  return all;
}

const std::vector<CatalogueSection>& catalogue() {
  static const std::vector<CatalogueSection> table = [] {
    std::vector<CatalogueSection> all = make();
    for (std::size_t kind = 0; kind < count_of<StationKind>(); ++kind)
      all.push_back(language_of(static_cast<StationKind>(kind)).section());
    for (CatalogueSection& s : make_more()) all.push_back(std::move(s));
    std::vector<CatalogueSection> targets = target_sections();
    const auto plan = std::find_if(all.begin(), all.end(), [](const CatalogueSection& s) { return s.path == "plan"; });
    all.insert(plan, targets.begin(), targets.end());
    for (CatalogueSection& s : network_sections()) all.push_back(std::move(s));
    for (CatalogueSection& s : roster_catalogue()) all.push_back(std::move(s));
    for (CatalogueSection& s : within_day_sections()) all.push_back(std::move(s));
    return all;
  }();
  return table;
}

const CatalogueSection& section(const std::string& path) {
  for (const CatalogueSection& s : catalogue())
    if (s.path == path) return s;
  throw std::out_of_range("no section " + path);
}

namespace {

/// Of "stations.machine.breaks_down.every", the key below a section that another key holds: "breaks_down.every"; empty
/// where no key holds a section by that path.
std::string below_a_section(const std::string& key) {
  for (const CatalogueSection& s : catalogue())
    for (const CatalogueKey& k : s.keys) {
      const std::string before = s.path + (s.path.empty() ? "" : ".") + k.name + ".";
      if (!k.type.starts_with("section ") || !key.starts_with(before)) continue;
      const std::string held = k.type.substr(8, k.type.find(',') - 8);
      if (held + "." != before) return held + "." + key.substr(before.size());
    }
  return "";
}

}  // namespace

std::string said(const std::string& text) { return text.empty() ? text : tr_in("language", text.c_str()); }

std::string describe(const std::string& key) {
  std::string text;
  for (const CatalogueSection& s : catalogue()) {
    if (key == s.path || (key.empty() && s.path.empty())) {
      text += tr("{}: {}", shown(s), said(s.meaning)) + "\n";
      for (const CatalogueKey& k : s.keys) text += line(k);
      for (const CatalogueSection& kind_of : catalogue())
        if (!s.path.empty() && kind_of.path.starts_with(s.path + ".") && s.path != "staff" && s.path != "transport")
          text += tr("  see also {}: {}\n", kind_of.path, said(kind_of.meaning));
    }
    for (const CatalogueKey& k : s.keys)
      if (!key.empty() && (key == k.name || key == s.path + "." + k.name)) text += tr("in {}:\n", shown(s)) + line(k);
  }
  if (key.empty()) {
    text += tr("\nsections:");
    for (const CatalogueSection& s : catalogue())
      if (!s.path.empty())
        text += "\n  " + s.path + std::string(s.path.size() < 26 ? 26 - s.path.size() : 1, ' ') + said(s.meaning);
    text += "\n";
  }
  if (text.empty())
    if (const std::string held = below_a_section(key); !held.empty()) return describe(held);
  return text;
}

std::vector<std::string> described_keys() {
  std::vector<std::string> all;
  for (const CatalogueSection& s : catalogue()) {
    all.push_back(s.path);
    for (const CatalogueKey& k : s.keys) {
      all.push_back(k.name);
      all.push_back(s.path + "." + k.name);
    }
  }
  return all;
}

std::string reference_markdown() {
  std::string text = tr("# Reference of the language\n");
  for (const CatalogueSection& s : catalogue()) {
    text += "\n## " + shown(s) + "\n\n" + said(s.meaning) + "\n\n" +
            tr("| key | value | default | meaning | example |") + "\n| --- | --- | --- | --- | --- |\n";
    for (const CatalogueKey& k : s.keys)
      text += "| `" + k.name + "` | " + said(k.type) + " | " +
              (k.required ? tr("required") : said_default(k.fallback)) + " | " + said(k.meaning) + " | `" + k.example +
              "` |\n";
  }
  return text;
}

std::string json_schema() {
  // Each section is a definition; values are texts with units, so their types are told in words.
  nlohmann::ordered_json schema = {{"$schema", "https://json-schema.org/draft/2020-12/schema"},
                                   {"title", tr("mailflow scenario")}};
  auto& definitions = schema["$defs"];
  for (const CatalogueSection& s : catalogue()) {
    nlohmann::ordered_json object = {
        {"type", "object"}, {"description", said(s.meaning)}, {"additionalProperties", false}};
    object["properties"] = nlohmann::ordered_json::object();
    for (const CatalogueKey& k : s.keys) {
      if (k.name == "*")
        object["additionalProperties"] = true;
      else
        object["properties"][k.name] = {
            {"description", tr("{} ({}; e.g. {})", said(k.meaning), said(k.type), k.example)}};
      if (k.required) object["required"].push_back(k.name);
    }
    definitions[s.path.empty() ? "scenario" : s.path] = object;
  }
  schema["anyOf"] = {
      {{"$ref", "#/$defs/scenario"}}, {{"$ref", "#/$defs/network-scenario"}}, {{"$ref", "#/$defs/what-if"}}};
  return schema.dump(2) + "\n";
}

std::string catalogue_json() {
  nlohmann::ordered_json sections = nlohmann::ordered_json::array();
  for (const CatalogueSection& s : catalogue()) {
    nlohmann::ordered_json keys = nlohmann::ordered_json::array();
    for (const CatalogueKey& k : s.keys)
      keys.push_back({{"name", k.name},
                      {"type", k.type},
                      {"type_words", said(k.type)},
                      {"required", k.required},
                      {"default", k.fallback},
                      {"default_words", said_default(k.fallback)},
                      {"meaning", said(k.meaning)},
                      {"example", k.example}});
    sections.push_back({{"path", s.path}, {"meaning", said(s.meaning)}, {"keys", keys}});
  }
  return nlohmann::ordered_json{{"sections", sections}}.dump(2) + "\n";
}

}  // namespace mailflow
