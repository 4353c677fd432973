/* max_t.c: step-down max-T.

   With |t(1)| >= ... >= |t(k)| observed and t*(j) those of the same tests
   under other signs,
     u(j) = max over i >= j of |t*(i)|,
     p(j) = max over i <= j of P (u(i) >= |t(i)|).

   By hand: one test of the differences 1, 2, 3: of the eight ways to flip
   signs the observed one and its mirror are as large, p = 1/4. */
#include "stats/max_t.h"

#include "base/memory.h"
#include "base/random.h"

#include <math.h>
#include <stdlib.h>

/* Statistics this much below another one, relatively, equal it. */
static const double ROUNDING = 1e-10;
/* Of the sum of squares, what is left of it and is no rounding noise. */
static const double NOISE = 1e-13;

/* difference / sqrt (variance), where `of` is the scale of the variance. */
static double
ratio (double difference, double variance, double of)
{
  if (variance > NOISE * of)
    return fabs (difference) / sqrt (variance);
  return difference * difference > NOISE * of ? INFINITY : 0;
}

double
rx_flipped_t (const double *value, const signed char *sign, size_t n)
{
  double sum = 0, squares = 0, count = 0;
  for (size_t i = 0; i < n; i++)
    if (!isnan (value[i]))
      {
        sum += sign[i] * value[i];
        squares += value[i] * value[i];
        count++;
      }
  if (count < 2)
    return 0;
  double mean = sum / count;
  double rest = squares - sum * mean;
  if (!(rest > NOISE * squares))
    rest = 0;
  return ratio (mean, rest / (count * (count - 1)), mean * mean);
}

/* One of two groups. */
struct group
{
  double n, mean, squares; /* about the mean */
};

static struct group
group_of (const double *value, const signed char *sign, size_t n, int which)
{
  struct group g = { 0, 0, 0 };
  for (size_t i = 0; i < n; i++)
    if (sign[i] == which && !isnan (value[i]))
      {
        g.n++;
        g.mean += value[i];
      }
  g.mean /= g.n;
  for (size_t i = 0; i < n; i++)
    if (sign[i] == which && !isnan (value[i]))
      g.squares += (value[i] - g.mean) * (value[i] - g.mean);
  return g;
}

double
rx_exchanged_t (const double *value, const signed char *sign, size_t n)
{
  struct group a = group_of (value, sign, n, 1);
  struct group b = group_of (value, sign, n, -1);
  if (a.n == 0 || b.n == 0 || a.n + b.n < 3)
    return 0;
  double variance
      = (a.squares + b.squares) / (a.n + b.n - 2) * (1 / a.n + 1 / b.n);
  return ratio (a.mean - b.mean, variance, a.mean * a.mean + b.mean * b.mean);
}

double
rx_exchanged_t_welch (const double *value, const signed char *sign, size_t n)
{
  struct group a = group_of (value, sign, n, 1);
  struct group b = group_of (value, sign, n, -1);
  if (a.n < 2 || b.n < 2)
    return 0;
  return ratio (a.mean - b.mean,
                a.squares / (a.n * (a.n - 1)) + b.squares / (b.n * (b.n - 1)),
                a.mean * a.mean + b.mean * b.mean);
}

struct work
{
  const struct rx_max_t *family;
  size_t k;         /* tests that take part */
  size_t *order;    /* [k] from the largest statistic down */
  double *observed; /* [family->k] */
  size_t *as_large; /* [k] */
  signed char *sign;
};

/* Counts one handing out of signs. */
static void
count (struct work *w)
{
  const struct rx_max_t *f = w->family;
  double most = 0;
  for (size_t j = w->k; j-- > 0;)
    {
      size_t test = w->order[j];
      most = fmax (most, f->statistic (f->value + test * f->n, w->sign, f->n));
      w->as_large[j] += most >= w->observed[test] * (1 - ROUNDING);
    }
}

/* All 2^n signs, in the order of a binary counter. */
static void
count_flips (struct work *w)
{
  size_t n = w->family->n;
  for (size_t mask = 0; mask < (size_t)1 << n; mask++)
    {
      for (size_t i = 0; i < n; i++)
        w->sign[i] = mask >> i & 1 ? 1 : -1;
      count (w);
    }
}

/* Signs m of which are +, from `at` on. */
static void
count_exchanges (struct work *w, size_t at, size_t plus)
{
  size_t left = w->family->n - at;
  if (left == 0)
    {
      count (w);
      return;
    }
  if (plus > 0)
    {
      w->sign[at] = 1;
      count_exchanges (w, at + 1, plus - 1);
    }
  if (plus < left)
    {
      w->sign[at] = -1;
      count_exchanges (w, at + 1, plus);
    }
}

static void
count_random (struct work *w, uint64_t seed, uint64_t stream)
{
  const struct rx_max_t *f = w->family;
  for (size_t b = 0; b < RX_MAX_T_REPLICATES; b++)
    {
      struct rx_random random;
      rx_random_init (&random, seed, stream, b);
      for (size_t i = 0; i < f->n; i++)
        w->sign[i] = f->flips ? rx_random_below (&random, 2) == 1 ? 1 : -1
                              : f->sign[i];
      for (size_t i = f->n; !f->flips && i > 1; i--)
        { /* Fisher and Yates */
          size_t other = (size_t)rx_random_below (&random, i);
          signed char kept = w->sign[i - 1];
          w->sign[i - 1] = w->sign[other];
          w->sign[other] = kept;
        }
      count (w);
    }
}

/* How many ways; infinite when too many to matter. */
static double
ways (const struct rx_max_t *f, size_t plus)
{
  double all = 1;
  if (f->flips)
    return ldexp (1, (int)(f->n < 1000 ? f->n : 1000));
  for (size_t i = 0; i < plus; i++)
    all = all * (double)(f->n - i) / (double)(i + 1);
  return all;
}

static void
finish (const struct work *w, const struct rx_max_t_result *result,
        double *adjusted)
{
  double most = 0, own = result->exact ? 0 : 1;
  for (size_t j = 0; j < w->k; j++)
    {
      most = fmax (most, (own + (double)w->as_large[j])
                             / (own + (double)result->replicates));
      adjusted[w->order[j]] = most;
    }
}

/* The tests that take part, largest statistic first. */
static void
sort_tests (struct work *w, const bool *taken)
{
  for (size_t test = 0; test < w->family->k; test++)
    {
      if (!taken[test])
        continue;
      size_t at = w->k++;
      for (; at > 0 && w->observed[w->order[at - 1]] < w->observed[test]; at--)
        w->order[at] = w->order[at - 1];
      w->order[at] = test;
    }
}

enum rx_status
rx_max_t (const struct rx_max_t *f, const bool *taken, uint64_t seed,
          uint64_t stream, double *adjusted, struct rx_max_t_result *result,
          struct rx_error *err)
{
  struct work w = { .family = f };
  enum rx_status status = RX_OK;
  size_t plus = 0;
  w.order = rx_array (f->k, sizeof *w.order);
  w.observed = rx_array (f->k, sizeof *w.observed);
  w.as_large = rx_array (f->k, sizeof *w.as_large);
  w.sign = rx_array (f->n, sizeof *w.sign);
  if (w.order == NULL || w.observed == NULL || w.as_large == NULL
      || w.sign == NULL)
    {
      status = rx_fail_memory (err);
      goto done;
    }
  for (size_t test = 0; test < f->k; test++)
    {
      adjusted[test] = NAN;
      w.observed[test] = f->statistic (f->value + test * f->n, f->sign, f->n);
    }
  for (size_t i = 0; i < f->n; i++)
    plus += f->sign[i] > 0;
  sort_tests (&w, taken);
  double all = ways (f, plus);
  result->exact = all <= RX_MAX_T_EXACT_MOST;
  result->replicates
      = result->exact ? (size_t)(all + 0.5) : (size_t)RX_MAX_T_REPLICATES;
  if (!result->exact)
    count_random (&w, seed, stream);
  else if (f->flips)
    count_flips (&w);
  else
    count_exchanges (&w, 0, plus);
  finish (&w, result, adjusted);
done:
  free (w.order);
  free (w.observed);
  free (w.as_large);
  free (w.sign);
  return status;
}
