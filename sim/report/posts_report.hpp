// How a team is split over posts, and what the split brings, for the terminal and as JSON.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "mail/day_rules.hpp"
#include "mail/model.hpp"
#include "stats/interval.hpp"

namespace mailflow {

/// The runs of one split.
struct PostsRun {
  Interval item_hours;
  double mean_minutes = 0;  ///< of items that left
  double left = 0;
};

/// People by post (a station of PostsRequest::over) and step.
using PostsPeople = std::vector<std::vector<double>>;

struct PostsReport {
  PostsRequest asked;           ///< of whom and where
  Ticks from = 0, step = 0;     ///< of the people's steps
  bool change = false;          ///< people move in the course of the day; else the first step is all
  PostsPeople people;           ///< of the plan
  PostsPeople fluid;            ///< were they divisible, and mail a fluid
  double fluid_item_hours = 0;  ///< least of any split
  double whole_item_hours = 0;  ///< least of whole agents
  std::int64_t replications = 1;
  long tried = 0;                       ///< splits with one agent elsewhere
  std::optional<PostsRun> as_is, plan;  ///< none: stopped before
  bool stopped = false;
};

std::string posts_text(const Model& model, const PostsReport& report);
std::string posts_json(const Model& model, const PostsReport& report);

}  // namespace mailflow
