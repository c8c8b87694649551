#include "centre/resume.hpp"

#include <algorithm>

#include "centre/window.hpp"
#include "core/random.hpp"

namespace mailflow {

namespace {

class Resumption {
 public:
  explicit Resumption(Centre& centre) : centre_(centre), situation_(centre.setting.model.situation) {}

  void mail() {
    std::uint64_t number = 0;
    std::int64_t last = 0;
    for (const MailThere& there : situation_.mail) last = std::max({last, there.number + there.lots - 1, there.bag});
    centre_.lots.count_made(last);
    for (std::size_t i = 0; i < situation_.mail.size(); ++i) {
      if (situation_.mail[i].bag > 0)
        bag(i);
      else
        lots(situation_.mail[i], number);
    }
  }

 private:
  /// `number`: of lots so far.
  void lots(const MailThere& there, std::uint64_t& number) {
    const StationKind kind = centre_.setting.station(there.station).kind;
    const bool held = kind == StationKind::hold && there.wants == none && !there.at_door;
    // what is held goes out item by item, unless it is known when
    const int parts = held && there.left < 0 ? there.items : 1;
    for (int n = 0; n < there.lots; ++n)
      for (int part = 0; part < parts; ++part) {
        const LotIndex l = lot(there, ++number);
        if (there.number > 0) centre_.lots[l].number = there.number + n;
        if (parts > 1) centre_.lots[l].items = 1;
        put(l, there);
      }
  }

  LotIndex lot(const MailThere& there, std::uint64_t number) {
    const RunOptions& options = centre_.setting.options;
    const LotIndex l = centre_.lots.make();
    Lot& lot = centre_.lots[l];
    lot.key =
        mixed(stream_key(options.seed, options.replication, "situation", "lots") + 0x9e3779b97f4a7c15ULL * number);
    lot.items = there.items;
    lot.product = there.product;
    lot.destination = there.destination;
    lot.arrived = lot.posted = there.arrived;
    lot.entered = there.entered;
    lot.since = centre_.agenda.now();
    lot.due = there.due;
    lot.pass = static_cast<std::uint8_t>(there.pass);
    lot.done = there.done;
    lot.missed_vehicle = there.missed;
    if (!there.at_door) lot.station = there.station;
    return l;
  }

  /// Puts a lot where it is.
  void put(LotIndex l, const MailThere& there) {
    Lot& lot = centre_.lots[l];
    const StationIndex s = there.station;
    lot.in_centre = true;
    centre_.products.is_there(lot);
    if (centre_.log.on()) {
      EventSink& sink = centre_.log.sink();
      for (LotIndex m = lot.members; m != none; m = centre_.lots[m].next)
        sink.bagged(centre_.lots[m].number, 0, lot.number, there.station);
      centre_.log.tell_there(l, there);
      if (!there.at_door) sink.entered(lot.number, lot.product, lot.items, there.station, centre_.agenda.now());
    }
    if (there.at_door) {
      centre_.flow.wait_at_door(l, s, none);
      return;
    }
    centre_.stations.is_there(lot);
    centre_.kinds.of(centre_.setting.station(s).kind, [&](auto& part) { part.resume(l, there); });
  }

  /// Entries of one bag become its members, and the bag goes where they are; the bag is made at its first entry.
  void bag(std::size_t first) {
    const auto& mail = situation_.mail;
    const MailThere& there = mail[first];
    const auto same = [&](const MailThere& m) { return m.bag == there.bag && m.station == there.station; };
    if (std::any_of(mail.begin(), mail.begin() + static_cast<std::ptrdiff_t>(first), same)) return;
    std::uint64_t number = (static_cast<std::uint64_t>(first) + 1) << 40U;
    const LotIndex b = lot(there, number++);
    centre_.lots[b].items = 0;
    centre_.lots[b].due = never;
    if (there.number > 0) centre_.lots[b].number = there.bag;
    LotIndex last;
    for (std::size_t m = first; m < mail.size(); ++m)
      for (int n = 0; same(mail[m]) && n < mail[m].lots; ++n) {
        const LotIndex l = lot(mail[m], number++);
        if (mail[m].number > 0) centre_.lots[l].number = mail[m].number + n;
        join(b, l, last);
        last = l;
      }
    put(b, there);
  }

  /// A lot becomes the bag's member after the `last`.
  void join(LotIndex b, LotIndex l, LotIndex last) {
    Lot& lot = centre_.lots[l];
    Lot& bag = centre_.lots[b];
    lot.station = none;
    lot.done = 0;  // it is the bag that is handled
    bag.items += lot.items;
    bag.due = std::min(bag.due, lot.due);
    bag.arrived = std::min(bag.arrived, lot.arrived);
    bag.posted = std::min(bag.posted, lot.posted);
    bag.entered = std::min(bag.entered, lot.entered);
    (last == none ? bag.members : centre_.lots[last].next) = l;
  }

  Centre& centre_;
  const Situation& situation_;
};

}  // namespace

void resume(Centre& centre) {
  centre.stations.begin();
  centre.ledger.begin();
  centre.servers.resume();
  Resumption(centre).mail();
  centre.servers.order_in_hand();
  centre.staff.resume();
  centre.arrivals.resume();
  begin_window(centre);
  centre.servers.order_ready();
  for (const StationIndex s : centre.setting.names.stations)
    if (centre.setting.station(s).crew == 0)
      centre.servers.serve(s);
    else
      centre.flow.admit(s);
  for (const ServerIndex v : centre.servers.indices())
    if (centre.servers[v].blocked_lots > 0) centre.standstills.look(centre.servers[v].station);
  centre.staff.want_agents();
}

}  // namespace mailflow
