#include "report/event_log.hpp"

#include "report/table.hpp"

namespace mailflow {

EventLog::EventLog(const Model& model, std::ostream& out) : model_(model), calendar_(model.calendar()), out_(out) {
  out_ << "case,activity,start,end,station,agents,items,product,destination,parent,departure,due,lot_items\n";
}

void EventLog::on(const LotEvent& e) {
  const auto name = [](const auto& all, auto i) { return i == none ? std::string() : csv_value(all[i].name); };
  out_ << e.lot << ',' << e.activity << ',' << calendar_.exact(e.start) << ',' << calendar_.exact(e.end) << ','
       << name(model_.stations, e.station) << ',' << e.agents << ',' << e.items << ','
       << name(model_.products, e.product) << ',' << name(model_.destinations, e.destination) << ',';
  if (e.parent != 0) out_ << e.parent;
  out_ << ',' << name(model_.departures, e.departure) << ','
       << (e.due == never ? std::string() : calendar_.exact(e.due)) << ',' << e.lot_items << '\n';
}

}  // namespace mailflow
