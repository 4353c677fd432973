/* owens_q.h: Owen's Q function, a non-central t distribution cut short. */
#ifndef RX_OWENS_Q_H
#define RX_OWENS_Q_H

/* Q_df (t, delta; 0, r) = C * integral from 0 to r of
   Phi (t x / sqrt (df) - delta) x^(df-1) phi (x) dx,
   C = sqrt (2 pi) / (Gamma (df/2) 2^((df-2)/2)): the probability that a
   non-central t is at most t while the chi variable below it is at most r.
   df >= 1; r may be INFINITY. */
double rx_owens_q (double df, double t, double delta, double r);

#endif /* RX_OWENS_Q_H */
