/* subject_means.c: see the header. */
#include "methods/subject_means.h"

#include <math.h>
#include <stdlib.h>

size_t
rx_planned_times (const struct rx_crossover *d, size_t sequence,
                  size_t treatment)
{
  size_t times = 0;
  for (size_t p = 0; p < d->n_periods; p++)
    times += d->plan[sequence * d->n_periods + p] == (int)treatment;
  return times;
}

bool
rx_times_on (const struct rx_crossover *d, const struct rx_endpoint *endpoint,
             size_t subject, size_t treatment, double *y)
{
  const int *plan = d->plan + d->sequence_of[subject] * d->n_periods;
  size_t k = 0;
  for (size_t p = 0; p < d->n_periods; p++)
    if (plan[p] == (int)treatment)
      {
        y[k] = endpoint->y[subject * d->n_periods + p];
        if (isnan (y[k++]))
          return false;
      }
  return true;
}

static double
mean_of (const double *y, size_t n)
{
  double sum = 0;
  for (size_t i = 0; i < n; i++)
    sum += y[i];
  return sum / (double)n;
}

enum rx_status
rx_subject_means (struct rx_subject_means *out, const struct rx_crossover *d,
                  const struct rx_endpoint *endpoint, size_t treatment,
                  struct rx_error *err)
{
  double *y = rx_array (d->n_periods, sizeof *y);
  *out = (struct rx_subject_means){
    .test = rx_array (d->n_subjects, sizeof *out->test),
    .reference = rx_array (d->n_subjects, sizeof *out->reference),
    .sequence = rx_array (d->n_subjects, sizeof *out->sequence),
    .counts = rx_array (d->n_sequences, sizeof *out->counts)
  };
  if (y == NULL || out->test == NULL || out->reference == NULL
      || out->sequence == NULL || out->counts == NULL)
    {
      free (y);
      rx_subject_means_free (out);
      return rx_fail_memory (err);
    }
  for (size_t q = 0; q < d->n_sequences; q++)
    out->counts[q] = rx_planned_times (d, q, treatment) > 0
                     && rx_planned_times (d, q, d->reference) > 0;
  for (size_t i = 0; i < d->n_subjects; i++)
    {
      size_t q = d->sequence_of[i], n = out->n;
      if (!out->counts[q] || !rx_times_on (d, endpoint, i, treatment, y))
        continue;
      out->test[n] = mean_of (y, rx_planned_times (d, q, treatment));
      if (!rx_times_on (d, endpoint, i, d->reference, y))
        continue;
      out->reference[n] = mean_of (y, rx_planned_times (d, q, d->reference));
      out->sequence[out->n++] = q;
    }
  free (y);
  return RX_OK;
}

void
rx_subject_means_free (struct rx_subject_means *means)
{
  free (means->test);
  free (means->reference);
  free (means->sequence);
  free (means->counts);
  *means = (struct rx_subject_means){ 0 };
}
