#include "scenario/sections/products.hpp"

#include <algorithm>

#include "core/words.hpp"
#include "scenario/sections/time_reader.hpp"

namespace mailflow {

namespace {

class ProductReader : private TimeReader {
 public:
  using TimeReader::TimeReader;
  void products();
  void due_days();

 private:
  void due(const Node& map, Product& product);
};

void ProductReader::products() {
  if (const Node* map = get(in_.root, "products"); map != nullptr && map->is_map()) {
    for (const Entry& e : map->entries) {
      Product product;
      product.name = e.key;
      product.priority = 1000;
      Node empty;
      empty.kind = Node::Kind::map;
      const Node& node = e.value.kind == Node::Kind::null ? empty : e.value;
      if (check_section(node, "products", tr("product {}", e.key))) {
        product.label = label(node, "label");
        product.priority = whole(node, "priority", 1000, 0, 999);
        if (const Node* lot = get(node, "lot")) {
          product.lot_items = static_cast<int>(items(*lot, "lot", 1, 1'000'000, "lot: 250 items").value_or(1));
        }
        if (const Node* weight = get(node, "weight")) {
          product.weight_kg = value(*weight, "weight", "weight: 20 g", parse_weight).value_or(0);
        }
        due(node, product);
      }
      in_.model.products.push_back(product);
    }
  }
  if (const Node* map = get(in_.root, "destinations"); map != nullptr && map->is_map()) {
    for (const Entry& e : map->entries) {
      Destination destination;
      destination.name = e.key;
      if (e.value.kind != Node::Kind::null && check_section(e.value, "destinations", tr("destination {}", e.key)))
        destination.label = label(e.value, "label");
      in_.model.destinations.push_back(destination);
    }
  }
  in_.model.sort_plans.resize(in_.names.sort_plans.size());
  for (const auto& [name, index] : in_.names.sort_plans) in_.model.sort_plans[SortPlanIndex(index)] = name;
}

void ProductReader::due(const Node& map, Product& product) {
  Ticks until = day;
  if (const Node* accepted = get(map, "accepted_until")) {
    const auto times = times_of_day(*accepted, "accepted_until");
    if (times.size() == 1) until = times[0];
    if (get(map, "due") == nullptr)
      in_.problems.error(accepted->place, tr("accepted_until says nothing without due"),
                         tr("give due: J+1 06:00, say"));
  }
  const Node* node = get(map, "due");
  const auto rule = node == nullptr ? std::nullopt : value(*node, "due", "due: J+1 06:00", parse_due);
  if (!rule || rule->kind == Due::Kind::none) return;
  if (rule->kind == Due::Kind::within) {
    product.due_within = rule->within;
    return;
  }
  for (int d = 0; d < in_.days; ++d) {
    const Date date{in_.model.start.days + d};
    const auto due_of = [&](Date j) {
      return in_.calendar->at(in_.calendar->working_day_after(j, rule->days), rule->at);
    };
    product.due.push_back({in_.calendar->at(date, 0), due_of(date)});
    if (until < day && in_.calendar->is_working(date))
      product.due.push_back({in_.calendar->at(date, until), due_of(Date{date.days + 1})});
  }
}

void ProductReader::due_days() {
  Ticks first = 0;
  Ticks last = in_.model.end;
  const auto take = [&](Ticks due) {
    if (due == never) return;
    first = std::min(first, due);
    last = std::max(last, due);
  };
  for (const Product& product : in_.model.products) {
    for (const DueStep& step : product.due) take(step.due);
    if (product.due_within != never) take(in_.model.end + product.due_within);
  }
  for (const Source& source : in_.model.sources)
    for (const ReplayRow& row : source.rows) take(row.leave_by);
  for (const MailThere& mail : in_.model.situation.mail) take(mail.due);
  Date date = in_.calendar->date_of(first - 1);  // due at 00:00 is due at the end of the day before
  do {
    in_.model.due_midnights.push_back(in_.calendar->at(date, 0));
    ++date.days;
  } while (in_.model.due_midnights.back() <= last);
}

}  // namespace

void read_products(Reading& reading) { ProductReader(reading).products(); }

void read_due_days(Reading& reading) { ProductReader(reading).due_days(); }

}  // namespace mailflow
