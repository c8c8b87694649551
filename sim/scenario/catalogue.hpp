// The table of the language: every section and key with its type, default, meaning and an example.
//
// Validation of keys, `mailflow describe`, the Markdown reference and the JSON Schema all come out of this table. A
// kind of station is one section here.
#pragma once

#include <string>
#include <vector>

namespace mailflow {

struct CatalogueKey {
  std::string name;  ///< "*": any name (of a product, a station, ...)
  std::string type;  ///< as shown: "duration", "rate", "share", "distribution of durations", "text", ...
  bool required = false;
  std::string fallback;  ///< default, as shown; empty: none
  std::string meaning;
  std::string example;  ///< right in this section and variant, with the names of scenarios/reference
};

struct CatalogueSection {
  std::string path;  ///< "stations.machine"; "" is the top
  std::string meaning;
  std::vector<CatalogueKey> keys;

  const CatalogueKey* find(const std::string& key) const;
  std::vector<std::string> names() const;
};

const std::vector<CatalogueSection>& catalogue();
/// Its part about targets (catalogue_targets.cpp).
std::vector<CatalogueSection> target_sections();
/// Its part about networks (catalogue_network.cpp).
std::vector<CatalogueSection> network_sections();
/// The part of it that is about rosters (roster_catalogue.cpp).
std::vector<CatalogueSection> roster_catalogue();
/// Of it, in catalogue_within_day.cpp: situations, and plans within the day.
std::vector<CatalogueSection> within_day_sections();
/// A text of the table in the language spoken; words that are to be written so stay as they are.
std::string said(const std::string& text);
/// Throws std::out_of_range for a path that is not in the table: a mistake in this program.
const CatalogueSection& section(const std::string& path);

/// What `describe` prints for a key ("" for the overview); empty when there is no such key.
std::string describe(const std::string& key);
/// Every name that `describe` knows.
std::vector<std::string> described_keys();
std::string reference_markdown();
std::string json_schema();
/// The table itself, as programs read it: types as they are here, and all words in the language spoken.
std::string catalogue_json();

}  // namespace mailflow
