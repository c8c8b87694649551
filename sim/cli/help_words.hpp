// CLI11's own words in the language spoken: the frame of --help, and what is wrong with the words of a command line.
#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

namespace mailflow::cli {

/// CLI11's formatter, with the frame and the kinds of values in the language spoken.
class HelpWords : public CLI::Formatter {
 public:
  HelpWords();
  std::string make_group(std::string group, bool is_positional, std::vector<const CLI::Option*> options) const override;
  std::string make_subcommands(const CLI::App* app, CLI::AppFormatMode mode) const override;
  std::string make_subcommand(const CLI::App* command) const override;
  std::string make_option(const CLI::Option* option, bool is_positional) const override;
  std::string make_option_name(const CLI::Option* option, bool is_positional) const override;
  std::string make_option_opts(const CLI::Option* option) const override;

 private:
  /// A name and what it is, in two columns.
  std::string row(const std::string& name, const std::string& meaning) const;
};

/// What is wrong with the words of a command line, and where there is help.
std::string failure_words(const CLI::App* app, const CLI::Error& error);

}  // namespace mailflow::cli
