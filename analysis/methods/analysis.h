/* analysis.h: the methods of one analysis, run over its endpoints, outcomes,
   measures and groups, and the p-values of a family adjusted. */
#ifndef RX_ANALYSIS_H
#define RX_ANALYSIS_H

#include "methods/method.h"

struct rx_analysis_plan
{
  const struct rx_method *const *methods; /* NULL: all that fit the design
                                             and are not on request only */
  size_t n_methods;
  const char *adjust; /* "holm", "bh", ...; NULL: none */
  unsigned measures;  /* bits; 0: all the data allow */
  double level;
};

/* Rows for every endpoint and method, endpoint by endpoint; remarks on
   incomplete subjects and on the family of adjusted p-values.  RX_EUSAGE when
   a method asked for by name does not fit the design. */
enum rx_status rx_analysis_crossover (const struct rx_crossover *design,
                                      const struct rx_analysis_plan *plan,
                                      struct rx_rows *rows,
                                      struct rx_error *err) RX_MUST_USE;

/* The same for outcomes x measures x groups, with the warnings on immortal
   time and regression to the mean. */
enum rx_status rx_analysis_before_after (const struct rx_before_after *design,
                                         const struct rx_analysis_plan *plan,
                                         struct rx_rows *rows,
                                         struct rx_error *err) RX_MUST_USE;

#endif /* RX_ANALYSIS_H */
