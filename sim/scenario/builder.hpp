// Makes a Model out of a scenario's tree; every mistake on the way becomes a located problem.
//
// One method per section; a quantity is read by a method named after its type, which complains when it is not one and
// gives a harmless value back, so that reading goes on to the next problem.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "mail/model.hpp"
#include "scenario/catalogue.hpp"
#include "scenario/document.hpp"
#include "scenario/load.hpp"

namespace mailflow {

struct CsvFile;

/// A number as people write it: no trailing zeros.
std::string number(double value);

class Builder {
 public:
  Builder(const Node& root, const LoadOptions& options, std::string file, Problems& problems);
  /// The model; to be used only when there are no errors.
  Model build();
  /// Where each station, product, destination, team and target is written, for warnings.
  const std::map<std::string, Place>& places() const { return places_; }

 private:
  using Names = std::map<std::string, int>;

  // build_values.cpp: values of one type
  const Node* get(const Node& map, const std::string& key) const { return map.find(key); }
  bool check_section(const Node& node, const std::string& path, const std::string& what);
  void bad(const Node& node, const std::string& what, const std::string& is, const std::string& allowed,
           const std::string& help = {});
  Ticks duration(const Node& map, const std::string& key, Ticks fallback);
  Distribution durations(const Node& node, const std::string& what);
  Distribution counts(const Node& node, const std::string& what);
  double share(const Node& map, const std::string& key, double fallback);
  double extra(const Node& map, const std::string& key);
  int whole(const Node& map, const std::string& key, int fallback, int least);
  double money(const Node& node, const std::string& what, const std::string& after);
  bool flag(const Node& map, const std::string& key, bool fallback);
  std::string scalar(const Node& node, const std::string& what);
  Label label(const Node& map, const std::string& key);
  unsigned weekdays(const Node& node);
  unsigned days(const Node& map) {
    const Node* n = get(map, "days");
    return n == nullptr ? 0x7fU : weekdays(*n);
  }
  std::vector<Ticks> times_of_day(const Node& node, const std::string& what);
  int reference(const Node& node, const Names& names, const std::string& kind);
  int choice(const Node& map, const std::string& key, const std::vector<std::string>& choices, int fallback);
  std::vector<const Node*> list(const Node& node) const;
  std::vector<Ticks> timetable(const std::vector<Ticks>& times, unsigned days, bool on_holidays) const;
  Spans opening(const Node& node, const std::string& what);
  Spans daily(const Span& hours, unsigned days) const;

  // build_centre.cpp
  void collect_names();
  void centre();
  void run();
  void products();
  void due(const Node& map, Product& product);
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
  int route_node(const Node& node, Route& route, int depth);
  int route_map(const Node& node, Route& route, int depth);
  int skill(const Node& node);

  // build_arrivals.cpp
  void arrivals();
  void source(const Node& node, Source& source, const std::string& kind);
  void mix(const Node& node, Source& source, bool products);
  std::vector<double> shares(const Node& node, const Names& names, const std::string& kind);
  void rates(const Node& node, Source& source);
  void rate_steps(const Node& node, unsigned days, std::vector<RateStep>& steps);
  void item_counts(const Node& node, Source& source);
  void replay(const Node& node, Source& source);
  void read_rows(const Node& node, const CsvFile& csv, Source& source);

  // build_staff.cpp
  void staff();
  void shift(const std::string& name, const Node& node);
  void team(const Node& node, Team& team);
  void assignment(const Node& node);
  void departures();
  void departure(const Node& node, Departure& departure);

  const Node& root_;
  const LoadOptions& options_;
  Problems& problems_;
  Model model_;
  std::optional<Calendar> calendar_;
  int days_ = 0;  ///< civil days of the run
  Names arrivals_, products_, destinations_, stations_, teams_, departures_, shifts_, sort_plans_, skills_;
  std::map<std::string, std::vector<Duty>> duties_;
  std::map<std::string, Place> places_;
};

}  // namespace mailflow
