// mailflow new: what a planner begins with runs, and comes to the figures that its comments say. Worked by hand:
//
//   processing centre  from 16:00 a lot of 10 parcels takes an agent 6 min: 20 until the break at 18:00, and from 18:20
//                      to the cut-off at 21:55 35 more; 2 agents x 55 lots x 10 = 1100 of 1300, 84.6 %
//   delivery office    from 06:00 160 lots of letters at 3 min each keep 4 carriers until 08:00; until the cut-off at
//                      08:19 each sorts 9 lots of 5 parcels at 2 min: 4 x 9 x 5 = 180 of 300, 60.0 %
//   parcel hub         from 20:00 a lot of 20 takes an agent 2.4 min; 96 are unloaded by 23:50:24 and 90 s of belt and
//   at
//                      most 48 s of sorter later in the bay before 23:53, the 97th is not: 4 x 96 x 20 = 7680 of 9000,
//                      85.3 %
//   blank              6000 letters at 3000 an hour: 2 h; at 6000 an hour: 1 h
#include <algorithm>
#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "cli/program.hpp"
#include "scenario/yaml/document.hpp"

namespace mailflow::program {
namespace {

struct Point {
  const char* kind;
  const char* what_if;
  const char* missed;  ///< its row among the targets
  const char* met;     ///< the what-if's
};
const std::vector<Point> points = {
    {"processing-centre", "one-more-agent", "Parcels on time  MISSED   84.6 %  at least 95.0 %",
     "Parcels on time  met  100.0 %  at least 95.0 %"},
    {"delivery-office", "one-more-agent", "Parcels on time  MISSED   60.0 %  at least 90.0 %",
     "Parcels on time  met  100.0 %  at least 90.0 %"},
    {"parcel-hub", "one-more-agent", "Parcels on time  MISSED  85.3 %  at least 95.0 %",
     "Parcels on time  met  100.0 %  at least 95.0 %"},
    {"blank", "two-more-positions", "Out soon  MISSED  2.0 h  at most 1.5 h", "Out soon  met  1.0 h  at most 1.5 h"}};

TEST_CASE("each starting point passes check, misses a target as it says, and its what-if meets it") {
  const Desk desk;
  for (const Point& point : points) {
    INFO(point.kind);
    const std::string kind = point.kind;
    const std::string today = kind + "/today.yaml";
    const std::string what_if = kind + "/" + point.what_if + ".yaml";
    const Said said = desk.tell("mailflow new " + kind + " " + kind);
    CHECK(said.status == 0);
    CHECK(said.out == today + " and " + what_if +
                          " are written; all their values are invented. Next:\n  mailflow run " + today +
                          "\n  mailflow compare " + today + " " + what_if + "\n");
    for (const std::string& file : {today, what_if}) {
      const Said checked = desk.tell("mailflow check " + file);
      CHECK(checked.out == file + ": no problems\n");
      CHECK(checked.err.empty());
    }
    CHECK(holds(desk.tell("mailflow run " + today).out, point.missed));
    CHECK(holds(desk.tell("mailflow run " + what_if).out, point.met));
  }
}

TEST_CASE("what there is to begin with is the same in both languages, but for its comments") {
  const Desk desk;
  for (const Point& point : points)
    for (const std::string& name : {std::string("today"), std::string(point.what_if)}) {
      INFO(point.kind << ", " << name);
      const std::string kind = point.kind;
      desk.tell("mailflow new " + kind + " en; mailflow --lang fr new " + kind + " fr");
      const std::string en = desk.bytes("en/" + name + ".yaml");
      const std::string fr = desk.bytes("fr/" + name + ".yaml");
      Problems problems;
      CHECK(same_value(*parse_yaml("", en, problems), *parse_yaml("", fr, problems)));
      CHECK(en != fr);
      CHECK_FALSE(holds(en + fr, "# fr: "));
      CHECK_FALSE(holds(en + fr, "# en: "));
      CHECK(std::count(en.begin(), en.end(), '\n') == std::count(fr.begin(), fr.end(), '\n'));
      if (name != "today") desk.tell("rm -r en fr");
    }
}

TEST_CASE("nothing is written over, and a kind that is none is told") {
  const Desk desk;
  desk.put("here/one-more-agent.yaml", "mine\n");
  const Said refused = desk.tell("mailflow new parcel-hub here");
  CHECK(refused.status == 2);
  CHECK(refused.err ==
        "mailflow: here/one-more-agent.yaml is there already, and is not written over; name another folder\n");
  CHECK(desk.files("here").size() == 1);
  CHECK(desk.bytes("here/one-more-agent.yaml") == "mine\n");
  CHECK(desk.tell("mailflow new post-office there").status == 2);
  CHECK(desk.files("there").empty());
  CHECK(desk.tell("mailflow new blank here/one-more-agent.yaml/x").status == 2);
  CHECK(holds(desk.tell("mailflow --lang fr new delivery-office là").out, "toutes leurs valeurs sont inventées"));
  CHECK(holds(desk.bytes("là/today.yaml"), "des facteurs qui trient puis partent en tournée"));
}

}  // namespace
}  // namespace mailflow::program
