/* describe.c: n, mean, standard error and standard deviation of every cell.

   Crossover: a cell is sequence/period/treatment, over all observed values.
   Before/after: `before` and `after` over all selected persons, zeros
   included; for users the mean of 0 and 1 is the proportion, with Wilson's
   interval in place of the t interval of a mean. */
#include "methods/fill.h"

#include "stats/moments.h"
#include "stats/proportion.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Which of two treatments is the test and which the reference, and of three
   and more the reference: what `treatment` and `B-A` are minus. */
static void
note_role (struct rx_note *note, const struct rx_crossover *d,
           size_t treatment)
{
  if (treatment == d->reference)
    rx_note_add (note, "role=reference");
  else if (d->n_treatments == 2)
    rx_note_add (note, "role=test");
}

/* Why there is no mean, or no standard deviation. */
static void
note_few (struct rx_moments m, struct rx_note *note)
{
  if (m.n < 2)
    rx_note_add (note, m.n == 0 ? "no-subjects" : "one-subject");
}

/* The interval of a mean, so that figures need not compute one. */
static struct rx_row
mean_row (struct rx_moments m, double level, struct rx_note *note)
{
  struct rx_t_test test = rx_student_one (m, level);
  struct rx_row row = rx_row_blank ();
  row.n = (double)m.n;
  row.estimate = m.mean;
  row.std_error = rx_moments_se (m);
  row.conf_level = level;
  row.conf_low = test.low;
  row.conf_high = test.high;
  note_few (m, note);
  return row;
}

static struct rx_row
sd_row (struct rx_moments m, struct rx_note *note)
{
  struct rx_row row = rx_row_blank ();
  row.n = (double)m.n;
  row.estimate = rx_moments_sd (m);
  note_few (m, note);
  return row;
}

static enum rx_status
add_cell (const struct rx_crossover *d, const struct rx_endpoint *endpoint,
          struct rx_moments m, const char *cell, size_t treatment,
          double level, struct rx_rows *rows, struct rx_error *err)
{
  struct rx_note note = { "" }, sd_note = { "" };
  const char *sd_term = rx_strings_format (&rows->strings, "sd:%s", cell);
  if (sd_term == NULL)
    return rx_fail_memory (err);
  if (endpoint->unit[0] != '\0')
    rx_note_add (&note, "unit=%s", endpoint->unit);
  note_role (&note, d, treatment);
  struct rx_row row = mean_row (m, level, &note);
  if (rx_fill_crossover (rows, row, d, endpoint, "describe", cell, false,
                         &note, err)
      != RX_OK)
    return err->status;
  return rx_fill_crossover (rows, sd_row (m, &sd_note), d, endpoint,
                            "describe", sd_term, false, &sd_note, err);
}

static enum rx_status
run_crossover (const struct rx_method *self, const struct rx_crossover *d,
               const struct rx_endpoint *endpoint,
               const struct rx_method_options *options, struct rx_rows *rows,
               struct rx_error *err)
{
  (void)self;
  double *y = rx_array (d->n_subjects, sizeof *y);
  enum rx_status status = y == NULL ? rx_fail_memory (err) : RX_OK;
  for (size_t q = 0; q < d->n_sequences; q++)
    for (size_t p = 0; p < d->n_periods && status == RX_OK; p++)
      {
        size_t n = 0;
        int treatment = d->plan[q * d->n_periods + p];
        if (treatment == RX_NO_TREATMENT)
          continue;
        for (size_t s = 0; s < d->n_subjects; s++)
          if (d->sequence_of[s] == q
              && !isnan (endpoint->y[s * d->n_periods + p]))
            y[n++] = endpoint->y[s * d->n_periods + p];
        const char *cell
            = rx_strings_format (&rows->strings, "%s/%s/%s", d->sequences[q],
                                 d->periods[p], d->treatments[treatment]);
        status = cell == NULL
                     ? rx_fail_memory (err)
                     : add_cell (d, endpoint, rx_moments_of (y, n), cell,
                                 (size_t)treatment, options->level, rows, err);
      }
  free (y);
  return status;
}

static enum rx_status
add_window (const struct rx_before_after_cell *cell, const int64_t *units,
            const char *term, const char *sd_term, double level,
            struct rx_rows *rows, struct rx_error *err)
{
  struct rx_note note = { "" }, sd_note = { "" };
  double *y = rx_array (cell->n, sizeof *y);
  if (y == NULL)
    return rx_fail_memory (err);
  for (size_t i = 0; i < cell->n; i++)
    y[i] = (double)units[i] / cell->scale;
  struct rx_moments m = rx_moments_of (y, cell->n);
  free (y);
  struct rx_row row = mean_row (m, level, &note);
  if (cell->measure->measure == RX_USERS)
    {
      /* a t interval of zeros and ones could leave them */
      rx_note_add (&note, "proportion");
      if (cell->n > 0)
        rx_wilson (m.mean, (double)cell->n, level, &row.conf_low,
                   &row.conf_high);
    }
  if (rx_fill_before_after (rows, row, cell, "describe", term, &note, err)
      != RX_OK)
    return err->status;
  return rx_fill_before_after (rows, sd_row (m, &sd_note), cell, "describe",
                               sd_term, &sd_note, err);
}

static enum rx_status
run_before_after (const struct rx_before_after *design,
                  const struct rx_before_after_cell *cell,
                  const struct rx_method_options *options,
                  struct rx_rows *rows, struct rx_error *err)
{
  (void)design;
  if (add_window (cell, cell->before, "before", "sd:before", options->level,
                  rows, err)
      != RX_OK)
    return err->status;
  return add_window (cell, cell->after, "after", "sd:after", options->level,
                     rows, err);
}

const struct rx_method rx_method_describe = {
  .name = "describe",
  .title = "n, mean, standard error and SD of every cell",
  .source = "",
  .words = "Cells are described by n, mean, standard error and standard "
           "deviation.",
  .measures = RX_USERS | RX_DISPENSINGS | RX_DDD,
  .crossover = run_crossover,
  .before_after = run_before_after,
};
