#include "metrics/measure.hpp"

#include <cmath>
#include <functional>
#include <limits>

namespace mailflow {

namespace {

constexpr double nothing = std::numeric_limits<double>::quiet_NaN();
using Read = std::function<double(const Results&)>;

const char* target_unit(Target::Measure measure) {
  switch (measure) {
    case Target::Measure::on_time:
      return "share";
    case Target::Measure::throughput:
      return "items/h";
    case Target::Measure::left_over:
      return "items";
    case Target::Measure::longest_wait:
      return "minutes";
    case Target::Measure::overtime:
      return "agent hours";
    case Target::Measure::cost_per_item:
      return "currency/item";
  }
  return "";
}

const char* waited_for(Cause cause) {
  if (cause == Cause::waiting_for_staff) return "waiting_for_staff";
  return cause == Cause::waiting_for_machine ? "waiting_for_machine" : "full_vehicle";
}

/// Names each measure and says how it is read, once for both uses.
class Catalogue {
 public:
  explicit Catalogue(const Model& model) : model_(model) {
    targets();
    centre();
    products();
    for (std::size_t d = 0; d < model.destinations.size(); ++d)
      add("destinations." + model.destinations[d].name + ".on_time.share", model.destinations[d].label, "share",
          Better::more, [d](const Results& r) { return r.destinations[d].share(); });
    departures();
    stations();
    teams();
  }
  std::vector<Measure> measures;
  std::vector<Read> reads;

 private:
  void add(const std::string& name, const Label& label, const char* unit, Better better, Read read) {
    Measure measure;
    measure.name = name;
    measure.label = label;
    measure.unit = unit;
    measure.better = better;
    measures.push_back(measure);
    reads.push_back(std::move(read));
  }
  void headline(Measure::Kind kind = Measure::Kind::mean, int target = -1) {
    measures.back().headline = true;
    measures.back().kind = kind;
    measures.back().target = target;
  }

  void targets() {
    for (std::size_t t = 0; t < model_.targets.size(); ++t) {
      const Target& target = model_.targets[t];
      const std::string name = "targets." + target.name;
      const int index = static_cast<int>(t);
      const Label label = target.label.en.empty() ? Label{target.name, target.name} : target.label;
      add(name + ".value", label, target_unit(target.measure), target.at_least ? Better::more : Better::less,
          [t](const Results& r) { return r.targets[t].value; });
      headline(Measure::Kind::mean, index);
      if (target.measure == Target::Measure::on_time || target.measure == Target::Measure::left_over) {
        add(name + ".days_met_share", label, "share", Better::more, [t](const Results& r) {
          const TargetResult& x = r.targets[t];
          return x.days_judged > 0 ? static_cast<double>(x.days_met) / static_cast<double>(x.days_judged) : nothing;
        });
      } else {
        add(name + ".met", label, "share", Better::more, [t](const Results& r) {
          const TargetResult& x = r.targets[t];
          return std::isnan(x.value) ? nothing : x.met ? 1.0 : 0.0;
        });
      }
      headline(Measure::Kind::days, index);
    }
  }
  void centre() {
    add("on_time.share", {"À l'heure", "On time"}, "share", Better::more,
        [](const Results& r) { return r.on_time.share(); });
    headline();
    times("", {"Temps dans le centre", "Time in the centre"},
          [](const Results& r) -> const TimeSummary& { return r.time_in_centre; });
    measures[measures.size() - 6].headline = measures[measures.size() - 3].headline = true;  // mean and p95
    const auto count = [this](const char* name, const Label& label, std::int64_t Results::* field) {
      add(name, label, "items", Better::neither, [field](const Results& r) { return static_cast<double>(r.*field); });
    };
    count("in", {"Arrivés", "Came"}, &Results::in);
    count("out", {"Partis", "Left the centre"}, &Results::out);
    count("left", {"Restent à la fin", "Still here at the end"}, &Results::left);
    add("staff_cost", {"Coût du personnel", "Staff cost"}, "currency", Better::less,
        [](const Results& r) { return r.staff_cost; });
    headline();
    add("transport_cost", {"Coût du transport", "Transport cost"}, "currency", Better::less,
        [](const Results& r) { return r.transport_cost; });
    headline();
    add("cost", {"Coût total", "Cost"}, "currency", Better::less,
        [](const Results& r) { return r.staff_cost + r.transport_cost; });
    add("cost_per_item", {"Coût par envoi", "Cost per item"}, "currency/item", Better::less, [](const Results& r) {
      return r.out > 0 ? (r.staff_cost + r.transport_cost) / static_cast<double>(r.out) : nothing;
    });
    const auto hours = [this](const char* name, const Label& label, Better better, Ticks TeamResult::* field) {
      add(name, label, "agent hours", better, [field](const Results& r) {
        Ticks sum = 0;
        for (const TeamResult& team : r.teams) sum += team.*field;
        return in_hours(sum);
      });
    };
    hours("paid_hours", {"Heures payées", "Paid hours"}, Better::less, &TeamResult::paid);
    headline();
    hours("overtime_hours", {"Heures supplémentaires", "Overtime"}, Better::less, &TeamResult::overtime);
    hours("night_hours", {"Heures de nuit", "Night hours"}, Better::less, &TeamResult::night);
  }
  template <typename Of>
  void times(const std::string& prefix, const Label& label, Of of) {
    const auto one = [&](const char* name, auto value) {
      add(prefix + "time_in_centre_minutes." + name, label, "minutes", Better::less,
          [of, value](const Results& r) { return of(r).items > 0 ? value(of(r)) : nothing; });
    };
    one("mean", [](const TimeSummary& x) { return x.mean.mean; });
    one("p50", [](const TimeSummary& x) { return x.p50; });
    one("p90", [](const TimeSummary& x) { return x.p90; });
    one("p95", [](const TimeSummary& x) { return x.p95; });
    one("p99", [](const TimeSummary& x) { return x.p99; });
    one("max", [](const TimeSummary& x) { return x.max; });
  }
  void products() {
    for (std::size_t p = 0; p < model_.products.size(); ++p) {
      const std::string prefix = "products." + model_.products[p].name + ".";
      const Label& label = model_.products[p].label;
      const auto count = [&](const char* name, std::int64_t ProductResult::* field) {
        add(prefix + name, label, "items", Better::neither,
            [p, field](const Results& r) { return static_cast<double>(r.products[p].*field); });
      };
      count("in", &ProductResult::in);
      count("out", &ProductResult::out);
      count("left", &ProductResult::left);
      add(prefix + "on_time.share", label, "share", Better::more,
          [p](const Results& r) { return r.products[p].on_time.share(); });
      times(prefix, label, [p](const Results& r) -> const TimeSummary& { return r.products[p].time_in_centre; });
    }
  }
  void departures() {
    for (std::size_t d = 0; d < model_.departures.size(); ++d) {
      const std::string prefix = "departures." + model_.departures[d].name + ".";
      const Label& label = model_.departures[d].label;
      add(prefix + "on_time.share", label, "share", Better::more,
          [d](const Results& r) { return r.departures[d].on_time.share(); });
      add(prefix + "items", label, "items", Better::neither,
          [d](const Results& r) { return static_cast<double>(r.departures[d].items); });
      add(prefix + "missed", label, "items", Better::less,
          [d](const Results& r) { return static_cast<double>(r.departures[d].missed); });
    }
  }
  void stations() {
    for (std::size_t s = 0; s < model_.stations.size(); ++s) {
      const std::string prefix = "stations." + model_.stations[s].name + ".";
      const Label& label = model_.stations[s].label;
      const auto one = [&](const char* name, const char* unit, Better better, auto value) {
        add(prefix + name, label, unit, better, [s, value](const Results& r) { return value(r.stations[s]); });
      };
      one("items_out", "items", Better::neither,
          [](const StationResult& x) { return static_cast<double>(x.items_out); });
      one("content_items.mean", "items", Better::less, [](const StationResult& x) { return x.content.mean; });
      for (const Cause cause : {Cause::waiting_for_staff, Cause::waiting_for_machine, Cause::full_vehicle}) {
        const std::string key = std::string(waited_for(cause)) + "_item_hours";
        one(key.c_str(), "item hours", Better::less, [cause](const StationResult& x) {
          ItemTicks sum = 0;
          for (const auto& row : x.cause) sum += row[static_cast<std::size_t>(cause)];
          return in_hours(sum);
        });
      }
      const StationKind kind = model_.stations[s].kind;
      if (kind != StationKind::manual && kind != StationKind::machine) continue;
      one("use.mean", "share", Better::neither, [](const StationResult& x) { return x.use.mean; });
      one("queue_items.mean", "items", Better::less, [](const StationResult& x) { return x.queue.mean; });
      one("queue_max_items", "items", Better::less,
          [](const StationResult& x) { return static_cast<double>(x.queue_max); });
      one("wait_minutes.mean", "minutes", Better::less, [](const StationResult& x) { return x.wait.mean; });
      one("longest_wait_minutes", "minutes", Better::less, [](const StationResult& x) { return x.longest_wait; });
    }
  }
  void teams() {
    for (std::size_t t = 0; t < model_.teams.size(); ++t) {
      const std::string prefix = "teams." + model_.teams[t].name + ".";
      const auto hours = [&](const char* name, Better better, Ticks TeamResult::* field) {
        add(prefix + name, model_.teams[t].label, "minutes", better,
            [t, field](const Results& r) { return in_minutes(r.teams[t].*field); });
      };
      hours("paid_minutes", Better::neither, &TeamResult::paid);
      hours("worked_minutes", Better::neither, &TeamResult::worked);
      hours("idle_minutes", Better::neither, &TeamResult::idle);
      hours("overtime_minutes", Better::less, &TeamResult::overtime);
      add(prefix + "cost", model_.teams[t].label, "currency", Better::less,
          [t](const Results& r) { return r.teams[t].cost; });
    }
  }

  const Model& model_;
};

}  // namespace

std::vector<Measure> measures_of(const Model& model) { return Catalogue(model).measures; }

std::vector<double> observe(const Model& model, const Results& results) {
  const Catalogue catalogue(model);
  std::vector<double> values;
  values.reserve(catalogue.reads.size());
  for (const Read& read : catalogue.reads) values.push_back(read(results));
  return values;
}

}  // namespace mailflow
