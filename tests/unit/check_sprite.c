/* check_sprite.c: data sets of whole numbers, against all there are.

   Small scales are enumerated whole; what is decided must agree with the
   list, and what is found must be on it. */
#include "stats/sprite_pairs.h"
#include "stats/sprite_sample.h"

#include <check.h>
#include <gsl/gsl_errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum
{
  PERSONS = 7,
  STEPS = 1000000,
  SEARCH = 100000
};

static struct rx_printed
printed (int decimals, double x)
{
  char text[32];
  struct rx_printed out;
  snprintf (text, sizeof text, "%.*f", decimals, x);
  ck_assert_msg (rx_printed_read (text, '.', &out), "%s", text);
  return out;
}

/* Steps to the next non-decreasing x of 0 ... top; false after the last. */
static bool
next (int64_t *x, int n, int64_t top)
{
  int i = n - 1;
  while (i >= 0 && x[i] == top)
    i--;
  if (i < 0)
    return false;
  int64_t to = x[i] + 1;
  for (; i < n; i++)
    x[i] = to;
  return true;
}

static void
moments (const int64_t *x, int n, int64_t *sum, int64_t *squares)
{
  *sum = *squares = 0;
  for (int i = 0; i < n; i++)
    {
      *sum += x[i];
      *squares += x[i] * x[i];
    }
}

/* Every (sum, squares) of up to 7 numbers of 0 ... 7, with and without
   holes. */
START_TEST (sums_of_squares_are_decided)
{
  static const int64_t tops[] = { 1, 2, 3, 5, 7 };
  struct rx_error err;
  int64_t top = tops[_i % 5], most = PERSONS * top * top;
  int hole = _i / 5; /* 0: none; else this value is not allowed */
  bool not_allowed[8] = { false };
  if (hole > top)
    return;
  not_allowed[hole - (hole > 0)] = hole > 0;
  for (int n = 1; n <= PERSONS; n++)
    {
      struct rx_whole_set set;
      int64_t x[PERSONS] = { 0 }, count[8];
      bool *seen = calloc ((size_t)((n * top + 1) * (most + 1)), 1);
      ck_assert_ptr_nonnull (seen);
      do
        {
          int64_t sum, squares;
          bool allowed = true;
          for (int i = 0; i < n; i++)
            allowed = allowed && !not_allowed[x[i]];
          moments (x, n, &sum, &squares);
          if (allowed)
            seen[sum * (most + 1) + squares] = true;
        }
      while (next (x, n, top));
      ck_assert_int_eq (
          rx_whole_set_init (&set, top, not_allowed, STEPS, &err), RX_OK);
      for (int64_t sum = 0; sum <= n * top; sum++)
        for (int64_t squares = 0; squares <= most; squares++)
          {
            enum rx_found found;
            ck_assert_int_eq (
                rx_whole_find (&set, n, sum, squares, &found, count, &err),
                RX_OK);
            ck_assert_msg ((found == RX_FOUND)
                                   == seen[sum * (most + 1) + squares]
                               && found != RX_FOUND_UNDECIDED,
                           "n %d top %d sum %d squares %d", n, (int)top,
                           (int)sum, (int)squares);
            if (found != RX_FOUND)
              continue;
            int64_t k = 0, s = 0, q = 0;
            for (size_t i = 0; i < set.n_values; i++)
              {
                ck_assert_int_ge (count[i], 0);
                k += count[i];
                s += count[i] * set.value[i];
                q += count[i] * set.value[i] * set.value[i];
              }
            ck_assert (k == n && s == sum && q == squares);
          }
      rx_whole_set_free (&set);
      free (seen);
    }
}
END_TEST

/* Long scales and many persons: what real numbers give is found, at once. */
START_TEST (large_problems_are_found)
{
  static const struct
  {
    int64_t n, top;
  } sizes[] = {
    { 30, 100 }, { 200, 100 }, { 5000, 6 }, { 12, 2000 }, { 100000, 20 }
  };
  struct rx_error err;
  struct rx_random random;
  int64_t n = sizes[_i].n, top = sizes[_i].top;
  rx_random_init (&random, 7, (uint64_t)_i, 0);
  for (int draw = 0; draw < 20; draw++)
    {
      struct rx_whole_set set;
      enum rx_found found;
      int64_t sum = 0, squares = 0;
      /* every fifth draw has many at the ends */
      for (int64_t i = 0; i < n; i++)
        {
          int64_t x = (int64_t)rx_random_below (&random, (uint64_t)top + 1);
          if (draw % 5 == 0 && i > 2)
            x = x > top / 2 ? top : 0;
          sum += x;
          squares += x * x;
        }
      ck_assert_int_eq (rx_whole_set_init (&set, top, NULL, STEPS, &err),
                        RX_OK);
      int64_t *count = calloc (set.n_values, sizeof *count);
      ck_assert_ptr_nonnull (count);
      ck_assert_int_eq (
          rx_whole_find (&set, n, sum, squares, &found, count, &err), RX_OK);
      ck_assert_msg (found == RX_FOUND, "draw %d", draw);
      int64_t s = 0, q = 0;
      for (size_t i = 0; i < set.n_values; i++)
        {
          s += count[i] * set.value[i];
          q += count[i] * set.value[i] * set.value[i];
        }
      ck_assert (s == sum && q == squares);
      free (count);
      rx_whole_set_free (&set);
    }
}
END_TEST

/* Does a printed figure stand for x? */
static bool
rounds_to (const struct rx_printed *p, double x)
{
  return x >= p->low - 1e-12 && x <= p->high + 1e-12;
}

static double
sd (int64_t sum, int64_t squares, int n)
{
  return sqrt (((double)(n * squares - sum * sum)) / (double)(n * (n - 1)));
}

/* All printed (mean, SD) of six numbers of 1 ... 5, with restrictions. */
START_TEST (data_sets_are_found_or_ruled_out)
{
  enum
  {
    N = 6
  };
  static const struct rx_sprite_fixed fixed[] = { { 2, 1 }, { 4, 2 } };
  int kind = _i % 4, decimals = _i / 4 + 1;
  double step = decimals == 1 ? 0.1 : 0.05;
  struct rx_error err;
  int none = 0, some = 0;
  for (double m = 1; m <= 5.001; m += step)
    for (double s = 0; s <= 2.4; s += decimals == 1 ? 0.1 : 0.01)
      {
        struct rx_sprite sprite;
        struct rx_sprite_task task = { .mean = printed (decimals, m),
                                       .sd = printed (decimals, s),
                                       .n = N,
                                       .items = 1,
                                       .low = 1,
                                       .high = 5 };
        if (kind == 1 || kind == 3)
          {
            task.has_least = task.has_most = true;
            task.least = 2;
            task.most = kind == 1 ? 5 : 4;
          }
        if (kind >= 2)
          {
            task.fixed = fixed;
            task.n_fixed = kind == 2 ? 2 : 1;
          }
        int64_t x[N] = { 0 };
        bool possible = false;
        double nearest = NAN;
        do
          {
            int64_t sum, squares;
            bool fits = true;
            moments (x, N, &sum, &squares);
            if (kind == 1 || kind == 3)
              fits = x[0] + 1 == task.least && x[N - 1] + 1 == task.most;
            for (size_t f = 0; f < task.n_fixed; f++)
              {
                int64_t c = 0;
                for (int i = 0; i < N; i++)
                  c += x[i] + 1 == fixed[f].value;
                fits = fits && c == fixed[f].count;
              }
            if (!fits || !rounds_to (&task.mean, 1 + (double)sum / N))
              continue;
            double found = sd (sum, squares, N);
            possible = possible || rounds_to (&task.sd, found);
            if (isnan (nearest)
                || fabs (found - task.sd.value)
                       < fabs (nearest - task.sd.value))
              nearest = found;
          }
        while (next (x, N, 4));
        ck_assert_int_eq (rx_sprite_init (&sprite, &task, &err), RX_OK);
        ck_assert_msg (sprite.found == (possible ? RX_FOUND : RX_FOUND_NONE),
                       "%g (%g) kind %d: %d", m, s, kind, sprite.found);
        none += !possible;
        some += possible;
        ck_assert (isnan (nearest) == isnan (sprite.nearest));
        if (!isnan (nearest))
          ck_assert_double_eq_tol (fabs (sprite.nearest - task.sd.value),
                                   fabs (nearest - task.sd.value), 1e-12);
        for (uint64_t draw = 0; possible && draw < 5; draw++)
          {
            struct rx_random random;
            int64_t sum, squares;
            rx_random_init (&random, 1, 0, draw);
            rx_sprite_draw (&sprite, &random, x);
            moments (x, N, &sum, &squares);
            ck_assert (rounds_to (&task.mean, 1 + (double)sum / N));
            ck_assert (rounds_to (&task.sd, sd (sum, squares, N)));
          }
        rx_sprite_free (&sprite);
      }
  ck_assert (none > 0 && some > 0);
}
END_TEST

/* Pairs of 1 ... 4, n 4: every x with every order of y against the printed
   means, SDs and r, or SE. */
START_TEST (pairs_are_found_or_ruled_out)
{
  enum
  {
    N = 4,
    TOP = 3
  };
  struct rx_error err;
  struct rx_random random;
  bool by_r = _i % 2 == 0;
  int undecided = 0, none = 0, some = 0;
  rx_random_init (&random, 11, (uint64_t)_i, 0);
  for (int trial = 0; trial < 150; trial++)
    {
      int64_t x[N], y[N], sums[2], squares[2];
      for (int i = 0; i < N; i++)
        {
          x[i] = (int64_t)rx_random_below (&random, TOP + 1);
          y[i] = (int64_t)rx_random_below (&random, TOP + 1);
        }
      moments (x, N, &sums[0], &squares[0]);
      moments (y, N, &sums[1], &squares[1]);
      struct rx_sprite_pairs_task task = { .level = 0.95, .steps = SEARCH };
      for (int k = 0; k < 2; k++)
        task.member[k] = (struct rx_sprite_task){
          .mean = printed (2, 1 + (double)sums[k] / N),
          .sd = printed (2, sd (sums[k], squares[k], N)),
          .n = N,
          .items = 1,
          .low = 1,
          .high = 1 + TOP
        };
      double u = (double)rx_random_below (&random, 41);
      if (by_r)
        task.r = printed (2, u / 20 - 1);
      else
        task.test.se = printed (2, u / 40);
      bool possible = false;
      int64_t a[N] = { 0 }, b[N] = { 0 };
      do
        {
          moments (a, N, &sums[0], &squares[0]);
          if (!rounds_to (&task.member[0].mean, 1 + (double)sums[0] / N)
              || !rounds_to (&task.member[0].sd, sd (sums[0], squares[0], N)))
            continue;
          for (int code = 0; code < 256; code++)
            {
              int64_t p = 0;
              for (int i = 0; i < N; i++)
                {
                  b[i] = code >> (2 * i) & TOP;
                  p += a[i] * b[i];
                }
              moments (b, N, &sums[1], &squares[1]);
              double vx = (double)(N * squares[0] - sums[0] * sums[0]);
              double vy = (double)(N * squares[1] - sums[1] * sums[1]);
              if (!rounds_to (&task.member[1].mean, 1 + (double)sums[1] / N)
                  || !rounds_to (&task.member[1].sd,
                                 sd (sums[1], squares[1], N)))
                continue;
              double r = (double)(N * p - sums[0] * sums[1]) / sqrt (vx * vy);
              double se
                  = sd (sums[0] - sums[1], squares[0] + squares[1] - 2 * p, N)
                    / 2;
              possible = possible
                         || (by_r ? vx * vy > 0 && rounds_to (&task.r, r)
                                  : rounds_to (&task.test.se, se));
            }
        }
      while (next (a, N, TOP));
      struct rx_sprite_pairs pairs;
      ck_assert_int_eq (rx_sprite_pairs_init (&pairs, &task, &random, &err),
                        RX_OK);
      undecided += pairs.found == RX_FOUND_UNDECIDED;
      none += pairs.found == RX_FOUND_NONE;
      some += pairs.found == RX_FOUND;
      ck_assert_msg (pairs.found == (possible ? RX_FOUND : RX_FOUND_NONE),
                     "trial %d: %d %s", trial, pairs.found, pairs.why);
      rx_sprite_pairs_free (&pairs);
    }
  ck_assert (undecided == 0 && none > 0 && some > 0);
}
END_TEST

/* d = 2, df 15; ends by qt () of R 4.2.2, or by division. */
static const struct
{
  const char *se, *t, *p, *low, *high;
  double from, to, value;
} ranges[] = {
  { NULL, NULL, "0.050", NULL, NULL, 0.9359946, 0.9406526, 0.9383286 },
  { NULL, "-2.1", NULL, NULL, NULL, 2 / 2.15, 2 / 2.05, 2 / 2.1 },
  { "0.9", "2.1", NULL, NULL, NULL, 2 / 2.15, 0.95, 2 / 2.15 },
  { "0.9", "3.1", NULL, NULL, NULL, 0.85, 2 / 3.05, NAN },
  { NULL, NULL, "<0.05", NULL, NULL, 0, 0.9383286, NAN },
  { NULL, NULL, NULL, "0.0", "4.0", 0.9148704, 0.9617868, 0.9383286 },
};

START_TEST (a_standard_error_has_a_range)
{
  struct rx_se_figures f = { 0 };
  const char *const texts[] = { ranges[_i].se, ranges[_i].t, ranges[_i].p,
                                ranges[_i].low, ranges[_i].high };
  struct rx_printed *const to[] = { &f.se, &f.t, &f.p, &f.ci_low, &f.ci_high };
  for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
    if (texts[i] != NULL)
      ck_assert (rx_printed_read (texts[i], '.', to[i]));
  struct rx_se_range found = rx_se_range (&f, 2, 15, 0.25, 0.95);
  ck_assert_double_eq_tol (found.low, ranges[_i].from, 1e-7);
  ck_assert_double_eq_tol (found.high, ranges[_i].to, 1e-7);
  if (found.low > found.high)
    return; /* they contradict each other */
  ck_assert (isnan (found.value) == isnan (ranges[_i].value));
  if (!isnan (found.value))
    ck_assert_double_eq_tol (found.value, ranges[_i].value, 1e-7);
}
END_TEST

static Suite *
suite (void)
{
  Suite *s = suite_create ("sprite");
  TCase *t = tcase_create ("sprite");
  tcase_set_timeout (t, 120);
  tcase_add_loop_test (t, sums_of_squares_are_decided, 0, 40);
  tcase_add_loop_test (t, large_problems_are_found, 0, 5);
  tcase_add_loop_test (t, data_sets_are_found_or_ruled_out, 0, 8);
  tcase_add_loop_test (t, pairs_are_found_or_ruled_out, 0, 4);
  tcase_add_loop_test (t, a_standard_error_has_a_range, 0,
                       (int)(sizeof ranges / sizeof ranges[0]));
  suite_add_tcase (s, t);
  return s;
}

int
main (void)
{
  gsl_set_error_handler_off ();
  SRunner *runner = srunner_create (suite ());
  srunner_run_all (runner, CK_NORMAL);
  int failed = srunner_ntests_failed (runner);
  srunner_free (runner);
  return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
