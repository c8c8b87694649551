// mailflow edit: the file changes in place, or what would change is shown.
#include <catch2/catch.hpp>
#include <string>

#include "cli/program.hpp"

namespace mailflow::program {
namespace {

const std::string today = "scenarios/noumea/today.yaml";
const std::string later = "scenarios/noumea/later-night-shift.yaml";

class Noumea : public Desk {
 public:
  Noumea() {
    copy("scenarios/noumea");
    copy("models");
  }
};

TEST_CASE("an edit changes the file, keeps the rest of it, and tells what check has to say") {
  const Noumea desk;
  const std::string before = desk.bytes(later);
  const Said said = desk.tell("mailflow edit " + later + " --set change.set.staff.teams.night.agents=9");
  CHECK(said.status == 0);
  CHECK(said.out == later + ": no problems\n");
  std::string wanted = before;
  wanted.replace(wanted.find("agents: 8"), 9, "agents: 9");
  CHECK(desk.bytes(later) == wanted);
  CHECK(desk.tell("mailflow edit " + later + " --set change.set.staff.teams.night.agents=9").out ==
        later + ": nothing to change\n");
  const Said bad = desk.tell("mailflow edit " + later + " --set change.set.staff.teams.night.agents=many");
  CHECK(bad.status == 3);
  CHECK(holds(bad.err, "error: agents is \"many\""));
  CHECK(holds(desk.bytes(later), "agents: many\n"));
}

TEST_CASE("a dry run shows a unified diff and writes nothing") {
  const Desk desk;
  desk.put("a.yaml", "a: 1\nb: 2\nc: 3\nd: 4\ne: 5\nf: 6\ng: 7\nh: 8\ni: 9\nj: 10\nk: 11\n");
  const Said said = desk.tell("mailflow edit a.yaml --set b=x --remove k --add l='[1]' --rename c=cc --dry-run");
  CHECK(said.status == 0);
  CHECK(said.out ==
        "--- a.yaml\n+++ a.yaml\n"
        "@@ -1,6 +1,6 @@\n a: 1\n-b: 2\n-c: 3\n+b: x\n+cc: 3\n d: 4\n e: 5\n f: 6\n"
        "@@ -8,4 +8,4 @@\n h: 8\n i: 9\n j: 10\n-k: 11\n+l: [1]\n");
  CHECK(holds(desk.bytes("a.yaml"), "b: 2\n"));
  desk.put("end.yaml", "a: 1\nb: 2");
  const std::string none = "\\ No newline at end of file\n";
  CHECK(desk.tell("mailflow edit end.yaml --set b=3 --dry-run").out ==
        "--- end.yaml\n+++ end.yaml\n@@ -1,2 +1,2 @@\n a: 1\n-b: 2\n" + none + "+b: 3\n" + none);
  // the program that applies it is another one's
  desk.tell("mailflow edit a.yaml --set b=x --remove k --add l='[1]' --rename c=cc --dry-run > d; cp a.yaml b.yaml");
  desk.tell("mailflow edit b.yaml --set b=x --remove k --add l='[1]' --rename c=cc");
  CHECK(desk.tell("patch -s a.yaml d && cmp a.yaml b.yaml").status == 0);
}

TEST_CASE("a renamed element of a whole centre is found wherever it is mentioned") {
  const Noumea desk;
  const std::string model = "models/noumea.yaml";
  const std::string before = desk.bytes(model);
  const std::string forth =
      " --rename stations.parcels=colis --rename products.letter=lettre"
      " --rename destinations.noumea=nouméa --rename staff.shifts.night=nuit"
      " --rename transport.departures.lifou=vol --rename staff.teams.parcels=équipe";
  const std::string back =
      " --rename stations.colis=parcels --rename products.lettre=letter"
      " --rename destinations.nouméa=noumea --rename staff.shifts.nuit=night"
      " --rename transport.departures.vol=lifou --rename staff.teams.équipe=parcels";
  CHECK(desk.tell("mailflow edit " + model + forth).out == model + ": no problems\n");
  CHECK(desk.bytes(model) != before);
  CHECK(desk.tell("mailflow edit " + model + back).out == model + ": no problems\n");
  CHECK(desk.bytes(model) == before);
}

TEST_CASE("what stands in several places is changed in all of them when that is asked for") {
  const Noumea desk;
  const std::string edit = "mailflow edit models/noumea.yaml --set 'arrivals.firms.to.noumea=27 %' ";
  const Said refused = desk.tell(edit);
  CHECK(refused.status == 3);
  CHECK(holds(refused.err, "arrivals.firms.to.noumea stands in arrivals.agencies.to, too"));
  CHECK(holds(refused.err, "mailflow: models/noumea.yaml was not changed\n"));
  CHECK(holds(desk.tell(edit + "--everywhere --dry-run").out, "+    to: &posted-here {noumea: 27 %,"));
}

TEST_CASE("the edit of a file follows links, keeps its mode, and is told in French") {
  const Desk desk;
  desk.put("real.yaml", "at: \"20:30\"\nmail: []\n");
  desk.tell("chmod 640 real.yaml; ln -s real.yaml link.yaml");
  CHECK(desk.tell("mailflow edit link.yaml --set at=21:30").status == 0);
  CHECK(desk.bytes("real.yaml") == "at: \"21:30\"\nmail: []\n");
  CHECK(desk.tell("stat -c %a real.yaml; test -L link.yaml && echo link").out == "640\nlink\n");
  CHECK(desk.tell("mailflow --lang fr edit real.yaml --set at=21:30").out == "real.yaml\u00a0: rien à modifier\n");
}

TEST_CASE("an edit is told what is wrong with its words") {
  const Desk desk;
  desk.put("a.yaml", "a: 1\n");
  CHECK(desk.tell("mailflow edit a.yaml").err == "mailflow: say what to change: --set, --add, --remove or --rename\n");
  CHECK(desk.tell("mailflow edit a.yaml --set a").err == "mailflow: --set takes PATH=VALUE, not a\n");
  CHECK(desk.tell("mailflow edit a.yaml --set a").status == 2);
  const Said gone = desk.tell("mailflow edit gone.yaml --set a=1");
  CHECK(gone.status == 3);
  CHECK(holds(gone.err, "gone.yaml"));
  CHECK(desk.tell("mailflow edit . --set a=1").status == 3);
}

}  // namespace
}  // namespace mailflow::program
