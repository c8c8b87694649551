// What an experiment has found so far, as the page shows it: figures that grow surer, and the answer in a sentence.
#pragma once

#include <cstdint>

#include "experiment/experiment.hpp"
#include "studio/model_view.hpp"

namespace mailflow::studio {

constexpr double confidence = 0.95;

/// The headline measures of the base.
std::vector<std::size_t> headline_rows(const Experiment& experiment);
/// `Figures` of PROTOCOL.md, of replications 1..n.
Json figures_json(const Experiment& experiment, std::int64_t n);
/// The sentence and three figures of a scenario's answer, out of its figures.
Json answer_json(const Json& figures, std::size_t scenario);
Json label_json_of(const Label& label);

}  // namespace mailflow::studio
