#include "scenario/values/laws.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "core/words.hpp"

namespace mailflow {
namespace {

struct Parameter {
  const char* word;
  bool plain;  ///< a number without a unit
};
struct Form {
  const char* name;
  Law law;
  std::vector<Parameter> parameters;
  const char* example;
};

const std::vector<Form>& forms() {
  static const std::vector<Form> all = {
      {"constant", Law::constant, {{"value", false}}, "constant(3 min)"},
      {"uniform", Law::uniform, {{"least", false}, {"most", false}}, "uniform(1 min, 3 min)"},
      {"triangular",
       Law::triangular,
       {{"least", false}, {"mode", false}, {"most", false}},
       "triangular(12 s, 18 s, 40 s)"},
      {"exponential", Law::exponential, {{"mean", false}}, "exponential(20 h)"},
      {"erlang", Law::erlang, {{"stages", true}, {"mean", false}}, "erlang(3, mean 10 min)"},
      {"gamma", Law::gamma, {{"mean", false}, {"sd", false}}, "gamma(mean 10 min, sd 5 min)"},
      {"normal", Law::normal, {{"mean", false}, {"sd", false}}, "normal(mean 10 min, sd 2 min)"},
      {"lognormal", Law::lognormal, {{"mean", false}, {"sd", false}}, "lognormal(mean 15 min, sd 10 min)"},
      {"weibull", Law::weibull, {{"shape", true}, {"scale", false}}, "weibull(shape 1.5, scale 10 min)"},
      {"poisson", Law::poisson, {{"mean", false}}, "poisson(240)"},
  };
  return all;
}

std::optional<double> value_of(std::string_view text, Drawn drawn, Failure& failure) {
  if (drawn == Drawn::duration) return parse_duration_exactly(text, failure);
  return parse_amount(text, failure);
}

/// Which parameter an argument is: by its word, else by its place; the word is taken off.
std::size_t parameter_of(const Form& form, std::string_view& argument, std::size_t place) {
  for (std::size_t i = 0; i < form.parameters.size(); ++i) {
    const auto word = std::string(form.parameters[i].word) + " ";
    if (!argument.starts_with(word)) continue;
    argument = trimmed(argument.substr(word.size()));
    return i;
  }
  return place;
}

/// What is wrong with a law's parameters; empty when nothing is.
std::string fault(const Form& form, const std::array<double, 3>& p) {
  switch (form.law) {
    case Law::uniform:
      return p[0] > p[1] ? tr("the least value must not be above the most") : "";
    case Law::triangular:
      return p[0] > p[1] || p[1] > p[2] ? tr("least, mode and most must come in this order") : "";
    case Law::exponential:
      return p[0] > 0 ? "" : tr("the mean must be above 0");
    case Law::erlang:
      if (p[0] < 1 || p[0] > 1e6 || p[0] != std::floor(p[0]))
        return tr("the number of stages must be a whole number from 1");
      return p[1] > 0 ? "" : tr("the mean must be above 0");
    case Law::gamma:
    case Law::lognormal:
      if (p[0] <= 0) return tr("the mean must be above 0");
      return p[1] > 1000 * p[0] ? tr("the sd must be at most 1000 times the mean") : "";
    case Law::normal:
      return p[1] > 1000 * std::max(p[0], 1.0) ? tr("the sd must be at most 1000 times the mean") : "";
    case Law::weibull:
      if (p[0] < 0.1 || p[0] > 1000) return tr("the shape must lie between 0.1 and 1000");
      return p[1] > 0 ? "" : tr("the scale must be above 0");
    default:
      return "";
  }
}

/// A form's example as one writes it for durations, or without units for items.
std::string example_of(const Form& form, Drawn drawn) {
  std::string text = form.example;
  if (drawn == Drawn::duration) return text;
  for (const char* unit : {" min", " h", " s"})
    for (const char* end : {",", ")"})
      for (auto at = text.find(std::string(unit) + end); at != std::string::npos;
           at = text.find(std::string(unit) + end))
        text.erase(at, std::string_view(unit).size());
  return text;
}

/// "normal(6000,5; 700)": the values as they are parted here, where that gives as many as there should be.
bool tell_marks(const Form& form, std::string_view inside, Failure& failure) {
  const bool semicolons = inside.find(';') != std::string_view::npos;
  std::string meant(inside);
  const auto digit = [&](std::size_t i) { return i < meant.size() && meant[i] >= '0' && meant[i] <= '9'; };
  for (std::size_t i = 1; i + 1 < meant.size(); ++i)
    if (meant[i] == ',' && digit(i - 1) && digit(i + 1)) meant[i] = '.';
  std::replace(meant.begin(), meant.end(), ';', ',');
  if (split_outside_brackets(meant, ',').size() != form.parameters.size()) return false;
  failure = {semicolons ? tr("the values of a law are parted by commas") : tr("a comma may not stand in a number"),
             tr("write {}", std::string(form.name) + "(" + meant + ")")};
  return true;
}

/// The unit of time that a value of a law has; empty: none.
std::string_view unit_among(const std::vector<std::string_view>& arguments) {
  for (const auto argument : arguments) {
    const auto unit = argument.substr(argument.rfind(' ') + 1);
    if (unit_of_time(unit)) return unit;
  }
  return {};
}

/// "10 %" of the mean as an sd; empty where it is none.
std::string sd_meant(const Form& form, std::string_view argument, std::string_view mean) {
  Failure ignored;
  parameter_of(form, mean, 0);
  const auto share = parse_share(argument, 1000, ignored);
  const auto end = std::min(mean.find_first_not_of("0123456789."), mean.size());
  const auto number = parse_number(mean.substr(0, end), ignored);
  if (!share || !number) return {};
  return tr("write {}", fmt::format("sd {:.6g}{}", *number * *share, mean.substr(end)));
}

/// The advice on a parameter that could not be read, which may be better than that on a value alone.
std::string advice_on(const Form& form, std::size_t which, std::string_view argument,
                      const std::vector<std::string_view>& arguments, Drawn drawn) {
  Failure ignored;
  const std::string text(argument);
  if (drawn == Drawn::duration && !form.parameters[which].plain && parse_number(argument, ignored)) {
    const std::string unit(unit_among(arguments));
    return unit.empty() ? tr("write its unit: {0} s, {0} min or {0} h", text) : tr("write {}", text + " " + unit);
  }
  const bool spread = std::string_view(form.parameters[which].word) == "sd";
  return spread ? sd_meant(form, argument, arguments[0]) : std::string();
}

std::optional<Distribution> parse_form(const Form& form, std::string_view inside, Drawn drawn, Failure& failure) {
  const auto arguments = split_outside_brackets(inside, ',');
  const std::string example = tr("write {}", example_of(form, drawn));
  const auto fail = [&](const std::string& must) {
    failure = {must, example};
    return std::nullopt;
  };
  if (form.law == Law::poisson && drawn == Drawn::duration) {
    failure = {tr("poisson draws a number of items, not a duration"),
               tr("for times between events write exponential(3 min)")};
    return std::nullopt;
  }
  if (arguments.size() != form.parameters.size()) {
    const auto wanted = form.parameters.size();
    if (tell_marks(form, inside, failure)) return std::nullopt;
    return fail(tr_plural("{1} takes {0} value, not {2}", "{1} takes {0} values, not {2}", static_cast<long>(wanted),
                          wanted, form.name, inside.empty() ? 0 : arguments.size()));
  }
  std::array<double, 3> values{};
  std::array<bool, 3> given{};
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    auto argument = arguments[i];
    const auto which = parameter_of(form, argument, i);
    if (given[which]) return fail(tr("the {} is given twice", form.parameters[which].word));
    given[which] = true;
    const auto value =
        form.parameters[which].plain ? parse_number(argument, failure) : value_of(argument, drawn, failure);
    if (!value) {
      failure.must = tr("of the {} {}: {}", form.parameters[which].word, argument.substr(0, 30), failure.must);
      const std::string advice = advice_on(form, which, argument, arguments, drawn);
      if (!advice.empty()) failure.help = advice;
      return std::nullopt;
    }
    values[which] = *value;
  }
  if (const auto wrong = fault(form, values); !wrong.empty()) return fail(wrong);
  const bool fixed =
      (form.law == Law::gamma || form.law == Law::lognormal || form.law == Law::normal) && values[1] == 0;
  if (fixed) return Distribution::fixed(values[0]);
  return Distribution{form.law, values[0], values[1], values[2], {}, {}};
}

std::optional<Distribution> empirical_of_file(std::string_view inside, Drawn drawn, const NumberFile& file,
                                              Failure& failure) {
  auto name = trimmed(inside.substr(5));
  double unit = 1;
  const auto in = name.rfind(" in ");
  if (drawn == Drawn::duration) {
    const auto found = in == std::string_view::npos ? std::nullopt : unit_of_time(trimmed(name.substr(in + 4)));
    if (!found) {
      failure = {tr("it must say the unit of the file's numbers"), tr("write {}", "empirical(file x.txt in s)")};
      return std::nullopt;
    }
    unit = *found;
    name = trimmed(name.substr(0, in));
  }
  const auto numbers = file(std::string(name));
  if (!numbers) {
    failure = {};
    return std::nullopt;
  }
  Distribution law{Law::empirical, 0, 0, 0, *numbers, std::vector<double>(numbers->size(), 1.0)};
  for (double& value : law.values) value *= unit;
  if (*std::max_element(law.values.begin(), law.values.end()) > (drawn == Drawn::duration ? 3.2e15 : 1e9)) {
    failure = {drawn == Drawn::duration ? tr("the file holds more than 100 years")
                                        : tr("the file holds more than 1000000000 items"),
               {}};
    return std::nullopt;
  }
  return law;
}

std::optional<Distribution> parse_empirical(std::string_view inside, Drawn drawn, const NumberFile& file,
                                            Failure& failure) {
  if (inside.starts_with("file ")) return empirical_of_file(inside, drawn, file, failure);
  Distribution law{Law::empirical, 0, 0, 0, {}, {}};
  bool weighted = false;
  double total = 0;
  for (const auto part : split_outside_brackets(inside, ',')) {
    const auto mark = part.find(':');
    const bool has_weight = mark != std::string_view::npos;
    if (!law.values.empty() && has_weight != weighted) {
      failure = {tr("either every value has a share or none"), tr("write {}", "empirical(10 min: 30 %, 1 h: 70 %)")};
      return std::nullopt;
    }
    weighted = has_weight;
    const auto value = value_of(trimmed(part.substr(0, mark)), drawn, failure);
    const auto weight = !value       ? std::nullopt
                        : has_weight ? parse_share(part.substr(mark + 1), 1, failure)
                                     : std::optional(1.0);
    if (!weight) return std::nullopt;
    total += *weight;
    if (*weight <= 0) continue;
    law.values.push_back(*value);
    law.weights.push_back(*weight);
  }
  if (weighted && std::abs(total - 1) > 1e-6) {
    failure = {tr("its shares must add to 100 %"), {}};
    return std::nullopt;
  }
  return law;
}

std::string names() {
  std::string all;
  for (const auto& form : forms()) all += std::string(form.name) + ", ";
  return all + "empirical";
}

}  // namespace

std::optional<Distribution> parse_law(std::string_view text, Drawn drawn, const NumberFile& file, Failure& failure) {
  text = trimmed(text);
  const auto open = text.find('(');
  if (open == std::string_view::npos) {
    const auto value = value_of(text, drawn, failure);
    const bool words = !text.empty() && text.front() >= 'a' && text.front() <= 'z';
    if (!value && words)
      failure = {tr("it is neither a quantity nor a law"), tr("laws are written name(...): {}", names())};
    return value ? std::optional(Distribution::fixed(*value)) : std::nullopt;
  }
  const auto name = std::string(trimmed(text.substr(0, open)));
  if (!text.ends_with(')')) {
    failure = {tr("the bracket after {} is not closed at the end", name), {}};
    return std::nullopt;
  }
  if (std::count(text.begin(), text.end(), '(') > std::count(text.begin(), text.end(), ')')) {
    const auto colon = text.find(": ", open);  // of the next key
    const auto end = colon == std::string_view::npos ? colon : text.rfind(',', colon);
    const bool known = end != std::string_view::npos && end > open;
    failure = {tr("the bracket after {} is not closed", name),
               known ? tr("close it behind its values: {}", std::string(text.substr(0, end)) + ")")
                     : tr("close it behind its values")};
    return std::nullopt;
  }
  const auto inside = trimmed(text.substr(open + 1, text.size() - open - 2));
  if (name == "empirical") return parse_empirical(inside, drawn, file, failure);
  std::vector<std::string> known = {"empirical"};
  for (const auto& form : forms()) {
    if (form.name == name) return parse_form(form, inside, drawn, failure);
    known.emplace_back(form.name);
  }
  const auto near = nearest(name, known);
  failure = {tr("there is no law \"{}\"", name.substr(0, 30)),
             near.empty() ? tr("laws are {}", names()) : tr("did you mean {}?", near)};
  return std::nullopt;
}

bool mean_is_raised(const Distribution& law) { return law.law == Law::normal && law.mean() > 1.01 * law.a; }

std::optional<ServiceLaw> parse_service(std::string_view text, const NumberFile& file, Failure& failure) {
  text = trimmed(text);
  const bool per_lot = text.ends_with(" per lot");
  if (per_lot || text.ends_with(" per item")) text = trimmed(text.substr(0, text.rfind(" per ")));
  auto law = parse_law(text, Drawn::duration, file, failure);
  if (!law) return std::nullopt;
  if (law->mean() <= 0) {
    failure = {tr("it must be above 0"), {}};
    return std::nullopt;
  }
  return ServiceLaw{std::move(*law), per_lot};
}

}  // namespace mailflow
