#include "studio/edits.hpp"

#include <optional>

#include "core/words.hpp"
#include "scenario/edit/edit.hpp"
#include "studio/exchange.hpp"

namespace mailflow::studio {

namespace {

constexpr std::size_t most_edits = 200;

std::optional<Edit::Kind> kind_named(const Json& name) {
  if (name == "set") return Edit::Kind::set;
  if (name == "add") return Edit::Kind::add;
  if (name == "remove") return Edit::Kind::remove;
  if (name == "rename") return Edit::Kind::rename;
  return std::nullopt;
}

std::string text_or_nothing(const Json& json, const char* key) {
  const auto found = json.find(key);
  return found != json.end() && found->is_string() ? found->get<std::string>() : "";
}

Edit edit_of(const Json& json) {
  const auto kind = json.is_object() ? kind_named(json.value("do", Json())) : std::nullopt;
  const std::string path = kind ? text_or_nothing(json, "path") : "";
  if (path.empty()) throw Refused(400, tr("an edit says what to do (set, add, remove or rename), and at which path"));
  return {*kind, path, text_or_nothing(json, "value"), text_or_nothing(json, "before")};
}

}  // namespace

Json edited(const std::string& path, const std::string& text, const Json& edits, int& status) {
  if (!edits.is_array() || edits.size() > most_edits)
    throw Refused(400, tr("\"edits\" is a list of at most {} edits", most_edits));
  std::vector<Edit> all;
  for (const Json& one : edits) all.push_back(edit_of(one));
  Problems problems;
  if (const auto now = mailflow::edited(path, text, all, problems)) return {{"text", *now}};
  status = 422;
  return {{"error", tr("{} cannot be changed so", path)}, {"problems", problems_json(problems)}};
}

}  // namespace mailflow::studio
