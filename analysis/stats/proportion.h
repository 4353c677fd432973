/* proportion.h: interval of a proportion. */
#ifndef RX_PROPORTION_H
#define RX_PROPORTION_H

/* Wilson's score interval (JASA 1927;22:209-212) of the proportion p among n
   (n > 0): it never leaves [0, 1].  By hand: p = 0, n = z^2 gives 0 to 0.5. */
void rx_wilson (double p, double n, double level, double *low, double *high);

#endif /* RX_PROPORTION_H */
