/* printed_rows.h: result rows about printed numbers. */
#ifndef RX_PRINTED_ROWS_H
#define RX_PRINTED_ROWS_H

#include "designs/printed_table.h"
#include "methods/fill.h"
#include "stats/whole_means.h"

/* Adds a row with the names of the result; conf_low and conf_high hold what
   rounding allows (note `rounding`), unless the row has a conf_level. */
enum rx_status rx_printed_row_add (struct rx_rows *rows, struct rx_row row,
                                   const struct rx_printed_result *result,
                                   const char *method, const char *term,
                                   const struct rx_note *note,
                                   struct rx_error *err) RX_MUST_USE;

/* The same without that note: conf_low and conf_high are what the method
   says. */
enum rx_status rx_printed_range_add (struct rx_rows *rows, struct rx_row row,
                                     const struct rx_printed_result *result,
                                     const char *method, const char *term,
                                     const struct rx_note *note,
                                     struct rx_error *err) RX_MUST_USE;

/* Does the method check printed results? */
bool rx_method_serves_summary (const struct rx_method *method);

/* Adds the rows of the method, which serves printed results. */
enum rx_status rx_method_summary (const struct rx_method *method,
                                  const struct rx_printed_table *table,
                                  const struct rx_method_options *options,
                                  struct rx_rows *rows,
                                  struct rx_error *err) RX_MUST_USE;

/* A mean with its SD, of a group or of all, and the persons behind it. */
struct rx_printed_group
{
  enum rx_printed_figure mean, sd;
  const char *suffix; /* of terms: "", "1", "2" */
};
enum
{
  RX_PRINTED_GROUPS = 3
};
extern const struct rx_printed_group rx_printed_groups[RX_PRINTED_GROUPS];

/* -1: not said.  In a paired design either mean is of all. */
long rx_printed_group_n (const struct rx_printed_result *result,
                         const struct rx_printed_group *group);

/* Is the comparison a ratio, to be taken on its logarithm? */
bool rx_printed_is_ratio (const struct rx_printed_result *result);

/* Degrees of freedom of the t test: as printed, or of the design (paired
   n - 1; crossover n - 2; parallel n1 + n2 - 2); Inf, the normal distribution,
   where nothing tells them, and of a ratio where they are not printed. */
double rx_printed_df (const struct rx_printed_result *result);

/* A row on whether mean or SD of whole numbers are possible. */
enum rx_status rx_printed_whole_add (struct rx_rows *rows,
                                     const struct rx_whole_check *check,
                                     const struct rx_printed *printed, long n,
                                     const struct rx_printed_result *result,
                                     const char *method, const char *term,
                                     struct rx_error *err) RX_MUST_USE;

#endif /* RX_PRINTED_ROWS_H */
