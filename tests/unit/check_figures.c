/* check_figures.c: result rows become the data of figures, and gnuplot draws
   them, or says why not. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE /* memmem */
#endif
#include "methods/selection.h"
#include "report/figure.h"
#include "report/figure_data.h"
#include "report/gnuplot.h"
#include "report/template.h"

#include "base/output.h"

#include <check.h>
#include <dirent.h>
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* ---- rows ------------------------------------------------------------- */

static struct rx_row *
add_row (struct rx_rows *rows, const char *endpoint, const char *group,
         const char *method, const char *term, double n, double estimate)
{
  struct rx_error err;
  struct rx_row row = rx_row_blank ();
  row.endpoint = endpoint;
  row.group = group;
  row.method = method;
  row.term = term;
  row.n = n;
  row.estimate = estimate;
  ck_assert_int_eq (rx_rows_add (rows, &row, &err), RX_OK);
  return &rows->row[rows->n - 1];
}

static void
add_interval (struct rx_row *row, double low, double high)
{
  row->conf_level = 0.95;
  row->conf_low = low;
  row->conf_high = high;
}

/* A small trial, AB/BA, with what is hard on labels. */
static void
make_crossover (struct rx_rows *rows, const char *endpoint)
{
  rows->analysis = "trial";
  add_row (rows, endpoint, "AB", "profiles", "1/1/A", 1, 310);
  add_row (rows, endpoint, "AB", "profiles", "1/2/B", 1, 270);
  add_row (rows, endpoint, "AB", "profiles", "Åse/2/1/A", 1, 330);
  add_row (rows, endpoint, "BA", "profiles", "3/1/B", 1, 370);
  add_row (rows, endpoint, "BA", "profiles", "3/2/A", 1, 385);
  add_interval (add_row (rows, endpoint, "all", "describe", "AB/1/A", 2, 320),
                300.5, 339.5);
  add_row (rows, endpoint, "all", "describe", "sd:AB/1/A", 2, 14.1);
  add_row (rows, endpoint, "all", "describe", "AB/2/B", 1, 270);
  add_row (rows, endpoint, "all", "describe", "BA/1/B", 1, 370);
  add_row (rows, endpoint, "all", "describe", "BA/2/A", 1, 385);
  struct rx_row *row
      = add_row (rows, endpoint, "all", "paired-t", "treatment", 2, 27.5);
  add_interval (row, -131.3, 186.3);
  row->p_value = 0.27;
  row->p_adjusted = 0.54;
  row->note = "improved; better=higher";
  row = add_row (rows, endpoint, "all", "hills-armitage", "treatment", 2,
                 25.25);
  add_interval (row, -10.5, 61);
  row->p_value = 0.1;
  add_row (rows, endpoint, "all", "hills-armitage", "period", 2, 3);
  add_row (rows, endpoint, "all", "koch-exact", "treatment", 2, 26);
}

static void
make_before_after (struct rx_rows *rows)
{
  static const char *const outcomes[] = { "dmt", "all other & <more>" };
  static const char *const groups[] = { "x1", "x4+" };
  static const char *const measures[] = { "users", "ddd" };
  rows->analysis = "register";
  for (size_t o = 0; o < 2; o++)
    for (size_t m = 0; m < 2; m++)
      for (size_t g = 0; g < 2; g++)
        {
          double x = (double)(1 + o + g) * (m == 0 ? 0.125 : 40);
          struct rx_row *row[] = {
            add_row (rows, outcomes[o], groups[g], "describe", "before", 20,
                     x),
            add_row (rows, outcomes[o], groups[g], "describe", "after", 20,
                     x / 2),
            add_row (rows, outcomes[o], groups[g],
                     m == 0 ? "mcnemar" : "paired-t", "change", 20, -x / 2),
          };
          /* the array may have moved: go by number */
          for (size_t i = 0; i < 3; i++)
            {
              row[i] = &rows->row[rows->n - 3 + i];
              row[i]->measure = measures[m];
              add_interval (row[i], row[i]->estimate - x / 8,
                            row[i]->estimate + x / 8);
            }
        }
}

static void
make_trials (struct rx_rows *rows)
{
  make_crossover (rows, "PEF");
  make_crossover (rows, "Søvn & <våken>");
}

/* A selection in four steps, one of which drops nobody. */
static void
make_cohort (struct rx_rows *rows)
{
  rows->analysis = "change";
  add_row (rows, "cohort", "all", "cohort", "step 0: persons & <more>", 30, 0);
  add_row (rows, "cohort", "all", "cohort", "step 1: index: first X1", 20, 10)
      ->note
      = "reason=no such dispensing";
  add_row (rows, "cohort", "all", "cohort", "step 2: covered", 20, 0);
  add_row (rows, "cohort", "all", "cohort", "step 3: alive", 19, 1)->note
      = "reason=died";
  add_row (rows, "cohort", "all", "other", "step 4: of another method", 1, 1);
}

/* Four months, the third of them missing, interrupted at the fourth. */
static void
make_series (struct rx_rows *rows)
{
  static const char *const months[] = { "2010-01", "2010-02", "", "2010-04" };
  rows->analysis = "series";
  for (size_t t = 1; t <= 4; t++)
    {
      const char *terms[] = { "observed", "fitted", "counterfactual" };
      for (size_t i = 0; t != 3 && i < (t == 4 ? 3 : 2); i++)
        {
          char term[32], note[80];
          double x = 10 * (double)t + (double)i;
          snprintf (term, sizeof term, "%s:%zu", terms[i], t);
          snprintf (note, sizeof note, "time=%s; model=segmented-ols%s",
                    months[t - 1], t == 4 ? "; interruption" : "");
          struct rx_row *row = add_row (rows, "users & <more>", "all",
                                        "counterfactual", term, 3, x);
          row->note = rx_strings_addz (&rows->strings, note);
          if (i > 0)
            add_interval (row, x - 1, x + 1);
        }
    }
  add_row (rows, "users & <more>", "all", "counterfactual", "effect:4", 3, -1);
}

static void
make_symmetry (struct rx_rows *rows)
{
  rows->analysis = "symmetry";
  add_interval (add_row (rows, "", "90 days", "pssa", "crude", 5, 1.5), 0.2,
                18);
  add_row (rows, "", "90 days", "pssa", "adjusted", 5, NAN);
  add_row (rows, "", "90 days", "pssa", "null-effect", 5, NAN);
  add_row (rows, "", "all", "pssa-histogram", "days -90 to -31", 5, 2);
  add_row (rows, "", "all", "pssa-histogram", "days -30 to -1", 5, 0);
  add_row (rows, "", "all", "pssa-histogram", "days 1 to 30", 5, 3);
  add_row (rows, "", "all", "pssa-histogram", "days 31 to 90", 5, 0);
}

static void
build (const char *figure, const struct rx_rows *rows, const char *analysis,
       struct rx_pictures *pictures)
{
  static const struct rx_selection all = { .n = 0 };
  struct rx_error err = { 0 };
  struct rx_rows chosen;
  ck_assert_ptr_nonnull (rx_figure_find (figure));
  ck_assert_msg (
      rx_rows_select (rows, analysis, &all, &chosen, &err) == RX_OK
          && rx_figure_build (rx_figure_find (figure), &chosen, pictures, &err)
                 == RX_OK,
      "%s", err.message);
  rx_rows_free (&chosen);
}

/* ---- the data of figures ---------------------------------------------- */

START_TEST (profiles_hold_every_cell_and_mean)
{
  struct rx_rows rows = { 0 };
  struct rx_pictures pictures = { 0 };
  make_crossover (&rows, "PEF");
  rows.row[0].note = "unit=L/min";
  build ("crossover-profiles", &rows, NULL, &pictures);
  ck_assert_uint_eq (pictures.n, 1);
  ck_assert_str_eq (pictures.picture[0].part, "");
  ck_assert_str_eq (
      rx_text_string (&pictures.picture[0].tsv),
      "endpoint\tunit\tsequence\tsubject\tperiod\ttreatment\tkind\tn\tvalue\t"
      "conf_low\tconf_high\tconf_level\n"
      "PEF\tL/min\tAB\t1\t1\tA\tsubject\t1\t310\tNA\tNA\tNA\n"
      "PEF\tNA\tAB\t1\t2\tB\tsubject\t1\t270\tNA\tNA\tNA\n"
      "PEF\tNA\tAB\tÅse/2\t1\tA\tsubject\t1\t330\tNA\tNA\tNA\n"
      "PEF\tNA\tBA\t3\t1\tB\tsubject\t1\t370\tNA\tNA\tNA\n"
      "PEF\tNA\tBA\t3\t2\tA\tsubject\t1\t385\tNA\tNA\tNA\n"
      "PEF\tNA\tAB\t-\t1\tA\tmean\t2\t320\t300.5\t339.5\t0.95\n"
      "PEF\tNA\tAB\t-\t2\tB\tmean\t1\t270\tNA\tNA\tNA\n"
      "PEF\tNA\tBA\t-\t1\tB\tmean\t1\t370\tNA\tNA\tNA\n"
      "PEF\tNA\tBA\t-\t2\tA\tmean\t1\t385\tNA\tNA\tNA\n");
  rx_pictures_free (&pictures);
  rx_rows_free (&rows);
}
END_TEST

START_TEST (profiles_number_the_periods_that_have_names)
{
  struct rx_rows rows = { 0 };
  struct rx_pictures pictures = { 0 };
  add_row (&rows, "e", "AB", "profiles", "s/week 12/B", 1, 1);
  add_row (&rows, "e", "AB", "profiles", "s/week 0%2F1/A%2FB", 1, 2);
  build ("crossover-profiles", &rows, NULL, &pictures);
  const char *tsv = rx_text_string (&pictures.picture[0].tsv);
  ck_assert_ptr_nonnull (strstr (tsv, "\nNA\tAB\ts\t2\tB\t") == NULL
                             ? strstr (tsv, "\tAB\ts\t2\tB\tsubject\t1\t1\t")
                             : NULL);
  ck_assert_ptr_nonnull (strstr (tsv, "\tAB\ts\t1\tA/B\tsubject\t1\t2\t"));
  rx_pictures_free (&pictures);
  rx_rows_free (&rows);
}
END_TEST

START_TEST (effects_are_treatment_rows_and_contrasts)
{
  struct rx_rows rows = { 0 };
  struct rx_pictures pictures = { 0 };
  make_crossover (&rows, "PEF");
  add_row (&rows, "PEF", "women", "lmm-kr", "B-A", 2, -20);
  add_row (&rows, "PEF", "all", "lmm-kr", "limit-low", 2, 80);
  add_row (&rows, "PEF", "all", "lmm-kr", "C-A", 2, 80);
  add_row (&rows, "PEF", "all", "lmm-kr", "treatment", 2, NAN)->df_num = 2;
  build ("effects", &rows, NULL, &pictures);
  ck_assert_uint_eq (pictures.n, 1);
  ck_assert_str_eq (
      rx_text_string (&pictures.picture[0].tsv),
      "endpoint\tlabel\tunit\tcontrast\tmethod\tterm\tn\testimate\tconf_"
      "low\tconf_high\t"
      "conf_level\tp_value\tp_adjusted\tbetter\tnote\n"
      "PEF\tPEF\tNA\tNA\tpaired-t\ttreatment\t2\t27.5\t-131.3\t186.3\t0.95\t0."
      "27\t0."
      "54\t"
      "higher\timproved; better=higher\n"
      "PEF\tPEF\tNA\tNA\thills-armitage\ttreatment\t2\t25.25\t-10.5\t61\t0."
      "95\t0."
      "1\tNA\tNA\t"
      "-\n"
      "PEF\tPEF\tNA\tNA\tkoch-"
      "exact\ttreatment\t2\t26\tNA\tNA\tNA\tNA\tNA\tNA\t-\n"
      "PEF, women\tPEF, "
      "women\tNA\tNA\tlmm-kr\tB-A\t2\t-20\tNA\tNA\tNA\tNA\tNA\tNA\t-\n");
  rx_pictures_free (&pictures);
  rx_rows_free (&rows);
}
END_TEST

START_TEST (effects_know_contrasts_without_descriptions)
{
  struct rx_rows rows = { 0 };
  struct rx_pictures pictures = { 0 };
  add_row (&rows, "PEF", "all", "lmm-kr", "C-A", 2, 80);
  add_row (&rows, "PEF", "all", "abe-anova", "limit-low", 2, 80);
  add_row (&rows, "PEF", "all", "lmm-kr", "-", 2, 80);
  rows.row[0].p_value = rows.row[2].p_value = 0.01; /* limits have none */
  add_row (&rows, "PEF", "all", "verdict", "non-inferiority", 2, 80)->p_value
      = 0.01;
  build ("effects", &rows, NULL, &pictures);
  const char *tsv = rx_text_string (&pictures.picture[0].tsv);
  ck_assert_ptr_nonnull (strstr (tsv, "\tC-A\t"));
  ck_assert_ptr_null (strstr (tsv, "limit-low"));
  ck_assert_ptr_null (strstr (tsv, "non-inferiority"));
  ck_assert_ptr_null (strstr (tsv, "\t-\t2\t"));
  rx_pictures_free (&pictures);
  rx_rows_free (&rows);
}
END_TEST

/* Sums of scores, and terms of a series that are called as treatments are. */
START_TEST (effects_are_on_the_scale_of_the_responses)
{
  static const char *const others[]
      = { "prescott", "prescott-exact", "prescott-cochran-armitage",
          "sccs",     "segmented-ols",  "pssa" };
  struct rx_rows rows = { 0 };
  struct rx_pictures pictures = { 0 };
  for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
    add_row (&rows, "y", "all", others[i], "treatment", 20, 7)->p_value = 0.01;
  add_row (&rows, "y", "all", "mainland-gart", "treatment", 20, 2);
  add_row (&rows, "y", "all", "of-another-program", "treatment", 20, 3);
  build ("effects", &rows, NULL, &pictures);
  ck_assert_uint_eq (pictures.n, 1);
  const char *tsv = rx_text_string (&pictures.picture[0].tsv);
  for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
    ck_assert_msg (strstr (tsv, others[i]) == NULL, "%s", others[i]);
  ck_assert_ptr_nonnull (strstr (tsv, "\tmainland-gart\t"));
  ck_assert_ptr_nonnull (strstr (tsv, "\tof-another-program\t"));
  rx_pictures_free (&pictures);
  rx_rows_free (&rows);
}
END_TEST

/* Points and litres share no axis; the contrast is said in words. */
START_TEST (effects_are_a_picture_per_unit)
{
  static const char *const notes[]
      = { "unit=L/min; role=reference", "unit=points; role=reference" };
  static const char *const endpoints[] = { "PEF", "MCS" };
  struct rx_rows rows = { 0 };
  struct rx_pictures pictures = { 0 };
  for (size_t i = 0; i < 2; i++)
    {
      add_row (&rows, endpoints[i], "all", "describe", "AB/1/A", 2, 80)->note
          = notes[i];
      add_row (&rows, endpoints[i], "all", "describe", "AB/2/B", 2, 80)->note
          = "role=test";
      add_row (&rows, endpoints[i], "all", "paired-t", "treatment", 2, 8);
    }
  build ("effects", &rows, NULL, &pictures);
  ck_assert_uint_eq (pictures.n, 2);
  ck_assert_str_eq (pictures.picture[0].part, "L-min");
  ck_assert_str_eq (pictures.picture[1].part, "points");
  const char *tsv = rx_text_string (&pictures.picture[1].tsv);
  ck_assert_ptr_nonnull (strstr (tsv, "MCS\tMCS\tpoints\tB \xe2\x88\x92 A\t"));
  ck_assert_ptr_null (strstr (tsv, "PEF"));
  rx_pictures_free (&pictures);
  rx_rows_free (&rows);
}
END_TEST

START_TEST (before_after_is_a_picture_per_measure)
{
  struct rx_rows rows = { 0 };
  struct rx_pictures pictures = { 0 };
  make_before_after (&rows);
  build ("before-after", &rows, NULL, &pictures);
  ck_assert_uint_eq (pictures.n, 2);
  ck_assert_str_eq (pictures.picture[0].part, "users");
  ck_assert_str_eq (pictures.picture[1].part, "ddd");
  const char *head
      = "outcome\tgroup\tmeasure\twindow\tn\tvalue\tconf_low\t"
        "conf_high\tconf_level\tchange\tchange_low\tchange_high\n"
        "dmt\tx1\tddd\tbefore\t20\t40\t35\t45\t0.95\t-20\t-25\t-15\n"
        "dmt\tx1\tddd\tafter\t20\t20\t15\t25\t0.95\t-20\t-25\t-15\n";
  ck_assert_int_eq (
      strncmp (rx_text_string (&pictures.picture[1].tsv), head, strlen (head)),
      0);
  rx_pictures_free (&pictures);
  rx_rows_free (&rows);
}
END_TEST

static const struct
{
  const char *endpoint, *part;
} parts[] = {
  { "PEF", "trial-PEF" },       { "a/b c", "trial-a-b-c" },
  { "a b/c", "trial-a-b-c-2" }, /* the same name again */
  { "..", "trial-.." },         { "søvn (0-10)", "trial-søvn-0-10-" },
};

/* What the data of a figure are, from the header line on. */
static void
assert_data (const char *figure, void (*make) (struct rx_rows *),
             const char *expected)
{
  struct rx_rows rows = { 0 };
  struct rx_pictures pictures = { 0 };
  make (&rows);
  build (figure, &rows, NULL, &pictures);
  ck_assert_uint_eq (pictures.n, 1);
  ck_assert_str_eq (rx_text_string (&pictures.picture[0].tsv), expected);
  rx_pictures_free (&pictures);
  rx_rows_free (&rows);
}

/* Two sizes, and one value of what was varied: a picture each. */
START_TEST (power_has_a_picture_for_each_axis)
{
  struct rx_rows rows = { .analysis = "power" };
  struct rx_pictures pictures = { 0 };
  add_row (&rows, "", "all", "tost", "power", 12, 0.5)->note = "log";
  add_row (&rows, "", "all", "tost", "randomised", 14, NAN);
  add_row (&rows, "", "all", "tost", "power", 16, NAN);
  add_row (&rows, "", "all", "rsabe", "power", 16, 0.75)->note
      = "curve=cv; cv=0.25; log";
  build ("power-curve", &rows, NULL, &pictures);
  ck_assert_uint_eq (pictures.n, 2);
  ck_assert_str_eq (rx_text_string (&pictures.picture[0].tsv),
                    "method\taxis\tx\tpower\n"
                    "tost\tn\t12\t0.5\n"
                    "tost\tn\t16\tNA\n");
  ck_assert_str_eq (rx_text_string (&pictures.picture[1].tsv),
                    "method\taxis\tx\tpower\n"
                    "rsabe\tcv\t0.25\t0.75\n");
  rx_pictures_free (&pictures);
  rx_rows_free (&rows);
}
END_TEST

START_TEST (series_have_a_line_per_point)
{
  assert_data (
      "its", make_series,
      "endpoint\tper\tmodel\tpoint\ttime\tobserved\tfitted\tfitted_low\t"
      "fitted_high\tcounterfactual\tcounterfactual_low\t"
      "counterfactual_high\tconf_level\tinterruption\n"
      "users & <more>\tNA\tsegmented-ols\t1\t2010-01\t10\t11\t10\t12\t"
      "NA\tNA\tNA\t0.95\t0\n"
      "users & <more>\tNA\tsegmented-ols\t2\t2010-02\t20\t21\t20\t22\t"
      "NA\tNA\tNA\t0.95\t0\n"
      "users & <more>\tNA\tsegmented-ols\t4\t2010-04\t40\t41\t40\t42\t"
      "42\t41\t43\t0.95\t1\n");
}
END_TEST

START_TEST (attrition_has_a_line_per_step)
{
  assert_data ("attrition", make_cohort,
               "step\tdescription\tpersons\texcluded\treason\n"
               "0\tpersons & <more>\t30\t0\t-\n"
               "1\tindex: first X1\t20\t10\tno such dispensing\n"
               "2\tcovered\t20\t0\t-\n"
               "3\talive\t19\t1\tdied\n");
}
END_TEST

START_TEST (symmetry_has_its_bars_and_ratios)
{
  assert_data ("symmetry", make_symmetry,
               "kind\tfrom\tto\tfirst\tlabel\tvalue\tconf_low\tconf_high\t"
               "conf_level\n"
               "ratio\tNA\tNA\tNA\tcrude ratio, 90 days\t1.5\t0.2\t18\t"
               "0.95\n"
               "ratio\tNA\tNA\tNA\tadjusted ratio, 90 days\tNA\tNA\tNA\t"
               "NA\n"
               "bar\t-90\t-31\tmarker\t-\t2\tNA\tNA\tNA\n"
               "bar\t-30\t-1\tmarker\t-\t0\tNA\tNA\tNA\n"
               "bar\t1\t30\tindex\t-\t3\tNA\tNA\tNA\n"
               "bar\t31\t90\tindex\t-\t0\tNA\tNA\tNA\n");
}
END_TEST

START_TEST (parts_are_fit_for_file_names_and_differ)
{
  struct rx_rows rows = { 0 };
  struct rx_pictures pictures = { 0 };
  size_t n = sizeof parts / sizeof parts[0];
  for (size_t i = 0; i < n; i++)
    make_crossover (&rows, parts[i].endpoint);
  make_before_after (&rows); /* a second analysis */
  build ("crossover-profiles", &rows, NULL, &pictures);
  ck_assert_uint_eq (pictures.n, n);
  for (size_t i = 0; i < n; i++)
    ck_assert_str_eq (pictures.picture[i].part, parts[i].part);
  rx_pictures_free (&pictures);

  build ("crossover-profiles", &rows, "trial", &pictures);
  ck_assert_uint_eq (pictures.n, n);
  ck_assert_str_eq (pictures.picture[0].part, "PEF");
  rx_pictures_free (&pictures);
  build ("crossover-profiles", &rows, "register", &pictures);
  ck_assert_uint_eq (pictures.n, 0);
  rx_pictures_free (&pictures);
  rx_rows_free (&rows);
}
END_TEST

START_TEST (cells_of_data_stay_cells)
{
  struct rx_text tsv = { 0 };
  rx_picture_text (&tsv, "# \"5 min\"");
  rx_picture_text (&tsv, "");
  rx_picture_text (&tsv, "a\tb\nc");
  rx_picture_number (&tsv, NAN);
  rx_picture_end_row (&tsv);
  rx_picture_number (&tsv, 0.1);
  ck_assert_str_eq (rx_text_string (&tsv), "\"# ”5 min”\"\t-\ta b c\tNA\n0.1");
  rx_text_free (&tsv);
}
END_TEST

static const struct
{
  const char *term, *first, *period, *treatment; /* NULL: no cell */
} cell_names[] = {
  { "AB/1/A", "AB", "1", "A" },
  { "a/b/1/A", "a/b", "1", "A" },
  { "s/week 1%2F2/A%2FB", "s", "week 1/2", "A/B" },
  { "before", NULL, NULL, NULL },
  { "a/b", NULL, NULL, NULL },
  { "/1/A", NULL, NULL, NULL },
  { "a//A", NULL, NULL, NULL },
  { "a/1/", NULL, NULL, NULL },
};

START_TEST (cell_names_are_read_from_the_right)
{
  struct rx_strings strings = { 0 };
  struct rx_cell_name name;
  bool is = rx_cell_name_read (&name, cell_names[_i].term, &strings);
  ck_assert (is == (cell_names[_i].first != NULL));
  if (is)
    {
      ck_assert_str_eq (name.first, cell_names[_i].first);
      ck_assert_str_eq (name.period, cell_names[_i].period);
      ck_assert_str_eq (name.treatment, cell_names[_i].treatment);
    }
  rx_strings_free (&strings);
}
END_TEST

START_TEST (words_of_notes_are_found)
{
  struct rx_strings strings = { 0 };
  const char *note = "exact; unit=L/min, at rest; better=higher";
  ck_assert_str_eq (rx_note_value (note, "unit", &strings), "L/min, at rest");
  ck_assert_str_eq (rx_note_value (note, "better", &strings), "higher");
  ck_assert_ptr_null (rx_note_value (note, "exact", &strings));
  ck_assert_ptr_null (rx_note_value (note, "rest", &strings));
  ck_assert_ptr_null (rx_note_value ("", "unit", &strings));
  rx_strings_free (&strings);
}
END_TEST

/* ---- templates -------------------------------------------------------- */

START_TEST (templates_and_figures_name_the_same_columns)
{
  const struct rx_figure *figure = rx_figures[_i];
  struct rx_text script = { 0 };
  struct rx_error err = { 0 };
  char folder[PATH_MAX], head[512];
  ck_assert_msg (rx_template_folder (folder, &err) == RX_OK, "%s",
                 err.message);
  ck_assert_msg (rx_template_read (&script, folder, figure->name, &err)
                     == RX_OK,
                 "%s", err.message);
  snprintf (head, sizeof head, "# figure:  %s\n", figure->name);
  ck_assert_int_eq (strncmp (script.data, head, strlen (head)), 0);
  snprintf (head, sizeof head, "\n# columns: %s\n", figure->columns);
  ck_assert_msg (strstr (script.data, head) != NULL, "%s: %s", figure->name,
                 figure->columns);
  rx_text_free (&script);
}
END_TEST

START_TEST (template_names_the_column_that_is_not_there)
{
  struct rx_error err = { 0 };
  const char *script = "# figure:  x\n# columns: a bc  d\nplot\n";
  ck_assert_int_eq (rx_template_check (script, "x", "a\tbc\td\n1\n", &err),
                    RX_OK);
  ck_assert_int_eq (
      rx_template_check (script, "x", "# v\n# a bc d\ne\td\tbc\ta", &err),
      RX_OK);
  ck_assert_int_eq (rx_template_check (script, "x", "a\tb\td\nbc\n", &err),
                    RX_EINTERNAL);
  ck_assert_ptr_nonnull (strstr (err.message, "column bc,"));
  ck_assert_int_eq (rx_template_check ("plot x\n", "x", "a\n", &err),
                    RX_EINTERNAL);
}
END_TEST

/* ---- pictures --------------------------------------------------------- */

START_TEST (a_picture_is_whole_or_refused)
{
  static const struct
  {
    const char *name, *bytes;
    enum rx_status status;
  } pictures[] = {
    { "a.svg", "<?xml?><svg></svg>\n", RX_OK },
    { "a.svg", "<?xml?><svg><g>", RX_EIO },
    { "a.svg", "", RX_EIO },
    { "a.png", "\x89PNG\r\n\x1A\n..IEND....", RX_OK },
    { "a.png", "\x89PNG\r\n\x1A\n..IDA", RX_EIO },
    { "a.png", "<svg></svg>", RX_EIO },
    { "a.pdf", "%PDF-1.5\n...%%EOF\n", RX_OK },
    { "a.pdf", "%PDF-1.5\n...", RX_EIO },
    { "a.txt", "text", RX_EIO },
  };
  for (size_t i = 0; i < sizeof pictures / sizeof pictures[0]; i++)
    {
      char bytes[64];
      struct rx_error err = { 0 };
      size_t length = strlen (pictures[i].bytes);
      memcpy (bytes, pictures[i].bytes, length);
      ck_assert_int_eq (
          rx_gnuplot_settle (pictures[i].name, bytes, length, &err),
          pictures[i].status);
    }
}
END_TEST

START_TEST (the_date_of_a_pdf_is_fixed_at_equal_length)
{
  char bytes[] = "%PDF-1.5\n/CreationDate (D:20261122191854Z)\n"
                 "/ModDate (D:20261122191854Z)\n/Other (D:20261122191854Z)\n"
                 "%%EOF /CreationDate (D:2026";
  struct rx_error err;
  ck_assert_int_eq (rx_gnuplot_settle ("a.pdf", bytes, strlen (bytes), &err),
                    RX_OK);
  ck_assert_str_eq (
      bytes, "%PDF-1.5\n/CreationDate (D:20000101000000Z)\n"
             "/ModDate (D:20000101000000Z)\n/Other (D:20261122191854Z)\n"
             "%%EOF /CreationDate (D:2026");
}
END_TEST

/* ---- gnuplot ---------------------------------------------------------- */

static char *
make_folder (void)
{
  static char path[64];
  strcpy (path, "/tmp/recross-figures-XXXXXX");
  ck_assert_ptr_nonnull (mkdtemp (path));
  return path;
}

/* Removes a folder of files; returns how many there were. */
static size_t
remove_folder (const char *path)
{
  size_t n = 0;
  char file[PATH_MAX];
  DIR *folder = opendir (path);
  ck_assert_ptr_nonnull (folder);
  for (struct dirent *entry; (entry = readdir (folder)) != NULL;)
    {
      snprintf (file, sizeof file, "%.200s/%s", path, entry->d_name);
      if (strcmp (entry->d_name, ".") != 0
          && strcmp (entry->d_name, "..") != 0)
        {
          ck_assert_int_eq (unlink (file), 0);
          n++;
        }
    }
  closedir (folder);
  ck_assert_int_eq (rmdir (path), 0);
  return n;
}

static void
read_file (struct rx_text *out, const char *path)
{
  char bytes[4096];
  FILE *file = fopen (path, "rb");
  ck_assert_msg (file != NULL, "%s", path);
  for (size_t got; (got = fread (bytes, 1, sizeof bytes, file)) > 0;)
    rx_text_add (out, bytes, got);
  fclose (file);
}

static bool
has_gnuplot (void)
{
  return system ("gnuplot --version > /dev/null 2>&1") == 0;
}

static const char *const formats[] = { "svg", "png", "pdf" };

static enum rx_status
draw (const char *figure, const struct rx_rows *rows, const char *folder,
      struct rx_paths *made, struct rx_error *err)
{
  struct rx_figure_job job = { .figure = rx_figure_find (figure),
                               .rows = rows,
                               .folder = folder,
                               .name = "picture",
                               .formats = formats,
                               .n_formats = 3 };
  return rx_figure_draw (&job, made, err);
}

/* Text as gnuplot puts it into an SVG, where ">" may stand as it is. */
static void
add_xml (struct rx_text *out, const char *text)
{
  for (const char *s = text; *s != '\0'; s++)
    if (*s == '&')
      rx_text_addz (out, "&amp;");
    else if (*s == '<')
      rx_text_addz (out, "&lt;");
    else
      rx_text_addc (out, *s);
}

/* Every text in the named columns of the data stands in the SVG. */
static void
assert_labels (const char *tsv_path, const char *svg_path,
               const char *const *columns)
{
  struct rx_text tsv = { 0 }, svg = { 0 };
  read_file (&tsv, tsv_path);
  read_file (&svg, svg_path);
  size_t wanted[8], n = 0, line_number = 0;
  char *rest = tsv.data;
  for (char *line; (line = strsep (&rest, "\n")) != NULL && *line != '\0';)
    {
      if (line[0] == '#')
        continue;
      size_t c = 0;
      for (char *cell; (cell = strsep (&line, "\t")) != NULL; c++)
        {
          for (size_t k = 0; line_number == 0 && columns[k] != NULL; k++)
            if (strcmp (cell, columns[k]) == 0)
              wanted[n++] = c;
          for (size_t k = 0; line_number > 0 && k < n; k++)
            {
              struct rx_text label = { 0 };
              add_xml (&label, cell);
              if (wanted[k] == c && strcmp (cell, "-") != 0)
                ck_assert_msg (strstr (svg.data, label.data) != NULL, "%s: %s",
                               svg_path, cell);
              rx_text_free (&label);
            }
        }
      line_number++;
    }
  ck_assert_uint_gt (line_number, 1);
  ck_assert_uint_gt (n, 0);
  rx_text_free (&tsv);
  rx_text_free (&svg);
}

static const struct
{
  const char *figure;
  void (*make) (struct rx_rows *rows);
  size_t n_made; /* style.gp, picture.gp, and four files per picture */
  const char *part;
  const char *const *labels;
} drawings[] = {
  { "crossover-profiles", make_trials, 10, "-PEF",
    (const char *const[]){ "endpoint", "sequence", NULL } },
  { "effects", make_trials, 6, "", (const char *const[]){ "endpoint", NULL } },
  { "before-after", make_before_after, 10, "-ddd",
    (const char *const[]){ "outcome", "group", NULL } },
  { "its", make_series, 6, "", (const char *const[]){ "endpoint", NULL } },
  { "attrition", make_cohort, 6, "",
    (const char *const[]){ "description", "reason", NULL } },
  { "symmetry", make_symmetry, 6, "", (const char *const[]){ "label", NULL } },
};

START_TEST (pictures_repeat_to_the_byte_and_show_their_labels)
{
  struct rx_rows rows = { 0 };
  struct rx_paths first = { 0 }, second = { 0 };
  struct rx_error err = { 0 };
  char here[64], there[64], tsv[128], svg[128];
  if (!has_gnuplot ())
    return;
  drawings[_i].make (&rows);
  rows.synthetic = true;
  strcpy (here, make_folder ());
  strcpy (there, make_folder ());
  ck_assert_msg (draw (drawings[_i].figure, &rows, here, &first, &err)
                     == RX_OK,
                 "%s", err.message);
  sleep (1); /* a clock in a picture would tell another time */
  ck_assert_int_eq (setenv ("TZ", "Asia/Tokyo", 1), 0);
  ck_assert_int_eq (draw (drawings[_i].figure, &rows, there, &second, &err),
                    RX_OK);
  ck_assert_int_eq (unsetenv ("TZ"), 0);
  ck_assert_uint_eq (first.n, drawings[_i].n_made);
  ck_assert_uint_eq (second.n, first.n);
  for (size_t i = 0; i < first.n; i++)
    {
      struct rx_text a = { 0 }, b = { 0 };
      read_file (&a, first.path[i]);
      read_file (&b, second.path[i]);
      ck_assert_uint_eq (a.length, b.length);
      ck_assert_msg (memcmp (a.data, b.data, a.length) == 0, "%s",
                     first.path[i]);
      rx_text_free (&a);
      rx_text_free (&b);
    }
  snprintf (tsv, sizeof tsv, "%s/picture%s.tsv", here, drawings[_i].part);
  snprintf (svg, sizeof svg, "%s/picture%s.svg", here, drawings[_i].part);
  assert_labels (tsv, svg, drawings[_i].labels);
  struct rx_text text = { 0 };
  read_file (&text, svg);
  ck_assert_ptr_nonnull (strstr (text.data, "synthetic data, not patients"));
  rx_text_clear (&text);
  read_file (&text, tsv);
  ck_assert_int_eq (strncmp (text.data, "# synthetic: not patient data\n", 30),
                    0);
  rx_text_free (&text);
  ck_assert_uint_eq (remove_folder (here), first.n); /* nothing left over */
  ck_assert_uint_eq (remove_folder (there), first.n);
  rx_paths_free (&first);
  rx_paths_free (&second);
  rx_rows_free (&rows);
}
END_TEST

/* A template of our own in a folder of its own, in place of plots/. */
static void
write_template (const char *folder, const char *body)
{
  struct rx_error err;
  struct rx_text text = { 0 };
  char path[128];
  rx_text_addf (&text, "# figure:  effects\n# columns: endpoint estimate\n%s",
                body);
  snprintf (path, sizeof path, "%s/effects.gp", folder);
  ck_assert_int_eq (rx_output_write (path, text.data, text.length, &err),
                    RX_OK);
  snprintf (path, sizeof path, "%s/style.gp", folder);
  ck_assert_int_eq (rx_output_write (path, "# style\n", 8, &err), RX_OK);
  rx_text_free (&text);
}

#define HEAD                                                                  \
  "set terminal svg\nset output ARG2\nset datafile separator \"\\t\"\n"       \
  "set datafile columnheaders\n"

static const struct
{
  const char *body, *words; /* NULL: drawn */
} templates[] = {
  { HEAD "plot ARG1 using 0:'estimate'\n", NULL },
  { HEAD "plot ARG1 using 0:'estimates'\n", "estimates" },
  { HEAD "plot ARG1 using 0:'estimate'\nplot [1:1] x\n", "range" },
  { HEAD "plot 'no such file'\n", "no such file" },
  { HEAD "set title 'a'\nunknown\n", "unknown" },
  { "exit status 3\n", "status 3" },
  { "set terminal svg\n", "drew nothing" },
  { "set terminal dumb\nset output ARG2\nplot x\n", "no whole picture" },
};

START_TEST (a_template_that_complains_makes_a_failure)
{
  struct rx_rows rows = { 0 };
  struct rx_paths made = { 0 };
  struct rx_error err = { 0 };
  char plots[64], folder[64], picture[128];
  static const char *const svg[] = { "svg" };
  if (!has_gnuplot ())
    return;
  const char *kept = getenv ("RECROSS_PLOTS");
  char *before = kept != NULL ? strdup (kept) : NULL;
  strcpy (plots, make_folder ());
  strcpy (folder, make_folder ());
  write_template (plots, templates[_i].body);
  ck_assert_int_eq (setenv ("RECROSS_PLOTS", plots, 1), 0);
  make_crossover (&rows, "PEF");
  struct rx_figure_job job = { .figure = rx_figure_find ("effects"),
                               .rows = &rows,
                               .folder = folder,
                               .name = "<effects",
                               .formats = svg,
                               .n_formats = 1 };
  enum rx_status status = rx_figure_draw (&job, &made, &err);
  snprintf (picture, sizeof picture, "%s/<effects.svg", folder);
  if (templates[_i].words == NULL)
    {
      ck_assert_msg (status == RX_OK, "%s", err.message);
      ck_assert_int_eq (access (picture, R_OK), 0);
    }
  else
    {
      ck_assert_int_eq (status, RX_EIO);
      ck_assert_msg (strstr (err.message, templates[_i].words) != NULL, "%s",
                     err.message);
      ck_assert_ptr_null (strchr (err.message, '\n'));
      ck_assert_int_ne (access (picture, R_OK), 0);
      ck_assert_uint_eq (made.n, 3); /* style, script and data stay */
    }
  ck_assert_uint_eq (remove_folder (folder), made.n);
  remove_folder (plots);
  if (before != NULL)
    ck_assert_int_eq (setenv ("RECROSS_PLOTS", before, 1), 0);
  else
    ck_assert_int_eq (unsetenv ("RECROSS_PLOTS"), 0);
  free (before);
  rx_paths_free (&made);
  rx_rows_free (&rows);
}
END_TEST

START_TEST (without_gnuplot_the_message_names_the_package)
{
  struct rx_rows rows = { 0 };
  struct rx_paths made = { 0 };
  struct rx_error err = { 0 };
  char folder[64];
  char *path = getenv ("PATH") != NULL ? strdup (getenv ("PATH")) : NULL;
  strcpy (folder, make_folder ());
  make_crossover (&rows, "PEF");
  ck_assert_int_eq (setenv ("PATH", "/nonexistent", 1), 0);
  ck_assert_int_eq (draw ("crossover-profiles", &rows, folder, &made, &err),
                    RX_EIO);
  if (path != NULL)
    ck_assert_int_eq (setenv ("PATH", path, 1), 0);
  ck_assert_ptr_nonnull (strstr (err.message, "gnuplot-nox"));
  ck_assert_ptr_nonnull (strstr (err.message, folder));
  ck_assert_uint_eq (remove_folder (folder), 3);
  free (path);
  rx_paths_free (&made);
  rx_rows_free (&rows);
}
END_TEST

START_TEST (what_cannot_be_drawn_is_said)
{
  struct rx_rows rows = { 0 };
  struct rx_paths made = { 0 };
  struct rx_error err = { 0 };
  ck_assert_ptr_null (rx_figure_find ("pie"));
  for (size_t i = 0; i < rx_n_figures; i++)
    {
      ck_assert (rx_figure_find (rx_figures[i]->name) == rx_figures[i]);
      ck_assert_int_eq (
          draw (rx_figures[i]->name, &rows, "/nonexistent", &made, &err),
          RX_EDATA);
      ck_assert_ptr_nonnull (strstr (err.message, rx_figures[i]->name));
    }
  struct rx_figure_job job = { .figure = rx_figures[0],
                               .rows = &rows,
                               .folder = "/nonexistent",
                               .name = "x",
                               .formats = (const char *const[]){ "gif" },
                               .n_formats = 1 };
  ck_assert_int_eq (rx_figure_draw (&job, &made, &err), RX_EUSAGE);
  ck_assert_uint_eq (made.n, 0);
  rx_paths_free (&made);
}
END_TEST

/* The templates of the source tree, unless the caller says otherwise. */
static void
find_plots (void)
{
  char path[PATH_MAX];
  const char *source = getenv ("srcdir");
  snprintf (path, sizeof path, "%s/plots", source != NULL ? source : ".");
  if (access (path, R_OK) == 0)
    setenv ("RECROSS_PLOTS", path, 0);
}

int
main (void)
{
  find_plots ();
  Suite *suite = suite_create ("figures");
  TCase *tcase = tcase_create ("all");
  tcase_set_timeout (tcase, 120);
  tcase_add_test (tcase, profiles_hold_every_cell_and_mean);
  tcase_add_test (tcase, profiles_number_the_periods_that_have_names);
  tcase_add_test (tcase, effects_are_treatment_rows_and_contrasts);
  tcase_add_test (tcase, effects_know_contrasts_without_descriptions);
  tcase_add_test (tcase, effects_are_a_picture_per_unit);
  tcase_add_test (tcase, effects_are_on_the_scale_of_the_responses);
  tcase_add_test (tcase, before_after_is_a_picture_per_measure);
  tcase_add_test (tcase, power_has_a_picture_for_each_axis);
  tcase_add_test (tcase, series_have_a_line_per_point);
  tcase_add_test (tcase, attrition_has_a_line_per_step);
  tcase_add_test (tcase, symmetry_has_its_bars_and_ratios);
  tcase_add_test (tcase, parts_are_fit_for_file_names_and_differ);
  tcase_add_test (tcase, cells_of_data_stay_cells);
  tcase_add_loop_test (tcase, cell_names_are_read_from_the_right, 0,
                       (int)(sizeof cell_names / sizeof cell_names[0]));
  tcase_add_test (tcase, words_of_notes_are_found);
  tcase_add_loop_test (tcase, templates_and_figures_name_the_same_columns, 0,
                       (int)rx_n_figures);
  tcase_add_test (tcase, template_names_the_column_that_is_not_there);
  tcase_add_test (tcase, a_picture_is_whole_or_refused);
  tcase_add_test (tcase, the_date_of_a_pdf_is_fixed_at_equal_length);
  tcase_add_loop_test (tcase,
                       pictures_repeat_to_the_byte_and_show_their_labels, 0,
                       (int)(sizeof drawings / sizeof drawings[0]));
  tcase_add_loop_test (tcase, a_template_that_complains_makes_a_failure, 0,
                       (int)(sizeof templates / sizeof templates[0]));
  tcase_add_test (tcase, without_gnuplot_the_message_names_the_package);
  tcase_add_test (tcase, what_cannot_be_drawn_is_said);
  suite_add_tcase (suite, tcase);
  SRunner *runner = srunner_create (suite);
  srunner_run_all (runner, CK_ENV);
  int failed = srunner_ntests_failed (runner);
  srunner_free (runner);
  return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
