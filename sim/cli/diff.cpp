#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "cli/commands.hpp"
#include "cli/exit_status.hpp"
#include "cli/tell.hpp"
#include "scenario/difference/difference.hpp"
#include "scenario/difference/difference_text.hpp"
#include "scenario/what_if.hpp"

namespace mailflow::cli {

namespace {

using Json = nlohmann::ordered_json;

Json json_of(const Node& node) {
  if (node.is_scalar()) return node.text;
  if (node.is_null()) return nullptr;
  Json json = node.is_map() ? Json::object() : Json::array();
  for (const Node& each : node.items) json.push_back(json_of(each));
  for (const Entry& each : node.entries) json[each.key] = json_of(each.value);
  return json;
}

std::string list_as_json(const std::vector<NodeDifference>& all) {
  Json list = Json::array();
  for (const NodeDifference& each : all) {
    const char* const change = each.change == NodeDifference::Change::set     ? "set"
                               : each.change == NodeDifference::Change::added ? "added"
                                                                              : "removed";
    list.push_back(
        {{"path", path_text(each.path)}, {"change", change}, {"from", json_of(each.from)}, {"to", json_of(each.to)}});
  }
  return list.dump(2) + "\n";
}

bool same(const Problem& a, const Problem& b) {
  const auto file = [](const Problem& p) { return p.place.file ? p.place.file->path : std::string(); };
  return file(a) == file(b) && a.place.line == b.place.line && a.place.column == b.place.column &&
         a.message == b.message;
}

/// Both files' problems; those of a base that both have only once.
Problems joined(const Problems& a, const Problems& b) {
  Problems all = a;
  const auto told = a.sorted();
  for (const Problem& each : b.sorted()) {
    if (std::any_of(told.begin(), told.end(), [&each](const Problem& other) { return same(each, other); })) continue;
    all.add(each);
  }
  return all;
}

}  // namespace

int diff_command(const DiffRequest& request) {
  Problems problems_a;
  Problems problems_b;
  const auto a = read_scenario(request.first, problems_a);
  const auto b = read_scenario(request.second, problems_b);
  const Problems problems = joined(problems_a, problems_b);
  tell_problems(problems);
  if (!a || !b || problems.has_errors()) return invalid_input;
  if (request.as_change) {
    const auto base = std::filesystem::path(request.first).filename().string();
    give(fmt::format("# Made by mailflow diff; to be kept beside {}.\n{}", base, as_what_if(*a, *b, base)));
  } else if (request.format == "json") {
    give(list_as_json(differences(*a, *b)));
  } else {
    say_text(difference_text(*a, *b, request.first, request.second));
  }
  return 0;
}

}  // namespace mailflow::cli
