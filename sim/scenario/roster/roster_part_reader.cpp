#include "scenario/roster/roster_part_reader.hpp"

#include <stdexcept>

#include "scenario/files/files.hpp"

namespace mailflow {

bool RosterPartReader::date(const std::string& text, int& on) const {
  try {
    on = parse_date(text).days - task_.from.days;
    return true;
  } catch (const std::invalid_argument&) {
    return false;
  }
}

std::optional<CsvFile> RosterPartReader::csv(const Node& named) {
  return read_table(named, in_.options.data_dir, in_.problems);
}

}  // namespace mailflow
