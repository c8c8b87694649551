#include "scenario/network/generate_network.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

#include "core/random.hpp"

namespace mailflow {

namespace {

constexpr double side_km = 300;
constexpr double zipf = 0.8;          // sizes of places: rank^-0.8
constexpr double distance_power = 1;  // of the gravity law
constexpr double near_km = 25;        // added to distances, so that a place's own mail has one
constexpr double road = 1.3;          // of the straight distance
constexpr double km_per_hour = 75;
constexpr int least_minutes = 30;       // of any line
constexpr int own_line_items = 60'000;  // a day: what a pair must have for lines of its own
constexpr int vehicle_items = 60'000;
constexpr double sorting_rate = 40'000;   // items/h
constexpr double delivery_rate = 10'000;  // items/h
constexpr double busiest_hour = 0.075;    // share of a day's items posted in it
constexpr double spare = 1.2;             // machines for so much more

struct Site {
  double x = 0, y = 0;  ///< km
  double size = 0;
  bool hub = false;
  std::size_t nearest_hub = 0;
  double sorted = 0, delivered = 0;  ///< items a day
};

double straight(const Site& a, const Site& b) { return std::hypot(a.x - b.x, a.y - b.y); }

class Generator {
 public:
  explicit Generator(const GeneratedNetwork& size)
      : size_(size),
        n_(static_cast<std::size_t>(size.centres)),
        stream_(stream_key(size.seed, 0, "generate", "sites")) {
    hubs_ = size.hubs > 0 ? static_cast<std::size_t>(size.hubs)
                          : static_cast<std::size_t>(std::lround(0.8 * std::sqrt(static_cast<double>(n_))));
    hubs_ = std::clamp<std::size_t>(hubs_, 1, n_);
    sites();
    flows();
    lines();
  }

  std::map<std::string, std::string> files() const {
    return {{"network.yaml", yaml()}, {"centres.csv", centres()}, {"links.csv", links()}, {"flows.csv", flow_rows()}};
  }

 private:
  void sites() {
    for (std::size_t i = 0; i < n_; ++i) {
      Site site;
      site.x = std::round(side_km * stream_.uniform() * 10) / 10;
      site.y = std::round(side_km * stream_.uniform() * 10) / 10;
      site.size = std::pow(static_cast<double>(i + 1), -zipf);
      sites_.push_back(site);
    }
    // the largest that lie apart; where there are not enough, they may lie closer
    std::size_t found = 0;
    for (double apart = side_km / std::sqrt(static_cast<double>(hubs_)); found < hubs_; apart *= 0.7)
      for (std::size_t i = 0; i < n_ && found < hubs_; ++i) {
        const bool free = !sites_[i].hub && std::none_of(sites_.begin(), sites_.end(), [&](const Site& other) {
          return other.hub && straight(sites_[i], other) < apart;
        });
        if (free) {
          sites_[i].hub = true;
          ++found;
        }
      }
    for (std::size_t i = 0; i < n_; ++i) {
      double least = 1e9;
      for (std::size_t h = 0; h < n_; ++h)
        if (sites_[h].hub && straight(sites_[i], sites_[h]) < least) {
          least = straight(sites_[i], sites_[h]);
          sites_[i].nearest_hub = h;
        }
    }
  }

  /// Whole items by the gravity law that add up to the number asked for: largest remainders.
  void flows() {
    std::vector<double> weight(n_ * n_);
    for (std::size_t i = 0; i < n_; ++i)
      for (std::size_t j = 0; j < n_; ++j)
        weight[i * n_ + j] =
            sites_[i].size * sites_[j].size / std::pow(near_km + straight(sites_[i], sites_[j]), distance_power);
    const double total = std::accumulate(weight.begin(), weight.end(), 0.0);
    items_.resize(weight.size());
    std::int64_t given = 0;
    std::vector<std::pair<double, std::size_t>> rest;
    for (std::size_t k = 0; k < weight.size(); ++k) {
      const double exact = weight[k] / total * static_cast<double>(size_.items);
      items_[k] = static_cast<std::int64_t>(exact);
      given += items_[k];
      rest.emplace_back(static_cast<double>(items_[k]) - exact, k);
    }
    std::sort(rest.begin(), rest.end());
    for (std::size_t k = 0; given < size_.items; ++k, ++given) ++items_[rest[k % rest.size()].second];
  }

  struct Line {
    std::size_t from, to;
    int minutes;
  };
  void lines() {
    std::vector<bool> has(n_ * n_, false);
    for (std::size_t i = 0; i < n_; ++i)
      for (std::size_t j = 0; j < n_; ++j) {
        if (i == j) continue;
        const Site& a = sites_[i];
        const Site& b = sites_[j];
        const bool trunk = a.hub && b.hub;
        const bool own_hub = (b.hub && a.nearest_hub == j) || (a.hub && b.nearest_hub == i);
        if (!trunk && !own_hub && items_[i * n_ + j] < own_line_items) continue;
        has[i * n_ + j] = true;
        const double minutes = road * straight(a, b) / km_per_hour * 60;
        lines_.push_back({i, j, std::max(least_minutes, static_cast<int>(std::ceil(minutes / 5)) * 5)});
      }
    // what each centre sorts, on the usual way: its own line, else by the hubs
    for (std::size_t i = 0; i < n_; ++i)
      for (std::size_t j = 0; j < n_; ++j) {
        const auto items = static_cast<double>(items_[i * n_ + j]);
        sites_[i].sorted += items;
        sites_[j].delivered += items;
        if (i == j) continue;
        sites_[j].sorted += items;
        if (has[i * n_ + j]) continue;
        const std::size_t first = sites_[i].nearest_hub;
        const std::size_t last = sites_[j].nearest_hub;
        if (first != i && first != j) sites_[first].sorted += items;
        if (last != first && last != i && last != j) sites_[last].sorted += items;
      }
  }

  std::string name(std::size_t i) const { return fmt::format("c{:0{}}", i + 1, std::to_string(n_).size()); }
  static int machines(double items_a_day, double rate) {
    return std::max(1, static_cast<int>(std::ceil(items_a_day * busiest_hour * spare / rate)));
  }

  std::string yaml() const {
    return fmt::format(
        R"(# A synthetic network, made by `mailflow generate --centres {0} --items {1} --lot {2} --hubs {3} --seed {4}`.
# {0} places at random in a square of {5} km, sizes as rank^-{6} (Zipf); {3} hubs: the largest that lie apart.
# Volumes: size * size / ({7} km + distance), {1} items a day in all. Lines: each office from and to its nearest hub,
# between all hubs, and for every pair with {8} items a day or more; every hour, {9} x distance at {10} km/h, 30 min at
# least. Machines for the busiest hour and {11:.0f} % more. Published rates: a letter sorter 40000 items/h (Deutsche Post,
# Siemens DIOSS), a walk-sequence sorter 10000 items/h (PIC Lognes). All else is invented.
mailflow: 1
label: {{fr: "Réseau synthétique, {0} centres", en: "Synthetic network, {0} centres"}}
network:
  name: {{fr: Réseau synthétique, en: Synthetic network}}
  timezone: Europe/Paris
  transfer: 45 min
products:
  letter: {{label: {{fr: Lettre, en: Letter}}, lot: {2} item{12}, due: J+1 09:00, accepted_until: "19:00", weight: 20 g}}
centre_kinds:
  hub:
    inbound: sorting
    stations:
      sorting: {{label: {{fr: Tri, en: Sorting}}, kind: machine, machines: 1, rate: 40000 items/h, next: {{here: delivery, other: bay}}}}
      delivery: {{label: {{fr: Tri tournée, en: Walk sequence}}, kind: machine, machines: 1, rate: 10000 items/h, next: out}}
      bay: {{label: {{fr: Quai, en: Bay}}, kind: bay}}
  office:
    inbound: sorting
    passes_on: no
    stations:
      sorting: {{label: {{fr: Tri, en: Sorting}}, kind: machine, machines: 1, rate: 40000 items/h, next: {{here: delivery, other: bay}}}}
      delivery: {{label: {{fr: Tri tournée, en: Walk sequence}}, kind: machine, machines: 1, rate: 10000 items/h, next: out}}
      bay: {{label: {{fr: Quai, en: Bay}}, kind: bay}}
centres: {{from: centres.csv}}
links: {{from: links.csv, closes: 5 min before, capacity: {13} items, vehicles: as needed}}
flows:
  from: flows.csv
  into: sorting
  days: Mon                # posted on the first day; the second lets all of it arrive
  hours: {{"06:00": 20 %, "10:00": 26 %, "14:00": 30 %, "18:00": 24 %, "22:00": 0 %}}
targets:
  letters: {{label: {{fr: Lettres à l'heure, en: Letters on time}}, measure: on time, of: letter, at_least: 95 %}}
run: {{from: 2025-03-03, for: 2 days}}
)",
        n_, size_.items, size_.lot, hubs_, size_.seed, side_km, zipf, near_km, own_line_items, road, km_per_hour,
        100 * (spare - 1), size_.lot == 1 ? "" : "s", vehicle_items);
  }

  std::string centres() const {
    std::string text = "name,kind,label,x_km,y_km,size,stations.sorting.machines,stations.delivery.machines\n";
    for (std::size_t i = 0; i < n_; ++i) {
      const Site& site = sites_[i];
      text += fmt::format("{},{},Centre {},{:.1f},{:.1f},{:.4f},{},{}\n", name(i), site.hub ? "hub" : "office", i + 1,
                          site.x, site.y, site.size, machines(site.sorted, sorting_rate),
                          machines(site.delivered, delivery_rate));
    }
    return text;
  }

  std::string links() const {
    std::string text = "from,to,takes,at\n";
    Stream minutes(stream_key(size_.seed, 0, "generate", "minutes"));
    for (const Line& line : lines_) {
      const auto past = static_cast<int>(12 * minutes.uniform()) * 5;
      text += fmt::format("{},{},{} min,", name(line.from), name(line.to), line.minutes);
      for (int h = 0; h < 24; ++h) text += fmt::format("{}{:02}:{:02}", h > 0 ? " " : "", h, past);
      text += '\n';
    }
    return text;
  }

  std::string flow_rows() const {
    std::string text = "from,to,items_per_day\n";
    for (std::size_t i = 0; i < n_; ++i)
      for (std::size_t j = 0; j < n_; ++j)
        if (items_[i * n_ + j] > 0) text += fmt::format("{},{},{}\n", name(i), name(j), items_[i * n_ + j]);
    return text;
  }

  GeneratedNetwork size_;
  std::size_t n_;
  std::size_t hubs_ = 1;
  Stream stream_;
  std::vector<Site> sites_;
  std::vector<std::int64_t> items_;  ///< a day, [from * n + to]
  std::vector<Line> lines_;
};

}  // namespace

std::map<std::string, std::string> generate_network(const GeneratedNetwork& size) { return Generator(size).files(); }

}  // namespace mailflow
