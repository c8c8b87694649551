// On which page of a PDF that Chromium printed each place that is linked to stands, so that the contents can say so
// when it is printed once more.
#pragma once

#include <string>

namespace mailflow {

/// "targets.2,flow.5": the places' names in the PDF, each with its page from 1; empty: there are none.
std::string pages_of_places(const std::string& pdf);

}  // namespace mailflow
