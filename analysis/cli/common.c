/* common.c: options and steps that several commands share. */
#include "cli/common.h"

#include "base/date.h"
#include "base/output.h"
#include "cli/stopwatch.h"
#include "data/schema.h"
#include "data/spelling.h"
#include "report/writer.h"
#include "stats/adjust.h"
#include "stats/carryover.h"
#include "stats/equivalence.h"

#include <stdlib.h>
#include <string.h>

#define AT(member) offsetof (struct rx_settings, member)

static const char *const formats[]
    = { "text", "tsv", "json", "markdown", "latex", "html", NULL };
static const char *const progress_values[]
    = { "auto", "always", "never", NULL };
static const char *const encodings[] = { "utf-8", "latin-1", NULL };
static const char *const delimiters[]
    = { "auto", "comma", "semicolon", "tab", NULL };
static const char *const marks[] = { "point", "comma", NULL };

const char *const rx_date_format_names[] = { RX_DATE_FORMAT_NAMES, NULL };

static const char *const digits[]
    = { "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", NULL };
static const struct rx_option rows_options[] = {
  { "format", 0, RX_OPTION_TEXT, AT (format), "FORMAT", "text",
    "text (rounded, for people), tsv, json, markdown, latex or html", formats,
    true },
  { "digits", 0, RX_OPTION_INTEGER, AT (digits), "N", NULL,
    "of standard errors and what belongs to them (default: 3 in text, all in "
    "markdown, latex and html); tsv and json keep all",
    digits, true },
  { "level", 0, RX_OPTION_NUMBER, AT (level), "LEVEL", "0.95",
    "confidence level of intervals", NULL, false },
  { "seed", 0, RX_OPTION_INTEGER, AT (seed), "N", "20260101",
    "seed of random draws", NULL, false },
};
const struct rx_option_group rx_options_rows
    = { "Result rows", rows_options,
        sizeof rows_options / sizeof rows_options[0] };

static const struct rx_option common_options[] = {
  { "output", 'o', RX_OPTION_TEXT, AT (output), "FILE", "-",
    "write there; - is standard output", NULL, true },
  { "threads", 0, RX_OPTION_INTEGER, AT (threads), "N", "0",
    "threads in all; 0 is one per processor; never changes a result", NULL,
    true },
  { "progress", 0, RX_OPTION_TEXT, AT (progress), "WHEN", "auto",
    "say on standard error what is being done: auto (on a terminal), always "
    "or never",
    progress_values, true },
  { "quiet", 'q', RX_OPTION_FLAG, AT (quiet), NULL, NULL,
    "no warnings on standard error", NULL, true },
  { "verbose", 'v', RX_OPTION_FLAG, AT (verbose), NULL, NULL,
    "say on standard error what took how long", NULL, true },
  { "no-prov", 0, RX_OPTION_FLAG, AT (no_prov), NULL, NULL,
    "leave out the provenance (version, command, options, inputs)", NULL,
    true },
  { "help", 'h', RX_OPTION_FLAG, AT (help), NULL, NULL, "show this help", NULL,
    true },
};
const struct rx_option_group rx_options_common
    = { "Output and messages", common_options,
        sizeof common_options / sizeof common_options[0] };

static const struct rx_option reading_options[] = {
  { "delimiter", 0, RX_OPTION_TEXT, AT (delimiter), "NAME", "auto",
    "auto (from the header line), comma, semicolon or tab", delimiters,
    false },
  { "decimal", 0, RX_OPTION_TEXT, AT (decimal), "NAME", "point",
    "decimal mark of numbers: point or comma", marks, false },
  { "encoding", 0, RX_OPTION_TEXT, AT (encoding), "NAME", "utf-8",
    "utf-8 or latin-1", encodings, false },
  { "missing", 0, RX_OPTION_LIST, AT (missing), "CODE,...", NULL,
    "codes of missing values besides an empty field, NA and .", NULL, false },
  { "schema", 0, RX_OPTION_TEXT, AT (schema), "FILE", NULL,
    "check the file against this schema first", NULL, false },
};
const struct rx_option_group rx_options_reading
    = { "Reading the file", reading_options,
        sizeof reading_options / sizeof reading_options[0] };

/* Words of --delimiter and --decimal, and the characters they stand for. */
static const struct
{
  const char *word;
  char character;
} characters[] = { { "auto", 0 },
                   { "comma", ',' },
                   { "semicolon", ';' },
                   { "tab", '\t' },
                   { "point", '.' } };

static char
character_of (const char *word)
{
  for (size_t i = 0; i < sizeof characters / sizeof characters[0]; i++)
    if (strcmp (characters[i].word, word) == 0)
      return characters[i].character;
  return 0;
}

enum rx_status
rx_common_format (struct rx_settings *settings, struct rx_csv_format *format,
                  struct rx_error *err)
{
  static const char *const always[] = { "", "NA", "." };
  const size_t n_always = sizeof always / sizeof always[0];
  size_t n = n_always + settings->missing.n;
  if (character_of (settings->delimiter) == ','
      && character_of (settings->decimal) == ',')
    return rx_fail (err, RX_EUSAGE,
                    "--decimal: the comma cannot be the delimiter as well");
  const char **codes = rx_array (n, sizeof *codes);
  if (codes == NULL)
    return rx_fail_memory (err);
  for (size_t i = 0; i < n; i++)
    codes[i] = i < n_always ? always[i] : settings->missing.text[i - n_always];
  *format = (struct rx_csv_format){
    .delimiter = character_of (settings->delimiter),
    .decimal = character_of (settings->decimal),
    .latin1 = strcmp (settings->encoding, "latin-1") == 0,
    .missing = codes,
    .n_missing = n,
  };
  return RX_OK;
}

/* free () of a list whose members are promised not to change. */
static void
free_list (const void *list)
{
  union
  {
    const void *borrowed;
    void *owned;
  } pointer = { .borrowed = list };
  free (pointer.owned);
}

void
rx_common_format_free (struct rx_csv_format *format)
{
  free_list (format->missing);
  format->missing = NULL;
}

void
rx_common_plan_free (struct rx_analysis_plan *plan)
{
  free_list (plan->methods);
  plan->methods = NULL;
}

enum rx_status
rx_common_schema (const struct rx_settings *settings, const char *file,
                  const struct rx_csv_format *format, struct rx_error *err)
{
  struct rx_schema *schema = NULL;
  size_t rows;
  if (settings->schema == NULL)
    return RX_OK;
  if (strcmp (file, "-") == 0)
    return rx_fail (err, RX_EUSAGE,
                    "--schema: standard input can be read once only; give "
                    "the file's name");
  if (rx_schema_read (&schema, settings->schema, err) != RX_OK)
    return err->status;
  enum rx_status status = rx_schema_check (schema, file, format, &rows, err);
  rx_schema_free (schema);
  return status;
}

enum rx_status
rx_common_carryover (const struct rx_settings *settings,
                     const struct rx_carryover *otherwise,
                     const struct rx_carryover **carryover,
                     struct rx_error *err)
{
  char quoted[RX_QUOTED_SIZE];
  const char *name = settings->carryover_model;
  *carryover = name != NULL ? rx_carryover_find (name) : otherwise;
  if (name != NULL && *carryover == NULL)
    return rx_fail (err, RX_EUSAGE,
                    "--carryover-model: found %s; `recross list carryovers' "
                    "names all",
                    rx_quotez (quoted, name));
  return RX_OK;
}

enum rx_status
rx_common_expansion (const struct rx_settings *settings,
                     const struct rx_expansion **expansion,
                     struct rx_error *err)
{
  char quoted[RX_QUOTED_SIZE];
  *expansion = settings->regulator != NULL
                   ? rx_expansion_find (settings->regulator)
                   : rx_expansion_default;
  if (*expansion == NULL)
    return rx_fail (err, RX_EUSAGE,
                    "--regulator: found %s; `recross list regulators' names "
                    "all",
                    rx_quotez (quoted, settings->regulator));
  return RX_OK;
}

static enum rx_status
find_method (const char *name, const struct rx_method **method,
             struct rx_error *err)
{
  char quoted[RX_QUOTED_SIZE];
  const char **names = rx_array (rx_n_methods, sizeof *names);
  if (names == NULL)
    return rx_fail_memory (err);
  *method = rx_method_find (name);
  if (*method == NULL)
    {
      for (size_t i = 0; i < rx_n_methods; i++)
        names[i] = rx_methods[i]->name;
      const char *near = rx_spelling_nearest (name, names, rx_n_methods);
      rx_fail (err, RX_EUSAGE,
               "--method: found %s; %s%s%s`recross list methods' names all",
               rx_quotez (quoted, name), near != NULL ? "did you mean " : "",
               near != NULL ? near : "", near != NULL ? "? " : "");
    }
  free (names);
  return *method != NULL ? RX_OK : err->status;
}

enum rx_status
rx_common_plan (const struct rx_settings *settings,
                struct rx_analysis_plan *plan, struct rx_error *err)
{
  size_t n = settings->methods.n;
  *plan = (struct rx_analysis_plan){ .level = settings->level,
                                     .seed = (uint64_t)settings->seed,
                                     .adjust = settings->adjust };
  if (settings->adjust != NULL
      && rx_adjustment_find (settings->adjust) == NULL)
    {
      char quoted[RX_QUOTED_SIZE];
      return rx_fail (err, RX_EUSAGE,
                      "--adjust: found %s; `recross list adjustments' names "
                      "all",
                      rx_quotez (quoted, settings->adjust));
    }
  if (n == 0 || (n == 1 && strcmp (settings->methods.text[0], "all") == 0))
    return RX_OK;
  const struct rx_method **methods = rx_array (n, sizeof *methods);
  if (methods == NULL)
    return rx_fail_memory (err);
  enum rx_status status = RX_OK;
  for (size_t i = 0; i < n && status == RX_OK; i++)
    {
      status = find_method (settings->methods.text[i], &methods[i], err);
      for (size_t j = 0; j < i && status == RX_OK; j++)
        if (methods[j] == methods[i])
          status = rx_fail (err, RX_EUSAGE, "--method: %s is named twice",
                            methods[i]->name);
    }
  if (status != RX_OK)
    {
      free (methods);
      return status;
    }
  plan->methods = methods;
  plan->n_methods = n;
  return RX_OK;
}

enum rx_status
rx_common_provenance (struct rx_settings *settings,
                      const struct rx_command *command, int argc, char **argv,
                      struct rx_provenance *prov, struct rx_error *err)
{
  if (rx_provenance_command (prov, argc, argv, err) != RX_OK)
    return err->status;
  for (size_t g = 0; command->groups[g] != NULL; g++)
    for (size_t i = 0; i < command->groups[g]->n; i++)
      {
        const struct rx_option *o = &command->groups[g]->option[i];
        if (o->hides_nothing)
          continue;
        const char *value = rx_option_value (o, settings);
        if (value == NULL)
          return rx_fail_memory (err);
        if (rx_provenance_setting (prov, o->name, value, err) != RX_OK)
          return err->status;
      }
  return RX_OK;
}

enum rx_status
rx_common_write (const struct rx_settings *settings,
                 const struct rx_rows *rows, const struct rx_provenance *prov,
                 struct rx_error *err)
{
  struct rx_text text = { 0 };
  bool for_people = strcmp (settings->format, "text") == 0;
  rx_writer_find (settings->format)
      ->write (&text, rows,
               &(struct rx_writing){ .prov = settings->no_prov ? NULL : prov,
                                     .digits = (int)settings->digits });
  enum rx_status status
      = text.failed
            ? rx_fail_memory (err)
            : rx_output_write (settings->output, rx_text_string (&text),
                               text.length, err);
  rx_text_free (&text);
  rx_stopwatch (settings, status, "written as %s", settings->format);
  for (size_t i = 0; status == RX_OK && !for_people && i < rows->n_remarks;
       i++)
    if (rows->remark[i].is_warning)
      rx_say (settings, "warning: %s", rows->remark[i].text);
  return status;
}

enum rx_status
rx_common_analyse_table (struct rx_settings *settings,
                         const struct rx_command *command, int argc,
                         char **argv, rx_table_analysis *analyse,
                         struct rx_error *err)
{
  const char *file = settings->operand[0];
  struct rx_csv_format format = { 0 };
  struct rx_table table = { 0 };
  struct rx_rows rows = { .analysis = command->name };
  struct rx_provenance prov = { 0 };
  enum rx_status status = rx_common_format (settings, &format, err);
  if (status == RX_OK)
    status = rx_common_schema (settings, file, &format, err);
  if (status == RX_OK)
    status = rx_table_read (&table, file, &format, err);
  rx_stopwatch (settings, status, "read %s", file);
  if (status == RX_OK)
    status = rx_common_provenance (settings, command, argc, argv, &prov, err);
  if (status == RX_OK)
    status = rx_provenance_input (&prov, file, table.digest, table.synthetic,
                                  err);
  if (status == RX_OK)
    status = analyse (settings, &table, &rows, err);
  rx_stopwatch (settings, status, "analysed, %zu rows", rows.n);
  if (status == RX_OK)
    status = rx_common_write (settings, &rows, &prov, err);
  rx_rows_free (&rows);
  rx_table_free (&table);
  rx_provenance_free (&prov);
  rx_common_format_free (&format);
  return status;
}
