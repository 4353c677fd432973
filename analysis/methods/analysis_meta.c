/* analysis_meta.c: each method once, then the remarks. */
#include "methods/analysis_meta.h"

#include "base/number.h"
#include "methods/subgroups.h"

#include <math.h>

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

/* Where the correlations came from. */
static enum rx_status
remark_r (const struct rx_evidence *e, struct rx_rows *rows,
          struct rx_error *err)
{
  if (e->wanted_r > 0
      && rx_rows_remark (rows, true, err,
                         "%zu of them print no correlation r of the two "
                         "measurements. Borrow the mean of the others, or "
                         "show results for several values (a grid).",
                         e->wanted_r)
             != RX_OK)
    return err->status;
  if (e->filled_r == 0)
    return RX_OK;
  if (e->printed_r == 0)
    return rx_rows_remark (rows, false, err,
                           "A correlation of r = %.3g was assumed for %zu %s "
                           "that print none.",
                           e->r, e->filled_r,
                           e->filled_r == 1 ? "study" : "studies");
  return rx_rows_remark (rows, false, err,
                         "A correlation of r = %.3g, the mean of %zu printed, "
                         "was borrowed for %zu %s that print none.",
                         e->r, e->printed_r, e->filled_r,
                         e->filled_r == 1 ? "study" : "studies");
}

static enum rx_status
remark (const struct rx_evidence *evidence, struct rx_rows *rows,
        struct rx_error *err)
{
  const char *words = rx_evidence_words (evidence, &rows->strings);
  if (words == NULL)
    return rx_fail_memory (err);
  if (rx_rows_remark (rows, false, err, "Meta-analysis of %s.", words) != RX_OK
      || remark_left_out (evidence, rows, err) != RX_OK
      || remark_r (evidence, rows, err) != RX_OK)
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

/* ---- methods ---------------------------------------------------------- */

static const struct
{
  unsigned bit;
  const char *words;
} needs[] = {
  { RX_EVIDENCE_ARMS,
    "counts of one arm (an effect such as logit-proportion)" },
  { RX_EVIDENCE_ODDS, "counts of two groups and the effect log-odds-ratio" },
  { RX_EVIDENCE_TABLES,
    "counts of two groups (the effect log-odds-ratio, log-risk-ratio or "
    "risk-difference)" },
  { RX_EVIDENCE_MODERATOR, "a moderator" },
};

static bool
fits (const struct rx_method *method, const struct rx_evidence *evidence)
{
  return (evidence->has & method->evidence) == method->evidence;
}

/* A method asked for by name must run. */
static enum rx_status
check (const struct rx_method *method, const struct rx_evidence *evidence,
       struct rx_error *err)
{
  if (method->meta == NULL)
    return rx_fail (err, RX_EUSAGE, "method %s does not pool studies",
                    method->name);
  for (size_t i = 0; i < sizeof needs / sizeof needs[0]; i++)
    if ((method->evidence & needs[i].bit & ~evidence->has) != 0)
      return rx_fail (err, RX_EUSAGE, "method %s needs %s", method->name,
                      needs[i].words);
  return RX_OK;
}

/* The methods of the plan but those that are not for `part`. */
static enum rx_status
run_methods (const struct rx_evidence *evidence,
             const struct rx_analysis_plan *plan, enum rx_subgroup_use not_for,
             struct rx_rows *rows, struct rx_error *err)
{
  struct rx_method_options options
      = { .level = plan->level, .hksj_truncate = plan->hksj_truncate };
  bool chosen = plan->methods != NULL;
  size_t n = chosen ? plan->n_methods : rx_n_methods;
  for (size_t i = 0; i < n; i++)
    {
      const struct rx_method *method
          = chosen ? plan->methods[i] : rx_methods[i];
      bool runs = method->meta != NULL && fits (method, evidence)
                  && (chosen || !method->on_request)
                  && (not_for == RX_SUBGROUPS_AND_WHOLE
                      || method->subgroups != not_for);
      if (runs && method->meta (method, evidence, &options, rows, err) != RX_OK)
        return err->status;
    }
  return RX_OK;
}

static enum rx_status
run_subgroups (const struct rx_evidence *evidence,
               const struct rx_analysis_plan *plan, struct rx_rows *rows,
               struct rx_error *err)
{
  size_t first = rows->n;
  for (size_t i = 0; i < evidence->n_levels; i++)
    {
      struct rx_evidence subset;
      if (rx_evidence_subset (&subset, evidence, evidence->levels[i], err)
          != RX_OK)
        return err->status;
      enum rx_status status
          = run_methods (&subset, plan, RX_SUBGROUPS_WHOLE, rows, err);
      rx_evidence_free (&subset);
      if (status != RX_OK)
        return status;
    }
  if (run_methods (evidence, plan, RX_SUBGROUPS_WITHIN, rows, err) != RX_OK)
    return err->status;
  return rx_subgroups_compare (evidence, rows, first, err);
}

enum rx_status
rx_analysis_meta (const struct rx_evidence *evidence,
                  const struct rx_analysis_plan *plan, struct rx_rows *rows,
                  struct rx_error *err)
{
  for (size_t i = 0; plan->methods != NULL && i < plan->n_methods; i++)
    if (check (plan->methods[i], evidence, err) != RX_OK)
      return err->status;
  rows->synthetic = rows->synthetic || evidence->synthetic;
  enum rx_status status
      = evidence->n_levels > 0
            ? run_subgroups (evidence, plan, rows, err)
            : run_methods (evidence, plan, RX_SUBGROUPS_AND_WHOLE, rows, err);
  return status != RX_OK ? status : remark (evidence, rows, err);
}

/* ---- a file ----------------------------------------------------------- */

static enum rx_status
one (const struct rx_table *table, const struct rx_evidence_spec *spec,
     const char *group, const struct rx_analysis_plan *plan,
     struct rx_rows *rows, struct rx_text *words, struct rx_error *err)
{
  struct rx_evidence evidence;
  if (rx_evidence_build (&evidence, table, spec, err) != RX_OK)
    return err->status;
  evidence.group = group;
  enum rx_status status = rx_analysis_meta (&evidence, plan, rows, err);
  const char *says = rx_evidence_words (&evidence, &rows->strings);
  if (words->length == 0 && says != NULL)
    rx_text_addz (words, says);
  rx_evidence_free (&evidence);
  return status == RX_OK && (says == NULL || words->failed)
             ? rx_fail_memory (err)
             : status;
}

enum rx_status
rx_analysis_meta_table (const struct rx_table *table,
                        const struct rx_evidence_spec *spec,
                        const struct rx_analysis_plan *plan,
                        struct rx_rows *rows, struct rx_text *words,
                        struct rx_error *err)
{
  enum rx_status status = RX_OK;
  if (spec->n_r_grid == 0)
    return one (table, spec, NULL, plan, rows, words, err);
  for (size_t i = 0; i < spec->n_r_grid && status == RX_OK; i++)
    {
      char number[RX_NUMBER_SIZE];
      struct rx_evidence_spec at = *spec;
      at.has_r = true;
      at.r = spec->r_grid[i];
      const char *group = rx_strings_format (&rows->strings, "r=%s",
                                             rx_number_print (number, at.r));
      status = group == NULL ? rx_fail_memory (err)
                             : one (table, &at, group, plan, rows, words, err);
    }
  return status;
}
