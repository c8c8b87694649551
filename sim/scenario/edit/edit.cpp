#include "scenario/edit/edit.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "core/words.hpp"
#include "scenario/catalogue_spot.hpp"
#include "scenario/edit/change_text.hpp"
#include "scenario/edit/layout_of.hpp"
#include "scenario/edit/mentions.hpp"
#include "scenario/yaml/plain_text.hpp"

namespace mailflow {
namespace {

using editing::Cuts;
using editing::Source;
using editing::Step;
using editing::Steps;
using editing::Where;
using editing::Written;
using syntax::nowhere;
using syntax::Value;

/// Where the language has a key among those of a map: behind the last one that comes before it there, else before the
/// first one that comes after it; at the end where it is not known.
std::size_t place_in_language(const Node& root, const Where& where) {
  Spot spot = top_spot();
  const Node* node = &root;
  for (const Step& step : where.steps) {
    if (step.is_item()) return editing::entries(*where.holder);
    node = node->find(step.key);
    spot = spot_below(spot, step.key, *node);
  }
  const auto rank = [&spot](const std::string& key) {
    const auto& keys = spot.section->keys;
    return std::find_if(keys.begin(), keys.end(), [&key](const CatalogueKey& k) { return k.name == key; }) -
           keys.begin();
  };
  const auto& pairs = where.holder->pairs;
  const auto is_known = [&](std::ptrdiff_t at) { return at < static_cast<std::ptrdiff_t>(spot.section->keys.size()); };
  if (spot.section == nullptr || !is_known(rank(where.key))) return pairs.size();
  std::size_t first_after = pairs.size();
  for (std::size_t i = pairs.size(); i > 0; --i) {
    const auto other = rank(pairs[i - 1].key);
    if (other < rank(where.key)) return i;
    if (is_known(other)) first_after = i - 1;
  }
  return first_after;
}

/// Makes one edit of a text.
class Editor {
 public:
  Editor(const Source& source, const Edit& edit, Shared shared, Problems& problems)
      : source_(source), edit_(edit), shared_(shared), problems_(problems), wanted_(source.tree) {}

  std::optional<std::string> result() {
    const auto where = editing::find(source_, edit_.path, problems_);
    if (!where || !may_be(*where)) return std::nullopt;
    try {
      const auto cuts = edit_.kind == Edit::Kind::rename ? rename(*where) : change(*where);
      if (!cuts) return std::nullopt;
      std::string text = editing::cut(source_.text, *cuts);
      return is_right(text) ? std::optional<std::string>(std::move(text)) : std::nullopt;
    } catch (const std::invalid_argument& why) {
      tell(*where, tr("{} cannot be changed so: {}", edit_.path, why.what()), "");
      return std::nullopt;
    }
  }

 private:
  // --- what may be done

  bool may_be(const Where& where) {
    if (edit_.kind == Edit::Kind::add) {
      if (where.is_there && where.node->is_map())
        return tell(where, tr("{} is there already", edit_.path), tr("to change it, set it"));
      return true;
    }
    if (where.is_there) return true;
    std::vector<std::string> keys = where.node->keys();
    const std::string near = nearest(where.key, keys);
    const Steps& steps = where.steps;
    const std::string before = steps.empty() ? "" : editing::shown_steps(steps) + ".";
    return tell(where, tr("there is no {} here", edit_.path),
                near.empty() ? tr("to give what is not given, add it") : tr("did you mean {}?", before + near));
  }
  bool tell(const Where& where, std::string message, std::string help) {
    Place place = where.node->place;
    if (where.is_there && where.node->is_map()) place = where.node->entry(where.key)->place;
    problems_.error(std::move(place), std::move(message), std::move(help));
    return false;
  }
  /// Whether what is changed stands in one place only, or may change in all; gives the ways to what holds it.
  std::optional<std::vector<Steps>> ways(const Where& where) {
    std::vector<Steps> ways = editing::ways_to(source_, *where.holder);
    std::size_t others = ways.size() - 1;
    std::string other = others > 0 ? editing::shown_steps(ways[ways[0] == where.steps ? 1 : 0]) : "";
    if (shared_ == Shared::refuse && others > 0) {
      tell(where,
           tr("{} stands in {}, too, by an anchor and its alias, and would change there as well", edit_.path, other),
           tr("change it in all places at once, or write the value out in one of them first"));
      return std::nullopt;
    }
    return ways;
  }
  /// Of a value that is to go: that no alias needs it.
  bool is_needed(const Where& where) {
    if (where.index == nowhere) return false;
    const std::vector<Steps> all = editing::ways_to(source_, where.value());
    if (where.value().style == Value::Style::alias || all.size() <= 1) return false;
    for (const Steps& other : all) {
      if (other == where.whole()) continue;
      tell(where,
           tr("{} stands in {}, too, by an anchor and its alias, and would change there as well", edit_.path,
              editing::shown_steps(other)),
           tr("change it in all places at once, or write the value out in one of them first"));
      return true;
    }
    return false;
  }

  // --- values

  std::optional<Cuts> change(const Where& where) {
    const auto all = ways(where);
    if (!all) return std::nullopt;
    if (edit_.kind == Edit::Kind::remove) return remove(where, *all);
    const bool written_here = where.index != nowhere && edit_.kind == Edit::Kind::set;
    const Value* old = written_here ? &where.value() : nullptr;
    const bool in_flow = where.holder->is_flow();
    Written written = editing::written_value(source_.text, edit_.value, old, in_flow);
    if (!written.alias.empty() && !resolve_alias(where, written)) return std::nullopt;
    if (written_here) return set(where, *all, written);
    return add(where, *all, written);
  }
  bool resolve_alias(const Where& where, Written& written) {
    const std::size_t at = where.index == nowhere ? where.holder->end : where.value().begin;
    const Value* meant = editing::anchored(source_, written.alias, at);
    const auto all = meant == nullptr ? std::vector<Steps>{} : editing::ways_to(source_, *meant);
    if (all.empty()) return tell(where, tr("no anchor above is called {}", written.alias), "");
    written.means = *editing::node_at(wanted_, all[0]);
    return true;
  }
  Cuts set_cuts(const Where& where, const Written& written) { return editing::set_value(source_, where, written); }

  std::optional<Cuts> set(const Where& where, const std::vector<Steps>& all, const Written& written) {
    std::vector<Steps> values;
    if (where.value().style != Value::Style::alias && !where.value().anchor.empty()) {
      if (shared_ == Shared::refuse && is_needed(where)) return std::nullopt;
      values = editing::ways_to(source_, where.value());
    }
    for (const Steps& way : all) values.push_back(below(way, where));
    for (const Steps& way : values) *editing::node_at(wanted_, way) = written.means;
    return set_cuts(where, written);
  }
  static Steps below(Steps way, const Where& where) {
    way.push_back(where.whole().back());
    return way;
  }
  std::optional<Cuts> add(const Where& where, const std::vector<Steps>& all, const Written& written) {
    const bool is_list = where.node->is_sequence();
    const std::string key = is_list ? "" : editing::written_key(where.key);
    const auto index = is_list ? std::optional<std::size_t>(where.place) : place_of(where);
    if (!index) return std::nullopt;
    for (const Steps& way : all) {
      Node& holder = *editing::node_at(wanted_, way);
      if (is_list) {
        holder.items.insert(holder.items.begin() + static_cast<std::ptrdiff_t>(*index), written.means);
      } else {
        holder.kind = Node::Kind::map;
        std::erase_if(holder.entries, [&](const Entry& e) { return e.key == where.key; });  // what << gave
        holder.entries.push_back({where.key, {}, written.means});
      }
    }
    if (where.holder->style == Value::Style::nothing || where.holder->style == Value::Style::plain)
      return first_entry(where, key, written);
    return editing::add_entry(source_, where, *index, key, written);
  }
  std::optional<std::size_t> place_of(const Where& where) {
    if (edit_.before.empty()) return place_in_language(source_.tree, where);
    const auto& pairs = where.holder->pairs;
    const auto found = std::find_if(pairs.begin(), pairs.end(), [&](const auto& p) { return p.key == edit_.before; });
    if (found != pairs.end()) return static_cast<std::size_t>(found - pairs.begin());
    tell(where, tr("there is no {} here", edit_.before), "");
    return std::nullopt;
  }
  /// The first key of a section that is empty.
  std::optional<Cuts> first_entry(const Where& where, const std::string& key, const Written& written) {
    const auto holder = editing::find(source_, editing::shown_steps(where.steps), problems_);
    if (!holder || holder->index == nowhere) return std::nullopt;
    Written section;
    const bool in_flow = holder->holder->is_flow();
    const std::string lines = written.in_lines() ? key + ":" + (written.head.empty() ? "" : " " + written.head) + "\n" +
                                                       editing::with_indent(written.below, 2, "\n")
                                                 : key + ": " + written.head;
    (in_flow ? section.head : section.below) = in_flow ? "{" + key + ": " + written.head + "}" : lines;
    return set_cuts(*holder, section);
  }
  std::optional<Cuts> remove(const Where& where, const std::vector<Steps>& all) {
    if (where.index == nowhere) {
      tell(where, tr("{} comes from another map by <<", edit_.path), tr("set it to another value here"));
      return std::nullopt;
    }
    if (is_needed(where)) return std::nullopt;
    for (const Steps& way : all) {
      Node& holder = *editing::node_at(wanted_, way);
      if (where.node->is_sequence())
        holder.items.erase(holder.items.begin() + static_cast<std::ptrdiff_t>(where.place));
      else
        std::erase_if(holder.entries, [&](const Entry& e) { return e.key == where.key; });
    }
    if (where.holder->is_block() && editing::entries(*where.holder) == 1) return remove_last(where);
    return editing::remove_entry(source_, where);
  }
  /// What held it stays, with nothing in it.
  std::optional<Cuts> remove_last(const Where& where) {
    if (where.steps.empty()) {
      tell(where, tr("nothing would be left of the file"), "");
      return std::nullopt;
    }
    const auto holder = editing::find(source_, editing::shown_steps(where.steps), problems_);
    if (!holder || holder->index == nowhere) return std::nullopt;
    Written nothing;
    nothing.head = where.node->is_sequence() ? "[]" : "{}";
    return set_cuts(*holder, nothing);
  }

  // --- names

  std::optional<Cuts> rename(const Where& where) {
    const std::string name = composed(edit_.value);
    if (!where.node->is_map() || where.index == nowhere)
      throw std::invalid_argument(tr("only a key that is written here has a name"));
    if (name.empty() || name.find_first_of("\r\n") != std::string::npos)
      throw std::invalid_argument(tr("\"{}\" is no name", name));
    if (where.node->find(name) != nullptr) throw std::invalid_argument(tr("{} is there already", name));
    if (!ways(where)) return std::nullopt;
    std::vector<Mention> all = mentions_of(source_.tree, where.steps, where.key);
    all.push_back({where.steps, true, ""});
    // from the inside: what is renamed leads to nothing any more
    std::stable_sort(all.begin(), all.end(), [](const Mention& a, const Mention& b) {
      return a.is_key != b.is_key ? b.is_key : a.at.size() > b.at.size();
    });
    Cuts cuts;
    for (const Mention& mention : all) {
      if (mention.is_key)
        rename_key(mention.at, where.key, name, cuts);
      else
        rename_value(mention.at, mention.before + name, cuts);
    }
    return cuts;
  }
  void rename_key(const Steps& holder, const std::string& key, const std::string& name, Cuts& cuts) {
    Steps whole = holder;
    whole.push_back({key, nowhere});
    editing::node_at(wanted_, holder)->entry(key)->key = name;
    const auto found = editing::find(source_, editing::shown_steps(whole), problems_);
    if (!found || found->index == nowhere) return;  // by <<: it is renamed where it is written
    const std::size_t begin = found->pair().begin;
    const std::size_t end = found->pair().key_end;
    if (is_new(cuts, begin))
      cuts.push_back(
          {begin, end, editing::written_key(name, std::string_view(source_.text).substr(begin, end - begin))});
  }
  void rename_value(const Steps& steps, const std::string& name, Cuts& cuts) {
    const auto found = editing::find(source_, editing::shown_steps(steps), problems_);
    if (!found || found->index == nowhere) return;
    const Written written = editing::written_value(source_.text, name, &found->value(), found->holder->is_flow());
    *editing::node_at(wanted_, steps) = written.means;
    for (const auto& each : set_cuts(*found, written))
      if (is_new(cuts, each.begin)) cuts.push_back(each);
  }
  /// What is written once and stands in several places by its alias is renamed once.
  static bool is_new(const Cuts& cuts, std::size_t at) {
    return std::none_of(cuts.begin(), cuts.end(), [at](const auto& cut) { return cut.begin == at; });
  }

  // --- the end

  /// Whether a text says what is wanted, and nothing else.
  bool is_right(const std::string& text) {
    Problems found;
    const auto tree = parse_yaml(source_.file->path, text, found);
    if (tree && !found.has_errors() && same_value(*tree, wanted_)) return true;
    problems_.error({source_.file, 0, 0},
                    tr("{} cannot be changed in place without changing more than that", edit_.path),
                    tr("change it in an editor"));
    return false;
  }

  const Source& source_;
  const Edit& edit_;
  Shared shared_;
  Problems& problems_;
  Node wanted_;
};

}  // namespace

std::optional<std::string> edited(const std::string& path, const std::string& text, const std::vector<Edit>& edits,
                                  Problems& problems, Shared shared) {
  std::string now = text;
  for (const Edit& edit : edits) {
    const auto source = editing::read_source(path, now, problems);
    if (!source) return std::nullopt;
    auto next = Editor(*source, edit, shared, problems).result();
    if (!next) return std::nullopt;
    now = std::move(*next);
  }
  return now;
}

std::optional<std::string> written_at(const std::string& text, const std::string& path) {
  Problems ignored;
  const auto source = editing::read_source("", text, ignored);
  const auto where = source ? editing::find(*source, path, ignored) : std::nullopt;
  if (!where || where->index == nowhere) return std::nullopt;
  const Value& value = where->value();
  if (value.style == Value::Style::nothing) return "";
  const bool own_lines = value.is_block() && editing::begins_line(source->text, value.begin);
  const std::size_t begin = own_lines ? syntax::line_begin(source->text, value.begin) : value.begin;
  const std::size_t key = editing::extent(*where->holder, where->index).begin;
  const std::size_t last = own_lines ? editing::end_of_section(source->text, value, key) : value.end;
  std::string written = source->text.substr(begin, last - begin);
  if (own_lines) return editing::without_indent(written, syntax::column(source->text, value.begin)) + "\n";
  if (!value.is_block() && value.style != Value::Style::lines) return written;
  // the first line stands behind a dash or key: the others have their indent in common
  const std::size_t end = written.find('\n');
  if (end == std::string::npos) return written + "\n";
  const std::size_t indent = value.is_block() ? syntax::column(source->text, value.begin) : nowhere;
  return written.substr(0, end + 1) + editing::without_indent(std::string_view(written).substr(end + 1), indent) + "\n";
}

}  // namespace mailflow
