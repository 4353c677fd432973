/* owens_q.c: Owen, Biometrika 1965;52:437-446, "A special case of a bivariate
   non-central t-distribution".

   C x^(df-1) phi (x) is the density of a chi variable, x = sqrt (df) u.

   By hand: t = 0 and delta = 0 leave half of the chi distribution function;
   with df = 2 and r = 1 that is (1 - exp (-1/2)) / 2 = 0.19673467. */
#include "stats/owens_q.h"

#include "stats/chi_normal.h"

#include <math.h>

double
rx_owens_q (double df, double t, double delta, double r)
{
  if (!isfinite (t) || !isfinite (delta))
    return NAN;
  return rx_chi_normal (df, (struct rx_line){ -INFINITY, 0 },
                        (struct rx_line){ -delta, t }, r / sqrt (df));
}
