/* exposure_rows.c: shares, distributions and single numbers as rows. */
#include "methods/exposure_rows.h"

#include "stats/moments.h"
#include "stats/proportion.h"
#include "stats/student.h"

#include <gsl/gsl_sort.h>
#include <gsl/gsl_statistics_double.h>
#include <math.h>

enum rx_status
rx_exposure_add (struct rx_rows *rows, const char *method, const char *term,
                 size_t n, double estimate, const char *note,
                 struct rx_error *err)
{
  struct rx_row row = rx_row_blank ();
  row.method = method;
  row.term = term;
  row.n = (double)n;
  row.estimate = estimate;
  row.note = note;
  return rx_rows_add (rows, &row, err);
}

enum rx_status
rx_exposure_share (struct rx_rows *rows, const char *method, const char *term,
                   size_t yes, size_t n, double level, struct rx_error *err)
{
  struct rx_row row = rx_row_blank ();
  struct rx_note note = { "" };
  row.method = method;
  row.term = term;
  row.n = (double)n;
  row.note = note.text;
  if (n == 0)
    rx_note_add (&note, "no-persons");
  else
    {
      row.estimate = (double)yes / (double)n;
      row.conf_level = level;
      rx_wilson (row.estimate, (double)n, level, &row.conf_low,
                 &row.conf_high);
      rx_note_add (&note, "count=%zu", yes);
    }
  return rx_rows_add (rows, &row, err);
}

enum rx_status
rx_exposure_distribution (struct rx_rows *rows, const char *method,
                          const char *name, double *value, size_t n,
                          double level, struct rx_error *err)
{
  struct rx_moments m = rx_moments_of (value, n);
  struct rx_t_test test = rx_student_one (m, level);
  const char *dash = name != NULL ? "-" : "";
  const char *terms[3];
  static const char *const words[] = { "mean", "sd", "median" };
  struct rx_row row = rx_row_blank ();
  if (name == NULL)
    name = "";
  for (size_t i = 0; i < 3; i++)
    {
      terms[i]
          = rx_strings_format (&rows->strings, "%s%s%s", name, dash, words[i]);
      if (terms[i] == NULL)
        return rx_fail_memory (err);
    }
  gsl_sort (value, 1, n);
  row.method = method;
  row.term = terms[0];
  row.n = (double)n;
  row.estimate = m.mean;
  row.std_error = rx_moments_se (m);
  row.conf_level = n > 1 ? level : NAN;
  row.conf_low = test.low;
  row.conf_high = test.high;
  row.note = n == 0 ? "no-persons" : n == 1 ? "one-person" : "";
  if (rx_rows_add (rows, &row, err) != RX_OK
      || rx_exposure_add (rows, method, terms[1], n, rx_moments_sd (m),
                          row.note, err)
             != RX_OK)
    return err->status;
  return rx_exposure_add (
      rows, method, terms[2], n,
      n > 0 ? gsl_stats_median_from_sorted_data (value, 1, n) : NAN,
      n > 0 ? "" : row.note, err);
}

double
rx_exposure_amount (const struct rx_exposure *exposure, size_t from, size_t to,
                    double *value)
{
  for (size_t i = from; i < to; i++)
    value[i - from] = exposure->rows[i].amount;
  return rx_sum (value, to - from);
}

const char *
rx_exposure_person (const struct rx_exposure *exposure, size_t person,
                    struct rx_rows *rows)
{
  return rx_strings_format (&rows->strings, "person %s",
                            exposure->persons[person]);
}
