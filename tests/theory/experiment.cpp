#include "experiment.hpp"

#include <unistd.h>

#include <algorithm>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>
#include <sstream>
#include <stdexcept>
#include <utility>

namespace mailflow::theory {

namespace {

using nlohmann::json;
namespace fs = std::filesystem;

constexpr std::size_t batches_wanted = 32;
constexpr int seeds = 10;
constexpr double seconds_a_minute = 60;
constexpr double seconds_an_hour = 3600;

std::string text_of(const fs::path& file) {
  std::ifstream in(file);
  return {std::istreambuf_iterator<char>(in), {}};
}

/// A folder of this process's own that goes when this goes.
class Folder {
 public:
  Folder() {
    static int count = 0;
    path_ = fs::temp_directory_path() / ("mailflow-theory-" + std::to_string(getpid()) + "-" + std::to_string(++count));
    fs::create_directories(path_);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  Folder(Folder&&) = delete;
  Folder& operator=(Folder&&) = delete;
  ~Folder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

/// The day to stop at when runs are shortened; 0: none.
int last_day(const fs::path& yaml) {
  const std::string text = text_of(yaml);
  std::smatch days;
  if (scale() >= 1 || !std::regex_search(text, days, std::regex(R"(\bfor: (\d+) days)"))) return 0;
  const int all = std::stoi(days[1]);
  return std::min(all, std::max(3, static_cast<int>(std::ceil(all * scale()))));
}

json run(const std::string& scenario, int seed) {
  const Folder folder;
  const fs::path yaml = fs::path(MAILFLOW_SOURCE_DIR) / "tests/theory/scenarios" / (scenario + ".yaml");
  const fs::path words = folder.path() / "words";
  std::ostringstream command;
  command << '"' << MAILFLOW_PROGRAM << "\" run \"" << yaml.string() << "\" --quiet --seed " << seed << " --out \""
          << (folder.path() / "out").string() << '"';
  if (const int day = last_day(yaml); day > 0) command << " --until-day " << day;
  command << " >\"" << words.string() << "\" 2>&1";
  if (std::system(command.str().c_str()) != 0) {
    throw std::runtime_error("mailflow run " + scenario + " failed:\n" + text_of(words));
  }
  return json::parse(text_of(folder.path() / "out" / "results.json"));
}

Measured estimate(const json& e, double unit, std::int64_t items) {
  Measured m;
  m.value = e.at("mean").get<double>() * unit;
  m.batches = e.at("batches").get<std::int64_t>();
  if (!e.at("half_width_99").is_null()) m.half_width_99 = e.at("half_width_99").get<double>() * unit;
  m.items = items;
  return m;
}

double half_width_99(double standard_error, std::size_t batches) {
  return quantile(boost::math::students_t(static_cast<double>(batches - 1)), 0.995) * standard_error;
}

/// Ratio of sums over at most 32 batches of neighbouring pieces, from cumulative series.
Measured ratio(const std::vector<double>& numerator, const std::vector<double>& denominator, std::int64_t items) {
  const std::size_t size = (numerator.size() - 1 + batches_wanted - 1) / batches_wanted;
  const std::size_t batches = (numerator.size() - 1) / size;
  const double mean = (numerator.back() - numerator.front()) / (denominator.back() - denominator.front());
  double squares = 0;
  for (std::size_t b = 0; b < batches; ++b) {
    const double n = numerator[(b + 1) * size] - numerator[b * size];
    const double d = denominator[(b + 1) * size] - denominator[b * size];
    squares += (n / d - mean) * (n / d - mean);
  }
  const auto count = static_cast<double>(batches);
  return {mean, half_width_99(std::sqrt(squares / (count - 1) / count), batches), static_cast<std::int64_t>(batches),
          items};
}

Figure estimate_at(std::string station, const char* key, double unit) {
  return [=, station = std::move(station)](const Experiment& run) {
    const json& s = run.station(station);
    return estimate(s.at(key), unit, s.at("items_out").get<std::int64_t>());
  };
}

/// The mean of a value over the runs of seeds 1 to 10, the first being the one at hand.
Figure over_seeds(std::function<double(const Experiment&)> value) {
  return [value = std::move(value)](const Experiment& first) {
    std::vector<double> values{value(first)};
    std::int64_t items = first.items();
    for (int seed = 2; seed <= seeds; ++seed) {
      const Experiment next(first.scenario(), seed);
      values.push_back(value(next));
      items += next.items();
    }
    Measured m = over(values);
    m.items = items;
    return m;
  };
}

}  // namespace

double scale() {
  const char* text = std::getenv("MAILFLOW_TEST_SCALE");
  return text == nullptr ? 1.0 : std::clamp(std::atof(text), 0.001, 1.0);
}

Experiment::Experiment(std::string scenario, int seed)
    : scenario_(std::move(scenario)), results_(run(scenario_, seed)) {}

const json& Experiment::station(const std::string& name) const { return results_.at("stations").at(name); }
const json& Experiment::product(const std::string& name) const { return results_.at("products").at(name); }

const json& Experiment::hours(const std::string& station) const { return results_.at("station_hours").at(station); }

std::int64_t Experiment::items() const {
  auto most = results_.at("out").get<std::int64_t>();
  for (const json& s : results_.at("stations")) most = std::max(most, s.at("items_out").get<std::int64_t>());
  return most;
}

Measured over(const std::vector<double>& values) {
  const auto count = static_cast<double>(values.size());
  double sum = 0;
  for (const double v : values) sum += v;
  double squares = 0;
  for (const double v : values) squares += (v - sum / count) * (v - sum / count);
  return {sum / count, half_width_99(std::sqrt(squares / (count - 1) / count), values.size()),
          static_cast<std::int64_t>(values.size()), 0};
}

Figure wait_at(std::string station) { return estimate_at(std::move(station), "wait_minutes", seconds_a_minute); }
Figure content_of(std::string station) { return estimate_at(std::move(station), "content_items", 1); }
Figure queue_of(std::string station) { return estimate_at(std::move(station), "queue_items", 1); }
Figure throughput_of(std::string station) {
  return estimate_at(std::move(station), "throughput_items_per_hour", 1 / seconds_an_hour);
}
Figure use_of(std::string station) { return estimate_at(std::move(station), "use", 1); }

Figure time_of(std::string product) {
  return [product = std::move(product)](const Experiment& run) {
    const json& p = run.product(product);
    return estimate(p.at("time_in_centre_minutes"), seconds_a_minute, p.at("out").get<std::int64_t>());
  };
}

Figure time_of_all() {
  return [](const Experiment& run) {
    return estimate(run.results().at("time_in_centre_minutes"), seconds_a_minute,
                    run.results().at("out").get<std::int64_t>());
  };
}

Figure share_of(std::string station, std::vector<std::string> states) {
  return [station = std::move(station), states = std::move(states)](const Experiment& run) {
    std::vector<double> in_states{0};
    std::vector<double> all{0};
    for (const json& row : run.hours(station)) {
      double in = 0;
      double total = 0;
      for (const auto& [state, hours] : row.at("state_hours").items()) {
        const bool counts = std::ranges::find(states, state) != states.end();
        total += hours.get<double>();
        if (counts) in += hours.get<double>();
      }
      in_states.push_back(in);
      all.push_back(total);
    }
    return ratio(in_states, all, run.station(station).at("items_out").get<std::int64_t>());
  };
}

Figure contents_of(std::vector<std::string> stations, std::string blocking) {
  return [stations = std::move(stations), blocking = std::move(blocking)](const Experiment& run) {
    std::vector<double> item_hours;
    std::vector<double> hours;
    const auto add = [&](const json& rows, const auto& value) {
      item_hours.resize(rows.size() + 1);
      for (std::size_t i = 0; i < rows.size(); ++i) item_hours[i + 1] += value(rows[i]);
    };
    for (const std::string& station : stations) {
      add(run.hours(station), [](const json& row) { return row.at("content_item_hours").get<double>(); });
    }
    if (!blocking.empty()) {
      add(run.hours(blocking), [](const json& row) { return row.at("state_hours").at("blocked").get<double>(); });
    }
    hours.reserve(item_hours.size());
    for (std::size_t i = 0; i < item_hours.size(); ++i) hours.push_back(static_cast<double>(i));
    return ratio(item_hours, hours, run.station(stations.front()).at("items_out").get<std::int64_t>());
  };
}

Figure content_at(std::string station, int hour_of_day) {
  return [station = std::move(station), hour_of_day](const Experiment& run) {
    std::vector<double> days;
    int hour_now = 0;  // the window begins at midnight
    for (const json& row : run.hours(station)) {
      hour_now = (hour_now + 1) % 24;
      if (hour_now == hour_of_day) days.push_back(row.at("content_now").get<double>());
    }
    Measured m = over(days);
    m.items = run.station(station).at("items_out").get<std::int64_t>();
    return m;
  };
}

Figure quantile_over_seeds(std::string key) {
  return over_seeds([key = std::move(key)](const Experiment& run) {
    return run.results().at("time_in_centre_minutes").at(key).get<double>() * seconds_a_minute;
  });
}

Figure waited_over_seeds(std::string station) {
  return over_seeds([station = std::move(station)](const Experiment& run) {
    return run.station(station).at("waited_share").get<double>();
  });
}

Figure greatest_queue(std::string station) {
  return [station = std::move(station)](const Experiment& run) {
    return Measured{run.station(station).at("queue_max_items").get<double>(), -1, 0, run.items()};
  };
}

Figure mean_time() {
  return [](const Experiment& run) {
    return Measured{run.results().at("time_in_centre_minutes").at("mean").get<double>() * seconds_a_minute, -1, 0,
                    run.items()};
  };
}

Figure greatest_time() {
  return [](const Experiment& run) {
    return Measured{run.results().at("time_in_centre_minutes").at("max").get<double>() * seconds_a_minute, -1, 0,
                    run.items()};
  };
}

}  // namespace mailflow::theory
