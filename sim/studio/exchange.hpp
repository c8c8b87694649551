// A request of the studio's page and its answer, as plain values: whatever brings them (server.hpp, or a test).
#pragma once

#include <map>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace mailflow::studio {

struct Request {
  std::string method = "GET";
  std::string path = "/";  ///< decoded, without the query
  std::map<std::string, std::string> query;
  std::string host, origin, cookie, content_type, language, fetch_site;  ///< headers; empty: not there
  std::string body;
};

struct Answer {
  int status = 200;
  std::string type = "application/json";
  std::string body;
  std::vector<std::pair<std::string, std::string>> headers;
};

/// What is asked for cannot be, in a planner's words.
struct Refused : std::runtime_error {
  Refused(int with, const std::string& words) : std::runtime_error(words), status(with) {}
  int status;
};

/// {"error": words}.
Answer refusal(int status, const std::string& words);

/// The parts of a request's target; what is malformed in it stays as it is.
void read_target(const std::string& target, Request& request);

}  // namespace mailflow::studio
