// A text changed where it is asked for and nowhere else: comments and layout stay.
#pragma once

#include <string>

#include "studio/model_view.hpp"

namespace mailflow::studio {

/// What `POST /api/edit` answers: the text with the edits made in order; 422 with the problems where one does not fit.
Json edited(const std::string& path, const std::string& text, const Json& edits, int& status);

}  // namespace mailflow::studio
