/* effect_size.c: standardised mean differences and reliability of the
   responses under two treatments, of those who have both; rows without a test,
   only on request.

   Terms: dz, gz (Hedges), dav-mean-sd, dav-rms-sd, gav, drm, correlation, icc,
   within-sd, sem, sdc (smallest detectable change), sd-test, sd-reference;
   with three or more treatments the contrast follows, dz:B-A.  The period is
   ignored.  Formulas, sources and values to check: stats/standardised.c. */
#include "methods/fill.h"

#include "stats/standardised.h"

#include <math.h>
#include <stdlib.h>

#define AT(member) offsetof (struct rx_standardised, member)

static const struct
{
  const char *term;
  size_t offset; /* of the struct rx_sized */
} terms[] = {
  { "dz", AT (dz) },
  { "gz", AT (gz) },
  { "dav-mean-sd", AT (dav_mean_sd) },
  { "dav-rms-sd", AT (dav_rms_sd) },
  { "gav", AT (gav) },
  { "drm", AT (drm) },
  { "correlation", AT (correlation) },
  { "icc", AT (icc) },
  { "within-sd", AT (within_sd) },
  { "sem", AT (sem) },
  { "sdc", AT (sdc) },
  { "sd-test", AT (sd_x) },
  { "sd-reference", AT (sd_y) },
};

/* Why numbers are missing. */
static void
explain (size_t n, struct rx_note *note)
{
  rx_note_add (note, n == 0   ? "no-subjects"
                     : n == 1 ? "one-subject"
                     : n < 4  ? "too-few-subjects"
                              : "zero-variance");
}

static enum rx_status
add_rows (const struct rx_crossover *design,
          const struct rx_endpoint *endpoint, struct rx_standardised sized,
          size_t n, const char *contrast, double level, struct rx_rows *rows,
          struct rx_error *err)
{
  for (size_t i = 0; i < sizeof terms / sizeof terms[0]; i++)
    {
      const struct rx_sized *one
          = (const struct rx_sized *)((const char *)&sized + terms[i].offset);
      struct rx_note note = { "" };
      struct rx_row row = rx_row_blank ();
      const char *term
          = rx_strings_format (&rows->strings, "%s%s%s", terms[i].term,
                               contrast[0] != '\0' ? ":" : "", contrast);
      if (term == NULL)
        return rx_fail_memory (err);
      row.n = (double)n;
      row.estimate = one->estimate;
      if (isnan (one->estimate))
        explain (n, &note);
      if (!isnan (one->low))
        {
          row.conf_level = level;
          row.conf_low = one->low;
          row.conf_high = one->high;
        }
      if (rx_fill_crossover (rows, row, design, endpoint, "effect-size", term,
                             false, &note, err)
          != RX_OK)
        return err->status;
    }
  return RX_OK;
}

/* Responses under a treatment of the subjects of a contrast. */
static enum rx_status
responses (const struct rx_crossover *design,
           const struct rx_endpoint *endpoint, const struct rx_contrast *d,
           size_t treatment, double **out, struct rx_error *err)
{
  *out = rx_array (d->n, sizeof **out);
  if (*out == NULL)
    return rx_fail_memory (err);
  for (size_t i = 0; i < d->n; i++)
    (*out)[i] = rx_crossover_mean (design, endpoint, d->subject[i], treatment);
  return RX_OK;
}

static enum rx_status
run_contrast (const struct rx_crossover *design,
              const struct rx_endpoint *endpoint, size_t test,
              const char *contrast, double level, struct rx_rows *rows,
              struct rx_error *err)
{
  struct rx_contrast d;
  double *x = NULL, *y = NULL;
  if (rx_crossover_paired (design, endpoint, test, design->reference, &d, err)
      != RX_OK)
    return err->status;
  enum rx_status status = responses (design, endpoint, &d, test, &x, err);
  if (status == RX_OK)
    status = responses (design, endpoint, &d, design->reference, &y, err);
  if (status == RX_OK)
    status = add_rows (
        design, endpoint,
        rx_standardised_of ((struct rx_pairs){ x, y, d.value, d.n }, level),
        d.n, contrast, level, rows, err);
  free (x);
  free (y);
  rx_contrast_free (&d);
  return status;
}

static enum rx_status
run_crossover (const struct rx_method *self, const struct rx_crossover *design,
               const struct rx_endpoint *endpoint,
               const struct rx_method_options *options, struct rx_rows *rows,
               struct rx_error *err)
{
  (void)self;
  if (design->n_treatments == 2)
    return run_contrast (design, endpoint, design->test, "", options->level,
                         rows, err);
  enum rx_status status = RX_OK;
  for (size_t t = 0; t < design->n_treatments && status == RX_OK; t++)
    {
      if (t == design->reference)
        continue;
      const char *contrast
          = rx_strings_format (&rows->strings, "%s-%s", design->treatments[t],
                               design->treatments[design->reference]);
      status = contrast == NULL ? rx_fail_memory (err)
                                : run_contrast (design, endpoint, t, contrast,
                                                options->level, rows, err);
    }
  return status;
}

const struct rx_method rx_method_effect_size = {
  .name = "effect-size",
  .title = "Standardised mean differences and reliability, within subject",
  .source = "Morris & DeShon 2002, Psychol Methods 7:105-125; Hedges 1981, J "
            "Educ Stat 6:107-128; Shrout & Fleiss 1979, Psychol Bull "
            "86:420-428",
  .words = "Effect sizes standardise the mean difference within subject, by "
           "the SD of the differences (dz, Hedges' gz), the mean SD of both "
           "treatments (dav, gav) or the SD of one measurement (drm); the "
           "reliability is the intraclass correlation ICC(3,1).",
  .on_request = true,
  .crossover = run_crossover,
};
