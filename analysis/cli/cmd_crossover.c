/* cmd_crossover.c: `recross crossover FILE`: a trial from a file. */
#include "cli/common.h"

#include "base/number.h"
#include "data/table.h"
#include "report/writer.h"

#include <stdlib.h>
#include <string.h>

#define AT(member) offsetof (struct rx_settings, member)

static const char *const betters[] = { "higher", "lower", NULL };

static const struct rx_option options[] = {
  { "subject", 0, RX_OPTION_TEXT, AT (subject), "COLUMN", "subject",
    "column that names the subject", NULL, false },
  { "sequence", 0, RX_OPTION_TEXT, AT (sequence), "COLUMN", NULL,
    "column of the sequence group; without one (and without a column "
    "\"sequence\") it follows from period and treatment",
    NULL, false },
  { "period", 0, RX_OPTION_TEXT, AT (period), "COLUMN", "period",
    "column of the period", NULL, false },
  { "treatment", 0, RX_OPTION_TEXT, AT (treatment), "COLUMN", "treatment",
    "column of the treatment", NULL, false },
  { "response", 0, RX_OPTION_LIST, AT (responses), "COLUMN,...", "response",
    "columns of the responses, one endpoint each; may be repeated", NULL,
    false },
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
  { "margin", 0, RX_OPTION_TEXT, AT (margins), "LOW,HIGH", NULL,
    "limits of equivalence (tost, abe-anova): of the difference, with --log "
    "of the ratio (default then: 0.8,1.25)",
    NULL, false },
  { "alpha", 0, RX_OPTION_REAL, AT (alpha), "A", NULL,
    "of each one-sided test of equivalence; intervals of these methods have "
    "the level 1 - 2 A (default: 0.05)",
    NULL, false },
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
  const char ***columns; /* of the wide layout, one list per endpoint */
  size_t n;
};

static void
endpoints_free (struct endpoints *e)
{
  for (size_t i = 0; e->columns != NULL && i < e->n; i++)
    free (e->columns[i]);
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
      for (size_t j = 0; j < i; j++)
        if (strcmp (e->spec[i].name, e->spec[j].name) == 0)
          return rx_fail (err, RX_EUSAGE, "--response: %s is named twice",
                          e->spec[i].name);
    }
  return status;
}

/* --margin LOW,HIGH and --alpha into the plan. */
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

static enum rx_status
analyse (struct rx_settings *settings, const struct rx_table *table,
         struct rx_rows *rows, struct rx_error *err)
{
  struct endpoints e = { 0 };
  struct rx_crossover design = { 0 };
  struct rx_analysis_plan plan = { 0 };
  enum rx_status status = make_endpoints (settings, &e, err);
  if (status == RX_OK)
    status = rx_common_plan (settings, &plan, err);
  plan.no_sequence = settings->no_sequence;
  if (status == RX_OK)
    status = plan_equivalence (settings, &plan, err);
  struct rx_crossover_spec spec = { .subject = settings->subject,
                                    .sequence = settings->sequence,
                                    .period = settings->period,
                                    .treatment = settings->treatment,
                                    .endpoints = e.spec,
                                    .n_endpoints = e.n,
                                    .test = settings->test,
                                    .reference = settings->reference,
                                    .wide = settings->wide.n > 0,
                                    .log = settings->log };
  if (status == RX_OK)
    status = rx_crossover_build (&design, table, &spec, err);
  if (status == RX_OK)
    {
      status = rx_analysis_crossover (&design, &plan, rows, err);
      rx_crossover_free (&design);
    }
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
