/* power_design.c: the table of designs.

   Of the additive model with fixed subjects, periods and treatments (no
   carryover):

     df   = observations - subjects - (periods - 1) - (treatments - 1)
     SE^2 = unit sd^2 sum of 1 / n_i over the sequences

   for the difference of two treatments, sd the residual (within-subject)
   standard deviation of one measurement, and unit sum 1 / n_i what gives
   every sequence the same weight.  With N subjects in k balanced sequences
   SE^2 = unit k^2 sd^2 / N.  In the parallel design sd is the total one. These
   are the design constants of the R package PowerTOST (known.designs ()).

   Balaam's 2x4x2 has the variance adjusted for first-order carryover, 8 / N;
   the additive model would have 4 / N.  In 2x2x2r TT and RR are one period
   measured twice.

   Sequences of the user's own, and those of a name with carryover in the
   model, have df and variances by least squares (stats/design_variance.h).

   By hand: 2x2 has 2 N observations, so df = 2 N - N - 1 - 1 = N - 2; each
   sequence tells the difference with variance 2 sd^2 / n_i, and their mean has
   (2 sd^2 / 4) (1 / n_1 + 1 / n_2): unit 1/2. */
#include "designs/power_design.h"

#include "base/memory.h"
#include "designs/sequence_set.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* clang-format off */
const struct rx_power_design rx_power_designs[] = {
  { "2x2",      "AB/BA crossover",
    "TR, RT",
    true, { 2, 1, 2, 1. / 2 }, false, true, NULL },
  { "2x2x2",    "the same as 2x2",
    "TR, RT",
    true, { 2, 1, 2, 1. / 2 }, false, true, NULL },
  { "3x3",      "Latin square of 3 treatments",
    "ABC, BCA, CAB",
    true, { 3, 2, 4, 2. / 9 }, false, true, NULL },
  { "3x6x3",    "Williams design of 3 treatments",
    "ABC, BCA, CAB, ACB, BAC, CBA",
    true, { 6, 2, 4, 1. / 18 }, false, true, NULL },
  { "4x4",      "Williams design of 4 treatments",
    "ABDC, BCAD, CDBA, DACB",
    true, { 4, 3, 6, 1. / 8 }, false, true, NULL },
  { "2x2x3",    "replicate crossover, 3 periods",
    "TRT, RTR",
    true, { 2, 2, 3, 3. / 8 }, true, true, NULL },
  { "2x2x4",    "replicate crossover, 4 periods",
    "TRTR, RTRT",
    true, { 2, 3, 4, 1. / 4 }, true, true, NULL },
  { "2x4x4",    "replicate crossover, 4 sequences",
    "TRTR, RTRT, TRRT, RTTR",
    true, { 4, 3, 4, 1. / 16 }, true, true, NULL },
  { "2x3x3",    "partial replicate crossover",
    "TRR, RTR, RRT",
    true, { 3, 2, 3, 1. / 6 }, true, true, NULL },
  { "2x4x2",    "Balaam's design",
    "TR, RT, TT, RR",
    true, { 4, 1, 2, 1. / 2 }, false, true, NULL },
  { "2x2x2r",   "AB/BA crossover, periods measured twice",
    "TTRR, RRTT",
    true, { 2, 3, 2, 1. / 4 }, false, false, NULL },
  { "paired",   "two measurements of each subject",
    "one group",
    true, { 1, 1, 1, 2 }, false, false, NULL },
  { "parallel", "two parallel groups",
    "T, R",
    false, { 2, 1, 2, 1 }, false, false, NULL },
};
/* clang-format on */
const size_t rx_n_power_designs
    = sizeof rx_power_designs / sizeof rx_power_designs[0];

const struct rx_power_design *
rx_power_design_find (const char *name)
{
  for (size_t i = 0; i < rx_n_power_designs; i++)
    if (strcmp (rx_power_designs[i].name, name) == 0)
      return &rx_power_designs[i];
  return NULL;
}

void
rx_power_design_split (const struct rx_power_design *design, size_t total,
                       size_t *subjects)
{
  size_t groups = design->layout.groups;
  for (size_t i = 0; i < groups; i++)
    subjects[i] = total / groups + (i < total % groups);
}

/* The largest variance of a difference of two treatments; NaN where one of
   them cannot be told. */
static enum rx_status
worst_variance (const struct rx_sequences *sequences,
                const struct rx_carryover *carryover, double *worst,
                struct rx_error *err)
{
  size_t t = sequences->treatments;
  size_t parts = carryover != NULL ? carryover->n_parts : 0;
  double *variance = rx_array ((1 + parts) * t * t, sizeof *variance);
  if (variance == NULL)
    return rx_fail_memory (err);
  enum rx_status status = rx_design_variance (sequences, carryover, variance,
                                              variance + t * t, err);
  *worst = 0;
  for (size_t i = 0; i < t * t && status == RX_OK; i++)
    *worst = isnan (variance[i]) || isnan (*worst)
                 ? NAN
                 : fmax (*worst, variance[i]);
  free (variance);
  return status;
}

/* Test and reference in every sequence, the reference twice in some. */
static bool
is_replicate (const struct rx_power_sequences *own, const char *text)
{
  const struct rx_sequences *d = &own->sequences;
  bool twice = false;
  if (d->treatments != 2 || own->carryover != NULL
      || text[strspn (text, "TR, ")] != '\0')
    return false;
  for (size_t s = 0; s < d->n; s++)
    {
      size_t tests = 0; /* letters are sorted: the reference is 0 */
      for (size_t p = 0; p < d->periods; p++)
        tests += d->treatment[s * d->periods + p];
      if (tests == 0 || tests == d->periods)
        return false;
      twice = twice || d->periods - tests > 1;
    }
  return twice;
}

static enum rx_status
copy_sequences (const char *text, struct rx_power_sequences *own,
                struct rx_error *err)
{
  struct rx_sequence_list list = { 0 };
  if (rx_sequence_list_read (&list, text, NULL, err) != RX_OK)
    return err->status;
  enum rx_status status = RX_OK;
  if (list.n > RX_POWER_GROUPS || list.periods > RX_POWER_PERIODS)
    status = rx_fail (err, RX_EUSAGE,
                      "%s: found %zu sequences of %zu periods, expected at "
                      "most %d of %d",
                      text, list.n, list.periods, RX_POWER_GROUPS,
                      RX_POWER_PERIODS);
  else
    {
      memcpy (own->treatment, list.treatment,
              list.n * list.periods * sizeof *list.treatment);
      own->sequences
          = (struct rx_sequences){ list.treatments, list.n, list.periods,
                                   own->treatment, NULL };
    }
  rx_sequence_list_free (&list);
  return status;
}

enum rx_status
rx_power_design_own (const char *name, const char *text,
                     const struct rx_carryover *carryover,
                     struct rx_power_sequences *own,
                     struct rx_power_design *design, struct rx_error *err)
{
  double worst;
  size_t rank;
  *own = (struct rx_power_sequences){ .carryover = carryover };
  if (copy_sequences (text, own, err) != RX_OK
      || worst_variance (&own->sequences, carryover, &worst, err) != RX_OK
      || rx_design_rank (&own->sequences, carryover, &rank, err) != RX_OK)
    return err->status;
  const struct rx_sequences *d = &own->sequences;
  if (!(worst > 0))
    return rx_fail (err, RX_EUSAGE,
                    "the sequences %s cannot tell the treatments apart%s%s",
                    text, carryover != NULL ? " with " : "",
                    carryover != NULL ? carryover->title : "");
  *design = (struct rx_power_design){
    .name = name,
    .title = "sequences of one's own",
    .groups = text,
    .within_subject = true,
    .layout
    = { d->n, (double)(d->periods - 1), (double)rank, worst / (double)d->n },
    .is_replicate = is_replicate (own, text),
    .has_sequences = true,
    .own = own,
  };
  return RX_OK;
}

enum rx_status
rx_power_design_se (const struct rx_power_design *design,
                    const size_t *subjects, double sd, double *se,
                    struct rx_error *err)
{
  double weights[RX_POWER_GROUPS], variance;
  if (design->own == NULL)
    {
      *se = rx_power_se (&design->layout, subjects, sd);
      return RX_OK;
    }
  struct rx_sequences sequences = design->own->sequences;
  for (size_t i = 0; i < sequences.n; i++)
    weights[i] = (double)subjects[i];
  sequences.subjects = weights;
  if (worst_variance (&sequences, design->own->carryover, &variance, err)
      != RX_OK)
    return err->status;
  *se = sd * sqrt (variance);
  return RX_OK;
}

static double
times (const char *word, size_t length, char treatment)
{
  double n = 0;
  for (size_t i = 0; i < length; i++)
    n += word[i] == treatment;
  return n;
}

/* Periods that sequences with the reference twice tie together: what they
   take from the degrees of freedom is their number less that of the sets that
   nothing ties. */
static double
rank_of_periods (const char *groups, const size_t *subjects)
{
  size_t set[RX_POWER_PERIODS], n_sets = 0, used = 0, g = 0;
  bool seen[RX_POWER_PERIODS] = { false };
  for (size_t i = 0; i < RX_POWER_PERIODS; i++)
    set[i] = i;
  for (const char *word = groups; *word != '\0'; g++)
    {
      size_t length = strcspn (word, ","), first = RX_POWER_PERIODS;
      bool counts = subjects[g] > 0 && times (word, length, 'R') > 1;
      for (size_t p = 0; p < length && counts; p++)
        {
          if (word[p] != 'R')
            continue;
          seen[p] = true;
          if (first == RX_POWER_PERIODS)
            first = p;
          size_t old = set[p], new = set[first];
          for (size_t i = 0; i < RX_POWER_PERIODS; i++)
            if (set[i] == old)
              set[i] = new;
        }
      word += length + strspn (word + length, ", ");
    }
  for (size_t p = 0; p < RX_POWER_PERIODS; p++)
    {
      used += seen[p];
      n_sets += seen[p] && set[p] == p;
    }
  return (double)(used - n_sets);
}

struct rx_power_replicate
rx_power_design_replicate (const struct rx_power_design *design,
                           const size_t *subjects)
{
  struct rx_power_replicate out = { .is_even = true };
  double k = (double)design->layout.groups, first_t = 0, first_r = 0;
  size_t g = 0;
  for (const char *word = design->groups; *word != '\0'; g++)
    {
      size_t length = strcspn (word, ",");
      double n = (double)subjects[g];
      double t = times (word, length, 'T'), r = times (word, length, 'R');
      if (g == 0)
        {
          first_t = t;
          first_r = r;
        }
      out.is_even = out.is_even && t == first_t && r == first_r;
      out.df_model += n * (r - 1);
      out.df_ref += (n - 1) * (r - 1);
      out.df_test += (n - 1) * (t - 1);
      out.df_contrast += n - 1;
      out.per_test += 1 / (n * t * k * k);
      out.per_ref += 1 / (n * r * k * k);
      word += length + strspn (word + length, ", ");
    }
  out.df_model -= rank_of_periods (design->groups, subjects);
  return out;
}
