/* crossover_orient.c: which treatment is the test, and which the reference. */
#include "designs/crossover_builder.h"

#include "base/text.h"

#include <string.h>

static enum rx_status
find_treatment (struct rx_crossover_builder *b, const char *name,
                const char *role, size_t *out)
{
  const struct rx_crossover *d = b->design;
  struct rx_levels levels = { d->treatments, d->n_treatments };
  char quoted[RX_QUOTED_SIZE];
  *out = rx_levels_find (&levels, name);
  if (*out < d->n_treatments)
    return RX_OK;
  struct rx_text list = { 0 };
  for (size_t t = 0; t < d->n_treatments; t++)
    rx_text_addf (&list, "%s%s", t > 0 ? ", " : "", d->treatments[t]);
  enum rx_status status = rx_fail (
      b->err, RX_EDATA,
      "%s: no subject received the %s treatment %s; the "
      "file has: %s",
      b->table->file, role, rx_quotez (quoted, name), rx_text_string (&list));
  rx_text_free (&list);
  return status;
}

/* Two periods, two treatments, and only the two orders of them.  A sequence
   without anybody in it still leaves a design of this kind. */
static bool
abba (const struct rx_crossover *d)
{
  if (d->n_periods != 2 || d->n_treatments != 2)
    return false;
  for (size_t q = 0; q < d->n_sequences; q++)
    {
      const int *plan = d->plan + q * 2;
      if (plan[0] == plan[1] && plan[0] != RX_NO_TREATMENT)
        return false;
    }
  return true;
}

enum rx_status
rx_builder_orient (struct rx_crossover_builder *b)
{
  struct rx_crossover *d = b->design;
  const struct rx_crossover_spec *spec = b->spec;
  if (d->n_treatments < 2)
    return rx_fail (b->err, RX_EDATA,
                    "%s: found one treatment, %s; a crossover compares two "
                    "or more",
                    b->table->file, d->treatments[0]);
  bool two = d->n_treatments == 2;
  d->test = two ? 0 : 1;
  d->reference = two ? 1 : 0;
  if (spec->test != NULL
      && find_treatment (b, spec->test, "test", &d->test) != RX_OK)
    return b->err->status;
  if (spec->reference != NULL
      && find_treatment (b, spec->reference, "reference", &d->reference)
             != RX_OK)
    return b->err->status;
  if (two && spec->test != NULL && spec->reference == NULL)
    d->reference = 1 - d->test;
  if (two && spec->reference != NULL && spec->test == NULL)
    d->test = 1 - d->reference;
  if (!two && spec->test == NULL && d->test == d->reference)
    d->test = d->reference == 0 ? 1 : 0;
  if (!two && spec->reference == NULL && d->test == d->reference)
    d->reference = d->test == 0 ? 1 : 0;
  if (d->test == d->reference)
    return rx_fail (b->err, RX_EDATA,
                    "the test and the reference treatment are both \"%s\"",
                    d->treatments[d->test]);
  d->is_abba = abba (d);
  return RX_OK;
}
