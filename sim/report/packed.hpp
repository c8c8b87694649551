// A report's figures as its page holds them: deflated (zlib's format), in base64. Much in them repeats: a tenth is
// left, and nothing in it can end the element that it stands in.
#pragma once

#include <string>

namespace mailflow {

std::string packed(const std::string& text);

}  // namespace mailflow
