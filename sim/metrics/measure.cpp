#include "metrics/measure.hpp"

#include <algorithm>
#include <cmath>
#include <string_view>
#include <utility>

#include "metrics/oee.hpp"
#include "metrics/targets.hpp"
#include "stats/no_figure.hpp"

namespace mailflow {

namespace {

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

double width(double half_width) { return half_width < 0 ? no_figure : half_width; }
double count_of(std::int64_t n) { return static_cast<double>(n); }

/// Where own times are not asked for none are recorded: not even that there were none.
bool recorded(const OwnTimes& times) { return times.sketch.error() > 0; }

/// Goes through all measures, once to name them or once to read their values: every figure of results.json that is a
/// number and stands in no list, by its path there, and some that are worked out of them.
class Figures {
 public:
  explicit Figures(const Model& model, const Results* results = nullptr) : model_(model), results_(results) {
    targets();
    centre();
    products();
    for (const DestinationIndex d : model.destinations.indices())
      on_time("destinations." + model.destinations[d].name + ".", model.destinations[d].label,
              [d](const Results& r) -> const OnTime& { return r.destinations[d]; });
    departures();
    stations();
    teams();
  }
  std::vector<Measure> measures;
  std::vector<double> values;

 private:
  template <class Read>
  void add(std::string_view prefix, std::string_view key, const Label& label, std::string_view unit, Better better,
           const Read& read) {
    if (results_ != nullptr) {
      values.push_back(read(*results_));
      return;
    }
    Measure measure;
    measure.name.append(prefix).append(key);
    measure.label = label;
    measure.unit = unit;
    measure.better = better;
    measures.push_back(std::move(measure));
  }
  /// Of a figure, whether it is a lower bound: the share of replications in which it is.
  template <class Read>
  void flag(const std::string& prefix, std::string_view key, const Label& label, const Read& read) {
    add(prefix, key, label, "", Better::neither, [&read](const Results& r) { return read(r) ? 1.0 : 0.0; });
  }
  void headline(Measure::Kind kind = Measure::Kind::mean, TargetIndex target = none) {
    if (results_ != nullptr) return;
    measures.back().headline = true;
    measures.back().kind = kind;
    measures.back().target = target;
  }

  void targets() {
    for (const TargetIndex t : model_.targets.indices()) {
      const Target& target = model_.targets[t];
      const std::string prefix = "targets." + target.name + ".";
      const Label label = target.label.en.empty() ? Label{target.name, target.name} : target.label;
      const char* unit = target_unit(target.measure);
      add(prefix, "value", label, unit, target.at_least ? Better::more : Better::less,
          [t](const Results& r) { return r.targets[t].value; });
      headline(Measure::Kind::mean, t);
      const auto met = [t](const Results& r) {
        const TargetResult& x = r.targets[t];
        return !judged(x) ? no_figure : x.met ? 1.0 : 0.0;
      };
      const bool by_day = target.measure == Target::Measure::on_time || target.measure == Target::Measure::left_over;
      if (by_day) {
        add(prefix, "days_met_share", label, "share", Better::more, [t](const Results& r) {
          const TargetResult& x = r.targets[t];
          return x.days_judged > 0 ? count_of(x.days_met) / count_of(x.days_judged) : no_figure;
        });
      } else {
        add(prefix, "met", label, "share", Better::more, met);
      }
      headline(Measure::Kind::days, t);
      if (by_day) add(prefix, "met", label, "share", Better::more, met);
      flag(prefix, "value_is_at_least", label, [t](const Results& r) { return r.targets[t].at_least; });
      add(prefix, target.at_least ? "at_least" : "at_most", label, unit, Better::neither,
          [&target](const Results&) { return target.bound; });
      add(prefix, "days_judged", label, "", Better::neither,
          [t](const Results& r) { return count_of(r.targets[t].days_judged); });
      add(prefix, "days_met", label, "", Better::more,
          [t](const Results& r) { return count_of(r.targets[t].days_met); });
    }
  }
  void centre() {
    on_time("", {"Dans les délais", "On time"}, [](const Results& r) -> const OnTime& { return r.on_time; }, true);
    times(
        "", {"Délai de passage au centre", "Time in the centre"},
        [](const Results& r) -> const TimeSummary& { return r.time_in_centre; }, true);
    const auto count = [this](const char* name, const Label& label, auto field) {
      add("", name, label, "items", Better::neither, [field](const Results& r) { return count_of(r.*field); });
    };
    count("at_start", {"Présents au début", "Here at the start"}, &Results::at_start);
    count("in", {"Arrivés", "Came"}, &Results::in);
    count("out", {"Partis", "Left the centre"}, &Results::out);
    count("left", {"Encore au centre", "Still here at the end"}, &Results::left);
    add("", "stands_still_after_minutes",
        {"Premier arrêt sans fin, depuis le début", "First standstill, after the start"}, "minutes", Better::neither,
        [](const Results& r) { return r.standstills.empty() ? no_figure : in_minutes(r.standstills.front().since); });
    add("", "staff_cost", {"Coût du personnel", "Staff cost"}, "currency", Better::less,
        [](const Results& r) { return r.staff_cost; });
    headline();
    add("", "transport_cost", {"Coût du transport", "Transport cost"}, "currency", Better::less,
        [](const Results& r) { return r.transport_cost; });
    headline();
    add("", "cost", {"Coût total", "Cost"}, "currency", Better::less,
        [](const Results& r) { return r.staff_cost + r.transport_cost; });
    add("", "cost_per_item", {"Coût par objet", "Cost per item"}, "currency/item", Better::less,
        [](const Results& r) { return r.out > 0 ? (r.staff_cost + r.transport_cost) / count_of(r.out) : no_figure; });
    const auto hours = [this](const char* name, const Label& label, Better better, Ticks TeamResult::* field) {
      add("", name, label, "agent hours", better, [field](const Results& r) {
        Ticks sum = 0;
        for (const TeamResult& team : r.teams) sum += team.*field;
        return in_hours(sum);
      });
    };
    hours("paid_hours", {"Heures payées", "Paid hours"}, Better::less, &TeamResult::paid);
    headline();
    hours("overtime_hours", {"Heures supplémentaires", "Overtime"}, Better::less, &TeamResult::overtime);
    hours("night_hours", {"Heures de nuit", "Night hours"}, Better::less, &TeamResult::night);
    run();
  }
  void run() {
    add("run.", "hours", {"Heures simulées", "Hours measured"}, "hours", Better::neither,
        [](const Results& r) { return in_hours(r.to - r.from); });
    add("run.", "events", {"Événements", "Events"}, "", Better::neither,
        [](const Results& r) { return static_cast<double>(r.events); });
    add("run.", "lots", {"Lots", "Lots"}, "", Better::neither, [](const Results& r) { return count_of(r.lots); });
  }
  /// `of` gives the OnTime of the results.
  template <class Of>
  void on_time(const std::string& element, const Label& label, const Of& of, bool shown = false) {
    const std::string prefix = element + "on_time.";
    add(prefix, "share", label, "share", Better::more, [&of](const Results& r) { return of(r).share(); });
    if (shown) headline();
    on_time_counts(prefix, label, of);
  }
  template <class Of>
  void on_time_counts(const std::string& prefix, const Label& label, const Of& of) {
    add(prefix, "share_at_least", label, "share", Better::more,
        [&of](const Results& r) { return of(r).share_at_least(); });
    add(prefix, "share_at_most", label, "share", Better::more,
        [&of](const Results& r) { return of(r).share_at_most(); });
    const auto count = [&](const char* name, Better better, std::int64_t OnTime::* field) {
      add(prefix, name, label, "items", better, [&of, field](const Results& r) { return count_of(of(r).*field); });
    };
    count("on_time", Better::neither, &OnTime::on_time);
    count("late", Better::less, &OnTime::late);
    count("undecided", Better::neither, &OnTime::undecided);
    count("no_due", Better::neither, &OnTime::no_due);
  }
  /// `of` gives the TimeSummary of the results.
  template <class Of>
  void times(const std::string& element, const Label& label, const Of& of, bool shown = false) {
    const std::string prefix = element + "time_in_centre_minutes.";
    const auto one = [&](const char* name, auto value) {
      add(prefix, name, label, "minutes", Better::less,
          [&of, value](const Results& r) { return of(r).items > 0 ? value(of(r)) : no_figure; });
    };
    one("mean", [](const TimeSummary& x) { return x.mean.mean; });
    if (shown) headline();
    one("p50", [](const TimeSummary& x) { return x.p50; });
    one("p90", [](const TimeSummary& x) { return x.p90; });
    one("p95", [](const TimeSummary& x) { return x.p95; });
    if (shown) headline();
    one("p99", [](const TimeSummary& x) { return x.p99; });
    one("max", [](const TimeSummary& x) { return x.max; });
    precision(prefix, label, "minutes", [&of](const Results& r) -> const Estimate& { return of(r).mean; });
    add(prefix, "quantile_relative_error", label, "share", Better::neither,
        [&of](const Results& r) { return of(r).quantile_error; });
    add(prefix, "unfinished", label, "items", Better::neither,
        [&of](const Results& r) { return count_of(of(r).unfinished); });
    flag(prefix, "at_least", label, [&of](const Results& r) { return of(r).at_least; });
    flag(prefix, "max_is_at_least", label, [&of](const Results& r) { return of(r).max_at_least; });
  }
  /// How sure a mean is. `of` gives the Estimate of the results.
  template <class Of>
  void precision(const std::string& prefix, const Label& label, const char* unit, const Of& of) {
    add(prefix, "half_width_95", label, unit, Better::neither,
        [&of](const Results& r) { return width(of(r).half_width_95); });
    add(prefix, "half_width_99", label, unit, Better::neither,
        [&of](const Results& r) { return width(of(r).half_width_99); });
    add(prefix, "batches", label, "", Better::neither, [&of](const Results& r) { return count_of(of(r).batches); });
  }
  /// `of` gives the row of causes of the results.
  template <class Of>
  void cause_minutes(const std::string& prefix, const Label& label, const Of& of) {
    for (std::size_t c = 0; c < causes; ++c)
      add(prefix, cause_names[c], label, "item minutes", Better::neither,
          [&of, c](const Results& r) { return in_minutes(of(r)[c]); });
    add(prefix, "total", label, "item minutes", Better::less, [&of](const Results& r) {
      ItemTicks total = 0;
      for (const ItemTicks t : of(r)) total += t;
      return in_minutes(total);
    });
  }
  void products() {
    for (const ProductIndex p : model_.products.indices()) {
      const std::string prefix = "products." + model_.products[p].name + ".";
      const Label& label = model_.products[p].label;
      const auto count = [&](const char* name, std::int64_t ProductResult::* field) {
        add(prefix, name, label, "items", Better::neither,
            [p, field](const Results& r) { return count_of(r.products[p].*field); });
      };
      count("at_start", &ProductResult::at_start);
      count("in", &ProductResult::in);
      count("out", &ProductResult::out);
      count("left", &ProductResult::left);
      on_time(prefix, label, [p](const Results& r) -> const OnTime& { return r.products[p].on_time; });
      for (const DestinationIndex d : model_.destinations.indices()) {
        const auto of = [p, d](const Results& r) -> const OnTime& { return r.product_destination[p][d]; };
        const std::string to = prefix + "on_time_by_destination." + model_.destinations[d].name + ".";
        add(to, "share", label, "share", Better::more, [&of](const Results& r) { return of(r).share(); });
        on_time_counts(to, label, of);
      }
      times(prefix, label, [p](const Results& r) -> const TimeSummary& { return r.products[p].time_in_centre; });
      cause_minutes(prefix + "cause_item_minutes.", label,
                    [p](const Results& r) -> const auto& { return r.products[p].cause; });
      add(prefix, "in_centre_item_minutes", label, "item minutes", Better::less,
          [p](const Results& r) { return in_minutes(r.products[p].in_centre); });
    }
  }
  void departures() {
    for (const DepartureIndex d : model_.departures.indices()) {
      const Departure& is = model_.departures[d];
      const std::string prefix = "departures." + is.name + ".";
      on_time(prefix, is.label, [d](const Results& r) -> const OnTime& { return r.departures[d].on_time; });
      add(prefix, "items", is.label, "items", Better::neither,
          [d](const Results& r) { return count_of(r.departures[d].items); });
      add(prefix, "missed", is.label, "items", Better::less,
          [d](const Results& r) { return count_of(r.departures[d].missed); });
      add(prefix, "cost", is.label, "currency", Better::less, [d](const Results& r) { return r.departures[d].cost; });
      add(prefix, "capacity_items", is.label, "items", Better::neither,
          [&is](const Results&) { return is.capacity_items < 0 ? no_figure : static_cast<double>(is.capacity_items); });
      add(prefix, "capacity_kg", is.label, "kg", Better::neither,
          [&is](const Results&) { return is.capacity_kg < 0 ? no_figure : is.capacity_kg; });
    }
  }
  void stations() {
    for (const StationIndex s : model_.stations.indices()) {
      const std::string prefix = "stations." + model_.stations[s].name + ".";
      counts_of_station(s, prefix);
      states_of_station(s, prefix);
      means_of_station(s, prefix);
      waits_of_station(s, prefix);
      oee_of_station(s, prefix + "oee.");
      own_times_of_station(s, prefix + "own_time_minutes.");
      const Label& label = model_.stations[s].label;
      for (const ProductIndex p : model_.products.indices())
        cause_minutes(prefix + "cause_item_minutes." + model_.products[p].name + ".", label,
                      [s, p](const Results& r) -> const auto& { return r.stations[s].cause[p]; });
    }
  }
  template <class Value>
  void of_station(StationIndex s, const std::string& prefix, std::string_view key, const char* unit, Better better,
                  const Value& value) {
    add(prefix, key, model_.stations[s].label, unit, better,
        [s, &value](const Results& r) { return value(r.stations[s]); });
  }
  void counts_of_station(StationIndex s, const std::string& prefix) {
    const auto count = [&](const char* name, Better better, std::int64_t StationResult::* field) {
      of_station(s, prefix, name, "items", better, [field](const StationResult& x) { return count_of(x.*field); });
    };
    count("items_in", Better::neither, &StationResult::items_in);
    count("items_out", Better::neither, &StationResult::items_out);
    count("items_diverted", Better::neither, &StationResult::items_diverted);
    of_station(s, prefix, "lots_out", "", Better::neither, [](const StationResult& x) { return count_of(x.lots_out); });
    count("queue_max_items", Better::less, &StationResult::queue_max);
  }
  void states_of_station(StationIndex s, const std::string& prefix) {
    for (std::size_t i = 0; i < server_states; ++i) {
      of_station(s, prefix + "state_hours.", server_state_names[i], "hours", Better::neither,
                 [this, s, i](const StationResult& x) {
                   return takes_in_hand(model_.stations[s].kind) ? in_hours(x.state[i]) : no_figure;
                 });
      of_station(s, prefix + "state_shares.", server_state_names[i], "share", Better::neither,
                 [i](const StationResult& x) {
                   Ticks total = 0;
                   for (const Ticks t : x.state) total += t;
                   return total > 0 ? static_cast<double>(x.state[i]) / static_cast<double>(total) : no_figure;
                 });
    }
  }
  void means_of_station(StationIndex s, const std::string& prefix) {
    const auto mean = [&](const char* name, const char* unit, Better better, Estimate StationResult::* field) {
      const std::string of = prefix + name + ".";
      of_station(s, of, "mean", unit, better, [field](const StationResult& x) { return (x.*field).mean; });
      precision(of, model_.stations[s].label, unit,
                [s, field](const Results& r) -> const Estimate& { return r.stations[s].*field; });
    };
    mean("use", "share", Better::neither, &StationResult::use);
    mean("throughput_items_per_hour", "items/h", Better::more, &StationResult::throughput);
    mean("content_items", "items", Better::less, &StationResult::content);
    mean("queue_items", "items", Better::less, &StationResult::queue);
    mean("wait_minutes", "minutes", Better::less, &StationResult::wait);
  }
  void waits_of_station(StationIndex s, const std::string& prefix) {
    for (const Cause cause : {Cause::waiting_for_staff, Cause::waiting_for_machine, Cause::full_vehicle})
      of_station(s, prefix, std::string(waited_for(cause)) + "_item_hours", "item hours", Better::less,
                 [cause](const StationResult& x) {
                   ItemTicks sum = 0;
                   for (const auto& row : x.cause) sum += row[static_cast<std::size_t>(cause)];
                   return in_hours(sum);
                 });
    of_station(s, prefix, "wait_minutes.unfinished", "items", Better::neither,
               [](const StationResult& x) { return count_of(x.still_waiting); });
    const auto bound = [&](const char* name, bool StationResult::* field) {
      flag(prefix, name, model_.stations[s].label, [s, field](const Results& r) { return r.stations[s].*field; });
    };
    bound("wait_minutes.at_least", &StationResult::wait_at_least);
    bound("mean_time_is_at_least", &StationResult::mean_time_at_least);
    bound("longest_wait_is_at_least", &StationResult::longest_wait_at_least);
    of_station(s, prefix, "mean_time_minutes", "minutes", Better::less,
               [](const StationResult& x) { return x.mean_time; });
    of_station(s, prefix, "waited_share", "share", Better::less, [](const StationResult& x) { return x.waited; });
    of_station(s, prefix, "longest_wait_minutes", "minutes", Better::less,
               [](const StationResult& x) { return x.longest_wait; });
    of_station(s, prefix, "little_residual", "share", Better::neither,
               [](const StationResult& x) { return x.little_residual; });
  }
  void oee_of_station(StationIndex s, const std::string& prefix) {
    const auto one = [&](const char* name, const char* unit, Better better, double Oee::* field) {
      of_station(s, prefix, name, unit, better,
                 [this, s, field](const StationResult& x) { return oee_of(model_.stations[s], x).*field; });
    };
    one("opening_hours", "hours", Better::neither, &Oee::opening_hours);
    one("planned_hours", "hours", Better::neither, &Oee::planned_hours);
    one("not_rostered_hours", "hours", Better::neither, &Oee::not_rostered_hours);
    one("without_mail_hours", "hours", Better::neither, &Oee::without_mail_hours);
    one("required_hours", "hours", Better::neither, &Oee::required_hours);
    one("availability", "share", Better::more, &Oee::availability);
    one("performance", "share", Better::more, &Oee::performance);
    one("quality", "share", Better::more, &Oee::quality);
    one("oee", "share", Better::more, &Oee::oee);
    one("load", "share", Better::neither, &Oee::load);
    one("ooe", "share", Better::more, &Oee::ooe);
    one("items_per_agent_hour", "items/h", Better::more, &Oee::items_per_agent_hour);
    one("nominal_items_per_hour", "items/h", Better::neither, &Oee::nominal_items_per_hour);
  }
  void own_times_of_station(StationIndex s, const std::string& prefix) {
    const auto minutes = [&](const char* name, auto value) {
      of_station(s, prefix, name, "minutes", Better::less,
                 [value](const StationResult& x) { return x.own_times.items > 0 ? value(x.own_times) : no_figure; });
    };
    const auto items = [&](const char* name, std::int64_t OwnTimes::* field) {
      of_station(s, prefix, name, "items", Better::neither, [field](const StationResult& x) {
        return recorded(x.own_times) ? count_of(x.own_times.*field) : no_figure;
      });
    };
    items("items", &OwnTimes::items);
    minutes("mean", [](const OwnTimes& o) { return in_minutes(o.total) / count_of(o.items); });
    for (const auto& [name, q] : {std::pair{"p50", 0.5}, {"p90", 0.9}, {"p95", 0.95}, {"p99", 0.99}})
      minutes(name, [share = q](const OwnTimes& o) { return in_minutes(o.sketch.quantile(share)); });
    minutes("max", [](const OwnTimes& o) { return in_minutes(o.sketch.max()); });
    of_station(s, prefix, "quantile_relative_error", "share", Better::neither,
               [](const StationResult& x) { return recorded(x.own_times) ? x.own_times.sketch.error() : no_figure; });
    items("unfinished", &OwnTimes::unfinished);
    const Label& label = model_.stations[s].label;
    flag(prefix, "at_least", label, [s](const Results& r) {
      return unfinished_counts(r.stations[s].own_times.unfinished, r.stations[s].own_times.items);
    });
    flag(prefix, "max_is_at_least", label,
         [s](const Results& r) { return r.stations[s].own_times.longest_unfinished; });
  }
  void teams() {
    for (const TeamIndex t : model_.teams.indices()) {
      const Team& team = model_.teams[t];
      const std::string prefix = "teams." + team.name + ".";
      const auto one = [&](const char* name, const char* unit, Better better, auto value) {
        add(prefix, name, team.label, unit, better, [t, value](const Results& r) { return value(r.teams[t]); });
      };
      const auto minutes = [&](const char* name, Better better, Ticks TeamResult::* field) {
        one(name, "minutes", better, [field](const TeamResult& x) { return in_minutes(x.*field); });
      };
      const auto count = [&](const char* name, const char* unit, std::int64_t TeamResult::* field) {
        one(name, unit, Better::neither, [field](const TeamResult& x) { return count_of(x.*field); });
      };
      one("agents", "", Better::neither, [&team](const TeamResult&) { return static_cast<double>(team.agents); });
      minutes("paid_minutes", Better::neither, &TeamResult::paid);
      minutes("worked_minutes", Better::neither, &TeamResult::worked);
      minutes("idle_minutes", Better::neither, &TeamResult::idle);
      minutes("moving_minutes", Better::neither, &TeamResult::moving);
      minutes("break_minutes", Better::neither, &TeamResult::on_break);
      minutes("overtime_minutes", Better::less, &TeamResult::overtime);
      minutes("night_minutes", Better::neither, &TeamResult::night);
      minutes("absent_minutes", Better::neither, &TeamResult::absent);
      count("duties", "", &TeamResult::duties);
      count("absences", "", &TeamResult::absences);
      count("moves", "", &TeamResult::moves);
      one("cost", "currency", Better::less, [](const TeamResult& x) { return x.cost; });
    }
  }

  const Model& model_;
  const Results* results_;  ///< none: names are wanted
};

}  // namespace

std::string at_least_flag(const std::string& measure) {
  const auto dot = measure.rfind('.');
  const std::string prefix = dot == std::string::npos ? "" : measure.substr(0, dot + 1);
  const std::string key = measure.substr(prefix.size());
  if (prefix.starts_with("targets.") && key != "value") return "";
  if (key == "value" || key == "max") return prefix + key + "_is_at_least";
  if (key == "mean_time_minutes" || key == "longest_wait_minutes")
    return prefix + key.substr(0, key.rfind('_')) + "_is_at_least";
  return prefix + "at_least";
}

bool any_bound(const Measure& measure, const std::vector<double>& flags) {
  return measure.unit == "minutes" && std::find(flags.begin(), flags.end(), 1.0) != flags.end();
}

std::vector<Measure> measures_of(const Model& model) { return Figures(model).measures; }

std::vector<double> observe(const Model& model, const Results& results) { return Figures(model, &results).values; }

}  // namespace mailflow
