#include "experiment/network_exchange.hpp"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <type_traits>
#include <utility>

#ifdef MAILFLOW_WITH_MPI
#include <mpi.h>
#endif

namespace mailflow {

std::vector<UnderWay> NetworkExchange::loads(std::vector<UnderWay> out, const Network& /*network*/,
                                             const std::vector<int>& /*owner*/, const std::string& failure) {
  if (!failure.empty()) throw RunFailure(failure);
  return out;  // of no other process: none
}

std::vector<NetworkPart> NetworkExchange::gather(NetworkPart part) {
  std::vector<NetworkPart> parts;
  parts.push_back(std::move(part));
  return parts;
}

#ifdef MAILFLOW_WITH_MPI

namespace {

/// A load without its lots.
struct LoadHeader {
  std::int64_t arrives = 0;
  std::int64_t items = 0;
  std::uint64_t lots = 0;
  std::int32_t link = -1;
  std::int32_t trip = 0;
};

constexpr std::size_t most_at_once = std::size_t{1} << 29U;  // counts of MPI are ints

/// What a part is made of, to bytes and back: both ways through one list of fields.
class Packing {
 public:
  static std::vector<char> packed(NetworkPart& part) {
    Packing packing;
    packing.part(part);
    return std::move(packing.bytes_);
  }
  static NetworkPart unpacked(std::vector<char> bytes) {
    Packing packing;
    packing.bytes_ = std::move(bytes);
    packing.reading_ = true;
    NetworkPart part;
    packing.part(part);
    return part;
  }

 private:
  template <class T>
    requires std::is_trivially_copyable_v<T>
  void value(T& x) {
    if (reading_) {
      std::memcpy(&x, bytes_.data() + at_, sizeof x);
      at_ += sizeof x;
    } else {
      const auto* from = reinterpret_cast<const char*>(&x);
      bytes_.insert(bytes_.end(), from, from + sizeof x);
    }
  }
  template <class T>
  void value(std::vector<T>& all) {
    std::uint64_t size = all.size();
    value(size);
    all.resize(size);
    for (T& each : all) value(each);
  }
  template <class Of, class T>
  void value(Rows<Of, T>& all) {
    std::uint64_t size = all.size();
    value(size);
    all.resize(size);
    for (T& each : all) value(each);
  }
  void value(TimeSketch& sketch) {
    std::vector<std::int64_t> words = sketch.words();
    value(words);
    if (reading_) sketch = TimeSketch::of_words(words);
  }
  void value(Standstill& still) {
    value(still.since);
    value(still.stations);
  }
  void value(CentreOutcome& o) {
    for (std::int64_t* x :
         {&o.at_start, &o.posted, &o.by_links_in, &o.by_links_out, &o.delivered, &o.left, &o.under_way, &o.lots})
      value(*x);
    value(o.events);
    value(o.hours);
    value(o.stations);
    value(o.standstills);
    value(o.busiest_station);
    for (double* x : {&o.agent_hours, &o.staff_cost, &o.transport_cost}) value(*x);
    value(o.here);
  }
  void part(NetworkPart& p) {
    value(p.centres);
    value(p.outcomes);
    value(p.steps);
    value(p.path_ends);
    value(p.end_to_end);
    value(p.links);
  }

  std::vector<char> bytes_;
  bool reading_ = false;
  std::size_t at_ = 0;
};

class MpiExchange : public NetworkExchange {
 public:
  MpiExchange() {
    MPI_Comm_rank(MPI_COMM_WORLD, &rank_);
    MPI_Comm_size(MPI_COMM_WORLD, &ranks_);
  }
  int ranks() const override { return ranks_; }
  int rank() const override { return rank_; }

  std::vector<UnderWay> loads(std::vector<UnderWay> out, const Network& network, const std::vector<int>& owner,
                              const std::string& failure) override {
    const auto n = static_cast<std::size_t>(ranks_);
    std::vector<std::vector<UnderWay>> for_rank(n);
    for (UnderWay& load : out) {
      const auto to = static_cast<std::size_t>(network.links[load.link].to);
      for_rank[static_cast<std::size_t>(owner[to])].push_back(std::move(load));
    }
    std::vector<std::vector<LoadHeader>> headers(n);
    std::vector<std::int64_t> sends(n);
    for (std::size_t r = 0; r < n; ++r) {
      for (const UnderWay& load : for_rank[r])
        headers[r].push_back({load.arrives, load.items, load.lots.size(), load.link.number(), load.trip});
      sends[r] = failure.empty() ? static_cast<std::int64_t>(headers[r].size()) : -1;
    }
    std::vector<std::int64_t> comes(n);
    MPI_Alltoall(sends.data(), 1, MPI_INT64_T, comes.data(), 1, MPI_INT64_T, MPI_COMM_WORLD);
    tell_failure(comes, failure);
    const auto heads = exchanged(headers, comes);
    std::vector<MPI_Request> requests;
    std::vector<UnderWay> in;
    for (std::size_t r = 0; r < n; ++r)
      for (const LoadHeader& head : heads[r]) {
        UnderWay& load = in.emplace_back();
        load.arrives = head.arrives;
        load.items = head.items;
        load.link = LinkIndex(head.link);
        load.trip = head.trip;
        load.lots.resize(head.lots);
        pieces(load.lots, static_cast<int>(r), true, requests);
      }
    for (std::size_t r = 0; r < n; ++r)
      for (UnderWay& load : for_rank[r]) pieces(load.lots, static_cast<int>(r), false, requests);
    MPI_Waitall(static_cast<int>(requests.size()), requests.data(), MPI_STATUSES_IGNORE);
    // MPI goes on only while it is called: a rank that went to its next window at once would leave the others waiting
    // for the ends of its messages until that window is over (a nation item by item: 75 s on two ranks, with this 49)
    MPI_Barrier(MPI_COMM_WORLD);
    return in;
  }

  std::vector<NetworkPart> gather(NetworkPart part) override {
    std::vector<NetworkPart> parts;
    if (rank_ != 0) {
      std::vector<char> bytes = Packing::packed(part);
      std::uint64_t size = bytes.size();
      MPI_Send(&size, 1, MPI_UINT64_T, 0, 0, MPI_COMM_WORLD);
      for (std::size_t at = 0; at < bytes.size(); at += most_at_once)
        MPI_Send(bytes.data() + at, static_cast<int>(std::min(most_at_once, bytes.size() - at)), MPI_BYTE, 0, 0,
                 MPI_COMM_WORLD);
      return parts;
    }
    parts.push_back(std::move(part));
    for (int r = 1; r < ranks_; ++r) {
      std::uint64_t size = 0;
      MPI_Recv(&size, 1, MPI_UINT64_T, r, 0, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
      std::vector<char> bytes(size);
      for (std::size_t at = 0; at < bytes.size(); at += most_at_once)
        MPI_Recv(bytes.data() + at, static_cast<int>(std::min(most_at_once, bytes.size() - at)), MPI_BYTE, r, 0,
                 MPI_COMM_WORLD, MPI_STATUS_IGNORE);
      parts.push_back(Packing::unpacked(std::move(bytes)));
    }
    return parts;
  }

 private:
  /// Lots straight out of and into their vectors; messages of one pair of ranks do not overtake each other.
  static void pieces(std::vector<ThroughLot>& lots, int other, bool receive, std::vector<MPI_Request>& requests) {
    auto* bytes = reinterpret_cast<char*>(lots.data());
    const std::size_t size = lots.size() * sizeof(ThroughLot);
    for (std::size_t at = 0; at < size; at += most_at_once) {
      const auto count = static_cast<int>(std::min(most_at_once, size - at));
      MPI_Request& request = requests.emplace_back();
      if (receive)
        MPI_Irecv(bytes + at, count, MPI_BYTE, other, 1, MPI_COMM_WORLD, &request);
      else
        MPI_Isend(bytes + at, count, MPI_BYTE, other, 1, MPI_COMM_WORLD, &request);
    }
  }

  std::vector<std::vector<LoadHeader>> exchanged(const std::vector<std::vector<LoadHeader>>& headers,
                                                 const std::vector<std::int64_t>& comes) const {
    const auto n = static_cast<std::size_t>(ranks_);
    std::vector<LoadHeader> all;
    std::vector<int> send_size(n), send_at(n), come_size(n), come_at(n);
    std::size_t total = 0;
    for (std::size_t r = 0; r < n; ++r) {
      send_at[r] = static_cast<int>(all.size() * sizeof(LoadHeader));
      send_size[r] = static_cast<int>(headers[r].size() * sizeof(LoadHeader));
      all.insert(all.end(), headers[r].begin(), headers[r].end());
      come_at[r] = static_cast<int>(total * sizeof(LoadHeader));
      come_size[r] = static_cast<int>(static_cast<std::size_t>(comes[r]) * sizeof(LoadHeader));
      total += static_cast<std::size_t>(comes[r]);
    }
    std::vector<LoadHeader> come(total);
    MPI_Alltoallv(all.data(), send_size.data(), send_at.data(), MPI_BYTE, come.data(), come_size.data(), come_at.data(),
                  MPI_BYTE, MPI_COMM_WORLD);
    std::vector<std::vector<LoadHeader>> by_rank(n);
    auto at = come.begin();
    for (std::size_t r = 0; r < n; ++r) {
      by_rank[r].assign(at, at + comes[r]);
      at += comes[r];
    }
    return by_rank;
  }

  /// Throws on every rank the words of the first rank that failed.
  void tell_failure(const std::vector<std::int64_t>& comes, const std::string& failure) const {
    const auto first = std::find(comes.begin(), comes.end(), -1);
    if (first == comes.end()) return;
    const auto root = static_cast<int>(first - comes.begin());
    std::string why = failure;
    auto size = static_cast<int>(why.size());
    MPI_Bcast(&size, 1, MPI_INT, root, MPI_COMM_WORLD);
    why.resize(static_cast<std::size_t>(size));
    MPI_Bcast(why.data(), size, MPI_CHAR, root, MPI_COMM_WORLD);
    throw RunFailure(why);
  }

  int rank_ = 0;
  int ranks_ = 1;
};

}  // namespace

std::unique_ptr<NetworkExchange> network_exchange() {
  int yes = 0;
  MPI_Initialized(&yes);
  if (yes != 0) return std::make_unique<MpiExchange>();
  return std::make_unique<NetworkExchange>();
}

#else

std::unique_ptr<NetworkExchange> network_exchange() { return std::make_unique<NetworkExchange>(); }

#endif

}  // namespace mailflow
