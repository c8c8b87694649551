// The same experiment as a job of two MPI ranks on one machine. Without Open MPI these tests say that they are skipped.
#include <catch2/catch.hpp>

#include "cli/program.hpp"

namespace mailflow::program {
namespace {

const std::string chance_over_ranks = R"(mailflow: 1
centre: {name: Chance, timezone: UTC}
products: {letter: {lot: 1 item}}
arrivals:
  post: {rate: 1000 items/h, mix: {letter: 100 %}, into: sort}
stations: {sort: {kind: machine, machines: 2, service: exponential(6 s), next: out}}
run: {from: 2025-03-03, for: 1 day, seed: 5}
)";
const std::string quicker_over_ranks = "base: chance.yaml\nchange: {set: {stations.sort.service: exponential(5 s)}}\n";
const std::string two_ranks =
    "OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1 mpirun --oversubscribe --bind-to none -n 2 ";

bool has_mpi(const Desk& desk) {
#ifdef MAILFLOW_WITH_MPI
  if (desk.tell("command -v mpirun").status == 0) return true;
  WARN("skipped: there is no mpirun; ./mailflow setup mpi installs it");
#else
  (void)desk;
  WARN("skipped: the program was built without MPI; ./mailflow setup mpi installs it");
#endif
  return false;
}

TEST_CASE("two ranks give the bytes of one process and print once") {
  const Desk desk;
  if (!has_mpi(desk)) return;
  desk.put("chance.yaml", chance_over_ranks);
  desk.put("quicker_over_ranks.yaml", quicker_over_ranks);
  const std::string line = "mailflow compare chance.yaml quicker_over_ranks.yaml --replications 40 ";
  const Said one = desk.tell(line + "--out one");
  const Said two = desk.tell(two_ranks + line + "--out two --archive kept.db");
  CHECK(two.status == 0);
  CHECK((desk.files("one") == desk.files("two")));
  CHECK(one.out.substr(0, one.out.find("Figures")) == two.out.substr(0, two.out.find("Figures")));
  const Said again = desk.tell(line + "--archive kept.db");
  CHECK(again.out.find("80 of 80 runs taken from the archive") != std::string::npos);
}

TEST_CASE("two ranks stop at the same precision as one process and go on from its archive") {
  const Desk desk;
  if (!has_mpi(desk)) return;
  desk.put("chance.yaml", chance_over_ranks);
  const std::string line = "mailflow run chance.yaml --precision 'time_in_centre_minutes.mean:relative 1 %' --quiet ";
  CHECK(desk.tell(line + "--out one --archive kept.db").status == 0);
  CHECK(desk.tell(two_ranks + line + "--out two").status == 0);
  CHECK(desk.tell(two_ranks + line + "--out three --archive kept.db").status == 0);
  CHECK((desk.files("one") == desk.files("two")));
  CHECK((desk.files("one") == desk.files("three")));
}

// The second of mpirun's children is rank 1; it is killed once the archive holds a replication, long before the last.
TEST_CASE("a rank that is killed leaves a clear error and an archive from which the experiment goes on") {
  const Desk desk;
  if (!has_mpi(desk)) return;
  desk.put("chance.yaml", chance_over_ranks);
  desk.put("quicker_over_ranks.yaml", quicker_over_ranks);
  const std::string line = "mailflow compare chance.yaml quicker_over_ranks.yaml --replications 800 --quiet ";
  const Said killed = desk.tell(
      "export OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1\n"
      "mpirun --oversubscribe --bind-to none -n 2 " +
      line +
      "--archive kept.db --out disturbed & job=$!\n"
      "until mailflow runs kept.db export 2>/dev/null | grep -q ,5,; do\n"
      "  kill -0 $job || exit 99\n"
      "done\n"
      "set -- $(cat /proc/$job/task/$job/children)\n"
      "kill -9 $2\n"
      "wait $job");
  CHECK(killed.status != 0);
  CHECK(killed.status != 99);
  CHECK(killed.err.find("rank 1") != std::string::npos);
  CHECK(killed.err.find("signal 9") != std::string::npos);
  CHECK(desk.files("disturbed").empty());
  const Said again = desk.tell(two_ranks +
                               "mailflow compare chance.yaml quicker_over_ranks.yaml --replications 800 "
                               "--archive kept.db --out disturbed");
  CHECK(again.status == 0);
  CHECK(again.out.find("runs taken from the archive") != std::string::npos);
  CHECK(desk.tell(line + "--out undisturbed").status == 0);
  CHECK((desk.files("disturbed") == desk.files("undisturbed")));
}

TEST_CASE("what is wrong is told once by two ranks") {
  const Desk desk;
  if (!has_mpi(desk)) return;
  desk.put("chance.yaml", chance_over_ranks);
  const Said said = desk.tell(two_ranks + "mailflow run chance.yaml --replications 3 --measure nothing.like.it");
  CHECK(said.status == 3);
  const auto first = said.err.find("there is no measure nothing.like.it");
  CHECK(first != std::string::npos);
  CHECK(said.err.find("there is no measure", first + 1) == std::string::npos);
  desk.put("no-archive.db", "not an archive, but a text that is long enough to be looked at as one, and then some\n");
  const Said archive = desk.tell(two_ranks + "mailflow run chance.yaml --replications 3 --archive no-archive.db");
  CHECK(archive.status != 0);
  CHECK(archive.err.find("no-archive.db") != std::string::npos);
}

}  // namespace
}  // namespace mailflow::program
