/* waiting_time.c: Stovring, Pottegard & Hallas, Pharmacoepidemiol Drug Saf
   2016;25:1451-1459 (waiting time); the same authors 2017;26:902-908
   (reverse).

   A user since before the window waits for the next dispensing as a renewal
   process does from any day: with density S (t) / mean, the forward recurrence
   time.  A new user starts on any day of the window alike.  The share p of
   the first kind is the prevalence among those seen:
   p S (t) / mean + (1 - p) / width, the density that the authors' own Stata
   package wtdttt has (mlwtdttt_lnorm.ado).  Maximised by Newton's
   method with analytic derivatives, with steps along the gradient where the
   Hessian is not negative definite.

   By hand: exponential intervals of mean m with p = 1 have h (t) = exp (-t /
   m) / m, so that the estimate of m is the mean of t, as with a plain
   exponential. */
#include "stats/waiting_time.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>
#include <gsl/gsl_sf_erf.h>
#include <gsl/gsl_sf_gamma.h>
#include <gsl/gsl_sf_psi.h>
#include <math.h>
#include <string.h>

enum
{
  ITERATIONS = 500,
  HALVINGS = 60,
  POLISHINGS = 4 /* each doubles the digits */
};

/* a gain of the log likelihood, foretold by the gradient, that is near the
   top; and what is left of it there, but not on a slope that flattens out
   without end, as that of a prevalence of 1 */
static const double SMALL_GAIN = 1e-6, NO_GAIN = 1e-14;
/* a logit or a logarithm beyond this is at the edge of its range */
static const double EDGE = 30;

/* --- the families ------------------------------------------------------- */

/* theta = log of the rate b; S (t) / mean = b exp (-b t). */
static double
exponential_density (const double *theta, double t, double *d1,
                     double d2[2][2])
{
  double x = exp (theta[0]) * t;
  d1[0] = 1 - x;
  d2[0][0] = -x;
  return theta[0] - x;
}

static double
exponential_quantile (const double *theta, double p, double *d1)
{
  d1[0] = -1;
  return log (-log1p (-p)) - theta[0];
}

static void
exponential_start (double typical, double *theta)
{
  theta[0] = -log (typical);
}

/* theta = mu, log sigma; S = Phi (-z), z = (log t - mu) / sigma,
   mean = exp (mu + sigma^2 / 2). */
static double
lognormal_density (const double *theta, double t, double *d1, double d2[2][2])
{
  double sigma = exp (theta[1]), z = (log (t) - theta[0]) / sigma;
  double hazard = gsl_sf_hazard (z), slope = hazard * (hazard - z);
  d1[0] = hazard / sigma - 1;
  d1[1] = hazard * z - sigma * sigma;
  d2[0][0] = -slope / (sigma * sigma);
  d2[0][1] = d2[1][0] = -(slope * z + hazard) / sigma;
  d2[1][1] = -z * (slope * z + hazard) - 2 * sigma * sigma;
  return gsl_sf_log_erfc (z / M_SQRT2) - M_LN2 - theta[0] - sigma * sigma / 2;
}

static double
lognormal_quantile (const double *theta, double p, double *d1)
{
  double z = gsl_cdf_ugaussian_Pinv (p), sigma = exp (theta[1]);
  d1[0] = 1;
  d1[1] = z * sigma;
  return theta[0] + z * sigma;
}

static void
lognormal_start (double typical, double *theta)
{
  theta[0] = log (typical);
  theta[1] = log (0.6);
}

/* theta = log of the shape a and of the rate b; S = exp (-(b t)^a),
   mean = Gamma (1 + 1 / a) / b. */
static double
weibull_density (const double *theta, double t, double *d1, double d2[2][2])
{
  double a = exp (theta[0]), l = a * (log (t) + theta[1]), x = exp (l);
  double psi = gsl_sf_psi (1 + 1 / a), psi1 = gsl_sf_psi_1 (1 + 1 / a);
  d1[0] = psi / a - x * l;
  d1[1] = 1 - a * x;
  d2[0][0] = -x * l * (l + 1) - psi / a - psi1 / (a * a);
  d2[0][1] = d2[1][0] = -a * x * (l + 1);
  d2[1][1] = -a * a * x;
  return theta[1] - gsl_sf_lngamma (1 + 1 / a) - x;
}

static double
weibull_quantile (const double *theta, double p, double *d1)
{
  double a = exp (theta[0]), l = log (-log1p (-p)) / a;
  d1[0] = -l;
  d1[1] = -1;
  return l - theta[1];
}

static void
weibull_start (double typical, double *theta)
{
  theta[0] = log (1.5);
  theta[1] = -log (typical);
}

const struct rx_waiting_family rx_waiting_exponential
    = { "exponential",       { "log-rate", NULL }, 1,
        exponential_density, exponential_quantile, exponential_start };
const struct rx_waiting_family rx_waiting_lognormal
    = { "lognormal",       { "mu", "log-sigma" }, 2,
        lognormal_density, lognormal_quantile,    lognormal_start };
const struct rx_waiting_family rx_waiting_weibull
    = { "weibull",
        { "log-shape", "log-rate" },
        2,
        weibull_density,
        weibull_quantile,
        weibull_start };

/* --- the likelihood ----------------------------------------------------- */

struct slope
{
  double value, first[RX_WAITING_MOST],
      second[RX_WAITING_MOST][RX_WAITING_MOST];
};

/* Adds log h (t) and its derivatives; the error of a sum of many is held down
   by the compensation of the value alone, which a line search compares. */
static struct slope
likelihood (const struct rx_waiting_family *family, const double *theta,
            const double *t, size_t n, double width)
{
  struct slope sum = { 0 };
  size_t k = family->n + 1;
  double p = 1 / (1 + exp (-theta[0])), q = 1 / (1 + exp (theta[0]));
  double p1 = p * q, p2 = p * q * (q - p), error = 0;
  for (size_t i = 0; i < n; i++)
    {
      double d1[2] = { 0 }, d2[2][2] = { { 0 } };
      double f[RX_WAITING_MOST], ff[RX_WAITING_MOST][RX_WAITING_MOST];
      double g = exp (family->log_density (theta + 1, t[i], d1, d2));
      double h = p * g + q / width, add = log (h) - error;
      double next = sum.value + add;
      error = (next - sum.value) - add;
      sum.value = next;
      f[0] = p1 * (g - 1 / width);
      ff[0][0] = p2 * (g - 1 / width);
      for (size_t a = 1; a < k; a++)
        {
          f[a] = p * g * d1[a - 1];
          ff[0][a] = ff[a][0] = p1 * g * d1[a - 1];
          for (size_t b = 1; b < k; b++)
            ff[a][b] = p * g * (d2[a - 1][b - 1] + d1[a - 1] * d1[b - 1]);
        }
      for (size_t a = 0; a < k; a++)
        {
          sum.first[a] += f[a] / h;
          for (size_t b = 0; b < k; b++)
            sum.second[a][b] += ff[a][b] / h - f[a] / h * (f[b] / h);
        }
    }
  return sum;
}

/* The inverse of -second, by Cholesky; false where it is not positive
   definite. */
static bool
invert (const struct slope *slope, size_t k,
        double out[RX_WAITING_MOST][RX_WAITING_MOST])
{
  double l[RX_WAITING_MOST][RX_WAITING_MOST] = { { 0 } };
  for (size_t a = 0; a < k; a++)
    for (size_t b = 0; b <= a; b++)
      {
        double s = -slope->second[a][b];
        for (size_t c = 0; c < b; c++)
          s -= l[a][c] * l[b][c];
        if (a == b && !(s > 0))
          return false;
        l[a][b] = a == b ? sqrt (s) : s / l[b][b];
      }
  for (size_t column = 0; column < k; column++)
    {
      double x[RX_WAITING_MOST];
      for (size_t a = 0; a < k; a++)
        {
          x[a] = a == column;
          for (size_t c = 0; c < a; c++)
            x[a] -= l[a][c] * x[c];
          x[a] /= l[a][a];
        }
      for (size_t a = k; a-- > 0;)
        {
          for (size_t c = a + 1; c < k; c++)
            x[a] -= l[c][a] * x[c];
          x[a] /= l[a][a];
          out[a][column] = x[a];
        }
    }
  return true;
}

/* The step to take, and the gain that the gradient foretells. */
static double
direction (const struct slope *slope, size_t k, double *step)
{
  double inverse[RX_WAITING_MOST][RX_WAITING_MOST], gain = 0, length = 0;
  bool newton = invert (slope, k, inverse);
  for (size_t a = 0; a < k; a++)
    length += slope->first[a] * slope->first[a];
  for (size_t a = 0; a < k; a++)
    {
      step[a] = newton ? 0 : 0.5 * slope->first[a] / sqrt (length);
      for (size_t b = 0; newton && b < k; b++)
        step[a] += inverse[a][b] * slope->first[b];
      gain += step[a] * slope->first[a];
    }
  return gain;
}

/* The longest part of the step, halved again and again, that leads up; false
   where none does. */
static bool
step_up (const struct rx_waiting_family *family, const double *t, size_t n,
         double width, const double *step, struct rx_waiting_fit *fit,
         struct slope *at)
{
  double size = 1;
  for (size_t h = 0; h < HALVINGS; h++, size /= 2)
    {
      double theta[RX_WAITING_MOST] = { 0 };
      for (size_t a = 0; a < fit->parameters; a++)
        theta[a] = fit->theta[a] + size * step[a];
      struct slope next = likelihood (family, theta, t, n, width);
      if (next.value > at->value && isfinite (next.value))
        {
          memcpy (fit->theta, theta, sizeof theta);
          *at = next;
          return true;
        }
    }
  return false;
}

/* Newton's last steps: the gain is lost in the rounding of the likelihood,
   the gradient still shows the way.  False where they lead nowhere. */
static bool
polish (const struct rx_waiting_family *family, const double *t, size_t n,
        double width, struct rx_waiting_fit *fit, struct slope *at)
{
  for (size_t i = 0; i < POLISHINGS; i++)
    {
      double step[RX_WAITING_MOST] = { 0 };
      double gain = direction (at, fit->parameters, step);
      if (!(gain < SMALL_GAIN))
        return false;
      for (size_t a = 0; a < fit->parameters; a++)
        fit->theta[a] += step[a];
      *at = likelihood (family, fit->theta, t, n, width);
    }
  double step[RX_WAITING_MOST] = { 0 };
  return isfinite (at->value)
         && direction (at, fit->parameters, step) < NO_GAIN;
}

/* Climbs from theta; the fit is at the top, or not converged. */
static struct rx_waiting_fit
climb (const struct rx_waiting_family *family, const double *start,
       const double *t, size_t n, double width)
{
  struct rx_waiting_fit fit = { .n = n, .parameters = family->n + 1 };
  size_t k = fit.parameters;
  bool inside = true, up = true;
  memcpy (fit.theta, start, sizeof fit.theta);
  struct slope at = likelihood (family, fit.theta, t, n, width);
  for (size_t i = 0; i < ITERATIONS && inside && up; i++)
    {
      double step[RX_WAITING_MOST] = { 0 };
      if (!(direction (&at, k, step) >= SMALL_GAIN))
        break;
      up = step_up (family, t, n, width, step, &fit, &at);
      for (size_t a = 0; a < k; a++)
        inside = inside && fabs (fit.theta[a]) < EDGE;
    }
  fit.converged = inside && invert (&at, k, fit.covariance)
                  && polish (family, t, n, width, &fit, &at)
                  && invert (&at, k, fit.covariance);
  fit.log_likelihood = at.value;
  return fit;
}

struct rx_waiting_fit
rx_waiting_time (const struct rx_waiting_family *family, const double *t,
                 size_t n, double width)
{
  static const double logits[] = { 0, 1.5, -1.5 };
  static const double parts[] = { 0.1, 0.25, 0.5 };
  struct rx_waiting_fit best
      = { .n = n, .parameters = family->n + 1, .log_likelihood = -INFINITY };
  for (size_t i = 0; i < sizeof logits / sizeof logits[0]; i++)
    for (size_t j = 0; j < sizeof parts / sizeof parts[0]; j++)
      {
        double start[RX_WAITING_MOST] = { logits[i], 0, 0 };
        family->start (parts[j] * width, start + 1);
        struct rx_waiting_fit fit = climb (family, start, t, n, width);
        if (fit.converged
            && (!best.converged || fit.log_likelihood > best.log_likelihood))
          best = fit;
      }
  return best;
}

double
rx_waiting_log_quantile (const struct rx_waiting_family *family,
                         const struct rx_waiting_fit *fit, double p,
                         double *se)
{
  double d1[RX_WAITING_MOST - 1] = { 0 }, variance = 0;
  double q = family->log_quantile (fit->theta + 1, p, d1);
  for (size_t a = 0; a < family->n; a++)
    for (size_t b = 0; b < family->n; b++)
      variance += d1[a] * d1[b] * fit->covariance[a + 1][b + 1];
  *se = sqrt (variance);
  return q;
}
