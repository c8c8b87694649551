#include "scenario/kinds/handling.hpp"

#include "core/words.hpp"
#include "scenario/catalogue_keys.hpp"
#include "scenario/sections/routes.hpp"
#include "scenario/sections/time_reader.hpp"

namespace mailflow {

HandlingKeys handling_keys() {
  return {.service = {"service", "distribution of durations", false, "",
                      "time of one item (per item) or of a whole lot (per lot); instead of rate",
                      "triangular(12 s, 18 s, 40 s) per item"},
          .passes = {"passes", "whole number", false, "1", "times each lot goes through before it is routed on", "2"},
          .rejects = {"rejects", "section diversion", false, "none", "items turned away after handling",
                      "{share: 6 %, next: coding}"},
          .no_reads = {"no_reads", "section diversion", false, "none", "items whose address is not read",
                       "{share: 1 %, next: coding}"},
          .set_up = {"set_up", "section set_up", false, "none", "time lost when what is handled changes",
                     "{takes: 8 min, between: sort plans}"},
          .queue = queue_of("{order: earliest due, holds: 60000 items}")};
}

namespace {

class HandlingReader : private TimeReader {
 public:
  using TimeReader::TimeReader;
  void handling(const Node& node, Station& station, const char* servers);

 private:
  void diversion(const Node& map, const std::string& key, Station& station);
  SkillIndex skill(const Node& node);
};

void HandlingReader::handling(const Node& node, Station& result, const char* servers) {
  result.servers = whole(node, servers, 1, 1);
  result.passes = whole(node, "passes", 1, 1, 100);
  if (const Node* needs = get(node, "skill")) {
    result.skill = skill(*needs);
    result.crew = 1;
  }
  if (const Node* crew = get(node, "crew"); crew != nullptr && check_section(*crew, "crew", "crew")) {
    if (const Node* needs = get(*crew, "skill")) result.skill = skill(*needs);
    result.crew = whole(*crew, "needs", 1, 1, 1000);
  }
  const Node* rate = get(node, "rate");
  const Node* service = get(node, "service");
  if (rate == nullptr && service == nullptr && (meant(node, "rate") || meant(node, "service"))) {
    // told there
  } else if ((rate == nullptr) == (service == nullptr)) {
    in_.problems.error(node.place, tr("station {} needs rate or service, one of them", result.name),
                       tr("for example {}", "rate: 1100 items/h"));
  } else if (rate != nullptr) {
    result.items_per_tick = this->rate(*rate, Least::above_zero).value_or(0);
  } else {
    const auto parse = [&](std::string_view text, Failure& why) {
      return parse_service(text, number_file(*service), why);
    };
    const auto law = value(*service, "service", "service: exponential(20 s) per item", parse);
    result.service = law ? law->law : Distribution::fixed(1);
    result.service_per_lot = law && law->per_lot;
    tell_raised_mean(*service, "service", result.service, Drawn::duration);
  }
  diversion(node, "rejects", result);
  diversion(node, "no_reads", result);
  double away = 0;
  for (const Diversion& d : result.diversions) away += d.share;
  if (away > 1 + 1e-9)
    in_.problems.error(node.place, tr("station {} turns away more than 100 % of its items", result.name),
                       tr("rejects and no_reads are shares of all items"));
  if (const Node* set_up = get(node, "set_up"); set_up != nullptr && check_section(*set_up, "set_up", "set_up")) {
    result.set_up.between = choice(*set_up, "between", SetUpBetween::products);
    if (const Node* takes = get(*set_up, "takes")) result.set_up.takes = durations(*takes, "takes");
    result.set_up.same_first = flag(*set_up, "same_first", false);
  }
  if (const Node* breaks = get(node, "breaks_down");
      breaks != nullptr && check_section(*breaks, "breaks_down", "breaks_down")) {
    result.breakdown.present = true;
    if (const Node* every = get(*breaks, "every")) {
      const ErrorsSince errors(in_.problems);
      result.breakdown.every = durations(*every, "every");
      if (!errors.any() && result.breakdown.every.mean() < static_cast<double>(second))
        bad(*every, "every", "", tr("breakdowns must be a second apart or more on average"));
    }
    if (const Node* lasts = get(*breaks, "for")) result.breakdown.repair = durations(*lasts, "for");
    result.breakdown.clock = choice(*breaks, "while", FailureClock::working);
  }
}

void HandlingReader::diversion(const Node& map, const std::string& key, Station& result) {
  const Node* node = get(map, key);
  if (node == nullptr || !check_section(*node, "diversion", key)) return;
  Diversion diversion;
  diversion.name = key;
  diversion.share = share(*node, "share", 0);
  if (const Node* next = get(*node, "next")) diversion.next = read_route(in_, *next);
  result.diversions.push_back(diversion);
}

SkillIndex HandlingReader::skill(const Node& node) {
  const std::string name = scalar(node, "skill");
  const auto [found, is_new] = in_.names.skills.emplace(name, static_cast<int>(in_.names.skills.size()));
  if (is_new) {
    in_.model.skills.push_back(name);
    in_.places["skills " + name] = node.place;
  }
  return SkillIndex(found->second);
}

}  // namespace

void read_handling(Reading& reading, const Node& node, Station& station, const char* servers) {
  HandlingReader(reading).handling(node, station, servers);
}

double least_handling(const Station& station) {
  return station.items_per_tick > 0 ? 1 / station.items_per_tick : station.service.least();
}

}  // namespace mailflow
