/* schema.h: what a data file promises, checked cell by cell.

   A schema is a small YAML file beside the data:

       schema: 1
       file: senn_asthma.csv
       title: ...
       source: ...
       synthetic: false
       missing: ["", NA]
       key: [subject, period]
       columns:
         - {name: subject, type: text}
         - {name: sequence, type: category, values: [FS, SF]}
         - {name: period, type: integer, min: 1, max: 2}
         - {name: pef, type: number, min: 0, unit: L/min, optional: true,
            description: peak expiratory flow}

   Types are text, category, integer, number and date; a cell may be missing
   only where the column says `optional: true`.  A date is written as
   2013-01-31, or as its `format` says (the names of date.h); `min` and `max`
   are always written as 2013-01-31. */
#ifndef RX_SCHEMA_H
#define RX_SCHEMA_H

#include "data/csv.h"
#include "data/yaml.h"

struct rx_schema; /* opaque */

enum rx_status rx_schema_read (struct rx_schema **schema, const char *path,
                               struct rx_error *err) RX_MUST_USE;
void rx_schema_free (struct rx_schema *schema);

/* Streams the data file through the schema.  RX_EDATA for the first cell that
   breaks it, as file, line, column, what was found, what was expected; also
   for a missing or undeclared column, a repeated key, and a file that says
   "# synthetic" where its schema does not (or the other way round).  *rows
   receives the number of records. */
enum rx_status rx_schema_check (const struct rx_schema *schema,
                                const char *data_path,
                                const struct rx_csv_format *format,
                                size_t *rows,
                                struct rx_error *err) RX_MUST_USE;

/* The missing codes the schema declares, for struct rx_csv_format. */
const char *const *rx_schema_missing (const struct rx_schema *schema,
                                      size_t *n);
/* Title, source and the unit of a column, "" where not given; the data file,
   relative to the schema's own folder where it is relative. */
const char *rx_schema_file (const struct rx_schema *schema);
const char *rx_schema_title (const struct rx_schema *schema);
const char *rx_schema_source (const struct rx_schema *schema);
const char *rx_schema_unit (const struct rx_schema *schema,
                            const char *column);
bool rx_schema_synthetic (const struct rx_schema *schema);

#endif /* RX_SCHEMA_H */
