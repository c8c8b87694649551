#include "centre/run.hpp"

#include <algorithm>
#include <initializer_list>
#include <numeric>
#include <string>

#include "centre/block_loop.hpp"
#include "centre/rings.hpp"
#include "mail/name_order.hpp"

namespace mailflow {

Results simulate(const Model& model, const RunOptions& options) {
  Run run(model, options);
  run.advance(never);
  return run.results();
}

namespace {

/// Those that belong to elements, numbered through from the first element on, in the elements' `order`, then by number.
std::vector<int> one_by_one(const std::vector<int>& order, const std::vector<int>& counts) {
  std::vector<int> first(counts.size());
  std::exclusive_scan(counts.begin(), counts.end(), first.begin(), 0);
  std::vector<int> all;
  for (const int of : order)
    for (int n = 0; n < counts[static_cast<std::size_t>(of)]; ++n)
      all.push_back(first[static_cast<std::size_t>(of)] + n);
  return all;
}

}  // namespace

NameOrder::NameOrder(const Model& model)
    : products(by_name(model.products)),
      destinations(by_name(model.destinations)),
      stations(by_name(model.stations)),
      sources(by_name(model.sources)),
      destination_place(places_in(destinations)),
      source_place(places_in(sources)),
      team_place(places_by_name(model.teams)),
      departure_place(places_by_name(model.departures)),
      station_place(places_in(stations)) {
  std::vector<int> servers, agents;
  for (const Station& is : model.stations) {
    const bool handles = is.kind == StationKind::manual || is.kind == StationKind::machine;
    servers.push_back(handles ? is.servers : 0);
  }
  for (const Team& team : model.teams) agents.push_back(team.agents);
  server_place = places_in(one_by_one(stations, servers));
  agent_place = places_in(one_by_one(by_name(model.teams), agents));
  std::vector<int> loaded = products;
  const auto priority = [&](int p) { return model.products[static_cast<std::size_t>(p)].priority; };
  std::stable_sort(loaded.begin(), loaded.end(), [&](int a, int b) { return priority(a) < priority(b); });
  product_place_loaded = places_in(loaded);
  for (const Product& product : model.products) product_key.push_back(name_key(product.name));
}

Run::Run(const Model& model, const RunOptions& options)
    : model_(model), names_(model), options_(options), dispatcher_(model) {
  const auto key = [&](const std::string& element, const char* purpose) {
    return stream_key(options.seed, options.replication, model.place.empty() ? element : model.place + '/' + element,
                      purpose);
  };
  stations_.resize(model.stations.size());
  for (std::size_t s = 0; s < stations_.size(); ++s) {
    StationState& st = stations_[s];
    st.is = &model.stations[s];
    const std::string element = "station " + st.is->name;
    st.service_key = key(element, "service");
    st.set_up_key = key(element, "set-up");
    st.split_key = key(element, "diversions");
    st.share_key = key(element, "shares");
    st.hold_key = key(element, "hold");
    st.failures = Stream(key(element, "failures"));
    st.repairs = Stream(key(element, "repairs"));
    st.ledger.resize(model.products.size());
    if (options.own_times) st.own_times = OwnTimes::none_yet();
    if (st.is->crew > 0) st.not_manned = st.is->servers;
    st.first_server = static_cast<int>(servers_.size());
    const bool handles = st.is->kind == StationKind::manual || st.is->kind == StationKind::machine;
    if (handles) servers_.resize(servers_.size() + static_cast<std::size_t>(st.is->servers));
    for (int v = st.first_server; v < static_cast<int>(servers_.size()); ++v) {
      servers_[static_cast<std::size_t>(v)].station = static_cast<int>(s);
      servers_[static_cast<std::size_t>(v)].crew.reserve(static_cast<std::size_t>(st.is->crew));
    }
    std::size_t groups = 1;
    if (st.is->set_up.same_first)
      groups = (model.products.size() + model.sort_plans.size()) * static_cast<std::size_t>(st.is->passes);
    st.queues.resize(groups);
    if (st.is->kind == StationKind::bagging)
      st.lots_here.assign(model.products.size() * (model.destinations.size() + 1), none);
  }
  sources_.resize(model.sources.size());
  for (std::size_t s = 0; s < sources_.size(); ++s) {
    const std::string element = "source " + model.sources[s].name;
    sources_[s].gaps = Stream(key(element, "gaps"));
    sources_[s].kinds = Stream(key(element, "kinds"));
    sources_[s].key = key(element, "lots");
  }
  for (const Team& team : model.teams) {
    TeamState state;
    state.first_agent = static_cast<int>(agents_.size());
    state.absence_key = key("team " + team.name, "absence");
    Agent agent;
    agent.team = static_cast<int>(teams_.size());
    agents_.insert(agents_.end(), static_cast<std::size_t>(team.agents), agent);
    teams_.push_back(state);
  }
  products_.resize(model.products.size());
  on_time_.assign(model.products.size(), std::vector<OnTime>(model.destinations.size() + 1));
  departures_.resize(model.departures.size());
  if (!model.place.empty()) {
    path_ends_.assign(1, std::vector<PathEnd>(model.products.size()));
    end_to_end_.resize(model.products.size());
  }
  const std::size_t days = model.midnights.empty() ? 0 : model.midnights.size() - 1;
  product_days_.assign(model.products.size(),
                       std::vector<DueDay>(std::max<std::size_t>(model.due_midnights.size(), 1) - 1));
  for (const Target& target : model.targets) {
    left_over_.emplace_back(target.samples.size(), 0);
    target_days_.emplace_back(target.measure == Target::Measure::on_time ? days : 0);
  }
  rings_ = rings_of(possible_waits(model));
  name_places();
  if (options.situation != nullptr) schedule(options.situation_at, EventKind::situation, 0);
  if (model.situation.given)
    resume();
  else
    start_clocks();
  if (BlockLoop::fits(model, options)) blocks_ = std::make_unique<BlockLoop>(*this);
}

void Run::schedule(Ticks at, EventKind kind, int index, std::uint32_t token) {
  const std::vector<std::uint16_t>* places = places_[static_cast<std::size_t>(kind)];
  calendar_.schedule(at, static_cast<std::uint8_t>(kind), static_cast<std::uint32_t>(index), token,
                     places == nullptr ? std::uint16_t{0} : (*places)[static_cast<std::size_t>(index)]);
}

/// What ends for mail at a station.
void Run::schedule_at(int station, Ticks at, EventKind kind, int index, std::uint32_t token) {
  calendar_.schedule(at, static_cast<std::uint8_t>(kind), static_cast<std::uint32_t>(index), token,
                     names_.station_place[static_cast<std::size_t>(station)]);
}

/// Events of one instant and kind happen in order of the names of what they are about.
void Run::name_places() {
  const auto go_by = [this](const std::vector<std::uint16_t>& places, std::initializer_list<EventKind> kinds) {
    for (const EventKind kind : kinds) places_[static_cast<std::size_t>(kind)] = &places;
  };
  go_by(names_.station_place, {EventKind::hours});
  go_by(names_.server_place, {EventKind::fail, EventKind::repair});
  go_by(names_.source_place,
        {EventKind::backlog, EventKind::source, EventKind::vehicle_due, EventKind::vehicle, EventKind::rows});
  go_by(names_.team_place, {EventKind::duty_start, EventKind::break_start, EventKind::duty_end, EventKind::leave});
  go_by(names_.departure_place, {EventKind::departure});
  go_by(names_.agent_place, {EventKind::agent_arrives, EventKind::break_end});
}

void Run::start_clocks() {
  schedule(model_.end, EventKind::end, 0);
  schedule(model_.warm_up, EventKind::warm_up, 0);
  for (std::size_t t = 0; t < model_.targets.size(); ++t)
    for (std::size_t i = 0; i < model_.targets[t].samples.size(); ++i)
      schedule(model_.targets[t].samples[i], EventKind::sample, static_cast<int>(t), static_cast<std::uint32_t>(i));
  if (!model_.teams.empty()) schedule(0, EventKind::review, 0);
  for (int s = 0; s < static_cast<int>(stations_.size()); ++s) {
    StationState& st = stations_[static_cast<std::size_t>(s)];
    st.open = st.is->always_open;
    const int end = s + 1 < static_cast<int>(stations_.size()) ? stations_[static_cast<std::size_t>(s) + 1].first_server
                                                               : static_cast<int>(servers_.size());
    for (int v = st.first_server; v < end; ++v) {
      Server& server = servers_[static_cast<std::size_t>(v)];
      server.state = ServerState::closed;
      ++st.servers_in[static_cast<std::size_t>(ServerState::closed)];
      refresh(v);
      const Breakdown& breakdown = st.is->breakdown;
      if (!breakdown.present) continue;
      server.fails_in = draw_ticks(breakdown.every, st.failures);
      if (!breakdown.only_while_working) schedule(server.fails_in, EventKind::fail, v);
    }
    if (!st.is->always_open && end > st.first_server) hours(s);
  }
  for (std::size_t t = 0; t < model_.teams.size(); ++t)
    if (!model_.teams[t].duties.empty())
      schedule(std::max<Ticks>(0, model_.teams[t].duties[0].span.from), EventKind::duty_start, static_cast<int>(t));
  for (std::size_t d = 0; d < model_.departures.size(); ++d)
    if (!model_.departures[d].at.empty())
      schedule(model_.departures[d].at[0], EventKind::departure, static_cast<int>(d));
  for (std::size_t s = 0; s < model_.sources.size(); ++s) start_source(static_cast<int>(s));
}

void Run::loop(Ticks until) {
  constexpr std::uint64_t pulse_mask = (1U << 18U) - 1;
  while (!over_) {
    calendar_.settle();
    if (work_is_due_) {
      const Event& next = calendar_.next();
      if (next.at != now_ || (next.order >> 60U) >= static_cast<std::uint64_t>(EventKind::review) >> 4U) {
        give_out();
        continue;
      }
    }
    if (calendar_.next().at >= until) return;
    const Event event = calendar_.take();
    now_ = event.at;
    ++events_;
    dispatch(kind_of(event), event.index, event.token);
    work_is_due_ = work_is_due_ || calls_ > 0;  // calls may have become needless
    if ((events_ & pulse_mask) == 0) pulse(pulse_mask + 1);
  }
}

void Run::dispatch(EventKind kind, std::uint32_t index, std::uint32_t token) {
  const int i = static_cast<int>(index);
  switch (kind) {
    case EventKind::phase_end:
      if (servers_[index].token == token) phase_end(i);
      break;
    case EventKind::source:
      source_event(i);
      break;
    case EventKind::lot_arrives:
      lot_arrives(static_cast<int>(token), i);
      break;
    case EventKind::delay_end:
      delay_end(i);
      break;
    case EventKind::agent_arrives:
      if (agents_[index].state == AgentState::moving && agents_[index].arrives == now_) agent_arrives(i);
      break;
    case EventKind::hours:
      hours(i);
      break;
    case EventKind::fail:
      if (!stations_[static_cast<std::size_t>(servers_[index].station)].is->breakdown.only_while_working ||
          servers_[index].token == token)
        fail(i);
      break;
    case EventKind::repair:
      repair(i);
      break;
    case EventKind::bag_goes:
      if (static_cast<std::uint32_t>(lots_[i].number) == token && lots_[i].in_centre) close_bag(i);
      break;
    case EventKind::vehicle_due: {
      Stream late = keyed(occasion_key(i, model_.sources[index].at[token]), 0, 1);
      if (!told_of(i, token))
        schedule(now_ + draw_ticks(model_.sources[index].late_by, late), EventKind::vehicle, i, token);
      auto& cursor = sources_[index].cursor;
      const auto& at = model_.sources[index].at;
      if (++cursor < at.size()) schedule(at[cursor], EventKind::vehicle_due, i, static_cast<std::uint32_t>(cursor));
      break;
    }
    case EventKind::vehicle:
      vehicle(i, token);
      break;
    case EventKind::rows:
      rows(i);
      break;
    case EventKind::backlog:
      backlog(i);
      break;
    case EventKind::load_arrives:
      load_arrives(token);
      break;
    case EventKind::duty_start:
      duty_start(i);
      break;
    case EventKind::duty_end:
      duty_end(i);
      break;
    case EventKind::leave:
      send_home(i);
      break;
    case EventKind::situation:
      --events_;  // nothing happens by it: the run's figures are those of one that keeps none
      keep_situation();
      break;
    case EventKind::break_start:
      break_start(i, token);
      break;
    case EventKind::break_end:
      break_end(i);
      break;
    case EventKind::departure:
      departure(i);
      break;
    case EventKind::review:
      review();
      break;
    case EventKind::hour_mark:
      hour_mark();
      break;
    case EventKind::sample:
      sample(index, token);
      break;
    case EventKind::warm_up:
      reset_counts();
      break;
    case EventKind::end:
      over_ = true;
      break;
  }
}

}  // namespace mailflow
