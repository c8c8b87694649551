#include "experiment/fingerprint.hpp"

#include <boost/pfr.hpp>
#include <boost/uuid/name_generator_sha1.hpp>
#include <boost/uuid/uuid_io.hpp>
#include <concepts>
#include <cstring>
#include <program_sources.hpp>
#include <type_traits>

namespace mailflow {

namespace {

/// Writes every value as bytes with its length, so that no two models give the same bytes.
class Bytes {
 public:
  std::string text;

  template <typename T>
  void add(const T& value) {
    if constexpr (std::is_same_v<T, Label>) {
      (void)value;  // words for readers
    } else if constexpr (std::is_arithmetic_v<T> || std::is_enum_v<T>) {
      raw(&value, sizeof value);
    } else if constexpr (requires { value.number(); }) {
      add(value.number());
    } else if constexpr (std::is_same_v<T, std::string>) {
      size(value.size());
      text += value;
    } else if constexpr (requires {
                           value.size();
                           value.begin();
                         }) {
      size(value.size());
      for (const auto& each : value) add(static_cast<typename T::value_type>(each));
    } else if constexpr (requires {
                           value.first;
                           value.second;
                         }) {
      add(value.first);
      add(value.second);
    } else {
      boost::pfr::for_each_field(value, [this](const auto& field) { this->add(field); });
    }
  }

 private:
  void raw(const void* from, std::size_t bytes) { text.append(static_cast<const char*>(from), bytes); }
  void size(std::size_t n) { raw(&n, sizeof n); }
};

std::string uuid_of(const std::string& bytes) {
  const boost::uuids::name_generator_sha1 name(boost::uuids::ns::oid());
  return boost::uuids::to_string(name(bytes));
}

}  // namespace

std::string program_fingerprint() { return uuid_of(program_sources); }

std::string fingerprint(const Model& model) {
  Model seen = model;
  seen.file.clear();
  seen.situation.file.clear();
  seen.seed = 0;
  Bytes bytes;
  bytes.add(program_fingerprint());
  bytes.add(seen);
  return uuid_of(bytes.text);
}

}  // namespace mailflow
