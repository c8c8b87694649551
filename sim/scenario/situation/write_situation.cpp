#include "scenario/situation/write_situation.hpp"

#include <fmt/format.h>

#include "scenario/words/write_yaml.hpp"

namespace mailflow {

namespace {

/// In the largest unit that needs no fraction.
std::string exact(Ticks ticks) {
  if (ticks % minute == 0) return fmt::format("{} min", ticks / minute);
  if (ticks % second == 0) return fmt::format("{} s", ticks / second);
  return fmt::format("{} us", ticks);
}

class Writer {
 public:
  Writer(const Model& model, const Situation& there) : model_(model), there_(there), calendar_(model.calendar()) {}

  std::string text() {
    out_ = fmt::format("# The situation of {}, just before anything of this instant happens.\nat: {}\n",
                       model_.name.empty() ? model_.file : model_.name, instant(there_.at));
    mail();
    teams();
    stations();
    sources();
    return out_;
  }

 private:
  /// One map in braces.
  class Line {
   public:
    Line& add(const std::string& key, const std::string& value) {
      text_ += (text_.empty() ? "" : ", ") + key + ": " + value;
      return *this;
    }
    Line& name(const std::string& key, const std::string& value) { return add(key, yaml_word(value, false)); }
    std::string text() const { return "{" + text_ + "}"; }

   private:
    std::string text_;
  };

  std::string instant(Ticks at) const {
    std::string text = calendar_.text(at);
    text[10] = ' ';
    const Ticks fraction = ((at % second) + second) % second;
    if (fraction != 0)
      text += fmt::format(".{:06d}", fraction);
    else if (text.ends_with(":00"))
      text.resize(16);
    // the second of the times that an autumn night has twice
    if (calendar_.parse(text) != at) text += calendar_.text_with_offset(at).substr(19);
    return "\"" + text + "\"";
  }
  const std::string& station(StationIndex s) const { return model_.stations[s].name; }
  const std::string& product(ProductIndex p) const { return model_.products[p].name; }

  void mail() {
    if (there_.mail.empty()) return;
    out_ += "mail:\n";
    for (const MailThere& m : there_.mail) {
      Line line;
      line.name("at", station(m.station)).name("product", product(m.product));
      if (m.destination != none) line.name("to", model_.destinations[m.destination].name);
      line.add("items", std::to_string(static_cast<std::int64_t>(m.items) * m.lots));
      line.add("lots", std::to_string(m.lots));
      line.add("since", instant(m.arrived));
      if (m.entered != m.arrived) line.add("here_since", instant(m.entered));
      line.add("due", m.due == never ? "none" : instant(m.due));
      if (m.pass > 0) line.add("pass", std::to_string(m.pass + 1));
      if (m.done > 0) line.add("done", std::to_string(m.done));
      if (m.first) line.add("first", "yes");
      if (m.missed) line.add("missed", "yes");
      if (m.at_door) line.add("at_door", "yes");
      if (m.wants != none) line.name("wants", station(m.wants));
      if (m.position >= 0) line.add("position", std::to_string(m.position + 1));
      if (m.set_up) line.add("set_up", "yes");
      if (m.left >= 0) line.add("left", exact(m.left));
      if (m.worked > 0) line.add("worked", exact(m.worked));
      if (m.takes > 0) line.add("takes", exact(m.takes));
      if (const auto ps = std::llround(m.rounding * 1e6); ps != 0) line.add("picoseconds", std::to_string(ps));
      if (m.stops_after >= 0) line.add("stops_after", std::to_string(m.stops_after));
      if (m.bag > 0) line.add("bag", std::to_string(m.bag));
      if (m.number > 0) line.add("number", std::to_string(m.number));
      out_ += "  - " + line.text() + "\n";
    }
  }

  std::string agent(const AgentThere& a) const {
    Line line;
    if (a.station != none) line.name("at", station(a.station));
    if (a.position >= 0) line.add("position", std::to_string(a.position + 1));
    if (a.doing == AgentThere::Doing::walks) line.add("walks", exact(a.left));
    if (a.doing == AgentThere::Doing::on_break) line.add("on_break", exact(a.left));
    if (a.called_to != none) line.name("called_to", station(a.called_to));
    if (a.break_due >= 0) line.add("break_due", exact(a.break_due));
    if (a.goes_home) line.add("goes_home", "yes");
    if (a.over_since >= 0) line.add("over_since", instant(a.over_since));
    if (a.leaves >= 0) line.add("leaves", instant(a.leaves));
    return line.text();
  }

  void teams() {
    if (there_.teams.empty()) return;
    out_ += "teams:\n";
    for (const TeamIndex t : model_.teams.indices()) {
      std::string agents;
      for (const AgentThere& a : there_.agents)
        if (a.team == t) agents += fmt::format("\n      {}: {}", a.agent + 1, agent(a));
      out_ +=
          "  " + yaml_word(model_.teams[t].name, false) + ":\n    agents:" + (agents.empty() ? " {}" : agents) + "\n";
    }
  }

  std::string group(const ServerThere& v) const {
    const Station& is = model_.stations[v.station];
    const int index = v.group / is.passes;
    const int products = static_cast<int>(model_.products.size());
    return index < products ? product(ProductIndex(index)) : model_.sort_plans[SortPlanIndex(index - products)];
  }

  void stations() {
    if (there_.servers.empty()) return;
    out_ += "stations:\n";
    StationIndex now;
    for (const ServerThere& v : there_.servers) {
      if (v.station != now) out_ += "  " + yaml_word(station(v.station), false) + ":\n    machines:\n";
      now = v.station;
      Line line;
      if (v.down) line.add("repaired_in", exact(v.repaired_in));
      if (v.fails_in >= 0) line.add("fails_in", exact(v.fails_in));
      if (v.group >= 0) {
        line.name("set_up_for", group(v));
        if (const int pass = v.group % model_.stations[v.station].passes; pass > 0)
          line.add("pass", std::to_string(pass + 1));
      }
      out_ += fmt::format("      {}: {}\n", v.position + 1, line.text());
    }
  }

  void sources() {
    std::string all;
    for (const SourceIndex s : model_.sources.indices()) {
      std::string comes;
      for (const VehicleToCome& v : there_.vehicles)
        if (v.source == s)
          comes += (comes.empty() ? "" : ", ") + instant(model_.sources[s].at[static_cast<std::size_t>(v.trip)]) +
                   ": " + instant(v.at);
      Line line;
      if (!comes.empty()) line.add("comes", "{" + comes + "}");
      if (!there_.sources.empty() && there_.sources[s].next >= 0) line.add("next", instant(there_.sources[s].next));
      if (line.text() != "{}") all += "  " + yaml_word(model_.sources[s].name, false) + ": " + line.text() + "\n";
    }
    if (!all.empty()) out_ += "arrivals:\n" + all;
  }

  const Model& model_;
  const Situation& there_;
  Calendar calendar_;
  std::string out_;
};

}  // namespace

std::string situation_yaml(const Model& model, const Situation& there) { return Writer(model, there).text(); }

}  // namespace mailflow
