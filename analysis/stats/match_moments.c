/* match_moments.c: normal draws u, v are projected: off the groups' means, v
   off u, each to length 1 (twice, since the first time leaves what cancelled).
   With W the wanted scatter and its Cholesky factor L,

     x = mean + L11 u,   y = mean + L21 u + L22 v

   have exactly the scatter W = L L' and the means (Ripley 1987, Stochastic
   Simulation, section 4.1, with the sample moments in place of the
   population's; MASS::mvrnorm with empirical = TRUE does the same). */
#include "stats/match_moments.h"

#include "base/memory.h"
#include "stats/moments.h"
#include "stats/normal_draw.h"

#include <math.h>
#include <stdlib.h>

/* A determinant below this part of xx yy counts as none: r = 1. */
static const double SINGULAR = 1e-12;

enum
{
  PASSES = 3 /* of the projection */
};

static size_t
persons (const struct rx_match_pairs *p)
{
  size_t n = 0;
  for (size_t g = 0; g < p->groups; g++)
    n += p->n[g];
  return n;
}

struct factor
{
  double l11, l21, l22;
};

static struct factor
cholesky (const struct rx_match_pairs *p)
{
  struct factor l = { sqrt (p->xx), 0, 0 };
  if (!(p->xx > 0))
    {
      /* u alone serves y */
      l.l21 = sqrt (p->yy);
      return l;
    }
  double left = p->yy - p->xy * p->xy / p->xx;
  l.l21 = p->xy / l.l11;
  l.l22 = left > SINGULAR * p->yy ? sqrt (left) : 0;
  return l;
}

bool
rx_match_possible (const struct rx_match_pairs *p)
{
  size_t n = persons (p);
  if (!(p->xx >= 0) || !(p->yy >= 0)
      || !(p->xy * p->xy <= p->xx * p->yy * (1 + SINGULAR)))
    return false;
  struct factor l = cholesky (p);
  size_t rank = (size_t)(l.l11 > 0 || l.l21 > 0) + (size_t)(l.l22 > 0);
  return n >= p->groups && n - p->groups >= rank;
}

/* Takes the mean of each group away. */
static void
centre (size_t groups, const size_t *n, double *x)
{
  for (size_t g = 0; g < groups; g++)
    {
      double mean = n[g] > 0 ? rx_sum (x, n[g]) / (double)n[g] : 0;
      for (size_t i = 0; i < n[g]; i++)
        x[i] -= mean;
      x += n[g];
    }
}

static double
product (const double *x, const double *y, size_t n)
{
  double sum = 0;
  for (size_t i = 0; i < n; i++)
    sum += x[i] * y[i];
  return sum;
}

/* u to mean 0 in each group, off v (or NULL), and to length 1. */
static void
project (size_t groups, const size_t *n, size_t total, const double *v,
         double *u)
{
  for (int pass = 0; pass < PASSES; pass++)
    {
      centre (groups, n, u);
      double along = v != NULL ? product (u, v, total) : 0;
      for (size_t i = 0; i < total; i++)
        u[i] -= v != NULL ? along * v[i] : 0;
      double length = sqrt (product (u, u, total));
      for (size_t i = 0; i < total && length > 0; i++)
        u[i] /= length;
    }
}

enum rx_status
rx_match_pairs_draw (const struct rx_match_pairs *p, struct rx_random *random,
                     double *x, double *y, struct rx_error *err)
{
  size_t total = persons (p), i = 0;
  double *u = rx_array (total, sizeof *u), *v = rx_array (total, sizeof *v);
  if (u == NULL || v == NULL)
    {
      free (u);
      free (v);
      return rx_fail_memory (err);
    }
  struct factor l = cholesky (p);
  for (size_t k = 0; k < total; k++)
    {
      u[k] = rx_normal_draw (random);
      v[k] = rx_normal_draw (random);
    }
  project (p->groups, p->n, total, NULL, u);
  if (l.l22 > 0)
    project (p->groups, p->n, total, u, v);
  for (size_t g = 0; g < p->groups; g++)
    for (size_t k = 0; k < p->n[g]; k++, i++)
      {
        x[i] = p->mean_x[g] + l.l11 * u[i];
        y[i] = p->mean_y[g] + l.l21 * u[i] + l.l22 * v[i];
      }
  free (u);
  free (v);
  return RX_OK;
}

void
rx_match_sample_draw (size_t n, double mean, double sd,
                      struct rx_random *random, double *x)
{
  for (size_t i = 0; i < n; i++)
    x[i] = rx_normal_draw (random);
  project (1, &n, n, NULL, x);
  double length = n > 1 ? sd * sqrt ((double)n - 1) : 0;
  for (size_t i = 0; i < n; i++)
    x[i] = mean + length * x[i];
}
