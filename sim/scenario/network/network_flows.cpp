// Flows: who posts how much for whom, and when. Part of network_reader.hpp.
#include <algorithm>
#include <array>
#include <cmath>
#include <set>

#include "core/words.hpp"
#include "scenario/network/network_reader.hpp"
#include "scenario/sections/arrivals.hpp"

namespace mailflow {

namespace {

constexpr int minutes_a_day = 24 * 60;

std::vector<double> evenly(Ticks from, Ticks to) {
  std::vector<double> minutes(minutes_a_day, 0);
  const auto first = static_cast<int>(from / minute);
  const auto last = static_cast<int>(to / minute);
  for (int m = first; m < last; ++m) minutes[static_cast<std::size_t>(m % minutes_a_day)] = 1.0 / (last - first);
  return minutes;
}

}  // namespace

void NetworkReader::flows() {
  day_ = evenly(0, day);
  const Node* node = root_.find("flows");
  if (node == nullptr || !read_.check_section(*node, "flows", "flows")) return;
  if (const Node* into = node->find("into")) {
    flow_into_ = read_.scalar(*into, "into");
    flow_into_place_ = into->place;
  }
  flow_days_ = read_.days(*node);
  if (const Node* volume = node->find("volume")) {
    const auto parse = [](std::string_view text, Failure& why) { return parse_share(text, 1000, why); };
    volume_ = read_.value(*volume, "volume", "volume: 110 %", parse).value_or(1);
  }
  if (const Node* when = node->find("hours")) hours(*when);
  const Node* from = node->find("from");
  if (from == nullptr) return;
  std::vector<std::string> needed = {"from", "to", "items_per_day"};
  if (shared_.names.products.size() != 1) needed.emplace_back("product");
  const auto file = csv(*from, {"from", "to", "product", "items_per_day"}, needed);
  if (file) read_flow_rows(*file);
  without_way_ = read_.choice(*node, "without_way", WithoutWay::error);
  if (const Node* here = node->find("here")) posted_here(*here);
}

/// What a centre handles a day and its flows do not explain is posted there for itself.
void NetworkReader::posted_here(const Node& node) {
  const Node* named = node.is_map() ? node.find("recorded") : nullptr;
  if (named == nullptr || shared_.names.products.size() != 1) {
    read_.bad(node, "here", named == nullptr ? "" : tr("given for several products"),
              tr("it must be {recorded: file}, of a network with one product"));
    return;
  }
  const auto file = csv(*named, {"centre", "hour_starting", "items"}, {"centre", "hour_starting", "items"});
  if (!file) return;
  const auto column = [&](const char* name) { return static_cast<std::size_t>(file->column_of(name)); };
  std::map<int, double> handled;
  std::set<std::string> dates;
  for (std::size_t r = 0; r < file->rows.size(); ++r) {
    const auto row = file->rows[r];
    if (row.size() < file->header.size()) continue;
    Failure failure;
    dates.insert(row[column("hour_starting")].substr(0, 10));
    if (const auto centre = centre_names_.find(row[column("centre")]); centre != centre_names_.end())
      handled[centre->second] += parse_number(row[column("items")], failure).value_or(0);
  }
  std::map<int, double> by_flows;
  for (const Flow& flow : flows_) {
    by_flows[flow.from] += flow.items;
    by_flows[flow.to] += flow.items;
  }
  for (const auto& [centre, items] : handled) {
    const double rest = items / static_cast<double>(dates.size()) - by_flows[centre];
    if (rest > 0) flows_.push_back({centre, centre, ProductIndex(0), rest, named->place});
  }
}

/// Flows that no trips lead for are not posted, or for their origin only; told, with what they would have brought.
void NetworkReader::without_way(const RouteChoice& choice) {
  const auto lost = [&](const Flow& flow) {
    return !choice.reaches[static_cast<std::size_t>(flow.from)][static_cast<std::size_t>(flow.to)];
  };
  std::string names;
  double items = 0;
  std::size_t count = 0;
  for (const Flow& flow : flows_) {
    if (!lost(flow)) continue;
    items += flow.items;
    if (++count <= most_of_a_kind)
      names += (names.empty() ? "" : ", ") + tr("{} to {}", centres_[static_cast<std::size_t>(flow.from)].name,
                                                centres_[static_cast<std::size_t>(flow.to)].name);
  }
  if (count == 0) return;
  const std::string all = count > most_of_a_kind ? tr("{} and more", names) : names;
  problems_.warning(
      root_.find("flows")->place,
      without_way_ == WithoutWay::leave_out
          ? tr("no trips lead for {} flows with {} items a day, which are left out: {}", count, number(items), all)
          : tr("no trips lead for {} flows with {} items a day, which end at the origin: {}", count, number(items),
               all));
  if (without_way_ == WithoutWay::leave_out) std::erase_if(flows_, lost);
  for (Flow& flow : flows_)
    if (lost(flow)) flow.to = flow.from;
}

void NetworkReader::read_flow_rows(const CsvFile& file) {
  const auto column = [&](const char* name) { return static_cast<std::size_t>(file.column_of(name)); };
  const bool products = file.column_of("product") >= 0;
  std::size_t wrong = 0;
  const auto complain = [&](std::size_t row, std::size_t at, const std::string& what, const std::string& help) {
    if (++wrong <= most_of_a_kind) problems_.error(file.place(row, at), what, help);
  };
  const auto named = [&](std::size_t row, std::size_t at, const Names& names, const char* kind) {
    const std::string text = at < file.rows[row].size() ? file.rows[row][at] : "";
    const auto found = names.find(text);
    if (found != names.end()) return found->second;
    std::vector<std::string> known;
    for (const auto& [name, index] : names) known.push_back(name);
    const std::string close = nearest(text, known);
    complain(row, at, tr("there is no {} {}", tr(kind), tr("\"{}\"", text)),
             close.empty() ? "" : tr("did you mean {}?", close));
    return -1;
  };
  for (std::size_t r = 0; r < file.rows.size(); ++r) {
    Flow flow;
    flow.place = file.place(r, 0);
    flow.from = named(r, column("from"), centre_names_, tr_later("centre"));
    flow.to = named(r, column("to"), centre_names_, tr_later("centre"));
    flow.product =
        ProductIndex(products ? named(r, column("product"), shared_.names.products, tr_later("product")) : 0);
    const std::size_t at = column("items_per_day");
    Failure failure;
    const auto items = parse_number(at < file.rows[r].size() ? without_thousands(file.rows[r][at]) : "", failure);
    if (!items)
      complain(r, at,
               tr("{} is {}; {}", "items_per_day", tr("\"{}\"", at < file.rows[r].size() ? file.rows[r][at] : ""),
                  failure.must),
               "");
    flow.items = items.value_or(0);
    if (flow.from >= 0 && flow.to >= 0 && flow.product != none && flow.items > 0) flows_.push_back(std::move(flow));
  }
  if (wrong > most_of_a_kind)
    problems_.error({file.file, 0, 0}, tr("and {} more values that cannot be used", wrong - most_of_a_kind));
}

void NetworkReader::hours(const Node& node) {
  if (node.is_map() && node.find("recorded") != nullptr) {
    recorded_hours(*node.find("recorded"));
    return;
  }
  if (!node.is_map()) {
    const auto span = read_.value(node, "hours", "hours: \"06:00-20:00\"", parse_hours);
    if (span) day_ = evenly(span->from, span->to);
    return;
  }
  std::vector<std::pair<Ticks, double>> steps;
  double total = 0;
  for (const Entry& e : node.entries) {
    const auto times = read_.times_of_day(key_as_value(e), "hours");
    const auto parse = [](std::string_view text, Failure& why) { return parse_share(text, 1, why); };
    const auto part = read_.value(e.value, tr("the share from {}", e.key), e.key + ": 30 %", parse);
    if (times.empty() || !part) return;
    steps.emplace_back(times[0], *part);
    total += *part;
  }
  if (std::abs(total - 1) > 1e-9)
    problems_.error(node.place, tr("these shares add up to {} %, not 100 %", number(total * 100)));
  std::sort(steps.begin(), steps.end());
  std::fill(day_.begin(), day_.end(), 0);
  for (std::size_t i = 0; i < steps.size(); ++i) {
    const auto part = evenly(steps[i].first, i + 1 < steps.size() ? steps[i + 1].first : day);
    for (std::size_t m = 0; m < day_.size(); ++m) day_[m] += steps[i].second * part[m];
  }
}

/// Shares of the day by hour as recorded for each centre, over all days of the file; centres that are not in it have
/// those of all together.
void NetworkReader::recorded_hours(const Node& named) {
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
    const auto count = parse_number(without_thousands(row[column("items")]), failure);
    if (!clock || !count) {
      problems_.error(file->place(r, clock ? column("items") : column("hour_starting")),
                      clock ? failure.must : tr("hour_starting is not a date and time such as 2023-11-01T05:00"));
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

std::vector<RateStep> NetworkReader::rate_steps(std::size_t centre, double items_a_day) const {
  const auto own = own_day_.find(static_cast<int>(centre));
  const std::vector<double>& minutes = own == own_day_.end() ? day_ : own->second;
  std::vector<RateStep> steps = {{0, 0}};
  for (int d = 0; d < shared_.days; ++d) {
    const Date date{shared_.model.start.days + d};
    const bool comes = read_.comes_on(flow_days_, date);
    for (std::size_t m = 0; m < minutes.size(); ++m) {
      const double rate = comes ? items_a_day * minutes[m] / static_cast<double>(minute) : 0;
      const Ticks from = shared_.calendar->at(date, static_cast<Ticks>(m) * minute);
      if (std::abs(rate - steps.back().items_per_tick) <= 1e-12 * rate) continue;
      if (steps.back().from == from)
        steps.back().items_per_tick = rate;
      else
        steps.push_back({from, rate});
    }
  }
  return steps_in_order(std::move(steps));
}

/// A source in each centre for all that is posted there.
void NetworkReader::flow_sources(Network& network) {
  const std::size_t n = network.centres.size();
  const std::size_t products = shared_.names.products.size();
  std::vector<Rows<Product, Rows<Destination, double>>> items(n);  // by origin
  for (const Flow& flow : flows_) {
    auto& own = items[static_cast<std::size_t>(flow.from)];
    own.resize(products);
    auto& to = own[flow.product];
    to.resize(n, 0);
    to[DestinationIndex(flow.to)] += flow.items * volume_;
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
      problems_.error(flow_into_place_, tr("centre {} has no station \"{}\"", model.name, flow_into_),
                      tr("flows come into a station that every kind of centre with mail to post has"));
      continue;
    }
    source.into = model.stations.index_of(*into);
    double total = 0;
    source.mix.product.resize(products, 0);
    for (const ProductIndex p : items[c].indices())
      for (const double each : items[c][p]) source.mix.product[p] += each;
    for (const double each : source.mix.product) total += each;
    for (const ProductIndex p : items[c].indices()) {
      for (double& each : items[c][p]) each /= source.mix.product[p];
      source.mix.product[p] /= total;
    }
    source.mix.destination = std::move(items[c]);
    source.rate = rate_steps(c, total);
    model.sources.push_back(std::move(source));
  }
}

}  // namespace mailflow
