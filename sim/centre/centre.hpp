// The parts of a run, and what each of them touches.
//
//   agenda       what is to happen, and what time it is
//   lots         items that move together             log        what the event sink is told of them
//   ledger       to what their time is booked         stations   what is at the stations and counted there
//   products     what comes, goes and is in time      queues     who waits, in order
//   servers      who is handled (manual, machine)     delays, holds, bags, bays: the mail of the other kinds
//   flow         a lot's way from part to part        staff      agents, and who is sent where
//   arrivals     what comes                           transport  what leaves by departures and links
//   standstills  stations that wait for each other for ever
//
// Each part owns its state and is touched through its header alone. One thread. Nothing is allocated per event once
// queues and pools have reached their size.
#pragma once

#include "centre/agenda.hpp"
#include "centre/arrivals.hpp"
#include "centre/flow.hpp"
#include "centre/kinds/table.hpp"
#include "centre/ledger.hpp"
#include "centre/lot_log.hpp"
#include "centre/lots.hpp"
#include "centre/product_counts.hpp"
#include "centre/queues.hpp"
#include "centre/servers.hpp"
#include "centre/setting.hpp"
#include "centre/staff.hpp"
#include "centre/standstills.hpp"
#include "centre/station_counts.hpp"
#include "centre/transport.hpp"

namespace mailflow {

struct Centre {
  Centre(const Model& model, const RunOptions& options)
      : setting(model, options),
        agenda(setting.names),
        log(setting, agenda, lots),
        ledger(setting, agenda, log),
        stations(setting, agenda),
        products(setting, agenda),
        queues(setting, lots, stations),
        servers({setting, agenda, lots, log, ledger, stations, queues, flow, staff, standstills}),
        delays({setting, agenda, lots, log, ledger, flow}),
        holds({setting, agenda, lots, log, ledger, flow}),
        bags({setting, agenda, lots, log, ledger, stations, flow}),
        bays(setting, lots, ledger),
        kinds{servers, delays, holds, bags, bays},
        flow({setting, agenda, lots, log, ledger, stations, products, servers, transport, kinds}),
        staff({setting, agenda, lots, log, stations, queues, servers, flow}),
        arrivals({setting, agenda, lots, products, servers, staff, flow}),
        transport({setting, agenda, lots, log, ledger, products, bays, flow}),
        standstills(setting, agenda, servers) {}
  Centre(const Centre&) = delete;
  Centre& operator=(const Centre&) = delete;
  Centre(Centre&&) = delete;
  Centre& operator=(Centre&&) = delete;
  ~Centre() = default;

  const Setting setting;
  Agenda agenda;
  LotPool lots;
  LotLog log;
  Ledger ledger;
  StationCounts stations;
  ProductCounts products;
  Queues queues;
  Servers servers;
  Delays delays;
  Holds holds;
  Bags bags;
  Bays bays;
  Kinds kinds;
  Flow flow;
  Staff staff;
  Arrivals arrivals;
  Transport transport;
  Standstills standstills;
};

}  // namespace mailflow
