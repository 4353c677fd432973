/* shapiro_wilk.h: is a sample normal? */
#ifndef RX_SHAPIRO_WILK_H
#define RX_SHAPIRO_WILK_H

#include <stddef.h>

enum
{
  RX_SHAPIRO_WILK_LEAST = 3,
  RX_SHAPIRO_WILK_MOST = 5000
};

/* Shapiro & Wilk's W (Biometrika 1965;52:591-611) by the approximation of
   Royston (Applied Statistics 1995;44:547-551, algorithm AS R94).  NaN
   outside the numbers of values above, and where all are the same. */
struct rx_shapiro_wilk
{
  double w, p;
};
struct rx_shapiro_wilk rx_shapiro_wilk (const double *sorted, size_t n);

#endif /* RX_SHAPIRO_WILK_H */
