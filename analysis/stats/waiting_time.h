/* waiting_time.h: the parametric waiting-time distribution: how far apart
   dispensings are, and how many of those seen were users before, from the
   first (or, in reverse, the last) dispensing of each person in a window. */
#ifndef RX_WAITING_TIME_H
#define RX_WAITING_TIME_H

#include "base/status.h"

enum
{
  RX_WAITING_MOST = 3 /* parameters */
};

/* A distribution of the time between dispensings. */
struct rx_waiting_family
{
  const char *name;
  const char *parameters[RX_WAITING_MOST - 1]; /* NULL where there is one */
  size_t n;                                    /* of them */
  /* log of the density of the forward recurrence time, S (t) / mean, with its
     first and second derivatives */
  double (*log_density) (const double *theta, double t, double *d1,
                         double d2[2][2]);
  /* log of the p quantile of the distribution, with its derivatives */
  double (*log_quantile) (const double *theta, double p, double *d1);
  /* a start for the search, from a typical time */
  void (*start) (double typical, double *theta);
};
extern const struct rx_waiting_family rx_waiting_exponential,
    rx_waiting_lognormal, rx_waiting_weibull;

struct rx_waiting_fit
{
  size_t n;          /* persons */
  size_t parameters; /* logit of the prevalence first */
  double theta[RX_WAITING_MOST];
  double covariance[RX_WAITING_MOST][RX_WAITING_MOST];
  double log_likelihood;
  bool converged; /* with a maximum inside the range; else nothing holds */
};

/* Maximum likelihood of

     h (t) = p S (t) / mean + (1 - p) / width,   0 < t < width

   for the times t[0..n), n > 0.  A search that finds no maximum gives
   converged = false. */
struct rx_waiting_fit rx_waiting_time (const struct rx_waiting_family *family,
                                       const double *t, size_t n,
                                       double width);

/* The p quantile of the time between dispensings and its standard error by
   the delta method, on the log scale. */
double rx_waiting_log_quantile (const struct rx_waiting_family *family,
                                const struct rx_waiting_fit *fit, double p,
                                double *se);

#endif /* RX_WAITING_TIME_H */
