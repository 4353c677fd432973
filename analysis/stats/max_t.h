/* max_t.h: p-values of a family of t tests adjusted by the joint distribution
   of their statistics under re-randomisation. */
#ifndef RX_MAX_T_H
#define RX_MAX_T_H

#include "base/status.h"

#include <stddef.h>
#include <stdint.h>

/* |t| of the values that are not missing (NaN), under one handing out of
   signs: of the mean of sign x value, or between the values with sign + and
   with sign -, with pooled or Welch's variance.  Infinite where nothing but
   the difference varies, 0 where there is none, or no statistic. */
typedef double rx_signed_t (const double *value, const signed char *sign,
                            size_t n);
rx_signed_t rx_flipped_t, rx_exchanged_t, rx_exchanged_t_welch;

struct rx_max_t
{
  size_t n, k;             /* subjects, tests */
  const double *value;     /* [k * n] test after test; NaN: missing */
  const signed char *sign; /* [n] as observed */
  rx_signed_t *statistic;
  bool flips; /* every sign may be either; else as many + as observed */
};

struct rx_max_t_result
{
  bool exact;
  size_t replicates; /* ways to hand out the signs, or random ones */
};

/* Step-down adjusted[k], two-sided, of Westfall & Young, Resampling-Based
   Multiple Testing, 1993 (Dudoit, Shaffer & Boldrick, Stat Sci
   2003;18:71-103).  A test takes part where
   taken[k]; else its adjusted value is NaN.  A statistic counts as large as
   another one up to rounding.  All ways where there are not more than
   RX_MAX_T_EXACT_MOST, else RX_MAX_T_REPLICATES random ones, p = (1 + as
   large) / (1 + replicates); replicate b draws from the stream (seed, stream,
   b). */
enum
{
  RX_MAX_T_EXACT_MOST = 1 << 20,
  RX_MAX_T_REPLICATES = 99999
};
enum rx_status rx_max_t (const struct rx_max_t *family, const bool *taken,
                         uint64_t seed, uint64_t stream, double *adjusted,
                         struct rx_max_t_result *result,
                         struct rx_error *err) RX_MUST_USE;

#endif /* RX_MAX_T_H */
