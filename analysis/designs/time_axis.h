/* time_axis.h: the times of a series as numbers of points. */
#ifndef RX_TIME_AXIS_H
#define RX_TIME_AXIS_H

#include "data/table.h"

#include <stdint.h>

struct rx_time_axis
{
  size_t n;        /* rows of the table that are not blank */
  size_t *row;     /* [n] rows in the order of time */
  uint64_t *point; /* [n] number of the point, from 1, in that order */
  int *month;      /* [n] of the year, 1 to 12, 0 where times are numbers */
  bool irregular;  /* numbered one after the other, for want of a step */
};

/* RX_EDATA for a time that is missing, unlike the others, or there twice. */
enum rx_status rx_time_axis_make (struct rx_time_axis *axis,
                                  const struct rx_table *table, size_t column,
                                  struct rx_error *err) RX_MUST_USE;
void rx_time_axis_free (struct rx_time_axis *axis);

#endif /* RX_TIME_AXIS_H */
