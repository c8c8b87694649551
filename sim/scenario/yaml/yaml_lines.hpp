// Lines of YAML that could not be read, and the slips of a planner that are found in them. For yaml_slips.cpp and
// yaml_flow.cpp alone.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "core/problems.hpp"

namespace mailflow::slips {

/// What a planner slipped on, at a byte of a line (both from 0).
struct Slip {
  std::size_t line;
  std::size_t byte;
  std::string message;
  std::string help;
};

using MaybeSlip = std::optional<Slip>;

/// A line without its indent and its comment.
struct Line {
  std::size_t number = 0;
  std::size_t indent = 0;
  std::string_view text;
};

/// Letters, digits and what else a key without quotes is made of.
bool is_word_character(char c);
std::string_view without_blanks(std::string_view text);
/// Whether a text holds the colon behind a key.
bool has_colon(std::string_view text);
/// Where the quote ends that begins at a byte; npos: not on this line.
std::size_t end_of_quote(std::string_view text, std::size_t from);
/// "label =": "label".
std::string_view word_before_equals(std::string_view text);
/// The beginning of a text, for advice.
std::string short_of(std::string_view text);
/// "one blank", "2 blanks".
std::string blanks(std::size_t number);

/// A line of a file; empty where it says nothing.
std::optional<Line> line_of(const SourceFile& file, std::size_t number);
/// The nearest lines above and below that say something.
std::optional<Line> above(const SourceFile& file, std::size_t number);
std::optional<Line> below(const SourceFile& file, std::size_t number);

Slip lacks_colon(std::size_t line, std::size_t byte, std::string_view word, std::string_view rest);
Slip lacks_blank(std::size_t line, std::size_t byte, std::string_view word, std::string_view rest);
Slip hard_blank(std::size_t line, std::size_t byte, const std::string& where);

}  // namespace mailflow::slips
