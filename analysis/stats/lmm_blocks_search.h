/* lmm_blocks_search.h: where the deviance of lmm_blocks_deviance.h is
   lowest. */
#ifndef RX_LMM_BLOCKS_SEARCH_H
#define RX_LMM_BLOCKS_SEARCH_H

#include "stats/lmm_blocks_deviance.h"

/* Of the largest eigenvalue: directions that the likelihood does not see. */
#define RX_BLOCKS_FLAT_DIRECTION 1e-10

/* The best end of all starts, in `value`; false where there is none.  ratio:
   of the variance between groups to that within, in the model that has one of
   each; best[n] is scratch. */
bool rx_blocks_search_all (struct rx_blocks_search *s, double ratio,
                           double *best);

/* Fixes at zero what is there; *on_border where something is. */
enum rx_status rx_blocks_settle (struct rx_blocks_search *s, bool *on_border,
                                 struct rx_error *err) RX_MUST_USE;

/* Whole steps while the slope shrinks. */
bool rx_blocks_polish (struct rx_blocks_search *s);

/* Is `value` where the likelihood is highest?  It has no maximum where there
   are too few data for the variances: a block that is singular fits them. */
bool rx_blocks_is_maximum (const struct rx_blocks_search *s);

#endif /* RX_LMM_BLOCKS_SEARCH_H */
