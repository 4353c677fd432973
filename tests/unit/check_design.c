/* check_design.c: sets of sequences and randomisation lists. */
#include "designs/allocation.h"
#include "designs/sequence_set.h"
#include "stats/design_variance.h"

#include <check.h>
#include <gsl/gsl_errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static const size_t prime_powers[] = { 2, 3, 4, 5, 7, 8, 9, 11, 13, 16 };

static struct rx_sequence_list
made (const char *name, size_t treatments, size_t periods)
{
  struct rx_sequence_list list = { 0 };
  struct rx_error err = { 0 };
  const struct rx_sequence_set *set = rx_sequence_set_find (name);
  ck_assert_ptr_nonnull (set);
  ck_assert_msg (rx_sequence_set_make (set, treatments, periods, &list, &err)
                     == RX_OK,
                 "%s", err.message);
  return list;
}

/* In any two periods each ordered pair of different treatments is there
   once. */
START_TEST (orthogonal_squares_are_orthogonal)
{
  size_t t = prime_powers[_i];
  struct rx_sequence_list list = made ("orthogonal", t, 0);
  size_t *pair = calloc (t * t, sizeof *pair);
  ck_assert_ptr_nonnull (pair);
  ck_assert_uint_eq (list.n, t * (t - 1));
  for (size_t p = 0; p < t; p++)
    for (size_t q = 0; q < p; q++)
      {
        memset (pair, 0, t * t * sizeof *pair);
        for (size_t s = 0; s < list.n; s++)
          pair[list.treatment[s * t + p] * t + list.treatment[s * t + q]]++;
        for (size_t i = 0; i < t; i++)
          for (size_t j = 0; j < t; j++)
            ck_assert_uint_eq (pair[i * t + j], i != j);
      }
  free (pair);
  rx_sequence_list_free (&list);
}
END_TEST

/* Every treatment once per sequence, as often in each period, and followed as
   often by each other one. */
START_TEST (williams_designs_are_balanced)
{
  size_t t = (size_t)_i + 2;
  struct rx_sequence_list list = made ("williams", t, 0);
  struct rx_sequences design
      = { t, list.n, list.periods, list.treatment, NULL };
  struct rx_design_balance b = rx_design_balance (&design);
  ck_assert_uint_eq (list.n, t % 2 == 1 ? 2 * t : t);
  ck_assert (b.on_periods && b.on_subjects && b.balanced && !b.strongly);
  rx_sequence_list_free (&list);
}
END_TEST

/* A set gives the sequences that its row of the table claims, or makes some
   for the treatments it has. */
START_TEST (every_set_can_be_made)
{
  const struct rx_sequence_set *set = &rx_sequence_sets[_i];
  struct rx_sequence_list list
      = made (set->name, set->treatments > 0 ? 0 : 3, 0);
  ck_assert_uint_ge (list.periods, 2);
  for (size_t i = 0; i < list.n * list.periods; i++)
    ck_assert_uint_lt (list.treatment[i], list.treatments);
  ck_assert_str_ne (set->source, "");
  rx_sequence_list_free (&list);
}
END_TEST

/* More subjects, smaller variances, in proportion; one sequence alone tells
   nothing. */
START_TEST (variances_scale_with_the_subjects)
{
  const size_t abba[] = { 0, 1, 1, 0 };
  const double subjects[] = { 6, 6 };
  double one[4], six[4];
  struct rx_error err = { 0 };
  struct rx_sequences design = { 2, 2, 2, abba, NULL };
  ck_assert_int_eq (rx_design_variance (&design, NULL, one, NULL, &err),
                    RX_OK);
  design.subjects = subjects;
  ck_assert_int_eq (rx_design_variance (&design, NULL, six, NULL, &err),
                    RX_OK);
  ck_assert_double_eq_tol (one[1], 1, 1e-14);
  ck_assert_double_eq_tol (six[1], 1. / 6, 1e-14);
  ck_assert (one[0] == 0);
  design.n = 1;
  ck_assert_int_eq (rx_design_variance (&design, NULL, one, NULL, &err),
                    RX_OK);
  ck_assert (isnan (one[1]));
}
END_TEST

/* Columns of what A and B leave behind, by hand: before, now, expected. */
static const struct
{
  const char *model;
  size_t part, before, now, columns;
  double x[2];
} carried[] = {
  { "first-order", 0, 0, 1, 1, { 0 } }, /* the reference, A, has none */
  { "first-order", 0, 1, 1, 1, { 1 } },
  { "second-order", 1, 1, 0, 1, { 1 } },
  { "self-mixed", 0, 0, 0, 2, { 0, 0 } },
  { "self-mixed", 0, 0, 1, 2, { 1, 0 } },
  { "self-mixed", 1, 0, 0, 2, { 1, 0 } },
  { "self-mixed", 1, 1, 0, 2, { 0, 0 } },
  { "no-self", 0, 1, 0, 2, { 0, 1 } },
  { "decay", 0, 1, 1, 2, { 0, 1 } },
  { "interaction", 1, 0, 0, 1, { 1 } },
  { "interaction", 1, 0, 1, 1, { -1 } },
};

START_TEST (what_is_carried_over_has_its_columns)
{
  const struct rx_carryover *model = rx_carryover_find (carried[_i].model);
  ck_assert_ptr_nonnull (model);
  ck_assert_uint_lt (carried[_i].part, model->n_parts);
  const struct rx_carryover_part *part = &model->part[carried[_i].part];
  double x[2] = { 7, 7 };
  ck_assert_uint_eq (rx_carryover_columns (part, 2), carried[_i].columns);
  rx_carryover_fill (part, 2, 0, carried[_i].before, carried[_i].now, x);
  for (size_t i = 0; i < carried[_i].columns; i++)
    ck_assert (x[i] == carried[_i].x[i]);
}
END_TEST

static struct rx_allocation
allocated (size_t sequences, size_t n, const size_t *sizes, size_t n_sizes,
           uint64_t seed, uint64_t stratum)
{
  struct rx_allocation a = { 0 };
  struct rx_error err = { 0 };
  ck_assert_msg (rx_allocation_make (&a, sequences, n, sizes, n_sizes, seed,
                                     stratum, &err)
                     == RX_OK,
                 "%s", err.message);
  return a;
}

START_TEST (blocks_hold_every_sequence_equally_often)
{
  const size_t sizes[] = { 3, 6, 12 };
  struct rx_allocation a = allocated (3, 997, sizes, 3, 7, 0);
  bool seen[13] = { false };
  for (size_t from = 0, to; from < a.n; from = to)
    {
      size_t count[3] = { 0, 0, 0 };
      for (to = from; to < a.n && a.block[to] == a.block[from]; to++)
        count[a.sequence[to]]++;
      if (to == a.n) /* the last one is cut short */
        break;
      ck_assert_uint_eq (count[0], count[1]);
      ck_assert_uint_eq (count[0], count[2]);
      seen[to - from] = true;
      ck_assert_uint_eq (a.block[to], a.block[from] + 1);
    }
  ck_assert (seen[3] && seen[6] && seen[12]);
  rx_allocation_free (&a);
}
END_TEST

/* A longer list begins with the shorter one; another seed or stratum has
   another list. */
START_TEST (a_list_depends_on_seed_and_stratum_alone)
{
  struct rx_allocation a = allocated (4, 400, NULL, 0, 11, 2);
  struct rx_allocation longer = allocated (4, 800, NULL, 0, 11, 2);
  struct rx_allocation seed = allocated (4, 400, NULL, 0, 12, 2);
  struct rx_allocation stratum = allocated (4, 400, NULL, 0, 11, 3);
  size_t bytes = a.n * sizeof *a.sequence;
  ck_assert_int_eq (memcmp (a.sequence, longer.sequence, bytes), 0);
  ck_assert_int_ne (memcmp (a.sequence, seed.sequence, bytes), 0);
  ck_assert_int_ne (memcmp (a.sequence, stratum.sequence, bytes), 0);
  rx_allocation_free (&a);
  rx_allocation_free (&longer);
  rx_allocation_free (&seed);
  rx_allocation_free (&stratum);
}
END_TEST

/* The six orders of three sequences in a block come equally often: chi-squared
   with 5 df beyond 35.9 has a probability of 1e-6. */
START_TEST (orders_come_equally_often)
{
  enum
  {
    BLOCKS = 6000
  };
  struct rx_allocation a
      = allocated (3, (size_t)3 * BLOCKS, NULL, 0, 20260101, 0);
  size_t count[9] = { 0 };
  double chi_squared = 0;
  for (size_t b = 0; b < BLOCKS; b++)
    count[a.sequence[3 * b] * 3 + a.sequence[3 * b + 1]]++;
  for (size_t i = 0; i < 9; i++)
    {
      double expected = i % 4 == 0 ? 0 : BLOCKS / 6.;
      double far = (double)count[i] - expected;
      if (expected == 0)
        ck_assert_uint_eq (count[i], 0);
      else
        chi_squared += far * far / expected;
    }
  ck_assert_double_lt (chi_squared, 35.9);
  rx_allocation_free (&a);
}
END_TEST

int
main (void)
{
  gsl_set_error_handler_off ();
  Suite *suite = suite_create ("design");
  TCase *tcase = tcase_create ("all");
  tcase_add_loop_test (tcase, orthogonal_squares_are_orthogonal, 0,
                       (int)(sizeof prime_powers / sizeof prime_powers[0]));
  tcase_add_loop_test (tcase, williams_designs_are_balanced, 0, 19);
  tcase_add_loop_test (tcase, every_set_can_be_made, 0,
                       (int)rx_n_sequence_sets);
  tcase_add_test (tcase, variances_scale_with_the_subjects);
  tcase_add_loop_test (tcase, what_is_carried_over_has_its_columns, 0,
                       sizeof carried / sizeof carried[0]);
  tcase_add_test (tcase, blocks_hold_every_sequence_equally_often);
  tcase_add_test (tcase, a_list_depends_on_seed_and_stratum_alone);
  tcase_add_test (tcase, orders_come_equally_often);
  suite_add_tcase (suite, tcase);
  SRunner *runner = srunner_create (suite);
  srunner_run_all (runner, CK_ENV);
  int failed = srunner_ntests_failed (runner);
  srunner_free (runner);
  return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
