// parse_yaml() of document.hpp: yaml-cpp's events to our tree.
#include <yaml-cpp/depthguard.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <map>
#include <sstream>
#include <utility>

#include "core/clean_text.hpp"
#include "core/words.hpp"
#include "scenario/yaml/document.hpp"
#include "scenario/yaml/plain_text.hpp"
#include "scenario/yaml/yaml_slips.hpp"

namespace mailflow {
namespace {

constexpr std::size_t most_values = 1'000'000;
// stand for a comma and a colon inside round brackets while yaml-cpp reads; they are not in any text (control bytes)
constexpr char comma = '\x01';
constexpr char colon = '\x02';

struct TooMuch : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// Hides commas and colons inside the round brackets of plain values from YAML.
class Bracketed {
 public:
  std::string of(std::string text) {
    for (std::size_t i = 0; i < text.size(); ++i) step(text, i);
    return text;
  }

 private:
  void step(std::string& text, std::size_t i) {
    const char c = text[i];
    if (c == '\n' || c == '\r') {
      depth_ = 0;
      comment_ = false;
      if (quote_ == 0) before_ = '\n';
    } else if (comment_) {
      return;
    } else if (quote_ != 0) {
      if (c == '\\' && quote_ == '"')
        escaped_ = !escaped_;
      else if (c == quote_ && !escaped_)
        end_quote(c);
      else
        escaped_ = false;
    } else {
      plain(text, i);
      if (c != ' ' && c != '\t') before_ = c;
    }
  }
  void end_quote(char c) {
    quote_ = 0;
    before_ = c;
  }
  void plain(std::string& text, std::size_t i) {
    const char c = text[i];
    const bool after_blank = i == 0 || text[i - 1] == ' ' || text[i - 1] == '\t' || before_ == '\n';
    if (c == '#' && after_blank)
      comment_ = true;
    else if ((c == '"' || c == '\'') && std::string("\n:,[{-?").find(before_) != std::string::npos)
      quote_ = c;
    else if (c == '(')
      ++depth_;
    else if (c == ')' && depth_ > 0)
      --depth_;
    else if (depth_ > 0 && c == ',')
      text[i] = comma;
    else if (depth_ > 0 && c == ':')
      text[i] = colon;
  }

  char quote_ = 0;
  char before_ = '\n';
  bool escaped_ = false;
  bool comment_ = false;
  int depth_ = 0;
};

std::string shown_again(std::string text) {
  std::replace(text.begin(), text.end(), comma, ',');
  std::replace(text.begin(), text.end(), colon, ':');
  return text;
}

bool begins_character(char c) { return (static_cast<unsigned char>(c) & 0xc0U) != 0x80U; }

class TreeBuilder : public YAML::EventHandler {
 public:
  TreeBuilder(std::shared_ptr<const SourceFile> file, Problems& problems)
      : file_(std::move(file)), problems_(problems) {}

  Node root;

  void OnDocumentStart(const YAML::Mark& mark) override {
    (void)mark;
    anchors_.clear();
  }
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    value(node_at(Node::Kind::null, mark), anchor);
  }
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    const auto found = anchors_.find(anchor);
    if (found == anchors_.end()) {
      problems_.error(at(mark), tr("this alias stands inside the value it names"));
      value(node_at(Node::Kind::null, mark), 0);
      return;
    }
    count(found->second);
    value(Node(found->second), 0);
  }
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& text) override {
    Node node = node_at(Node::Kind::scalar, mark);
    node.quoted = tag == "!";
    node.text = node.quoted ? text : shown_again(text);
    if (!node.quoted && (text.empty() || text == "~" || text == "null")) node.kind = Node::Kind::null;
    if (node.is_null()) node.text.clear();
    value(std::move(node), anchor);
  }
  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value style) override {
    (void)tag, (void)style;
    open(node_at(Node::Kind::sequence, mark), anchor);
  }
  void OnSequenceEnd() override { close(); }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value style) override {
    (void)tag, (void)style;
    open(node_at(Node::Kind::map, mark), anchor);
  }
  void OnMapEnd() override { close(); }

 private:
  struct Open {
    Node node;
    YAML::anchor_t anchor;
    bool has_key = false;
    bool drop = false;    ///< the value of a key that is no word
    bool quoted = false;  ///< the key
    std::string key;
    Place key_place;
    std::vector<Node> merged;
    std::map<std::string, int> lines;  ///< of the keys so far
  };

  /// As place_at(). Marks come in order: on a line the characters are counted on from the mark before, for a line may
  /// hold all of a file.
  Place at(const YAML::Mark& mark) const {
    const auto line = static_cast<std::size_t>(std::max(mark.line, 0));
    const auto byte = static_cast<std::size_t>(std::max(mark.column, 0));
    if (line >= file_->lines.size()) return place_at(file_, line, byte);
    const std::string_view text = file_->lines[line];
    const std::size_t upto = std::min(byte, text.size());
    if (line != counted_line_ || upto < counted_byte_) {
      counted_line_ = line;
      counted_byte_ = 0;
      counted_column_ = 1;
    }
    for (; counted_byte_ < upto; ++counted_byte_) counted_column_ += begins_character(text[counted_byte_]) ? 1 : 0;
    return {file_, static_cast<int>(line) + 1, counted_column_};
  }
  Node node_at(Node::Kind kind, const YAML::Mark& mark) const {
    Node node;
    node.kind = kind;
    node.place = at(mark);
    return node;
  }
  void count(const Node& node) {
    if (++values_ > most_values) throw TooMuch("too many values");
    for (const auto& each : node.items) count(each);
    for (const auto& each : node.entries) count(each.value);
  }
  void open(Node node, YAML::anchor_t anchor) {
    stack_.push_back({std::move(node), anchor, false, false, false, {}, {}, {}, {}});
  }
  void close() {
    Open done = std::move(stack_.back());
    stack_.pop_back();
    for (const Node& base : done.merged) {
      for (const Entry& e : base.entries) {
        if (done.lines.try_emplace(e.key, 0).second) done.node.entries.push_back(e);
      }
    }
    value(std::move(done.node), done.anchor);
  }
  /// Tells of what no file of results could carry.
  void check_characters(const Node& node) {
    if (!node.is_scalar()) return;
    const bool is_key = !stack_.empty() && stack_.back().node.is_map() && !stack_.back().has_key;
    const std::string unfit = unfit_character(node.text, is_key ? Text::name : Text::value);
    if (!unfit.empty())
      problems_.error(
          node.place,
          is_key ? tr("this name holds the character {}", unfit) : tr("this text holds the character {}", unfit),
          tr("leave it out: files of results and screens cannot show it"));
    else if (is_key && node.text.find_first_not_of(' ') == std::string::npos)
      problems_.error(node.place, tr("a key must be a word, not {}", shown(node)));
  }
  void value(Node node, YAML::anchor_t anchor) {
    if (++values_ > most_values) throw TooMuch("too many values");
    node.text = composed(std::move(node.text));  // what was written by its code, as "e\u0301", is the same letter
    check_characters(node);
    if (anchor != 0) anchors_[anchor] = node;
    if (stack_.empty())
      root = std::move(node);
    else if (stack_.back().node.is_sequence())
      stack_.back().node.items.push_back(std::move(node));
    else if (!stack_.back().has_key)
      key(std::move(node));
    else
      map_value(std::move(node));
  }
  void key(Node node) {
    Open& map = stack_.back();
    map.has_key = true;
    map.drop = !node.is_scalar();
    if (map.drop) problems_.error(node.place, tr("a key must be a word, not {}", shown(node)));
    map.quoted = node.quoted;
    map.key = std::move(node.text);
    map.key_place = std::move(node.place);
  }
  void map_value(Node node) {
    Open& map = stack_.back();
    map.has_key = false;
    if (map.drop) return;
    if (node.is_null() && node.place.line != map.key_place.line) node.place = map.key_place;
    if (node.is_null() && belongs_to_number(map)) {
      map.node.entries.back().value.text += "," + map.key;
      return;
    }
    if (!map.quoted && tell_slip_in_key(map.key, node.is_null(), map.key_place, problems_)) return;
    if (map.key == "<<") {
      merge(std::move(node));
      return;
    }
    const auto [first, is_new] = map.lines.try_emplace(map.key, map.key_place.line);
    if (!is_new) {
      problems_.error(map.key_place, tr("\"{}\" is given twice; first on line {}", map.key, first->second),
                      tr("keep one of the two"));
      return;
    }
    map.node.entries.push_back({std::move(map.key), std::move(map.key_place), std::move(node)});
  }
  /// "cost: 2190,50 XPF/h" in braces: YAML takes the comma for the end of the value.
  static bool belongs_to_number(const Open& map) {
    const auto digit = [](char c) { return c >= '0' && c <= '9'; };
    if (map.node.entries.empty() || map.key.empty() || !digit(map.key.front())) return false;
    const Node& before = map.node.entries.back().value;
    const bool follows = before.place.line == map.key_place.line && before.place.file != nullptr;
    return follows && before.is_scalar() && !before.quoted && !before.text.empty() && digit(before.text.back());
  }
  void merge(Node node) {
    Open& map = stack_.back();
    std::vector<Node> bases;
    if (node.is_sequence())
      bases = std::move(node.items);
    else
      bases.push_back(std::move(node));
    for (Node& base : bases) {
      if (base.is_map())
        map.merged.push_back(std::move(base));
      else
        problems_.error(base.place, tr("<< takes a map, not {}", shown(base)),
                        tr("write <<: *name, where name is a map's anchor"));
    }
  }

  std::shared_ptr<const SourceFile> file_;
  Problems& problems_;
  std::vector<Open> stack_;
  std::map<YAML::anchor_t, Node> anchors_;
  std::size_t values_ = 0;
  mutable std::size_t counted_line_ = SIZE_MAX, counted_byte_ = 0;
  mutable int counted_column_ = 1;
};

}  // namespace

std::optional<Node> parse_yaml(const std::string& path, const std::string& text, Problems& problems) {
  const std::string plain = composed(text.starts_with("\xef\xbb\xbf") ? text.substr(3) : text);
  const auto file = source_file(path, plain);
  if (!is_text(file, problems)) return std::nullopt;
  std::istringstream in(Bracketed{}.of(plain));
  TreeBuilder tree(file, problems);
  const ErrorsSince errors(problems);
  try {
    YAML::Parser parser(in);
    if (!parser.HandleNextDocument(tree) || tree.root.is_null()) {
      problems.error({file, 0, 0}, tr("there is nothing in this file"));
      return std::nullopt;
    }
    Node first = std::move(tree.root);
    tree.root = {};
    if (parser.HandleNextDocument(tree)) {
      tell_second_document(file, tree.root.place, problems);
    }
    return first;
  } catch (const YAML::DeepRecursion&) {
    problems.error({file, 0, 0}, tr("the brackets of this file are nested too deep"));
  } catch (const YAML::Exception& error) {
    const auto from_0 = [](int at) { return static_cast<std::size_t>(std::max(at, 0)); };
    const bool told = errors.any() && problems.sorted().back().place.line == error.mark.line + 1;
    if (!told) tell_yaml_fault(file, from_0(error.mark.line), from_0(error.mark.column), error.msg, problems);
  } catch (const TooMuch&) {
    problems.error({file, 0, 0}, tr("this file holds more than a million values"),
                   tr("keep recorded arrivals in a CSV file and replay it"));
  }
  return std::nullopt;
}

}  // namespace mailflow
