/* cma7.c: the proportion of days covered (PDC): all days of the observation
   window, rests of supply carried over, those from before the window too.

   Vollmer et al. 2012, BMC Health Serv Res 12:155; the arithmetic is
   stats/adherence.c. */
#include "methods/cma_rows.h"

const struct rx_method rx_method_cma7 = {
  .name = "cma7",
  .title = "Adherence: proportion of days covered (PDC), with carry-over from "
           "before the window",
  .source = "Vollmer et al. 2012, BMC Health Serv Res 12:155",
  .words = "CMA7 (proportion of days covered) is the share of the days of "
           "the observation window that are covered, rests of supply being "
           "carried over, those from before the window too (Vollmer et al. "
           "2012).",
  .parts = RX_CMA_PARTS,
  .kind = &(const struct rx_cma_kind){ 7 },
  .exposure = rx_cma_run,
};
