/* check_register_beside.c: what is read beside a register: a map of its codes,
   a file of its persons; and the audit of all of it.  Registers are made by
   hand. */
#include "data/register_audit.h"
#include "data/register_layout.h"
#include "designs/before_after.h"
#include "scratch.h"

#include "base/date.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

/* Ana died, Bo left, Cy came late, Dee is not in the file, Eve is observed
   throughout; Fay of the file has no dispensing. */
static const char REGISTER[] = "person,date,atc,ddd,reason,sex\n"
                               "Ana,2012-01-10,N02A,1.5,G35,F\n"
                               "Ana,2012-06-01,X1,2,,F\n"
                               "Ana,2012-09-02,N02A,3,G35,F\n"
                               "Bo,2012-06-01,X1,4,G35,\n"
                               "Bo,2012-08-02,N02A,-5,G35,\n"
                               "Cy,1899-12-31,N02A,,G35,\n"
                               "Cy,2012-06-01,X1,6,G35,\n"
                               "Dee,2012-06-01,X1,7,G35,\n"
                               "Eve,2012-06-01,X1,8,G35,\n"
                               "Eve,2012-06-02,N02A,0,G35,\n";
static const char PERSONS[] = "id,came,died,left,sex,born\n"
                              "Eve,,,,F,1950-01-31\n"
                              "Cy,20.05.2012,,,M,\n"
                              "Ana,,01.09.2012,,F,\n"
                              "Bo,,02.09.2012,01.08.2012,X,\n"
                              "Fay,,,,F,\n";
static const struct rx_person_columns PERSON_COLUMNS = { .person = "id",
                                                         .entry = "came",
                                                         .death = "died",
                                                         .emigration = "left",
                                                         .sex = "sex" };
static const struct rx_code_columns CODE_COLUMNS = { "from", "to" };

static void
read_register (struct rx_register *reg)
{
  static const struct rx_register_columns columns = { .person = "person",
                                                      .date = "date",
                                                      .drug = "atc",
                                                      .amount = "ddd",
                                                      .indication = "reason",
                                                      .sex = "sex" };
  struct rx_error err = { RX_OK, "" };
  const char *path = scratch_write ("reg.csv", REGISTER, sizeof REGISTER - 1);
  *reg = (struct rx_register){ 0 };
  ck_assert_msg (rx_register_read (reg, path, NULL, &columns, &err) == RX_OK,
                 "%s", err.message);
}

static void
read_table (struct rx_table *table, const char *text)
{
  struct rx_error err = { RX_OK, "" };
  const char *path = scratch_write ("beside.csv", text, strlen (text));
  *table = (struct rx_table){ 0 };
  ck_assert_msg (rx_table_read (table, path, NULL, &err) == RX_OK, "%s",
                 err.message);
}

static void
complete (struct rx_register *reg)
{
  struct rx_error err = { RX_OK, "" };
  struct rx_table persons;
  read_register (reg);
  read_table (&persons, PERSONS);
  const struct rx_register_added added
      = { .persons = &persons,
          .person_columns = PERSON_COLUMNS,
          .person_dates = rx_date_format_find ("dmy") };
  ck_assert_msg (rx_register_complete (reg, &added, &err) == RX_OK, "%s",
                 err.message);
  rx_table_free (&persons);
}

/* ---- Persons ------------------------------------------------------------ */

START_TEST (rows_outside_the_observation_leave)
{
  /* the rows that stay, person by person */
  static const struct
  {
    const char *person, *date;
    int64_t units;
  } stay[] = { { "Ana", "2012-01-10", 15 }, { "Ana", "2012-06-01", 20 },
               { "Bo", "2012-06-01", 40 },  { "Cy", "2012-06-01", 60 },
               { "Dee", "2012-06-01", 70 }, { "Eve", "2012-06-01", 80 },
               { "Eve", "2012-06-02", 0 } };
  struct rx_register reg;
  complete (&reg);
  ck_assert_uint_eq (reg.n_rows, sizeof stay / sizeof *stay);
  for (size_t p = 0, i = 0; p < reg.n_persons; p++)
    for (size_t row = reg.start[p]; row < reg.start[p + 1]; row++, i++)
      {
        char date[RX_DATE_SIZE];
        ck_assert_str_eq (reg.persons[p], stay[i].person);
        ck_assert_str_eq (rx_date_print (date, rx_register_day (&reg, row)),
                          stay[i].date);
        ck_assert_int_eq (rx_register_amount (&reg, row), stay[i].units);
      }
  ck_assert_uint_eq (reg.audit.rows_after_death, 1);
  ck_assert_uint_eq (reg.audit.rows_after_emigration, 1);
  ck_assert_uint_eq (reg.audit.rows_before_entry, 1);
  ck_assert_uint_eq (reg.audit.persons_unknown, 1);
  ck_assert_uint_eq (reg.audit.persons_only, 1);
  rx_register_free (&reg);
}
END_TEST

/* The register says F of Ana, nothing of the others; Dee stays unknown. */
START_TEST (sexes_are_filled_in_and_sorted)
{
  static const char *const sex[] = { "F", "X", "M", "", "F" };
  struct rx_register reg;
  complete (&reg);
  ck_assert_uint_eq (reg.n_sexes, 4);
  for (size_t s = 1; s + 1 < reg.n_sexes; s++)
    ck_assert (strcmp (reg.sexes[s], reg.sexes[s + 1]) < 0);
  for (size_t p = 0; p < reg.n_persons; p++)
    ck_assert_str_eq (reg.sexes[reg.sex[p]], sex[p]);
  ck_assert_uint_eq (reg.audit.without_sex, 1);
  rx_register_free (&reg);
}
END_TEST

START_TEST (the_guard_drops_by_reason)
{
  static const char *const index[] = { "X1" };
  static const size_t left[] = { 5, 5, 5, 4, 3, 2, 1 };
  static const char *const reasons[]
      = { "no row inside the coverage",
          "no such dispensing",
          "a window reaches outside the coverage",
          "not in the file of persons",
          "entered after the first day",
          "died before the last day",
          "emigrated before the last day" };
  const struct rx_outcome outcome = { .name = "other", .drugs = { NULL, 0 } };
  const struct rx_before_after_spec spec
      = { .index_drugs = { index, 1 },
          .before = { -30, -1 },
          .after = { 0, 93 },
          .outcomes = &outcome,
          .n_outcomes = 1,
          .coverage = { 15340, 15705 }, /* 2012 */
          .has_coverage = true };
  struct rx_error err = { RX_OK, "" };
  struct rx_register reg;
  struct rx_before_after design;
  complete (&reg);
  ck_assert_msg (rx_before_after_build (&design, &reg, &spec, &err) == RX_OK,
                 "%s", err.message);
  ck_assert_uint_eq (design.n_attrition, sizeof left / sizeof *left);
  for (size_t i = 0; i < design.n_attrition; i++)
    {
      ck_assert_uint_eq (design.attrition[i].persons, left[i]);
      ck_assert_str_eq (design.attrition[i].reason, reasons[i]);
    }
  ck_assert_str_eq (reg.persons[design.person[0]], "Eve");
  rx_before_after_free (&design);
  rx_register_free (&reg);
}
END_TEST

/* The day of entry and the last one are observed. */
START_TEST (the_last_day_is_observed)
{
  static const char *const index[] = { "X1" };
  const struct rx_outcome outcome = { .name = "other", .drugs = { NULL, 0 } };
  struct rx_before_after_spec spec = { .index_drugs = { index, 1 },
                                       .before = { -12, -1 },
                                       .after = { 0, 61 },
                                       .outcomes = &outcome,
                                       .n_outcomes = 1,
                                       .coverage = { 15340, 15705 },
                                       .has_coverage = true };
  struct rx_error err = { RX_OK, "" };
  struct rx_register reg;
  struct rx_before_after design;
  complete (&reg);
  /* Bo left on day 61 and Cy came on day -12 */
  ck_assert_int_eq (rx_before_after_build (&design, &reg, &spec, &err), RX_OK);
  ck_assert_uint_eq (design.n_persons, 4);
  rx_before_after_free (&design);
  spec.after.to = 62;
  ck_assert_int_eq (rx_before_after_build (&design, &reg, &spec, &err), RX_OK);
  ck_assert_uint_eq (design.n_persons, 3);
  rx_before_after_free (&design);
  spec.before.from = -13;
  ck_assert_int_eq (rx_before_after_build (&design, &reg, &spec, &err), RX_OK);
  ck_assert_uint_eq (design.n_persons, 2);
  rx_before_after_free (&design);
  rx_register_free (&reg);
}
END_TEST

static const struct
{
  const char *persons, *message;
} wrong_persons[] = {
  { "id,came,died,left,sex\nAna,,,,F\nAna,,,,F\n",
    "beside.csv:3: id: found \"Ana\", expected one row per person: this one "
    "has a row on line 2" },
  { "id,came,died,left,sex\nAna,,31.02.2012,,F\n",
    "beside.csv:2: died: found \"31.02.2012\", expected a date like "
    "31.01.2013" },
  { "id,came,died,left,sex\nAna,02.01.2012,01.01.2012,,F\n",
    "beside.csv:2: died: found \"01.01.2012\", expected a day not before the "
    "entry on 2012-01-02" },
  { "id,came,died,left,sex\nAna,02.01.2012,,01.01.2012,F\n",
    "beside.csv:2: left: found \"01.01.2012\", expected a day not before the "
    "entry on 2012-01-02" },
  { "id,came,died,left,sex\n,,,,F\n",
    "beside.csv:2: id: found \"\", expected the id of a person" },
  { "id,came,died,left,sex\nAna,,,,M\n",
    "beside.csv:2: sex: found \"M\", expected the sex \"F\", as in the "
    "register" },
  { "id,came,died,gone,sex\nAna,,,,F\n", "there is no column \"left\"" },
};

START_TEST (wrong_persons_are_refused)
{
  struct rx_register reg;
  struct rx_table persons;
  struct rx_error err = { RX_OK, "" };
  read_register (&reg);
  read_table (&persons, wrong_persons[_i].persons);
  ck_assert_int_eq (rx_register_persons_join (&reg, &persons, &PERSON_COLUMNS,
                                              rx_date_format_find ("dmy"),
                                              &err),
                    RX_EDATA);
  ck_assert_msg (strstr (err.message, wrong_persons[_i].message) != NULL, "%s",
                 err.message);
  rx_table_free (&persons);
  rx_register_free (&reg);
}
END_TEST

START_TEST (birth_comes_from_year_or_date)
{
  static const struct rx_person_columns columns
      = { .person = "id", .birth_year = "year", .birth_date = "date" };
  static const int16_t years[] = { 1951, 1952, 0, 0, 1990 };
  struct rx_register reg;
  struct rx_table persons;
  struct rx_error err = { RX_OK, "" };
  read_register (&reg);
  read_table (&persons, "id,year,date\nAna,1951,\nBo,,1952-12-31\n"
                        "Cy,,\nEve,1990,1989-12-31\n");
  ck_assert_msg (
      rx_register_persons_join (&reg, &persons, &columns, NULL, &err) == RX_OK,
      "%s", err.message);
  for (size_t p = 0; p < reg.n_persons; p++)
    ck_assert_int_eq (reg.birth_year[p], years[p]);
  rx_table_free (&persons);
  rx_register_free (&reg);
}
END_TEST

/* ---- Codes -------------------------------------------------------------- */

START_TEST (codes_are_mapped_and_sorted)
{
  struct rx_register reg;
  struct rx_table codes;
  struct rx_error err = { RX_OK, "" };
  read_register (&reg);
  read_table (&codes, "from,to\nX1,A1\nX9,B1\nX1,A1\n");
  ck_assert_msg (rx_code_map_apply (&reg, &codes, &CODE_COLUMNS, &err)
                     == RX_OK,
                 "%s", err.message);
  ck_assert_uint_eq (reg.n_drugs, 2);
  ck_assert_str_eq (reg.drugs[0], "A1");
  ck_assert_str_eq (reg.drugs[1], "N02A");
  ck_assert_uint_eq (reg.drug[0], 1); /* Ana, N02A */
  ck_assert_uint_eq (reg.drug[1], 0); /* Ana, X1 */
  ck_assert_uint_eq (reg.audit.mapped_rows, 5);
  ck_assert_uint_eq (reg.audit.unmapped_rows, 5);
  rx_table_free (&codes);
  rx_register_free (&reg);
}
END_TEST

/* Two codes may become one, and a missing code maps nothing. */
START_TEST (codes_may_meet)
{
  struct rx_register reg;
  struct rx_table codes;
  struct rx_error err = { RX_OK, "" };
  read_register (&reg);
  read_table (&codes, "from,to\nX1,N02A\nN02A,\n");
  ck_assert_int_eq (rx_code_map_apply (&reg, &codes, &CODE_COLUMNS, &err),
                    RX_OK);
  ck_assert_uint_eq (reg.n_drugs, 1);
  for (size_t row = 0; row < reg.n_rows; row++)
    ck_assert_uint_eq (reg.drug[row], 0);
  ck_assert_uint_eq (reg.audit.mapped_rows, 5);
  rx_table_free (&codes);
  rx_register_free (&reg);
}
END_TEST

static const struct
{
  const char *codes, *message;
} wrong_codes[] = {
  { "from,to\nX1,A1\nX1,A2\n",
    "beside.csv:3: to: found \"A2\", expected \"A1\" as on line 2: a code is "
    "mapped to one other" },
  { "from,to\n,A1\n", "beside.csv:2: from: found \"\", expected a code" },
  { "from,atc\nX1,A1\n", "there is no column \"to\"" },
};

START_TEST (wrong_codes_are_refused)
{
  struct rx_register reg;
  struct rx_table codes;
  struct rx_error err = { RX_OK, "" };
  read_register (&reg);
  read_table (&codes, wrong_codes[_i].codes);
  ck_assert_int_eq (rx_code_map_apply (&reg, &codes, &CODE_COLUMNS, &err),
                    RX_EDATA);
  ck_assert_msg (strstr (err.message, wrong_codes[_i].message) != NULL, "%s",
                 err.message);
  rx_table_free (&codes);
  rx_register_free (&reg);
}
END_TEST

/* ---- Audit and layouts -------------------------------------------------- */

START_TEST (the_audit_counts_all)
{
  static const struct
  {
    const char *name;
    size_t count;
  } found[] = { { "rows", 10 },
                { "blank-rows", 0 },
                { "duplicates", 0 },
                { "dates-before-1900", 1 },
                { "negative-amounts", 1 },
                { "missing-amounts", 1 },
                { "zero-amounts", 1 },
                { "rounded-amounts", 0 },
                { "missing-indications", 1 },
                { "without-sex", 1 },
                { "not-in-persons-file", 1 },
                { "only-in-persons-file", 1 },
                { "before-entry", 1 },
                { "after-death", 1 },
                { "after-emigration", 1 } };
  struct rx_register reg;
  size_t k = 0;
  complete (&reg);
  for (size_t i = 0; i < rx_n_register_checks; i++)
    {
      const struct rx_register_check *check = &rx_register_checks[i];
      if (check->applies != NULL && !check->applies (&reg))
        continue;
      ck_assert_uint_lt (k, sizeof found / sizeof *found);
      ck_assert_str_eq (check->name, found[k].name);
      ck_assert_msg (rx_register_check_count (check, &reg.audit)
                         == found[k].count,
                     "%s", check->name);
      k++;
    }
  ck_assert_uint_eq (k, sizeof found / sizeof *found);
  rx_register_free (&reg);
}
END_TEST

START_TEST (layouts_name_their_source)
{
  static const char *const names[] = { RX_REGISTER_LAYOUT_NAMES };
  ck_assert_uint_eq (rx_n_register_layouts, sizeof names / sizeof *names);
  for (size_t i = 0; i < rx_n_register_layouts; i++)
    {
      const struct rx_register_layout *layout = &rx_register_layouts[i];
      bool named = layout->columns.drug != NULL;
      ck_assert_str_eq (layout->name, names[i]);
      ck_assert (named == (i > 0));
      ck_assert (named == (layout->source != NULL));
      ck_assert (named == (layout->columns.date != NULL));
    }
}
END_TEST

int
main (void)
{
  Suite *suite = suite_create ("register_beside");
  TCase *tcase = tcase_create ("beside");
  tcase_add_checked_fixture (tcase, scratch_make, scratch_remove);
  tcase_add_test (tcase, rows_outside_the_observation_leave);
  tcase_add_test (tcase, sexes_are_filled_in_and_sorted);
  tcase_add_test (tcase, the_guard_drops_by_reason);
  tcase_add_test (tcase, the_last_day_is_observed);
  tcase_add_loop_test (tcase, wrong_persons_are_refused, 0,
                       sizeof wrong_persons / sizeof wrong_persons[0]);
  tcase_add_test (tcase, birth_comes_from_year_or_date);
  tcase_add_test (tcase, codes_are_mapped_and_sorted);
  tcase_add_test (tcase, codes_may_meet);
  tcase_add_loop_test (tcase, wrong_codes_are_refused, 0,
                       sizeof wrong_codes / sizeof wrong_codes[0]);
  tcase_add_test (tcase, the_audit_counts_all);
  tcase_add_test (tcase, layouts_name_their_source);
  suite_add_tcase (suite, tcase);
  SRunner *runner = srunner_create (suite);
  srunner_run_all (runner, CK_NORMAL);
  int failed = srunner_ntests_failed (runner);
  srunner_free (runner);
  return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
