// The network as a whole: kinds, centres, targets, ways; and the order in which sections are read.
#include "scenario/network/network_reader.hpp"

#include <algorithm>

#include "core/words.hpp"
#include "scenario/checks/checks.hpp"
#include "scenario/files/files.hpp"
#include "scenario/sections/centre.hpp"
#include "scenario/sections/names.hpp"
#include "scenario/sections/products.hpp"
#include "scenario/sections/targets.hpp"
#include "scenario/what_if.hpp"
#include "scenario/whole_centre.hpp"

namespace mailflow {

namespace {

const char* const kind_sections[] = {"sort_plans", "arrivals", "stations", "staff", "transport"};

/// Reads `here` as the centre's own name: keys of routes and shares, and destinations named by `to`.
void name_here(Node& node, const std::string& name, bool destinations) {
  for (Node& item : node.items) {
    if (destinations && item.is_scalar() && item.text == "here") item.text = name;
    name_here(item, name, destinations);
  }
  for (Entry& e : node.entries) {
    if (e.key == "here") e.key = name;
    const bool to = e.key == "to";
    if (to && e.value.is_scalar() && e.value.text == "here") e.value.text = name;
    name_here(e.value, name, to);
  }
}

Entry entry(const std::string& key, const Place& place, Node value) { return {key, place, std::move(value)}; }

Node map_at(const Place& place) {
  Node node;
  node.kind = Node::Kind::map;
  node.place = place;
  return node;
}

}  // namespace

NetworkReader::NetworkReader(const Node& root, LoadOptions options, std::string file, Problems& problems)
    : root_(root),
      options_(std::move(options)),
      file_(std::move(file)),
      problems_(problems),
      shared_(shared_root_, options_, file_, problems_, true),
      read_(shared_) {}

Network NetworkReader::build() {
  Network network;
  network.file = file_;
  shared_root_ = skeleton();
  if (!read_.check_section(root_, "network-scenario", tr("the scenario"))) return network;
  check_version(shared_, root_, "");
  network.scenario = read_.label(root_, "label");
  if (const Node* whole = root_.find("network");
      whole != nullptr && read_.check_section(*whole, "network", "network")) {
    network.label = read_.label(*whole, "name");
    network.name = network.label.en;
    network.transfer = read_.duration(*whole, "transfer", 0);
    if (const Node* who = whole->find("people"); who != nullptr && read_.check_section(*who, "people", "people"))
      people(*who, network);
  }
  kinds();
  centres();
  const bool named = !centres_.empty() && root_.find("run") != nullptr;
  shared_root_ = skeleton();  // now with the destinations
  read_centre(shared_);
  read_run(shared_);
  if (!named || !shared_.calendar) return network;
  collect_names(shared_);
  read_products(shared_);
  if (const Node* run = root_.find("run"); run->is_map() && run->find("warm_up") != nullptr)
    read_.bad(*run->find("warm_up"), "warm_up", "",
              tr("a network is counted from its start, so that all mail is accounted for"), tr("leave it out"));
  links();
  flows();
  targets(network);
  if (!build_centres(network)) return network;
  if (problems_.has_errors()) return network;
  const RouteChoice choice = routes(network);
  if (without_way_ != WithoutWay::error) without_way(choice);
  flow_sources(network);
  checks(network, choice);
  return network;
}

/// What all centres share, as a single centre's document: centre, products, destinations, run.
Node NetworkReader::skeleton() const {
  Node node = map_at(root_.place);
  if (const Node* whole = root_.find("network"); whole != nullptr && whole->is_map()) {
    Node centre = *whole;
    std::erase_if(centre.entries, [](const Entry& e) { return section("centre").find(e.key) == nullptr; });
    if (centre.find("name") == nullptr) {  // told already
      Node name;
      name.kind = Node::Kind::scalar;
      name.text = "?";
      centre.entries.push_back(entry("name", whole->place, name));
    }
    node.entries.push_back(entry("centre", whole->place, std::move(centre)));
  }
  for (const char* key : {"products", "run"})
    if (const Entry* given = root_.entry(key)) node.entries.push_back(*given);
  Node destinations = map_at(root_.place);
  for (const CentreEntry& centre : centres_) {
    Node values = map_at(centre.place);
    if (const Entry* label = centre.values.entry("label")) values.entries.push_back(*label);
    destinations.entries.push_back(entry(centre.name, centre.place, std::move(values)));
  }
  node.entries.push_back(entry("destinations", root_.place, std::move(destinations)));
  return node;
}

void NetworkReader::kinds() {
  const Node* map = root_.find("centre_kinds");
  if (map == nullptr) return;
  if (!map->is_map() || map->entries.empty()) {
    read_.bad(*map, "centre_kinds", map->is_map() ? tr("empty") : "", tr("it must be a map by name"));
    return;
  }
  for (const Entry& e : map->entries) {
    kinds_[e.key] = &e.value;
    read_.check_section(e.value, "centre_kinds", tr("centre kind {}", e.key));
  }
}

void NetworkReader::centres() {
  const Node* map = root_.find("centres");
  if (map == nullptr) return;
  if (!map->is_map()) {
    read_.bad(*map, "centres", "", tr("it must be a map by name, or name a file: {from: centres.csv}"));
    return;
  }
  const Node* from = map->find("from");
  const bool file = from != nullptr && from->is_scalar();
  if (file) centres_of_file(*map);
  for (const Entry& e : map->entries)
    if (!file || (e.key != "from" && e.key != "kind")) centre(e.key, e.place, e.value);
  if (centres_.empty() && !file) problems_.error(map->place, tr("{} is empty", "centres"), tr("give at least two"));
  if (centres_.size() > 30000) problems_.error(map->place, tr("more than 30000 centres"), tr("split the network"));
}

void NetworkReader::centres_of_file(const Node& map) {
  const std::vector<std::string> known = {"name", "kind", "label"};
  Node defaults = map_at(map.place);
  std::vector<std::string> needed = {"name"};
  if (const Entry* kind = map.entry("kind"))
    defaults.entries.push_back(*kind);
  else
    needed.emplace_back("kind");
  const auto file = csv(*map.find("from"), known, needed);
  if (!file) return;
  const int name_column = file->column_of("name");
  for (std::size_t r = 0; r < file->rows.size(); ++r) {
    const auto& row = file->rows[r];
    const auto name = static_cast<std::size_t>(name_column);
    Node values = row_values(*file, r, known, defaults);
    std::erase_if(values.entries, [](const Entry& e) { return e.key == "name"; });
    Node set = map_at(file->place(r, 0));
    for (std::size_t c = 0; c < file->header.size() && c < row.size(); ++c) {
      if (file->header[c].find('.') == std::string::npos || row[c].empty()) continue;
      Node value;
      value.kind = Node::Kind::scalar;
      value.text = row[c];
      value.place = file->place(r, c);
      set.entries.push_back(entry(file->header[c], value.place, value));
    }
    const Place at = set.place;
    if (!set.entries.empty()) values.entries.push_back(entry("set", at, std::move(set)));
    centre(name < row.size() ? row[name] : "", file->place(r, name), std::move(values));
  }
}

void NetworkReader::centre(const std::string& name, const Place& place, Node values) {
  if (name.empty() || name == "here" || name == "other" || name == "out") {
    problems_.error(place, tr("a centre cannot be called \"{}\"", name),
                    name.empty() ? tr("give it a name") : tr("the word has a meaning of its own among destinations"));
    return;
  }
  check_name({name, place, {}}, tr("centres"), problems_);
  if (!centre_names_.emplace(name, static_cast<int>(centres_.size())).second) {
    problems_.error(place, tr("two centres are called {}", name), tr("give each its own name"));
    return;
  }
  CentreEntry entry{name, place, std::move(values), nullptr};
  if (read_.check_section(entry.values, "centres", tr("centre {}", name)))
    if (const Node* kind = entry.values.find("kind")) {
      Names names;
      for (const auto& [known, node] : kinds_) names.emplace(known, 0);
      if (read_.reference(*kind, names, tr("centre kind")) >= 0 && kinds_.at(kind->text)->is_map())
        entry.kind = kinds_.at(kind->text);
    }
  centres_.push_back(std::move(entry));
}

/// A centre as a scenario of its own.
Node NetworkReader::document(std::size_t c) const {
  const CentreEntry& centre = centres_[c];
  Node node = shared_root_;
  Node kind = *centre.kind;
  Node change = map_at(centre.place);
  for (const char* key : {"set", "add", "remove"})
    if (const Entry* given = centre.values.entry(key)) change.entries.push_back(*given);
  apply_change(kind, change, problems_);
  for (const char* key : kind_sections)
    if (Entry* given = kind.entry(key)) {
      name_here(given->value, centre.name, false);
      node.entries.push_back(std::move(*given));
    }
  Node name;
  name.kind = Node::Kind::scalar;
  name.text = centre.name;
  name.place = centre.place;
  if (const Node* label = centre.values.find("label")) name = *label;
  if (Entry* whole = node.entry("centre")) whole->value.entry("name")->value = name;
  std::vector<const LinkEntry*> own;
  for (std::size_t l = 0; l < links_.size(); ++l)
    if (timetables_[l].from == static_cast<int>(c)) own.push_back(&links_[l]);
  if (own.empty()) return node;
  if (node.entry("transport") == nullptr)
    node.entries.push_back(entry("transport", centre.place, map_at(centre.place)));
  Node& transport = node.entry("transport")->value;
  if (!transport.is_map()) return node;
  if (transport.entry("departures") == nullptr)
    transport.entries.push_back(entry("departures", centre.place, map_at(centre.place)));
  Node& departures = transport.entry("departures")->value;
  if (!departures.is_map()) return node;
  for (const LinkEntry* link : own) {
    if (departures.entry(link->name) != nullptr)
      problems_.error(link->place, tr("link {} has the name of a departure of {}", link->name, centre.name),
                      tr("give one of them another name"));
    Node values = map_at(link->place);
    for (const Entry& e : link->values.entries) {
      if (e.key == "bay")
        values.entries.push_back(entry("from", e.place, e.value));
      else if (e.key != "from" && e.key != "to" && section("transport.departures").find(e.key) != nullptr)
        values.entries.push_back(e);
    }
    Node to;
    to.kind = Node::Kind::sequence;
    to.place = link->place;
    values.entries.push_back(entry("to", link->place, to));
    departures.entries.push_back(entry(link->name, link->place, std::move(values)));
  }
  return node;
}

bool NetworkReader::build_centres(Network& network) {
  std::map<std::string, int> link_numbers;
  for (std::size_t l = 0; l < links_.size(); ++l) link_numbers.emplace(links_[l].name, static_cast<int>(l));
  for (std::size_t c = 0; c < centres_.size(); ++c) {
    if (centres_[c].kind == nullptr) continue;
    const Node node = document(c);
    Reading own(node, options_, file_, problems_, true);
    read_sections(own);
    Model model = std::move(own.model);
    model.name = model.place = centres_[c].name;
    if (model.label.en.empty()) model.label = {model.name, model.name};
    const Node* inbound = centres_[c].kind->find("inbound");
    const bool ends = std::any_of(timetables_.begin(), timetables_.end(),
                                  [&](const LinkTimetable& t) { return t.to == static_cast<int>(c); });
    if (inbound != nullptr)
      model.inbound = ValueReader(own).reference(*inbound, own.names.stations, tr("station"));
    else if (ends)
      problems_.error(centres_[c].kind->place,
                      tr("mail comes by links to {}, and its kind does not say into which station", centres_[c].name),
                      tr("for example {}", "inbound: sorting"));
    for (Departure& departure : model.departures)
      if (const auto link = link_numbers.find(departure.name);
          link != link_numbers.end() && timetables_[static_cast<std::size_t>(link->second)].from == static_cast<int>(c))
        departure.link = LinkIndex(link->second);
    places_.push_back(std::move(own.places));
    network.centres.push_back(std::move(model));
  }
  return network.centres.size() == centres_.size();
}

void NetworkReader::targets(Network& network) {
  const Node* map = root_.find("targets");
  if (map == nullptr) return;
  if (!map->is_map()) {
    read_.bad(*map, "targets", "", tr("it must be a map by name"));
    return;
  }
  for (const Entry& e : map->entries) {
    if (!read_.check_section(e.value, "network-targets", tr("target {}", e.key))) continue;
    NetworkTarget target;
    target.name = e.key;
    target.label = read_.label(e.value, "label");
    read_.choice(e.value, "measure", {std::string(word_of(Target::Measure::on_time))}, 0);
    if (const Node* of = e.value.find("of"))
      target.product = read_.reference(*of, shared_.names.products, tr("product"));
    if (const Node* from = e.value.find("from")) target.origin = read_.reference(*from, centre_names_, tr("centre"));
    if (const Node* to = e.value.find("to"))
      target.destination = DestinationIndex(read_.reference(*to, centre_names_, tr("centre")));
    Target bound;
    bound.name = e.key;
    read_bound(shared_, e.value, bound);
    target.at_least = bound.at_least;
    target.bound = bound.bound;
    network.targets.push_back(target);
  }
}

void NetworkReader::people(const Node& node, Network& network) {
  const auto an_hour = [&](const char* key) {
    const Node* given = node.find(key);
    return given == nullptr ? 0 : read_.rate(*given, Least::above_zero).value_or(0) * static_cast<double>(hour);
  };
  network.people.items_per_hour = an_hour("rate");
  network.people.further_per_hour = an_hour("further");
  const Ticks shift = read_.duration(node, "shift", 8 * hour);
  if (shift <= 0 || shift > day)
    read_.bad(*node.find("shift"), "shift", "", tr("it must be above 0 and at most 24 h"));
  else
    network.people.shift_hours = in_hours(shift);
  if (node.find("regulars") != nullptr) network.people.regulars = read_.whole(node, "regulars", 0, 0, 1'000'000);
}

/// Which trips take what.
RouteChoice NetworkReader::routes(Network& network) {
  RouteProblem problem;
  problem.centres = centres_.size();
  problem.transfer = network.transfer;
  problem.links = timetables_;
  for (const CentreEntry& centre : centres_) problem.passes_on.push_back(read_.flag(*centre.kind, "passes_on", true));
  RouteChoice choice = choose_routes(problem, options_.parts);
  for (std::size_t l = 0; l < links_.size(); ++l) {
    Link link;
    link.name = links_[l].name;
    link.label = read_.label(links_[l].values, "label");
    link.from = timetables_[l].from;
    link.to = timetables_[l].to;
    link.takes = timetables_[l].takes;
    link.late_by = late_by_[l];
    auto& departures = network.centres[static_cast<std::size_t>(link.from)].departures;
    for (const DepartureIndex d : departures.indices())
      if (departures[d].link == LinkIndex(l)) link.departure = d;
    Departure& departure = departures[link.departure];
    auto& serves = choice.trip_serves[l];
    // the timetable of the choice goes on beyond the run
    serves.resize(departure.at.size());
    for (const Rows<Destination, bool>& trip : serves)
      for (const DestinationIndex d : trip.indices())
        if (trip[d]) departure.serves[d] = true;
    departure.trip_serves = std::move(serves);
    network.links.push_back(std::move(link));
  }
  return choice;
}

}  // namespace mailflow
