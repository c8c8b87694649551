// Exact figures of queueing theory, each from its formula (author, year): what the simulations are held against.
//
// Times and rates are in any one unit. Nothing here looks at the program under test.
#pragma once

#include <functional>
#include <vector>

namespace mailflow::theory {

/// Mean and mean square of a service time.
struct Moments {
  double mean = 0;
  double square = 0;
};
Moments by_deviation(double mean, double sd);
Moments triangular(double least, double mode, double most);
Moments uniform(double least, double most);
Moments weibull(double shape, double scale);
/// The normal law with what is below 0 cut off and drawn again.
Moments normal_above_zero(double mean, double sd);
Moments among(const std::vector<double>& values, const std::vector<double>& weights);

/// Chance that an M/M/c customer waits, offered load a = lambda / mu (A. K. Erlang 1917).
double erlang_c(int servers, double load);
/// Wq of M/M/c (A. K. Erlang 1917).
double mmc_wait(int servers, double lambda, double mu);
/// L of M/M/c.
double mmc_content(int servers, double lambda, double mu);
/// Wq of M/D/c with service 1: N(t + 1) = max(N(t) - c, 0) + arrivals (C. D. Crommelin 1932).
double mdc_wait(int servers, double lambda);
/// Wq of M/G/1 (F. Pollaczek 1930, A. Khinchine 1932).
double mg1_wait(double lambda, Moments service);

/// A class of customers; the first of a list goes first.
struct Class {
  double lambda = 0;
  Moments service;
};
/// Wq of the k-th class of M/G/1 with priorities, nobody interrupted (A. Cobham 1954).
double priority_wait(const std::vector<Class>& classes, std::size_t k);
/// Wq of the k-th class of M/M/c with priorities, one mu for all (A. Cobham 1954).
double priority_wait(int servers, const std::vector<double>& lambda, double mu, std::size_t k);

/// W of M/G/1 whose server fails only while it works, every `mtbf` of work (exponential), and goes on with the customer
/// in hand after the repair (D. P. Gaver 1962).
double working_breakdown_time(double lambda, Moments service, double mtbf, Moments repair);
/// W of M/M/1 whose server may fail at any time, all exponential (H. White and L. S. Christie 1958).
double any_time_breakdown_time(double lambda, double mu, double mtbf, double mttr);

/// L of bulk arrivals of K to one exponential server of load rho (D. Gross and C. M. Harris).
double bulk_content(int k, double rho);
/// Wq of the lot in M^[K]/D/1 where each item takes `service`: M/D/1 with service K.
double bulk_lot_wait(int k, double rho, double service);

/// Share of N machines that run, c technicians, load = repair time / running time (C. Palm 1947).
double machines_running(int machines, int technicians, double load);

/// Mean of X = H^2 / 2H over headways: the wait for the next departure of mail that comes evenly.
double headway_wait(const std::vector<double>& headways);

/// Mean content at time t of infinitely many servers: the integral over u >= 0 of rate(t - u) P(S > u), for P(S > u)
/// small beyond `longest` (S. Eick, W. Massey, W. Whitt 1993). Rates change only at whole hours.
double infinite_servers(const std::function<double(int hour)>& rate, const std::function<double(double)>& longer_than,
                        int at, int longest);
double normal_above(double z);

}  // namespace mailflow::theory
