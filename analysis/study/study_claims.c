/* study_claims.c: analyses of type `claims`: printed numbers held against each
   other.

       - name: ledger
         type: claims
         data: claims
         checks: checks

   `data` has a row per claim, `checks` a row per relation between claims. */
#include "base/text.h"
#include "designs/claims.h"
#include "methods/analysis_claims.h"
#include "study/study_keys.h"
#include "study/study_type.h"

#include <string.h>

static const char *const keys[]
    = { "name", "type", "data", "checks", "methods", NULL };

static bool
serves (const struct rx_method *method)
{
  return method->claims != NULL;
}

static enum rx_status
parse (struct rx_study *study, const struct rx_yaml_node *node,
       struct rx_study_analysis *analysis, struct rx_error *err)
{
  const struct rx_yaml_node *checks;
  size_t which;
  if (rx_keys_need (study, node, "checks", &checks, err) != RX_OK
      || rx_keys_choice_in (study, node, "checks", study->data, study->n_data,
                            sizeof *study->data, &which, err)
             != RX_OK)
    return err->status;
  analysis->second = &study->data[which];
  if (analysis->second == analysis->data)
    return rx_yaml_fail_value (&study->yaml, checks, err,
                               "\"%s\" are the claims themselves, expected "
                               "other data: a row per check",
                               analysis->data->name);
  if (analysis->second->is_register)
    return rx_yaml_fail_value (&study->yaml, checks, err,
                               "the checks are a table, and the data \"%s\" "
                               "are a dispensing register",
                               analysis->second->name);
  return RX_OK;
}

/* What is printed of its p, "" for nothing. */
static const char *
p_words (const struct rx_table *table, size_t row)
{
  for (size_t c = 0; c < table->n_columns; c++)
    if (strcmp (table->names[c], "p_text") == 0
        && !rx_table_missing (table, row, c))
      return rx_table_cell (table, row, c);
  return "";
}

/* What is printed, with its p: "3.3-point; p = 0.04". */
static const char *
printed_words (const struct rx_claim *claim, const char *p,
               struct rx_strings *strings)
{
  return rx_strings_format (strings, "%s%s%s", claim->printed,
                            p[0] != '\0' ? "; " : "", p);
}

static enum rx_status
word_claims (const struct rx_study_task *task, const struct rx_claims *claims,
             const struct rx_claim_verdicts *verdicts,
             struct rx_study_finding *finding, struct rx_error *err)
{
  struct rx_strings *strings = &finding->strings;
  finding->claims = rx_array (claims->n, sizeof *finding->claims);
  if (finding->claims == NULL)
    return rx_fail_memory (err);
  for (size_t i = 0; i < claims->n; i++)
    {
      const struct rx_claim *claim = &claims->claim[i];
      const struct rx_claim_verdict *verdict = &verdicts->claim[i];
      struct rx_study_claim *out = &finding->claims[finding->n_claims++];
      const char *p = p_words (task->table, i);
      *out = (struct rx_study_claim){
        .id = rx_strings_addz (strings, claim->id),
        .study = rx_strings_addz (strings, claim->study),
        .endpoint = rx_strings_addz (strings, claim->endpoint),
        .printed = printed_words (claim, p, strings),
        .computed = rx_strings_addz (strings, verdict->computed),
        .verdict = rx_verdict_names[verdict->verdict],
        .checks = rx_strings_addz (strings, verdict->checks),
        .reason = rx_strings_addz (strings, verdict->reason),
        .source = rx_strings_addz (strings, claim->source),
        .number = rx_strings_addz (strings, claim->printed),
        .p = rx_strings_addz (strings, p),
      };
      if (out->id == NULL || out->study == NULL || out->endpoint == NULL
          || out->printed == NULL || out->computed == NULL
          || out->checks == NULL || out->reason == NULL || out->source == NULL
          || out->number == NULL || out->p == NULL)
        return rx_fail_memory (err);
    }
  return RX_OK;
}

static enum rx_status
word_design (const struct rx_study_task *task, const struct rx_claims *claims,
             struct rx_text *out, struct rx_error *err)
{
  rx_text_addf (
      out,
      "The data (%s) are %zu printed claims, held against each other "
      "by the %zu checks of %s.",
      task->analysis->data->file, claims->n, claims->n_checks,
      task->analysis->second->file);
  return out->failed ? rx_fail_memory (err) : RX_OK;
}

static enum rx_status
judge (const struct rx_study_task *task, const struct rx_claims *claims,
       struct rx_study_finding *finding, struct rx_error *err)
{
  struct rx_claim_verdicts verdicts;
  struct rx_analysis_plan plan;
  if (rx_claim_verdicts_alloc (&verdicts, claims, err) != RX_OK)
    return err->status;
  enum rx_status status = rx_study_plan (task, finding, &plan, err);
  if (status == RX_OK)
    status = rx_analysis_claims (claims, &verdicts, &plan, task->rows, err);
  if (status == RX_OK)
    status = word_claims (task, claims, &verdicts, finding, err);
  if (status == RX_OK)
    status = word_design (task, claims, &finding->design, err);
  rx_claim_verdicts_free (&verdicts);
  return status;
}

static enum rx_status
run (const struct rx_study_task *task, struct rx_study_finding *finding,
     struct rx_error *err)
{
  struct rx_claims claims;
  enum rx_status status
      = rx_claims_build (&claims, task->table, task->second, err);
  if (status != RX_OK)
    return status;
  status = rx_study_setting (task, err, "checks", "%s",
                             task->analysis->second->name);
  if (status == RX_OK)
    status = judge (task, &claims, finding, err);
  rx_claims_free (&claims);
  return status;
}

const struct rx_study_type rx_study_type_claims = {
  .name = "claims",
  .title = "Printed numbers held against each other, a verdict for each",
  .keys = keys,
  .serves = serves,
  .parse = parse,
  .run = run,
};
