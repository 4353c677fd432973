/* kaplan_meier.h: the product-limit estimate of a survival curve. */
#ifndef RX_KAPLAN_MEIER_H
#define RX_KAPLAN_MEIER_H

#include "base/status.h"

/* One time with events, in order of time. */
struct rx_km_step
{
  double time;
  size_t at_risk, events;
  double survival;
  double se;        /* Greenwood; NaN where survival is 0 */
  double low, high; /* NaN where there is none */
};

/* The scale on which an interval is symmetric. */
enum rx_km_scale
{
  RX_KM_LOG_LOG, /* log (-log S): never leaves [0, 1] */
  RX_KM_PLAIN    /* S itself (Greenwood's), cut at 0 and 1 */
};

/* Times to an event or to the end of observation (event[i] false) of n > 0
   persons.  steps has room for n; *n_steps of them are filled.  Who is
   censored at the time of an event was at risk then. */
enum rx_status rx_kaplan_meier (const double *time, const bool *event,
                                size_t n, double level, enum rx_km_scale scale,
                                struct rx_km_step *steps, size_t *n_steps,
                                struct rx_error *err) RX_MUST_USE;

/* The time by which the curve (column low, survival or high) has fallen to
   1 - p: the middle of the stretch where it is equal to it, as Brookmeyer &
   Crowley, Biometrics 1982;38:29-41; NaN where it never is. */
struct rx_km_quantile
{
  double time, low, high;
};
struct rx_km_quantile rx_km_quantile (const struct rx_km_step *steps,
                                      size_t n_steps, double p);

#endif /* RX_KAPLAN_MEIER_H */
