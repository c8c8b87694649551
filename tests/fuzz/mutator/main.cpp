// mailflow_fuzz --reader=NAME [libFuzzer's options] [FOLDER...]: drives a reader with mutated inputs.
//
// Beside libFuzzer's own mutations of bytes, those of a text made of lines: what a planner slips in, and worse.
#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "fuzz/folder.hpp"
#include "fuzz/readers.hpp"

namespace {

using mailflow::fuzz::Reader;
const Reader* reader = nullptr;  // NOLINT(*-non-const-global-variables): said once on the command line

std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    lines.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

constexpr std::array odd_values = {"0",
                                   "1",
                                   "-1",
                                   "1e308",
                                   "1e-308",
                                   "nan",
                                   "inf",
                                   "2147483648",
                                   "0 %",
                                   "100 %",
                                   "100.1 %",
                                   "1 us",
                                   "36600 d",
                                   "0 s",
                                   "1000000000 h",
                                   "24:00",
                                   "23:59:59",
                                   "00:00",
                                   "\"\"",
                                   "[]",
                                   "{}",
                                   "~",
                                   "out",
                                   "every day",
                                   "Feb 29",
                                   "0001-01-01",
                                   "9999-12-31",
                                   "2025-03-30 02:30",
                                   "2025-10-26 02:30",
                                   "0.000001 items/h",
                                   "1e15 items/h",
                                   "1000000000 items",
                                   "0 kg",
                                   "exponential 1 s",
                                   "normal 1 s 1000 h",
                                   "\"\xe2\x80\xae\"",
                                   "\"\\u0000\"",
                                   "\xff",
                                   "&a [*a]"};

/// Where the value of a line "key: value" begins; npos: it has none.
std::size_t value_of(const std::string& line) {
  const std::size_t colon = line.find(": ");
  return colon == std::string::npos ? colon : colon + 2;
}

void mutate_lines(std::vector<std::string>& lines, std::minstd_rand& random) {
  const auto any = [&](std::size_t n) { return static_cast<std::size_t>(random()) % n; };
  if (lines.empty()) lines.emplace_back();
  const std::size_t i = any(lines.size());
  const std::size_t j = any(lines.size());
  const auto at = [&](std::size_t k) { return lines.begin() + static_cast<std::ptrdiff_t>(k); };
  const std::size_t here = value_of(lines[i]);
  const std::size_t there = value_of(lines[j]);
  constexpr std::size_t kinds = 9;
  switch (any(kinds)) {
    case 0:
      lines.erase(at(i));
      break;
    case 1:
      lines.insert(at(j), std::string(lines[i]));
      break;
    case 2:
      std::swap(lines[i], lines[j]);
      break;
    case 3:
      lines[i].insert(0, "  ");
      break;
    case 4:
      if (lines[i].starts_with("  ")) lines[i].erase(0, 2);
      break;
    case 5:  // another line's value
      if (here != std::string::npos && there != std::string::npos)
        lines[i].replace(here, lines[i].size(), lines[j].substr(there));
      break;
    case 6:  // an odd value
      if (here != std::string::npos) lines[i].replace(here, lines[i].size(), odd_values[any(odd_values.size())]);
      break;
    case 7: {  // an odd number in the place of one
      const std::size_t from = lines[i].find_first_of("0123456789", any(lines[i].size() + 1));
      if (from == std::string::npos) break;
      const std::size_t to = lines[i].find_first_not_of("0123456789.", from);
      lines[i].replace(from, (to == std::string::npos ? lines[i].size() : to) - from,
                       odd_values[any(odd_values.size())]);
      break;
    }
    default: {  // a word of another line
      const auto word = [&](const std::string& line, std::size_t start) {
        const std::size_t from = std::min(line.find_first_not_of(" ,:{}[]\"", start), line.size());
        return std::pair(from, std::min(line.find_first_of(" ,:{}[]\"", from), line.size()) - from);
      };
      const auto [from, size] = word(lines[i], any(lines[i].size() + 1));
      const auto [other, length] = word(lines[j], any(lines[j].size() + 1));
      lines[i].replace(from, size, lines[j].substr(other, length));
      break;
    }
  }
}

}  // namespace

extern "C" std::size_t LLVMFuzzerMutate(std::uint8_t* data, std::size_t size, std::size_t most);

extern "C" int LLVMFuzzerInitialize(int* argc, char*** argv) {
  constexpr std::string_view option = "--reader=";
  for (int i = 1; i < *argc; ++i)
    if (const std::string_view word = (*argv)[i]; word.starts_with(option))
      for (const Reader& each : mailflow::fuzz::readers())
        if (each.name == word.substr(option.size())) reader = &each;
  if (reader != nullptr) return 0;
  std::fputs("mailflow_fuzz lacks --reader=NAME, one of:", stderr);
  for (const Reader& each : mailflow::fuzz::readers()) std::fprintf(stderr, " %s", each.name.c_str());
  std::fputs("\n", stderr);
  std::exit(2);
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  try {
    reader->read({reinterpret_cast<const char*>(data), size});
  } catch (const mailflow::fuzz::Broken& law) {
    std::fprintf(stderr, "BROKEN: %s\n", law.what());
    std::abort();
  }
  return 0;
}

extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size, std::size_t most, unsigned seed) {
  std::minstd_rand random(seed);
  constexpr unsigned of_bytes = 3;  // one in so many
  if (!reader->is_text || random() % of_bytes == 0) return LLVMFuzzerMutate(data, size, most);
  auto lines = lines_of({reinterpret_cast<const char*>(data), size});
  constexpr unsigned at_once = 4;
  for (unsigned n = random() % at_once + 1; n > 0; --n) mutate_lines(lines, random);
  std::string text;
  for (const std::string& line : lines) text += line + "\n";
  const std::size_t now = std::min(text.size(), most);
  std::memcpy(data, text.data(), now);
  return now;
}
