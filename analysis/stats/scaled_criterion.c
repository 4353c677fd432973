/* scaled_criterion.c: the linearised criterion of reference-scaled
   bioequivalence.

   With e the estimated difference, SE its standard error on v degrees of
   freedom, s^2 the variance within the reference on w of them:

     x = e^2 - SE^2           X = (|e| + t (1 - alpha; v) SE)^2
     y = -theta^2 s^2         Y = y w / chi^2 (1 - alpha; w)
     upper = x + y + sqrt ((X - x)^2 + (Y - y)^2)

   (FDA, Draft Guidance on Progesterone, 2011, SAS code: e^2 - SE^2 is unbiased
   for the squared difference; Howe, J Am Stat Assoc 1974;69:789-794; Hyslop,
   Hsuan & Holder, Stat Med 2000;19:2885-2897.)

   s_T / s_R over the roots of the quantiles of F (v_T, v_R) (FDA, Draft
   Guidance on Warfarin Sodium, 2012).

   By hand: e = 0, SE -> 0 leaves y (1 - |w / chi^2 - 1|): with w = 10 and
   alpha 0.05, chi^2 = 18.307, Y = 0.54624 y, the bound is 0.54624 y. */
#include "stats/scaled_criterion.h"

#include <gsl/gsl_cdf.h>
#include <math.h>

void
rx_variance_add_table (struct rx_variance *out, const double *y, size_t n,
                       size_t k)
{
  double squares = 0, grand = 0;
  if (n == 0 || k < 2)
    return;
  for (size_t i = 0; i < n * k; i++)
    grand += y[i];
  grand /= (double)(n * k);
  for (size_t j = 0; j < k; j++)
    {
      double time = 0;
      for (size_t i = 0; i < n; i++)
        time += y[i * k + j];
      time /= (double)n;
      for (size_t i = 0; i < n; i++)
        {
          double subject = 0;
          for (size_t l = 0; l < k; l++)
            subject += y[i * k + l];
          double left = y[i * k + j] - subject / (double)k - time + grand;
          squares += left * left;
        }
    }
  out->value += squares;
  out->df += (double)((n - 1) * (k - 1));
}

void
rx_variance_divide (struct rx_variance *sum)
{
  sum->value = sum->df > 0 ? sum->value / sum->df : NAN;
  if (!(sum->df > 0))
    sum->df = NAN;
}

static double
count (const size_t *group, size_t n, size_t which)
{
  double members = 0;
  for (size_t i = 0; i < n; i++)
    members += group[i] == which;
  return members;
}

struct rx_even_mean
rx_even_mean (const double *value, const size_t *group, size_t n,
              size_t n_groups, const bool *counts)
{
  struct rx_even_mean out = { 0, NAN, NAN };
  double squares = 0, df = 0, groups = 0, inverse = 0;
  for (size_t g = 0; g < n_groups; g++)
    {
      double members = count (group, n, g), mean = 0;
      if (counts != NULL && !counts[g])
        continue;
      for (size_t i = 0; i < n; i++)
        mean += group[i] == g ? value[i] / members : 0;
      for (size_t i = 0; i < n; i++)
        squares += group[i] == g ? (value[i] - mean) * (value[i] - mean) : 0;
      df += members - 1;
      inverse += 1 / members; /* infinite where the group is empty */
      out.mean += mean;
      groups++;
    }
  if (groups == 0 || isinf (inverse))
    return (struct rx_even_mean){ NAN, NAN, NAN };
  out.mean /= groups;
  if (df > 0)
    {
      out.df = df;
      out.se = sqrt (squares / df * inverse) / groups;
    }
  return out;
}

struct rx_criterion
rx_scaled_criterion (struct rx_even_mean d, struct rx_variance within,
                     double theta, double alpha)
{
  if (!(d.df > 0) || !(within.df > 0))
    return (struct rx_criterion){ NAN, NAN };
  double most = fabs (d.mean) + gsl_cdf_tdist_Qinv (alpha, d.df) * d.se;
  double x = d.mean * d.mean - d.se * d.se;
  double y = -theta * theta * within.value;
  double y_bound = y * within.df / gsl_cdf_chisq_Qinv (alpha, within.df);
  return (struct rx_criterion){ x + y,
                                x + y + hypot (most * most - x, y_bound - y) };
}

struct rx_sd_ratio
rx_sd_ratio (struct rx_variance above, struct rx_variance below, double alpha)
{
  if (!(above.df > 0) || !(below.df > 0) || !(below.value > 0))
    return (struct rx_sd_ratio){ NAN, NAN, NAN };
  double ratio = sqrt (above.value / below.value);
  return (struct rx_sd_ratio){
    ratio, ratio / sqrt (gsl_cdf_fdist_Qinv (alpha, above.df, below.df)),
    ratio / sqrt (gsl_cdf_fdist_Pinv (alpha, above.df, below.df))
  };
}
