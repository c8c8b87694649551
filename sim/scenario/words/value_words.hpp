// Values as they are read aloud, and what lies between two of them: "+1", "+8.6 %", "30 min later".
#pragma once

#include <cstddef>
#include <string>

#include "core/time.hpp"
#include "scenario/yaml/document.hpp"

namespace mailflow {

constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// "35000 items/h" as "35 000 items/h"; a list as its values with commas, a map as its keys and values; beyond so many
/// only how many more there are.
std::string spoken(const Node& node, std::size_t most = 1000);
/// What readers see of a label, English first; empty when there is none.
std::string label_text(const Node* label);
/// "30 min", "1 h 30 min", "7 days".
std::string span_words(Ticks span);

/// Whether two values mean the same though they be written otherwise: "1 items/min" and "60 items/h", "24 h" and
/// "1 day"; maps and lists value by value, the order of keys aside.
bool means_the_same(const Node& a, const Node& b);

/// How the second of two values differs, in the words of their unit; empty where they have none in common.
std::string change_words(const std::string& from, const std::string& to, const std::string& currency);
/// The same for hours ("22:00-05:48"): when they begin and end.
std::string hours_change(const std::string& from, const std::string& to);
/// The same for a break ("01:00 30 min").
std::string break_change(const std::string& from, const std::string& to);
/// The same for days of the week ("Mon-Fri"): which come in and which fall out.
std::string days_change(const std::string& from, const std::string& to);
/// The same for the time mail leaves before ("20 min before").
std::string before_change(const std::string& from, const std::string& to);

}  // namespace mailflow
