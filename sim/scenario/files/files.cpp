#include "scenario/files/files.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <utility>
#include <vector>

#include "core/memory.hpp"
#include "core/words.hpp"
#include "scenario/files/files_read.hpp"
#include "scenario/values/quantities.hpp"

namespace mailflow {

namespace fs = std::filesystem;

namespace {

/// With all links followed, as far as it is there.
fs::path followed(const fs::path& path) {
  std::error_code failed;
  const fs::path whole = fs::weakly_canonical(fs::absolute(path, failed), failed);
  return whole.empty() ? path : whole;
}

bool within(const fs::path& file, const fs::path& folder) {
  const fs::path top = folder.empty() ? "." : folder;
  const fs::path way = file.lexically_relative(followed(top));
  return !way.empty() && *way.begin() != "..";
}

/// Whether a file is none of a disk, but what the system says of itself and its programs.
bool is_of_the_system(const fs::path& followed_file) {
  return within(followed_file, "/proc") || within(followed_file, "/sys") || within(followed_file, "/dev");
}

bool is_scenario_or_data(const fs::path& path) {
  const std::string end = path.extension().string();
  return end == ".yaml" || end == ".yml" || end == ".csv" || end == ".txt";
}

/// Whether a file that another file names may be read: messages about a file show lines of it, and a scenario of
/// somebody else's is not to show a user's own files. Elsewhere than beside the file that names it, in the data folder
/// or where the program was started, it must say by its name that it is a scenario or data.
bool may_be_named(const fs::path& path, const fs::path& beside, const std::string& data_dir) {
  const fs::path file = followed(path);
  if (is_of_the_system(file)) return false;
  if (within(file, beside) || within(file, ".") || (!data_dir.empty() && within(file, data_dir))) return true;
  return is_scenario_or_data(file);
}

/// What may have been meant by a file that is not there: the nearest name beside it, else all of its kind, where these
/// are few, else where it is looked for.
std::string what_there_is(const fs::path& path, bool named_in_a_file) {
  constexpr std::size_t most = 6;
  std::string where = named_in_a_file ? tr("it is looked for from the folder of the file that names it")
                                      : tr("give its whole path, or the one from the folder you are in");
  const fs::path folder = path.parent_path();
  if (is_of_the_system(followed(path))) return where;
  std::error_code failed;
  if (!fs::is_directory(folder.empty() ? "." : folder, failed))
    return tr("there is no folder {}", folder.generic_string());
  const fs::path kind = is_scenario_or_data(path) ? path.extension() : ".yaml";
  std::vector<std::string> names;
  for (fs::directory_iterator each(folder.empty() ? "." : folder, failed), end; !failed && each != end;
       each.increment(failed))
    if (each->path().extension() == kind) names.push_back(each->path().stem().string());
  std::sort(names.begin(), names.end());
  const auto written = [&](const std::string& name) { return (folder / name).generic_string() + kind.string(); };
  if (const auto near = nearest(path.stem().string(), names); !near.empty())
    return tr("did you mean {}?", written(near));
  if (named_in_a_file || names.empty() || names.size() > most) return where;
  std::string list;
  for (const std::string& name : names) list += (list.empty() ? "" : ", ") + written(name);
  return tr("there is {}", list);
}

}  // namespace

std::optional<std::string> read_file(const std::string& path, const Place& place, Problems& problems) {
  constexpr std::uintmax_t largest = 2'000'000'000;
  std::error_code failed;
  const auto refuse = [&](const std::string& why, const std::string& help = {}) -> std::optional<std::string> {
    problems.error(place, why, help);
    return std::nullopt;
  };
  if (!may_read(followed(path).string()))
    return refuse(tr("\"{}\" lies outside of the folder that is open", path),
                  tr("put it into the folder, or open a folder that holds both"));
  const auto status = fs::status(path, failed);
  if (!fs::exists(status)) return refuse(tr("\"{}\" does not exist", path), what_there_is(path, place.file != nullptr));
  if (fs::is_directory(status))
    return refuse(tr("\"{}\" is a folder, not a file", path),
                  what_there_is(fs::path(path) / "", place.file != nullptr));
  if (!fs::is_regular_file(status)) return refuse(tr("\"{}\" is not a file", path));
  // whoever named it: messages show lines of a file, and the environment holds secrets
  if (is_of_the_system(followed(path)))
    return refuse(tr("\"{}\" cannot be read: it is a file of the system's, not of data", path));
  const auto size = fs::file_size(path, failed);
  if (failed || size > largest) return refuse(tr("\"{}\" is larger than 2 GB", path));
  try {  // the text, its lines, and what is made of them
    need_memory(static_cast<std::int64_t>(size) * 3);
  } catch (const MemoryExceeded&) {
    problems.error(place,
                   tr("\"{}\" takes some {} of memory to read, more than is left of the {} that may be taken", path,
                      shown_memory(static_cast<std::int64_t>(size) * 3), shown_memory(memory_bound())),
                   tr("give more with --memory, or part the file by days"));
    return std::nullopt;
  }
  std::ifstream in(path, std::ios::binary);
  if (!in) return refuse(tr("\"{}\" may not be read", path));
  note_read(path);
  std::string text;
  text.reserve(size);
  std::vector<char> part(1U << 16U);
  while (in) {
    in.read(part.data(), static_cast<std::streamsize>(part.size()));
    text.append(part.data(), static_cast<std::size_t>(in.gcount()));
  }
  if (in.bad()) return refuse(tr("\"{}\" cannot be read", path));  // of the disk
  return text;
}

std::optional<std::string> resolve(const Node& named, const std::string& data_dir, Problems& problems) {
  static const std::string data = "data:";
  if (!named.is_scalar() || named.text.empty()) return std::nullopt;
  const fs::path folder = fs::path(named.place.file->path).parent_path();
  const auto allowed = [&](const fs::path& path) -> std::optional<std::string> {
    if (may_be_named(path, folder, data_dir)) return path.lexically_normal().generic_string();
    problems.error(named.place, tr("\"{}\" lies outside the folders of the scenario and of the data", named.text),
                   tr("copy it beside the scenario; elsewhere only .yaml, .csv and .txt files are read"));
    return std::nullopt;
  };
  if (!named.text.starts_with(data)) return allowed(folder / named.text);
  if (data_dir.empty()) {
    problems.error(named.place, tr("\"{}\" lies in the data folder, and none is given", named.text),
                   tr("say where the data is: --data DIR, or the environment variable MAILFLOW_DATA"));
    return std::nullopt;
  }
  auto path = (fs::path(data_dir) / named.text.substr(data.size())).lexically_normal().generic_string();
  std::error_code ignored;
  if (!fs::exists(path, ignored)) {
    problems.error(named.place, tr("\"{}\" is not in the data folder ({})", named.text, data_dir),
                   tr("say where the data is: --data DIR, or the environment variable MAILFLOW_DATA"));
    return std::nullopt;
  }
  return allowed(path);
}

std::optional<std::vector<double>> read_numbers(const std::string& path, const Place& named, Problems& problems) {
  auto text = read_file(path, named, problems);
  if (!text) return std::nullopt;
  const auto file = source_file(path, std::move(*text));
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
      problems.error({file, static_cast<int>(i) + 1, 1}, failure.must, tr("write one number a line, 0 or more"));
  }
  if (wrong > 20) problems.error({file, 0, 0}, tr("and {} more lines that are no numbers", wrong - 20));
  if (numbers.empty() && wrong == 0) problems.error({file, 0, 0}, tr("there is no number in this file"));
  if (numbers.empty() || wrong > 0) return std::nullopt;
  return numbers;
}

std::optional<CsvFile> read_table(const Node& named, const std::string& data_dir, Problems& problems) {
  const auto path = resolve(named, data_dir, problems);
  auto text = path ? read_file(*path, named.place, problems) : std::nullopt;
  if (!text) return std::nullopt;
  const ErrorsSince errors(problems);
  CsvFile file = read_csv(*path, std::move(*text), problems);
  if (errors.any()) return std::nullopt;
  for (std::size_t r = 0; r < file.rows.size(); ++r)
    if (file.rows[r].size() != file.header.size()) {
      problems.error(file.place(r, 0), tr("this row has {} values, the first line names {} columns",
                                          file.rows[r].size(), file.header.size()));
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
