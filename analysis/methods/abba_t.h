/* abba_t.h: the two-sample t comparison of sequences, pooled or Welch. */
#ifndef RX_ABBA_T_H
#define RX_ABBA_T_H

#include "methods/fill.h"

typedef struct rx_t_test rx_two_sample (struct rx_moments a,
                                        struct rx_moments b, double factor,
                                        double level);

/* Fills a row from two contrasts; sequences in which every value is the same
   have a variance of exactly zero. */
void rx_abba_t (const struct rx_contrast *a, const struct rx_contrast *b,
                double factor, double level, rx_two_sample *two_sample,
                struct rx_row *row, struct rx_note *note);

#endif /* RX_ABBA_T_H */
