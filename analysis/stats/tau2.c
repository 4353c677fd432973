/* tau2.c: estimators of the variance between studies.

   Moments, with weights a (DerSimonian & Kacker 2007, Contemp Clin Trials
   28:105-114, eq. 6), a = 1/v for DerSimonian & Laird, a = 1 for Hedges:

     tau2 = (Q_a - (sum a v - sum a^2 v / sum a)) / (sum a - sum a^2 / sum a)

   Paule-Mandel: the root of Q(tau2) = k - 1, which falls with tau2.  REML and
   ML: the highest maximum of the likelihood, from the zeros of its derivative
   (Viechtbauer 2005, J Educ Behav Stat 30:261-293)

     2 dl/dtau2 = y'PPy - trace P (REML) or - trace W (ML).

   A restricted likelihood can have two maxima (estimates -4.8, 0, 0.6 with
   SE 2.1, 0.274, 0.291 have), so that iterating from one start is not enough.

   By hand: y = 0, 4 with v = 1, 1 gives 7 by each of DL, PM, REML and HE. */
#include "stats/tau2.h"

#include <gsl/gsl_cdf.h>

/* ---- roots ------------------------------------------------------------ */

/* f (low) > 0 >= f (high): halved until no double lies between. */
static double
half_way (double (*f) (const void *context, double t), const void *context,
          double low, double high)
{
  for (;;)
    {
      double middle = low + (high - low) / 2;
      if (!(middle > low && middle < high))
        return high;
      if (f (context, middle) > 0)
        low = middle;
      else
        high = middle;
    }
}

static const double GRID = 1.02; /* ratio of neighbours in t + least */

double
rx_likelihood_highest (struct rx_likelihood l, double least, double bound)
{
  double best = 0, most = l.value (l.context, 0);
  double at = 0, slope = l.slope (l.context, 0);
  while (at < bound)
    {
      double next = fmin (bound, (at + least) * GRID - least);
      double then = l.slope (l.context, next);
      if (slope > 0 && !(then > 0))
        {
          double root = half_way (l.slope, l.context, at, next);
          double height = l.value (l.context, root);
          if (height > most)
            {
              best = root;
              most = height;
            }
        }
      at = next;
      slope = then;
    }
  return best;
}

/* With s = least v + t: y'PPy <= squares / s^2 and
   trace P >= df / (s + range of v), so the slope is negative once
   squares (s + range) < df s^2.  A margin takes care of equal variances, where
   the root is the bound itself. */
double
rx_likelihood_bound (struct rx_studies s, double squares, double df)
{
  double least = s.v[0], most = s.v[0];
  for (size_t i = 1; i < s.k; i++)
    {
      least = fmin (least, s.v[i]);
      most = fmax (most, s.v[i]);
    }
  double half = squares / (2 * df);
  double root = half + sqrt (half * half + 2 * half * (most - least));
  return fmax (0, root - least) * 1.01 + least * 0.01;
}

/* ---- moments ---------------------------------------------------------- */

/* Weights a = 1 / v, or 1.  As in rx_weigh, what is subtracted in the formula
   is summed over pairs: sum a v - sum a^2 v / sum a
   = sum over i < j of a_i a_j (v_i + v_j) / sum a. */
static double
moments (struct rx_studies s, bool weighted)
{
  struct rx_tally a = { 0, 0 }, av = { 0, 0 }, ay = { 0, 0 };
  struct rx_tally expected = { 0, 0 }, spread = { 0, 0 }, q = { 0, 0 };
  double origin = s.y[rx_most_precise (s)];
  for (size_t i = 0; i < s.k; i++)
    {
      double w = weighted ? 1 / s.v[i] : 1, wv = weighted ? 1 : s.v[i];
      rx_tally_add (&expected,
                    wv * rx_tally_sum (&a) + w * rx_tally_sum (&av));
      rx_tally_add (&spread, 2 * w * rx_tally_sum (&a));
      rx_tally_add (&a, w);
      rx_tally_add (&av, wv);
      rx_tally_add (&ay, w * (s.y[i] - origin));
    }
  double total = rx_tally_sum (&a), mean = rx_tally_sum (&ay) / total;
  for (size_t i = 0; i < s.k; i++)
    {
      double r = (s.y[i] - origin) - mean;
      rx_tally_add (&q, (weighted ? 1 / s.v[i] : 1) * r * r);
    }
  return fmax (0, (total * rx_tally_sum (&q) - rx_tally_sum (&expected))
                      / rx_tally_sum (&spread));
}

double
rx_tau2_dl (struct rx_studies s)
{
  return moments (s, true);
}

double
rx_tau2_he (struct rx_studies s)
{
  return moments (s, false);
}

double
rx_tau2_hs (struct rx_studies s)
{
  struct rx_weighed w = rx_weigh (s, 0);
  return fmax (0, (w.q - (double)s.k) / w.weight);
}

/* Sum of squares about the mean, without weights. */
static double
squares (struct rx_studies s)
{
  struct rx_tally sum = { 0, 0 }, square = { 0, 0 };
  double origin = s.y[rx_most_precise (s)];
  for (size_t i = 0; i < s.k; i++)
    rx_tally_add (&sum, s.y[i] - origin);
  double mean = rx_tally_sum (&sum) / (double)s.k;
  for (size_t i = 0; i < s.k; i++)
    {
      double r = (s.y[i] - origin) - mean;
      rx_tally_add (&square, r * r);
    }
  return rx_tally_sum (&square);
}

/* Two steps: a first guess without weights, corrected by its Q. */
double
rx_tau2_sj (struct rx_studies s)
{
  double first = squares (s) / (double)s.k;
  if (!(first > 0))
    return 0;
  return first * rx_weigh (s, first).q / (double)(s.k - 1);
}

/* ---- equations in Q --------------------------------------------------- */

struct target
{
  struct rx_studies studies;
  double q;
};

static double
excess (const void *context, double t)
{
  const struct target *target = context;
  return rx_weigh (target->studies, t).q - target->q;
}

/* tau2 with Q(tau2) = q, 0 where Q is below it everywhere.  Q(t) is at most
   the sum of squares over t, which bounds the root. */
static double
solve_q (struct rx_studies s, double q)
{
  struct target target = { s, q };
  if (!(excess (&target, 0) > 0))
    return 0;
  double high = squares (s) / q;
  while (excess (&target, high) > 0) /* rounding of the bound */
    high *= 2;
  return half_way (excess, &target, 0, high);
}

double
rx_tau2_pm (struct rx_studies s)
{
  return solve_q (s, (double)(s.k - 1));
}

void
rx_tau2_interval (struct rx_studies s, double level, double *low, double *high)
{
  double df = (double)(s.k - 1);
  double least = gsl_cdf_chisq_Pinv ((1 - level) / 2, df);
  *low = *high = NAN;
  if (rx_weigh (s, 0).q < least)
    return;
  *low = solve_q (s, gsl_cdf_chisq_Qinv ((1 - level) / 2, df));
  *high = solve_q (s, least);
}

/* ---- likelihoods ------------------------------------------------------ */

static double
logarithms (struct rx_studies s, double t)
{
  struct rx_tally sum = { 0, 0 };
  for (size_t i = 0; i < s.k; i++)
    rx_tally_add (&sum, log (s.v[i] + t));
  return rx_tally_sum (&sum);
}

static double
reml_slope (const void *context, double t)
{
  struct rx_weighed w = rx_weigh (*(const struct rx_studies *)context, t);
  return w.curve - w.spread;
}

static double
reml_value (const void *context, double t)
{
  const struct rx_studies *s = context;
  struct rx_weighed w = rx_weigh (*s, t);
  return -(logarithms (*s, t) + log (w.weight) + w.q) / 2;
}

static double
ml_slope (const void *context, double t)
{
  struct rx_weighed w = rx_weigh (*(const struct rx_studies *)context, t);
  return w.curve - w.weight;
}

static double
ml_value (const void *context, double t)
{
  const struct rx_studies *s = context;
  return -(logarithms (*s, t) + rx_weigh (*s, t).q) / 2;
}

static double
highest (struct rx_studies s, struct rx_likelihood likelihood, double df)
{
  double residual = squares (s);
  if (!(residual > 0))
    return 0;
  return rx_likelihood_highest (likelihood, s.v[rx_most_precise (s)],
                                rx_likelihood_bound (s, residual, df));
}

double
rx_tau2_reml (struct rx_studies s)
{
  return highest (s, (struct rx_likelihood){ reml_slope, reml_value, &s },
                  (double)(s.k - 1));
}

/* trace W >= k / (largest v + t): the bound with k in place of k - 1. */
double
rx_tau2_ml (struct rx_studies s)
{
  return highest (s, (struct rx_likelihood){ ml_slope, ml_value, &s },
                  (double)s.k);
}
