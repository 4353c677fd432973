/* strata_poisson.h: rates compared within persons.

   Rows are cells of a stratum (a person): events in some time, with k
   columns.  Rows of a stratum follow one another. */
#ifndef RX_STRATA_POISSON_H
#define RX_STRATA_POISSON_H

#include "base/status.h"

/* Borrowed from the caller. */
struct rx_strata
{
  size_t n, k;
  const size_t *stratum;  /* [n] equal in rows of one stratum */
  const double *events;   /* [n] */
  const double *log_time; /* [n] */
  const double *x;        /* [n * k] row by row */
};

struct rx_strata_poisson
{
  size_t k;
  bool *kept;          /* [k] false: a combination of those before it within
                          all strata with events */
  double *coefficient; /* [k] logarithms of rate ratios */
  double *covariance;  /* [k * k], 0 where not kept */
  double *robust;      /* the same from the sandwich, strata as its units: it
                          holds where events are no Poisson process too */
  double deviance;     /* against a rate of its own in every row */
  bool converged;      /* else there is no finite estimate */
};

enum rx_status rx_strata_poisson_fit (const struct rx_strata *data,
                                           struct rx_strata_poisson *fit,
                                           struct rx_error *err) RX_MUST_USE;
void rx_strata_poisson_free (struct rx_strata_poisson *fit);

#endif /* RX_STRATA_POISSON_H */
