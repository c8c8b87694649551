// Where the places of a PDF stand, as Chromium writes it.
#include "report/pdf_pages.hpp"

#include <catch2/catch.hpp>

using mailflow::pages_of_places;

TEST_CASE("places of a PDF stand on the pages that their objects are") {
  const std::string pdf =
      "%PDF-1.4\n2 0 obj\n<</Type /Page\n/Parent 9 0 R>>\nendobj\n14 0 obj\n<</Type /Page\n>>\nendobj\n"
      "9 0 obj\n<</Type /Pages\n/Kids [2 0 R 14 0 R]>>\nendobj\n"
      "20 0 obj\n<</verdict [2 0 R /XYZ 0 593.45996 0]\n/on-time [14 0 R /XYZ 0 330.41998 0]\n"
      "/lost [77 0 R /XYZ 0 1 0]>>\nendobj\n";
  CHECK(pages_of_places(pdf) == "verdict.1,on-time.2");
  CHECK(pages_of_places("no PDF").empty());
}
