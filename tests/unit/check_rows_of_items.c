/* check_rows_of_items.c: rows and remarks of independent items come in the
   order of the items, whatever the number of threads; the first failure is
   the one that is told. */
#include "base/threads.h"
#include "methods/rows_of_items.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum
{
  ITEMS = 500,
  GROUP = 7, /* items that share a remark */
  NEVER = ITEMS
};

static const size_t thread_counts[] = { 1, 2, 7, 64 };

static size_t
uneven (size_t item)
{
  return item % 4;
}

static size_t
even (size_t item)
{
  (void)item;
  return 3;
}

/* The first makes as many as most. */
static size_t
all_but_some (size_t item)
{
  return item % 100 == 99 ? 5 : item % 50 == 7 ? 0 : 2;
}

/* The first makes none. */
static size_t
none_first (size_t item)
{
  return item == 0 ? 0 : 1;
}

static size_t (*const counts[]) (size_t)
    = { uneven, even, all_but_some, none_first };
enum
{
  COUNTS = sizeof counts / sizeof counts[0],
  THREAD_COUNTS = sizeof thread_counts / sizeof thread_counts[0]
};

struct plan
{
  size_t fails_from;
  size_t (*count) (size_t item);
};

/* Some rows, and a remark. */
static enum rx_status
make (const void *context, size_t item, struct rx_rows *rows,
      struct rx_error *err)
{
  const struct plan *plan = context;
  if (item >= plan->fails_from)
    return rx_fail (err, RX_EDATA, "item %zu", item);
  for (size_t i = 0; i < plan->count (item); i++)
    {
      char name[32];
      struct rx_row row = rx_row_blank ();
      snprintf (name, sizeof name, "e%zu", item);
      row.endpoint = name;
      row.estimate = (double)i;
      if (rx_rows_add (rows, &row, err) != RX_OK)
        return err->status;
    }
  return rx_rows_remark (rows, item % 2 == 0, err, "group %zu", item / GROUP);
}

START_TEST (in_order)
{
  struct rx_error err = { 0 };
  struct rx_rows rows
      = { .study = "s", .analysis = "a", .note = "words in front" };
  struct rx_row before = rx_row_blank ();
  const struct plan plan = { NEVER, counts[_i % COUNTS] };
  before.endpoint = "before";
  ck_assert_int_eq (rx_rows_add (&rows, &before, &err), RX_OK);
  ck_assert_int_eq (rx_rows_remark (&rows, false, &err, "group 3"), RX_OK);
  rx_threads_set (thread_counts[_i / COUNTS]);
  ck_assert_int_eq (rx_rows_of_items (ITEMS, make, &plan, &rows, &err), RX_OK);
  size_t at = 0;
  ck_assert_str_eq (rows.row[at++].endpoint, "before");
  for (size_t item = 0; item < ITEMS; item++)
    for (size_t i = 0; i < plan.count (item); i++, at++)
      {
        char name[32];
        snprintf (name, sizeof name, "e%zu", item);
        ck_assert_uint_lt (at, rows.n);
        ck_assert_str_eq (rows.row[at].endpoint, name);
        ck_assert_str_eq (rows.row[at].study, "s");
        ck_assert_str_eq (rows.row[at].analysis, "a");
        ck_assert_str_eq (rows.row[at].note, "words in front");
        ck_assert (rows.row[at].estimate == (double)i);
      }
  ck_assert_uint_eq (rows.n, at);
  /* the remark that was there, then each of the others once */
  ck_assert_uint_eq (rows.n_remarks, (ITEMS + GROUP - 1) / GROUP);
  ck_assert_str_eq (rows.remark[0].text, "group 3");
  for (size_t g = 0, r = 1; g < rows.n_remarks; g++)
    {
      char text[32];
      if (g == 3)
        continue;
      snprintf (text, sizeof text, "group %zu", g);
      ck_assert_str_eq (rows.remark[r].text, text);
      ck_assert_int_eq (rows.remark[r].is_warning, g * GROUP % 2 == 0);
      r++;
    }
  rx_rows_free (&rows);
}
END_TEST

START_TEST (first_failure)
{
  static const size_t from[] = { 0, 1, 250, ITEMS - 1 };
  rx_threads_set (thread_counts[_i]);
  for (size_t f = 0; f < sizeof from / sizeof from[0]; f++)
    {
      struct rx_error err = { 0 };
      struct rx_rows rows = { .analysis = "a" };
      const struct plan plan = { from[f], uneven };
      char message[32];
      snprintf (message, sizeof message, "item %zu", from[f]);
      ck_assert_int_eq (rx_rows_of_items (ITEMS, make, &plan, &rows, &err),
                        RX_EDATA);
      ck_assert_str_eq (err.message, message);
      ck_assert_uint_eq (rows.n, 0);
      ck_assert_uint_eq (rows.n_remarks, 0);
      rx_rows_free (&rows);
    }
}
END_TEST

START_TEST (no_items)
{
  struct rx_error err = { 0 };
  struct rx_rows rows = { 0 };
  const struct plan plan = { NEVER, even };
  ck_assert_int_eq (rx_rows_of_items (0, make, &plan, &rows, &err), RX_OK);
  ck_assert_uint_eq (rows.n, 0);
  rx_rows_free (&rows);
}
END_TEST

int
main (void)
{
  Suite *suite = suite_create ("rows_of_items");
  TCase *tests = tcase_create ("rows_of_items");
  tcase_add_loop_test (tests, in_order, 0, COUNTS * THREAD_COUNTS);
  tcase_add_loop_test (tests, first_failure, 0, THREAD_COUNTS);
  tcase_add_test (tests, no_items);
  suite_add_tcase (suite, tests);
  SRunner *runner = srunner_create (suite);
  srunner_run_all (runner, CK_NORMAL);
  int failed = srunner_ntests_failed (runner);
  srunner_free (runner);
  return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
