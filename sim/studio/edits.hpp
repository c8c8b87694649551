// A text changed where it is asked for and nowhere else: comments and layout stay.
#pragma once

#include <string>

#include "studio/model_view.hpp"

namespace mailflow::studio {

/// The text with the edits of `POST /api/edit` applied in order; throws Refused (422) where one does not fit.
std::string edited(const std::string& path, const std::string& text, const Json& edits);

}  // namespace mailflow::studio
