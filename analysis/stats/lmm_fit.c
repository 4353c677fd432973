/* lmm_fit.c: REML for a random intercept, to the optimum.

   With rows n_g and w_g = 1 / (1 + n_g r) in group g, r = between / within,
   the covariance of a group is within (I + r J) and its inverse (I - r w J) /
   within.  For u, v any two of the columns and the response,

     u' H^-1 v = inside(u, v) + sum over groups of n w mean(u) mean(v)

   where `inside` is the product of distances from the group means: no
   difference of large numbers.  Groups of one size share w, so that their
   means enter as one matrix (a class).  With A = X' H^-1 X, Q the weighted
   sum of squares about the fit and m = n - rank,

     deviance = m log (2 pi Q / m) + sum log (1 + n r) + log |A| + m

   and its first two derivatives in r are written out below (Patterson &
   Thompson, Biometrika 1971;58:545-554; Harville, J Am Stat Assoc
   1977;72:320-338).  Every local minimum between the points of a grid is
   polished by Newton's method inside its bracket, the best is taken, and the
   response is then replaced by its residuals and the last steps repeated, so
   that nothing large is left to cancel.

   To check: complete balanced data without period or sequence effects have
   within = the within-subject mean square and between = (between mean square
   - within) / periods. */
#include "stats/lmm.h"

#include "base/memory.h"
#include "stats/dense.h"
#include "stats/fixed_groups.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum
{
  GRID_FINE = 16,   /* half decades of the ratio from GRID_LOW on */
  GRID_COARSE = 16, /* then whole decades */
  POLISH_MOST = 200,
  ROUNDS = 2 /* of taking residuals and polishing again */
};
static const double GRID_LOW = 1e-4;

/* Where nothing varies within groups: far enough for them to decide alone
   whatever they can, near enough for the rest to be solved for. */
static const double EXACT_RATIO = 1e12;

/* The deviance and its derivatives at one ratio; arrays are workspace. */
struct point
{
  double ratio, deviance, first, second, drift, squares;
  double *a, *inverse, *down, *twice; /* [(rank + 1)^2], see weigh() */
  double *beta, *slope, *product, *other;
};

static bool
point_alloc (struct point *at, size_t rank)
{
  size_t m = rank + 1, square = m * m;
  double *block = rx_array (6 * square + 2 * m, sizeof *block);
  *at = (struct point){ .a = block };
  if (block == NULL)
    return false;
  at->inverse = block + square;
  at->down = block + 2 * square;
  at->twice = block + 3 * square;
  at->product = block + 4 * square;
  at->other = block + 5 * square;
  at->beta = block + 6 * square;
  at->slope = at->beta + m;
  return true;
}

/* a = [X y]' H^-1 [X y]; `down` and `twice` minus its first and half its
   second derivative in the ratio: w' = -n w^2, w'' = 2 n^2 w^3. */
static void
weigh (const struct rx_lmm *fit, struct point *at)
{
  size_t m = fit->estimable.rank + 1, square = m * m;
  memcpy (at->a, fit->inside, square * sizeof *at->a);
  memset (at->down, 0, square * sizeof *at->down);
  memset (at->twice, 0, square * sizeof *at->twice);
  for (size_t c = 0; c < fit->n_classes; c++)
    {
      const struct rx_lmm_class *k = &fit->classes[c];
      double w = 1 / (1 + k->size * at->ratio), nw = k->size * w;
      rx_dense_add (at->a, nw, k->square, square);
      rx_dense_add (at->down, nw * nw, k->square, square);
      rx_dense_add (at->twice, nw * nw * nw, k->square, square);
    }
}

/* The leading block of a matrix that has the response as its last row. */
static void
take_block (const double *from, size_t rank, double *to)
{
  for (size_t i = 0; i < rank; i++)
    memcpy (to + i * rank, from + i * (rank + 1), rank * sizeof *to);
}

/* e' m e for the residual e = y - X beta, m as in take_block. */
static double
residual_form (const double *m, size_t rank, const double *beta)
{
  size_t width = rank + 1;
  double sum = m[width * width - 1];
  for (size_t i = 0; i < rank; i++)
    {
      double row = 0;
      for (size_t j = 0; j < rank; j++)
        row += m[i * width + j] * beta[j];
      sum += beta[i] * (row - 2 * m[i * width + rank]);
    }
  return sum;
}

/* X' m e, the other half of the same. */
static void
residual_slope (const double *m, size_t rank, const double *beta,
                double *slope)
{
  size_t width = rank + 1;
  for (size_t i = 0; i < rank; i++)
    {
      slope[i] = m[i * width + rank];
      for (size_t j = 0; j < rank; j++)
        slope[i] -= m[i * width + j] * beta[j];
    }
}

/* Derivatives of log |H| and of log |A|. */
static void
add_determinants (const struct rx_lmm *fit, struct point *at)
{
  size_t rank = fit->estimable.rank;
  for (size_t c = 0; c < fit->n_classes; c++)
    {
      const struct rx_lmm_class *k = &fit->classes[c];
      double nw = k->size / (1 + k->size * at->ratio);
      at->deviance += k->groups * log1p (k->size * at->ratio);
      at->first += k->groups * nw;
      at->second -= k->groups * nw * nw;
    }
  take_block (at->down, rank, at->other);
  rx_dense_multiply (at->inverse, at->other, rank, rank, rank, at->product);
  for (size_t i = 0; i < rank; i++)
    at->first -= at->product[i * rank + i];
  at->second -= rx_dense_trace (at->product, at->product, rank);
  take_block (at->twice, rank, at->other);
  at->second += 2 * rx_dense_trace (at->inverse, at->other, rank);
}

/* beta and the weighted squares at at->ratio; false when the matrix is not
   positive definite, as far out as the within part is lost beside the
   between part. */
static bool
solve (const struct rx_lmm *fit, struct point *at, double *log_determinant)
{
  size_t rank = fit->estimable.rank, width = rank + 1;
  weigh (fit, at);
  take_block (at->a, rank, at->inverse);
  if (!rx_dense_invert (at->inverse, rank, at->inverse, log_determinant))
    return false;
  for (size_t i = 0; i < rank; i++)
    at->slope[i] = at->a[i * width + rank];
  rx_dense_multiply (at->inverse, at->slope, rank, rank, 1, at->beta);
  at->squares = residual_form (at->a, rank, at->beta);
  return true;
}

/* The deviance and its derivatives at at->ratio, or false. */
static bool
evaluate (const struct rx_lmm *fit, struct point *at)
{
  size_t rank = fit->estimable.rank;
  double m = (double)fit->df_residual, log_determinant;
  if (!solve (fit, at, &log_determinant) || !(at->squares > 0))
    return false;
  /* the minimum over beta moves by its own slope in the second derivative */
  double d1 = -residual_form (at->down, rank, at->beta);
  residual_slope (at->down, rank, at->beta, at->slope);
  double d2 = 2 * residual_form (at->twice, rank, at->beta)
              - 2 * rx_dense_form (at->inverse, rank, at->slope, at->slope);
  d1 /= at->squares;
  d2 /= at->squares;
  at->deviance = m * (log (2 * M_PI * at->squares / m) + 1) + log_determinant;
  at->first = m * d1;
  at->second = m * (d2 - d1 * d1);
  at->drift = d1;
  add_determinants (fit, at);
  return true;
}

/* Newton's method on the first derivative, kept between low (where it is
   negative) and high (positive). */
static bool
polish (const struct rx_lmm *fit, struct point *at, double low, double high)
{
  for (int i = 0; i < POLISH_MOST; i++)
    {
      if (!evaluate (fit, at))
        return false;
      if (at->first == 0)
        return true;
      *(at->first < 0 ? &low : &high) = at->ratio;
      double next = at->ratio - at->first / at->second;
      if (!(next > low && next < high))
        next = low > 0 ? sqrt (low) * sqrt (high) : high / 2;
      if (fabs (next - at->ratio) <= 2 * DBL_EPSILON * at->ratio || next == low
          || next == high)
        return true;
      at->ratio = next;
    }
  return true;
}

static double
grid_ratio (int i)
{
  if (i == 0)
    return 0;
  if (i <= GRID_FINE)
    return GRID_LOW * pow (10, (i - 1) / 2.0);
  return GRID_LOW * pow (10, (GRID_FINE - 1) / 2.0 + (i - GRID_FINE));
}

/* The lowest of all minima: at 0 where the deviance rises from there, and
   where its derivative turns from negative to positive. */
static bool
search (const struct rx_lmm *fit, struct point *at, double *best)
{
  double low = 0, lowest = INFINITY;
  bool was_falling = false;
  for (int i = 0; i <= GRID_FINE + GRID_COARSE; i++)
    {
      double ratio = grid_ratio (i);
      at->ratio = ratio;
      if (!evaluate (fit, at))
        break;
      bool falling = at->first < 0;
      double first_low = low;
      if (i == 0 && !falling)
        {
          lowest = at->deviance;
          *best = 0;
        }
      else if (was_falling && !falling && polish (fit, at, first_low, ratio)
               && at->deviance < lowest)
        {
          lowest = at->deviance;
          *best = at->ratio;
        }
      was_falling = falling;
      low = ratio;
    }
  return lowest < INFINITY;
}

/* ---- From rows to sums ----------------------------------------------------
 */

/* Cross products of all columns, for what can be told apart. */
static enum rx_status
choose_columns (struct rx_lmm *fit, const struct rx_linear_data *d,
                struct rx_error *err)
{
  size_t p = d->p;
  double *cross = rx_array (p * p + p, sizeof *cross);
  if (cross == NULL)
    return rx_fail_memory (err);
  for (size_t i = 0; i < d->n; i++)
    for (size_t j = 0; j < p; j++)
      for (size_t k = 0; k < p; k++)
        cross[j * p + k] += d->x[i * p + j] * d->x[i * p + k];
  for (size_t j = 0; j < p; j++)
    cross[p * p + j] = cross[j * p + j];
  enum rx_status status
      = rx_estimable_of (&fit->estimable, cross, cross + p * p, p, err);
  free (cross);
  return status;
}

static enum rx_status
make_classes (struct rx_lmm *fit, const struct rx_linear_data *d,
              struct rx_error *err)
{
  size_t square = (fit->estimable.rank + 1) * (fit->estimable.rank + 1);
  size_t most = 0;
  for (size_t g = 0; g < d->groups; g++)
    if (d->first[g + 1] - d->first[g] > most)
      most = d->first[g + 1] - d->first[g];
  fit->classes = rx_array (most, sizeof *fit->classes);
  fit->n_classes = fit->classes == NULL ? 0 : most;
  fit->inside = rx_array (square, sizeof *fit->inside);
  fit->beta = rx_array (square, sizeof *fit->beta);
  fit->inverse = rx_array (square, sizeof *fit->inverse);
  if (fit->classes == NULL || fit->inside == NULL || fit->beta == NULL
      || fit->inverse == NULL)
    return rx_fail_memory (err);
  for (size_t c = 0; c < most; c++)
    {
      fit->classes[c].size = (double)c + 1;
      fit->classes[c].square = rx_array (square, sizeof (double));
      if (fit->classes[c].square == NULL)
        return rx_fail_memory (err);
    }
  for (size_t g = 0; g < d->groups; g++)
    fit->classes[d->first[g + 1] - d->first[g] - 1].groups++;
  return RX_OK;
}

/* Column j of the fit in row i, the response (or what is left of it) last. */
static double
value (const struct rx_lmm *fit, const struct rx_linear_data *d,
       const double *left, size_t i, size_t j)
{
  return j < fit->estimable.rank ? d->x[i * d->p + fit->estimable.kept[j]]
                                 : left[i];
}

/* Adds a group's rows; mean and row are workspace of rank + 1. */
static void
add_group (struct rx_lmm *fit, const struct rx_linear_data *d,
           const double *left, size_t g, double *mean, double *row)
{
  size_t width = fit->estimable.rank + 1;
  size_t from = d->first[g], to = d->first[g + 1];
  struct rx_lmm_class *class = &fit->classes[to - from - 1];
  for (size_t j = 0; j < width; j++)
    {
      mean[j] = 0;
      for (size_t i = from; i < to; i++)
        mean[j] += value (fit, d, left, i, j);
      mean[j] /= (double)(to - from);
    }
  for (size_t j = 0; j < width; j++)
    for (size_t k = 0; k < width; k++)
      class->square[j * width + k] += mean[j] * mean[k];
  for (size_t i = from; i < to; i++)
    {
      for (size_t j = 0; j < width; j++)
        row[j] = value (fit, d, left, i, j) - mean[j];
      for (size_t j = 0; j < width; j++)
        for (size_t k = 0; k < width; k++)
          fit->inside[j * width + k] += row[j] * row[k];
    }
}

static void
sum_up (struct rx_lmm *fit, const struct rx_linear_data *d, const double *left,
        double *work)
{
  size_t width = fit->estimable.rank + 1, square = width * width;
  memset (fit->inside, 0, square * sizeof *fit->inside);
  for (size_t c = 0; c < fit->n_classes; c++)
    memset (fit->classes[c].square, 0, square * sizeof (double));
  for (size_t g = 0; g < d->groups; g++)
    add_group (fit, d, left, g, work, work + width);
}

/* Takes `step` from the response and adds it to beta. */
static void
take_out (struct rx_lmm *fit, const struct rx_linear_data *d,
          const double *step, double *left)
{
  size_t rank = fit->estimable.rank;
  rx_dense_add (fit->beta, 1, step, rank);
  for (size_t i = 0; i < d->n; i++)
    for (size_t j = 0; j < rank; j++)
      left[i] -= value (fit, d, left, i, j) * step[j];
}

/* ---- The fit --------------------------------------------------------------
 */

/* The degrees of freedom, and whether anything varies within groups. */
static enum rx_status
look_within (struct rx_lmm *fit, const struct rx_linear_data *d,
             struct rx_error *err)
{
  struct rx_fixed_groups within;
  if (rx_fixed_groups_fit (&within, d, err) != RX_OK)
    return err->status;
  fit->df_within = within.df;
  fit->df_residual
      = d->n > fit->estimable.rank ? d->n - fit->estimable.rank : 0;
  fit->state = within.df == 0                  ? RX_LMM_TOO_FEW
               : within.variance == 0          ? RX_LMM_EXACT
               : within.df == fit->df_residual ? RX_LMM_FLAT
                                               : RX_LMM_FITTED;
  rx_fixed_groups_free (&within);
  return RX_OK;
}

/* beta at a fixed ratio, for the states in which there is none to find. */
static bool
settle (const struct rx_lmm *fit, struct point *at)
{
  double log_determinant;
  if (fit->state == RX_LMM_FLAT)
    {
      at->ratio = 0;
      return evaluate (fit, at);
    }
  at->ratio = EXACT_RATIO;
  return solve (fit, at, &log_determinant);
}

static bool
solve_again (const struct rx_lmm *fit, struct point *at)
{
  if (fit->state != RX_LMM_FITTED)
    return settle (fit, at);
  if (at->ratio == 0)
    return evaluate (fit, at);
  return polish (fit, at, at->ratio / 2, at->ratio * 2);
}

/* The ratio, and beta out of the response until nothing large is left. */
static bool
optimise (struct rx_lmm *fit, const struct rx_linear_data *d, struct point *at,
          double *left, double *work)
{
  double ratio = 0;
  sum_up (fit, d, left, work);
  /* least squares first: its residuals carry the search */
  at->ratio = 0;
  double log_determinant;
  if (!solve (fit, at, &log_determinant))
    return false;
  take_out (fit, d, at->beta, left);
  sum_up (fit, d, left, work);
  if (fit->state == RX_LMM_FITTED && !search (fit, at, &ratio))
    fit->state = RX_LMM_EXACT;
  at->ratio = ratio;
  for (int i = 0; i < ROUNDS; i++)
    {
      if (!solve_again (fit, at))
        return false;
      take_out (fit, d, at->beta, left);
      sum_up (fit, d, left, work);
    }
  return solve_again (fit, at);
}

static void
keep_solution (struct rx_lmm *fit, const struct point *at)
{
  size_t rank = fit->estimable.rank;
  double m = (double)fit->df_residual;
  rx_dense_add (fit->beta, 1, at->beta, rank);
  memcpy (fit->inverse, at->inverse, rank * rank * sizeof *fit->inverse);
  fit->ratio = at->ratio;
  fit->within = at->squares / m;
  if (fit->state == RX_LMM_EXACT)
    {
      fit->within = 0;
      fit->ratio = fit->deviance = fit->score = NAN;
      return;
    }
  if (fit->state == RX_LMM_FITTED && at->ratio == 0)
    fit->state = RX_LMM_SINGULAR;
  fit->deviance = at->deviance + 2 * m * log (fit->unit);
  fit->curvature = at->second;
  fit->drift = at->drift;
  fit->score = at->ratio > 0 ? at->ratio * at->first : at->first;
}

static enum rx_status
fit_columns (struct rx_lmm *fit, const struct rx_linear_data *d,
             struct point *at, struct rx_error *err)
{
  size_t width = fit->estimable.rank + 1;
  double *left = rx_array (d->n + 2 * width, sizeof *left);
  enum rx_status status = RX_OK;
  if (left == NULL)
    return rx_fail_memory (err);
  for (size_t i = 0; i < d->n; i++)
    left[i] = d->y[i] / fit->unit;
  if (optimise (fit, d, at, left, left + d->n))
    keep_solution (fit, at);
  else
    status = rx_fail (err, RX_EINTERNAL,
                      "mixed model: the likelihood has no maximum");
  free (left);
  return status;
}

enum rx_status
rx_lmm_fit (struct rx_lmm *fit, const struct rx_linear_data *data,
            struct rx_error *err)
{
  struct point at = { 0 };
  *fit = (struct rx_lmm){ .n = data->n, .groups = data->groups };
  fit->unit = rx_linear_unit (data->y, data->n);
  enum rx_status status = choose_columns (fit, data, err);
  if (status == RX_OK)
    status = look_within (fit, data, err);
  if (status == RX_OK)
    status = make_classes (fit, data, err);
  if (status == RX_OK && fit->state != RX_LMM_TOO_FEW)
    {
      status = point_alloc (&at, fit->estimable.rank)
                   ? fit_columns (fit, data, &at, err)
                   : rx_fail_memory (err);
      free (at.a);
    }
  if (status != RX_OK)
    rx_lmm_free (fit);
  return status;
}

enum rx_status
rx_lmm_deviance (const struct rx_lmm *fit, double ratio, double *deviance,
                 struct rx_error *err)
{
  struct point at;
  if (!point_alloc (&at, fit->estimable.rank))
    return rx_fail_memory (err);
  at.ratio = ratio;
  *deviance
      = evaluate (fit, &at)
            ? at.deviance + 2 * (double)fit->df_residual * log (fit->unit)
            : NAN;
  free (at.a);
  return RX_OK;
}

void
rx_lmm_free (struct rx_lmm *fit)
{
  for (size_t c = 0; c < fit->n_classes; c++)
    free (fit->classes[c].square);
  free (fit->classes);
  free (fit->inside);
  free (fit->beta);
  free (fit->inverse);
  rx_estimable_free (&fit->estimable);
  *fit = (struct rx_lmm){ 0 };
}
