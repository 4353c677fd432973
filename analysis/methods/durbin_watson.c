/* durbin_watson.c: are the errors of the segmented regression correlated?

   Row `dw`: the statistic d = sum (e_t - e_{t-1})^2 / sum e_t^2 of
   segmented-ols, near 2 without correlation and below it with a positive one,
   and the one-sided p-value against a positive one: exact up to 400 points,
   else from the normal approximation.
   Durbin & Watson, Biometrika 1950;37:409-428 and 1951;38:159-178. */
#include "methods/segmented.h"

#include "stats/serial_correlation.h"

#include <math.h>

static void
fill (const struct rx_series *series, struct rx_durbin_watson test,
      struct rx_row *row, struct rx_note *note)
{
  const char *why = rx_series_no_neighbours (series);
  if (why != NULL)
    {
      rx_note_add (note, "%s", why);
      return;
    }
  row->statistic = test.statistic;
  row->p_value = test.p;
  if (isnan (test.statistic))
    rx_note_add (note, "no-residuals");
  else
    rx_note_add (note, "one-sided; %s", test.is_exact ? "exact" : "normal");
}

static enum rx_status
run_series (const struct rx_method *self, const struct rx_series *series,
            const struct rx_method_options *options, struct rx_rows *rows,
            struct rx_error *err)
{
  struct rx_series_matrix matrix;
  struct rx_ols fit = { 0 };
  struct rx_durbin_watson test;
  struct rx_note note = { "" };
  struct rx_row row = rx_row_blank ();
  (void)options;
  if (rx_series_matrix_make (series, &matrix, err) != RX_OK)
    return err->status;
  enum rx_status status
      = rx_ols_fit (matrix.x, series->rate, matrix.n, matrix.k, &fit, err);
  if (status == RX_OK)
    status = rx_durbin_watson (&fit, matrix.x, &test, err);
  if (status == RX_OK)
    {
      fill (series, test, &row, &note);
      status = rx_segmented_extra (series, row, self->name, "dw", &note, rows,
                                   err);
    }
  rx_ols_free (&fit);
  rx_series_matrix_free (&matrix);
  return status;
}

const struct rx_method rx_method_durbin_watson = {
  .name = "durbin-watson",
  .title = "Durbin-Watson test of the segmented regression's errors",
  .source = "Durbin & Watson 1950, Biometrika 37:409-428",
  .words = "Autocorrelation of the errors is tested by the statistic of "
           "Durbin & Watson (1950), one-sided against a positive one.",
  .series = run_series,
};
