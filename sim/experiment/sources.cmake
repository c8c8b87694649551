# cmake -DROOT=... -DFILES="a;b" -DOUTPUT=program_sources.hpp -P sources.cmake: a header that names what the program was built from.
set(whole "")
foreach(file IN LISTS FILES)
  file(SHA256 "${ROOT}/${file}" hash)
  string(APPEND whole "${file} ${hash}\n")
endforeach()
string(SHA256 whole "${whole}")
file(WRITE "${OUTPUT}.new" "// Made by sources.cmake: a hash of the sources that a run's figures come from.
#pragma once
namespace mailflow {
inline constexpr const char* program_sources = \"${whole}\";
}
")
file(RENAME "${OUTPUT}.new" "${OUTPUT}")
