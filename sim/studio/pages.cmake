# embed_pages(FOLDER HEADER): writes a header with studio.html and assets/* of FOLDER embedded; `pages` are the files.
function(embed_pages folder header)
  file(GLOB assets CONFIGURE_DEPENDS "${folder}/assets/*")
  set(files "${folder}/studio.html" ${assets})
  set(blocks "")
  set(declared "")
  set(rows "")
  set(number 0)
  foreach(file IN LISTS files)
    file(RELATIVE_PATH name "${folder}" "${file}")
    if(name STREQUAL "studio.html")
      set(name "")
    endif()
    set(symbol "mailflow_studio_page_${number}")
    string(APPEND blocks "\"${symbol}:\\n.incbin \\\"${file}\\\"\\n${symbol}_end:\\n.byte 0\\n\"\n")
    string(APPEND declared "extern \"C\" const char ${symbol}[], ${symbol}_end[];\n")
    string(APPEND rows "    {\"/${name}\", ${symbol}, ${symbol}_end},\n")
    math(EXPR number "${number} + 1")
  endforeach()
  file(CONFIGURE OUTPUT "${header}" CONTENT
"// Made of the studio's built page when the program is configured.
#pragma once
__asm__(\".section .rodata\\n\"
@blocks@\".previous\\n\");
@declared@
namespace mailflow::studio {
struct EmbeddedFile {
  const char *name, *begin, *end;
};
inline const EmbeddedFile embedded_files[] = {
@rows@};
}  // namespace mailflow::studio
" @ONLY)
  set(pages ${files} PARENT_SCOPE)
endfunction()
