// Solves a program part by part where no row ties the parts: a month of days that share nobody is thirty programs.
//
// A second aim may be given: of the plans that cost least, the one that costs least by it. It is sought with the first
// aim's cost held, part by part; its own optimum is not proven (gap of 5 %, or 20 nodes).
#pragma once

#include <vector>

#include "solver/mixed_program.hpp"

namespace mailflow {

struct SeparableSolution {
  MixedSolution solution;
  std::size_t parts = 0;
};

/// `second`: costs per column; empty: no second aim. `start` as for MixedProgram::solve.
SeparableSolution solve_by_parts(const MixedProgram& program, const MixedOptions& options,
                                 const std::vector<double>& second = {}, const std::vector<double>& start = {});

}  // namespace mailflow
