// Changes the text of a scenario where it stands: comments, order, quotes, line ends and layout stay, and only the
// lines change that must.
//
//   Problems problems;
//   auto text = edited("today.yaml", before, {{Edit::Kind::set, "staff.teams.night.agents", "11"}}, problems);
//
// A text comes back only where what it says is what the old one said with the edits made, and nothing else: what cannot
// be done so is refused, and `problems` says why and where. Nothing is read of whether the scenario makes sense (that
// is load_scenario()), nor of other files: of a what-if its own text is changed.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/edit.hpp"
#include "core/problems.hpp"

namespace mailflow {

/// A value with an anchor (&name) that stands elsewhere by its alias (*name), too.
enum class Shared : std::uint8_t {
  refuse,     ///< is not changed: told, with the other place
  everywhere  ///< is changed in all places at once
};

/// The text with the edits made, one after another; `path` is the file's name for problems.
std::optional<std::string> edited(const std::string& path, const std::string& text, const std::vector<Edit>& edits,
                                  Problems& problems, Shared shared = Shared::refuse);

/// How the value at a path is written, as `value` of an edit takes it: set to this, the text is what it was. Lines of a
/// section are given without the indent that they share. Empty where there is none.
std::optional<std::string> written_at(const std::string& text, const std::string& path);

}  // namespace mailflow
