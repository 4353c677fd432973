/* responder_threshold.c: responders by a threshold.

   Responses, and changes with decimals, are the doubles nearest to what the
   file says, so that a response of exactly the threshold responds. */
#include "designs/responder_threshold.h"

#include "base/number.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static enum rx_status
derive (struct rx_crossover *d, struct rx_endpoint *endpoint,
        const struct rx_endpoint_spec *spec, struct rx_error *err)
{
  char number[RX_NUMBER_SIZE];
  bool lower = strcmp (endpoint->better, "lower") == 0;
  bool change = spec->n_baselines > 0;
  size_t n = d->n_subjects * d->n_periods;
  double limit = change && lower ? -spec->responder : spec->responder;
  free (endpoint->units);
  endpoint->units = rx_array (n, sizeof *endpoint->units);
  endpoint->name = rx_strings_format (
      &d->strings, "%s%s%s%s", endpoint->name, change ? " change" : "",
      lower ? "<=" : ">=", rx_number_print (number, limit));
  if (endpoint->units == NULL || endpoint->name == NULL)
    return rx_fail_memory (err);
  for (size_t i = 0; i < n; i++)
    if (!isnan (endpoint->y[i]))
      {
        bool responds
            = lower ? endpoint->y[i] <= limit : endpoint->y[i] >= limit;
        endpoint->units[i] = responds;
        endpoint->y[i] = responds;
      }
  endpoint->scale = 1;
  endpoint->unit = "";
  if (endpoint->better[0] != '\0')
    endpoint->better = "higher";
  return RX_OK;
}

enum rx_status
rx_responder_threshold (struct rx_crossover *design,
                        const struct rx_crossover_spec *spec,
                        struct rx_error *err)
{
  for (size_t e = 0; e < design->n_endpoints; e++)
    if (spec->endpoints[e].has_responder
        && derive (design, &design->endpoints[e], &spec->endpoints[e], err)
               != RX_OK)
      return err->status;
  return RX_OK;
}
