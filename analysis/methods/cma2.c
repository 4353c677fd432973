/* cma2.c: the supply of all dispensings in the observation window divided by
   the days from the first to the end of the window; it may exceed 1.

   Vollmer et al. 2012, BMC Health Serv Res 12:155; the arithmetic is
   stats/adherence.c. */
#include "methods/cma_rows.h"

const struct rx_method rx_method_cma2 = {
  .name = "cma2",
  .title = "Adherence: supply over the days from the first dispensing to the "
           "end of the window",
  .source = "Vollmer et al. 2012, BMC Health Serv Res 12:155",
  .words = "CMA2 is the supply dispensed in the observation window, "
           "divided by the days from its first dispensing to its end "
           "(Vollmer et al. 2012).",
  .parts = RX_CMA_PARTS,
  .kind = &(const struct rx_cma_kind){ 2 },
  .exposure = rx_cma_run,
};
