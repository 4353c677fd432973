/* n_of_1.h: what the methods of n-of-1 trials share. */
#ifndef RX_N_OF_1_H
#define RX_N_OF_1_H

#include "designs/cycles.h"
#include "methods/fill.h"

/* The row of a set in which no cycle has both responses. */
enum rx_status rx_cycles_nobody (const struct rx_crossover *design,
                                 const struct rx_endpoint *endpoint,
                                 const char *method, struct rx_rows *rows,
                                 struct rx_error *err) RX_MUST_USE;

/* The mean of the patients' means. */
double rx_cycles_mean (const struct rx_cycles *cycles);

/* Sum of squares of the differences about the mean of their patient. */
double rx_cycles_squares_within (const struct rx_cycles *cycles);

/* Sum of squares of the means of the patients about that of all differences,
   each as often as the patient has cycles; never below 0, as what is left of
   the total could be by rounding. */
double rx_cycles_squares_between (const struct rx_cycles *cycles);

#endif /* RX_N_OF_1_H */
