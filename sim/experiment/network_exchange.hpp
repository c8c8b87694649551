// How the processes of a network's run reach each other; one process alone has nobody to reach.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "network/network_run.hpp"

namespace mailflow {

class NetworkExchange {
 public:
  NetworkExchange() = default;
  virtual ~NetworkExchange() = default;
  NetworkExchange(const NetworkExchange&) = delete;
  NetworkExchange& operator=(const NetworkExchange&) = delete;
  NetworkExchange(NetworkExchange&&) = delete;
  NetworkExchange& operator=(NetworkExchange&&) = delete;

  virtual int ranks() const { return 1; }
  virtual int rank() const { return 0; }
  /// Gives loads to the ranks that run the centres they go to (`owner`, per centre) and returns what has come.
  /// `failure` (empty: none) of any rank is thrown by all.
  virtual std::vector<UnderWay> loads(std::vector<UnderWay> out, const Network& network, const std::vector<int>& owner,
                                      const std::string& failure);
  /// All parts, on the first rank; on others nothing.
  virtual std::vector<NetworkPart> gather(NetworkPart part);
};

/// Over MPI where a session is active (experiment/mpi_executor.hpp).
std::unique_ptr<NetworkExchange> network_exchange();

}  // namespace mailflow
