/* design_needs.h: what a method asks of the design of a trial. */
#ifndef RX_DESIGN_NEEDS_H
#define RX_DESIGN_NEEDS_H

#include "methods/method.h"

struct rx_design_need
{
  const char *words; /* "two treatments in two periods, in both orders" */
  bool (*is_met) (const struct rx_crossover *design);
};

extern const struct rx_design_need rx_needs_abba;     /* AB/BA */
extern const struct rx_design_need rx_needs_cycles;   /* designs/cycles.h */
extern const struct rx_design_need rx_needs_clusters; /* AB/BA of clusters */

/* Does the design have what the method needs? */
bool rx_design_meets (const struct rx_crossover *design,
                      const struct rx_method *method);

/* For an error: "needs ...; FILE has ...".  The text belongs to `strings`;
   NULL when there is no memory. */
const char *rx_design_unmet (const struct rx_crossover *design,
                             const struct rx_method *method,
                             struct rx_strings *strings);

#endif /* RX_DESIGN_NEEDS_H */
