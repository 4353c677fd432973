/* dense.c: small dense matrices.

   Inversion by Cholesky's factor: a = r'r with r upper triangular, then
   inv (r) by back substitution and inv (a) = inv (r) inv (r)'.  Golub & Van
   Loan, Matrix Computations, section 4.2.

   By hand: (4 2; 2 5) has the determinant 16, the inverse
   (5 -2; -2 4) / 16. */
#include "stats/dense.h"

#include <math.h>
#include <string.h>

/* Upper triangular factor in place; what is below the diagonal is left. */
static bool
factor (double *r, size_t n, double *log_determinant)
{
  *log_determinant = 0;
  for (size_t j = 0; j < n; j++)
    {
      for (size_t i = 0; i < j; i++)
        {
          double sum = r[i * n + j];
          for (size_t k = 0; k < i; k++)
            sum -= r[k * n + i] * r[k * n + j];
          r[i * n + j] = sum / r[i * n + i];
        }
      double pivot = r[j * n + j];
      for (size_t k = 0; k < j; k++)
        pivot -= r[k * n + j] * r[k * n + j];
      if (!(pivot > 0) || isinf (pivot))
        return false;
      r[j * n + j] = sqrt (pivot);
      *log_determinant += log (pivot);
    }
  return true;
}

/* The inverse of the factor, in place. */
static void
invert_triangle (double *r, size_t n)
{
  for (size_t j = 0; j < n; j++)
    {
      double own = 1 / r[j * n + j];
      for (size_t i = 0; i < j; i++)
        {
          double sum = 0;
          for (size_t k = i; k < j; k++)
            sum += r[i * n + k] * r[k * n + j];
          r[i * n + j] = -sum * own;
        }
      r[j * n + j] = own;
    }
}

bool
rx_dense_invert (const double *a, size_t n, double *inverse,
                 double *log_determinant)
{
  if (inverse != a)
    memcpy (inverse, a, n * n * sizeof *a);
  if (!factor (inverse, n, log_determinant))
    return false;
  invert_triangle (inverse, n);
  /* row i of the product needs rows i.. of the triangle only */
  for (size_t i = 0; i < n; i++)
    for (size_t j = i; j < n; j++)
      {
        double sum = 0;
        for (size_t k = j; k < n; k++)
          sum += inverse[i * n + k] * inverse[j * n + k];
        inverse[i * n + j] = sum;
      }
  for (size_t i = 1; i < n; i++)
    for (size_t j = 0; j < i; j++)
      inverse[i * n + j] = inverse[j * n + i];
  return true;
}

void
rx_dense_multiply (const double *a, const double *b, size_t n, size_t k,
                   size_t m, double *c)
{
  for (size_t i = 0; i < n; i++)
    for (size_t j = 0; j < m; j++)
      {
        double sum = 0;
        for (size_t s = 0; s < k; s++)
          sum += a[i * k + s] * b[s * m + j];
        c[i * m + j] = sum;
      }
}

double
rx_dense_form (const double *a, size_t n, const double *u, const double *v)
{
  double sum = 0;
  for (size_t i = 0; i < n; i++)
    {
      double row = 0;
      for (size_t j = 0; j < n; j++)
        row += a[i * n + j] * v[j];
      sum += u[i] * row;
    }
  return sum;
}

void
rx_dense_sandwich (const double *l, const double *a, size_t q, size_t n,
                   double *work, double *out)
{
  rx_dense_multiply (l, a, q, n, n, work);
  for (size_t i = 0; i < q; i++)
    for (size_t j = 0; j < q; j++)
      {
        double sum = 0;
        for (size_t s = 0; s < n; s++)
          sum += work[i * n + s] * l[j * n + s];
        out[i * q + j] = sum;
      }
}

double
rx_dense_trace (const double *a, const double *b, size_t n)
{
  double sum = 0;
  for (size_t i = 0; i < n; i++)
    for (size_t j = 0; j < n; j++)
      sum += a[i * n + j] * b[j * n + i];
  return sum;
}

void
rx_dense_add (double *to, double factor, const double *from, size_t n)
{
  for (size_t i = 0; i < n; i++)
    to[i] += factor * from[i];
}
