// Makes a Network out of a scenario's tree: a document for each centre, read as any scenario, and the links between
// them.
//
// A centre's document is its kind's, with what its own `set` and `add` change, `here` read as its own name, and the
// links that start there as departures. What is wrong in a kind is told once, where it is written.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "network/network.hpp"
#include "network/routes.hpp"
#include "scenario/files/csv.hpp"
#include "scenario/network/without_way.hpp"
#include "scenario/sections/time_reader.hpp"

namespace mailflow {

/// Problems of one kind that are told of one file.
constexpr std::size_t most_of_a_kind = 20;

class NetworkReader {
 public:
  NetworkReader(const Node& root, LoadOptions options, std::string file, Problems& problems);
  /// To be used only when there are no errors.
  Network build();

 private:
  struct Flow {
    int from = -1, to = -1;
    ProductIndex product;
    double items = 0;  ///< a day
    Place place;
  };
  struct CentreEntry {
    std::string name;
    Place place;
    Node values;  ///< label, kind, set, add
    const Node* kind = nullptr;
  };
  struct LinkEntry {
    std::string name;
    Place place;
    Node values;
  };

  // network_reader.cpp
  Node skeleton() const;
  void kinds();
  void centres();
  void centres_of_file(const Node& map);
  void centre(const std::string& name, const Place& place, Node values);
  bool build_centres(Network& network);
  Node document(std::size_t centre) const;
  void targets(Network& network);
  void people(const Node& node, Network& network);
  RouteChoice routes(Network& network);

  // network_links.cpp: links and checks
  std::optional<CsvFile> csv(const Node& named, const std::vector<std::string>& known,
                             const std::vector<std::string>& needed);
  /// Rows of a file as maps: cells by column, on top of `defaults`.
  Node row_values(const CsvFile& file, std::size_t row, const std::vector<std::string>& known,
                  const Node& defaults) const;
  void links();
  void link(const std::string& name, const Place& place, Node values);
  void checks(Network& network, const RouteChoice& choice);
  // network_flows.cpp
  void flows();
  void read_flow_rows(const CsvFile& file);
  void posted_here(const Node& node);
  void without_way(const RouteChoice& choice);
  void hours(const Node& node);
  void recorded_hours(const Node& node);
  void flow_sources(Network& network);
  std::vector<RateStep> rate_steps(std::size_t centre, double items_a_day) const;

  const Node& root_;
  LoadOptions options_;
  std::string file_;
  Problems& problems_;
  Node shared_root_;  ///< what all centres share, as a document
  Reading shared_;
  TimeReader read_;
  std::map<std::string, const Node*> kinds_;
  std::vector<CentreEntry> centres_;
  Names centre_names_;
  std::vector<LinkEntry> links_;
  std::vector<LinkTimetable> timetables_;
  std::vector<Distribution> late_by_;
  std::vector<Flow> flows_;
  std::vector<double> day_;                     ///< shares of a day's flows by minute of the day, 1440
  std::map<int, std::vector<double>> own_day_;  ///< of centres that have one
  Days flow_days_;
  std::string flow_into_;
  Place flow_into_place_;
  double volume_ = 1;
  WithoutWay without_way_ = WithoutWay::error;
  std::vector<std::map<std::string, Place>> places_;  ///< of each centre's model
};

}  // namespace mailflow
