/* exposure.h: a table of dispensings seen as each person's exposure to drugs.

   A row per dispensing: a person and a day; further columns where they are
   named: the drug, the days' supply, the dose per day, an amount, the
   prescriber, the person's sex and year of birth.  What is asked about them
   comes in parts: a method that needs a part runs where the study has it. */
#ifndef RX_EXPOSURE_H
#define RX_EXPOSURE_H

#include "base/date.h"
#include "data/table.h"
#include "designs/register_codes.h"
#include "stats/adherence.h"
#include "stats/episodes.h"

/* The parts, one bit each. */
enum rx_exposure_part
{
  RX_EXPOSURE_SUPPLY = 1,    /* days' supply */
  RX_EXPOSURE_WINDOWS = 2,   /* follow_up and observation */
  RX_EXPOSURE_EPISODES = 4,  /* episodes */
  RX_EXPOSURE_SWITCH = 8,    /* switch */
  RX_EXPOSURE_WAITING = 16,  /* waiting_time */
  RX_EXPOSURE_CALENDAR = 32, /* calendar */
  RX_EXPOSURE_PATIENT = 64,  /* patient */
  RX_EXPOSURE_AMOUNT = 128   /* a column of amounts */
};

struct rx_exposure_part_name
{
  enum rx_exposure_part part;
  const char *needs; /* what a study file lacks without it */
};
extern const struct rx_exposure_part_name rx_exposure_parts[];
extern const size_t rx_n_exposure_parts;

/* The columns beside person and date; NULL: not there. */
struct rx_exposure_columns
{
  const char *person, *date, *drug, *duration, *dose, *amount, *prescriber,
      *sex, *birth_year;
};

enum rx_calendar_unit
{
  RX_BY_YEAR,
  RX_BY_QUARTER,
  RX_BY_MONTH
};
/* Their names, for a table of words that must be constant. */
#define RX_CALENDAR_UNITS "year", "quarter", "month"

enum
{
  RX_DRUG_LISTS_MOST = 6, /* of a switch: 2^6 states */
  RX_SUPPLY_MOST = 36525  /* days that a dispensing may last: a century */
};

struct rx_drug_list
{
  const char *name;
  struct rx_texts drugs, except;
};

/* People in a calendar year; year 0: in every year. */
struct rx_population
{
  int year;
  double people;
};

struct rx_exposure_spec
{
  struct rx_exposure_columns columns;
  const struct rx_date_format *dates;
  struct rx_texts drugs, except; /* n = 0: every dispensing */
  double per_day;                /* 0, or units of the amount per day: days'
                                    supply = amount / per_day */
  struct rx_days coverage;
  bool has_coverage; /* else from the first date of the file to the last */
  unsigned parts;    /* that the study file has */

  struct rx_supply_rule rule; /* of CMA and of the patient */
  double follow_delay, follow_days, observe_delay, observe_days;
  double adherent; /* share that counts as adherent */

  struct rx_episode_rule episodes;
  double washout;   /* days before the first episode without a dispensing */
  const double *at; /* days at which persistence is reported */
  size_t n_at;

  const struct rx_drug_list *lists; /* of a switch */
  size_t n_lists;
  struct rx_days before, after;

  struct rx_days waiting;
  bool reverse;

  enum rx_calendar_unit unit;
  double incidence_washout; /* days */
  const struct rx_population *population;
  size_t n_population;

  const char *patient;
};

struct rx_dispensing
{
  int32_t day;
  uint32_t drug;             /* of drugs[] */
  uint32_t prescriber;       /* of prescribers[], 0: missing */
  double days, dose, amount; /* NaN: missing */
};

struct rx_exposure
{
  const char *file;
  const struct rx_exposure_spec *spec; /* borrowed */
  size_t n_rows, n_persons, n_drugs, n_prescribers;
  const char **persons;       /* [n_persons], as names are sorted */
  const char **drugs;         /* codes [n_drugs]; "" alone without a column */
  const char **prescribers;   /* [n_prescribers], [0] = "" */
  const char **sexes;         /* [n_persons], "" missing; NULL without */
  int *birth_years;           /* [n_persons], 0 missing; NULL without */
  size_t *start;              /* [n_persons + 1] rows of each */
  struct rx_dispensing *rows; /* by person, then day, then the file's order */
  struct rx_days coverage;
  unsigned parts; /* of the spec, and what the columns give */
  bool synthetic;
  size_t outside; /* rows outside the coverage, left out */
  size_t others;  /* rows of other drugs, left out */
  size_t returns; /* rows with a negative amount, left out */
  struct rx_strings strings;
};

/* RX_EDATA, naming file, line and column, for a column that is not there, a
   person or a day that is missing, a date that is none, a duration below zero
   or above RX_SUPPLY_MOST days, a dose that is not above zero, a person with
   two sexes or years of birth; RX_EUSAGE where the parts contradict each
   other. */
enum rx_status rx_exposure_build (struct rx_exposure *exposure,
                                  const struct rx_table *table,
                                  const struct rx_exposure_spec *spec,
                                  struct rx_error *err) RX_MUST_USE;
/* The same from a dispensing register, which is borrowed until
   rx_exposure_free; of the spec the columns and dates are not used.  Rows of
   one person and day are put in the order of their drugs. */
enum rx_status rx_exposure_from_register (struct rx_exposure *exposure,
                                          const struct rx_register *reg,
                                          const struct rx_exposure_spec *spec,
                                          struct rx_error *err) RX_MUST_USE;
void rx_exposure_free (struct rx_exposure *exposure);

/* The dispensings of a person as supplies, into out, which has room for the
   most that a person has (rx_exposure_most); false where a duration, or a
   dose that the rule needs, is missing: *why is then a word. */
bool rx_exposure_supply (const struct rx_exposure *exposure, size_t person,
                         struct rx_supply_rule rule, struct rx_supply *out,
                         size_t *n, const char **why) RX_MUST_USE;
size_t rx_exposure_most (const struct rx_exposure *exposure);

/* The parts that are in `needs` and not there, in words ("episodes"); NULL
   where none lacks. */
const char *rx_exposure_lacks (const struct rx_exposure *exposure,
                               unsigned needs);

#endif /* RX_EXPOSURE_H */
