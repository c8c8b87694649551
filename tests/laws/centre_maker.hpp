// Part of random_centre.hpp: what draws a centre, section by section.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "draws.hpp"
#include "random_centre.hpp"

namespace mailflow::laws {

using Words = std::vector<std::string>;

/// What the kinds of centre of a network have in common.
struct Shared {
  Tree scenario;  ///< centre, run and products, as of a single centre
  std::map<std::string, std::string> files;
  Words mail, towns;
  std::string desk;  ///< a station that each kind has, the first
  std::string first_day, currency;
  int days = 1;
  bool one_by_one = false;
};

class CentreMaker {
 public:
  CentreMaker(std::uint64_t seed, const Kind& kind) : draw_(seed), kind_(kind) { centre_.seed = seed; }
  Centre make();
  // random_network.cpp
  Shared shared(int towns);
  Centre kind_of_centre(const Shared& all);
  Centre source_more(const Shared& all);

 private:
  // random_centre.cpp: names, values, and what concerns the whole
  void names();
  Words fresh(const std::string& kind, int count);
  std::string clock(int from_hour, int to_hour);
  std::string lasting(int minutes);
  std::string law(int minutes);
  std::string count_law(int items);
  std::string hours();
  std::string days();
  Tree label();
  void maybe_label(Tree& of);
  void on_days(Tree& of);
  Tree shares(const Words& of);
  void whole();
  void products();
  void plan();
  void targets();
  Tree target(const std::string& measure);

  // random_stations.cpp
  void stations();
  Tree station(int s);
  void handling(Tree& is, int s, bool machine);
  void handling_of_people(Tree& is, bool machine);
  void diversions(Tree& is, int s);
  void queue(Tree& is);
  Tree opening();
  Tree next(int s, int depth);
  std::string later(int s);

  // random_network.cpp
  void share(const Shared& all);
  void leave_at_home();

  // random_mail.cpp
  void arrivals();
  Tree source();
  void vehicles(Tree& is);
  void rates(Tree& is);
  void gaps(Tree& is);
  void replay(Tree& is);
  void waiting(Tree& is);
  void loaded(Tree& is);
  Tree counts(int most);
  Tree mix();
  Tree bound_for();
  void transport();
  Tree departure();
  void situation();
  Tree mail_there();
  std::string afternoon(const Tree& is);
  void situation_of_van(Tree& there);
  void situation_of_source(Tree& there, const std::string& name);
  void situation_of_staff(Tree& there);

  // random_staff.cpp
  void staff();
  void shifts(Tree& staff);
  Tree team();
  Tree agents(const std::string& team, const Words& shifts);
  Tree assignment();

  Draws draw_;
  Kind kind_;
  Centre centre_;
  Words mail_, towns_, ways_, desks_, sources_, skills_, turns_, teams_, vans_, goals_;
  int lorries_ = 0;      ///< sources of vehicles so far: without chance no two come at one instant
  bool floor_ = false;   ///< a source has mail waiting at the start
  Words kinds_of_desk_;  ///< by station
  bool with_bay_ = false;
  bool in_network_ = false;  ///< all mail comes to the bay, but for what is for the centre itself
  bool one_by_one_ = false;  ///< all lots are of one item
  bool pressed_ = false;     ///< few agents who can do all, called to and fro
  std::string first_day_, currency_;
  int days_ = 1;
};

}  // namespace mailflow::laws
