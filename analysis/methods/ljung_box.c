/* ljung_box.c: are the errors of the segmented regression white noise?

   Rows `acf 1`, `acf 2`, ...: the autocorrelations of the residuals e of
   segmented-ols, r_k = sum e_t e_(t-k) / sum e_t^2; row `ljung-box`:

     Q = n (n + 2) sum_k r_k^2 / (n - k),  chi-squared with L df,

   over the lags k = 1 ... L.  Without `lag:` L is the smaller of 10 and n / 5
   rounded down, with a season of a whole period 2 periods at the most
   (Hyndman & Athanasopoulos, Forecasting: Principles and Practice, 2nd
   edition 2018, section 3.3: 10, or 2 m with a season, and n / 5 at the
   most).  Ljung & Box, Biometrika 1978;65:297-303.

   By hand: e = 1, -1, 1, -1 has r_1 = -3/4 and with L = 1 the statistic
   4 * 6 * (9/16) / 3 = 4.5. */
#include "methods/segmented.h"

#include "stats/serial_correlation.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>

enum
{
  LAGS_USUAL = 10,
  POINTS_PER_LAG = 5
};

static size_t
lags_of (const struct rx_series *series)
{
  const struct rx_series_spec *spec = series->spec;
  double period = spec->by_month ? RX_MONTHS : spec->period;
  bool has_season = spec->by_month || spec->pairs > 0;
  size_t lags = has_season ? (size_t)(2 * period) : LAGS_USUAL;
  size_t most = series->n / POINTS_PER_LAG;
  if (spec->has_lag)
    return spec->lag < series->n ? spec->lag : series->n - (series->n > 0);
  return lags < most ? lags : most > 0 ? most : 1;
}

static enum rx_status
add_rows (const struct rx_series *series, const double *r, size_t lags,
          double q, const char *why, struct rx_rows *rows,
          struct rx_error *err)
{
  struct rx_note note = { "" };
  struct rx_row row = rx_row_blank ();
  if (why != NULL)
    rx_note_add (&note, "%s", why);
  for (size_t k = 1; k <= lags && why == NULL; k++)
    {
      const char *term = rx_strings_format (&rows->strings, "acf %zu", k);
      if (term == NULL)
        return rx_fail_memory (err);
      row.estimate = r[k - 1];
      if (rx_segmented_extra (series, row, "ljung-box", term, &note, rows, err)
          != RX_OK)
        return err->status;
    }
  row.estimate = NAN;
  if (why == NULL)
    {
      row.df_num = (double)lags;
      row.statistic = q;
      row.p_value = gsl_cdf_chisq_Q (q, (double)lags);
    }
  return rx_segmented_extra (series, row, "ljung-box", "ljung-box", &note,
                             rows, err);
}

static enum rx_status
run_series (const struct rx_method *self, const struct rx_series *series,
            const struct rx_method_options *options, struct rx_rows *rows,
            struct rx_error *err)
{
  (void)self;
  struct rx_series_matrix matrix;
  struct rx_ols fit = { 0 };
  const char *why = rx_series_no_neighbours (series);
  size_t lags = lags_of (series);
  double q = NAN;
  (void)options;
  if (rx_series_matrix_make (series, &matrix, err) != RX_OK)
    return err->status;
  double *r = rx_array (lags, sizeof *r);
  enum rx_status status = r == NULL
                              ? rx_fail_memory (err)
                              : rx_ols_fit (matrix.x, series->rate, matrix.n,
                                            matrix.k, &fit, err);
  if (status == RX_OK && why == NULL)
    {
      if (lags == 0)
        why = "no-lag";
      else if (isnan (rx_ols_df (&fit)) || !(fit.rss > 0))
        why = "no-residuals";
      else
        q = rx_ljung_box (fit.residual, fit.n, lags, r);
    }
  if (status == RX_OK)
    status = add_rows (series, r, lags, q, why, rows, err);
  free (r);
  rx_ols_free (&fit);
  rx_series_matrix_free (&matrix);
  return status;
}

const struct rx_method rx_method_ljung_box = {
  .name = "ljung-box",
  .title = "Ljung-Box test of the segmented regression's errors",
  .source = "Ljung & Box 1978, Biometrika 65:297-303",
  .words = "Whether the errors are white noise is tested by the statistic of "
           "Ljung & Box (1978) on their autocorrelations.",
  .series = run_series,
};
