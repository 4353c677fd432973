/* csv_field.h: a field of a CSV file that recross writes. */
#ifndef RX_CSV_FIELD_H
#define RX_CSV_FIELD_H

#include "base/text.h"

/* Appends the field as RFC 4180 has it: in quotes, its own doubled, where it
   holds what a reader may take for a delimiter, a quote, a line or a comment.
 */
void rx_csv_field (struct rx_text *out, const char *field);

#endif /* RX_CSV_FIELD_H */
