/* other_responses.c: a copy of an endpoint, to be changed. */
#include "methods/other_responses.h"

#include <stdlib.h>
#include <string.h>

enum rx_status
rx_other_responses (struct rx_endpoint *out, const struct rx_crossover *design,
                    const struct rx_endpoint *endpoint, struct rx_error *err)
{
  size_t n = design->n_subjects * design->n_periods;
  *out = *endpoint;
  out->units = NULL;
  out->scale = 0;
  out->y = rx_array (n, sizeof *out->y);
  if (out->y == NULL)
    return rx_fail_memory (err);
  memcpy (out->y, endpoint->y, n * sizeof *out->y);
  return RX_OK;
}

void
rx_other_responses_free (struct rx_endpoint *endpoint)
{
  free (endpoint->y);
  endpoint->y = NULL;
}
