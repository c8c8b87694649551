#include "studio/edits.hpp"

#include "core/words.hpp"
#include "studio/exchange.hpp"

namespace mailflow::studio {

std::string edited(const std::string& path, const std::string& /*text*/, const Json& /*edits*/) {
  throw Refused(422, tr("{} can be changed as a text alone", path));
}

}  // namespace mailflow::studio
