/* register_states.h: the window after, cut by the exposure of each day.  A
   step of rx_before_after_add. */
#ifndef RX_REGISTER_STATES_H
#define RX_REGISTER_STATES_H

#include "designs/before_after.h"

/* Fills the days, dispensings and units of each selected person by exposure:
   on a day it is the level of the dispensings of the group drugs from the
   first day of the group window to the day before, as far as that window
   goes.  So the exposure is known when the day begins, and what is dispensed
   together with an index drug counts for the exposure until then; days of no
   level count nowhere, nor do days on which the person is not observed. */
enum rx_status rx_states_count (struct rx_before_after *design,
                                const struct rx_register *reg,
                                const struct rx_before_after_spec *spec,
                                struct rx_error *err) RX_MUST_USE;

#endif /* RX_REGISTER_STATES_H */
