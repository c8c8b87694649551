// Reads values of one type: what is none becomes a located problem, and a harmless value is given back, so that reading
// goes on to the next problem. A reader of a section is one, and reads its keys in this way.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/enum_words.hpp"
#include "core/words.hpp"
#include "scenario/catalogue.hpp"
#include "scenario/sections/reading.hpp"
#include "scenario/values/civil.hpp"
#include "scenario/values/laws.hpp"
#include "scenario/values/quantities.hpp"
#include "scenario/yaml/plain_text.hpp"

namespace mailflow {

/// A number as people write it: no trailing zeros.
std::string number(double value);

class ValueReader {
 public:
  explicit ValueReader(Reading& reading) : in_(reading) {}

  static const Node* get(const Node& map, const std::string& key) { return map.find(key); }
  void bad(const Node& node, const std::string& what, const std::string& is, const std::string& allowed,
           const std::string& help = {});

  // value_reader_keys.cpp: keys
  /// Unknown and missing keys of a map against the catalogue. False: not a map.
  bool check_section(const Node& node, const std::string& path, const std::string& what);
  /// Whether an entry is "letter 6000" among the numbers of products, without its colon: told.
  bool lone_name(const Entry& entry, const Names& names);
  /// Whether a key that a map lacks is what another of its keys, which is told already, was to be.
  bool meant(const Node& map, const std::string& key) const;
  /// The key of a map that one of `keys`, all of which it lacks, was to be: told.
  bool tell_meant(const Node& map, const std::vector<std::string>& keys, const std::string& what);

  /// Reads a single value by one of the functions of quantities.hpp, civil.hpp or laws.hpp; complains where it cannot.
  template <class Parse>
  auto value(const Node& node, const std::string& what, const std::string& example, const Parse& parse)
      -> decltype(parse(std::string_view{}, std::declval<Failure&>())) {
    Failure failure{tr("it must be a single value"), {}};
    if (node.is_scalar()) {
      if (auto found = parse(with_plain_blanks(node.text), failure)) return found;
    }
    const std::string help = failure.help.empty() && !example.empty() ? tr("for example {}", example) : failure.help;
    if (!failure.must.empty()) bad(node, what, "", failure.must, help);
    return std::nullopt;
  }
  std::optional<double> rate(const Node& node, Least least);
  std::optional<std::int64_t> items(const Node& node, const std::string& what, std::int64_t least, std::int64_t most,
                                    const std::string& example);
  Ticks duration(const Node& map, const std::string& key, Ticks fallback);
  Distribution durations(const Node& node, const std::string& what);
  Distribution counts(const Node& node, const std::string& what);
  /// Numbers in the file that a law names at `node`.
  NumberFile number_file(const Node& node);
  void tell_raised_mean(const Node& node, const std::string& what, const Distribution& law, Drawn drawn);
  void tell_thousands(const Node& node, const std::string& what);
  double share(const Node& map, const std::string& key, double fallback);
  double extra(const Node& map, const std::string& key);
  int whole(const Node& map, const std::string& key, int fallback, int least, int most = 10'000);
  double money(const Node& node, const std::string& what, bool per_hour);
  bool flag(const Node& map, const std::string& key, bool fallback);
  std::string scalar(const Node& node, const std::string& what);
  Label label(const Node& map, const std::string& key);
  /// `besides`: words that may stand there in place of a name.
  int reference(const Node& node, const Names& names, const std::string& kind,
                const std::vector<std::string>& besides = {});
  /// Of an element of the model; none where there is none of that name.
  template <class Of>
  Index<Of> reference(const Node& node, const NamesOf<Of>& names, const std::string& kind,
                      const std::vector<std::string>& besides = {}) {
    return Index<Of>(reference(node, static_cast<const Names&>(names), kind, besides));
  }
  int choice(const Node& map, const std::string& key, const std::vector<std::string>& choices, int fallback);
  /// One of the words of an enum.
  template <Worded Enum>
  Enum choice(const Node& map, const std::string& key, Enum fallback) {
    return static_cast<Enum>(choice(map, key, words_of<Enum>(), static_cast<int>(fallback)));
  }
  /// The items of a sequence, or the one value in place of a list.
  static std::vector<const Node*> list(const Node& node);

 protected:
  Reading& in_;

 private:
  std::string key_meant(const std::string& key, const CatalogueSection& known, const Node& node) const;
  bool lone_word(const Node& map, std::size_t at, const CatalogueSection& known);
};

}  // namespace mailflow
