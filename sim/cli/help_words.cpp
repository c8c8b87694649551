#include "cli/help_words.hpp"

#include <fmt/format.h>

#include <regex>
#include <utility>

#include "core/words.hpp"
#include "report/window.hpp"

namespace mailflow::cli {

namespace {

/// What CLI11 says of a command line, and the same as a text of ours.
struct Saying {
  const char* shape;
  const char* text;
};

constexpr Saying sayings[] = {
    {"A subcommand is required", tr_later("a command is required")},
    {"(.*) is required", tr_later("{} is required")},
    {"(.*): 1 required .* missing", tr_later("{}: a value is missing")},
    {"(.*): \\d+ required .* missing", tr_later("{}: values are missing")},
    {"(.*): At Most (\\d+) required but received (\\d+)", tr_later("{}: at most {}, and {} are given")},
    {"(.*): At least (\\d+) required but received (\\d+)", tr_later("{}: at least {}, and {} are given")},
    {"Expected exactly (\\d+) arguments to (.*), got (\\d+)", tr_later("exactly {} wanted of {}, and {} are given")},
    {"Expected at least (\\d+) arguments to (.*), got (\\d+)", tr_later("at least {} wanted of {}, and {} are given")},
    {"The following argument was not expected: (.*)", tr_later("this has no place here: {}")},
    {"The following arguments were not expected: (.*)", tr_later("these have no place here: {}")},
    {"Could not convert: (.*) = (.*)", tr_later("{}: {} cannot be read")},
    {"(.*): Value (.*) not in range (.*) to (.*)", tr_later("{}: {} does not lie between {} and {}")},
    {"(.*): (.*) not in \\{(.*)\\}", tr_later("{}: {} is none of {}")},
    {"(.*) requires (.*)", tr_later("{} needs {}")},
    {"(.*) excludes (.*)", tr_later("{} does not go with {}")},
    {"(--?[\\w-]+): (.*)", tr_later("{}: {}")},
};

std::string in_our_words(const std::string& words) {
  for (const Saying& saying : sayings) {
    std::smatch found;
    if (!std::regex_match(words, found, std::regex(saying.shape))) continue;
    if (found.size() == 1) return tr(saying.text);
    return fmt::format(fmt::runtime(tr(saying.text)), tr(found[1].str().c_str()), found[2].str(), found[3].str(),
                       found[4].str());
  }
  return words;
}

/// "INT:INT in [1 - 36600]": a kind of value, and within which bounds.
std::string kind_words(const std::string& kind) {
  static const std::regex bounded(R"((?:[A-Z]+:)?([A-Z]+) in \[(.*) - (.*)\])");
  static const std::regex chosen(R"((?:[A-Z]+:)?\{(.*)\})");
  std::smatch found;
  const auto word = [](const std::string& name) {
    if (name == "FLOAT") return tr("NUMBER");
    return name == "INT" || name == "UINT" ? tr("WHOLE NUMBER") : tr("TEXT");
  };
  if (std::regex_match(kind, found, bounded)) return tr("{}, {} to {}", word(found[1]), found[2].str(), found[3].str());
  if (std::regex_match(kind, found, chosen)) return found[1].str();
  return word(kind);
}

bool speaks_english() { return language() == Language::en; }

}  // namespace

HelpWords::HelpWords() {
  for (const char* word : {tr_later("Usage"), tr_later("OPTIONS"), tr_later("SUBCOMMAND"), tr_later("Positionals")})
    label(word, tr(word));
}

std::string HelpWords::make_group(std::string group, bool is_positional,
                                  std::vector<const CLI::Option*> options) const {
  if (group == tr_later("Options")) group = tr(group.c_str());
  return Formatter::make_group(std::move(group), is_positional, std::move(options));
}

std::string HelpWords::make_subcommands(const CLI::App* app, CLI::AppFormatMode mode) const {
  const std::string heading = tr_later("Subcommands");
  std::string text = Formatter::make_subcommands(app, mode);
  if (const auto at = text.find(heading); at != std::string::npos)
    text.replace(at, heading.size(), tr(heading.c_str()));
  return text;
}

std::string HelpWords::make_subcommand(const CLI::App* command) const {
  return row(command->get_display_name(true), command->get_description());
}

std::string HelpWords::make_option(const CLI::Option* option, bool is_positional) const {
  return row(make_option_name(option, is_positional) + make_option_opts(option), make_option_desc(option));
}

std::string HelpWords::make_option_name(const CLI::Option* option, bool is_positional) const {
  const std::string name = Formatter::make_option_name(option, is_positional);
  return is_positional ? tr(name.c_str()) : name;
}

std::string HelpWords::make_option_opts(const CLI::Option* option) const {
  if (speaks_english() || option->get_type_size() == 0) return Formatter::make_option_opts(option);
  std::string text = option->get_type_name().empty() ? "" : " " + kind_words(option->get_type_name());
  if (option->get_expected_max() == CLI::detail::expected_max_vector_size) text += " ...";
  if (option->get_expected_min() > 1) text += fmt::format(" x {}", option->get_expected());
  if (option->get_required()) text += " " + tr("REQUIRED");
  return text;
}

std::string HelpWords::row(const std::string& name, const std::string& meaning) const {
  const std::string left = "  " + name;
  const std::size_t width = width_of(left);
  if (meaning.empty()) return left + std::string(width < column_width_ ? column_width_ - width : 0, ' ') + "\n";
  const std::string gap =
      width < column_width_ ? std::string(column_width_ - width, ' ') : "\n" + std::string(column_width_, ' ');
  return left + gap + meaning + "\n";
}

std::string failure_words(const CLI::App* app, const CLI::Error& error) {
  if (speaks_english()) return CLI::FailureMessage::simple(app, error);
  return in_our_words(error.what()) + "\n" + tr("Run with --help for more information.") + "\n";
}

}  // namespace mailflow::cli
