/* other_responses.h: an endpoint with other responses: some left out, some
   filled in. */
#ifndef RX_OTHER_RESPONSES_H
#define RX_OTHER_RESPONSES_H

#include "designs/crossover.h"

/* A copy of the endpoint with responses of its own, without exact units, to
   be changed before it is analysed.  It borrows all else; free it with
   rx_other_responses_free. */
enum rx_status rx_other_responses (struct rx_endpoint *out,
                                   const struct rx_crossover *design,
                                   const struct rx_endpoint *endpoint,
                                   struct rx_error *err) RX_MUST_USE;
void rx_other_responses_free (struct rx_endpoint *endpoint);

#endif /* RX_OTHER_RESPONSES_H */
