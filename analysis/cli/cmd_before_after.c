/* cmd_before_after.c: `recross before-after FILE`: windows before and after an
   index date in a dispensing register.  The options mirror the keys of the
   study file; what they hold is parsed in before_after_words.c. */
#include "cli/before_after_words.h"
#include "cli/common.h"
#include "cli/stopwatch.h"

#include "base/date.h"
#include "data/register_layout.h"
#include "methods/analysis_before_after.h"

#include <stdlib.h>
#include <string.h>

#define AT(member) offsetof (struct rx_settings, member)

static const char *const takes[] = { RX_TAKE_NAMES, NULL };
static const char *const layouts[] = { RX_REGISTER_LAYOUT_NAMES, NULL };

static const struct rx_option column_options[] = {
  { "layout", 0, RX_OPTION_TEXT, AT (layout), "NAME", "columns",
    "columns by published names, as `recross list layouts' tells; the options "
    "below come before it",
    layouts, false },
  { "person", 0, RX_OPTION_TEXT, AT (person), "COLUMN", "person",
    "column of the person's id", NULL, false },
  RX_DISPENSING_OPTIONS,
  { "amount", 0, RX_OPTION_TEXT, AT (amount), "COLUMN", NULL,
    "column of the amount in DDD; needed for the measure ddd", NULL, false },
  { "days", 0, RX_OPTION_TEXT, AT (days), "COLUMN", NULL,
    "column of the days of treatment supplied, in place of an amount in DDD: "
    "for the measure treatment-days",
    NULL, false },
  { "amount-times", 0, RX_OPTION_TEXT, AT (amount_times), "COLUMN", NULL,
    "column that the amount is multiplied by: packs times the DDD of a pack",
    NULL, false },
  { "indication", 0, RX_OPTION_TEXT, AT (indication), "COLUMN", NULL,
    "column of the reimbursement or diagnosis code", NULL, false },
  { "sex", 0, RX_OPTION_TEXT, AT (sex), "COLUMN", NULL, "column of the sex",
    NULL, false },
  { "birth-year", 0, RX_OPTION_TEXT, AT (birth_year), "COLUMN", NULL,
    "column of the year of birth", NULL, false },
  { "code-map", 0, RX_OPTION_TEXT, AT (code_map), "FILE", NULL,
    "translate the codes of drugs: a table of two columns (concept ids to "
    "ATC); codes it does not have stay, and are counted",
    NULL, false },
  { "code-map-columns", 0, RX_OPTION_LIST, AT (code_columns), "FROM,TO", NULL,
    "its columns (default: from,to)", NULL, false },
  { "persons", 0, RX_OPTION_TEXT, AT (persons), "FILE", NULL,
    "a table with a row per person: when each was observed, sex, birth; who "
    "was not observed through all windows is dropped and counted by reason",
    NULL, false },
  { "persons-columns", 0, RX_OPTION_LIST, AT (person_columns),
    "ROLE=COLUMN,...", NULL,
    "its columns: person (default: as in the register), entry, death, "
    "emigration, sex, birth_year, birth_date; e.g. death=died,emigration=left",
    NULL, false },
};
static const struct rx_option_group columns_group
    = { "Columns of the register", column_options,
        sizeof column_options / sizeof column_options[0] };

static const struct rx_option options[] = {
  { "index", 0, RX_OPTION_LIST, AT (index), "ATC,...", NULL,
    "drugs whose first dispensing is the index date (N07BB04, N07*)", NULL,
    false },
  { "index-days", 0, RX_OPTION_TEXT, AT (index_days), "FROM,TO", NULL,
    "dates between which the index must lie (default: the coverage)", NULL,
    false },
  { "take", 0, RX_OPTION_TEXT, AT (take), "WHICH", "first",
    "of a person's dispensings between these dates: first; first-ever (and "
    "none earlier in the coverage); washout-then-first (the first with "
    "--washout days clear before it); first-then-washout (the first, and the "
    "person only if they are clear)",
    takes, false },
  { "washout", 0, RX_OPTION_INTEGER, AT (washout), "DAYS", NULL,
    "days before the index without an index drug", NULL, false },
  { "before", 0, RX_OPTION_TEXT, AT (before), "A,B", "-365,-1",
    "window before, in days from the index, both ends included", NULL, false },
  { "after", 0, RX_OPTION_TEXT, AT (after), "A,B", "0,364",
    "window after, likewise", NULL, false },
  { "coverage", 0, RX_OPTION_TEXT, AT (coverage), "FROM,TO", NULL,
    "dates the extract covers (default: the first and last date in it)", NULL,
    false },
  { "no-coverage-guard", 0, RX_OPTION_FLAG, AT (no_guard), NULL, NULL,
    "keep persons whose windows reach outside the coverage: this invents "
    "changes, and is here to show that",
    NULL, false },
  { "require", 0, RX_OPTION_REPEAT, AT (require), "RULE", NULL,
    "eligibility, e.g. \"indications=G35 at_least=2 count=drugs "
    "from=2009-01-01 to=2010-12-31 | drugs=L03AB07+L03AB08\", \"not "
    "drugs=N02A* window=-365,-1\" (days from the index) or \"age=18,75 "
    "sex=F\"; | means or; repeat for and",
    NULL, false },
  { "group-by", 0, RX_OPTION_LIST, AT (group_drugs), "ATC,...", NULL,
    "exposure groups by the number of dispensings of these drugs", NULL,
    false },
  { "group-window", 0, RX_OPTION_TEXT, AT (group_window), "A,B", NULL,
    "counted in these days from the index (default: the window after)", NULL,
    false },
  { "levels", 0, RX_OPTION_LIST, AT (levels), "NAME=A-B,...", NULL,
    "the groups, e.g. x1=1,x2-3=2-3,x4+=4-", NULL, false },
  { "reference", 0, RX_OPTION_TEXT, AT (group_reference), "NAME", NULL,
    "the group the others are compared with (difference-in-differences)", NULL,
    false },
  { "outcome", 0, RX_OPTION_REPEAT, AT (outcomes), "NAME=ATC,...", NULL,
    "an outcome and its drugs, e.g. \"analgesics=N02*\" or \"all other=* "
    "except N07BB04\"; repeat for more (default: all other drugs)",
    NULL, false },
  { "measure", 0, RX_OPTION_LIST, AT (measures), "NAME,...", NULL,
    "users, dispensings, ddd, treatment-days (default: all the file allows)",
    NULL, false },
  { "method", 'm', RX_OPTION_LIST, AT (methods), "NAME,...", "all",
    "methods to run; all = every one that fits", NULL, false },
  { "adjust", 0, RX_OPTION_TEXT, AT (adjust), "NAME", NULL,
    "adjust the p-values of one method, measure and group over all outcomes: "
    "holm, bh, ...",
    NULL, false },
};
static const struct rx_option_group group
    = { "The study", options, sizeof options / sizeof options[0] };
static const struct rx_option_group *const groups[]
    = { &group,           &columns_group,     &rx_options_reading,
        &rx_options_rows, &rx_options_common, NULL };

extern const struct rx_command rx_cmd_before_after;

/* The column of a layout, in place of the word that stands for none given. */
static void
name_column (const char **column, const char *fallback, const char *layout)
{
  if (layout != NULL
      && (*column == NULL
          || (fallback != NULL && strcmp (*column, fallback) == 0)))
    *column = layout;
}

/* Returns whether the amounts are those of the layout. */
static bool
name_columns (struct rx_settings *settings)
{
  const struct rx_register_columns *columns
      = &rx_register_layout_find (settings->layout)->columns;
  bool own = settings->amount != NULL || settings->days != NULL
             || settings->amount_times != NULL;
  name_column (&settings->person, "person", columns->person);
  name_column (&settings->date, "date", columns->date);
  name_column (&settings->drug, "drug", columns->drug);
  if (settings->amount == NULL && settings->days == NULL)
    name_column (&settings->amount_times, NULL, columns->amount_times);
  if (columns->is_days && settings->amount == NULL)
    name_column (&settings->days, NULL, columns->amount);
  else if (settings->days == NULL)
    name_column (&settings->amount, NULL, columns->amount);
  name_column (&settings->indication, NULL, columns->indication);
  name_column (&settings->sex, NULL, columns->sex);
  name_column (&settings->birth_year, NULL, columns->birth_year);
  return !own;
}

/* The steps of the selection are remarks here; a study file writes them to
   attrition.tsv too. */
static enum rx_status
remark_attrition (const struct rx_before_after *design, struct rx_rows *rows,
                  struct rx_error *err)
{
  for (size_t i = 0; i < design->n_attrition; i++)
    if (rx_rows_remark (
            rows, false, err, "Step %zu: %s: %zu persons (%zu excluded).", i,
            design->attrition[i].step, design->attrition[i].persons,
            design->attrition[i].excluded)
        != RX_OK)
      return err->status;
  return RX_OK;
}

static enum rx_status
analyse (struct rx_settings *settings, const struct rx_register *reg,
         struct rx_rows *rows, struct rx_error *err)
{
  struct rx_before_after design = { 0 };
  struct rx_analysis_plan plan = { 0 };
  struct rx_study_words words = { 0 };
  enum rx_status status = rx_study_words_read (settings, &words, err);
  if (status == RX_OK)
    status = rx_common_plan (settings, &plan, err);
  if (status == RX_OK)
    {
      plan.measures = words.measures;
      status = rx_before_after_build (&design, reg, &words.spec, err);
    }
  if (status == RX_OK)
    status = rx_before_after_add (&design, reg, &words.spec,
                                  rx_analysis_parts (&plan), err);
  if (status == RX_OK)
    status = remark_attrition (&design, rows, err);
  if (status == RX_OK)
    status = rx_analysis_before_after (&design, &plan, rows, err);
  rx_before_after_free (&design);
  rx_study_words_free (&words);
  rx_common_plan_free (&plan);
  return status;
}

/* Reads what stands beside the register, and adds it. */
static enum rx_status
complete (const struct rx_settings *settings,
          const struct rx_csv_format *format, struct rx_register *reg,
          struct rx_provenance *prov, struct rx_error *err)
{
  struct rx_table codes = { 0 }, persons = { 0 };
  struct rx_register_added added = { .person_dates = format->dates };
  enum rx_status status = rx_beside_words_read (settings, &added, err);
  if (status == RX_OK && settings->code_map != NULL)
    {
      status = rx_table_read (&codes, settings->code_map, format, err);
      added.codes = &codes;
    }
  if (status == RX_OK && settings->persons != NULL)
    {
      status = rx_table_read (&persons, settings->persons, format, err);
      added.persons = &persons;
    }
  if (status == RX_OK)
    status = rx_register_complete (reg, &added, err);
  if (status == RX_OK && added.codes != NULL)
    status = rx_provenance_input (prov, settings->code_map, codes.digest,
                                  codes.synthetic, err);
  if (status == RX_OK && added.persons != NULL)
    status = rx_provenance_input (prov, settings->persons, persons.digest,
                                  persons.synthetic, err);
  rx_table_free (&codes);
  rx_table_free (&persons);
  return status;
}

static enum rx_status
run (struct rx_settings *settings, int argc, char **argv, struct rx_error *err)
{
  const char *file = settings->operand[0];
  struct rx_csv_format format = { 0 };
  struct rx_register reg = { 0 };
  struct rx_rows rows = { .analysis = "before-after" };
  struct rx_provenance prov = { 0 };
  bool of_layout = name_columns (settings);
  struct rx_register_columns columns
      = { .person = settings->person,
          .date = settings->date,
          .drug = settings->drug,
          .amount = settings->days != NULL ? settings->days : settings->amount,
          .amount_times = settings->amount_times,
          .indication = settings->indication,
          .sex = settings->sex,
          .birth_year = settings->birth_year,
          .is_days = settings->days != NULL,
          .may_lack_amount = of_layout };
  if (columns.amount_times != NULL && columns.amount == NULL)
    return rx_fail (err, RX_EUSAGE,
                    "--amount-times: expected --amount, or --days, which it "
                    "multiplies");
  if (settings->days != NULL && settings->amount != NULL)
    return rx_fail (err, RX_EUSAGE,
                    "--days: expected no --amount beside it: a register has "
                    "one column of amounts");
  if (settings->index.n == 0)
    return rx_fail (err, RX_EUSAGE,
                    "before-after: expected --index with the drugs that set "
                    "the index date");
  enum rx_status status = rx_common_format (settings, &format, err);
  if (status == RX_OK)
    {
      format.dates = rx_date_format_find (settings->date_format);
      status = rx_common_schema (settings, file, &format, err);
    }
  if (status == RX_OK)
    status = rx_register_read (&reg, file, &format, &columns, err);
  rx_stopwatch (settings, status, "read %s", file);
  if (status == RX_OK)
    status = rx_common_provenance (settings, &rx_cmd_before_after, argc, argv,
                                   &prov, err);
  if (status == RX_OK)
    status = rx_provenance_input (&prov, file, reg.digest, reg.synthetic, err);
  if (status == RX_OK)
    status = complete (settings, &format, &reg, &prov, err);
  if (status == RX_OK)
    status = analyse (settings, &reg, &rows, err);
  rx_stopwatch (settings, status, "analysed, %zu rows", rows.n);
  if (status == RX_OK)
    status = rx_common_write (settings, &rows, &prov, err);
  rx_rows_free (&rows);
  rx_register_free (&reg);
  rx_provenance_free (&prov);
  rx_common_format_free (&format);
  return status;
}

static const struct rx_example examples[] = {
  { "recross before-after dispensings.csv.gz --drug atc --amount ddd --index "
    "N07BB04 --outcome \"analgesics=N02*\"",
    "one year before and after the first dispensing of naltrexone" },
  { "recross before-after dispensings.csv.gz --drug atc --amount ddd --index "
    "N07BB04 --index-days 2013-01-01,2013-12-31 --before -730,-1 --after "
    "0,729 --group-by N07BB04 --levels x1=1,x2-3=2-3,x4+=4-",
    "two years, exposure groups by the number of dispensings" },
  { NULL, NULL },
};

const struct rx_command rx_cmd_before_after = {
  .name = "before-after",
  .operands = "FILE",
  .operands_least = 1,
  .operands_most = 1,
  .title = "compare windows before and after an index date in a register",
  .text
  = "Reads a flat extract of a dispensing register, one row per dispensing "
    "(CSV, gzip allowed, - is standard input), finds each person's index "
    "date, selects the eligible, and compares users, dispensings and DDD in "
    "the windows before and after it. A person whose window is not wholly "
    "inside the coverage is dropped and counted. Every step of the selection "
    "is reported.",
  .groups = groups,
  .examples = examples,
  .run = run,
};
