/* sprite_sample.c: the rounding of mean and SD leaves a few sums, and for each
   a range of sums of squares (whole_means.c); whole_moments.c decides them one
   by one.  Existence is so decided exactly; data sets are drawn by the swaps
   of Heathers et al.: random numbers of the scale, moved to the sum, then one
   up and another down as long as the sum of squares comes nearer.

   With values a and b seen as the smallest and largest, numbers lie in [a, b]
   and one of each is fixed.  By hand: mean 3.0, SD 1.0, n 5, scale 1 to 5:
   squares of the deviations from 3.61 to 4.41, so 4, as in 2 2 3 4 4. */
#include "stats/sprite_sample.h"

#include "base/memory.h"
#include "stats/whole_means.h"

#include <math.h>
#include <stdlib.h>

enum
{
  STEPS = 2000000,  /* of the decision */
  RESTARTS = 40,    /* of the swaps */
  SWAPS_EACH = 400, /* swaps tried per person and restart */
  LONE_UPHILL = 20  /* one swap of so many may lead away */
};

static int64_t
min64 (int64_t a, int64_t b)
{
  return a < b ? a : b;
}

static int64_t
max64 (int64_t a, int64_t b)
{
  return a > b ? a : b;
}

static double
sd_of (const struct rx_sprite *s, int64_t sum, int64_t squares)
{
  /* exact below 2^53 */
  double n = (double)s->n;
  double above = n * (double)squares - (double)sum * (double)sum;
  return sqrt (fmax (above, 0) / (n * (n - 1))) / (double)s->items;
}

bool
rx_sprite_squares (const struct rx_sprite *s, int64_t sum, int64_t *low,
                   int64_t *high)
{
  if (!rx_whole_squares (&s->sd, s->n, s->items, sum, low, high))
    return false;
  *low = max64 (*low, rx_whole_least_squares (s->n, sum));
  *low += (*low - sum) % 2 != 0;
  *high -= (*high - sum) % 2 != 0;
  return *low <= *high;
}

static enum rx_status
ask (struct rx_sprite *s, int64_t sum, int64_t squares, enum rx_found *found,
     int64_t *count, struct rx_error *err)
{
  return rx_whole_find (&s->set, s->free_n, sum - s->free_sum,
                        squares - s->free_squares, found, count, err);
}

/* Values that are fixed, and the range that is left. */
static enum rx_status
restrict_values (struct rx_sprite *s, const struct rx_sprite_task *task,
                 int64_t top, bool *possible, struct rx_error *err)
{
  bool *not_allowed = rx_array ((size_t)top + 1, sizeof *not_allowed);
  size_t n_fixed = 0;
  s->fixed = rx_array ((size_t)s->n, sizeof *s->fixed);
  if (not_allowed == NULL || s->fixed == NULL)
    {
      free (not_allowed);
      return rx_fail_memory (err);
    }
  int64_t least = task->has_least ? task->least - s->base : 0;
  int64_t most = task->has_most ? task->most - s->base : top;
  bool least_counted = false, most_counted = false;
  *possible = least >= 0 && most <= top && least <= most;
  for (int64_t x = 0; x <= top; x++)
    not_allowed[x] = x < least || x > most;
  for (size_t i = 0; i < task->n_fixed; i++)
    {
      int64_t x = task->fixed[i].value - s->base, c = task->fixed[i].count;
      if (x < 0 || x > top || c > s->n - (int64_t)n_fixed
          || (c > 0 && (x < least || x > most)))
        {
          *possible = false;
          break;
        }
      not_allowed[x] = true;
      for (int64_t j = 0; j < c; j++)
        s->fixed[n_fixed++] = x;
      least_counted = least_counted || (x == least && c > 0);
      most_counted = most_counted || (x == most && c > 0);
      *possible = *possible && !(x == least && c == 0 && task->has_least)
                  && !(x == most && c == 0 && task->has_most);
    }
  most_counted = most_counted || (least == most && task->has_least);
  int64_t wanted[2] = { least, most };
  bool add[2]
      = { task->has_least && !least_counted, task->has_most && !most_counted };
  for (int i = 0; i < 2 && *possible; i++)
    if (add[i])
      {
        *possible = (int64_t)n_fixed < s->n;
        if (*possible)
          s->fixed[n_fixed++] = wanted[i];
      }
  for (size_t i = 0; i < n_fixed; i++)
    {
      s->free_sum += s->fixed[i];
      s->free_squares += s->fixed[i] * s->fixed[i];
    }
  s->free_n = s->n - (int64_t)n_fixed;
  enum rx_status status
      = *possible ? rx_whole_set_init (&s->set, top, not_allowed, STEPS, err)
                  : RX_OK;
  free (not_allowed);
  return status;
}

/* The possible sums of squares of one sum next to the printed SD, above or
   below (step 2 or -2), from `squares` on. */
static enum rx_status
nearest_from (struct rx_sprite *s, int64_t sum, int64_t squares, int64_t step,
              enum rx_found *found, int64_t *at, struct rx_error *err)
{
  int64_t least = rx_whole_least_squares (s->n, sum);
  int64_t top = 0;
  if (s->set.n_values > 0)
    top = s->set.value[s->set.n_values - 1];
  for (size_t i = 0; (int64_t)i < s->n - s->free_n; i++)
    top = max64 (top, s->fixed[i]);
  int64_t most = rx_whole_most_squares (s->n, sum, top);
  *found = RX_FOUND_NONE;
  if (step > 0)
    squares = max64 (squares, least);
  else
    squares = min64 (squares, most);
  if ((squares - sum) % 2 != 0)
    squares += step / 2;
  for (; squares >= least && squares <= most; squares += step)
    {
      if (ask (s, sum, squares, found, NULL, err) != RX_OK)
        return err->status;
      if (*found != RX_FOUND_NONE)
        {
          *at = squares;
          return RX_OK;
        }
    }
  return RX_OK;
}

/* Of one sum: the ends of what the SD may be, and the possible one next to the
 * printed. */
static enum rx_status
scan_sum (struct rx_sprite *s, int64_t sum, bool *open, struct rx_error *err)
{
  double n = (double)s->n, items = (double)s->items;
  double deviation = s->sd.value * items;
  int64_t middle = (int64_t)floor ((n - 1) * deviation * deviation
                                   + (double)sum * (double)sum / n);
  const int64_t from[] = { INT64_MIN / 4, INT64_MAX / 4, middle, middle + 1 };
  static const int64_t steps[] = { 2, -2, -2, 2 };
  for (int i = 0; i < 4; i++)
    {
      enum rx_found found;
      int64_t at = 0;
      if (nearest_from (s, sum, from[i], steps[i], &found, &at, err) != RX_OK)
        return err->status;
      *open = *open || found == RX_FOUND_UNDECIDED;
      if (found != RX_FOUND)
        continue;
      double sd = sd_of (s, sum, at);
      if (i == 0)
        s->sd_low = fmin (s->sd_low, sd);
      else if (i == 1)
        s->sd_high = fmax (s->sd_high, sd);
      else if (isnan (s->nearest)
               || fabs (sd - s->sd.value) < fabs (s->nearest - s->sd.value))
        s->nearest = sd;
    }
  return RX_OK;
}

static enum rx_status
keep_witness (struct rx_sprite *s, int64_t sum, int64_t squares,
              struct rx_error *err)
{
  enum rx_found found;
  int64_t *count = rx_array (s->set.n_values, sizeof *count);
  s->witness = rx_array ((size_t)s->n, sizeof *s->witness);
  if (count == NULL || s->witness == NULL)
    {
      free (count);
      return rx_fail_memory (err);
    }
  enum rx_status status = ask (s, sum, squares, &found, count, err);
  size_t n = 0;
  for (size_t i = 0; status == RX_OK && i < s->set.n_values; i++)
    for (int64_t c = 0; c < count[i]; c++)
      s->witness[n++] = s->set.value[i];
  for (size_t i = 0; n < (size_t)s->n; i++)
    s->witness[n++] = s->fixed[i];
  free (count);
  return status;
}

/* The first of all sums and sums of squares that can be had. */
static enum rx_status
find_witness (struct rx_sprite *s, bool *open, struct rx_error *err)
{
  for (int64_t sum = s->sum_low; sum <= s->sum_high; sum++)
    {
      int64_t low, high;
      enum rx_found found;
      if (!rx_sprite_squares (s, sum, &low, &high))
        continue;
      for (int64_t q = low; q <= high; q += 2)
        {
          if (ask (s, sum, q, &found, NULL, err) != RX_OK)
            return err->status;
          if (found == RX_FOUND)
            return keep_witness (s, sum, q, err);
          *open = *open || found == RX_FOUND_UNDECIDED;
        }
    }
  return RX_OK;
}

static enum rx_status
decide (struct rx_sprite *s, struct rx_error *err)
{
  bool open = false, scan_open = false;
  if (find_witness (s, &open, err) != RX_OK)
    return err->status;
  s->set.steps = STEPS;
  for (int64_t sum = s->sum_low; sum <= s->sum_high; sum++)
    if (scan_sum (s, sum, &scan_open, err) != RX_OK)
      return err->status;
  s->set.steps = STEPS;
  s->found = s->witness != NULL ? RX_FOUND
             : open             ? RX_FOUND_UNDECIDED
                                : RX_FOUND_NONE;
  if (s->found == RX_FOUND_NONE)
    s->why = isnan (s->nearest) ? "range" : "sd";
  if (scan_open || isinf (s->sd_low))
    s->sd_low = s->sd_high = NAN;
  if (scan_open)
    s->nearest = NAN;
  return RX_OK;
}

static enum rx_status
none (struct rx_sprite *s, enum rx_found found, const char *why)
{
  s->found = found;
  s->why = why;
  s->sd_low = s->sd_high = NAN;
  return RX_OK;
}

enum rx_status
rx_sprite_init (struct rx_sprite *s, const struct rx_sprite_task *task,
                struct rx_error *err)
{
  int64_t low, high, unused_low, unused_high;
  bool possible = false;
  *s = (struct rx_sprite){ .n = task->n,
                           .items = task->items,
                           .sd = task->sd,
                           .nearest = NAN,
                           .sd_low = INFINITY,
                           .sd_high = -INFINITY,
                           .why = "" };
  double top = ((double)task->high - (double)task->low) * (double)task->items;
  if (task->n > RX_WHOLE_PERSONS || top > RX_WHOLE_TOP
      || !rx_whole_sums (&task->mean, task->n * task->items, &low, &high)
      || !rx_whole_squares (&task->sd, task->n, task->items, high, &unused_low,
                            &unused_high))
    return none (s, RX_FOUND_UNDECIDED, "digits");
  if (low > high)
    return none (s, RX_FOUND_NONE, "mean");
  s->base = task->low * task->items;
  s->sum_low = max64 (low - s->n * s->base, 0);
  s->sum_high = min64 (high - s->n * s->base, s->n * (int64_t)top);
  if (s->sum_low > s->sum_high)
    return none (s, RX_FOUND_NONE, "range");
  if (restrict_values (s, task, (int64_t)top, &possible, err) != RX_OK)
    return err->status;
  if (!possible)
    return none (s, RX_FOUND_NONE, "restrictions");
  return decide (s, err);
}

void
rx_sprite_free (struct rx_sprite *s)
{
  rx_whole_set_free (&s->set);
  free (s->fixed);
  free (s->witness);
  *s = (struct rx_sprite){ 0 };
}

static void
shuffle (int64_t *x, size_t n, struct rx_random *random)
{
  for (size_t i = n; i > 1; i--)
    {
      size_t j = (size_t)rx_random_below (random, i);
      int64_t kept = x[i - 1];
      x[i - 1] = x[j];
      x[j] = kept;
    }
}

/* Random places of the set, then single steps of random persons until the sum
   is there; place[i] is an index into the values. */
static bool
start (const struct rx_sprite *s, struct rx_random *random, size_t n,
       int64_t sum, size_t *place)
{
  const struct rx_whole_set *set = &s->set;
  int64_t have = 0;
  for (size_t i = 0; i < n; i++)
    {
      place[i] = (size_t)rx_random_below (random, set->n_values);
      have += set->value[place[i]];
    }
  size_t most = (size_t)SWAPS_EACH * n + 64 * n * set->n_values;
  for (size_t t = 0; t < most && have != sum; t++)
    {
      size_t i = (size_t)rx_random_below (random, n);
      size_t to = have < sum ? place[i] + 1 : place[i] - 1;
      if (to >= set->n_values)
        continue;
      have += set->value[to] - set->value[place[i]];
      place[i] = to;
    }
  return have == sum;
}

static int64_t
distance (int64_t q, int64_t low, int64_t high)
{
  return q < low ? low - q : q > high ? q - high : 0;
}

/* One up, one down by the same, until the squares are within [low, high]. */
static bool
swap_to (const struct rx_sprite *s, struct rx_random *random, size_t n,
         int64_t low, int64_t high, size_t *place)
{
  const struct rx_whole_set *set = &s->set;
  int64_t q = 0;
  for (size_t i = 0; i < n; i++)
    q += set->value[place[i]] * set->value[place[i]];
  for (size_t t = 0; t < SWAPS_EACH * n && distance (q, low, high) > 0; t++)
    {
      size_t i = (size_t)rx_random_below (random, n);
      size_t j = (size_t)rx_random_below (random, n);
      size_t up = place[i] + 1, down = place[j] - 1;
      if (i == j || up >= set->n_values || down >= set->n_values)
        continue;
      int64_t x = set->value[place[i]], y = set->value[place[j]];
      if (set->value[up] - x != y - set->value[down])
        continue;
      int64_t d = y - set->value[down], to = q + 2 * d * (x - y + d);
      if (distance (to, low, high) >= distance (q, low, high)
          && rx_random_below (random, LONE_UPHILL) > 0)
        continue;
      q = to;
      place[i] = up;
      place[j] = down;
    }
  return distance (q, low, high) == 0;
}

void
rx_sprite_draw (const struct rx_sprite *s, struct rx_random *random,
                int64_t *x)
{
  size_t n = (size_t)s->free_n;
  size_t *place = rx_array (n, sizeof *place);
  bool done = false;
  uint64_t sums = (uint64_t)(s->sum_high - s->sum_low) + 1;
  for (int t = 0; t < RESTARTS && place != NULL && !done && n > 0; t++)
    {
      int64_t low, high;
      int64_t sum = s->sum_low + (int64_t)rx_random_below (random, sums);
      if (!rx_sprite_squares (s, sum, &low, &high))
        continue;
      done = start (s, random, n, sum - s->free_sum, place)
             && swap_to (s, random, n, low - s->free_squares,
                         high - s->free_squares, place);
    }
  for (size_t i = 0; i < (size_t)s->n; i++)
    x[i] = !done   ? s->witness[i]
           : i < n ? s->set.value[place[i]]
                   : s->fixed[i - n];
  free (place);
  shuffle (x, (size_t)s->n, random);
}
