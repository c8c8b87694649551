#include "random_network.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "centre_maker.hpp"

namespace mailflow::laws {

/// Products, the run, and so many centres' names.
Shared CentreMaker::shared(int towns) {
  names();
  towns_.clear();
  whole();
  products();
  centre_.scenario["run"].erase("warm_up");
  days_ = 1;
  centre_.scenario["run"]["for"] = draw_.word({"1 day", "1 day", "20 h", "30 h"});
  return {centre_.scenario, {}, mail_, fresh("town", towns), desks_[0], first_day_, currency_, days_, one_by_one_};
}

void CentreMaker::share(const Shared& all) {
  in_network_ = true;
  names();
  mail_ = all.mail;
  towns_ = all.towns;
  ways_ = fresh("way", draw_.between(0, 2));
  std::erase(desks_, all.desk);
  desks_.insert(desks_.begin(), all.desk);
  if (desks_.size() < 3) desks_.push_back("desk_last");
  first_day_ = all.first_day;
  currency_ = all.currency;
  days_ = all.days;
  one_by_one_ = all.one_by_one;
  centre_.files = all.files;
  centre_.scenario = all.scenario;
}

/// The sections of a kind, with the files that it adds.
Centre CentreMaker::kind_of_centre(const Shared& all) {
  share(all);
  stations();
  leave_at_home();
  arrivals();
  if (kind_.staff) staff();
  if (kind_.staff && draw_.by(60)) {
    transport();
    for (auto& [name, is] : centre_.scenario["transport"]["departures"].entries) is["to"] = Tree::words({"here"});
  }
  Centre kind;
  kind.files = centre_.files;
  kind.scenario["inbound"] = draw_.by(70) ? desks_[0] : draw_.word(desks_);
  if (draw_.by(50)) kind.scenario["passes_on"] = draw_.word({"yes", "no"});
  for (const char* section : {"sort_plans", "arrivals", "stations", "staff", "transport"})
    if (const Tree* is = centre_.scenario.find(section)) kind.scenario[section] = *is;
  return kind;
}

/// One more source of mail that comes to the first station.
Centre CentreMaker::source_more(const Shared& all) {
  share(all);
  desks_.resize(1);
  Centre more;
  more.scenario = source();
  more.files = centre_.files;
  return more;
}

/// Mail for the centre itself may leave where other mail goes on.
void CentreMaker::leave_at_home() {
  for (auto& [name, is] : centre_.scenario["stations"].entries) {
    Tree* next = is.find("next");
    if (next == nullptr || draw_.by(40)) continue;
    Tree by_town;
    by_town["here"] = "out";
    by_town["other"] = Tree(*next);
    *next = by_town;
  }
}

namespace {

class NetworkMaker {
 public:
  NetworkMaker(std::uint64_t seed, const Kind& kind) : seed_(seed), draw_(seed ^ 0x0e7ULL), kind_(kind) {
    all_ = CentreMaker(seed, kind).shared(draw_.between(2, 3));
    network_.seed = seed;
  }
  Centre make();

 private:
  std::uint64_t next_seed() { return seed_ * 100 + ++parts_; }
  void whole();
  void kinds();
  void centres();
  void changes(const std::string& kind, Tree& is);
  void links();
  Tree link(const std::string& from, const std::string& to);
  void flows();
  Tree recorded(const std::string& file);
  void targets();
  std::string minutes(int n) { return draw_.by(50) ? fmt::format("{} min", n) : fmt::format("{} s", 60 * n); }
  Tree times(int most);

  std::uint64_t seed_, parts_ = 0;
  Draws draw_;
  Kind kind_;
  Shared all_;
  Centre network_;
  Words kinds_;
};

Centre NetworkMaker::make() {
  whole();
  kinds();
  centres();
  links();
  if (draw_.by(70)) flows();
  targets();
  network_.files.insert(all_.files.begin(), all_.files.end());
  return network_;
}

void NetworkMaker::whole() {
  Tree& s = network_.scenario;
  s["mailflow"] = "1";
  if (draw_.by(20)) s["label"] = "Réseau";
  s["network"] = Tree(all_.scenario["centre"]);
  if (draw_.by(50)) s["network"]["transfer"] = minutes(draw_.between(0, 60));
  if (draw_.by(30)) {
    Tree& people = s["network"]["people"];
    people["rate"] = "25 items/h";
    if (draw_.by(50)) people["shift"] = "6 h";
    if (draw_.by(50)) people["regulars"] = draw_.between(0, 5);
    if (draw_.by(50)) people["further"] = "20 items/h";
  }
  s["products"] = Tree(all_.scenario["products"]);
  s["run"] = Tree(all_.scenario["run"]);
}

void NetworkMaker::kinds() {
  for (int k = draw_.between(1, 2); k > 0; --k) {
    kinds_.push_back(fmt::format("kind_{}", k));
    Centre kind = CentreMaker(next_seed(), kind_).kind_of_centre(all_);
    network_.scenario["centre_kinds"][kinds_.back()] = kind.scenario;
    all_.files = kind.files;
  }
}

void NetworkMaker::centres() {
  Tree& centres = network_.scenario["centres"];
  if (draw_.by(25)) {
    std::string rows = "name,kind,label\n";
    for (const std::string& town : all_.towns) rows += fmt::format("{},{},Ville\n", town, draw_.word(kinds_));
    network_.files["centres.csv"] = rows;
    centres["from"] = "centres.csv";
    return;
  }
  for (const std::string& town : all_.towns) {
    Tree& is = centres[town];
    is["kind"] = draw_.word(kinds_);
    if (draw_.by(20)) is["label"] = "Ville";
    changes(is["kind"].text, is);
  }
}

/// What a centre has otherwise than its kind.
void NetworkMaker::changes(const std::string& kind, Tree& is) {
  const Tree& of = network_.scenario["centre_kinds"][kind];
  for (const auto& [name, station] : of.find("stations")->entries)
    for (const char* servers : {"machines", "positions"})
      if (station.find(servers) != nullptr && draw_.by(30))
        is["set"]["stations." + name + "." + servers] = draw_.between(1, 3);
  const auto& sources = of.find("arrivals")->entries;
  if (sources.size() > 1 && draw_.by(20)) is["remove"] = Tree::words({"arrivals." + sources.back().first});
  if (draw_.by(75)) return;
  Centre more = CentreMaker(next_seed(), kind_).source_more(all_);
  all_.files = more.files;
  is["add"]["arrivals.more"] = more.scenario;
}

Tree NetworkMaker::times(int most) {
  Words all;
  for (int i = draw_.between(1, most); i > 0; --i) {
    const std::string time = fmt::format("{:02}:{:02}", draw_.between(0, 23), 5 * draw_.between(0, 11));
    if (std::find(all.begin(), all.end(), time) == all.end()) all.push_back(time);
  }
  return all.size() == 1 ? Tree(all[0]) : Tree::words(all);
}

Tree NetworkMaker::link(const std::string& from, const std::string& to) {
  Tree is;
  if (draw_.by(15)) is["label"] = "Ligne";
  is["from"] = from;
  is["to"] = to;
  is["at"] = times(4);
  if (draw_.by(20)) is["days"] = draw_.word({"Mon-Fri", "Mon-Sat", "Sat-Sun", "Mon-Sun"});
  if (draw_.by(15)) is["holidays"] = draw_.word({"yes", "no"});
  is["takes"] = minutes(10 * draw_.between(1, 25));
  if (draw_.by(30)) is["late_by"] = kind_.chance ? "exponential(10 min)" : "constant(15 min)";
  const auto& desks = network_.scenario["centre_kinds"][kinds_[0]]["stations"].entries;
  if (kinds_.size() == 1 && draw_.by(40))
    is["bay"] = draw_.by(50) ? Tree(desks.back().first) : Tree::words({desks.back().first});
  if (draw_.by(30)) is["closes"] = minutes(20) + " before";
  if (draw_.by(30) && kind_.staff) {
    is["capacity"] = fmt::format("{} items", draw_.between(5, 80));
    is["vehicles"] = draw_.word({"1", "2", "as needed"});
  } else if (!kind_.staff || draw_.by(50)) {
    is["vehicles"] = "as needed";
  }
  if (draw_.by(30)) is["cost"] = fmt::format("{} {}", draw_.between(5, 90), all_.currency);
  return is;
}

/// Most pairs of centres have a link, some two.
void NetworkMaker::links() {
  const bool by_file = draw_.by(20);
  std::string rows = "name,from,to,at,takes\n";
  int number = 0;
  const int least = draw_.by(15) ? 40 : 90;
  for (const std::string& from : all_.towns)
    for (const std::string& to : all_.towns) {
      if (from == to || !draw_.by(least)) continue;
      for (int n = draw_.by(15) ? 2 : 1; n > 0; --n) {
        const std::string name = fmt::format("line_{:02}", (++number * 7 + static_cast<int>(seed_ % 97)) % 97);
        if (by_file)
          rows += fmt::format("{},{},{},{:02}:00 {:02}:30,{} min\n", name, from, to, draw_.between(5, 12),
                              draw_.between(13, 23), draw_.between(20, 200));
        else
          network_.scenario["links"][name] = link(from, to);
      }
    }
  if (!by_file) return;
  Tree& links = network_.scenario["links"];
  links["from"] = "links.csv";
  links["vehicles"] = "as needed";
  if (draw_.by(30)) links["late_by"] = kind_.chance ? "exponential(10 min)" : "constant(15 min)";
  network_.files["links.csv"] = rows;
}

/// Items by centre and hour on two days.
Tree NetworkMaker::recorded(const std::string& file) {
  std::string rows = "centre,hour_starting,items\n";
  for (const std::string& town : all_.towns)
    for (const char* day : {"2024-01-08", "2024-01-09"})
      for (int n = draw_.between(1, 3); n > 0; --n)
        rows += fmt::format("{},{}T{:02}:00,{}\n", town, day, draw_.between(0, 23), draw_.between(1, 40));
  network_.files[file] = rows;
  Tree of;
  of["recorded"] = file;
  return of;
}

void NetworkMaker::flows() {
  Tree& is = network_.scenario["flows"];
  const bool products = all_.mail.size() > 1 || draw_.by(30);
  std::string rows = products ? "from,to,product,items_per_day\n" : "from,to,items_per_day\n";
  for (const std::string& from : all_.towns)
    for (const std::string& to : all_.towns)
      if (draw_.by(70))
        rows += fmt::format("{},{},{}{}\n", from, to, products ? draw_.word(all_.mail) + "," : "",
                            kind_.chance ? draw_.between(5, 90) : 0);
  network_.files["flows.csv"] = rows;
  is["from"] = "flows.csv";
  is["into"] = all_.desk;
  switch (draw_.between(0, 3)) {
    case 0:
      is["hours"] = draw_.word({"08:00-20:00", "20:00-06:00"});
      break;
    case 1:
      is["hours"]["08:00"] = "40 %";
      is["hours"]["14:00"] = "60 %";
      is["hours"]["18:00"] = "0 %";
      break;
    case 2:
      is["hours"] = recorded("hours.csv");
      break;
    default:
      break;
  }
  if (draw_.by(20)) is["days"] = "Mon-Sat";
  if (draw_.by(20)) is["holidays"] = "no";
  if (draw_.by(30)) is["volume"] = "110 %";
  if (kind_.chance && all_.mail.size() == 1 && draw_.by(50)) is["here"] = recorded("handled.csv");
  is["without_way"] = draw_.word({"leave out", "end at the origin"});
}

void NetworkMaker::targets() {
  for (int t = draw_.between(0, 2); t > 0; --t) {
    Tree& is = network_.scenario["targets"][fmt::format("goal_{}", t)];
    is["measure"] = "on time";
    if (draw_.by(20)) is["label"] = "But";
    if (draw_.by(40)) is["of"] = draw_.word(all_.mail);
    if (draw_.by(40)) is["from"] = draw_.word(all_.towns);
    if (draw_.by(40)) is["to"] = draw_.word(all_.towns);
    is[draw_.word({"at_least", "at_most"})] = "80 %";
  }
}

}  // namespace

Centre random_network(std::uint64_t seed, const Kind& kind) { return NetworkMaker(seed, kind).make(); }

}  // namespace mailflow::laws
