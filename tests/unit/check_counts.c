/* check_counts.c: estimating equations, counts within persons and bootstrap
   intervals against R and by hand. */
#include "oracle_table.h"
#include "stats/bootstrap.h"
#include "stats/gee.h"
#include "stats/negbin.h"
#include "stats/strata_poisson.h"

#include <gsl/gsl_errno.h>
#include <string.h>

static const double FITTED = 1e-8; /* R stops where estimates stand still */
static const double CLOSED = 1e-9;
static const double EXACT = 1e-14;  /* closed forms: a few roundings */
static const double NEWTON = 1e-11; /* its last step is not taken */
static const double LEVEL = 0.95;

enum
{
  COLUMNS_MOST = 4
};

/* A table as grouped rows: groups are runs of one value of a column. */
struct grouped
{
  struct rx_linear_data data;
  double *x, *y, *offset;
  size_t *first;
};

static void
grouped_make (struct grouped *g, const struct rx_table *table,
              const char *group, const char *y, const char *time)
{
  size_t n = table->n_rows;
  *g = (struct grouped){ .x = calloc (n * COLUMNS_MOST, sizeof *g->x),
                         .y = calloc (n, sizeof *g->y),
                         .offset = calloc (n, sizeof *g->offset),
                         .first = calloc (n + 1, sizeof *g->first) };
  ck_assert (g->x != NULL && g->y != NULL && g->offset != NULL
             && g->first != NULL);
  size_t groups = 0;
  for (size_t i = 0; i < n; i++)
    {
      if (i == 0
          || strcmp (oracle_text (table, i, group),
                     oracle_text (table, i - 1, group))
                 != 0)
        g->first[groups++] = i;
      g->y[i] = oracle_number (table, i, y);
      if (time != NULL)
        g->offset[i] = log (oracle_number (table, i, time));
    }
  g->first[groups] = n;
  g->data = (struct rx_linear_data){ n, 0, groups, g->first, g->x, g->y };
}

static void
grouped_free (struct grouped *g)
{
  free (g->x);
  free (g->y);
  free (g->offset);
  free (g->first);
}

static void
check_number (const char *what, double got, double expected, double tolerance)
{
  ck_assert_msg (agrees (got, expected, tolerance),
                 "%s: got %.17g, expected %.17g", what, got, expected);
}

/* Every number of a fit, groups of one to five rows, an offset. */
START_TEST (fits_of_geepack)
{
  static const struct
  {
    const char *y, *time;
    const struct rx_gee_family *family;
  } kinds[] = { { "count", "time", &rx_gee_poisson },
                { "yes", NULL, &rx_gee_binomial },
                { "value", NULL, &rx_gee_gaussian } };
  struct rx_table expected, table;
  struct rx_error err = { RX_OK, "" };
  char path[PATH_MAX];
  oracle_read (&expected, "gee_fit.tsv");
  const char *top = getenv ("srcdir");
  snprintf (path, sizeof path, "%s/tests/oracle/data/gee_counts_synthetic.csv",
            top != NULL ? top : ".");
  table = (struct rx_table){ 0 };
  ck_assert_int_eq (rx_table_read (&table, path, NULL, &err), RX_OK);
  for (size_t k = 0; k < sizeof kinds / sizeof kinds[0]; k++)
    {
      struct grouped g;
      struct rx_gee fit;
      grouped_make (&g, &table, "group", kinds[k].y, kinds[k].time);
      g.data.p = 2;
      for (size_t i = 0; i < g.data.n; i++)
        {
          g.x[2 * i] = 1;
          g.x[2 * i + 1] = oracle_number (&table, i, "x");
        }
      const struct rx_gee_spec spec = { .family = kinds[k].family,
                                        .offset = g.offset,
                                        .exchangeable = true };
      ck_assert_int_eq (rx_gee_fit (&fit, &g.data, &spec, &err), RX_OK);
      ck_assert_ptr_null (fit.why);
      double unit = fit.unit;
      ck_assert_str_eq (oracle_text (&expected, k, "family"),
                        kinds[k].family->name);
      const struct
      {
        const char *column;
        double got;
      } cells[] = {
        { "intercept", unit * fit.beta[0] },
        { "slope", unit * fit.beta[1] },
        { "naive_intercept", unit * sqrt (fit.naive[0]) },
        { "naive_slope", unit * sqrt (fit.naive[3]) },
        { "robust_intercept", unit * sqrt (fit.robust[0]) },
        { "robust_slope", unit * sqrt (fit.robust[3]) },
        { "correlation", fit.correlation },
        { "dispersion", unit * unit * fit.dispersion },
      };
      for (size_t c = 0; c < sizeof cells / sizeof cells[0]; c++)
        check_number (cells[c].column, cells[c].got,
                      oracle_number (&expected, k, cells[c].column), FITTED);
      rx_gee_free (&fit);
      grouped_free (&g);
    }
  rx_table_free (&table);
  rx_table_free (&expected);
}
END_TEST

/* The epilepsy counts of Thall & Vail as Diggle, Heagerty, Liang & Zeger 2002
   analyse them, where the reference sets are at hand. */
static void
check_epilepsy (const struct rx_table *data, const struct rx_table *answers,
                const char *kase, const char *method, bool exchangeable,
                const char *without)
{
  static const char *const terms[]
      = { "Intercept", "trt", "time", "trt:time" };
  struct rx_error err = { RX_OK, "" };
  struct grouped g;
  struct rx_gee fit;
  size_t n = 0, groups = 0, compared = 0;
  grouped_make (&g, data, "id", "y", "weeks");
  for (size_t i = 0; i < data->n_rows; i++)
    {
      if (without != NULL
          && strcmp (oracle_text (data, i, "id"), without) == 0)
        continue;
      if (i == 0
          || strcmp (oracle_text (data, i, "id"),
                     oracle_text (data, i - 1, "id"))
                 != 0)
        g.first[groups++] = n;
      g.y[n] = oracle_number (data, i, "y");
      g.offset[n] = log (oracle_number (data, i, "weeks"));
      double trt = oracle_number (data, i, "trt");
      double time = oracle_number (data, i, "time");
      double *x = g.x + n++ * COLUMNS_MOST;
      x[0] = 1;
      x[1] = trt;
      x[2] = time;
      x[3] = trt * time;
    }
  g.first[groups] = n;
  g.data
      = (struct rx_linear_data){ n, COLUMNS_MOST, groups, g.first, g.x, g.y };
  const struct rx_gee_spec spec = { .family = &rx_gee_poisson,
                                    .offset = g.offset,
                                    .exchangeable = exchangeable };
  ck_assert_int_eq (rx_gee_fit (&fit, &g.data, &spec, &err), RX_OK);
  ck_assert_ptr_null (fit.why);
  for (size_t i = 0; i < answers->n_rows; i++)
    {
      const char *term = oracle_text (answers, i, "term");
      if (strcmp (oracle_text (answers, i, "case"), kase) != 0
          || strcmp (oracle_text (answers, i, "method"), method) != 0)
        continue;
      double estimate = oracle_number (answers, i, "estimate");
      ck_assert (oracle_number (answers, i, "n") == (double)groups);
      if (strcmp (term, "alpha") == 0)
        check_number (term, fit.correlation, estimate, FITTED);
      if (strcmp (term, "phi") == 0)
        check_number (term, fit.dispersion, estimate, FITTED);
      for (size_t k = 0; k < COLUMNS_MOST; k++)
        if (strcmp (term, terms[k]) == 0)
          {
            check_number (term, fit.beta[k], estimate, FITTED);
            check_number (term, sqrt (fit.robust[k * COLUMNS_MOST + k]),
                          oracle_number (answers, i, "std_error"), FITTED);
          }
      compared++;
    }
  ck_assert_uint_ge (compared, COLUMNS_MOST);
  rx_gee_free (&fit);
  grouped_free (&g);
}

START_TEST (epilepsy)
{
  const char *folder = getenv ("RECROSS_ORACLES");
  struct rx_table data = { 0 }, answers = { 0 };
  struct rx_error err = { RX_OK, "" };
  const struct rx_csv_format tabs = { .delimiter = '\t' };
  char path[PATH_MAX], answered[PATH_MAX];
  if (folder == NULL)
    return;
  snprintf (path, sizeof path, "%s/gee/epilepsy_gee.csv", folder);
  snprintf (answered, sizeof answered, "%s/gee/answers.tsv", folder);
  FILE *there = fopen (path, "r");
  if (there == NULL)
    return;
  fclose (there);
  ck_assert_int_eq (rx_table_read (&data, path, NULL, &err), RX_OK);
  ck_assert_int_eq (rx_table_read (&answers, answered, &tabs, &err), RX_OK);
  check_epilepsy (&data, &answers, "epilepsy", "gee-poisson-exchangeable",
                  true, NULL);
  check_epilepsy (&data, &answers, "epilepsy.without-49",
                  "gee-poisson-exchangeable", true, "49");
  check_epilepsy (&data, &answers, "epilepsy", "gee-poisson-independence",
                  false, NULL);
  rx_table_free (&answers);
  rx_table_free (&data);
}
END_TEST

START_TEST (gee_by_hand)
{
  const double x[] = { 1, 1 }, y[] = { 2, 4 };
  const size_t first[] = { 0, 1, 2 };
  const struct rx_linear_data data = { 2, 1, 2, first, x, y };
  const struct rx_gee_spec spec
      = { .family = &rx_gee_poisson, .exchangeable = true };
  struct rx_error err = { RX_OK, "" };
  struct rx_gee fit;
  ck_assert_int_eq (rx_gee_fit (&fit, &data, &spec, &err), RX_OK);
  check_number ("beta", fit.beta[0], log (3), EXACT);
  check_number ("dispersion", fit.dispersion, 1.0 / 3, EXACT);
  check_number ("naive", fit.naive[0], 1.0 / 18, EXACT);
  check_number ("robust", fit.robust[0], 2.0 / 36, EXACT);
  check_number ("correlation", fit.correlation, 0, EXACT);
  rx_gee_free (&fit);
}
END_TEST

/* A group that repeats itself has correlation 1, and one mean of 0 has no
   logarithm: both are said. */
START_TEST (gee_without_a_fit)
{
  const double x[] = { 1, 0, 1, 1, 1, 0, 1, 1 }, y[] = { 1, 0, 3, 0 };
  const double ones[] = { 1, 1, 1, 1 }, twins[] = { 1, 1, 3, 3 };
  const size_t first[] = { 0, 2, 4 };
  const struct rx_linear_data zeros = { 4, 2, 2, first, x, y };
  const struct rx_linear_data same = { 4, 1, 2, first, ones, twins };
  const struct rx_gee_spec spec
      = { .family = &rx_gee_poisson, .exchangeable = true };
  struct rx_error err = { RX_OK, "" };
  struct rx_gee fit;
  ck_assert_int_eq (rx_gee_fit (&fit, &zeros, &spec, &err), RX_OK);
  ck_assert_str_eq (fit.why, "no-finite-estimate");
  rx_gee_free (&fit);
  ck_assert_int_eq (rx_gee_fit (&fit, &same, &spec, &err), RX_OK);
  ck_assert_str_eq (fit.why, "correlation-at-limit");
  rx_gee_free (&fit);
}
END_TEST

START_TEST (even_counts_have_infinite_theta)
{
  const double x[] = { 1, 1 }, y[] = { 1, 3 };
  const size_t first[] = { 0, 1, 2 };
  const struct rx_linear_data data = { 2, 1, 2, first, x, y };
  struct rx_error err = { RX_OK, "" };
  struct rx_negbin fit;
  ck_assert_int_eq (rx_negbin_fit (&fit, &data, NULL, &err), RX_OK);
  ck_assert_ptr_null (fit.gee.why);
  ck_assert (isinf (fit.theta));
  check_number ("beta", fit.gee.beta[0], log (2), EXACT);
  rx_negbin_free (&fit);
}
END_TEST

/* Before 1, 1 and after 2, 4: the sandwich is that of a ratio of totals. */
START_TEST (within_persons_by_hand)
{
  const size_t stratum[] = { 0, 0, 1, 1 };
  const double events[] = { 1, 2, 1, 4 }, log_time[] = { 0, 0, 0, 0 };
  const double x[] = { 0, 1, 0, 1 };
  const struct rx_strata data = { .n = 4,
                                  .k = 1,
                                  .stratum = stratum,
                                  .events = events,
                                  .log_time = log_time,
                                  .x = x };
  struct rx_strata_poisson fit;
  struct rx_error err = { RX_OK, "" };
  ck_assert_int_eq (rx_strata_poisson_fit (&data, &fit, &err), RX_OK);
  check_number ("ratio", fit.coefficient[0], log (3), NEWTON);
  check_number ("covariance", fit.covariance[0], 1.0 / 6 + 1.0 / 2, NEWTON);
  check_number ("robust", fit.robust[0], 2.0 / 36, NEWTON);
  rx_strata_poisson_free (&fit);
}
END_TEST

/* The interval that boot.ci makes of the very same resamples. */
START_TEST (bca_of_boot)
{
  struct rx_table expected, persons = { 0 }, draws = { 0 };
  struct rx_error err = { RX_OK, "" };
  char path[PATH_MAX], drawn[PATH_MAX];
  const char *top = getenv ("srcdir");
  oracle_read (&expected, "bootstrap_fit.tsv");
  snprintf (path, sizeof path, "%s/tests/oracle/data/bootstrap_synthetic.csv",
            top != NULL ? top : ".");
  snprintf (drawn, sizeof drawn,
            "%s/tests/oracle/data/bootstrap_resamples_synthetic.csv",
            top != NULL ? top : ".");
  ck_assert_int_eq (rx_table_read (&persons, path, NULL, &err), RX_OK);
  ck_assert_int_eq (rx_table_read (&draws, drawn, NULL, &err), RX_OK);
  size_t n = persons.n_rows, b = draws.n_rows;
  double *apart = calloc (3 * n + b, sizeof *apart);
  size_t *index = calloc (n, sizeof *index);
  ck_assert (apart != NULL && index != NULL && n == draws.n_columns);
  double *before = apart + n, *left_out = before + n, *value = left_out + n;
  for (size_t i = 0; i < n; i++)
    {
      before[i] = oracle_number (&persons, i, "before");
      apart[i] = oracle_number (&persons, i, "after") - before[i];
    }
  for (size_t k = 0; k < expected.n_rows; k++)
    {
      bool percent
          = strcmp (oracle_text (&expected, k, "statistic"), "percent") == 0;
      const struct rx_ratio ratio
          = { n, apart, percent ? before : NULL, percent ? 100 : 1 };
      struct rx_bca bca;
      for (size_t r = 0; r < b; r++)
        {
          for (size_t i = 0; i < n; i++)
            index[i] = (size_t)atoi (rx_table_cell (&draws, r, i)) - 1;
          value[r] = rx_ratio_of (&ratio, index);
        }
      rx_ratio_left_out (&ratio, left_out);
      double estimate = rx_ratio_of (&ratio, NULL);
      rx_bca_of (estimate, value, b, left_out, n,
                 oracle_number (&expected, k, "level"), &bca);
      const struct
      {
        const char *column;
        double got;
      } cells[] = {
        { "estimate", estimate }, { "std_error", bca.se },
        { "bias", bca.bias },     { "acceleration", bca.acceleration },
        { "conf_low", bca.low },  { "conf_high", bca.high },
      };
      for (size_t c = 0; c < sizeof cells / sizeof cells[0]; c++)
        check_number (cells[c].column, cells[c].got,
                      oracle_number (&expected, k, cells[c].column), CLOSED);
      ck_assert (bca.why == NULL && bca.replicates == b && !bca.is_extreme);
    }
  free (index);
  free (apart);
  rx_table_free (&draws);
  rx_table_free (&persons);
  rx_table_free (&expected);
}
END_TEST

enum
{
  NINES = 999
};

/* No bias and no acceleration: the 25th and the 975th of 999 values. */
START_TEST (bca_is_the_percentile_interval)
{
  const double left_out[] = { -1, 0, 1 };
  double value[NINES];
  struct rx_bca bca;
  for (int i = 0; i < NINES; i++)
    value[i] = (double)(NINES - i); /* 1 to 999, not in order */
  rx_bca_of (500.5, value, NINES, left_out, 3, LEVEL, &bca);
  check_number ("acceleration", bca.acceleration, 0, EXACT);
  ck_assert (fabs (bca.bias) < 2e-3); /* 500 of 999 lie below */
  rx_bca_of (500, value, NINES, left_out, 3, LEVEL, &bca);
  ck_assert (bca.low > 23 && bca.low < 26 && bca.high > 973 && bca.high < 976);
  for (int i = 0; i < NINES; i++)
    value[i] = 7;
  rx_bca_of (7, value, NINES, left_out, 3, LEVEL, &bca);
  ck_assert_str_eq (bca.why, "zero-variance");
  ck_assert (isnan (bca.low) && bca.se == 0);
  for (int i = 0; i < NINES; i++)
    value[i] = i;
  rx_bca_of (-1, value, NINES, left_out, 3, LEVEL, &bca);
  ck_assert_str_eq (bca.why, "out-of-range");
}
END_TEST

/* Resample b has random numbers of its own: fewer resamples are the first of
   more; another seed or stream gives others; no total before, no value. */
START_TEST (resamples_repeat)
{
  const double top[] = { 1, 2, 4, 8, 16 }, bottom[] = { 1, 0, 0, 0, 0 };
  const struct rx_ratio mean = { 5, top, NULL, 1 };
  const struct rx_ratio lone = { 5, top, bottom, 1 };
  double many[200], few[50], other[50], values[200];
  size_t same_seed = 0, same_stream = 0, missing = 0;
  rx_ratio_resample (&mean, 7, 3, 200, many);
  rx_ratio_resample (&mean, 7, 3, 50, few);
  for (size_t i = 0; i < 50; i++)
    ck_assert (few[i] == many[i]);
  rx_ratio_resample (&mean, 8, 3, 50, other);
  for (size_t i = 0; i < 50; i++)
    same_seed += few[i] == other[i];
  rx_ratio_resample (&mean, 7, 4, 50, other);
  for (size_t i = 0; i < 50; i++)
    same_stream += few[i] == other[i];
  ck_assert (same_seed < 25 && same_stream < 25);
  rx_ratio_resample (&lone, 7, 3, 200, values);
  for (size_t i = 0; i < 200; i++)
    missing += isnan (values[i]) ? 1 : 0;
  /* (4/5)^5 = 0.33 of them miss the one person with a total */
  ck_assert (missing > 40 && missing < 95);
}
END_TEST

int
main (void)
{
  gsl_set_error_handler_off ();
  Suite *suite = suite_create ("counts");
  TCase *tests = tcase_create ("counts");
  tcase_add_test (tests, fits_of_geepack);
  tcase_add_test (tests, epilepsy);
  tcase_add_test (tests, gee_by_hand);
  tcase_add_test (tests, gee_without_a_fit);
  tcase_add_test (tests, even_counts_have_infinite_theta);
  tcase_add_test (tests, within_persons_by_hand);
  tcase_add_test (tests, bca_of_boot);
  tcase_add_test (tests, bca_is_the_percentile_interval);
  tcase_add_test (tests, resamples_repeat);
  suite_add_tcase (suite, tests);
  SRunner *runner = srunner_create (suite);
  srunner_run_all (runner, CK_NORMAL);
  int failed = srunner_ntests_failed (runner);
  srunner_free (runner);
  return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
