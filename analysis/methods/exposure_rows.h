/* exposure_rows.h: rows that the methods of drug exposure have in common. */
#ifndef RX_EXPOSURE_ROWS_H
#define RX_EXPOSURE_ROWS_H

#include "designs/exposure.h"
#include "methods/fill.h"

/* One number with its note. */
enum rx_status rx_exposure_add (struct rx_rows *rows, const char *method,
                                const char *term, size_t n, double estimate,
                                const char *note,
                                struct rx_error *err) RX_MUST_USE;

/* The share yes / n with Wilson's interval; NA and `no-persons` of none. */
enum rx_status rx_exposure_share (struct rx_rows *rows, const char *method,
                                  const char *term, size_t yes, size_t n,
                                  double level,
                                  struct rx_error *err) RX_MUST_USE;

/* `NAME-mean` with its standard error and t interval, `NAME-sd`,
   `NAME-median`; the values are put in order.  NULL for NAME: `mean`, `sd`,
   `median`. */
enum rx_status rx_exposure_distribution (struct rx_rows *rows,
                                         const char *method, const char *name,
                                         double *value, size_t n, double level,
                                         struct rx_error *err) RX_MUST_USE;

/* The sum of the amounts of rows[from..to), compensated; NaN where one is
   missing.  value has room for them. */
double rx_exposure_amount (const struct rx_exposure *exposure, size_t from,
                           size_t to, double *value);

/* "person 12", kept as long as the rows; NULL without memory. */
const char *rx_exposure_person (const struct rx_exposure *exposure,
                                size_t person, struct rx_rows *rows);

#endif /* RX_EXPOSURE_ROWS_H */
