/* dense.h: small dense matrices, row by row in one array.

   For models of a few dozen parameters: no blocking, no pivoting, nothing
   allocated.  A symmetric matrix is kept whole. */
#ifndef RX_DENSE_H
#define RX_DENSE_H

#include <stdbool.h>
#include <stddef.h>

/* Inverse and log determinant of the positive definite a[n * n], by
   Cholesky's factor.  `inverse` may be `a`.  False, with `inverse` spoilt,
   when a is not positive definite. */
bool rx_dense_invert (const double *a, size_t n, double *inverse,
                      double *log_determinant);

/* c[n * m] = a[n * k] b[k * m]; c is neither a nor b. */
void rx_dense_multiply (const double *a, const double *b, size_t n, size_t k,
                        size_t m, double *c);

/* u' a v for a[n * n]. */
double rx_dense_form (const double *a, size_t n, const double *u,
                      const double *v);

/* l a l' for l[q * n] and a[n * n], into out[q * q]; work holds q * n. */
void rx_dense_sandwich (const double *l, const double *a, size_t q, size_t n,
                        double *work, double *out);

/* Trace of the product of a[n * n] and b[n * n]. */
double rx_dense_trace (const double *a, const double *b, size_t n);

/* to += factor * from, element by element. */
void rx_dense_add (double *to, double factor, const double *from, size_t n);

#endif /* RX_DENSE_H */
