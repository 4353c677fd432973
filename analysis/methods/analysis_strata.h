/* analysis_strata.h: a crossover trial analysed as a whole and by strata. */
#ifndef RX_ANALYSIS_STRATA_H
#define RX_ANALYSIS_STRATA_H

#include "designs/crossover_strata.h"
#include "methods/analysis.h"

/* The rows of the whole trial (group `all`), then those of each stratum, whose
   group is its level; a group that a method gives itself follows it ("women,
   completers").  P-values are adjusted within a stratum.  Errors and remarks
   are those of rx_analysis_crossover; remarks on a stratum begin with it. */
enum rx_status rx_analysis_strata (const struct rx_crossover_strata *strata,
                                   const struct rx_analysis_plan *plan,
                                   struct rx_rows *rows,
                                   struct rx_error *err) RX_MUST_USE;

#endif /* RX_ANALYSIS_STRATA_H */
