#include "scenario/sections/centre.hpp"

#include <algorithm>
#include <stdexcept>

#include "core/words.hpp"
#include "scenario/sections/time_reader.hpp"
#include "scenario/sections/value_reader.hpp"
#include "scenario/values/first_words.hpp"

namespace mailflow {

namespace {

class CentreReader : private TimeReader {
 public:
  using TimeReader::TimeReader;
  void centre();
};

void CentreReader::centre() {
  const Node* node = get(in_.root, "centre");
  if (node == nullptr && !in_.of_network) in_.model.currency.clear();
  if (node == nullptr || !check_section(*node, "centre", "centre")) return;
  in_.model.label = label(*node, "name");
  in_.model.name = in_.model.label.en;
  if (const Node* zone = get(*node, "timezone")) {
    in_.model.timezone = scalar(*zone, "timezone");
    if (!Calendar::zone_exists(in_.model.timezone)) {
      const std::string meant = zone_meant(in_.model.timezone, Calendar::zone_exists);
      bad(*zone, "timezone", "", tr("no time zone has that name"),
          meant.empty() ? tr("for example Pacific/Noumea or Europe/Paris") : tr("write {}", meant));
      in_.model.timezone = "UTC";
    }
  }
  if (meant(*node, "currency")) in_.model.currency.clear();
  if (const Node* currency = get(*node, "currency")) {
    const std::string code = scalar(*currency, "currency");
    const bool is_code =
        code.size() == 3 && std::all_of(code.begin(), code.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
    in_.model.currency = is_code ? code : "";
    const std::string meant = currency_meant(code);
    if (!meant.empty()) in_.model.currency = "";
    if (!meant.empty())
      bad(*currency, "currency", "", tr("that is not the code of a currency"), tr("write {}", meant));
    else if (!is_code)
      bad(*currency, "currency", "", tr("it must be three capital letters"), tr("for example XPF or EUR"));
  }
  if (const Node* holidays = get(*node, "holidays")) {
    for (const Node* item : list(*holidays)) try {
        in_.model.holidays.push_back(parse_date(item->text));
      } catch (const std::invalid_argument&) {
        bad(*item, tr("a holiday"), "", tr("it must be a date that exists, yyyy-mm-dd"));
      }
  }
  if (const Node* working = get(*node, "working_days"))
    in_.model.working_weekdays = weekdays(*working, "working_days").weekdays;
  if (in_.model.working_weekdays == 0) in_.model.working_weekdays = 0x3f;
}

}  // namespace

void read_centre(Reading& reading) { CentreReader(reading).centre(); }

}  // namespace mailflow
