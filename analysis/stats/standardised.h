/* standardised.h: standardised differences and reliability of two measurements
   of the same subjects. */
#ifndef RX_STANDARDISED_H
#define RX_STANDARDISED_H

#include <stdbool.h>
#include <stddef.h>

/* x and y of each subject, and d = x - y as exactly as it is known. */
struct rx_pairs
{
  const double *x, *y, *d;
  size_t n;
};

struct rx_sized
{
  double estimate, low, high; /* limits NaN where none is given */
};

struct rx_standardised
{
  struct rx_sized dz; /* mean d / sd d; interval by the non-central t */
  struct rx_sized gz; /* Hedges: J dz */
  struct rx_sized dav_mean_sd, dav_rms_sd; /* mean d / mean, rms of the SDs */
  struct rx_sized gav;                     /* J dav_mean_sd */
  struct rx_sized drm;                     /* dz sqrt (2 (1 - r)) */
  struct rx_sized correlation;             /* Pearson; Fisher's z */
  struct rx_sized icc;       /* ICC(3,1): consistency of one measurement */
  struct rx_sized within_sd; /* sd d / sqrt 2 */
  struct rx_sized sem;       /* standard error of measurement, sd of one
                                measurement times sqrt (1 - icc) */
  struct rx_sized sdc;       /* smallest detectable change, 1.96 sqrt 2 sem */
  struct rx_sized sd_x, sd_y;
};

/* Values that cannot be computed (n < 2, no variance) are NaN. */
struct rx_standardised rx_standardised_of (struct rx_pairs pairs,
                                           double level);

/* Hedges' correction J with m degrees of freedom, m > 1: Gamma (m/2) /
   (sqrt (m/2) Gamma ((m-1)/2)). */
double rx_hedges_j (double m);

#endif /* RX_STANDARDISED_H */
