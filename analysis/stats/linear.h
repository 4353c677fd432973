/* linear.h: what linear models of grouped data share.

   Rows of one group (subject) are neighbours.  Columns that are combinations
   of earlier ones are left out of the fit; a contrast is tested only where
   the data can estimate it, which does not depend on what was left out. */
#ifndef RX_LINEAR_H
#define RX_LINEAR_H

#include "base/status.h"

struct rx_linear_data
{
  size_t n, p;         /* rows, columns */
  size_t groups;       /* none empty */
  const size_t *first; /* [groups + 1] rows of group g: first[g] up to, not
                          including, first[g + 1] */
  const double *x;     /* [n * p], row by row */
  const double *y;     /* [n] */
};

/* The power of two that brings the largest |y| between 1 and 2, so that
   squares neither overflow nor vanish; dividing by it rounds nothing. */
double rx_linear_unit (const double *y, size_t n);

/* Is a sum of n squared residuals of such y only what rounding left? */
bool rx_linear_is_noise (double squares, size_t n);

/* Columns that can be told apart by the data, from their cross products. */
struct rx_estimable
{
  size_t p, rank;
  size_t *kept; /* [rank] columns in the fit, ascending */
  double *null; /* [(p - rank) * p]: combinations that are zero everywhere */
};

/* `cross` is x'x [p * p]; a column is left out when what the earlier ones do
   not explain of its square is rounding noise beside scale[column] (its own
   square, before anything was taken from it). */
enum rx_status rx_estimable_of (struct rx_estimable *out, const double *cross,
                                const double *scale, size_t p,
                                struct rx_error *err) RX_MUST_USE;
void rx_estimable_free (struct rx_estimable *estimable);

/* Is l'beta, l[p], the same for every solution? */
bool rx_estimable_contrast (const struct rx_estimable *estimable,
                            const double *l);

/* l[q * p] -> the columns kept, out[q * rank].  False when one of the
   contrasts cannot be estimated. */
bool rx_estimable_reduce (const struct rx_estimable *estimable,
                          const double *l, size_t q, double *out);

/* A test of one contrast (t), or of several at once (F): then estimate and
   se are NaN.  NaN throughout where the data cannot tell. */
struct rx_linear_test
{
  bool estimable;
  double estimate, se;
  double df_num, df;
  double statistic, p;
};

/* A test of nothing yet. */
struct rx_linear_test rx_linear_blank (bool estimable);

/* t and F with their p-values, where se and df are above zero; with infinite
   df normal, and chi-squared (df_num times F).  The estimate and se of t are counted in `unit` (see rx_linear_unit); an estimate below
   the last bit of the largest response is 0. */
void rx_linear_t (struct rx_linear_test *test, double unit, double estimate,
                  double se, double df);
void rx_linear_f (struct rx_linear_test *test, double statistic, double df_num,
                  double df);

/* A least-squares fit on the columns kept, in units of the response. */
struct rx_linear_fit
{
  const double *beta;       /* [rank] */
  const double *covariance; /* [rank * rank], to be multiplied by variance */
  double variance, unit, df;
};

/* t (q = 1) or F of the contrasts l[q * p], with these df. */
enum rx_status rx_linear_test_of (const struct rx_estimable *estimable,
                                  const struct rx_linear_fit *fit,
                                  const double *l, size_t q,
                                  struct rx_linear_test *test,
                                  struct rx_error *err) RX_MUST_USE;

/* b' m^-1 b / q for the q estimates b with the covariance m[q * q], which is
   destroyed; NaN when m is singular. */
double rx_linear_wald (const double *b, double *m, size_t q);

#endif /* RX_LINEAR_H */
