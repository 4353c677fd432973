/* check_register.c: reading a dispensing register, and what it is built of:
   interned texts and columns of decimal amounts. */
#include "data/amounts.h"
#include "data/intern.h"
#include "data/register.h"
#include "scratch.h"

#include "base/date.h"

#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static const struct rx_register_columns ALL_COLUMNS = { .person = "person",
                                                        .date = "date",
                                                        .drug = "atc",
                                                        .amount = "ddd",
                                                        .indication = "reason",
                                                        .sex = "sex",
                                                        .birth_year = "born" };
static const struct rx_register_columns FOUR_COLUMNS
    = { .person = "person", .date = "date", .drug = "atc", .amount = "ddd" };

static const char ALL_HEADER[] = "person,date,atc,ddd,reason,sex,born\n";
static const char FOUR_HEADER[] = "person,date,atc,ddd\n";

/* Writes header and rows to a scratch file and reads it. */
static enum rx_status
read_text (struct rx_register *reg, const char *header, const char *rows,
           const struct rx_csv_format *format,
           const struct rx_register_columns *columns, struct rx_error *err)
{
  size_t size = strlen (header) + strlen (rows) + 1;
  char *text = malloc (size);
  ck_assert_ptr_nonnull (text);
  snprintf (text, size, "%s%s", header, rows);
  const char *path = scratch_write ("reg.csv", text, size - 1);
  free (text);
  *reg = (struct rx_register){ 0 };
  return rx_register_read (reg, path, format, columns, err);
}

static void
must_read (struct rx_register *reg, const char *header, const char *rows,
           const struct rx_register_columns *columns)
{
  struct rx_error err = { RX_OK, "" };
  ck_assert_msg (read_text (reg, header, rows, NULL, columns, &err) == RX_OK,
                 "%s", err.message);
}

static double
ddd (const struct rx_register *reg, size_t row)
{
  return (double)rx_register_amount (reg, row) / reg->amount_scale;
}

static int32_t
day_of (const char *date)
{
  int32_t day;
  ck_assert (rx_date_read (date, strlen (date), &day));
  return day;
}

/* ---- Texts and amounts -------------------------------------------------- */

/* Texts of every length up to 40 that differ in one byte anywhere. */
START_TEST (intern_tells_texts_apart)
{
  enum
  {
    LONGEST = 40
  };
  struct rx_strings strings = { 0 };
  struct rx_intern intern = { .strings = &strings };
  struct rx_error err = { RX_OK, "" };
  char text[LONGEST + 1];
  uint32_t number, again;
  uint32_t expected = 0;
  for (int round = 0; round < 2; round++)
    for (size_t length = 0; length <= LONGEST; length++)
      for (size_t at = 0; at <= length; at++)
        {
          memset (text, 'x', sizeof text);
          if (at < length)
            text[at] = 'y';
          struct rx_intern_key key;
          rx_intern_key (&key, text, length);
          ck_assert_int_eq (rx_intern_add (&intern, &key, &number, &err),
                            RX_OK);
          ck_assert_uint_eq (number,
                             expected++ % ((LONGEST + 1) * (LONGEST + 2) / 2));
          ck_assert (rx_intern_find (&intern, &key, &again));
          ck_assert_uint_eq (again, number);
        }
  rx_intern_free (&intern);
  rx_strings_free (&strings);
}
END_TEST

START_TEST (intern_sorts_numbers_by_value)
{
  static const char *const given[] = { "",
                                       "b",
                                       "10",
                                       "a",
                                       "9",
                                       "123456789012345678901",
                                       "S10",
                                       "123456789012345678900",
                                       "S2",
                                       "010",
                                       "1000000000000000000",
                                       "999999999999999999",
                                       "abcdefgh2",
                                       "abcdefgh1" };
  static const char *const sorted[] = { "",
                                        "9",
                                        "010",
                                        "10",
                                        "999999999999999999",
                                        "1000000000000000000",
                                        "123456789012345678900",
                                        "123456789012345678901",
                                        "S10",
                                        "S2",
                                        "a",
                                        "abcdefgh1",
                                        "abcdefgh2",
                                        "b" };
  enum
  {
    N = sizeof given / sizeof given[0]
  };
  struct rx_strings strings = { 0 };
  struct rx_intern intern = { .strings = &strings };
  struct rx_error err = { RX_OK, "" };
  uint32_t number, *rank;
  for (size_t i = 0; i < N; i++)
    {
      struct rx_intern_key key;
      rx_intern_key (&key, given[i], strlen (given[i]));
      ck_assert_int_eq (rx_intern_add (&intern, &key, &number, &err), RX_OK);
    }
  ck_assert_int_eq (rx_intern_sort (&intern, 1, &rank, &err), RX_OK);
  for (size_t i = 0; i < N; i++)
    {
      ck_assert_str_eq (intern.text[i], sorted[i]);
      ck_assert_str_eq (intern.text[rank[i]], given[i]);
    }
  free (rank);
  rx_intern_free (&intern);
  rx_strings_free (&strings);
}
END_TEST

/* The short way of reading agrees with the long one. */
START_TEST (amounts_read_as_numbers_do)
{
  static const char *const texts[]
      = { "0",    "-0",  "7",     "28.5", "-28.50", "0.001",
          ".5",   "5.",  "-.25",  "1e3",  "1e-3",   "+4",
          " 12 ", "",    "-",     ".",    "-.",     "1.2.3",
          "1,5",  "abc", "NA",    "inf",  "1e400",  "12345678901234567",
          "--1",  "1-",  "0x10",  "1 2",  "00012",  "123456789012345678",
          "1e",   "e1",  "1.5e+2" };
  for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
    {
      struct rx_number a = { 0 }, b = { 0 };
      size_t length = strlen (texts[i]);
      enum rx_number_fault fault = rx_amount_read (texts[i], length, '.', &a);
      ck_assert_msg (fault == rx_number_read (texts[i], length, '.', &b),
                     "\"%s\"", texts[i]);
      if (fault != RX_NUMBER_FINE)
        continue;
      int64_t x = 0, y = 0;
      ck_assert_msg (a.value == b.value, "\"%s\"", texts[i]);
      ck_assert_msg (a.is_decimal && b.is_decimal, "\"%s\"", texts[i]);
      /* as many decimals as 64 bits allow both */
      int decimals = a.decimals > b.decimals ? a.decimals : b.decimals;
      ck_assert (rx_number_rescale (a, decimals, &x)
                 && rx_number_rescale (b, decimals, &y));
      ck_assert_int_eq (x, y);
    }
}
END_TEST

/* Amounts as text, and what the column must hold: the first number of each
   case is what the second needs most decimals for. */
START_TEST (amounts_share_one_scale)
{
  struct rx_register reg;
  must_read (&reg, FOUR_HEADER,
             "1,2012-01-01,A,5\n"
             "1,2012-01-02,A,\n"
             "1,2012-01-03,A,0.25\n"
             "1,2012-01-04,A,-1.5\n"
             "1,2012-01-05,A,2.000000\n" /* zeros at the end need no room */
             "1,2012-01-06,A,1e2\n",
             &FOUR_COLUMNS);
  ck_assert (reg.amount_scale == 100);
  ck_assert (!reg.amount.is_wide);
  ck_assert (ddd (&reg, 0) == 5);
  ck_assert (rx_register_amount (&reg, 1) == RX_AMOUNT_MISSING);
  ck_assert (ddd (&reg, 2) == 0.25);
  ck_assert (ddd (&reg, 3) == -1.5);
  ck_assert (ddd (&reg, 4) == 2);
  ck_assert (ddd (&reg, 5) == 100);
  ck_assert (rx_register_is_dispensing (&reg, 1));
  ck_assert (!rx_register_is_dispensing (&reg, 3));
  ck_assert_uint_eq (reg.audit.rounded_amounts, 0);
  rx_register_free (&reg);
}
END_TEST

static const struct rx_register_columns PACKS = { .person = "person",
                                                  .date = "date",
                                                  .drug = "atc",
                                                  .amount = "packs",
                                                  .amount_times = "ddd" };

/* Packs times the DDD of a pack, exactly: 0.1 * 3 is 0.3; without either there
   is no amount; what has too many digits is rounded and counted. */
START_TEST (amounts_are_multiplied)
{
  struct rx_register reg;
  must_read (&reg, "person,date,packs,atc,ddd\n",
             "1,2012-01-01,3,A,0.1\n"
             "1,2012-01-02,,A,28\n"
             "1,2012-01-03,2,A,\n"
             "1,2012-01-04,-1,A,12.5\n"
             "1,2012-01-05,0.00025,A,4000\n"
             "1,2012-01-06,\"2\",A,7\n",
             &PACKS);
  ck_assert (ddd (&reg, 0) == 0.3);
  ck_assert (rx_register_amount (&reg, 1) == RX_AMOUNT_MISSING);
  ck_assert (rx_register_amount (&reg, 2) == RX_AMOUNT_MISSING);
  ck_assert (ddd (&reg, 3) == -12.5);
  ck_assert (!rx_register_is_dispensing (&reg, 3));
  ck_assert (ddd (&reg, 4) == 1);
  ck_assert (ddd (&reg, 5) == 14);
  ck_assert_uint_eq (reg.audit.missing_amounts, 2);
  ck_assert_uint_eq (reg.audit.negative_amounts, 1);
  ck_assert_uint_eq (reg.audit.rounded_amounts, 0);
  rx_register_free (&reg);

  must_read (&reg, "person,date,packs,atc,ddd\n",
             "1,2012-01-01,0.1234567891,A,0.1234567891\n", &PACKS);
  ck_assert_uint_eq (reg.audit.rounded_amounts, 1);
  ck_assert (fabs (ddd (&reg, 0) - 0.1234567891 * 0.1234567891) < 1e-11);
  rx_register_free (&reg);
}
END_TEST

/* What a layout says of amounts holds where the file has them. */
START_TEST (amounts_of_a_layout_may_lack)
{
  struct rx_register reg;
  struct rx_register_columns layout = PACKS;
  layout.may_lack_amount = true;
  must_read (&reg, "person,date,packs,atc,ddd\n", "1,2012-01-01,3,A,0.1\n",
             &layout);
  ck_assert (reg.has_amount && ddd (&reg, 0) == 0.3);
  rx_register_free (&reg);
  must_read (&reg, "person,date,packs,atc\n",
             "1,2012-01-01,3,A\n"
             "1,2012-01-02,-3,A\n",
             &layout);
  ck_assert (!reg.has_amount);
  ck_assert (rx_register_is_dispensing (&reg, 1));
  ck_assert_uint_eq (reg.audit.rows, 2);
  rx_register_free (&reg);
  struct rx_error err = { RX_OK, "" };
  ck_assert_int_eq (read_text (&reg, "person,date,packs,atc\n",
                               "1,2012-01-01,3,A\n", NULL, &PACKS, &err),
                    RX_EDATA);
  ck_assert_ptr_nonnull (strstr (err.message, "ddd"));
}
END_TEST

/* -2^63 stands for a missing amount, and is none that can be stored. */
START_TEST (a_product_that_would_say_missing)
{
  struct rx_register reg;
  struct rx_error err = { RX_OK, "" };
  ck_assert_int_eq (read_text (&reg, "person,date,packs,atc,ddd\n",
                               "1,2012-01-01,-2147483648,A,4294967296\n", NULL,
                               &PACKS, &err),
                    RX_EDATA);
  ck_assert_ptr_nonnull (strstr (err.message, "an amount that fits into 18"));
}
END_TEST

/* Both ways into 64 bits: a large number, and more decimals for large ones;
   missing ones stay missing. */
START_TEST (amounts_widen)
{
  struct rx_register reg;
  must_read (&reg, FOUR_HEADER,
             "1,2012-01-01,A,NA\n"
             "1,2012-01-02,A,2147483647\n"
             "1,2012-01-03,A,-2147483647\n",
             &FOUR_COLUMNS);
  ck_assert (!reg.amount.is_wide);
  rx_register_free (&reg);

  must_read (&reg, FOUR_HEADER,
             "1,2012-01-01,A,NA\n"
             "1,2012-01-02,A,2147483648\n"
             "1,2012-01-03,A,\n",
             &FOUR_COLUMNS);
  ck_assert (reg.amount.is_wide);
  ck_assert (rx_register_amount (&reg, 0) == RX_AMOUNT_MISSING);
  ck_assert (ddd (&reg, 1) == 2147483648.0);
  ck_assert (rx_register_amount (&reg, 2) == RX_AMOUNT_MISSING);
  rx_register_free (&reg);

  must_read (&reg, FOUR_HEADER,
             "1,2012-01-01,A,NA\n"
             "1,2012-01-02,A,30000000\n"
             "1,2012-01-03,A,0.001\n"
             "1,2012-01-04,A,-0.002\n",
             &FOUR_COLUMNS);
  ck_assert (reg.amount.is_wide);
  ck_assert (rx_register_amount (&reg, 0) == RX_AMOUNT_MISSING);
  ck_assert (rx_register_amount (&reg, 1) == INT64_C (30000000000));
  ck_assert (rx_register_amount (&reg, 2) == 1);
  ck_assert (rx_register_amount (&reg, 3) == -2);
  rx_register_free (&reg);
}
END_TEST

/* Thirds and binary noise are rounded to 12 decimals, and counted. */
START_TEST (amounts_round_noise)
{
  struct rx_register reg;
  must_read (&reg, FOUR_HEADER,
             "1,2012-01-01,A,33.333333333333336\n"
             "1,2012-01-02,A,0.06666666666666667\n"
             "1,2012-01-03,A,1200\n"
             "1,2012-01-04,A,-0.30000000000000004\n"
             "1,2012-01-05,A,0.1000000000000000055511151231257827\n"
             "1,2012-01-06,A,1e-300\n",
             &FOUR_COLUMNS);
  ck_assert (reg.amount_scale == 1e12);
  ck_assert (rx_register_amount (&reg, 0) == INT64_C (33333333333333));
  ck_assert (rx_register_amount (&reg, 1) == INT64_C (66666666667));
  ck_assert (rx_register_amount (&reg, 2) == INT64_C (1200000000000000));
  ck_assert (rx_register_amount (&reg, 3) == INT64_C (-300000000000));
  ck_assert (rx_register_amount (&reg, 4) == INT64_C (100000000000));
  ck_assert (rx_register_amount (&reg, 5) == 0);
  ck_assert_uint_eq (reg.audit.rounded_amounts, 5);
  rx_register_free (&reg);
}
END_TEST

START_TEST (amounts_with_other_conventions)
{
  static const char *const missing[] = { "-9", "" };
  struct rx_csv_format format
      = { .decimal = ',', .missing = missing, .n_missing = 2 };
  struct rx_error err = { RX_OK, "" };
  struct rx_register reg;
  ck_assert_msg (read_text (&reg, "person;date;atc;ddd\n",
                            "1;2012-01-01;A;28,5\n"
                            "1;2012-01-02;A;-9\n"
                            "1;2012-01-03;A;\n"
                            "NA;2012-01-03;A;1\n",
                            &format, &FOUR_COLUMNS, &err)
                     == RX_OK,
                 "%s", err.message);
  ck_assert_uint_eq (reg.n_persons, 2);
  ck_assert_str_eq (reg.persons[1], "NA"); /* no missing code here */
  ck_assert (ddd (&reg, 0) == 28.5);
  ck_assert_uint_eq (reg.audit.missing_amounts, 2);
  ck_assert_uint_eq (reg.audit.negative_amounts, 0);
  rx_register_free (&reg);
}
END_TEST

/* ---- Rows, persons, codes ----------------------------------------------- */

static const char EXAMPLE[] = "10,2012-03-01,N02BE01,10,G35,F,1950\n"
                              "9,2012-02-29,N02,20,,M,\n"
                              "p1,2011-12-31,N02B,-3,L88,NA,1970\n"
                              "10,2012-01-01,N02BE01,0,NA,,1950\n"
                              "9,2012-03-01,N07BB04,,G35,,1961\n"
                              "9,2012-02-29,N02,20,,M,\n"
                              "10,2013-01-01, N02 , 4.5 ,G35,F,\n";

START_TEST (rows_by_person)
{
  struct rx_register reg;
  must_read (&reg, ALL_HEADER, EXAMPLE, &ALL_COLUMNS);
  ck_assert_uint_eq (reg.n_rows, 7);
  ck_assert_uint_eq (reg.n_persons, 3);
  ck_assert_str_eq (reg.persons[0], "9");
  ck_assert_str_eq (reg.persons[1], "10");
  ck_assert_str_eq (reg.persons[2], "p1");
  ck_assert_uint_eq (reg.start[0], 0);
  ck_assert_uint_eq (reg.start[1], 3);
  ck_assert_uint_eq (reg.start[2], 6);
  ck_assert_uint_eq (reg.start[3], 7);

  static const struct
  {
    const char *date, *drug, *indication;
    double ddd; /* NaN: missing */
  } rows[] = { { "2012-02-29", "N02", "", 20 },
               { "2012-03-01", "N07BB04", "G35", NAN },
               { "2012-02-29", "N02", "", 20 },
               { "2012-03-01", "N02BE01", "G35", 10 },
               { "2012-01-01", "N02BE01", "", 0 },
               { "2013-01-01", "N02", "G35", 4.5 },
               { "2011-12-31", "N02B", "L88", -3 } };
  for (size_t i = 0; i < reg.n_rows; i++)
    {
      ck_assert_int_eq (rx_register_day (&reg, i), day_of (rows[i].date));
      ck_assert_str_eq (reg.drugs[reg.drug[i]], rows[i].drug);
      ck_assert_str_eq (reg.indications[reg.indication[i]],
                        rows[i].indication);
      if (isnan (rows[i].ddd))
        ck_assert (rx_register_amount (&reg, i) == RX_AMOUNT_MISSING);
      else
        ck_assert (ddd (&reg, i) == rows[i].ddd);
    }
  ck_assert_uint_eq (reg.n_drugs, 4);
  ck_assert_uint_eq (reg.n_indications, 3);
  ck_assert_str_eq (reg.sexes[reg.sex[0]], "M");
  ck_assert_str_eq (reg.sexes[reg.sex[1]], "F");
  ck_assert_uint_eq (reg.sex[2], RX_REGISTER_NONE);
  ck_assert_str_eq (reg.sexes[RX_REGISTER_NONE], "");
  ck_assert_int_eq (reg.birth_year[0], 1961);
  ck_assert_int_eq (reg.birth_year[1], 1950);
  ck_assert_int_eq (reg.birth_year[2], 1970);
  rx_register_free (&reg);
}
END_TEST

START_TEST (audit)
{
  struct rx_register reg;
  must_read (&reg, ALL_HEADER, EXAMPLE, &ALL_COLUMNS);
  ck_assert_uint_eq (reg.audit.rows, 7);
  ck_assert_uint_eq (reg.audit.missing_amounts, 1);
  ck_assert_uint_eq (reg.audit.negative_amounts, 1);
  ck_assert_uint_eq (reg.audit.zero_amounts, 1);
  ck_assert_uint_eq (reg.audit.duplicate_rows, 1);
  ck_assert_uint_eq (reg.audit.blank_rows, 0);
  ck_assert_int_eq (reg.audit.first_day, day_of ("2011-12-31"));
  ck_assert_int_eq (reg.audit.last_day, day_of ("2013-01-01"));
  ck_assert_int_eq (reg.base_day, reg.audit.first_day);
  rx_register_free (&reg);
}
END_TEST

/* Repeats in the columns read, whatever separates them in the file. */
START_TEST (duplicates)
{
  static const struct
  {
    const char *rows;
    size_t all, four; /* expected with all columns, and with four */
  } cases[] = {
    { "1,2012-01-01,A,5,G35,F,1950\n", 0, 0 },
    { "1,2012-01-01,A,5,G35,F,1950\n1,2012-01-01,A,5,G35,F,1950\n"
      "2,2012-01-01,A,5,G35,F,1950\n1,2012-01-01,A,5,G35,F,1950\n",
      2, 2 },
    { "1,2012-01-01,A,5,G35,F,1950\n1,2012-01-01,A,5,L88,F,1950\n", 0, 1 },
    { "1,2012-01-01,A,5,G35,F,1950\n1,2012-01-01,A,5,G35,,1950\n", 0, 1 },
    { "1,2012-01-01,A,5,G35,F,1950\n1,2012-01-01,A,5,G35,F,\n", 0, 1 },
    { "1,2012-01-01,A,5,G35,,\n1,2012-01-01,A,5,G35,NA,.\n", 1, 1 },
    { "1,2012-01-01,A,,G35,,\n1,2012-01-01,A,0,G35,,\n", 0, 0 },
    { "1,2012-01-01,A,5,,,\n1,2012-01-01,A,5.0,,,\n", 1, 1 },
    { "1,2012-01-01,A,5,,,\n1,2012-01-02,A,5,,,\n1,2012-01-01,B,5,,,\n"
      "1,2012-01-01,A,-5,,,\n2,2012-01-01,A,5,,,\n",
      0, 0 },
  };
  for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
    {
      struct rx_register reg;
      must_read (&reg, ALL_HEADER, cases[i].rows, &ALL_COLUMNS);
      ck_assert_uint_eq (reg.audit.duplicate_rows, cases[i].all);
      rx_register_free (&reg);
      must_read (&reg, ALL_HEADER, cases[i].rows, &FOUR_COLUMNS);
      ck_assert_uint_eq (reg.audit.duplicate_rows, cases[i].four);
      rx_register_free (&reg);
    }
}
END_TEST

/* Thousands of rows in two orders give the same register, row by row within
   persons of one row each day. */
START_TEST (order_of_rows)
{
  enum
  {
    PERSONS = 3000,
    DAYS = 5,
    N = PERSONS * DAYS,
    STEP = 7919 /* a prime that does not divide N: visits every row */
  };
  struct rx_register reg[2];
  struct rx_error err = { RX_OK, "" };
  for (size_t order = 0; order < 2; order++)
    {
      const char *path = scratch_path ("order.csv");
      FILE *file = fopen (path, "w");
      ck_assert_ptr_nonnull (file);
      fputs (FOUR_HEADER, file);
      for (size_t i = 0; i < N; i++)
        {
          size_t row = order == 0 ? i : i * STEP % N;
          size_t person = row / DAYS, day = row % DAYS;
          fprintf (file,
                   "pseudonym-of-person-%zu,2012-02-%02zu,D%03zu,%zu.%zu\n",
                   person, 27 + day % 3, row % 400, row, day);
        }
      ck_assert_int_eq (fclose (file), 0);
      reg[order] = (struct rx_register){ 0 };
      ck_assert_msg (
          rx_register_read (&reg[order], path, NULL, &FOUR_COLUMNS, &err)
              == RX_OK,
          "%s", err.message);
    }
  ck_assert_uint_eq (reg[0].n_persons, PERSONS);
  ck_assert_uint_eq (reg[1].n_persons, PERSONS);
  ck_assert_uint_eq (reg[1].n_drugs, 400);
  for (size_t p = 0; p < PERSONS; p++)
    {
      int64_t sum[2] = { 0, 0 }, moment[2] = { 0, 0 };
      ck_assert_str_eq (reg[0].persons[p], reg[1].persons[p]);
      for (size_t k = 0; k < 2; k++)
        for (size_t r = reg[k].start[p]; r < reg[k].start[p + 1]; r++)
          {
            sum[k] += rx_register_amount (&reg[k], r);
            moment[k] += rx_register_amount (&reg[k], r)
                         * (rx_register_day (&reg[k], r) + reg[k].drug[r]);
          }
      ck_assert_int_eq (sum[0], sum[1]);
      ck_assert_int_eq (moment[0], moment[1]);
    }
  rx_register_free (&reg[0]);
  rx_register_free (&reg[1]);
}
END_TEST

/* Later rows earlier in time, over as many days as 16 bits hold. */
START_TEST (days_in_any_order)
{
  static const char *const dates[]
      = { "1990-06-15", "2012-02-29", "1900-01-01", "1999-12-31",
          "2000-02-29", "2079-06-06", "1901-05-05", "2078-01-01" };
  enum
  {
    N = sizeof dates / sizeof dates[0]
  };
  char rows[N * 40] = "";
  struct rx_register reg;
  struct rx_error err = { RX_OK, "" };
  for (size_t i = 0; i < N; i++)
    snprintf (rows + strlen (rows), 40, "1,%s,A,%zu\n", dates[i], i);
  must_read (&reg, FOUR_HEADER, rows, &FOUR_COLUMNS);
  ck_assert_int_eq (reg.audit.last_day - reg.audit.first_day, UINT16_MAX);
  for (size_t i = 0; i < N; i++)
    ck_assert_int_eq (rx_register_day (&reg, i), day_of (dates[i]));
  rx_register_free (&reg);

  ck_assert_int_eq (read_text (&reg, FOUR_HEADER,
                               "1,1900-01-01,A,1\n1,2079-06-07,A,1\n", NULL,
                               &FOUR_COLUMNS, &err),
                    RX_EDATA);
  ck_assert_ptr_nonnull (
      strstr (err.message, ":3: date: found \"2079-06-07\""));
}
END_TEST

START_TEST (three_columns_and_blank_rows)
{
  const struct rx_register_columns three
      = { .person = "id", .date = "when", .drug = "what" };
  struct rx_register reg;
  must_read (&reg,
             "# Synthetic: made up\n# second comment\n"
             "other,what,id,when\n",
             "x,A,1,2012-01-01\n,,,\n,NA, ,.\n,B,1,2012-01-02\n", &three);
  ck_assert_uint_eq (reg.n_rows, 2);
  ck_assert_uint_eq (reg.audit.blank_rows, 2);
  ck_assert (reg.synthetic);
  ck_assert_uint_eq (reg.n_comments, 2);
  ck_assert_str_eq (reg.comments[1], "second comment");
  ck_assert (!reg.has_amount && reg.amount_scale == 1);
  ck_assert_ptr_null (reg.indication);
  ck_assert_ptr_null (reg.sex);
  ck_assert (rx_register_amount (&reg, 0) == RX_AMOUNT_MISSING);
  ck_assert (rx_register_is_dispensing (&reg, 0));
  ck_assert_uint_eq (reg.audit.missing_amounts, 0);
  ck_assert_uint_eq (strlen (reg.digest), RX_DIGEST_SIZE - 1);
  rx_register_free (&reg);
}
END_TEST

/* ---- What is refused ---------------------------------------------------- */

START_TEST (refused)
{
  static const struct
  {
    const char *rows, *message; /* of the message, without the file's name */
  } cases[] = {
    { "", ": no rows of data below the header" },
    { "1,2013-02-29,A,1,,,\n",
      ":2: date: found \"2013-02-29\", expected a date like 2013-01-31" },
    { "1,2012-02-29,A,1,,,\n1,29.02.2012,A,1,,,\n", ":3: date: found" },
    { "1,2012-01-01,A,1,,,\n\n1,,A,1,,,\n",
      ":4: date: found \"\", expected a date: every row needs one" },
    { ",2012-01-01,A,1,,,\n",
      ":2: person: found \"\", expected the id of a person: every row needs "
      "one" },
    { "1,2012-01-01,NA,1,,,\n", ":2: atc: found \"NA\", expected a drug" },
    { "1,2012-01-01,A,ten,,,\n", ":2: ddd: found \"ten\", expected a number" },
    { "1,2012-01-01,A,\"1,5\",,,\n", ":2: ddd: found \"1,5\", expected" },
    { "1,2012-01-01,A,inf,,,\n", ":2: ddd: found \"inf\", expected a finite" },
    { "1,2012-01-01,A,1e17,,,\n1,2012-01-01,A,0.01,,,\n",
      ":3: ddd: found \"0.01\", expected an amount that fits into 18 digits "
      "with 2 decimals, as the file has them" },
    { "1,2012-01-01,A,0.01,,,\n1,2012-01-01,A,1e17,,,\n",
      ":3: ddd: found \"1e17\", expected an amount that fits" },
    { "1,2012-01-01,A,1e60,,,\n", ":2: ddd: found \"1e60\", expected an" },
    { "1,2012-01-01,A,1,,F,\n2,2012-01-01,A,1,,M,\n1,2012-01-02,A,1,,M,\n",
      ":4: sex: found \"M\", expected \"F\" as in an earlier row of person "
      "\"1\"" },
    { "1,2012-01-01,A,1,,,1950\n1,2012-01-02,A,1,,,\n1,2012-01-03,A,1,,,1951"
      "\n",
      ":4: born: found \"1951\", expected \"1950\" as in an earlier row" },
    { "1,2012-01-01,A,1,,,50\n", ":2: born: found \"50\", expected a year" },
    { "1,2012-01-01,A,1,,,19500\n", ":2: born: found \"19500\", expected" },
    { "1,2012-01-01,A,1,,,195x\n", ":2: born: found \"195x\", expected" },
    { "1,2012-01-01,A,1,,\n", ":2: found 6 fields" },
  };
  for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
    {
      struct rx_register reg;
      struct rx_error err = { RX_OK, "" };
      ck_assert_int_eq (read_text (&reg, ALL_HEADER, cases[i].rows, NULL,
                                   &ALL_COLUMNS, &err),
                        RX_EDATA);
      const char *name = strstr (err.message, "/reg.csv");
      ck_assert_msg (
          name != NULL
              && strncmp (name + strlen ("/reg.csv"), cases[i].message,
                          strlen (cases[i].message))
                     == 0,
          "got \"%s\", expected \"...%s\"", err.message, cases[i].message);
      ck_assert_ptr_null (reg.file); /* empty again */
      rx_register_free (&reg);
    }
}
END_TEST

START_TEST (columns_refused)
{
  struct rx_register reg;
  struct rx_error err = { RX_OK, "" };
  struct rx_register_columns columns = FOUR_COLUMNS;
  columns.drug = "act";
  ck_assert_int_eq (read_text (&reg, FOUR_HEADER, "", NULL, &columns, &err),
                    RX_EDATA);
  ck_assert_ptr_nonnull (strstr (err.message, "there is no column \"act\""));
  ck_assert_ptr_nonnull (strstr (err.message, "person, date, atc, ddd"));
  columns.drug = NULL;
  ck_assert_int_eq (read_text (&reg, FOUR_HEADER, "", NULL, &columns, &err),
                    RX_EUSAGE);
  ck_assert_int_eq (rx_register_read (&reg, scratch_path ("none.csv"), NULL,
                                      &FOUR_COLUMNS, &err),
                    RX_EIO);
}
END_TEST

START_TEST (atc_patterns)
{
  static const struct
  {
    const char *pattern, *code;
    bool match;
  } rows[] = {
    { "N02", "N02", true },
    { "N02", "N02A", false },
    { "N02*", "N02", true },
    { "N02*", "N02AA01", true },
    { "N02*", "N01", false },
    { "N02A*", "N02BE01", false },
    { "*", "N02", true },
    { "N07BB04", "N07BB04X", false },
    { "N07BB04*", "N07BB0", false },
    { "n02*", "N02", false },
    { "", "N02", false },
  };
  for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
    ck_assert_msg (rx_atc_match (rows[i].pattern, rows[i].code)
                       == rows[i].match,
                   "%s %s", rows[i].pattern, rows[i].code);
}
END_TEST

int
main (void)
{
  Suite *suite = suite_create ("register");
  TCase *tests = tcase_create ("register");
  tcase_add_checked_fixture (tests, scratch_make, scratch_remove);
  tcase_add_test (tests, intern_tells_texts_apart);
  tcase_add_test (tests, intern_sorts_numbers_by_value);
  tcase_add_test (tests, amounts_read_as_numbers_do);
  tcase_add_test (tests, amounts_share_one_scale);
  tcase_add_test (tests, amounts_are_multiplied);
  tcase_add_test (tests, amounts_of_a_layout_may_lack);
  tcase_add_test (tests, a_product_that_would_say_missing);
  tcase_add_test (tests, amounts_widen);
  tcase_add_test (tests, amounts_round_noise);
  tcase_add_test (tests, amounts_with_other_conventions);
  tcase_add_test (tests, rows_by_person);
  tcase_add_test (tests, audit);
  tcase_add_test (tests, duplicates);
  tcase_add_test (tests, order_of_rows);
  tcase_add_test (tests, days_in_any_order);
  tcase_add_test (tests, three_columns_and_blank_rows);
  tcase_add_test (tests, refused);
  tcase_add_test (tests, columns_refused);
  tcase_add_test (tests, atc_patterns);
  suite_add_tcase (suite, tests);
  SRunner *runner = srunner_create (suite);
  srunner_run_all (runner, CK_NORMAL);
  int failed = srunner_ntests_failed (runner);
  srunner_free (runner);
  return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
