/* adjust.c: adjusted p-values, of most procedures on the sorted family
   p(1) <= ... <= p(n).

   Holm (Scand J Stat 1979;6:65-70):      max over j <= i of (n - j + 1) p(j)
   Hochberg (Biometrika 1988;75:800-802): min over j >= i of (n - j + 1) p(j)
   Hommel (Biometrika 1988;75:383-386), in the form of Wright (Biometrics
     1992;48:1005-1013)
   Benjamini & Hochberg (JRSS B 1995;57:289-300): min, j >= i, of n/j p(j)
   Benjamini & Yekutieli (Ann Stat 2001;29:1165-1188): the same times
     1 + 1/2 + ... + 1/n

   Two take the hypotheses in the order in which they were declared:

   Fixed sequence (Maurer, Hothorn & Lehmacher 1995; Westfall & Krishen, J Stat
     Plan Inference 2001;99:25-40):       max over j <= i of p(j)
   Fallback (Wiens, Pharm Stat 2003;2:211-215; a closed test: Wiens &
     Dmitrienko, J Biopharm Stat 2005;15:929-942), each with the n-th part of
     alpha, handed on when its hypothesis is rejected: i is rejected when the
     hypotheses s..i are, with (j - s + 1)/n alpha for j,
     min over s <= i of max over s <= j <= i of n/(j - s + 1) p(j)

   By hand: Holm of 0.01, 0.02, 0.03 is 0.03, 0.04, 0.04; fallback of 0.04,
   0.01, 0.03 is 0.12, 0.03, 0.045. */
#include "stats/adjust.h"

#include "base/memory.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static void
bonferroni (const double *p, size_t n, double *adjusted)
{
  for (size_t i = 0; i < n; i++)
    adjusted[i] = fmin (1, (double)n * p[i]);
}

static void
holm (const double *p, size_t n, double *adjusted)
{
  double most = 0;
  for (size_t i = 0; i < n; i++)
    {
      most = fmax (most, (double)(n - i) * p[i]);
      adjusted[i] = fmin (1, most);
    }
}

static void
hochberg (const double *p, size_t n, double *adjusted)
{
  double least = 1;
  for (size_t i = n; i-- > 0;)
    {
      least = fmin (least, (double)(n - i) * p[i]);
      adjusted[i] = least;
    }
}

/* Wright 1992, appendix: for each subset size m from n down to 2 a common
   bound of the m smallest is raised; adjusted[] holds the running answer. */
static void
hommel (const double *p, size_t n, double *adjusted)
{
  double first = 1;
  for (size_t i = 0; i < n; i++)
    first = fmin (first, (double)n * p[i] / (double)(i + 1));
  for (size_t i = 0; i < n; i++)
    adjusted[i] = first;
  for (size_t m = n; m-- > 2;)
    {
      size_t upper = n - m + 1; /* ranks upper+1..n are the m - 1 largest */
      double bound = INFINITY;
      for (size_t k = 2; k <= m; k++)
        bound = fmin (bound, (double)m * p[upper + k - 2] / (double)k);
      double rest = fmin (bound, (double)m * p[upper - 1]);
      for (size_t i = 0; i < n; i++)
        adjusted[i] = fmax (adjusted[i],
                            i < upper ? fmin (bound, (double)m * p[i]) : rest);
    }
  for (size_t i = 0; i < n; i++)
    adjusted[i] = fmin (1, fmax (adjusted[i], p[i]));
}

static void
step_up (const double *p, size_t n, double factor, double *adjusted)
{
  double least = 1;
  for (size_t i = n; i-- > 0;)
    {
      least = fmin (least, factor * (double)n / (double)(i + 1) * p[i]);
      adjusted[i] = least;
    }
}

static void
benjamini_hochberg (const double *p, size_t n, double *adjusted)
{
  step_up (p, n, 1, adjusted);
}

static void
benjamini_yekutieli (const double *p, size_t n, double *adjusted)
{
  double harmonic = 0;
  for (size_t i = n; i >= 1; i--)
    harmonic += 1 / (double)i;
  step_up (p, n, harmonic, adjusted);
}

static void
fixed_sequence (const double *p, size_t n, double *adjusted)
{
  double most = 0;
  for (size_t i = 0; i < n; i++)
    {
      most = fmax (most, p[i]);
      adjusted[i] = fmin (1, most);
    }
}

static void
fallback (const double *p, size_t n, double *adjusted)
{
  for (size_t i = 0; i < n; i++)
    adjusted[i] = 1;
  for (size_t start = 0; start < n; start++)
    {
      double most = 0;
      for (size_t i = start; i < n; i++)
        {
          most = fmax (most, (double)n / (double)(i - start + 1) * p[i]);
          adjusted[i] = fmin (adjusted[i], most);
        }
    }
}

#define FAMILY "the chance of any false positive in the family"
#define RATE "the expected share of false positives among the positives"

const struct rx_adjustment rx_adjustments[] = {
  { "bonferroni", "Bonferroni", FAMILY, bonferroni, false },
  { "holm", "Holm 1979, step-down", FAMILY, holm, false },
  { "hochberg", "Hochberg 1988, step-up", FAMILY, hochberg, false },
  { "hommel", "Hommel 1988", FAMILY, hommel, false },
  { "bh", "Benjamini & Hochberg 1995", RATE, benjamini_hochberg, false },
  { "by", "Benjamini & Yekutieli 2001", RATE, benjamini_yekutieli, false },
  { "fixed-sequence", "Fixed sequence, tested in the order declared", FAMILY,
    fixed_sequence, true },
  { "fallback", "Wiens 2003, fallback in the order declared, equal weights",
    FAMILY, fallback, true },
  { "max-t", "Westfall & Young 1993, step-down max-T", FAMILY, NULL, false },
};
const size_t rx_n_adjustments
    = sizeof rx_adjustments / sizeof rx_adjustments[0];

const struct rx_adjustment *
rx_adjustment_find (const char *name)
{
  for (size_t i = 0; i < rx_n_adjustments; i++)
    if (strcmp (rx_adjustments[i].name, name) == 0)
      return &rx_adjustments[i];
  return NULL;
}

struct member
{
  double p;
  size_t at;
};

static int
by_p (const void *a, const void *b)
{
  const struct member *x = a, *y = b;
  if (x->p != y->p)
    return (x->p > y->p) - (x->p < y->p);
  return (x->at > y->at) - (x->at < y->at);
}

/* A hypothesis without a p-value cannot be rejected, and nothing is handed on
   from it. */
static enum rx_status
adjust_in_order (const struct rx_adjustment *adjustment, const double *p,
                 size_t n, double *adjusted, struct rx_error *err)
{
  double *known = rx_array (n, sizeof *known);
  if (known == NULL)
    return rx_fail_memory (err);
  for (size_t i = 0; i < n; i++)
    known[i] = isnan (p[i]) ? INFINITY : p[i];
  adjustment->run (known, n, adjusted);
  for (size_t i = 0; i < n; i++)
    if (isnan (p[i]))
      adjusted[i] = NAN;
  free (known);
  return RX_OK;
}

enum rx_status
rx_adjust (const struct rx_adjustment *adjustment, const double *p, size_t n,
           double *adjusted, struct rx_error *err)
{
  if (adjustment->in_order)
    return adjust_in_order (adjustment, p, n, adjusted, err);
  struct member *member = rx_array (n, sizeof *member);
  double *sorted = rx_array (n, 2 * sizeof *sorted);
  size_t m = 0;
  enum rx_status status = RX_OK;
  if (member == NULL || sorted == NULL)
    {
      status = rx_fail_memory (err);
      goto done;
    }
  for (size_t i = 0; i < n; i++)
    {
      adjusted[i] = NAN;
      if (!isnan (p[i]))
        member[m++] = (struct member){ p[i], i };
    }
  qsort (member, m, sizeof *member, by_p);
  for (size_t i = 0; i < m; i++)
    sorted[i] = member[i].p;
  adjustment->run (sorted, m, sorted + m);
  for (size_t i = 0; i < m; i++)
    adjusted[member[i].at] = sorted[m + i];
done:
  free (member);
  free (sorted);
  return status;
}
