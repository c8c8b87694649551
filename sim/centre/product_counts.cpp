#include "centre/product_counts.hpp"

#include <algorithm>
#include <iterator>
#include <string>

#include "core/words.hpp"
#include "mail/due.hpp"

namespace mailflow {

namespace {

TimeSummary summary_of(const BatchMeans& stays, const TimeSketch& sketch, std::int64_t out, const Unfinished& staying) {
  TimeSummary s;
  s.items = out + staying.items;
  s.unfinished = staying.items;
  s.mean = with_unfinished(stays, staying, minutes_a_tick);
  const auto quantile = [&](double q) { return s.items > 0 ? in_minutes(sketch.quantile(q)) : nothing; };
  s.p50 = quantile(0.5);
  s.p90 = quantile(0.9);
  s.p95 = quantile(0.95);
  s.p99 = quantile(0.99);
  s.max = s.items > 0 ? in_minutes(std::max(sketch.max(), staying.longest)) : nothing;
  s.quantile_error = sketch.error();
  s.at_least = unfinished_counts(staying.items, s.items);
  s.max_at_least = staying.longest > 0 && staying.longest >= sketch.max();
  return s;
}

void add(OnTime& to, const OnTime& from) {
  to.on_time += from.on_time;
  to.late += from.late;
  to.undecided += from.undecided;
  to.no_due += from.no_due;
}

/// The day of `midnights` in which mail is due: 00:00 is 24:00 of the day that ends there. The first or last for what
/// lies beyond.
std::size_t day_of(const std::vector<Ticks>& midnights, Ticks due) {
  const auto next = std::lower_bound(midnights.begin(), midnights.end(), due) - midnights.begin();
  return static_cast<std::size_t>(std::clamp<std::ptrdiff_t>(next, 1, std::ssize(midnights) - 1)) - 1;
}

}  // namespace

ProductCounts::ProductCounts(const Setting& setting, const Agenda& agenda)
    : setting_(setting),
      agenda_(agenda),
      rows_(setting.model.products.size()),
      due_step_(rows_.size(), 0),
      on_time_(rows_.size(), std::vector<OnTime>(setting.model.destinations.size() + 1)),
      days_(rows_.size(), std::vector<DueDay>(std::max<std::size_t>(setting.model.due_midnights.size(), 1) - 1)) {
  const Model& model = setting.model;
  if (!model.place.empty()) {
    path_ends_.assign(1, Rows<Product, PathEnd>(rows_.size()));
    end_to_end_.resize(rows_.size());
  }
  const std::size_t days = model.midnights.empty() ? 0 : model.midnights.size() - 1;
  judging_.resize(rows_.size());
  for (const TargetIndex t : model.targets.indices()) {
    const Target& target = model.targets[t];
    const bool on_time = target.measure == Target::Measure::on_time;
    target_days_.push_back(std::vector<DueDay>(on_time ? days : 0));
    for (const ProductIndex p : judging_.indices())
      if (on_time && days > 0 && (target.product == none || target.product == p)) judging_[p].push_back(t);
  }
}

Ticks ProductCounts::due_of(ProductIndex p) {
  const Product& product = setting_.product(p);
  if (product.due_within != never) return agenda_.now() + product.due_within;
  if (product.due.empty()) return never;
  std::size_t& step = due_step_[p];
  while (step + 1 < product.due.size() && product.due[step + 1].from <= agenda_.now()) ++step;
  return product.due[step].due;
}

Ticks ProductCounts::due_of(ProductIndex p, Ticks posted) const {
  return mailflow::due_of(setting_.product(p), posted);
}

/// Items leave the network here.
void ProductCounts::count_end(const Gone& gone, std::int64_t OnTime::* count, Ticks under_way) {
  if (path_ends_.size() <= gone.path) path_ends_.resize(gone.path + 1, Rows<Product, PathEnd>(rows_.size()));
  PathEnd& end = path_ends_[gone.path][gone.product];
  end.on_time.*count += gone.items;
  ++end.lots;
  end.under_way += static_cast<ItemTicks>(gone.items) * under_way;
  end_to_end_[gone.product].record(under_way, gone.items);
}

/// Books items under the civil day on which they were due; targets are judged by the days of the run alone.
void ProductCounts::count_due_day(const Gone& gone, std::int64_t DueDay::* count) {
  const auto& days = setting_.model.due_midnights;
  if (days.size() < 2) return;
  const Ticks due = gone.due;
  if (due <= days[due_day_] || due > days[due_day_ + 1]) due_day_ = day_of(days, due);
  days_[gone.product][due_day_].*count += gone.items;
  const auto& midnights = setting_.model.midnights;
  if (judging_[gone.product].empty() || midnights.empty() || due <= midnights.front() || due > midnights.back()) return;
  if (due <= midnights[target_day_] || due > midnights[target_day_ + 1]) target_day_ = day_of(midnights, due);
  for (const TargetIndex t : judging_[gone.product]) {
    const Target& target = setting_.model.targets[t];
    if ((target.destination != none && target.destination != gone.destination) ||
        (target.departure != none && target.departure != gone.departure))
      continue;
    target_days_[t][target_day_].*count += gone.items;
  }
}

void ProductCounts::reset(bool warmed_up) {
  staying_.at_start = 0;
  for (ProductCount& product : rows_) {
    product.at_start = product.here;
    product.staying.at_start = warmed_up ? product.here : 0;
    product.in = product.out = 0;
    product.in_centre = -static_cast<ItemTicks>(product.here) * agenda_.now();
    product.on_time = {};
    product.stays = {};
    product.sketch = {};
    staying_.at_start += product.staying.at_start;
  }
  for (auto& row : on_time_) std::fill(row.begin(), row.end(), OnTime{});
  for (auto& row : days_) std::fill(row.begin(), row.end(), DueDay{});
  for (auto& row : target_days_) std::fill(row.begin(), row.end(), DueDay{});
  stays_ = {};
  sketch_ = {};
  by_links_in_ = by_links_out_ = 0;
  for (auto& row : path_ends_) std::fill(row.begin(), row.end(), PathEnd{});
  for (TimeSketch& sketch : end_to_end_) sketch = {};
}

bool ProductCounts::is_left(const Lot& lot) {
  ProductCount& product = rows_[lot.product];
  const Ticks stay = agenda_.now() - lot.arrived;
  product.staying.add(stay, lot.items);
  product.stays_so_far.emplace_back(stay, lot.items);
  staying_.add(stay, lot.items);
  if (lot.due == never) return false;
  const bool late = lot.due < agenda_.now();
  std::int64_t OnTime::* count = late ? &OnTime::late : &OnTime::undecided;
  product.on_time.*count += lot.items;
  on_time(lot.product, lot.destination).*count += lot.items;
  count_due_day({lot.product, lot.destination, none, lot.items, lot.due}, late ? &DueDay::late : &DueDay::undecided);
  return late;
}

void ProductCounts::count_unfinished() {
  for (ProductCount& product : rows_)
    record_unfinished(product.sketch, product.stays_so_far, product.staying.counted(product.out));
  if (rows_.size() == 1) return;
  TimesSoFar all;
  std::int64_t out = 0;
  for (const ProductCount& product : rows_) {
    all.insert(all.end(), product.stays_so_far.begin(), product.stays_so_far.end());
    out += product.out;
  }
  record_unfinished(sketch_, all, staying_.counted(out));
}

void ProductCounts::check(const LotPool& lots, const Ledger& ledger) const {
  Rows<Product, std::int64_t> here(rows_.size(), 0);
  for (const LotIndex l : lots.all())
    if (lots[l].in_centre) here[lots[l].product] += lots[l].items;
  for (const ProductIndex p : rows_.indices()) {
    const ProductCount& product = rows_[p];
    const std::string& name = setting_.product(p).name;
    if (product.at_start + product.in != product.out + here[p])
      throw RunFailure(tr("mail is not conserved: of {}, {} items came and {} are accounted for", name,
                          product.at_start + product.in, product.out + here[p]));
    const ItemTicks stayed = product.in_centre + static_cast<ItemTicks>(product.here) * agenda_.now();
    const ItemTicks rounded = minute + stayed / 1'000'000;
    ItemTicks booked = 0;
    for (const StationIndex s : setting_.stations())
      for (const ItemTicks t : ledger.row(s, p)) {
        booked += t;
        if (t < -rounded)
          throw RunFailure(tr("time less than none: at station {} a cause has {} item-minutes of {}",
                              setting_.station(s).name, std::to_string(in_minutes(t)), name));
      }
    if (booked != stayed)
      throw RunFailure(tr("minutes without a cause: {} was {} item-minutes in the centre, and {} have a cause", name,
                          std::to_string(in_minutes(stayed)), std::to_string(in_minutes(booked))));
  }
}

void ProductCounts::fill(const Ledger& ledger, Results& r) const {
  const std::size_t destinations = setting_.model.destinations.size();
  r.destinations.resize(destinations);
  r.product_destination.assign(rows_.size(), Rows<Destination, OnTime>(destinations));
  for (const ProductIndex p : rows_.indices()) {
    const ProductCount& count = rows_[p];
    ProductResult result;
    result.at_start = count.at_start;
    result.in = count.in;
    result.out = count.out;
    result.left = count.here;
    result.on_time = count.on_time;
    result.days = days_[p];
    result.time_in_centre = summary_of(count.stays, count.sketch, count.out, count.staying);
    for (const StationIndex s : setting_.stations())
      for (std::size_t c = 0; c < causes; ++c) result.cause[c] += ledger.row(s, p)[c];
    result.in_centre = count.in_centre + static_cast<ItemTicks>(count.here) * agenda_.now();
    add(r.on_time, count.on_time);
    for (const DestinationIndex d : r.destinations.indices()) {
      add(r.destinations[d], on_time_[p][d.at()]);
      r.product_destination[p][d] = on_time_[p][d.at()];
    }
    r.at_start += count.at_start;
    r.in += count.in;
    r.out += count.out;
    r.left += count.here;
    r.products.push_back(result);
  }
  r.time_in_centre = rows_.size() == 1 ? r.products[0].time_in_centre : summary_of(stays_, sketch_, r.out, staying_);
  r.target_days = target_days_;
  r.by_links_in = by_links_in_;
  r.by_links_out = by_links_out_;
  r.path_ends = path_ends_;
  r.end_to_end = end_to_end_;
}

}  // namespace mailflow
