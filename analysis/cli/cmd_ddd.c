/* cmd_ddd.c: `recross ddd FILE --table TABLE`: dispensed packages turned into
   defined daily doses. */
#include "cli/common.h"

#include "base/date.h"
#include "base/number.h"
#include "base/output.h"
#include "designs/packages.h"
#include "report/csv_field.h"

#include <math.h>
#include <string.h>

#define AT(member) offsetof (struct rx_settings, member)

static const struct rx_option options[] = {
  { "table", 't', RX_OPTION_TEXT, AT (ddd_table), "FILE", NULL,
    "your table of DDDs: columns atc, route, ddd, unit, valid_from, valid_to",
    NULL, false },
  RX_DISPENSING_OPTIONS,
  { "packs", 0, RX_OPTION_TEXT, AT (packs), "COLUMN", NULL,
    "column of the number of packs; without it every row is one", NULL,
    false },
  { "units", 0, RX_OPTION_TEXT, AT (units), "COLUMN", NULL,
    "column of the units in a pack (tablets, ml, doses); without it one", NULL,
    false },
  { "strength", 0, RX_OPTION_TEXT, AT (strength), "COLUMN", NULL,
    "column of the strength of a unit", NULL, false },
  { "strength-unit", 0, RX_OPTION_TEXT, AT (strength_unit), "COLUMN", NULL,
    "column of the unit of the strength: g, mg, mcg, IU, MU, mmol, ml, ...",
    NULL, false },
  { "route", 0, RX_OPTION_TEXT, AT (route), "COLUMN", NULL,
    "column of the route, as the table of DDDs has it (O, P, R, ...)", NULL,
    false },
  { "write", 'w', RX_OPTION_TEXT, AT (write), "FILE", NULL,
    "write the rows too, with the columns ddd and ddd_note (CSV)", NULL,
    false },
};
static const struct rx_option_group group
    = { "The packages", options, sizeof options / sizeof options[0] };
static const struct rx_option_group *const groups[]
    = { &group, &rx_options_reading, &rx_options_rows, &rx_options_common,
        NULL };

extern const struct rx_command rx_cmd_ddd;

static enum rx_status
write_rows (const char *path, const struct rx_table *table,
            const struct rx_packages *packages, struct rx_error *err)
{
  struct rx_text out = { 0 };
  char number[RX_NUMBER_SIZE];
  for (size_t i = 0; i < table->n_comments; i++)
    rx_text_addf (&out, "# %s\n", table->comments[i]);
  for (size_t c = 0; c < table->n_columns; c++)
    {
      rx_csv_field (&out, table->names[c]);
      rx_text_addc (&out, ',');
    }
  rx_text_addz (&out, "ddd,ddd_note\n");
  for (size_t i = 0; i < packages->n; i++)
    {
      const struct rx_package *p = &packages->package[i];
      for (size_t c = 0; c < table->n_columns; c++)
        {
          rx_csv_field (&out, rx_table_cell (table, p->row, c));
          rx_text_addc (&out, ',');
        }
      rx_text_addf (&out, "%s,%s\n", rx_number_print (number, p->ddd),
                    p->fate == RX_DDD_CONVERTED ? "" : rx_ddd_fates[p->fate]);
    }
  enum rx_status status
      = out.failed
            ? rx_fail_memory (err)
            : rx_output_write (path, rx_text_string (&out), out.length, err);
  rx_text_free (&out);
  return status;
}

static enum rx_status
check (const struct rx_settings *settings, const struct rx_table *table,
       struct rx_error *err)
{
  static const char *const ours[] = { "ddd", "ddd_note" };
  for (size_t i = 0; settings->write != NULL && i < 2; i++)
    if (rx_table_has (table, ours[i]))
      return rx_fail (err, RX_EDATA,
                      "%s: it has a column \"%s\" already, which --write "
                      "would add",
                      table->file, ours[i]);
  return RX_OK;
}

static enum rx_status
convert (const struct rx_settings *settings, const struct rx_table *table,
         const struct rx_table *ddd, struct rx_rows *rows,
         struct rx_error *err)
{
  const struct rx_method *method = rx_method_find ("ddd-conversion");
  const struct rx_method_options plan = { .level = settings->level };
  const struct rx_packages_spec spec
      = { .drug = settings->drug,
          .date = settings->date,
          .packs = settings->packs,
          .units = settings->units,
          .strength = settings->strength,
          .unit = settings->strength_unit,
          .route = settings->route,
          .dates = rx_date_format_find (settings->date_format) };
  struct rx_packages packages = { 0 };
  enum rx_status status = check (settings, table, err);
  if (status == RX_OK)
    status = rx_packages_build (&packages, table, ddd, &spec, err);
  if (status == RX_OK)
    {
      rows->synthetic = packages.synthetic;
      status = method->packages (&packages, &plan, rows, err);
    }
  if (status == RX_OK && settings->write != NULL)
    status = write_rows (settings->write, table, &packages, err);
  rx_packages_free (&packages);
  return status;
}

static enum rx_status
run (struct rx_settings *settings, int argc, char **argv, struct rx_error *err)
{
  const char *file = settings->operand[0];
  struct rx_csv_format format = { 0 }, plain = { 0 };
  struct rx_table table = { 0 }, ddd = { 0 };
  struct rx_rows rows = { .analysis = rx_cmd_ddd.name };
  struct rx_provenance prov = { 0 };
  if (settings->ddd_table == NULL)
    return rx_fail (err, RX_EUSAGE,
                    "ddd: expected --table with your table of DDDs (recross "
                    "ships none)");
  enum rx_status status = rx_common_format (settings, &format, err);
  if (status == RX_OK)
    status = rx_common_schema (settings, file, &format, err);
  if (status == RX_OK)
    status = rx_table_read (&table, file, &format, err);
  if (status == RX_OK)
    status = rx_table_read (&ddd, settings->ddd_table, &plain, err);
  if (status == RX_OK)
    status
        = rx_common_provenance (settings, &rx_cmd_ddd, argc, argv, &prov, err);
  if (status == RX_OK)
    status = rx_provenance_input (&prov, file, table.digest, table.synthetic,
                                  err);
  if (status == RX_OK)
    status = rx_provenance_input (&prov, settings->ddd_table, ddd.digest,
                                  ddd.synthetic, err);
  if (status == RX_OK)
    status = convert (settings, &table, &ddd, &rows, err);
  if (status == RX_OK)
    status = rx_common_write (settings, &rows, &prov, err);
  rx_rows_free (&rows);
  rx_table_free (&table);
  rx_table_free (&ddd);
  rx_provenance_free (&prov);
  rx_common_format_free (&format);
  return status;
}

static const struct rx_example examples[] = {
  { "recross ddd packages.csv --table ddd.csv --packs packs --units tablets "
    "--strength strength --strength-unit unit --route route --write with.csv",
    "DDD of every row, and the reasons why some have none" },
  { NULL, NULL },
};

const struct rx_command rx_cmd_ddd = {
  .name = "ddd",
  .operands = "FILE",
  .operands_least = 1,
  .operands_most = 1,
  .title = "turn dispensed packages into defined daily doses",
  .text
  = "Reads a delimited text file (CSV, gzip allowed) with a row per "
    "dispensing and gives each its defined daily doses: packs x units x "
    "strength / DDD, with the DDD that your table has for the drug, the route "
    "and the date. Rows of the table are valid from valid_from to valid_to, "
    "both included; an empty one is open, an empty route is any. The unit is "
    "g, mg, mcg, U (IU), TU, MU, mmol, ml or UD; a DDD in UD (unit doses), as "
    "combinations have it, needs no strength. What cannot be converted is "
    "counted by its reason: no-packs, not-in-table, route-missing, "
    "other-route, other-date, no-strength, several-strengths, unit-unknown, "
    "unit-of-another-kind.",
  .groups = groups,
  .examples = examples,
  .run = run,
};
