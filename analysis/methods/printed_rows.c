/* printed_rows.c: what the methods for printed numbers share. */
#include "methods/printed_rows.h"

#include <math.h>

enum rx_status
rx_printed_range_add (struct rx_rows *rows, struct rx_row row,
                      const struct rx_printed_result *result,
                      const char *method, const char *term,
                      const struct rx_note *note, struct rx_error *err)
{
  row.study = result->study;
  row.endpoint = result->endpoint;
  row.method = method;
  row.term = term;
  row.note = note->text;
  return rx_rows_add (rows, &row, err);
}

enum rx_status
rx_printed_row_add (struct rx_rows *rows, struct rx_row row,
                    const struct rx_printed_result *result, const char *method,
                    const char *term, const struct rx_note *note,
                    struct rx_error *err)
{
  struct rx_note whole = *note;
  if (isnan (row.conf_level) && !isnan (row.conf_low))
    rx_note_add (&whole, "rounding");
  return rx_printed_range_add (rows, row, result, method, term, &whole, err);
}

bool
rx_method_serves_summary (const struct rx_method *method)
{
  return method->printed != NULL || method->summary != NULL;
}

enum rx_status
rx_method_summary (const struct rx_method *method,
                   const struct rx_printed_table *table,
                   const struct rx_method_options *options,
                   struct rx_rows *rows, struct rx_error *err)
{
  for (size_t i = 0; method->printed != NULL && i < table->n; i++)
    if (method->printed (&table->result[i], options, rows, err) != RX_OK)
      return err->status;
  return method->summary == NULL ? RX_OK
                                 : method->summary (table, options, rows, err);
}

const struct rx_printed_group rx_printed_groups[RX_PRINTED_GROUPS]
    = { { RX_SAYS_MEAN, RX_SAYS_SD, "" },
        { RX_SAYS_MEAN1, RX_SAYS_SD1, "1" },
        { RX_SAYS_MEAN2, RX_SAYS_SD2, "2" } };

long
rx_printed_group_n (const struct rx_printed_result *result,
                    const struct rx_printed_group *group)
{
  long own = group->suffix[0] == '1'   ? result->n1
             : group->suffix[0] == '2' ? result->n2
                                       : result->n;
  if (result->design == RX_PRINTED_PARALLEL)
    return own;
  return result->n > 0 ? result->n : own;
}

bool
rx_printed_is_ratio (const struct rx_printed_result *result)
{
  return rx_printed_has (result, RX_SAYS_RATIO)
         || rx_printed_has (result, RX_SAYS_RATIO_LOW)
         || rx_printed_has (result, RX_SAYS_RATIO_HIGH);
}

double
rx_printed_df (const struct rx_printed_result *result)
{
  double n = result->n > 0 ? (double)result->n
             : result->n1 > 0 && result->n2 > 0
                 ? (double)result->n1 + (double)result->n2
                 : NAN;
  if (!isnan (result->df))
    return result->df;
  if (!isnan (result->df2))
    return result->df2;
  if (isnan (n) || rx_printed_is_ratio (result))
    return INFINITY;
  return result->design == RX_PRINTED_PAIRED ? n - 1 : n - 2;
}

enum rx_status
rx_printed_whole_add (struct rx_rows *rows, const struct rx_whole_check *check,
                      const struct rx_printed *printed, long n,
                      const struct rx_printed_result *result,
                      const char *method, const char *term,
                      struct rx_error *err)
{
  static const char *const words[] = {
    [RX_WHOLE_CONSISTENT] = "consistent",
    [RX_WHOLE_MEAN] = "inconsistent; grim",
    [RX_WHOLE_SQUARES] = "inconsistent; sum-of-squares",
    [RX_WHOLE_PARITY] = "inconsistent; parity",
    [RX_WHOLE_RANGE] = "inconsistent",
    [RX_WHOLE_TOO_LONG] = "not-decided",
  };
  struct rx_note note = { "" };
  struct rx_row row = rx_row_blank ();
  row.n = n > 0 ? (double)n : NAN;
  row.estimate = check->nearest;
  row.conf_low = printed->low;
  row.conf_high = printed->high;
  rx_note_add (&note, "%s", n > 0 ? words[check->verdict] : "no-n");
  if (check->powerless && check->verdict == RX_WHOLE_CONSISTENT)
    rx_note_add (&note, "any-mean");
  return rx_printed_row_add (rows, row, result, method, term, &note, err);
}
