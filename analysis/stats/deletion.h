/* deletion.h: how a random-effects mean changes without each study. */
#ifndef RX_DELETION_H
#define RX_DELETION_H

#include "base/status.h"
#include "stats/tau2.h"

struct rx_deletion
{
  double rstudent;     /* residual from the others, by its standard error */
  double dffits;       /* change of the mean, by SE as the others see it */
  double cook;         /* change of the mean, squared, by its variance */
  double cov_ratio;    /* variance of the mean without it, over with it */
  double hat;          /* its share of the weight */
  double tau2_without; /* tau2 of the others */
  double q_without;    /* Cochran's Q of the others */
  double dfbetas;      /* change of the mean, by its SE with tau2_without */
};

/* Of every study, out[k]; with one study left tau2 is 0.  One study alone has
   a hat value of 1 and NaN. */
enum rx_status rx_deletion_studies (struct rx_studies studies, rx_tau2 *tau2,
                                    struct rx_deletion *out,
                                    struct rx_error *err) RX_MUST_USE;

#endif /* RX_DELETION_H */
