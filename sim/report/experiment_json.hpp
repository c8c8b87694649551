// Pieces that the JSON of experiments shares.
#pragma once

#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>

#include "mail/model.hpp"
#include "metrics/results.hpp"
#include "stats/comparison.hpp"
#include "stats/interval.hpp"

namespace mailflow {

/// The number, or null where there is none.
inline nlohmann::ordered_json number_json(double value) {
  return std::isfinite(value) ? nlohmann::ordered_json(value) : nlohmann::ordered_json();
}

/// An end of an interval as files have it: none where nothing is known of it.
inline double end_told(const Interval& i, double end) {
  return i.alike ? std::numeric_limits<double>::quiet_NaN() : end;
}

inline nlohmann::ordered_json interval_json(const Interval& i) {
  return {{"estimate", number_json(i.estimate)},
          {"low", number_json(end_told(i, i.low))},
          {"high", number_json(end_told(i, i.high))},
          {"deviation", number_json(i.deviation)},
          {"replications", i.n}};
}

/// As results.json has labels: the name where there is none.
inline nlohmann::ordered_json label_json(const Label& label, const std::string& name = "") {
  return {{"fr", label.fr.empty() ? name : label.fr}, {"en", label.en.empty() ? name : label.en}};
}

inline const char* verdict_name(Verdict verdict) {
  constexpr const char* names[] = {"better", "worse",       "differs", "no difference worth having",
                                   "same",   "cannot tell", "nothing"};
  return names[static_cast<std::size_t>(verdict)];
}

/// When which stations came to stand still for ever, as results.json has it (results_json.cpp).
nlohmann::ordered_json standstills_json(const Model& model, const std::vector<Standstill>& all);
/// The same of replications (experiment_report.cpp).
struct StoodStill;
nlohmann::ordered_json stood_still_json(const StoodStill& still);

}  // namespace mailflow
