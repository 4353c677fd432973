/* equivalence.c: two one-sided tests, and the limits of bioequivalence.

     t_low = (d - low) / SE, t_high = (d - high) / SE
     p = max (P (T > t_low), P (T < t_high))

   so that p <= alpha when the interval of confidence 1 - 2 alpha lies between
   the limits (Schuirmann, J Pharmacokinet Biopharm 1987;15:657-680).

   Expanding limits (EMA, Guideline on the investigation of bioequivalence,
   CPMP/EWP/QWP/1401/98 Rev. 1, 2010, section 4.1.10): exp (-/+ 0.760 s), s the
   standard deviation of logarithms within the reference, when its coefficient
   of variation is above 30 %, and no further than at 50 %.

   By hand: s = 0.4 has the CV 41.655 % and the limits 73.79 and 135.53 %; the
   widest, s^2 = log 1.25, are 69.84 and 143.19 %. */
#include "stats/equivalence.h"

#include "stats/student.h"

#include <gsl/gsl_cdf.h>
#include <math.h>

const struct rx_expansion rx_expansion_ema = {
  .factor = 0.760, /* log 1.25 / 0.294, as the guideline rounds it */
  .above = 30,
  .to = 50,
};

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
rx_abel_log_limit (double log_sd)
{
  const struct rx_expansion *e = &rx_expansion_ema;
  if (!(rx_cv_percent (log_sd) > e->above))
    return log (1.25);
  return e->factor * fmin (log_sd, rx_cv_log_sd (e->to));
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
