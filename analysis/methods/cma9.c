/* cma9.c: each day has the ratio of supply, with what is carried over, to
   the days until the next dispensing (or the end of the follow-up), 1 at the
   most; the mean over the days of the observation window.

   Dima & Dediu 2017, PLoS ONE 12(4):e0174426; the arithmetic is
   stats/adherence.c. */
#include "methods/cma_rows.h"

const struct rx_method rx_method_cma9 = {
  .name = "cma9",
  .title = "Adherence: mean over the window of supply per day to the next "
           "dispensing, 1 at the most",
  .source = "Dima & Dediu 2017, PLoS ONE 12(4):e0174426",
  .words = "CMA9 is the mean, over the days of the observation window, of "
           "the ratio of supply to the days until the next dispensing, at "
           "most 1 (Dima & Dediu 2017).",
  .parts = RX_CMA_PARTS,
  .kind = &(const struct rx_cma_kind){ 9 },
  .exposure = rx_cma_run,
};
