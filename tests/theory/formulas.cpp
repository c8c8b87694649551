#include "formulas.hpp"

#include <cmath>
#include <numbers>
#include <numeric>

#include "markov.hpp"

namespace mailflow::theory {

Moments by_deviation(double mean, double sd) { return {mean, mean * mean + sd * sd}; }

Moments triangular(double least, double mode, double most) {
  const double variance = (least * least + mode * mode + most * most - least * mode - least * most - mode * most) / 18;
  return by_deviation((least + mode + most) / 3, std::sqrt(variance));
}

Moments uniform(double least, double most) {
  return by_deviation((least + most) / 2, (most - least) / std::sqrt(12.0));
}

Moments weibull(double shape, double scale) {
  return {scale * std::tgamma(1 + 1 / shape), scale * scale * std::tgamma(1 + 2 / shape)};
}

double normal_above(double z) { return std::erfc(z / std::numbers::sqrt2) / 2; }

Moments normal_above_zero(double mean, double sd) {
  const double cut = -mean / sd;
  const double hazard = std::exp(-cut * cut / 2) / std::sqrt(2 * std::numbers::pi) / normal_above(cut);
  const double variance = sd * sd * (1 + cut * hazard - hazard * hazard);
  return by_deviation(mean + sd * hazard, std::sqrt(variance));
}

Moments among(const std::vector<double>& values, const std::vector<double>& weights) {
  Moments m;
  const double total = std::accumulate(weights.begin(), weights.end(), 0.0);
  for (std::size_t i = 0; i < values.size(); ++i) {
    m.mean += values[i] * weights[i] / total;
    m.square += values[i] * values[i] * weights[i] / total;
  }
  return m;
}

double erlang_c(int servers, double load) {
  double blocked = 1;  // Erlang's B by its recursion in the number of servers
  for (int k = 1; k <= servers; ++k) blocked = load * blocked / (k + load * blocked);
  return blocked / (1 - load / servers * (1 - blocked));
}

double mmc_wait(int servers, double lambda, double mu) {
  return erlang_c(servers, lambda / mu) / (servers * mu - lambda);
}

double mmc_content(int servers, double lambda, double mu) { return lambda * (mmc_wait(servers, lambda, mu) + 1 / mu); }

double mdc_wait(int servers, double lambda) {
  const double load = lambda / servers;
  const auto states = static_cast<std::size_t>(servers + 40 / (1 - load));
  std::vector<double> poisson{std::exp(-lambda)};
  for (std::size_t k = 1; k < states; ++k) poisson.push_back(poisson.back() * lambda / static_cast<double>(k));
  Matrix chain(states, std::vector<double>(states));
  for (std::size_t from = 0; from < states; ++from) {
    const std::size_t kept = from - std::min(from, static_cast<std::size_t>(servers));
    for (std::size_t to = kept; to < states; ++to) chain[from][to] = poisson[to - kept];
  }
  const std::vector<double> p = stationary(std::move(chain));
  double queue = 0;
  for (std::size_t n = 0; n < states; ++n) queue += p[n] * std::max(0.0, static_cast<double>(n) - servers);
  return queue / lambda;
}

double mg1_wait(double lambda, Moments service) { return lambda * service.square / 2 / (1 - lambda * service.mean); }

double priority_wait(const std::vector<Class>& classes, std::size_t k) {
  double residual = 0;
  double before = 0;
  double up_to = 0;
  for (std::size_t i = 0; i < classes.size(); ++i) {
    const Class& c = classes[i];
    residual += c.lambda * c.service.square / 2;
    if (i < k) before += c.lambda * c.service.mean;
    if (i <= k) up_to += c.lambda * c.service.mean;
  }
  return residual / ((1 - before) * (1 - up_to));
}

double priority_wait(int servers, const std::vector<double>& lambda, double mu, std::size_t k) {
  const double all = std::accumulate(lambda.begin(), lambda.end(), 0.0);
  const auto upto = [&](std::size_t n) {
    return std::accumulate(lambda.begin(), lambda.begin() + static_cast<std::ptrdiff_t>(n), 0.0) / (servers * mu);
  };
  return erlang_c(servers, all / mu) / (servers * mu) / ((1 - upto(k)) * (1 - upto(k + 1)));
}

double working_breakdown_time(double lambda, Moments service, double mtbf, Moments repair) {
  const double stretch = 1 + repair.mean / mtbf;
  const Moments completion{service.mean * stretch,
                           service.square * stretch * stretch + service.mean / mtbf * repair.square};
  return mg1_wait(lambda, completion) + completion.mean;
}

double any_time_breakdown_time(double lambda, double mu, double mtbf, double mttr) {
  const double fail = 1 / mtbf;
  const double mend = 1 / mttr;
  const double both = fail + mend;
  return (both * both + mu * fail) / (both * (mu * mend - lambda * both));
}

double bulk_content(int k, double rho) { return rho * (k + 1) / 2 / (1 - rho); }

double bulk_lot_wait(int k, double rho, double service) { return rho * k * service / 2 / (1 - rho); }

double machines_running(int machines, int technicians, double load) {
  double weight = 1;  // of k machines down
  double total = 1;
  double running = machines;
  for (int k = 1; k <= machines; ++k) {
    weight *= (machines - k + 1) * load / std::min(k, technicians);
    total += weight;
    running += weight * (machines - k);
  }
  return running / total / machines;
}

double headway_wait(const std::vector<double>& headways) {
  const double sum = std::accumulate(headways.begin(), headways.end(), 0.0);
  const double squares = std::inner_product(headways.begin(), headways.end(), headways.begin(), 0.0);
  return squares / 2 / sum;
}

double infinite_servers(const std::function<double(int hour)>& rate, const std::function<double(double)>& longer_than,
                        int at, int longest) {
  constexpr int steps = 400;  // per hour, Simpson's rule
  double content = 0;
  for (int back = 0; back < longest; ++back) {
    double integral = 0;
    for (int i = 0; i <= steps; ++i) {
      const double weight = i == 0 || i == steps ? 1 : (i % 2 == 1 ? 4 : 2);
      integral += weight * longer_than(back + static_cast<double>(i) / steps);
    }
    content += rate(((at - back - 1) % 24 + 24) % 24) * integral / 3 / steps;
  }
  return content;
}

}  // namespace mailflow::theory
