#include "studio/server.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/websocket.hpp>
#include <chrono>
#include <list>
#include <map>
#include <optional>
#include <utility>

#include "core/words.hpp"
#include "studio/studio.hpp"

namespace mailflow::studio {

namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
namespace websocket = beast::websocket;
using asio::awaitable;
using asio::use_awaitable;
using asio::ip::tcp;
using Failure = boost::system::error_code;
using Message = std::shared_ptr<const std::string>;

constexpr std::uint32_t largest_header = 16'384;
constexpr std::size_t desks = 2;
constexpr std::size_t longest_message = 1'024;  ///< of a page, which has nothing to say

/// A page that is told how jobs come on: of each job its newest state, so that a slow one is never behind by more.
struct Listener {
  explicit Listener(beast::tcp_stream&& stream) : live(std::move(stream)), wakes(live.get_executor()) {}

  websocket::stream<beast::tcp_stream> live;
  asio::steady_timer wakes;
  std::map<std::string, Message> waiting;  ///< by what it is about
  bool open = true;

  void tell(const std::string& about, const Message& message) {
    waiting[about] = message;
    wakes.cancel();
  }
  void close() {
    open = false;
    wakes.cancel();
  }
};

Request request_of(const http::request<http::string_body>& came) {
  const auto text = [](auto view) { return std::string(view.data(), view.size()); };
  Request request;
  request.method = text(came.method_string());
  read_target(text(came.target()), request);
  request.host = text(came[http::field::host]);
  request.origin = text(came[http::field::origin]);
  request.cookie = text(came[http::field::cookie]);
  request.content_type = text(came[http::field::content_type]);
  request.language = text(came[http::field::accept_language]);
  request.fetch_site = text(came["Sec-Fetch-Site"]);
  request.body = came.body();
  return request;
}

http::response<http::string_body> response_of(Answer&& answer, unsigned version, bool keeps_open) {
  http::response<http::string_body> response(static_cast<http::status>(answer.status), version);
  response.set(http::field::content_type, answer.type);
  for (const auto& [name, value] : answer.headers) response.set(name, value);
  response.keep_alive(keeps_open);
  response.body() = std::move(answer.body);
  response.prepare_payload();
  return response;
}

/// Of what HTTP cannot read, or will not; nothing: it is no use to answer.
std::optional<Answer> answer_to(const Failure& failed) {
  if (failed == http::error::body_limit)
    return refusal(413, tr("what is sent is larger than {} MB", largest_body / 1'000'000));
  if (failed == http::error::header_limit || failed == http::error::buffer_overflow)
    return refusal(431, tr("the request's headers are longer than {} kB", largest_header / 1'024));
  if (failed.category() == make_error_code(http::error::bad_method).category() &&
      failed != http::error::end_of_stream && failed != http::error::partial_message)
    return refusal(400, tr("this is no request that can be read"));
  return std::nullopt;
}

asio::ip::address address_of(const std::string& host) {
  Failure wrong;
  const asio::ip::address address = asio::ip::make_address(host, wrong);
  if (wrong || address.is_unspecified())
    throw UnusableAddress(tr("{} is no address of one network; give an address of this machine, as 127.0.0.1", host));
  return address;
}

std::string authority(const asio::ip::address& address, unsigned port) {
  return address.is_v6() ? fmt::format("[{}]:{}", address.to_string(), port)
                         : fmt::format("{}:{}", address.to_string(), port);
}

std::vector<std::string> hosts_of(const asio::ip::address& address, unsigned port) {
  std::vector<std::string> hosts = {authority(address, port)};
  if (address.is_loopback()) hosts.push_back(fmt::format("localhost:{}", port));
  return hosts;
}

}  // namespace

struct Server::Impl {
  explicit Impl(const ServerOptions& of) : options(of), own(address_of(of.host)), acceptor(io), token(random_token()) {
    const tcp::endpoint end(own, static_cast<asio::ip::port_type>(options.port));
    try {
      acceptor.open(end.protocol());
      acceptor.set_option(tcp::acceptor::reuse_address(true));
      acceptor.bind(end);
      acceptor.listen(asio::socket_base::max_listen_connections);
    } catch (const boost::system::system_error& failed) {
      throw UnusableAddress(tr("{} cannot be served: {}", authority(own, options.port), failed.code().message()));
    }
    port = acceptor.local_endpoint().port();
    studio.emplace(Gate(token, hosts_of(own, port), port), options.data_dir);
    studio->jobs().tell([this](std::int64_t id, const Json& job) {
      broadcast(fmt::format("job {}", id), std::make_shared<const std::string>(text_of({{"job", job}})));
    });
    studio->tell_written(
        [this](const std::string& message) { broadcast("files", std::make_shared<const std::string>(message)); });
  }

  /// From any thread.
  void broadcast(const std::string& about, const Message& message) {
    asio::post(io, [this, about, message] {
      for (const auto& listener : listeners) listener->tell(about, message);
    });
  }

  awaitable<void> accept();
  awaitable<void> turn_away(tcp::socket socket);
  awaitable<void> talk(tcp::socket socket);
  awaitable<bool> talk_once(beast::tcp_stream& stream, beast::flat_buffer& buffer);
  awaitable<void> listen_to(std::shared_ptr<Listener> listener);
  awaitable<void> tell_live(beast::tcp_stream stream, http::request<http::string_body> opening);
  awaitable<Answer> at_a_desk(Request request);

  ServerOptions options;
  asio::ip::address own;
  asio::io_context io{1};
  tcp::acceptor acceptor;
  unsigned port = 0;
  std::string token;
  std::size_t connections = 0;
  std::list<std::shared_ptr<Listener>> listeners;
  asio::thread_pool at_desks{desks};
  std::optional<Studio> studio;
};

awaitable<void> Server::Impl::accept() {
  while (acceptor.is_open()) {
    Failure failed;
    tcp::socket socket = co_await acceptor.async_accept(asio::redirect_error(use_awaitable, failed));
    if (failed == asio::error::operation_aborted) co_return;
    if (failed) {  // no more sockets are to be had
      asio::steady_timer a_while(io, std::chrono::milliseconds(50));
      co_await a_while.async_wait(asio::redirect_error(use_awaitable, failed));
      continue;
    }
    if (connections >= options.connections)
      asio::co_spawn(io, turn_away(std::move(socket)), asio::detached);
    else
      asio::co_spawn(io, talk(std::move(socket)), asio::detached);
  }
}

/// In one packet, and never waited for.
awaitable<void> Server::Impl::turn_away(tcp::socket socket) {
  Failure failed;
  auto response = response_of(refusal(503, tr("too many pages are open; close some")), 11, false);
  http::serializer<false, http::string_body> serializer(response);
  if (!socket.non_blocking(true, failed)) http::write(socket, serializer, failed);
  failed = socket.shutdown(tcp::socket::shutdown_both, failed);
  co_return;
}

awaitable<Answer> Server::Impl::at_a_desk(Request request) {
  const auto work = [this, &request]() -> awaitable<Answer> { co_return studio->handle(request); };
  Answer answer = co_await asio::co_spawn(at_desks, work, use_awaitable);
  co_return answer;
}

awaitable<void> Server::Impl::talk(tcp::socket socket) {
  struct Counted {
    explicit Counted(std::size_t& of) : all(of) { ++all; }
    ~Counted() { --all; }
    Counted(const Counted&) = delete;
    Counted& operator=(const Counted&) = delete;
    Counted(Counted&&) = delete;
    Counted& operator=(Counted&&) = delete;
    std::size_t& all;
  };
  const Counted counted(connections);
  beast::tcp_stream stream(std::move(socket));
  beast::flat_buffer buffer(largest_header + largest_body);
  bool goes_on = true;
  while (goes_on) goes_on = co_await talk_once(stream, buffer);
  Failure failed;
  if (stream.socket().is_open() && stream.socket().shutdown(tcp::socket::shutdown_send, failed)) stream.close();
}

awaitable<bool> Server::Impl::talk_once(beast::tcp_stream& stream, beast::flat_buffer& buffer) {
  http::request_parser<http::string_body> parser;
  parser.header_limit(largest_header);
  parser.body_limit(largest_body);
  const auto in_time =
      std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::duration<double>(options.seconds_to_come));
  stream.expires_after(in_time);  // for all of it, so that what trickles in does not stay
  Failure failed;
  co_await http::async_read(stream, buffer, parser, asio::redirect_error(use_awaitable, failed));
  Answer answer;
  bool keeps_open = false;
  if (failed) {
    std::optional<Answer> why = answer_to(failed);
    if (!why) co_return false;
    answer = std::move(*why);
  } else {
    Request request = request_of(parser.get());
    if (websocket::is_upgrade(parser.get()) && request.path == "/api/live") {
      std::optional<Answer> refused = studio->refuses_live(request);
      if (!refused) {
        stream.expires_never();
        co_await tell_live(std::move(stream), parser.release());
        co_return false;
      }
      answer = std::move(*refused);
    } else {
      keeps_open = parser.get().keep_alive();
      stream.expires_never();
      answer = co_await at_a_desk(std::move(request));
    }
  }
  const bool head = parser.get().method() == http::verb::head;
  http::response<http::string_body> response = response_of(std::move(answer), parser.get().version(), keeps_open);
  http::response_serializer<http::string_body> serializer(response);
  if (head) serializer.split(true);
  stream.expires_after(in_time);
  if (head)
    co_await http::async_write_header(stream, serializer, asio::redirect_error(use_awaitable, failed));
  else
    co_await http::async_write(stream, serializer, asio::redirect_error(use_awaitable, failed));
  co_return keeps_open && !failed;
}

/// Reads, so that closing and pings are seen; what a page says is let go.
awaitable<void> Server::Impl::listen_to(std::shared_ptr<Listener> listener) {
  Failure failed;
  while (!failed) {
    beast::flat_buffer said;
    co_await listener->live.async_read(said, asio::redirect_error(use_awaitable, failed));
  }
  listener->close();
}

awaitable<void> Server::Impl::tell_live(beast::tcp_stream stream, http::request<http::string_body> opening) {
  auto listener = std::make_shared<Listener>(std::move(stream));
  listener->live.set_option(websocket::stream_base::timeout::suggested(beast::role_type::server));
  listener->live.read_message_max(longest_message);
  Failure failed;
  co_await listener->live.async_accept(opening, asio::redirect_error(use_awaitable, failed));
  if (failed) co_return;
  listener->tell("", std::make_shared<const std::string>(text_of(studio->jobs().all())));
  const auto here = listeners.insert(listeners.end(), listener);
  asio::co_spawn(io, listen_to(listener), asio::detached);
  while (listener->open && !failed) {
    if (listener->waiting.empty()) {
      listener->wakes.expires_at(asio::steady_timer::time_point::max());
      Failure woken;
      co_await listener->wakes.async_wait(asio::redirect_error(use_awaitable, woken));
      continue;
    }
    const Message message = listener->waiting.begin()->second;
    listener->waiting.erase(listener->waiting.begin());
    listener->live.text(true);
    co_await listener->live.async_write(asio::buffer(*message), asio::redirect_error(use_awaitable, failed));
  }
  listeners.erase(here);
  listener->live.next_layer().close();
}

Server::Server(const ServerOptions& options) : impl_(std::make_unique<Impl>(options)) {}

Server::~Server() {
  impl_->io.stop();
  impl_->at_desks.join();
}

std::string Server::address() const {
  return fmt::format("http://{}/?token={}", authority(impl_->own, impl_->port), impl_->token);
}

unsigned Server::port() const { return impl_->port; }

const std::string& Server::token() const { return impl_->token; }

void Server::serve(bool signals) {
  asio::signal_set ends(impl_->io);
  if (signals) {
    ends.add(SIGINT);
    ends.add(SIGTERM);
    ends.add(SIGHUP);
    ends.async_wait([this](const Failure& failed, int) {
      if (!failed) impl_->io.stop();
    });
  }
  asio::co_spawn(impl_->io, impl_->accept(), asio::detached);
  impl_->io.run();
}

void Server::stop() { impl_->io.stop(); }

}  // namespace mailflow::studio
