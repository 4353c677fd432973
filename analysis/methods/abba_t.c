/* abba_t.c: the two-sample t comparison of sequences. */
#include "methods/abba_t.h"

void
rx_abba_t (const struct rx_contrast *a, const struct rx_contrast *b,
           double factor, double level, rx_two_sample *two_sample,
           struct rx_row *row, struct rx_note *note)
{
  struct rx_t_test test = two_sample (rx_contrast_moments (a),
                                      rx_contrast_moments (b), factor, level);
  *row = rx_fill_t (test, a->n + b->n, level, note);
}
