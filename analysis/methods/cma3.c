/* cma3.c: cMA1, 1 at the most.

   Vollmer et al. 2012, BMC Health Serv Res 12:155; the arithmetic is
   stats/adherence.c. */
#include "methods/cma_rows.h"

const struct rx_method rx_method_cma3 = {
  .name = "cma3",
  .title = "Adherence: CMA1, 1 at the most",
  .source = "Vollmer et al. 2012, BMC Health Serv Res 12:155",
  .words = "CMA3 is CMA1 capped at 1 (Vollmer et al. 2012).",
  .parts = RX_CMA_PARTS,
  .kind = &(const struct rx_cma_kind){ 3 },
  .exposure = rx_cma_run,
};
