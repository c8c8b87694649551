#include "scenario/files/shifts_file.hpp"

#include <utility>

#include "core/words.hpp"
#include "scenario/files/files.hpp"

namespace mailflow {

bool lay_shifts(Node& scenario, const std::string& data_dir, Problems& problems) {
  Entry* staff = scenario.entry("staff");
  Entry* shifts = staff == nullptr ? nullptr : staff->value.entry("shifts");
  if (shifts == nullptr || !shifts->value.is_scalar() || !shifts->value.text.ends_with(".csv")) return true;
  const auto file = read_table(shifts->value, data_dir, problems);
  if (!file) return false;
  const int name = file->column_of("name");
  if (name < 0 || file->column_of("hours") < 0) {
    problems.error(
        shifts->value.place, tr("the file has no column \"{}\"", name < 0 ? "name" : "hours"),
        tr("{}; shifts have the columns name and hours, and may have days, breaks, holidays", file->columns()));
    return false;
  }
  Node map;
  map.kind = Node::Kind::map;
  map.place = shifts->value.place;
  for (std::size_t r = 0; r < file->rows.size(); ++r) {
    const std::string key = file->rows[r][static_cast<std::size_t>(name)];
    if (map.find(key) != nullptr) {
      problems.error(file->place(r, static_cast<std::size_t>(name)), tr("two shifts are called {}", key),
                     tr("give each its own name"));
      continue;
    }
    Node values;
    values.kind = Node::Kind::map;
    values.place = file->place(r, 0);
    for (std::size_t c = 0; c < file->header.size(); ++c) {
      const std::string text = file->rows[r][c];
      if (static_cast<int>(c) == name || text.empty()) continue;
      const Place place = file->place(r, c);
      values.entries.push_back(
          {file->header[c], place, file->header[c] == "breaks" ? list_node(text, place) : scalar_node(text, place)});
    }
    map.entries.push_back({key, values.place, std::move(values)});
  }
  shifts->value = std::move(map);
  return true;
}

}  // namespace mailflow
