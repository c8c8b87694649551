#include "report/packed.hpp"

#include <zlib.h>

#include <cstdint>
#include <stdexcept>
#include <string_view>

namespace mailflow {

namespace {

std::string deflated(const std::string& text) {
  uLongf size = compressBound(static_cast<uLong>(text.size()));
  std::string small(size, '\0');
  if (compress2(reinterpret_cast<Bytef*>(small.data()), &size, reinterpret_cast<const Bytef*>(text.data()),
                static_cast<uLong>(text.size()), Z_BEST_COMPRESSION) != Z_OK)
    throw std::logic_error("the figures of a report could not be deflated");
  small.resize(size);
  return small;
}

std::string base64(std::string_view bytes) {
  constexpr std::string_view digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string text;
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    std::uint32_t three = 0;
    for (std::size_t k = 0; k < 3; ++k)
      three = three << 8U | (i + k < bytes.size() ? static_cast<unsigned char>(bytes[i + k]) : 0U);
    for (std::size_t k = 0; k < 4; ++k)
      text += i + k > bytes.size() ? '=' : digits[three >> (18U - 6U * static_cast<unsigned>(k)) & 63U];
  }
  return text;
}

}  // namespace

std::string packed(const std::string& text) { return base64(deflated(text)); }

}  // namespace mailflow
