/* cma1.c: the supply of the dispensings in the observation window, the last
   one left out, divided by the days from the first to the last (medication
   possession ratio); it may exceed 1.

   Vollmer et al. 2012, BMC Health Serv Res 12:155; the arithmetic is
   stats/adherence.c. */
#include "methods/cma_rows.h"

const struct rx_method rx_method_cma1 = {
  .name = "cma1",
  .title = "Adherence: supply before the last dispensing over the days from "
           "first to last (MPR)",
  .source = "Vollmer et al. 2012, BMC Health Serv Res 12:155",
  .words = "CMA1 is the supply dispensed before the last dispensing of the "
           "observation window, divided by the days from its first "
           "dispensing to its last (Vollmer et al. 2012).",
  .parts = RX_CMA_PARTS,
  .kind = &(const struct rx_cma_kind){ 1 },
  .exposure = rx_cma_run,
};
