/* statcheck.c: is the printed p that of the printed statistic?

   Terms: t, f, chi2, q, z, r, where the column is filled.  statistic as
   printed; p_value and estimate are its p, two-sided for t, z and r; the
   interval is the p of all that rounds to the statistic.  Notes: consistent;
   inconsistent, with `decision-error` where significance at 1 - level flips
   and `one-sided` where half of the p would be consistent; where the column
   tails says one, p of t, z and r is halved (note one-tailed) and `two-sided`
   says that the whole one would be consistent; p-zero: a p is never 0;
   no-printed-p; no-df.  df: of t, r (else df2, else from n and the design) and
   of chi2, q (else df1); f needs df1 and df2.  Arithmetic:
   stats/recompute_p.c. */
#include "methods/printed_statistic.h"

#include <math.h>

static void
judge (const struct rx_recomputed *found, const struct rx_printed_result *row,
       bool has_sides, double alpha, struct rx_note *note)
{
  const struct rx_printed *p = &row->figure[RX_SAYS_P];
  bool one = has_sides && row->one_tailed;
  double other = one ? 2 : 0.5; /* times p: the other number of tails */
  struct rx_recomputed otherwise
      = { found->p * other, found->low * other, found->high * other };
  if (p->kind == RX_PRINTED_NOTHING)
    rx_note_add (note, "no-printed-p");
  else if (rx_recomputed_fits (found, p))
    rx_note_add (note, "consistent");
  else
    {
      rx_note_add (note, "inconsistent");
      if (rx_recomputed_decides_otherwise (found, p, alpha))
        rx_note_add (note, "decision-error");
      if (has_sides && rx_recomputed_fits (&otherwise, p))
        rx_note_add (note, "%s", one ? "two-sided" : "one-sided");
    }
  if (one)
    rx_note_add (note, "one-tailed");
  if (p->kind == RX_PRINTED_EQUAL && p->value == 0)
    rx_note_add (note, "p-zero");
}

static enum rx_status
check_statistic (const struct rx_printed_result *result, size_t i,
                 double alpha, struct rx_rows *rows, struct rx_error *err)
{
  enum rx_printed_figure figure = rx_printed_statistics[i].figure;
  const struct rx_printed *printed = &result->figure[figure];
  struct rx_note note = { "" };
  struct rx_row row = rx_row_blank ();
  struct rx_recomputed found;
  bool known
      = rx_printed_statistic_p (result, i, &row.df_num, &row.df, &found);
  row.n = result->n > 0 ? (double)result->n : NAN;
  if (printed->kind == RX_PRINTED_EQUAL)
    row.statistic = printed->value;
  if (!known)
    rx_note_add (&note, "no-df");
  else
    {
      row.estimate = row.p_value = found.p;
      row.conf_low = found.low;
      row.conf_high = found.high;
      judge (&found, result, rx_printed_statistics[i].has_sides, alpha, &note);
    }
  return rx_printed_row_add (rows, row, result, "statcheck",
                             rx_printed_figure_name (figure), &note, err);
}

static enum rx_status
check_result (const struct rx_printed_result *result,
              const struct rx_method_options *options, struct rx_rows *rows,
              struct rx_error *err)
{
  for (size_t i = 0; i < rx_n_printed_statistics; i++)
    if (rx_printed_has (result, rx_printed_statistics[i].figure)
        && check_statistic (result, i, 1 - options->level, rows, err) != RX_OK)
      return err->status;
  return RX_OK;
}

const struct rx_method rx_method_statcheck = {
  .name = "statcheck",
  .title = "Is a printed p that of the printed t, F, chi-squared, Q, z or r?",
  .source = "Nuijten et al, Behav Res Methods 2016;48:1205-1226",
  .words = "Printed p-values were recomputed from the printed statistics, "
           "within their rounding.",
  .printed = check_result,
};
