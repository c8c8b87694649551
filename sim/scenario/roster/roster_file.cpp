#include "scenario/roster/roster_file.hpp"

#include <algorithm>

#include "core/at.hpp"
#include "core/words.hpp"
#include "scenario/files/csv.hpp"
#include "scenario/files/files.hpp"
#include "scenario/values/quantities.hpp"

namespace mailflow {

namespace {

template <class Things>
int named(const Things& things, const std::string& name) {
  const auto found = std::find_if(things.begin(), things.end(), [&](const auto& t) { return t.name == name; });
  return found == things.end() ? -1 : static_cast<int>(found - things.begin());
}

template <class Things>
std::string nearest_of(const Things& things, const std::string& name) {
  std::vector<std::string> all;
  for (const auto& t : things) all.push_back(t.name);
  const std::string close = nearest(name, all);
  return close.empty() ? "" : tr("did you mean {}?", close);
}

class RosterReader {
 public:
  RosterReader(const RosterTask& task, const CsvFile& csv, Problems& problems)
      : task_(task), csv_(csv), problems_(problems) {
    given_.file = {csv.file, 0, 0};
    given_.roster.duty.assign(task.agents.size(), std::vector<RosterDuty>(at(task.days)));
    if (task.workload) given_.roster.temporaries.assign(at(task.days), std::vector<int>(task.shifts.size(), 0));
  }

  std::optional<GivenRoster> read() {
    name_ = csv_.column_of("name");
    date_ = csv_.column_of("date");
    shift_ = csv_.column_of("shift");
    post_ = csv_.column_of("post");
    agents_ = csv_.column_of("agents");
    if (name_ < 0 || date_ < 0 || shift_ < 0) {
      problems_.error({csv_.file, 1, 1}, tr("a roster has the columns name, date and shift"),
                      tr("{}; others may be there, and post says what the shift counts for", csv_.columns()));
      return std::nullopt;
    }
    for (std::size_t r = 0; r < csv_.rows.size(); ++r) row(r);
    return given_;
  }

 private:
  std::string text(std::size_t r, int column) const {
    const auto& row = csv_.rows[r];
    return column < 0 || at(column) >= row.size() ? "" : std::string(trimmed(row[at(column)]));
  }
  void wrong(std::size_t r, int column, const std::string& message, const std::string& help = {}) {
    problems_.error(csv_.place(r, at(column)), message, help);
  }

  void row(std::size_t r) {
    int on = 0;
    try {
      on = parse_date(text(r, date_)).days - task_.from.days;
    } catch (const std::invalid_argument&) {
      return wrong(r, date_, tr("\"{}\" is not a date that exists, yyyy-mm-dd", text(r, date_)));
    }
    if (on < 0 || on >= task_.days)
      return wrong(r, date_,
                   tr("{} is not a day of the roster, {} to {}", text(r, date_), to_string(task_.from),
                      to_string(Date{task_.from.days + task_.days - 1})));
    const int shift = named(task_.shifts, text(r, shift_));
    if (shift < 0)
      return wrong(r, shift_, tr("there is no {} {}", tr("shift"), tr("\"{}\"", text(r, shift_))),
                   nearest_of(task_.shifts, text(r, shift_)));
    const std::string name = text(r, name_);
    if (name.empty() && task_.workload) return temporaries(r, on, shift);
    const int agent = named(task_.agents, name);
    if (agent < 0)
      return wrong(r, name_, tr("there is nobody called \"{}\" in the roster", name), nearest_of(task_.agents, name));
    const std::string post_name = text(r, post_);
    const int post = post_name.empty() ? -1 : named(task_.posts, post_name);
    if (!post_name.empty() && post < 0)
      return wrong(r, post_, tr("nothing called \"{}\" is wanted in this roster", post_name),
                   nearest_of(task_.posts, post_name));
    if (!task_.held(shift, on))
      return wrong(
          r, shift_,
          tr("shift {} is not held on {}; a shift is worked on the days it is held", text(r, shift_), text(r, date_)));
    RosterDuty& duty = given_.roster.duty[at(agent)][at(on)];
    if (duty.shift >= 0)
      return wrong(r, name_, tr("{}, {}: two shifts on one day; one shift a day", name, text(r, date_)));
    duty = {shift, post};
    given_.places[{agent, on}] = csv_.place(r, at(name_));
  }

  void temporaries(std::size_t r, int on, int shift) {
    Failure why;
    const auto agents = parse_whole(without_thousands(text(r, agents_)), 0, 1'000'000, why);
    if (!agents) return wrong(r, std::max(0, agents_), tr("a row of temporaries says how many in the column agents"));
    given_.roster.temporaries[at(on)][at(shift)] += static_cast<int>(*agents);
  }

  const RosterTask& task_;
  const CsvFile& csv_;
  Problems& problems_;
  GivenRoster given_;
  int name_ = -1, date_ = -1, shift_ = -1, post_ = -1, agents_ = -1;
};

}  // namespace

std::optional<GivenRoster> read_roster(const std::string& path, const RosterTask& task, Problems& problems) {
  auto named_file = std::make_shared<SourceFile>();
  named_file->path = path;
  const auto text = read_file(path, {named_file, 0, 0}, problems);
  if (!text) return std::nullopt;
  const ErrorsSince errors(problems);
  const CsvFile csv = read_csv(path, *text, problems);
  if (errors.any()) return std::nullopt;
  return RosterReader(task, csv, problems).read();
}

}  // namespace mailflow
