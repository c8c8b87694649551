// The protocol without a socket: what is asked, what is answered.
#include <catch2/catch.hpp>
#include <cmath>
#include <condition_variable>
#include <mutex>
#include <set>

#include "centre/simulate.hpp"
#include "core/words.hpp"
#include "metrics/measure.hpp"
#include "scenario/load.hpp"
#include "studio/open_folder.hpp"
#include "studio/studio.hpp"

namespace mailflow::studio {
namespace {

constexpr const char* host = "127.0.0.1:8017";

/// A studio over the folder, and a browser that has been let in.
class Desk {
 public:
  Desk() : studio_(Gate("secret", {host}, 8017), "") {
    studio_.jobs().tell([this](std::int64_t id, const Json& job) {
      const std::scoped_lock lock(lock_);
      if (!job["figures"].is_null()) steps_.push_back(job["figures"]["replications"]);
      states_[id] = job["state"];
      changed_.notify_all();
    });
  }

  Answer ask(const std::string& method, const std::string& target, const Json& body = nullptr,
             const std::string& language = "en") {
    Request request;
    request.method = method;
    read_target(target, request);
    request.host = host;
    request.cookie = "mailflow_8017=secret";
    request.language = language;
    if (method != "GET") {
      request.origin = std::string("http://") + host;
      request.content_type = "application/json";
      request.body = body.dump();
    }
    return studio_.handle(request);
  }
  Json get(const std::string& target, const std::string& language = "en") {
    return Json::parse(ask("GET", target, nullptr, language).body);
  }
  Json post(const std::string& target, const Json& body) { return Json::parse(ask("POST", target, body).body); }

  /// Waits until a job has come to one of these states.
  std::string wait(std::int64_t id, const std::vector<std::string>& states) {
    std::unique_lock lock(lock_);
    changed_.wait(lock, [&] { return std::find(states.begin(), states.end(), states_[id]) != states.end(); });
    return states_[id];
  }
  std::vector<std::int64_t> steps() {
    const std::scoped_lock lock(lock_);
    return steps_;
  }

 private:
  std::mutex lock_;
  std::condition_variable changed_;
  std::map<std::int64_t, std::string> states_;
  std::vector<std::int64_t> steps_;
  Studio studio_;
};

const std::vector<std::string> ended = {"done", "failed", "cancelled"};

Json scenario_of(const std::string& path, const Json& set = Json::array()) { return {{"path", path}, {"set", set}}; }

const Json& measure_named(const Json& figures, const std::string& name) {
  for (const Json& m : figures["measures"])
    if (m["name"] == name) return m;
  throw std::runtime_error("no measure " + name);
}

TEST_CASE("home shows what lies in the folder, and what each file is") {
  const OpenFolder folder;
  folder.put("broken.yaml", "a: [\n");
  Desk desk;
  const Json home = desk.get("/api/home");
  CHECK(home["folder"] == "open");
  std::map<std::string, std::string> kinds;
  for (const Json& s : home["scenarios"]) kinds[s["path"]] = s["kind"];
  CHECK(kinds == std::map<std::string, std::string>{{"1-one-table.yaml", "scenario"},
                                                    {"2-people.yaml", "what-if"},
                                                    {"3-a-machine.yaml", "what-if"},
                                                    {"4-departures.yaml", "what-if"},
                                                    {"5-what-if.yaml", "what-if"},
                                                    {"broken.yaml", "other"}});
  const Json& last = home["scenarios"][4];
  CHECK(last["base"] == "4-departures.yaml");
  CHECK(last["label"]["en"] == "What if: 40 kg and one agent more");
  CHECK(last["answer"].is_null());
}

TEST_CASE("a text is written over the version that was read, and over no other") {
  const OpenFolder folder;
  Desk desk;
  const Json read = desk.get("/api/file?path=1-one-table.yaml");
  const std::string text = read["text"];
  CHECK(text == folder.text("1-one-table.yaml"));
  const Json first = {{"path", "1-one-table.yaml"}, {"text", text + "# one\n"}, {"version", read["version"]}};
  CHECK(desk.ask("PUT", "/api/file", first).status == 200);
  CHECK(folder.text("1-one-table.yaml") == text + "# one\n");
  const Answer late = desk.ask("PUT", "/api/file", first);
  CHECK(late.status == 409);
  CHECK(Json::parse(late.body)["text"] == text + "# one\n");
  CHECK(Json::parse(late.body)["error"] == "1-one-table.yaml has been changed meanwhile");
  const Json over = {{"path", "2-people.yaml"}, {"text", ""}, {"version", ""}};
  CHECK(desk.ask("PUT", "/api/file", over).status == 409);
  const Json fresh = {{"path", "mine.yaml"}, {"text", "a: 1\n"}, {"version", ""}};
  CHECK(desk.ask("PUT", "/api/file", fresh).status == 200);
  CHECK(folder.text("mine.yaml") == "a: 1\n");
}

TEST_CASE("what is typed is checked with its places and ways out, in the reader's language") {
  const OpenFolder folder;
  Desk desk;
  std::string text = folder.text("1-one-table.yaml");
  text.replace(text.find("1500 items/h"), 12, "0 items/h");
  const Json asked = {{"path", "1-one-table.yaml"}, {"text", text}};
  const Json view = desk.post("/api/model", asked);
  REQUIRE(view["problems"].size() == 1);
  const Json& problem = view["problems"][0];
  CHECK(problem["severity"] == "error");
  CHECK(problem["line"] == 10);
  CHECK(problem["path"] == "1-one-table.yaml");
  CHECK(problem["message"].get<std::string>().find("0 items/h") != std::string::npos);
  CHECK(view["drawing"].is_null());
  const Json french = Json::parse(desk.ask("POST", "/api/model", asked, "fr-FR,fr;q=0.9").body);
  CHECK(french["problems"][0]["message"] != problem["message"]);
  CHECK(desk.post("/api/model", asked)["problems"] == view["problems"]);
}

TEST_CASE("an edit changes the text where it is asked for, and nothing is written") {
  const OpenFolder folder;
  Desk desk;
  const std::string text = folder.text("1-one-table.yaml");
  const auto edit = [&](const Json& edits) {
    return desk.ask("POST", "/api/edit", {{"path", "1-one-table.yaml"}, {"text", text}, {"edits", edits}});
  };
  std::string wanted = text;
  wanted.replace(wanted.find("positions: 2"), 12, "positions: 3");
  const Answer done = edit({{{"do", "set"}, {"path", "stations.sorting.positions"}, {"value", "3"}}});
  CHECK(Json::parse(done.body)["text"] == wanted);
  CHECK(folder.text("1-one-table.yaml") == text);
  const Answer lost = edit({{{"do", "set"}, {"path", "stations.sorter.positions"}, {"value", "3"}}});
  CHECK(lost.status == 422);
  CHECK_FALSE(Json::parse(lost.body)["problems"].empty());
  CHECK(edit({{{"do", "burn"}, {"path", "stations"}}}).status == 400);
  CHECK(edit({{{"do", "set"}}}).status == 400);
  CHECK(edit("all").status == 400);
}

TEST_CASE("a scenario is drawn in the order of its flow") {
  const OpenFolder folder;
  Desk desk;
  const Json view = desk.post("/api/model", {{"path", "4-departures.yaml"}});
  const Json& drawing = view["drawing"];
  REQUIRE(drawing.is_object());
  std::map<std::string, int> ranks;
  for (const Json& s : drawing["stations"]) ranks[s["name"]] = s["rank"];
  const Json machine = desk.post("/api/model", {{"path", "3-a-machine.yaml"}});
  CHECK(ranks["bay"] > ranks["sorting"]);
  CHECK(ranks["bay"] > ranks["sorter"]);
  CHECK(machine["drawing"]["departures"].empty());
  std::set<std::string> into_bay;
  for (const Json& r : drawing["routes"])
    if (r["to"] == "bay") into_bay.insert(r["from"]);
  CHECK(into_bay == std::set<std::string>{"sorter", "sorting"});
  CHECK(drawing["departures"][0]["name"] == "van");
  CHECK(drawing["departures"][0]["destinations"] == Json{"town"});
  CHECK(drawing["departures"][0]["times"] == 2);
  std::map<std::string, Json> values;
  for (const Json& v : view["values"]) values[v["path"]] = v;
  const Json& capacity = values.at("transport.departures.flight.capacity");
  CHECK(capacity["value"] == "20 kg");
  CHECK(capacity["file"] == "4-departures.yaml");
  CHECK(capacity["line"] == 13);
  CHECK(capacity["key"] == "transport.departures.capacity");
  // A key of several values: each by itself.
  const Json& share = values.at("arrivals.lorry.to.island");
  CHECK(share["value"] == "20 %");
  CHECK(share["key"] == "arrivals.at.to");
}

TEST_CASE("a value tells whose it is") {
  const OpenFolder folder;
  folder.put("named.yaml",
             "base: 4-departures.yaml\nchange: {add: {stations.sorter.label: {fr: Trieuse, en: Sorter}}}\n");
  Desk desk;
  std::map<std::string, Json> values;
  const Json view = desk.post("/api/model", {{"path", "named.yaml"}});
  for (const Json& v : view["values"]) values[v["path"]] = v;
  CHECK(values.at("stations.sorter.rate")["of"] == Json{{"fr", "Trieuse"}, {"en", "Sorter"}});
  CHECK(values.at("stations.sorting.kind")["of"].is_null());
}

TEST_CASE("the language comes as data") {
  const OpenFolder folder;
  Desk desk;
  const Json catalogue = desk.get("/api/catalogue");
  const Json french = desk.get("/api/catalogue", "fr");
  bool found = false;
  for (std::size_t s = 0; s < catalogue["sections"].size(); ++s)
    if (catalogue["sections"][s]["path"] == "stations.manual") {
      found = true;
      CHECK(french["sections"][s]["meaning"] != catalogue["sections"][s]["meaning"]);
      CHECK(french["sections"][s]["keys"][0]["name"] == catalogue["sections"][s]["keys"][0]["name"]);
    }
  CHECK(found);
}

TEST_CASE("a job's figures are the means of its runs, told from one run on, and home shows its answer") {
  const OpenFolder folder;
  Desk desk;
  const Json asked = desk.post("/api/jobs", {{"scenarios", {scenario_of("4-departures.yaml")}}, {"replications", 5}});
  CHECK(asked["id"] == 1);
  REQUIRE(desk.wait(1, ended) == "done");
  const Json job = desk.get("/api/jobs/1");
  CHECK(job["figures"]["replications"] == 5);
  const std::vector<std::int64_t> steps = desk.steps();
  for (const std::int64_t n : {1, 2, 3, 4, 5}) CHECK(std::find(steps.begin(), steps.end(), n) != steps.end());

  Problems problems;
  const auto model = load_model("4-departures.yaml", {}, problems);
  REQUIRE(model);
  double sum = 0;
  for (const std::uint64_t r : {1, 2, 3, 4, 5}) {
    RunOptions options;
    options.seed = model->seed;
    options.replication = r;
    sum += simulate(*model, options).targets[0].value;
  }
  const Json& promise = measure_named(job["figures"], "targets.promise.value");
  CHECK(promise["scenarios"][0]["estimate"].get<double>() == Approx(sum / 5).epsilon(1e-12));
  CHECK(promise["scenarios"][0]["met"] == (sum / 5 >= 0.95));
  CHECK(promise["target"]["wanted"]["en"] == "at least 95.0 %");

  const Json home = desk.get("/api/home");
  for (const Json& s : home["scenarios"])
    if (s["path"] == "4-departures.yaml") {
      CHECK(s["job"] == 1);
      CHECK(s["answer"]["figures"][0]["name"] == "targets.promise.value");
      CHECK_FALSE(s["answer"]["sentence"]["fr"] == s["answer"]["sentence"]["en"]);
    } else {
      CHECK(s["job"].is_null());
    }
  CHECK(desk.get("/api/jobs/1/report")["kind"] == "replications");
  CHECK(desk.get("/api/jobs/1/experiment")["replications"] == 5);
}

TEST_CASE("a what-if is compared with its base pair by pair, and kept as a file that does the same") {
  const OpenFolder folder;
  Desk desk;
  const Json set = Json::array({Json::array({"staff.teams.sorters.agents", "3"}),
                                Json::array({"transport.departures.flight.capacity", "40 kg"})});
  desk.post("/api/jobs", {{"scenarios", {scenario_of("4-departures.yaml"), scenario_of("4-departures.yaml", set)}},
                          {"replications", 4}});
  REQUIRE(desk.wait(1, ended) == "done");
  const Json kept =
      desk.post("/api/variants", {{"path", "4-departures.yaml"}, {"set", set}, {"to", "mine.yaml"}, {"label", "Mine"}});
  CHECK(kept["path"] == "mine.yaml");
  desk.post("/api/jobs",
            {{"scenarios", {scenario_of("4-departures.yaml"), scenario_of("mine.yaml")}}, {"replications", 4}});
  REQUIRE(desk.wait(2, ended) == "done");
  const Json first = desk.get("/api/jobs/1");
  const Json second = desk.get("/api/jobs/2");
  const Json& a = measure_named(first["figures"], "targets.promise.value");
  const Json& b = measure_named(second["figures"], "targets.promise.value");
  CHECK(a["differences"][0].is_null());
  CHECK(a["differences"][1]["estimate"] == b["differences"][1]["estimate"]);
  CHECK(a["differences"][1]["estimate"].get<double>() ==
        Approx(a["scenarios"][1]["estimate"].get<double>() - a["scenarios"][0]["estimate"].get<double>()));
  CHECK(second["found"] == 8);  // of 8: both models were run before
  CHECK(second["scenarios"][1]["label"]["en"] == "Mine");
  CHECK(desk.get("/api/jobs/1/report")["scenarios"][1]["changes"].size() == 2);
}

TEST_CASE("a run is looked at closely: every lot's journey, and who is where when") {
  const OpenFolder folder;
  Desk desk;
  desk.post("/api/jobs", {{"scenarios", {scenario_of("1-one-table.yaml")}}, {"replications", 1}});
  REQUIRE(desk.wait(1, ended) == "done");
  const Json names = desk.get("/api/jobs/1/replay");
  CHECK(names["from"] == "2025-03-03T00:00:00+11:00");
  CHECK(names["ends"] == 86400);
  CHECK(names["stations"] == Json{"sorting"});
  // 60 lots of 100 letters come at 08:00; two agents take 4 minutes for each (1,500 items/h)
  const double eight = 8 * 3600;
  CHECK(desk.get("/api/jobs/1/lots?station=sorting&at=28920")["lots"].size() == 60);
  CHECK(desk.get("/api/jobs/1/lots?station=sorting&at=29040.5")["lots"].size() == 58);
  const Json steps = desk.get("/api/jobs/1/lot?lot=3")["steps"];
  std::map<std::string, Json> by_activity;
  for (const Json& row : steps) by_activity[names["activities"][row[1].get<std::size_t>()]] = row;
  CHECK(by_activity.at("wait")[2] == eight);
  CHECK(by_activity.at("wait")[3] == eight + 240);
  CHECK(by_activity.at("process")[3] == eight + 480);
  CHECK(by_activity.at("process")[5] == 100);
  const Json window = desk.get("/api/jobs/1/replay?from=28800&to=29040");
  CHECK(window["whole"] == true);
  std::size_t handled = 0;
  for (const Json& row : window["lots"])
    if (names["activities"][row[1].get<std::size_t>()] == "process") ++handled;
  CHECK(handled == 2);
  CHECK(desk.get("/api/jobs/1/replay?from=0&to=28800")["lots"].empty());
  CHECK(desk.get("/api/jobs/1/late")["lots"].empty());
  CHECK(desk.ask("GET", "/api/jobs/1/lot?lot=999").status == 404);
  CHECK(desk.ask("GET", "/api/jobs/1/lots?station=sorting&at=nan").status == 400);
  CHECK(desk.ask("GET", "/api/jobs/1/replay?scenario=1").status == 404);
}

TEST_CASE("late lots are those of the figure that is asked about") {
  const OpenFolder folder;
  Desk desk;
  desk.post("/api/jobs", {{"scenarios", {scenario_of("4-departures.yaml")}}, {"replications", 1}});
  REQUIRE(desk.wait(1, ended) == "done");
  const Json all = desk.get("/api/jobs/1/late");
  const Json promise = desk.get("/api/jobs/1/report")["scenarios"][0]["results"]["products"]["letter"]["on_time"];
  CHECK(all["items"] == promise["late"]);
  std::int64_t items = 0;
  for (const char* destination : {"town", "island"})
    items += desk.get(std::string("/api/jobs/1/late?destination=") + destination)["items"].get<std::int64_t>();
  CHECK(items == all["items"]);
  CHECK(desk.get("/api/jobs/1/late?day=1999-01-01")["items"] == 0);
}

TEST_CASE("a scenario run again says what has changed in its text since") {
  const OpenFolder folder;
  Desk desk;
  const Json asked = {{"scenarios", {scenario_of("1-one-table.yaml")}}, {"replications", 1}};
  desk.post("/api/jobs", asked);
  REQUIRE(desk.wait(1, ended) == "done");
  std::string text = folder.text("1-one-table.yaml");
  text.replace(text.find("positions: 2"), 12, "positions: 3");
  folder.put("1-one-table.yaml", text);
  desk.post("/api/jobs", asked);
  REQUIRE(desk.wait(2, ended) == "done");
  const Json answer = desk.get("/api/jobs/2")["answers"][0];
  CHECK(answer["before"] == 1);
  REQUIRE(answer["changes"]["en"].size() == 1);
  CHECK(answer["changes"]["en"][0].get<std::string>().find("3") != std::string::npos);
}

TEST_CASE("a decision is kept with its figures and its reason") {
  const OpenFolder folder;
  {
    Desk desk;
    desk.post("/api/jobs",
              {{"scenarios", {scenario_of("4-departures.yaml"), scenario_of("5-what-if.yaml")}}, {"replications", 2}});
    REQUIRE(desk.wait(1, ended) == "done");
    const Json made = desk.post("/api/decisions", {{"job", 1}, {"scenario", 1}, {"reason", "the island waits"}});
    CHECK(made["scenario"]["path"] == "5-what-if.yaml");
    CHECK(made["base"]["path"] == "4-departures.yaml");
    CHECK(desk.ask("POST", "/api/decisions", {{"job", 1}, {"scenario", 2}, {"reason", ""}}).status == 404);
    CHECK(desk.ask("POST", "/api/decisions", {{"job", -1}, {"scenario", 1}, {"reason", ""}}).status == 400);
  }
  Desk again;
  const Json kept = again.get("/api/decisions")["decisions"];
  REQUIRE(kept.size() == 1);
  CHECK(kept[0]["reason"] == "the island waits");
  CHECK(kept[0]["figures"] == again.get("/api/jobs/1")["answers"][1]["figures"]);
}

TEST_CASE("a scenario that cannot be run is told with its problems") {
  const OpenFolder folder;
  folder.put("wrong.yaml", "base: 1-one-table.yaml\nchange: {set: {stations.sorting.positions: many}}\n");
  Desk desk;
  desk.post("/api/jobs", {{"scenarios", {scenario_of("wrong.yaml")}}});
  CHECK(desk.wait(1, ended) == "failed");
  const Json job = desk.get("/api/jobs/1");
  CHECK(job["error"] == "wrong.yaml cannot be run");
  CHECK(job["problems"][0]["path"] == "wrong.yaml");
  CHECK(job["problems"][0]["line"] == 2);
}

TEST_CASE("a job is cancelled at once, and what it has run stays") {
  const OpenFolder folder;
  folder.put("long.yaml", "base: 2-people.yaml\nchange: {set: {run.for: 3000 days}}\n");
  Desk desk;
  desk.post("/api/jobs", {{"scenarios", {scenario_of("long.yaml")}}, {"replications", 1000}});
  desk.wait(1, {"running"});
  CHECK(desk.post("/api/jobs/1/cancel", Json::object())["state"] == "cancelled");
  CHECK(desk.get("/api/jobs/1")["ended"].is_string());
  CHECK(desk.ask("POST", "/api/jobs/2/cancel", Json::object()).status == 404);
}

TEST_CASE("jobs outlive the studio; one that was at work is told to have been interrupted") {
  const OpenFolder folder;
  folder.put("long.yaml", "base: 2-people.yaml\nchange: {set: {run.for: 3000 days}}\n");
  {
    Desk desk;
    desk.post("/api/jobs", {{"scenarios", {scenario_of("1-one-table.yaml")}}, {"replications", 2}});
    REQUIRE(desk.wait(1, ended) == "done");
    desk.post("/api/jobs", {{"scenarios", {scenario_of("long.yaml")}}, {"replications", 1000}});
    desk.wait(2, {"running"});
  }
  Desk again;
  const Json jobs = again.get("/api/jobs")["jobs"];
  REQUIRE(jobs.size() == 2);
  CHECK(jobs[0]["state"] == "interrupted");
  CHECK(jobs[1]["state"] == "done");
  CHECK_FALSE(jobs[1].contains("figures"));
  CHECK(again.get("/api/jobs/1")["figures"]["replications"] == 2);
  CHECK(again.get("/api/jobs/1/report")["kind"] == "replications");
}

TEST_CASE("jobs beyond those that may wait are refused in words") {
  const OpenFolder folder;
  folder.put("long.yaml", "base: 2-people.yaml\nchange: {set: {run.for: 3000 days}}\n");
  Desk desk;
  const Json asked = {{"scenarios", {scenario_of("long.yaml")}}, {"replications", 1000}};
  for (int i = 1; i <= 2; ++i) {
    desk.post("/api/jobs", asked);
    desk.wait(i, {"running"});
  }
  for (int i = 0; i < 8; ++i) CHECK(desk.ask("POST", "/api/jobs", asked).status == 202);
  const Answer refused = desk.ask("POST", "/api/jobs", asked);
  CHECK(refused.status == 429);
  CHECK(Json::parse(refused.body)["error"] == "8 jobs wait already; cancel one, or wait for one to end");
}

TEST_CASE("what is asked wrongly is told in words") {
  const OpenFolder folder;
  Desk desk;
  const auto told = [&](const Json& body) {
    const Answer answer = desk.ask("POST", "/api/jobs", body);
    CHECK(answer.status == 400);
    return Json::parse(answer.body)["error"].get<std::string>();
  };
  CHECK(told(Json::array()) == "what is sent is no JSON object");
  CHECK(told(Json::object()) == "\"scenarios\" is a list of 1 to 12 scenarios");
  CHECK(told({{"scenarios", {"a"}}}) == "a scenario of a job has a path and a set");
  CHECK(told({{"scenarios", {scenario_of("1-one-table.yaml", {1})}}}) ==
        "\"set\" is a list of at most 200 pairs of a path and a value");
  CHECK(told({{"scenarios", {scenario_of("1-one-table.yaml")}}, {"replications", 1'000'000}}) ==
        "\"replications\" is a whole number from 1 to 1000");
  CHECK(told({{"scenarios", {Json{{"path", 7}}}}}) == "\"path\" is missing, or is no text");
  CHECK(desk.ask("GET", "/api/nothing").status == 404);
  CHECK(desk.ask("GET", "/assets/nothing.js").status == 404);
  CHECK(Json::parse(desk.ask("GET", "/api/jobs/9", nullptr, "fr").body)["error"] == "il n’y a pas de calcul 9");
}

TEST_CASE("the page comes with all that keeps a browser safe") {
  const OpenFolder folder;
  Desk desk;
  const Answer page = desk.ask("GET", "/");
  CHECK(page.status == 200);
  CHECK(page.type == "text/html; charset=utf-8");
  CHECK(page.body.find("<script>") == std::string::npos);
  const std::map<std::string, std::string> headers(page.headers.begin(), page.headers.end());
  CHECK(headers.at("X-Content-Type-Options") == "nosniff");
  CHECK(headers.at("Content-Security-Policy").find("script-src 'self';") != std::string::npos);
  CHECK(headers.at("Cache-Control") == "no-store");
  CHECK_FALSE(headers.contains("Access-Control-Allow-Origin"));
}

}  // namespace
}  // namespace mailflow::studio
