/* persistence.c: how long persons stay on treatment: the Kaplan-Meier curve of
   the time from the first dispensing to the end of the first episode, with
   log-log intervals.

   Kaplan & Meier, JASA 1958;53:457-481.  By hand: three persons, stopping on
   days 1 and 3 and observed until day 2: 2/3 from day 1, 0 from day 3. */
#include "methods/episode_rows.h"

const struct rx_method rx_method_persistence = {
  .name = "persistence",
  .title = "Persistence: time to the end of the first episode, log-log "
           "interval",
  .source = "Kaplan & Meier 1958, JASA 53:457-481",
  .words = "Persistence is the Kaplan-Meier estimate of the time from the "
           "first dispensing to the end of the first episode, with log-log "
           "intervals; observation ends, for all, as long before the end "
           "of the data as a gap is allowed to be (Kaplan & Meier 1958).",
  .parts = RX_EPISODE_PARTS,
  .kind = &(const struct rx_persistence_kind){ RX_KM_LOG_LOG },
  .exposure = rx_persistence_run,
};
