// The situation that a run begins in (mail/situation.hpp), as planners write it. Part of builder.hpp.
//
// A time of day alone is the nearest one before the situation's instant for what has been (`since`), and after it for
// what is to come (`until`, `comes`).
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <utility>

#include "scenario/builder.hpp"
#include "scenario/csv.hpp"
#include "scenario/files.hpp"

namespace mailflow {

namespace {

std::string at_most_done(const char* what, std::int64_t items) {
  return fmt::format("it must be at most {}, for the {} has {} {}", items - 1, what, items,
                     items == 1 ? "item" : "items");
}

}  // namespace

/// A date and time, or a time of day nearest to the situation's instant, on the side said.
std::optional<Ticks> Builder::instant(const Node& node, const std::string& what, When when) {
  const auto parse = [&](std::string_view text, Failure& why) -> std::optional<Ticks> {
    if (when != When::alone && text.size() <= 5) {
      const auto time = parse_time_of_day(text, why);
      if (!time) return std::nullopt;
      const Ticks now = model_.situation.at;
      const Date today = calendar_->date_of(now);
      for (const int d : when == When::before ? std::vector<int>{1, 0, -1} : std::vector<int>{-1, 0, 1}) {
        const Ticks at = calendar_->at(Date{today.days + d}, *time);
        if (when == When::before ? at <= now : at >= now) return at;
      }
    }
    try {
      return calendar_->parse(std::string(text));
    } catch (const std::invalid_argument&) {
      why = {when == When::alone ? "it must be a date and time, \"yyyy-mm-dd hh:mm\""
                                 : "it must be a time of day, or a date and time \"yyyy-mm-dd hh:mm\"",
             {}};
      return std::nullopt;
    }
  };
  return value(node, what, when == When::alone ? what + ": \"2025-03-12 02:00\"" : what + ": \"03:30\"", parse);
}

/// The instant of the situation and the run's end, which all timetables depend on.
void Builder::situation_span() {
  const Node* node = get(root_, "situation");
  if (node == nullptr || !check_section(*node, "situation", "the situation")) return;
  Situation& there = model_.situation;
  const Node* at = get(*node, "at");
  if (at == nullptr) return;
  const auto found = instant(*at, "at", When::alone);
  if (!found) return;
  if (*found < 0 || *found >= model_.end) {
    bad(*at, "at", "",
        fmt::format("it must lie within the run, which lasts from {} to {}", calendar_->shown(0),
                    calendar_->shown(model_.end)),
        "run: from and for say when that is");
    return;
  }
  there.given = true;
  there.at = model_.warm_up = *found;
  if (const Node* until = get(*node, "until")) {
    const auto end = instant(*until, "until", When::after);
    if (end && *end <= there.at)
      bad(*until, "until", "", "it must come after the situation's instant");
    else if (end)
      model_.end = std::min(model_.end, *end);
  }
}

void Builder::situation() {
  const Node* node = get(root_, "situation");
  if (node == nullptr || !node->is_map() || !model_.situation.given) return;
  model_.situation.teams.resize(model_.teams.size());
  model_.situation.sources.resize(model_.sources.size());
  const auto each = [&](const char* key, const Names& names, const char* what, auto read) {
    const Node* map = get(*node, key);
    if (map == nullptr) return;
    if (!map->is_map()) {
      bad(*map, key, "", std::string("it must be a map by ") + what);
      return;
    }
    for (const Entry& e : map->entries)
      if (const int i = reference(key_as_value(e), names, what); i >= 0) (this->*read)(e.value, i);
  };
  each("stations", stations_, "station", &Builder::situation_station);
  if (const Node* mail = get(*node, "mail")) situation_mail(*mail);
  situation_bags();
  each("teams", teams_, "team", &Builder::situation_team);
  each("departures", departures_, "departure", &Builder::situation_departure);
  each("arrivals", arrivals_, "source of arrivals", &Builder::situation_source);
}

/// A list of entries, or a CSV file with a row for each and their keys as columns.
void Builder::situation_mail(const Node& node) {
  if (!node.is_scalar()) {
    if (!node.is_sequence()) bad(node, "mail", "", "it must be a list, or the name of a CSV file");
    for (const Node& item : node.items) situation_mail_entry(item);
    return;
  }
  const auto path = resolve(node, options_.data_dir, problems_);
  auto text = path ? read_file(*path, node.place, problems_) : std::nullopt;
  if (!text) return;
  const std::size_t errors = problems_.errors();
  const CsvFile csv = read_csv(*path, std::move(*text), problems_);
  if (problems_.errors() > errors) return;
  const CatalogueSection& known = section("situation.mail");
  for (std::size_t c = 0; c < csv.header.size(); ++c) {
    if (known.find(csv.header[c]) != nullptr) continue;
    const std::string close = nearest(csv.header[c], known.names());
    problems_.error({csv.file, 1, 1}, "\"" + csv.header[c] + "\" is not a column of the mail of a situation",
                    close.empty() ? "known: the keys of situation.mail" : "did you mean " + close + "?");
  }
  if (problems_.errors() > errors) return;
  constexpr std::size_t most_told = 20;
  for (std::size_t r = 0; r < csv.rows.size() && problems_.errors() < errors + most_told; ++r) {
    Node row;
    row.kind = Node::Kind::map;
    row.place = csv.place(r, 0);
    for (std::size_t c = 0; c < csv.header.size() && c < csv.rows[r].size(); ++c) {
      if (csv.rows[r][c].empty()) continue;
      Entry entry;
      entry.key = csv.header[c];
      entry.place = entry.value.place = csv.place(r, c);
      entry.value.kind = Node::Kind::scalar;
      entry.value.text = csv.rows[r][c];
      row.entries.push_back(std::move(entry));
    }
    situation_mail_entry(row);
  }
}

void Builder::situation_mail_entry(const Node& node) {
  const std::size_t errors = problems_.errors();
  if (!check_section(node, "situation.mail", "mail")) return;
  MailThere there;
  const auto named = [&](const char* key, const Names& names, const char* what, int& into) {
    if (const Node* given = get(node, key)) into = reference(*given, names, what);
  };
  named("at", stations_, "station", there.station);
  named("product", products_, "product", there.product);
  named("to", destinations_, "destination", there.destination);
  named("wants", stations_, "station", there.wants);
  const Node* count = get(node, "items");
  const auto parse_items = [](std::string_view text, Failure& why) {
    return parse_count(text, 1, 1'000'000'000, true, why);
  };
  const auto items = count == nullptr ? std::nullopt : value(*count, "items", "items: 2500", parse_items);
  if (problems_.errors() > errors || !items || there.station < 0 || there.product < 0) return;
  const Ticks now = model_.situation.at;
  there.arrived = there.entered = now;
  for (const auto& [key, into] : {std::pair{"since", &there.arrived}, std::pair{"here_since", &there.entered}}) {
    const Node* given = get(node, key);
    const auto found = given == nullptr ? std::nullopt : instant(*given, key, When::before);
    if (found && *found > now)
      bad(*given, key, "", "it must not come after the situation's instant");
    else if (found)
      *into = *found;
  }
  if (get(node, "here_since") == nullptr && get(node, "since") != nullptr) there.entered = there.arrived;
  const bool both = get(node, "since") != nullptr && get(node, "here_since") != nullptr;
  if (both && there.entered < there.arrived && get(node, "at_door") == nullptr)
    bad(*get(node, "here_since"), "here_since", "", "it must not come before since, when the mail came to the centre",
        "put the earlier of the two under since");
  there.due = due_since(there.product, there.arrived);
  if (const Node* due = get(node, "due")) {
    if (due->is_scalar() && due->text == "none")
      there.due = never;
    else
      there.due = instant(*due, "due", When::after).value_or(never);
  }
  situation_hand(node, there, *items);
  const std::size_t first = model_.situation.mail.size();
  situation_lots(node, there, *items);
  if (problems_.errors() == errors) situation_done(node, first);
}

/// What is done of a lot is less than the lot; of a bag, that is known when all that is in it is.
void Builder::situation_done(const Node& node, std::size_t first) {
  const auto& mail = model_.situation.mail;
  const Node* done = get(node, "done");
  if (done == nullptr || first == mail.size()) return;
  if (mail[first].bag > 0) {
    done_of_bags_.emplace_back(first, *done);
    return;
  }
  for (std::size_t m = first; m < mail.size(); ++m)
    if (mail[m].done >= mail[m].items) {
      bad(*done, "done", "", at_most_done("lot", mail[m].items), "give each lot that is begun its entry");
      return;
    }
}

void Builder::situation_bags() {
  const auto& mail = model_.situation.mail;
  for (const auto& [entry, done] : done_of_bags_) {
    const MailThere& one = mail[entry];
    std::int64_t items = 0;
    for (const MailThere& other : mail)
      if (other.bag == one.bag && other.station == one.station) items += std::int64_t{other.items} * other.lots;
    if (one.done >= items)
      bad(done, "done", "", at_most_done("bag", items), "give what is handled of the whole bag, in its first entry");
  }
}

/// When mail of a product that came at an instant, maybe before the run, is due.
Ticks Builder::due_since(int p, Ticks arrived) const {
  const Product& product = model_.products[static_cast<std::size_t>(p)];
  if (product.due_within != never) return arrived + product.due_within;
  if (product.due.empty()) return never;
  auto step = std::upper_bound(product.due.begin(), product.due.end(), arrived,
                               [](Ticks t, const DueStep& s) { return t < s.from; });
  return step == product.due.begin() ? step->due : std::prev(step)->due;
}

/// What is known of a lot that is at work, on its way, or stuck.
void Builder::situation_hand(const Node& node, MailThere& there, std::int64_t items) {
  const Station& is = model_.stations[static_cast<std::size_t>(there.station)];
  const bool handles = is.kind == StationKind::manual || is.kind == StationKind::machine;
  there.pass = whole(node, "pass", 1, 1, std::max(1, is.passes)) - 1;
  there.bag = whole(node, "bag", 0, 1, 1'000'000'000);
  const std::int64_t most_done = there.bag > 0 ? 1'000'000'000 : items - 1;  // of a bag what is done of it in all
  there.done = whole(node, "done", 0, 0, static_cast<int>(std::min<std::int64_t>(most_done, 1'000'000'000)));
  there.number = whole(node, "number", 0, 1, 2'000'000'000);
  there.first = flag(node, "first", false);
  there.missed = flag(node, "missed", false);
  there.at_door = flag(node, "at_door", false);
  there.set_up = flag(node, "set_up", false);
  there.left = duration(node, "left", -1);
  there.worked = duration(node, "worked", 0);
  const Ticks at_least = std::max<Ticks>(there.left, 0) + there.worked;
  const bool in_hand = there.left >= 0;
  there.takes = duration(node, "takes", in_hand ? at_least : 0);  // 0: not broken off
  if (get(node, "takes") != nullptr && there.takes < at_least && there.wants < 0)
    bad(*get(node, "takes"), "takes", "", "it must be as long as left and worked together, or longer",
        "leave takes out: it is left and worked together");
  there.rounding = whole(node, "picoseconds", 0, -510'000, 510'000) / 1e6;
  if (get(node, "stops_after") != nullptr) there.stops_after = whole(node, "stops_after", 0, 0, 1'000'000'000);
  if (const Node* position = get(node, "position")) {
    there.position = whole(node, "position", 1, 1, handles ? is.servers : 1) - 1;
    // what is in one bag is in one hand
    const auto& mail = model_.situation.mail;
    const bool in_one_bag =
        there.bag > 0 && std::any_of(mail.begin(), mail.end(), [&](const MailThere& other) {
          return other.bag == there.bag && other.station == there.station && other.position == there.position;
        });
    if (!handles)
      bad(*position, "position", "", "station " + is.name + " has no positions or machines", "leave it out");
    else if (there.wants < 0 && there.left < 0)
      problems_.error(position->place, "mail in hand needs left: how long it is in hand still",
                      "give left: 4 min, or leave position out and let it wait in the queue");
    else if (there.wants < 0 && !hands_.insert({there.station, there.position}).second && !in_one_bag)
      problems_.error(position->place,
                      fmt::format("position {} of station {} has another lot in hand", there.position + 1, is.name),
                      "a position handles one lot at a time");
  } else if (handles && there.left >= 0) {
    problems_.error(node.find("left")->place, "mail in hand needs position: at which position or machine",
                    "give position: 1, or leave left out and let it wait in the queue");
  }
}

/// Full lots and a rest, as mail arrives, or so many lots alike.
void Builder::situation_lots(const Node& node, MailThere there, std::int64_t items) {
  auto& mail = model_.situation.mail;
  const int lot = model_.products[static_cast<std::size_t>(there.product)].lot_items;
  const Node* given = get(node, "lots");
  if (given != nullptr) {
    there.lots = whole(node, "lots", 1, 1, 1'000'000'000);
    if (items % there.lots != 0) {
      bad(*given, "lots", "", fmt::format("{} items are not so many lots alike", items),
          "give an entry to each size of lot, or leave lots out: full lots and a rest are made");
      return;
    }
    there.items = static_cast<int>(items / there.lots);
    if (there.bag == 0 && there.items > lot) {
      bad(*given, "lots", "",
          fmt::format("lots of {} have at most {} items", model_.products[static_cast<std::size_t>(there.product)].name,
                      lot),
          "leave lots out: full lots and a rest are made");
      return;
    }
    if (there.position >= 0 && there.wants < 0 && there.lots > 1)
      bad(*given, "lots", "", "a position has one lot in hand", "give each lot its entry");
    mail.push_back(there);
    return;
  }
  if (there.bag > 0 || there.position >= 0 || items <= lot) {
    if (items > lot && there.bag == 0)
      bad(*get(node, "items"), "items", "", fmt::format("a lot has at most {} items", lot), "give each lot its entry");
    there.items = static_cast<int>(items);
    mail.push_back(there);
    return;
  }
  there.items = lot;
  there.lots = static_cast<int>(items / lot);
  mail.push_back(there);
  there.lots = 1;
  there.items = static_cast<int>(items % lot);
  if (there.items > 0) mail.push_back(there);
}

/// Machines and positions that are down, and what the others are set up for.
void Builder::situation_station(const Node& node, int s) {
  const Station& is = model_.stations[static_cast<std::size_t>(s)];
  if (!check_section(node, "situation.stations", "station " + is.name + " of the situation")) return;
  const bool handles = is.kind == StationKind::manual || is.kind == StationKind::machine;
  if (!handles) {
    bad(node, "station " + is.name, "no manual station or machine", "nothing of it can be down or set up",
        "mail that is there goes under mail:");
    return;
  }
  auto& servers = model_.situation.servers;
  if (const Node* down = get(node, "down")) {
    const int count = whole(node, "down", 1, 0, is.servers);
    const Node* until = get(node, "until");
    const auto end = until == nullptr ? std::nullopt : instant(*until, "until", When::after);
    if (end && *end < model_.situation.at) bad(*until, "until", "", "it must not lie before the situation's instant");
    if (until == nullptr && !is.breakdown.present)
      problems_.error(down->place, "station " + is.name + " never breaks down by itself, so nothing says when it is up",
                      "give until: \"03:10\"");
    for (int v = 0; v < count; ++v) {
      ServerThere server{.station = s, .position = v, .down = true};
      if (end) server.repaired_in = *end - model_.situation.at;
      servers.push_back(server);
    }
  } else if (const Node* until = get(node, "until")) {
    problems_.error(until->place, "until says nothing without down", "give down: 1");
  }
  const Node* machines = get(node, "machines");
  if (machines == nullptr) return;
  if (!machines->is_map()) {
    bad(*machines, "machines", "", "it must be a map by number, from 1");
    return;
  }
  for (const Entry& e : machines->entries) situation_machine(e, s);
}

void Builder::situation_machine(const Entry& e, int s) {
  const Station& is = model_.stations[static_cast<std::size_t>(s)];
  Failure why;
  const auto number = parse_whole(e.key, 1, is.servers, why);
  if (!number) {
    problems_.error(e.place,
                    fmt::format("\"{}\" is no machine or position of station {}; {}", e.key, is.name, why.must),
                    "they are numbered from 1");
    return;
  }
  if (!check_section(e.value, "situation.machines", "machine " + e.key)) return;
  ServerThere server{.station = s, .position = static_cast<int>(*number) - 1};
  server.repaired_in = duration(e.value, "repaired_in", -1);
  server.down = server.repaired_in >= 0;
  server.fails_in = duration(e.value, "fails_in", -1);
  const int pass = whole(e.value, "pass", 1, 1, is.passes) - 1;
  if (const Node* group = get(e.value, "set_up_for")) {
    int index = -1;
    if (is.set_up.between == SetUp::Between::sort_plans && sort_plans_.contains(group->text))
      index = static_cast<int>(products_.size()) + sort_plans_.at(group->text);
    else
      index = reference(*group, products_, is.set_up.between == SetUp::Between::products ? "product" : "sort plan");
    if (is.set_up.between == SetUp::Between::none)
      bad(*group, "set_up_for", "", "station " + is.name + " needs no set-up", "leave it out");
    if (index >= 0) server.group = index * is.passes + pass;
  }
  auto& servers = model_.situation.servers;
  const bool twice = std::any_of(servers.begin(), servers.end(), [&](const ServerThere& other) {
    return other.station == s && other.position == server.position;
  });
  if (twice) problems_.error(e.place, "machine " + e.key + " is among those that down: counts", "say it once");
  servers.push_back(server);
}

}  // namespace mailflow
