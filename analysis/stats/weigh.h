/* weigh.h: studies weighed by the inverse of their variance. */
#ifndef RX_WEIGH_H
#define RX_WEIGH_H

#include <math.h>
#include <stdbool.h>
#include <stddef.h>

/* Reported results: estimates y with variances v > 0, borrowed. */
struct rx_studies
{
  const double *y, *v; /* [k] */
  size_t k;
};

/* A sum that keeps what each addition loses: Neumaier's variant of Kahan's
   (ZAMM 1974;54:39-51).  Starts as {0}. */
struct rx_tally
{
  double total, lost;
};

static inline void
rx_tally_add (struct rx_tally *tally, double x)
{
  double next = tally->total + x;
  if (fabs (tally->total) >= fabs (x))
    tally->lost += (tally->total - next) + x;
  else
    tally->lost += (x - next) + tally->total;
  tally->total = next;
}

static inline double
rx_tally_sum (const struct rx_tally *tally)
{
  return tally->total + tally->lost;
}

/* With weights w = 1 / (v + tau2) and residuals r about the weighted mean. */
struct rx_weighed
{
  double origin; /* estimate of the most precise study: residuals and mean
                    are computed from there, so that an offset costs nothing */
  double mean;   /* weighted mean, counted from the origin */
  double weight; /* sum w */
  double spread; /* sum w - sum w^2 / sum w, the trace of P */
  double q;      /* sum w r^2 */
  double curve;  /* sum w^2 r^2 */
};

/* k = 0 gives NaN. */
struct rx_weighed rx_weigh (struct rx_studies studies, double tau2);

/* Number of the most precise study. */
size_t rx_most_precise (struct rx_studies studies);

/* Are all estimates the same number? */
bool rx_all_equal (const double *x, size_t k);

#endif /* RX_WEIGH_H */
