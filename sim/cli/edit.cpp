#include "scenario/edit/edit.hpp"

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "cli/commands.hpp"
#include "cli/exit_status.hpp"
#include "cli/tell.hpp"
#include "core/words.hpp"
#include "report/output_file.hpp"
#include "report/temporary.hpp"
#include "scenario/edit/unified_diff.hpp"
#include "scenario/files/files.hpp"
#include "scenario/yaml/document.hpp"

namespace mailflow::cli {
namespace {

/// The bytes of a file that is to be written again; so it is not noted as one that was read.
std::string text_to_change(const std::string& path) {
  std::error_code ignored;
  if (std::filesystem::is_regular_file(path, ignored)) return bytes_of(path);
  Problems problems;
  read_file(path, {}, problems);
  tell_problems(problems);
  throw UnusableInput(tr("{} cannot be changed", path));
}

/// Path and value, parted by the first = outside of double quotes.
std::pair<std::string, std::string> parted(const std::string& option, const std::string& typed) {
  bool quoted = false;
  for (std::size_t i = 0; i < typed.size(); ++i) {
    if (typed[i] == '"') quoted = !quoted;
    if (typed[i] == '=' && !quoted && i > 0) return {typed.substr(0, i), typed.substr(i + 1)};
  }
  throw UnusableRequest(tr("{} takes PATH=VALUE, not {}", option, typed));
}

std::vector<Edit> edits_of(const EditRequest& request) {
  std::vector<Edit> edits;
  const auto add = [&edits](Edit::Kind kind, const std::string& option, const std::vector<std::string>& all) {
    for (const std::string& typed : all) {
      auto [path, value] = parted(option, typed);
      edits.push_back({kind, std::move(path), std::move(value), ""});
    }
  };
  add(Edit::Kind::set, "--set", request.sets);
  add(Edit::Kind::add, "--add", request.adds);
  for (const std::string& path : request.removes) edits.push_back({Edit::Kind::remove, path, "", ""});
  add(Edit::Kind::rename, "--rename", request.renames);
  if (edits.empty()) throw UnusableRequest(tr("say what to change: --set, --add, --remove or --rename"));
  return edits;
}

/// Whether a file is a scenario, which can be checked by itself; else a situation, or rules for rosters.
bool is_scenario(const std::string& text) {
  Problems ignored;
  const auto tree = parse_yaml("", text, ignored);
  return tree && (tree->find("mailflow") != nullptr || tree->find("base") != nullptr);
}

}  // namespace

int edit_command(const EditRequest& request) {
  const std::vector<Edit> edits = edits_of(request);
  const std::string before = text_to_change(request.file);
  Problems problems;
  const auto after =
      edited(request.file, before, edits, problems, request.everywhere ? Shared::everywhere : Shared::refuse);
  tell_problems(problems);
  if (!after) throw UnusableInput(tr("{} was not changed", request.file));
  if (request.dry_run) {
    give(unified_diff(before, *after, request.file));
    return success;
  }
  if (*after == before) {
    say_text(tr("{}: nothing to change\n", request.file));
    return success;
  }
  write_file(request.file, *after);
  return is_scenario(*after) ? check_command(request.file, request.data_dir) : success;
}

}  // namespace mailflow::cli
