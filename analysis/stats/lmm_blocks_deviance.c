/* lmm_blocks_deviance.c: sums over groups, each with a dense block.

   V is the sum of s_k G_k over the natural parameters s, every G_k a block of
   zeros and ones.  With A = X' V^-1 X, e = y - X beta, f = V^-1 e and

     U_k = X' V^-1 G_k V^-1 X,  c_k = X' V^-1 G_k f,  P the usual projection

   the deviance is log |V| + log |A| + e'f + (n - rank) log 2 pi, and

     slope in s_k       tr (P G_k) - f' G_k f
     second derivative  2 (f' G_k V^-1 G_l f - c_k' A^-1 c_l)
                        - tr (P G_k P G_l)
     its expectation    tr (P G_k P G_l)

   (Harville, J Am Stat Assoc 1977;72:320-338). */
#include "stats/lmm_blocks_deviance.h"

#include "base/memory.h"
#include "stats/dense.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- The parameters ----------------------------------------------------- */

size_t
rx_blocks_element (size_t a, size_t b)
{
  return a >= b ? a * (a + 1) / 2 + b : b * (b + 1) / 2 + a;
}

/* Natural parameters of the covariance of two rows, or of a row with itself;
   the second is RX_BLOCKS_ABSENT where there is one only. */
static void
parts_of (const struct rx_blocks_search *s, size_t row, size_t other,
          size_t part[2])
{
  const size_t *kind = s->data->kind;
  bool by_kind = s->data->random == RX_BLOCKS_BY_KIND;
  part[0] = by_kind ? rx_blocks_element (kind[row], kind[other]) : 0;
  part[1] = row == other ? s->within_at[kind[row]] : RX_BLOCKS_ABSENT;
}

void
rx_blocks_natural (const struct rx_blocks_search *s, const double *value,
                   double *natural)
{
  memset (natural, 0, s->naturals * sizeof *natural);
  for (size_t i = 0; i < s->n; i++)
    {
      const struct rx_blocks_parameter *p = &s->parameter[i];
      if (p->is_within)
        natural[s->within_at[p->row]] = value[i] * value[i];
      for (size_t j = 0; !p->is_within && j < s->n; j++)
        {
          const struct rx_blocks_parameter *q = &s->parameter[j];
          if (!q->is_within && q->column == p->column && q->row <= p->row)
            natural[rx_blocks_element (p->row, q->row)] += value[i] * value[j];
        }
    }
}

void
rx_blocks_natural_slope (const struct rx_blocks_search *s, size_t i,
                         double *out)
{
  const struct rx_blocks_parameter *p = &s->parameter[i];
  memset (out, 0, s->naturals * sizeof *out);
  if (p->is_within)
    {
      out[s->within_at[p->row]] = 2 * s->value[i];
      return;
    }
  for (size_t j = 0; j < s->n; j++)
    {
      const struct rx_blocks_parameter *q = &s->parameter[j];
      if (!q->is_within && q->column == p->column)
        out[rx_blocks_element (p->row, q->row)]
            += (i == j ? 2 : 1) * s->value[j];
    }
}

/* Slope of the deviance times the second derivative of the natural parameters
   in the parameters i and j. */
static double
bend (const struct rx_blocks_search *s, size_t i, size_t j)
{
  const struct rx_blocks_parameter *p = &s->parameter[i],
                                   *q = &s->parameter[j];
  if (p->is_within != q->is_within)
    return 0;
  if (p->is_within)
    return i == j ? 2 * s->slope[s->within_at[p->row]] : 0;
  if (p->column != q->column)
    return 0;
  return (i == j ? 2 : 1) * s->slope[rx_blocks_element (p->row, q->row)];
}

/* From the natural slope and second derivative to those in the parameters;
   jacobian[n * naturals] is filled too. */
static void
chain (struct rx_blocks_search *s, double *jacobian, double *product)
{
  size_t n = s->n, m = s->naturals;
  for (size_t i = 0; i < n; i++)
    {
      rx_blocks_natural_slope (s, i, jacobian + i * m);
      s->gradient[i] = 0;
      for (size_t k = 0; k < m; k++)
        s->gradient[i] += jacobian[i * m + k] * s->slope[k];
    }
  rx_dense_sandwich (jacobian, s->second, n, m, product, s->hessian);
  for (size_t i = 0; i < n; i++)
    for (size_t j = 0; j < n; j++)
      s->hessian[i * n + j] += bend (s, i, j);
}

/* ---- The deviance ------------------------------------------------------- */

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
work_size (const struct rx_blocks_search *s)
{
  size_t m = s->largest, w = s->rank + 1, k = s->naturals;
  return 3 * m * m + 3 * m * w + m + 3 * k * m * m + k * m + k * w + 4 * w * w
         + w + s->n * k * 2 + k * k;
}

static struct block
block_in (const struct rx_blocks_search *s, double *at)
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
after_block (const struct rx_blocks_search *s, const struct block *b)
{
  return b->c + s->naturals * (s->rank + 1);
}

/* V, z and V^-1 z of a group; false where V is not positive definite. */
static bool
open_block (const struct rx_blocks_search *s, size_t group, struct block *b,
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
          if (part[1] != RX_BLOCKS_ABSENT)
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
add_cross (const struct rx_blocks_search *s, const struct block *b, double *to)
{
  size_t w = s->rank + 1;
  for (size_t i = 0; i < b->m; i++)
    for (size_t j = 0; j < w; j++)
      for (size_t k = 0; k < w; k++)
        to[j * w + k] += b->z[i * w + j] * b->wz[i * w + k];
}

/* beta, its covariance and the deviance at `natural`. */
static bool
solve (struct rx_blocks_search *s)
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
open_naturals (const struct rx_blocks_search *s, struct block *b)
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
        if (part[1] != RX_BLOCKS_ABSENT)
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
add_sandwich (const struct rx_blocks_search *s, const struct block *b,
              const double *a, double *wide, double *to)
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
add_naturals (struct rx_blocks_search *s, const struct block *b, double *c)
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
close_naturals (struct rx_blocks_search *s, const double *c, double *work)
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

bool
rx_blocks_evaluate (struct rx_blocks_search *s)
{
  size_t rank = s->rank, n = s->naturals;
  double log_determinant;
  rx_blocks_natural (s, s->value, s->natural);
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

bool
rx_blocks_look (struct rx_blocks_search *s, double *deviance)
{
  rx_blocks_natural (s, s->value, s->natural);
  bool ok = solve (s);
  *deviance = ok ? s->deviance : INFINITY;
  return ok;
}

/* ---- Kenward & Roger ---------------------------------------------------- */

/* sum of W_kl X' V^-1 G_k V^-1 G_l V^-1 X, into to[rank * rank]. */
static bool
sum_products (struct rx_blocks_search *s, const double *w, double *to)
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

/* sum W_kl (T_kl - U_k C U_l) between two C, twice. */
bool
rx_blocks_kr_addition (struct rx_blocks_search *s, const double *w,
                       double *sum)
{
  size_t rank = s->rank, square = rank * rank, n = s->naturals;
  struct block b = block_in (s, s->work);
  if (!sum_products (s, w, sum))
    return false;
  double *half = after_block (s, &b), *whole = half + square;
  for (size_t k = 0; k < n; k++)
    {
      rx_dense_multiply (s->u + k * square, s->inverse, rank, rank, rank,
                         half);
      for (size_t l = 0; l < n; l++)
        {
          rx_dense_multiply (half, s->u + l * square, rank, rank, rank, whole);
          rx_dense_add (sum, -w[k * n + l], whole, square);
        }
    }
  rx_dense_multiply (s->inverse, sum, rank, rank, rank, half);
  rx_dense_multiply (half, s->inverse, rank, rank, rank, sum);
  for (size_t i = 0; i < square; i++)
    sum[i] *= 2;
  return true;
}

/* ---- Room --------------------------------------------------------------- */

/* Natural parameters of the model, and all of L and d to search for. */
static void
lay_out (struct rx_blocks_search *s, const bool *together)
{
  bool by_kind = s->data->random == RX_BLOCKS_BY_KIND;
  s->naturals = s->dims * (s->dims + 1) / 2;
  for (size_t a = 0; a < s->kinds; a++)
    s->within_at[a] = by_kind && !together[a * s->kinds + a] ? RX_BLOCKS_ABSENT
                                                             : s->naturals++;
  s->n = 0;
  for (size_t i = 0; i < s->dims; i++)
    for (size_t j = 0; j <= i; j++)
      s->parameter[s->n++] = (struct rx_blocks_parameter){ false, i, j };
  for (size_t a = 0; a < s->kinds; a++)
    if (s->within_at[a] != RX_BLOCKS_ABSENT)
      s->parameter[s->n++] = (struct rx_blocks_parameter){ true, a, 0 };
}

void
rx_blocks_search_free (struct rx_blocks_search *s)
{
  free (s->within_at);
  free (s->parameter);
  free (s->left);
  free (s->work);
}

bool
rx_blocks_search_alloc (struct rx_blocks_search *s, const bool *together)
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
