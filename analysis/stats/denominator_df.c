/* denominator_df.c: what the tests of mixed models share.

   Kenward & Roger, Biometrics 1997;53:983-997, section 3; Fai & Cornelius,
   J Stat Comput Simul 1996;54:363-378.

   To check: q = 1 has A1 = A2, the factor 1 and df = 2 / A2. */
#include "stats/denominator_df.h"

#include <math.h>
#include <stdbool.h>

/* Where F's df or its factor would divide by what is only rounding. */
static const double KR_ZERO = 1e-10;

/* Satterthwaite's df of several contrasts that agree so far are one. */
static const double SAME_DF = 1e-8;

/* Of the df: complete data have a whole number, but for its last digits. */
static const double WHOLE_DF = 1e-11;

double
rx_df_whole (double df)
{
  return fabs (df - rint (df)) < WHOLE_DF * df ? rint (df) : df;
}

/* The expressions are ordered so that what would be zero over zero in balanced
   data is seen to be; there the df is that of A2 alone. */
void
rx_df_kr (double a1, double a2, double q, double *df, double *factor)
{
  double b = (a1 + 6 * a2) / (2 * q);
  double g = ((q + 1) * a1 - (q + 4) * a2) / ((q + 2) * a2);
  double below = 3 * q + 2 * (1 - g);
  double c1 = g / below, c2 = (q - g) / below, c3 = (q + 2 - g) / below;
  double v0 = 1 + c1 * b, v1 = 1 - c2 * b, v2 = 1 - c3 * b;
  if (fabs (v0) < KR_ZERO)
    v0 = 0;
  double mean = 1 - a2 / q;
  double part = fabs (mean) < KR_ZERO && fabs (v1) < KR_ZERO ? 1 : mean / v1;
  double rho = part * part * v0 / v2 / q;
  *df = 4 + (q + 2) / (q * rho - 1);
  *factor = fabs (*df - 2) < 0.01 ? 1 : *df * mean / (*df - 2);
}

/* The mean of q F, sum of df_i / (df_i - 2), is matched to that of an F with q
   and df. */
double
rx_df_pool (const double *df, size_t q)
{
  double sum = 0, mean = 0;
  bool same = true;
  for (size_t i = 0; i < q; i++)
    {
      if (!(df[i] > 2))
        return 2;
      sum += df[i] / (df[i] - 2);
      mean += df[i] / (double)q;
      same = same && (i == 0 || fabs (df[i] - df[i - 1]) < SAME_DF);
    }
  return same ? mean : 2 * sum / (sum - (double)q);
}
