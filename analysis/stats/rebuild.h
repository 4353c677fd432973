/* rebuild.h: what printed figures of one comparison imply for the others.

   A t test of a difference d with standard error s has

     sd = s / scale, t = d / s, dz = t scale, p = 2 P (T > |t|),
     ci = d -/+ q s,

   so any figure that is printed, with its rounding, keeps (d, s) within a
   strip or a cone of the plane; together they leave a convex polygon.  All
   figures are linear in (d, s) or depend on d / s, so their extremes lie at
   its corners: nothing is sampled. */
#ifndef RX_REBUILD_H
#define RX_REBUILD_H

#include "stats/printed.h"

#include <stddef.h>

enum rx_rebuilt_term
{
  RX_REBUILT_DIFFERENCE,
  RX_REBUILT_SE,
  RX_REBUILT_SD,
  RX_REBUILT_T,
  RX_REBUILT_P,
  RX_REBUILT_CI_LOW,
  RX_REBUILT_CI_HIGH,
  RX_REBUILT_DZ,
  RX_REBUILT_TERMS
};

struct rx_printed_test
{
  struct rx_printed printed[RX_REBUILT_TERMS];
  double df;    /* of t; Inf: the normal distribution */
  double scale; /* s / sd: 1 / sqrt n of pairs; NaN: not known */
  double level; /* of the printed interval */
};

enum rx_rebuilt_check
{
  RX_REBUILT_UNKNOWN,     /* the figures do not determine it */
  RX_REBUILT_IMPLIED,     /* not printed; implied by what is */
  RX_REBUILT_AS_PRINTED,  /* printed; the others do not determine it */
  RX_REBUILT_UNRESOLVED,  /* printed; the others contradict each other */
  RX_REBUILT_CONSISTENT,  /* printed, and possible by the others */
  RX_REBUILT_INCONSISTENT /* printed, and impossible by the others; or implied
                             by figures that contradict each other */
};

/* value: from the figures as printed, NaN where bounds only are known.  low
   and high: what rounding allows. */
struct rx_rebuilt
{
  double value, low, high;
  enum rx_rebuilt_check check;
};

/* A printed figure is checked against the range that the other figures allow;
   its row holds that range.  Of figures that contradict each other the first
   ones of the order se, sd, interval, t, dz, p make the rest.  The sign is
   that of the difference; t and dz count as printed without a sign.  point:
   all terms from one difference and one SE, in that order. */
void rx_rebuild (const struct rx_printed_test *test,
                 struct rx_rebuilt out[RX_REBUILT_TERMS],
                 double point[RX_REBUILT_TERMS]);

enum
{
  RX_REBUILT_CORNERS = 64
};

/* What all printed figures together leave. */
struct rx_rebuilt_joint
{
  bool possible; /* they do not contradict each other */
  struct rx_rebuilt term[RX_REBUILT_TERMS]; /* unknown, or implied */
  /* The difference and SE at the corners of the polygon; none where the
     figures do not bound it. */
  struct
  {
    double difference, se;
  } corner[RX_REBUILT_CORNERS];
  size_t n_corners;
};
void rx_rebuild_joint (const struct rx_printed_test *test,
                       struct rx_rebuilt_joint *out);

#endif /* RX_REBUILD_H */
