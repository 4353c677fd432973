/* crossover.c: contrasts of a crossover design.

   A contrast is computed in decimal units where the responses have them, so
   that equal differences are equal to the last bit: 0.3 - 0.1 and 0.4 - 0.2
   are both two tenths. */
#include "designs/crossover.h"

#include "base/text.h"
#include "designs/crossover_covariates.h"
#include "stats/ranks.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>

void
rx_crossover_free (struct rx_crossover *design)
{
  for (size_t e = 0; e < design->n_endpoints; e++)
    {
      free (design->endpoints[e].y);
      free (design->endpoints[e].units);
      free (design->endpoints[e].persons);
      rx_covariate_free (design->endpoints[e].baseline);
      free (design->endpoints[e].baseline);
    }
  for (size_t i = 0; i < design->n_covariates; i++)
    rx_covariate_free (&design->covariates[i]);
  rx_covariate_free (&design->exposure);
  free (design->covariates);
  free (design->endpoints);
  free (design->subjects);
  free (design->sequences);
  free (design->periods);
  free (design->treatments);
  free (design->sequence_of);
  free (design->treatment_at);
  free (design->plan);
  rx_strings_free (&design->strings);
  *design = (struct rx_crossover){ 0 };
}

void
rx_contrast_free (struct rx_contrast *contrast)
{
  free (contrast->value);
  *contrast = (struct rx_contrast){ 0 };
}

enum rx_status
rx_contrast_alloc (struct rx_contrast *contrast, size_t room,
                   struct rx_error *err)
{
  const size_t each = sizeof *contrast->value + sizeof *contrast->key
                      + sizeof *contrast->subject;
  static_assert (sizeof (double) == sizeof (int64_t)
                     && sizeof (int64_t) == sizeof (size_t),
                 "the arrays of a contrast lie one after another");
  *contrast = (struct rx_contrast){ .value = rx_array (room, each) };
  if (contrast->value == NULL)
    return rx_fail_memory (err);
  contrast->key = (int64_t *)(contrast->value + room);
  contrast->subject = (size_t *)(contrast->key + room);
  return RX_OK;
}

/* Sum and count of one subject's responses under a treatment, in units too
   where there are any. */
struct under
{
  double sum;
  int64_t units;
  int64_t n;
};

static struct under
sum_under (const struct rx_crossover *d, const struct rx_endpoint *endpoint,
           size_t subject, size_t treatment)
{
  struct under u = { 0, 0, 0 };
  for (size_t p = 0; p < d->n_periods; p++)
    {
      size_t at = subject * d->n_periods + p;
      if (d->treatment_at[at] != (int)treatment || isnan (endpoint->y[at]))
        continue;
      u.sum += endpoint->y[at];
      u.units += endpoint->units != NULL ? endpoint->units[at] : 0;
      u.n++;
    }
  return u;
}

enum rx_status
rx_crossover_paired (const struct rx_crossover *d,
                     const struct rx_endpoint *endpoint, size_t test,
                     size_t reference, struct rx_contrast *out,
                     struct rx_error *err)
{
  if (rx_contrast_alloc (out, d->n_subjects, err) != RX_OK)
    return err->status;
  bool exact = endpoint->units != NULL;
  for (size_t s = 0; s < d->n_subjects; s++)
    {
      struct under t = sum_under (d, endpoint, s, test);
      struct under r = sum_under (d, endpoint, s, reference);
      if (t.n == 0 || r.n == 0)
        continue;
      exact = exact && t.n == 1 && r.n == 1;
      out->subject[out->n] = s;
      out->key[out->n] = t.units - r.units;
      out->value[out->n++]
          = t.n == 1 && r.n == 1 && endpoint->units != NULL
                ? (double)(t.units - r.units) / endpoint->scale
                : t.sum / (double)t.n - r.sum / (double)r.n;
    }
  out->scale = exact ? endpoint->scale : 0;
  return exact ? RX_OK : rx_ranks_keys (out->value, out->n, out->key, err);
}

double
rx_crossover_mean (const struct rx_crossover *d,
                   const struct rx_endpoint *endpoint, size_t subject,
                   size_t treatment)
{
  struct under u = sum_under (d, endpoint, subject, treatment);
  return u.n > 0 ? u.sum / (double)u.n : NAN;
}

/* Factors of the two periods' responses in a contrast, in the sequence with
   the test first and in the other one. */
static const struct
{
  int test_first[2], reference_first[2];
} abba_factors[] = {
  [RX_ABBA_PERIOD_DIFFERENCE] = { { 1, -1 }, { 1, -1 } },
  [RX_ABBA_CROSSOVER_DIFFERENCE] = { { -1, 1 }, { 1, -1 } },
  [RX_ABBA_TOTAL] = { { 1, 1 }, { 1, 1 } },
};

static void
abba_add (const struct rx_endpoint *endpoint, size_t subject,
          const int factor[2], struct rx_contrast *out)
{
  const double *y = endpoint->y + subject * 2;
  if (isnan (y[0]) || isnan (y[1]))
    return;
  out->subject[out->n] = subject;
  if (endpoint->units != NULL)
    {
      const int64_t *u = endpoint->units + subject * 2;
      out->key[out->n] = factor[0] * u[0] + factor[1] * u[1];
      out->value[out->n] = (double)out->key[out->n] / endpoint->scale;
    }
  else
    out->value[out->n] = factor[0] * y[0] + factor[1] * y[1];
  out->n++;
}

/* Keys of both groups together, so that ties across them are seen. */
static enum rx_status
joint_keys (struct rx_contrast *a, struct rx_contrast *b, struct rx_error *err)
{
  size_t n = a->n + b->n;
  double *value = rx_array (n, sizeof *value);
  int64_t *key = rx_array (n, sizeof *key);
  enum rx_status status = RX_OK;
  if (value == NULL || key == NULL)
    status = rx_fail_memory (err);
  for (size_t i = 0; status == RX_OK && i < n; i++)
    value[i] = i < a->n ? a->value[i] : b->value[i - a->n];
  if (status == RX_OK)
    status = rx_ranks_keys (value, n, key, err);
  for (size_t i = 0; status == RX_OK && i < n; i++)
    *(i < a->n ? &a->key[i] : &b->key[i - a->n]) = key[i];
  free (value);
  free (key);
  return status;
}

enum rx_status
rx_crossover_abba_again (const struct rx_crossover *d,
                         const struct rx_endpoint *endpoint,
                         enum rx_abba_contrast which,
                         struct rx_contrast *test_first,
                         struct rx_contrast *reference_first,
                         struct rx_error *err)
{
  test_first->n = reference_first->n = 0;
  test_first->scale = reference_first->scale = 0;
  for (size_t s = 0; s < d->n_subjects; s++)
    if (d->treatment_at[s * 2] == (int)d->test)
      abba_add (endpoint, s, abba_factors[which].test_first, test_first);
    else if (d->treatment_at[s * 2] != RX_NO_TREATMENT)
      abba_add (endpoint, s, abba_factors[which].reference_first,
                reference_first);
  if (endpoint->units == NULL)
    return joint_keys (test_first, reference_first, err);
  test_first->scale = reference_first->scale = endpoint->scale;
  return RX_OK;
}

enum rx_status
rx_crossover_abba (const struct rx_crossover *d,
                   const struct rx_endpoint *endpoint,
                   enum rx_abba_contrast which, struct rx_contrast *test_first,
                   struct rx_contrast *reference_first, struct rx_error *err)
{
  *reference_first = (struct rx_contrast){ 0 };
  if (rx_contrast_alloc (test_first, d->n_subjects, err) == RX_OK
      && rx_contrast_alloc (reference_first, d->n_subjects, err) == RX_OK
      && rx_crossover_abba_again (d, endpoint, which, test_first,
                                  reference_first, err)
             == RX_OK)
    return RX_OK;
  rx_contrast_free (test_first);
  rx_contrast_free (reference_first);
  return err->status;
}

bool
rx_crossover_complete (const struct rx_crossover *d,
                       const struct rx_endpoint *endpoint, size_t subject)
{
  for (size_t p = 0; p < d->n_periods; p++)
    {
      bool planned = d->plan[d->sequence_of[subject] * d->n_periods + p]
                     != RX_NO_TREATMENT;
      if (planned && isnan (endpoint->y[subject * d->n_periods + p]))
        return false;
    }
  return true;
}

static bool
is_binary (double y)
{
  return y == 0 || y == 1;
}

static bool
is_count (double y)
{
  return y >= 0 && y == floor (y);
}

/* Is every response what `is` says? */
static bool
every_response (const struct rx_crossover *d,
                const struct rx_endpoint *endpoint, bool (*is) (double),
                size_t *subject, size_t *period)
{
  for (size_t s = 0; s < d->n_subjects; s++)
    for (size_t p = 0; p < d->n_periods; p++)
      {
        double y = endpoint->y[s * d->n_periods + p];
        if (isnan (y) || (!d->log && is (y)))
          continue;
        *subject = s;
        *period = p;
        return false;
      }
  return true;
}

bool
rx_crossover_binary (const struct rx_crossover *d,
                     const struct rx_endpoint *endpoint, size_t *subject,
                     size_t *period)
{
  return every_response (d, endpoint, is_binary, subject, period);
}

bool
rx_crossover_counts (const struct rx_crossover *d,
                     const struct rx_endpoint *endpoint, size_t *subject,
                     size_t *period)
{
  return every_response (d, endpoint, is_count, subject, period);
}

bool
rx_crossover_observed (const struct rx_crossover *d,
                       const struct rx_endpoint *endpoint)
{
  for (size_t i = 0; i < d->n_subjects * d->n_periods; i++)
    if (!isnan (endpoint->y[i]))
      return true;
  return false;
}

const char *
rx_crossover_unit (const struct rx_crossover *d)
{
  return d->persons > 0 ? "cluster" : "subject";
}

const char *
rx_crossover_words (const struct rx_crossover *d, struct rx_strings *strings)
{
  struct rx_text text = { 0 };
  rx_text_addf (&text, "%zu treatments (", d->n_treatments);
  for (size_t t = 0; t < d->n_treatments; t++)
    rx_text_addf (&text, "%s%s", t > 0 ? ", " : "", d->treatments[t]);
  rx_text_addf (&text, "), %zu period%s, %zu sequence%s: ", d->n_periods,
                d->n_periods > 1 ? "s" : "", d->n_sequences,
                d->n_sequences > 1 ? "s" : "");
  for (size_t q = 0; q < d->n_sequences; q++)
    {
      size_t n = 0;
      for (size_t s = 0; s < d->n_subjects; s++)
        n += d->sequence_of[s] == q;
      rx_text_addf (&text, "%s%s (%zu %s%s)", q > 0 ? ", " : "",
                    d->sequences[q], n, rx_crossover_unit (d),
                    n > 1 ? "s" : "");
    }
  const char *words
      = text.failed ? NULL : rx_strings_addz (strings, rx_text_string (&text));
  rx_text_free (&text);
  return words;
}
