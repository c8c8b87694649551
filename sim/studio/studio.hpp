// The studio: what is asked of it, in JSON, and what it answers (PROTOCOL.md). Knows nothing of sockets.
//
//   Studio studio(Gate(token, {"127.0.0.1:8017"}, 8017), "");
//   Answer answer = studio.handle(request);
//
// The folder that is open is the process's current one. Several threads may ask at once.
#pragma once

#include <string>

#include "studio/decisions.hpp"
#include "studio/exchange.hpp"
#include "studio/gate.hpp"
#include "studio/jobs.hpp"
#include "studio/replays.hpp"

namespace mailflow::studio {

constexpr std::size_t largest_body = 2'000'000;  ///< bytes

class Studio {
 public:
  /// `data_dir`: of recorded data; empty: none.
  Studio(Gate gate, std::string data_dir);

  /// Never throws; with the headers that keep a browser safe.
  Answer handle(const Request& request);
  /// What is answered to a request for the WebSocket instead of opening it; nothing: it may be opened.
  std::optional<Answer> refuses_live(const Request& request) const;

  Jobs& jobs() { return jobs_; }
  /// Is told when a text has been written, from any thread: {"files": [path]}.
  void tell_written(std::function<void(const std::string& message)> told) { written_ = std::move(told); }

 private:
  Answer obey(const Request& request);
  Answer obey_job(const Request& request);
  Json home() const;
  Json write(const std::string& path, const std::string& text, const std::string& version, int& status);
  Json variant(const Json& asked, int& status);
  Json model(const Json& asked) const;
  JobAsked job_asked(const Json& asked) const;

  Gate gate_;
  std::string data_dir_;
  Jobs jobs_;
  Replays replays_;
  Decisions decisions_;
  std::function<void(const std::string&)> written_;
};

}  // namespace mailflow::studio
