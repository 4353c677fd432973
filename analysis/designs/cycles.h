/* cycles.h: n-of-1 trials: two treatments in every pair of periods.

   Periods 1 and 2 are a cycle, 3 and 4 the next; within each the patient has
   both treatments, in an order drawn for the cycle alone.  A set of such
   trials in several patients tells the effect in each, how much it varies
   between patients, and its mean (Zucker et al., J Clin Epidemiol
   1997;50:401-410; Senn, Stat Methods Med Res 2019;28:372-383). */
#ifndef RX_CYCLES_H
#define RX_CYCLES_H

#include "designs/crossover.h"

/* Are there two treatments, an even number of periods, four at the least, and
   in no pair of them the same treatment twice? */
bool rx_crossover_has_cycles (const struct rx_crossover *design);

/* Differences test - reference of the cycles with both responses. */
struct rx_cycles
{
  struct rx_contrast d; /* patient by patient, cycle by cycle */
  size_t patients;      /* that have one */
  size_t *first;        /* [patients + 1] differences of patient i: first[i] up
                           to, not including, first[i + 1] */
};

/* Needs a design that has cycles. */
enum rx_status rx_cycles_make (struct rx_cycles *cycles,
                               const struct rx_crossover *design,
                               const struct rx_endpoint *endpoint,
                               struct rx_error *err) RX_MUST_USE;
void rx_cycles_free (struct rx_cycles *cycles);

/* The differences of one patient, borrowed. */
struct rx_contrast rx_cycles_of (const struct rx_cycles *cycles,
                                 size_t patient);

#endif /* RX_CYCLES_H */
