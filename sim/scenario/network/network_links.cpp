// Links, and what can be told of a network before a run. Part of network_reader.hpp.
#include <algorithm>
#include <set>
#include <utility>

#include "core/words.hpp"
#include "scenario/checks/checks.hpp"
#include "scenario/files/files.hpp"
#include "scenario/network/network_reader.hpp"

namespace mailflow {

namespace {

/// The choice of ways looks so far beyond the run's end.
constexpr int days_beyond = 7;

/// A cell as the value that a scenario would have there; times of day may stand in a row.
Node cell_value(const std::string& text, const Place& place, const std::string& column) {
  Node node;
  node.kind = Node::Kind::scalar;
  node.text = text;
  node.place = place;
  if (column != "at" && column != "bay") return node;
  Node all;
  all.kind = Node::Kind::sequence;
  all.place = place;
  for (std::size_t from = 0; from < text.size();) {
    const std::size_t to = std::min(text.find_first_of(" ;,", from), text.size());
    if (to > from) {
      node.text = text.substr(from, to - from);
      all.items.push_back(node);
    }
    from = to + 1;
  }
  return all.items.size() == 1 ? all.items[0] : all;
}

}  // namespace

/// A file that must have some columns; one that is almost called like a known one is a mistake, any other is not read_.
std::optional<CsvFile> NetworkReader::csv(const Node& named, const std::vector<std::string>& known,
                                          const std::vector<std::string>& needed) {
  const auto path = resolve(named, options_.data_dir, problems_);
  auto text = path ? read_file(*path, named.place, problems_) : std::nullopt;
  if (!text) return std::nullopt;
  const ErrorsSince errors(problems_);
  CsvFile file = read_csv(*path, std::move(*text), problems_);
  if (errors.any()) return std::nullopt;
  for (const std::string& name : file.header) {
    if (std::find(known.begin(), known.end(), name) != known.end()) continue;
    if (const std::string close = nearest(name, known); !close.empty() && file.column_of(close) < 0)
      problems_.error({file.file, 1, 1}, tr("no column is called \"{}\" here", name), tr("did you mean {}?", close));
  }
  for (const std::string& name : needed)
    if (file.column_of(name) < 0)
      problems_.error(named.place, tr("the file has no column \"{}\"", name), file.columns());
  if (errors.any()) return std::nullopt;
  return file;
}

Node NetworkReader::row_values(const CsvFile& file, std::size_t row, const std::vector<std::string>& known,
                               const Node& defaults) const {
  Node values = defaults;
  values.kind = Node::Kind::map;
  values.place = file.place(row, 0);
  for (std::size_t c = 0; c < file.header.size() && c < file.rows[row].size(); ++c) {
    const std::string text = file.rows[row][c];
    if (text.empty() || std::find(known.begin(), known.end(), file.header[c]) == known.end()) continue;
    const Place place = file.place(row, c);
    Node value = cell_value(text, place, file.header[c]);
    if (Entry* given = values.entry(file.header[c]))
      given->value = std::move(value);
    else
      values.entries.push_back({file.header[c], place, std::move(value)});
  }
  return values;
}

void NetworkReader::links() {
  const Node* map = root_.find("links");
  if (map == nullptr) return;
  if (!map->is_map()) {
    read_.bad(*map, "links", "", tr("it must be a map by name, or name a file: {from: links.csv}"));
    return;
  }
  const Node* from = map->find("from");
  if (from == nullptr || !from->is_scalar()) {
    for (const Entry& e : map->entries) link(e.key, e.place, e.value);
  } else {
    std::vector<std::string> known = section("links").names();
    known.emplace_back("name");
    Node defaults = *map;
    std::erase_if(defaults.entries, [](const Entry& e) { return e.key == "from"; });
    for (const Entry& e : defaults.entries)
      if (section("links").find(e.key) == nullptr || e.key == "to")
        problems_.error(
            e.place, tr("\"{}\" cannot be said of all links of a file", e.key),
            tr("beside from: stand at, takes, capacity and other keys of a link, for rows that do not give them"));
    std::vector<std::string> needed = {"from", "to"};
    for (const char* key : {"at", "takes"})
      if (defaults.find(key) == nullptr) needed.emplace_back(key);
    const auto file = csv(*from, known, needed);
    for (std::size_t r = 0; file && r < file->rows.size(); ++r) {
      Node values = row_values(*file, r, known, defaults);
      const Node* name = values.find("name");
      const Node* a = values.find("from");
      const Node* b = values.find("to");
      const std::string called = name != nullptr                ? name->text
                                 : a != nullptr && b != nullptr ? a->text + "-" + b->text
                                                                : "";
      std::erase_if(values.entries, [](const Entry& e) { return e.key == "name"; });
      link(called, file->place(r, 0), std::move(values));
    }
  }
  // by name: the order in which trips of one instant load, and in which ways alike are chosen
  std::vector<std::size_t> order(links_.size());
  for (std::size_t l = 0; l < order.size(); ++l) order[l] = l;
  std::sort(order.begin(), order.end(),
            [this](std::size_t a, std::size_t b) { return links_[a].name < links_[b].name; });
  const auto arrange = [&order](auto& all) {
    auto sorted = all;
    for (std::size_t l = 0; l < order.size(); ++l) sorted[l] = all[order[l]];
    all.swap(sorted);
  };
  arrange(links_);
  arrange(timetables_);
  arrange(late_by_);
}

void NetworkReader::link(const std::string& name, const Place& place, Node values) {
  if (!read_.check_section(values, "links", tr("link {}", name))) return;
  if (std::any_of(links_.begin(), links_.end(), [&](const LinkEntry& l) { return l.name == name; })) {
    problems_.error(place, tr("two links are called {}", name),
                    tr("give each its own name (in a file, a column name)"));
    return;
  }
  LinkTimetable table;
  table.name = name;
  if (const Node* from = values.find("from")) table.from = read_.reference(*from, centre_names_, tr("centre"));
  if (const Node* to = values.find("to")) table.to = read_.reference(*to, centre_names_, tr("centre"));
  if (table.from >= 0 && table.from == table.to)
    problems_.error(values.find("to")->place, tr("link {} leads from {} to itself", name, values.find("from")->text),
                    tr("name another centre"));
  if (const Node* takes = values.find("takes")) {
    const auto parse = [](std::string_view text, Failure& why) { return parse_duration(text, Least::above_zero, why); };
    table.takes = read_.value(*takes, "takes", "takes: 4 h", parse).value_or(hour);
  }
  const Node* late = values.find("late_by");
  late_by_.push_back(late == nullptr ? Distribution::fixed(0) : read_.durations(*late, "late_by"));
  if (const Node* closes = values.find("closes")) {
    const auto parse = [](std::string_view text, Failure& why) {
      return parse_worded(text, "before", Least::zero, why);
    };
    table.closes_before = read_.value(*closes, "closes", "closes: 20 min before", parse).value_or(0);
  }
  if (const Node* at = values.find("at")) {
    const Ticks end = shared_.model.end;
    const int days = shared_.days;
    shared_.days += days_beyond;
    shared_.model.end += days_beyond * day;
    table.at = read_.timetable(read_.times_of_day(*at, "at"), read_.days(values));
    shared_.days = days;
    shared_.model.end = end;
  }
  timetables_.push_back(std::move(table));
  links_.push_back({name, place, std::move(values)});
}

namespace {

/// Whether mail for other centres can be sent `out` by a route.
bool lets_out(const Route& route, RouteNodeIndex node, std::size_t own) {
  if (node == none || route.nodes.empty()) return false;
  const RouteNode& at = route.nodes[node];
  if (at.kind == RouteNode::Kind::leaves) return true;
  for (std::size_t i = 0; i < at.child.size(); ++i)
    if (!(at.kind == RouteNode::Kind::by_destination && i == own) && lets_out(route, at.child[i], own)) return true;
  return false;
}

/// Stations that mail for other centres may come to.
Rows<Station, bool> reached_by_others(const Model& model, std::size_t own) {
  Rows<Station, bool> reached(model.stations.size(), false);
  std::vector<StationIndex> todo;
  const auto come = [&](StationIndex station) {
    if (station == none || reached[station]) return;
    reached[station] = true;
    todo.push_back(station);
  };
  come(model.inbound);
  for (const Source& source : model.sources) come(source.into);
  const auto follow = [&](const auto& self, const Route& route, RouteNodeIndex node) -> void {
    if (node == none || route.nodes.empty()) return;
    const RouteNode& at = route.nodes[node];
    if (at.kind == RouteNode::Kind::to) come(at.station);
    for (std::size_t i = 0; i < at.child.size(); ++i)
      if (!(at.kind == RouteNode::Kind::by_destination && i == own)) self(self, route, at.child[i]);
  };
  while (!todo.empty()) {
    const Station& station = model.stations[todo.back()];
    todo.pop_back();
    follow(follow, station.next, RouteNodeIndex(0));
    for (const Diversion& diversion : station.diversions) follow(follow, diversion.next, RouteNodeIndex(0));
  }
  return reached;
}

}  // namespace

/// What is impossible (errors) and what is hopeless (warnings, as for a single centre).
void NetworkReader::checks(Network& network, const RouteChoice& choice) {
  std::set<std::pair<int, int>> told;
  for (const Flow& flow : flows_) {
    if (choice.reaches[static_cast<std::size_t>(flow.from)][static_cast<std::size_t>(flow.to)]) continue;
    if (!told.emplace(flow.from, flow.to).second || told.size() > most_of_a_kind) continue;
    problems_.error(flow.place,
                    tr("no trips lead from {} to {}", centres_[static_cast<std::size_t>(flow.from)].name,
                       centres_[static_cast<std::size_t>(flow.to)].name),
                    tr("add links, or let centres between them pass mail on (passes_on)"));
  }
  const auto expected = expected_flows(network);
  // a station that no mail reaches in any centre of its kind
  std::map<const Node*, int> of_kind;
  std::map<std::pair<const Node*, std::string>, int> unreached;
  for (const CentreEntry& centre : centres_) ++of_kind[centre.kind];
  for (std::size_t c = 0; c < network.centres.size(); ++c) {
    Model& model = network.centres[c];
    const Rows<Station, bool> reached = reached_by_others(model, c);
    for (const StationIndex s : model.stations.indices()) {
      const Station& station = model.stations[s];
      bool out = lets_out(station.next, RouteNodeIndex(0), c);
      for (const Diversion& diversion : station.diversions) out = out || lets_out(diversion.next, RouteNodeIndex(0), c);
      if (out && reached[s])
        problems_.error(places_[c]["stations " + station.name],
                        tr("station {} lets mail for other centres leave the network", station.name),
                        tr("tell it apart: next: {here: out, other: bay}"));
    }
    for (const Source& source : model.sources)
      if (source.mix.destination.empty())
        problems_.error(places_[c]["arrivals " + source.name], tr("this mail is bound for no centre"),
                        tr("say where to under to:, for example to: {here: 100 %}"));
    // what comes by links, as one more source of a model to be looked at
    Rows<Destination, double> by_links = expected[c];
    const Rows<Destination, double> posted = posted_items(model);
    double total = 0;
    for (const DestinationIndex d : by_links.indices()) {
      by_links[d] = std::max(0.0, by_links[d] - posted[d]);
      total += by_links[d];
    }
    Rows<Source> sources = model.sources;
    if (total > 0 && model.inbound != none) {
      Source source;
      source.name = "links";
      source.kind = Source::Kind::rate;
      source.into = model.inbound;
      source.rate = {{0, total / static_cast<double>(model.end)}};
      source.mix.product.assign(model.products.size(), 1.0 / static_cast<double>(model.products.size()));
      for (double& each : by_links) each /= total;
      source.mix.destination.assign(model.products.size(), by_links);
      model.sources.push_back(std::move(source));
    }
    Problems own;
    warn_of_hopeless(model, {}, places_[c], own);
    for (const Problem& problem : own.sorted()) {
      if (problem.no_mail)
        ++unreached[{centres_[c].kind, problem.message}];
      else
        problems_.add(problem);
      if (const auto told_so = unreached.find({centres_[c].kind, problem.message});
          told_so != unreached.end() && told_so->second == of_kind[centres_[c].kind])
        problems_.add(problem);
    }
    model.sources = std::move(sources);
  }
}

}  // namespace mailflow
