/* register_extract.h: a dispensing register as the tables of the designs in
   time: a series of counts, the first days of two drugs.

   Only rows inside the coverage count; where it is not given it is the range
   of the data themselves.  A dispensing is a row whose amount is not negative.
   The tables are read like those of a file (series.h, symmetry.h). */
#ifndef RX_REGISTER_EXTRACT_H
#define RX_REGISTER_EXTRACT_H

#include "data/table.h"
#include "designs/before_after.h"

/* A list of drugs: RX_EDATA, with what there is, when the register has none
   of them.  what: "drug", for the message. */
struct rx_codes;
enum rx_status rx_register_drugs (struct rx_codes *codes,
                                  const struct rx_register *reg,
                                  const char *what, struct rx_texts drugs,
                                  struct rx_texts except,
                                  struct rx_error *err) RX_MUST_USE;

struct rx_coverage
{
  struct rx_days days;
  bool is_given;
};

/* The coverage given, or the first and the last day of the data. */
struct rx_days rx_register_covered (const struct rx_register *reg,
                                    struct rx_coverage coverage);

/* ---- A series of counts ------------------------------------------------- */

/* How long a point of a series is: so many days, or calendar months. */
struct rx_register_step
{
  const char *name;
  int32_t days;
  int months;
};
extern const struct rx_register_step rx_register_steps[];
extern const size_t rx_n_register_steps;
#define RX_REGISTER_STEP_NAMES "month", "week", "quarter", "year", "day"

/* What the counts of a point are divided by. */
enum rx_register_offset
{
  RX_OFFSET_NONE,
  RX_OFFSET_DAYS,       /* the days of the point */
  RX_OFFSET_ACTIVE,     /* persons with a dispensing of any drug in it */
  RX_OFFSET_PERSON_DAYS /* its days times the persons of the coverage */
};
#define RX_REGISTER_OFFSET_NAMES "none", "days", "active", "person-days"

struct rx_register_series_spec
{
  struct rx_texts drugs, except;
  struct rx_texts control; /* drugs of a control series; n = 0: none */
  struct rx_coverage coverage;
  const struct rx_register_step *step;
  const struct rx_measure_name *measure; /* ddd needs amounts */
  enum rx_register_offset offset;
};

/* What became of the register. */
struct rx_register_series_audit
{
  struct rx_days coverage;
  struct rx_days used; /* whole points only */
  size_t persons;      /* with a row in the coverage */
  size_t rows;         /* of the drugs in the points */
  size_t rows_left;    /* of the drugs outside them */
};

/* A row per point that lies wholly inside the coverage, counted from its first
   day: columns time ("2013-01", or the first day), one named like the measure,
   population, 1 where there is no offset, and where there are drugs of a
   control `control`.  RX_EDATA when no whole point fits, or nobody is active
   in one. */
enum rx_status rx_register_series_table (
    struct rx_table *table, const struct rx_register *reg,
    const struct rx_register_series_spec *spec,
    struct rx_register_series_audit *audit, struct rx_error *err) RX_MUST_USE;

/* ---- The first days of two drugs ---------------------------------------- */

struct rx_register_pairs_spec
{
  struct rx_texts index, marker;
  struct rx_coverage coverage;
  int32_t run_in; /* first days of the coverage: who is dispensed the drug in
                     them did not start it later */
};

struct rx_register_pairs_audit
{
  struct rx_days coverage;
  size_t old_index, old_marker; /* users left out as they had the drug in the
                                   run-in */
  size_t both_drugs; /* codes that are index and marker drugs alike */
};

/* A row per person who starts one of the drugs at least: columns person,
   index, marker; the first day of each after the run-in, empty for who never
   starts it or had it before. */
enum rx_status
rx_register_pairs_table (struct rx_table *table, const struct rx_register *reg,
                         const struct rx_register_pairs_spec *spec,
                         struct rx_register_pairs_audit *audit,
                         struct rx_error *err) RX_MUST_USE;

#endif /* RX_REGISTER_EXTRACT_H */
