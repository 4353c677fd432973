/* design_rows.h: what a set of sequences can tell, as result rows. */
#ifndef RX_DESIGN_ROWS_H
#define RX_DESIGN_ROWS_H

#include "methods/result.h"
#include "stats/design_variance.h"

/* A planned design: labels[t] of its treatments, how many subjects in all
   (shared equally by the sequences), and the SD of one measurement within a
   subject. */
struct rx_design_task
{
  struct rx_sequences sequences; /* subjects NULL: one each */
  const char *const *labels;
  double n, sd;
  const struct rx_carryover *carryover; /* the model of it */
};

/* Rows of method `efficiency`, for every pair of treatments (term B-A):
     measure treatment, group `no carryover`: the model without carryover
     measure treatment, group `carryover`: carryover in the model
     measure carryover (carryover-self, ...: each part of the model), group
       `carryover`: the difference of carryovers
   std_error: of that difference with n subjects.  estimate, of a treatment:
   the efficiency, sd^2 (1 / r_A + 1 / r_B) / SE^2, r the measurements of each
   treatment: 1 when nothing is lost to subjects, periods and carryover.  NA
   and `not-estimable` where the design cannot tell.
   Rows of method `balance`: estimate 1 (yes) or 0 (no). */
enum rx_status rx_design_add_rows (const struct rx_design_task *task,
                                   struct rx_rows *rows,
                                   struct rx_error *err) RX_MUST_USE;

#endif /* RX_DESIGN_ROWS_H */
