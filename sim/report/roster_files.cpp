#include "report/roster_files.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/at.hpp"
#include "core/words.hpp"
#include "report/experiment_json.hpp"
#include "report/roster_words.hpp"
#include "report/table.hpp"
#include "report/text.hpp"

namespace mailflow {

namespace {

using Json = nlohmann::ordered_json;

/// The calendar of the run, whose tick 0 is the midnight that the roster's spans count from.
Calendar calendar_of(const RosterTask& task) { return Calendar(task.timezone, task.model_start, {}, 0x7f); }

/// "2025-03-10T05:30:00+11:00" as "20250309T183000Z".
std::string utc(const Calendar& zero, Ticks instant) {
  std::string text = zero.text(instant);
  std::erase(text, '-');
  std::erase(text, ':');
  return text + "Z";
}

/// RFC 5545, 3.3.11.
std::string escaped(const std::string& text) {
  std::string all;
  for (const char c : text) {
    if (c == '\\' || c == ';' || c == ',') all += '\\';
    if (c == '\n')
      all += "\\n";
    else
      all += c;
  }
  return all;
}

/// RFC 5545, 3.1: lines of at most 75 octets, characters whole.
std::string folded(const std::string& line) {
  std::string all;
  std::size_t width = 0;
  for (std::size_t i = 0; i < line.size();) {
    std::size_t size = 1;
    while (i + size < line.size() && (static_cast<unsigned char>(line[i + size]) & 0xc0U) == 0x80U) ++size;
    if (width + size > 75) {
      all += "\r\n ";
      width = 1;
    }
    all += line.substr(i, size);
    width += size;
    i += size;
  }
  return all + "\r\n";
}

/// FNV-1a, so that a shift keeps its UID from one edition of the roster to the next.
std::uint64_t hash(const std::string& text) {
  std::uint64_t h = 14695981039346656037ULL;
  for (const char c : text) h = (h ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
  return h;
}

}  // namespace

std::string roster_csv(const RosterTask& task, const RosterResult& result) {
  Table table("roster", "name,date,shift,post,start,end,hours,agents");
  const Calendar calendar = calendar_of(task);
  const auto add = [&](const std::string& name, int d, int s, const std::string& post, int agents) {
    table.row(name, Instant{date_of(task, d)}, task.shifts[at(s)].name, post,
              Instant{calendar.text_with_offset(task.span(s, d).from)},
              Instant{calendar.text_with_offset(task.span(s, d).to)}, task.hours(s, d), agents);
  };
  for (std::size_t a = 0; a < task.agents.size(); ++a)
    for (int d = 0; d < task.days; ++d)
      if (const RosterDuty& duty = result.roster.duty[a][at(d)]; duty.shift >= 0)
        add(task.agents[a].name, d, duty.shift, duty.post < 0 ? "" : task.posts[at(duty.post)].name, 1);
  for (std::size_t d = 0; d < result.roster.temporaries.size(); ++d)
    for (std::size_t s = 0; s < task.shifts.size(); ++s)
      if (const int agents = result.roster.temporaries[d][s]; agents > 0)
        add("", static_cast<int>(d), static_cast<int>(s), "temporaries", agents);
  return table.csv();
}

std::string roster_json(const RosterTask& task, const RosterResult& result) {
  Json json = {{"roster",
                {{"from", to_string(task.from)},
                 {"days", task.days},
                 {"timezone", task.timezone},
                 {"rules", task.rule_set},
                 {"unit_of_cost", task.money}}}};
  Json& roster = json["roster"];
  roster["cost"] = result.cost;
  roster["pay"] = result.pay;
  roster["temporaries_cost"] = result.temporaries;
  roster["broken_rules_cost"] = result.broken;
  roster["bound"] = result.bound;
  roster["gap"] = result.gap;
  roster["proven"] = result.proven;
  Json& shifts = roster["shifts"] = Json::array();
  for (const RosterShift& shift : task.shifts)
    shifts.push_back({{"name", shift.name}, {"label", label_json(shift.label, shift.name)}, {"night", shift.night}});
  Json& posts = roster["posts"] = Json::array();
  for (const Post& post : task.posts)
    posts.push_back({{"name", post.name}, {"label", label_json(post.label, post.name)}});
  Json& agents = roster["agents"] = Json::array();
  for (std::size_t a = 0; a < task.agents.size(); ++a) {
    const RosterTally& t = result.tally[a];
    Json agent = {
        {"name", task.agents[a].name}, {"team", task.agents[a].team}, {"duties", t.duties}, {"hours", t.hours}};
    agent["contract_hours"] = t.due < 0 ? Json(nullptr) : Json(t.due);
    agent.update({{"nights", t.nights},
                  {"weekends", t.weekends},
                  {"sundays", t.sundays},
                  {"holidays", t.holidays},
                  {"wishes", t.wishes},
                  {"wishes_granted", t.granted}});
    Json& days = agent["days"] = Json::array();
    for (int d = 0; d < task.days; ++d) {
      const RosterDuty& duty = result.roster.duty[a][at(d)];
      Json day_json = {{"date", date_of(task, d)}};
      day_json["shift"] = duty.shift < 0 ? Json(nullptr) : Json(task.shifts[at(duty.shift)].name);
      day_json["post"] = duty.post < 0 ? Json(nullptr) : Json(task.posts[at(duty.post)].name);
      day_json["absent"] = static_cast<bool>(task.agents[a].absent[at(d)]);
      days.push_back(day_json);
    }
    agents.push_back(agent);
  }
  Json& temporaries = roster["temporaries"] = Json::array();
  for (std::size_t d = 0; d < result.roster.temporaries.size(); ++d)
    for (std::size_t s = 0; s < task.shifts.size(); ++s)
      if (const int people = result.roster.temporaries[d][s]; people > 0)
        temporaries.push_back(
            {{"date", date_of(task, static_cast<int>(d))}, {"shift", task.shifts[s].name}, {"agents", people}});
  Json& broken = roster["broken"] = Json::array();
  for (const Breach& b : result.breaches)
    broken.push_back({{"rule", meaning_of(b.rule).name},
                      {"agent", b.agent < 0 ? Json(nullptr) : Json(task.agents[at(b.agent)].name)},
                      {"from", date_of(task, b.day)},
                      {"to", date_of(task, b.last)},
                      {"words", breach_words(task, b)},
                      {"label", label_json(in_both_languages([&] { return breach_words(task, b); }))},
                      {"cost", b.cost < 0 ? Json(nullptr) : Json(b.cost * b.beyond)}});
  return json.dump(1) + "\n";
}

std::string roster_calendar(const RosterTask& task, const Roster& roster, int agent, const std::string& stamp) {
  const Calendar calendar = calendar_of(task);
  const Calendar zero("UTC", Date{0}, {}, 0x7f);
  const RosterAgent& who = task.agents[at(agent)];
  std::string text = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//mailflow//roster//EN\r\nCALSCALE:GREGORIAN\r\n";
  text += folded("X-WR-CALNAME:" + escaped(who.name));
  for (int d = 0; d < task.days; ++d) {
    const RosterDuty& duty = roster.duty[at(agent)][at(d)];
    if (duty.shift < 0) continue;
    const Span& span = task.span(duty.shift, d);
    const Ticks shifted = task.utc_of_model_start;
    const std::string post =
        duty.post < 0 ? "" : name_of(task.posts[at(duty.post)].label, task.posts[at(duty.post)].name);
    text += "BEGIN:VEVENT\r\n";
    text += folded(fmt::format("UID:{:016x}-{}@mailflow", hash(who.name + "\n" + task.scenario), date_of(task, d)));
    text += "DTSTAMP:" + stamp + "\r\n";
    text += "DTSTART:" + utc(zero, span.from + shifted) + "\r\n";
    text += "DTEND:" + utc(zero, span.to + shifted) + "\r\n";
    const std::string shift = shift_words(task.shifts[at(duty.shift)]);
    const bool told = post.empty() || post == shift || post == task.shifts[at(duty.shift)].name;
    text += folded("SUMMARY:" + escaped(told ? shift : fmt::format("{}, {}", shift, post)));
    text += "TRANSP:OPAQUE\r\nEND:VEVENT\r\n";
  }
  return text + "END:VCALENDAR\r\n";
}

}  // namespace mailflow
