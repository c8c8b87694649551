#include "scenario/roster/rules.hpp"

#include <cmath>
#include <filesystem>
#include <generated_rule_sets.hpp>

#include "core/words.hpp"
#include "scenario/files/files.hpp"
#include "scenario/roster/roster_part_reader.hpp"

namespace mailflow {

namespace {

namespace fs = std::filesystem;

Rule rule_named(const std::string& key) {
  for (std::size_t r = 0; r < rules_in_yaml; ++r)
    if (meaning_of(static_cast<Rule>(r)).name == key) return static_cast<Rule>(r);
  return Rule::absence;
}

/// One, and many: "6 days", "1 Sunday".
const char* unit_word(RuleMeaning::Unit unit) {
  switch (unit) {
    case RuleMeaning::Unit::days:
      return "day";
    case RuleMeaning::Unit::nights:
      return "night";
    case RuleMeaning::Unit::sundays:
      return "Sunday";
    case RuleMeaning::Unit::weekends:
      return "weekend";
    case RuleMeaning::Unit::holidays:
      return "holiday";
    default:
      return "agent";
  }
}

std::optional<double> parse_counted(std::string_view text, const std::string& unit, Failure& failure) {
  const std::string_view all = trimmed(text);
  const auto blank = all.find(' ');
  const std::string_view given = blank == std::string_view::npos ? "" : trimmed(all.substr(blank));
  Failure why;
  const auto number = parse_whole(all.substr(0, blank), 0, 1000, why);
  if (!number) {
    failure = {tr("it must be a whole number of {}", unit + "s"), tr("for example {}", "2 " + unit + "s")};
    return std::nullopt;
  }
  if (given == unit || given == unit + "s") return static_cast<double>(*number);
  failure = {given.empty() ? tr("it needs a unit: {}", unit + "s") : tr("it must be in {}", unit + "s"),
             tr("write {}", std::to_string(*number) + " " + unit + (*number == 1 ? "" : "s"))};
  return std::nullopt;
}

/// The text of a rule set: in a folder rules/ or models/rules/ beside the scenario or above it, else one of the
/// program's own.
std::string find_rule_set(const std::string& name, const std::string& scenario, std::string& path) {
  std::error_code ignored;
  for (fs::path folder = fs::absolute(scenario, ignored).parent_path();; folder = folder.parent_path()) {
    for (const char* part : {"rules", "models/rules"}) {
      const fs::path file = folder / part / (name + ".yaml");
      if (!fs::is_regular_file(file, ignored)) continue;
      path = fs::relative(file, ignored).generic_string();
      Problems unread;
      return read_file(file.string(), {}, unread).value_or("");
    }
    if (!folder.has_relative_path()) break;
  }
  for (const auto& [known, text] : own_rule_sets)
    if (known == name) {
      path = "rules/" + name + ".yaml";
      return text;
    }
  return "";
}

class RosterRuleReader : private RosterPartReader {
 public:
  using RosterPartReader::RosterPartReader;
  double rules();
  void terms(const Node& map, const std::string& section, const std::string& what, RuleTerms& terms, bool personal);

 private:
  void rule_set(const Node& named, RuleTerms& terms);
  void term(const Entry& entry, Rule rule, RuleTerm& term);
  std::optional<double> limit(const Node& node, Rule rule);
  double money(const Node& node, const std::string& what, bool per_hour);

  double contract_ = -1;
};

double RosterRuleReader::rules() {
  const Node* given = get(node_, "rules");
  if (const Node* contract = get(node_, "contract")) {
    const auto parse = [](std::string_view text, Failure& why) { return parse_duration(text, Least::zero, why); };
    if (const auto found = value(*contract, "contract", "contract: 39 h", parse))
      contract_ = static_cast<double>(*found) / static_cast<double>(hour);
  }
  RuleTerms& all = task_.rules;
  all[static_cast<std::size_t>(Rule::cover)] = {true, 0, -1, ""};
  if (given == nullptr) return contract_;
  if (given->is_scalar()) {
    rule_set(*given, all);
    return contract_;
  }
  if (given->is_map())
    if (const Node* set = get(*given, "set")) rule_set(*set, all);
  terms(*given, "roster.rules", "rules", all, false);
  return contract_;
}

void RosterRuleReader::rule_set(const Node& named, RuleTerms& all) {
  std::string path;
  std::string text;
  if (named.is_scalar() && named.text.ends_with(".yaml")) {
    const auto found = resolve(named, in_.options.data_dir, in_.problems);
    const auto read = found ? read_file(*found, named.place, in_.problems) : std::nullopt;
    if (!read) return;
    path = *found;
    text = *read;
  } else if (named.is_scalar() && !named.text.empty()) {
    text = find_rule_set(named.text, named.place.file->path, path);
  }
  if (text.empty()) {
    std::vector<std::string> known;
    std::string shown_all;
    for (const auto& set : own_rule_sets) {
      known.emplace_back(set.first);
      shown_all += (shown_all.empty() ? "" : ", ") + std::string(set.first);
    }
    const std::string close = named.is_scalar() ? nearest(named.text, known) : "";
    bad(named, "rules", "", tr("there is no rule set of that name"),
        close.empty() ? tr("known: {}; others are files rules/NAME.yaml beside the scenario or above it", shown_all)
                      : tr("did you mean {}?", close));
    return;
  }
  const auto root = parse_yaml(path, text, in_.problems);
  if (!root || !check_section(*root, "rule set", tr("a rule set"))) return;
  task_.rule_set = fs::path(path).stem().string();
  if (const Node* contract = get(*root, "contract"); contract != nullptr && contract_ < 0) {
    const auto parse = [](std::string_view value, Failure& why) { return parse_duration(value, Least::zero, why); };
    if (const auto found = value(*contract, "contract", "contract: 39 h", parse))
      contract_ = static_cast<double>(*found) / static_cast<double>(hour);
  }
  if (const Node* map = get(*root, "rules")) terms(*map, "roster.rules", "rules", all, false);
}

void RosterRuleReader::terms(const Node& map, const std::string& path, const std::string& what, RuleTerms& all,
                             bool personal) {
  if (!check_section(map, path, what)) return;
  for (const Entry& e : map.entries) {
    const Rule rule = rule_named(e.key);
    if (rule == Rule::absence) continue;
    RuleTerm& one = all[static_cast<std::size_t>(rule)];
    if (personal && !meaning_of(rule).personal)
      in_.problems.error(e.place, tr("{} compares people, or is about the work: it cannot be one person's own", e.key),
                         tr("give it under roster.rules"));
    else
      term(e, rule, one);
  }
}

void RosterRuleReader::term(const Entry& e, Rule rule, RuleTerm& one) {
  const bool bare = meaning_of(rule).unit == RuleMeaning::Unit::none;
  if (e.value.is_scalar() && (e.value.text == "none" || e.value.text == "no")) {
    one = {};
    return;
  }
  RuleTerm found{true, one.limit, -1, ""};
  if (e.value.is_map()) {
    if (!check_section(e.value, "roster.rule", e.key)) return;
    const Node* given = get(e.value, "limit");
    const Node* cost = get(e.value, "cost");
    if (given != nullptr) {
      const auto value = limit(*given, rule);
      if (!value) return;
      found.limit = *value;
    } else if (!bare && !one.holds) {
      in_.problems.error(
          e.value.place, tr("{} lacks limit", e.key),
          tr("for example {}", e.key + ": {limit: " + meaning_of(rule).example + ", cost: 500 " + task_.money + "}"));
      return;
    }
    if (cost != nullptr) found.cost = money(*cost, "cost", false);
    if (const Node* source = get(e.value, "source")) found.source = scalar(*source, "source");
  } else if (!bare) {
    const auto value = limit(e.value, rule);
    if (!value) return;
    found.limit = *value;
  } else if (!e.value.is_scalar() || (e.value.text != "yes" && e.value.text != "true")) {
    bad(e.value, e.key, "", tr("it must be yes, none, or {cost: ...}"),
        tr("for example {}", e.key + ": " + meaning_of(rule).example));
    return;
  }
  one = found;
}

std::optional<double> RosterRuleReader::limit(const Node& node, Rule rule) {
  const RuleMeaning& meaning = meaning_of(rule);
  const auto parse = [&](std::string_view text, Failure& why) -> std::optional<double> {
    if (meaning.unit == RuleMeaning::Unit::none) {
      why = {tr("this rule has no limit"), tr("give its cost alone, or yes")};
      return std::nullopt;
    }
    if (meaning.unit == RuleMeaning::Unit::hours) {
      const auto found = parse_duration(text, Least::zero, why);
      return found ? std::optional(static_cast<double>(*found) / static_cast<double>(hour)) : std::nullopt;
    }
    if (meaning.unit == RuleMeaning::Unit::share_or_days && trimmed(text).ends_with('%')) {
      const auto found = parse_share(text, 1, why);
      return found ? std::optional(std::floor(*found * task_.days + 1e-9)) : std::nullopt;
    }
    const bool days = meaning.unit == RuleMeaning::Unit::share_or_days;
    return parse_counted(text, unit_word(days ? RuleMeaning::Unit::days : meaning.unit), why);
  };
  return value(node, meaning.name, meaning.name + ": " + meaning.example, parse);
}

double RosterRuleReader::money(const Node& node, const std::string& what, bool per_hour) {
  const auto parse = [&](std::string_view text, Failure& why) { return parse_money(text, task_.money, per_hour, why); };
  return value(node, what, what + ": 500 " + task_.money + (per_hour ? "/h" : ""), parse).value_or(0);
}

}  // namespace

double read_roster_rules(Reading& reading, const Node& roster, RosterTask& task) {
  return RosterRuleReader(reading, roster, task).rules();
}

void read_personal_rules(Reading& reading, const Node& roster, RosterTask& task, const Node& own, RuleTerms& terms) {
  RosterRuleReader(reading, roster, task).terms(own, "roster.rules", "rules", terms, true);
}

}  // namespace mailflow
