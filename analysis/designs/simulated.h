/* simulated.h: synthetic trials: made from a model, or so that their summary
   statistics are printed ones. */
#ifndef RX_SIMULATED_H
#define RX_SIMULATED_H

#include "base/memory.h"
#include "designs/printed_table.h"

/* The caller makes the struct (= {0}) and calls rx_simulated_free. */
struct rx_simulated
{
  enum rx_printed_design design;
  bool one_sample; /* each person was measured once, in one group */
  size_t n, n_endpoints;
  int *group;            /* [n] crossover: 0 had the first treatment first, 1
                            the second; parallel: 0 or 1, the treatment */
  const char **endpoint; /* [n_endpoints] */
  double *y[2];          /* [endpoint * n + person] on either treatment; NaN:
                            not measured, or lost */
  struct rx_strings strings;
};
void rx_simulated_free (struct rx_simulated *trial);

struct rx_simulate_spec
{
  uint64_t seed, replicate; /* a trial's own stream */
  double level;             /* of printed intervals */
  /* Crossover, second minus first period, and the total of the sequence that
     had the first treatment first minus that of the other. */
  double period_effect, carryover;
};

/* Persons whose statistics are the printed ones: one endpoint per row of the
   table, all of one design and the same persons.

   Continuous: mean1, sd1, mean2, sd2 to the last digits, as sample means and
   SDs of all persons, and, in pairs, the first that is printed of se, sd_diff,
   the interval, t, dz, p, corr; in a crossover these are of the test adjusted
   for periods.  Whole numbers (min, max): whatever rounds to what is printed,
   see stats/sprite_sample.h and stats/sprite_pairs.h.  mean and sd alone: one
   sample.

   RX_EDATA, naming file and line, when something is missing that is needed;
   RX_ECHECK when there are no such data (proven), or none were found. */
enum rx_status rx_simulated_match (struct rx_simulated *trial,
                                   const struct rx_printed_table *printed,
                                   const struct rx_simulate_spec *spec,
                                   struct rx_error *err) RX_MUST_USE;

/* y = mean + (delta on the first treatment) + person + residual, with normal
   person (sd_between) and residual (sd_within) terms, the period effect in the
   second period, the carryover there in those who had the first treatment
   first.  A person is lost after the first measurement with probability
   dropout; in parallel groups the only one is. */
struct rx_trial_model
{
  enum rx_printed_design design;
  size_t n[2]; /* sequences, or groups; paired: n[1] = 0 */
  double mean, delta, sd_between, sd_within, dropout;
};
enum rx_status rx_simulated_normal (struct rx_simulated *trial,
                                    const struct rx_trial_model *model,
                                    const struct rx_simulate_spec *spec,
                                    struct rx_error *err) RX_MUST_USE;

#endif /* RX_SIMULATED_H */
