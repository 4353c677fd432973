/* persistence_greenwood.c: how long persons stay on treatment: the
   Kaplan-Meier curve of the time from the first dispensing to the end of the
   first episode, with Greenwood's intervals (plain, cut at 0 and 1).

   Kaplan & Meier, JASA 1958;53:457-481.  By hand: three persons, stopping on
   days 1 and 3 and observed until day 2: 2/3 from day 1, 0 from day 3. */
#include "methods/episode_rows.h"

const struct rx_method rx_method_persistence_greenwood = {
  .name = "persistence-greenwood",
  .title = "Persistence: time to the end of the first episode, Greenwood's "
           "interval",
  .source = "Kaplan & Meier 1958, JASA 53:457-481",
  .words = "Persistence is the Kaplan-Meier estimate of the time from the "
           "first dispensing to the end of the first episode, with "
           "Greenwood's intervals; observation ends, for all, as long "
           "before the end of the data as a gap is allowed to be (Kaplan & "
           "Meier 1958).",
  .on_request = true,
  .parts = RX_EPISODE_PARTS,
  .kind = &(const struct rx_persistence_kind){ RX_KM_PLAIN },
  .exposure = rx_persistence_run,
};
