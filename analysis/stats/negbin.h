/* negbin.h: regression of counts that vary more than Poisson's. */
#ifndef RX_NEGBIN_H
#define RX_NEGBIN_H

#include "stats/gee.h"

struct rx_negbin
{
  struct rx_gee gee; /* at that theta: estimates and their covariances */
  double theta; /* variance mu + mu^2 / theta; INFINITY: counts vary no more
                   than Poisson's, whose fit it is then; NaN without a fit */
};

/* Counts data->y on the columns of data->x, log link, offset[n] (NULL: none)
   added to the linear predictor; theta by maximum likelihood.  Groups are the
   units of the robust covariance.  fit->gee.why tells why there is none. */
enum rx_status rx_negbin_fit (struct rx_negbin *fit,
                              const struct rx_linear_data *data,
                              const double *offset,
                              struct rx_error *err) RX_MUST_USE;
void rx_negbin_free (struct rx_negbin *fit);

#endif /* RX_NEGBIN_H */
