/* equivalence.c: two one-sided tests, and the limits of bioequivalence.

     t_low = (d - low) / SE, t_high = (d - high) / SE
     p = max (P (T > t_low), P (T < t_high))

   so that p <= alpha when the interval of confidence 1 - 2 alpha lies between
   the limits (Schuirmann, J Pharmacokinet Biopharm 1987;15:657-680).

   Expanding limits, s the standard deviation of logarithms within the
   reference, when its coefficient of variation is above 30 %:

     EMA            exp (-/+ 0.760 s), no further than at a CV of 50 %
     Health Canada  exp (-/+ 0.76 s), no further than 66.7 to 150.0 %, which is
                    from 57.4 % on
     GCC            75.00 to 133.33 % at once

   By hand: s = 0.4 has the CV 41.655 % and EMA's limits 73.79 and 135.53 %;
   the widest, s^2 = log 1.25, are 69.84 and 143.19 %.  Health Canada's are the
   widest from s = log (1.5) / 0.76 on, a CV of 57.382 %. */
#include "stats/equivalence.h"

#include "stats/student.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <string.h>

/* Factors as the guidelines round log 1.25 / 0.294. */
const struct rx_expansion rx_expansions[] = {
  { .name = "ema",
    .source = "EMA 2010, CPMP/EWP/QWP/1401/98 Rev. 1, section 4.1.10",
    .words = "Limits expand as EMA has it (2010).",
    .factor = 0.760,
    .above = 30,
    .to = 50,
    .widest = INFINITY },
  { .name = "hc",
    .source = "Health Canada 2016, Notice: Policy on Bioequivalence Standards "
              "for Highly Variable Drug Products; of AUC",
    .words = "Limits expand as Health Canada has it of AUC (2016): with the "
             "constant 0.76, no further than 66.7 to 150.0%.",
    .factor = 0.76,
    .above = 30,
    .to = INFINITY,
    .widest = 1.5 },
  { .name = "gcc",
    .source = "GCC Guidelines for Bioequivalence, versions 2.4 (2011) to 3.0 "
              "(2021); of Cmax",
    .words = "Limits widen as the Gulf Cooperation Council had it of Cmax "
             "(versions 2.4 to 3.0 of its guidelines): to 75.00 to 133.33% "
             "where the variation within the reference is above 30%.",
    .factor = INFINITY,
    .above = 30,
    .to = INFINITY,
    .widest = 1 / 0.75 },
};
const size_t rx_n_expansions = sizeof rx_expansions / sizeof rx_expansions[0];

const struct rx_expansion *
rx_expansion_find (const char *name)
{
  for (size_t i = 0; i < rx_n_expansions; i++)
    if (strcmp (rx_expansions[i].name, name) == 0)
      return &rx_expansions[i];
  return NULL;
}

/* P (T > t), with all digits far out too. */
static double
upper_tail (double t, double df)
{
  return t > 0 ? rx_student_p (t, df) / 2 : gsl_cdf_tdist_Q (t, df);
}

struct rx_tost
rx_tost (double estimate, double se, double df, double low, double high)
{
  if (!(se > 0) || !(df > 0))
    return (struct rx_tost){ NAN, NAN };
  double t_low = (estimate - low) / se, t_high = (estimate - high) / se;
  double p_low = upper_tail (t_low, df), p_high = upper_tail (-t_high, df);
  if (p_low >= p_high)
    return (struct rx_tost){ t_low, p_low };
  return (struct rx_tost){ t_high, p_high };
}

double
rx_cv_percent (double log_sd)
{
  return 100 * sqrt (expm1 (log_sd * log_sd));
}

double
rx_cv_log_sd (double percent)
{
  return sqrt (log1p (percent / 100 * percent / 100));
}

double
rx_abel_log_limit (const struct rx_expansion *e, double log_sd)
{
  if (!(rx_cv_percent (log_sd) > e->above))
    return log (1.25);
  return fmin (e->factor * fmin (log_sd, rx_cv_log_sd (e->to)),
               log (e->widest));
}

double
rx_round_percent (double percent)
{
  return round (100 * percent) / 100;
}

bool
rx_percent_within (double low, double low_limit, double high,
                   double high_limit)
{
  return rx_round_percent (low) >= rx_round_percent (low_limit)
         && rx_round_percent (high) <= rx_round_percent (high_limit);
}
