#include "studio/answers.hpp"

#include <algorithm>
#include <cmath>

#include "core/words.hpp"
#include "metrics/targets.hpp"
#include "report/experiment_json.hpp"
#include "report/experiment_report.hpp"
#include "report/text.hpp"

namespace mailflow::studio {

namespace {

constexpr std::size_t most_figures = 3;

const char* word_of_better(Better better) {
  constexpr const char* words[] = {"more", "less", "neither"};
  return words[static_cast<std::size_t>(better)];
}

/// An interval of one replication says nothing.
Json estimate_json(const Interval& i) {
  const bool spread = i.n > 1 && !i.alike && std::isfinite(i.low) && std::isfinite(i.high);
  return {{"estimate", number_json(i.n > 0 ? i.estimate : std::nan(""))},
          {"low", spread ? Json(i.low) : Json(nullptr)},
          {"high", spread ? Json(i.high) : Json(nullptr)}};
}

Json scenario_figure(const Measure& measure, const Target* target, const Interval& found, const std::string& currency) {
  Json json = estimate_json(found);
  const bool judged = target != nullptr && measure.kind == Measure::Kind::mean && found.n > 0;
  json["met"] = judged ? Json(meets(*target, found.estimate)) : Json(nullptr);
  json["sure"] = judged && found.n > 1 && !found.alike ? Json(meets(*target, found.low) == meets(*target, found.high))
                                                       : Json(nullptr);
  json["shown"] = label_json_of(in_both_languages(
      [&] { return found.n > 0 ? shown(found.estimate, measure.unit, currency) : std::string("-"); }));
  return json;
}

Json difference_json(const Difference& d, const std::string& unit, const std::string& currency) {
  Json json = estimate_json(d.paired);
  json["verdict"] = verdict_name(d.verdict);
  json["chance"] = d.paired.n > 1 ? number_json(d.better_chance) : Json(nullptr);
  json["shown"] = label_json_of(in_both_languages(
      [&] { return d.paired.n > 0 ? shown_change(d.paired.estimate, unit, currency) : std::string("-"); }));
  return json;
}

Json measure_json(const Experiment& experiment, std::size_t row, std::int64_t n) {
  const Measure& measure = experiment.measures(0)[row];
  const Model& model = experiment.model(0);
  const Target* target = measure.target == none ? nullptr : &model.targets[measure.target];
  Json json = {
      {"name", measure.name},        {"label", label_json_of(in_both_languages([&] { return measure_name(measure); }))},
      {"unit", measure.unit},        {"better", word_of_better(measure.better)},
      {"target", nullptr},           {"scenarios", Json::array()},
      {"differences", Json::array()}};
  if (target != nullptr && measure.kind == Measure::Kind::mean)
    json["target"] = {{"at_least", target->at_least},
                      {"bound", target->bound},
                      {"wanted", label_json_of(in_both_languages([&] { return wanted_of(model, *target); }))}};
  const std::vector<double> base = experiment.values(0, measure.name, n);
  for (std::size_t s = 0; s < experiment.scenarios(); ++s) {
    const std::vector<double> values = experiment.values(s, measure.name, n);
    json["scenarios"].push_back(
        scenario_figure(measure, target, measure_interval(measure, values, confidence), model.currency));
    json["differences"].push_back(s == 0 ? Json(nullptr)
                                         : difference_json(difference(measure.better, base, values, confidence, 0),
                                                           measure.unit, model.currency));
  }
  return json;
}

Label label_in(const Json& json) { return {json["fr"].get<std::string>(), json["en"].get<std::string>()}; }

/// Of the targets: how many are kept, and the first that is not.
std::string sentence(const std::vector<const Json*>& targets, const std::vector<const Json*>& others,
                     std::size_t scenario) {
  const auto words = [&](const Json* m) {
    return std::pair{spoken(label_in((*m)["label"])), spoken(label_in((*m)["scenarios"][scenario]["shown"]))};
  };
  const Json* missed = nullptr;
  long kept = 0;
  for (const Json* m : targets) {
    if ((*m)["scenarios"][scenario]["met"] == true)
      ++kept;
    else if (missed == nullptr)
      missed = m;
  }
  const auto all = static_cast<long>(targets.size());
  if (all == 0) {
    if (others.empty()) return tr("no target is set");
    const auto [name, value] = words(others.front());
    return tr("no target is set; {}: {}", name, value);
  }
  if (missed == nullptr) return tr_plural("the target is kept", "all {} targets are kept", all, all);
  const auto [name, value] = words(missed);
  const std::string wanted = spoken(label_in((*missed)["target"]["wanted"]));
  return tr("{} of {} targets kept; {}: {}, wanted {}", kept, all, name, value, wanted);
}

}  // namespace

Json label_json_of(const Label& label) { return {{"fr", label.fr}, {"en", label.en}}; }

std::vector<std::size_t> headline_rows(const Experiment& experiment) {
  std::vector<std::size_t> rows;
  const auto& measures = experiment.measures(0);
  for (std::size_t m = 0; m < measures.size(); ++m)
    if (measures[m].headline) rows.push_back(m);
  return rows;
}

Json figures_json(const Experiment& experiment, std::int64_t n) {
  Json figures = {{"replications", n}, {"confidence", confidence}, {"measures", Json::array()}};
  for (const std::size_t row : headline_rows(experiment))
    figures["measures"].push_back(measure_json(experiment, row, n));
  return figures;
}

Json answer_json(const Json& figures, std::size_t scenario) {
  std::vector<const Json*> targets, others;
  for (const Json& m : figures["measures"]) {
    if (!m["target"].is_null() && !m["scenarios"][scenario]["met"].is_null())
      targets.push_back(&m);
    else if (m["target"].is_null() && !m["name"].get<std::string>().starts_with("targets."))
      others.push_back(&m);
  }
  Json answer = {{"sentence", label_json_of(in_both_languages([&] { return sentence(targets, others, scenario); }))},
                 {"figures", Json::array()}};
  std::stable_sort(targets.begin(), targets.end(), [&](const Json* a, const Json* b) {
    return (*a)["scenarios"][scenario]["met"] == false && (*b)["scenarios"][scenario]["met"] == true;
  });
  targets.insert(targets.end(), others.begin(), others.end());
  for (std::size_t i = 0; i < std::min(targets.size(), most_figures); ++i) {
    const Json& m = *targets[i];
    const Json& found = m["scenarios"][scenario];
    answer["figures"].push_back({{"name", m["name"]},
                                 {"label", m["label"]},
                                 {"unit", m["unit"]},
                                 {"value", found["estimate"]},
                                 {"shown", found["shown"]},
                                 {"wanted", m["target"].is_null() ? Json(nullptr) : m["target"]["wanted"]},
                                 {"met", found["met"]},
                                 {"sure", found["sure"]}});
  }
  return answer;
}

}  // namespace mailflow::studio
