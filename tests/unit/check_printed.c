/* check_printed.c: printed numbers, and the checks of whole numbers against
   data that are there: what real data give must never be called impossible. */
#include "stats/even_digits.h"
#include "stats/interval_adjust.h"
#include "stats/lost_persons.h"
#include "stats/paired_spread.h"
#include "stats/printed.h"
#include "stats/rebuild.h"
#include "stats/recompute_p.h"
#include "stats/whole_means.h"

#include <check.h>
#include <gsl/gsl_errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static struct rx_printed
printed (const char *text)
{
  struct rx_printed out;
  ck_assert_msg (rx_printed_read (text, '.', &out), "%s", text);
  return out;
}

static const struct
{
  const char *text;
  double value, low, high;
} numbers[] = {
  { "0.040", 0.04, 0.0395, 0.0405 },
  { ".04", 0.04, 0.035, 0.045 },
  { "12", 12, 11.5, 12.5 },
  { "-3.3", -3.3, -3.35, -3.25 },
  { "1.2e3", 1200, 1150, 1250 },
  { "5e-4", 5e-4, 4.5e-4, 5.5e-4 },
  { "=0.5", 0.5, 0.45, 0.55 },
  { "< 0.01", 0.01, -INFINITY, 0.01 },
  { ">.05", 0.05, 0.05, INFINITY },
  { "\xe2\x88\x92"
    "2.0",
    -2, -2.05, -1.95 },
};

START_TEST (a_printed_number_is_an_interval)
{
  struct rx_printed p = printed (numbers[_i].text);
  ck_assert_double_eq (p.value, numbers[_i].value);
  ck_assert_double_eq (p.low, numbers[_i].low);
  ck_assert_double_eq (p.high, numbers[_i].high);
}
END_TEST

START_TEST (other_texts_are_none)
{
  static const char *const texts[]
      = { "", "<", "n.s.", "1,5", "0.04*", "< <1", "--1", "NaN", "1 2" };
  struct rx_printed out;
  for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
    ck_assert_msg (!rx_printed_read (texts[i], '.', &out), "%s", texts[i]);
}
END_TEST

/* Every mean k / n in two decimals is possible, every other number is not. */
START_TEST (grim_knows_every_mean)
{
  long n = _i + 1;
  for (int u = 0; u <= 300; u++)
    {
      char text[16];
      bool possible = false;
      snprintf (text, sizeof text, "%d.%02d", u / 100, u % 100);
      struct rx_printed mean = printed (text);
      for (long k = 0; k <= 4 * n; k++)
        possible = possible || labs (200 * k - 2 * n * u) <= n;
      ck_assert_msg (
          (rx_grim (&mean, false, n, 1).verdict == RX_WHOLE_CONSISTENT)
              == possible,
          "%s of %ld", text, n);
    }
}
END_TEST

/* Mean and SD of data that are there: all triples and more of 0 ... 6. */
START_TEST (grimmer_allows_real_data)
{
  static const int weights[] = { 1, 2, 5, 11 };
  for (int code = 0; code < 7 * 7 * 7; code++)
    {
      int x[3] = { code % 7, code / 7 % 7, code / 49 };
      for (int w = 0; w < 4; w++)
        {
          int n = weights[w] + 2, sum = weights[w] * x[0] + x[1] + x[2];
          double mean = (double)sum / n, squares = 0;
          squares += weights[w] * (x[0] - mean) * (x[0] - mean);
          squares += (x[1] - mean) * (x[1] - mean);
          squares += (x[2] - mean) * (x[2] - mean);
          char text[2][32];
          snprintf (text[0], sizeof text[0], "%.2f", mean);
          snprintf (text[1], sizeof text[1], "%.2f", sqrt (squares / (n - 1)));
          struct rx_printed m = printed (text[0]), sd = printed (text[1]);
          ck_assert_msg (rx_grimmer (&m, &sd, n, 1).verdict
                             == RX_WHOLE_CONSISTENT,
                         "%s (%s) of %d", text[0], text[1], n);
        }
    }
}
END_TEST

/* Figures of one comparison, rounded, are consistent and hold the truth; the
   other sign turns everything round. */
START_TEST (rounded_truth_is_consistent)
{
  double n = 12 + 7 * _i, d = 0.37 * (_i + 1), s = 0.21 * (_i + 2);
  double truth[RX_REBUILT_TERMS], point[RX_REBUILT_TERMS];
  struct rx_printed_test test
      = { .df = n - 1, .scale = 1 / sqrt (n), .level = 0.95 },
      turned;
  struct rx_rebuilt a[RX_REBUILT_TERMS], b[RX_REBUILT_TERMS];
  char text[4][32];
  for (int sign = 0; sign < 2; sign++)
    {
      struct rx_printed_test *to = sign == 0 ? &test : &turned;
      if (sign == 1)
        turned = (struct rx_printed_test){ .df = n - 1,
                                           .scale = test.scale,
                                           .level = 0.95 };
      snprintf (text[0], sizeof text[0], "%.2f", sign == 0 ? d : -d);
      snprintf (text[1], sizeof text[1], "%.2f", s);
      snprintf (text[2], sizeof text[2], "%.1f", d / s);
      to->printed[RX_REBUILT_DIFFERENCE] = printed (text[0]);
      to->printed[RX_REBUILT_SE] = printed (text[1]);
      to->printed[RX_REBUILT_T] = printed (text[2]);
      rx_rebuild (to, sign == 0 ? a : b, point);
    }
  truth[RX_REBUILT_DIFFERENCE] = d;
  truth[RX_REBUILT_SE] = s;
  truth[RX_REBUILT_SD] = s * sqrt (n);
  truth[RX_REBUILT_T] = d / s;
  truth[RX_REBUILT_DZ] = d / s / sqrt (n);
  for (int i = 0; i < RX_REBUILT_TERMS; i++)
    {
      ck_assert_int_ne (a[i].check, RX_REBUILT_INCONSISTENT);
      ck_assert_int_eq (a[i].check, b[i].check);
      if (i != RX_REBUILT_P && i != RX_REBUILT_CI_LOW
          && i != RX_REBUILT_CI_HIGH)
        ck_assert (a[i].low <= truth[i] * (1 + 1e-12)
                   && truth[i] <= a[i].high * (1 + 1e-12));
    }
  ck_assert_double_eq (a[RX_REBUILT_DZ].low, -b[RX_REBUILT_DZ].high);
  ck_assert_double_eq (a[RX_REBUILT_CI_LOW].high, -b[RX_REBUILT_CI_HIGH].low);
  ck_assert_double_eq (a[RX_REBUILT_P].low, b[RX_REBUILT_P].low);
}
END_TEST

/* t(28) = 2.20 has p = 0.0362: who prints p > .05 decides otherwise. */
static const struct
{
  const char *p;
  bool fits, otherwise;
} claims[] = {
  { ".04", true, false },  { ".03", false, false }, { ".06", false, true },
  { ">.05", false, true }, { "<.05", true, false }, { "<.01", false, false },
  { ">.01", true, false },
};

START_TEST (a_claim_is_judged)
{
  struct rx_printed t = printed ("2.20"), p = printed (claims[_i].p);
  struct rx_recomputed found = rx_recompute_p (RX_STATISTIC_T, &t, NAN, 28);
  ck_assert_int_eq (rx_recomputed_fits (&found, &p), claims[_i].fits);
  ck_assert_int_eq (rx_recomputed_decides_otherwise (&found, &p, 1 - 0.95),
                    claims[_i].otherwise);
}
END_TEST

/* Worked by hand in the heads of the files. */
START_TEST (values_by_hand)
{
  struct rx_printed three = printed ("3"), four = printed ("4");
  struct rx_spread sd = { 5, 5, 5 };
  ck_assert_double_eq (rx_spread_correlation (&three, &four, sd).value, 0);
  sd.value = 1;
  ck_assert_double_eq (rx_spread_correlation (&three, &four, sd).value, 1);

  struct rx_completers c = { 2, 8, 59, 1 / sqrt (60), 60 };
  struct rx_with_lost all = rx_with_lost (&c, 20, -1);
  ck_assert_double_eq_tol (all.difference, 1.25, 1e-12);
  ck_assert_double_eq_tol (all.se, sqrt ((78 * 64 + 15 * 9) / 79.0 / 80),
                           1e-12);
  double tip = rx_tipping_point (&c, 20, 0.3);
  ck_assert_double_eq_tol (rx_with_lost (&c, 20, tip).p, 0.3, 1e-12);
  c.difference = -2;
  ck_assert_double_eq (rx_tipping_point (&c, 20, 0.3), -tip);

  struct rx_error err;
  struct rx_even_digits even;
  size_t twice[RX_DIGITS] = { 0, 2 }, once[RX_DIGITS] = { 1, 1 };
  ck_assert_int_eq (rx_even_digits (twice, &even, &err), RX_OK);
  ck_assert_double_eq_tol (even.p_exact, 0.1, 1e-14);
  ck_assert_int_eq (rx_even_digits (once, &even, &err), RX_OK);
  ck_assert_double_eq_tol (even.p_exact, 1, 1e-14);
}
END_TEST

/* Whatever p there are within the intervals, the adjusted ones are within the
   adjusted intervals; and at the threshold they are alpha at most. */
START_TEST (adjusted_intervals_hold)
{
  enum
  {
    N = 5
  };
  const struct rx_adjustment *adjustment = &rx_adjustments[_i];
  if (adjustment->run == NULL)
    return; /* it needs more than p-values */
  struct rx_p_range p[N] = {
    { 0.035, 0.045 }, { 0, 0.01 }, { 0.045, 0.055 }, { 0.05, 1 }, { 0, 1 }
  };
  struct rx_p_range adjusted[N], threshold;
  double inside[N], of_inside[N];
  struct rx_error err;
  ck_assert_int_eq (rx_adjust_ranges (adjustment, p, N, adjusted, &err),
                    RX_OK);
  for (int part = 0; part < 243; part++)
    {
      for (int i = 0, rest = part; i < N; i++, rest /= 3)
        inside[i] = p[i].low + (p[i].high - p[i].low) * (rest % 3) / 2;
      ck_assert_int_eq (rx_adjust (adjustment, inside, N, of_inside, &err),
                        RX_OK);
      for (int i = 0; i < N; i++)
        ck_assert (of_inside[i] >= adjusted[i].low
                   && of_inside[i] <= adjusted[i].high);
    }
  ck_assert_int_eq (
      rx_adjust_threshold (adjustment, p, N, 1, 0.05, &threshold, &err),
      RX_OK);
  ck_assert (threshold.low <= threshold.high);
  if (_i == 0)
    ck_assert_double_eq_tol (threshold.low, 0.01, 1e-13);
}
END_TEST

int
main (void)
{
  gsl_set_error_handler_off ();
  Suite *suite = suite_create ("printed");
  TCase *tcase = tcase_create ("printed numbers");
  tcase_add_loop_test (tcase, a_printed_number_is_an_interval, 0,
                       (int)(sizeof numbers / sizeof numbers[0]));
  tcase_add_test (tcase, other_texts_are_none);
  tcase_add_loop_test (tcase, grim_knows_every_mean, 0, 60);
  tcase_add_test (tcase, grimmer_allows_real_data);
  tcase_add_loop_test (tcase, rounded_truth_is_consistent, 0, 12);
  tcase_add_loop_test (tcase, a_claim_is_judged, 0,
                       (int)(sizeof claims / sizeof claims[0]));
  tcase_add_test (tcase, values_by_hand);
  tcase_add_loop_test (tcase, adjusted_intervals_hold, 0,
                       (int)rx_n_adjustments);
  suite_add_tcase (suite, tcase);
  SRunner *runner = srunner_create (suite);
  srunner_run_all (runner, CK_NORMAL);
  int failed = srunner_ntests_failed (runner);
  srunner_free (runner);
  return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
