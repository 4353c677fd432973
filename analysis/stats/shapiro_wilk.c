/* shapiro_wilk.c: algorithm AS R94.

   With m[i] the quantiles of (i - 3/8) / (n + 1/4), W is the squared
   correlation of the sorted values with weights that are m but at the ends,
   where polynomials in 1 / sqrt (n) correct them (one weight at either end up
   to n = 5, two above).  A function of 1 - W is then about normal: its mean
   and SD are polynomials in n up to 11, in log n above; n = 3 is exact.

   By hand: 1, 2, 3 has W = 1 and p = 1; 0, 0, 1 has W = 3/4, the least there
   is, and p = 0. */
#include "stats/shapiro_wilk.h"

#include "stats/moments.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_math.h>
#include <math.h>

enum
{
  ONE_END_MOST = 5, /* n with one weight corrected at either end */
  SMALL_MOST = 11   /* n whose polynomials are in n */
};

static double
polynomial (const double *c, size_t terms, double x)
{
  double sum = 0;
  while (terms-- > 0)
    sum = sum * x + c[terms];
  return sum;
}
#define POLYNOMIAL(c, x) polynomial (c, sizeof (c) / sizeof (c)[0], x)

/* Weights of the values from below, for i < n / 2; those from above are the
   same with the other sign. */
struct weights
{
  size_t n;
  double norm;   /* of all m */
  double end[2]; /* the corrected ones */
  size_t ends;
  double divisor; /* of the others */
};

static double
quantile (size_t i, size_t n)
{
  return gsl_cdf_ugaussian_Pinv (((double)i + 1 - 0.375) / ((double)n + 0.25));
}

static struct weights
weights_of (size_t n)
{
  static const double first[]
      = { 0, 0.221157, -0.147981, -2.07119, 4.434685, -2.706056 };
  static const double second[]
      = { 0, 0.042981, -0.293762, -1.752461, 5.682633, -3.582633 };
  struct weights w = { .n = n, .ends = 1 };
  if (n == RX_SHAPIRO_WILK_LEAST)
    {
      w.end[0] = -M_SQRT1_2;
      return w;
    }
  double squares = 0, x = 1 / sqrt ((double)n);
  for (size_t i = 0; i < n / 2; i++)
    squares += 2 * gsl_pow_2 (quantile (i, n));
  w.norm = sqrt (squares);
  w.end[0] = quantile (0, n) / w.norm - POLYNOMIAL (first, x);
  if (n > ONE_END_MOST)
    {
      w.ends = 2;
      w.end[1] = quantile (1, n) / w.norm - POLYNOMIAL (second, x);
    }
  double left = squares, right = 1;
  for (size_t i = 0; i < w.ends; i++)
    {
      left -= 2 * gsl_pow_2 (quantile (i, n));
      right -= 2 * gsl_pow_2 (w.end[i]);
    }
  w.divisor = sqrt (left / right);
  return w;
}

static double
weight (const struct weights *w, size_t i)
{
  return i < w->ends ? w->end[i] : quantile (i, w->n) / w->divisor;
}

static double
p_of (double w, double rest, size_t n)
{
  static const double gamma[] = { -2.273, 0.459 };
  static const double mean_n[] = { 0.544, -0.39978, 0.025054, -6.714e-4 };
  static const double sd_n[] = { 1.3822, -0.77857, 0.062767, -0.0020322 };
  static const double mean_log[] = { -1.5861, -0.31082, -0.083751, 0.0038915 };
  static const double sd_log[] = { -0.4803, -0.082676, 0.0030302 };
  double y = log (rest), size = (double)n;
  if (n == RX_SHAPIRO_WILK_LEAST)
    return fmin (1, fmax (0, 6 / M_PI * (asin (sqrt (w)) - M_PI / 3)));
  if (n > SMALL_MOST)
    return gsl_cdf_ugaussian_Q ((y - POLYNOMIAL (mean_log, log (size)))
                                / exp (POLYNOMIAL (sd_log, log (size))));
  double least = POLYNOMIAL (gamma, size);
  if (y >= least)
    return 0; /* a W below what the approximation reaches */
  return gsl_cdf_ugaussian_Q ((-log (least - y) - POLYNOMIAL (mean_n, size))
                              / exp (POLYNOMIAL (sd_n, size)));
}

struct rx_shapiro_wilk
rx_shapiro_wilk (const double *sorted, size_t n)
{
  struct rx_shapiro_wilk out = { NAN, NAN };
  if (n < RX_SHAPIRO_WILK_LEAST || n > RX_SHAPIRO_WILK_MOST
      || !(sorted[n - 1] > sorted[0]))
    return out;
  struct weights w = weights_of (n);
  struct rx_moments m = rx_moments_of (sorted, n);
  double squares = m.variance * (double)(n - 1), own = 0, product = 0;
  for (size_t i = 0; i < n / 2; i++)
    {
      double a = weight (&w, i);
      own += 2 * a * a;
      product += a * (sorted[i] - sorted[n - 1 - i]);
    }
  double norm = sqrt (own * squares);
  /* 1 - W without the loss of digits of a difference of squares */
  double rest = fmax (0, (norm - product) * (norm + product) / (norm * norm));
  out.w = 1 - rest;
  out.p = rest > 0 ? p_of (out.w, rest, n) : 1;
  return out;
}
