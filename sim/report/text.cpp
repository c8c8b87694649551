#include "report/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/words.hpp"
#include "metrics/targets.hpp"

namespace mailflow {

std::string name_of(const Label& label, const std::string& name) {
  const std::string& spoken = language() == Language::fr && !label.fr.empty() ? label.fr : label.en;
  return spoken.empty() ? name : spoken;
}

std::string decimal(double value, int decimals) {
  std::string digits = fmt::format("{:.{}f}", value, decimals);
  if (language() == Language::fr) std::replace(digits.begin(), digits.end(), '.', ',');
  return digits;
}

/// 12 345 678, with thin spaces between groups of three.
std::string grouped(double value, int decimals) {
  std::string digits = decimal(std::fabs(value), decimals);
  const auto point = digits.find_first_of(".,");
  for (auto i = static_cast<std::ptrdiff_t>(point == std::string::npos ? digits.size() : point) - 3; i > 0; i -= 3)
    digits.insert(static_cast<std::size_t>(i), " ");
  return (value < 0 ? "-" : "") + digits;
}

std::string percent(double share) { return std::isfinite(share) ? decimal(100 * share, 1) + " %" : "-"; }

std::string span(double minutes) {
  if (!std::isfinite(minutes)) return "-";
  if (minutes < 1) return decimal(minutes * 60, 1) + " s";
  if (minutes < 60) return decimal(minutes, 1) + " min";
  return minutes < 48 * 60 ? decimal(minutes / 60, 1) + " h" : tr("{} d", decimal(minutes / 1440, 1));
}

namespace {

/// Enough decimals to see a value of this size.
int decimals_for(double value) {
  const double size = std::fabs(value);
  return size >= 1000 ? 0 : size >= 10 ? 1 : 2;
}

}  // namespace

std::string shown(double value, const std::string& unit, const std::string& currency) {
  if (std::isnan(value)) return "-";
  if (std::isinf(value)) return "?";
  if (unit == "share") return decimal(100 * value, value > 0.995 && value < 1 ? 2 : 1) + " %";
  if (unit == "minutes") return span(value);
  if (unit == "agent hours" || unit == "hours") return grouped(value, decimals_for(value)) + " h";
  if (unit.starts_with("currency"))
    return grouped(value, decimals_for(value)) + (currency.empty() ? "" : " " + currency);
  const std::string number = grouped(value, std::fabs(value) < 100 ? 1 : 0);
  if (unit == "items") return tr("{} items", number);
  if (unit == "items/h") return tr("{} items/h", number);
  if (unit == "item hours") return tr("{} item hours", number);
  if (unit == "item minutes") return tr("{} item minutes", number);
  return unit.empty() ? number : number + " " + unit;
}

std::string when_words(const std::string& when) {
  const bool is_date = when.find_first_of("0123456789") == 0;
  return is_date ? shown(parse_date(when)) : tr(when.c_str());
}

std::string met_words(const TargetResult& target) {
  if (!judged(target)) return "";
  return target.met ? in_tone(Tone::good, tr("met")) : in_tone(Tone::bad, tr("MISSED"));
}

std::string met_cell(const TargetResult& target) {
  if (!judged(target)) return "";
  return target.met ? "yes" : "no";
}

std::string shown_change(double value, const std::string& unit, const std::string& currency) {
  if (!std::isfinite(value)) return shown(value, unit, currency);
  const std::string sign = value < 0 ? "-" : "+";
  if (unit == "share") return sign + tr("{} points", decimal(std::fabs(100 * value), 2));
  return sign + shown(std::fabs(value), unit, currency);
}

std::vector<std::size_t> Columns::widths() const {
  std::vector<std::size_t> widths(rows_[0].size(), 0);
  for (const auto& row : rows_)
    for (std::size_t c = 0; c < row.size(); ++c) widths[c] = std::max(widths[c], width_of(row[c]));
  constexpr std::size_t most_of_names = 44;
  widths[0] = std::min(widths[0], most_of_names);
  return widths;
}

/// The first column, and those from `from` to before `to`.
std::string Columns::part(const std::vector<std::size_t>& widths, std::size_t from, std::size_t to) const {
  std::string text;
  for (const auto& row : rows_) {
    std::string line = " ";
    const auto add = [&](std::size_t c) {
      const std::size_t w = width_of(row[c]);
      const std::string pad(w < widths[c] ? widths[c] - w : 0, ' ');
      const bool left = c == 0 || (last_left_ && c + 1 == row.size());
      line += std::string(c == 0 ? 1 : 2, ' ') + (left ? row[c] + pad : pad + row[c]);
    };
    add(0);
    for (std::size_t c = from; c < std::min(to, row.size()); ++c) add(c);
    text += line.substr(0, line.find_last_not_of(' ') + 1) + "\n";
  }
  return text;
}

std::string Columns::text() const {
  const std::vector<std::size_t> widths = this->widths();
  std::string text;
  std::size_t from = 1;
  do {
    std::size_t to = from;
    for (std::size_t wide = 2 + widths[0]; to < widths.size(); ++to) {
      wide += 2 + widths[to];
      if (to > from && window().columns > 0 && wide > window().columns) break;
    }
    text += (text.empty() ? "" : "\n") + part(widths, from, to);
    from = to;
  } while (from < widths.size());
  return text;
}

}  // namespace mailflow
