// The studio on a socket: HTTP and a WebSocket, for browsers of this machine. The only code that knows Asio and Beast.
//
// One thread serves all connections (coroutines on one strand); what is asked of the studio is answered by a few
// threads beside it, and its jobs have their own. What comes too slowly, is too large or too much at once is refused,
// and the server lives on.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <stdexcept>
#include <string>

namespace mailflow::studio {

/// The address cannot be served.
struct UnusableAddress : std::runtime_error {
  using std::runtime_error::runtime_error;
};

struct ServerOptions {
  std::string host = "127.0.0.1";  ///< an address of this machine
  unsigned port = 0;               ///< 0: one that is free
  std::string data_dir;            ///< of recorded data; empty: none
  // bounds
  std::size_t connections = 128;
  double seconds_to_come = 10;  ///< for a request to come whole
};

class Server {
 public:
  /// Takes the address; throws UnusableAddress.
  explicit Server(const ServerOptions& options);
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;
  Server(Server&&) = delete;
  Server& operator=(Server&&) = delete;

  /// http://127.0.0.1:8017/?token=..., to be opened once by each browser.
  std::string address() const;
  unsigned port() const;
  const std::string& token() const;

  /// Serves until stop(), or SIGINT or SIGTERM where `signals`.
  void serve(bool signals);
  /// From any thread.
  void stop();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace mailflow::studio
