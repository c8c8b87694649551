#include <fmt/format.h>

#include <cstdio>

#include "cli/commands.hpp"
#include "cli/exit_status.hpp"
#include "cli/tell.hpp"
#include "core/problems.hpp"
#include "core/words.hpp"
#include "scenario/catalogue.hpp"

namespace mailflow::cli {

int describe_command(const std::string& key, const std::string& format) {
  if (format == "markdown") {
    give(reference_markdown());
    return 0;
  }
  if (format == "json-schema") {
    give(json_schema());
    return 0;
  }
  if (format == "json") {
    give(catalogue_json());
    return 0;
  }
  const std::string text = describe(key);
  if (text.empty()) {
    const std::string close = nearest(key, described_keys());
    throw UnusableRequest(close.empty() ? tr("there is no key {}; mailflow describe lists them", key)
                                        : tr("there is no key {}; did you mean {}?", key, close));
  }
  give(text);  // its examples are to be copied, line by line
  return 0;
}

}  // namespace mailflow::cli
