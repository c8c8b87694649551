#include "report/xes_log.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/property_tree/detail/xml_parser_utils.hpp>
#include <vector>

#include "core/clean_text.hpp"

namespace mailflow {

namespace {

std::string value(const std::string& text) {
  return boost::property_tree::xml_parser::encode_char_entities(for_xml(text));
}

template <class Of>
std::string name(const Rows<Of>& all, Index<Of> i) {
  return i == none ? std::string() : all[i].name;
}

void text_attribute(std::string& text, const char* key, const std::string& given) {
  if (!given.empty()) text += fmt::format("<string key=\"{}\" value=\"{}\"/>", key, value(given));
}

}  // namespace

XesLog::XesLog(const Model& model, std::ostream& out) : model_(model), calendar_(model.calendar()), out_(out) {
  out_ << "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
          "<log xes.version=\"1849.2016\" xes.features=\"\" xmlns=\"http://www.xes-standard.org/\">\n";
  for (const char* extension : {"Concept", "Lifecycle", "Time", "Organizational"}) {
    std::string prefix = extension;
    std::transform(prefix.begin(), prefix.end(), prefix.begin(), [](char c) { return c < 'a' ? c - 'A' + 'a' : c; });
    if (prefix == "organizational") prefix = "org";
    out_ << fmt::format("<extension name=\"{}\" prefix=\"{}\" uri=\"http://www.xes-standard.org/{}.xesext\"/>\n",
                        extension, prefix, prefix);
  }
  out_ << "<global scope=\"trace\"><string key=\"concept:name\" value=\"lot\"/></global>\n"
          "<global scope=\"event\"><string key=\"concept:name\" value=\"activity\"/>"
          "<string key=\"lifecycle:transition\" value=\"complete\"/>"
          "<date key=\"time:timestamp\" value=\"1970-01-01T00:00:00+00:00\"/></global>\n"
          "<classifier name=\"Activity\" keys=\"concept:name\"/>\n"
          "<classifier name=\"Activity-station\" keys=\"concept:name station\"/>\n";
}

void XesLog::event(Trace& trace, const LotEvent& e, const char* transition, Ticks at) const {
  std::string text = fmt::format(
      "<event><string key=\"concept:name\" value=\"{}\"/><string key=\"lifecycle:transition\" value=\"{}\"/>"
      "<date key=\"time:timestamp\" value=\"{}\"/>",
      e.activity, transition, calendar_.exact(at));
  text_attribute(text, "station", name(model_.stations, e.station));
  text_attribute(text, "org:resource", name(model_.stations, e.station));
  text_attribute(text, "departure", name(model_.departures, e.departure));
  if (e.agents > 0) text += fmt::format("<int key=\"agents\" value=\"{}\"/>", e.agents);
  text += fmt::format("<int key=\"items\" value=\"{}\"/><int key=\"lot_items\" value=\"{}\"/>", e.items, e.lot_items);
  if (e.parent != 0) text += fmt::format("<int key=\"parent\" value=\"{}\"/>", e.parent);
  text += "</event>\n";
  trace.events.emplace_back(at, std::move(text));
}

void XesLog::on(const LotEvent& e) {
  const auto [found, fresh] = open_.try_emplace(e.lot);
  if (fresh) found->second.first = e;
  if (e.end != e.start) event(found->second, e, "start", e.start);
  event(found->second, e, "complete", e.end);
}

void XesLog::gone(std::int64_t lot) {
  const auto found = open_.find(lot);
  if (found == open_.end()) return;
  write(lot, found->second);
  open_.erase(found);
}

void XesLog::write(std::int64_t lot, Trace& trace) {
  // what a lot split from another waited with it began before it was split
  std::stable_sort(trace.events.begin(), trace.events.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  std::string text = fmt::format("<trace><string key=\"concept:name\" value=\"{}\"/>", lot);
  text_attribute(text, "product", name(model_.products, trace.first.product));
  text_attribute(text, "destination", name(model_.destinations, trace.first.destination));
  if (trace.first.due != never)
    text += fmt::format("<date key=\"due\" value=\"{}\"/>", calendar_.exact(trace.first.due));
  out_ << text << "\n";
  for (const auto& [at, event] : trace.events) out_ << event;
  out_ << "</trace>\n";
}

void XesLog::finish() {
  std::vector<std::int64_t> left;
  for (const auto& [lot, trace] : open_) left.push_back(lot);
  std::sort(left.begin(), left.end());
  for (const std::int64_t lot : left) write(lot, open_.at(lot));
  open_.clear();
  out_ << "</log>\n";
}

}  // namespace mailflow
