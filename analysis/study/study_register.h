/* study_register.h: analyses of type `before-after`, run. */
#ifndef RX_STUDY_REGISTER_H
#define RX_STUDY_REGISTER_H

#include "study/study_type.h"

enum rx_status rx_study_register_run (const struct rx_study_task *task,
                                      struct rx_study_finding *finding,
                                      struct rx_error *err) RX_MUST_USE;

#endif /* RX_STUDY_REGISTER_H */
