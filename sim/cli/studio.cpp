#include <boost/process.hpp>
#include <cstdio>
#include <filesystem>

#include "cli/commands.hpp"
#include "cli/exit_status.hpp"
#include "cli/tell.hpp"
#include "core/words.hpp"
#include "report/output_file.hpp"
#include "studio/exchange.hpp"
#include "studio/folder.hpp"
#include "studio/server.hpp"

namespace mailflow::cli {

namespace {

namespace fs = std::filesystem;

void open_folder(const std::string& folder) {
  std::error_code failed;
  if (!fs::is_directory(folder, failed)) throw UnusableRequest(tr("there is no folder {}", folder));
  fs::current_path(folder, failed);
  if (failed) throw UnusableRequest(tr("the folder {} cannot be opened", folder));
}

/// Nothing where there is no desktop: the address is printed.
void open_browser(const std::string& address) {
  namespace bp = boost::process;
  const auto opener = bp::search_path("xdg-open");
  if (opener.empty()) return;
  std::error_code failed;
  bp::child opens(opener, address, bp::std_out > bp::null, bp::std_err > bp::null, bp::std_in < bp::null, failed);
  if (!failed) opens.detach();
}

}  // namespace

int studio_command(const StudioRequest& request) {
  return guarded({}, [&]() -> int {
    open_folder(request.folder);
    never_write_over(nullptr);  // what is read here is what is edited
    studio::read_within_folder(request.data_dir);
    studio::ServerOptions options;
    options.host = request.host;
    options.port = request.port;
    options.data_dir = request.data_dir;
    try {
      studio::Server server(options);
      if (!request.host.starts_with("127.") && request.host != "::1")
        tell("{}",
             tr("warning: whoever reaches {} and has the address below sees and changes this folder; what is sent "
                "is not encrypted\n",
                request.host));
      say_text(tr("The studio is open at\n  {}\nCtrl-C ends it.\n", server.address()));
      std::fflush(stdout);
      if (!request.no_browser) open_browser(server.address());
      server.serve(true);
    } catch (const studio::UnusableAddress& unusable) {
      throw UnusableRequest(unusable.what());
    } catch (const studio::Refused& refused) {
      throw UnusableRequest(refused.what());
    }
    return success;
  });
}

}  // namespace mailflow::cli
