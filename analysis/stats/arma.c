/* arma.c: the filter, and the search for the largest restricted likelihood.

   State of m = max (p, q + 1) numbers: a_t = T a_(t-1) + R u_t, e_t its first,
   with ar in the first column of T, ones above its diagonal, R = (1, ma_1,
   ...).  In the beginning its variance P solves P = T P T' + R R'.  The
   filter turns y and every column of X into innovations that are independent,
   of variance F_t sigma^2; what is left is least squares on those divided by
   sqrt (F_t).  With rss, and d = n - rank,

     -2 log L = d log (2 pi rss / d) + d + sum log F_t + log |X'V^-1 X|.

   Both polynomials are searched for in their partial autocorrelations, tanh
   of any number (Monahan, Biometrika 1984;71:403-404): Nelder and Mead find
   the hill, Newton's steps with derivatives by differences its top.

   By hand: ar_1 = 0.5, p = 1, q = 0 has P = 1 / (1 - 0.25) = 4/3, and
   y = 1, 1 becomes 1 / sqrt (4/3), 1 - 0.5. */
#include "stats/arma.h"

#include "base/memory.h"
#include "stats/dense.h"

#include <gsl/gsl_linalg.h>
#include <gsl/gsl_multimin.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum
{
  MOST = RX_ARMA_MOST + 1, /* numbers of a state */
  PARAMETERS = 2 * RX_ARMA_MOST,
  SIMPLEX_MOST = 2000,
  NEWTON_MOST = 30
};

static const double BORDER = 8;        /* tanh (8) = 1 - 2e-7 */
static const double NEAR_ROOT = 7;     /* a search that ends beyond */
static const double DIFFERENCE = 2e-3; /* of the derivatives */
static const double STILL = 1e-10;     /* change of a parameter */

struct process
{
  size_t p, q, m;
  double ar[MOST], ma[MOST];
  double start[MOST][MOST]; /* variance of a state before the first */
};

/* The polynomial of partial autocorrelations tanh (u). */
static void
polynomial (const double *u, size_t n, double *out)
{
  double before[MOST];
  for (size_t k = 0; k < n; k++)
    {
      double r = tanh (u[k]);
      memcpy (before, out, k * sizeof *out);
      for (size_t i = 0; i < k; i++)
        out[i] = before[i] - r * before[k - 1 - i];
      out[k] = r;
    }
}

/* One step of the state's variance: T P T' + R R'. */
static void
predict (const struct process *m, double v[MOST][MOST])
{
  double half[MOST][MOST];
  for (size_t i = 0; i < m->m; i++)
    for (size_t j = 0; j < m->m; j++)
      half[i][j] = m->ar[i] * v[0][j] + (i + 1 < m->m ? v[i + 1][j] : 0);
  for (size_t i = 0; i < m->m; i++)
    for (size_t j = 0; j < m->m; j++)
      v[i][j] = half[i][0] * m->ar[j] + (j + 1 < m->m ? half[i][j + 1] : 0)
                + m->ma[i] * m->ma[j];
}

/* P = T P T' + R R' as m^2 linear equations; false where they have no
   solution. */
static bool
stationary (struct process *m)
{
  size_t n = m->m * m->m;
  double a[MOST * MOST * MOST * MOST], b[MOST * MOST], x[MOST * MOST];
  size_t order[MOST * MOST];
  double zero[MOST][MOST] = { { 0 } };
  predict (m, zero); /* R R' */
  for (size_t c = 0; c < n; c++)
    {
      double unit[MOST][MOST] = { { 0 } };
      unit[c / m->m][c % m->m] = 1;
      predict (m, unit);
      for (size_t r = 0; r < n; r++)
        a[r * n + c]
            = (r == c) - unit[r / m->m][r % m->m] + zero[r / m->m][r % m->m];
      b[c] = zero[c / m->m][c % m->m];
    }
  gsl_matrix_view left = gsl_matrix_view_array (a, n, n);
  gsl_vector_view right = gsl_vector_view_array (b, n);
  gsl_vector_view solution = gsl_vector_view_array (x, n);
  gsl_permutation rows = { n, order };
  int sign;
  if (gsl_linalg_LU_decomp (&left.matrix, &rows, &sign) != 0
      || gsl_linalg_LU_solve (&left.matrix, &rows, &right.vector,
                              &solution.vector)
             != 0)
    return false;
  for (size_t i = 0; i < n; i++)
    m->start[i / m->m][i % m->m] = x[i];
  return m->start[0][0] > 0 && isfinite (m->start[0][0]);
}

static bool
make_process (const double *u, size_t p, size_t q, struct process *m)
{
  double ma[MOST];
  *m = (struct process){ .p = p, .q = q, .m = p > q + 1 ? p : q + 1 };
  polynomial (u, p, m->ar);
  polynomial (u + p, q, ma);
  m->ma[0] = 1;
  for (size_t i = 0; i < q; i++)
    m->ma[i + 1] = -ma[i];
  return stationary (m);
}

/* What a search works on; the columns are those of X, then y. */
struct work
{
  const struct rx_arma_data *data;
  size_t p, q;
  double *x, *y; /* whitened: [n * k], [n] */
  double *state; /* [k + 1][MOST] */
  struct rx_ols ols;
  double log_determinant; /* sum of log F_t */
  struct rx_error *err;
  enum rx_status status;
};

/* The state of a column a step later. */
static void
advance (const struct process *m, double *state)
{
  double first = state[0];
  for (size_t i = 0; i < m->m; i++)
    state[i] = m->ar[i] * first + (i + 1 < m->m ? state[i + 1] : 0);
}

static void
begin (const struct process *m, struct work *w, double v[MOST][MOST])
{
  memcpy (v, m->start, sizeof m->start);
  memset (w->state, 0, (w->data->k + 1) * MOST * sizeof *w->state);
}

/* Takes in row i: its innovations, and what they say of the state. */
static void
take_in (const struct process *m, struct work *w, size_t i,
         double v[MOST][MOST])
{
  const struct rx_arma_data *d = w->data;
  double f = v[0][0], root = sqrt (f), gain[MOST];
  w->log_determinant += log (f);
  for (size_t j = 0; j < m->m; j++)
    gain[j] = v[j][0] / f;
  for (size_t c = 0; c <= d->k; c++)
    {
      double *state = w->state + c * MOST;
      double seen = c < d->k ? d->x[i * d->k + c] : d->y[i];
      double innovation = seen - state[0];
      *(c < d->k ? &w->x[i * d->k + c] : &w->y[i]) = innovation / root;
      for (size_t j = 0; j < m->m; j++)
        state[j] += gain[j] * innovation;
    }
  for (size_t j = 0; j < m->m; j++)
    for (size_t k = 0; k < m->m; k++)
      v[j][k] -= gain[j] * gain[k] * f;
}

static void
whiten (const struct process *m, struct work *w)
{
  const struct rx_arma_data *d = w->data;
  double v[MOST][MOST];
  w->log_determinant = 0;
  for (size_t i = 0; i < d->n; i++)
    {
      if (i == 0 || d->time[i] <= d->time[i - 1])
        begin (m, w, v);
      else
        for (double t = d->time[i - 1]; t < d->time[i]; t++)
          {
            for (size_t c = 0; c <= d->k; c++)
              advance (m, w->state + c * MOST);
            predict (m, v);
          }
      take_in (m, w, i, v);
    }
}

/* log |(X'V^-1 X)^-1| of the columns that are kept; NaN without memory. */
static double
log_bread (const struct rx_ols *fit)
{
  size_t k = fit->k, r = 0;
  double *a = malloc ((fit->rank * fit->rank + 1) * sizeof *a), log_a = NAN;
  if (a == NULL)
    return NAN;
  for (size_t i = 0; i < k; i++)
    for (size_t j = 0; fit->kept[i] && j < k; j++)
      if (fit->kept[j])
        a[r++] = fit->bread[i * k + j];
  if (fit->rank == 0)
    log_a = 0;
  else if (!rx_dense_invert (a, fit->rank, a, &log_a))
    log_a = NAN;
  free (a);
  return log_a;
}

/* -2 log of the restricted likelihood; infinite where there is none. */
static double
minus2 (const double *u, struct work *w)
{
  const struct rx_arma_data *d = w->data;
  struct process m;
  for (size_t i = 0; i < w->p + w->q; i++)
    if (!(fabs (u[i]) <= BORDER))
      return INFINITY;
  if (w->status != RX_OK || !make_process (u, w->p, w->q, &m))
    return INFINITY;
  whiten (&m, w);
  rx_ols_free (&w->ols);
  w->status = rx_ols_fit (w->x, w->y, d->n, d->k, &w->ols, w->err);
  double df = w->status == RX_OK ? rx_ols_df (&w->ols) : NAN;
  if (!(df > 0) || !(w->ols.rss > 0))
    return INFINITY;
  double out = df * (log (2 * M_PI * w->ols.rss / df) + 1) + w->log_determinant
               - log_bread (&w->ols);
  return isnan (out) ? INFINITY : out;
}

static double
minus2_gsl (const gsl_vector *u, void *work)
{
  return minus2 (u->data, work);
}

/* Nelder and Mead from u, which it changes; the value there. */
static double
find_hill (struct work *w, double *u)
{
  size_t n = w->p + w->q;
  gsl_multimin_function f = { minus2_gsl, n, w };
  gsl_vector_view x = gsl_vector_view_array (u, n);
  gsl_vector *step = gsl_vector_alloc (n);
  gsl_multimin_fminimizer *search
      = gsl_multimin_fminimizer_alloc (gsl_multimin_fminimizer_nmsimplex2, n);
  double value = INFINITY;
  if (step == NULL || search == NULL)
    w->status = rx_fail_memory (w->err);
  else
    {
      gsl_vector_set_all (step, 0.3);
      gsl_multimin_fminimizer_set (search, &f, &x.vector, step);
      for (int i = 0;
           i < SIMPLEX_MOST && gsl_multimin_fminimizer_iterate (search) == 0
           && search->size > 1e-6;
           i++)
        continue;
      gsl_vector_memcpy (&x.vector, search->x);
      value = search->fval;
    }
  gsl_vector_free (step);
  if (search != NULL)
    gsl_multimin_fminimizer_free (search);
  return value;
}

/* The value with parameters a and b moved by so many differences. */
static double
moved (struct work *w, const double *u, size_t a, double da, size_t b,
       double db)
{
  double v[PARAMETERS];
  memcpy (v, u, (w->p + w->q) * sizeof *v);
  v[a] += da * DIFFERENCE;
  v[b] += db * DIFFERENCE;
  return minus2 (v, w);
}

/* Derivatives by differences: of fourth order the first, of second order the
   second. */
static void
differentiate (struct work *w, const double *u, double *first, double *second)
{
  size_t n = w->p + w->q;
  double here = minus2 (u, w);
  for (size_t a = 0; a < n; a++)
    {
      double one = moved (w, u, a, 1, a, 0), less = moved (w, u, a, -1, a, 0);
      first[a] = (8 * (one - less)
                  - (moved (w, u, a, 2, a, 0) - moved (w, u, a, -2, a, 0)))
                 / (12 * DIFFERENCE);
      second[a * n + a] = (one - 2 * here + less) / (DIFFERENCE * DIFFERENCE);
      for (size_t b = 0; b < a; b++)
        second[a * n + b] = second[b * n + a]
            = (moved (w, u, a, 1, b, 1) - moved (w, u, a, 1, b, -1)
               - moved (w, u, a, -1, b, 1) + moved (w, u, a, -1, b, -1))
              / (4 * DIFFERENCE * DIFFERENCE);
    }
}

/* Newton's steps until they are next to nothing, or lead off the hill. */
static void
climb (struct work *w, double *u)
{
  size_t n = w->p + w->q;
  double first[PARAMETERS], second[PARAMETERS * PARAMETERS], log_second;
  for (int turn = 0; turn < NEWTON_MOST; turn++)
    {
      double next[PARAMETERS], change = 0;
      differentiate (w, u, first, second);
      if (!rx_dense_invert (second, n, second, &log_second))
        return;
      for (size_t a = 0; a < n; a++)
        {
          double step = 0;
          for (size_t b = 0; b < n; b++)
            step += second[a * n + b] * first[b];
          next[a] = u[a] - step;
          change = fmax (change, fabs (step));
        }
      /* the simplex was there to within a difference */
      if (!(change < 0.1))
        return;
      memcpy (u, next, n * sizeof *u);
      if (change < STILL)
        return;
    }
}

/* From independence, and from strong correlation either way. */
static double
search (struct work *w, double *best)
{
  static const double starts[] = { 0, 1, -1 };
  size_t n = w->p + w->q;
  double least = INFINITY;
  for (size_t i = 0; i < sizeof starts / sizeof starts[0] && n > 0; i++)
    {
      double u[PARAMETERS] = { 0 };
      u[0] = starts[i];
      double value = find_hill (w, u);
      if (value < least)
        {
          least = value;
          memcpy (best, u, n * sizeof *u);
        }
    }
  if (n > 0 && isfinite (least))
    climb (w, best);
  return minus2 (best, w);
}

static void
take_fit (struct work *w, const double *u, struct rx_arma_fit *fit)
{
  struct process m;
  bool root = false;
  for (size_t i = 0; i < w->p; i++)
    root = root || fabs (u[i]) > NEAR_ROOT;
  fit->why = root ? "unit-root" : NULL;
  if (root || !make_process (u, w->p, w->q, &m))
    return;
  memcpy (fit->ar, m.ar, w->p * sizeof *fit->ar);
  for (size_t i = 0; i < w->q; i++)
    fit->ma[i] = m.ma[i + 1];
  fit->sigma = sqrt (w->ols.rss / rx_ols_df (&w->ols));
}

enum rx_status
rx_arma_fit (const struct rx_arma_data *d, size_t p, size_t q,
             struct rx_arma_fit *fit, struct rx_error *err)
{
  double u[PARAMETERS] = { 0 };
  double *space = rx_array (d->n + MOST, (d->k + 2) * sizeof *space);
  struct work w = { .data = d, .p = p, .q = q, .err = err, .status = RX_OK };
  *fit = (struct rx_arma_fit){ .sigma = NAN };
  if (space == NULL)
    return rx_fail_memory (err);
  w.x = space;
  w.y = w.x + d->n * d->k;
  w.state = w.y + d->n;
  w.status = rx_ols_fit (d->x, d->y, d->n, d->k, &w.ols, err);
  if (w.status == RX_OK && !(rx_ols_df (&w.ols) > (double)(p + q)))
    fit->why = "too-few-points";
  else if (w.status == RX_OK && !(w.ols.rss > 0))
    fit->why = "zero-variance";
  else if (w.status == RX_OK)
    {
      fit->minus2_reml = search (&w, u);
      if (isfinite (fit->minus2_reml))
        take_fit (&w, u, fit);
      else
        fit->why = "no-maximum";
    }
  fit->whole = w.ols;
  free (space);
  return w.status;
}

void
rx_arma_fit_free (struct rx_arma_fit *fit)
{
  rx_ols_free (&fit->whole);
  *fit = (struct rx_arma_fit){ 0 };
}
