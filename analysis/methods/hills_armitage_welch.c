/* hills_armitage_welch.c: as hills-armitage, without assuming that both
   sequences have the same variance.

   To check: the L-NMMA headache trial (Ashina 2000; Dalgaard, Introductory
   Statistics with R) prints t = -3.2517 on 13.97 df, p = 0.005807. */
#include "methods/abba_t.h"
#include "methods/design_needs.h"
#include "methods/joint_tests.h"

static enum rx_status
test (const struct rx_contrast *a, const struct rx_contrast *b, double factor,
      double level, struct rx_row *row, struct rx_note *note,
      struct rx_error *err)
{
  (void)err;
  rx_abba_t (a, b, factor, level, rx_student_welch, row, note);
  return RX_OK;
}

const struct rx_method rx_method_hills_armitage_welch = {
  .name = "hills-armitage-welch",
  .title = "Period-adjusted t test of an AB/BA trial, Welch",
  .source = "Hills & Armitage 1979, Br J Clin Pharmacol 8:7-20; Welch 1947, "
            "Biometrika 34:28-35",
  .words = "As a check on equal variances the period-adjusted t test is also "
           "given in Welch's form.",
  .needs = &rx_needs_abba,
  .abba = test,
  .joint = &rx_joint_labels_welch,
};
