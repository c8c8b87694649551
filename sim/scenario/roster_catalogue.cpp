// The language of rosters; the keys of the rules come out of the table of rules.
#include "core/enum_words.hpp"
#include "roster/roster.hpp"
#include "scenario/catalogue.hpp"

namespace mailflow {

std::vector<CatalogueSection> roster_catalogue() {
  using Keys = std::vector<CatalogueKey>;
  Keys rules{{"set", "rule set", false, "none", "a named set, or a file NAME.yaml, that the rules given here replace",
              "new-caledonia"}};
  for (std::size_t r = 0; r < rules_in_yaml; ++r) {
    const RuleMeaning& rule = meaning_of(static_cast<Rule>(r));
    const bool bare = rule.unit == RuleMeaning::Unit::none;
    rules.push_back({rule.name, bare ? "yes, none, or section roster.rule" : "limit, none, or section roster.rule",
                     false, rule.name == "cover" ? "yes" : "none", rule.meaning, rule.example});
  }
  return {
      {"roster", "who works when",
       Keys{{"from", "date", false, "after the run's warm-up", "first day", "2025-03-10"},
            {"for", "duration", false, "to the run's end", "whole days", "28 days"},
            {"contract", "duration", false, "of the rule set", "hours a week, unless an agent has others", "39 h"},
            {"agents", "section roster.agents, by name, or a CSV file", false, "the teams' members",
             "people; a file has a column name, others for keys, skills and rules", "agents.csv"},
            {"demand", "section roster.demand, by name, or teams", false, "teams",
             "how many are wanted: as many as the teams have, or what is said here",
             "{night-sorters: {shift: night, skill: sorting, agents: 4}}"},
            {"rules", "section roster.rules, or a rule set", false, "cover: yes", "what must hold, or costs if broken",
             "new-caledonia"},
            {"least", listed_words<Objective>(), false, "cost", "what is made least", "person-days"},
            {"night_shift", "duration", false, "3 h", "so many night hours make a shift a night", "3 h"},
            {"before", "CSV file", false, "nothing", "the roster of the days before (name, date, shift), for its rules",
             "last-month.csv"}}},
      {"roster.agents", "an agent, or several alike",
       Keys{
           {"team", "team", false, "none", "gives shifts, skills and cost unless they are given here", "night-sorting"},
           {"count", "whole number", false, "one, by that name", "so many alike, numbered", "200"},
           {"skills", "proficiency by skill", false, "the team's", "the row of the versatility matrix",
            "{sorting: 100 %, operator: 80 %}"},
           {"shifts", "list of shifts, or all", false, "the team's", "those he may work", "[evening, night]"},
           {"contract", "duration", false, "the roster's", "hours a week", "39 h"},
           {"cost", "money an hour", false, "the team's", "of his work", "2190 XPF/h"},
           {"days_off", "days or dates", false, "none", "never worked, by no end of a night either", "[Sun]"},
           {"absent", "dates", false, "none",
            "leave, training, illness; a night that runs into them is not worked either",
            "[\"2025-03-17 to 2025-03-21\"]"},
           {"given", "dates and shifts", false, "none", "shifts already given, which stay", "[\"2025-03-12 night\"]"},
           {"wishes", "dates or days, and off or a shift", false, "none", "what he would like; see the rule wishes",
            "[\"2025-03-14 off\", Sat off]"},
           {"rules", "section roster.rules", false, "the roster's", "limits of his own", "{nights: 4 nights}"}}},
      {"roster.demand", "something wanted: agents on a shift, a file of such, or mail to be cleared",
       Keys{{"shift", "shift", false, "", "where", "night"},
            {"agents", "whole number", false, "", "how many", "4"},
            {"skill", "skill", false, "none", "what each must be able to do", "sorting"},
            {"team", "team", false, "none", "each must be able to do all that this team can", "night-sorting"},
            {"days", "days", false, "every day the shift is held", "when", "Mon-Fri"},
            {"holidays", "yes or no", false, "yes", "whether on holidays too", "no"},
            {"file", "CSV file", false, "", "columns date, shift, agents, and team or skill", "plan.csv"},
            {"clear", "station", false, "", "recorded mail that comes here is cleared each day, by as many as it takes",
             "cull"},
            {"by", "time of day", false, "24:00", "with clear: when nothing is left", "\"24:00\""},
            {"temporaries", "section roster.temporaries", false, "none", "with clear: others who may be called",
             "{proficiency: 80 %}"}}},
      {"roster.temporaries", "temporaries, as many as are needed",
       Keys{{"proficiency", "share", false, "100 %", "of the station's rate", "80 %"},
            {"cost", "money an hour", false, "0", "of one", "1500 XPF/h"},
            {"shifts", "list of shifts", false, "all", "those they may work", "[evening]"}}},
      {"roster.rules", "rules of a roster: a limit alone must hold, {limit, cost} may be broken at that cost", rules},
      {"roster.rule", "a rule",
       Keys{{"limit", "of the rule's unit", false, "of the rule set", "see the rule", "2 weekends"},
            {"cost", "money", false, "may not be broken", "of each hour, day, night, agent or wish beyond", "3000 XPF"},
            {"source", "text", false, "", "what it is taken from", "art. R. 221-3"}}},
      {"rule set", "a file of rules: rules/NAME.yaml beside a scenario or above it, or one of the program's own",
       Keys{{"label", "text or {fr, en}", false, "its name", "what readers see", "{fr: Chez nous, en: Here}"},
            {"contract", "duration", false, "none", "hours a week", "39 h"},
            {"rules", "section roster.rules", true, "", "the rules", "{rest_between_shifts: 11 h}"}}},
  };
}

}  // namespace mailflow
