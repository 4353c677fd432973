/* adjust.h: p-values of a family adjusted for multiplicity. */
#ifndef RX_ADJUST_H
#define RX_ADJUST_H

#include "base/status.h"

struct rx_adjustment
{
  const char *name;     /* of --adjust */
  const char *title;    /* "Holm 1979, step-down" */
  const char *controls; /* what it controls, in words */
  /* p[0..n) sorted ascending (in_order: as declared) -> adjusted, in the same
     order; NULL: p-values are not enough, it needs the data
     (methods/joint_tests.h) */
  void (*run) (const double *p, size_t n, double *adjusted);
  bool in_order; /* the order of the family, declared before the data were
                    seen, is part of the procedure */
};

extern const struct rx_adjustment rx_adjustments[];
extern const size_t rx_n_adjustments;
const struct rx_adjustment *rx_adjustment_find (const char *name);

/* Adjusts p[0..n) as one family.  NaN stays NaN and does not count as a
   member; where the order counts, it is a hypothesis that is not rejected. */
enum rx_status rx_adjust (const struct rx_adjustment *adjustment,
                          const double *p, size_t n, double *adjusted,
                          struct rx_error *err) RX_MUST_USE;

#endif /* RX_ADJUST_H */
