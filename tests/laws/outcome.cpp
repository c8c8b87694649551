#include "outcome.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <cmath>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <stdexcept>

#include "core/problems.hpp"
#include "report/results_json.hpp"
#include "scenario/load.hpp"
#include "scenario/network/load_network.hpp"

namespace mailflow::laws {

namespace {

namespace fs = std::filesystem;

/// A folder of this process, removed at its end.
const fs::path& folder() {
  struct Folder {
    fs::path path = fs::temp_directory_path() / fmt::format("mailflow-laws-{}", ::getpid());
    Folder() { fs::create_directories(path); }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    ~Folder() {
      std::error_code ignored;
      fs::remove_all(path, ignored);
    }
  };
  static const Folder one;
  return one.path;
}

std::string put(const std::string& name, const std::string& text) {
  const fs::path path = folder() / name;
  std::ofstream out(path, std::ios::binary);
  out << text;
  if (!out.flush()) throw std::runtime_error("cannot write " + path.string());
  return path.string();
}

void throw_errors(const Problems& problems) {
  for (const Problem& problem : problems.sorted())
    if (problem.severity == Problem::Severity::error) throw std::runtime_error("not valid: " + problem.message);
}

/// Every sixth hour, and the last: they are counted from the start, so that little hides between them.
void thin_out(std::vector<StationHour>& hours) {
  std::vector<StationHour> kept;
  for (std::size_t h = 0; h < hours.size(); ++h)
    if (h % 6 == 5 || h + 1 == hours.size()) kept.push_back(hours[h]);
  hours = std::move(kept);
}

bool near(double a, double b) { return a == b || std::abs(a - b) <= 1e-9 * std::max(std::abs(a), std::abs(b)); }

std::string shown(const nlohmann::json* value) { return value == nullptr ? "nothing" : value->dump().substr(0, 200); }

}  // namespace

std::unique_ptr<Model> model_of(const Centre& centre, const std::string& state) {
  for (const auto& [name, text] : centre.files) put(name, text);
  return model_of(yaml(centre.scenario), state);
}

std::unique_ptr<Network> network_of(const Centre& network, const Parts& parts) {
  for (const auto& [name, text] : network.files) put(name, text);
  LoadOptions options;
  options.parts = parts;
  Problems problems;
  auto loaded = load_network(put("network.yaml", yaml(network.scenario)), options, problems);
  throw_errors(problems);
  return std::make_unique<Network>(std::move(*loaded));
}

std::unique_ptr<Model> model_of(const std::string& yaml, const std::string& state) {
  LoadOptions options;
  if (!state.empty()) options.from_state = put("state.yaml", state);
  Problems problems;
  auto model = load_model(put("centre.yaml", yaml), options, problems);
  throw_errors(problems);
  return std::make_unique<Model>(std::move(*model));
}

nlohmann::json figures(const Model& model, Results results) {
  for (StationResult& station : results.stations) thin_out(station.hours);
  auto json = nlohmann::json::parse(results_json(model, results));
  for (const char* key : {"file", "from_state"}) json["scenario"].erase(key);
  json["run"].erase("events");
  return json;
}

nlohmann::json figures(const Centre& centre) {
  const auto model = model_of(centre);
  return figures(*model, simulate(*model, {.seed = model->seed}));
}

std::string difference(const nlohmann::json& a, const nlohmann::json& b) {
  if (a.is_number() && b.is_number() && near(a.get<double>(), b.get<double>())) return "";
  if (a.is_object() && b.is_object()) {
    auto keys = a;
    keys.update(b);
    for (const auto& [key, ignored] : keys.items()) {
      const auto* x = a.contains(key) ? &a.at(key) : nullptr;
      const auto* y = b.contains(key) ? &b.at(key) : nullptr;
      if (x == nullptr || y == nullptr) return fmt::format("{}: {} | {}", key, shown(x), shown(y));
      if (const std::string below = difference(*x, *y); !below.empty()) return key + "." + below;
    }
    return "";
  }
  if (a.is_array() && b.is_array() && a.size() == b.size()) {
    for (std::size_t i = 0; i < a.size(); ++i)
      if (const std::string below = difference(a[i], b[i]); !below.empty()) return fmt::format("[{}].{}", i, below);
    return "";
  }
  return a == b ? "" : fmt::format(": {} | {}", shown(&a), shown(&b));
}

std::multiset<std::string> Happenings::since(Ticks at) const {
  std::multiset<std::string> rows;
  const auto name = [](const auto& of, auto index) { return index == none ? "-" : of[index].name; };
  for (const LotEvent& e : events) {
    // What is there when the run begins; and waits over by then, of which it need not know the beginning.
    const auto is = [&](const char* activity) { return std::strcmp(e.activity, activity) == 0; };
    if (e.end < at || (e.end == at && (is("here") || is("wait") || is("blocked")))) continue;
    rows.insert(fmt::format("{} {} {} at {} by {} of {} {} to {} with {} due {}", e.activity,
                            e.start <= at ? "before" : std::to_string(e.start), e.end, name(model_.stations, e.station),
                            e.agents, e.items, name(model_.products, e.product),
                            name(model_.destinations, e.destination), name(model_.departures, e.departure),
                            e.due == never ? -1 : e.due));
  }
  return rows;
}

}  // namespace mailflow::laws
