// Two networks side by side. Part of network_report.hpp.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "core/words.hpp"
#include "metrics/targets.hpp"
#include "report/network_report.hpp"
#include "report/text.hpp"

namespace mailflow {

namespace {

struct Day {
  double items = 0;
  std::size_t busiest = 0;
  double busiest_items = 0;
  int people = -1;
};

Day day_of(const Network& network, const NetworkResults& results, const People& people, std::size_t c) {
  const std::vector<double> hours = mean_day(network, results.centres[c]);
  Day day;
  day.items = std::accumulate(hours.begin(), hours.end(), 0.0);
  day.busiest = static_cast<std::size_t>(std::max_element(hours.begin(), hours.end()) - hours.begin());
  day.busiest_items = hours[day.busiest];
  if (people.items_per_hour > 0) day.people = people_needed(people, hours);
  return day;
}

/// The same centre of another network, by name; -1: it has none.
int counterpart(const Network& other, const std::string& name) {
  for (std::size_t c = 0; c < other.centres.size(); ++c)
    if (other.centres[c].name == name) return static_cast<int>(c);
  return -1;
}

struct Pair {
  std::size_t centre = 0;
  Day before, after;
};

std::vector<Pair> pairs(const Network& base, const NetworkResults& before, const Network& other,
                        const NetworkResults& after) {
  std::vector<Pair> all;
  for (std::size_t c = 0; c < base.centres.size(); ++c) {
    const int same = counterpart(other, base.centres[c].name);
    if (same < 0) continue;
    all.push_back(
        {c, day_of(base, before, base.people, c), day_of(other, after, base.people, static_cast<std::size_t>(same))});
  }
  return all;
}

std::string judgement(const TargetResult& target) {
  return judged(target) ? met_words(target) : tr("nothing to judge");
}

std::string clock_of(std::size_t hour_of_day) { return fmt::format("{:02}:00", hour_of_day); }

std::string signed_count(double n) { return (n > 0 ? "+" : "") + grouped(n); }

}  // namespace

std::vector<double> mean_day(const Network& network, const CentreOutcome& centre) {
  std::vector<double> hours(24, 0);
  const Model& any = network.any();
  const Calendar calendar = any.calendar();
  const std::size_t days = any.midnights.size() - 1;
  const std::size_t first = days > 2 ? 1 : 0;  // of a long run not the first day, which begins empty
  for (std::size_t h = 0; h < centre.hours.size(); ++h) {
    const Ticks at = static_cast<Ticks>(h) * hour;
    if (at < any.midnights[first]) continue;
    hours[static_cast<std::size_t>(calendar.time_of_day(at) / hour) % 24] +=
        static_cast<double>(centre.hours[h].handled);
  }
  for (double& items : hours) items /= static_cast<double>(days - first);
  return hours;
}

Table network_comparison_table(const Network& base, const NetworkResults& before, const Network& other,
                               const NetworkResults& after) {
  Table table("comparison",
              "centre,items_a_day_before,items_a_day_after,busiest_hour_before,busiest_hour_after,busiest_items_before,"
              "busiest_items_after,people_before,people_after");
  const auto people = [](int n) { return n < 0 ? std::nan("") : static_cast<double>(n); };
  for (const Pair& pair : pairs(base, before, other, after))
    table.row(base.centres[pair.centre].name, pair.before.items, pair.after.items, clock_of(pair.before.busiest),
              clock_of(pair.after.busiest), pair.before.busiest_items, pair.after.busiest_items,
              people(pair.before.people), people(pair.after.people));
  return table;
}

std::string network_comparison(const Network& base, const NetworkResults& before, const Network& other,
                               const NetworkResults& after) {
  std::vector<Pair> all = pairs(base, before, other, after);
  std::stable_sort(all.begin(), all.end(), [](const Pair& a, const Pair& b) {
    return std::fabs(a.after.items - a.before.items) > std::fabs(b.after.items - b.before.items);
  });
  const bool people = base.people.items_per_hour > 0;
  std::vector<std::string> header = {tr("Centres"),      tr("items a day"), tr("after"),   tr("change"),
                                     tr("busiest hour"), tr("after"),       tr("items/h"), tr("after")};
  if (people) header.insert(header.end(), {tr("people"), tr("after")});
  Columns table(header);
  double most_before = 0;
  double most_after = 0;
  std::size_t alike = 0;
  for (const Pair& pair : all) {
    const Day& a = pair.before;
    const Day& b = pair.after;
    most_before += a.people;
    most_after += b.people;
    if (a.items == b.items && a.busiest == b.busiest && a.busiest_items == b.busiest_items) {
      ++alike;
      continue;
    }
    const Model& model = base.centres[pair.centre];
    std::vector<std::string> row = {name_of(model.label, model.name),
                                    grouped(a.items),
                                    grouped(b.items),
                                    signed_count(std::round(b.items) - std::round(a.items)),
                                    a.items > 0 ? clock_of(a.busiest) : "-",
                                    b.items > 0 ? clock_of(b.busiest) : "-",
                                    grouped(a.busiest_items),
                                    grouped(b.busiest_items)};
    if (people) row.insert(row.end(), {grouped(a.people), grouped(b.people)});
    table.row(row);
  }
  std::string text =
      tr("{} against {}", name_of(other.scenario, other.file), name_of(base.scenario, base.file)) + "\n\n";
  text += table.text();
  text += "\n  " + tr("On time: {} before, {} after", percent(before.on_time.share()), percent(after.on_time.share())) +
          "\n";
  for (std::size_t t = 0; t < base.targets.size(); ++t)
    for (std::size_t o = 0; o < other.targets.size(); ++o)
      if (other.targets[o].name == base.targets[t].name)
        text += "  " +
                tr("Target {}: {} before, {} after", name_of(base.targets[t].label, base.targets[t].name),
                   judgement(before.targets[t]), judgement(after.targets[o])) +
                "\n";
  if (alike > 0) text += "  " + tr("{} others: as before", alike) + "\n";
  if (people)
    text += "\n  " + tr("People in all: {} before, {} after", grouped(most_before), grouped(most_after)) + "\n";
  return text;
}

}  // namespace mailflow
