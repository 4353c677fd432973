/* cmd_crossover.c: `recross crossover FILE`: a trial from a file. */
#include "cli/common.h"

#include "base/number.h"
#include "cli/stopwatch.h"
#include "data/table.h"
#include "methods/analysis_strata.h"
#include "report/writer.h"
#include "stats/carryover.h"

#include <stdlib.h>
#include <string.h>

#define AT(member) offsetof (struct rx_settings, member)

static const char *const betters[] = { "higher", "lower", NULL };
static const char *const baseline_uses[] = { "covariate", "change", NULL };
static const char *const contrasts[] = { "reference", "all", NULL };
static const char *const within_variances[]
    = { "common", "by-treatment", NULL };
static const char *const informations[] = { "expected", "observed", NULL };

static const struct rx_option options[] = {
  { "subject", 0, RX_OPTION_TEXT, AT (subject), "COLUMN", "subject",
    "column that names the subject", NULL, false },
  { "sequence", 0, RX_OPTION_TEXT, AT (sequence), "COLUMN", NULL,
    "column of the sequence group; without one (and without a column "
    "\"sequence\") it follows from period and treatment",
    NULL, false },
  { "cluster", 0, RX_OPTION_TEXT, AT (cluster), "COLUMN", NULL,
    "column of the wards or practices that change treatment, with a row per "
    "person: the means of their persons in a period are analysed",
    NULL, false },
  { "period", 0, RX_OPTION_TEXT, AT (period), "COLUMN", "period",
    "column of the period", NULL, false },
  { "treatment", 0, RX_OPTION_TEXT, AT (treatment), "COLUMN", "treatment",
    "column of the treatment", NULL, false },
  { "response", 0, RX_OPTION_LIST, AT (responses), "COLUMN,...", "response",
    "columns of the responses, one endpoint each; may be repeated; e* is "
    "every column that begins with e",
    NULL, false },
  { "wide", 0, RX_OPTION_REPEAT, AT (wide), "P1,P2,...", NULL,
    "one row per subject: the columns of the periods in order; once per "
    "endpoint, named by --response",
    NULL, false },
  { "test", 0, RX_OPTION_TEXT, AT (test), "NAME", NULL,
    "treatment whose effect is estimated (default: the first by name of two)",
    NULL, false },
  { "reference", 0, RX_OPTION_TEXT, AT (reference), "NAME", NULL,
    "treatment it is compared with; with three or more treatments every other "
    "one is (default: the first)",
    NULL, false },
  { "better", 0, RX_OPTION_TEXT, AT (better), "WHICH", NULL,
    "higher or lower: notes `improved' or `worsened', never changes a sign",
    betters, false },
  { "unit", 0, RX_OPTION_TEXT, AT (unit), "UNIT", NULL,
    "unit of the responses, for figures and tables", NULL, false },
  { "log", 0, RX_OPTION_FLAG, AT (log), NULL, NULL,
    "analyse natural logarithms of the responses", NULL, false },
  { "no-sequence", 0, RX_OPTION_FLAG, AT (no_sequence), NULL, NULL,
    "leave the sequence out of the mixed models", NULL, false },
  { "baseline", 0, RX_OPTION_REPEAT, AT (baselines), "COLUMN", NULL,
    "baseline that the linear models adjust for: one for all endpoints, or "
    "one per endpoint; with --wide B1,B2,... names one per period",
    NULL, false },
  { "baseline-as", 0, RX_OPTION_TEXT, AT (baseline_as), "WHAT", NULL,
    "covariate, or change: all methods analyse the response less its baseline "
    "(default: covariate)",
    baseline_uses, false },
  { "covariate", 0, RX_OPTION_LIST, AT (covariates), "COLUMN,...", NULL,
    "what the linear models adjust for: numbers, or names of levels", NULL,
    false },
  { "factor", 0, RX_OPTION_LIST, AT (factors), "COLUMN,...", NULL,
    "the same, where numbers are names of levels", NULL, false },
  { "exposure", 0, RX_OPTION_TEXT, AT (exposure), "COLUMN", NULL,
    "time or number at risk behind each count: gee-poisson, "
    "conditional-poisson and negative-binomial compare rates by it",
    NULL, false },
  { "carryover", 0, RX_OPTION_FLAG, AT (carryover), NULL, NULL,
    "first-order carryover in the linear models", NULL, false },
  { "carryover-model", 0, RX_OPTION_TEXT, AT (carryover_model), "NAME", NULL,
    "another carryover in the linear models; `recross list carryovers'", NULL,
    false },
  { "contrasts", 0, RX_OPTION_TEXT, AT (contrasts), "WHICH", NULL,
    "of the linear models with three or more treatments: each with the "
    "reference, or all pairs (default: reference)",
    contrasts, false },
  { "lsmeans", 0, RX_OPTION_FLAG, AT (means), NULL, NULL,
    "least-squares means of the treatments by the mixed models", NULL, false },
  { "within-variance", 0, RX_OPTION_TEXT, AT (within_variance), "WHICH", NULL,
    "variance within subjects of the mixed models: common, or one for each "
    "treatment (default: common)",
    within_variances, false },
  { "information", 0, RX_OPTION_TEXT, AT (information), "WHICH", NULL,
    "of the variances, for Kenward-Roger: expected, or observed as in SAS "
    "(default: expected)",
    informations, false },
  { "completers", 0, RX_OPTION_FLAG, AT (completers), NULL, NULL,
    "everything once more for the subjects with every period, as group "
    "completers",
    NULL, false },
  { "margin", 0, RX_OPTION_TEXT, AT (margins), "LOW,HIGH", NULL,
    "limits of equivalence (tost, abe-anova, verdict): of the difference, "
    "with --log of the ratio (default then: 0.8,1.25)",
    NULL, false },
  { "alpha", 0, RX_OPTION_REAL, AT (alpha), "A", NULL,
    "of each one-sided test of equivalence; intervals of these methods have "
    "the level 1 - 2 A (default: 0.05; of verdict (1 - level) / 2)",
    NULL, false },
  { "regulator", 0, RX_OPTION_TEXT, AT (regulator), "NAME", "ema",
    "whose rule expands the limits of the abel methods; see `recross list "
    "regulators'",
    NULL, false },
  { "by", 0, RX_OPTION_TEXT, AT (by), "COLUMN", NULL,
    "everything once more for each stratum that the column names (sex, "
    "centre), as groups",
    NULL, false },
  { "responder", 0, RX_OPTION_REAL, AT (responder), "X", NULL,
    "make the responses 1 where they are X or better, else 0; with --baseline "
    "where they improved by X or more, which needs --better",
    NULL, false },
  { "drop-out-values", 0, RX_OPTION_TEXT, AT (drop_out_values), "LOW,HIGH",
    NULL,
    "extreme-cases: the least and the greatest response that may be missing "
    "(default: 0,1 of binary responses, else those observed)",
    NULL, false },
  { "imputations", 0, RX_OPTION_INTEGER, AT (imputations), "M", NULL,
    "multiple-imputation: completed trials, 2 to 10000 (default: 100)", NULL,
    false },
  { "method", 'm', RX_OPTION_LIST, AT (methods), "NAME,...", "all",
    "methods to run; all = every one that fits the design", NULL, false },
  { "adjust", 0, RX_OPTION_TEXT, AT (adjust), "NAME", NULL,
    "adjust the p-values of the treatment rows of one method over all "
    "endpoints: holm, bh, ...",
    NULL, false },
};
static const struct rx_option_group group
    = { "The trial", options, sizeof options / sizeof options[0] };
static const struct rx_option_group *const groups[]
    = { &group, &rx_options_reading, &rx_options_rows, &rx_options_common,
        NULL };

extern const struct rx_command rx_cmd_crossover;

/* Endpoints as the options name them.  Arrays belong to the caller. */
struct endpoints
{
  struct rx_endpoint_spec *spec;
  const char ***columns;   /* of the wide layout, one list per endpoint */
  const char ***baselines; /* one list per endpoint, or one for all */
  size_t n, n_baselines;
};

static void
endpoints_free (struct endpoints *e)
{
  for (size_t i = 0; e->columns != NULL && i < e->n; i++)
    free (e->columns[i]);
  for (size_t i = 0; e->baselines != NULL && i < e->n_baselines; i++)
    free (e->baselines[i]);
  free (e->baselines);
  free (e->columns);
  free (e->spec);
}

/* "P1,P2" -> its parts. */
static enum rx_status
split (struct rx_settings *settings, const char *value, const char ***parts,
       size_t *n, struct rx_error *err)
{
  size_t room = 1;
  for (const char *s = value; *s != '\0'; s++)
    room += *s == ',';
  *parts = rx_array (room, sizeof **parts);
  *n = 0;
  if (*parts == NULL)
    return rx_fail_memory (err);
  for (;;)
    {
      size_t length = strcspn (value, ",");
      const char *part = rx_strings_add (&settings->strings, value, length);
      if (part == NULL)
        return rx_fail_memory (err);
      (*parts)[(*n)++] = part;
      if (value[length] == '\0')
        return RX_OK;
      value += length + 1;
    }
}

static enum rx_status
wide_endpoints (struct rx_settings *settings, struct endpoints *e,
                struct rx_error *err)
{
  const struct rx_list *names = &settings->responses;
  if (names->n > 0 && names->n != settings->wide.n)
    return rx_fail (err, RX_EUSAGE,
                    "--response names %zu endpoints, --wide gives the columns "
                    "of %zu; expected one --wide per endpoint",
                    names->n, settings->wide.n);
  e->n = settings->wide.n;
  e->spec = rx_array (e->n, sizeof *e->spec);
  e->columns = rx_array (e->n, sizeof *e->columns);
  if (e->spec == NULL || e->columns == NULL)
    return rx_fail_memory (err);
  for (size_t i = 0; i < e->n; i++)
    {
      if (split (settings, settings->wide.text[i], &e->columns[i],
                 &e->spec[i].n_columns, err)
          != RX_OK)
        return err->status;
      if (e->spec[i].n_columns < 2
          || e->spec[i].n_columns != e->spec[0].n_columns)
        return rx_fail (err, RX_EUSAGE, "--wide: found %s, expected %s",
                        settings->wide.text[i],
                        i == 0 ? "the columns of two or more periods"
                               : "as many periods as the first one has");
      for (size_t p = 1; p < e->spec[i].n_columns; p++)
        for (size_t q = 0; q < p; q++)
          if (strcmp (e->columns[i][p], e->columns[i][q]) == 0)
            return rx_fail (err, RX_EUSAGE,
                            "--wide: %s is named twice, expected a column "
                            "per period",
                            e->columns[i][p]);
      e->spec[i].columns = e->columns[i];
      e->spec[i].name = names->n > 0 ? names->text[i]
                        : e->n == 1  ? "response"
                                     : e->columns[i][0];
    }
  return RX_OK;
}

static enum rx_status
long_endpoints (const struct rx_settings *settings, struct endpoints *e,
                struct rx_error *err)
{
  static const char *const fallback[] = { "response" };
  const struct rx_list *names = &settings->responses;
  e->n = names->n > 0 ? names->n : 1;
  e->spec = rx_array (e->n, sizeof *e->spec);
  if (e->spec == NULL)
    return rx_fail_memory (err);
  for (size_t i = 0; i < e->n; i++)
    e->spec[i].name = names->n > 0 ? names->text[i] : fallback[i];
  return RX_OK;
}

static bool
is_chosen (const char *value, const char *choice)
{
  return value != NULL && strcmp (value, choice) == 0;
}

/* The baselines of the endpoints; a list of columns in the wide layout. */
static enum rx_status
add_baselines (struct rx_settings *settings, struct endpoints *e,
               struct rx_error *err)
{
  const struct rx_list *given = &settings->baselines;
  bool wide = settings->wide.n > 0;
  if (given->n == 0 && is_chosen (settings->baseline_as, "change"))
    return rx_fail (err, RX_EUSAGE,
                    "--baseline-as change needs a baseline: add --baseline "
                    "COLUMN");
  if (given->n == 0)
    return RX_OK;
  if (given->n > 1 && given->n != e->n)
    return rx_fail (err, RX_EUSAGE,
                    "--baseline is given %zu times for %zu endpoint%s; "
                    "expected one for all, or one per endpoint",
                    given->n, e->n, e->n > 1 ? "s" : "");
  e->baselines = rx_array (given->n, sizeof *e->baselines);
  if (e->baselines == NULL)
    return rx_fail_memory (err);
  for (size_t i = 0; i < e->n; i++)
    {
      size_t at = given->n > 1 ? i : 0;
      if (i > at)
        {
          e->spec[i].baselines = e->spec[0].baselines;
          e->spec[i].n_baselines = e->spec[0].n_baselines;
          continue;
        }
      e->n_baselines = at + 1;
      if (split (settings, given->text[at], &e->baselines[at],
                 &e->spec[i].n_baselines, err)
          != RX_OK)
        return err->status;
      e->spec[i].baselines = e->baselines[at];
      size_t periods = wide ? e->spec[i].n_columns : 1;
      if (e->spec[i].n_baselines != 1 && e->spec[i].n_baselines != periods)
        return rx_fail (err, RX_EUSAGE, "--baseline: found %s, expected %s",
                        given->text[at],
                        wide ? "one column, or one per period"
                             : "one column: with a row per period it has a "
                               "value on every row");
    }
  return RX_OK;
}

static enum rx_status
make_endpoints (struct rx_settings *settings, struct endpoints *e,
                struct rx_error *err)
{
  enum rx_status status = settings->wide.n > 0
                              ? wide_endpoints (settings, e, err)
                              : long_endpoints (settings, e, err);
  for (size_t i = 0; status == RX_OK && i < e->n; i++)
    {
      e->spec[i].better = settings->better;
      e->spec[i].unit = settings->unit;
    }
  return status == RX_OK ? add_baselines (settings, e, err) : status;
}

static struct rx_model_options
plan_models (const struct rx_settings *settings)
{
  return (struct rx_model_options){
    .all_pairs = is_chosen (settings->contrasts, "all"),
    .means = settings->means,
    .within_by_treatment
    = is_chosen (settings->within_variance, "by-treatment"),
    .observed = is_chosen (settings->information, "observed")
  };
}

/* --margin LOW,HIGH, --alpha and --regulator into the plan. */
static enum rx_status
plan_equivalence (struct rx_settings *settings, struct rx_analysis_plan *plan,
                  struct rx_error *err)
{
  const char **parts = NULL;
  char found[RX_NUMBER_SIZE];
  size_t n = 0;
  if (settings->alpha.given
      && !(settings->alpha.value > 0 && settings->alpha.value < 0.5))
    return rx_fail (err, RX_EUSAGE,
                    "--alpha: found %s, expected a number between 0 and 0.5",
                    rx_number_print (found, settings->alpha.value));
  plan->alpha = settings->alpha.given ? settings->alpha.value : 0;
  if (rx_common_expansion (settings, &plan->expansion, err) != RX_OK)
    return err->status;
  if (settings->margins == NULL)
    return RX_OK;
  enum rx_status status = split (settings, settings->margins, &parts, &n, err);
  if (status == RX_OK
      && (n != 2 || !rx_number_readz (parts[0], &plan->margin[0])
          || !rx_number_readz (parts[1], &plan->margin[1])
          || plan->margin[0] >= plan->margin[1]
          || (settings->log && plan->margin[0] <= 0)))
    status = rx_fail (err, RX_EUSAGE, "--margin: found %s, expected %s",
                      settings->margins,
                      settings->log ? "two ratios above zero, the lower "
                                      "first: 0.8,1.25"
                                    : "two numbers, the lower first: -2,2");
  free (parts);
  plan->has_margin = true;
  return status;
}

/* --drop-out-values LOW,HIGH and --imputations into the plan. */
static enum rx_status
plan_missing (struct rx_settings *settings, struct rx_missing_options *missing,
              struct rx_error *err)
{
  const char **parts = NULL;
  size_t n = 0;
  missing->imputations = (size_t)settings->imputations;
  if (settings->imputations != 0
      && (settings->imputations < RX_IMPUTATIONS_LEAST
          || settings->imputations > RX_IMPUTATIONS_MOST))
    return rx_fail (err, RX_EUSAGE,
                    "--imputations: found %ld, expected a number from %d to "
                    "%d",
                    settings->imputations, (int)RX_IMPUTATIONS_LEAST,
                    (int)RX_IMPUTATIONS_MOST);
  if (settings->drop_out_values == NULL)
    return RX_OK;
  enum rx_status status
      = split (settings, settings->drop_out_values, &parts, &n, err);
  double *values = missing->values;
  if (status == RX_OK
      && (n != 2 || !rx_number_readz (parts[0], &values[0])
          || !rx_number_readz (parts[1], &values[1]) || values[0] >= values[1]
          || (settings->log && values[0] <= 0)))
    status = rx_fail (err, RX_EUSAGE,
                      "--drop-out-values: found %s, expected two numbers%s, "
                      "the lower first, such as %s",
                      settings->drop_out_values,
                      settings->log ? " above zero, as with --log" : "",
                      settings->log ? "1,100" : "0,100");
  free (parts);
  missing->has_values = true;
  return status;
}

/* --responder into the endpoints. */
static enum rx_status
plan_responders (const struct rx_settings *settings, struct endpoints *e,
                 struct rx_error *err)
{
  if (!settings->responder.given)
    return RX_OK;
  if (settings->log)
    return rx_fail (err, RX_EUSAGE,
                    "--responder makes responses of 0 and 1, which have no "
                    "logarithms: leave out --log");
  if (settings->baselines.n > 0 && settings->better == NULL)
    return rx_fail (err, RX_EUSAGE,
                    "--responder with --baseline asks who improved: add "
                    "--better higher or --better lower");
  for (size_t i = 0; i < e->n; i++)
    {
      e->spec[i].has_responder = true;
      e->spec[i].responder = settings->responder.value;
    }
  return RX_OK;
}

static enum rx_status
analyse (struct rx_settings *settings, const struct rx_table *table,
         struct rx_rows *rows, struct rx_error *err)
{
  struct endpoints e = { 0 };
  struct rx_crossover_strata strata = { 0 };
  struct rx_analysis_plan plan = { 0 };
  enum rx_status status = make_endpoints (settings, &e, err);
  if (status == RX_OK)
    status = rx_common_plan (settings, &plan, err);
  plan.no_sequence = settings->no_sequence;
  plan.model = plan_models (settings);
  plan.completers = settings->completers;
  if (status == RX_OK)
    status = rx_common_carryover (
        settings, settings->carryover ? &rx_carryovers[0] : NULL,
        &plan.model.carryover, err);
  if (status == RX_OK)
    status = plan_equivalence (settings, &plan, err);
  if (status == RX_OK)
    status = plan_missing (settings, &plan.missing, err);
  if (status == RX_OK)
    status = plan_responders (settings, &e, err);
  struct rx_crossover_spec spec
      = { .subject = settings->subject,
          .sequence = settings->sequence,
          .period = settings->period,
          .treatment = settings->treatment,
          .endpoints = e.spec,
          .n_endpoints = e.n,
          .test = settings->test,
          .reference = settings->reference,
          .covariates = settings->covariates.text,
          .n_covariates = settings->covariates.n,
          .factors = settings->factors.text,
          .n_factors = settings->factors.n,
          .exposure = settings->exposure,
          .change = is_chosen (settings->baseline_as, "change"),
          .wide = settings->wide.n > 0,
          .log = settings->log,
          .by = settings->by,
          .cluster = settings->cluster };
  if (status == RX_OK)
    status = rx_crossover_strata_build (&strata, table, &spec, err);
  rx_stopwatch (settings, status, "made the design of it");
  if (status == RX_OK)
    status = rx_analysis_strata (&strata, &plan, rows, err);
  rx_crossover_strata_free (&strata);
  endpoints_free (&e);
  rx_common_plan_free (&plan);
  return status;
}

static enum rx_status
run (struct rx_settings *settings, int argc, char **argv, struct rx_error *err)
{
  return rx_common_analyse_table (settings, &rx_cmd_crossover, argc, argv,
                                  analyse, err);
}

static const struct rx_example examples[] = {
  { "recross crossover senn_asthma.csv --response pef --test F --reference S",
    "every method that fits, as a table for people" },
  { "recross crossover trial.csv --response mcs,mhi,pes --adjust holm "
    "--format tsv -o rows.tsv",
    "three endpoints, adjusted as one family, every digit kept" },
  { "recross crossover pk.csv --response cmax --test T --reference R --log "
    "--method abe-anova,abel-anova",
    "bioequivalence: ratio, 90% interval, limits" },
  { "recross crossover wide.csv --subject id --sequence arm --wide "
    "week8,week17 --response pain",
    "one row per subject" },
  { NULL, NULL },
};

const struct rx_command rx_cmd_crossover = {
  .name = "crossover",
  .operands = "FILE",
  .operands_least = 1,
  .operands_most = 1,
  .title = "analyse a crossover trial from a file",
  .text
  = "Reads a delimited text file (CSV, gzip allowed, - is standard input) "
    "with one row per subject and period, or one per subject with --wide, "
    "recognises the design from the data, and runs the methods on every "
    "endpoint. Estimates are test minus reference. Subjects without every "
    "period are counted and named; nobody is dropped in silence.",
  .groups = groups,
  .examples = examples,
  .run = run,
};
