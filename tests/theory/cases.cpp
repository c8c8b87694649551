#include "cases.hpp"

#include <cmath>
#include <numbers>

#include "formulas.hpp"
#include "markov.hpp"

namespace mailflow::theory {

namespace {

class Table {
 public:
  void family(std::string name) { family_ = std::move(name); }
  void scenario(std::string name) { scenario_ = std::move(name); }
  Case& row(std::string what, std::string source, double theory, std::string unit, Figure figure) {
    Case& c = rows_.emplace_back();
    c.family = family_;
    c.scenario = scenario_;
    c.what = std::move(what);
    c.source = std::move(source);
    c.theory = theory;
    c.unit = std::move(unit);
    c.figure = std::move(figure);
    return c;
  }
  std::vector<Case> take() { return std::move(rows_); }

 private:
  std::string family_, scenario_;
  std::vector<Case> rows_;
};

void single_desks(Table& t) {
  const char* const erlang = "ρ/(μ−λ), Erlang 1909";
  t.family("M/M/1");
  t.scenario("mm1");
  t.row("M/M/1, load 0.9: wait", erlang, mmc_wait(1, 0.9, 1), "s", wait_at("desk"))
      .published("MMc_1_0.9 Wq", 9.000000000000002);
  t.row("M/M/1, load 0.9: queue", "ρ²/(1−ρ)", 0.81 / 0.1, "items", queue_of("desk"))
      .published("MMc_1_0.9 Lq", 8.100000000000001);
  t.row("M/M/1, load 0.9: content", "ρ/(1−ρ)", 0.9 / 0.1, "items", content_of("desk"));
  t.row("M/M/1, load 0.9: time in the centre", "1/(μ−λ)", 1 / 0.1, "s", time_of_all());
  t.row("M/M/1, load 0.9: desk in use", "ρ", 0.9, "", use_of("desk"));
  t.scenario("mm1-loads");
  t.row("M/M/1, load 0.5: wait", erlang, mmc_wait(1, 0.5, 1), "s", wait_at("desk50")).published("MMc_1_0.5 Wq", 1.0);
  t.row("M/M/1, load 0.7: wait", erlang, mmc_wait(1, 0.7, 1), "s", wait_at("desk70"))
      .published("MMc_1_0.7 Wq", 2.333333333333333);
  t.row("M/M/1, load 0.8: wait", erlang, mmc_wait(1, 0.8, 1), "s", wait_at("desk80"))
      .published("MG1_M_0.8 Wq", 4.000000000000001);
  t.scenario("mm1-heavy");
  t.row("M/M/1, load 0.95: wait", erlang, mmc_wait(1, 0.95, 1), "s", wait_at("sorter"))
      .published("MMc_1_0.95 Wq", 18.99999999999998);
  t.row("M/M/1, load 0.95: queue", "ρ²/(1−ρ)", 0.95 * mmc_wait(1, 0.95, 1), "items", queue_of("sorter"))
      .published("MMc_1_0.95 Lq", 18.04999999999998);
}

void spread_of_times(Table& t) {
  t.family("M/M/1 quantiles");
  t.scenario("mm1-short");
  const auto quantile = [&t](const char* what, const char* source, double below, const char* key) -> Case& {
    return t.row(what, source, std::log(1 / (1 - below)) / 0.3, "s", quantile_over_seeds(key));
  };
  quantile("M/M/1, load 0.7: median time", "ln 2/(μ−λ)", 0.5, "p50");
  quantile("M/M/1, load 0.7: 90th percentile of the time", "ln 10/(μ−λ)", 0.9, "p90");
  quantile("M/M/1, load 0.7: 99th percentile of the time", "ln 100/(μ−λ)", 0.99, "p99").at_most(0.04);
  t.row("M/M/1, load 0.7: share that waits", "ρ", 0.7, "", waited_over_seeds("desk"))
      .published("MMc_1_0.7 P(wait)", 0.7);
}

void several_servers(Table& t) {
  t.family("M/M/c");
  const auto servers = [&t](int c, double load, double published) {
    const std::string n = std::to_string(c);
    const std::string percent = std::to_string(std::lround(100 * load));
    const std::string decimal = "0." + (percent.back() == '0' ? percent.substr(0, 1) : percent);
    const std::string id = "MMc_" + n + "_" + decimal;
    const std::string name = "M/M/" + n + ", load " + decimal + ": ";
    const std::string desk = "desk" + n + "-" + percent;
    const double wait = mmc_wait(c, c * load, 1);
    t.row(name + "wait", "C(c, a)/(cμ−λ), Erlang 1917", wait, "s", wait_at(desk)).published(id + " Wq", published);
    t.row(name + "queue", "λ Wq", c * load * wait, "items", queue_of(desk)).published(id + " Lq", c * load * published);
  };
  t.scenario("mmc");
  servers(2, 0.8, 1.7777777777777786);
  servers(3, 0.9, 2.7235367372353685);
  servers(5, 0.7, 0.2518921511322931);
  t.scenario("mmc-more");
  servers(2, 0.7, 0.96078431372549);
  servers(3, 0.5, 0.15789473684210523);
  servers(3, 0.8, 1.078651685393259);
  servers(5, 0.5, 0.052148518982060924);
  servers(10, 0.7, 0.07391040529460512);
  servers(10, 0.8, 0.20459007539822183);
  servers(20, 0.8, 0.06401944845976448);
  t.scenario("mmc-heavy");
  servers(5, 0.9, 1.5249864414658716);
  servers(10, 0.95, 1.6511711562513958);
}

void constant_pace(Table& t) {
  const char* const one = "ρ/2(1−ρ), Pollaczek 1930";
  const char* const several = "embedded chain, Crommelin 1932";
  t.family("M/D/1 and M/D/c");
  t.scenario("mdc");
  t.row("M/D/1, load 0.5: wait", one, mg1_wait(0.5, {1, 1}), "s", wait_at("desk1-50")).published("MG1_D_0.5 Wq", 0.5);
  t.row("M/D/1, load 0.8: wait", one, mg1_wait(0.8, {1, 1}), "s", wait_at("desk1-80"))
      .published("MG1_D_0.8 Wq", 2.0000000000000004);
  t.row("M/D/1, load 0.8: content", "λ Wq + ρ", 0.8 * mg1_wait(0.8, {1, 1}) + 0.8, "items", content_of("desk1-80"));
  t.row("M/D/2, load 0.8: wait", several, mdc_wait(2, 1.6), "s", wait_at("desk2-80"))
      .published("MDc_2_0.8 Wq", 0.9032838793471595);
  t.row("M/D/2, load 0.9: wait", several, mdc_wait(2, 1.8), "s", wait_at("desk2-90"))
      .published("MDc_2_0.9 Wq", 2.1469232141367263);
  t.row("M/D/3, load 0.8: wait", several, mdc_wait(3, 2.4), "s", wait_at("desk3-80"))
      .published("MDc_3_0.8 Wq", 0.5539002251018792);
}

void any_service(Table& t) {
  t.family("M/G/1");
  const auto wait = [&t](const char* what, const char* station, double lambda, Moments service) -> Case& {
    return t.row(what, "λE[S²]/2(1−ρ), Pollaczek-Khinchine", mg1_wait(lambda, service), "s", wait_at(station));
  };
  const Moments variance2 = by_deviation(1, std::numbers::sqrt2);
  const Moments variance4 = by_deviation(1, 2);
  t.scenario("mg1");
  wait("M/G/1, lognormal, variance 2, load 0.8: wait", "variance2", 0.8, variance2)
      .published("MG1_scv=2_0.8 Wq", 6.000000000000003);
  t.row("M/G/1, lognormal, variance 2, load 0.8: time in the centre", "Wq + E[S]", mg1_wait(0.8, variance2) + 1, "s",
        time_of("flat"));
  wait("M/G/1, lognormal, variance 4, load 0.8: wait", "variance4", 0.8, variance4)
      .published("MG1_scv=4_0.8 Wq", 10.000000000000002);
  wait("M/G/1, lognormal, variance 4, load 0.5: wait", "half-loaded", 0.5, variance4)
      .published("MG1_scv=4_0.5 Wq", 2.5);
  t.scenario("mg1-laws");
  wait("M/G/1, lognormal, variance 2, load 0.5: wait", "lognormal2", 0.5, variance2).published("MG1_scv=2_0.5 Wq", 1.5);
  wait("M/E4/1, load 0.8: wait", "erlang4", 0.8, {1, 1.25}).published("MG1_Erlang-4_0.8 Wq", 2.5000000000000004);
  wait("M/E4/1, load 0.5: wait", "erlang4-50", 0.5, {1, 1.25}).published("MG1_Erlang-4_0.5 Wq", 0.625);
  wait("M/E2/1, load 0.8: wait", "erlang2", 0.8, {1, 1.5}).published("MG1_Erlang-2_0.8 Wq", 3.0000000000000013);
  wait("M/E2/1, load 0.5: wait", "erlang2-50", 0.5, {1, 1.5}).published("MG1_Erlang-2_0.5 Wq", 0.75);
  wait("M/G/1, triangular(0.2, 0.4, 0.9), load 0.75: wait", "triangular", 1.5, triangular(0.2, 0.4, 0.9))
      .published("MG1_tri Wq, a tenth", 0.815);
  wait("M/G/1, uniform(0.5, 1.5), load 0.7: wait", "uniform", 0.7, uniform(0.5, 1.5));
  wait("M/G/1, gamma, variance 1/4, load 0.7: wait", "gamma", 0.7, by_deviation(1, 0.5));
  wait("M/G/1, Weibull of shape 2, load 0.62: wait", "weibull", 0.7, weibull(2, 1));
  wait("M/G/1, normal(0.8, 0.5) above 0, load 0.6: wait", "normal", 0.7, normal_above_zero(0.8, 0.5));
  wait("M/G/1, empirical on 0.5, 1 and 3 s, load 0.63: wait", "empirical", 0.7, among({0.5, 1, 3}, {60, 30, 10}));
}

void priorities(Table& t) {
  const char* const cobham = "W₀/(1−σₖ₋₁)(1−σₖ), Cobham 1954";
  t.family("Priorities");

  t.scenario("priorities");
  const std::vector<Class> two{{0.3, {1, 2}}, {0.5, {1, 2}}};
  t.row("M/M/1, two priorities, load 0.8: time of the first", cobham, priority_wait(two, 0) + 1, "s",
        time_of("express"));
  t.row("M/M/1, two priorities, load 0.8: time of the second", cobham, priority_wait(two, 1) + 1, "s",
        time_of("ordinary"));
  t.row("M/M/1, two priorities, load 0.8: wait of all", "ρ/(μ−λ): no order changes it", mmc_wait(1, 0.8, 1), "s",
        wait_at("desk"));

  t.scenario("earliest-due");
  t.row("M/M/1 by earliest due, load 0.8: wait of all", "ρ/(μ−λ): no order changes it", mmc_wait(1, 0.8, 1), "s",
        wait_at("desk"));

  t.scenario("hospital");
  const auto patient = [&](const char* what, const char* product, int doctors, std::size_t k) -> Case& {
    return t.row(what, cobham, priority_wait(doctors, {0.2, 0.6, 1.2}, 3, k) * 3 + 1, "s", time_of(product));
  };
  patient("County Hospital, one doctor: time of critical", "critical", 1, 0)
      .published("PRIO_NP_s1_class1 Wq x 3 + 1", 3 * 0.23809523809523808 + 1);
  patient("County Hospital, one doctor: time of serious", "serious", 1, 1);
  patient("County Hospital, one doctor: time of stable", "stable", 1, 2)
      .published("PRIO_NP_s1_class3 Wq x 3 + 1", 3 * 0.9090909090909088 + 1);
  patient("County Hospital, two doctors: time of critical", "critical2", 2, 0)
      .published("PRIO_NP_s2_class1 Wq x 3 + 1", 3 * 0.02873563218390805 + 1);
  patient("County Hospital, two doctors: time of stable", "stable2", 2, 2)
      .published("PRIO_NP_s2_class3 Wq x 3 + 1", 3 * 0.048076923076923066 + 1);

  t.scenario("priority-trays");
  const std::vector<Class> trays{{400.0 / 3600, {1, 1}}, {600.0 / 3600, {2, 4}}, {300.0 / 3600, {3, 9}}};
  t.row("M/G/1, three priorities, trays of 1: time", cobham, priority_wait(trays, 0) + 1, "s", time_of("single"));
  t.row("M/G/1, three priorities, trays of 2: time", cobham, priority_wait(trays, 1) + 2, "s", time_of("pair"));
  t.row("M/G/1, three priorities, trays of 3: time", cobham, priority_wait(trays, 2) + 3, "s", time_of("triple"));
}

void shared_agents(Table& t) {
  t.family("Agents who share stations");
  t.scenario("pooled-agents");
  t.row("One agent, three stations: time in the centre", "1 s + W of M/M/1, Kleinrock 1965",
        1 + mmc_wait(1, 0.7, 1) + 1, "s", time_of("letter"));
  t.row("Three agents, two stations: time in the centre", "1 s + W of M/M/3, Kleinrock 1965",
        1 + mmc_wait(3, 2.4, 1) + 1, "s", time_of("flat"));
}

void breakdowns(Table& t) {
  t.family("Breakdowns");
  t.scenario("breakdowns");
  const double working = working_breakdown_time(0.5, {1, 2}, 20, {5, 50});
  const double always = any_time_breakdown_time(0.5, 1, 20, 5);
  t.row("M/M/1, fails while working: time", "completion time, Gaver 1962", working, "s", time_of("letter"))
      .published("BRK_ODF W", 5.0);
  t.row("M/M/1, fails while working: content", "λW", 0.5 * working, "items", content_of("working"));
  t.row("M/M/1, fails while working: time down", "ρ MTTR/MTBF", 0.5 * 5 / 20, "", share_of("working", {"down"}));
  t.row("M/M/1, fails at any time: time", "White and Christie 1958", always, "s", time_of("flat"))
      .published("breakdowns at any time, W", 6.0);
  t.row("M/M/1, fails at any time: content", "λW", 0.5 * always, "items", content_of("always"));
  t.row("M/M/1, fails at any time: time down", "MTTR/(MTBF + MTTR)", 5.0 / 25, "", share_of("always", {"down"}));

  t.family("Machine repair");
  t.scenario("machine-repair");
  const auto machines = [&t](const char* what, const char* walk, int n, int c, double published) {
    t.row(what, "birth and death, Palm 1947", n * machines_running(n, c, 0.1), "items", content_of(walk))
        .published("MACHREP_" + std::to_string(n) + "_" + std::to_string(c) + " x " + std::to_string(n), n * published);
  };
  machines("4 machines, 1 technician: running", "running4", 4, 1, 0.8833419555095706);
  machines("6 machines, 2 technicians: running", "running6", 6, 2, 0.9056582104206087);
  machines("10 machines, 2 technicians: running", "running10", 10, 2, 0.8961362181373956);
}

void set_ups(Table& t) {
  t.family("Set-up");
  t.scenario("set-up");
  const Moments service{1 + 0.5 * 0.5, 2 + 2 * 0.5 * 0.5 + 0.5 * 0.5};  // 1 s, and 0.5 s more every other time
  t.row("Set-up between products: content", "λE[S²]/2(1−ρ) with the set-ups",
        0.6 * (mg1_wait(0.6, service) + service.mean), "items", content_of("first-come"));
  t.row("Set-up between products: time in set-up", "λ × 0.5 × 0.5 s", 0.6 * 0.5 * 0.5, "",
        share_of("first-come", {"set_up"}));
  t.row("Set-up, same product first: content", "Markov chain", exhaustive_content(0.3, 1, 0.5), "items",
        content_of("same-first"));
}

void networks(Table& t) {
  const char* const jackson = "Jackson 1957";
  t.family("Jackson networks");
  const auto content = [&](const char* what, const char* station, int servers, double lambda, double mu) -> Case& {
    return t.row(what, jackson, mmc_content(servers, lambda, mu), "items", content_of(station));
  };

  t.scenario("jackson");
  content("Jackson network: content of reading", "reading", 1, 30, 40).published("JACKSON4 L_OCR", 3.0);
  content("Jackson network: content of sorting", "sorting", 1, 28.5, 35)
      .published("JACKSON4 L_SORT", 4.384615384615385);
  content("Jackson network: content of video", "video", 1, 3.6, 6).published("JACKSON4 L_VIDEO", 1.4999999999999998);
  content("Jackson network: content by hand", "by-hand", 2, 1.5, 1).published("JACKSON4 L_MANUAL", 3.4285714285714284);
  const double four =
      mmc_content(1, 30, 40) + mmc_content(1, 28.5, 35) + mmc_content(1, 3.6, 6) + mmc_content(2, 1.5, 1);
  t.row("Jackson network: time in the centre", "ΣL/λ, Little 1961", 42 * four / 30, "s", time_of_all())
      .published("JACKSON4 W x 42", 42 * 0.4104395604395605);

  t.scenario("jackson-rework");
  content("Rework network: content of the sorters", "sorters", 2, 1.25, 1);
  content("Rework network: content of coding", "coding", 1, 0.25, 1 / 2.4);
  content("Rework network: content of the check", "check", 1, 1, 1 / 0.75);
  const double three = mmc_content(2, 1.25, 1) + mmc_content(1, 0.25, 1 / 2.4) + mmc_content(1, 1, 1 / 0.75);
  t.row("Rework network: time in the centre", "ΣL/λ, Little 1961", three / 0.9, "s", time_of_all());
  t.row("Rework network: pace of the sorters", "traffic equations", 0.9 / (1 - 0.2 - 0.8 * 0.1), "items/s",
        throughput_of("sorters"));

  t.scenario("passes");
  t.row("Two passes: content", "ρ/(1−ρ), Kelly 1975", mmc_content(1, 0.8, 1), "items", content_of("sorter"));
  t.row("Two passes: time in the centre", "L/λ, Little 1961", mmc_content(1, 0.8, 1) / 0.4, "s", time_of_all());

  t.scenario("tandem");
  const double first = mmc_wait(1, 1.0 / 6, 1.0 / 4);
  const double second = mmc_wait(1, 1.0 / 6, 1.0 / 3);
  t.row("Tandem (KSL 4.6): wait at the first", jackson, first, "s", wait_at("first")).published("KSL Ex 4.6 Wq1", 8);
  t.row("Tandem (KSL 4.6): wait at the second", jackson, second, "s", wait_at("second")).published("KSL Ex 4.6 Wq2", 3);
  t.row("Tandem (KSL 4.6): time in the centre", jackson, first + second + 7, "s", time_of_all())
      .published("KSL Ex 4.6 W", 18);
  t.row("Tandem (KSL 4.6): content", jackson, (first + second + 7) / 6, "items", contents_of({"first", "second"}))
      .published("KSL Ex 4.6 L", 3);

  t.family("Recirculation");
  t.scenario("recirculation");
  t.row("10 % go round again: time in the centre", "60 s/(1−p), geometric laps", 60 / 0.9, "s", time_of("parcel"))
      .published("RECIRC_0.1 x 60", 60 * 1.1111111111111112);
  t.row("20 % go round again: time in the centre", "60 s/(1−p), geometric laps", 60 / 0.8, "s", time_of("packet"))
      .published("RECIRC_0.2 x 60", 60 * 1.25);

  t.family("Job shop");
  t.scenario("jobshop");
  const auto use = [&t](const char* what, const char* station, double theory, double published) {
    t.row(what, "traffic equations", theory, "", use_of(station))
        .published(std::string("LK_JOBSHOP ") + station, published);
  };
  use("Job shop: use of station 1", "station1", (1.2 * 0.6 + 2.0 * 0.8 + 0.8 * 0.7) / 3, 0.9600000000000001);
  use("Job shop: use of station 2", "station2", (1.2 * 0.85 + 0.8 * 1.2) / 2, 0.99);
  use("Job shop: use of station 3", "station3", (1.2 * 0.5 + 2.0 * 0.75 + 0.8 * 1.0) / 4, 0.7250000000000001);
  use("Job shop: use of station 4", "station4", (2.0 * 1.1 + 0.8 * 0.9) / 3, 0.9733333333333335);
  use("Job shop: use of station 5", "station5", 1.2 * 0.5 + 0.8 * 0.25, 0.8);
}

/// Of infinite-servers.yaml, items an hour.
double rate_of_the_day(int h) {
  if (h < 6) return 200;
  if (h < 9) return 800;
  if (h < 12) return 2400;
  if (h < 16) return 400;
  if (h < 18) return 3200;
  return h < 21 ? 1200 : 0;
}

double triangular_longer(double u) {  // than 10 min, mostly 30 min, at most 2 h
  const double a = 1.0 / 6;
  const double b = 0.5;
  const double c = 2;
  if (u <= a) return 1;
  if (u <= b) return 1 - (u - a) * (u - a) / (c - a) / (b - a);
  return u >= c ? 0 : (c - u) * (c - u) / (c - a) / (c - b);
}

double lognormal_longer(double u) {  // mean 0.75 h, sd 1 h
  const double spread = std::log(1 + 1 / (0.75 * 0.75));
  return u <= 0 ? 1 : normal_above((std::log(u / 0.75) + spread / 2) / std::sqrt(spread));
}

double exponential_longer(double u) { return std::exp(-u / 0.5); }

void without_queues(Table& t) {
  const char* const source = "∫λ(t−u)P(S>u)du, Eick, Massey, Whitt 1993";
  t.family("M(t)/G/inf");
  t.scenario("infinite-servers");
  for (const int h : {3, 8, 11, 12, 14, 17, 18, 20}) {
    const std::string at = ", content at " + std::to_string(h) + " h";
    t.row("M(t)/M/∞" + at, source, infinite_servers(rate_of_the_day, exponential_longer, h, 24), "items",
          content_at("exponential", h));
    t.row("M(t)/G/∞, lognormal" + at, source, infinite_servers(rate_of_the_day, lognormal_longer, h, 240), "items",
          content_at("lognormal", h));
    t.row("M(t)/G/∞, triangular" + at, source, infinite_servers(rate_of_the_day, triangular_longer, h, 2), "items",
          content_at("triangular", h));
  }

  t.scenario("sine");
  const auto belt = [&](int h, double published) {  // the integral of 1000 + 800 sin over the half-hour before
    const double w = 2 * std::numbers::pi / 24;
    const double content = 500 + 800 / w * (std::cos(w * (h - 0.5)) - std::cos(w * h));
    t.row("M(t)/D/∞, content at " + std::to_string(h) + " h", source, content, "items", content_at("belt", h))
        .published("MtDinf x 10, " + std::to_string(h) + " h", 10 * published);
  };
  belt(0, 47.38574220570659);
  belt(6, 89.8858662939855);
  belt(12, 52.61425779429341);
  belt(18, 10.114133706014307);

  t.scenario("customs");
  t.row("Customs: time in the centre", "0.04 × 15.5 h", 0.04 * 15.5 * 3600, "s", time_of_all());
}

void finite_buffers(Table& t) {
  t.family("Finite buffers");
  t.scenario("tandem-blocking");
  const char* const chain = "Markov chain";
  const LineFigures ksl = solve({.mu = {1 / 0.7, 1 / 0.9}, .places = 1, .lambda = 0.5, .most_waiting = 60});
  t.row("Tandem with blocking (KSL 7.2): time in the centre", chain, ksl.content / 0.5, "s", time_of_all())
      .published("KSL7.2 W", 2.802267500922359);
  t.row("Tandem with blocking (KSL 7.2): content", chain, ksl.content, "items", contents_of({"first", "second"}))
      .published("KSL7.2 L", 1.4011337504611796);
  t.row("Tandem with blocking (KSL 7.2): first desk held", chain, ksl.busy[0] + ksl.blocked[0], "",
        share_of("first", {"busy", "blocked"}))
      .published("KSL7.2 worker1 held", 0.420731239334755);
  t.row("Tandem with blocking (KSL 7.2): first desk blocked", chain, ksl.blocked[0], "", share_of("first", {"blocked"}))
      .published("KSL7.2 P(blocked)", 0.07073123933392637);
  t.row("Tandem with blocking (KSL 7.2): second desk in use", chain, ksl.busy[1], "", use_of("second"))
      .published("KSL7.2 worker2 util", 0.4500000000011469);

  const char* const hillier = "Markov chain, Hillier and Boling 1967";
  const auto line = [&](int n, int b, const std::string& last, double published) {
    const double pace = solve({.mu = std::vector<double>(static_cast<std::size_t>(n), 1.0), .places = b}).throughput;
    t.row("Line of " + std::to_string(n) + " desks, " + std::to_string(b) + " waiting places: pace", hillier, pace,
          "items/s", throughput_of(last))
        .at_most(0.01)
        .published("HB_" + std::to_string(n) + "_" + std::to_string(b), published);
  };
  t.scenario("line-of-2");
  line(2, 2, "second", 0.8);
  t.scenario("lines");
  line(2, 3, "line2-3-2", 0.8333333333333335);
  line(3, 1, "line3-1-3", 0.670466158320869);
  line(3, 3, "line3-3-3", 0.7767115325144353);
  line(3, 4, "line3-4-3", 0.8074859097207995);
  line(4, 1, "line4-1-4", 0.631152685376966);
  line(4, 2, "line4-2-4", 0.7007129022995309);
  line(5, 2, "line5-2-5", 0.6804894774162469);
  line(6, 1, "line6-1-6", 0.5918257796044782);

  t.scenario("unreliable-lines");
  const char* const gershwin = "Markov chain, Gershwin and Berman 1981";
  const auto pair = [&](int buffer, double published) {
    const std::string n = std::to_string(buffer);
    const LineFigures exact = solve({.mu = {1, 1}, .places = buffer - 2, .fail = 0.01, .mend = 0.1});
    t.row("Two unreliable machines, buffer " + n + ": pace", gershwin, exact.throughput, "items/s",
          throughput_of("second" + n))
        .at_most(0.01)
        .published("GB_" + n, published);
    t.row("Two unreliable machines, buffer " + n + ": content", gershwin, exact.downstream, "items",
          contents_of({"second" + n}, "first" + n))
        .published("GB_" + n + " mean buffer", buffer / 2.0);
  };
  pair(4, 0.6953862230268648);
  pair(10, 0.7859211403193266);
  pair(50, 0.8693495800883793);
}

void lots(Table& t) {
  t.family("Lots");
  t.scenario("bulk");
  const auto letters = [&t](const char* what, const char* desk, int k, double rho, double published) {
    t.row(what, "ρ(K+1)/2(1−ρ), Gross and Harris", bulk_content(k, rho), "items", content_of(desk))
        .published("BATCH_MKM1_" + std::to_string(k) + " L", published);
  };
  letters("Five at a time, M/M/1, load 0.6: content", "desk-m5-60", 5, 0.6, 4.499999999999999);
  letters("Five at a time, M/M/1, load 0.8: content", "desk-m5-80", 5, 0.8, 12.000000000000005);
  letters("Twenty at a time, M/M/1, load 0.8: content", "desk-m20-80", 20, 0.8, 42.000000000000014);
  // Published waits of an item count the items of its own tray before it: (K - 1) / 2 services of 1.
  const auto tray = [&t](const char* what, const char* sorter, int k, double rho, double service, double published) {
    t.row(what, "ρKD/2(1−ρ), Pollaczek 1930", bulk_lot_wait(k, rho, service), "s", wait_at(sorter))
        .published("BATCH_MKD1_" + std::to_string(k) + " Wq less (K - 1)/2", (published - (k - 1) / 2.0) * service);
  };
  tray("Trays of 5, M/D/1, load 0.8: wait of the tray", "sorter-d5-80", 5, 0.8, 1, 12.000000000000002);
  tray("Trays of 20, M/D/1, load 0.6: wait of the tray", "sorter-d20-60", 20, 0.6, 0.25, 24.5);
  tray("Trays of 100, M/D/1, load 0.6: wait of the tray", "sorter-d100-60", 100, 0.6, 0.01, 124.5);
  tray("Trays of 100, M/D/1, load 0.8: wait of the tray", "sorter-d100-80", 100, 0.8, 0.01, 249.50000000000006);

  t.scenario("bagging");
  t.row("Bags of 2: time in the centre", "(K−1)/2λ", 0.5, "s", time_of("letter")).published("BAGGING_2", 0.5);
  t.row("Bags of 50: time in the centre", "(K−1)/2λ", 24.5, "s", time_of("flat")).published("BAGGING_50", 24.5);

  t.scenario("departures");
  t.row("Waiting for the truck: time in the centre", "E[H²]/2E[H]", 3600 * headway_wait({10, 4, 4, 6}), "s",
        time_of_all())
      .published("DEPARTURES x 3600", 3600 * 3.5)
      .at_most(0.25);  // the interval knows of no timetable: it takes what one truck takes for as little as one value
}

void without_chance(Table& t) {
  t.family("Fluids");
  t.scenario("fluid");
  const char* const areas = "areas under the curves, Newell 1971";
  t.row("A peak before a machine: greatest queue", areas, 4.0 * (10000 - 6000), "items", greatest_queue("sorter"))
      .without_chance(0.001)
      .published("FLUID1 max backlog", 16000);
  t.row("A peak before a machine: mean time", areas, 0.5 * 16000 * (40000.0 / 6000) / 40000 * 3600, "s", mean_time())
      .without_chance(0.001)
      .published("FLUID1 mean delay x 3600", 3600 * 1.3333333333333335);

  const char* const labour = "fluid, Oliver and Samuel 1962";
  const double first = 3600 * 48000 / 16.0 / 1500;
  const double second = 3600 * 48000 / 16.0 / 1000;
  t.scenario("labour-wave");
  t.row("Labour as a wave: mean time", labour, first + second / 2, "s", mean_time())
      .without_chance(0.002)
      .published("OS2_1500_1000 wave x 3600", 3600 * 3.5);
  t.row("Labour as a wave: last letter", labour, first + second, "s", greatest_time())
      .without_chance(0.002)
      .published("OS2_1500_1000 makespan x 3600", 3600 * 5);
  t.scenario("labour-balanced");
  t.row("Labour in balance: mean time", labour, (first + second) / 2, "s", mean_time())
      .without_chance(0.002)
      .published("OS2_1500_1000 balanced x 3600", 3600 * 2.5);
  t.row("Labour in balance: last letter", labour, first + second, "s", greatest_time())
      .without_chance(0.002)
      .published("OS2_1500_1000 makespan x 3600", 3600 * 5);
}

}  // namespace

std::vector<Case> cases() {
  Table t;
  single_desks(t);
  spread_of_times(t);
  several_servers(t);
  constant_pace(t);
  any_service(t);
  priorities(t);
  shared_agents(t);
  breakdowns(t);
  set_ups(t);
  networks(t);
  without_queues(t);
  finite_buffers(t);
  lots(t);
  without_chance(t);
  return t.take();
}

}  // namespace mailflow::theory
