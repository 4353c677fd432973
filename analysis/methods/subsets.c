/* subsets.c: random effects by REML on some of the studies. */
#include "methods/subsets.h"

enum rx_status
rx_subset_row (const struct rx_evidence *evidence,
               const struct rx_method_options *options,
               struct rx_studies subset, const char *method, const char *term,
               struct rx_rows *rows, struct rx_error *err)
{
  struct rx_note note = { "" };
  bool is_random = subset.k > 1;
  struct rx_pool_spec spec
      = { is_random ? rx_tau2_reml : NULL, false, false, options->level };
  struct rx_pool pool = rx_pool_studies (subset, &spec);
  struct rx_row row = rx_pooled_row (&pool, options->level, is_random, &note);
  if (evidence->log)
    rx_note_add (&note, "log");
  return rx_pooled_add (rows, row, evidence, method, term, &note, err);
}
