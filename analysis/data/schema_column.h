/* schema_column.h: what a schema holds once it is read; for schema.c, which
   reads it, and schema_check.c, which holds a file against it. */
#ifndef RX_SCHEMA_COLUMN_H
#define RX_SCHEMA_COLUMN_H

#include "base/date.h"
#include "base/number.h"
#include "data/schema.h"

struct rx_schema_column;

struct rx_schema_type
{
  const char *name;
  const char *words; /* what a cell is, for messages */
  bool has_values;   /* `values` is needed; elsewhere it is an error */
  bool has_range;    /* `min` and `max` may be given */
  bool has_format;   /* `format` may be given: how dates are written */
  /* Is the cell of the type?  value receives what min and max bound. */
  bool (*accepts) (const struct rx_schema_column *column, const char *cell,
                   char mark, double *value);
  enum rx_status (*read_bound) (const struct rx_yaml *yaml,
                                const struct rx_yaml_node *node, double *bound,
                                struct rx_error *err);
  void (*print_bound) (char out[RX_NUMBER_SIZE], double bound);
};

struct rx_schema_column
{
  const char *name, *unit;
  const struct rx_schema_type *type;
  const char **values; /* [n_values] */
  size_t n_values;
  double min, max; /* -inf and inf where not given */
  const struct rx_date_format *format; /* of dates: iso where not given */
  bool optional, is_key;
};

struct rx_schema
{
  struct rx_yaml yaml; /* owns the strings */
  struct rx_strings strings;
  const char *file, *title, *source;
  bool synthetic;
  const char **missing; /* NULL where not declared */
  size_t n_missing;
  struct rx_schema_column *columns;
  size_t n_columns;
  size_t *key; /* columns of the key, in the order given */
  size_t n_key;
  const char *key_words; /* "subject, period" */
};

/* The column of that name among the first n. */
bool rx_schema_find (const struct rx_schema *schema, size_t n,
                     const char *name, size_t *out);

#endif /* RX_SCHEMA_COLUMN_H */
