/* common.h: steps that several commands share. */
#ifndef RX_COMMON_H
#define RX_COMMON_H

#include "base/provenance.h"
#include "cli/command.h"
#include "data/csv.h"
#include "data/table.h"
#include "methods/analysis.h"

/* How to read the data file.  The missing codes are the default ones and
   those given with --missing; the list belongs to the settings. */
enum rx_status rx_common_format (struct rx_settings *settings,
                                 struct rx_csv_format *format,
                                 struct rx_error *err) RX_MUST_USE;
void rx_common_format_free (struct rx_csv_format *format);

/* Checks the data file against --schema, if there is one. */
enum rx_status rx_common_schema (const struct rx_settings *settings,
                                 const char *file,
                                 const struct rx_csv_format *format,
                                 struct rx_error *err) RX_MUST_USE;

/* What --carryover-model names; `otherwise` where it is not given. */
struct rx_carryover;
enum rx_status rx_common_carryover (const struct rx_settings *settings,
                                    const struct rx_carryover *otherwise,
                                    const struct rx_carryover **carryover,
                                    struct rx_error *err) RX_MUST_USE;

/* Options of a file with a row per dispensing. */
/* clang-format off */
#define RX_DISPENSING_OPTIONS                                                 \
  { "date", 0, RX_OPTION_TEXT, offsetof (struct rx_settings, date),           \
    "COLUMN", "date", "column of the dispensing date", NULL, false },         \
  { "date-format", 0, RX_OPTION_TEXT,                                         \
    offsetof (struct rx_settings, date_format), "NAME", "iso",                \
    "iso (2013-01-31), dmy (31.01.2013, 31/01/2013, 31-01-2013), mdy "        \
    "(01/31/2013), ymd (20130131), sas or stata (days since 1960-01-01)",     \
    rx_date_format_names, false },                                            \
  { "drug", 0, RX_OPTION_TEXT, offsetof (struct rx_settings, drug),           \
    "COLUMN", "drug", "column of the ATC code", NULL, false }
/* clang-format on */
extern const char *const rx_date_format_names[]; /* NULL-terminated */

/* What --regulator names; the default where it is not given. */
struct rx_expansion;
enum rx_status rx_common_expansion (const struct rx_settings *settings,
                                    const struct rx_expansion **expansion,
                                    struct rx_error *err) RX_MUST_USE;

/* The methods named with --method ("all" or none: every one that fits), the
   adjustment and the level.  The caller frees plan->methods. */
enum rx_status rx_common_plan (const struct rx_settings *settings,
                               struct rx_analysis_plan *plan,
                               struct rx_error *err) RX_MUST_USE;

void rx_common_plan_free (struct rx_analysis_plan *plan);

/* The command line and every option with its value. */
enum rx_status rx_common_provenance (struct rx_settings *settings,
                                     const struct rx_command *command,
                                     int argc, char **argv,
                                     struct rx_provenance *prov,
                                     struct rx_error *err) RX_MUST_USE;

/* What a command does with a table once it is read. */
typedef enum rx_status rx_table_analysis (struct rx_settings *settings,
                                          const struct rx_table *table,
                                          struct rx_rows *rows,
                                          struct rx_error *err);

/* A whole command on the table that the operand names: schema, reading,
   provenance, analysis (named after the command), writing. */
enum rx_status rx_common_analyse_table (struct rx_settings *settings,
                                        const struct rx_command *command,
                                        int argc, char **argv,
                                        rx_table_analysis *analyse,
                                        struct rx_error *err) RX_MUST_USE;

/* Writes the rows in --format to --output, and warnings to standard error
   where the format is not one for people. */
enum rx_status rx_common_write (const struct rx_settings *settings,
                                const struct rx_rows *rows,
                                const struct rx_provenance *prov,
                                struct rx_error *err) RX_MUST_USE;

#endif /* RX_COMMON_H */
