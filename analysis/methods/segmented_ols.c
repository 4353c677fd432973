/* segmented_ols.c: segmented regression by least squares.

     rate = intercept + trend t + level-change [t >= T]
                      + trend-change max (0, t - T)

   with t = 1, 2, ... the number of the point and T the first one after the
   interruption; a second interruption adds `level-change 2` and
   `trend-change 2`.  Errors are taken to be independent and of one variance.
   Wagner et al., Journal of Clinical Pharmacy and Therapeutics
   2002;27:299-309.

   By hand: 1, 2, 3, 7, 8, 9 interrupted at point 4 gives the trend 1 and the
   level change 3, without any error left. */
#include "methods/segmented.h"

enum rx_status
rx_segmented_ols_covariance (const struct rx_series *series,
                             const struct rx_series_matrix *matrix,
                             const struct rx_ols *fit, double *out,
                             struct rx_note *note, struct rx_error *err)
{
  (void)series;
  (void)matrix;
  (void)note;
  (void)err;
  rx_ols_covariance (fit, out);
  return RX_OK;
}

const struct rx_method rx_method_segmented_ols = {
  .name = "segmented-ols",
  .title = "Segmented regression of a series, least squares",
  .source = "Wagner et al. 2002, J Clin Pharm Ther 27:299-309",
  .words = "The series is analysed by segmented linear regression (Wagner et "
           "al. 2002), with a change of level and of trend at each "
           "interruption, by ordinary least squares.",
  .kind = &(const struct rx_segmented_kind){ rx_segmented_ols_covariance },
  .series = rx_segmented_run,
};
