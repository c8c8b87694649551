// The figures that experiments replicate, compare and judge: each a name, a unit, a side that is better, and a value
// per replication.
//
// Names are the paths of results.json ("products.letter.on_time.share"), so that a figure found there can be asked for
// by name: all its numbers that stand in no list, but for its format and what was drawn from. A value is NaN where a
// replication has nothing to measure.
#pragma once

#include <string>
#include <vector>

#include "mail/model.hpp"
#include "metrics/results.hpp"
#include "stats/comparison.hpp"

namespace mailflow {

struct Measure {
  enum class Kind : std::uint8_t {
    mean,  ///< its mean over replications is wanted
    days   ///< the share of days (or of replications) on which a target was met: correlated within a replication
  };
  std::string name;
  Label label;
  std::string unit;  ///< "share", "minutes", "hours", "items", "items/h", "item hours", "item minutes", "agent hours",
                     ///< "currency", "currency/item", "kg"; empty: a count
  Better better = Better::neither;
  Kind kind = Kind::mean;
  bool headline = false;  ///< shown without being asked for
  TargetIndex target;     ///< the value of this target, or its days
};

/// All measures of a model, headlines first: each target's value and days, then the centre as a whole; then products,
/// destinations, departures, stations and teams in the model's order.
std::vector<Measure> measures_of(const Model& model);

/// The measure that tells whether another one, by its name, is a lower bound (1) or not (0), for something had not
/// ended; of measures that never are it is none.
std::string at_least_flag(const std::string& measure);
/// Whether the measure is a lower bound in some replication, from the values of that flag.
bool any_bound(const Measure& measure, const std::vector<double>& flags);

/// The values of one replication, in the order of `measures_of`.
std::vector<double> observe(const Model& model, const Results& results);

}  // namespace mailflow
