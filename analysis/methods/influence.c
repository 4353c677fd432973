/* influence.c: what each study does to the REML result.

   Terms WHAT:STUDY, one row per number: rstudent, dffits, cook, cov-ratio,
   hat, tau2-without, q-without, dfbetas, as stats/deletion.h says. Viechtbauer
   & Cheung 2010, Res Synth Methods 1:112-125.  The note `influential` marks
   their rules: |dffits| > 3 sqrt (1/(k - 1)), Cook's distance above the median
   of chi-squared with 1 df, hat > 3/k, |dfbetas| > 1.

   By hand: estimates 0, 0, 3 with SE 1 have rstudent 2.449 for the third. */
#include "methods/pooled.h"
#include "stats/deletion.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>

struct diagnostic
{
  const char *name;
  size_t offset;              /* of the number in struct rx_deletion */
  double (*limit) (double k); /* beyond it the study is influential */
};

static double
limit_dffits (double k)
{
  return 3 * sqrt (1 / (k - 1));
}

static double
limit_cook (double k)
{
  (void)k;
  return gsl_cdf_chisq_Pinv (0.5, 1);
}

static double
limit_hat (double k)
{
  return 3 / k;
}

static double
limit_dfbetas (double k)
{
  (void)k;
  return 1;
}

#define AT(member) offsetof (struct rx_deletion, member)
static const struct diagnostic diagnostics[] = {
  { "rstudent", AT (rstudent), NULL },
  { "dffits", AT (dffits), limit_dffits },
  { "cook", AT (cook), limit_cook },
  { "cov-ratio", AT (cov_ratio), NULL },
  { "hat", AT (hat), limit_hat },
  { "tau2-without", AT (tau2_without), NULL },
  { "q-without", AT (q_without), NULL },
  { "dfbetas", AT (dfbetas), limit_dfbetas },
};

static enum rx_status
add (const struct rx_evidence *evidence, const struct diagnostic *diagnostic,
     size_t study, const struct rx_deletion *of, struct rx_rows *rows,
     struct rx_error *err)
{
  struct rx_note note = { "" };
  struct rx_row row = rx_row_blank ();
  double k = (double)evidence->k;
  row.n = k;
  if (evidence->k < 2)
    rx_note_add (&note, "one-study");
  else
    row.estimate = *(const double *)((const char *)of + diagnostic->offset);
  if (diagnostic->limit != NULL && fabs (row.estimate) > diagnostic->limit (k))
    rx_note_add (&note, "influential");
  const char *term = rx_strings_format (
      &rows->strings, "%s:%s", diagnostic->name, evidence->name[study]);
  return term == NULL ? rx_fail_memory (err)
                      : rx_pooled_add (rows, row, evidence, "influence", term,
                                       &note, err);
}

static enum rx_status
run_meta (const struct rx_method *self, const struct rx_evidence *evidence,
          const struct rx_method_options *options, struct rx_rows *rows,
          struct rx_error *err)
{
  (void)self;
  struct rx_deletion *of = rx_array (evidence->k, sizeof *of);
  (void)options;
  enum rx_status status
      = of == NULL ? rx_fail_memory (err)
                   : rx_deletion_studies (rx_evidence_studies (evidence),
                                          rx_tau2_reml, of, err);
  for (size_t i = 0; i < evidence->k && status == RX_OK; i++)
    for (size_t j = 0;
         j < sizeof diagnostics / sizeof diagnostics[0] && status == RX_OK;
         j++)
      status = add (evidence, &diagnostics[j], i, &of[i], rows, err);
  free (of);
  return status;
}

const struct rx_method rx_method_influence = {
  .name = "influence",
  .title = "What each study does to the result of REML",
  .source = "Viechtbauer & Cheung 2010, Res Synth Methods 1:112-125",
  .words = "The influence of every study is shown by studentised deleted "
           "residuals, DFFITS, Cook's distances, covariance ratios, hat "
           "values, DFBETAS, and tau2 and Q without it.",
  .on_request = true,
  .subgroups = RX_SUBGROUPS_WHOLE,
  .meta = run_meta,
};
