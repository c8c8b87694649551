// Laws about networks: however one is run, and in whatever order it is written, it is the same network.
#include <fmt/format.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <map>
#include <memory>
#include <numeric>
#include <string>
#include <utility>

#include "cli/program.hpp"
#include "draws.hpp"
#include "experiment/executor.hpp"
#include "experiment/network_executor.hpp"
#include "outcome.hpp"
#include "random_network.hpp"
#include "report/network_report.hpp"
#include "report/result_tables.hpp"
#include "report/results_json.hpp"
#include "seeds.hpp"

namespace mailflow::laws {
namespace {

Kind kind_of_centres(std::uint64_t seed) { return {.chance = seed % 4 != 0, .staff = seed % 8 != 1}; }

/// All that a run of a network comes to.
struct Ran {
  std::shared_ptr<const Network> network;
  NetworkResults results;
  std::map<int, Results> centres;            ///< their own results
  std::map<std::string, std::string> files;  ///< as written
};

Ran run(std::shared_ptr<const Network> network, std::size_t threads) {
  Ran ran;
  ran.network = std::move(network);
  NetworkOptions options;
  options.run.seed = ran.network->any().seed;
  options.threads = threads;
  options.keep.resize(ran.network->centres.size());
  std::iota(options.keep.begin(), options.keep.end(), 0);
  options.kept = [&](int c, const Results& results) { ran.centres.emplace(c, results); };
  ran.results = simulate_network(*ran.network, options);
  ran.files = csv_files(network_tables(*ran.network, ran.results));
  ran.files["results.json"] = network_json(*ran.network, ran.results);
  return ran;
}

nlohmann::json figures_of(const Ran& ran, int c) {
  return figures(ran.network->centres[static_cast<std::size_t>(c)], ran.centres.at(c));
}

// --- threads ---------------------------------------------------------------------------------------------------------

void on_threads(std::uint64_t seed, Breach& breach) {
  breach.one = random_network(seed, kind_of_centres(seed));
  const std::shared_ptr<const Network> network = network_of(breach.one);
  const bool ways_too = seed % 4 == 2;  // these are chosen on threads as well
  const Ran alone = run(network, 1);
  const Ran together = run(ways_too ? network_of(breach.one, parts_on(3)) : network, 3);
  for (const auto& [file, text] : alone.files)
    if (together.files.at(file) != text) breach.what = file + " differs";
  for (const auto& [c, results] : alone.centres) {
    const Model& model = alone.network->centres[static_cast<std::size_t>(c)];
    if (results_json(model, results) != results_json(model, together.centres.at(c)))
      breach.what = model.name + " differs";
  }
}

// --- order -----------------------------------------------------------------------------------------------------------

void shuffle_all(Tree& tree, Draws& draw) {
  draw.shuffle(tree.entries);
  for (Tree& item : tree.items) shuffle_all(item, draw);
  for (auto& [key, value] : tree.entries) shuffle_all(value, draw);
}

void in_another_order(std::uint64_t seed, Breach& breach) {
  breach.one = breach.other = random_network(seed, kind_of_centres(seed));
  Draws draw(seed);
  shuffle_all(breach.other.scenario, draw);
  const Ran as_it_is = run(network_of(breach.one), 1);
  const Ran otherwise = run(network_of(breach.other), 1);
  const auto json = [](const Ran& ran) {
    auto all = nlohmann::json::parse(ran.files.at("results.json"));
    all["scenario"].erase("file");
    return all;
  };
  breach.what = difference(json(as_it_is), json(otherwise));
  for (const auto& [c, results] : as_it_is.centres) {
    const std::string& name = as_it_is.network->centres[static_cast<std::size_t>(c)].name;
    const auto& others = otherwise.network->centres;
    const auto same = std::find_if(others.begin(), others.end(), [&](const Model& m) { return m.name == name; });
    if (breach.what.empty())
      breach.what = difference(figures_of(as_it_is, c), figures_of(otherwise, static_cast<int>(same - others.begin())));
  }
}

// --- a centre alone --------------------------------------------------------------------------------------------------

int alone_compared = 0;

/// A centre to which nothing comes by links is in the network what it is alone.
void alone(std::uint64_t seed, Breach& breach) {
  breach.one = random_network(seed, kind_of_centres(seed));
  const Ran ran = run(network_of(breach.one), 1);
  for (const auto& [c, results] : ran.centres) {
    if (ran.results.centres[static_cast<std::size_t>(c)].by_links_in > 0) continue;
    const Model& model = ran.network->centres[static_cast<std::size_t>(c)];
    breach.what = difference(figures_of(ran, c), figures(model, simulate(model, {.seed = model.seed})));
    ++alone_compared;
  }
}

// --- ranks -----------------------------------------------------------------------------------------------------------

#ifdef MAILFLOW_WITH_MPI
void on_ranks(std::uint64_t seed, Breach& breach) {
  breach.one = random_network(seed, kind_of_centres(seed));
  const program::Desk desk;
  for (const auto& [name, text] : breach.one.files) desk.put(name, text);
  desk.put("network.yaml", yaml(breach.one.scenario));
  const std::string centre = network_of(breach.one)->centres.back().name;
  const std::string line = "mailflow run network.yaml --quiet --centre " + centre + " --threads 1 --out ";
  const program::Said one = desk.tell(line + "one");
  const program::Said two = desk.tell(
      "OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1 mpirun --oversubscribe --bind-to none -n 2 " + line +
      "two");
  if (one.status != 0 || two.status != 0) breach.what = one.err + two.err;
  if (desk.files("one") != desk.files("two")) breach.what = "files differ";
}
#endif

TEST_CASE("a network on one thread and on three", "[laws]") { holds("network-threads", on_threads); }
TEST_CASE("a network in another order", "[laws]") { holds("network-order", in_another_order); }
TEST_CASE("a centre of a network to which nothing comes by links is the same alone", "[laws]") {
  holds("network-alone", alone, 400);
  CHECK(alone_compared > 0);
}
TEST_CASE("a network as two ranks", "[laws]") {
#ifdef MAILFLOW_WITH_MPI
  if (program::Desk().tell("command -v mpirun").status == 0) holds("network-ranks", on_ranks, 30);
#endif
}

}  // namespace
}  // namespace mailflow::laws
