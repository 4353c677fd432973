/* analysis_meta.c: each method once, then the remarks. */
#include "methods/analysis_meta.h"

#include "base/text.h"

static enum rx_status
remark_left_out (const struct rx_evidence *evidence, struct rx_rows *rows,
                 struct rx_error *err)
{
  struct rx_text names = { 0 };
  if (evidence->n_left_out == 0)
    return RX_OK;
  for (size_t i = 0; i < evidence->n_left_out; i++)
    rx_text_addf (&names, "%s%s", i > 0 ? ", " : "", evidence->left_out[i]);
  enum rx_status status
      = names.failed ? rx_fail_memory (err)
                     : rx_rows_remark (rows, true, err,
                                       "Left out for want of an estimate or "
                                       "its precision: %zu of %zu studies "
                                       "(%s).",
                                       evidence->n_left_out,
                                       evidence->n_left_out + evidence->k,
                                       rx_text_string (&names));
  rx_text_free (&names);
  return status;
}

static enum rx_status
remark (const struct rx_evidence *evidence, struct rx_rows *rows,
        struct rx_error *err)
{
  const char *words = rx_evidence_words (evidence, &rows->strings);
  if (words == NULL)
    return rx_fail_memory (err);
  if (rx_rows_remark (rows, false, err, "Meta-analysis of %s.", words) != RX_OK
      || remark_left_out (evidence, rows, err) != RX_OK)
    return err->status;
  if (evidence->repeated > 0
      && rx_rows_remark (
             rows, true, err,
             "Names of studies that come again were numbered "
             "(%zu). Results of the same persons must not be pooled as "
             "if they were independent.",
             evidence->repeated)
             != RX_OK)
    return err->status;
  if (evidence->corrected > 0
      && rx_rows_remark (rows, false, err,
                         "1/2 was added to every cell of %zu tables in which "
                         "one was zero.",
                         evidence->corrected)
             != RX_OK)
    return err->status;
  if (evidence->blank_rows > 0)
    return rx_rows_remark (rows, false, err,
                           "%zu rows without any value were passed over.",
                           evidence->blank_rows);
  return RX_OK;
}

enum rx_status
rx_analysis_meta (const struct rx_evidence *evidence,
                  const struct rx_analysis_plan *plan, struct rx_rows *rows,
                  struct rx_error *err)
{
  struct rx_method_options options
      = { .level = plan->level, .hksj_truncate = plan->hksj_truncate };
  bool chosen = plan->methods != NULL;
  size_t n = chosen ? plan->n_methods : rx_n_methods;
  for (size_t i = 0; chosen && i < n; i++)
    if (plan->methods[i]->meta == NULL)
      return rx_fail (err, RX_EUSAGE, "method %s does not pool studies",
                      plan->methods[i]->name);
  rows->synthetic = rows->synthetic || evidence->synthetic;
  for (size_t i = 0; i < n; i++)
    {
      const struct rx_method *method
          = chosen ? plan->methods[i] : rx_methods[i];
      if (method->meta == NULL || (!chosen && method->on_request))
        continue;
      if (method->meta (evidence, &options, rows, err) != RX_OK)
        return err->status;
    }
  return remark (evidence, rows, err);
}
