#include "studio/exchange.hpp"

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>

namespace mailflow::studio {

namespace {

std::string unescaped(const std::string& text, bool plus_is_blank) {
  std::string plain;
  for (std::size_t i = 0; i < text.size(); ++i) {
    unsigned byte = 0;
    const char* const digits = text.data() + i + 1;
    if (text[i] == '%' && i + 2 < text.size() && std::from_chars(digits, digits + 2, byte, 16).ptr == digits + 2) {
      plain += static_cast<char>(byte);
      i += 2;
    } else {
      plain += text[i] == '+' && plus_is_blank ? ' ' : text[i];
    }
  }
  return plain;
}

}  // namespace

Answer refusal(int status, const std::string& words) {
  Answer answer;
  answer.status = status;
  answer.body = nlohmann::json{{"error", words}}.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
  return answer;
}

void read_target(const std::string& target, Request& request) {
  constexpr std::size_t most = 32;
  const std::size_t mark = target.find('?');
  request.path = unescaped(target.substr(0, mark), false);
  for (std::size_t from = mark; from < target.size() && request.query.size() < most;) {
    const std::size_t end = std::min(target.find('&', ++from), target.size());
    const std::string part = target.substr(from, end - from);
    const std::size_t is = std::min(part.find('='), part.size());
    if (!part.empty())
      request.query[unescaped(part.substr(0, is), true)] = unescaped(part.substr(std::min(is + 1, part.size())), true);
    from = end;
  }
}

}  // namespace mailflow::studio
