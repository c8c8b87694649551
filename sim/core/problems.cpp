#include "core/problems.hpp"

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

#include "core/clean_text.hpp"
#include "core/words.hpp"

namespace mailflow {
namespace {

constexpr std::size_t widest_line = 160;

bool continues_character(char c) { return (static_cast<unsigned char>(c) & 0xc0U) == 0x80U; }

/// The characters of a line; anything that would upset a terminal becomes a question mark.
std::vector<std::string> characters(std::string_view line) {
  std::vector<std::string> all;
  for (const char c : line) {
    if (continues_character(c) && !all.empty()) {
      all.back() += c;
    } else {
      const bool control = (static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7f;
      all.emplace_back(1, control ? '?' : c);
    }
  }
  return all;
}

/// The source line and the caret under its column; of a very long line only the part around the column.
std::string excerpt(const Place& place) {
  const auto& lines = place.file->lines;
  const auto index = static_cast<std::size_t>(place.line) - 1;
  if (index >= lines.size()) return {};
  const auto all = characters(lines[index]);
  const auto column = std::min(static_cast<std::size_t>(std::max(place.column, 1)) - 1, all.size());
  std::size_t from = 0;
  if (all.size() > widest_line && column > widest_line / 2) from = column - widest_line / 2;
  const auto to = std::min(all.size(), from + widest_line);
  std::string shown = from > 0 ? "..." : "";
  std::string pad(shown.size(), ' ');
  for (std::size_t i = from; i < to; ++i) {
    shown += all[i];
    if (i < column) pad += all[i] == "\t" ? '\t' : ' ';
  }
  if (to < all.size()) shown += "...";
  const auto number = std::to_string(place.line);
  std::string text = "  " + number + " | " + shown + "\n";
  if (place.column > 0) text += "  " + std::string(number.size(), ' ') + " | " + pad + "^\n";
  return text;
}

/// What stands on one line.
std::string line_of(const std::string& text) {
  std::string line = text;
  std::replace_if(line.begin(), line.end(), [](char c) { return c == '\n' || c == '\r'; }, '?');
  return line;
}

std::string word_for(Problem::Severity severity) {
  if (severity == Problem::Severity::error) return tr("error: ");
  return severity == Problem::Severity::warning ? tr("warning: ") : tr("note: ");
}

std::string text_of(const Problem& problem) {
  std::string text;
  const Place& place = problem.place;
  if (place.file) {
    text += line_of(place.file->path);
    if (place.line > 0) text += ":" + std::to_string(place.line);
    if (place.line > 0 && place.column > 0) text += ":" + std::to_string(place.column);
    text += ": ";
  }
  text += word_for(problem.severity);
  text += line_of(problem.message) + "\n";
  if (place.file && place.line > 0) text += excerpt(place);
  if (!problem.help.empty()) text += tr("  help: ") + line_of(problem.help) + "\n";
  return for_terminal(text);
}

constexpr std::size_t many_of_a_kind = 10;
constexpr std::size_t told_of_many = 5;
constexpr std::string_view opening_quote = "«";
constexpr std::string_view closing_quote = "»";

/// The words without what differs between lines: numbers, and what stands in quotes.
std::string without_figures(const std::string& words) {
  std::string rest;
  bool quoted = false;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (words[i] == '"') quoted = !quoted;
    if (words.compare(i, opening_quote.size(), opening_quote) == 0) quoted = true;
    if (words.compare(i, closing_quote.size(), closing_quote) == 0) quoted = false;
    if (!quoted && (words[i] < '0' || words[i] > '9')) rest += words[i];
  }
  return rest;
}

std::string kind_of(const Problem& problem) {
  const std::string file = problem.place.file ? problem.place.file->path : "";
  return word_for(problem.severity) + file + '\n' + without_figures(problem.message) + '\n' +
         without_figures(problem.help);
}

std::string more_like_it(std::size_t count, const Place& first, const Place& last) {
  if (first.line > 0 && first.line == last.line) return tr("  and {} more like it, on line {}\n", count, first.line);
  if (first.line > 0 && first.line < last.line)
    return tr("  and {} more like it, lines {} to {}\n", count, first.line, last.line);
  return tr("  and {} more like it\n", count);
}

char folded(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

/// Optimal string alignment: insertions, deletions, replacements and swaps of neighbours; capitals do not count.
std::size_t distance(const std::string& a, const std::string& b) {
  const std::size_t width = b.size() + 1;
  std::vector<std::size_t> before(width);
  std::vector<std::size_t> last(width);
  std::vector<std::size_t> row(width);
  for (std::size_t j = 0; j < width; ++j) last[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j < width; ++j) {
      const bool same = folded(a[i - 1]) == folded(b[j - 1]);
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + (same ? 0U : 1U)});
      if (i > 1 && j > 1 && folded(a[i - 1]) == folded(b[j - 2]) && folded(a[i - 2]) == folded(b[j - 1])) {
        row[j] = std::min(row[j], before[j - 2] + 1);
      }
    }
    std::swap(before, last);
    std::swap(last, row);
  }
  return last[b.size()];
}

}  // namespace

SourceLines::SourceLines(std::string text) : text_(std::move(text)) {
  std::size_t from = text_.starts_with("\xef\xbb\xbf") ? 3 : 0;
  while (from < text_.size()) {
    starts_.push_back(from);
    const std::size_t to = text_.find_first_of("\r\n", from);
    if (to == std::string::npos) break;
    from = to + (text_.compare(to, 2, "\r\n") == 0 ? 2 : 1);
  }
}

std::string_view SourceLines::operator[](std::size_t line) const {
  const std::size_t from = starts_[line];
  std::size_t to = line + 1 < starts_.size() ? starts_[line + 1] : text_.size();
  if (to > from && text_[to - 1] == '\n') --to;
  if (to > from && text_[to - 1] == '\r') --to;
  return std::string_view(text_).substr(from, to - from);
}

void Problems::error(Place place, std::string message, std::string help) {
  all_.push_back({Problem::Severity::error, std::move(place), std::move(message), std::move(help)});
}

void Problems::warning(Place place, std::string message, std::string help) {
  all_.push_back({Problem::Severity::warning, std::move(place), std::move(message), std::move(help)});
}

void Problems::note(Place place, std::string message, std::string help) {
  all_.push_back({Problem::Severity::note, std::move(place), std::move(message), std::move(help)});
}

bool Problems::has_errors() const { return errors() > 0; }

std::size_t Problems::errors() const { return count(Problem::Severity::error); }

std::size_t Problems::warnings() const { return count(Problem::Severity::warning); }

std::size_t Problems::count(Problem::Severity severity) const {
  const auto all = sorted();
  return static_cast<std::size_t>(
      std::count_if(all.begin(), all.end(), [=](const Problem& problem) { return problem.severity == severity; }));
}

std::size_t ErrorsSince::count() const {
  return static_cast<std::size_t>(
      std::count_if(problems_.all_.begin() + static_cast<std::ptrdiff_t>(from_), problems_.all_.end(),
                    [](const Problem& problem) { return problem.severity == Problem::Severity::error; }));
}

std::vector<Problem> Problems::sorted() const {
  std::map<std::string, std::size_t> met;
  for (const auto& problem : all_) met.try_emplace(problem.place.file ? problem.place.file->path : "", met.size());
  const auto rank = [&met](const Problem& problem) {
    const Place& place = problem.place;
    return std::tuple(met.at(place.file ? place.file->path : ""), place.line, place.column);
  };
  auto all = all_;
  std::stable_sort(all.begin(), all.end(), [&](const auto& a, const auto& b) { return rank(a) < rank(b); });
  // what is written once and used twice (an anchor) is told once
  const auto same = [&](const Problem& a, const Problem& b) { return rank(a) == rank(b) && a.message == b.message; };
  all.erase(std::unique(all.begin(), all.end(), same), all.end());
  return all;
}

std::string Problems::text() const {
  const auto all = sorted();
  std::map<std::string, std::vector<std::size_t>> alike;
  for (std::size_t i = 0; i < all.size(); ++i) alike[kind_of(all[i])].push_back(i);
  std::string text;
  for (std::size_t i = 0; i < all.size(); ++i) {
    const auto& kind = alike.at(kind_of(all[i]));
    const bool few = kind.size() <= many_of_a_kind;
    const auto rank = static_cast<std::size_t>(std::lower_bound(kind.begin(), kind.end(), i) - kind.begin());
    if (few || rank < told_of_many) text += text_of(all[i]);
    if (!few && rank + 1 == told_of_many)
      text += more_like_it(kind.size() - told_of_many, all[kind[told_of_many]].place, all[kind.back()].place);
  }
  return text;
}

std::string nearest(const std::string& word, const std::vector<std::string>& candidates) {
  constexpr std::size_t longest = 200;
  std::string best;
  if (word.size() > longest) return best;
  std::size_t least = SIZE_MAX;
  for (const auto& candidate : candidates) {
    if (candidate.size() > longest) continue;
    const auto away = distance(word, candidate);
    if (away < least && 3 * away <= std::max(word.size(), candidate.size())) {
      least = away;
      best = candidate;
    }
  }
  return best;
}

}  // namespace mailflow
