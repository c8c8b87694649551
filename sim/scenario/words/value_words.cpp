#include "scenario/words/value_words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <optional>
#include <utility>
#include <vector>

#include "core/words.hpp"
#include "scenario/values/civil.hpp"
#include "scenario/values/laws.hpp"
#include "scenario/values/quantities.hpp"

namespace mailflow {
namespace {

constexpr std::int64_t largest = 1'000'000'000'000;

/// 12 345 678
std::string grouped(std::string digits) {
  const auto point = std::min(digits.find('.'), digits.size());
  for (auto i = static_cast<std::ptrdiff_t>(point) - 3; i > 0; i -= 3) digits.insert(static_cast<std::size_t>(i), " ");
  return digits;
}

std::string spoken_text(const std::string& text) {
  const auto end = static_cast<std::size_t>(
      std::find_if(text.begin(), text.end(), [](char c) { return !is_digit(c) && c != '.'; }) - text.begin());
  if (end == 0 || (end < text.size() && text[end] != ' ')) return text;
  return grouped(text.substr(0, end)) + text.substr(end);
}

/// At most so many decimals, none that say nothing.
std::string number(double value, int decimals) {
  std::string digits = fmt::format("{:.{}f}", value, decimals);
  if (digits.find('.') != std::string::npos) {
    digits.erase(digits.find_last_not_of('0') + 1);
    if (digits.back() == '.') digits.pop_back();
  }
  return grouped(digits);
}

std::string with_sign(double change, int decimals) {
  if (change == 0) return {};
  // a change too small for the decimals is told by its first digit
  while (decimals < 9 && std::fabs(change) * std::pow(10, decimals) < 0.5) ++decimals;
  return (change < 0 ? "-" : "+") + number(std::fabs(change), decimals);
}

std::string relative(double from, double to) {
  const std::string change = from > 0 ? with_sign(100 * (to - from) / from, 1) : std::string();
  return change.empty() ? change : change + " %";
}

std::string later(Ticks change) {
  if (change == 0) return {};
  const std::string by = span_words(std::abs(change));
  return change > 0 ? tr("{} later", by) : tr("{} earlier", by);
}
std::string longer(Ticks change) {
  if (change == 0) return {};
  const std::string by = span_words(std::abs(change));
  return change > 0 ? tr("{} longer", by) : tr("{} shorter", by);
}

std::string both(const std::string& first, const std::string& second) {
  return first + (first.empty() || second.empty() ? "" : ", ") + second;
}

/// The nearer way round the clock.
Ticks round_the_clock(Ticks change) {
  if (change > day / 2) return change - day;
  return change < -day / 2 ? change + day : change;
}

template <typename Parse>
auto parsed(const std::string& from, const std::string& to, Parse parse) {
  auto a = parse(from);
  auto b = parse(to);
  using Pair = std::pair<typename decltype(a)::value_type, typename decltype(b)::value_type>;
  return a && b ? std::optional<Pair>(std::in_place, *a, *b) : std::nullopt;
}

/// Midnight of a date, in days.
std::optional<std::int64_t> date_of(const std::string& text) {
  const bool formed = text.size() == 10 && text[4] == '-' && text[7] == '-';
  for (std::size_t i = 0; formed && i < text.size(); ++i)
    if (i != 4 && i != 7 && !is_digit(text[i])) return std::nullopt;
  if (!formed) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year(std::stoi(text.substr(0, 4))),
                                         std::chrono::month(static_cast<unsigned>(std::stoi(text.substr(5, 2)))),
                                         std::chrono::day(static_cast<unsigned>(std::stoi(text.substr(8, 2))))};
  if (!date.ok()) return std::nullopt;
  return std::chrono::sys_days(date).time_since_epoch().count();
}

std::string duration_change(const std::string& from, const std::string& to) {
  for (const char* word : {"before", "every", "busiest"}) {
    const auto spans = parsed(from, to, [word](const std::string& text) {
      Failure ignored;
      return parse_worded(text, word, Least::zero, ignored);
    });
    if (spans) return longer(spans->second - spans->first);
  }
  return {};
}

std::string time_change(const std::string& from, const std::string& to) {
  Failure ignored;
  const auto times = parsed(from, to, [&](const std::string& text) { return parse_time_of_day(text, ignored); });
  if (times) return later(times->second - times->first);
  const auto dates = parsed(from, to, date_of);
  return dates ? later((dates->second - dates->first) * day) : std::string();
}

std::string due_change(const std::string& from, const std::string& to) {
  Failure ignored;
  const auto dues = parsed(from, to, [&](const std::string& text) { return parse_due(text, ignored); });
  if (!dues || dues->first.kind != Due::Kind::working_days || dues->second.kind != Due::Kind::working_days) return {};
  const int days = dues->second.days - dues->first.days;
  const std::string by_days = days == 0  ? ""
                              : days > 0 ? tr_plural("{} working day later", "{} working days later", days, days)
                                         : tr_plural("{} working day earlier", "{} working days earlier", -days, -days);
  return both(by_days, later(dues->second.at - dues->first.at));
}

std::string amount_change(const std::string& from, const std::string& to, const std::string& currency) {
  Failure ignored;
  const auto wholes = parsed(from, to, [&](const std::string& t) { return parse_whole(t, 0, largest, ignored); });
  if (wholes) return with_sign(static_cast<double>(wholes->second - wholes->first), 0);
  const auto shares = parsed(from, to, [&](const std::string& t) { return parse_share(t, 1e9, ignored); });
  if (shares) {
    const double points = 100 * (shares->second - shares->first);
    const std::string change = with_sign(points, 2);
    if (change.empty()) return {};
    return change == "+1" || change == "-1" ? tr("{} point", change) : tr("{} points", change);
  }
  const auto items = parsed(from, to, [&](const std::string& t) { return parse_count(t, 0, largest, false, ignored); });
  if (items) return relative(static_cast<double>(items->first), static_cast<double>(items->second));
  const auto rates = parsed(from, to, [&](const std::string& t) { return parse_rate(t, Least::zero, ignored); });
  if (rates) return relative(rates->first, rates->second);
  const auto weights = parsed(from, to, [&](const std::string& t) { return parse_weight(t, ignored); });
  if (weights) return relative(weights->first, weights->second);
  for (const bool per_hour : {false, true}) {
    const auto money =
        parsed(from, to, [&](const std::string& t) { return parse_money(t, currency, per_hour, ignored); });
    if (money) return relative(money->first, money->second);
  }
  return {};
}

bool nearly(double a, double b) { return std::fabs(a - b) <= 1e-12 * std::max(std::fabs(a), std::fabs(b)); }

/// Whether both are of one kind of quantity, and of the same amount.
template <class Parse>
bool same_amount(const std::string& a, const std::string& b, const Parse& parse) {
  const auto both_read = parsed(a, b, parse);
  if (!both_read) return false;
  return nearly(static_cast<double>(both_read->first), static_cast<double>(both_read->second));
}

/// The three letters of a currency; empty: none.
std::string currency_in(const std::string& text) {
  const auto capital = [&](std::size_t i) { return text[i] >= 'A' && text[i] <= 'Z'; };
  for (std::size_t i = 0; i + 3 <= text.size(); ++i)
    if (capital(i) && capital(i + 1) && capital(i + 2)) return text.substr(i, 3);
  return {};
}

bool same_law(const Distribution& a, const Distribution& b) {
  return a.law == b.law && nearly(a.a, b.a) && nearly(a.b, b.b) && nearly(a.c, b.c) &&
         std::equal(a.values.begin(), a.values.end(), b.values.begin(), b.values.end(), nearly) &&
         std::equal(a.weights.begin(), a.weights.end(), b.weights.begin(), b.weights.end(), nearly);
}

/// Of laws; those of files are as good as other texts.
bool laws_mean_the_same(const std::string& a, const std::string& b) {
  Failure ignored;
  const NumberFile none = [](const std::string&) { return std::nullopt; };
  const auto services = parsed(a, b, [&](const std::string& t) { return parse_service(t, none, ignored); });
  if (services)
    return services->first.per_lot == services->second.per_lot && same_law(services->first.law, services->second.law);
  const auto counts = parsed(a, b, [&](const std::string& t) { return parse_law(t, Drawn::items, none, ignored); });
  return counts && same_law(counts->first, counts->second);
}

/// Of hours, days of the week, breaks and times due.
bool times_mean_the_same(const std::string& a, const std::string& b) {
  Failure ignored;
  const auto hours = parsed(a, b, [&](const std::string& t) { return parse_hours(t, ignored); });
  if (hours) return hours->first.from == hours->second.from && hours->first.to == hours->second.to;
  const auto days = parsed(a, b, [&](const std::string& t) { return parse_days(t, ignored); });
  if (days)
    return days->first.weekdays == days->second.weekdays && days->first.not_on_holidays == days->second.not_on_holidays;
  const auto breaks = parsed(a, b, [&](const std::string& t) { return parse_break(t, ignored); });
  if (breaks) return breaks->first.at == breaks->second.at && breaks->first.lasts == breaks->second.lasts;
  const auto dues = parsed(a, b, [&](const std::string& t) { return parse_due(t, ignored); });
  return dues && dues->first.kind == dues->second.kind && dues->first.within == dues->second.within &&
         dues->first.days == dues->second.days && dues->first.at == dues->second.at;
}

bool texts_mean_the_same(const std::string& a, const std::string& b) {
  if (a == b) return true;
  Failure ignored;
  const auto duration = [&](const std::string& t) { return parse_duration(t, Least::zero, ignored); };
  const auto clock = [&](const std::string& t) { return parse_time_of_day(t, ignored); };
  const auto share = [&](const std::string& t) { return parse_share(t, 1e9, ignored); };
  const auto items = [&](const std::string& t) { return parse_count(t, 0, largest, false, ignored); };
  const auto rate = [&](const std::string& t) { return parse_items_per_hour(t, ignored); };
  const auto weight = [&](const std::string& t) { return parse_weight(t, ignored); };
  const auto money = [&](const std::string& t) { return parse_money(t, currency_in(a), false, ignored); };
  const auto pay = [&](const std::string& t) { return parse_money(t, currency_in(a), true, ignored); };
  return same_amount(a, b, duration) || same_amount(a, b, clock) || same_amount(a, b, share) ||
         same_amount(a, b, items) || same_amount(a, b, rate) || same_amount(a, b, weight) || same_amount(a, b, money) ||
         same_amount(a, b, pay) || laws_mean_the_same(a, b) || times_mean_the_same(a, b);
}

}  // namespace

bool means_the_same(const Node& a, const Node& b) {
  if (a.kind != b.kind || a.items.size() != b.items.size() || a.entries.size() != b.entries.size()) return false;
  if (a.is_scalar()) return texts_mean_the_same(a.text, b.text);
  for (std::size_t i = 0; i < a.items.size(); ++i)
    if (!means_the_same(a.items[i], b.items[i])) return false;
  return std::all_of(a.entries.begin(), a.entries.end(), [&](const Entry& e) {
    const Node* other = b.find(e.key);
    return other != nullptr && means_the_same(e.value, *other);
  });
}

std::string spoken(const Node& node, std::size_t most) {
  if (node.is_null()) return tr("nothing");
  if (node.is_scalar()) return spoken_text(node.text);
  std::vector<std::string> parts;
  for (const Node& each : node.items) parts.push_back(spoken(each, most));
  for (const Entry& each : node.entries) {
    const bool nested = each.value.is_map() || each.value.is_sequence();
    const std::string value = spoken(each.value, most);
    parts.push_back(each.key + " " + (nested ? "(" + value + ")" : value));
  }
  if (parts.empty()) return tr("none");
  std::string all;
  for (std::size_t i = 0; i < std::min(most, parts.size()); ++i) all += (i == 0 ? "" : ", ") + parts[i];
  return parts.size() > most ? tr("{} and {} more", all, parts.size() - most) : all;
}

std::string label_text(const Node* label) {
  if (label == nullptr) return {};
  if (label->is_scalar()) return label->text;
  const bool french = language() == Language::fr;
  for (const char* code : {french ? "fr" : "en", french ? "en" : "fr"}) {
    const Node* text = label->find(code);
    if (text != nullptr && text->is_scalar() && !text->text.empty()) return text->text;
  }
  return {};
}

std::string span_words(Ticks span) {
  const Ticks days = span / day;
  if (span > 0 && span == days * day) return tr_plural("{} day", "{} days", days, grouped(std::to_string(days)));
  constexpr std::array<std::pair<Ticks, const char*>, 6> units = {
      {{day, "d"}, {hour, "h"}, {minute, "min"}, {second, "s"}, {second / 1000, "ms"}, {1, "us"}}};
  std::string text;
  for (const auto& [unit, name] : units) {
    if (span >= unit) text += fmt::format("{}{} {}", text.empty() ? "" : " ", span / unit, name);
    span %= unit;
  }
  return text.empty() ? "0 min" : text;
}

std::string change_words(const std::string& from, const std::string& to, const std::string& currency) {
  std::string words = amount_change(from, to, currency);
  if (words.empty()) words = duration_change(from, to);
  if (words.empty()) words = time_change(from, to);
  return words.empty() ? due_change(from, to) : words;
}

std::string hours_change(const std::string& from, const std::string& to) {
  Failure ignored;
  const auto hours = parsed(from, to, [&](const std::string& text) { return parse_hours(text, ignored); });
  if (!hours) return {};
  const auto& [a, b] = *hours;
  const Ticks begins = round_the_clock(b.from - a.from);
  const Ticks ends = begins + (b.to - b.from) - (a.to - a.from);
  if (begins == ends) return later(begins);
  return both(begins == 0 ? "" : tr("begins {}", later(begins)), ends == 0 ? "" : tr("ends {}", later(ends)));
}

std::string break_change(const std::string& from, const std::string& to) {
  Failure ignored;
  const auto breaks = parsed(from, to, [&](const std::string& text) { return parse_break(text, ignored); });
  if (!breaks) return {};
  const auto& [a, b] = *breaks;
  return both(later(round_the_clock(b.at - a.at)), longer(b.lasts - a.lasts));
}

std::string days_change(const std::string& from, const std::string& to) {
  Failure ignored;
  const auto days = parsed(from, to, [&](const std::string& text) { return parse_days(text, ignored); });
  if (!days) return {};
  constexpr std::array<const char*, 7> names = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
  std::string in;
  std::string out;
  for (int i = 0; i < 7; ++i) {
    std::string& side_of = days->second.has(i) ? in : out;
    if (days->first.has(i) != days->second.has(i))
      side_of += (side_of.empty() ? "" : ", ") + std::string(names.at(static_cast<std::size_t>(i)));
  }
  return both(in.empty() ? "" : tr("{} added", in), out.empty() ? "" : tr("{} removed", out));
}

std::string before_change(const std::string& from, const std::string& to) {
  Failure ignored;
  const auto spans =
      parsed(from, to, [&](const std::string& text) { return parse_worded(text, "before", Least::zero, ignored); });
  return spans ? later(spans->first - spans->second) : std::string();
}

}  // namespace mailflow
