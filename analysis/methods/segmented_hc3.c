/* segmented_hc3.c: segmented-ols with a covariance that allows every point a
   variance of its own: the sandwich with e_i / (1 - h_i), h_i the leverage.
   MacKinnon & White, Journal of Econometrics 1985;29:305-325, as HC3.

   A point of leverage 1 (the only one after an interruption) is fitted
   exactly, whatever its error: then there is no such variance. */
#include "methods/segmented.h"

#include <math.h>
#include <stdlib.h>

static const double FULL_LEVERAGE = 1 - 1e-10;

enum rx_status
rx_segmented_hc3_covariance (const struct rx_series *series,
                             const struct rx_series_matrix *matrix,
                             const struct rx_ols *fit, double *out,
                             struct rx_note *note, struct rx_error *err)
{
  size_t n = matrix->n, k = matrix->k;
  bool full = false;
  (void)series;
  double *weight = rx_array (n, sizeof *weight);
  double *meat = rx_array (k * k, sizeof *meat);
  enum rx_status status
      = weight == NULL || meat == NULL ? rx_fail_memory (err) : RX_OK;
  if (status == RX_OK)
    {
      for (size_t i = 0; i < n; i++)
        {
          full = full || fit->leverage[i] > FULL_LEVERAGE;
          weight[i]
              = fit->rss > 0 ? fit->residual[i] / (1 - fit->leverage[i]) : 0;
        }
      rx_ols_white_meat (matrix->x, weight, n, k, meat);
      rx_ols_sandwich (fit, meat, out);
      for (size_t i = 0; full && i < k * k; i++)
        out[i] = NAN;
      if (full)
        rx_note_add (note, "leverage-1");
    }
  free (weight);
  free (meat);
  return status;
}

const struct rx_method rx_method_segmented_hc3 = {
  .name = "segmented-hc3",
  .title = "Segmented regression of a series, HC3 standard errors",
  .source = "MacKinnon & White 1985, J Econometrics 29:305-325",
  .words = "Standard errors that allow for unequal variances are HC3 "
           "(MacKinnon & White 1985).",
  .kind = &(const struct rx_segmented_kind){ rx_segmented_hc3_covariance },
  .series = rx_segmented_run,
};
