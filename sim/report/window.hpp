// The window that text is shown in: how wide it is, and whether it has colours.
//
//   ShowsIn terminal({.columns = 80, .colours = true});
//   in_tone(Tone::bad, "MISSED");   // in red, for as long as `terminal` lives
//
// Elsewhere, in files and pipes, text is as wide as it wants to be, and without colours.
#pragma once

#include <cstddef>
#include <string>

namespace mailflow {

struct Window {
  std::size_t columns = 0;  ///< 0: no bound
  bool colours = false;
};

/// The window now. Not to be changed while several threads speak.
Window window();

/// Text is for a window for as long as it lives.
class ShowsIn {
 public:
  explicit ShowsIn(Window window);
  ~ShowsIn();
  ShowsIn(const ShowsIn&) = delete;
  ShowsIn& operator=(const ShowsIn&) = delete;
  ShowsIn(ShowsIn&&) = delete;
  ShowsIn& operator=(ShowsIn&&) = delete;

 private:
  Window before_;
};

enum class Tone { good, bad, doubtful };
/// The text in the colour of a verdict, where the window has colours; nothing stays nothing.
std::string in_tone(Tone tone, const std::string& text);

/// Characters of a UTF-8 text that take a place in a line: what gives colour takes none.
std::size_t width_of(const std::string& text);

/// Lines that are longer than the window go on in the next, as far in as they began. They are parted at blanks, but not
/// within a number, before a sign that belongs to what stands before it, or after an opening quote.
std::string wrapped(const std::string& text);

}  // namespace mailflow
