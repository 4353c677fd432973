/* subgroups.c: heterogeneity between subgroups, each pooled on its own.

   Borenstein et al. 2009, Introduction to Meta-Analysis, ch. 19: Q between =
   sum W (M - mean)^2 with W = 1 / SE^2 of each subgroup's result M; under
   random effects with a tau2 of each subgroup.  Note:
   `subgroups-without-se=N`, subgroups that have no standard error. */
#include "methods/subgroups.h"

#include <gsl/gsl_cdf.h>
#include <stdlib.h>
#include <string.h>

static bool
is_pooled (const struct rx_row *row, const char *method)
{
  return strcmp (row->term, "pooled") == 0
         && strcmp (row->method, method) == 0;
}

/* The results of one model in the subgroups. */
static size_t
gather (const struct rx_rows *rows, size_t first, const char *method,
        double *y, double *v, size_t *without)
{
  size_t n = 0;
  *without = 0;
  for (size_t i = first; i < rows->n; i++)
    {
      const struct rx_row *row = &rows->row[i];
      if (!is_pooled (row, method) || strcmp (row->group, "all") == 0)
        continue;
      if (!(row->std_error > 0))
        {
          ++*without;
          continue;
        }
      y[n] = row->estimate;
      v[n++] = row->std_error * row->std_error;
    }
  return n;
}

static enum rx_status
compare (const struct rx_evidence *evidence, struct rx_rows *rows,
         size_t first, const char *method, double *y, double *v,
         struct rx_error *err)
{
  struct rx_note note = { "" };
  struct rx_row row = rx_row_blank ();
  size_t without, n = gather (rows, first, method, y, v, &without);
  row.n = (double)n;
  if (n < 2)
    rx_note_add (&note, "too-few-subgroups");
  else
    {
      row.df = (double)(n - 1);
      row.statistic = rx_weigh ((struct rx_studies){ y, v, n }, 0).q;
      row.p_value = gsl_cdf_chisq_Q (row.statistic, row.df);
    }
  if (without > 0)
    rx_note_add (&note, "subgroups-without-se=%zu", without);
  return rx_pooled_add (rows, row, evidence, method, "q-between", &note, err);
}

enum rx_status
rx_subgroups_compare (const struct rx_evidence *evidence, struct rx_rows *rows,
                      size_t first, struct rx_error *err)
{
  size_t last = rows->n;
  double *y = rx_array (evidence->n_levels, sizeof *y);
  double *v = rx_array (evidence->n_levels, sizeof *v);
  enum rx_status status
      = y == NULL || v == NULL ? rx_fail_memory (err) : RX_OK;
  for (size_t i = first; i < last && status == RX_OK; i++)
    if (strcmp (rows->row[i].term, "pooled") == 0
        && strcmp (rows->row[i].group, "all") == 0)
      status = compare (evidence, rows, first, rows->row[i].method, y, v, err);
  free (y);
  free (v);
  return status;
}
