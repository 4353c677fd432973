/* weigh.c: weighted mean, Q and the sums that estimators of tau2 are made of.

   With P = W - W 1 (1'W1)^-1 1'W (Viechtbauer 2005, J Educ Behav Stat
   30:261-293): q = y'Py, curve = y'PPy, spread = trace P.  The trace,
   sum w - sum w^2 / sum w, is computed as 2 / sum w times the sum over pairs
   of w_i w_j: no two large numbers are subtracted where one study dominates.

   By hand: y = 0, 2 with v = 1, 1 gives mean 1, q 2, curve 2, spread 1. */
#include "stats/weigh.h"

size_t
rx_most_precise (struct rx_studies s)
{
  size_t best = 0;
  for (size_t i = 1; i < s.k; i++)
    if (s.v[i] < s.v[best])
      best = i;
  return best;
}

bool
rx_all_equal (const double *x, size_t k)
{
  for (size_t i = 1; i < k; i++)
    if (x[i] < x[0] || x[i] > x[0])
      return false;
  return true;
}

struct rx_weighed
rx_weigh (struct rx_studies s, double tau2)
{
  struct rx_weighed out = { NAN, NAN, NAN, NAN, NAN, NAN };
  struct rx_tally weight = { 0, 0 }, sum = { 0, 0 }, pairs = { 0, 0 };
  struct rx_tally q = { 0, 0 }, curve = { 0, 0 };
  if (s.k == 0)
    return out;
  out.origin = s.y[rx_most_precise (s)];
  for (size_t i = 0; i < s.k; i++)
    {
      double w = 1 / (s.v[i] + tau2);
      rx_tally_add (&pairs, w * rx_tally_sum (&weight));
      rx_tally_add (&weight, w);
      rx_tally_add (&sum, w * (s.y[i] - out.origin));
    }
  out.weight = rx_tally_sum (&weight);
  out.mean = rx_tally_sum (&sum) / out.weight;
  out.spread = 2 * rx_tally_sum (&pairs) / out.weight;
  for (size_t i = 0; i < s.k; i++)
    {
      double w = 1 / (s.v[i] + tau2);
      double r = (s.y[i] - out.origin) - out.mean;
      rx_tally_add (&q, w * r * r);
      rx_tally_add (&curve, w * r * w * r);
    }
  out.q = rx_tally_sum (&q);
  out.curve = rx_tally_sum (&curve);
  return out;
}
