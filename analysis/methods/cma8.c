/* cma8.c: as CMA7, of the window that starts when the rest from before it is
   used up.

   Vollmer et al. 2012, BMC Health Serv Res 12:155; the arithmetic is
   stats/adherence.c. */
#include "methods/cma_rows.h"

const struct rx_method rx_method_cma8 = {
  .name = "cma8",
  .title = "Adherence: as CMA7, the window starting when the rest from before "
           "is used up",
  .source = "Vollmer et al. 2012, BMC Health Serv Res 12:155",
  .words = "CMA8 is CMA7 of the window that starts when the supply from "
           "before it is used up (Vollmer et al. 2012).",
  .parts = RX_CMA_PARTS,
  .kind = &(const struct rx_cma_kind){ 8 },
  .exposure = rx_cma_run,
};
