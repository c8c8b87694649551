#include "studio/gate.hpp"

#include <fmt/format.h>
#include <sys/random.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "core/words.hpp"

namespace mailflow::studio {

namespace {

/// In a time that does not tell how much of it is right.
bool same_secret(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return false;
  unsigned differs = 0;
  for (std::size_t i = 0; i < a.size(); ++i)
    differs |= static_cast<unsigned>(static_cast<unsigned char>(a[i]) ^ static_cast<unsigned char>(b[i]));
  return differs == 0;
}

bool is_json(const std::string& type) { return type == "application/json" || type.starts_with("application/json;"); }

}  // namespace

std::string random_token() {
  std::array<unsigned char, 32> bytes{};
  if (getrandom(bytes.data(), bytes.size(), 0) != static_cast<ssize_t>(bytes.size()))
    throw std::runtime_error(tr("the system gives no random numbers"));
  return fmt::format("{:02x}", fmt::join(bytes, ""));
}

Gate::Gate(std::string token, std::vector<std::string> hosts, unsigned port)
    : token_(std::move(token)), cookie_(fmt::format("mailflow_{}", port)), hosts_(std::move(hosts)) {}

bool Gate::knows(const std::string& cookies) const {
  std::string_view rest = cookies;
  while (!rest.empty()) {
    std::string_view one = rest.substr(0, rest.find(';'));
    rest.remove_prefix(std::min(one.size() + 1, rest.size()));
    while (one.starts_with(' ')) one.remove_prefix(1);
    if (one.starts_with(cookie_) && one.substr(cookie_.size()).starts_with('=') &&
        same_secret(one.substr(cookie_.size() + 1), token_))
      return true;
  }
  return false;
}

std::optional<Answer> Gate::stops(const Request& request, bool opens_live) const {
  if (std::find(hosts_.begin(), hosts_.end(), request.host) == hosts_.end())
    return refusal(403, tr("this is not the address of the studio; it is {}", "http://" + hosts_.front()));
  const bool writes = request.method != "GET" && request.method != "HEAD";
  const auto token = request.query.find("token");
  if (!writes && !opens_live && request.path == "/" && token != request.query.end() &&
      same_secret(token->second, token_)) {
    Answer in;
    in.status = 303;
    in.headers = {{"Location", "/"},
                  {"Set-Cookie", fmt::format("{}={}; Path=/; HttpOnly; SameSite=Strict", cookie_, token_)}};
    return in;
  }
  if (!knows(request.cookie))
    return refusal(403, tr("open the address that mailflow studio printed; its token lets you in"));
  const std::string own = "http://" + request.host;
  if ((writes || opens_live) && request.origin != own)
    return refusal(403, tr("only the studio's own page may ask for this"));
  if (!request.fetch_site.empty() && request.fetch_site != "same-origin" && request.fetch_site != "none")
    return refusal(403, tr("only the studio's own page may ask for this"));
  if (writes && !is_json(request.content_type)) return refusal(415, tr("what is sent must be JSON"));
  return std::nullopt;
}

}  // namespace mailflow::studio
