/* crossover_builder.h: what crossover_build.c passes to those who build a part
   of a design: sequences, responses, and which treatment is the test. */
#ifndef RX_CROSSOVER_BUILDER_H
#define RX_CROSSOVER_BUILDER_H

#include "designs/crossover.h"

#include "base/names.h"

struct rx_crossover_builder
{
  const struct rx_table *table;
  const struct rx_crossover_spec *spec;
  struct rx_crossover *design;
  size_t subject, sequence, period, treatment; /* columns */
  bool has_sequence;
  size_t *row; /* rows that hold something */
  size_t n_rows;
  size_t *row_at; /* [subject * n_periods + period] row, RX_NO_ROW if none */
  size_t *next;   /* [rows of the table] the next row of a cluster in the
                     period, RX_NO_ROW for the last; NULL: no clusters */
  struct rx_error *err;
};

static inline const char *
rx_builder_default (const char *name, const char *fallback)
{
  return name != NULL ? name : fallback;
}

static inline const char *
rx_builder_cell (const struct rx_crossover_builder *b, size_t row,
                 size_t column)
{
  return rx_table_cell (b->table, row, column);
}

/* Strings of the design must outlive the table. */
static inline const char *
rx_builder_keep (struct rx_crossover_builder *b, const char *name)
{
  return rx_strings_addz (&b->design->strings, name);
}

/* From the treatments, or the column, to the sequence of every subject and the
   plan of every sequence (crossover_sequences.c). */
enum rx_status
rx_builder_sequences (struct rx_crossover_builder *b,
                      const struct rx_levels *subjects) RX_MUST_USE;

/* Wide layout: treatments of every row's label, as [row * periods + p]. */
enum rx_status rx_builder_split_labels (struct rx_crossover_builder *b,
                                        size_t n_periods,
                                        const char **names) RX_MUST_USE;

/* The responses of all endpoints (crossover_responses.c). */
enum rx_status
rx_builder_endpoints (struct rx_crossover_builder *b) RX_MUST_USE;

/* Test and reference (crossover_orient.c).  Two treatments: the first by name
   is the test, unless told otherwise.  Three or more: the first is the
   reference of all contrasts.  Tells too whether the design is AB/BA. */
enum rx_status rx_builder_orient (struct rx_crossover_builder *b) RX_MUST_USE;

#endif /* RX_CROSSOVER_BUILDER_H */
