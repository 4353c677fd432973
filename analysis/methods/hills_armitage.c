/* hills_armitage.c: the period-adjusted t tests of an AB/BA trial.

   With d = period 1 - period 2 and s = period 1 + period 2 of each subject:
     treatment = (mean d in test-first - mean d in reference-first) / 2
     period    = the same on later-minus-earlier, crossed over, / 2
     carryover = mean s in test-first - mean s in reference-first
   each with the pooled variance, df = N - 2.
   Hills & Armitage, Br J Clin Pharmacol 1979;8:7-20.

   To check: the enuresis trial of that paper, drug minus placebo, gives
   treatment 2.04 (t 3.29), period t 1.27, carryover t -1.30. */
#include "methods/abba_t.h"
#include "methods/design_needs.h"
#include "methods/joint_tests.h"

static enum rx_status
test (const struct rx_contrast *a, const struct rx_contrast *b, double factor,
      double level, struct rx_row *row, struct rx_note *note,
      struct rx_error *err)
{
  (void)err;
  rx_abba_t (a, b, factor, level, rx_student_two, row, note);
  return RX_OK;
}

const struct rx_method rx_method_hills_armitage = {
  .name = "hills-armitage",
  .title = "Period-adjusted t test of an AB/BA trial, pooled variance",
  .source = "Hills & Armitage 1979, Br J Clin Pharmacol 8:7-20",
  .words = "Treatment effects are adjusted for the period by the two-sample t "
           "test on period differences (Hills & Armitage 1979), with pooled "
           "variance.",
  .needs = &rx_needs_abba,
  .abba = test,
  .joint = &rx_joint_labels,
};
