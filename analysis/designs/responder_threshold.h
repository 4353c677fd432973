/* responder_threshold.h: responses of a crossover trial made 0 and 1 by a
 * threshold. */
#ifndef RX_RESPONDER_THRESHOLD_H
#define RX_RESPONDER_THRESHOLD_H

#include "designs/crossover.h"

/* Where an endpoint of the specification has a responder threshold X: 1 for a
   response of X or better, 0 for another one.  Better is `lower` where the
   endpoint says so, else `higher`.  With a baseline the responses are already
   changes from it: 1 for an improvement of X or more, in the direction of
   `better`, which must be given then.  A missing response, or baseline, stays
   missing.  The endpoint is named after what counts, `pain<=30`,
   `pain change<=-5`, and 1 is better. */
enum rx_status rx_responder_threshold (struct rx_crossover *design,
                                       const struct rx_crossover_spec *spec,
                                       struct rx_error *err) RX_MUST_USE;

#endif /* RX_RESPONDER_THRESHOLD_H */
