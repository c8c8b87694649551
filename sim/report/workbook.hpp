// A workbook (XLSX, by libxlsxwriter) of the same tables as the CSV files: a sheet each with real numbers and dates,
// the header row frozen and filtered, and charts of the main ones beside the rows. Headings are in the language spoken
// (core/words.hpp).
#pragma once

#include <string>
#include <vector>

#include "report/table.hpp"

namespace mailflow {

/// The whole file's bytes. Throws OutputFailure where it cannot be made.
///
/// `words`: by a column's name, what is written there in place of a name of the scenario.
std::string workbook(const std::vector<Table>& tables, const CellWords& words = {});

}  // namespace mailflow
