/* statcheck.c: is the printed p that of the printed statistic?

   Terms: t, f, chi2, q, z, r, where the column is filled.  statistic as
   printed; p_value and estimate are its p, two-sided for t, z and r; the
   interval is the p of all that rounds to the statistic.  Notes: consistent;
   inconsistent, with `decision-error` where significance at 1 - level flips
   and `one-sided` where half of the p would be consistent; no-printed-p;
   no-df.  df: of t, r (else df2, else from n and the design) and of chi2, q
   (else df1); f needs df1 and df2.  Arithmetic: stats/recompute_p.c. */
#include "methods/printed_rows.h"
#include "stats/recompute_p.h"

#include <math.h>

static const struct
{
  enum rx_printed_figure figure;
  enum rx_statistic kind;
} statistics[] = {
  { RX_SAYS_T, RX_STATISTIC_T },       { RX_SAYS_F, RX_STATISTIC_F },
  { RX_SAYS_CHI2, RX_STATISTIC_CHI2 }, { RX_SAYS_Q, RX_STATISTIC_CHI2 },
  { RX_SAYS_Z, RX_STATISTIC_Z },       { RX_SAYS_R, RX_STATISTIC_R },
};

static double
or_else (double x, double other)
{
  return isnan (x) ? other : x;
}

/* Degrees of freedom of the kind, NaN where they are not known. */
static void
find_df (const struct rx_printed_result *result, enum rx_statistic kind,
         double *df1, double *df2)
{
  *df1 = *df2 = NAN;
  switch (kind)
    {
    case RX_STATISTIC_F:
      *df1 = result->df1;
      *df2 = or_else (result->df2, result->df);
      break;
    case RX_STATISTIC_CHI2:
      *df1 = or_else (result->df, result->df1);
      break;
    case RX_STATISTIC_T:
      *df2 = rx_printed_df (result);
      break;
    case RX_STATISTIC_R:
      *df2 = or_else (result->df, result->df2);
      if (isnan (*df2) && result->n > 2)
        *df2 = (double)result->n - 2;
      break;
    default:
      break;
    }
  if (isinf (*df2) || !(*df2 > 0))
    *df2 = NAN;
}

static bool
knows_df (enum rx_statistic kind, double df1, double df2)
{
  return (kind == RX_STATISTIC_Z || !isnan (df1) || !isnan (df2))
         && (kind != RX_STATISTIC_F || (!isnan (df1) && !isnan (df2)));
}

static void
judge (const struct rx_recomputed *found, const struct rx_printed *p,
       enum rx_statistic kind, double alpha, struct rx_note *note)
{
  struct rx_recomputed half
      = { found->p / 2, found->low / 2, found->high / 2 };
  bool two_sided = kind != RX_STATISTIC_F && kind != RX_STATISTIC_CHI2;
  if (p->kind == RX_PRINTED_NOTHING)
    rx_note_add (note, "no-printed-p");
  else if (rx_recomputed_fits (found, p))
    rx_note_add (note, "consistent");
  else
    {
      rx_note_add (note, "inconsistent");
      if (rx_recomputed_decides_otherwise (found, p, alpha))
        rx_note_add (note, "decision-error");
      if (two_sided && rx_recomputed_fits (&half, p))
        rx_note_add (note, "one-sided");
    }
}

static enum rx_status
check_statistic (const struct rx_printed_result *result, size_t i,
                 double alpha, struct rx_rows *rows, struct rx_error *err)
{
  const struct rx_printed *printed = &result->figure[statistics[i].figure];
  enum rx_statistic kind = statistics[i].kind;
  struct rx_note note = { "" };
  struct rx_row row = rx_row_blank ();
  find_df (result, kind, &row.df_num, &row.df);
  row.n = result->n > 0 ? (double)result->n : NAN;
  if (printed->kind == RX_PRINTED_EQUAL)
    row.statistic = printed->value;
  if (!knows_df (kind, row.df_num, row.df))
    rx_note_add (&note, "no-df");
  else
    {
      struct rx_recomputed found
          = rx_recompute_p (kind, printed, row.df_num, row.df);
      row.estimate = row.p_value = found.p;
      row.conf_low = found.low;
      row.conf_high = found.high;
      judge (&found, &result->figure[RX_SAYS_P], kind, alpha, &note);
    }
  return rx_printed_row_add (rows, row, result, "statcheck",
                             rx_printed_figure_name (statistics[i].figure),
                             &note, err);
}

static enum rx_status
check_result (const struct rx_printed_result *result,
              const struct rx_method_options *options, struct rx_rows *rows,
              struct rx_error *err)
{
  for (size_t i = 0; i < sizeof statistics / sizeof statistics[0]; i++)
    if (rx_printed_has (result, statistics[i].figure)
        && check_statistic (result, i, 1 - options->level, rows, err) != RX_OK)
      return err->status;
  return RX_OK;
}

static enum rx_status
run_summary (const struct rx_printed_table *table,
             const struct rx_method_options *options, struct rx_rows *rows,
             struct rx_error *err)
{
  return rx_each_printed (table, options, check_result, rows, err);
}

const struct rx_method rx_method_statcheck = {
  .name = "statcheck",
  .title = "Is a printed p that of the printed t, F, chi-squared, Q, z or r?",
  .source = "Nuijten et al, Behav Res Methods 2016;48:1205-1226",
  .words = "Printed p-values were recomputed from the printed statistics, "
           "within their rounding.",
  .summary = run_summary,
};
