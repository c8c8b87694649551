#include "scenario/values/quantities.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cmath>
#include <utility>

#include "core/words.hpp"
#include "scenario/values/first_words.hpp"

namespace mailflow {
namespace {

constexpr double longest = 100.0 * 365.25 * static_cast<double>(day);
constexpr double most_per_hour = 1e10;
constexpr double heaviest_kg = 1e6;
constexpr double most_money = 1e12;
std::string units_of_time() { return tr("us, ms, s, min, h, days or weeks"); }

struct Quantity {
  double number = 0;
  std::string_view unit;
};

/// With the fewest digits that say it.
std::string plain(double number) { return fmt::format("{:.12g}", number); }

bool is_number_part(char c) { return (c >= '0' && c <= '9') || c == '.'; }

std::optional<Quantity> parse_quantity(std::string_view text, Failure& failure) {
  text = trimmed(text);
  std::size_t end = 0;
  while (end < text.size() && is_number_part(text[end])) ++end;
  if (end == 0 && text.starts_with('-')) {
    failure = {tr("it must not be negative"), {}};
    return std::nullopt;
  }
  if (end == 0) {
    failure = {tr("it must begin with a number"), {}};
    return std::nullopt;
  }
  if (end < text.size() && text[end] == ',') {
    std::string pointed(text.substr(0, 40));
    pointed[end] = '.';
    std::size_t decimals = 0;
    while (end + 1 + decimals < text.size() && is_number_part(text[end + 1 + decimals])) ++decimals;
    failure = {tr("a comma may not stand in a number"),
               decimals > 0 && decimals != 3 ? tr("write {}", pointed)
                                             : tr("write a decimal point, and no mark between thousands")};
    return std::nullopt;
  }
  const auto number = parse_number(text.substr(0, end), failure);
  if (!number) return std::nullopt;
  const auto unit = trimmed(text.substr(end));
  if (!unit.empty() && is_number_part(unit.front())) {
    std::string together(text);
    if (const auto blank = together.find(' '); blank != std::string::npos) together.erase(blank, 1);
    failure = {tr("a blank may not stand in a number"), tr("write the digits together: {}", together.substr(0, 40))};
    return std::nullopt;
  }
  return Quantity{*number, unit};
}

/// Fails for a number without a unit, saying which are allowed.
bool needs_unit(std::string_view text, const Quantity& found, const std::string& units, const std::string& example,
                Failure& failure) {
  if (!found.unit.empty()) return false;
  failure = {tr("it needs a unit: {}", units), tr("write {}", std::string(trimmed(text)) + " " + example)};
  return true;
}

bool too_small(double value, Least least, Failure& failure) {
  if (value > 0 || least == Least::zero) return false;
  failure = {tr("it must be above 0"), {}};
  return true;
}

/// How many items are meant by a number of something else; a weight or a share says nothing of that.
std::string count_advice(double number, std::string_view unit) {
  switch (measured_by(unit)) {
    case Measured::weight:
      return tr("items are counted: divide the weight by that of one item");
    case Measured::share:
      return tr("write how many items that is, for example 500 items");
    case Measured::money:
    case Measured::time:
    case Measured::rate:
      return tr("write a number of items, for example 500 items");
    case Measured::unknown:
      break;
  }
  if (unit == "k" || unit == "K") return tr("write {}", plain(1000 * number) + " items");
  const bool is_word =
      std::isalpha(static_cast<unsigned char>(unit.front())) != 0 || static_cast<unsigned char>(unit.front()) >= 0x80;
  return is_word ? tr("write {}", plain(number) + " items") : "";
}

/// The same for a rate.
std::string rate_advice(std::string_view number, std::string_view unit) {
  const Measured measured = measured_by(unit.substr(0, unit.find('/')));
  if (measured == Measured::weight) return tr("a rate counts items: divide the weight by that of one item");
  const std::string meant = measured == Measured::unknown ? unit_of_rate_meant(unit) : "";
  return meant.empty() ? "" : tr("write {}", std::string(number) + " " + meant);
}

/// What an amount in another unit comes to in money, or in money an hour, where that can be said.
std::string money_advice(double number, std::string_view given, const std::string& unit, bool per_hour) {
  const auto slash = given.find('/');
  const std::string per = slash == std::string_view::npos ? "" : span_meant(given.substr(slash + 1));
  const Measured measured = measured_by(given.substr(0, slash));
  if (measured != Measured::unknown && measured != Measured::money) return "";
  if (!per_hour && slash != std::string_view::npos) return tr("write the whole amount in {}, of no hour or day", unit);
  if (per_hour && !per.empty() && per != "hour")
    return tr("it is paid by the hour: divide by the hours worked in a {}", tr(per.c_str()));
  if (per_hour && per.empty() && slash != std::string_view::npos) return tr("write what an hour costs, in {}", unit);
  return tr("write {}", plain(number) + " " + unit);
}

std::string quoted(std::string_view text) { return tr("\"{}\"", text.substr(0, 30)); }

}  // namespace

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

std::vector<std::string_view> split_outside_brackets(std::string_view text, char mark) {
  std::vector<std::string_view> parts;
  int depth = 0;
  std::size_t from = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '(') ++depth;
    if (text[i] == ')') --depth;
    if (text[i] != mark || depth != 0) continue;
    parts.push_back(trimmed(text.substr(from, i - from)));
    from = i + 1;
  }
  parts.push_back(trimmed(text.substr(from)));
  return parts;
}

std::optional<double> parse_number(std::string_view text, Failure& failure) {
  double value = 0;
  const auto good = !text.empty() && std::all_of(text.begin(), text.end(), is_number_part);
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, std::chars_format::fixed);
  if (!good || error == std::errc::invalid_argument || (error == std::errc{} && end != text.data() + text.size())) {
    failure = {tr("{} is not a number", quoted(text)), {}};
    return std::nullopt;
  }
  if (error != std::errc{} || !std::isfinite(value) || value > 1e300) {
    failure = {tr("the number is too large"), {}};
    return std::nullopt;
  }
  return value;
}

std::optional<std::int64_t> parse_whole(std::string_view text, std::int64_t least, std::int64_t most,
                                        Failure& failure) {
  text = trimmed(text);
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool whole = !text.empty() && error != std::errc::invalid_argument && end == text.data() + text.size();
  if (!whole)
    failure = {tr("it must be a whole number without a unit"), {}};
  else if (value < least && error == std::errc{})
    failure = {tr("it must be at least {}", least), {}};
  else if (error != std::errc{} || value > most)
    failure = {tr("it must be at most {}", most), {}};
  else
    return value;
  return std::nullopt;
}

std::optional<double> unit_of_time(std::string_view unit) {
  if (unit == "us") return 1;
  if (unit == "ms") return 1000;
  if (unit == "s") return static_cast<double>(second);
  if (unit == "min") return static_cast<double>(minute);
  if (unit == "h") return static_cast<double>(hour);
  if (unit == "d" || unit == "day" || unit == "days") return static_cast<double>(day);
  if (unit == "week" || unit == "weeks") return 7 * static_cast<double>(day);
  return std::nullopt;
}

std::optional<double> parse_duration_exactly(std::string_view text, Failure& failure) {
  const auto found = parse_quantity(text, failure);
  if (!found || needs_unit(text, *found, units_of_time(), "min", failure)) return std::nullopt;
  // "4 h 30 min": what follows the first unit is another duration, of a smaller one
  const auto more = std::find_if(found->unit.begin(), found->unit.end(), is_number_part);
  const auto named = trimmed(found->unit.substr(0, static_cast<std::size_t>(more - found->unit.begin())));
  const auto unit = unit_of_time(named);
  if (!unit) {
    const std::string meant = unit_of_time_meant(named);
    failure = {tr("{} is not a unit of time; use {}", quoted(named), units_of_time()),
               meant.empty() ? "" : tr("write {}", std::string(text.substr(0, text.find(named))) + meant)};
    return std::nullopt;
  }
  double ticks = found->number * *unit;
  if (more != found->unit.end()) {
    const auto rest_text = found->unit.substr(static_cast<std::size_t>(more - found->unit.begin()));
    const auto rest = parse_duration_exactly(rest_text, failure);
    if (!rest) return std::nullopt;
    if (*rest >= *unit) {
      failure = {tr("its parts go from the larger unit to the smaller"), tr("write {}", "4 h 30 min")};
      return std::nullopt;
    }
    ticks += *rest;
  }
  if (ticks > longest) {
    failure = {tr("it must be at most 100 years"), {}};
    return std::nullopt;
  }
  return ticks;
}

std::optional<Ticks> parse_duration(std::string_view text, Least least, Failure& failure) {
  const auto ticks = parse_duration_exactly(text, failure);
  if (!ticks) return std::nullopt;
  const auto whole = static_cast<Ticks>(std::llround(*ticks));
  if (too_small(static_cast<double>(whole), least, failure)) return std::nullopt;
  return whole;
}

namespace {

/// A rate's number, and the ticks that it is of.
std::optional<std::pair<double, double>> number_and_time(std::string_view text, Least least, Failure& failure) {
  const std::string units = tr("items/h, items/min, items/s or items/day");
  const auto found = parse_quantity(text, failure);
  if (!found || needs_unit(text, *found, units, "items/h", failure)) return std::nullopt;
  auto unit = found->unit;
  if (unit.ends_with("per agent")) unit = trimmed(unit.substr(0, unit.size() - 9));
  const auto slash = unit.find('/');
  const auto what = trimmed(unit.substr(0, slash));
  const double per = slash == std::string_view::npos ? 0 : unit_of_time(trimmed(unit.substr(slash + 1))).value_or(0);
  if ((what != "items" && what != "item") || per <= 0) {
    failure = {tr("{} is not a unit of rate; use {}", quoted(found->unit), units),
               rate_advice(trimmed(text.substr(0, text.find(found->unit))), found->unit)};
    return std::nullopt;
  }
  const double rate = found->number / per;
  if (too_small(rate, least, failure)) return std::nullopt;
  if (rate * static_cast<double>(hour) > most_per_hour) {
    failure = {tr("it must be at most {}", "10000000000 items/h"), {}};
    return std::nullopt;
  }
  return std::pair(found->number, per);
}

}  // namespace

std::optional<double> parse_rate(std::string_view text, Least least, Failure& failure) {
  const auto found = number_and_time(text, least, failure);
  return found ? std::optional(found->first / found->second) : std::nullopt;
}

std::optional<double> parse_items_per_hour(std::string_view text, Failure& failure) {
  const auto found = number_and_time(text, Least::zero, failure);
  if (!found) return std::nullopt;
  const auto [number, per] = *found;
  const auto of_hour = static_cast<double>(hour);
  return per > of_hour ? number / (per / of_hour) : number * (of_hour / per);
}

std::optional<std::int64_t> parse_count(std::string_view text, std::int64_t least, std::int64_t most, bool bare,
                                        Failure& failure) {
  const auto found = parse_quantity(text, failure);
  if (!found || (!bare && needs_unit(text, *found, "items", "items", failure))) return std::nullopt;
  if (!found->unit.empty() && found->unit != "items" && found->unit != "item") {
    failure = {tr("{} is not what is counted here; use items", quoted(found->unit)),
               count_advice(found->number, found->unit)};
  } else if (found->number != std::floor(found->number)) {
    failure = {tr("it must be a whole number of items"), {}};
  } else if (found->number < static_cast<double>(least)) {
    failure = {tr("it must be at least {}", std::to_string(least) + (least == 1 ? " item" : " items")), {}};
  } else if (found->number > static_cast<double>(most)) {
    failure = {tr("it must be at most {}", std::to_string(most) + " items"), {}};
  } else {
    return static_cast<std::int64_t>(found->number);
  }
  return std::nullopt;
}

std::optional<double> parse_amount(std::string_view text, Failure& failure) {
  const auto found = parse_quantity(text, failure);
  if (!found) return std::nullopt;
  if (!found->unit.empty() && found->unit != "items" && found->unit != "item") {
    failure = {tr("{} is not what is counted here; use items", quoted(found->unit)),
               count_advice(found->number, found->unit)};
    return std::nullopt;
  }
  if (found->number > 1e9) {
    failure = {tr("it must be at most {}", "1000000000 items"), {}};
    return std::nullopt;
  }
  return found->number;
}

std::optional<double> parse_share(std::string_view text, double most, Failure& failure) {
  const auto found = parse_quantity(text, failure);
  if (!found || needs_unit(text, *found, "%", "%", failure)) {
    if (found && found->number > 0 && found->number < 1 && found->unit.empty())
      failure.help = tr("write {} %, or if so little is meant {} %", plain(found->number * 100), plain(found->number));
    return std::nullopt;
  }
  if (found->unit != "%") {
    failure = {tr("{} is not a unit of shares; use %", quoted(found->unit)), {}};
    if (is_percent(found->unit)) failure.help = tr("write {}", plain(found->number) + " %");
    return std::nullopt;
  }
  if (found->number > most * 100) {
    failure = {tr("it must be at most {}", std::to_string(std::lround(most * 100)) + " %"), {}};
    return std::nullopt;
  }
  return found->number / 100;
}

std::optional<double> parse_weight(std::string_view text, Failure& failure) {
  const auto found = parse_quantity(text, failure);
  if (!found) return std::nullopt;
  if (needs_unit(text, *found, tr("g, kg or t"), "kg", failure)) {
    failure.help = tr("write {0} g, or {0} kg", plain(found->number));
    return std::nullopt;
  }
  const double unit = found->unit == "kg" ? 1 : found->unit == "g" ? 0.001 : found->unit == "t" ? 1000 : 0;
  if (unit == 0) {
    failure = {tr("{} is not a unit of weight; use g, kg or t", quoted(found->unit)), {}};
    if (const std::string meant = unit_of_weight_meant(found->unit); !meant.empty())
      failure.help = tr("write {}", plain(found->number) + " " + meant);
    return std::nullopt;
  }
  if (found->number * unit > heaviest_kg) {
    failure = {tr("it must be at most {}", "1000 t"), {}};
    return std::nullopt;
  }
  return found->number * unit;
}

std::optional<double> parse_money(std::string_view text, const std::string& currency, bool per_hour, Failure& failure) {
  const auto unit = currency + (per_hour ? "/h" : "");
  const auto found = parse_quantity(text, failure);
  if (!found || needs_unit(text, *found, unit, unit, failure)) return std::nullopt;
  std::string given(found->unit);
  std::erase(given, ' ');
  if (given != unit) {
    const std::string money = given.substr(0, given.find('/'));
    const bool other = money != currency && money.size() == 3 &&
                       std::all_of(money.begin(), money.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
    const std::string set = tr("the centre's money is set by centre.currency (default EUR)");
    const std::string advice = other ? "" : money_advice(found->number, given, unit, per_hour);
    const bool all_its_own = money == currency || advice.empty();  // its money is the centre's
    failure = {tr("it must be in {}", unit), all_its_own ? advice : tr("{}; {}", advice, set)};
    if (other) failure.help = set;
    return std::nullopt;
  }
  if (found->number > most_money) {
    failure = {tr("it must be at most {}", "1000000000000 " + unit), {}};
    return std::nullopt;
  }
  return found->number;
}

}  // namespace mailflow
