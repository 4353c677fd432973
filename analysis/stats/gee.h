/* gee.h: generalised estimating equations: mean responses of a population
   from grouped data, with errors that hold whatever the correlation is. */
#ifndef RX_GEE_H
#define RX_GEE_H

#include "stats/linear.h"

/* How the mean mu follows from the linear predictor eta, and the variance
   from the mean. */
struct rx_gee_family
{
  const char *name;
  double (*mean) (double eta);
  double (*slope) (double mu); /* d mu / d eta */
  double (*variance) (double mu, double parameter);
  double (*start) (double y); /* of eta */
  bool is_scaled; /* y may be of any size: it is counted in a unit */
  bool counts;    /* mu is a rate where there is an exposure */
};
extern const struct rx_gee_family rx_gee_gaussian; /* mu = eta, variance 1 */
extern const struct rx_gee_family rx_gee_poisson;  /* log, mu */
extern const struct rx_gee_family rx_gee_binomial; /* logit, mu (1 - mu) */
extern const struct rx_gee_family rx_gee_negative_binomial; /* log,
                                       mu + parameter mu^2 */

struct rx_gee_spec
{
  const struct rx_gee_family *family;
  double parameter;     /* of the variance */
  const double *offset; /* [n] added to the linear predictor; NULL: none */
  bool exchangeable;    /* one working correlation of all pairs of a group;
                           else none */
};

struct rx_gee
{
  struct rx_estimable estimable;
  double unit;        /* in which beta, mu and, squared, the covariances and
                         the dispersion are counted */
  double *beta;       /* [estimable.rank] */
  double *naive;      /* [rank * rank] covariance if the working one holds */
  double *robust;     /* [rank * rank] the sandwich, groups as its units */
  double *mu;         /* [n] */
  double correlation; /* 0 where it is not asked for or no group has a pair */
  double dispersion;
  const char *why; /* there is no fit: no-finite-estimate,
                      correlation-at-limit; NULL where there is one */
};

/* Fits data->y on the columns of data->x (an intercept is one of them). */
enum rx_status rx_gee_fit (struct rx_gee *fit,
                           const struct rx_linear_data *data,
                           const struct rx_gee_spec *spec,
                           struct rx_error *err) RX_MUST_USE;
void rx_gee_free (struct rx_gee *fit);

/* Wald's test of the contrasts l[q * p] by the robust covariance: see
   stats/wald.h. */
enum rx_status rx_gee_test (const struct rx_gee *fit, const double *l,
                            size_t q, struct rx_linear_test *test,
                            struct rx_error *err) RX_MUST_USE;

#endif /* RX_GEE_H */
