/* sprite_pairs.c: with the sums Sx, Sy and the sums of squares Qx, Qy of the
   two members, everything else depends on P = sum x y:

     sum of squares of the differences  Qd = Qx + Qy - 2 P
     r = (n P - Sx Sy) / sqrt ((n Qx - Sx^2) (n Qy - Sy^2))

   SD, SE, t, p, interval and dz of the difference are monotone in the SE, so
   that what is printed is an interval of P for each (Sx, Qx, Sy, Qy).

   Search: two data sets by rx_sprite_draw, then swaps of the second members
   of two pairs, which change P by (xi - xj) (yj - yi), towards that interval.

   Proof: 1. a member that rx_sprite_init rules out; 2. no (Sx, Qx, Sy, Qy)
   whose interval holds a whole P within the Cauchy-Schwarz bounds; 3. no
   such one whose differences, whole numbers from -m to m, can have (Sx - Sy,
   Qd), or whose sums x + y the like (whole_moments.c); 4. all cases: for every
   x (how often each value comes), the sums s of the y that go with one value v
   of x give P = sum v s and Sy = sum s, and Qy is one of the sums of squares
   that the groups can have.  Without the numbers y themselves this tree is
   small.

   By hand: three pairs, scale 1 to 3, means 2, SDs 1: 1 2 3 in both, so P is
   14, 13, 11 or 10 and r is 1, 0.5, -0.5 or -1: 0.00 cannot be. */
#include "stats/sprite_pairs.h"

#include "base/memory.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum
{
  STEPS = 2000000,
  PROOF_TIMES = 10, /* so many times the steps of the search */
  SWAPS_EACH = 60,  /* tried per pair before new members are drawn */
  LONE_UPHILL = 20
};

/* Bounds are computed in floating point; a whole P that misses one by less is
   let through. */
static const double SLACK = 1e-9;

struct interval
{
  double low, high;
};

static struct interval
meet (struct interval a, struct interval b)
{
  return (struct interval){ fmax (a.low, b.low), fmin (a.high, b.high) };
}

static bool
is_said (const struct rx_printed *printed)
{
  return printed->kind != RX_PRINTED_NOTHING;
}

struct problem
{
  const struct rx_sprite_pairs_task *task;
  struct rx_sprite_pairs *out;
  int64_t n, items, m;
  uint64_t steps;
  struct rx_error *err;
  enum rx_status status;
};

/* The SEs of the difference d that the printed figures allow. */
static struct interval
standard_errors (const struct problem *p, double d)
{
  const struct rx_printed *difference = &p->task->difference;
  struct rx_se_range se
      = rx_se_range (&p->task->test, d, (double)p->n - 1,
                     1 / sqrt ((double)p->n), p->task->level);
  if (is_said (difference)
      && (d < difference->low - SLACK * fabs (d)
          || d > difference->high + SLACK * fabs (d)))
    return (struct interval){ INFINITY, -INFINITY };
  return (struct interval){ se.low, se.high };
}

struct margins
{
  int64_t sum[2], squares[2];
};

static double
spread_of (const struct problem *p, const struct margins *m, int k)
{
  return (double)m->squares[k]
         - (double)m->sum[k] * (double)m->sum[k] / (double)p->n;
}

/* The whole P that the figures and the Cauchy-Schwarz inequality allow; low >
   high where there are none. */
static void
products (const struct problem *p, const struct margins *m, int64_t *low,
          int64_t *high)
{
  double n = (double)p->n, sum_d = (double)(m->sum[0] - m->sum[1]);
  double bases = (double)(p->out->member[0].base - p->out->member[1].base);
  double vx = fmax (spread_of (p, m, 0), 0),
         vy = fmax (spread_of (p, m, 1), 0);
  double centre = (double)m->sum[0] * (double)m->sum[1] / n;
  double root = sqrt (vx * vy);
  double d = (sum_d / n + bases) / (double)p->items;
  struct interval se = standard_errors (p, d), r = { -1, 1 };
  struct interval of = { 1, 0 };
  *low = 1;
  *high = 0;
  if (is_said (&p->task->r))
    {
      if (root == 0)
        return; /* no correlation */
      r = meet (r, (struct interval){ p->task->r.low, p->task->r.high });
    }
  if (se.low > se.high * (1 + SLACK) || r.low > r.high)
    return;
  /* squares of the differences about their mean: n (n - 1) se^2 */
  double unit = n * (n - 1) * (double)p->items * (double)p->items;
  of.low = (vx + vy - unit * se.high * se.high) / 2;
  of.high = (vx + vy - unit * se.low * se.low) / 2;
  of = meet (of, (struct interval){ r.low * root, r.high * root });
  double slack = SLACK * fmax (1, fmax (vx, vy));
  if (of.high < of.low - 2 * slack)
    return;
  *low = (int64_t)ceil (of.low + centre - slack);
  *high = (int64_t)floor (of.high + centre + slack);
}

/* Calls `each` for every (Sx, Qx, Sy, Qy) the rounding leaves, until it says
   stop; false when the steps ran out. */
typedef bool each_margins (struct problem *p, const struct margins *m);

static bool
over_margins (struct problem *p, each_margins *each, bool *stopped)
{
  const struct rx_sprite *a = &p->out->member[0], *b = &p->out->member[1];
  struct margins m;
  int64_t low[2], high[2];
  *stopped = false;
  for (m.sum[0] = a->sum_low; m.sum[0] <= a->sum_high; m.sum[0]++)
    if (rx_sprite_squares (a, m.sum[0], &low[0], &high[0]))
      for (m.sum[1] = b->sum_low; m.sum[1] <= b->sum_high; m.sum[1]++)
        if (rx_sprite_squares (b, m.sum[1], &low[1], &high[1]))
          for (m.squares[0] = low[0]; m.squares[0] <= high[0];
               m.squares[0] += 2)
            for (m.squares[1] = low[1]; m.squares[1] <= high[1];
                 m.squares[1] += 2)
              {
                if (p->steps == 0 || p->status != RX_OK)
                  return false;
                p->steps--;
                if (each (p, &m))
                  {
                    *stopped = true;
                    return true;
                  }
              }
  return true;
}

static bool
has_product (struct problem *p, const struct margins *m)
{
  int64_t low, high;
  products (p, m, &low, &high);
  return low <= high;
}

static bool
has_sum (struct problem *p, const struct margins *m)
{
  double d = ((double)(m->sum[0] - m->sum[1]) / (double)p->n
              + (double)(p->out->member[0].base - p->out->member[1].base))
             / (double)p->items;
  struct interval se = standard_errors (p, d);
  return se.low <= se.high * (1 + SLACK);
}

/* Can x + sign y be had?  From `least` on they are whole numbers of 0 ...
   2 m. */
static bool
has_combined (struct problem *p, const struct margins *m, int64_t sign,
              int64_t least)
{
  struct rx_whole_set set;
  int64_t low, high, sum = m->sum[0] + sign * m->sum[1];
  bool possible = false;
  products (p, m, &low, &high);
  if (low > high)
    return false;
  p->status = rx_whole_set_init (&set, 2 * p->m, NULL, p->steps, p->err);
  for (int64_t product = low;
       p->status == RX_OK && product <= high && !possible; product++)
    {
      enum rx_found found;
      int64_t squares = m->squares[0] + m->squares[1] + 2 * sign * product
                        - 2 * least * sum + p->n * least * least;
      p->status = rx_whole_find (&set, p->n, sum - p->n * least, squares,
                                 &found, NULL, p->err);
      possible = found != RX_FOUND_NONE;
    }
  p->steps = set.steps;
  rx_whole_set_free (&set);
  return possible;
}

static bool
has_differences (struct problem *p, const struct margins *m)
{
  return has_combined (p, m, -1, -p->m);
}

static bool
has_sums (struct problem *p, const struct margins *m)
{
  return has_combined (p, m, 1, 0);
}

/* The groups of pairs that have one x, and the sums of their y. */
struct tree
{
  struct problem *p;
  int64_t *count;                        /* [m + 1] of x */
  int64_t *value, *size, *sum, *squares; /* [groups] */
  size_t groups;
  struct margins margins;
  struct rx_whole_set y; /* 0 ... m */
};

/* From group g on: can the sums of squares left be had? */
static bool
squares_fit (struct tree *t, size_t g, int64_t left)
{
  struct problem *p = t->p;
  if (g == t->groups)
    return left == 0;
  if (p->steps == 0 || p->status != RX_OK)
    return true; /* not ruled out; the steps tell */
  int64_t least = 0, most = 0;
  for (size_t i = g; i < t->groups; i++)
    {
      least += rx_whole_least_squares (t->size[i], t->sum[i]);
      most += rx_whole_most_squares (t->size[i], t->sum[i], p->m);
    }
  if (left < least || left > most)
    return false;
  int64_t own = rx_whole_least_squares (t->size[g], t->sum[g]);
  int64_t top = rx_whole_most_squares (t->size[g], t->sum[g], p->m);
  for (int64_t q = own; q <= top && q <= left; q += 2)
    {
      enum rx_found found;
      p->steps -= p->steps > 0;
      p->status = rx_whole_find (&t->y, t->size[g], t->sum[g], q, &found, NULL,
                                 p->err);
      if (p->status != RX_OK || found == RX_FOUND_UNDECIDED)
        {
          p->steps = 0;
          return true;
        }
      t->squares[g] = q;
      if (found == RX_FOUND && squares_fit (t, g + 1, left - q))
        return true;
    }
  return false;
}

/* Largest or smallest product of `left` spread over the groups from g on,
   which are in order of their values. */
static int64_t
extreme_product (const struct tree *t, size_t g, int64_t left, bool largest)
{
  int64_t product = 0;
  for (size_t k = g; k < t->groups && left > 0; k++)
    {
      size_t i = largest ? t->groups - 1 - (k - g) : k;
      int64_t room = t->size[i] * t->p->m;
      int64_t s = left < room ? left : room;
      product += t->value[i] * s;
      left -= s;
    }
  return product;
}

static bool
check_groups (struct tree *t, int64_t product)
{
  struct problem *p = t->p;
  int64_t low, high;
  const struct rx_sprite *b = &p->out->member[1];
  if (!rx_sprite_squares (b, t->margins.sum[1], &low, &high))
    return false;
  for (int64_t q = low; q <= high; q += 2)
    {
      int64_t from, to;
      t->margins.squares[1] = q;
      products (p, &t->margins, &from, &to);
      if (product >= from && product <= to && squares_fit (t, 0, q))
        return true;
    }
  return false;
}

/* The sum of group g, what is left for the later ones, the product so far,
   and what it has to come to. */
static bool
try_sums (struct tree *t, size_t g, int64_t left, int64_t product,
          int64_t least, int64_t most)
{
  struct problem *p = t->p;
  if (p->steps == 0 || p->status != RX_OK)
    return true;
  p->steps--;
  if (product + extreme_product (t, g, left, true) < least
      || product + extreme_product (t, g, left, false) > most)
    return false;
  if (g == t->groups)
    return left == 0 && check_groups (t, product);
  int64_t room = 0;
  for (size_t i = g + 1; i < t->groups; i++)
    room += t->size[i] * p->m;
  for (int64_t s = left > room ? left - room : 0;
       s <= left && s <= t->size[g] * p->m; s++)
    {
      t->sum[g] = s;
      if (try_sums (t, g + 1, left - s, product + t->value[g] * s, least,
                    most))
        return true;
    }
  return false;
}

/* One x: all sums Sy. */
static bool
try_y (struct tree *t)
{
  struct problem *p = t->p;
  const struct rx_sprite *b = &p->out->member[1];
  t->groups = 0;
  for (int64_t v = 0; v <= p->m; v++)
    if (t->count[v] > 0)
      {
        t->value[t->groups] = v;
        t->size[t->groups++] = t->count[v];
      }
  for (int64_t sum = b->sum_low; sum <= b->sum_high; sum++)
    {
      int64_t low, high, least = INT64_MAX, most = INT64_MIN;
      t->margins.sum[1] = sum;
      if (!rx_sprite_squares (b, sum, &low, &high))
        continue;
      for (int64_t q = low; q <= high; q += 2)
        {
          int64_t from, to;
          t->margins.squares[1] = q;
          products (p, &t->margins, &from, &to);
          if (from <= to)
            {
              least = from < least ? from : least;
              most = to > most ? to : most;
            }
        }
      if (least <= most && try_sums (t, 0, sum, 0, least, most))
        return true;
    }
  return false;
}

/* Every x with this sum and squares: how often v comes, v down to
   0. */
static bool
try_x (struct tree *t, int64_t v, int64_t n, int64_t sum, int64_t squares)
{
  struct problem *p = t->p;
  if (p->steps == 0 || p->status != RX_OK)
    return true;
  p->steps--;
  if (sum < 0 || sum > n * v || squares < rx_whole_least_squares (n, sum)
      || squares > rx_whole_most_squares (n, sum, v))
    return false;
  if (v == 0)
    {
      t->count[0] = n;
      return sum == 0 && squares == 0 && try_y (t);
    }
  for (int64_t c = n; c >= 0; c--)
    {
      t->count[v] = c;
      if (try_x (t, v - 1, n - c, sum - c * v, squares - c * v * v))
        return true;
    }
  return false;
}

/* The pairs of the groups that fit. */
static void
keep_pairs (struct tree *t, int64_t *count)
{
  struct problem *p = t->p;
  size_t n = 0;
  enum rx_found found;
  for (size_t g = 0; g < t->groups && p->status == RX_OK; g++)
    {
      p->status = rx_whole_find (&t->y, t->size[g], t->sum[g], t->squares[g],
                                 &found, count, p->err);
      for (size_t v = 0; v < t->y.n_values && p->status == RX_OK; v++)
        for (int64_t c = 0; c < count[v]; c++)
          {
            p->out->x[n] = t->value[g];
            p->out->y[n++] = t->y.value[v];
          }
    }
}

/* All cases: RX_FOUND with the pairs, or RX_FOUND_NONE when every one was
   tried. */
static enum rx_found
try_all (struct problem *p)
{
  const struct rx_sprite *a = &p->out->member[0];
  size_t values = (size_t)p->m + 1;
  struct tree t = { .p = p };
  bool possible = false;
  t.count = rx_array (values, sizeof *t.count);
  t.value = rx_array (values, sizeof *t.value);
  t.size = rx_array (values, sizeof *t.size);
  t.sum = rx_array (values, sizeof *t.sum);
  t.squares = rx_array (values, sizeof *t.squares);
  p->status = t.count == NULL || t.value == NULL || t.size == NULL
                      || t.sum == NULL || t.squares == NULL
                  ? rx_fail_memory (p->err)
                  : rx_whole_set_init (&t.y, p->m, NULL, p->steps, p->err);
  for (int64_t sum = a->sum_low;
       p->status == RX_OK && sum <= a->sum_high && !possible; sum++)
    {
      int64_t low, high;
      t.margins.sum[0] = sum;
      if (!rx_sprite_squares (a, sum, &low, &high))
        continue;
      for (int64_t q = low; q <= high && !possible; q += 2)
        {
          t.margins.squares[0] = q;
          possible = try_x (&t, p->m, p->n, sum, q);
        }
    }
  bool tried = p->status == RX_OK && p->steps > 0;
  if (tried && possible)
    keep_pairs (&t, t.count);
  rx_whole_set_free (&t.y);
  free (t.count);
  free (t.value);
  free (t.size);
  free (t.sum);
  free (t.squares);
  return !tried ? RX_FOUND_UNDECIDED : possible ? RX_FOUND : RX_FOUND_NONE;
}

static int64_t
dot (const int64_t *x, const int64_t *y, int64_t n)
{
  int64_t sum = 0;
  for (int64_t i = 0; i < n; i++)
    sum += x[i] * y[i];
  return sum;
}

static struct margins
margins_of (const int64_t *x, const int64_t *y, int64_t n)
{
  struct margins m = { { 0, 0 }, { dot (x, x, n), dot (y, y, n) } };
  for (int64_t i = 0; i < n; i++)
    {
      m.sum[0] += x[i];
      m.sum[1] += y[i];
    }
  return m;
}

static int64_t
distance (int64_t p, int64_t low, int64_t high)
{
  return p < low ? low - p : p > high ? p - high : 0;
}

/* Swaps the second members of two pairs until P is there. */
static bool
pair_up (struct problem *p, struct rx_random *random, int64_t low,
         int64_t high)
{
  int64_t *x = p->out->x, *y = p->out->y, product = dot (x, y, p->n);
  uint64_t n = (uint64_t)p->n;
  for (uint64_t t = 0; t < SWAPS_EACH * n && distance (product, low, high) > 0;
       t++)
    {
      uint64_t i = rx_random_below (random, n),
               j = rx_random_below (random, n);
      int64_t to = product + (x[i] - x[j]) * (y[j] - y[i]);
      p->steps -= p->steps > 0;
      if (to == product
          || (distance (to, low, high) >= distance (product, low, high)
              && rx_random_below (random, LONE_UPHILL) > 0))
        continue;
      int64_t kept = y[i];
      y[i] = y[j];
      y[j] = kept;
      product = to;
    }
  return distance (product, low, high) == 0;
}

static bool
search (struct problem *p, struct rx_random *random)
{
  while (p->steps > 0)
    {
      int64_t low, high;
      rx_sprite_draw (&p->out->member[0], random, p->out->x);
      rx_sprite_draw (&p->out->member[1], random, p->out->y);
      struct margins m = margins_of (p->out->x, p->out->y, p->n);
      uint64_t cost = (uint64_t)p->n;
      p->steps -= p->steps < cost ? p->steps : cost;
      products (p, &m, &low, &high);
      if (low <= high && pair_up (p, random, low, high))
        return true;
    }
  return false;
}

/* Decides once the members can be had. */
static enum rx_status
decide (struct problem *p, struct rx_random *random)
{
  struct rx_sprite_pairs *out = p->out;
  uint64_t most = p->task->steps > 0 ? p->task->steps : STEPS;
  static const struct
  {
    each_margins *each;
    const char *why;
  } proofs[] = { { has_sum, "difference" },
                 { has_product, "correlation" },
                 { has_differences, "differences" },
                 { has_sums, "sums" } };
  for (size_t i = 0; i < sizeof proofs / sizeof proofs[0]; i++)
    {
      bool stopped;
      p->steps = most;
      if (over_margins (p, proofs[i].each, &stopped) && !stopped
          && p->steps > 0 && p->status == RX_OK)
        {
          out->found = RX_FOUND_NONE;
          out->why = proofs[i].why;
          return RX_OK;
        }
      if (p->status != RX_OK)
        return p->status;
    }
  p->steps = most;
  bool found = search (p, random);
  out->steps = most - p->steps;
  p->steps = PROOF_TIMES * most;
  out->found = found ? RX_FOUND : try_all (p);
  if (out->found == RX_FOUND_NONE)
    out->why = "no-pairs";
  return p->status;
}

enum rx_status
rx_sprite_pairs_init (struct rx_sprite_pairs *out,
                      const struct rx_sprite_pairs_task *task,
                      struct rx_random *random, struct rx_error *err)
{
  static const char *const members[] = { "first", "second" };
  int64_t n = task->member[0].n;
  *out = (struct rx_sprite_pairs){ .why = "" };
  for (int k = 0; k < 2; k++)
    if (rx_sprite_init (&out->member[k], &task->member[k], err) != RX_OK)
      return err->status;
  for (int k = 0; k < 2; k++)
    if (out->member[k].found != RX_FOUND)
      {
        out->found = out->member[k].found;
        out->why = members[k];
        if (out->found == RX_FOUND_NONE)
          return RX_OK;
      }
  if (out->found != RX_FOUND)
    return RX_OK;
  out->x = rx_array ((size_t)n, sizeof *out->x);
  out->y = rx_array ((size_t)n, sizeof *out->y);
  if (out->x == NULL || out->y == NULL)
    return rx_fail_memory (err);
  struct problem p = { .task = task,
                       .out = out,
                       .n = n,
                       .items = task->member[0].items,
                       .m = (task->member[0].high - task->member[0].low)
                            * task->member[0].items,
                       .err = err };
  return decide (&p, random);
}

void
rx_sprite_pairs_free (struct rx_sprite_pairs *out)
{
  rx_sprite_free (&out->member[0]);
  rx_sprite_free (&out->member[1]);
  free (out->x);
  free (out->y);
  *out = (struct rx_sprite_pairs){ 0 };
}
