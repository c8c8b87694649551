// The text of a YAML file as the pieces that it is written in, each with its bytes: where yaml-cpp says what a text
// means, this says where it stands. For texts that parse_yaml() reads; what is rare in scenarios and hard to change
// without harm (keys behind ?, tags before keys, pairs within a list) is not read, and said so.
//
// Nothing rests on this alone: edited() compares what the new text means with what it should.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace mailflow::syntax {

constexpr std::size_t nowhere = std::string::npos;

struct Pair;

/// A value as it stands in the text.
struct Value {
  enum class Style : std::uint8_t { nothing, plain, single_quoted, double_quoted, lines, alias, flow, block };
  enum class Holds : std::uint8_t { text, pairs, items };
  Style style = Style::nothing;
  Holds holds = Holds::text;
  std::size_t begin = 0;       ///< first byte; of nothing, where it would stand
  std::size_t end = 0;         ///< behind the last
  std::size_t from = 0;        ///< where its anchor or tag begins, or as begin
  std::size_t slot = 0;        ///< behind the colon, dash or anchor before it: where a value on that line goes
  std::size_t dash = nowhere;  ///< of an item of a block: its -
  std::string anchor;          ///< without its &; of an alias without its *
  std::vector<Pair> pairs;
  std::vector<Value> items;

  bool is_block() const { return style == Style::block; }
  bool is_flow() const { return style == Style::flow; }
  bool is_map() const { return holds == Holds::pairs; }
  bool is_list() const { return holds == Holds::items; }
};

struct Pair {
  std::string key;  ///< as parse_yaml() has it
  std::size_t begin = 0;
  std::size_t key_end = 0;
  std::size_t colon = nowhere;  ///< in braces a key may have none
  Value value;

  std::size_t end() const { return value.style == Value::Style::nothing ? std::max(key_end, value.slot) : value.end; }
};

/// What is written so that it cannot be read here, and where.
struct NotRead : std::runtime_error {
  NotRead(std::size_t where, const std::string& what) : std::runtime_error(what), at(where) {}
  std::size_t at;
};

/// The value of the document; throws NotRead.
Value read(std::string_view text);
/// Whether text without quotes, in braces or not, is read as itself to its end, on one line.
bool is_plain(std::string_view text, bool in_flow);

/// The byte at which the line of a byte begins, and the one at which it ends (its line end, or the text's).
std::size_t line_begin(std::string_view text, std::size_t at);
std::size_t line_end(std::string_view text, std::size_t at);
/// The first byte of the next line; the text's end where there is none.
std::size_t next_line(std::string_view text, std::size_t at);
/// Bytes from the beginning of its line.
std::size_t column(std::string_view text, std::size_t at);

}  // namespace mailflow::syntax
