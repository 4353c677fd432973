/* conditional_poisson_rows.h: counts compared within persons: the total of a
   person is given, and tells nothing. */
#ifndef RX_CONDITIONAL_POISSON_ROWS_H
#define RX_CONDITIONAL_POISSON_ROWS_H

#include "methods/linear_model.h"

/* Periods and treatments of a crossover trial; `robust`: the sandwich, which
   holds where counts vary more than a Poisson process has them. */
enum rx_status rx_conditional_poisson_crossover (
    const struct rx_crossover *design, const struct rx_endpoint *endpoint,
    const struct rx_method_options *options, bool robust, const char *method,
    struct rx_rows *rows, struct rx_error *err) RX_MUST_USE;

/* The row `change`: log of the ratio of rates per day after and before. */
enum rx_status
rx_conditional_poisson_cell (const struct rx_before_after *design,
                             const struct rx_before_after_cell *cell,
                             double level, bool robust, const char *method,
                             struct rx_rows *rows,
                             struct rx_error *err) RX_MUST_USE;

/* Days of the window after by those of the window before. */
double rx_window_ratio (const struct rx_before_after *design);

#endif /* RX_CONDITIONAL_POISSON_ROWS_H */
