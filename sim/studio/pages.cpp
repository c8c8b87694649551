#include "studio/pages.hpp"

#include <algorithm>
#include <generated_studio_pages.hpp>
#include <iterator>
#include <utility>
#include <vector>

namespace mailflow::studio {

// Styles may be written by scripts: charts and the editor set them so. What is dragged in or drawn is data: or blob:.
const char* const content_policy =
    "default-src 'none'; script-src 'self'; worker-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: "
    "blob:; "
    "font-src 'self' data:; connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'";

namespace {

const char* type_of(std::string_view name) {
  constexpr std::pair<const char*, const char*> types[] = {{".js", "text/javascript; charset=utf-8"},
                                                           {".css", "text/css; charset=utf-8"},
                                                           {".svg", "image/svg+xml"},
                                                           {".png", "image/png"},
                                                           {".woff2", "font/woff2"},
                                                           {".json", "application/json"},
                                                           {".wasm", "application/wasm"}};
  const auto known =
      std::find_if(std::begin(types), std::end(types), [&](const auto& type) { return name.ends_with(type.first); });
  return known == std::end(types) ? "text/html; charset=utf-8" : known->second;
}

}  // namespace

const Page* page_named(const std::string& name) {
  static const std::vector<Page> pages = [] {
    std::vector<Page> all;
    for (const EmbeddedFile& file : embedded_files)
      all.push_back({file.name, {file.begin, static_cast<std::size_t>(file.end - file.begin)}, type_of(file.name)});
    return all;
  }();
  const auto found = std::find_if(pages.begin(), pages.end(), [&](const Page& page) { return page.name == name; });
  return found == pages.end() ? nullptr : &*found;
}

}  // namespace mailflow::studio
