/* lmm_blocks_df.c: tests of the fixed effects where variances differ by kind.

   With C the covariance of beta, U_k as in lmm_blocks.c and W the covariance
   of the natural parameters, for a contrast l:

   Satterthwaite (Giesbrecht & Burns, Biometrics 1985;41:477-486; Fai &
   Cornelius, J Stat Comput Simul 1996;54:363-378): df = 2 v^2 / (g'W g),
   v = l'C l, g_k = l'C U_k C l, W from the observed information of the
   parameters that are not on the border.

   Kenward & Roger, Biometrics 1997;53:983-997: the covariance is
   C + 2 C {sum W_kl (T_kl - U_k C U_l)} C; V is linear in the natural
   parameters, so that its second derivatives are zero.  K_k = inv (l C l')
   l C U_k C l', A1 = sum W_kl tr K_k tr K_l, A2 = sum W_kl tr (K_k K_l).

   To check: one kind gives the numbers of lmm_df.c. */
#include "stats/lmm_blocks.h"

#include "base/memory.h"
#include "stats/denominator_df.h"
#include "stats/dense.h"

#include <gsl/gsl_eigen.h>
#include <gsl/gsl_errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Workspace of one test of q contrasts. */
struct contrasts
{
  size_t q, rank;
  double *l, *lc, *b, *m, *product, *cu, *k; /* k: [naturals][q * q] */
};

static bool
contrasts_alloc (struct contrasts *c, const struct rx_blocks *fit, size_t q)
{
  size_t rank = fit->start.estimable.rank;
  size_t room = 3 * q * rank + q + q * q + rank * rank + fit->n_natural * q * q
                + 2 * q * q + 2 * rank;
  *c = (struct contrasts){ .q = q, .rank = rank };
  c->l = rx_array (room, sizeof *c->l);
  if (c->l == NULL)
    return false;
  c->lc = c->l + q * rank;
  c->product = c->lc + q * rank;
  c->b = c->product + q * rank;
  c->m = c->b + q;
  c->cu = c->m + q * q;
  c->k = c->cu + rank * rank + 2 * rank;
  return true;
}

static bool
is_fitted (const struct rx_blocks *fit)
{
  return fit->state == RX_LMM_FITTED || fit->state == RX_LMM_SINGULAR;
}

/* Nothing fitted: nothing to say but whether it could be estimated. */
static enum rx_status
test_unfitted (const struct rx_blocks *fit, const double *l, size_t q,
               struct rx_linear_test *test)
{
  const struct rx_estimable *e = &fit->start.estimable;
  *test = rx_linear_blank (true);
  for (size_t i = 0; i < q; i++)
    test->estimable
        = test->estimable && rx_estimable_contrast (e, l + i * e->p);
  return RX_OK;
}

/* l C U_k C l' for l[q * rank]; product holds q * rank. */
static void
derivative (const struct rx_blocks *fit, size_t k, const double *l, size_t q,
            double *lc, double *product, double *out)
{
  size_t rank = fit->start.estimable.rank;
  rx_dense_multiply (l, fit->covariance, q, rank, rank, lc);
  rx_dense_sandwich (lc, fit->u + k * rank * rank, q, rank, product, out);
}

/* df of one contrast l[rank]; work holds 2 rank. */
static double
satterthwaite_df (const struct rx_blocks *fit, const double *l, double *work,
                  double *slope)
{
  size_t rank = fit->start.estimable.rank;
  double v = rx_dense_form (fit->covariance, rank, l, l);
  for (size_t k = 0; k < fit->n_natural; k++)
    derivative (fit, k, l, 1, work, work + rank, slope + k);
  double variance
      = rx_dense_form (fit->observed.covariance, fit->n_natural, slope, slope);
  return rx_df_whole (2 * v * v / variance);
}

/* F from contrasts made independent: the eigenvectors of their covariance. */
static bool
satterthwaite_f (const struct rx_blocks *fit, struct contrasts *c,
                 struct rx_linear_test *test)
{
  size_t rank = c->rank, q = c->q;
  double *room
      = rx_array (q * q + 2 * q + rank + fit->n_natural, sizeof *room);
  gsl_eigen_symmv_workspace *space = gsl_eigen_symmv_alloc (q);
  bool ok = room != NULL && space != NULL;
  if (ok)
    {
      double *vectors = room, *values = vectors + q * q, *df = values + q;
      double *part = df + q, *slope = part + rank, statistic = 0;
      gsl_matrix_view m = gsl_matrix_view_array (c->m, q, q);
      gsl_matrix_view v = gsl_matrix_view_array (vectors, q, q);
      gsl_vector_view w = gsl_vector_view_array (values, q);
      ok = gsl_eigen_symmv (&m.matrix, &w.vector, &v.matrix, space)
           == GSL_SUCCESS;
      for (size_t i = 0; i < q; i++)
        {
          double b = 0;
          memset (part, 0, rank * sizeof *part);
          for (size_t j = 0; j < q; j++)
            rx_dense_add (part, vectors[j * q + i], c->l + j * rank, rank);
          for (size_t k = 0; k < rank; k++)
            b += part[k] * fit->beta[k];
          statistic += b * b / values[i] / (double)q;
          df[i] = satterthwaite_df (fit, part, c->cu, slope);
        }
      if (ok)
        rx_linear_f (test, statistic, (double)q,
                     rx_df_whole (rx_df_pool (df, q)));
    }
  if (space != NULL)
    gsl_eigen_symmv_free (space);
  free (room);
  return ok;
}

/* The contrasts on the columns kept, their estimates and covariance C. */
static void
open_contrasts (const struct rx_blocks *fit, struct contrasts *c)
{
  rx_dense_multiply (c->l, fit->beta, c->q, c->rank, 1, c->b);
  rx_dense_sandwich (c->l, fit->covariance, c->q, c->rank, c->product, c->m);
}

enum rx_status
rx_blocks_satterthwaite (const struct rx_blocks *fit, const double *l,
                         size_t q, struct rx_linear_test *test,
                         struct rx_error *err)
{
  struct contrasts c;
  if (!is_fitted (fit))
    return test_unfitted (fit, l, q, test);
  if (!contrasts_alloc (&c, fit, q))
    return rx_fail_memory (err);
  bool ok = true;
  *test = rx_linear_blank (
      rx_estimable_reduce (&fit->start.estimable, l, q, c.l));
  if (test->estimable)
    {
      open_contrasts (fit, &c);
      if (q > 1)
        ok = satterthwaite_f (fit, &c, test);
      else
        rx_linear_t (test, fit->unit, c.b[0], sqrt (c.m[0]),
                     satterthwaite_df (fit, c.l, c.cu, c.k));
    }
  free (c.l);
  return ok ? RX_OK : rx_fail_memory (err);
}

/* A1 and A2. */
static bool
kr_sums (const struct rx_blocks *fit, const double *w, struct contrasts *c,
         double *a1, double *a2)
{
  size_t q = c->q, n = fit->n_natural;
  double log_determinant, *wide = c->k + n * q * q;
  if (!rx_dense_invert (c->m, q, c->m, &log_determinant))
    return false;
  for (size_t k = 0; k < n; k++)
    {
      derivative (fit, k, c->l, q, c->lc, c->product, wide);
      rx_dense_multiply (c->m, wide, q, q, q, c->k + k * q * q);
    }
  *a1 = *a2 = 0;
  for (size_t k = 0; k < n; k++)
    for (size_t j = 0; j < n; j++)
      {
        const double *one = c->k + k * q * q, *other = c->k + j * q * q;
        double first = 0, second = 0;
        for (size_t i = 0; i < q; i++)
          {
            first += one[i * q + i];
            second += other[i * q + i];
          }
        *a1 += w[k * n + j] * first * second;
        *a2 += w[k * n + j] * rx_dense_trace (one, other, q);
      }
  return true;
}

static enum rx_status
test_kr (const struct rx_blocks *fit,
         const struct rx_blocks_information *information, const double *l,
         size_t q, struct rx_linear_test *test, struct rx_error *err)
{
  struct contrasts c;
  double a1, a2, df, factor;
  if (!is_fitted (fit))
    return test_unfitted (fit, l, q, test);
  if (!contrasts_alloc (&c, fit, q))
    return rx_fail_memory (err);
  *test = rx_linear_blank (
      rx_estimable_reduce (&fit->start.estimable, l, q, c.l));
  if (test->estimable)
    open_contrasts (fit, &c);
  if (test->estimable && kr_sums (fit, information->covariance, &c, &a1, &a2))
    {
      size_t square = c.rank * c.rank;
      memcpy (c.cu, fit->covariance, square * sizeof *c.cu);
      rx_dense_add (c.cu, 1, information->addition, square);
      rx_dense_sandwich (c.l, c.cu, q, c.rank, c.product, c.m);
      if (q == 1)
        rx_linear_t (test, fit->unit, c.b[0], sqrt (c.m[0]),
                     rx_df_whole (2 / a2));
      else
        {
          rx_df_kr (a1, a2, (double)q, &df, &factor);
          rx_linear_f (test, factor * rx_linear_wald (c.b, c.m, q), (double)q,
                       rx_df_whole (df));
        }
    }
  free (c.l);
  return RX_OK;
}

enum rx_status
rx_blocks_kr (const struct rx_blocks *fit, const double *l, size_t q,
              struct rx_linear_test *test, struct rx_error *err)
{
  return test_kr (fit, &fit->expected, l, q, test, err);
}

enum rx_status
rx_blocks_kr_observed (const struct rx_blocks *fit, const double *l, size_t q,
                       struct rx_linear_test *test, struct rx_error *err)
{
  return test_kr (fit, &fit->observed, l, q, test, err);
}

/* The test with the covariance as it is and one df for all. */
static enum rx_status
plain_test (const struct rx_blocks *fit, size_t df, const double *l, size_t q,
            struct rx_linear_test *test, struct rx_error *err)
{
  if (!is_fitted (fit))
    return test_unfitted (fit, l, q, test);
  return rx_linear_test_of (&fit->start.estimable,
                            &(struct rx_linear_fit){ fit->beta,
                                                     fit->covariance, 1,
                                                     fit->unit, (double)df },
                            l, q, test, err);
}

enum rx_status
rx_blocks_containment (const struct rx_blocks *fit, const double *l, size_t q,
                       struct rx_linear_test *test, struct rx_error *err)
{
  return plain_test (fit, fit->start.df_within, l, q, test, err);
}

enum rx_status
rx_blocks_containment_between (const struct rx_blocks *fit, const double *l,
                               size_t q, struct rx_linear_test *test,
                               struct rx_error *err)
{
  return plain_test (fit, fit->start.df_residual - fit->start.df_within, l, q,
                     test, err);
}
