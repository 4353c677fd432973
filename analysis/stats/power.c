/* power.c: with D the estimated difference, S its estimated standard error,
   s the true one and U = S/s, the tests reject where

     t             |D / S| > t (1 - alpha/2)
     above, below  (D - low) / S > t (1 - alpha), (D - high) / S < -t (1 -
   alpha) tost          both: low + t S < D < high - t S

   so that (D - effect) / s, standard normal and independent of U, lies beyond
   or between lines in U: a non-central t, or for two one-sided tests the
   difference of two of Owen's Q functions,

     Q (-t, d2; 0, R) - Q (t, d1; 0, R),
     d1 = (effect - low) / s, d2 = (effect - high) / s,
     R = (d1 - d2) sqrt (df) / (2 t)

   (Phillips, J Pharmacokinet Biopharm 1990;18:137-144; Owen 1965), added up
   here as one integral over the triangle, where nothing cancels.  Shifted
   central t: Chow & Liu, Design and Analysis of Bioavailability and
   Bioequivalence Studies, section 9.6.

   By hand: at effect = high and a tiny s the other test always rejects, and
   the power is alpha. */
#include "stats/power.h"

#include "stats/chi_normal.h"
#include "stats/noncentral_t.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdbool.h>

double
rx_power_t (const struct rx_power_question *q, double se, double df)
{
  double t = gsl_cdf_tdist_Qinv (q->alpha / 2, df), ncp = q->effect / se;
  return rx_noncentral_t_Q (t, df, ncp) + rx_noncentral_t_P (-t, df, ncp);
}

double
rx_power_above (const struct rx_power_question *q, double se, double df)
{
  return rx_noncentral_t_Q (gsl_cdf_tdist_Qinv (q->alpha, df), df,
                            (q->effect - q->low) / se);
}

double
rx_power_below (const struct rx_power_question *q, double se, double df)
{
  return rx_noncentral_t_P (gsl_cdf_tdist_Pinv (q->alpha, df), df,
                            (q->effect - q->high) / se);
}

double
rx_power_tost (const struct rx_power_question *q, double se, double df)
{
  double t = gsl_cdf_tdist_Qinv (q->alpha, df);
  struct rx_line low = { (q->low - q->effect) / se, t };
  struct rx_line high = { (q->high - q->effect) / se, -t };
  /* the lines meet at U = most, unless alpha is 0.5 or more */
  double most = t > 0 ? (high.at - low.at) / (2 * t) : INFINITY;
  return rx_chi_normal (df, low, high, most);
}

double
rx_power_tost_nct (const struct rx_power_question *q, double se, double df)
{
  double t = gsl_cdf_tdist_Qinv (q->alpha, df);
  return fmax (0, rx_noncentral_t_P (-t, df, (q->effect - q->high) / se)
                      - rx_noncentral_t_P (t, df, (q->effect - q->low) / se));
}

double
rx_power_tost_shifted (const struct rx_power_question *q, double se, double df)
{
  double t = gsl_cdf_tdist_Qinv (q->alpha, df);
  if (!(df >= 1))
    return NAN;
  return fmax (0, gsl_cdf_tdist_P (-t - (q->effect - q->high) / se, df)
                      - gsl_cdf_tdist_P (t - (q->effect - q->low) / se, df));
}

double
rx_power_df (const struct rx_power_layout *layout, double total)
{
  return layout->df_each * total - layout->df_fewer;
}

double
rx_power_se (const struct rx_power_layout *layout, const size_t *subjects,
             double sd)
{
  double sum = 0;
  for (size_t i = 0; i < layout->groups; i++)
    sum += 1 / (double)subjects[i];
  return sd * sqrt (layout->unit * sum);
}

double
rx_power_se_balanced (const struct rx_power_layout *layout, double total,
                      double sd)
{
  double groups = (double)layout->groups;
  return sd * sqrt (layout->unit * groups * groups / total);
}

static bool
enough (const struct rx_power_quest *q, double each)
{
  return q->at (q->trial, each) >= q->target;
}

/* Goes down from a size that is enough, or up from one that is not, in steps
   that double: low is then not enough, high is.  false: no size is. */
static bool
bracket (const struct rx_power_quest *q, double at, double *low, double *high)
{
  double most = floor (RX_POWER_MOST / (double)q->groups);
  if (enough (q, at))
    {
      *high = at;
      for (double step = 1;; step *= 2)
        {
          *low = fmax (q->least - 1, *high - step);
          if (*low < q->least || !enough (q, *low))
            return true;
          *high = *low;
        }
    }
  *low = at;
  for (double step = 1; *low < most; step *= 2)
    {
      *high = fmin (most, *low + step);
      if (enough (q, *high))
        return true;
      *low = *high;
    }
  return false;
}

struct rx_power_size
rx_power_find (const struct rx_power_quest *q)
{
  double most = RX_POWER_MOST / (double)q->groups, low, high;
  double guess = q->guess >= q->least && q->guess < most ? q->guess : q->least;
  if (!bracket (q, guess, &low, &high))
    return (struct rx_power_size){ NAN, NAN };
  while (high - low > 1)
    {
      double middle = floor (low + (high - low) / 2);
      *(enough (q, middle) ? &high : &low) = middle;
    }
  return (struct rx_power_size){ high * (double)q->groups,
                                 q->at (q->trial, high) };
}

/* A t test planned. */
struct t_trial
{
  rx_power_of *power;
  const struct rx_power_question *question;
  const struct rx_power_layout *layout;
  double sd;
};

static double
power_at (const void *arg, double each)
{
  const struct t_trial *s = arg;
  double total = each * (double)s->layout->groups;
  return s->power (s->question, rx_power_se_balanced (s->layout, total, s->sd),
                   rx_power_df (s->layout, total));
}

/* From the normal distribution: n = c ((z_alpha + z_beta) sd / distance)^2,
   the distance that to the nearest limit.  A place to start at. */
static double
first_guess (const struct t_trial *s, double target)
{
  const struct rx_power_question *q = s->question;
  double groups = (double)s->layout->groups;
  double distance = fabs (q->effect);
  if (s->power != rx_power_t)
    distance = fmin (fabs (q->effect - q->low), fabs (q->high - q->effect));
  double z = gsl_cdf_ugaussian_Qinv (s->power == rx_power_t ? q->alpha / 2
                                                            : q->alpha)
             + gsl_cdf_ugaussian_Pinv (target);
  double ratio = fmax (z, 0) * s->sd / distance;
  return ceil (s->layout->unit * groups * ratio * ratio);
}

struct rx_power_size
rx_power_search (rx_power_of *power, const struct rx_power_question *question,
                 const struct rx_power_layout *layout, double sd,
                 double target)
{
  const struct t_trial trial = { power, question, layout, sd };
  double groups = (double)layout->groups;
  const struct rx_power_quest quest
      = { .at = power_at,
          .trial = &trial,
          .groups = layout->groups,
          /* the first size with a degree of freedom */
          .least = ceil ((1 + layout->df_fewer) / (layout->df_each * groups)),
          .guess = first_guess (&trial, target),
          .target = target };
  return rx_power_find (&quest);
}

double
rx_power_detectable (double alpha, double se, double df, double power)
{
  struct rx_power_question q = { .alpha = alpha };
  if (!(df >= 1) || !(se > 0))
    return NAN;
  double low = 0, high = 1;
  for (;; high *= 2)
    {
      q.effect = high * se;
      if (rx_power_t (&q, se, df) >= power)
        break;
      low = high;
    }
  for (double middle;
       (middle = low + (high - low) / 2) > low && middle < high;)
    {
      q.effect = middle * se;
      *(rx_power_t (&q, se, df) >= power ? &high : &low) = middle;
    }
  return high * se;
}
