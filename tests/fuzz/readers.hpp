// Every reader of the program, given any bytes: what the mutator drives, and what the corpus of found faults is read
// by.
//
// An input is the text of a first file; more files may follow, each after a line "=== NAME", and lie beside it.
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace mailflow::fuzz {

/// A law that holds for every input was broken.
struct Broken : std::logic_error {
  using std::logic_error::logic_error;
};

struct Reader {
  std::string name;
  /// Throws Broken, and nothing else.
  void (*read)(std::string_view input);
  bool is_text = true;
};

const std::vector<Reader>& readers();

}  // namespace mailflow::fuzz
