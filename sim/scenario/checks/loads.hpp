// The mail of a run as the routing spreads it over the stations, on average: what comes, where it goes on to, and what
// of it reaches a bay by the end. What waits in queues is not looked at: it is the mail that would come if all kept up.
#pragma once

#include <Eigen/Core>
#include <map>
#include <string>
#include <vector>

#include "core/problems.hpp"
#include "mail/model.hpp"

namespace mailflow {

/// One kind of mail: product and destination (-1: none).
struct MailKind {
  ProductIndex product;
  DestinationIndex destination;
  friend auto operator<=>(const MailKind&, const MailKind&) = default;
};

/// Items of the run by kind, and by the station where they come in.
using OfferedMail = std::map<MailKind, Eigen::VectorXd>;

struct Loads {
  OfferedMail offered;
  Rows<Station, double> comes;                                 ///< items that come in there from outside
  Rows<Station, double> visits;                                ///< items it is offered, repeats counted
  Rows<Station, std::map<StationIndex, double>> onward;        ///< the share of its items that goes on to another
  Rows<Station, int> largest_lot;                              ///< items that may be handled there together
  std::map<MailKind, std::map<StationIndex, double>> at_bays;  ///< items that come to a bay
  std::map<MailKind, bool> leaves_without_departure;           ///< some of it goes out by no bay
};

/// What a check of a model needs: the model, where its elements are written, and where to tell what is found.
struct Check {
  const Model& model;
  const std::map<std::string, Place>& places;
  Problems& problems;

  Place place(const std::string& key) const;
};

/// The instant at which a run begins: that of its situation, else 0.
Ticks run_begins(const Model& model);

/// What comes in the run or is there when it begins.
OfferedMail offered_mail(const Model& model);

/// Items that come in at one instant, or from it on.
struct Arriving {
  Ticks at = 0;
  StationIndex station;
  double items = 0;
};
/// All that comes in the run, by time; what comes at a rate stands hour by hour at the hour's beginning.
std::vector<Arriving> arriving_mail(const Model& model);

/// The share of what comes to a station without servers in the run that is out of it again by the end.
double share_out_by_end(const Model& model, const Station& station, double items);

/// A figure to two digits, rounded down and grouped: 110396 is "110 000".
std::string roughly(double value);
/// Digits in groups of three: "1 234 567".
std::string grouped_digits(double whole);
/// "a", "a and b", "a, b and c", "a, b, c and 4 more".
std::string listed(const std::vector<std::string>& names);

}  // namespace mailflow
