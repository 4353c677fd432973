/* hand_register.h: registers made by hand and the windows around the index
   drug X1 in them. */
#ifndef RX_HAND_REGISTER_H
#define RX_HAND_REGISTER_H

#include "base/date.h"
#include "designs/before_after.h"

#include "scratch.h"

/* A list of patterns: LIST ("N02*", "M01*"). */
#define LIST(...)                                                             \
  {                                                                           \
    (const char *const[]){ __VA_ARGS__ },                                     \
        sizeof ((const char *const[]){ __VA_ARGS__ }) / sizeof (char *)       \
  }

static const struct rx_register_columns COLUMNS = { .person = "person",
                                                    .date = "date",
                                                    .drug = "atc",
                                                    .amount = "ddd",
                                                    .indication = "reason" };

static inline int32_t
day_of (const char *date)
{
  int32_t day;
  ck_assert (rx_date_read (date, strlen (date), &day));
  return day;
}

static inline struct rx_days
dates (const char *from, const char *to)
{
  return (struct rx_days){ day_of (from), day_of (to) };
}

static inline void
read_rows (struct rx_register *reg, const char *rows,
           const struct rx_register_columns *columns)
{
  struct rx_error err = { RX_OK, "" };
  const char *path = scratch_path ("reg.csv");
  FILE *file = fopen (path, "w");
  ck_assert_ptr_nonnull (file);
  fprintf (file, "person,date,atc,ddd,reason\n%s", rows);
  ck_assert_int_eq (fclose (file), 0);
  *reg = (struct rx_register){ 0 };
  ck_assert_msg (rx_register_read (reg, path, NULL, columns, &err) == RX_OK,
                 "%s", err.message);
}

/* The design must outlive the register it was made from. */
static inline void
build (struct rx_before_after *design, const char *rows,
       const struct rx_before_after_spec *spec)
{
  struct rx_register reg;
  struct rx_error err = { RX_OK, "" };
  read_rows (&reg, rows, &COLUMNS);
  ck_assert_msg (rx_before_after_build (design, &reg, spec, &err) == RX_OK,
                 "%s", err.message);
  rx_register_free (&reg);
}

static const struct rx_outcome EVERYTHING_ELSE
    = { .name = "other", .drugs = LIST ("*"), .except = LIST ("X1") };

/* Ten days before and ten from the index on, in 2012. */
static inline struct rx_before_after_spec
ten_days (void)
{
  static const char *const index[] = { "X1" };
  return (struct rx_before_after_spec){
    .coverage = dates ("2012-01-01", "2012-12-31"),
    .has_coverage = true,
    .index_drugs = { index, 1 },
    .before = { -10, -1 },
    .after = { 0, 9 },
    .outcomes = &EVERYTHING_ELSE,
    .n_outcomes = 1,
  };
}

/* Six persons with an index on 1 July, told apart by what they had before. */
static const char PEOPLE[]
    = "1,2012-07-01,X1,1,\n2,2012-07-01,X1,1,\n3,2012-07-01,X1,1,\n"
      "4,2012-07-01,X1,1,\n5,2012-07-01,X1,1,\n6,2012-07-01,X1,1,\n"
      "1,2012-02-01,A,1,G35\n1,2012-03-01,A,1,G35\n" /* G35 twice, one drug */
      "2,2012-02-01,A,1,G35\n2,2012-03-31,B,1,L88\n" /* two drugs */
      "3,2012-02-01,C,1,\n"                          /* no indication */
      "4,2012-02-01,A,1,G35\n4,2012-04-01,A,1,G35\n" /* second a day late */
      "5,2012-02-01,A,1,G35.1\n5,2012-02-02,A,-1,G35.1\n" /* with a return */
      "5,2011-12-31,A,1,G35.1\n"; /* before the coverage */

#endif /* RX_HAND_REGISTER_H */
