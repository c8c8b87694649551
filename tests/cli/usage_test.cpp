// What the program says to a command line that is wrong, word for word, and that it then does nothing.
#include <algorithm>
#include <catch2/catch.hpp>
#include <sstream>
#include <vector>

#include "cli/program.hpp"

namespace mailflow::program {
namespace {

const std::string more = "Run with --help for more information.\n";

struct Wrong {
  std::string line;
  std::string message;
};

void check_usage(const Wrong& wrong) {
  const Desk desk;
  desk.put("a.yaml", "mailflow: 1\n");
  desk.put("a-file", "kept\n");
  const Said said = desk.tell(wrong.line);
  INFO(wrong.line);
  CHECK(said.status == 2);
  CHECK(said.err == wrong.message);
  CHECK(said.out.empty());
  CHECK(desk.bytes("a-file") == "kept\n");
  CHECK_FALSE(fs::exists(desk.folder() / "out"));
}

TEST_CASE("a command that is not there, or none, is a mistake of usage") {
  for (const Wrong& wrong : std::vector<Wrong>{
           {"mailflow", "A subcommand is required\n" + more},
           {"mailflow rum a.yaml --out out", "mailflow: there is no command rum; did you mean run?\n" + more},
           {"mailflow simulate a.yaml", "mailflow: there is no command simulate\n" + more},
           {"mailflow --frobnicate run a.yaml", "The following argument was not expected: --frobnicate\n" + more},
       })
    check_usage(wrong);
}

TEST_CASE("a run is told what is wrong with its options before it reads anything") {
  for (const Wrong& wrong : std::vector<Wrong>{
           {"mailflow run", "file is required\n" + more},
           {"mailflow run a.yaml b.yaml --out out", "The following argument was not expected: b.yaml\n" + more},
           {"mailflow run a.yaml --out out --fast", "The following argument was not expected: --fast\n" + more},
           {"mailflow run a.yaml --out", "--out: 1 required TEXT missing\n" + more},
           {"mailflow run a.yaml --out out --until-day 0", "--until-day: Value 0 not in range 1 to 36600\n" + more},
           {"mailflow run a.yaml --out out --until-day -1", "--until-day: Value -1 not in range 1 to 36600\n" + more},
           {"mailflow run a.yaml --out out --until-day 36601",
            "--until-day: Value 36601 not in range 1 to 36600\n" + more},
           {"mailflow run a.yaml --out out --until-day two", "--until-day: Value two not in range 1 to 36600\n" + more},
           {"mailflow run a.yaml --out out --until-day 1.5", "--until-day: Value 1.5 not in range 1 to 36600\n" + more},
           {"mailflow run a.yaml --out out --seed 1 --seed 2", "--seed: At Most 1 required but received 2\n" + more},
       })
    check_usage(wrong);
}

TEST_CASE("a seed is a whole number that 64 bits hold, and no other is taken for one") {
  const auto told = [](const std::string& seed) {
    return Wrong{"mailflow run a.yaml --out out --seed " + seed,
                 "--seed: " + seed + " is not a whole number from 0 to 18446744073709551615\n" + more};
  };
  for (const char* seed : {"-1", "1.5", "one", "+5", "0x10", "18446744073709551616", "99999999999999999999999"})
    check_usage(told(seed));
}

TEST_CASE("a place to write that cannot be is told before the run") {
  for (const Wrong& wrong : std::vector<Wrong>{
           {"mailflow run a.yaml --out a-file", "mailflow: a-file is a file; --out takes a folder\n"},
           {"mailflow run a.yaml --out ./a-file/in/it",
            "mailflow: ./a-file/in/it cannot be made: $PWD/a-file is not a folder\n"},
           {"mkdir there; mailflow run a.yaml --out out --events there",
            "mailflow: there is a folder; --events takes a file\n"},
       }) {
    const Desk desk;
    desk.put("a.yaml", "mailflow: 1\n");
    desk.put("a-file", "kept\n");
    // the name of the folder that commands run in is not known before
    const Said said =
        desk.tell(wrong.line + " 2>err; s=$?; sed \"s|$PWD/[.]/|\\$PWD/|;s|$PWD|\\$PWD|\" err >&2; exit $s");
    INFO(wrong.line);
    CHECK(said.status == 2);
    CHECK(said.err == wrong.message);
    CHECK(said.out.empty());
    CHECK(desk.bytes("a-file") == "kept\n");
    CHECK_FALSE(fs::exists(desk.folder() / "out"));
  }
}

TEST_CASE("check and describe are told what is wrong with their options") {
  for (const Wrong& wrong : std::vector<Wrong>{
           {"mailflow check", "file is required\n" + more},
           {"mailflow check a.yaml b.yaml", "The following argument was not expected: b.yaml\n" + more},
           {"mailflow check a.yaml --judge", "The following argument was not expected: --judge\n" + more},
           {"mailflow describe one two", "The following argument was not expected: two\n" + more},
           {"mailflow describe --format pdf", "--format: pdf not in {text,markdown,json,json-schema}\n" + more},
           {"mailflow describe stations.machin",
            "mailflow: there is no key stations.machin; did you mean stations.machine?\n"},
           {"mailflow describe braeks_down", "mailflow: there is no key braeks_down; did you mean breaks_down?\n"},
           {"mailflow describe xyzzyxyzzy", "mailflow: there is no key xyzzyxyzzy; mailflow describe lists them\n"},
       })
    check_usage(wrong);
}

TEST_CASE("a key that is there is described, and the reference comes in every format") {
  const Desk desk;
  const Said key = desk.tell("mailflow describe stations.machine.breaks_down");
  CHECK(key.status == 0);
  CHECK(key.out.find("breakdowns") != std::string::npos);
  CHECK(key.err.empty());
  const Said all = desk.tell("mailflow describe");
  CHECK(all.status == 0);
  CHECK(all.out.find("stations.machine") != std::string::npos);
  const Said markdown = desk.tell("mailflow describe --format markdown");
  CHECK(markdown.status == 0);
  CHECK(markdown.out.find("| --- |") != std::string::npos);
  const Said schema = desk.tell("mailflow describe --format json-schema");
  CHECK(schema.status == 0);
  CHECK(schema.out.starts_with("{"));
}

/// The words that begin the lines under "Subcommands:" of the help.
std::vector<std::string> commands(const std::string& help) {
  std::vector<std::string> names;
  std::istringstream lines(help.substr(std::min(help.find("Subcommands:\n"), help.size())));
  std::string line;
  std::getline(lines, line);
  while (std::getline(lines, line) && line.starts_with("  "))
    if (line[2] != ' ') names.push_back(line.substr(2, line.find(' ', 2) - 2));
  return names;
}

TEST_CASE("the program and each of its commands help, and say so with status 0") {
  const Desk desk;
  const Said help = desk.tell("mailflow --help");
  CHECK(help.status == 0);
  CHECK(help.err.empty());
  const auto names = commands(help.out);
  for (const char* name : {"run", "check", "describe"}) CHECK(std::count(names.begin(), names.end(), name) == 1);
  for (const auto& name : names) {
    INFO(name);
    for (const char* ask : {" --help", " -h"}) {
      const Said said = desk.tell("mailflow " + name + ask);
      CHECK(said.status == 0);
      CHECK(said.err.empty());
      CHECK(said.out.find("Usage: mailflow " + name) != std::string::npos);
    }
  }
  const Said version = desk.tell("mailflow --version");
  CHECK(version.status == 0);
  CHECK(version.out.starts_with("mailflow "));
}

}  // namespace
}  // namespace mailflow::program
