// Figures and tables as a reader sees them on a terminal: numbers grouped in threes, units that suit the size, columns
// aligned by characters (UTF-8), within the window (report/window.hpp).
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "core/words.hpp"
#include "mail/model.hpp"
#include "report/window.hpp"

namespace mailflow {

struct TargetResult;

/// An element's label in the language spoken, or its name where it has none.
std::string name_of(const Label& label, const std::string& name);
/// A label that is always given.
inline std::string spoken(const Label& label) { return language() == Language::fr ? label.fr : label.en; }
/// What `say` says in each language, whatever is spoken now.
template <class Say>
Label in_both_languages(const Say& say) {
  Label both;
  for (const auto& [into, language] : {std::pair{&both.fr, Language::fr}, std::pair{&both.en, Language::en}}) {
    const Speaks speaks(language);
    *into = say();
  }
  return both;
}
/// 0.5 with so many decimals and the decimal mark of the language.
std::string decimal(double value, int decimals);
/// 12 345 678.5
std::string grouped(double value, int decimals = 0);
/// 0.912 as "91.2 %"; "-" when it is no number.
std::string percent(double share);
/// A time given in minutes, in seconds, minutes, hours or days.
std::string span(double minutes);
/// A value of a measure in its unit: "91.2 %", "17.8 h", "1 203 items", "15.46 XPF".
std::string shown(double value, const std::string& unit, const std::string& currency);
/// The same for a difference, always with its sign: "+1.8 points", "-12.0 min".
std::string shown_change(double value, const std::string& unit, const std::string& currency);

/// On which days of a plan, "every day", "Mon" or "2023-11-11", in the language spoken.
std::string when_words(const std::string& when);
/// "met", "MISSED", or empty where there is nothing to judge; in tables yes, no or empty, in no language.
std::string met_words(const TargetResult& target);
std::string met_cell(const TargetResult& target);

/// Columns aligned: the first to the left (and the last, when `last_left`), the others to the right. Those that are
/// wider than the window together go below each other, each part with the first column.
class Columns {
 public:
  explicit Columns(std::vector<std::string> header, bool last_left = false)
      : rows_{std::move(header)}, last_left_(last_left) {}
  void row(std::vector<std::string> cells) { rows_.push_back(std::move(cells)); }
  std::string text() const;

 private:
  std::vector<std::size_t> widths() const;
  std::string part(const std::vector<std::size_t>& widths, std::size_t from, std::size_t to) const;
  std::vector<std::vector<std::string>> rows_;
  bool last_left_;
};

}  // namespace mailflow
