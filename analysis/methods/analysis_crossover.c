/* analysis_crossover.c: methods over the endpoints of a trial. */
#include "methods/analysis_crossover.h"

#include "methods/analysis_family.h"
#include "methods/comparisons.h"
#include "methods/design_needs.h"
#include "methods/joint_tests.h"
#include "methods/remarks_crossover.h"
#include "methods/rows_of_items.h"

#include "base/memory.h"
#include "base/number.h"
#include "stats/carryover.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

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
  if (model->carryover != NULL)
    {
      rx_text_addf (out, "%s %s", before, model->carryover->title);
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
      || rx_remarks_crossover (design, first, rows, err) != RX_OK)
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
  return rx_analysis_adjust (
      plan->adjust, rows, first,
      "the treatment rows of one method over all endpoints", err);
}
