/* methods_text.h: the methods paragraph, in words, from the options that were
   in force. */
#ifndef RX_METHODS_TEXT_H
#define RX_METHODS_TEXT_H

#include "study/study_report.h"

/* Appends methods.md. */
void rx_methods_text_write (struct rx_text *out,
                            const struct rx_study_report *report);

#endif /* RX_METHODS_TEXT_H */
