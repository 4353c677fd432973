/* crossover_strata.h: a crossover trial as a whole and in each of its strata
   (sexes, centres, types of disease), which a column of the table names. */
#ifndef RX_CROSSOVER_STRATA_H
#define RX_CROSSOVER_STRATA_H

#include "designs/crossover.h"

/* design[0] is the whole trial, design[i] that of level[i - 1].  The caller
   makes the struct (= {0}); free it. */
struct rx_crossover_strata
{
  const char *column;          /* NULL: there are no strata */
  size_t n;                    /* of strata */
  const char **level;          /* [n], of the table */
  struct rx_crossover *design; /* [n + 1] */
  size_t without; /* subjects whose stratum is missing: in the whole alone */
};

/* Builds them; spec->by NULL: the whole trial alone.  RX_EDATA, besides what
   rx_crossover_build says, when a subject is in two strata. */
enum rx_status rx_crossover_strata_build (struct rx_crossover_strata *strata,
                                          const struct rx_table *table,
                                          const struct rx_crossover_spec *spec,
                                          struct rx_error *err) RX_MUST_USE;
void rx_crossover_strata_free (struct rx_crossover_strata *strata);

#endif /* RX_CROSSOVER_STRATA_H */
