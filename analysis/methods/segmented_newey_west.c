/* segmented_newey_west.c: segmented-ols with a covariance that allows errors
   to be correlated up to a lag: Bartlett's kernel, no prewhitening, times
   n / (n - k).  Newey & West, Econometrica 1987;55:703-708.

   Without `lag:` the lag is the whole part of 4 (n / 100)^(2/9).  A gap has
   no neighbours on one side: the estimate stands, the test is left out. Errors
   of a series and of its control are not taken to be correlated. */
#include "methods/segmented.h"

#include "stats/newey_west.h"

#include <math.h>

enum rx_status
rx_segmented_newey_west_covariance (const struct rx_series *series,
                                    const struct rx_series_matrix *matrix,
                                    const struct rx_ols *fit, double *out,
                                    struct rx_note *note, struct rx_error *err)
{
  size_t lag = series->spec->has_lag ? series->spec->lag
                                     : rx_newey_west_lag (series->n_own);
  if (rx_series_has_gap (series))
    {
      rx_note_add (note, "gap");
      for (size_t i = 0; i < matrix->k * matrix->k; i++)
        out[i] = NAN;
      return RX_OK;
    }
  rx_note_add (note, "lag=%zu", lag);
  return rx_newey_west (fit, matrix->x, series->n_own, lag, out, err);
}

const struct rx_method rx_method_segmented_newey_west = {
  .name = "segmented-newey-west",
  .title = "Segmented regression of a series, Newey-West standard errors",
  .source = "Newey & West 1987, Econometrica 55:703-708",
  .words = "Standard errors that allow for autocorrelation up to a lag are "
           "those of Newey & West (1987), with Bartlett's kernel and the "
           "factor n / (n - k).",
  .kind
  = &(const struct rx_segmented_kind){ rx_segmented_newey_west_covariance },
  .series = rx_segmented_run,
};
