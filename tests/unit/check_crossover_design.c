/* check_crossover_design.c: a trial file seen as a design: its layout, the
   names it uses, and what is wrong with it.

   Every file is written by hand below, small enough to be checked by eye. */
#include "crossover_trial.h"

#include <gsl/gsl_errno.h>

enum
{
  ENDPOINTS_MOST = 3
};

/* Columns of wide files. */
static const char *const two_periods[] = { "p1", "p2" };
static const char *const three_periods[] = { "p1", "p2", "p3" };
static const struct rx_endpoint_spec wide_two
    = { .name = "y", .columns = two_periods, .n_columns = 2 };
static const struct rx_endpoint_spec wide_three
    = { .name = "y", .columns = three_periods, .n_columns = 3 };

static struct rx_crossover_spec
wide_spec (const struct rx_endpoint_spec *endpoint)
{
  return (struct rx_crossover_spec){ .endpoints = endpoint,
                                     .n_endpoints = 1,
                                     .wide = true };
}

static void
build_long (struct rx_crossover *design, const char *text)
{
  struct rx_crossover_spec spec = long_spec (NULL, NULL);
  build (design, text, &spec);
}

/* "A,B" of a list of names. */
static const char *
joined (const char *const *name, size_t n)
{
  static char lists[2][1024];
  static size_t at;
  char *list = lists[at++ % 2];
  size_t used = 0;
  list[0] = '\0';
  for (size_t i = 0; i < n && used < sizeof lists[0]; i++)
    used += (size_t)snprintf (list + used, sizeof lists[0] - used, "%s%s",
                              i > 0 ? "," : "", name[i]);
  return list;
}

/* ---- The design -----------------------------------------------------------
 */

START_TEST (long_and_wide_are_one_design)
{
  static const char rows[] = "subject,sequence,period,treatment,y\n"
                             "1,AB,1,A,1.5\n1,AB,2,B,2\n"
                             "2,BA,1,B,3\n2,BA,2,A,1\n"
                             "3,AB,1,A,4\n3,AB,2,B,NA\n"
                             "4,BA,1,B,6\n4,BA,2,A,2.25\n";
  static const char columns[] = "p2,subject,p1,sequence\n"
                                "2.25,4,6,BA\n,3,4,AB\n1,2,3,BA\n"
                                "2,1,1.5,AB\n";
  struct rx_crossover_spec spec = wide_spec (&wide_two);
  struct rx_crossover_spec same = long_spec (NULL, NULL);
  struct rx_crossover a, b;
  build_long (&a, rows);
  build (&b, columns, &spec);
  ck_assert_str_eq (joined (a.subjects, a.n_subjects),
                    joined (b.subjects, b.n_subjects));
  ck_assert_str_eq (joined (a.sequences, a.n_sequences),
                    joined (b.sequences, b.n_sequences));
  ck_assert_str_eq (joined (a.periods, a.n_periods),
                    joined (b.periods, b.n_periods));
  ck_assert_str_eq (joined (a.treatments, a.n_treatments),
                    joined (b.treatments, b.n_treatments));
  for (size_t i = 0; i < a.n_subjects * a.n_periods; i++)
    {
      ck_assert_int_eq (a.treatment_at[i], b.treatment_at[i]);
      ck_assert_int_eq (isnan (a.endpoints[0].y[i]),
                        isnan (b.endpoints[0].y[i]));
    }
  rx_crossover_free (&a);
  rx_crossover_free (&b);
  char *from_rows = tsv_of (rows, &same);
  char *from_columns = tsv_of (columns, &spec);
  ck_assert_str_eq (from_rows, from_columns);
  free (from_rows);
  free (from_columns);
}
END_TEST

START_TEST (names_that_are_numbers_sort_by_value)
{
  struct rx_crossover d;
  build_long (&d, "y,treatment,period,subject\n"
                  "7,B,10,2\n1,A,9,2\n2,A,9,10\n8,B,10,10\n3,B,9,01\n"
                  "9,A,10,01\n");
  ck_assert_str_eq (joined (d.subjects, d.n_subjects), "01,2,10");
  ck_assert_str_eq (joined (d.periods, d.n_periods), "9,10");
  static const double expected[] = { 3, 9, 1, 7, 2, 8 };
  for (size_t i = 0; i < 6; i++)
    assert_near (d.endpoints[0].y[i], expected[i], 0, "response");
  ck_assert (d.is_abba);
  rx_crossover_free (&d);
}
END_TEST

/* 3 has the first period only, and one complete sequence agrees; 4 has seen
   what both A-B-C and A-C-B begin with. */
START_TEST (sequences_follow_from_treatments)
{
  struct rx_crossover d;
  build_long (&d, "subject,period,treatment,y\n"
                  "1,1,A,1\n1,2,B,2\n2,1,B,3\n2,2,A,4\n3,1,A,5\n");
  ck_assert_str_eq (joined (d.sequences, d.n_sequences), "AB,BA");
  ck_assert_uint_eq (d.sequence_of[2], 0);
  ck_assert_int_eq (d.plan[1], 1);
  ck_assert_int_eq (d.treatment_at[2 * 2 + 1], RX_NO_TREATMENT);
  ck_assert (isnan (d.endpoints[0].y[2 * 2 + 1]));
  ck_assert (d.is_abba);
  rx_crossover_free (&d);

  build_long (&d, "subject,period,treatment,y\n"
                  "1,1,A,1\n1,2,B,2\n1,3,C,2\n2,1,A,3\n2,2,C,4\n2,3,B,4\n"
                  "3,2,C,5\n4,1,A,5\n");
  ck_assert_str_eq (joined (d.sequences, d.n_sequences), "A..,ABC,ACB");
  ck_assert_uint_eq (d.sequence_of[2], 2);
  ck_assert_uint_eq (d.sequence_of[3], 0);
  rx_crossover_free (&d);

  build_long (&d, "subject,period,treatment,y\n"
                  "1,1,drug,1\n1,2,P,2\n2,1,P,3\n2,2,drug,4\n");
  ck_assert_str_eq (joined (d.sequences, d.n_sequences), "P-drug,drug-P");
  rx_crossover_free (&d);
}
END_TEST

/* A subject whose label nobody completed keeps it, with dots. */
START_TEST (a_sequence_nobody_completed_is_kept)
{
  struct rx_crossover d;
  build_long (&d, "subject,period,treatment,y\n"
                  "1,1,A,1\n1,2,B,2\n2,1,A,3\n2,2,B,4\n3,1,B,5\n");
  ck_assert_str_eq (joined (d.sequences, d.n_sequences), "AB,B.");
  ck_assert (d.is_abba);
  rx_crossover_free (&d);
}
END_TEST

START_TEST (labels_of_the_wide_layout)
{
  static const struct
  {
    const char *label, *treatments;
  } rows[] = {
    { "ABC", "A,B,C" },
    { "D1-D2-P", "D1,D2,P" },
    { "D1/D2/P", "D1,D2,P" },
    { "D1 D2 P", "D1,D2,P" },
    { "\"D1,D2,P\"", "D1,D2,P" },
    { "ÆØÅ", "Å,Æ,Ø" },
    { "drug-drug-placebo", "drug,placebo" },
  };
  struct rx_crossover_spec spec = wide_spec (&wide_three);
  for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
    {
      char text[256];
      struct rx_crossover d;
      snprintf (text, sizeof text,
                "subject,sequence,p1,p2,p3\n1,%s,1,2,3\n2,%s,4,5,6\n",
                rows[i].label, rows[i].label);
      build (&d, text, &spec);
      ck_assert_str_eq (joined (d.treatments, d.n_treatments),
                        rows[i].treatments);
      ck_assert_str_eq (joined (d.periods, d.n_periods), "1,2,3");
      ck_assert_uint_eq (d.n_sequences, 1);
      rx_crossover_free (&d);
    }
}
END_TEST

START_TEST (a_latin_square_is_contrasted_with_the_reference)
{
  static const char text[] = "subject,sequence,period,treatment,y\n"
                             "1,ABC,1,A,10\n1,ABC,2,B,13\n1,ABC,3,C,19\n"
                             "2,BCA,1,B,14\n2,BCA,2,C,18\n2,BCA,3,A,11\n"
                             "3,CAB,1,C,17\n3,CAB,2,A,12\n3,CAB,3,B,15\n";
  struct rx_crossover d;
  struct rx_rows rows = { 0 };
  build_long (&d, text);
  ck_assert (!d.is_abba);
  ck_assert_uint_eq (d.n_sequences, 3);
  analyse (&rows, &d);
  size_t found = 0;
  for (size_t i = 0; i < rows.n; i++)
    if (strcmp (rows.row[i].method, "paired-t") == 0)
      {
        bool first = strcmp (rows.row[i].term, "B-A") == 0;
        ck_assert (first || strcmp (rows.row[i].term, "C-A") == 0);
        assert_near (rows.row[i].estimate, first ? 3 : 7, SAME, "contrast");
        assert_near (rows.row[i].n, 3, 0, "n");
        found++;
      }
  ck_assert_uint_eq (found, 2);
  rx_rows_free (&rows);
  rx_crossover_free (&d);
}
END_TEST

/* Each treatment twice: means within subject.  Subject 2 misses a period: its
   mean is of what is there. */
START_TEST (replicates_are_averaged_within_subject)
{
  static const char text[] = "subject,sequence,p1,p2,p3,p4\n"
                             "1,TRTR,10,7,12,6\n2,RTRT,5,9,,11\n";
  static const char *const periods[] = { "p1", "p2", "p3", "p4" };
  struct rx_endpoint_spec endpoint
      = { .name = "y", .columns = periods, .n_columns = 4 };
  struct rx_crossover_spec spec = wide_spec (&endpoint);
  struct rx_crossover d;
  struct rx_contrast paired;
  struct rx_error err;
  spec.test = "T";
  build (&d, text, &spec);
  ck_assert (!d.is_abba);
  ck_assert_int_eq (rx_crossover_paired (&d, &d.endpoints[0], d.test,
                                         d.reference, &paired, &err),
                    RX_OK);
  ck_assert_uint_eq (paired.n, 2);
  assert_near (paired.value[0], 11 - 6.5, SAME, "TRTR");
  assert_near (paired.value[1], 10 - 5, SAME, "RTRT");
  ck_assert (rx_crossover_complete (&d, &d.endpoints[0], 0));
  ck_assert (!rx_crossover_complete (&d, &d.endpoints[0], 1));
  rx_contrast_free (&paired);
  rx_crossover_free (&d);
}
END_TEST

/* `e*` is every column that begins so and has no role; each role in turn is
   given to the column `er`. */
START_TEST (a_pattern_takes_no_column_with_a_role)
{
  static const char text[] = "subject,period,treatment,e1,er,e2,other\n"
                             "1,1,A,1,3,2,5\n1,2,B,2,3,4,5\n"
                             "2,1,B,3,4,3,5\n2,2,A,4,4,5,5\n";
  static const char *const er[] = { "er" };
  const struct rx_endpoint_spec all
      = { .name = "e*" },
      based = { .name = "e*", .baselines = er, .n_baselines = 1 };
  const struct rx_crossover_spec specs[] = {
    { .endpoints = &all, .n_endpoints = 1, .subject = "er" },
    { .endpoints = &all, .n_endpoints = 1, .by = "er" },
    { .endpoints = &all, .n_endpoints = 1, .cluster = "er" },
    { .endpoints = &all, .n_endpoints = 1, .exposure = "er" },
    { .endpoints = &all,
      .n_endpoints = 1,
      .covariates = er,
      .n_covariates = 1 },
    { .endpoints = &all, .n_endpoints = 1, .factors = er, .n_factors = 1 },
    { .endpoints = &based, .n_endpoints = 1 },
  };
  for (size_t i = 0; i < sizeof specs / sizeof specs[0]; i++)
    {
      struct rx_crossover d;
      build (&d, text, &specs[i]);
      ck_assert_msg (d.n_endpoints == 2, "role %zu: %zu endpoints", i,
                     d.n_endpoints);
      ck_assert_str_eq (d.endpoints[0].name, "e1");
      ck_assert_str_eq (d.endpoints[1].name, "e2");
      rx_crossover_free (&d);
    }
}
END_TEST

/* ---- Which treatment is the test ------------------------------------------
 */

static const char two[] = "subject,sequence,p1,p2\n1,AB,1,2\n2,BA,3,5\n";
static const char three[]
    = "subject,sequence,p1,p2,p3\n1,ABC,1,2,3\n2,CBA,4,5,6\n";

/* One row per way to ask; the first two columns are --test, --reference. */
static const struct
{
  const char *test, *reference;
  const char *of_two; /* "A-B", or the complaint */
  const char *of_three;
} orientations[] = {
  { NULL, NULL, "A-B", "B-A" },
  { "A", NULL, "A-B", "A-B" },
  { "B", NULL, "B-A", "B-A" },
  { NULL, "A", "B-A", "B-A" },
  { NULL, "B", "A-B", "A-B" },
  { "A", "B", "A-B", "A-B" },
  { "B", "A", "B-A", "B-A" },
  { "A", "A", "the test and the reference treatment are both \"A\"",
    "the test and the reference treatment are both \"A\"" },
  { "C", NULL,
    "t.csv: no subject received the test treatment \"C\"; the file has: A, B",
    "C-A" },
  { NULL, "C",
    "t.csv: no subject received the reference treatment \"C\"; the file has: "
    "A, B",
    "B-C" },
  { "B", "C",
    "t.csv: no subject received the reference treatment \"C\"; the file has: "
    "A, B",
    "B-C" },
  { "x", "A",
    "t.csv: no subject received the test treatment \"x\"; the file has: A, B",
    "t.csv: no subject received the test treatment \"x\"; the file has: A, B, "
    "C" },
  { "a", NULL,
    "t.csv: no subject received the test treatment \"a\"; the file has: A, B",
    "t.csv: no subject received the test treatment \"a\"; the file has: A, B, "
    "C" },
};

enum
{
  N_ORIENTATIONS = sizeof orientations / sizeof orientations[0]
};

/* The message without the path of the scratch folder. */
static const char *
tail_of (const struct rx_error *err)
{
  const char *file = strstr (err->message, "t.csv");
  return file != NULL ? file : err->message;
}

static void
check_orientation (const char *text, const struct rx_endpoint_spec *endpoint,
                   const char *test, const char *reference,
                   const char *expected)
{
  char got[64];
  struct rx_crossover d;
  struct rx_error err = { 0 };
  struct rx_crossover_spec spec = wide_spec (endpoint);
  spec.test = test;
  spec.reference = reference;
  if (try_build (&d, text, &spec, &err) == RX_OK)
    {
      snprintf (got, sizeof got, "%s-%s", d.treatments[d.test],
                d.treatments[d.reference]);
      ck_assert_str_eq (got, expected);
      rx_crossover_free (&d);
      return;
    }
  ck_assert_int_eq (err.status, RX_EDATA);
  ck_assert_str_eq (tail_of (&err), expected);
}

START_TEST (test_and_reference)
{
  check_orientation (two, &wide_two, orientations[_i].test,
                     orientations[_i].reference, orientations[_i].of_two);
  check_orientation (three, &wide_three, orientations[_i].test,
                     orientations[_i].reference, orientations[_i].of_three);
}
END_TEST

/* ---- Cells ----------------------------------------------------------------
 */

START_TEST (blank_rows_are_passed_over_and_counted)
{
  struct rx_crossover d;
  struct rx_rows rows = { 0 };
  build_long (&d, "subject,sequence,period,treatment,y\n"
                  ",,,,\n1,AB,1,A,1\n1,AB,2,B,2\n , ,NA,,.\n"
                  "2,BA,1,B,3\n2,BA,2,A,4\n,,,,\n");
  ck_assert_uint_eq (d.blank_rows, 3);
  ck_assert_uint_eq (d.n_subjects, 2);
  analyse (&rows, &d);
  bool said = false;
  for (size_t i = 0; i < rows.n_remarks; i++)
    said = said
           || starts_with (rows.remark[i].text, "3 rows without any value");
  ck_assert (said);
  rx_rows_free (&rows);
  rx_crossover_free (&d);
}
END_TEST

static struct rx_contrast
paired_of (const char *text, bool log_scale)
{
  struct rx_crossover d;
  struct rx_contrast paired;
  struct rx_error err = { 0 };
  struct rx_crossover_spec spec = wide_spec (&wide_two);
  spec.log = log_scale;
  build (&d, text, &spec);
  ck_assert_int_eq (rx_crossover_paired (&d, &d.endpoints[0], d.test,
                                         d.reference, &paired, &err),
                    RX_OK);
  rx_crossover_free (&d);
  return paired;
}

/* 0.3 - 0.1, 0.4 - 0.2 and 0.5 - 0.30 are one number here, and not in
   binary. */
START_TEST (differences_tie_as_decimals_do)
{
  struct rx_contrast d
      = paired_of ("subject,sequence,p1,p2\n1,AB,0.3,0.1\n2,AB,0.4,0.2\n"
                   "3,AB,.5,0.30\n4,BA,1,1.2\n5,BA,1e-1,0.4\n",
                   false);
  ck_assert_uint_eq (d.n, 5);
  assert_near (d.scale, 100, 0, "scale");
  for (size_t i = 0; i < 4; i++)
    {
      ck_assert_int_eq (d.key[i], 20);
      ck_assert_double_eq (d.value[i], 0.2);
    }
  ck_assert_int_eq (d.key[4], 30);
  rx_contrast_free (&d);
}
END_TEST

/* Eighteen digits fit the units and nineteen do not: then keys come from the
   doubles, and still tie. */
START_TEST (too_many_digits_fall_back_to_doubles)
{
  struct rx_contrast d
      = paired_of ("subject,sequence,p1,p2\n1,AB,0.3000000000000000001,0.1\n"
                   "2,AB,0.4,0.2\n3,BA,0.5,0.9\n",
                   false);
  assert_near (d.scale, 0, 0, "scale");
  ck_assert_int_eq (d.key[0], d.key[1]);
  ck_assert_int_lt (d.key[0], d.key[2]);
  rx_contrast_free (&d);
}
END_TEST

START_TEST (logarithms_of_equal_ratios_tie)
{
  struct rx_contrast d
      = paired_of ("subject,sequence,p1,p2\n1,AB,0.2,0.1\n2,AB,6,3\n"
                   "3,BA,7,14\n4,BA,1,1\n",
                   true);
  ck_assert_uint_eq (d.n, 4);
  for (size_t i = 0; i < 3; i++)
    {
      assert_near (d.value[i], M_LN2, SAME, "log 2");
      ck_assert_int_eq (d.key[i], d.key[0]);
    }
  ck_assert_int_eq (d.key[3], 0);
  rx_contrast_free (&d);
}
END_TEST

START_TEST (missing_responses_leave_subjects_out_where_they_count)
{
  struct rx_crossover d;
  struct rx_contrast a, b;
  struct rx_error err;
  build_long (&d, "subject,sequence,period,treatment,y\n"
                  "1,AB,1,A,5\n1,AB,2,B,3\n2,AB,1,A,NA\n2,AB,2,B,4\n"
                  "3,BA,1,B,1\n3,BA,2,A,.\n4,BA,1,B,2\n4,BA,2,A,9\n"
                  "5,BA,1,B,7\n");
  static const bool complete[] = { true, false, false, true, false };
  for (size_t s = 0; s < 5; s++)
    ck_assert (rx_crossover_complete (&d, &d.endpoints[0], s) == complete[s]);
  ck_assert_int_eq (rx_crossover_abba (&d, &d.endpoints[0],
                                       RX_ABBA_PERIOD_DIFFERENCE, &a, &b,
                                       &err),
                    RX_OK);
  ck_assert_uint_eq (a.n, 1);
  ck_assert_uint_eq (b.n, 1);
  ck_assert_uint_eq (a.subject[0], 0);
  ck_assert_uint_eq (b.subject[0], 3);
  assert_near (a.value[0], 2, 0, "period difference of 1");
  assert_near (b.value[0], -7, 0, "period difference of 4");
  rx_contrast_free (&a);
  rx_contrast_free (&b);
  rx_crossover_free (&d);
}
END_TEST

/* By hand: AB with 5, 3 and BA with 2, 9. */
START_TEST (contrasts_of_the_two_sequences)
{
  static const struct
  {
    enum rx_abba_contrast which;
    double test_first, reference_first; /* test A */
  } rows[] = {
    { RX_ABBA_PERIOD_DIFFERENCE, 2, -7 },
    { RX_ABBA_CROSSOVER_DIFFERENCE, -2, -7 },
    { RX_ABBA_TOTAL, 8, 11 },
  };
  struct rx_crossover d;
  build_long (&d, "subject,period,treatment,y\n"
                  "1,1,A,5\n1,2,B,3\n2,1,B,2\n2,2,A,9\n");
  for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
    {
      struct rx_contrast a, b;
      struct rx_error err;
      ck_assert_int_eq (
          rx_crossover_abba (&d, &d.endpoints[0], rows[i].which, &a, &b, &err),
          RX_OK);
      assert_near (a.value[0], rows[i].test_first, 0, "test first");
      assert_near (b.value[0], rows[i].reference_first, 0, "reference first");
      rx_contrast_free (&a);
      rx_contrast_free (&b);
    }
  rx_crossover_free (&d);
}
END_TEST

START_TEST (several_endpoints_and_columns_of_other_names)
{
  static const struct rx_endpoint_spec endpoints[ENDPOINTS_MOST]
      = { { .name = "Pain", .column = "vas", .unit = "mm", .better = "lower" },
          { .name = "pef" },
          { .name = "again", .column = "vas" } };
  struct rx_crossover_spec spec = { .subject = "id",
                                    .sequence = "arm",
                                    .period = "visit",
                                    .treatment = "trt",
                                    .endpoints = endpoints,
                                    .n_endpoints = ENDPOINTS_MOST };
  struct rx_crossover d;
  build (&d,
         "id,arm,visit,trt,vas,pef\n1,I,1,A,4,300\n1,I,2,B,6,280\n"
         "2,II,1,B,7,270\n2,II,2,A,5,290\n",
         &spec);
  ck_assert_uint_eq (d.n_endpoints, ENDPOINTS_MOST);
  ck_assert_str_eq (d.endpoints[0].name, "Pain");
  ck_assert_str_eq (d.endpoints[0].unit, "mm");
  ck_assert_str_eq (d.endpoints[0].better, "lower");
  ck_assert_str_eq (d.endpoints[1].unit, "");
  assert_near (d.endpoints[1].y[3], 290, 0, "pef");
  assert_near (d.endpoints[2].y[3], 5, 0, "again");
  ck_assert_str_eq (joined (d.sequences, d.n_sequences), "I,II");
  ck_assert (d.is_abba);
  rx_crossover_free (&d);
}
END_TEST

START_TEST (synthetic_data_are_known_as_such)
{
  struct rx_crossover d;
  struct rx_rows rows = { 0 };
  build_long (&d, "# synthetic: made up\nsubject,period,treatment,y\n"
                  "1,1,A,5\n1,2,B,3\n2,1,B,2\n2,2,A,9\n");
  ck_assert (d.synthetic);
  analyse (&rows, &d);
  ck_assert (rows.synthetic);
  rx_rows_free (&rows);
  rx_crossover_free (&d);
}
END_TEST

START_TEST (the_design_in_words)
{
  struct rx_crossover d;
  struct rx_strings strings = { 0 };
  build_long (&d, "subject,period,treatment,y\n"
                  "1,1,A,5\n1,2,B,3\n2,1,B,2\n2,2,A,9\n3,1,A,1\n3,2,B,2\n");
  ck_assert_str_eq (rx_crossover_words (&d, &strings),
                    "2 treatments (A, B), 2 periods, 2 sequences: AB (2 "
                    "subjects), BA (1 subject)");
  rx_strings_free (&strings);
  rx_crossover_free (&d);
}
END_TEST

/* ---- Complaints -----------------------------------------------------------
 */

#define HEAD "subject,sequence,period,treatment,y\n"
#define WIDE_HEAD "subject,sequence,p1,p2\n"

/* One row per way to break a file, with the whole complaint. */
static const struct
{
  const char *text;
  bool wide, log;
  const char *complaint;
} broken[] = {
  { "id,period,treatment,y\n1,1,A,2\n", false, false,
    "t.csv: there is no column \"subject\"; the columns are id, period, "
    "treatment, y" },
  { "subject,peroid,treatment,y\n1,1,A,2\n", false, false,
    "t.csv: there is no column \"period\"; did you mean \"peroid\"? The "
    "columns are subject, peroid, treatment, y" },
  { "subject,period,treatment,pef\n1,1,A,2\n1,2,B,2\n", false, false,
    "t.csv: there is no column \"y\"; the columns are subject, period, "
    "treatment, pef" },
  { HEAD, false, false, "t.csv: no rows of data below the header" },
  { HEAD ",,,,\n", false, false, "t.csv: no rows of data below the header" },
  { HEAD "1,AB,1,A,5\n,AB,2,B,6\n", false, false,
    "t.csv:3: subject: found \"\", expected a value: every row needs one" },
  { HEAD "1,AB,1,A,5\n1,NA,2,B,6\n", false, false,
    "t.csv:3: sequence: found \"NA\", expected a value: every row needs "
    "one" },
  { HEAD "1,AB,1,A,5\n1,AB,.,B,6\n", false, false,
    "t.csv:3: period: found \".\", expected a value: every row needs one" },
  { HEAD "1,AB,1,A,5\n1,AB,2,,6\n", false, false,
    "t.csv:3: treatment: found \"\", expected a value: every row needs one" },
  { HEAD "1,AB,1,A,5\n\n1,AB,2,B,6\n1,AB,1,A,5\n", false, false,
    "t.csv:5: period: subject 1 already has a row for period 1, on line 2; "
    "expected one row per subject and period" },
  { HEAD "1,AB,1,A,5\n1,BA,2,B,6\n", false, false,
    "t.csv:3: sequence: found \"BA\", expected AB: subject 1 is in that "
    "sequence on line 2, and a subject has one sequence" },
  { HEAD "1,AB,1,A,5\n1,AB,2,B,6\n2,AB,1,A,5\n2,AB,2,A,6\n", false, false,
    "t.csv:5: treatment: found \"A\" for subject 2, expected B as for the "
    "other subjects of sequence AB in period 2" },
  { HEAD "1,AB,1,A,5\n1,AB,2,B,six\n", false, false,
    "t.csv:3: y: found \"six\", expected a number" },
  { HEAD "1,AB,1,A,5\n1,AB,2,B,0x10\n", false, false,
    "t.csv:3: y: found \"0x10\", expected a number" },
  { HEAD "1,AA,1,A,5\n1,AA,2,A,6\n", false, false,
    "t.csv: found one treatment, A; a crossover compares two or more" },
  { HEAD "1,AB,1,A,5\n1,AB,2,B,0\n", false, true,
    "t.csv:3: y: found \"0\", expected a number above zero for the log "
    "scale" },
  { HEAD "1,AB,1,A,-5\n1,AB,2,B,1\n", false, true,
    "t.csv:2: y: found \"-5\", expected a number above zero for the log "
    "scale" },
  { WIDE_HEAD "1,AB,1,2\n2,ABA,1,2\n", true, false,
    "t.csv:3: sequence: found \"ABA\", expected the treatments of 2 periods, "
    "as in \"AB\" or \"drug-placebo\"" },
  { WIDE_HEAD "1,A-,1,2\n", true, false,
    "t.csv:2: sequence: found \"A-\", expected the treatments of 2 periods, "
    "as in \"AB\" or \"drug-placebo\"" },
  { WIDE_HEAD "1,AB,1,2\n2,BA,1,2\n1,AB,3,4\n", true, false,
    "t.csv:4: subject: subject 1 already has a row, on line 2; expected one "
    "row per subject in the wide layout" },
  { "subject,p1,p2\n1,1,2\n", true, false,
    "t.csv: there is no column \"sequence\"; the columns are subject, p1, "
    "p2" },
  { "subject,sequence,p1,second\n1,AB,1,2\n", true, false,
    "t.csv: there is no column \"p2\"; did you mean \"p1\"? The columns are "
    "subject, sequence, p1, second" },
  { WIDE_HEAD "1,AB,1,2\n2,,1,2\n", true, false,
    "t.csv:3: sequence: found \"\", expected a value: every row needs one" },
  { WIDE_HEAD "1,AB,1,2\n2,BA,1,\"1,2\"\n", true, false,
    "t.csv:3: p2: found \"1,2\", expected a number (the file's decimal mark "
    "is another one: see --decimal)" },
};

enum
{
  N_BROKEN = sizeof broken / sizeof broken[0]
};

START_TEST (complaints_name_file_line_and_column)
{
  struct rx_crossover d;
  struct rx_error err = { 0 };
  struct rx_crossover_spec spec
      = broken[_i].wide ? wide_spec (&wide_two) : long_spec (NULL, NULL);
  spec.log = broken[_i].log;
  ck_assert_int_eq (try_build (&d, broken[_i].text, &spec, &err), RX_EDATA);
  ck_assert_str_eq (tail_of (&err), broken[_i].complaint);
  ck_assert_int_eq (err.status, RX_EDATA);
  /* after a failure the design is empty, and freeing it again is fine */
  ck_assert_uint_eq (d.n_subjects, 0);
  rx_crossover_free (&d);
}
END_TEST

START_TEST (a_method_that_does_not_fit_is_refused_with_the_design)
{
  struct rx_crossover d;
  struct rx_rows rows = { 0 };
  struct rx_error err = { 0 };
  const struct rx_method *method = rx_method_find ("hills-armitage");
  struct rx_analysis_plan plan
      = { .methods = &method, .n_methods = 1, .level = 0.95 };
  struct rx_crossover_spec spec = wide_spec (&wide_three);
  build (&d, three, &spec);
  ck_assert_int_eq (rx_analysis_crossover (&d, &plan, &rows, &err), RX_EUSAGE);
  ck_assert_ptr_nonnull (
      strstr (err.message, "method hills-armitage needs two treatments in two "
                           "periods, in both orders"));
  ck_assert_ptr_nonnull (
      strstr (err.message, "has 3 treatments (A, B, C), 3 periods"));
  ck_assert_uint_eq (rows.n, 0);
  rx_rows_free (&rows);
  rx_crossover_free (&d);
}
END_TEST

/* ------------------------------------------------------------------------- */

int
main (void)
{
  gsl_set_error_handler_off ();
  Suite *suite = suite_create ("crossover_design");
  TCase *design = tcase_create ("design");
  tcase_add_checked_fixture (design, scratch_make, scratch_remove);
  tcase_add_test (design, long_and_wide_are_one_design);
  tcase_add_test (design, names_that_are_numbers_sort_by_value);
  tcase_add_test (design, sequences_follow_from_treatments);
  tcase_add_test (design, a_sequence_nobody_completed_is_kept);
  tcase_add_test (design, labels_of_the_wide_layout);
  tcase_add_test (design, a_latin_square_is_contrasted_with_the_reference);
  tcase_add_test (design, replicates_are_averaged_within_subject);
  tcase_add_test (design, a_pattern_takes_no_column_with_a_role);
  tcase_add_loop_test (design, test_and_reference, 0, N_ORIENTATIONS);
  tcase_add_test (design, blank_rows_are_passed_over_and_counted);
  tcase_add_test (design, differences_tie_as_decimals_do);
  tcase_add_test (design, too_many_digits_fall_back_to_doubles);
  tcase_add_test (design, logarithms_of_equal_ratios_tie);
  tcase_add_test (design,
                  missing_responses_leave_subjects_out_where_they_count);
  tcase_add_test (design, contrasts_of_the_two_sequences);
  tcase_add_test (design, several_endpoints_and_columns_of_other_names);
  tcase_add_test (design, synthetic_data_are_known_as_such);
  tcase_add_test (design, the_design_in_words);
  suite_add_tcase (suite, design);
  TCase *complaints = tcase_create ("complaints");
  tcase_add_checked_fixture (complaints, scratch_make, scratch_remove);
  tcase_add_loop_test (complaints, complaints_name_file_line_and_column, 0,
                       N_BROKEN);
  tcase_add_test (complaints,
                  a_method_that_does_not_fit_is_refused_with_the_design);
  suite_add_tcase (suite, complaints);
  SRunner *runner = srunner_create (suite);
  srunner_run_all (runner, CK_NORMAL);
  int failed = srunner_ntests_failed (runner);
  srunner_free (runner);
  return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
