#include "scenario/difference/difference_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "core/words.hpp"
#include "scenario/difference/difference.hpp"
#include "scenario/difference/phrase.hpp"
#include "scenario/words/value_words.hpp"

namespace mailflow {
namespace {

using Path = std::vector<std::string>;

struct Element {
  std::string name;  ///< empty: the section itself
  std::vector<std::string> lines;
};
struct Section {
  std::string title;
  std::vector<Element> elements;
};

const Node* value_at(const Node& root, const Path& path, std::size_t parts) {
  const Node* node = &root;
  for (std::size_t i = 0; i < parts && node != nullptr; ++i) node = node->find(path[i]);
  return node;
}

bool is_label(const NodeDifference& each) { return each.path.back() == "label"; }

/// Whether a section can be left out key by key: then each has a default to compare with.
bool all_optional(const Meaning& meaning) {
  if (meaning.key == nullptr || !meaning.key->type.starts_with("section ")) return false;
  const std::string words = meaning.key->type.substr(8);
  const std::string name = words.substr(0, words.find(','));
  if (words.find(", by n") != std::string::npos) return false;  // by name, by number
  const auto& keys = section(name).keys;
  return std::none_of(keys.begin(), keys.end(), [](const CatalogueKey& key) { return key.required; });
}

/// What is given or taken away with all it holds, element by element.
void spread(const Node& tree, const NodeDifference& each, std::vector<NodeDifference>& all) {
  const Node& value = each.change == NodeDifference::Change::removed ? each.from : each.to;
  const Meaning meaning = meaning_of(tree, each.path);
  const bool whole = each.change != NodeDifference::Change::set && value.is_map() && !value.entries.empty() &&
                     (meaning.holds_elements || all_optional(meaning));
  if (!whole) {
    all.push_back(each);
    return;
  }
  for (const Entry& entry : value.entries) {
    NodeDifference part{each.path, each.change, {}, {}};
    part.path.push_back(entry.key);
    (each.change == NodeDifference::Change::removed ? part.from : part.to) = entry.value;
    spread(tree, part, all);
  }
}

class Report {
 public:
  Report(const Node& a, const Node& b) : a_(a), b_(b) {
    const Node* currency = value_at(b, {"centre", "currency"}, 2);
    currency_ = currency != nullptr && currency->is_scalar() ? currency->text : "EUR";
    for (const auto& title : section_titles()) sections_.push_back({title, {}});
  }

  void add(const NodeDifference& each) {
    std::vector<NodeDifference> parts;
    spread(each.change == NodeDifference::Change::removed ? a_ : b_, each, parts);
    for (const NodeDifference& part : parts) {
      line(part);
      ++lines_;
      if (is_label(part)) ++labels_;
    }
  }
  std::string text() const {
    std::string all;
    for (const Section& section : sections_) {
      if (section.elements.empty()) continue;
      all += "  " + section.title + "\n";
      for (const Element& element : section.elements) all += text(element);
    }
    return all;
  }
  std::size_t lines() const { return lines_; }
  std::size_t labels() const { return labels_; }

 private:
  void line(const NodeDifference& each) {
    const bool gone = each.change == NodeDifference::Change::removed;
    const Meaning meaning = meaning_of(gone ? a_ : b_, each.path);
    const Path rest(each.path.begin() + static_cast<std::ptrdiff_t>(meaning.element), each.path.end());
    const std::string words = rest.empty() ? element_words(each) : value_words(each, rest, meaning, currency_);
    element(meaning, each.path).lines.push_back(words);
  }
  Element& element(const Meaning& meaning, const Path& path) {
    auto section = std::find_if(sections_.begin(), sections_.end(),
                                [&meaning](const Section& s) { return s.title == meaning.section; });
    if (section == sections_.end()) section = sections_.insert(section, {meaning.section, {}});
    const std::string name = element_name(meaning, path);
    auto found = std::find_if(section->elements.begin(), section->elements.end(),
                              [&name](const Element& e) { return e.name == name; });
    if (found == section->elements.end()) found = section->elements.insert(found, {name, {}});
    return *found;
  }
  std::string element_name(const Meaning& meaning, const Path& path) const {
    if (meaning.noun.empty()) return {};
    std::string noun = tr(meaning.noun.c_str());
    if (!meaning.named) return noun;
    std::string name = noun + " " + path[meaning.element - 1];
    for (const Node* tree : {&b_, &a_}) {
      const Node* node = value_at(*tree, path, meaning.element);
      const std::string label = node == nullptr ? std::string() : label_text(node->find("label"));
      if (label.empty() || label == path[meaning.element - 1]) continue;
      name += " (" + label + ")";
      return name;
    }
    return name;
  }
  static std::string text(const Element& element) {
    if (element.name.empty()) {
      std::string all;
      for (const auto& line : element.lines) all += "    " + line + "\n";
      return all;
    }
    if (element.lines.size() == 1) return "    " + tr("{}: {}", element.name, element.lines[0]) + "\n";
    std::string all = "    " + tr("{}:", element.name) + "\n";
    for (const auto& line : element.lines) all += "      " + line + "\n";
    return all;
  }

  const Node& a_;
  const Node& b_;
  std::string currency_;
  std::vector<Section> sections_;
  std::size_t lines_ = 0;
  std::size_t labels_ = 0;
};

/// Whether the keys that both have stand in the same order.
bool same_order(const Node& a, const Node& b) {
  const auto shared = [](const Node& of, const Node& with) {
    Path keys = of.keys();
    std::erase_if(keys, [&with](const std::string& key) { return with.find(key) == nullptr; });
    return keys;
  };
  return shared(a, b) == shared(b, a);
}

/// Sections whose elements stand in another order, which no path can tell of.
std::string order_notes(const Node& a, const Node& b) {
  const std::array<Path, 6> ordered = {
      {{"products"}, {"arrivals"}, {"stations"}, {"staff", "shifts"}, {"staff", "teams"}, {"transport", "departures"}}};
  std::string text;
  for (const Path& path : ordered) {
    const Node* first = value_at(a, path, path.size());
    const Node* second = value_at(b, path, path.size());
    if (first == nullptr || second == nullptr || same_order(*first, *second)) continue;
    text += "  " + tr("{} stand in another order, which counts where nothing else says who comes first", path.back()) +
            "\n";
  }
  return text;
}

std::string title(const Node& a, const Node& b, const std::string& name_of_a, const std::string& name_of_b) {
  std::string first = label_text(a.find("label"));
  std::string second = label_text(b.find("label"));
  if (first.empty() || first == second) first = name_of_a;
  if (second.empty() || second == label_text(a.find("label"))) second = name_of_b;
  return first + "  ->  " + second + "\n";
}

}  // namespace

std::string difference_text(const Node& a, const Node& b, const std::string& name_of_a, const std::string& name_of_b) {
  Report report(a, b);
  bool own_label = false;
  for (const NodeDifference& each : differences(a, b)) {
    if (each.path.size() == 1 && is_label(each))
      own_label = true;  // told by the title
    else
      report.add(each);
  }
  const std::size_t labels = report.labels() + (own_label ? 1 : 0);
  const std::string notes = order_notes(a, b);
  if (report.lines() == 0 && labels == 0 && notes.empty()) return tr("no differences") + "\n";
  std::string closing = tr_plural("{} difference", "{} differences", static_cast<long>(report.lines()), report.lines());
  if (report.lines() == report.labels())
    closing = labels == 0 ? tr("no differences") : tr("no differences but in labels ({})", labels);
  return title(a, b, name_of_a, name_of_b) + report.text() + notes + "  " + closing + "\n";
}

}  // namespace mailflow
