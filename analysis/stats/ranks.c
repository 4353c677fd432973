/* ranks.c: mid-ranks.  By hand: keys 5, 7, 7, 9 have doubled ranks 2, 5, 5, 8
   and tie sum 2^3 - 2 = 6. */
#include "stats/ranks.h"

#include "base/memory.h"

#include <math.h>
#include <stdlib.h>

/* Relative distance below which two computed values count as equal: well
   above the rounding of a difference of logarithms (about 1e-15), well below
   any difference that data can mean. */
static const double NOISE = 1e-13;

struct item
{
  int64_t key;
  double x;
  size_t at;
};

static int
by_key (const void *a, const void *b)
{
  const struct item *p = a, *q = b;
  return (p->key > q->key) - (p->key < q->key);
}

static int
by_x (const void *a, const void *b)
{
  const struct item *p = a, *q = b;
  return (p->x > q->x) - (p->x < q->x);
}

enum rx_status
rx_ranks_doubled (const int64_t *key, size_t n, int64_t *doubled, double *ties,
                  struct rx_error *err)
{
  struct item *item = rx_array (n, sizeof *item);
  if (item == NULL)
    return rx_fail_memory (err);
  for (size_t i = 0; i < n; i++)
    item[i] = (struct item){ key[i], 0, i };
  qsort (item, n, sizeof *item, by_key);
  *ties = 0;
  for (size_t from = 0, to; from < n; from = to)
    {
      for (to = from + 1; to < n && item[to].key == item[from].key; to++)
        ;
      /* ranks from+1 to `to`: their mean, doubled */
      for (size_t i = from; i < to; i++)
        doubled[item[i].at] = (int64_t)(from + 1 + to);
      double t = (double)(to - from);
      *ties += t * t * t - t;
    }
  free (item);
  return RX_OK;
}

enum rx_status
rx_ranks_keys (const double *x, size_t n, int64_t *key, struct rx_error *err)
{
  double largest = 0;
  struct item *item = rx_array (n, sizeof *item);
  if (item == NULL)
    return rx_fail_memory (err);
  for (size_t i = 0; i < n; i++)
    {
      item[i] = (struct item){ 0, x[i], i };
      largest = fmax (largest, fabs (x[i]));
    }
  qsort (item, n, sizeof *item, by_x);
  /* A cluster is a run of neighbours; its key grows along the sorted order.
     Keys are then shifted so that their sign is that of the values. */
  double gap = NOISE * largest;
  int64_t next = 0, first_positive = INT64_MAX, zero = INT64_MAX;
  for (size_t i = 0; i < n; i++)
    {
      if (i > 0 && item[i].x - item[i - 1].x > gap)
        next++;
      item[i].key = next;
      if (fabs (item[i].x) <= gap)
        zero = next;
      else if (item[i].x > 0 && first_positive == INT64_MAX)
        first_positive = next;
    }
  for (size_t i = 0; i < n; i++)
    {
      int64_t shift = zero != INT64_MAX             ? zero
                      : first_positive == INT64_MAX ? next + 1
                      : item[i].x > 0               ? first_positive - 1
                                                    : first_positive;
      key[item[i].at] = item[i].key - shift;
    }
  free (item);
  return RX_OK;
}
