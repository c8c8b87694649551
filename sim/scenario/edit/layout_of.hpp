// The lines that pieces of a text take up: which comments are an entry's own, where it begins and ends, what its
// neighbours look like.
#pragma once

#include <string>
#include <string_view>

#include "scenario/edit/syntax.hpp"

namespace mailflow::editing {

/// One entry of a map or list: a key with its value, or an item with its dash.
struct Extent {
  std::size_t begin = 0;
  std::size_t end = 0;
};
Extent extent(const syntax::Value& holder, std::size_t index);
std::size_t entries(const syntax::Value& holder);

/// Whether nothing but blanks stands before it on its line.
bool begins_line(std::string_view text, std::size_t at);
bool is_blank_line(std::string_view text, std::size_t at);
/// Where an entry of a block begins with the comment lines that are its own: those directly above it, in its column. Of
/// the first entry they are its own where others have some, too; else they are about all of them.
std::size_t begin_with_comments(std::string_view text, const syntax::Value& block, std::size_t index, bool top);
/// The end of the comment lines below a key that are further in than `column`: those about what stands below it.
std::size_t end_of_comments_below(std::string_view text, std::size_t at, std::size_t column);
/// The end of a section's lines: of the last one with its comment, and of comment lines below it in its column or
/// further in. `key`: where its key or dash begins.
std::size_t end_of_section(std::string_view text, const syntax::Value& section, std::size_t key);
/// Whether a comment stands between two bytes, what is in quotes aside.
bool has_comment(std::string_view text, std::size_t from, std::size_t to);
/// The column in which the values of a block's entries all begin, each on the line of its key; 0: in none.
std::size_t column_of_values(std::string_view text, const syntax::Value& block);
/// The end of line of the text.
std::string line_end_of(std::string_view text);

}  // namespace mailflow::editing
