/* multiplicity.c: what is left of a paper's p-values when they are adjusted
   as one family, with bounds and unprinted p carried as intervals.

   The family is all rows of one study, and, with a family that is larger than
   they are, p-values that are not printed at all.  A printed p stands for what
   rounds to it, "<0.01" for 0 to 0.01, "ns" is no p; a row without p takes
   part with the p that its other figures imply, or else with the interval
   given for unprinted p (0 to 1 when none is given).

   One row per claim and adjustment (term bonferroni, holm, ...): p_value as
   printed, p_adjusted where every p of the family is printed with an equal
   sign (bonferroni: where its own is), conf_low and conf_high the adjusted p
   over all that the intervals allow, n the size of the family.  Notes:
   survives (conf_high <= alpha), fails (conf_low > alpha), cannot-be-told;
   unprinted.  p = alpha counts as significant.  Where it cannot be told the
   term `holm:needs` has the largest p of this claim that would survive:
   conf_low whatever the others are, conf_high if they are as small as they may
   be.  Families of more than 100 have no such rows.

   By hand: p < 0.01 in a family of 11: Bonferroni 0 to 0.11; it survives only
   if p <= 0.05 / 11 = 0.004545. */
#include "methods/printed_test.h"
#include "stats/interval_adjust.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum
{
  NEEDS_MOST = 100,   /* members of a family with `needs` rows */
  FAMILY_MOST = 20000 /* Hommel's procedure takes n^2 steps */
};

static const double NEAR = 1e-9; /* 1 - 0.95 is not quite 0.05 */

/* ">0.05" is above 0.05: where a verdict hangs on it, by this much, relative
   to it; more than NEAR. */
static const double ABOVE = 1e-8;

struct family
{
  const struct rx_printed_table *table;
  size_t *at; /* rows of the table; the others are not printed */
  size_t n_rows, n;
  struct rx_p_range *p, *adjusted;
  struct rx_p_range *above, *adjusted_above; /* open ends moved inwards */
  double *point, *adjusted_point;            /* NaN: no p with an equal sign */
  bool *open;    /* p is above low, not equal to it */
  bool complete; /* every p has a point */
};

static void
free_family (struct family *f)
{
  free (f->at);
  free (f->p);
  free (f->adjusted);
  free (f->above);
  free (f->adjusted_above);
  free (f->point);
  free (f->adjusted_point);
  free (f->open);
}

/* The p of a row: printed, implied, or unprinted. */
static void
take_p (struct family *f, size_t i, const struct rx_printed_result *row,
        const struct rx_method_options *options)
{
  struct rx_printed_test test;
  struct rx_rebuilt_joint joint;
  const struct rx_printed *p = &row->figure[RX_SAYS_P];
  f->p[i]
      = (struct rx_p_range){ options->unprinted[0], options->unprinted[1] };
  f->point[i] = NAN;
  f->open[i] = true;
  if (p->kind != RX_PRINTED_NOTHING)
    {
      f->p[i] = (struct rx_p_range){ fmax (p->low, 0), fmin (p->high, 1) };
      f->open[i] = p->kind == RX_PRINTED_ABOVE;
      if (p->kind == RX_PRINTED_EQUAL)
        f->point[i] = p->value;
    }
  else if (rx_printed_test_of (row, options->level, &test) && test.df > 0)
    {
      rx_rebuild_joint (&test, &joint);
      const struct rx_rebuilt *found = &joint.term[RX_REBUILT_P];
      if (!joint.possible || found->check == RX_REBUILT_UNKNOWN)
        return;
      f->p[i] = (struct rx_p_range){ found->low, found->high };
      f->point[i] = found->value;
      f->open[i] = false;
    }
}

static enum rx_status
make_family (struct family *f, const char *study,
             const struct rx_method_options *options, struct rx_error *err)
{
  const struct rx_printed_table *table = f->table;
  for (size_t i = 0; i < table->n; i++)
    f->n_rows += strcmp (table->result[i].study, study) == 0;
  f->n = f->n_rows;
  if (options->family > 0 && options->family < f->n)
    return rx_fail (err, RX_EDATA,
                    "%s: found %zu p-values%s%s, expected no more than the "
                    "family of %zu",
                    table->file, f->n_rows,
                    study[0] == '\0' ? "" : " of study ", study,
                    options->family);
  if (options->family > 0)
    f->n = options->family;
  if (f->n > FAMILY_MOST)
    return rx_fail (err, RX_EDATA,
                    "%s: found a family of %zu p-values, expected %d at the "
                    "most",
                    table->file, f->n, FAMILY_MOST);
  f->at = rx_array (f->n, sizeof *f->at);
  f->p = rx_array (f->n, sizeof *f->p);
  f->adjusted = rx_array (f->n, sizeof *f->adjusted);
  f->above = rx_array (f->n, sizeof *f->above);
  f->adjusted_above = rx_array (f->n, sizeof *f->adjusted_above);
  f->point = rx_array (f->n, sizeof *f->point);
  f->adjusted_point = rx_array (f->n, sizeof *f->adjusted_point);
  f->open = rx_array (f->n, sizeof *f->open);
  if (f->at == NULL || f->p == NULL || f->adjusted == NULL || f->point == NULL
      || f->adjusted_point == NULL || f->open == NULL || f->above == NULL
      || f->adjusted_above == NULL)
    return rx_fail_memory (err);
  size_t n = 0;
  for (size_t i = 0; i < table->n; i++)
    if (strcmp (table->result[i].study, study) == 0)
      {
        f->at[n] = i;
        take_p (f, n++, &table->result[i], options);
      }
  for (; n < f->n; n++)
    {
      f->p[n] = (struct rx_p_range){ options->unprinted[0],
                                     options->unprinted[1] };
      f->point[n] = NAN;
      f->open[n] = true;
    }
  f->complete = true;
  for (size_t i = 0; i < f->n; i++)
    {
      f->complete = f->complete && !isnan (f->point[i]);
      f->above[i] = f->p[i];
      if (f->open[i])
        f->above[i].low = fmin (f->p[i].low * (1 + ABOVE), f->p[i].high);
    }
  return RX_OK;
}

static const char *
verdict (const struct family *f, size_t i, double alpha)
{
  double above = alpha * (1 + NEAR);
  return f->adjusted[i].high <= above       ? "survives"
         : f->adjusted_above[i].low > above ? "fails"
                                            : "cannot-be-told";
}

static enum rx_status
add_needs (const struct family *f, size_t i,
           const struct rx_adjustment *adjustment, double alpha,
           struct rx_rows *rows, struct rx_error *err)
{
  char term[64];
  struct rx_note note = { "" };
  struct rx_row row = rx_row_blank ();
  struct rx_p_range threshold = { NAN, NAN };
  if (rx_adjust_threshold (adjustment, f->above, f->n, i, alpha, &threshold,
                           err)
      != RX_OK)
    return err->status;
  row.n = (double)f->n;
  row.conf_low = threshold.low;
  row.conf_high = threshold.high;
  if (threshold.low == threshold.high)
    row.estimate = threshold.low;
  rx_note_add (&note, "largest-p-that-survives");
  snprintf (term, sizeof term, "%s:needs", adjustment->name);
  return rx_printed_range_add (rows, row, &f->table->result[f->at[i]],
                               "multiplicity", term, &note, err);
}

static enum rx_status
add_claim (const struct family *f, size_t i,
           const struct rx_adjustment *adjustment, double alpha,
           struct rx_rows *rows, struct rx_error *err)
{
  struct rx_note note = { "" };
  struct rx_row row = rx_row_blank ();
  const struct rx_printed_result *result = &f->table->result[f->at[i]];
  const char *word = verdict (f, i, alpha);
  row.n = (double)f->n;
  row.p_value = f->point[i];
  row.p_adjusted = row.estimate = f->adjusted_point[i];
  row.conf_low = f->adjusted[i].low;
  row.conf_high = f->adjusted[i].high;
  rx_note_add (&note, "%s", word);
  if (!rx_printed_has (result, RX_SAYS_P))
    rx_note_add (&note, isnan (f->point[i]) ? "unprinted" : "implied");
  if (rx_printed_range_add (rows, row, result, "multiplicity",
                            adjustment->name, &note, err)
      != RX_OK)
    return err->status;
  return strcmp (word, "cannot-be-told") == 0 && f->n <= NEEDS_MOST
             ? add_needs (f, i, adjustment, alpha, rows, err)
             : RX_OK;
}

static enum rx_status
adjust_points (struct family *f, const struct rx_adjustment *adjustment,
               struct rx_error *err)
{
  if (f->complete)
    return rx_adjust (adjustment, f->point, f->n, f->adjusted_point, err);
  bool own = strcmp (adjustment->name, "bonferroni") == 0;
  for (size_t i = 0; i < f->n; i++)
    f->adjusted_point[i] = own ? fmin (1, (double)f->n * f->point[i]) : NAN;
  for (size_t i = 0; i < f->n; i++)
    if (isnan (f->point[i]))
      f->adjusted_point[i] = NAN; /* fmin would say 1 */
  return RX_OK;
}

static enum rx_status
check_family (struct family *f, const char *study,
              const struct rx_method_options *options, struct rx_rows *rows,
              struct rx_error *err)
{
  double alpha = 1 - options->level;
  if (make_family (f, study, options, err) != RX_OK)
    return err->status;
  for (size_t k = 0; k < rx_n_adjustments; k++)
    {
      const struct rx_adjustment *adjustment = &rx_adjustments[k];
      if (adjustment->run == NULL || adjustment->in_order)
        continue; /* printed p-values are not enough, nor is the order in
                     which they are printed one declared beforehand */
      if (rx_adjust_ranges (adjustment, f->p, f->n, f->adjusted, err) != RX_OK
          || rx_adjust_ranges (adjustment, f->above, f->n, f->adjusted_above,
                               err)
                 != RX_OK
          || adjust_points (f, adjustment, err) != RX_OK)
        return err->status;
      for (size_t i = 0; i < f->n_rows; i++)
        if (add_claim (f, i, adjustment, alpha, rows, err) != RX_OK)
          return err->status;
    }
  return RX_OK;
}

static bool
is_first (const struct rx_printed_table *table, size_t at)
{
  for (size_t i = 0; i < at; i++)
    if (strcmp (table->result[i].study, table->result[at].study) == 0)
      return false;
  return true;
}

static enum rx_status
run_summary (const struct rx_printed_table *table,
             const struct rx_method_options *options, struct rx_rows *rows,
             struct rx_error *err)
{
  for (size_t i = 0; i < table->n; i++)
    {
      struct family family = { .table = table };
      if (!is_first (table, i))
        continue;
      enum rx_status status
          = check_family (&family, table->result[i].study, options, rows, err);
      free_family (&family);
      if (status != RX_OK)
        return status;
    }
  return RX_OK;
}

const struct rx_method rx_method_multiplicity = {
  .name = "multiplicity",
  .title = "What adjustments leave of a family of printed p-values",
  .source = "Holm 1979; Hochberg 1988; Hommel 1988; Benjamini & Hochberg "
            "1995; Benjamini & Yekutieli 2001",
  .words = "What adjustments leave of the printed p-values of a study, taken "
           "as one family, was computed with bounds and unprinted p-values as "
           "intervals.",
  .summary = run_summary,
  .on_request = true,
  .adjusts = true,
};
