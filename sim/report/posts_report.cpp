#include "report/posts_report.hpp"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "core/words.hpp"
#include "report/text.hpp"

namespace mailflow {

namespace {

using Json = nlohmann::ordered_json;

const Station& post(const Model& model, const PostsReport& report, std::size_t s) {
  return model.stations[report.asked.over[s]];
}

Ticks instant_of_step(const Model& model, const PostsReport& report, std::size_t k) {
  return std::min(report.from + static_cast<Ticks>(k) * report.step, model.end);
}

/// Where mail is there or comes: the steps that people matter in.
std::size_t last_step(const PostsReport& report) {
  std::size_t last = 0;
  for (const auto& at_station : report.fluid)
    for (std::size_t k = 0; k < at_station.size(); ++k)
      if (at_station[k] > 1e-6) last = std::max(last, k);
  return last;
}

bool same_people(const PostsPeople& people, std::size_t a, std::size_t b) {
  return std::all_of(people.begin(), people.end(), [&](const auto& row) { return std::abs(row[a] - row[b]) < 0.05; });
}

/// Who stands where: once for all, or from which time on.
std::string people_text(const Model& model, const PostsReport& report) {
  std::vector<std::string> header = {report.change ? tr("from") : ""};
  for (std::size_t s = 0; s < report.people.size(); ++s)
    header.push_back(name_of(post(model, report, s).label, post(model, report, s).name));
  Columns columns(header);
  const auto row = [&](const std::string& what, const PostsPeople& people, std::size_t k, int decimals) {
    std::vector<std::string> cells = {"  " + what};
    for (const auto& p : people) cells.push_back(grouped(p[k], decimals));
    columns.row(cells);
  };
  if (!report.change) {
    row(tr("agents, of the plan"), report.people, 0, 0);
    row(tr("agents, were they divisible"), report.fluid, 0, 2);
    return columns.text();
  }
  const std::size_t last = last_step(report);
  for (std::size_t k = 0; k <= last; ++k)
    if (k == 0 || !same_people(report.people, k, k - 1))
      row(model.calendar().shown(instant_of_step(model, report, k)), report.people, k, 0);
  return columns.text();
}

std::string hours_text(const PostsReport& report) {
  Columns hours({"", tr("item-hours"), tr("mean time"), tr("still here")});
  const auto row = [&](const std::string& what, const std::optional<PostsRun>& found) {
    if (!found) return;
    const Interval& i = found->item_hours;
    std::string value = grouped(i.estimate, 0);
    if (report.replications > 1) value += " ± " + grouped(i.half_width(), 0);
    hours.row({"  " + what, value, span(found->mean_minutes), grouped(found->left, 0)});
  };
  row(tr("as the scenario has it"), report.as_is);
  row(tr("with the plan"), report.plan);
  hours.row({"  " + tr("least of whole agents, mail a fluid"), grouped(report.whole_item_hours, 0), "", ""});
  hours.row({"  " + tr("least of any split, mail a fluid"), grouped(report.fluid_item_hours, 0), "", ""});
  return hours.text();
}

}  // namespace

std::string posts_text(const Model& model, const PostsReport& report) {
  const Team& team = model.teams[report.asked.team];
  std::string text = tr("Posts of {}: the fewest item-hours", name_of(team.label, team.name)) + "\n\n" +
                     people_text(model, report) + "\n" + hours_text(report);
  if (!report.change && report.tried > 0)
    text += "\n" +
            tr_plural("{0} split with one agent elsewhere was run: none is better.",
                      "{0} splits with one agent elsewhere were run: none is better.", report.tried, report.tried) +
            "\n";
  if (report.stopped)
    text += "\n" +
            (report.plan ? tr("Stopped before all was tried: this is the best so far.")
                         : tr("Stopped before the plan was run: its agents are those of the fluid.")) +
            "\n";
  return text;
}

std::string posts_json(const Model& model, const PostsReport& report) {
  const auto agents = [&](const PostsPeople& people) {
    Json all = Json::object();
    for (std::size_t s = 0; s < people.size(); ++s) {
      Json& here = all[post(model, report, s).name] = Json::array();
      for (std::size_t k = 0; k < people[s].size(); ++k)
        if (k == 0 || std::abs(people[s][k] - people[s][k - 1]) > 1e-9)
          here.push_back(
              {{"from", model.calendar().to_the_minute(instant_of_step(model, report, k))}, {"agents", people[s][k]}});
    }
    return all;
  };
  const auto found = [&](const std::optional<PostsRun>& r) {
    if (!r) return Json{{"item_hours", nullptr}, {"mean_minutes", nullptr}, {"left", nullptr}};
    return Json{{"item_hours", r->item_hours.estimate}, {"mean_minutes", r->mean_minutes}, {"left", r->left}};
  };
  Json json = {{"format", 1}, {"replications", report.replications}, {"stopped", report.stopped}};
  json["fluid"] = {{"item_hours", report.fluid_item_hours}, {"agents", agents(report.fluid)}};
  json["plan"] = found(report.plan);
  json["plan"]["agents"] = agents(report.people);
  json["as_is"] = found(report.as_is);
  return json.dump(2) + "\n";
}

}  // namespace mailflow
