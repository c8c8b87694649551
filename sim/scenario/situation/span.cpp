#include "scenario/situation/span.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/words.hpp"
#include "scenario/situation/instant_reader.hpp"

namespace mailflow {

namespace {

class SituationSpanReader : private InstantReader {
 public:
  using InstantReader::InstantReader;
  void span();
};

void SituationSpanReader::span() {
  const Node* node = get(in_.root, "situation");
  if (node == nullptr || !check_section(*node, "situation", tr("the situation"))) return;
  Situation& there = in_.model.situation;
  const Node* at = get(*node, "at");
  if (at == nullptr || !in_.calendar) return;  // without a run there is no instant within it
  const auto found = instant(*at, "at", When::alone);
  if (!found) return;
  if (*found < 0 || *found >= in_.model.end) {
    bad(*at, "at", "",
        tr("it must lie within the run, which lasts from {} to {}", in_.calendar->shown(0),
           in_.calendar->shown(in_.model.end)),
        tr("run: from and for say when that is"));
    return;
  }
  there.given = true;
  there.at = in_.model.warm_up = *found;
  if (const Node* until = get(*node, "until")) {
    const auto end = instant(*until, "until", When::after);
    if (end && *end <= there.at)
      bad(*until, "until", "", tr("it must come after the situation's instant"));
    else if (end)
      in_.model.end = std::min(in_.model.end, *end);
  }
}

}  // namespace

void read_situation_span(Reading& reading) { SituationSpanReader(reading).span(); }

}  // namespace mailflow
