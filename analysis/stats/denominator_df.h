/* denominator_df.h: denominator degrees of freedom of t and F when the
   variances behind the standard errors are estimates. */
#ifndef RX_DENOMINATOR_DF_H
#define RX_DENOMINATOR_DF_H

#include <stddef.h>

/* Kenward & Roger 1997, section 3: from A1 and A2 of q contrasts, the degrees
   of freedom and the factor of F. */
void rx_df_kr (double a1, double a2, double q, double *df, double *factor);

/* The df of an F from those, df[q], of its independent parts; 2 where one of
   them is 2 or less (Fai & Cornelius 1996). */
double rx_df_pool (const double *df, size_t q);

/* df, or the whole number that it misses by rounding alone. */
double rx_df_whole (double df);

#endif /* RX_DENOMINATOR_DF_H */
