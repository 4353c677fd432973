/* lmm_df.c: tests of the fixed effects of a mixed model.

   With C = within inv (A) the covariance of beta at the variances estimated,
   and for each variance g (1 = between, 2 = within; G1 = J per group, G2 = I)
     U_g  = X' H^-1 G_g H^-1 X        T_gh = X' H^-1 G_g H^-1 G_h H^-1 X
     E_gh = tr (H^-1 G_g H^-1 G_h) - 2 tr (A^-1 T_gh)
            + tr (A^-1 U_g A^-1 U_h)
   the covariance of the variances from the expected information is
   W = 2 within^2 inv (E).

   Kenward & Roger, Biometrics 1997;53:983-997:
     C_A = C + 4 within A^-1 {sum inv(E)_gh (T_gh - U_g A^-1 U_h)} A^-1
     A1  = 2 sum inv(E)_gh tr K_g tr K_h,  A2 = 2 sum inv(E)_gh tr (K_g K_h)
     K_g = inv (l A^-1 l') l A^-1 U_g A^-1 l'
   and from A1, A2 and q contrasts the degrees of freedom and the factor of F
   (section 3 there).  With q = 1 the factor is 1 and df = 2 / A2.  The second
   derivatives of V in the variances are zero here.  SAS's KENWARDROGER takes
   the observed information ("by default, the observed information matrix of
   the covariance parameter estimates is used", SAS/STAT, PROC GLIMMIX, details
   of DDFM=KENWARDROGER) and differs where data are incomplete: with c the
   second derivative of the deviance in r and d = dlog Q/dr, as below, W /
   (2 within^2) is then
     between, between   1/c + 2 r d/c + r^2 (1/m + d^2/c)
     between, within    d/c + r (1/m + d^2/c)
     within, within     1/m + d^2/c
   and at between = 0, where that variance is no longer free, 1/m for within
   alone.

   Satterthwaite (Fai & Cornelius, J Stat Comput Simul 1996;54:363-378, for
   q > 1): df = 2 v^2 / var (v), v = l'C l, from the observed information,
   as in Giesbrecht & Burns, Biometrics 1985;41:477-486.  In the ratio r and
   log within the information has a closed inverse, and
     1 / df = 1 / m + (dlog v/dr + dlog Q/dr)^2 / deviance''(r)
   with m = n - rank and Q the weighted squares, dlog v/dr = l'A^-1 U_1 A^-1 l
   / l'A^-1 l.  At between = 0 it is m.

   Containment: the df left within groups, n - rank [X Z], for contrasts that
   no random effect contains; rank [X Z] - rank X for those between groups.

   To check: complete data of an AB/BA trial give df = N - 2 by all three. */
#include "stats/lmm.h"

#include "base/memory.h"
#include "stats/denominator_df.h"
#include "stats/dense.h"

#include <gsl/gsl_eigen.h>
#include <gsl/gsl_errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Between the SE of a contrast within groups and of one between them, in
   units of the within SD, at the ratio of RX_LMM_EXACT. */
static const double BETWEEN_SE = 1e3;

/* The matrices above, [rank * rank] each, and the inverse of E. */
struct parts
{
  double *u[2], *t[2][2], *work, *other;
  double e[2][2];
};

/* to += factor times the columns' block of a class. */
static void
add_block (double *to, double factor, const double *square, size_t rank)
{
  for (size_t i = 0; i < rank; i++)
    rx_dense_add (to + i * rank, factor, square + i * (rank + 1), rank);
}

static void
add_parts (const struct rx_lmm *fit, struct parts *parts)
{
  size_t rank = fit->estimable.rank;
  add_block (parts->u[1], 1, fit->inside, rank);
  add_block (parts->t[1][1], 1, fit->inside, rank);
  for (size_t c = 0; c < fit->n_classes; c++)
    {
      const struct rx_lmm_class *k = &fit->classes[c];
      double n = k->size, w = 1 / (1 + n * fit->ratio), w3 = w * w * w;
      add_block (parts->u[0], n * n * w * w, k->square, rank);
      add_block (parts->u[1], n * w * w, k->square, rank);
      add_block (parts->t[0][0], n * n * n * w3, k->square, rank);
      add_block (parts->t[0][1], n * n * w3, k->square, rank);
      add_block (parts->t[1][1], n * w3, k->square, rank);
      parts->e[0][0] += k->groups * n * n * w * w;
      parts->e[0][1] += k->groups * n * w * w;
      parts->e[1][1] += k->groups * (n - 1 + w * w);
    }
  memcpy (parts->t[1][0], parts->t[0][1], rank * rank * sizeof (double));
}

/* t[g][h] - u_g A^-1 u_h in place of t; E completed; then E inverted. */
static void
finish_parts (const struct rx_lmm *fit, struct parts *parts)
{
  size_t rank = fit->estimable.rank;
  double (*e)[2] = parts->e;
  for (size_t g = 0; g < 2; g++)
    for (size_t h = 0; h < 2; h++)
      {
        rx_dense_multiply (parts->u[g], fit->inverse, rank, rank, rank,
                           parts->work);
        rx_dense_multiply (parts->work, parts->u[h], rank, rank, rank,
                           parts->other);
        if (g <= h)
          e[g][h] += rx_dense_trace (fit->inverse, parts->other, rank)
                     - 2 * rx_dense_trace (fit->inverse, parts->t[g][h], rank);
        rx_dense_add (parts->t[g][h], -1, parts->other, rank * rank);
      }
  double determinant = e[0][0] * e[1][1] - e[0][1] * e[0][1];
  double first = e[0][0];
  e[0][0] = e[1][1] / determinant;
  e[1][1] = first / determinant;
  e[0][1] = e[1][0] = -e[0][1] / determinant;
}

static bool
parts_alloc (struct parts *parts, size_t rank)
{
  size_t square = rank * rank;
  double *block = rx_array (8 * square, sizeof *block);
  *parts = (struct parts){ .work = block };
  if (block == NULL)
    return false;
  parts->other = block + square;
  parts->u[0] = block + 2 * square;
  parts->u[1] = block + 3 * square;
  for (size_t i = 0; i < 4; i++)
    parts->t[i / 2][i % 2] = block + (4 + i) * square;
  return true;
}

/* Adds Kenward & Roger's correction to cov = inv (A). */
static void
adjust_covariance (const struct rx_lmm *fit, struct parts *parts, double *cov)
{
  size_t rank = fit->estimable.rank, square = rank * rank;
  double *sum = parts->other;
  memset (sum, 0, square * sizeof *sum);
  for (size_t g = 0; g < 2; g++)
    for (size_t h = 0; h < 2; h++)
      rx_dense_add (sum, 4 * parts->e[g][h], parts->t[g][h], square);
  rx_dense_multiply (fit->inverse, sum, rank, rank, rank, parts->work);
  rx_dense_multiply (parts->work, fit->inverse, rank, rank, rank, sum);
  rx_dense_add (cov, 1, sum, square);
}

/* Workspace of one test: contrasts l[q * rank] and what they lead to. */
struct contrasts
{
  size_t q;
  double *l, *b, *m, *k[2], *product, *wide, *covariance;
};

static bool
contrasts_alloc (struct contrasts *c, size_t q, size_t rank)
{
  double *block = rx_array (2 * q * rank + q + 4 * q * q + 2 * rank * rank,
                            sizeof *block);
  *c = (struct contrasts){ .q = q, .l = block };
  if (block == NULL)
    return false;
  c->product = block + q * rank;
  c->b = c->product + q * rank;
  c->m = c->b + q;
  c->k[0] = c->m + q * q;
  c->k[1] = c->k[0] + q * q;
  c->wide = c->k[1] + q * q;
  c->covariance = c->wide + q * q;
  return true;
}

/* A1 and A2. */
static bool
kr_sums (const struct rx_lmm *fit, struct parts *parts, struct contrasts *c,
         double *a1, double *a2)
{
  size_t rank = fit->estimable.rank, q = c->q;
  double log_determinant, trace[2] = { 0, 0 };
  rx_dense_sandwich (c->l, fit->inverse, q, rank, c->product, c->m);
  if (!rx_dense_invert (c->m, q, c->m, &log_determinant))
    return false;
  for (size_t g = 0; g < 2; g++)
    {
      rx_dense_multiply (fit->inverse, parts->u[g], rank, rank, rank,
                         parts->work);
      rx_dense_multiply (parts->work, fit->inverse, rank, rank, rank,
                         parts->other);
      rx_dense_sandwich (c->l, parts->other, q, rank, c->product, c->wide);
      rx_dense_multiply (c->m, c->wide, q, q, q, c->k[g]);
      for (size_t i = 0; i < q; i++)
        trace[g] += c->k[g][i * q + i];
    }
  *a1 = *a2 = 0;
  for (size_t g = 0; g < 2; g++)
    for (size_t h = 0; h < 2; h++)
      {
        *a1 += 2 * parts->e[g][h] * trace[g] * trace[h];
        *a2 += 2 * parts->e[g][h] * rx_dense_trace (c->k[g], c->k[h], q);
      }
  return true;
}

static void
kr_finish (const struct rx_lmm *fit, struct parts *parts, struct contrasts *c,
           struct rx_linear_test *test)
{
  size_t rank = fit->estimable.rank, q = c->q;
  double a1, a2, df, factor;
  if (!kr_sums (fit, parts, c, &a1, &a2))
    return;
  memcpy (c->covariance, fit->inverse, rank * rank * sizeof (double));
  adjust_covariance (fit, parts, c->covariance);
  rx_dense_multiply (c->l, fit->beta, q, rank, 1, c->b);
  rx_dense_sandwich (c->l, c->covariance, q, rank, c->product, c->m);
  if (q == 1)
    {
      rx_linear_t (test, fit->unit, c->b[0], sqrt (fit->within * c->m[0]),
                   rx_df_whole (2 / a2));
      return;
    }
  rx_df_kr (a1, a2, (double)q, &df, &factor);
  rx_linear_f (test, factor * rx_linear_wald (c->b, c->m, q) / fit->within,
               (double)q, rx_df_whole (df));
}

/* The test with the covariance as it is and one df for all. */
static enum rx_status
plain_test (const struct rx_lmm *fit, double df, const double *l, size_t q,
            struct rx_linear_test *test, struct rx_error *err)
{
  return rx_linear_test_of (&fit->estimable,
                            &(struct rx_linear_fit){ fit->beta, fit->inverse,
                                                     fit->within, fit->unit,
                                                     df },
                            l, q, test, err);
}

/* Nothing fitted: nothing to say but whether it could be estimated. */
static bool
is_fitted (const struct rx_lmm *fit)
{
  return fit->state == RX_LMM_FITTED || fit->state == RX_LMM_SINGULAR;
}

/* Without a within variance the SE of what is compared within groups is 0;
   what is compared between them has a covariance as large as the ratio, and
   no SE. */
static enum rx_status
test_exact (const struct rx_lmm *fit, const double *l, size_t q,
            struct rx_linear_test *test, struct rx_error *err)
{
  const struct rx_linear_fit units
      = { fit->beta, fit->inverse, 1, fit->unit, NAN };
  if (rx_linear_test_of (&fit->estimable, &units, l, q, test, err) != RX_OK)
    return err->status;
  if (q == 1)
    test->se = test->se / fit->unit < BETWEEN_SE ? 0 : NAN;
  return RX_OK;
}

static enum rx_status
test_unfitted (const struct rx_lmm *fit, const double *l, size_t q,
               struct rx_linear_test *test, struct rx_error *err)
{
  if (fit->state == RX_LMM_FLAT)
    return plain_test (fit, (double)fit->df_residual, l, q, test, err);
  if (fit->state == RX_LMM_EXACT)
    return test_exact (fit, l, q, test, err);
  *test = rx_linear_blank (true);
  for (size_t i = 0; i < q; i++)
    test->estimable
        = test->estimable
          && rx_estimable_contrast (&fit->estimable, l + i * fit->estimable.p);
  return RX_OK;
}

/* The observed information in place of the inverse of E. */
static void
observe (const struct rx_lmm *fit, double e[2][2])
{
  double within = 1 / (double)fit->df_residual, r = fit->ratio;
  e[0][0] = e[0][1] = e[1][0] = 0;
  if (fit->state == RX_LMM_FITTED)
    {
      double c = fit->curvature, d = fit->drift;
      within += d * d / c;
      e[0][0] = 1 / c + 2 * r * d / c + r * r * within;
      e[0][1] = e[1][0] = d / c + r * within;
    }
  e[1][1] = within;
}

static enum rx_status
test_kr (const struct rx_lmm *fit, bool observed, const double *l, size_t q,
         struct rx_linear_test *test, struct rx_error *err)
{
  struct parts parts = { 0 };
  struct contrasts c = { 0 };
  enum rx_status status = RX_OK;
  if (!is_fitted (fit))
    return test_unfitted (fit, l, q, test, err);
  if (!parts_alloc (&parts, fit->estimable.rank)
      || !contrasts_alloc (&c, q, fit->estimable.rank))
    status = rx_fail_memory (err);
  else
    {
      *test
          = rx_linear_blank (rx_estimable_reduce (&fit->estimable, l, q, c.l));
      add_parts (fit, &parts);
      finish_parts (fit, &parts);
      if (observed)
        observe (fit, parts.e);
      if (test->estimable)
        kr_finish (fit, &parts, &c, test);
    }
  free (parts.work);
  free (c.l);
  return status;
}

enum rx_status
rx_lmm_kr (const struct rx_lmm *fit, const double *l, size_t q,
           struct rx_linear_test *test, struct rx_error *err)
{
  return test_kr (fit, false, l, q, test, err);
}

enum rx_status
rx_lmm_kr_observed (const struct rx_lmm *fit, const double *l, size_t q,
                    struct rx_linear_test *test, struct rx_error *err)
{
  return test_kr (fit, true, l, q, test, err);
}

/* df of one contrast l[rank]; u1 is U_1 and work holds 2 rank. */
static double
satterthwaite_df (const struct rx_lmm *fit, const double *u1, const double *l,
                  double *work)
{
  size_t rank = fit->estimable.rank;
  double m = (double)fit->df_residual;
  if (fit->state == RX_LMM_SINGULAR)
    return m;
  rx_dense_multiply (fit->inverse, l, rank, rank, 1, work);
  double change = rx_dense_form (u1, rank, work, work)
                  / rx_dense_form (fit->inverse, rank, l, l);
  double slope = change + fit->drift;
  return rx_df_whole (1 / (1 / m + slope * slope / fit->curvature));
}

/* F from contrasts made independent: the eigenvectors of their covariance. */
static bool
satterthwaite_f (const struct rx_lmm *fit, const double *u1,
                 struct contrasts *c, double *work,
                 struct rx_linear_test *test)
{
  size_t rank = fit->estimable.rank, q = c->q;
  gsl_matrix_view m = gsl_matrix_view_array (c->m, q, q);
  gsl_matrix_view vectors = gsl_matrix_view_array (c->k[0], q, q);
  gsl_vector_view values = gsl_vector_view_array (c->wide, q);
  double *df = c->k[1], statistic = 0;
  gsl_eigen_symmv_workspace *space = gsl_eigen_symmv_alloc (q);
  if (space == NULL)
    return false;
  int code
      = gsl_eigen_symmv (&m.matrix, &values.vector, &vectors.matrix, space);
  gsl_eigen_symmv_free (space);
  for (size_t i = 0; i < q; i++)
    {
      double *part = c->product;
      memset (part, 0, rank * sizeof *part);
      for (size_t j = 0; j < q; j++)
        rx_dense_add (part, c->k[0][j * q + i], c->l + j * rank, rank);
      double b = 0;
      for (size_t k = 0; k < rank; k++)
        b += part[k] * fit->beta[k];
      statistic += b * b / c->wide[i] / (double)q;
      df[i] = satterthwaite_df (fit, u1, part, work);
    }
  if (code == GSL_SUCCESS)
    rx_linear_f (test, statistic / fit->within, (double)q,
                 rx_df_whole (rx_df_pool (df, q)));
  return true;
}

enum rx_status
rx_lmm_satterthwaite (const struct rx_lmm *fit, const double *l, size_t q,
                      struct rx_linear_test *test, struct rx_error *err)
{
  struct parts parts = { 0 };
  struct contrasts c = { 0 };
  size_t rank = fit->estimable.rank;
  if (!is_fitted (fit))
    return test_unfitted (fit, l, q, test, err);
  bool ok = parts_alloc (&parts, rank) && contrasts_alloc (&c, q, rank);
  if (ok)
    {
      *test
          = rx_linear_blank (rx_estimable_reduce (&fit->estimable, l, q, c.l));
      add_parts (fit, &parts);
      rx_dense_multiply (c.l, fit->beta, q, rank, 1, c.b);
      rx_dense_sandwich (c.l, fit->inverse, q, rank, c.product, c.m);
    }
  if (ok && test->estimable && q > 1)
    ok = satterthwaite_f (fit, parts.u[0], &c, parts.work, test);
  else if (ok && test->estimable)
    rx_linear_t (test, fit->unit, c.b[0], sqrt (fit->within * c.m[0]),
                 satterthwaite_df (fit, parts.u[0], c.l, parts.work));
  free (parts.work);
  free (c.l);
  return ok ? RX_OK : rx_fail_memory (err);
}

enum rx_status
rx_lmm_containment (const struct rx_lmm *fit, const double *l, size_t q,
                    struct rx_linear_test *test, struct rx_error *err)
{
  if (!is_fitted (fit))
    return test_unfitted (fit, l, q, test, err);
  return plain_test (fit, (double)fit->df_within, l, q, test, err);
}

enum rx_status
rx_lmm_containment_between (const struct rx_lmm *fit, const double *l,
                            size_t q, struct rx_linear_test *test,
                            struct rx_error *err)
{
  if (!is_fitted (fit))
    return test_unfitted (fit, l, q, test, err);
  return plain_test (fit, (double)(fit->df_residual - fit->df_within), l, q,
                     test, err);
}
