// Reads a part of the section `roster:` into the roster's task.
#pragma once

#include <optional>
#include <string>

#include "roster/roster.hpp"
#include "scenario/files/csv.hpp"
#include "scenario/sections/time_reader.hpp"

namespace mailflow {

class RosterPartReader : public TimeReader {
 public:
  /// `roster`: the section. All outlive it.
  RosterPartReader(Reading& reading, const Node& roster, RosterTask& task)
      : TimeReader(reading), node_(roster), task_(task) {}

 protected:
  /// The day of the roster that a date is; false where it is none.
  bool date(const std::string& text, int& on) const;
  std::optional<CsvFile> csv(const Node& named);

  const Node& node_;
  RosterTask& task_;
};

}  // namespace mailflow
