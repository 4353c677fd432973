/* joint_tests.c: max-T over the endpoints of a crossover trial.

   A subject's signs, or label, are the same for all endpoints, which keeps
   their correlation.  A subject who lacks an endpoint takes part in the
   others; under exchanged labels an endpoint whose sequence is empty has the
   statistic 0. */
#include "methods/joint_tests.h"

#include "base/random.h"
#include "base/text.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

const char *const rx_max_t_name = "max-t";

const struct rx_joint_test rx_joint_flips
    = { rx_flipped_t, true, "flips the signs of the paired differences" };
const struct rx_joint_test rx_joint_labels
    = { rx_exchanged_t, false, "exchanges the labels of the sequences" };
const struct rx_joint_test rx_joint_labels_welch
    = { rx_exchanged_t_welch, false, "exchanges the labels of the sequences" };

/* The differences of all endpoints; value[endpoint * n_subjects + subject]. */
struct differences
{
  double *value;
  signed char *sign; /* [n] test first +, else - */
  bool *taken;       /* [endpoints] */
  double *adjusted;  /* [endpoints] */
  size_t n;          /* subjects with one */
};

static void
differences_free (struct differences *d)
{
  free (d->value);
  free (d->sign);
  free (d->taken);
  free (d->adjusted);
}

static void
place (const struct rx_contrast *c, double *value)
{
  for (size_t i = 0; i < c->n; i++)
    value[c->subject[i]] = c->value[i];
}

static enum rx_status
read_endpoint (const struct rx_crossover *design,
               const struct rx_endpoint *endpoint, bool flips, double *value,
               struct rx_error *err)
{
  struct rx_contrast a = { 0 }, b = { 0 };
  enum rx_status status
      = flips ? rx_crossover_paired (design, endpoint, design->test,
                                     design->reference, &a, err)
              : rx_crossover_abba (design, endpoint, RX_ABBA_PERIOD_DIFFERENCE,
                                   &a, &b, err);
  for (size_t s = 0; s < design->n_subjects; s++)
    value[s] = NAN;
  if (status == RX_OK)
    {
      place (&a, value);
      place (&b, value);
    }
  rx_contrast_free (&a);
  rx_contrast_free (&b);
  return status;
}

/* Leaves out who has no difference at all; value becomes [endpoint * n]. */
static void
drop_empty (struct differences *d, const struct rx_crossover *design)
{
  size_t all = design->n_subjects, k = design->n_endpoints;
  for (size_t s = 0; s < all; s++)
    {
      bool some = false;
      for (size_t e = 0; e < k; e++)
        some = some || !isnan (d->value[e * all + s]);
      if (!some)
        continue;
      d->sign[d->n] = design->is_abba
                              && design->plan[2 * design->sequence_of[s]]
                                     != (int)design->test
                          ? -1
                          : 1;
      for (size_t e = 0; e < k; e++)
        d->value[e * all + d->n] = d->value[e * all + s];
      d->n++;
    }
  for (size_t e = 1; e < k; e++)
    memmove (d->value + e * d->n, d->value + e * all, d->n * sizeof *d->value);
}

static enum rx_status
differences_make (struct differences *d, const struct rx_crossover *design,
                  bool flips, struct rx_error *err)
{
  size_t n = design->n_subjects, k = design->n_endpoints;
  *d = (struct differences){ 0 };
  d->value = rx_array (n, k * sizeof *d->value);
  d->sign = rx_array (n, sizeof *d->sign);
  d->taken = rx_array (k, sizeof *d->taken);
  d->adjusted = rx_array (k, sizeof *d->adjusted);
  if (d->value == NULL || d->sign == NULL || d->taken == NULL
      || d->adjusted == NULL)
    return rx_fail_memory (err);
  for (size_t e = 0; e < k; e++)
    if (read_endpoint (design, &design->endpoints[e], flips, d->value + e * n,
                       err)
        != RX_OK)
      return err->status;
  drop_empty (d, design);
  for (size_t i = 0; flips && i < d->n; i++)
    d->sign[i] = 1;
  return RX_OK;
}

/* The row of an endpoint in the family, NULL when there is none. */
static struct rx_row *
member (struct rx_rows *rows, size_t first, const char *method,
        const char *endpoint)
{
  for (size_t i = first; i < rows->n; i++)
    {
      struct rx_row *row = &rows->row[i];
      if (row->is_effect && strcmp (row->method, method) == 0
          && strcmp (row->endpoint, endpoint) == 0
          && strcmp (row->group, "all") == 0)
        return row;
    }
  return NULL;
}

static enum rx_status
note_row (struct rx_rows *rows, struct rx_row *row, double p,
          const struct rx_max_t_result *result, struct rx_error *err)
{
  const char *mark = row->note[0] != '\0' ? "; " : "";
  row->p_adjusted = p;
  if (isnan (p))
    return RX_OK;
  row->note
      = result->exact
            ? rx_strings_format (&rows->strings, "%s%smax-t-exact", row->note,
                                 mark)
            : rx_strings_format (
                &rows->strings, "%s%smax-t-replicates=%zu; max-t-mc-se=%.2g",
                row->note, mark, result->replicates,
                sqrt (p * (1 - p) / (double)result->replicates));
  return row->note == NULL ? rx_fail_memory (err) : RX_OK;
}

static enum rx_status
adjust_method (const struct rx_crossover *design,
               const struct rx_method *method, struct rx_rows *rows,
               size_t first, uint64_t seed, struct rx_error *err)
{
  const struct rx_joint_test *joint = method->joint;
  const char *const names[] = { rows->analysis, method->name, rx_max_t_name };
  uint64_t stream = rx_random_stream (names, sizeof names / sizeof names[0]);
  struct differences d;
  struct rx_max_t_result result = { 0 };
  enum rx_status status = differences_make (&d, design, joint->flips, err);
  if (status == RX_OK)
    {
      struct rx_max_t family = { .n = d.n,
                                 .k = design->n_endpoints,
                                 .value = d.value,
                                 .sign = d.sign,
                                 .statistic = joint->statistic,
                                 .flips = joint->flips };
      for (size_t e = 0; e < family.k; e++)
        {
          const struct rx_row *row
              = member (rows, first, method->name, design->endpoints[e].name);
          d.taken[e] = row != NULL && !isnan (row->p_value);
        }
      status = rx_max_t (&family, d.taken, seed, stream, d.adjusted, &result,
                         err);
    }
  for (size_t e = 0; e < design->n_endpoints && status == RX_OK; e++)
    {
      struct rx_row *row
          = member (rows, first, method->name, design->endpoints[e].name);
      if (row != NULL)
        status = note_row (rows, row, d.adjusted[e], &result, err);
    }
  differences_free (&d);
  if (status != RX_OK)
    return status;
  return rx_rows_remark (
      rows, false, err,
      "p_adjusted of %s: step-down max-T (Westfall & Young 1993), which %s; "
      "one family = its treatment rows over all endpoints; it controls the "
      "chance of any false positive in the family.",
      method->name, joint->words);
}

static bool
has_effects (const struct rx_rows *rows, size_t first, const char *method)
{
  for (size_t i = first; i < rows->n; i++)
    if (rows->row[i].is_effect && strcmp (rows->row[i].method, method) == 0)
      return true;
  return false;
}

static enum rx_status
remark_others (struct rx_rows *rows, size_t first, struct rx_error *err)
{
  struct rx_text text = { 0 };
  size_t n = 0;
  for (size_t m = 0; m < rx_n_methods; m++)
    if (rx_methods[m]->joint == NULL
        && has_effects (rows, first, rx_methods[m]->name))
      rx_text_addf (&text, "%s%s", n++ > 0 ? ", " : "", rx_methods[m]->name);
  enum rx_status status = RX_OK;
  if (text.failed)
    status = rx_fail_memory (err);
  else if (n > 0)
    status = rx_rows_remark (rows, false, err,
                             "max-t does not adjust %s: it takes the t tests "
                             "of paired differences and of the sequences.",
                             rx_text_string (&text));
  rx_text_free (&text);
  return status;
}

enum rx_status
rx_joint_tests_check (const char *adjust, const struct rx_crossover *design,
                      struct rx_error *err)
{
  if (strcmp (adjust, rx_max_t_name) != 0 || design->n_treatments == 2)
    return RX_OK;
  return rx_fail (err, RX_EUSAGE,
                  "adjust: max-t needs two treatments; %s has %zu",
                  design->file, design->n_treatments);
}

enum rx_status
rx_joint_tests_adjust (const struct rx_crossover *design, struct rx_rows *rows,
                       size_t first, uint64_t seed, struct rx_error *err)
{
  for (size_t m = 0; m < rx_n_methods; m++)
    if (rx_methods[m]->joint != NULL
        && has_effects (rows, first, rx_methods[m]->name)
        && adjust_method (design, rx_methods[m], rows, first, seed, err)
               != RX_OK)
      return err->status;
  return remark_others (rows, first, err);
}
