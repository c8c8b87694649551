// The studio's page as it is built of sim/studio/web, embedded: studio.html and the files of page/assets.
#pragma once

#include <string>
#include <string_view>

namespace mailflow::studio {

struct Page {
  std::string_view name;  ///< "/" or "/assets/editor-3f2a.js"
  std::string_view bytes;
  const char* type = "";
};

/// Null where there is none of that name.
const Page* page_named(const std::string& name);

/// What a page of the studio's may load, and from where: from itself alone, no script that stands in a page.
extern const char* const content_policy;

}  // namespace mailflow::studio
