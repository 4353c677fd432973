/* register_windows.h: what each selected person had in the windows.  A step of
   rx_before_after_build. */
#ifndef RX_REGISTER_WINDOWS_H
#define RX_REGISTER_WINDOWS_H

#include "designs/before_after.h"

/* Fills the groups and the sums of all outcomes of a design whose persons are
   selected. */
enum rx_status rx_windows_sum (struct rx_before_after *design,
                               const struct rx_register *reg,
                               const struct rx_before_after_spec *spec,
                               struct rx_error *err) RX_MUST_USE;

/* The level that so many dispensings belong to, n_levels where none fits. */
size_t rx_level_of (const struct rx_before_after *design, long count);

#endif /* RX_REGISTER_WINDOWS_H */
