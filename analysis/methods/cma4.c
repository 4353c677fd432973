/* cma4.c: cMA2, 1 at the most.

   Vollmer et al. 2012, BMC Health Serv Res 12:155; the arithmetic is
   stats/adherence.c. */
#include "methods/cma_rows.h"

const struct rx_method rx_method_cma4 = {
  .name = "cma4",
  .title = "Adherence: CMA2, 1 at the most",
  .source = "Vollmer et al. 2012, BMC Health Serv Res 12:155",
  .words = "CMA4 is CMA2 capped at 1 (Vollmer et al. 2012).",
  .parts = RX_CMA_PARTS,
  .kind = &(const struct rx_cma_kind){ 4 },
  .exposure = rx_cma_run,
};
