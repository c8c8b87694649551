#include "fuzz/logs.hpp"

#include <boost/property_tree/ptree.hpp>
#include <boost/property_tree/xml_parser.hpp>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

#include "scenario/files/csv.hpp"
#include "scenario/yaml/plain_text.hpp"

namespace mailflow::fuzz {

namespace {

std::string fault_of_csv(const std::string& text) {
  Problems problems;
  const CsvFile csv = read_csv("log.csv", text, problems);
  if (problems.has_errors()) return problems.text();
  for (std::size_t r = 0; r < csv.rows.size(); ++r)
    if (csv.rows[r].size() != csv.header.size()) return "row " + std::to_string(r + 1) + " has other columns";
  return "";
}

/// Trace by trace: each has a name of its own, and events of it in order of time.
std::string fault_of_xes(const std::string& text) {
  boost::property_tree::ptree tree;
  try {
    std::istringstream in(text);
    boost::property_tree::read_xml(in, tree);
  } catch (const boost::property_tree::xml_parser_error& e) {
    return e.what();
  }
  std::set<std::string> names;
  for (const auto& [tag, trace] : tree.get_child("log")) {
    if (tag != "trace") continue;
    if (!names.insert(trace.get<std::string>("string.<xmlattr>.value", "")).second) return "a trace twice";
    if (trace.count("event") == 0) return "a trace without events";
  }
  return "";
}

/// What events relate to is among the objects, each of which is there once.
std::string fault_of_ocel(const std::string& text) {
  const auto log = nlohmann::json::parse(text, nullptr, false);
  if (log.is_discarded()) return "no JSON";
  std::set<std::string> objects;
  for (const auto& object : log.at("objects"))
    if (!objects.insert(object.at("id").get<std::string>()).second) return "twice: " + object.at("id").dump();
  for (const auto& event : log.at("events"))
    for (const auto& relation : event.at("relationships"))
      if (!objects.contains(relation.at("objectId").get<std::string>())) return "no object: " + relation.dump();
  return "";
}

}  // namespace

std::string fault_of_log(const std::string& format, const std::string& text) {
  if (!is_utf8(text)) return "not UTF-8";
  if (format == "csv") return fault_of_csv(text);
  return format == "xes" ? fault_of_xes(text) : fault_of_ocel(text);
}

}  // namespace mailflow::fuzz
