/* before_after.h: a dispensing register seen as persons x two windows around
   an index date.

   Rules: the index is the first dispensing of an index drug within from-to,
   or as rx_takes says;
   every eligible person counts in every outcome, zeros included; a negative
   amount lowers the ddd and is no dispensing; a missing amount is a
   dispensing with 0 ddd; exact duplicates stay; rows outside the coverage are
   ignored and counted; windows are days relative to the index, both ends
   included.  A person whose window is not wholly inside the coverage is
   dropped and counted, unless the guard is taken off. */
#ifndef RX_BEFORE_AFTER_H
#define RX_BEFORE_AFTER_H

#include "data/register.h"

struct rx_texts /* a borrowed list of strings */
{
  const char *const *text;
  size_t n;
};

struct rx_days /* both ends included */
{
  int32_t from, to;
};

/* One requirement for eligibility, or a tree of them. */
enum rx_rule_kind
{
  RX_RULE_COUNT,  /* at_least rows (or different drugs) that match */
  RX_RULE_PERSON, /* age and sex; what is missing meets neither */
  RX_RULE_ANY,
  RX_RULE_ALL,
  RX_RULE_NONE
};

struct rx_rule
{
  enum rx_rule_kind kind;
  struct rx_texts drugs, except, indications; /* patterns; n = 0: every one */
  struct rx_days days; /* calendar days; meaningful if has_days */
  bool has_days;
  struct rx_days window; /* days relative to the index, beside `days` */
  bool has_window;
  struct rx_days age; /* years: of the index date less of birth */
  bool has_age;
  struct rx_texts sex; /* n = 0: any */
  long at_least;
  bool count_drugs;       /* different codes in place of rows */
  struct rx_rule *member; /* of any, all, none */
  size_t n_members;
};

struct rx_level
{
  const char *name;
  long from, to; /* dispensings, both included; LONG_MAX: no upper end */
};

/* What is known of an outcome beforehand: a negative control cannot be changed
   by the index drug, a positive one surely is. */
enum rx_control
{
  RX_CONTROL_NONE,
  RX_CONTROL_NEGATIVE,
  RX_CONTROL_POSITIVE
};
#define RX_CONTROL_NAMES "none", "negative", "positive"

struct rx_outcome
{
  const char *name;
  struct rx_texts drugs, except;
  enum rx_control control;
};

/* Which dispensing within from-to is the index.  Wash-out and "first" do not
   commute: a person who has the drug on days 100, 130 and 700 has, with 365
   days to be clear and an index from day 120 on, the index 700 (wash-out, then
   first) or none (first is 130, and is not clear). */
enum rx_take
{
  RX_TAKE_FIRST,
  RX_TAKE_FIRST_EVER,         /* and none before it in the coverage */
  RX_TAKE_WASHOUT_THEN_FIRST, /* the first that has the days before it clear */
  RX_TAKE_FIRST_THEN_WASHOUT  /* the first, if it has them clear */
};

struct rx_take_name
{
  const char *name;
  enum rx_take take;
  bool has_washout;
};
extern const struct rx_take_name rx_takes[];
extern const size_t rx_n_takes;
/* Their names, for a table of words that must be constant. */
#define RX_TAKE_NAMES                                                         \
  "first", "first-ever", "washout-then-first", "first-then-washout"

struct rx_before_after_spec
{
  struct rx_days coverage;
  bool has_coverage; /* else the data's own range, with a remark */
  bool no_guard;
  struct rx_texts index_drugs;
  struct rx_days index_days;
  bool has_index_days; /* else the whole coverage */
  enum rx_take take;
  int32_t washout; /* days before the index without an index drug */
  const struct rx_rule *require; /* all must hold, in this order */
  size_t n_require;
  struct rx_days before, after; /* days relative to the index */
  bool placebo; /* the same persons, but the halves of the window before are
                   compared with each other */
  struct rx_texts group_drugs;
  struct rx_days group_window; /* relative to the index */
  const struct rx_level *levels;
  size_t n_levels;       /* 0: no groups */
  const char *reference; /* level, or NULL */
  const struct rx_outcome *outcomes;
  size_t n_outcomes;
};

struct rx_attrition
{
  const char *step; /* in words: "index: first N07BB04 in 2013-01-01 to ..." */
  const char *reason; /* of those dropped: "no N07BB04 in these days" */
  size_t persons;     /* left after the step */
  size_t excluded;    /* dropped by it */
};

/* One outcome: what each selected person had in the two windows. */
struct rx_outcome_sums
{
  const char *name;
  enum rx_control control;
  bool takes_index; /* one of its codes is an index drug */
  size_t n_codes;   /* codes of the register that the outcome takes in; 0: its
                       drugs are not there, or misspelt */
  int64_t *dispensings_before, *dispensings_after; /* [n_persons] */
  int64_t *units_before, *units_after; /* [n_persons] ddd = units / scale */
  int64_t *state_dispensings, *state_units; /* [n_persons * n_levels] in the
                                               window after, by the exposure
                                               of that day; NULL: not asked */
};

/* The design holds copies of all it needs: register and spec may go. */
/* What runs without an error and may still mislead. */
struct rx_traps
{
  size_t prevalent;  /* persons with an index drug before their index */
  bool looks_ahead;  /* eligibility counts rows after some index dates */
  size_t other_case; /* codes that match drugs of the study but for the case
                        of their letters */
  const char *other_case_code; /* the first of them */
  int32_t gap_first, gap_last; /* days from the first date of the file to the
                                  next, and from the last but one to the last
                                */
};

struct rx_before_after
{
  const char *file;
  size_t n_persons;   /* selected */
  uint32_t *person;   /* [n_persons] number in the register */
  int32_t *index_day; /* [n_persons] days since 1970-01-01 */
  size_t *group;      /* [n_persons] level, n_levels where none fits;
                         NULL without groups */
  struct rx_level *levels;
  size_t n_levels;
  const char *reference;
  struct rx_outcome_sums *outcomes;
  size_t n_outcomes;
  double scale; /* units per ddd */
  bool has_ddd, has_days, synthetic;
  struct rx_days coverage, before, after;
  bool coverage_from_data, guarded;
  bool placebo;               /* before and after are halves of the window
                                 before */
  bool groups_from_follow_up; /* immortal time: warn */
  int32_t landmark; /* groups are known on this day, and the window after does
                       not start before it; 0: no such day */
  bool needs_earlier_use; /* regression to the mean: warn */
  struct rx_attrition *attrition;
  size_t n_attrition;
  size_t rows_outside_coverage;
  struct rx_register_audit audit;
  struct rx_traps traps;
  int64_t *state_days; /* [n_persons * n_levels] days of the window after in
                          each exposure; NULL: not asked for */
  struct rx_before_after *population; /* [2] everybody with an index, whether
                         the requirements select them or not: in the windows,
                         and in the halves of the window before; NULL: not
                         asked for */
  const struct rx_national *national; /* borrowed (designs/national.h); NULL */
  struct rx_strings strings;
};

/* Selects the cohort and sums its windows.  RX_EDATA when windows, coverage
   or levels contradict themselves, or no row bears an index drug.  Nobody
   eligible is a result (n_persons = 0), not an error. */
enum rx_status rx_before_after_build (struct rx_before_after *design,
                                      const struct rx_register *reg,
                                      const struct rx_before_after_spec *spec,
                                      struct rx_error *err) RX_MUST_USE;
void rx_before_after_free (struct rx_before_after *design);

/* The halves of a window before: as many days each, the earliest day left out
   where they are odd. */
void rx_before_after_halves (struct rx_days window, struct rx_days *first,
                             struct rx_days *second);

/* What some methods need beside the sums, one bit each. */
enum rx_before_after_part
{
  RX_PART_POPULATION = 1,
  RX_PART_STATES = 2
};

/* Adds these parts to a design that was built from the same spec. */
enum rx_status rx_before_after_add (struct rx_before_after *design,
                                    const struct rx_register *reg,
                                    const struct rx_before_after_spec *spec,
                                    unsigned parts,
                                    struct rx_error *err) RX_MUST_USE;

/* The measures of a before/after comparison, one bit each. */
enum rx_measure
{
  RX_USERS = 1, /* at least one dispensing: 0 or 1 */
  RX_DISPENSINGS = 2,
  RX_DDD = 4,
  RX_TREATMENT_DAYS = 8 /* amounts too: a register has them in one unit */
};

/* name <-> bit, in the order in which measures are reported. */
struct rx_measure_name
{
  const char *name;
  enum rx_measure measure;
};
extern const struct rx_measure_name rx_measures[];
extern const size_t rx_n_measures;

/* Is it a sum of amounts? */
static inline bool
rx_measure_is_amount (enum rx_measure measure)
{
  return measure == RX_DDD || measure == RX_TREATMENT_DAYS;
}

/* What a method must serve for these measures: who serves DDD serves days of
   treatment. */
static inline unsigned
rx_measures_served (unsigned measures)
{
  return (measures & RX_TREATMENT_DAYS) != 0 ? measures | RX_DDD : measures;
}

/* Do the data have the measure? */
bool rx_before_after_has (const struct rx_before_after *design,
                          enum rx_measure measure);

enum
{
  RX_GROUP_ALL = -1 /* every selected person, grouped or not */
};

/* One outcome in one measure and one group, as paired integers:
   value = units / scale. */
struct rx_before_after_cell
{
  const char *outcome, *group;
  enum rx_control control;
  size_t outcome_number;
  int group_number; /* of a level, or RX_GROUP_ALL */
  const struct rx_measure_name *measure;
  size_t n;
  int64_t *before, *after; /* [n], in the order of the persons */
  double scale;
};

/* Makes the cell; group is a level's number or RX_GROUP_ALL. */
enum rx_status rx_before_after_cell_make (
    const struct rx_before_after *design, size_t outcome,
    const struct rx_measure_name *measure, int group,
    struct rx_before_after_cell *cell, struct rx_error *err) RX_MUST_USE;
void rx_before_after_cell_free (struct rx_before_after_cell *cell);

/* A rule in plain words, for the attrition table and the methods
   paragraph. */
const char *rx_rule_words (const struct rx_rule *rule,
                           struct rx_strings *strings);

#endif /* RX_BEFORE_AFTER_H */
