/* kaplan_meier.c: Kaplan & Meier, JASA 1958;53:457-481; the variance of
   Greenwood; intervals as in Kalbfleisch & Prentice 2002, sec. 1.4:

     V (log S) = sum d / (n (n - d)),  se (S) = S sqrt V
     plain:    S -+ z se
     log-log:  S ^ exp (-+ z sqrt V / log S)

   By hand: events at 1 and 3, one censored at 2: S = 2/3, then 0. */
#include "stats/kaplan_meier.h"

#include "base/memory.h"

#include <float.h>
#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>

struct spell
{
  double time;
  bool event;
};

static int
by_time (const void *a, const void *b)
{
  const struct spell *x = a, *y = b;
  return x->time < y->time ? -1 : x->time > y->time;
}

static void
interval (struct rx_km_step *step, double variance, double z,
          enum rx_km_scale scale)
{
  double s = step->survival;
  step->se = step->low = step->high = NAN;
  if (s <= 0)
    return;
  step->se = s * sqrt (variance);
  if (scale == RX_KM_PLAIN)
    {
      step->low = fmax (s - z * step->se, 0);
      step->high = fmin (s + z * step->se, 1);
      return;
    }
  double width = z * sqrt (variance) / log (s); /* < 0 */
  step->low = pow (s, exp (-width));
  step->high = pow (s, exp (width));
}

enum rx_status
rx_kaplan_meier (const double *time, const bool *event, size_t n, double level,
                 enum rx_km_scale scale, struct rx_km_step *steps,
                 size_t *n_steps, struct rx_error *err)
{
  double z = gsl_cdf_ugaussian_Qinv ((1 - level) / 2);
  double survival = 1, variance = 0;
  struct spell *spells = rx_array (n, sizeof *spells);
  if (spells == NULL)
    return rx_fail_memory (err);
  for (size_t i = 0; i < n; i++)
    spells[i] = (struct spell){ time[i], event[i] };
  qsort (spells, n, sizeof *spells, by_time);
  *n_steps = 0;
  for (size_t from = 0, to; from < n; from = to)
    {
      size_t events = 0, at_risk = n - from;
      for (to = from; to < n && spells[to].time == spells[from].time; to++)
        events += spells[to].event;
      if (events == 0)
        continue;
      survival *= (double)(at_risk - events) / (double)at_risk;
      variance
          += (double)events / ((double)at_risk * (double)(at_risk - events));
      struct rx_km_step *step = &steps[(*n_steps)++];
      *step = (struct rx_km_step){ .time = spells[from].time,
                                   .at_risk = at_risk,
                                   .events = events,
                                   .survival = survival };
      interval (step, variance, z, scale);
    }
  free (spells);
  return RX_OK;
}

static double
value (const struct rx_km_step *step, int which)
{
  return which < 0 ? step->low : which > 0 ? step->high : step->survival;
}

/* Rounding leaves a curve that is 1 - p within this part of it. */
static const double SAME = 1.5e-8; /* square root of epsilon */

static double
crossing (const struct rx_km_step *steps, size_t n, double target, int which)
{
  for (size_t i = 0; i < n; i++)
    {
      double s = value (&steps[i], which);
      if (isnan (s)) /* nobody is left before the limit has crossed */
        return NAN;
      if (s < target - SAME)
        return steps[i].time;
      if (fabs (s - target) > SAME)
        continue;
      for (size_t j = i + 1; j < n; j++)
        if (value (&steps[j], which) < target - SAME
            || isnan (value (&steps[j], which)))
          return (steps[i].time + steps[j].time) / 2;
      return steps[i].time;
    }
  return NAN;
}

struct rx_km_quantile
rx_km_quantile (const struct rx_km_step *steps, size_t n_steps, double p)
{
  return (struct rx_km_quantile){
    .time = crossing (steps, n_steps, 1 - p, 0),
    .low = crossing (steps, n_steps, 1 - p, -1),
    .high = crossing (steps, n_steps, 1 - p, 1),
  };
}
