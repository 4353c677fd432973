/* lmm_blocks.c: REML with a dense covariance block per group, to the optimum.

   V is the sum of s_k G_k over the natural parameters s, every G_k a block of
   zeros and ones.  With A = X' V^-1 X, e = y - X beta, f = V^-1 e and

     U_k = X' V^-1 G_k V^-1 X,  c_k = X' V^-1 G_k f,  P the usual projection

   the deviance is log |V| + log |A| + e'f + (n - rank) log 2 pi, and

     slope in s_k       tr (P G_k) - f' G_k f
     second derivative  2 (f' G_k V^-1 G_l f - c_k' A^-1 c_l) - tr (P G_k P
   G_l) its expectation    tr (P G_k P G_l)

   (Harville, J Am Stat Assoc 1977;72:320-338), all of them sums over groups.
   The search is in L and d, G = L L' and within = d^2, with L lower
   trapezoidal: this keeps the border (a correlation of 1, a variance of 0)
   within reach as a point where the slope vanishes, as with SAS's type=FA0.
   Newton's method with the absolute eigenvalues of the second derivative and
   a line search starts from several points; the best end is taken, rows and
   columns of L are put in the order of its pivots, what is zero is fixed
   there, and the last steps are repeated on residuals.

   To check: complete AB/BA data with G of kinds have variances and covariance
   that are those pooled over the sequences; with an intercept, between is that
   covariance and within what the variances have above it. */
#include "stats/lmm_blocks.h"

#include "base/memory.h"
#include "stats/dense.h"

#include <float.h>
#include <gsl/gsl_eigen.h>
#include <gsl/gsl_errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum
{
  STEPS_MOST = 200, /* of Newton's method from one start */
  HALVINGS_MOST = 40,
  POLISH_STEPS = 6, /* at the end, without a line search */
  ROUNDS = 2        /* of taking residuals and polishing */
};

/* Of the unit, which is near the within SD: below that, L or d is zero. */
static const double ZERO_SD = 1e-6;

/* Expected decrease of the deviance at which the search ends. */
static const double DECREASE = 1e-18;

/* Of the largest eigenvalue: directions that the likelihood does not see. */
static const double FLAT_DIRECTION = 1e-10;

/* Of a slope in units of its standard error, and of an eigenvalue of the
   second derivative, scaled to a unit diagonal: what a maximum has at most and
   at least. */
static const double MOST_SLOPE = 1e-5, LEAST_CURVATURE = -1e-6;

/* Longest step of a parameter, in the unit. */
static const double LONGEST_STEP = 2;

/* Correlations of the kinds, and parts of the within variance that start
   between groups, from which the search sets out. */
static const struct
{
  double correlation, between, within;
} starts[] = { { 0.8, 1, 1 }, { 0.2, 1, 1 }, { 0.95, 0.1, 2 } };

/* ---- The parameters -------------------------------------------------------
 */

static const size_t ABSENT = (size_t)-1;

/* One of the parameters searched for: an element of L, or a d. */
struct parameter
{
  bool is_within;
  size_t row, column; /* of L; or the kind in row */
};

struct search
{
  const struct rx_blocks_data *data;
  const struct rx_estimable *estimable;
  size_t rank, kinds, dims, naturals, n;
  size_t *within_at;           /* [kinds] natural parameter, or ABSENT */
  struct parameter *parameter; /* [n] */
  double *left;                /* response less what beta explains, in units
                                  of the fit */
  double *value;               /* [n] of the parameters */
  double *natural;             /* [naturals] */
  /* at `value` */
  double deviance;
  double *beta, *inverse;     /* of the residual response */
  double *slope;              /* [naturals] */
  double *second, *expected;  /* [naturals^2] */
  double *u;                  /* [naturals][rank^2] */
  double *gradient, *hessian; /* in the parameters */
  double *work;               /* see work_size */
  size_t largest;             /* rows of the largest group */
  double *trial, *step, *vectors, *values;
};

/* Natural parameter of the element (a, b) of G. */
static size_t
element (size_t a, size_t b)
{
  return a >= b ? a * (a + 1) / 2 + b : b * (b + 1) / 2 + a;
}

/* Natural parameters of the covariance of two rows, or of a row with itself;
   the second is ABSENT where there is one only. */
static void
parts_of (const struct search *s, size_t row, size_t other, size_t part[2])
{
  const size_t *kind = s->data->kind;
  bool by_kind = s->data->random == RX_BLOCKS_BY_KIND;
  part[0] = by_kind ? element (kind[row], kind[other]) : 0;
  part[1] = row == other ? s->within_at[kind[row]] : ABSENT;
}

static void
to_natural (const struct search *s, const double *value, double *natural)
{
  memset (natural, 0, s->naturals * sizeof *natural);
  for (size_t i = 0; i < s->n; i++)
    {
      const struct parameter *p = &s->parameter[i];
      if (p->is_within)
        natural[s->within_at[p->row]] = value[i] * value[i];
      for (size_t j = 0; !p->is_within && j < s->n; j++)
        {
          const struct parameter *q = &s->parameter[j];
          if (!q->is_within && q->column == p->column && q->row <= p->row)
            natural[element (p->row, q->row)] += value[i] * value[j];
        }
    }
}

/* d natural / d parameter i, for all natural parameters. */
static void
natural_slope (const struct search *s, size_t i, double *out)
{
  const struct parameter *p = &s->parameter[i];
  memset (out, 0, s->naturals * sizeof *out);
  if (p->is_within)
    {
      out[s->within_at[p->row]] = 2 * s->value[i];
      return;
    }
  for (size_t j = 0; j < s->n; j++)
    {
      const struct parameter *q = &s->parameter[j];
      if (!q->is_within && q->column == p->column)
        out[element (p->row, q->row)] += (i == j ? 2 : 1) * s->value[j];
    }
}

/* Slope of the deviance times the second derivative of the natural parameters
   in the parameters i and j. */
static double
bend (const struct search *s, size_t i, size_t j)
{
  const struct parameter *p = &s->parameter[i], *q = &s->parameter[j];
  if (p->is_within != q->is_within)
    return 0;
  if (p->is_within)
    return i == j ? 2 * s->slope[s->within_at[p->row]] : 0;
  if (p->column != q->column)
    return 0;
  return (i == j ? 2 : 1) * s->slope[element (p->row, q->row)];
}

/* From the natural slope and second derivative to those in the parameters;
   jacobian[n * naturals] is filled too. */
static void
chain (struct search *s, double *jacobian, double *product)
{
  size_t n = s->n, m = s->naturals;
  for (size_t i = 0; i < n; i++)
    {
      natural_slope (s, i, jacobian + i * m);
      s->gradient[i] = 0;
      for (size_t k = 0; k < m; k++)
        s->gradient[i] += jacobian[i * m + k] * s->slope[k];
    }
  rx_dense_sandwich (jacobian, s->second, n, m, product, s->hessian);
  for (size_t i = 0; i < n; i++)
    for (size_t j = 0; j < n; j++)
      s->hessian[i * n + j] += bend (s, i, j);
}

/* ---- The deviance ---------------------------------------------------------
 */

/* What a group needs; m rows. */
struct block
{
  size_t from, m;
  double *v;     /* [m * m] V, then its inverse */
  double *z;     /* [m * (rank + 1)] columns kept, the response last */
  double *wz;    /* V^-1 z */
  double *hat;   /* [m * m] wx inv (A) wx' */
  double *f;     /* [m] */
  double *g;     /* [naturals][m * m] G_k */
  double *d, *e; /* [naturals][m * m] V^-1 G_k, hat G_k */
  double *h;     /* [naturals][m] G_k f */
  double *c;     /* [naturals][rank] c_k */
  double *wide;  /* [m * rank], and more */
};

static size_t
work_size (const struct search *s)
{
  size_t m = s->largest, w = s->rank + 1, k = s->naturals;
  return 3 * m * m + 3 * m * w + m + 3 * k * m * m + k * m + k * w + 4 * w * w
         + w + s->n * k * 2 + k * k;
}

static struct block
block_in (const struct search *s, double *at)
{
  size_t m = s->largest, w = s->rank + 1, k = s->naturals;
  struct block b = { .v = at };
  b.hat = b.v + m * m;
  b.z = b.hat + m * m;
  b.wz = b.z + m * w;
  b.wide = b.wz + m * w;
  b.f = b.wide + m * w + m * m;
  b.g = b.f + m;
  b.d = b.g + k * m * m;
  b.e = b.d + k * m * m;
  b.h = b.e + k * m * m;
  b.c = b.h + k * m;
  return b;
}

static double *
after_block (const struct search *s, const struct block *b)
{
  return b->c + s->naturals * (s->rank + 1);
}

/* V, z and V^-1 z of a group; false where V is not positive definite. */
static bool
open_block (const struct search *s, size_t group, struct block *b,
            double *log_determinant)
{
  const struct rx_linear_data *d = &s->data->rows;
  size_t w = s->rank + 1;
  b->from = d->first[group];
  size_t m = b->m = d->first[group + 1] - b->from;
  for (size_t i = 0; i < m; i++)
    {
      for (size_t j = 0; j < m; j++)
        {
          size_t part[2];
          parts_of (s, b->from + i, b->from + j, part);
          b->v[i * m + j] = s->natural[part[0]];
          if (part[1] != ABSENT)
            b->v[i * m + j] += s->natural[part[1]];
        }
      for (size_t j = 0; j < s->rank; j++)
        b->z[i * w + j] = d->x[(b->from + i) * d->p + s->estimable->kept[j]];
      b->z[i * w + s->rank] = s->left[b->from + i];
    }
  if (!rx_dense_invert (b->v, m, b->v, log_determinant))
    return false;
  rx_dense_multiply (b->v, b->z, m, m, w, b->wz);
  return true;
}

/* to += z' (V^-1 z). */
static void
add_cross (const struct search *s, const struct block *b, double *to)
{
  size_t w = s->rank + 1;
  for (size_t i = 0; i < b->m; i++)
    for (size_t j = 0; j < w; j++)
      for (size_t k = 0; k < w; k++)
        to[j * w + k] += b->z[i * w + j] * b->wz[i * w + k];
}

/* beta, its covariance and the deviance at `natural`. */
static bool
solve (struct search *s)
{
  size_t rank = s->rank, w = rank + 1;
  double log_determinant, sum = 0;
  struct block b = block_in (s, s->work);
  double *cross = after_block (s, &b), *right = cross + w * w;
  memset (cross, 0, w * w * sizeof *cross);
  for (size_t g = 0; g < s->data->rows.groups; g++)
    {
      if (!open_block (s, g, &b, &log_determinant))
        return false;
      sum += log_determinant;
      add_cross (s, &b, cross);
    }
  for (size_t i = 0; i < rank; i++)
    {
      right[i] = cross[i * w + rank];
      memcpy (s->inverse + i * rank, cross + i * w, rank * sizeof *cross);
    }
  if (!rx_dense_invert (s->inverse, rank, s->inverse, &log_determinant))
    return false;
  rx_dense_multiply (s->inverse, right, rank, rank, 1, s->beta);
  double squares = cross[w * w - 1];
  for (size_t i = 0; i < rank; i++)
    squares -= right[i] * s->beta[i];
  double m = (double)(s->data->rows.n - rank);
  s->deviance = m * log (2 * M_PI) + sum + log_determinant + squares;
  return isfinite (s->deviance);
}

/* G_k and all that follows from it in an open block. */
static void
open_naturals (const struct search *s, struct block *b)
{
  size_t m = b->m, rank = s->rank, w = rank + 1;
  for (size_t i = 0; i < m; i++)
    {
      b->f[i] = b->wz[i * w + rank];
      for (size_t j = 0; j < rank; j++)
        b->f[i] -= b->wz[i * w + j] * s->beta[j];
    }
  /* wx inv (A), then times wx' */
  for (size_t i = 0; i < m; i++)
    rx_dense_multiply (b->wz + i * w, s->inverse, 1, rank, rank,
                       b->wide + i * rank);
  for (size_t i = 0; i < m; i++)
    for (size_t j = 0; j < m; j++)
      {
        double sum = 0;
        for (size_t k = 0; k < rank; k++)
          sum += b->wide[i * rank + k] * b->wz[j * w + k];
        b->hat[i * m + j] = sum;
      }
  memset (b->g, 0, s->naturals * m * m * sizeof *b->g);
  for (size_t i = 0; i < m; i++)
    for (size_t j = 0; j < m; j++)
      {
        size_t part[2];
        parts_of (s, b->from + i, b->from + j, part);
        b->g[part[0] * m * m + i * m + j] = 1;
        if (part[1] != ABSENT)
          b->g[part[1] * m * m + i * m + j] = 1;
      }
  for (size_t k = 0; k < s->naturals; k++)
    {
      rx_dense_multiply (b->v, b->g + k * m * m, m, m, m, b->d + k * m * m);
      rx_dense_multiply (b->hat, b->g + k * m * m, m, m, m, b->e + k * m * m);
      rx_dense_multiply (b->g + k * m * m, b->f, m, m, 1, b->h + k * m);
    }
}

/* to += wx' a wx for a[m * m]. */
static void
add_sandwich (const struct search *s, const struct block *b, const double *a,
              double *wide, double *to)
{
  size_t m = b->m, rank = s->rank, w = rank + 1;
  rx_dense_multiply (a, b->wz, m, m, w, wide);
  for (size_t i = 0; i < m; i++)
    for (size_t j = 0; j < rank; j++)
      for (size_t k = 0; k < rank; k++)
        to[j * rank + k] += b->wz[i * w + j] * wide[i * w + k];
}

/* Adds a group to slope, second, expected (without what is not a sum over
   groups), U and c. */
static void
add_naturals (struct search *s, const struct block *b, double *c)
{
  size_t m = b->m, rank = s->rank, w = rank + 1, n = s->naturals;
  for (size_t k = 0; k < n; k++)
    {
      const double *g = b->g + k * m * m, *h = b->h + k * m;
      const double *d = b->d + k * m * m, *e = b->e + k * m * m;
      for (size_t i = 0; i < m; i++)
        {
          s->slope[k] += d[i * m + i] - e[i * m + i] - b->f[i] * h[i];
          for (size_t j = 0; j < rank; j++)
            c[k * rank + j] += b->wz[i * w + j] * h[i];
        }
      add_sandwich (s, b, g, b->wide, s->u + k * rank * rank);
      for (size_t l = 0; l <= k; l++)
        {
          const double *dl = b->d + l * m * m;
          s->expected[k * n + l]
              += rx_dense_trace (d, dl, m) - 2 * rx_dense_trace (dl, e, m);
          s->second[k * n + l] += 2 * rx_dense_form (b->v, m, h, b->h + l * m);
        }
    }
}

/* What is left of the second derivative once the sums are complete. */
static void
close_naturals (struct search *s, const double *c, double *work)
{
  size_t rank = s->rank, square = rank * rank, n = s->naturals;
  double *first = work, *other = work + square;
  for (size_t k = 0; k < n; k++)
    {
      rx_dense_multiply (s->inverse, s->u + k * square, rank, rank, rank,
                         first);
      for (size_t l = 0; l <= k; l++)
        {
          rx_dense_multiply (s->inverse, s->u + l * square, rank, rank, rank,
                             other);
          s->expected[k * n + l] += rx_dense_trace (first, other, rank);
          s->second[k * n + l]
              -= s->expected[k * n + l]
                 + 2
                       * rx_dense_form (s->inverse, rank, c + k * rank,
                                        c + l * rank);
          s->expected[l * n + k] = s->expected[k * n + l];
          s->second[l * n + k] = s->second[k * n + l];
        }
    }
}

/* Everything at `value`; false where V is not positive definite. */
static bool
evaluate (struct search *s)
{
  size_t rank = s->rank, n = s->naturals;
  double log_determinant;
  to_natural (s, s->value, s->natural);
  if (!solve (s))
    return false;
  struct block b = block_in (s, s->work);
  double *after = after_block (s, &b);
  memset (s->slope, 0, n * sizeof *s->slope);
  memset (s->second, 0, n * n * sizeof *s->second);
  memset (s->expected, 0, n * n * sizeof *s->expected);
  memset (s->u, 0, n * rank * rank * sizeof *s->u);
  memset (b.c, 0, n * rank * sizeof *b.c);
  for (size_t g = 0; g < s->data->rows.groups; g++)
    {
      if (!open_block (s, g, &b, &log_determinant))
        return false;
      open_naturals (s, &b);
      add_naturals (s, &b, b.c);
    }
  close_naturals (s, b.c, after);
  double *jacobian = after + 4 * (rank + 1) * (rank + 1) + rank + 1;
  chain (s, jacobian, jacobian + s->n * n);
  return true;
}

/* The deviance alone at `value`, which is left there. */
static bool
look (struct search *s, double *deviance)
{
  to_natural (s, s->value, s->natural);
  bool ok = solve (s);
  *deviance = ok ? s->deviance : INFINITY;
  return ok;
}

/* ---- Newton's method ------------------------------------------------------
 */

/* The step of Newton's method with the absolute eigenvalues of the second
   derivative, and the decrease that it should bring. */
static bool
newton_step (struct search *s, double *decrease)
{
  size_t n = s->n;
  gsl_matrix_view m = gsl_matrix_view_array (s->hessian, n, n);
  gsl_matrix_view vectors = gsl_matrix_view_array (s->vectors, n, n);
  gsl_vector_view values = gsl_vector_view_array (s->values, n);
  gsl_eigen_symmv_workspace *space = gsl_eigen_symmv_alloc (n);
  if (space == NULL)
    return false;
  int code
      = gsl_eigen_symmv (&m.matrix, &values.vector, &vectors.matrix, space);
  gsl_eigen_symmv_free (space);
  double most = 0, longest = 0;
  for (size_t i = 0; i < n; i++)
    most = fmax (most, fabs (s->values[i]));
  memset (s->step, 0, n * sizeof *s->step);
  *decrease = 0;
  for (size_t i = 0; i < n; i++)
    {
      double along = 0, value = fabs (s->values[i]);
      if (!(value > FLAT_DIRECTION * most))
        continue;
      for (size_t j = 0; j < n; j++)
        along += s->vectors[j * n + i] * s->gradient[j];
      *decrease += along * along / value;
      for (size_t j = 0; j < n; j++)
        s->step[j] -= s->vectors[j * n + i] * along / value;
    }
  for (size_t i = 0; i < n; i++)
    longest = fmax (longest, fabs (s->step[i]));
  for (size_t i = 0; longest > LONGEST_STEP && i < n; i++)
    s->step[i] *= LONGEST_STEP / longest;
  return code == GSL_SUCCESS;
}

static void
go (struct search *s, double part)
{
  for (size_t i = 0; i < s->n; i++)
    s->value[i] = s->trial[i] + part * s->step[i];
}

/* From `value` to a minimum near it; false where the deviance cannot be
   computed. */
static bool
descend (struct search *s)
{
  for (size_t i = 0; i < STEPS_MOST; i++)
    {
      double decrease, before, after, part = 1;
      if (!evaluate (s) || !newton_step (s, &decrease))
        return false;
      before = s->deviance;
      if (decrease < DECREASE)
        return true;
      memcpy (s->trial, s->value, s->n * sizeof *s->value);
      bool lower = false;
      for (size_t h = 0; h < HALVINGS_MOST && !lower; h++, part /= 2)
        {
          go (s, part);
          lower = look (s, &after) && after < before;
        }
      if (!lower) /* rounding is all that is left */
        {
          memcpy (s->value, s->trial, s->n * sizeof *s->value);
          return evaluate (s);
        }
    }
  return true;
}

/* Whole steps while the slope shrinks. */
static bool
polish (struct search *s)
{
  double decrease, best = INFINITY;
  for (size_t i = 0; i < POLISH_STEPS; i++)
    {
      if (!evaluate (s) || !newton_step (s, &decrease))
        return false;
      if (!(decrease < best))
        {
          memcpy (s->value, s->trial, s->n * sizeof *s->value);
          break;
        }
      best = decrease;
      memcpy (s->trial, s->value, s->n * sizeof *s->value);
      go (s, 1);
    }
  return evaluate (s);
}

/* ---- From data to a search ------------------------------------------------
 */

/* Which kinds a group has, and which of them twice. */
static void
find_together (const struct rx_blocks_data *data, size_t *count,
               bool *together)
{
  size_t kinds = data->kinds;
  for (size_t g = 0; g < data->rows.groups; g++)
    {
      memset (count, 0, kinds * sizeof *count);
      for (size_t i = data->rows.first[g]; i < data->rows.first[g + 1]; i++)
        count[data->kind[i]]++;
      for (size_t a = 0; a < kinds; a++)
        for (size_t b = 0; b < kinds; b++)
          if (a == b ? count[a] > 1 : count[a] > 0 && count[b] > 0)
            together[a * kinds + b] = true;
    }
}

/* Natural parameters of the model, and all of L and d to search for. */
static void
lay_out (struct search *s, const bool *together)
{
  bool by_kind = s->data->random == RX_BLOCKS_BY_KIND;
  s->naturals = s->dims * (s->dims + 1) / 2;
  for (size_t a = 0; a < s->kinds; a++)
    s->within_at[a]
        = by_kind && !together[a * s->kinds + a] ? ABSENT : s->naturals++;
  s->n = 0;
  for (size_t i = 0; i < s->dims; i++)
    for (size_t j = 0; j <= i; j++)
      s->parameter[s->n++] = (struct parameter){ false, i, j };
  for (size_t a = 0; a < s->kinds; a++)
    if (s->within_at[a] != ABSENT)
      s->parameter[s->n++] = (struct parameter){ true, a, 0 };
}

static void
search_free (struct search *s)
{
  free (s->within_at);
  free (s->parameter);
  free (s->left);
  free (s->work);
}

static bool
search_alloc (struct search *s, const bool *together)
{
  size_t most = s->dims * (s->dims + 1) / 2 + s->kinds, rank = s->rank;
  s->within_at = rx_array (s->kinds, sizeof *s->within_at);
  s->parameter = rx_array (most, sizeof *s->parameter);
  s->left = rx_array (s->data->rows.n, sizeof *s->left);
  if (s->within_at == NULL || s->parameter == NULL || s->left == NULL)
    return false;
  lay_out (s, together);
  for (size_t g = 0; g < s->data->rows.groups; g++)
    {
      size_t m = s->data->rows.first[g + 1] - s->data->rows.first[g];
      s->largest = m > s->largest ? m : s->largest;
    }
  size_t n = most, square = rank * rank;
  size_t room = work_size (s) + 7 * n + 4 * n * n + rank + square * (1 + n);
  s->work = rx_array (room, sizeof *s->work);
  if (s->work == NULL)
    return false;
  double *at = s->work + work_size (s);
  s->value = at, at += n;
  s->natural = at, at += n;
  s->slope = at, at += n;
  s->gradient = at, at += n;
  s->trial = at, at += n;
  s->step = at, at += n;
  s->values = at, at += n;
  s->second = at, at += n * n;
  s->expected = at, at += n * n;
  s->hessian = at, at += n * n;
  s->vectors = at, at += n * n;
  s->beta = at, at += rank;
  s->inverse = at, at += square;
  s->u = at;
  return true;
}

/* One of the starts: equal variances, correlated alike, by Cholesky. */
static void
set_start (struct search *s, size_t which, double ratio)
{
  double variance = fmax (starts[which].between * ratio, 0.01);
  double shared = s->dims > 1 ? starts[which].correlation * variance : 0;
  for (size_t i = 0; i < s->n; i++)
    {
      const struct parameter *p = &s->parameter[i];
      if (p->is_within)
        s->value[i] = sqrt (starts[which].within);
      else if (p->column == 0 && p->row > 0)
        s->value[i] = shared / sqrt (variance);
      else if (p->row == p->column)
        s->value[i] = sqrt (p->row == 0 ? variance
                                        : variance * (1 - shared / variance)
                                              * (1 + shared / variance));
      else
        s->value[i] = 0;
    }
}

/* The best end of all starts, in `value`. */
static bool
search_all (struct search *s, double ratio, double *best)
{
  double lowest = INFINITY;
  for (size_t i = 0; i < sizeof starts / sizeof starts[0]; i++)
    {
      set_start (s, i, ratio);
      if (!descend (s) || !(s->deviance < lowest))
        continue;
      lowest = s->deviance;
      memcpy (best, s->value, s->n * sizeof *best);
    }
  memcpy (s->value, best, s->n * sizeof *best);
  return lowest < INFINITY;
}

/* Takes G apart again, pivot by pivot: the parameters that are left are free,
   what is zero is gone.  g[dims * dims] is destroyed. */
static void
pivot (struct search *s, double *g, bool *done)
{
  size_t dims = s->dims, n = 0;
  double *l = s->trial;
  for (size_t column = 0; column < dims; column++)
    {
      size_t p = dims;
      for (size_t a = 0; a < dims; a++)
        if (!done[a] && (p == dims || g[a * dims + a] > g[p * dims + p]))
          p = a;
      double own = g[p * dims + p];
      if (!(own > ZERO_SD * ZERO_SD))
        break;
      done[p] = true;
      size_t first = n;
      l[n] = sqrt (own);
      s->parameter[n++] = (struct parameter){ false, p, column };
      for (size_t a = 0; a < dims; a++)
        if (!done[a])
          {
            l[n] = g[a * dims + p] / sqrt (own);
            s->parameter[n++] = (struct parameter){ false, a, column };
          }
      for (size_t i = first + 1; i < n; i++)
        for (size_t j = first + 1; j < n; j++)
          g[s->parameter[i].row * dims + s->parameter[j].row] -= l[i] * l[j];
    }
  for (size_t a = 0; a < s->kinds; a++)
    {
      double within
          = s->within_at[a] == ABSENT ? 0 : s->natural[s->within_at[a]];
      if (within > ZERO_SD * ZERO_SD)
        {
          l[n] = sqrt (within);
          s->parameter[n++] = (struct parameter){ true, a, 0 };
        }
    }
  memcpy (s->value, l, n * sizeof *l);
  s->n = n;
}

/* Fixes at zero what is there; true where something is on the border. */
static enum rx_status
settle (struct search *s, bool *on_border, struct rx_error *err)
{
  size_t dims = s->dims, all = s->n;
  double *g = rx_array (dims * dims, sizeof *g);
  bool *done = rx_array (dims, sizeof *done);
  enum rx_status status = RX_OK;
  if (g == NULL || done == NULL)
    status = rx_fail_memory (err);
  else
    {
      to_natural (s, s->value, s->natural);
      for (size_t a = 0; a < dims; a++)
        for (size_t b = 0; b < dims; b++)
          g[a * dims + b] = s->natural[element (a, b)];
      pivot (s, g, done);
      *on_border = s->n < all;
    }
  free (g);
  free (done);
  return status;
}

/* ---- The fit --------------------------------------------------------------
 */

/* Inverse of the positive semi-definite a[n * n] in the directions that it
   sees; false where there is no memory. */
static bool
invert_seen (const double *a, size_t n, double *out)
{
  double *copy = rx_array (2 * n * n + 2 * n, sizeof *copy);
  gsl_eigen_symmv_workspace *space = gsl_eigen_symmv_alloc (n);
  bool ok = copy != NULL && space != NULL;
  if (ok)
    {
      double *vectors = copy + n * n, *values = vectors + n * n;
      double *scale = values + n, most = 0;
      for (size_t i = 0; i < n; i++)
        scale[i] = a[i * n + i] > 0 ? sqrt (a[i * n + i]) : 1;
      for (size_t i = 0; i < n * n; i++)
        copy[i] = a[i] / scale[i / n] / scale[i % n];
      gsl_matrix_view m = gsl_matrix_view_array (copy, n, n);
      gsl_matrix_view v = gsl_matrix_view_array (vectors, n, n);
      gsl_vector_view w = gsl_vector_view_array (values, n);
      ok = gsl_eigen_symmv (&m.matrix, &w.vector, &v.matrix, space)
           == GSL_SUCCESS;
      for (size_t i = 0; i < n; i++)
        most = fmax (most, fabs (values[i]));
      memset (out, 0, n * n * sizeof *out);
      for (size_t e = 0; ok && e < n; e++)
        for (size_t i = 0; values[e] > FLAT_DIRECTION * most && i < n; i++)
          for (size_t j = 0; j < n; j++)
            out[i * n + j] += vectors[i * n + e] * vectors[j * n + e]
                              / values[e] / scale[i] / scale[j];
    }
  if (space != NULL)
    gsl_eigen_symmv_free (space);
  free (copy);
  return ok;
}

/* Is `value` where the likelihood is highest?  It has no maximum where there
   are too few data for the variances: a block that is singular fits them. */
static bool
is_maximum (const struct search *s)
{
  size_t n = s->n;
  double *scaled = s->vectors;
  memset (scaled, 0, n * n * sizeof *scaled);
  for (size_t i = 0; i < n; i++)
    {
      double own = s->hessian[i * n + i];
      if (own == 0 && s->gradient[i] == 0)
        continue; /* of a kind without rows */
      if (!(own > 0) || !(fabs (s->gradient[i]) <= MOST_SLOPE * sqrt (own)))
        return false;
      for (size_t j = 0; j < n; j++)
        if (s->hessian[j * n + j] != 0)
          scaled[i * n + j] = s->hessian[i * n + j] / sqrt (own)
                              / sqrt (fabs (s->hessian[j * n + j]));
    }
  gsl_matrix_view m = gsl_matrix_view_array (scaled, n, n);
  gsl_vector_view values = gsl_vector_view_array (s->values, n);
  gsl_eigen_symm_workspace *space = gsl_eigen_symm_alloc (n);
  if (space == NULL)
    return false;
  int code = gsl_eigen_symm (&m.matrix, &values.vector, space);
  gsl_eigen_symm_free (space);
  for (size_t i = 0; i < n; i++)
    if (!(s->values[i] >= LEAST_CURVATURE))
      return false;
  return code == GSL_SUCCESS;
}

/* The covariance of the natural parameters: 2 inv (information), the observed
   one of the free parameters. */
static enum rx_status
inform (struct rx_blocks *fit, struct search *s, struct rx_error *err)
{
  size_t n = s->n, m = s->naturals;
  double *work = rx_array (n * n + n * m + n * m + m * n + 1, sizeof *work);
  double *free_inverse = work, *jacobian = work + n * n;
  double *turned = jacobian + n * m, *product = turned + n * m;
  bool ok = work != NULL
            && invert_seen (s->expected, m, fit->expected.covariance)
            && invert_seen (s->hessian, n, free_inverse);
  if (ok)
    {
      for (size_t i = 0; i < n; i++)
        {
          natural_slope (s, i, jacobian + i * m);
          for (size_t k = 0; k < m; k++)
            turned[k * n + i] = jacobian[i * m + k];
        }
      rx_dense_sandwich (turned, free_inverse, m, n, product,
                         fit->observed.covariance);
      for (size_t i = 0; i < m * m; i++)
        {
          fit->expected.covariance[i] *= 2;
          fit->observed.covariance[i] *= 2;
        }
      fit->score = 0;
      for (size_t i = 0; i < n; i++)
        fit->score = fmax (fit->score, fabs (s->gradient[i])
                                           * sqrt (free_inverse[i * n + i]));
    }
  free (work);
  return ok ? RX_OK : rx_fail_memory (err);
}

/* sum of W_kl X' V^-1 G_k V^-1 G_l V^-1 X, into to[rank * rank]. */
static bool
sum_products (struct search *s, const double *w, double *to)
{
  size_t n = s->naturals;
  double log_determinant;
  struct block b = block_in (s, s->work);
  memset (to, 0, s->rank * s->rank * sizeof *to);
  for (size_t g = 0; g < s->data->rows.groups; g++)
    {
      if (!open_block (s, g, &b, &log_determinant))
        return false;
      open_naturals (s, &b);
      size_t m = b.m;
      memset (b.hat, 0, m * m * sizeof *b.hat);
      for (size_t k = 0; k < n; k++)
        for (size_t l = 0; l < n; l++)
          {
            rx_dense_multiply (b.g + k * m * m, b.d + l * m * m, m, m, m,
                               b.wide);
            rx_dense_add (b.hat, w[k * n + l], b.wide, m * m);
          }
      add_sandwich (s, &b, b.hat, b.wide, to);
    }
  return true;
}

/* What Kenward & Roger add to C, the covariance of beta:
   2 C {sum W_kl (T_kl - U_k C U_l)} C. */
static bool
add_up (const struct rx_blocks *fit, struct search *s,
        struct rx_blocks_information *information)
{
  size_t rank = s->rank, square = rank * rank, n = s->naturals;
  struct block b = block_in (s, s->work);
  double *sum = information->addition;
  if (!sum_products (s, information->covariance, sum))
    return false;
  double *half = after_block (s, &b), *whole = half + square;
  for (size_t k = 0; k < n; k++)
    {
      rx_dense_multiply (fit->u + k * square, fit->covariance, rank, rank,
                         rank, half);
      for (size_t l = 0; l < n; l++)
        {
          rx_dense_multiply (half, fit->u + l * square, rank, rank, rank,
                             whole);
          rx_dense_add (sum, -information->covariance[k * n + l], whole,
                        square);
        }
    }
  rx_dense_multiply (fit->covariance, sum, rank, rank, rank, half);
  rx_dense_multiply (half, fit->covariance, rank, rank, rank, sum);
  for (size_t i = 0; i < square; i++)
    sum[i] *= 2;
  return true;
}

static bool
fit_alloc (struct rx_blocks *fit, size_t naturals)
{
  size_t rank = fit->start.estimable.rank, square = rank * rank;
  size_t dims = fit->dims * fit->dims;
  fit->n_natural = naturals;
  double *at = rx_array (rank + square + dims + fit->kinds + naturals * square
                             + 2 * (naturals * naturals + square),
                         sizeof *at);
  if (at == NULL)
    return false;
  fit->beta = at;
  fit->covariance = at + rank;
  fit->between = fit->covariance + square;
  fit->within = fit->between + dims;
  fit->u = fit->within + fit->kinds;
  fit->expected.covariance = fit->u + naturals * square;
  fit->observed.covariance = fit->expected.covariance + naturals * naturals;
  fit->expected.addition = fit->observed.covariance + naturals * naturals;
  fit->observed.addition = fit->expected.addition + square;
  return true;
}

static void
keep_variances (struct rx_blocks *fit, const struct search *s)
{
  for (size_t a = 0; a < s->dims; a++)
    for (size_t b = 0; b < s->dims; b++)
      fit->between[a * s->dims + b] = s->natural[element (a, b)];
  for (size_t a = 0; a < s->kinds; a++)
    fit->within[a]
        = s->within_at[a] == ABSENT ? NAN : s->natural[s->within_at[a]];
}

static enum rx_status
keep_solution (struct rx_blocks *fit, struct search *s, struct rx_error *err)
{
  size_t square = s->rank * s->rank;
  rx_dense_add (fit->beta, 1, s->beta, s->rank);
  memcpy (fit->covariance, s->inverse, square * sizeof *s->inverse);
  memcpy (fit->u, s->u, s->naturals * square * sizeof *s->u);
  keep_variances (fit, s);
  fit->deviance
      = s->deviance + 2 * (double)fit->start.df_residual * log (fit->unit);
  if (inform (fit, s, err) != RX_OK)
    return err->status;
  return add_up (fit, s, &fit->expected) && add_up (fit, s, &fit->observed)
             ? RX_OK
             : rx_fail (err, RX_EINTERNAL,
                        "mixed model: a covariance block is lost");
}

/* Takes `step` from what is left of the response and adds it to beta. */
static void
take_out (struct rx_blocks *fit, struct search *s, const double *step)
{
  const struct rx_linear_data *d = &s->data->rows;
  rx_dense_add (fit->beta, 1, step, s->rank);
  for (size_t i = 0; i < d->n; i++)
    for (size_t j = 0; j < s->rank; j++)
      s->left[i] -= d->x[i * d->p + s->estimable->kept[j]] * step[j];
}

/* Residuals of the model with one variance within, in units of its SD. */
static void
begin (struct rx_blocks *fit, struct search *s)
{
  const struct rx_lmm *start = &fit->start;
  double scale = sqrt (start->within);
  fit->unit = start->unit * scale;
  for (size_t i = 0; i < s->data->rows.n; i++)
    s->left[i] = s->data->rows.y[i] / start->unit;
  const struct rx_linear_data *d = &s->data->rows;
  for (size_t i = 0; i < d->n; i++)
    {
      for (size_t j = 0; j < s->rank; j++)
        s->left[i] -= d->x[i * d->p + s->estimable->kept[j]] * start->beta[j];
      s->left[i] /= scale;
    }
  for (size_t j = 0; j < s->rank; j++)
    fit->beta[j] = start->beta[j] / scale;
}

static enum rx_status
optimise (struct rx_blocks *fit, struct search *s, struct rx_error *err)
{
  bool on_border = false;
  double *best = rx_array (s->n, sizeof *best);
  if (best == NULL)
    return rx_fail_memory (err);
  begin (fit, s);
  bool found = search_all (s, fit->start.ratio, best);
  free (best);
  if (!found)
    {
      fit->state = RX_LMM_UNBOUNDED;
      return RX_OK;
    }
  if (settle (s, &on_border, err) != RX_OK)
    return err->status;
  for (size_t i = 0; i < ROUNDS; i++)
    {
      if (!polish (s))
        {
          fit->state = RX_LMM_UNBOUNDED;
          return RX_OK;
        }
      take_out (fit, s, s->beta);
    }
  fit->state = !polish (s) || !is_maximum (s) ? RX_LMM_UNBOUNDED
               : on_border                    ? RX_LMM_SINGULAR
                                              : RX_LMM_FITTED;
  if (fit->state == RX_LMM_UNBOUNDED)
    return RX_OK;
  return keep_solution (fit, s, err);
}

enum rx_status
rx_blocks_fit (struct rx_blocks *fit, const struct rx_blocks_data *data,
               struct rx_error *err)
{
  *fit = (struct rx_blocks){ .kinds = data->kinds };
  fit->dims = data->random == RX_BLOCKS_BY_KIND ? data->kinds : 1;
  if (rx_lmm_fit (&fit->start, &data->rows, err) != RX_OK)
    return err->status;
  fit->state = fit->start.state;
  fit->together = rx_array (data->kinds * data->kinds, sizeof *fit->together);
  size_t *count = rx_array (data->kinds, sizeof *count);
  struct search s = { .data = data,
                      .estimable = &fit->start.estimable,
                      .rank = fit->start.estimable.rank,
                      .kinds = data->kinds,
                      .dims = fit->dims };
  enum rx_status status = RX_OK;
  if (fit->together == NULL || count == NULL)
    status = rx_fail_memory (err);
  else
    find_together (data, count, fit->together);
  bool worth = fit->state == RX_LMM_FITTED || fit->state == RX_LMM_SINGULAR;
  if (status == RX_OK && worth)
    {
      status = search_alloc (&s, fit->together) && fit_alloc (fit, s.naturals)
                   ? optimise (fit, &s, err)
                   : rx_fail_memory (err);
      search_free (&s);
    }
  free (count);
  if (status != RX_OK)
    rx_blocks_free (fit);
  return status;
}

void
rx_blocks_free (struct rx_blocks *fit)
{
  rx_lmm_free (&fit->start);
  free (fit->together);
  free (fit->beta);
  *fit = (struct rx_blocks){ 0 };
}
