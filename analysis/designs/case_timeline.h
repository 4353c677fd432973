/* case_timeline.h: the observation of one case cut into stretches of days that
   are alike.  A step of those who fill a case series. */
#ifndef RX_CASE_TIMELINE_H
#define RX_CASE_TIMELINE_H

#include "designs/case_series.h"

/* One case.  Everything is borrowed for the call. */
struct rx_case
{
  int64_t start, end;
  const int64_t *event; /* [n_events], one at least, within the observation */
  size_t n_events;
  int64_t *const *dose;  /* [n_exposures] days, rising */
  const size_t *n_doses; /* [n_exposures] */
  int64_t band_zero;     /* the day from which the cuts of bands count */
  int64_t calendar_zero; /* what makes a day one since 1970-01-01; not used
                            without seasons */
};

/* Adds the cells of the case.  RX_EINTERNAL when there is no memory. */
enum rx_status rx_case_series_add (struct rx_case_series *cases,
                                   const struct rx_case *one,
                                   struct rx_error *err) RX_MUST_USE;

#endif /* RX_CASE_TIMELINE_H */
