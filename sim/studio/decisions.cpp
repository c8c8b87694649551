#include "studio/decisions.hpp"

#include "core/words.hpp"
#include "report/output_file.hpp"
#include "report/temporary.hpp"
#include "studio/exchange.hpp"
#include "studio/utc.hpp"

namespace mailflow::studio {

namespace {

std::string kept_in() { return std::string(own_folder) + "/decisions.json"; }

Json kept() {
  Json list = Json::parse(bytes_of(kept_in()), nullptr, false);
  return list.is_array() ? list : Json::array();
}

}  // namespace

Json Decisions::all() const {
  const std::scoped_lock lock(lock_);
  return {{"decisions", kept()}};
}

Json Decisions::decide(std::int64_t job, std::size_t scenario, const std::string& reason) {
  const Json shown = jobs_.one(job);
  if (scenario >= shown["answers"].size()) throw Refused(404, tr("job {} has no answer to decide by", job));
  const Json decision = {{"at", utc_now()},
                         {"job", job},
                         {"scenario", shown["scenarios"][scenario]},
                         {"base", shown["scenarios"][0]},
                         {"sentence", shown["answers"][scenario]["sentence"]},
                         {"figures", shown["answers"][scenario]["figures"]},
                         {"reason", reason}};
  const std::scoped_lock lock(lock_);
  Json list = kept();
  list.insert(list.begin(), decision);
  write_file(kept_in(), text_of(list));
  return decision;
}

}  // namespace mailflow::studio
