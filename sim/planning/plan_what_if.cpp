#include "planning/plan_what_if.hpp"

#include <algorithm>
#include <filesystem>

#include "scenario/what_if.hpp"
#include "scenario/words/write_yaml.hpp"

namespace mailflow {

namespace {

Node scalar(const std::string& text, bool quoted = false) {
  Node node;
  node.kind = Node::Kind::scalar;
  node.text = text;
  node.quoted = quoted;
  return node;
}

const Node* at(const Node& root, const std::string& path) {
  const Node* node = &root;
  for (std::size_t from = 0; node != nullptr && from <= path.size();) {
    const std::size_t dot = std::min(path.find('.', from), path.size());
    node = node->is_map() ? node->find(path.substr(from, dot - from)) : nullptr;
    from = dot + 1;
  }
  return node;
}

void give(Node& map, const std::string& key, Node value) {
  if (Entry* entry = map.entry(key))
    entry->value = std::move(value);
  else
    map.entries.push_back({key, {}, std::move(value)});
}

class Writer {
 public:
  Writer(const Node& root, const Scenario& asked, const OpenNumbers& open, const std::vector<int>& numbers)
      : root_(root), asked_(asked), open_(open), numbers_(numbers) {}

  std::string change(const std::vector<std::pair<std::string, std::string>>& given) {
    for (const auto& [key, value] : given) {
      const Node* now = at(root_, key);
      if (now == nullptr || !same_value(*now, scalar(value)))
        set_.append("    ").append(key).append(": ").append(value).append("\n");
    }
    Rows<Team, bool> placed(asked_.model.teams.size(), false);
    for (std::size_t s = 0; s < open_.seats.size(); ++s) {
      const Seat& seat = open_.seats[s];
      const std::string path = "staff.teams." + asked_.model.teams[seat.team].name;
      if (!placed[seat.team]) {
        placed[seat.team] = true;
        if (seat.shift >= 0) set(path + ".shift", scalar(shift(seat.shift)));
        set(path + ".agents", agents(s));
      } else if (most(s) > 0) {
        Node team = *at(root_, path);
        give(team, "agents", agents(s));
        give(team, "shift", scalar(shift(seat.shift)));
        std::erase_if(team.entries, [](const Entry& e) { return e.key == "label"; });
        add_ += "    staff.teams." + seat.name + ": " + yaml_line(team) + "\n";
      }
    }
    std::string text;
    if (!set_.empty()) text += "  set:\n" + set_;
    if (!add_.empty()) text += "  add:\n" + add_;
    return text.empty() ? text : "change:\n" + text;
  }

 private:
  int most(std::size_t seat) const {
    int found = 0;
    for (std::size_t k = 0; k < numbers_.size(); ++k)
      if (open_.numbers[k].seat == static_cast<int>(seat)) found = std::max(found, numbers_[k]);
    return found;
  }

  /// One number where it is the same every day, else the table.
  Node agents(std::size_t seat) const {
    int first = -1;
    bool alike = true;
    for (std::size_t k = 0; k < numbers_.size(); ++k) {
      if (open_.numbers[k].seat != static_cast<int>(seat)) continue;
      if (first < 0) first = numbers_[k];
      alike = alike && numbers_[k] == first;
    }
    return scalar(alike ? std::to_string(std::max(0, first)) : "plan.csv");
  }

  /// The name of a shift; a new one is added where it is worked first.
  std::string shift(int index) {
    const PlannedShift& shift = asked_.plan.shifts[static_cast<std::size_t>(index)];
    const std::string line = "    staff.shifts." + shift.name + ": " + shift.yaml + "\n";
    if (shift.is_new && add_.find(line) == std::string::npos) add_ += line;
    return shift.name;
  }

  void set(const std::string& path, const Node& value) {
    const Node* now = at(root_, path);
    if (now != nullptr && same_value(*now, value)) return;
    set_ += "    " + path + ": " + yaml_line(value) + "\n";
  }

  const Node& root_;
  const Scenario& asked_;
  const OpenNumbers& open_;
  const std::vector<int>& numbers_;
  std::string set_, add_;
};

}  // namespace

std::string plan_what_if(const std::string& scenario, const std::string& folder, const Scenario& asked,
                         const OpenNumbers& open, const std::vector<int>& numbers,
                         const std::vector<std::pair<std::string, std::string>>& set) {
  namespace fs = std::filesystem;
  Problems ignored;
  const std::optional<Node> root = read_scenario(scenario, ignored);
  if (!root) return "";
  std::error_code error;
  const fs::path from = fs::weakly_canonical(fs::absolute(folder.empty() ? "." : folder), error),
                 to = fs::weakly_canonical(fs::absolute(scenario), error);
  const fs::path base = to.lexically_relative(from);
  const std::string fr = asked.model.scenario.fr.empty() ? "Plan" : asked.model.scenario.fr + " : plan";
  const std::string en = asked.model.scenario.en.empty() ? "Plan" : asked.model.scenario.en + ": plan";
  return "# Made by mailflow plan.\nbase: " + yaml_word(base.generic_string(), false) +
         "\nlabel: {fr: " + yaml_word(fr, true) + ", en: " + yaml_word(en, true) + "}\n" +
         Writer(*root, asked, open, numbers).change(set);
}

}  // namespace mailflow
