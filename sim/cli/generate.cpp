#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cstdio>

#include "cli/commands.hpp"
#include "cli/exit_status.hpp"
#include "cli/tell.hpp"
#include "core/words.hpp"
#include "report/output_folder.hpp"
#include "scenario/generate_network.hpp"

namespace mailflow::cli {

namespace {

constexpr int most_hubs = 1000;  ///< a million lines between them

}  // namespace

CLI::App* add_generate_command(CLI::App& app, GenerateRequest& request) {
  CLI::App* command = app.add_subcommand("generate", "Makes a synthetic network of the size asked for");
  command->add_option("--out", request.out, "folder for network.yaml, centres.csv, links.csv and flows.csv")
      ->required();
  command->add_option("--centres", request.centres, "how many (250)")->check(CLI::Range(2, 5000));
  command->add_option("--items", request.items, "posted a day, all together (400000000)")
      ->check(CLI::Range(std::int64_t{1}, std::int64_t{1'000'000'000'000}));
  command->add_option("--lot", request.lot, "items that move together (50); 1: item by item")
      ->check(CLI::Range(1, 1'000'000));
  command->add_option("--hubs", request.hubs, "centres that pass mail on (0.8 x the root of the centres)")
      ->check(CLI::Range(1, 5000));
  command->add_option("--seed", request.seed, "of the places (1)")->check(not_a_whole_number);
  return command;
}

int generate_command(const GenerateRequest& request) {
  return guarded({}, [&] {
    check_folder(request.out);
    if (request.hubs > request.centres)
      throw UnusableRequest(fmt::format("{} hubs of {} centres: there cannot be more", request.hubs, request.centres));
    if (request.hubs > most_hubs)
      throw UnusableRequest(
          fmt::format("{0} hubs, each with a line to every other, are {1:.3g} million lines; give at most {2}, or "
                      "leave --hubs out: "
                      "0.8 x the root of the centres",
                      request.hubs, request.hubs / 1e3 * request.hubs / 1e3, most_hubs));
    constexpr std::int64_t soon_written = 1'000'000;
    constexpr std::int64_t row_bytes = 16;
    const std::int64_t pairs = std::int64_t{request.centres} * request.centres;
    if (pairs > soon_written)
      tell("mailflow: {:.0f} million flows are written, some {:.0f} MB\n", static_cast<double>(pairs) / 1e6,
           static_cast<double>(pairs * row_bytes) / 1e6);
    write_folder(request.out,
                 generate_network({request.centres, request.items, request.lot, request.hubs, request.seed}));
    std::fputs(tr("{0}/network.yaml: to run it, mailflow run {0}/network.yaml\n", request.out).c_str(), stdout);
    return success;
  });
}

}  // namespace mailflow::cli
