/* noncentral_t.h: the non-central t distribution, both tails.

   T = (Z + ncp) / U, with Z standard normal and U^2 an independent
   chi-squared / df.  df >= 1 need not be whole; any ncp. */
#ifndef RX_NONCENTRAL_T_H
#define RX_NONCENTRAL_T_H

/* P (T <= t) and P (T > t), each with its own relative precision. */
double rx_noncentral_t_P (double t, double df, double ncp);
double rx_noncentral_t_Q (double t, double df, double ncp);

#endif /* RX_NONCENTRAL_T_H */
