/* register_cohort.h: who is compared: index dates, requirements, the coverage
   guard, and how many persons each step left.  A step of
   rx_before_after_build. */
#ifndef RX_REGISTER_COHORT_H
#define RX_REGISTER_COHORT_H

#include "designs/before_after.h"

/* Fills the persons, index days, attrition and warnings of a design whose
   coverage and windows are set. */
enum rx_status rx_cohort_select (struct rx_before_after *design,
                                 const struct rx_register *reg,
                                 const struct rx_before_after_spec *spec,
                                 struct rx_error *err) RX_MUST_USE;

#endif /* RX_REGISTER_COHORT_H */
