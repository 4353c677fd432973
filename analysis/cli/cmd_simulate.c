/* cmd_simulate.c: `recross simulate`: synthetic trials as CSV, from a model or
   matching printed numbers. */
#include "cli/common.h"

#include "base/number.h"
#include "base/output.h"
#include "designs/simulated.h"
#include "report/csv_field.h"
#include "report/tsv.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define AT(member) offsetof (struct rx_settings, member)

static const char *const designs[]
    = { "crossover", "paired", "parallel", NULL };

static const struct rx_option options[] = {
  { "match", 0, RX_OPTION_REPEAT, AT (match), "NUMBERS", NULL,
    "make data that have these printed numbers: a file with the columns of "
    "`recross summary', one endpoint per row, or the numbers themselves as "
    "n=24,mean1=52.3,sd1=8.1,mean2=49.0,sd2=7.9,se=1.2",
    NULL, false },
  { "design", 0, RX_OPTION_TEXT, AT (design), "NAME", NULL,
    "crossover (AB/BA; the default without --match), paired (before and "
    "after; the default with it) or parallel",
    designs, false },
  { "n", 'n', RX_OPTION_LIST, AT (subjects), "N,...", NULL,
    "subjects in all, or of each sequence or group", NULL, false },
  { "mean", 0, RX_OPTION_REAL, AT (mean), "M", NULL,
    "mean under the second treatment (default: 0)", NULL, false },
  { "delta", 0, RX_OPTION_REAL, AT (delta), "D", NULL,
    "effect of the first treatment, against the second (default: 0)", NULL,
    false },
  { "sd", 0, RX_OPTION_REAL, AT (sd), "SD", NULL,
    "within-subject standard deviation of one measurement", NULL, false },
  { "sd-between", 0, RX_OPTION_REAL, AT (sd_between), "SD", NULL,
    "standard deviation between subjects (default: 0)", NULL, false },
  { "period-effect", 0, RX_OPTION_REAL, AT (period_effect), "D", NULL,
    "second period minus first (default: 0)", NULL, false },
  { "carryover", 0, RX_OPTION_REAL, AT (carry), "D", NULL,
    "what is added to the subject totals of those who had the first treatment "
    "first (default: 0)",
    NULL, false },
  { "dropout", 0, RX_OPTION_REAL, AT (dropout), "Q", NULL,
    "probability that a subject's last measurement is missing (default: 0)",
    NULL, false },
  { "treatments", 0, RX_OPTION_LIST, AT (names), "A,B", "A,B",
    "names of the first and second treatment", NULL, false },
  { "sets", 0, RX_OPTION_INTEGER, AT (sets), "K", "1",
    "data sets to make; more than one are told apart by a column `set'", NULL,
    false },
  { "level", 0, RX_OPTION_NUMBER, AT (level), "LEVEL", "0.95",
    "confidence level of the intervals in --match", NULL, false },
  { "seed", 0, RX_OPTION_INTEGER, AT (seed), "N", "20260101",
    "seed of random draws", NULL, false },
};
static const struct rx_option_group group
    = { "The trial", options, sizeof options / sizeof options[0] };
static const struct rx_option_group *const groups[]
    = { &group, &rx_options_reading, &rx_options_common, NULL };

extern const struct rx_command rx_cmd_simulate;

enum
{
  MOST_SUBJECTS = 1000000,
  MOST_SETS = 1000000
};

static const char name_ending[] = "_synthetic";

/* ---- --match ----------------------------------------------------------- */

/* "n=24,mean1=52.3" and --design as a table of one row. */
struct words
{
  struct rx_table table;
  size_t room;
};

static enum rx_status
add_word (struct words *w, const char *name, size_t length, const char *value,
          size_t value_length, struct rx_error *err)
{
  struct rx_table *t = &w->table;
  char quoted[RX_QUOTED_SIZE];
  size_t n = t->n_columns, room_names = w->room, room_cells = w->room;
  if (rx_grow (&t->names, &room_names, n + 1, sizeof *t->names, err) != RX_OK
      || rx_grow (&t->cells, &room_cells, n + 1, sizeof *t->cells, err)
             != RX_OK)
    return err->status;
  w->room = room_names;
  t->names[n] = rx_strings_add (&t->strings, name, length);
  t->cells[n] = rx_strings_add (&t->strings, value, value_length);
  if (t->names[n] == NULL || t->cells[n] == NULL)
    return rx_fail_memory (err);
  if (rx_table_has (t, t->names[n]))
    return rx_fail (err, RX_EUSAGE, "--match: %s is given twice",
                    rx_quotez (quoted, t->names[n]));
  t->n_columns++;
  return RX_OK;
}

static enum rx_status
add_words (struct words *w, const char *text, struct rx_error *err)
{
  char quoted[RX_QUOTED_SIZE];
  for (;;)
    {
      size_t length = strcspn (text, ","), name = strcspn (text, "=");
      if (name == 0 || name + 1 >= length)
        return rx_fail (err, RX_EUSAGE,
                        "--match: found %s, expected NAME=NUMBER",
                        rx_quote (quoted, text, length));
      if (add_word (w, text, name, text + name + 1, length - name - 1, err)
          != RX_OK)
        return err->status;
      if (text[length] == '\0')
        return RX_OK;
      text += length + 1;
    }
}

static enum rx_status
table_of_words (const struct rx_settings *settings,
                const struct rx_csv_format *format, struct words *w,
                struct rx_error *err)
{
  struct rx_table *t = &w->table;
  t->file = "--match";
  t->format = *format;
  t->format.decimal = '.';
  t->n_rows = 1;
  t->lines = rx_array (1, sizeof *t->lines);
  if (t->lines == NULL)
    return rx_fail_memory (err);
  for (size_t i = 0; i < settings->match.n; i++)
    if (add_words (w, settings->match.text[i], err) != RX_OK)
      return err->status;
  return RX_OK;
}

/* The table of --match: a file, or words. */
static enum rx_status
read_match (const struct rx_settings *settings,
            const struct rx_csv_format *format, struct words *w,
            struct rx_provenance *prov, struct rx_error *err)
{
  const struct rx_list *match = &settings->match;
  if (strchr (match->text[0], '=') != NULL)
    return table_of_words (settings, format, w, err);
  if (match->n > 1)
    return rx_fail (err, RX_EUSAGE,
                    "--match: found two files or a file and numbers, expected "
                    "one file or numbers");
  if (rx_common_schema (settings, match->text[0], format, err) != RX_OK
      || rx_table_read (&w->table, match->text[0], format, err) != RX_OK)
    return err->status;
  return rx_provenance_input (prov, match->text[0], w->table.digest,
                              w->table.synthetic, err);
}

static enum rx_printed_design
design_of (const char *name)
{
  return strcmp (name, "paired") == 0     ? RX_PRINTED_PAIRED
         : strcmp (name, "parallel") == 0 ? RX_PRINTED_PARALLEL
                                          : RX_PRINTED_CROSSOVER;
}

static enum rx_status
read_printed (const struct rx_settings *settings,
              const struct rx_csv_format *format,
              struct rx_printed_table *printed, struct rx_provenance *prov,
              struct rx_error *err)
{
  struct words w = { 0 };
  enum rx_status status = read_match (settings, format, &w, prov, err);
  if (status == RX_OK && settings->design != NULL
      && rx_table_has (&w.table, "design"))
    status = rx_fail (err, RX_EUSAGE,
                      "--design: the numbers of --match say a design too");
  if (status == RX_OK)
    {
      status = rx_printed_table_build (printed, &w.table, err);
      if (status == RX_OK && printed->unused[0] != '\0')
        rx_say (settings, "warning: --match: not used: %s", printed->unused);
    }
  for (size_t i = 0;
       status == RX_OK && settings->design != NULL && i < printed->n; i++)
    printed->result[i].design = design_of (settings->design);
  rx_table_free (&w.table);
  return status;
}

/* ---- the model --------------------------------------------------------- */

static enum rx_status
positive (const char *name, struct rx_real x, bool zero, struct rx_error *err)
{
  char number[RX_NUMBER_SIZE];
  if (!x.given || x.value > 0 || (zero && x.value == 0))
    return RX_OK;
  return rx_fail (err, RX_EUSAGE, "--%s: found %s, expected a number %s", name,
                  rx_number_print (number, x.value),
                  zero ? "of 0 or more" : "above 0");
}

static enum rx_status
read_subjects (const struct rx_settings *settings,
               struct rx_trial_model *model, struct rx_error *err)
{
  const struct rx_list *list = &settings->subjects;
  char quoted[RX_QUOTED_SIZE];
  bool paired = model->design == RX_PRINTED_PAIRED;
  long n[2] = { 0, 0 };
  if (list->n == 0)
    return rx_fail (err, RX_EUSAGE,
                    "--n: expected the number of subjects to make");
  if (list->n > (paired ? 1 : 2))
    return rx_fail (err, RX_EUSAGE, "--n: found %zu numbers, expected %s",
                    list->n, paired ? "one" : "a total or one for each group");
  for (size_t i = 0; i < list->n; i++)
    if (!rx_integer_readz (list->text[i], 1, MOST_SUBJECTS, &n[i]))
      return rx_fail (err, RX_EUSAGE,
                      "--n: found %s, expected a whole number from 1 to %d",
                      rx_quotez (quoted, list->text[i]), MOST_SUBJECTS);
  model->n[0] = (size_t)n[0];
  model->n[1] = (size_t)n[1];
  if (list->n == 1 && !paired)
    {
      model->n[0] = ((size_t)n[0] + 1) / 2;
      model->n[1] = (size_t)n[0] / 2;
    }
  return RX_OK;
}

static enum rx_status
read_model (const struct rx_settings *settings, struct rx_trial_model *model,
            struct rx_error *err)
{
  char number[RX_NUMBER_SIZE];
  struct rx_real dropout = settings->dropout;
  *model = (struct rx_trial_model){
    .design
    = design_of (settings->design != NULL ? settings->design : "crossover"),
    .mean = settings->mean.value,
    .delta = settings->delta.value,
    .sd_between = settings->sd_between.value,
    .sd_within = settings->sd.value,
    .dropout = dropout.value
  };
  if (!settings->sd.given)
    return rx_fail (err, RX_EUSAGE,
                    "--sd: expected the within-subject standard deviation, or "
                    "--match with printed numbers");
  if (positive ("sd", settings->sd, true, err) != RX_OK
      || positive ("sd-between", settings->sd_between, true, err) != RX_OK)
    return err->status;
  if (dropout.given && !(dropout.value >= 0 && dropout.value < 1))
    return rx_fail (err, RX_EUSAGE,
                    "--dropout: found %s, expected a share from 0 to below 1",
                    rx_number_print (number, dropout.value));
  if (model->design == RX_PRINTED_PARALLEL
      && (settings->period_effect.given || settings->carry.given))
    return rx_fail (err, RX_EUSAGE, "--%s: parallel groups have one period",
                    settings->period_effect.given ? "period-effect"
                                                  : "carryover");
  return read_subjects (settings, model, err);
}

/* Options that one of the two ways does not use. */
static enum rx_status
refuse_unused (const struct rx_settings *settings, struct rx_error *err)
{
  const struct
  {
    const char *name;
    bool given;
  } model_only[] = { { "n", settings->subjects.n > 0 },
                     { "mean", settings->mean.given },
                     { "delta", settings->delta.given },
                     { "sd", settings->sd.given },
                     { "sd-between", settings->sd_between.given },
                     { "dropout", settings->dropout.given } };
  for (size_t i = 0; i < sizeof model_only / sizeof model_only[0]; i++)
    if (model_only[i].given)
      return rx_fail (err, RX_EUSAGE,
                      "--%s: not used with --match, whose numbers make the "
                      "data",
                      model_only[i].name);
  return RX_OK;
}

/* The period effect and carryover of matched data belong to continuous
   measurements of a crossover. */
static enum rx_status
check_effects (const struct rx_settings *settings,
               const struct rx_printed_table *printed, struct rx_error *err)
{
  if (!settings->period_effect.given && !settings->carry.given)
    return RX_OK;
  for (size_t i = 0; i < printed->n; i++)
    if (printed->result[i].design != RX_PRINTED_CROSSOVER
        || printed->result[i].scale == RX_SCALE_INTEGER
        || printed->result[i].scale == RX_SCALE_BINARY
        || printed->result[i].items > 0)
      return rx_fail (err, RX_EUSAGE,
                      "--%s: can be matched in a crossover of continuous "
                      "measurements only",
                      settings->period_effect.given ? "period-effect"
                                                    : "carryover");
  return RX_OK;
}

/* ---- writing ----------------------------------------------------------- */

struct layout
{
  const char *treatment[2];
  bool with_set;
  size_t set;
};

static void
add_responses (struct rx_text *out, const struct rx_simulated *t, size_t i,
               int k)
{
  for (size_t e = 0; e < t->n_endpoints; e++)
    {
      rx_text_addc (out, ',');
      rx_tsv_number (out, t->y[k][e * t->n + i]);
    }
  rx_text_addc (out, '\n');
}

/* "AB", or with longer names "drug-placebo". */
static void
add_sequence (struct rx_text *out, const struct layout *layout, int g)
{
  struct rx_text name = { 0 };
  const char *const *treatment = layout->treatment;
  bool letters = strlen (treatment[0]) == 1 && strlen (treatment[1]) == 1;
  rx_text_addf (&name, "%s%s%s", treatment[g], letters ? "" : "-",
                treatment[1 - g]);
  rx_csv_field (out, rx_text_string (&name));
  out->failed = out->failed || name.failed;
  rx_text_free (&name);
}

static void
add_person (struct rx_text *out, const struct rx_simulated *t,
            const struct layout *layout, size_t i)
{
  int digits = 2, g = t->group[i];
  bool pairs = !t->one_sample && t->design != RX_PRINTED_PARALLEL;
  for (size_t n = t->n; n >= 100; n /= 10)
    digits++;
  for (int period = 0; period < (pairs ? 2 : 1); period++)
    {
      int k = t->one_sample ? 0 : period ^ g;
      if (layout->with_set)
        rx_text_addf (out, "%zu,", layout->set + 1);
      rx_text_addf (out, "S%0*zu", digits, i + 1);
      if (t->design == RX_PRINTED_CROSSOVER && pairs)
        {
          rx_text_addc (out, ',');
          add_sequence (out, layout, g);
        }
      if (pairs)
        rx_text_addf (out, ",%d", period + 1);
      if (!t->one_sample)
        {
          rx_text_addc (out, ',');
          rx_csv_field (out, layout->treatment[k]);
        }
      add_responses (out, t, i, k);
    }
}

static void
add_header (struct rx_text *out, const struct rx_simulated *t,
            const struct layout *layout)
{
  bool pairs = !t->one_sample && t->design != RX_PRINTED_PARALLEL;
  rx_text_addf (out, "%ssubject%s%s%s", layout->with_set ? "set," : "",
                pairs && t->design == RX_PRINTED_CROSSOVER ? ",sequence" : "",
                pairs ? ",period" : "", t->one_sample ? "" : ",treatment");
  for (size_t e = 0; e < t->n_endpoints; e++)
    {
      rx_text_addc (out, ',');
      rx_csv_field (out, t->endpoint[e]);
    }
  rx_text_addc (out, '\n');
}

static enum rx_status
read_layout (const struct rx_settings *settings, struct layout *layout,
             struct rx_error *err)
{
  const struct rx_list *names = &settings->names;
  *layout = (struct layout){ .treatment = { "A", "B" },
                             .with_set = settings->sets > 1 };
  if (settings->sets < 1 || settings->sets > MOST_SETS)
    return rx_fail (err, RX_EUSAGE,
                    "--sets: found %ld, expected a whole number from 1 to %d",
                    settings->sets, MOST_SETS);
  if (names->n == 0)
    return RX_OK;
  if (names->n != 2 || strcmp (names->text[0], names->text[1]) == 0)
    return rx_fail (err, RX_EUSAGE,
                    "--treatments: expected two names that differ, as A,B");
  layout->treatment[0] = names->text[0];
  layout->treatment[1] = names->text[1];
  return RX_OK;
}

/* Does the name of the file say that the data are synthetic? */
static bool
name_says_so (const char *path)
{
  const char *slash = strrchr (path, '/');
  const char *name = slash != NULL ? slash + 1 : path;
  const char *end = strstr (name, name_ending);
  return strcmp (path, "-") == 0 || strncmp (path, "/dev/", 5) == 0
         || (end != NULL
             && (end[strlen (name_ending)] == '.'
                 || end[strlen (name_ending)] == '\0'));
}

/* ---- the command ------------------------------------------------------- */

static enum rx_status
add_sets (struct rx_settings *settings, const struct rx_printed_table *printed,
          const struct rx_trial_model *model, struct layout *layout,
          struct rx_text *out, struct rx_error *err)
{
  struct rx_simulate_spec spec
      = { .seed = (uint64_t)settings->seed,
          .level = settings->level,
          .period_effect = settings->period_effect.value,
          .carryover = settings->carry.value };
  for (layout->set = 0; layout->set < (size_t)settings->sets; layout->set++)
    {
      struct rx_simulated trial = { 0 };
      spec.replicate = layout->set;
      enum rx_status status
          = settings->match.n > 0
                ? rx_simulated_match (&trial, printed, &spec, err)
                : rx_simulated_normal (&trial, model, &spec, err);
      if (status == RX_OK && layout->set == 0)
        add_header (out, &trial, layout);
      for (size_t i = 0; status == RX_OK && i < trial.n; i++)
        add_person (out, &trial, layout, i);
      rx_simulated_free (&trial);
      if (status != RX_OK)
        return status;
    }
  return RX_OK;
}

static enum rx_status
make (struct rx_settings *settings, struct rx_provenance *prov,
      struct rx_text *out, struct rx_error *err)
{
  struct rx_csv_format format = { 0 };
  struct rx_printed_table printed = { 0 };
  struct rx_trial_model model = { 0 };
  struct layout layout;
  bool match = settings->match.n > 0;
  enum rx_status status = read_layout (settings, &layout, err);
  if (status == RX_OK)
    status = rx_common_format (settings, &format, err);
  if (status == RX_OK && !match)
    status = read_model (settings, &model, err);
  if (status == RX_OK && match)
    status = refuse_unused (settings, err);
  if (status == RX_OK && match)
    status = read_printed (settings, &format, &printed, prov, err);
  if (status == RX_OK && match)
    status = check_effects (settings, &printed, err);
  if (status == RX_OK)
    {
      rx_text_addz (out, "# synthetic: no patient data; made by ");
      rx_tsv_line (out, prov->command);
      rx_text_addc (out, '\n');
      if (!settings->no_prov)
        rx_tsv_provenance (out, prov);
      status = add_sets (settings, &printed, &model, &layout, out, err);
    }
  rx_printed_table_free (&printed);
  rx_common_format_free (&format);
  return status;
}

static enum rx_status
run (struct rx_settings *settings, int argc, char **argv, struct rx_error *err)
{
  struct rx_text out = { 0 };
  struct rx_provenance prov = { 0 };
  enum rx_status status = rx_common_provenance (settings, &rx_cmd_simulate,
                                                argc, argv, &prov, err);
  if (status == RX_OK)
    status = make (settings, &prov, &out, err);
  if (status == RX_OK && out.failed)
    status = rx_fail_memory (err);
  if (status == RX_OK)
    status = rx_output_write (settings->output, rx_text_string (&out),
                              out.length, err);
  if (status == RX_OK && !name_says_so (settings->output))
    rx_say (settings,
            "warning: %s: these are no patients; a name that ends in %s says "
            "so",
            settings->output, name_ending);
  rx_text_free (&out);
  rx_provenance_free (&prov);
  return status;
}

static const struct rx_example examples[] = {
  { "recross simulate --design crossover -n 24 --mean 50 --delta 3 --sd 4 "
    "--sd-between 8 --period-effect 1 -o trial_synthetic.csv",
    "a trial from a model" },
  { "recross simulate --match "
    "n=20,mean1=52.3,sd1=8.1,mean2=49.0,sd2=7.9,corr=0.6 -o "
    "pairs_synthetic.csv",
    "pairs with exactly these statistics" },
  { "recross simulate --match "
    "n=30,mean=3.27,sd=1.14,scale=integer,min=1,max=5 --sets 100 -o "
    "sprite_synthetic.csv",
    "whole numbers that round to what is printed, or the proof that there are "
    "none" },
  { NULL, NULL },
};

const struct rx_command rx_cmd_simulate = {
  .name = "simulate",
  .operands = "",
  .operands_least = 0,
  .operands_most = 0,
  .title = "make synthetic trials, from a model or matching printed numbers",
  .text
  = "Writes a CSV file with one row per subject and period, as `recross "
    "crossover' reads it, headed by a line that says it is synthetic. With "
    "--match the data have the printed means, SDs and correlation (or SE, t, "
    "p, interval of the difference) to the last digits; whole numbers of a "
    "scale (scale=integer, min, max) round to what is printed. Where there "
    "are no such data it says so, with the reason, and exits with status 1. "
    "Without --match the data come from a normal model.",
  .groups = groups,
  .examples = examples,
  .run = run,
};
