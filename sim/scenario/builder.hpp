// Makes a Model out of a scenario's tree; every mistake on the way becomes a located problem.
//
// One method per section; a quantity is read by a method named after its type, which complains when it is not one and
// gives a harmless value back, so that reading goes on to the next problem.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "mail/model.hpp"
#include "scenario/catalogue.hpp"
#include "scenario/civil.hpp"
#include "scenario/document.hpp"
#include "scenario/laws.hpp"
#include "scenario/load.hpp"
#include "scenario/plain_text.hpp"
#include "scenario/quantities.hpp"

namespace mailflow {

struct CsvFile;

/// A number as people write it: no trailing zeros.
std::string number(double value);

/// Steps in the order of the clock as those of a model: the first at tick 0 and each later than the one before. A step
/// that a clock change puts behind the next (02:15 of a night without it, before 03:00) does not outlive the next.
std::vector<RateStep> steps_in_order(std::vector<RateStep> steps);

class Builder {
 public:
  /// `of_network`: a centre of one; its document's top level is checked by NetworkBuilder, and mail may come by links
  /// alone.
  Builder(const Node& root, const LoadOptions& options, std::string file, Problems& problems, bool of_network = false);
  /// To be used only when there are no errors.
  Scenario build();
  /// Where each station, product, destination, team and target is written, for warnings.
  const std::map<std::string, Place>& places() const { return places_; }

 private:
  friend class RosterBuilder;
  using Names = std::map<std::string, int>;

  // build_values.cpp: values of one type
  const Node* get(const Node& map, const std::string& key) const { return map.find(key); }
  bool check_section(const Node& node, const std::string& path, const std::string& what);
  std::string key_meant(const std::string& key, const CatalogueSection& known, const Node& node) const;
  bool lone_name(const Entry& entry, const Names& names);
  bool lone_word(const Node& map, std::size_t at, const CatalogueSection& known);
  /// Whether a key that a map lacks is what another of its keys, which is told already, was to be.
  bool meant(const Node& map, const std::string& key) const;
  bool tell_meant(const Node& map, const std::vector<std::string>& keys, const std::string& what);
  void tell_thousands(const Node& node, const std::string& what);
  void bad(const Node& node, const std::string& what, const std::string& is, const std::string& allowed,
           const std::string& help = {});
  /// Reads a single value by one of the functions of quantities.hpp, civil.hpp or laws.hpp; complains where it cannot.
  template <class Parse>
  auto value(const Node& node, const std::string& what, const std::string& example, const Parse& parse)
      -> decltype(parse(std::string_view{}, std::declval<Failure&>())) {
    Failure failure{"it must be a single value", {}};
    if (node.is_scalar()) {
      if (auto found = parse(with_plain_blanks(node.text), failure)) return found;
    }
    const std::string help = failure.help.empty() && !example.empty() ? "for example " + example : failure.help;
    if (!failure.must.empty()) bad(node, what, "", failure.must, help);
    return std::nullopt;
  }
  /// Numbers in the file that a law names at `node`.
  NumberFile number_file(const Node& node);
  std::optional<double> rate(const Node& node, Least least);
  std::optional<std::int64_t> items(const Node& node, const std::string& what, std::int64_t least, std::int64_t most,
                                    const std::string& example);
  Ticks duration(const Node& map, const std::string& key, Ticks fallback);
  Distribution durations(const Node& node, const std::string& what);
  Distribution counts(const Node& node, const std::string& what);
  void tell_raised_mean(const Node& node, const std::string& what, const Distribution& law, Drawn drawn);
  double share(const Node& map, const std::string& key, double fallback);
  double extra(const Node& map, const std::string& key);
  int whole(const Node& map, const std::string& key, int fallback, int least, int most = 10'000);
  double money(const Node& node, const std::string& what, bool per_hour);
  bool flag(const Node& map, const std::string& key, bool fallback);
  std::string scalar(const Node& node, const std::string& what);
  Label label(const Node& map, const std::string& key);
  Days weekdays(const Node& node, const std::string& what = "days");
  /// The days of `days` and `holidays`.
  Days days(const Node& map);
  std::vector<Ticks> times_of_day(const Node& node, const std::string& what);
  int reference(const Node& node, const Names& names, const std::string& kind,
                const std::vector<std::string>& besides = {});
  int choice(const Node& map, const std::string& key, const std::vector<std::string>& choices, int fallback);
  std::vector<const Node*> list(const Node& node) const;
  std::vector<Ticks> timetable(const std::vector<Ticks>& times, const Days& days, bool at_the_end = false) const;
  bool comes_on(const Days& days, Date date) const;
  Spans opening(const Node& node, const std::string& what);
  Spans daily(const Hours& hours, const Days& days) const;

  // build_centre.cpp
  void collect_names();
  void check_name(const Entry& named, const std::string& kind);
  void centre();
  void run();
  void products();
  void due(const Node& map, Product& product);
  void due_days();
  void targets();
  void target(const Node& node, Target& target);
  void bound(const Node& node, Target& target);

  // build_stations.cpp
  void stations();
  void station(const Node& node, Station& station);
  void handling(const Node& node, Station& station);
  void queue(const Node& node, Station& station);
  void diversion(const Node& map, const std::string& key, Station& station);
  Route route(const Node& node);
  int route_node(const Node& node, Route& route, int depth, std::uint64_t way);
  int route_map(const Node& node, Route& route, int depth, std::uint64_t way);
  void route_shares(const Node& node, Route& route, int depth, RouteNode& result);
  int skill(const Node& node);

  // build_arrivals.cpp
  void arrivals();
  void source(const Node& node, Source& source, const std::string& kind);
  void mix(const Node& node, Source& source, bool products);
  std::vector<double> shares(const Node& node, const Names& names, const std::string& kind);
  void rates(const Node& node, Source& source);
  using DayRates = std::vector<std::pair<Ticks, double>>;  ///< since midnight, items a tick
  void day_rates(const Node& node, const Days& on, std::vector<DayRates>& by_day);
  std::vector<RateStep> rates_of_days(const std::vector<DayRates>& by_day) const;
  void item_counts(const Node& node, Source& source);
  void replay(const Node& node, Source& source);
  // build_recorded.cpp
  struct Recording;
  bool recorded_columns(const Node& node, const CsvFile& csv, const Source& source, Recording& recording);
  void recorded_filter(const Node& node, const CsvFile& csv, Recording& recording);
  void read_rows(const Node& node, const CsvFile& csv, const Recording& recording, Source& source);
  int recorded_name(const std::string& name, const Names& names, const char* what, Failure& failure) const;
  bool read_row(const std::vector<std::string>& row, const Recording& recording, ReplayRow& read, Failure& failure,
                int& column);

  // build_staff.cpp
  void staff();
  void never_coming();
  void unworked_shifts();
  void shift(const std::string& name, const Node& node);
  std::vector<Duty> duties(const Hours& hours, const std::vector<ShiftBreak>& breaks, const Days& on) const;
  // build_numbers.cpp
  struct TeamShifts {
    std::vector<std::string> names;    ///< those it works, whether in the run or not
    std::vector<std::string> of_duty;  ///< of each duty
  };
  void numbers(const Node& node, Team& team, const TeamShifts& shifts);
  void numbers_by_day(const Node& node, Team& team);
  void numbers_by_file(const Node& node, Team& team, const TeamShifts& shifts);
  void team(const Node& node, Team& team);
  void assignment(const Node& node);
  void departures();
  void departure(const Node& node, Departure& departure);
  void capacity(const Node& node, Departure& departure);

  // build_situation.cpp, build_situation_staff.cpp
  enum class When : std::uint8_t { alone, before, after };
  std::optional<Ticks> instant(const Node& node, const std::string& what, When when);
  void situation_span();
  void situation();
  void situation_mail(const Node& node);
  void situation_mail_entry(const Node& node);
  void situation_hand(const Node& node, MailThere& there, std::int64_t items);
  void situation_lots(const Node& node, MailThere there, std::int64_t items);
  void situation_done(const Node& node, std::size_t first);
  void situation_bags();
  Ticks due_since(int product, Ticks arrived) const;
  void situation_station(const Node& node, int station);
  void situation_machine(const Entry& entry, int station);
  Duty* duty_then(Team& team, bool& in_course) const;
  void situation_team(const Node& node, int team);
  void situation_posts(const Node& node, int team);
  void situation_leave(const Node& node, const Team& team, Duty& duty, int present);
  void situation_agents(const Node& node, int team);
  void situation_departure(const Node& node, int departure);
  Ticks next_of(const std::vector<Ticks>& at) const;
  void situation_source(const Node& node, int source);
  void situation_volume(const Node& node, Source& source, SourceThere& there);

  // build_day_plan.cpp
  void day_plan();
  void within_day(const Node& node);
  void split_posts(const Node& node);

  friend class NetworkBuilder;  // it reads values in the same way
  // build_roster.cpp
  void roster();

  // build_plan.cpp
  void plan();
  void planned_team(const std::string& name, const Node& node);
  void new_shifts(const Node& node);
  int planned_shift(const std::string& name);

  const Node& root_;
  bool of_network_;
  const LoadOptions& options_;
  Problems& problems_;
  Scenario scenario_;
  Model& model_ = scenario_.model;
  std::optional<Calendar> calendar_;
  int days_ = 0;  ///< civil days of the run
  Names arrivals_, products_, destinations_, stations_, teams_, departures_, shifts_, sort_plans_, skills_;
  std::map<std::string, std::vector<Duty>> duties_;
  std::map<std::string, Label> shift_labels_;
  std::map<std::string, Place> places_;
  std::map<const Node*, std::set<std::string>> meant_keys_;  ///< of each map: those that unknown ones were to be
  struct MisspeltSkill {
    Place place;
    std::string name;
    std::string meant;  ///< may be empty
  };
  std::vector<MisspeltSkill> misspelt_skills_;              ///< skills of teams that no station asks for
  bool strange_kind_ = false;                               ///< a station's kind is not known: it may have been a bay
  std::set<std::string> numbers_read_;                      ///< files with numbers of agents
  std::set<std::pair<int, int>> hands_;                     ///< positions of the situation that have mail in hand
  std::vector<std::pair<std::size_t, Node>> done_of_bags_;  ///< entries of the situation's mail, and their done
};

}  // namespace mailflow
