/* labels.c: the subjects of an AB/BA trial as a random subset. */
#include "methods/labels.h"

#include <math.h>
#include <stdlib.h>

enum
{
  DIGITS = 40 /* binary digits of a score */
};

static const int64_t SCORE_MOST = (int64_t)1 << DIGITS;

/* The contrasts, one after the other. */
struct both
{
  const struct rx_contrast *a, *b;
};

static int64_t
key_at (struct both c, size_t i)
{
  return i < c.a->n ? c.a->key[i] : c.b->key[i - c.a->n];
}

static double
value_at (struct both c, size_t i)
{
  return i < c.a->n ? c.a->value[i] : c.b->value[i - c.a->n];
}

static int64_t
common_divisor (int64_t a, int64_t b)
{
  while (b != 0)
    {
      int64_t rest = a % b;
      a = b;
      b = rest;
    }
  return llabs (a);
}

/* Decimals as multiples of their greatest common divisor; false where they
   are none or too many digits are left. */
static bool
exact_scores (struct both c, size_t n, int64_t *score)
{
  int64_t unit = 0;
  if (!(c.a->scale > 0) || c.a->scale != c.b->scale)
    return false;
  for (size_t i = 0; i < n; i++)
    unit = common_divisor (unit, key_at (c, i));
  for (size_t i = 0; i < n; i++)
    {
      score[i] = unit > 0 ? key_at (c, i) / unit : 0;
      if (llabs (score[i]) >= SCORE_MOST)
        return false;
    }
  return true;
}

static void
rounded_scores (struct both c, size_t n, int64_t *score)
{
  double largest = 0;
  for (size_t i = 0; i < n; i++)
    largest = fmax (largest, fabs (value_at (c, i)));
  for (size_t i = 0; i < n; i++)
    score[i] = largest > 0 ? (int64_t)llround (
                   ldexp (value_at (c, i) / largest, DIGITS - 1))
                           : 0;
}

enum rx_status
rx_labels_make (struct rx_labels *labels, const struct rx_contrast *test_first,
                const struct rx_contrast *reference_first,
                struct rx_error *err)
{
  struct both both = { test_first, reference_first };
  size_t n = test_first->n + reference_first->n;
  int64_t *score = rx_array (n, sizeof *score);
  *labels = (struct rx_labels){ score, { score, n, test_first->n, 0, 0 } };
  if (score == NULL)
    return rx_fail_memory (err);
  if (!exact_scores (both, n, score))
    {
      rounded_scores (both, n, score);
      /* each score is off by a half at most, so that n S - m (sum of all) is
         by n m, for either of two sums compared */
      labels->subset.slack = 2 * (int64_t)n;
    }
  for (size_t i = 0; i < test_first->n; i++)
    labels->subset.observed += score[i];
  return RX_OK;
}

void
rx_labels_free (struct rx_labels *labels)
{
  free (labels->score);
  *labels = (struct rx_labels){ 0 };
}
