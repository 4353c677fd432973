/* whole_moments.c: n whole numbers of 0 ... m with the sum S and the sum of
   squares Q.

   Necessary: Q = S mod 2 (x^2 and x have one parity), and with S = n q + r,
   S = f m + g

     n q^2 + 2 q r + r  <=  Q  <=  f m^2 + g^2

   (as even as can be; as many as can be at the ends).  This is not enough:
   two numbers with the sum 4 give 8, 10 and 16, not 12 or 14.

   Sufficient: take two equal numbers x inside, 0 < x < m, one up and one down:
   Q grows by 2.  As long as there are such two, the next Q can be had too.
   Where there are none, the k numbers inside differ, and since x m - x^2 is 0
   at the ends

     Q = m S - sum over the inside of x (m - x)
      >= m S - (sum of the min(n, m - 1) largest x (m - x), 0 < x < m) = L.

   So every Q of the right parity from the least one up to L can be had.  By
   hand: m = 6, n = 20, S = 60: from 180 to 360 - 35 = 325; Q is 360 at the
   most.

   Above L, and where values are not allowed, all cases are tried: how often
   does the largest value come?  States (largest value, n, S, Q) that were
   ruled out are remembered.  Steps by d in place of 1, which change Q by
   2 d^2, make the witness quickly. */
#include "stats/whole_moments.h"

#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

struct rx_whole_state
{
  int64_t n, sum, squares;
  size_t values; /* 0: an empty place */
};

enum
{
  FIRST_STATES = 1024 /* a power of two */
};

static int64_t
min64 (int64_t a, int64_t b)
{
  return a < b ? a : b;
}

int64_t
rx_whole_least_squares (int64_t n, int64_t sum)
{
  if (n == 0)
    return 0;
  int64_t q = sum / n, r = sum % n;
  return n * q * q + 2 * q * r + r;
}

int64_t
rx_whole_most_squares (int64_t n, int64_t sum, int64_t top)
{
  (void)n;
  if (top == 0)
    return 0;
  int64_t f = sum / top, g = sum % top;
  return f * top * top + g * g;
}

enum rx_status
rx_whole_set_init (struct rx_whole_set *set, int64_t top,
                   const bool *not_allowed, uint64_t steps,
                   struct rx_error *err)
{
  *set = (struct rx_whole_set){ .steps = steps };
  set->value = rx_array ((size_t)top + 1, sizeof *set->value);
  if (set->value == NULL)
    return rx_fail_memory (err);
  for (int64_t x = 0; x <= top; x++)
    if (not_allowed == NULL || !not_allowed[x])
      set->value[set->n_values++] = x;
  set->whole = set->n_values > 0
               && set->value[set->n_values - 1] - set->value[0] + 1
                      == (int64_t)set->n_values;
  return RX_OK;
}

void
rx_whole_set_free (struct rx_whole_set *set)
{
  free (set->value);
  free (set->state);
  *set = (struct rx_whole_set){ 0 };
}

/* A place for a state: its own, or an empty one (SplitMix64's mixing). */
static struct rx_whole_state *
place (struct rx_whole_state *state, size_t room,
       const struct rx_whole_state *key)
{
  uint64_t h = (uint64_t)key->values;
  const uint64_t part[]
      = { (uint64_t)key->n, (uint64_t)key->sum, (uint64_t)key->squares };
  for (size_t i = 0; i < sizeof part / sizeof part[0]; i++)
    {
      h = (h ^ part[i]) + 0x9e3779b97f4a7c15U;
      h = (h ^ (h >> 30)) * 0xbf58476d1ce4e5b9U;
      h = (h ^ (h >> 27)) * 0x94d049bb133111ebU;
      h ^= h >> 31;
    }
  for (size_t i = (size_t)h & (room - 1);; i = (i + 1) & (room - 1))
    if (state[i].values == 0
        || (state[i].values == key->values && state[i].n == key->n
            && state[i].sum == key->sum && state[i].squares == key->squares))
      return &state[i];
}

static bool
is_ruled_out (const struct rx_whole_set *set, const struct rx_whole_state *key)
{
  return set->room_states > 0
         && place (set->state, set->room_states, key)->values != 0;
}

static enum rx_status
rule_out (struct rx_whole_set *set, const struct rx_whole_state *key,
          struct rx_error *err)
{
  if (2 * (set->n_states + 1) > set->room_states)
    {
      size_t room
          = set->room_states == 0 ? FIRST_STATES : 2 * set->room_states;
      struct rx_whole_state *state = rx_array (room, sizeof *state);
      if (state == NULL)
        return rx_fail_memory (err);
      for (size_t i = 0; i < set->room_states; i++)
        if (set->state[i].values != 0)
          *place (state, room, &set->state[i]) = set->state[i];
      free (set->state);
      set->state = state;
      set->room_states = room;
    }
  *place (set->state, set->room_states, key) = *key;
  set->n_states++;
  return RX_OK;
}

/* L of the head, for n numbers of 0 ... m. */
static int64_t
surely_up_to (int64_t n, int64_t sum, int64_t m)
{
  int64_t k = min64 (n, m - 1), inside = 0;
  if (k == m - 1)
    return m * sum - m * (m * m - 1) / 6;
  /* the k values nearest to m / 2 */
  for (int64_t i = 0, x = m / 2, y = m / 2 + 1; i < k; i++)
    if (x * (m - x) >= y * (m - y))
      {
        inside += x * (m - x);
        x--;
      }
    else
      {
        inside += y * (m - y);
        y++;
      }
  return m * sum - inside;
}

/* The witness below L: from as even as can be, two equal ones inside move
   apart until Q is there. */
static void
spread (int64_t n, int64_t sum, int64_t squares, int64_t m, int64_t *count)
{
  memset (count, 0, ((size_t)m + 1) * sizeof *count);
  int64_t q = sum / n, r = sum % n;
  count[q] = n - r;
  if (r > 0)
    count[q + 1] += r;
  int64_t left = squares - rx_whole_least_squares (n, sum);
  while (left > 0)
    {
      int64_t best = 0, at = 0;
      for (int64_t x = 1; x < m; x++)
        {
          int64_t room = min64 (x, m - x);
          if (count[x] >= 2 && room > best)
            {
              best = room;
              at = x;
            }
        }
      int64_t d = 1;
      while (d < best && 2 * (d + 1) * (d + 1) <= left)
        d++;
      int64_t times = min64 (count[at] / 2, left / (2 * d * d));
      times = times > 1 && times > count[at] / 4 ? (times + 1) / 2 : times;
      count[at] -= 2 * times;
      count[at - d] += times;
      count[at + d] += times;
      left -= 2 * d * d * times;
    }
}

struct search
{
  struct rx_whole_set *set;
  int64_t *count; /* or NULL */
  struct rx_error *err;
  enum rx_status status;
};

/* `values` of the smallest values are left. */
static enum rx_found
find (struct search *s, size_t values, int64_t n, int64_t sum, int64_t squares)
{
  struct rx_whole_set *set = s->set;
  if (n == 0)
    {
      if (s->count != NULL && sum == 0 && squares == 0)
        memset (s->count, 0, values * sizeof *s->count);
      return sum == 0 && squares == 0 ? RX_FOUND : RX_FOUND_NONE;
    }
  if (values == 0)
    return RX_FOUND_NONE;
  int64_t low = set->value[0], m = set->value[values - 1] - low;
  int64_t s0 = sum - n * low, q0 = squares - 2 * low * sum + n * low * low;
  if (s0 < 0 || s0 > n * m || (q0 - s0) % 2 != 0
      || q0 < rx_whole_least_squares (n, s0)
      || q0 > rx_whole_most_squares (n, s0, m))
    return RX_FOUND_NONE;
  if (m <= 1 && (m == 0 || values == 2))
    {
      if (s->count != NULL)
        {
          s->count[0] = n - s0;
          if (values == 2)
            s->count[1] = s0;
        }
      return RX_FOUND;
    }
  bool whole = m + 1 == (int64_t)values;
  if (whole
      && (q0 <= surely_up_to (n, s0, m)
          || q0 == rx_whole_least_squares (n, s0)))
    {
      if (s->count != NULL)
        spread (n, s0, q0, m, s->count);
      return RX_FOUND;
    }
  struct rx_whole_state key = { n, sum, squares, values };
  if (is_ruled_out (set, &key))
    return RX_FOUND_NONE;
  if (set->steps == 0)
    return RX_FOUND_UNDECIDED;
  set->steps--;
  int64_t x = low + m;
  for (int64_t c = min64 (n, s0 / m); c >= 0; c--)
    {
      enum rx_found found
          = find (s, values - 1, n - c, sum - c * x, squares - c * x * x);
      if (found == RX_FOUND && s->count != NULL)
        s->count[values - 1] = c;
      if (found != RX_FOUND_NONE)
        return found;
    }
  if (s->status == RX_OK)
    s->status = rule_out (set, &key, s->err);
  return s->status == RX_OK ? RX_FOUND_NONE : RX_FOUND_UNDECIDED;
}

enum rx_status
rx_whole_find (struct rx_whole_set *set, int64_t n, int64_t sum,
               int64_t squares, enum rx_found *found, int64_t *count,
               struct rx_error *err)
{
  struct search search = { set, count, err, RX_OK };
  *found = RX_FOUND_NONE;
  if (n >= 0 && sum >= 0 && squares >= 0)
    *found = find (&search, set->n_values, n, sum, squares);
  return search.status;
}
