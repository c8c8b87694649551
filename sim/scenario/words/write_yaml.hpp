// The tree back to YAML: what parse_yaml() makes of the text is the same value.
#pragma once

#include <string>

#include "scenario/yaml/document.hpp"

namespace mailflow {

/// A word as a key or value of a map or list in one line; in quotes where it would otherwise be read as something else.
std::string yaml_word(const std::string& text, bool quoted);
/// A value in one line: `{agents: 6, skills: {parcels: 70 %}}`.
std::string yaml_line(const Node& node);
/// `key: value` with its line end, indented by so many blanks; a map too long for a line has a line for each key.
std::string yaml_entry(const std::string& key, const Node& value, std::size_t indent);

}  // namespace mailflow
