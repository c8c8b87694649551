#include "scenario/situation/mail.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>

#include "core/words.hpp"
#include "mail/due.hpp"
#include "scenario/files/csv.hpp"
#include "scenario/files/files.hpp"
#include "scenario/situation/instant_reader.hpp"

namespace mailflow {

namespace {

std::string at_most_done_of_lot(std::int64_t items) {
  return tr_plural("it must be at most {}, for the lot has {} item", "it must be at most {}, for the lot has {} items",
                   static_cast<long>(items), items - 1, items);
}

std::string at_most_done_of_bag(std::int64_t items) {
  return tr_plural("it must be at most {}, for the bag has {} item", "it must be at most {}, for the bag has {} items",
                   static_cast<long>(items), items - 1, items);
}

class MailThereReader : private InstantReader {
 public:
  using InstantReader::InstantReader;
  void mail(const Node& node);
  void bags();

 private:
  void entry(const Node& node);
  void hand(const Node& node, MailThere& there, std::int64_t items);
  void lots(const Node& node, MailThere there, std::int64_t items);
  void done(const Node& node, std::size_t first);

  std::set<std::pair<StationIndex, int>> hands_;            ///< positions that have mail in hand
  std::vector<std::pair<std::size_t, Node>> done_of_bags_;  ///< entries of the situation's mail, and their done
};

void MailThereReader::mail(const Node& node) {
  if (!node.is_scalar()) {
    if (!node.is_sequence()) bad(node, "mail", "", tr("it must be a list, or the name of a CSV file"));
    for (const Node& item : node.items) entry(item);
    return;
  }
  const auto path = resolve(node, in_.options.data_dir, in_.problems);
  auto text = path ? read_file(*path, node.place, in_.problems) : std::nullopt;
  if (!text) return;
  const ErrorsSince errors(in_.problems);
  const CsvFile csv = read_csv(*path, std::move(*text), in_.problems);
  if (errors.any()) return;
  const CatalogueSection& known = section("situation.mail");
  for (std::size_t c = 0; c < csv.header.size(); ++c) {
    if (known.find(csv.header[c]) != nullptr) continue;
    const std::string close = nearest(csv.header[c], known.names());
    in_.problems.error({csv.file, 1, 1}, tr("\"{}\" is not a column of the mail of a situation", csv.header[c]),
                       close.empty() ? tr("known: the keys of situation.mail") : tr("did you mean {}?", close));
  }
  if (errors.any()) return;
  constexpr std::size_t most_told = 20;
  for (std::size_t r = 0; r < csv.rows.size() && errors.count() < most_told; ++r) {
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
    entry(row);
  }
}

void MailThereReader::entry(const Node& node) {
  const ErrorsSince errors(in_.problems);
  if (!check_section(node, "situation.mail", tr("mail"))) return;
  MailThere there;
  const auto named = [&](const char* key, const auto& names, const std::string& what, auto& into) {
    if (const Node* given = get(node, key)) into = reference(*given, names, what);
  };
  named("at", in_.names.stations, tr("station"), there.station);
  named("product", in_.names.products, tr("product"), there.product);
  named("to", in_.names.destinations, tr("destination"), there.destination);
  named("wants", in_.names.stations, tr("station"), there.wants);
  const Node* count = get(node, "items");
  const auto parse_items = [](std::string_view text, Failure& why) {
    return parse_count(text, 1, 1'000'000'000, true, why);
  };
  const auto items = count == nullptr ? std::nullopt : value(*count, "items", "items: 2500", parse_items);
  if (errors.any() || !items || there.station == none || there.product == none) return;
  const Ticks now = in_.model.situation.at;
  there.arrived = there.entered = now;
  for (const auto& [key, into] : {std::pair{"since", &there.arrived}, std::pair{"here_since", &there.entered}}) {
    const Node* given = get(node, key);
    const auto found = given == nullptr ? std::nullopt : instant(*given, key, When::before);
    if (found && *found > now)
      bad(*given, key, "", tr("it must not come after the situation's instant"));
    else if (found)
      *into = *found;
  }
  if (get(node, "here_since") == nullptr && get(node, "since") != nullptr) there.entered = there.arrived;
  const bool both = get(node, "since") != nullptr && get(node, "here_since") != nullptr;
  if (both && there.entered < there.arrived && get(node, "at_door") == nullptr)
    bad(*get(node, "here_since"), "here_since", "",
        tr("it must not come before since, when the mail came to the centre"),
        tr("put the earlier of the two under since"));
  there.due = due_of(in_.model.products[there.product], there.arrived);
  if (const Node* due = get(node, "due")) {
    if (due->is_scalar() && due->text == "none")
      there.due = never;
    else
      there.due = instant(*due, "due", When::after).value_or(never);
  }
  hand(node, there, *items);
  const std::size_t first = in_.model.situation.mail.size();
  lots(node, there, *items);
  if (!errors.any()) done(node, first);
}

/// What is done of a lot is less than the lot; of a bag, that is known when all that is in it is.
void MailThereReader::done(const Node& node, std::size_t first) {
  const auto& mail = in_.model.situation.mail;
  const Node* done = get(node, "done");
  if (done == nullptr || first == mail.size()) return;
  if (mail[first].bag > 0) {
    done_of_bags_.emplace_back(first, *done);
    return;
  }
  for (std::size_t m = first; m < mail.size(); ++m)
    if (mail[m].done >= mail[m].items) {
      bad(*done, "done", "", at_most_done_of_lot(mail[m].items), tr("give each lot that is begun its entry"));
      return;
    }
}

void MailThereReader::bags() {
  const auto& mail = in_.model.situation.mail;
  for (const auto& [entry, done] : done_of_bags_) {
    const MailThere& one = mail[entry];
    std::int64_t items = 0;
    for (const MailThere& other : mail)
      if (other.bag == one.bag && other.station == one.station) items += std::int64_t{other.items} * other.lots;
    if (one.done >= items)
      bad(done, "done", "", at_most_done_of_bag(items),
          tr("give what is handled of the whole bag, in its first entry"));
  }
}

/// What is known of a lot that is at work, on its way, or stuck.
void MailThereReader::hand(const Node& node, MailThere& there, std::int64_t items) {
  const Station& is = in_.model.stations[there.station];
  const bool handles = takes_in_hand(is.kind);
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
  if (get(node, "takes") != nullptr && there.takes < at_least && there.wants == none)
    bad(*get(node, "takes"), "takes", "", tr("it must be as long as left and worked together, or longer"),
        tr("leave takes out: it is left and worked together"));
  there.rounding = whole(node, "picoseconds", 0, -510'000, 510'000) / 1e6;
  if (get(node, "stops_after") != nullptr) there.stops_after = whole(node, "stops_after", 0, 0, 1'000'000'000);
  if (const Node* position = get(node, "position")) {
    there.position = whole(node, "position", 1, 1, handles ? is.servers : 1) - 1;
    // what is in one bag is in one hand
    const auto& mail = in_.model.situation.mail;
    const bool in_one_bag =
        there.bag > 0 && std::any_of(mail.begin(), mail.end(), [&](const MailThere& other) {
          return other.bag == there.bag && other.station == there.station && other.position == there.position;
        });
    if (!handles)
      bad(*position, "position", "", tr("station {} has no positions or machines", is.name), tr("leave it out"));
    else if (there.wants == none && there.left < 0)
      in_.problems.error(position->place, tr("mail in hand needs left: how long it is in hand still"),
                         tr("give left: 4 min, or leave position out and let it wait in the queue"));
    else if (there.wants == none && !hands_.insert({there.station, there.position}).second && !in_one_bag)
      in_.problems.error(position->place,
                         tr("position {} of station {} has another lot in hand", there.position + 1, is.name),
                         tr("a position handles one lot at a time"));
  } else if (handles && there.left >= 0) {
    in_.problems.error(node.find("left")->place, tr("mail in hand needs position: at which position or machine"),
                       tr("give position: 1, or leave left out and let it wait in the queue"));
  }
}

/// Full lots and a rest, as mail arrives, or so many lots alike.
void MailThereReader::lots(const Node& node, MailThere there, std::int64_t items) {
  auto& mail = in_.model.situation.mail;
  const int lot = in_.model.products[there.product].lot_items;
  const Node* given = get(node, "lots");
  if (given != nullptr) {
    there.lots = whole(node, "lots", 1, 1, 1'000'000'000);
    if (items % there.lots != 0) {
      bad(*given, "lots", "", tr("{} items are not so many lots alike", items),
          tr("give an entry to each size of lot, or leave lots out: full lots and a rest are made"));
      return;
    }
    there.items = static_cast<int>(items / there.lots);
    if (there.bag == 0 && there.items > lot) {
      bad(*given, "lots", "", tr("lots of {} have at most {} items", in_.model.products[there.product].name, lot),
          tr("leave lots out: full lots and a rest are made"));
      return;
    }
    if (there.position >= 0 && there.wants == none && there.lots > 1)
      bad(*given, "lots", "", tr("a position has one lot in hand"), tr("give each lot its entry"));
    mail.push_back(there);
    return;
  }
  if (there.bag > 0 || there.position >= 0 || items <= lot) {
    if (items > lot && there.bag == 0)
      bad(*get(node, "items"), "items", "", tr("a lot has at most {} items", lot), tr("give each lot its entry"));
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

}  // namespace

void read_mail_there(Reading& reading, const Node& mail) {
  MailThereReader reader(reading);
  reader.mail(mail);
  reader.bags();
}

}  // namespace mailflow
