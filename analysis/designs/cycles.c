/* cycles.c: pairs of periods and the differences within them. */
#include "designs/cycles.h"

#include "stats/ranks.h"

#include <math.h>
#include <stdlib.h>

enum
{
  PERIODS_LEAST = 4 /* one pair alone is an AB/BA trial */
};

bool
rx_crossover_has_cycles (const struct rx_crossover *d)
{
  if (d->n_treatments != 2 || d->n_periods < PERIODS_LEAST
      || d->n_periods % 2 != 0)
    return false;
  bool some = false;
  for (size_t i = 0; i < d->n_sequences * d->n_periods; i += 2)
    {
      bool both
          = d->plan[i] != RX_NO_TREATMENT && d->plan[i + 1] != RX_NO_TREATMENT;
      if (both && d->plan[i] == d->plan[i + 1])
        return false;
      some = some || both;
    }
  return some;
}

/* The difference of the pair of responses from `at` on, where both are
   there. */
static void
add_cycle (struct rx_contrast *out, const struct rx_crossover *d,
           const struct rx_endpoint *endpoint, size_t at)
{
  bool test_first = d->treatment_at[at] == (int)d->test;
  size_t test = test_first ? at : at + 1, reference = test_first ? at + 1 : at;
  const double *y = endpoint->y;
  if (isnan (y[test]) || isnan (y[reference]))
    return;
  out->subject[out->n] = at / d->n_periods;
  out->value[out->n] = y[test] - y[reference];
  if (endpoint->units != NULL)
    {
      out->key[out->n] = endpoint->units[test] - endpoint->units[reference];
      out->value[out->n] = (double)out->key[out->n] / endpoint->scale;
    }
  out->n++;
}

enum rx_status
rx_cycles_make (struct rx_cycles *cycles, const struct rx_crossover *d,
                const struct rx_endpoint *endpoint, struct rx_error *err)
{
  *cycles = (struct rx_cycles){ 0 };
  cycles->first = rx_array (d->n_subjects + 1, sizeof *cycles->first);
  if (cycles->first == NULL)
    return rx_fail_memory (err);
  enum rx_status status
      = rx_contrast_alloc (&cycles->d, d->n_subjects * d->n_periods / 2, err);
  for (size_t s = 0; s < d->n_subjects && status == RX_OK; s++)
    {
      for (size_t p = 0; p < d->n_periods; p += 2)
        add_cycle (&cycles->d, d, endpoint, s * d->n_periods + p);
      if (cycles->d.n > cycles->first[cycles->patients])
        cycles->first[++cycles->patients] = cycles->d.n;
    }
  if (endpoint->units != NULL)
    cycles->d.scale = endpoint->scale;
  else if (status == RX_OK)
    status = rx_ranks_keys (cycles->d.value, cycles->d.n, cycles->d.key, err);
  if (status != RX_OK)
    rx_cycles_free (cycles);
  return status;
}

void
rx_cycles_free (struct rx_cycles *cycles)
{
  rx_contrast_free (&cycles->d);
  free (cycles->first);
  *cycles = (struct rx_cycles){ 0 };
}

struct rx_contrast
rx_cycles_of (const struct rx_cycles *cycles, size_t patient)
{
  struct rx_contrast of = cycles->d;
  size_t from = cycles->first[patient];
  of.n = cycles->first[patient + 1] - from;
  of.value += from;
  of.key += from;
  of.subject += from;
  return of;
}
