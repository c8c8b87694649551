// A scenario as the page reads it while it is being written: its problems, its drawing, and all its single values.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/problems.hpp"
#include "scenario/load_options.hpp"

namespace mailflow::studio {

using Json = nlohmann::ordered_json;
/// Changes on top of a file: dotted path and value.
using Changes = std::vector<std::pair<std::string, std::string>>;

/// As it is sent and kept: what is no UTF-8 in it is replaced.
std::string text_of(const Json& json);

Json problems_json(const Problems& problems);
/// What `POST /api/model` answers.
Json model_view(const std::string& path, const LoadOptions& options);

/// What a file is, as home shows it; by its text alone.
struct FileKind {
  std::string kind;  ///< scenario, what-if, network, situation, rules, other
  Json label;        ///< in both languages; null: none
  std::string base;  ///< as the file names it
};
FileKind file_kind(const std::string& path, const std::string& text);

}  // namespace mailflow::studio
