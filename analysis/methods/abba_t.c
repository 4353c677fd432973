/* abba_t.c: the two-sample t comparison of sequences. */
#include "methods/abba_t.h"

static struct rx_moments
moments (const struct rx_contrast *c)
{
  struct rx_moments m = rx_moments_of (c->value, c->n);
  bool equal = c->n > 1;
  for (size_t i = 1; i < c->n && equal; i++)
    equal = c->key[i] == c->key[0];
  if (equal)
    m.variance = 0;
  return m;
}

void
rx_abba_t (const struct rx_contrast *a, const struct rx_contrast *b,
           double factor, double level, rx_two_sample *two_sample,
           struct rx_row *row, struct rx_note *note)
{
  struct rx_t_test test = two_sample (moments (a), moments (b), factor, level);
  *row = rx_fill_t (test, a->n + b->n, level, note);
}
