/* cma5.c: the days covered from the first to the last dispensing of the
   observation window, rests of supply carried over, divided by those days.

   Vollmer et al. 2012, BMC Health Serv Res 12:155; the arithmetic is
   stats/adherence.c. */
#include "methods/cma_rows.h"

const struct rx_method rx_method_cma5 = {
  .name = "cma5",
  .title = "Adherence: days covered from first to last dispensing of the "
           "window, with carry-over",
  .source = "Vollmer et al. 2012, BMC Health Serv Res 12:155",
  .words = "CMA5 is the share of days covered from the first dispensing of "
           "the observation window to its last, rests of supply being "
           "carried over (Vollmer et al. 2012).",
  .parts = RX_CMA_PARTS,
  .kind = &(const struct rx_cma_kind){ 5 },
  .exposure = rx_cma_run,
};
