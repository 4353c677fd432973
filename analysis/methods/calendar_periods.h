/* calendar_periods.h: the years, quarters or months of a coverage. */
#ifndef RX_CALENDAR_PERIODS_H
#define RX_CALENDAR_PERIODS_H

#include "methods/exposure_rows.h"

enum
{
  RX_PERIOD_LABEL_SIZE = 16 /* bytes: "2013", "2013-Q1", "2013-01" */
};

struct rx_period
{
  char label[RX_PERIOD_LABEL_SIZE];
  struct rx_days days; /* cut at the ends of the coverage */
  bool cut;
  double people; /* in the population then; NaN: not said */
};

/* The period in which `day` lies. */
struct rx_period rx_period_at (const struct rx_exposure *exposure,
                               int32_t day);

/* Calls `one` for every period of the coverage, in order; it adds the row's
   numbers. */
typedef void rx_period_row (const struct rx_exposure *exposure,
                            const struct rx_period *period, double level,
                            struct rx_row *row, struct rx_note *note);
enum rx_status rx_each_period (const struct rx_exposure *exposure,
                               const char *method,
                               const struct rx_method_options *options,
                               rx_period_row *one, struct rx_rows *rows,
                               struct rx_error *err) RX_MUST_USE;

#endif /* RX_CALENDAR_PERIODS_H */
