// Tables as spreadsheets of several lands write them.
#include "scenario/files/csv.hpp"

#include <unistd.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>

#include "scenario/files/files.hpp"
#include "scenario/load.hpp"
#include "scenario/yaml/plain_text.hpp"

namespace mailflow {
namespace {

namespace fs = std::filesystem;
using Cells = std::vector<std::vector<std::string>>;

CsvFile read(const std::string& text) {
  Problems problems;
  CsvFile csv = read_csv("t.csv", text, problems);
  CHECK(problems.text().empty());
  return csv;
}

Cells rows(const CsvFile& csv) {
  Cells all;
  for (std::size_t r = 0; r < csv.rows.size(); ++r) all.push_back(csv.rows[r]);
  return all;
}

std::string refused(const std::string& text) {
  Problems problems;
  read_csv("t.csv", text, problems);
  return problems.text();
}

TEST_CASE("a number has no blanks between its thousands, of whatever width; what is no such number stays") {
  CHECK(without_thousands("1 400") == "1400");
  CHECK(without_thousands("1\xc2\xa0"
                          "400 items") == "1400 items");  // no break
  CHECK(without_thousands("12\xe2\x80\xaf"
                          "345\xe2\x80\xaf"
                          "678.5") == "12345678.5");  // narrow
  CHECK(without_thousands("14 00") == "14 00");
  CHECK(without_thousands("1 4000") == "1 4000");
  CHECK(without_thousands("1234 567") == "1234 567");
  CHECK(without_thousands("98 %") == "98 %");
  CHECK(without_thousands("") == "");
}

TEST_CASE("a date that is none stays as it is written, so that it can be told so") {
  const auto of = [](const std::string& cell) { return rows(read("day\n" + cell + "\n")).at(0).at(0); };
  CHECK(of("13/03/2025") == "2025-03-13");
  CHECK(of("03/13/2025") == "03/13/2025");  // the month first
  CHECK(of("31/02/2025 08:00") == "31/02/2025 08:00");
}

TEST_CASE("the columns that a table has are told with what parts them") {
  CHECK(read("jour;valeur\n1;2\n").columns() == "it has, parted by semicolons: jour, valeur");
}

TEST_CASE("what parts the columns is found by itself") {
  for (const std::string mark : {",", ";", "\t"}) {
    const CsvFile csv =
        read("time" + mark + "product" + mark + "items\n2025-03-03 08:00" + mark + "letter" + mark + "10\n");
    CHECK(csv.header == std::vector<std::string>{"time", "product", "items"});
    CHECK(rows(csv) == Cells{{"2025-03-03 08:00", "letter", "10"}});
    CHECK(csv.place(0, 2).column == 25);
  }
  CHECK(read("a;b\n1;2\n").parted() == "semicolons");
  CHECK(read("sep=;\na,b;c\n1;2\n").header == std::vector<std::string>{"a,b", "c"});
  CHECK(read("\"a;b;c\",d\n1,2\n").header == std::vector<std::string>{"a;b;c", "d"});
}

TEST_CASE("a decimal comma is one where commas do not part the columns, unless it may stand for thousands") {
  const CsvFile csv = read("a;b;c;d;e\n12,5;0,125 kg;95,5 %;1,400;a,5\n");
  CHECK(rows(csv) == Cells{{"12.5", "0.125 kg", "95.5 %", "1,400", "a,5"}});
  CHECK(rows(read("a,b\n\"12,5\",1\n")) == Cells{{"12,5", "1"}});
}

TEST_CASE("a date may be written day first") {
  const CsvFile csv = read("a;b;c;d\n03/11/2025;3/1/2025 8:05;03/03/2025 to 05/03/2025;1/2\n");
  CHECK(rows(csv) == Cells{{"2025-11-03", "2025-01-03 08:05", "2025-03-03 to 2025-03-05", "1/2"}});
}

TEST_CASE("columns and rows that hold nothing are none") {
  const CsvFile csv = read("time,product,items,,\n2025-03-03 08:00,letter,10,,\n,,,,\n2025-03-03 09:00,letter,5,,\n");
  CHECK(csv.header.size() == 3);
  REQUIRE(csv.rows.size() == 2);
  CHECK(csv.rows[1] == std::vector<std::string>{"2025-03-03 09:00", "letter", "5"});
  CHECK(csv.lines == std::vector<int>{2, 4});
}

TEST_CASE("letters with accents are read in any coding") {
  const Cells wanted = {{"orl\xc3\xa9\x61ns", "1"}};  // é, U+00e9
  CHECK(rows(read("name,n\norl\xc3\xa9\x61ns,1\n")) == wanted);
  CHECK(rows(read("\xef\xbb\xbfname,n\norl\xc3\xa9\x61ns,1\n")) == wanted);
  CHECK(rows(read("name,n\norl\xe9\x61ns,1\n")) == wanted);
  CHECK(rows(read("name,n\norle\xcc\x81\x61ns,1\n")) == wanted);
  CHECK(from_windows_1252("\x80\x9c") == "\xe2\x82\xac\xc5\x93");  // the euro sign and oe
  CHECK(composed("e\xcc\x81") == "\xc3\xa9");
}

TEST_CASE("what is no CSV is told, with a way to save it") {
  CHECK(refused("PK\x03\x04\x14")
            .find("t.csv: error: this is a workbook (XLSX or ODS), not a CSV file\n"
                  "  help: in the spreadsheet: Save as, of type \"CSV UTF-8\"") == 0);
  CHECK(refused("\xd0\xcf\x11\xe0").find("this is a workbook (XLS), not a CSV file") != std::string::npos);
  CHECK(refused("\xff\xfe\x61").find("this file is in UTF-16") != std::string::npos);
  CHECK(refused("a,b\n1,\x01\n").find("this line is not text in UTF-8") != std::string::npos);
}

TEST_CASE("a file of numbers may have decimal commas, but none that may stand for thousands") {
  const fs::path path = fs::temp_directory_path() / ("mailflow-numbers-" + std::to_string(::getpid()) + ".txt");
  std::ofstream(path) << "12,5\n0,125\n3.5\n";
  Problems problems;
  CHECK(read_numbers(path.string(), {}, problems) == std::vector<double>{12.5, 0.125, 3.5});
  std::ofstream(path) << "1,400\n";
  CHECK_FALSE(read_numbers(path.string(), {}, problems).has_value());
  fs::remove(path);
  CHECK(problems.errors() == 1);
}

TEST_CASE("names of a scenario and of a table are the same whichever way their accents are coded") {
  const fs::path folder = fs::temp_directory_path() / ("mailflow-csv-" + std::to_string(::getpid()));
  fs::create_directories(folder);
  std::ofstream(folder / "s.yaml")
      << "mailflow: 1\ncentre: {name: C}\nproducts: {letter: {}}\ndestinations: {orl\xc3\xa9\x61ns: {}}\n"
         "arrivals: {s: {replay: s.csv, into: a}}\nstations: {a: {kind: manual, rate: 600 items/h, next: out}}\n"
         "run: {from: 2025-03-03, for: 1 day}\n";
  std::ofstream(folder / "s.csv")
      << "time;product;destination;items;\n03/03/2025 08:00;letter;orle\xcc\x81\x61ns;10;\n";
  Problems problems;
  const auto model = load_model((folder / "s.yaml").string(), {}, problems);
  fs::remove_all(folder);
  INFO(problems.text());
  REQUIRE(model.has_value());
  REQUIRE(model->sources[0].rows.size() == 1);
  CHECK(model->sources[0].rows[0].at == 8 * hour);
  CHECK(model->sources[0].rows[0].destination == DestinationIndex(0));
  CHECK(model->sources[0].rows[0].items == 10);
}

}  // namespace
}  // namespace mailflow
