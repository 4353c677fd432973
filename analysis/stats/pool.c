/* pool.c: fixed-effect and random-effects pooling by inverse variance.

     mean = sum w y / sum w, w = 1 / (v + tau2); SE^2 = 1 / sum w

   Hartung & Knapp 2001 (Stat Med 20:3875-3889), Sidik & Jonkman 2002 (Stat Med
   21:3153-3159): SE^2 = q / sum w with q = sum w (y - mean)^2 / (k - 1), and t
   with k - 1 df.  q below 1 makes the interval shorter than without; it stays
   so unless truncation at 1 is asked for.
   I2 = 100 tau2 / (tau2 + s2) and H2 = (tau2 + s2) / s2 with the typical
   variance s2 = (k - 1) sum w / ((sum w)^2 - sum w^2), w = 1 / v (Higgins &
   Thompson 2002, Stat Med 21:1539-1558); their intervals are those of tau2.
   For the fixed effect I2 = (Q - (k - 1)) / Q, H2 = Q / (k - 1).
   Prediction: mean -+ quantile sqrt (tau2 + SE^2), normal, or t with k - 1 df
   under HKSJ.

   By hand: y = 0, 4 with v = 1, 1: mean 2; fixed SE 0.7071, Q 8; tau2 7 (DL),
   random SE 2, I2 87.5. */
#include "stats/pool.h"

#include "stats/student.h"

#include <gsl/gsl_cdf.h>

void
rx_pool_test (double estimate, double se, double df, double level,
              double *statistic, double *p, double *low, double *high)
{
  *statistic = *p = *low = *high = NAN;
  if (!isnan (df))
    {
      struct rx_t_test t = rx_student_from (estimate, se, df, level);
      *statistic = t.statistic;
      *p = t.p;
      *low = t.low;
      *high = t.high;
      return;
    }
  if (!(se > 0))
    return;
  double half = gsl_cdf_ugaussian_Qinv ((1 - level) / 2) * se;
  *statistic = estimate / se;
  *p = 2 * gsl_cdf_ugaussian_Q (fabs (*statistic));
  *low = estimate - half;
  *high = estimate + half;
}

static struct rx_pool
nothing (size_t k)
{
  return (struct rx_pool){
    .k = k,
    .mean = NAN,
    .se = NAN,
    .statistic = NAN,
    .p = NAN,
    .low = NAN,
    .high = NAN,
    .df = NAN,
    .factor = NAN,
    .tau2 = NAN,
    .tau2_low = NAN,
    .tau2_high = NAN,
    .i2 = NAN,
    .i2_low = NAN,
    .i2_high = NAN,
    .h2 = NAN,
    .h2_low = NAN,
    .h2_high = NAN,
    .q = NAN,
    .q_df = NAN,
    .q_p = NAN,
    .prediction_low = NAN,
    .prediction_high = NAN,
  };
}

/* spread / (k - 1) is 1 / s2, one over the typical variance. */
static void
inconsistency (double tau2, double spread, double df, double *i2, double *h2)
{
  double above = tau2 * spread;
  *i2 = 100 * above / (above + df);
  *h2 = 1 + above / df;
}

static void
fixed (struct rx_pool *pool)
{
  pool->tau2 = 0;
  if (pool->k < 2)
    return;
  double above = pool->q - pool->q_df;
  pool->i2 = above > 0 ? 100 * above / pool->q : 0;
  pool->h2 = pool->q / pool->q_df;
}

static void
heterogeneity (struct rx_pool *pool, struct rx_studies s,
               struct rx_weighed plain, const struct rx_pool_spec *spec)
{
  pool->tau2 = spec->tau2 (s);
  rx_tau2_interval (s, spec->level, &pool->tau2_low, &pool->tau2_high);
  inconsistency (pool->tau2, plain.spread, pool->q_df, &pool->i2, &pool->h2);
  inconsistency (pool->tau2_low, plain.spread, pool->q_df, &pool->i2_low,
                 &pool->h2_low);
  inconsistency (pool->tau2_high, plain.spread, pool->q_df, &pool->i2_high,
                 &pool->h2_high);
}

static void
predict (struct rx_pool *pool, const struct rx_pool_spec *spec)
{
  double tail = (1 - spec->level) / 2;
  if (!(pool->se > 0))
    return;
  double quantile = spec->hksj ? gsl_cdf_tdist_Qinv (tail, pool->df)
                               : gsl_cdf_ugaussian_Qinv (tail);
  double half = quantile * sqrt (pool->tau2 + pool->se * pool->se);
  pool->prediction_low = pool->mean - half;
  pool->prediction_high = pool->mean + half;
}

struct rx_pool
rx_pool_studies (struct rx_studies s, const struct rx_pool_spec *spec)
{
  struct rx_pool pool = nothing (s.k);
  struct rx_weighed plain = rx_weigh (s, 0), w = plain;
  if (s.k == 0 || (s.k == 1 && spec->tau2 != NULL))
    return pool;
  if (s.k > 1)
    {
      pool.q = plain.q;
      pool.q_df = (double)(s.k - 1);
      pool.q_p = gsl_cdf_chisq_Q (pool.q, pool.q_df);
    }
  if (spec->tau2 == NULL)
    fixed (&pool);
  else
    {
      heterogeneity (&pool, s, plain, spec);
      w = rx_weigh (s, pool.tau2);
    }
  pool.mean = w.origin + w.mean;
  pool.se = 1 / sqrt (w.weight);
  if (spec->hksj)
    {
      pool.df = pool.q_df;
      pool.factor = w.q / pool.df;
      pool.se *= sqrt (spec->truncate ? fmax (1, pool.factor) : pool.factor);
    }
  rx_pool_test (pool.mean, pool.se, pool.df, spec->level, &pool.statistic,
                &pool.p, &pool.low, &pool.high);
  if (spec->tau2 != NULL)
    predict (&pool, spec);
  return pool;
}
