/* design_rows.c: efficiency and balance of a crossover design as rows.
   Jones & Kenward, Design and Analysis of Cross-Over Trials, 3rd ed.,
   chapter 4. */
#include "methods/design_rows.h"

#include <math.h>
#include <stdlib.h>

static enum rx_status
add_difference (const struct rx_design_task *task, const char *measure,
                const char *group, size_t i, size_t j, double variance,
                struct rx_rows *rows, struct rx_error *err)
{
  const struct rx_sequences *d = &task->sequences;
  bool treatment = measure[0] == 't';
  double share = task->n / (double)d->n; /* subjects of a sequence */
  struct rx_row row = rx_row_blank ();
  row.method = "efficiency";
  row.measure = measure;
  row.group = group;
  row.term = rx_strings_format (&rows->strings, "%s-%s", task->labels[j],
                                task->labels[i]);
  if (row.term == NULL)
    return rx_fail_memory (err);
  row.n = task->n;
  row.note = isnan (variance) ? "not-estimable" : "";
  row.std_error = task->sd * sqrt (variance / share);
  if (treatment && !isnan (variance))
    row.estimate
        = (1 / rx_design_uses (d, i) + 1 / rx_design_uses (d, j)) / variance;
  return rx_rows_add (rows, &row, err);
}

static enum rx_status
add_pairs (const struct rx_design_task *task, const char *measure,
           const char *group, const double *variance, struct rx_rows *rows,
           struct rx_error *err)
{
  size_t t = task->sequences.treatments;
  for (size_t i = 0; i < t; i++)
    for (size_t j = i + 1; j < t; j++)
      if (add_difference (task, measure, group, i, j, variance[i * t + j],
                          rows, err)
          != RX_OK)
        return err->status;
  return RX_OK;
}

static enum rx_status
add_balance (const struct rx_design_task *task, struct rx_rows *rows,
             struct rx_error *err)
{
  struct rx_design_balance b = rx_design_balance (&task->sequences);
  const struct
  {
    const char *term;
    bool yes;
  } terms[] = { { "uniform-on-periods", b.on_periods },
                { "uniform-on-subjects", b.on_subjects },
                { "balanced-for-carryover", b.balanced },
                { "strongly-balanced", b.strongly } };
  for (size_t i = 0; i < sizeof terms / sizeof terms[0]; i++)
    {
      struct rx_row row = rx_row_blank ();
      row.method = "balance";
      row.term = terms[i].term;
      row.estimate = terms[i].yes;
      row.note = terms[i].yes ? "yes" : "no";
      if (rx_rows_add (rows, &row, err) != RX_OK)
        return err->status;
    }
  return RX_OK;
}

static enum rx_status
add_efficiency (const struct rx_design_task *task, struct rx_rows *rows,
                struct rx_error *err)
{
  const struct rx_sequences *d = &task->sequences;
  const struct rx_carryover *model = task->carryover;
  size_t t = d->treatments;
  double *difference = rx_array (t * t, sizeof *difference);
  double *carryover = rx_array (model->n_parts * t * t, sizeof *carryover);
  enum rx_status status = RX_OK;
  if (difference == NULL || carryover == NULL)
    status = rx_fail_memory (err);
  if (status == RX_OK)
    status = rx_design_variance (d, NULL, difference, NULL, err);
  if (status == RX_OK)
    status
        = add_pairs (task, "treatment", "no carryover", difference, rows, err);
  if (status == RX_OK)
    status = rx_design_variance (d, model, difference, carryover, err);
  if (status == RX_OK)
    status = add_pairs (task, "treatment", "carryover", difference, rows, err);
  for (size_t k = 0; k < model->n_parts && status == RX_OK; k++)
    if (model->part[k].kind != RX_CARRYOVER_CHANGE)
      status = add_pairs (task, model->part[k].term, "carryover",
                          carryover + k * t * t, rows, err);
  free (difference);
  free (carryover);
  return status;
}

enum rx_status
rx_design_add_rows (const struct rx_design_task *task, struct rx_rows *rows,
                    struct rx_error *err)
{
  enum rx_status status = add_efficiency (task, rows, err);
  return status == RX_OK ? add_balance (task, rows, err) : status;
}
