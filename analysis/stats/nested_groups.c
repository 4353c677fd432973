/* nested_groups.c: strata against groups, groups against what is within them.

   Groups within strata: what the residual sum of squares grows by when the
   groups give way to their strata.  With Z of groups and X of strata and
   columns, the expected mean square has the coefficient
   (n - tr (inv (X'X) X'ZZ'X)) / df of the variance between.

   Strata: the type III hypothesis is that the means of the group effects, each
   group counting alike, are equal in all strata.  A group's effect is its mean
   response less its mean columns times beta, which is independent of beta but
   for that; with C the covariance of the contrasts over the variance within
   and K that of the group effects alone, ss = c' C^-1 c, and the coefficient
   is tr (C^-1 K) / df.  Goodnight, Tests of hypotheses in fixed effects linear
   models, SAS R-101, 1978; Searle, Linear Models 1971, chapter 9.

   By hand: 12, 9 and 15, 13 in AB, 10, 11 and 14, 18 in BA (totals 21, 28, 21,
   32) have the sums of squares (53 - 49)^2 / 8 = 2 between the sequences
   and 24.5 / 2 + 60.5 / 2 = 42.5 for subjects in them, both coefficients 2. */
#include "stats/nested_groups.h"

#include "base/memory.h"
#include "stats/dense.h"
#include "stats/ols.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- Groups within strata -------------------------------------------------
 */

static double
coefficient (const struct rx_linear_data *d, const double *x,
             const struct rx_ols *fit, double *sum)
{
  size_t k = fit->k;
  double trace = (double)d->n;
  for (size_t g = 0; g < d->groups; g++)
    {
      memset (sum, 0, k * sizeof *sum);
      for (size_t i = d->first[g]; i < d->first[g + 1]; i++)
        rx_dense_add (sum, 1, x + i * k, k);
      trace -= rx_dense_form (fit->bread, k, sum, sum);
    }
  return trace;
}

static enum rx_status
line_of_groups (const struct rx_linear_data *d,
                const struct rx_fixed_groups *full, const size_t *stratum,
                size_t n_strata, struct rx_nested_line *out,
                struct rx_error *err)
{
  size_t k = n_strata + d->p;
  struct rx_ols fit;
  double *x = rx_array (d->n, k * sizeof *x), *sum = rx_array (k, sizeof *sum);
  enum rx_status status = RX_OK;
  if (x == NULL || sum == NULL)
    status = rx_fail_memory (err);
  for (size_t g = 0; status == RX_OK && g < d->groups; g++)
    for (size_t i = d->first[g]; i < d->first[g + 1]; i++)
      {
        x[i * k + stratum[g]] = 1;
        memcpy (x + i * k + n_strata, d->x + i * d->p, d->p * sizeof *x);
      }
  if (status == RX_OK)
    status = rx_ols_fit (x, d->y, d->n, k, &fit, err);
  if (status == RX_OK)
    {
      double inside = full->df > 0 ? full->variance * (double)full->df
                                         * full->unit * full->unit
                                   : 0;
      out->df = d->groups + full->estimable.rank - fit.rank;
      out->ss = out->df > 0 ? fmax (fit.rss - inside, 0) : NAN;
      out->between = out->df > 0
                         ? coefficient (d, x, &fit, sum) / (double)out->df
                         : NAN;
      rx_ols_free (&fit);
    }
  free (x);
  free (sum);
  return status;
}

/* ---- Strata ---------------------------------------------------------------
 */

/* Mean over the groups of a stratum. */
struct stratum_mean
{
  double groups;  /* how many */
  double inverse; /* mean of 1 / rows, over groups */
  double y;
  double *x; /* [p] */
};

static void
add_group (const struct rx_linear_data *d, size_t g, double unit,
           struct stratum_mean *m)
{
  double n = (double)(d->first[g + 1] - d->first[g]);
  m->groups++;
  m->inverse += 1 / n;
  for (size_t i = d->first[g]; i < d->first[g + 1]; i++)
    {
      m->y += d->y[i] / unit / n;
      rx_dense_add (m->x, 1 / n, d->x + i * d->p, d->p);
    }
}

static void
close_mean (struct stratum_mean *m, size_t p)
{
  m->inverse /= m->groups;
  m->y /= m->groups;
  for (size_t j = 0; j < p; j++)
    m->x[j] /= m->groups;
}

/* Contrasts of the strata 1.. with stratum 0: estimates b[q], rows l[q * rank]
   of beta in them; false when one cannot be estimated. */
static bool
contrast (const struct rx_fixed_groups *fit, const struct stratum_mean *m,
          size_t q, double *wide, double *b, double *l)
{
  const struct rx_estimable *e = &fit->estimable;
  for (size_t i = 0; i < q; i++)
    {
      for (size_t j = 0; j < e->p; j++)
        wide[j] = m[i + 1].x[j] - m[0].x[j];
      if (!rx_estimable_contrast (e, wide))
        return false;
      b[i] = m[i + 1].y - m[0].y;
      for (size_t k = 0; k < e->rank; k++)
        {
          l[i * e->rank + k] = wide[e->kept[k]];
          b[i] -= wide[e->kept[k]] * fit->beta[k];
        }
    }
  return true;
}

/* ss and its coefficient from the contrasts; c holds q * q, work q * rank. */
static void
combine (const struct rx_fixed_groups *fit, const struct stratum_mean *m,
         size_t q, const double *b, const double *l, double *c, double *work,
         struct rx_nested_line *out)
{
  double log_determinant;
  rx_dense_sandwich (l, fit->inverse, q, fit->estimable.rank, work, c);
  for (size_t i = 0; i < q; i++)
    for (size_t j = 0; j < q; j++)
      c[i * q + j] += m[0].inverse / m[0].groups
                      + (i == j ? m[i + 1].inverse / m[i + 1].groups : 0);
  if (!rx_dense_invert (c, q, c, &log_determinant))
    return;
  out->ss = rx_dense_form (c, q, b, b) * fit->unit * fit->unit;
  out->between = 0;
  for (size_t i = 0; i < q; i++)
    for (size_t j = 0; j < q; j++)
      out->between += c[i * q + j]
                      * (1 / m[0].groups + (i == j ? 1 / m[i + 1].groups : 0))
                      / (double)q;
}

/* Strata without a group are none. */
static enum rx_status
line_of_strata (const struct rx_linear_data *d,
                const struct rx_fixed_groups *fit, const size_t *stratum,
                size_t n_strata, struct rx_nested_line *out,
                struct rx_error *err)
{
  size_t p = d->p, rank = fit->estimable.rank, there = 0;
  struct stratum_mean *m = rx_array (n_strata, sizeof *m);
  double *work
      = rx_array (n_strata * (p + 1 + 2 * rank + n_strata) + p, sizeof *work);
  enum rx_status status = RX_OK;
  *out = (struct rx_nested_line){ NAN, 0, NAN };
  if (m == NULL || work == NULL)
    status = rx_fail_memory (err);
  else
    {
      double *wide = work + n_strata * p, *b = wide + p, *l = b + n_strata;
      double *product = l + n_strata * rank, *c = product + n_strata * rank;
      for (size_t h = 0; h < n_strata; h++)
        m[h].x = work + h * p;
      for (size_t g = 0; g < d->groups; g++)
        add_group (d, g, fit->unit, &m[stratum[g]]);
      for (size_t h = 0; h < n_strata; h++)
        if (m[h].groups > 0)
          {
            m[there] = m[h];
            close_mean (&m[there++], p);
          }
      out->df = there > 0 ? there - 1 : 0;
      if (out->df > 0 && contrast (fit, m, out->df, wide, b, l))
        combine (fit, m, out->df, b, l, c, product, out);
    }
  free (m);
  free (work);
  return status;
}

enum rx_status
rx_nested_groups (const struct rx_linear_data *data,
                  const struct rx_fixed_groups *fit, const size_t *stratum,
                  size_t n_strata, struct rx_nested_line *strata,
                  struct rx_nested_line *groups, struct rx_error *err)
{
  if (line_of_strata (data, fit, stratum, n_strata, strata, err) != RX_OK)
    return err->status;
  return line_of_groups (data, fit, stratum, n_strata, groups, err);
}
