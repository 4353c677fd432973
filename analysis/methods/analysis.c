/* analysis.c: methods over endpoints; a family of p-values adjusted. */
#include "methods/analysis.h"

#include "methods/analysis_traps.h"
#include "methods/comparisons.h"
#include "methods/design_needs.h"
#include "methods/joint_tests.h"
#include "methods/rows_of_items.h"

#include "base/date.h"
#include "base/number.h"
#include "base/text.h"
#include "data/intern.h"
#include "data/register_audit.h"
#include "designs/cycles.h"
#include "stats/adjust.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Adjusts every family among the rows from `first` on.  A family is the
   effect rows of one method, measure and group over all endpoints. */
static bool
same_family (const struct rx_row *a, const struct rx_row *b)
{
  return b->is_effect && strcmp (a->method, b->method) == 0
         && strcmp (a->measure, b->measure) == 0
         && strcmp (a->group, b->group) == 0;
}

static enum rx_status
adjust_family (const struct rx_adjustment *adjustment, struct rx_rows *rows,
               size_t from, bool *done, size_t first, double *p,
               struct rx_error *err)
{
  size_t n = 0;
  double *adjusted = p + rows->n;
  for (size_t i = from; i < rows->n; i++)
    if (same_family (&rows->row[from], &rows->row[i]))
      p[n++] = rows->row[i].p_value;
  if (rx_adjust (adjustment, p, n, adjusted, err) != RX_OK)
    return err->status;
  n = 0;
  for (size_t i = from; i < rows->n; i++)
    if (same_family (&rows->row[from], &rows->row[i]))
      {
        rows->row[i].p_adjusted = adjusted[n++];
        done[i - first] = true;
      }
  return RX_OK;
}

static enum rx_status
adjust_rows (const char *name, struct rx_rows *rows, size_t first,
             const char *family, struct rx_error *err)
{
  const struct rx_adjustment *adjustment = rx_adjustment_find (name);
  char quoted[RX_QUOTED_SIZE];
  if (adjustment == NULL)
    return rx_fail (err, RX_EUSAGE,
                    "adjust: found %s, expected one of bonferroni, holm, "
                    "hochberg, hommel, bh, by, max-t",
                    rx_quotez (quoted, name));
  if (adjustment->run == NULL)
    return rx_fail (err, RX_EUSAGE,
                    "adjust: %s needs the subjects of a crossover trial; "
                    "expected another adjustment, such as holm",
                    name);
  bool *done = rx_array (rows->n - first, sizeof *done);
  double *p = rx_array (rows->n, 2 * sizeof *p);
  enum rx_status status = RX_OK;
  if (done == NULL || p == NULL)
    status = rx_fail_memory (err);
  for (size_t i = first; i < rows->n && status == RX_OK; i++)
    if (rows->row[i].is_effect && !done[i - first])
      status = adjust_family (adjustment, rows, i, done, first, p, err);
  free (done);
  free (p);
  if (status != RX_OK)
    return status;
  return rx_rows_remark (rows, false, err,
                         "p_adjusted: %s; one family = %s; it controls %s.",
                         adjustment->title, family, adjustment->controls);
}

static bool
fits_crossover (const struct rx_method *method,
                const struct rx_crossover *design)
{
  return rx_method_serves_crossover (method)
         && rx_design_meets (design, method);
}

/* A method asked for by name must fit; the reason is said. */
static enum rx_status
check_crossover (const struct rx_method *method,
                 const struct rx_crossover *design, struct rx_error *err)
{
  if (fits_crossover (method, design))
    return RX_OK;
  if (!rx_method_serves_crossover (method))
    return rx_fail (err, RX_EUSAGE,
                    "method %s does not analyse crossover trials",
                    method->name);
  struct rx_strings strings = { 0 };
  const char *words = rx_design_unmet (design, method, &strings);
  if (words == NULL)
    rx_fail_memory (err);
  else
    rx_fail (err, RX_EUSAGE, "method %s %s", method->name, words);
  rx_strings_free (&strings);
  return err->status;
}

bool
rx_analysis_fits_endpoint (const struct rx_method *method,
                           const struct rx_crossover *design,
                           const struct rx_endpoint *endpoint)
{
  size_t subject, period;
  return fits_crossover (method, design) && (!method->log_only || design->log)
         && (!method->binary_only
             || (rx_crossover_observed (design, endpoint)
                 && rx_crossover_binary (design, endpoint, &subject, &period)))
         && (!method->counts_only
             || rx_crossover_counts (design, endpoint, &subject, &period));
}

enum rx_status
rx_analysis_check_endpoint (const struct rx_method *method,
                            const struct rx_crossover *design,
                            const struct rx_endpoint *endpoint,
                            struct rx_error *err)
{
  char found[RX_NUMBER_SIZE];
  size_t subject, period;
  if (method->log_only && !design->log)
    return rx_fail (err, RX_EUSAGE,
                    "method %s gives ratios, which need logarithms: add --log "
                    "(in a study file log: true)",
                    method->name);
  if ((!method->binary_only
       || rx_crossover_binary (design, endpoint, &subject, &period))
      && (!method->counts_only
          || rx_crossover_counts (design, endpoint, &subject, &period)))
    return RX_OK;
  return rx_fail (
      err, RX_EUSAGE,
      "method %s needs %s; %s: %s: subject %s, period %s "
      "has %s%s",
      method->name,
      method->binary_only ? "responses of 0 and 1" : "counts (0, 1, 2, ...)",
      design->file, endpoint->name, design->subjects[subject],
      design->periods[period],
      rx_number_print (found,
                       endpoint->y[subject * design->n_periods + period]),
      design->log ? " (log)" : "");
}

static bool
lacks_margin (const struct rx_method *method,
              const struct rx_crossover *design,
              const struct rx_analysis_plan *plan)
{
  return method->needs_margin && !design->log && !plan->has_margin;
}

enum rx_status
rx_analysis_check_margin (const struct rx_method *method,
                          const struct rx_crossover *design,
                          const struct rx_analysis_plan *plan,
                          struct rx_error *err)
{
  if (!lacks_margin (method, design, plan))
    return RX_OK;
  return rx_fail (err, RX_EUSAGE,
                  "method %s needs the limits of a difference: add --margin "
                  "LOW,HIGH (in a study file margin: [low, high])",
                  method->name);
}

/* Are the same responses missing of two endpoints? */
static bool
lacks_the_same (const struct rx_crossover *design, size_t e, size_t f)
{
  const double *y = design->endpoints[e].y, *z = design->endpoints[f].y;
  bool same = true;
  for (size_t i = 0; i < design->n_subjects * design->n_periods; i++)
    same &= !isnan (y[i]) == !isnan (z[i]);
  return same;
}

/* Numbers the endpoints by which subjects have every period of them, from 0
   as they are first seen. */
static enum rx_status
number_completers (const struct rx_crossover *design, uint32_t *number,
                   struct rx_error *err)
{
  size_t n = design->n_subjects;
  struct rx_strings strings = { 0 };
  struct rx_intern patterns = { .strings = &strings };
  char *pattern = rx_array (n, 1);
  enum rx_status status = pattern == NULL ? rx_fail_memory (err) : RX_OK;
  for (size_t e = 0; e < design->n_endpoints && status == RX_OK; e++)
    {
      struct rx_intern_key key;
      if (e > 0 && lacks_the_same (design, e - 1, e))
        {
          number[e] = number[e - 1];
          continue;
        }
      for (size_t s = 0; s < n; s++)
        pattern[s] = rx_crossover_complete (design, &design->endpoints[e], s)
                         ? 'x'
                         : '.';
      rx_intern_key (&key, pattern, n);
      status = rx_intern_add (&patterns, &key, &number[e], err);
    }
  free (pattern);
  rx_intern_free (&patterns);
  rx_strings_free (&strings);
  return status;
}

enum
{
  NAMES_MOST = 20 /* incomplete subjects named in a remark; the rows of
                     `disposition` name them all */
};

static void
list_incomplete (const struct rx_crossover *design, size_t endpoint,
                 struct rx_text *text)
{
  size_t shown = 0, n = 0;
  for (size_t s = 0; s < design->n_subjects; s++)
    {
      if (rx_crossover_complete (design, &design->endpoints[endpoint], s))
        continue;
      n++;
      if (shown < NAMES_MOST)
        rx_text_addf (text, "%s%s", shown++ > 0 ? ", " : "",
                      design->subjects[s]);
    }
  if (n > shown)
    rx_text_addf (text, " and %zu more", n - shown);
}

static void
count_sequence (const struct rx_crossover *design, size_t endpoint,
                size_t sequence, size_t *complete, size_t *all)
{
  *complete = *all = 0;
  for (size_t s = 0; s < design->n_subjects; s++)
    if (design->sequence_of[s] == sequence)
      {
        ++*all;
        *complete
            += rx_crossover_complete (design, &design->endpoints[endpoint], s);
      }
}

/* "Completers of PEF: 13 of 16 randomised (FS 7 of 8, SF 6 of 8); without
   every period: S03, S07, S09." for the endpoints that share them. */
static void
word_completers (const struct rx_crossover *design, const uint32_t *number,
                 size_t endpoint, struct rx_text *text)
{
  size_t complete = 0;
  rx_text_addz (text, "Completers of");
  const char *mark = " ";
  for (size_t e = endpoint; e < design->n_endpoints; e++)
    if (number[e] == number[endpoint])
      {
        rx_text_addz (text, mark);
        rx_text_addz (text, design->endpoints[e].name);
        mark = ", ";
      }
  for (size_t s = 0; s < design->n_subjects; s++)
    complete
        += rx_crossover_complete (design, &design->endpoints[endpoint], s);
  rx_text_addf (text, ": %zu of %zu %ss", complete, design->n_subjects,
                rx_crossover_unit (design));
  for (size_t q = 0; q < design->n_sequences; q++)
    {
      size_t some, all;
      count_sequence (design, endpoint, q, &some, &all);
      rx_text_addf (text, "%s%s %zu of %zu", q == 0 ? " (" : ", ",
                    design->sequences[q], some, all);
    }
  rx_text_addz (text, ")");
  if (complete < design->n_subjects)
    {
      rx_text_addz (text, "; without every period: ");
      list_incomplete (design, endpoint, text);
    }
  rx_text_addz (text, ".");
}

static enum rx_status
remark_completers (const struct rx_crossover *design, struct rx_rows *rows,
                   struct rx_error *err)
{
  uint32_t *number = rx_array (design->n_endpoints, sizeof *number), said = 0;
  enum rx_status status = number == NULL
                              ? rx_fail_memory (err)
                              : number_completers (design, number, err);
  for (size_t e = 0; e < design->n_endpoints && status == RX_OK; e++)
    {
      if (number[e] < said)
        continue;
      struct rx_text text = { 0 };
      word_completers (design, number, e, &text);
      said++;
      status = text.failed ? rx_fail_memory (err)
                           : rx_rows_remark (rows, false, err, "%s",
                                             rx_text_string (&text));
      rx_text_free (&text);
    }
  free (number);
  return status;
}

/* Two sequences with the same treatments: a column is wrong, or the labels
   mean something else (strata). */
static enum rx_status
warn_same_plans (const struct rx_crossover *design, struct rx_rows *rows,
                 struct rx_error *err)
{
  size_t bytes = design->n_periods * sizeof *design->plan;
  for (size_t a = 0; a < design->n_sequences; a++)
    for (size_t b = a + 1; b < design->n_sequences; b++)
      if (memcmp (design->plan + a * design->n_periods,
                  design->plan + b * design->n_periods, bytes)
              == 0
          && rx_rows_remark (rows, true, err,
                             "Sequences %s and %s give the same treatments in "
                             "the same order: is the column of the sequence "
                             "or of the treatment another one?",
                             design->sequences[a], design->sequences[b])
                 != RX_OK)
        return err->status;
  return RX_OK;
}

static enum rx_status
remark_clusters (const struct rx_crossover *design, struct rx_rows *rows,
                 struct rx_error *err)
{
  if (design->persons == 0)
    return RX_OK;
  return rx_rows_remark (rows, false, err,
                         "The file has %zu persons in %zu clusters. Every "
                         "response is the mean of "
                         "a cluster's persons in a period; n counts clusters.",
                         design->persons, design->n_subjects);
}

/* Replicate designs give treatments in pairs as well, in few sequences. */
static enum rx_status
remark_cycles (const struct rx_crossover *design, struct rx_rows *rows,
               struct rx_error *err)
{
  enum
  {
    SEQUENCES_OF_REPLICATES = 4
  };
  if (!rx_crossover_has_cycles (design)
      || (design->n_sequences <= SEQUENCES_OF_REPLICATES
          && design->n_subjects > 1))
    return RX_OK;
  return rx_rows_remark (
      rows, false, err,
      "Both treatments stand in each of %zu pairs of periods, as in n-of-1 "
      "trials: n-of-1-patients, n-of-1-fixed and n-of-1-random analyse the "
      "differences within pairs.",
      design->n_periods / 2);
}

static enum rx_status
remark_crossover (const struct rx_crossover *design, struct rx_rows *rows,
                  size_t first, struct rx_error *err)
{
  const char *words = rx_crossover_words (design, &rows->strings);
  if (words == NULL)
    return rx_fail_memory (err);
  bool two = design->n_treatments == 2;
  if (rx_rows_remark (rows, false, err,
                      "Design: %s. Treatment effects are "
                      "%s minus %s%s.",
                      words,
                      two ? design->treatments[design->test]
                          : "each other treatment",
                      design->treatments[design->reference],
                      design->log ? ", on the natural log scale" : "")
          != RX_OK
      || remark_clusters (design, rows, err) != RX_OK
      || remark_cycles (design, rows, err) != RX_OK
      || remark_completers (design, rows, err) != RX_OK
      || warn_same_plans (design, rows, err) != RX_OK)
    return err->status;
  if (design->blank_rows > 0
      && rx_rows_remark (rows, false, err,
                         "%zu rows without any value were passed over.",
                         design->blank_rows)
             != RX_OK)
    return err->status;
  for (size_t i = first; i < rows->n; i++)
    if (strcmp (rows->row[i].term, "carryover") == 0)
      return rx_rows_remark (
          rows, false, err,
          "The carryover test is shown for the record. Do not let it choose "
          "the analysis: testing first inflates the type I error (Freeman "
          "1989, Stat Med 8:1421-1432).");
  return RX_OK;
}

static enum rx_status
check_plan (const struct rx_crossover *design,
            const struct rx_analysis_plan *plan, struct rx_error *err)
{
  for (size_t i = 0; i < plan->n_methods; i++)
    {
      if (check_crossover (plan->methods[i], design, err) != RX_OK
          || rx_analysis_check_margin (plan->methods[i], design, plan, err)
                 != RX_OK)
        return err->status;
      for (size_t e = 0; e < design->n_endpoints; e++)
        if (rx_analysis_check_endpoint (plan->methods[i], design,
                                        &design->endpoints[e], err)
            != RX_OK)
          return err->status;
    }
  return RX_OK;
}

/* What the items of a trial share; an item is one method on one endpoint, of
   all subjects or of the completers. */
struct trial
{
  const struct rx_crossover *design;
  const struct rx_analysis_plan *plan;
  struct rx_method_options options;
  const struct rx_method **methods;
  size_t n_methods;
};

/* The methods to run: those chosen, or all that fit the design. */
static enum rx_status
choose_methods (struct trial *trial, struct rx_error *err)
{
  const struct rx_analysis_plan *plan = trial->plan;
  bool chosen = plan->methods != NULL;
  size_t n = chosen ? plan->n_methods : rx_n_methods;
  trial->methods = rx_array (n, sizeof *trial->methods);
  if (trial->methods == NULL)
    return rx_fail_memory (err);
  for (size_t i = 0; i < n; i++)
    {
      const struct rx_method *method
          = chosen ? plan->methods[i] : rx_methods[i];
      if (chosen
          || (!method->on_request && fits_crossover (method, trial->design)))
        trial->methods[trial->n_methods++] = method;
    }
  return RX_OK;
}

static enum rx_status
run_method (const struct trial *trial, const struct rx_endpoint *endpoint,
            const struct rx_method *method, struct rx_rows *rows,
            struct rx_error *err)
{
  const struct rx_analysis_plan *plan = trial->plan;
  if ((plan->methods == NULL || plan->as_fits)
      && (lacks_margin (method, trial->design, plan)
          || !rx_analysis_fits_endpoint (method, trial->design, endpoint)))
    return RX_OK;
  return rx_method_crossover (method, trial->design, endpoint, &trial->options,
                              rows, err);
}

/* The rows of an endpoint once more, from the subjects that have every period
   of it. */
static enum rx_status
run_completers (const struct trial *trial, const struct rx_endpoint *endpoint,
                const struct rx_method *method, struct rx_rows *rows,
                struct rx_error *err)
{
  const struct rx_crossover *design = trial->design;
  size_t from = rows->n, periods = design->n_periods;
  struct rx_endpoint complete = *endpoint;
  if (method->whole_trial)
    return RX_OK;
  complete.y = rx_array (design->n_subjects * periods, sizeof *complete.y);
  if (complete.y == NULL)
    return rx_fail_memory (err);
  for (size_t i = 0; i < design->n_subjects * periods; i++)
    complete.y[i] = rx_crossover_complete (design, endpoint, i / periods)
                        ? endpoint->y[i]
                        : NAN;
  enum rx_status status = run_method (trial, &complete, method, rows, err);
  free (complete.y);
  for (size_t i = from; i < rows->n; i++)
    rows->row[i].group = "completers";
  return status;
}

/* Endpoint by endpoint, all subjects before the completers, the methods in
   their order. */
static enum rx_status
run_item (const void *context, size_t item, struct rx_rows *rows,
          struct rx_error *err)
{
  const struct trial *trial = context;
  const struct rx_method *method = trial->methods[item % trial->n_methods];
  size_t pass = item / trial->n_methods, passes = trial->plan->completers + 1;
  const struct rx_endpoint *endpoint
      = &trial->design->endpoints[pass / passes];
  return pass % passes == 0
             ? run_method (trial, endpoint, method, rows, err)
             : run_completers (trial, endpoint, method, rows, err);
}

static enum rx_status
run_trial (const struct rx_crossover *design,
           const struct rx_analysis_plan *plan, struct rx_rows *rows,
           struct rx_error *err)
{
  struct trial trial
      = { .design = design,
          .plan = plan,
          .options = { .level = plan->level,
                       .seed = plan->seed,
                       .no_sequence = plan->no_sequence,
                       .model = plan->model,
                       .missing = plan->missing,
                       .alpha = plan->alpha,
                       .margin = { plan->margin[0], plan->margin[1] },
                       .has_margin = plan->has_margin,
                       .expansion = plan->expansion } };
  enum rx_status status = choose_methods (&trial, err);
  if (status == RX_OK)
    status = rx_rows_of_items (design->n_endpoints * (plan->completers + 1)
                                   * trial.n_methods,
                               run_item, &trial, rows, err);
  free (trial.methods);
  return status;
}

void
rx_analysis_word_models (const struct rx_crossover *design,
                         const struct rx_model_options *model,
                         struct rx_text *out)
{
  bool baseline = false;
  for (size_t e = 0; e < design->n_endpoints; e++)
    baseline = baseline || design->endpoints[e].baseline != NULL;
  const char *before = " The linear models adjust for";
  if (design->change)
    rx_text_addz (out, design->log ? " Responses are analysed less their "
                                     "baselines (ratios, as logarithms)."
                                   : " Responses are analysed less their "
                                     "baselines.");
  if (baseline)
    {
      rx_text_addf (out, "%s the baseline", before);
      before = ",";
    }
  for (size_t i = 0; i < design->n_covariates; i++)
    {
      rx_text_addf (out, "%s %s", before, design->covariates[i].name);
      before = ",";
    }
  if (model->carryover)
    {
      rx_text_addf (out, "%s first-order carryover", before);
      before = ",";
    }
  if (strcmp (before, ",") == 0)
    rx_text_addz (out, ".");
  if (design->exposure.value != NULL)
    rx_text_addf (out,
                  " The models of counts compare rates: the logarithm of %s "
                  "is their offset.",
                  design->exposure.name);
  if (model->within_by_treatment)
    rx_text_addz (out, " The mixed models have a variance within subjects for "
                       "each treatment.");
  if (model->observed)
    rx_text_addz (out, " Kenward-Roger takes the observed information.");
}

static enum rx_status
remark_models (const struct rx_crossover *design,
               const struct rx_model_options *model, struct rx_rows *rows,
               struct rx_error *err)
{
  struct rx_text text = { 0 };
  enum rx_status status = RX_OK;
  rx_analysis_word_models (design, model, &text);
  const char *words = rx_text_string (&text);
  if (text.failed)
    status = rx_fail_memory (err);
  else if (words[0] != '\0')
    status = rx_rows_remark (rows, false, err, "%s", words + 1);
  rx_text_free (&text);
  return status;
}

enum rx_status
rx_analysis_crossover (const struct rx_crossover *design,
                       const struct rx_analysis_plan *plan,
                       struct rx_rows *rows, struct rx_error *err)
{
  size_t first = rows->n;
  if ((plan->adjust != NULL
       && rx_joint_tests_check (plan->adjust, design, err) != RX_OK)
      || (plan->methods != NULL && !plan->as_fits
          && check_plan (design, plan, err) != RX_OK))
    return err->status;
  rows->synthetic = rows->synthetic || design->synthetic;
  if (run_trial (design, plan, rows, err) != RX_OK
      || remark_crossover (design, rows, first, err) != RX_OK)
    return err->status;
  if (plan->no_sequence
      && rx_rows_remark (rows, false, err,
                         "The mixed models leave the sequence out.")
             != RX_OK)
    return err->status;
  if (remark_models (design, &plan->model, rows, err) != RX_OK)
    return err->status;
  if (plan->adjust == NULL)
    return RX_OK;
  if (strcmp (plan->adjust, rx_max_t_name) == 0)
    return rx_joint_tests_adjust (design, rows, first, plan->seed, err);
  return adjust_rows (plan->adjust, rows, first,
                      "the treatment rows of one method over all endpoints",
                      err);
}

static enum rx_status
remark_ungrouped (const struct rx_before_after *design, struct rx_rows *rows,
                  struct rx_error *err)
{
  size_t n = 0;
  for (size_t i = 0; design->group != NULL && i < design->n_persons; i++)
    n += design->group[i] == design->n_levels;
  return n == 0
             ? RX_OK
             : rx_rows_remark (rows, false, err,
                               "%zu persons fit no exposure group and count "
                               "in `all' only.",
                               n);
}

/* What is valid in the register but worth a look. */
static enum rx_status
remark_awkward (const struct rx_before_after *design, struct rx_rows *rows,
                struct rx_error *err)
{
  const struct rx_register_audit *audit = &design->audit;
  if (audit->blank_rows > 0
      && rx_rows_remark (rows, false, err,
                         "%zu rows without any value were passed over.",
                         audit->blank_rows)
             != RX_OK)
    return err->status;
  if (audit->rounded_amounts > 0
      && rx_rows_remark (rows, false, err,
                         "%zu amounts with more than 12 decimals were rounded "
                         "to 12.",
                         audit->rounded_amounts)
             != RX_OK)
    return err->status;
  for (size_t i = 0; i < rx_n_register_checks; i++)
    {
      const struct rx_register_check *check = &rx_register_checks[i];
      size_t count = rx_register_check_count (check, audit);
      if (check->is_remarked && count > 0
          && rx_rows_remark (rows, false, err, "Audit, %s: %zu %s, %s.",
                             check->name, count, check->unit, check->rule)
                 != RX_OK)
        return err->status;
    }
  for (size_t o = 0; o < design->n_outcomes; o++)
    if (design->outcomes[o].n_codes == 0
        && rx_rows_remark (rows, true, err,
                           "The register has no code that matches the outcome "
                           "%s: are its drugs spelled as in the file?",
                           design->outcomes[o].name)
               != RX_OK)
      return err->status;
  return remark_ungrouped (design, rows, err);
}

static enum rx_status
remark_rows (const struct rx_before_after *design, struct rx_rows *rows,
             struct rx_error *err)
{
  const struct rx_register_audit *audit = &design->audit;
  if (!design->has_ddd && !design->has_days)
    return rx_rows_remark (rows, false, err,
                           "Rows read: %zu; no column of amounts was named, "
                           "so returns cannot be told from dispensings; "
                           "duplicates in the columns read %zu, all kept.",
                           audit->rows, audit->duplicate_rows);
  return rx_rows_remark (rows, false, err,
                         "Rows read: %zu; negative amounts (returns) %zu, "
                         "missing amounts %zu, duplicates in the columns read "
                         "%zu, all kept.",
                         audit->rows, audit->negative_amounts,
                         audit->missing_amounts, audit->duplicate_rows);
}

/* What a reader of a before/after table must know. */
static enum rx_status
remark_before_after (const struct rx_before_after *design,
                     struct rx_rows *rows, struct rx_error *err)
{
  char from[RX_DATE_SIZE], to[RX_DATE_SIZE];
  rx_date_print (from, design->coverage.from);
  rx_date_print (to, design->coverage.to);
  if (rx_rows_remark (rows, false, err,
                      "Coverage %s to %s%s; rows outside it, "
                      "ignored: %zu.",
                      from, to,
                      design->coverage_from_data
                          ? " (taken from the data: the first and last date)"
                          : "",
                      design->rows_outside_coverage)
      != RX_OK)
    return err->status;
  if (remark_rows (design, rows, err) != RX_OK)
    return err->status;
  if (remark_awkward (design, rows, err) != RX_OK)
    return err->status;
  if (rx_analysis_traps (design, rows, err) != RX_OK)
    return err->status;
  if (!design->guarded
      && rx_rows_remark (rows, true, err,
                         "The coverage guard is off: windows that reach "
                         "outside the data count as if nothing had been "
                         "dispensed there, which invents changes.")
             != RX_OK)
    return err->status;
  if (design->groups_from_follow_up
      && rx_rows_remark (rows, true, err,
                         "Exposure groups are formed from the follow-up "
                         "(immortal time): a person must survive and persist "
                         "to reach a higher group, so differences between "
                         "groups are no treatment effects. A landmark (key "
                         "landmark) and the method time-varying-exposure do "
                         "without.")
             != RX_OK)
    return err->status;
  if (design->landmark > 0
      && rx_rows_remark (rows, false, err,
                         "Exposure groups are known on day %d (landmark), and "
                         "outcomes count from day %d on: no one gets into a "
                         "group by what happens while outcomes are counted.",
                         design->landmark, design->after.from)
             != RX_OK)
    return err->status;
  if (design->placebo
      && rx_rows_remark (rows, false, err,
                         "Placebo: days %d to %d before the index against "
                         "days %d to %d before it, of the same persons; no "
                         "index drug can have made the difference, but a "
                         "season or the way to the index can.",
                         -design->before.from, -design->before.to,
                         -design->after.from, -design->after.to)
             != RX_OK)
    return err->status;
  if (design->needs_earlier_use
      && rx_rows_remark (rows, true, err,
                         "Eligibility demands earlier use (regression to the "
                         "mean): a fall afterwards is expected without any "
                         "effect.")
             != RX_OK)
    return err->status;
  return RX_OK;
}

static bool
fits_before_after (const struct rx_method *method,
                   const struct rx_before_after *design)
{
  return rx_method_serves_before_after (method)
         && (!method->needs_reference || design->reference != NULL)
         && (method->lacks == NULL || method->lacks (design) == NULL);
}

unsigned
rx_analysis_parts (const struct rx_analysis_plan *plan)
{
  unsigned parts = 0;
  for (size_t i = 0; plan->methods != NULL && i < plan->n_methods; i++)
    parts |= plan->methods[i]->parts;
  return parts;
}

/* A method asked for by name must fit; the reason is said. */
static enum rx_status
check_before_after (const struct rx_method *method,
                    const struct rx_before_after *design, unsigned measures,
                    struct rx_error *err)
{
  if (fits_before_after (method, design)
      && (measures == 0
          || (method->measures & rx_measures_served (measures)) != 0))
    return RX_OK;
  if (!rx_method_serves_before_after (method))
    return rx_fail (err, RX_EUSAGE,
                    "method %s does not compare before and after",
                    method->name);
  if (fits_before_after (method, design))
    return rx_fail (err, RX_EUSAGE,
                    "method %s serves none of the measures asked for",
                    method->name);
  if (method->lacks != NULL && method->lacks (design) != NULL)
    return rx_fail (err, RX_EUSAGE, "method %s needs %s", method->name,
                    method->lacks (design));
  return rx_fail (err, RX_EUSAGE,
                  "method %s needs exposure groups and the name of the "
                  "reference group",
                  method->name);
}

/* What the items of a register share; an item is one cell. */
struct cells
{
  const struct rx_before_after *design;
  const struct rx_analysis_plan *plan;
  const struct rx_measure_name **measures;
  size_t n_measures;
};

/* Outcome by outcome, measure by measure, all persons before the groups. */
static enum rx_status
run_cell (const void *context, size_t item, struct rx_rows *rows,
          struct rx_error *err)
{
  const struct cells *cells = context;
  const struct rx_before_after *design = cells->design;
  const struct rx_analysis_plan *plan = cells->plan;
  struct rx_method_options options
      = { .level = plan->level, .seed = plan->seed };
  struct rx_before_after_cell cell;
  bool chosen = plan->methods != NULL;
  size_t n = chosen ? plan->n_methods : rx_n_methods;
  size_t groups = design->n_levels + 1, at = item / groups;
  int group = (int)(item % groups) + RX_GROUP_ALL;
  const struct rx_measure_name *measure
      = cells->measures[at % cells->n_measures];
  if (rx_before_after_cell_make (design, at / cells->n_measures, measure,
                                 group, &cell, err)
      != RX_OK)
    return err->status;
  enum rx_status status = RX_OK;
  for (size_t i = 0; i < n && status == RX_OK; i++)
    {
      const struct rx_method *method
          = chosen ? plan->methods[i] : rx_methods[i];
      if (!fits_before_after (method, design) || method->over_rows != NULL
          || (!chosen && method->on_request)
          || (method->measures & rx_measures_served (measure->measure)) == 0)
        continue;
      status = rx_method_before_after (method, design, &cell, &options, rows,
                                       err);
    }
  rx_before_after_cell_free (&cell);
  return status;
}

static enum rx_status
run_cells (const struct rx_before_after *design,
           const struct rx_analysis_plan *plan, struct rx_rows *rows,
           struct rx_error *err)
{
  unsigned measures = plan->measures != 0 ? plan->measures : ~0U;
  struct cells cells = { .design = design, .plan = plan };
  cells.measures = rx_array (rx_n_measures, sizeof *cells.measures);
  if (cells.measures == NULL)
    return rx_fail_memory (err);
  for (size_t m = 0; m < rx_n_measures; m++)
    if ((measures & (unsigned)rx_measures[m].measure) != 0
        && rx_before_after_has (design, rx_measures[m].measure))
      cells.measures[cells.n_measures++] = &rx_measures[m];
  enum rx_status status = rx_rows_of_items (
      design->n_outcomes * cells.n_measures * (design->n_levels + 1), run_cell,
      &cells, rows, err);
  free (cells.measures);
  return status;
}

/* Methods that read the rows of the others, from number `first` on. */
static enum rx_status
run_over_rows (const struct rx_before_after *design, size_t first,
               const struct rx_analysis_plan *plan, struct rx_rows *rows,
               struct rx_error *err)
{
  const struct rx_method_options options
      = { .level = plan->level, .seed = plan->seed };
  bool chosen = plan->methods != NULL;
  size_t n = chosen ? plan->n_methods : rx_n_methods;
  for (size_t i = 0; i < n; i++)
    {
      const struct rx_method *method
          = chosen ? plan->methods[i] : rx_methods[i];
      if (method->over_rows != NULL && (chosen || !method->on_request)
          && fits_before_after (method, design)
          && method->over_rows (design, first, &options, rows, err) != RX_OK)
        return err->status;
    }
  return RX_OK;
}

enum rx_status
rx_analysis_before_after (const struct rx_before_after *design,
                          const struct rx_analysis_plan *plan,
                          struct rx_rows *rows, struct rx_error *err)
{
  size_t first = rows->n;
  for (size_t i = 0; plan->methods != NULL && i < plan->n_methods; i++)
    if (check_before_after (plan->methods[i], design, plan->measures, err)
        != RX_OK)
      return err->status;
  if (plan->measures & RX_DDD && !design->has_ddd)
    return rx_fail (err, RX_EDATA, "%s: measure ddd needs a column of amounts",
                    design->file);
  if (plan->measures & RX_TREATMENT_DAYS && !design->has_days)
    return rx_fail (err, RX_EDATA,
                    "%s: measure treatment-days needs a column of days",
                    design->file);
  rows->synthetic = rows->synthetic || design->synthetic;
  if (run_cells (design, plan, rows, err) != RX_OK
      || run_over_rows (design, first, plan, rows, err) != RX_OK)
    return err->status;
  if (remark_before_after (design, rows, err) != RX_OK)
    return err->status;
  if (plan->adjust == NULL)
    return RX_OK;
  return adjust_rows (plan->adjust, rows, first,
                      "the change rows of one method, measure and group over "
                      "all outcomes",
                      err);
}
