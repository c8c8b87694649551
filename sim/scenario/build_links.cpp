// Links, flows and what can be told of them before a run. Part of network_builder.hpp.
#include <algorithm>
#include <array>
#include <cmath>
#include <set>

#include "scenario/checks.hpp"
#include "scenario/files.hpp"
#include "scenario/network_builder.hpp"

namespace mailflow {

namespace {

constexpr std::size_t most_told = 20;  ///< problems of one kind in one file
constexpr int minutes_a_day = 24 * 60;
/// The choice of ways looks so far beyond the run's end.
constexpr int days_beyond = 7;

std::vector<double> evenly(Ticks from, Ticks to) {
  std::vector<double> minutes(minutes_a_day, 0);
  const auto first = static_cast<int>(from / minute);
  const auto last = static_cast<int>(to / minute);
  for (int m = first; m < last; ++m) minutes[static_cast<std::size_t>(m % minutes_a_day)] = 1.0 / (last - first);
  return minutes;
}

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

/// A file that must have some columns; one that is almost called like a known one is a mistake, any other is not read.
std::optional<CsvFile> NetworkBuilder::csv(const Node& named, const std::vector<std::string>& known,
                                           const std::vector<std::string>& needed) {
  const auto path = resolve(named, options_.data_dir, problems_);
  const auto text = path ? read_file(*path, named.place, problems_) : std::nullopt;
  if (!text) return std::nullopt;
  const std::size_t errors = problems_.errors();
  CsvFile file = read_csv(*path, *text, problems_);
  if (problems_.errors() > errors) return std::nullopt;
  std::string all;
  for (const std::string& name : file.header) all += (all.empty() ? "" : ", ") + name;
  for (const std::string& name : file.header) {
    if (std::find(known.begin(), known.end(), name) != known.end()) continue;
    if (const std::string close = nearest(name, known); !close.empty() && file.column_of(close) < 0)
      problems_.error({file.file, 1, 1}, "no column is called \"" + name + "\" here", "did you mean " + close + "?");
  }
  for (const std::string& name : needed)
    if (file.column_of(name) < 0)
      problems_.error(named.place, "the file has no column \"" + name + "\"", "it has: " + all);
  if (problems_.errors() > errors) return std::nullopt;
  return file;
}

Node NetworkBuilder::row_values(const CsvFile& file, std::size_t row, const std::vector<std::string>& known,
                                const Node& defaults) const {
  Node values = defaults;
  values.kind = Node::Kind::map;
  values.place = file.place(row, 0);
  for (std::size_t c = 0; c < file.header.size() && c < file.rows[row].size(); ++c) {
    const std::string& text = file.rows[row][c];
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

void NetworkBuilder::links() {
  const Node* map = root_.find("links");
  if (map == nullptr) return;
  if (!map->is_map()) {
    shared_->bad(*map, "links", "", "it must be a map by name, or name a file: {from: links.csv}");
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
            e.place, "\"" + e.key + "\" cannot be said of all links of a file",
            "beside from: stand at, takes, capacity and other keys of a link, for rows that do not give them");
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

void NetworkBuilder::link(const std::string& name, const Place& place, Node values) {
  Builder& read = *shared_;
  if (!read.check_section(values, "links", "link " + name)) return;
  if (std::any_of(links_.begin(), links_.end(), [&](const LinkEntry& l) { return l.name == name; })) {
    problems_.error(place, "two links are called " + name, "give each its own name (in a file, a column name)");
    return;
  }
  LinkTimetable table;
  table.name = name;
  if (const Node* from = values.find("from")) table.from = read.reference(*from, centre_names_, "centre");
  if (const Node* to = values.find("to")) table.to = read.reference(*to, centre_names_, "centre");
  if (table.from >= 0 && table.from == table.to)
    problems_.error(values.find("to")->place,
                    "link " + name + " leads from " + values.find("from")->text + " to itself", "name another centre");
  if (const Node* takes = values.find("takes")) {
    const auto parse = [](std::string_view text, Failure& why) { return parse_duration(text, Least::above_zero, why); };
    table.takes = read.value(*takes, "takes", "takes: 4 h", parse).value_or(hour);
  }
  const Node* late = values.find("late_by");
  late_by_.push_back(late == nullptr ? Distribution::fixed(0) : read.durations(*late, "late_by"));
  if (const Node* closes = values.find("closes")) {
    const auto parse = [](std::string_view text, Failure& why) {
      return parse_worded(text, "before", Least::zero, why);
    };
    table.closes_before = read.value(*closes, "closes", "closes: 20 min before", parse).value_or(0);
  }
  if (const Node* at = values.find("at")) {
    const Ticks end = read.model_.end;
    const int days = read.days_;
    read.days_ += days_beyond;
    read.model_.end += days_beyond * day;
    table.at = read.timetable(read.times_of_day(*at, "at"), read.days(values));
    read.days_ = days;
    read.model_.end = end;
  }
  timetables_.push_back(std::move(table));
  links_.push_back({name, place, std::move(values)});
}

void NetworkBuilder::flows() {
  day_ = evenly(0, day);
  const Node* node = root_.find("flows");
  if (node == nullptr || !shared_->check_section(*node, "flows", "flows")) return;
  if (const Node* into = node->find("into")) {
    flow_into_ = shared_->scalar(*into, "into");
    flow_into_place_ = into->place;
  }
  flow_days_ = shared_->days(*node);
  if (const Node* volume = node->find("volume")) {
    const auto parse = [](std::string_view text, Failure& why) { return parse_share(text, 1000, why); };
    volume_ = shared_->value(*volume, "volume", "volume: 110 %", parse).value_or(1);
  }
  if (const Node* when = node->find("hours")) hours(*when);
  const Node* from = node->find("from");
  if (from == nullptr) return;
  std::vector<std::string> needed = {"from", "to", "items_per_day"};
  if (shared_->products_.size() != 1) needed.emplace_back("product");
  const auto file = csv(*from, {"from", "to", "product", "items_per_day"}, needed);
  if (file) read_flow_rows(*file);
}

void NetworkBuilder::read_flow_rows(const CsvFile& file) {
  const auto column = [&](const char* name) { return static_cast<std::size_t>(file.column_of(name)); };
  const bool products = file.column_of("product") >= 0;
  std::size_t wrong = 0;
  const auto complain = [&](std::size_t row, std::size_t at, const std::string& what, const std::string& help) {
    if (++wrong <= most_told) problems_.error(file.place(row, at), what, help);
  };
  const auto named = [&](std::size_t row, std::size_t at, const Names& names, const std::string& kind) {
    const std::string text = at < file.rows[row].size() ? file.rows[row][at] : "";
    const auto found = names.find(text);
    if (found != names.end()) return found->second;
    std::vector<std::string> known;
    for (const auto& [name, index] : names) known.push_back(name);
    const std::string close = nearest(text, known);
    complain(row, at, "there is no " + kind + " \"" + text + "\"", close.empty() ? "" : "did you mean " + close + "?");
    return -1;
  };
  for (std::size_t r = 0; r < file.rows.size(); ++r) {
    Flow flow;
    flow.place = file.place(r, 0);
    flow.from = named(r, column("from"), centre_names_, "centre");
    flow.to = named(r, column("to"), centre_names_, "centre");
    flow.product = products ? named(r, column("product"), shared_->products_, "product") : 0;
    const std::size_t at = column("items_per_day");
    Failure failure;
    const auto items = parse_number(at < file.rows[r].size() ? file.rows[r][at] : "", failure);
    if (!items)
      complain(r, at,
               "items_per_day is \"" + (at < file.rows[r].size() ? file.rows[r][at] : "") + "\"; " + failure.must, "");
    flow.items = items.value_or(0);
    if (flow.from >= 0 && flow.to >= 0 && flow.product >= 0 && flow.items > 0) flows_.push_back(std::move(flow));
  }
  if (wrong > most_told)
    problems_.error({file.file, 0, 0}, "and " + std::to_string(wrong - most_told) + " more values that cannot be used");
}

void NetworkBuilder::hours(const Node& node) {
  if (node.is_map() && node.find("recorded") != nullptr) {
    recorded_hours(*node.find("recorded"));
    return;
  }
  if (!node.is_map()) {
    const auto span = shared_->value(node, "hours", "hours: \"06:00-20:00\"", parse_hours);
    if (span) day_ = evenly(span->from, span->to);
    return;
  }
  std::vector<std::pair<Ticks, double>> steps;
  double total = 0;
  for (const Entry& e : node.entries) {
    const auto times = shared_->times_of_day(key_as_value(e), "hours");
    const auto parse = [](std::string_view text, Failure& why) { return parse_share(text, 1, why); };
    const auto part = shared_->value(e.value, "the share from " + e.key, e.key + ": 30 %", parse);
    if (times.empty() || !part) return;
    steps.emplace_back(times[0], *part);
    total += *part;
  }
  if (std::abs(total - 1) > 1e-9)
    problems_.error(node.place, "these shares add up to " + number(total * 100) + " %, not 100 %");
  std::sort(steps.begin(), steps.end());
  std::fill(day_.begin(), day_.end(), 0);
  for (std::size_t i = 0; i < steps.size(); ++i) {
    const auto part = evenly(steps[i].first, i + 1 < steps.size() ? steps[i + 1].first : day);
    for (std::size_t m = 0; m < day_.size(); ++m) day_[m] += steps[i].second * part[m];
  }
}

/// Shares of the day by hour as recorded for each centre, over all days of the file; centres that are not in it have
/// those of all together.
void NetworkBuilder::recorded_hours(const Node& named) {
  const auto file = csv(named, {"centre", "hour_starting", "items"}, {"centre", "hour_starting", "items"});
  if (!file) return;
  std::map<int, std::array<double, 24>> items;
  std::array<double, 24> all{};
  const auto column = [&](const char* name) { return static_cast<std::size_t>(file->column_of(name)); };
  for (std::size_t r = 0; r < file->rows.size(); ++r) {
    const auto& row = file->rows[r];
    if (row.size() < file->header.size()) continue;
    const std::string& at = row[column("hour_starting")];
    Failure failure;
    const auto clock = at.size() >= 16 ? parse_time_of_day(std::string_view(at).substr(11, 5), failure) : std::nullopt;
    const auto count = parse_number(row[column("items")], failure);
    if (!clock || !count) {
      problems_.error(file->place(r, clock ? column("items") : column("hour_starting")),
                      clock ? failure.must : "hour_starting is not a date and time such as 2023-11-01T05:00");
      return;
    }
    const auto hour_of_day = static_cast<std::size_t>(*clock / hour) % 24;
    all[hour_of_day] += *count;
    if (const auto centre = centre_names_.find(row[column("centre")]); centre != centre_names_.end())
      items[centre->second][hour_of_day] += *count;
  }
  const auto shares = [](const std::array<double, 24>& counts) {
    double total = 0;
    for (const double n : counts) total += n;
    std::vector<double> minutes(minutes_a_day, 0);
    for (std::size_t m = 0; m < minutes.size(); ++m) minutes[m] = total > 0 ? counts[m / 60] / total / 60 : 0;
    return minutes;
  };
  day_ = shares(all);
  for (const auto& [centre, counts] : items) own_day_[centre] = shares(counts);
}

std::vector<RateStep> NetworkBuilder::rate_steps(std::size_t centre, double items_a_day) const {
  const auto own = own_day_.find(static_cast<int>(centre));
  const std::vector<double>& minutes = own == own_day_.end() ? day_ : own->second;
  std::vector<RateStep> steps = {{0, 0}};
  for (int d = 0; d < shared_->days_; ++d) {
    const Date date{shared_->model_.start.days + d};
    const bool comes = shared_->comes_on(flow_days_, date);
    for (std::size_t m = 0; m < minutes.size(); ++m) {
      const double rate = comes ? items_a_day * minutes[m] / static_cast<double>(minute) : 0;
      const Ticks from = shared_->calendar_->at(date, static_cast<Ticks>(m) * minute);
      if (std::abs(rate - steps.back().items_per_tick) <= 1e-12 * rate) continue;
      if (steps.back().from == from)
        steps.back().items_per_tick = rate;
      else
        steps.push_back({from, rate});
    }
  }
  return steps;
}

/// A source in each centre for all that is posted there.
void NetworkBuilder::flow_sources(Network& network) {
  const std::size_t n = network.centres.size();
  const std::size_t products = shared_->products_.size();
  std::vector<std::vector<std::vector<double>>> items(n);  // [origin][product][destination]
  for (const Flow& flow : flows_) {
    auto& own = items[static_cast<std::size_t>(flow.from)];
    own.resize(products);
    auto& to = own[static_cast<std::size_t>(flow.product)];
    to.resize(n, 0);
    to[static_cast<std::size_t>(flow.to)] += flow.items * volume_;
  }
  for (std::size_t c = 0; c < n; ++c) {
    if (items[c].empty()) continue;
    Model& model = network.centres[c];
    Source source;
    source.name = "flows";
    source.kind = Source::Kind::rate;
    const auto into = std::find_if(model.stations.begin(), model.stations.end(),
                                   [this](const Station& s) { return s.name == flow_into_; });
    if (into == model.stations.end()) {
      problems_.error(flow_into_place_, "centre " + model.name + " has no station \"" + flow_into_ + "\"",
                      "flows come into a station that every kind of centre with mail to post has");
      continue;
    }
    source.into = static_cast<int>(into - model.stations.begin());
    double total = 0;
    source.mix.product.resize(products, 0);
    for (std::size_t p = 0; p < products; ++p)
      for (const double each : items[c][p]) source.mix.product[p] += each;
    for (const double each : source.mix.product) total += each;
    for (std::size_t p = 0; p < products; ++p) {
      for (double& each : items[c][p]) each /= source.mix.product[p];
      source.mix.product[p] /= total;
    }
    source.mix.destination = std::move(items[c]);
    source.rate = rate_steps(c, total);
    model.sources.push_back(std::move(source));
  }
}

namespace {

/// Whether mail for other centres can be sent `out` by a route.
bool lets_out(const Route& route, std::size_t node, std::size_t own) {
  if (node >= route.nodes.size()) return false;
  const RouteNode& at = route.nodes[node];
  if (at.kind == RouteNode::Kind::to) return at.station == out_of_centre;
  for (std::size_t i = 0; i < at.child.size(); ++i)
    if (!(at.kind == RouteNode::Kind::by_destination && i == own) && at.child[i] >= 0 &&
        lets_out(route, static_cast<std::size_t>(at.child[i]), own))
      return true;
  return false;
}

/// Stations that mail for other centres may come to.
std::vector<bool> reached_by_others(const Model& model, std::size_t own) {
  std::vector<bool> reached(model.stations.size(), false);
  std::vector<std::size_t> todo;
  const auto come = [&](int station) {
    if (station >= 0 && !reached[static_cast<std::size_t>(station)]) {
      reached[static_cast<std::size_t>(station)] = true;
      todo.push_back(static_cast<std::size_t>(station));
    }
  };
  come(model.inbound);
  for (const Source& source : model.sources) come(source.into);
  const auto follow = [&](const auto& self, const Route& route, std::size_t node) -> void {
    if (node >= route.nodes.size()) return;
    const RouteNode& at = route.nodes[node];
    if (at.kind == RouteNode::Kind::to) come(at.station);
    for (std::size_t i = 0; i < at.child.size(); ++i)
      if (!(at.kind == RouteNode::Kind::by_destination && i == own) && at.child[i] >= 0)
        self(self, route, static_cast<std::size_t>(at.child[i]));
  };
  while (!todo.empty()) {
    const Station& station = model.stations[todo.back()];
    todo.pop_back();
    follow(follow, station.next, 0);
    for (const Diversion& diversion : station.diversions) follow(follow, diversion.next, 0);
  }
  return reached;
}

}  // namespace

/// What is impossible (errors) and what is hopeless (warnings, as for a single centre).
void NetworkBuilder::checks(Network& network, const RouteChoice& choice) {
  std::set<std::pair<int, int>> told;
  for (const Flow& flow : flows_) {
    if (choice.reaches[static_cast<std::size_t>(flow.from)][static_cast<std::size_t>(flow.to)]) continue;
    if (!told.emplace(flow.from, flow.to).second || told.size() > most_told) continue;
    problems_.error(flow.place,
                    "no trips lead from " + centres_[static_cast<std::size_t>(flow.from)].name + " to " +
                        centres_[static_cast<std::size_t>(flow.to)].name,
                    "add links, or let centres between them pass mail on (passes_on)");
  }
  const auto expected = expected_flows(network);
  for (std::size_t c = 0; c < network.centres.size(); ++c) {
    Model& model = network.centres[c];
    const std::vector<bool> reached = reached_by_others(model, c);
    for (std::size_t s = 0; s < model.stations.size(); ++s) {
      const Station& station = model.stations[s];
      bool out = lets_out(station.next, 0, c);
      for (const Diversion& diversion : station.diversions) out = out || lets_out(diversion.next, 0, c);
      if (out && reached[s])
        problems_.error(places_[c]["stations " + station.name],
                        "station " + station.name + " lets mail for other centres leave the network",
                        "tell it apart: next: {here: out, other: bay}");
    }
    for (const Source& source : model.sources)
      if (source.mix.destination.empty())
        problems_.error(places_[c]["arrivals " + source.name], "this mail is bound for no centre",
                        "say where to under to:, for example to: {here: 100 %}");
    // what comes by links, as one more source of a model to be looked at
    std::vector<double> by_links = expected[c];
    const std::vector<double> posted = posted_items(model);
    double total = 0;
    for (std::size_t d = 0; d < by_links.size(); ++d) {
      by_links[d] = std::max(0.0, by_links[d] - posted[d]);
      total += by_links[d];
    }
    std::vector<Source> sources = model.sources;
    if (total > 0 && model.inbound >= 0) {
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
    warn_of_hopeless(model, places_[c], problems_);
    model.sources = std::move(sources);
  }
}

}  // namespace mailflow
