#include "report/workbook.hpp"

#include <sys/mman.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <map>

#include "core/words.hpp"
#include "report/output_folder.hpp"
#include "report/temporary.hpp"
#include "report/text.hpp"

namespace mailflow {

namespace {

constexpr std::size_t most_rows = 1048575;  ///< of a sheet, less its header

struct Formats {
  lxw_format* header;
  lxw_format* text;
  lxw_format* whole;
  lxw_format* number;
  lxw_format* share;
  lxw_format* date;
  lxw_format* instant;
};

Formats formats_of(lxw_workbook* book) {
  const auto number = [book](const char* format) {
    lxw_format* made = workbook_add_format(book);
    format_set_num_format(made, format);
    return made;
  };
  Formats all{workbook_add_format(book), workbook_add_format(book), number("#,##0"), number("#,##0.00"), number("0.0%"),
              number("yyyy-mm-dd"),      number("yyyy-mm-dd hh:mm")};
  format_set_bold(all.header);
  format_set_text_wrap(all.header);
  format_set_bottom(all.header, LXW_BORDER_THIN);
  format_set_align(all.header, LXW_ALIGN_VERTICAL_BOTTOM);
  return all;
}

/// A column's name as a heading: "on time share"; in French where the catalogue has it.
std::string heading(const std::string& column) {
  std::string words = column;
  std::replace(words.begin(), words.end(), '_', ' ');
  return tr(words.c_str());
}

lxw_datetime civil(const std::string& text) {
  const auto part = [&](std::size_t from, std::size_t n) {
    return text.size() < from + n ? 0 : std::stoi(text.substr(from, n));
  };
  return {part(0, 4), part(5, 2), part(8, 2), part(11, 2), part(14, 2), static_cast<double>(part(17, 2))};
}

/// In French a text as it is shown: the label of what it names, oui for yes.
std::string in_words(const std::string& text, const std::string& column, const CellWords& words) {
  if (language() == Language::en) return text;
  if (text == "yes" || text == "no") return tr(text.c_str());
  const auto named = words.find(column);
  if (named == words.end()) return text;
  const auto found = named->second.find(text);
  return found == named->second.end() ? text : found->second;
}

void write_cell(lxw_worksheet* sheet, lxw_row_t row, lxw_col_t column, const Table::Value& value,
                const std::string& name, const Formats& formats, const CellWords& words) {
  if (const auto* text = std::get_if<std::string>(&value)) {
    worksheet_write_string(sheet, row, column, in_words(*text, name, words).c_str(), formats.text);
  } else if (const auto* instant = std::get_if<Instant>(&value)) {
    lxw_datetime at = civil(instant->text);
    worksheet_write_datetime(sheet, row, column, &at, instant->text.size() > 10 ? formats.instant : formats.date);
  } else if (const auto* whole = std::get_if<std::int64_t>(&value)) {
    worksheet_write_number(sheet, row, column, static_cast<double>(*whole), formats.whole);
  } else if (const double number = std::get<double>(value); std::isfinite(number)) {
    worksheet_write_number(sheet, row, column, number, name.ends_with("_share") ? formats.share : formats.number);
  }
}

/// A chart of columns of a sheet; the first column that is text names the bars.
struct Drawing {
  std::uint8_t type = LXW_CHART_BAR;
  std::vector<std::string> columns;  ///< drawn, as series
  const char* title = "";
};

const std::map<std::string, Drawing>& drawings() {
  static const std::map<std::string, Drawing> all = {
      {"products", {LXW_CHART_BAR, {"on_time_share"}, "Share on time by product"}},
      {"destinations", {LXW_CHART_BAR, {"on_time_share"}, "Share on time by destination"}},
      {"stations",
       {LXW_CHART_BAR_STACKED_PERCENT,
        {"busy_share", "idle_share", "set_up_share", "down_share", "unstaffed_share", "blocked_share", "closed_share"},
        "What positions and machines spent their hours on"}},
      {"teams",
       {LXW_CHART_BAR_STACKED,
        {"worked_hours", "idle_hours", "moving_hours", "break_hours"},
        "What teams' paid hours went on"}}};
  return all;
}

void draw(lxw_workbook* book, lxw_worksheet* sheet, const Table& table, const std::string& sheet_name) {
  const auto found = drawings().find(table.name());
  if (found == drawings().end() || table.rows().empty() || table.columns()[0] == "scenario") return;
  const Drawing& drawing = found->second;
  lxw_chart* chart = workbook_add_chart(book, drawing.type);
  const auto last = static_cast<lxw_row_t>(table.rows().size());
  for (const std::string& column : drawing.columns) {
    const auto at = std::find(table.columns().begin(), table.columns().end(), column) - table.columns().begin();
    lxw_chart_series* series = chart_add_series(chart, nullptr, nullptr);
    const auto c = static_cast<lxw_col_t>(at);
    chart_series_set_categories(series, sheet_name.c_str(), 1, 0, last, 0);
    chart_series_set_values(series, sheet_name.c_str(), 1, c, last, c);
    chart_series_set_name_range(series, sheet_name.c_str(), 0, c);
  }
  chart_title_set_name(chart, tr(drawing.title).c_str());
  chart_axis_set_reverse(chart->y_axis);
  if (drawing.columns.size() == 1) chart_legend_set_position(chart, LXW_CHART_LEGEND_NONE);
  worksheet_insert_chart(sheet, last + 3, 1, chart);
}

void fill(lxw_workbook* book, const Table& table, const Formats& formats, const CellWords& words) {
  const std::string name = heading(table.name()).substr(0, 31);
  lxw_worksheet* sheet = workbook_add_worksheet(book, name.c_str());
  if (sheet == nullptr) throw OutputFailure(tr("the workbook cannot have a sheet {}", name));
  std::vector<double> widths;
  for (std::size_t c = 0; c < table.columns().size(); ++c) {
    const std::string above = heading(table.columns()[c]);
    worksheet_write_string(sheet, 0, static_cast<lxw_col_t>(c), above.c_str(), formats.header);
    widths.push_back(std::clamp(static_cast<double>(width_of(above)) * 0.7 + 3, 10.0, 20.0));
  }
  const std::size_t rows = std::min(table.rows().size(), most_rows);
  for (std::size_t r = 0; r < rows; ++r)
    for (std::size_t c = 0; c < table.rows()[r].size(); ++c) {
      const Table::Value& value = table.rows()[r][c];
      write_cell(sheet, static_cast<lxw_row_t>(r + 1), static_cast<lxw_col_t>(c), value, table.columns()[c], formats,
                 words);
      if (const auto* text = std::get_if<std::string>(&value))
        widths[c] =
            std::clamp(static_cast<double>(width_of(in_words(*text, table.columns()[c], words))) + 2, widths[c], 45.0);
      else if (std::holds_alternative<Instant>(value))
        widths[c] = std::max(widths[c], 17.0);
    }
  for (std::size_t c = 0; c < widths.size(); ++c)
    worksheet_set_column(sheet, static_cast<lxw_col_t>(c), static_cast<lxw_col_t>(c), widths[c], nullptr);
  worksheet_freeze_panes(sheet, 1, 1);
  if (rows > 0)
    worksheet_autofilter(sheet, 0, 0, static_cast<lxw_row_t>(rows), static_cast<lxw_col_t>(widths.size() - 1));
  draw(book, sheet, table, name);
}

/// A file without a name, which is gone however the program ends.
class InMemory {
 public:
  InMemory() : fd_(memfd_create("workbook", MFD_CLOEXEC)) {
    if (fd_ < 0) throw OutputFailure(tr("no temporary file can be made for the workbook"));
  }
  ~InMemory() { close(fd_); }
  InMemory(const InMemory&) = delete;
  InMemory& operator=(const InMemory&) = delete;
  InMemory(InMemory&&) = delete;
  InMemory& operator=(InMemory&&) = delete;

  std::string path() const { return "/proc/self/fd/" + std::to_string(fd_); }

 private:
  int fd_;
};

}  // namespace

std::string workbook(const std::vector<Table>& tables, const CellWords& words) {
  const InMemory made;
  const std::string file = made.path();
  std::string folder = temporary_folder("mailflow-workbook-");  // the library's own files
  if (folder.empty()) throw OutputFailure(tr("no temporary folder can be made for the workbook"));
  const Temporary until_made(folder, Temporary::Kind::folder);
  lxw_workbook_options options{};
  options.tmpdir = folder.data();
  lxw_workbook* book = workbook_new_opt(file.c_str(), &options);
  if (book == nullptr) throw OutputFailure(tr("the workbook cannot be made"));
  lxw_doc_properties properties{};
  properties.created = 946684800;  // the same bytes whenever it is made
  workbook_set_properties(book, &properties);
  const Formats formats = formats_of(book);
  for (const Table& table : tables) fill(book, table, formats, words);
  const lxw_error error = workbook_close(book);
  std::string bytes = bytes_of(file);
  if (error != LXW_NO_ERROR) throw OutputFailure(tr("the workbook cannot be made: {}", lxw_strerror(error)));
  return bytes;
}

}  // namespace mailflow
