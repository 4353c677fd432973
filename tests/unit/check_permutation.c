/* check_permutation.c: sums of random subsets, the permutation and the exact
   signed-rank test, effect sizes. */
#include "methods/labels.h"
#include "oracle_table.h"
#include "stats/signed_rank.h"
#include "stats/standardised.h"
#include "stats/subset_sum.h"

#include <gsl/gsl_errno.h>

static const double EXACT = 1e-13;

enum
{
  N = 15,
  REPLICATES = 100000
};

/* P by listing every subset of m of n. */
static double
by_listing (const struct rx_subset *s)
{
  int64_t all = 0;
  size_t far = 0, total = 0;
  for (size_t i = 0; i < s->n; i++)
    all += s->score[i];
  int64_t centre = (int64_t)s->m * all, n = (int64_t)s->n;
  int64_t seen = llabs (s->observed * n - centre);
  for (unsigned mask = 0; mask < 1U << s->n; mask++)
    {
      int64_t sum = 0;
      size_t size = 0;
      for (size_t i = 0; i < s->n; i++)
        if (mask >> i & 1)
          {
            sum += s->score[i];
            size++;
          }
      if (size != s->m)
        continue;
      total++;
      far += llabs (sum * n - centre) >= seen;
    }
  return (double)far / (double)total;
}

/* Scores of one kind or another, negative ones and ties among them. */
static void
fill (int64_t score[N], int kind)
{
  for (int i = 0; i < N; i++)
    score[i] = kind == 0   ? (i * 7919 + 13) % 11 - 5
               : kind == 1 ? (int64_t)i * i * i - 500
                           : i % 3 - 1;
}

/* Table, halves and listing agree for every m and every observed subset of
   neighbours. */
START_TEST (three_ways_to_p)
{
  struct rx_error err = { RX_OK, "" };
  int64_t score[N];
  fill (score, _i);
  for (size_t m = 1; m < N; m++)
    for (size_t from = 0; from + m <= N; from += 3)
      {
        double table, halves;
        struct rx_subset s = { score, N, m, 0, 0 };
        for (size_t i = from; i < from + m; i++)
          s.observed += score[i];
        ck_assert (rx_subset_sum_table (&s, &table, &err) == RX_OK);
        ck_assert (rx_subset_sum_halves (&s, &halves, &err) == RX_OK);
        double listed = by_listing (&s);
        ck_assert_msg (agrees (table, listed, EXACT)
                           && agrees (halves, listed, EXACT),
                       "m %zu from %zu: %.17g, %.17g, expected %.17g", m, from,
                       table, halves, listed);
      }
}
END_TEST

START_TEST (subset_by_hand)
{
  static const int64_t score[] = { 1, 2, 3, 4, 5 };
  struct rx_subset s = { score, 5, 2, 3, 0 };
  struct rx_error err = { RX_OK, "" };
  double p, mean, sd;
  ck_assert (rx_subset_sum_table (&s, &p, &err) == RX_OK);
  ck_assert (agrees (p, 0.2, EXACT));
  rx_subset_sum_moments (&s, &mean, &sd);
  ck_assert (mean == 6 && agrees (sd, sqrt (3), EXACT));
}
END_TEST

/* Far apart beyond what a table holds: only the observed labels and, with as
   many on either side, their mirror image are as extreme. */
START_TEST (large_scores)
{
  enum
  {
    BOTH = RX_SUBSET_HALVES_MOST
  };
  struct rx_error err = { RX_OK, "" };
  int64_t score[BOTH];
  double p, ways = 1;
  struct rx_subset s = { score, BOTH, BOTH / 2, 0, 0 };
  for (int i = 0; i < BOTH; i++)
    score[i] = (i < BOTH / 2 ? 0 : 1000000007LL) + (int64_t)i * i * 1009;
  for (size_t i = 0; i < s.m; i++)
    s.observed += score[i];
  for (int i = 1; i <= BOTH / 2; i++)
    ways *= (double)(BOTH / 2 + i) / i;
  ck_assert (isinf (rx_subset_sum_table_cost (&s)));
  ck_assert (rx_subset_sum_halves (&s, &p, &err) == RX_OK);
  ck_assert (agrees (p, 2 / ways, EXACT));
}
END_TEST

/* Random labels: within five standard errors of the exact p (a false alarm in
   two million runs, and the seed is fixed); the same again from the same seed
   and stream; another stream gives other numbers. */
START_TEST (random_labels)
{
  struct rx_error err = { RX_OK, "" };
  int64_t score[N];
  double p;
  size_t far, again, other;
  fill (score, 1);
  struct rx_subset s = { score, N, 7, 0, 0 };
  for (size_t i = 3; i < 10; i++)
    s.observed += score[i];
  ck_assert (rx_subset_sum_table (&s, &p, &err) == RX_OK);
  ck_assert (rx_subset_sum_random (&s, 1, 2, REPLICATES, &far, &err) == RX_OK);
  ck_assert (rx_subset_sum_random (&s, 1, 2, REPLICATES, &again, &err)
             == RX_OK);
  ck_assert (rx_subset_sum_random (&s, 1, 3, REPLICATES, &other, &err)
             == RX_OK);
  ck_assert (far == again && far != other);
  double se = sqrt (p * (1 - p) / REPLICATES);
  ck_assert_msg (fabs ((double)far / REPLICATES - p) < 5 * se,
                 "%zu of %d, expected p %g", far, REPLICATES, p);
}
END_TEST

/* Subsets of a few, of half and of nearly all, in masks of one word and of
   more: each within five standard errors of the exact p. */
START_TEST (random_subsets)
{
  static const struct
  {
    size_t n, m;
  } sizes[] = { { 1, 1 },   { 2, 1 },   { 8, 3 },    { 40, 20 }, { 64, 2 },
                { 64, 62 }, { 65, 33 }, { 130, 65 }, { 131, 7 } };
  int64_t score[131];
  for (size_t k = 0; k < sizeof sizes / sizeof sizes[0]; k++)
    {
      struct rx_error err = { RX_OK, "" };
      struct rx_subset s = { score, sizes[k].n, sizes[k].m, 0, 0 };
      double p;
      size_t far;
      for (size_t i = 0; i < s.n; i++)
        {
          score[i] = (int64_t)(i * i * 7 % 23);
          s.observed += i < s.m ? score[i] : 0;
        }
      ck_assert (rx_subset_sum_table (&s, &p, &err) == RX_OK);
      ck_assert (rx_subset_sum_random (&s, 1, k, REPLICATES, &far, &err)
                 == RX_OK);
      double se = sqrt (p * (1 - p) / REPLICATES);
      ck_assert_msg (fabs ((double)far / REPLICATES - p) <= 5 * se,
                     "%zu of %zu: %zu of %d, expected p %g", s.m, s.n, far,
                     REPLICATES, p);
    }
}
END_TEST

/* Values that are no decimals: equal differences tie all the same. */
START_TEST (labels_of_logarithms)
{
  struct rx_error err = { RX_OK, "" };
  double x[] = { log (1.2) - log (0.4), log (3), log (6) - log (2) };
  double y[] = { log (0.3) - log (0.1), log (9) - log (3) };
  int64_t key[] = { 1, 1, 1 };
  size_t subject[] = { 0, 1, 2 };
  struct rx_contrast a = { 3, x, key, 0, subject };
  struct rx_contrast b = { 2, y, key, 0, subject };
  struct rx_labels labels;
  double p;
  ck_assert (rx_labels_make (&labels, &a, &b, &err) == RX_OK);
  ck_assert (rx_subset_sum_halves (&labels.subset, &p, &err) == RX_OK);
  ck_assert (p == 1);
  rx_labels_free (&labels);
}
END_TEST

/* Hollander & Wolfe's depression scores (R, ?wilcox.test): V = 40, p =
   0.0390625; estimate and interval by wilcox.test, R 4.2.2. */
START_TEST (signed_rank_published)
{
  static const int64_t x[]
      = { 1830, 500, 1620, 2480, 1680, 1880, 1550, 3060, 1300 };
  static const int64_t y[]
      = { 878, 647, 598, 2050, 1060, 1290, 1060, 3140, 1290 };
  struct rx_error err = { RX_OK, "" };
  double value[9];
  int64_t key[9];
  for (size_t i = 0; i < 9; i++)
    {
      key[i] = x[i] - y[i];
      value[i] = (double)key[i] / 1000;
    }
  struct rx_sample d = { value, key, 1000, 9 };
  struct rx_rank_test test;
  ck_assert (rx_signed_rank_exact (d, 0.95, &test, &err) == RX_OK);
  ck_assert (test.statistic == 40 && test.p == 0.0390625);
  ck_assert (agrees (test.estimate, 0.46, EXACT));
  ck_assert (agrees (test.low, 0.01, EXACT));
  ck_assert (agrees (test.high, 0.786, EXACT));
  ck_assert (rx_signed_rank_normal (d, 0.95, &test, &err) == RX_OK);
  ck_assert (agrees (test.p, 0.0381517101734152, 1e-12));
}
END_TEST

/* Quantiles of V without ties: R 4.2.2's qsignrank. */
START_TEST (signed_rank_quantiles)
{
  static const struct
  {
    size_t n;
    double p;
    uint64_t k;
  } rows[] = { { 5, 0.025, 0 },  { 6, 0.025, 1 },        { 10, 0.025, 9 },
               { 10, 0.05, 11 }, { 50, 0.025, 435 },     { 200, 0.025, 8445 },
               { 3, 0.125, 0 },  { 1000, 0.025, 232347 } };
  struct rx_error err = { RX_OK, "" };
  for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
    {
      uint64_t k;
      ck_assert (rx_signed_rank_quantile (rows[i].n, rows[i].p, &k, &err)
                 == RX_OK);
      ck_assert_msg (k == rows[i].k, "n %zu: %llu", rows[i].n,
                     (unsigned long long)k);
    }
}
END_TEST

/* Student's sleep data (R, ?sleep): effect sizes by R 4.2.2. */
START_TEST (sleep_sizes)
{
  static const double x[]
      = { 0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0, 2 };
  static const double y[]
      = { 1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4 };
  double d[10];
  for (int i = 0; i < 10; i++)
    d[i] = x[i] - y[i];
  struct rx_standardised s
      = rx_standardised_of ((struct rx_pairs){ x, y, d, 10 }, 0.95);
  ck_assert (agrees (s.dz.estimate, -1.28455756259105, EXACT));
  ck_assert (agrees (s.dav_mean_sd.estimate, -0.833496341312704, EXACT));
  ck_assert (agrees (s.dav_rms_sd.estimate, -0.83218108134954, EXACT));
  ck_assert (agrees (s.drm.estimate, -0.822176638386309, EXACT));
  ck_assert (agrees (s.correlation.estimate, 0.795170205833578, EXACT));
  ck_assert (agrees (s.gz.estimate, -1.1739249035142, EXACT));
  ck_assert (agrees (s.gav.estimate, -0.761711378726636, EXACT));
  ck_assert (agrees (s.sd_x.estimate, 1.78900965775916, EXACT));
  ck_assert (agrees (s.sd_y.estimate, 2.00224873579683, EXACT));
  ck_assert (agrees (rx_hedges_j (9), 0.913874891792553, EXACT));
  /* R's pt with ncp, solved for */
  ck_assert (agrees (s.dz.low, -2.118016513977067, 1e-9));
  ck_assert (agrees (s.dz.high, -0.414627756380143, 1e-9));
}
END_TEST

int
main (void)
{
  gsl_set_error_handler_off ();
  Suite *suite = suite_create ("permutation");
  TCase *tests = tcase_create ("permutation");
  tcase_add_loop_test (tests, three_ways_to_p, 0, 3);
  tcase_add_test (tests, subset_by_hand);
  tcase_add_test (tests, large_scores);
  tcase_add_test (tests, random_labels);
  tcase_add_test (tests, random_subsets);
  tcase_add_test (tests, labels_of_logarithms);
  tcase_add_test (tests, signed_rank_published);
  tcase_add_test (tests, signed_rank_quantiles);
  tcase_add_test (tests, sleep_sizes);
  tcase_set_timeout (tests, 60);
  suite_add_tcase (suite, tests);
  SRunner *runner = srunner_create (suite);
  srunner_run_all (runner, CK_NORMAL);
  int failed = srunner_ntests_failed (runner);
  srunner_free (runner);
  return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
