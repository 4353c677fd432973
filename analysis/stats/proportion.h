/* proportion.h: intervals of a proportion. */
#ifndef RX_PROPORTION_H
#define RX_PROPORTION_H

/* Wilson's score interval (JASA 1927;22:209-212) of the proportion p among n
   (n > 0): it never leaves [0, 1].  By hand: p = 0, n = z^2 gives 0 to 0.5. */
void rx_wilson (double p, double n, double level, double *low, double *high);

/* Clopper and Pearson's exact interval (Biometrika 1934;26:404-413) of
   `events` of n.  By hand: 0 of n ends at 1 - (alpha/2)^(1/n). */
void rx_clopper_pearson (double events, double n, double level, double *low,
                         double *high);

#endif /* RX_PROPORTION_H */
