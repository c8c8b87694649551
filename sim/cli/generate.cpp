#include <fmt/format.h>

#include <cstdio>

#include "cli/commands.hpp"
#include "cli/exit_status.hpp"
#include "cli/tell.hpp"
#include "core/words.hpp"
#include "report/output_folder.hpp"
#include "scenario/network/generate_network.hpp"

namespace mailflow::cli {

namespace {

constexpr int most_hubs = 1000;  ///< a million lines between them

}  // namespace

int generate_command(const GenerateRequest& request) {
  return guarded({}, [&] {
    check_folder(request.out);
    if (request.hubs > request.centres)
      throw UnusableRequest(tr("{} hubs of {} centres: there cannot be more", request.hubs, request.centres));
    if (request.hubs > most_hubs)
      throw UnusableRequest(
          tr("{0} hubs, each with a line to every other, are {1:.3g} million lines; give at most {2}, or "
             "leave --hubs out: "
             "0.8 x the root of the centres",
             request.hubs, request.hubs / 1e3 * request.hubs / 1e3, most_hubs));
    constexpr std::int64_t soon_written = 1'000'000;
    constexpr std::int64_t row_bytes = 16;
    const std::int64_t pairs = std::int64_t{request.centres} * request.centres;
    if (pairs > soon_written)
      tell("{}", tr("mailflow: {:.0f} million flows are written, some {:.0f} MB\n", static_cast<double>(pairs) / 1e6,
                    static_cast<double>(pairs * row_bytes) / 1e6));
    write_folder(request.out,
                 generate_network({request.centres, request.items, request.lot, request.hubs, request.seed}));
    say_text(tr("{0}/network.yaml: to run it, mailflow run {0}/network.yaml\n", request.out));
    return success;
  });
}

}  // namespace mailflow::cli
