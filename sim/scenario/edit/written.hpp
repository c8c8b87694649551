// How a value or key is written where it is to stand: with the quotes of what stood there, or those that it needs.
#pragma once

#include <string>
#include <string_view>

#include "scenario/edit/syntax.hpp"
#include "scenario/yaml/document.hpp"

namespace mailflow::editing {

/// What is to be written, and what it means.
struct Written {
  std::string head;   ///< on the line of its key or dash; of a section below it nothing, or | and the like
  std::string below;  ///< lines below that, without the indent that they share; empty: none
  Node means;
  std::string alias;  ///< it means what this anchor does
  bool in_lines() const { return !below.empty(); }
};

/// The value that `given` is in YAML, or as a text. `old`: what stands there; null: nothing. Throws
/// std::invalid_argument with what is wrong.
Written written_value(std::string_view text, const std::string& given, const syntax::Value* old, bool in_flow);
/// A key; in the quotes that `old`, as it is written, has.
std::string written_key(const std::string& key, std::string_view old = {});

/// The value of a scalar's bytes.
std::string text_of(std::string_view text, const syntax::Value& value);
/// Lines without the blanks that they all begin with, at most so many; ends of lines become \n.
std::string without_indent(std::string_view lines, std::size_t most);
/// Each line behind so many blanks, with `line_end` between them.
std::string with_indent(const std::string& lines, std::size_t indent, const std::string& line_end);

}  // namespace mailflow::editing
