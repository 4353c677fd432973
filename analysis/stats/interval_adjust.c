/* interval_adjust.c: both ends of the family.

   A procedure with adjusted p-values that rejects no less when any p falls is
   monotone: Bonferroni at once, Holm, Hommel as closed tests whose local tests
   are (max over the sets with i of |I| min p, of the Simes p), Hochberg and
   the Benjamini procedures as step-up ones: k is the largest with at least k
   p-values below the k-th bound, and that count only grows.

   The threshold of one member is found by bisection down to neighbouring
   doubles: its adjusted p grows with its p.

   By hand: 0.01 and an unknown p in a family of two: Holm gives the first
   min (1, 2 0.01) = 0.02 if the other is larger, 0.01 if it is smaller. */
#include "stats/interval_adjust.h"

#include "base/memory.h"

#include <math.h>
#include <stdlib.h>

/* 0.05 = 11 (0.05 / 11), though not in doubles */
static const double NEAR = 1e-12;

enum rx_status
rx_adjust_ranges (const struct rx_adjustment *adjustment,
                  const struct rx_p_range *p, size_t n,
                  struct rx_p_range *adjusted, struct rx_error *err)
{
  double *end = rx_array (n, 2 * sizeof *end);
  enum rx_status status = end == NULL ? rx_fail_memory (err) : RX_OK;
  for (int high = 0; high < 2 && status == RX_OK; high++)
    {
      for (size_t i = 0; i < n; i++)
        end[i] = high ? p[i].high : p[i].low;
      status = rx_adjust (adjustment, end, n, end + n, err);
      for (size_t i = 0; i < n && status == RX_OK; i++)
        *(high ? &adjusted[i].high : &adjusted[i].low) = end[n + i];
    }
  free (end);
  return status;
}

static enum rx_status
largest (const struct rx_adjustment *adjustment, double *p, size_t n, size_t i,
         double alpha, double *adjusted, double *out, struct rx_error *err)
{
  double low = 0, high = 1;
  for (;;)
    {
      double middle = low + (high - low) / 2;
      if (middle <= low || middle >= high)
        break;
      p[i] = middle;
      if (rx_adjust (adjustment, p, n, adjusted, err) != RX_OK)
        return err->status;
      *(adjusted[i] <= alpha * (1 + NEAR) ? &low : &high) = middle;
    }
  *out = low;
  return RX_OK;
}

enum rx_status
rx_adjust_threshold (const struct rx_adjustment *adjustment,
                     const struct rx_p_range *p, size_t n, size_t i,
                     double alpha, struct rx_p_range *threshold,
                     struct rx_error *err)
{
  double *end = rx_array (n, 2 * sizeof *end);
  enum rx_status status = end == NULL ? rx_fail_memory (err) : RX_OK;
  for (int high = 0; high < 2 && status == RX_OK; high++)
    {
      for (size_t j = 0; j < n; j++)
        end[j] = high ? p[j].low : p[j].high;
      status = largest (adjustment, end, n, i, alpha, end + n,
                        high ? &threshold->high : &threshold->low, err);
    }
  free (end);
  return status;
}
