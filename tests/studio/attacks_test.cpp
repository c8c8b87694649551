// What another page, program or file might try: each is refused, and the server lives on.
#include <fmt/format.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <list>
#include <nlohmann/json.hpp>
#include <thread>

#include "studio/browser.hpp"
#include "studio/open_folder.hpp"
#include "studio/server.hpp"

namespace mailflow::studio {
namespace {

class Running {
 public:
  explicit Running(const ServerOptions& options = {}) : server_(options), serves_([this] { server_.serve(false); }) {}
  ~Running() { server_.stop(); }
  Running(const Running&) = delete;
  Running& operator=(const Running&) = delete;
  Running(Running&&) = delete;
  Running& operator=(Running&&) = delete;

  unsigned port() const { return server_.port(); }
  std::string host() const { return fmt::format("127.0.0.1:{}", port()); }
  std::string cookie() const { return fmt::format("mailflow_{}={}", port(), server_.token()); }
  const std::string& token() const { return server_.token(); }

  std::string get(const std::string& target) const {
    return exchange(port(), "GET " + target + " HTTP/1.1\r\nHost: " + host() + "\r\nCookie: " + cookie() +
                                "\r\nConnection: close\r\n\r\n");
  }
  std::string send(const std::string& method, const std::string& target, const std::string& body) const {
    return exchange(port(), fmt::format("{} {} HTTP/1.1\r\nHost: {}\r\nOrigin: http://{}\r\nCookie: {}\r\nConnection: "
                                        "close\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{}",
                                        method, target, host(), host(), cookie(), body.size(), body));
  }
  std::string post(const std::string& target, const nlohmann::json& body) const {
    return send("POST", target, body.dump());
  }
  bool lives() const { return status_of(get("/api/jobs")) == 200; }

 private:
  Server server_;
  std::jthread serves_;
};

/// A request as bytes, where {host}, {cookie}, {token} and {port} stand for the server's; and what it is answered.
struct Attack {
  const char* what;
  const char* bytes;
  int status;
};

constexpr const char* job = R"({"scenarios": [{"path": "1-one-table.yaml"}], "replications": 1})";

const Attack at_the_gate[] = {
    {"no cookie", "GET /api/home HTTP/1.1\r\nHost: {host}\r\n", 403},
    {"the page itself without a cookie", "GET / HTTP/1.1\r\nHost: {host}\r\n", 403},
    {"a wrong cookie", "GET /api/home HTTP/1.1\r\nHost: {host}\r\nCookie: mailflow_{port}=0123456789abcdef\r\n", 403},
    {"an empty cookie", "GET /api/home HTTP/1.1\r\nHost: {host}\r\nCookie: mailflow_{port}=\r\n", 403},
    {"the token under another name", "GET /api/home HTTP/1.1\r\nHost: {host}\r\nCookie: other={token}\r\n", 403},
    {"the token and more", "GET /api/home HTTP/1.1\r\nHost: {host}\r\nCookie: mailflow_{port}={token}0\r\n", 403},
    {"the token in the wrong case", "GET /api/home HTTP/1.1\r\nHost: {host}\r\nCookie: MAILFLOW_{port}={token}\r\n",
     403},
    {"a wrong token", "GET /?token=0123 HTTP/1.1\r\nHost: {host}\r\n", 403},
    {"an empty token", "GET /?token= HTTP/1.1\r\nHost: {host}\r\n", 403},
    {"the token at another address", "GET /api/home?token={token} HTTP/1.1\r\nHost: {host}\r\n", 403},
    {"the token as a header", "GET /api/home HTTP/1.1\r\nHost: {host}\r\nAuthorization: Bearer {token}\r\n", 403},
    {"rebinding: another name for this machine", "GET /api/home HTTP/1.1\r\nHost: evil.example\r\nCookie: {cookie}\r\n",
     403},
    {"rebinding with the port", "GET /api/home HTTP/1.1\r\nHost: evil.example:{port}\r\nCookie: {cookie}\r\n", 403},
    {"rebinding with the token", "GET /?token={token} HTTP/1.1\r\nHost: evil.example:{port}\r\n", 403},
    {"a name that begins as this one", "GET /api/home HTTP/1.1\r\nHost: {host}.evil.example\r\nCookie: {cookie}\r\n",
     403},
    {"another port", "GET /api/home HTTP/1.1\r\nHost: 127.0.0.1:1\r\nCookie: {cookie}\r\n", 403},
    {"no host", "GET /api/home HTTP/1.1\r\nCookie: {cookie}\r\n", 403},
    {"a page of another site reads",
     "GET /api/home HTTP/1.1\r\nHost: {host}\r\nCookie: {cookie}\r\nSec-Fetch-Site: cross-site\r\n", 403},
    {"a page of another port reads",
     "GET /api/home HTTP/1.1\r\nHost: {host}\r\nCookie: {cookie}\r\nSec-Fetch-Site: same-site\r\n", 403},
    {"asks what it may (CORS)",
     "OPTIONS /api/jobs HTTP/1.1\r\nHost: {host}\r\nOrigin: http://evil.example\r\nAccess-Control-Request-Method: "
     "POST\r\n",
     403},
    {"a WebSocket from another site",
     "GET /api/live HTTP/1.1\r\nHost: {host}\r\nCookie: {cookie}\r\nOrigin: http://evil.example\r\nUpgrade: "
     "websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n",
     403},
    {"a WebSocket without an origin",
     "GET /api/live HTTP/1.1\r\nHost: {host}\r\nCookie: {cookie}\r\nUpgrade: websocket\r\nConnection: "
     "Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n",
     403},
    {"a WebSocket without a cookie",
     "GET /api/live HTTP/1.1\r\nHost: {host}\r\nOrigin: http://{host}\r\nUpgrade: websocket\r\nConnection: "
     "Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n",
     403},
    {"a WebSocket elsewhere",
     "GET /api/home HTTP/1.1\r\nHost: evil.example\r\nCookie: {cookie}\r\nUpgrade: websocket\r\nConnection: "
     "Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n",
     403},
};

/// Writing requests: with a body, whose length is told.
const Attack writing[] = {
    {"another site's page writes", "Host: {host}\r\nCookie: {cookie}\r\nOrigin: http://evil.example\r\n", 403},
    {"a page without an origin writes", "Host: {host}\r\nCookie: {cookie}\r\n", 403},
    {"a page of no origin writes", "Host: {host}\r\nCookie: {cookie}\r\nOrigin: null\r\n", 403},
    {"a page of another port writes", "Host: {host}\r\nCookie: {cookie}\r\nOrigin: http://127.0.0.1:1\r\n", 403},
    {"a page of another scheme writes", "Host: {host}\r\nCookie: {cookie}\r\nOrigin: https://{host}\r\n", 403},
    {"rebinding with an origin to match",
     "Host: evil.example:{port}\r\nCookie: {cookie}\r\nOrigin: http://evil.example:{port}\r\n", 403},
    {"its own page without a cookie", "Host: {host}\r\nOrigin: http://{host}\r\n", 403},
};

/// Bytes that are no HTTP, or another's.
const Attack malformed[] = {
    {"no words at all", "\r\n\r\n\r\n\r\nx", 400},
    {"what is no request", "HELLO\r\n", 400},
    {"bytes of TLS", "\x16\x03\x01\x02\x01\x01\x01\xfc\x03\x03\r\n", 400},
    {"another version", "GET /api/home HTTP/9.7\r\nHost: {host}\r\n", 400},
    {"a length below nothing", "POST /api/jobs HTTP/1.1\r\nHost: {host}\r\nContent-Length: -1\r\n", 400},
    {"two lengths", "POST /api/jobs HTTP/1.1\r\nHost: {host}\r\nContent-Length: 4\r\nContent-Length: 5\r\n", 400},
    {"a length and pieces",
     "POST /api/jobs HTTP/1.1\r\nHost: {host}\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n", 400},
    {"a header without a name", "GET /api/home HTTP/1.1\r\n: x\r\n", 400},
    {"a body of 5 MB", "POST /api/jobs HTTP/1.1\r\nHost: {host}\r\nContent-Length: 5000000\r\n", 413},
    {"a body of 10^18 bytes", "POST /api/jobs HTTP/1.1\r\nHost: {host}\r\nContent-Length: 1000000000000000000\r\n",
     413},
};

std::string filled(std::string text, const Running& server) {
  for (const auto& [name, value] : {std::pair<std::string, std::string>{"{host}", server.host()},
                                    {"{cookie}", server.cookie()},
                                    {"{token}", server.token()},
                                    {"{port}", std::to_string(server.port())}})
    for (std::size_t at = text.find(name); at != std::string::npos; at = text.find(name, at))
      text.replace(at, name.size(), value);
  return text;
}

TEST_CASE("the address printed lets a browser in, once and for all") {
  const OpenFolder folder;
  const Running server;
  const std::string in = exchange(server.port(), filled("GET /?token={token} HTTP/1.1\r\nHost: {host}\r\nConnection: "
                                                        "close\r\n\r\n",
                                                        server));
  CHECK(status_of(in) == 303);
  CHECK(in.find("Location: /\r\n") != std::string::npos);
  CHECK(in.find("Set-Cookie: " + server.cookie() + "; Path=/; HttpOnly; SameSite=Strict\r\n") != std::string::npos);
  CHECK(status_of(server.get("/")) == 200);
  CHECK(server.token().size() == 64);
  CHECK(server.lives());
}

TEST_CASE("who does not have the cookie, or comes by another name or page, is not let in") {
  const OpenFolder folder;
  const Running server;
  for (const Attack& attack : at_the_gate) {
    CAPTURE(attack.what);
    std::string bytes = filled(attack.bytes, server);
    if (bytes.find("Connection:") == std::string::npos) bytes += "Connection: close\r\n";
    const Browser browser(server.port());
    browser.send(bytes + "\r\n");
    const std::string answer = browser.until("\r\n\r\n");
    CHECK(status_of(answer) == attack.status);
    CHECK(answer.find("Access-Control") == std::string::npos);
    CHECK(answer.find("Set-Cookie") == std::string::npos);
  }
  CHECK(server.lives());
}

TEST_CASE("what another page would have done is not done") {
  const OpenFolder folder;
  const Running server;
  for (const Attack& attack : writing) {
    CAPTURE(attack.what);
    const std::string answer = exchange(
        server.port(), "POST /api/jobs HTTP/1.1\r\n" + filled(attack.bytes, server) +
                           fmt::format("Connection: close\r\nContent-Type: application/json\r\nContent-Length: "
                                       "{}\r\n\r\n{}",
                                       std::string(job).size(), job));
    CHECK(status_of(answer) == attack.status);
  }
  // a form can send no JSON
  for (const char* type : {"text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""}) {
    CAPTURE(type);
    const std::string answer = exchange(
        server.port(),
        filled("POST /api/jobs HTTP/1.1\r\nHost: {host}\r\nCookie: {cookie}\r\nOrigin: http://{host}\r\n", server) +
            fmt::format("Connection: close\r\nContent-Type: {}\r\nContent-Length: {}\r\n\r\n{}", type,
                        std::string(job).size(), job));
    CHECK(status_of(answer) == 415);
  }
  CHECK(server.get("/api/jobs").find("{\"jobs\":[]}") != std::string::npos);
}

TEST_CASE("what is no HTTP, or too large, is refused") {
  const OpenFolder folder;
  const Running server;
  for (const Attack& attack : malformed) {
    CAPTURE(attack.what);
    CHECK(status_of(exchange(server.port(), filled(attack.bytes, server) + "\r\n")) == attack.status);
  }
  const std::string long_header =
      filled("GET /api/home HTTP/1.1\r\nHost: {host}\r\nX-Long: ", server) + std::string(40'000, 'x') + "\r\n\r\n";
  const int status = status_of(exchange(server.port(), long_header));
  CHECK((status == 431 || status == 0));  // or closed on what was still coming
  CHECK(server.lives());
}

TEST_CASE("JSON that is none, or deep, or of another shape is refused") {
  const OpenFolder folder;
  const Running server;
  const std::string deep = std::string(500'000, '[') + std::string(500'000, ']');
  for (const std::string& body : {std::string("{"), std::string("null"), deep, "{\"scenarios\": " + deep + "}",
                                  std::string("{\"scenarios\": [{\"path\": \"\\ud800\"}]}"), std::string("\xff\xfe")}) {
    CAPTURE(body.substr(0, 30));
    CHECK(status_of(server.send("POST", "/api/jobs", body)) == 400);
  }
  CHECK(server.lives());
}

TEST_CASE("nothing outside of the folder is read or written, by whatever name or link") {
  namespace fs = std::filesystem;
  const OpenFolder folder;
  fs::create_directory("../elsewhere");
  folder.put("../elsewhere/other.yaml", "label: a secret\n");
  fs::create_symlink("../secret.yaml", "link.yaml");
  fs::create_directory_symlink("../elsewhere", "folder-link");
  fs::create_symlink("../not-there.yaml", "leads-to-nothing.yaml");
  fs::create_symlink(".mailflow/archive.db", "archive.yaml");
  fs::create_hard_link("../secret.yaml", "same.yaml");  // a file of the folder like any other
  folder.put(".hidden.yaml", "a: 1\n");
  const Running server;
  for (const char* path :
       {"../secret.yaml", "%2e%2e%2fsecret.yaml", "..%5csecret.yaml", "/etc/passwd", "%2fetc%2fhosts.txt", "link.yaml",
        "folder-link/other.yaml", "leads-to-nothing.yaml", "archive.yaml", ".hidden.yaml", ".mailflow/jobs/1.json",
        ".mailflow/archive.db", "./1-one-table.yaml", "1-one-table.yaml%00.txt", "README.md", "", "folder-link",
        "1-one-table.yaml/../../secret.yaml"}) {
    CAPTURE(path);
    const std::string answer = server.get(std::string("/api/file?path=") + path);
    CHECK(status_of(answer) == 404);
    CHECK(answer.find("a secret") == std::string::npos);
  }
  CHECK(status_of(server.get("/assets/../../secret.yaml")) == 404);
  CHECK(status_of(server.get("/assets/%2e%2e/%2e%2e/secret.yaml")) == 404);
  const auto put = [&](const char* path, const char* version) {
    return status_of(
        server.send("PUT", "/api/file", nlohmann::json{{"path", path}, {"text", "new"}, {"version", version}}.dump()));
  };
  for (const char* path : {"../new.yaml", "/tmp/new.yaml", ".git/new.yaml", "new.sh", "a/../../new.yaml", "new",
                           "no-such-folder/new.yaml", ".bashrc.txt"}) {
    CAPTURE(path);
    CHECK(put(path, "") == 400);
  }
  for (const char* path : {"link.yaml", "folder-link/new.yaml", "leads-to-nothing.yaml", "folder-link/other.yaml"}) {
    CAPTURE(path);
    CHECK(put(path, "") == 404);
    CHECK(put(path, version_of("label: a secret\n").c_str()) == 404);
  }
  CHECK(folder.text("../secret.yaml") == "label: a secret\n");
  CHECK(folder.text("../elsewhere/other.yaml") == "label: a secret\n");
  CHECK_FALSE(fs::exists("../not-there.yaml"));
  CHECK_FALSE(fs::exists("../new.yaml"));
  CHECK(server.lives());
}

TEST_CASE("a text that names files outside of the folder is shown none of them") {
  const OpenFolder folder;
  const Running server;
  folder.put("../rows.csv", "name,hours\na secret,x\n");
  for (const char* text : {"base: ../secret.yaml\n", "base: /etc/hosts.yaml\n", "base: ../rows.csv\n",
                           "base: 1-one-table.yaml\nchange: {add: {staff: {shifts: ../rows.csv}}}\n"}) {
    CAPTURE(text);
    const std::string answer = server.post("/api/model", {{"path", "mine.yaml"}, {"text", text}});
    CHECK(status_of(answer) == 200);
    CHECK(answer.find("a secret") == std::string::npos);
    CHECK(answer.find("lies outside of the folder that is open") != std::string::npos);
  }
}

TEST_CASE("words that are a script stay words") {
  const OpenFolder folder;
  const Running server;
  folder.put("script.yaml", "base: 1-one-table.yaml\nlabel: \"</script><script>alert(1)</script>\"\n");
  const std::string home = server.get("/api/home");
  CHECK(home.find("Content-Type: application/json\r\n") != std::string::npos);
  CHECK(home.find("X-Content-Type-Options: nosniff\r\n") != std::string::npos);
  const std::string error = server.get("/%3Cscript%3Ealert(1)%3C/script%3E");
  CHECK(status_of(error) == 404);
  CHECK(error.find("Content-Type: application/json\r\n") != std::string::npos);
  const std::string split = server.get("/x%0d%0aSet-Cookie:%20a=b");
  CHECK(split.find("\r\nSet-Cookie") == std::string::npos);
}

TEST_CASE("a request that trickles in is dropped in time") {
  const OpenFolder folder;
  ServerOptions options;
  options.seconds_to_come = 0.2;
  const Running server(options);
  const Browser slow_header(server.port());
  slow_header.send("GET /api/home HTTP/1.1\r\nHost: ");
  const Browser slow_body(server.port());
  slow_body.send(filled("POST /api/jobs HTTP/1.1\r\nHost: {host}\r\nContent-Length: 1000\r\n\r\n{", server));
  const Browser silent(server.port());
  CHECK(slow_header.rest().empty());
  CHECK(slow_body.rest().empty());
  CHECK(silent.rest().empty());
  CHECK(server.lives());
}

TEST_CASE("sockets beyond those that are served are turned away, and others served when they are gone") {
  const OpenFolder folder;
  ServerOptions options;
  options.connections = 8;
  const Running server(options);
  {
    std::list<Browser> many;
    for (int i = 0; i < 400; ++i) many.emplace_back(server.port());
    std::size_t turned_away = 0;
    for (auto browser = std::next(many.begin(), 8); browser != many.end(); ++browser)
      if (status_of(browser->rest()) == 503) ++turned_away;
    CHECK(turned_away == 392);
  }
  for (int i = 0; i < 10'000; ++i) {
    const Browser brief(server.port());
  }
  bool lives = false;
  for (int i = 0; i < 1000 && !lives; ++i) lives = server.lives();
  CHECK(lives);
}

std::string opening(const Running& server) {
  return filled(
      "GET /api/live HTTP/1.1\r\nHost: {host}\r\nCookie: {cookie}\r\nOrigin: http://{host}\r\nUpgrade: "
      "websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: "
      "AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n",
      server);
}

TEST_CASE("a page of the studio's own is told of the jobs as they come on") {
  const OpenFolder folder;
  const Running server;
  const Browser page(server.port());
  page.send(opening(server));
  CHECK(page.until("{\"jobs\":[]}").find("{\"jobs\":[]}") != std::string::npos);
  CHECK(status_of(server.send("POST", "/api/jobs", job)) == 202);
  CHECK(page.until("\"state\":\"done\"").find("\"state\":\"done\"") != std::string::npos);
}

TEST_CASE("a WebSocket that does not keep to its form is closed") {
  const OpenFolder folder;
  const Running server;
  const std::string unmasked = std::string("\x81\x02", 2) + "hi";
  const std::string unknown = frame("", 7);
  const std::string large = frame(std::string(60'000, 'x'));
  const std::string endless = std::string("\x81\xff\x7f\xff\xff\xff\xff\xff\xff\xff", 10) + "xxxx";
  const std::string no_text = frame("\xff\xfe");
  const std::string long_ping = frame(std::string(200, 'x'), 9);
  const std::string out_of_turn = frame("x", 0);
  for (const std::string& bytes : {unmasked, unknown, large, endless, no_text, long_ping, out_of_turn}) {
    CAPTURE(bytes.substr(0, 4));
    const Browser page(server.port());
    page.send(opening(server));
    page.until("{\"jobs\":[]}");
    page.send(bytes);
    page.rest();  // ends: the server has closed
    CHECK(server.lives());
  }
}

TEST_CASE("a page that goes away in the middle harms nobody") {
  const OpenFolder folder;
  const Running server;
  for (int i = 0; i < 50; ++i) {
    const Browser page(server.port());
    page.send(opening(server));
    if (i % 2 == 0) page.until("{\"jobs\":[]}");
  }
  CHECK(status_of(server.send("POST", "/api/jobs", job)) == 202);
  CHECK(server.lives());
}

TEST_CASE("a folder is open in one studio at a time") {
  const OpenFolder folder;
  {
    const Running server;
    CHECK_THROWS_WITH(Server(ServerOptions{}), "another studio has this folder open; use that one, or end it");
    CHECK(server.lives());
  }
  const Running next;
  CHECK(next.lives());
}

TEST_CASE("an address of all networks, or of another machine, is not served") {
  const OpenFolder folder;
  for (const char* host : {"0.0.0.0", "::", "evil.example", ""}) {
    CAPTURE(host);
    ServerOptions options;
    options.host = host;
    CHECK_THROWS_AS(Server(options), UnusableAddress);
  }
  ServerOptions elsewhere;
  elsewhere.host = "192.0.2.1";
  CHECK_THROWS_AS(Server(elsewhere), UnusableAddress);
}

}  // namespace
}  // namespace mailflow::studio
