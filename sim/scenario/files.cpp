#include "scenario/files.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>

#include "scenario/quantities.hpp"

namespace mailflow {

namespace fs = std::filesystem;

std::optional<std::string> read_file(const std::string& path, const Place& place, Problems& problems) {
  constexpr std::uintmax_t largest = 2'000'000'000;
  std::error_code failed;
  const auto refuse = [&](const std::string& why) -> std::optional<std::string> {
    problems.error(place, "\"" + path + "\" " + why);
    return std::nullopt;
  };
  const auto status = fs::status(path, failed);
  if (!fs::exists(status)) return refuse("does not exist");
  if (fs::is_directory(status)) return refuse("is a folder, not a file");
  if (!fs::is_regular_file(status)) return refuse("is not a file");
  const auto size = fs::file_size(path, failed);
  if (failed || size > largest) return refuse("is larger than 2 GB");
  std::ifstream in(path, std::ios::binary);
  if (!in) return refuse("may not be read");
  std::string text((std::istreambuf_iterator<char>(in)), {});
  if (in.bad()) return refuse("cannot be read");
  return text;
}

std::optional<std::string> resolve(const Node& named, const std::string& data_dir, Problems& problems) {
  static const std::string data = "data:";
  if (!named.is_scalar() || named.text.empty()) return std::nullopt;
  if (!named.text.starts_with(data)) {
    const fs::path beside = fs::path(named.place.file->path).parent_path() / named.text;
    return beside.lexically_normal().generic_string();
  }
  if (data_dir.empty()) {
    problems.error(named.place, "\"" + named.text + "\" lies in the data folder, and none is given",
                   "say where the data is: --data DIR, or the environment variable MAILFLOW_DATA");
    return std::nullopt;
  }
  auto path = (fs::path(data_dir) / named.text.substr(data.size())).lexically_normal().generic_string();
  std::error_code ignored;
  if (!fs::exists(path, ignored)) {
    problems.error(named.place, "\"" + named.text + "\" is not in the data folder (" + data_dir + ")",
                   "say where the data is: --data DIR, or the environment variable MAILFLOW_DATA");
    return std::nullopt;
  }
  return path;
}

std::optional<std::vector<double>> read_numbers(const std::string& path, const Place& named, Problems& problems) {
  const auto text = read_file(path, named, problems);
  if (!text) return std::nullopt;
  const auto file = source_file(path, *text);
  if (!is_text(file, problems)) return std::nullopt;
  std::vector<double> numbers;
  std::size_t wrong = 0;
  for (std::size_t i = 0; i < file->lines.size(); ++i) {
    const auto line = trimmed(file->lines[i]);
    if (line.empty() || line.front() == '#') continue;
    // a decimal comma, unless it may stand for thousands (1,400)
    std::string plain(line);
    if (const auto comma = plain.find(','); comma != std::string::npos)
      if (plain.size() - comma != 4 || plain.starts_with("0,")) plain[comma] = '.';
    Failure failure;
    const auto number = parse_number(plain, failure);
    if (number)
      numbers.push_back(*number);
    else if (++wrong <= 20)
      problems.error({file, static_cast<int>(i) + 1, 1}, failure.must, "write one number a line, 0 or more");
  }
  if (wrong > 20) problems.error({file, 0, 0}, "and " + std::to_string(wrong - 20) + " more lines that are no numbers");
  if (numbers.empty() && wrong == 0) problems.error({file, 0, 0}, "there is no number in this file");
  if (numbers.empty() || wrong > 0) return std::nullopt;
  return numbers;
}

std::optional<CsvFile> read_table(const Node& named, const std::string& data_dir, Problems& problems) {
  const auto path = resolve(named, data_dir, problems);
  const auto text = path ? read_file(*path, named.place, problems) : std::nullopt;
  if (!text) return std::nullopt;
  const std::size_t errors = problems.errors();
  CsvFile file = read_csv(*path, *text, problems);
  if (problems.errors() > errors) return std::nullopt;
  for (std::size_t r = 0; r < file.rows.size(); ++r)
    if (file.rows[r].size() != file.header.size()) {
      problems.error(file.place(r, 0), "this row has " + std::to_string(file.rows[r].size()) +
                                           " values, the first line names " + std::to_string(file.header.size()) +
                                           " columns");
      return std::nullopt;
    }
  return file;
}

Node scalar_node(const std::string& text, const Place& place) {
  Node node;
  node.kind = Node::Kind::scalar;
  node.text = text;
  node.place = place;
  return node;
}

Node list_node(const std::string& text, const Place& place) {
  Node node;
  node.kind = Node::Kind::sequence;
  node.place = place;
  for (const auto part : split_outside_brackets(text, ';'))
    if (!part.empty()) node.items.push_back(scalar_node(std::string(part), place));
  return node;
}

}  // namespace mailflow
