// plan, where the scenario asks for posts: a team split over stations so that mail spends the fewest item-hours.
#pragma once

#include <atomic>
#include <cstdint>
#include <string>

#include "mail/day_rules.hpp"
#include "mail/model.hpp"

namespace mailflow::cli {

struct PostsOptions {
  std::string out;                ///< folder for posts.json; empty: nothing is written
  std::int64_t replications = 0;  ///< 0: 20, or one where nothing is left to chance
  double confidence = 0.95;
  bool quiet = false;
  const std::atomic<bool>* stop = nullptr;  ///< true: the best so far; not owned
};

/// The exit status.
int posts_command(const Model& model, const PostsRequest& asked, const PostsOptions& options);

}  // namespace mailflow::cli
