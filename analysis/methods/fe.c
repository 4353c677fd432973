/* fe.c: the fixed-effect model, weights 1 / SE^2.

   The rows i2 and h2 come from Q; tau2 is 0 by assumption.  Arithmetic:
   stats/pool.c.

   To check: estimates 0 and 4 with SE 1 pool to 2 (SE 0.7071), Q 8, I2 87.5.
 */
#include "methods/pooled.h"

const struct rx_method rx_method_fe = {
  .name = "fe",
  .title = "Fixed effect, inverse variance",
  .source = "",
  .words = "Studies are pooled by a fixed-effect model with "
           "inverse-variance weights.",
  .kind = &(const struct rx_pooled_kind){ NULL, false },
  .meta = rx_pooled_run,
};
