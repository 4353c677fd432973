/* chi_normal.h: a normal variable between two lines of a chi variable.

   With Z standard normal and, independent of it, U = sqrt (chi^2 (df) / df),
   the ratio of an estimated standard deviation to the true one.  The
   non-central t distribution, Owen's Q and the power of two one-sided tests
   are all probabilities that Z lies between lines in U. */
#ifndef RX_CHI_NORMAL_H
#define RX_CHI_NORMAL_H

/* at + slope u; at = -INFINITY or INFINITY: no line on that side. */
struct rx_line
{
  double at, slope;
};

/* P (low (U) < Z < high (U) and U < most), for df >= 1; else NaN.  Keeps its
   relative precision however small it is. */
double rx_chi_normal (double df, struct rx_line low, struct rx_line high,
                      double most);

#endif /* RX_CHI_NORMAL_H */
