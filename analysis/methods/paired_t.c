/* paired_t.c: the paired t test.

   Crossover: test minus reference within subject, the period ignored; with
   unequal sequences it is biased by (period 1 - period 2)(n1 - n2)/N, which
   hills-armitage is not.  Before/after: after minus before per person.
   df = n - 1.  Student, Biometrika 1908;6:1-25.

   By hand: differences 1, 2, 3 give 2, SE 0.57735, t(2) = 3.4641. */
#include "methods/fill.h"
#include "methods/joint_tests.h"

static enum rx_status
test (const struct rx_contrast *d, double level, struct rx_row *row,
      struct rx_note *note, struct rx_error *err)
{
  (void)err;
  *row = rx_fill_t (rx_student_one (rx_contrast_moments (d), level), d->n,
                    level, note);
  return RX_OK;
}

const struct rx_method rx_method_paired_t = {
  .name = "paired-t",
  .title = "Paired t test within subject, period ignored",
  .source = "Student 1908, Biometrika 6:1-25",
  .words = "Differences within subject are tested by the paired t test.",
  .measures = RX_DISPENSINGS | RX_DDD,
  .paired = test,
  .joint = &rx_joint_flips,
};
