/* preference.c: which period subjects with binary responses prefer. */
#include "methods/preference.h"

/* The signs of period 1 minus period 2. */
static void
count (const struct rx_contrast *d, size_t *first, size_t *second)
{
  for (size_t i = 0; i < d->n; i++)
    {
      *first += d->value[i] > 0;
      *second += d->value[i] < 0;
    }
}

enum rx_status
rx_preference_make (struct rx_preference *out,
                    const struct rx_crossover *design,
                    const struct rx_endpoint *endpoint, struct rx_error *err)
{
  struct rx_contrast a, b;
  *out = (struct rx_preference){ 0 };
  if (rx_crossover_abba (design, endpoint, RX_ABBA_PERIOD_DIFFERENCE, &a, &b,
                         err)
      != RX_OK)
    return err->status;
  out->n = a.n + b.n;
  out->test_first = a.n;
  out->reference_first = b.n;
  count (&a, &out->table.a, &out->table.b);
  count (&b, &out->table.c, &out->table.d);
  enum rx_status status = rx_labels_make (&out->labels, &a, &b, err);
  rx_contrast_free (&a);
  rx_contrast_free (&b);
  return status;
}

void
rx_preference_free (struct rx_preference *preference)
{
  rx_labels_free (&preference->labels);
}

bool
rx_preference_tests (const struct rx_preference *p, struct rx_note *note)
{
  const struct rx_two_by_two *t = &p->table;
  if (p->n == 0)
    rx_note_add (note, "no-subjects");
  else if (p->test_first == 0 || p->reference_first == 0)
    rx_note_add (note, "empty-sequence");
  else if (t->a + t->b + t->c + t->d == 0)
    rx_note_add (note, "no-discordant");
  else
    return true;
  return false;
}
