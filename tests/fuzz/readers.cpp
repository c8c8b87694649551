#include "fuzz/readers.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <ctime>
#include <fstream>
#include <new>
#include <optional>
#include <sstream>

#include "centre/simulate.hpp"
#include "cli/commands.hpp"
#include "cli/experiment_options.hpp"
#include "core/clean_text.hpp"
#include "fuzz/folder.hpp"
#include "fuzz/logs.hpp"
#include "network/network_run.hpp"
#include "report/event_log.hpp"
#include "report/ocel_log.hpp"
#include "report/result_tables.hpp"
#include "report/results_json.hpp"
#include "report/xes_log.hpp"
#include "scenario/difference/difference.hpp"
#include "scenario/difference/difference_text.hpp"
#include "scenario/files/csv.hpp"
#include "scenario/load.hpp"
#include "scenario/network/load_network.hpp"
#include "scenario/situation/write_situation.hpp"
#include "scenario/what_if.hpp"
#include "scenario/yaml/plain_text.hpp"

namespace mailflow::fuzz {

namespace {

/// A run has lasted long enough to have been tried.
struct Enough {};

void hold(bool holds, const std::string& law) {
  if (!holds) throw Broken(law);
}

constexpr std::string_view own_fault = "fault of the program";

/// Every problem has a place, or names the file; its text can be shown; none is a fault of the program's.
void hold_told(const Problems& problems, const std::vector<std::string>& files) {
  for (const Problem& p : problems.sorted()) {
    bool placed = p.place.file != nullptr && !p.place.file->path.empty();
    for (const std::string& file : files) placed = placed || p.message.find(file) != std::string::npos;
    hold(placed, "a problem without a place: " + p.message);
    hold(p.help.find(own_fault) == std::string::npos || is_given(own_fault), "a fault of the program: " + p.message);
    hold(!p.message.empty(), "a problem without words");
  }
  const std::string text = problems.text();
  hold(is_utf8(text) && for_terminal(text) == text, "a message that a terminal would obey");
}

/// What a command refuses it says, with the name of a file.
void hold_told(const Said& said, const std::vector<std::string>& files) {
  hold(said.status >= 0 && said.status <= 4, fmt::format("status {}", said.status));
  if (said.status == 0) return;
  bool named = false;
  for (const std::string& file : files) named = named || said.err.find(file) != std::string::npos;
  hold(named, fmt::format("status {} without the name of a file: {}", said.status, said.err));
  hold(said.err.find(own_fault) == std::string::npos || is_given(own_fault), said.err);
  hold(is_utf8(said.err) && for_terminal(said.err) == said.err, "a message that a terminal would obey");
}

/// Ends a run after so many rows.
class Counted : public EventSink {
 public:
  void on(const LotEvent& /*event*/) override {
    constexpr int most = 5'000;
    if (++rows_ > most) throw Enough();
  }

 private:
  int rows_ = 0;
};

void hold_failure(const RunFailure& failure) {
  const std::string why = failure.what();
  for (const char* own : {"is not conserved", "time less than none", "minutes without a cause"})
    hold(why.find(own) == std::string::npos || is_given(own), why);
}

/// So much mail at one instant that its lots alone fill the memory, which is bounded elsewhere.
bool is_large(const Model& model) {
  constexpr double most_items = 1e6;
  double items = 0;
  for (const Source& source : model.sources)
    if (source.kind == Source::Kind::vehicles || source.kind == Source::Kind::backlog)
      for (const Distribution& one : source.items) items = std::max(items, one.mean());
  for (const MailThere& mail : model.situation.mail) items += static_cast<double>(mail.items) * mail.lots;
  return !(items < most_items);
}

/// Some of a run, with and without a log; what is kept of its situation can be read again.
void run_a_little(const Model& model, const std::string& file) {
  if (is_large(model)) return;
  Situation kept;
  for (const bool logged : {true, false}) try {
      Counted counted;
      RunOptions options;
      options.seed = model.seed;
      options.events = logged ? &counted : nullptr;
      options.progress = [](Ticks) { throw Enough(); };
      const Ticks middle = model.situation.at + (model.end - model.situation.at) / 2;
      if (logged) {
        options.situation = &kept;
        options.situation_at = middle;
      }
      const Results results = simulate(model, options);
      results_json(model, results);
      csv_files(result_tables(model, results));
      if (!logged) continue;
      std::ofstream("kept.state.yaml") << situation_yaml(model, kept);
      Problems problems;
      load_scenario(file, {.from_state = "kept.state.yaml"}, problems);
      hold(!problems.has_errors(), "a kept situation cannot be read:\n" + problems.text());
    } catch (const Enough&) {
    } catch (const RunFailure& failure) {
      hold_failure(failure);
    }
}

void scenario(std::string_view input) {
  const auto files = put_files(input, "a.yaml");
  Problems problems;
  const auto loaded = load_scenario("a.yaml", {}, problems);
  hold_told(problems, files);
  hold(loaded.has_value() != problems.has_errors(), "neither read nor refused");
  if (loaded) run_a_little(loaded->model, "a.yaml");
}

void situation(std::string_view input) {
  const auto files = put_files(input, "state.yaml");
  Problems problems;
  const auto model = load_model("a.yaml", {.from_state = "state.yaml"}, problems);
  hold_told(problems, {"state.yaml", "a.yaml"});
  if (model) run_a_little(*model, "a.yaml");
}

void network(std::string_view input) {
  const auto files = put_files(input, "a.yaml");
  is_network("a.yaml");
  Problems problems;
  const auto loaded = load_network("a.yaml", {}, problems);
  hold_told(problems, files);
  hold(loaded.has_value() != problems.has_errors(), "neither read nor refused");
  if (!loaded) return;
  double items = 0;
  for (const double expected : expected_items(*loaded)) items += expected;
  constexpr double most_items = 1e5;
  if (!(items < most_items)) return;
  try {
    RunOptions options;
    options.seed = loaded->any().seed;
    options.progress = [](Ticks) { throw Enough(); };
    std::vector<int> all;
    for (std::size_t c = 0; c < loaded->centres.size(); ++c) all.push_back(static_cast<int>(c));
    NetworkRun run(*loaded, options, all, {});
    constexpr int most_windows = 300;
    Ticks now = 0;
    for (int w = 0; w < most_windows && now < loaded->any().end; ++w) {
      now = run.window_end(now);
      for (std::size_t c = 0; c < all.size(); ++c) run.advance(c, now);
      run.exchange();
    }
    if (now < loaded->any().end) return;
    for (std::size_t c = 0; c < all.size(); ++c) run.finish(c);
    run.exchange();
    std::vector<NetworkPart> parts;
    parts.push_back(run.part());
    network_results(*loaded, options, std::move(parts));
  } catch (const Enough&) {
  } catch (const RunFailure& failure) {
    hold_failure(failure);
  }
}

void table(std::string_view input) {
  Problems problems;
  const CsvFile csv = read_csv("a.csv", std::string(input), problems);
  hold_told(problems, {"a.csv"});
  hold(csv.rows.size() == csv.lines.size(), "rows without a line");
  for (std::size_t r = 0; r < csv.rows.size(); ++r)
    for (std::size_t c = 0; c < csv.rows[r].size(); ++c) {
      const Place place = csv.place(r, c);
      hold(place.file != nullptr && place.line >= 1 && place.column >= 0, "a cell without a place");
      hold(is_utf8(csv.rows[r][c]) || !is_utf8(std::string(input)), "a cell that is no text");
    }
}

/// What differs between two scenarios, and that a what-if of it makes the second of the first.
void difference(std::string_view input) {
  const auto files = put_files(input, "a.yaml");
  Problems problems;
  const auto a = read_scenario("a.yaml", problems);
  const auto b = read_scenario("b.yaml", problems);
  hold_told(problems, {"a.yaml", "b.yaml"});
  if (!a || !b || problems.has_errors()) return;
  differences(*a, *b);
  difference_text(*a, *b, "a", "b");
  std::ofstream("c.yaml") << as_what_if(*a, *b, "a.yaml");
  const auto c = read_scenario("c.yaml", problems);
  hold(c && !problems.has_errors() && differences(*b, *c).empty(),
       "a what-if that does not make one of the other:\n" + problems.text());
}

void results(std::string_view input) {
  put_files(input, "results.json");
  hold_told(hear([] {
              cli::ReportCommandRequest request;
              request.results = {"."};
              request.out = "-";
              request.format = "json";
              return cli::report_command(request);
            }),
            {"./results.json", ". was made from", ". was run", ". does not hold", ". holds "});
}

void experiment(std::string_view input) {
  put_files(input, "experiment.json");
  hold_told(hear([] {
              cli::ReportCommandRequest request;
              request.results = {"."};
              request.out = "-";
              request.format = "csv";
              request.out = "tables.csv";
              return cli::report_command(request);
            }),
            {"./experiment.json", "./replications.csv", ". was made from", ". does not hold", ". holds "});
}

void roster(std::string_view input) {
  auto files = put_files(input, "roster.csv");
  files.emplace_back("a.yaml");
  hold_told(hear([] {
              cli::RosterRequest request;
              request.file = "a.yaml";
              request.check = "roster.csv";
              return cli::roster_command(request);
            }),
            files);
}

void archive(std::string_view input) {
  for (const char* action : {"", "show", "compare", "export"}) {
    put_files({}, "none");
    std::ofstream("runs.sqlite", std::ios::binary).write(input.data(), static_cast<std::streamsize>(input.size()));
    static std::string what;
    what = action;
    hold_told(hear([] {
                cli::RunsRequest request;
                request.archive = "runs.sqlite";
                request.action = what;
                if (what == "show" || what == "compare") request.ids.push_back(1);
                if (what == "compare") request.ids.push_back(2);
                return cli::runs_command(request);
              }),
              {"runs.sqlite"});
  }
}

const char* const measured = R"(mailflow: 1
centre: {name: A, timezone: UTC}
products: {a: {lot: 10 items, due: 1 h}}
arrivals: {x: {rate: 20 items/h, mix: {a: 100 %}, into: s}}
stations: {s: {kind: manual, positions: 1, rate: 25 items/h per agent, next: out}}
targets: {done: {measure: on time, at_least: 90 %}}
run: {from: 2025-03-10, for: 1 day}
)";

/// What was measured and what was changed, beside an archive that was not.
void since(std::string_view input) {
  static const std::string kept = [] {
    put_files(measured, "a.yaml");
    hear([] {
      cli::ExperimentRequest request;
      request.files = {"a.yaml"};
      request.replications = 3;
      request.threads = 1;
      request.archive = "runs.sqlite";
      request.quiet = true;
      return cli::replicate_command(request);
    });
    std::ifstream in("runs.sqlite", std::ios::binary);
    return std::string(std::istreambuf_iterator<char>(in), {});
  }();
  put_files(input, "actuals.csv");
  std::ofstream("runs.sqlite", std::ios::binary) << kept;
  hold_told(hear([] {
              cli::ReportCommandRequest request;
              request.since = "2025-03-10";
              request.archive = "runs.sqlite";
              request.actuals = "actuals.csv";
              if (std::ifstream("changes.csv").good()) request.changes = "changes.csv";
              request.out = "-";
              request.format = "json";
              return cli::report_command(request);
            }),
            {"actuals.csv", "changes.csv"});
}

/// Seconds that a plan may take: those it is given, and as many again of a slow machine as it needs to write its
/// answer.
constexpr double plan_seconds = 0.3;
constexpr double plan_ends_within = 8;

/// What to plan, of a scenario as it stands and at an instant within its run.
cli::PlanCommandRequest request_of_plan() {
  cli::PlanCommandRequest request;
  request.file = "a.yaml";
  request.seconds = plan_seconds;
  request.replications = 2;
  request.threads = 1;
  request.quiet = true;
  return request;
}
std::string plan_from;  // NOLINT(*-non-const-global-variables): of the command that is heard

void plan(std::string_view input) {
  const auto files = put_files(input, "a.yaml");
  Problems problems;
  const auto model = load_model("a.yaml", {}, problems);
  hold_told(problems, files);
  if (!model || is_large(*model)) return;
  const Ticks middle = model->situation.at + (model->end - model->situation.at) / 2;
  for (const std::string& from : {std::string(), model->calendar().shown(middle)}) {
    plan_from = from;
    const std::clock_t began = std::clock();  // of the processor, so that other programs beside decide nothing
    const Said said = hear([] {
      auto request = request_of_plan();
      request.from = plan_from;
      return cli::plan_command(request);
    });
    const double took = static_cast<double>(std::clock() - began) / CLOCKS_PER_SEC;
    auto named = files;
    named.emplace_back("--from");
    hold_told(said, named);
    hold(took < plan_ends_within, fmt::format("a plan of {} s took {:.1f} s", plan_seconds, took));
  }
}

/// Passes on so much of what happens to lots, then ends the run.
class Cut : public EventSink {
 public:
  explicit Cut(EventSink& to) : to_(to) {}
  void on(const LotEvent& event) override {
    constexpr int most = 100;
    if (++rows_ > most) throw Enough();
    to_.on(event);
  }
  void agent(const AgentEvent& event) override { to_.agent(event); }
  void gone(std::int64_t lot) override { to_.gone(lot); }

 private:
  EventSink& to_;
  int rows_ = 0;
};

/// Whether the run came to its end.
bool run_into(const Model& model, EventSink& to) {
  Cut cut(to);
  RunOptions options;
  options.seed = model.seed;
  options.events = &cut;
  options.progress = [](Ticks) { throw Enough(); };
  try {
    simulate(model, options);
    return true;
  } catch (const Enough&) {
  } catch (const RunFailure& failure) {
    hold_failure(failure);
  }
  return false;
}

bool write_a_log(const Model& model, const std::string& format, std::ostream& out) {
  bool whole = false;
  if (format == "csv") {
    EventLog log(model, out);
    whole = run_into(model, log);
  } else if (format == "xes") {
    XesLog log(model, out);
    whole = run_into(model, log);
    log.finish();
  } else {
    OcelLog log(model, out);
    run_into(model, log.objects());
    whole = run_into(model, log.events());
    log.finish();
  }
  return whole;
}

std::string log_format;  // NOLINT(*-non-const-global-variables): of the command that is heard

/// What happens to lots, as far as that is short; where the run is, by the command.
void log(std::string_view input) {
  const auto files = put_files(input, "a.yaml");
  Problems problems;
  const auto model = load_model("a.yaml", {}, problems);
  hold_told(problems, files);
  if (!model || is_large(*model)) return;
  for (const char* const format : {"csv", "xes", "ocel"}) {
    std::ostringstream text;
    const bool whole = write_a_log(*model, format, text);
    const std::string fault = fault_of_log(format, text.str());
    hold(fault.empty(), fmt::format("a log as {}: {}", format, fault));
    constexpr std::size_t formats = 3;  // the command reads and runs all of it anew: one format an input will do
    if (!whole || input.size() % formats != std::string_view(format).size() % formats) continue;
    log_format = format;
    const Said said = hear([] {
      cli::EventsRequest request;
      request.file = "a.yaml";
      request.format = log_format;
      request.out = "log";
      return cli::events_command(request);
    });
    hold(said.status == 0, "the log cannot be written: " + said.err);
    std::ifstream in("log", std::ios::binary);
    hold(std::string(std::istreambuf_iterator<char>(in), {}) == text.str(), "the command writes another log");
  }
}

}  // namespace

const std::vector<Reader>& readers() {
  static const std::vector<Reader> all = {
      {"scenario", &scenario},
      {"situation", &situation},
      {"network", &network},
      {"table", &table},
      {"difference", &difference},
      {"results", &results},
      {"experiment", &experiment},
      {"roster", &roster},
      {"since", &since},
      {"archive", &archive, false},
      {"plan", &plan},
      {"log", &log},
  };
  return all;
}

}  // namespace mailflow::fuzz
