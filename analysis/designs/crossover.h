/* crossover.h: a trial file seen as subjects x periods with a sequence.

   The design is recognised from the data: sequences, periods and treatments
   are the values found.  Subjects, sequences and treatments are kept in an
   order that depends on their names alone (numbers by value, else by bytes),
   so that the order of the file's rows changes nothing, not even the last
   bit of a sum. */
#ifndef RX_CROSSOVER_H
#define RX_CROSSOVER_H

#include "base/memory.h"
#include "data/table.h"
#include "stats/moments.h"

/* What to read: names of columns, NULL for the defaults given here. */
struct rx_crossover_spec
{
  const char *subject;   /* "subject" */
  const char *sequence;  /* "sequence"; derived from period and treatment
                            where the table has no such column */
  const char *period;    /* "period"; not used with wide */
  const char *treatment; /* "treatment"; not used with wide */
  const struct rx_endpoint_spec *endpoints;
  size_t n_endpoints;
  const char *test, *reference;  /* NULL: see rx_crossover.test below */
  const char *const *covariates; /* columns that the models adjust for */
  size_t n_covariates;
  const char *const *factors; /* the same; numbers in them are but names */
  size_t n_factors;
  const char *exposure; /* column: the models of counts compare rates by it;
                           NULL: none */
  bool change;          /* analyse responses less their baselines */
  bool wide;      /* one row per subject, endpoints name a column per period */
  bool log;       /* analyse natural logarithms of the responses */
  const char *by; /* column of the strata; NULL: none */
  const char *cluster; /* long layout: column of the clusters that change
                          treatment, whose responses are the means of their
                          persons (cluster_cell.h); NULL: subjects do */
  const bool *skip;    /* [rows of the table] rows to leave out; NULL: none */
};

struct rx_endpoint_spec
{
  const char *name;           /* may end in a star: endpoint_patterns.h */
  const char *column;         /* long layout; NULL: the name */
  const char *const *columns; /* wide layout: one column per period */
  size_t n_columns;
  const char *unit;             /* "" when not given */
  const char *better;           /* "higher", "lower" or "" */
  const char *const *baselines; /* column, or in the wide layout one or one
                                   per period; NULL: none */
  size_t n_baselines;
  bool has_responder;
  double responder; /* see designs/responder_threshold.h */
};

/* What the models adjust for. */
struct rx_covariate
{
  const char *name;
  double *value;       /* [subject * n_periods + period], NaN when missing; of
                          a factor the number of the level */
  const char **levels; /* of a factor */
  size_t n_levels;     /* 0: a number */
};

struct rx_endpoint
{
  const char *name, *unit, *better;
  double *y;      /* [subject * n_periods + period], NaN when missing */
  int64_t *units; /* the same as decimal units, y = units / scale; NULL when
                     some value has too many digits, or on the log scale */
  double scale;   /* a power of ten */
  struct rx_moments *persons; /* [subject * n_periods + period] of a cluster;
                                 NULL: subjects are no clusters */
  struct rx_covariate *baseline; /* NULL: none */
};

enum
{
  RX_NO_TREATMENT = -1 /* no row for this subject in this period */
};
#define RX_NO_ROW ((size_t)-1)
enum
{
  RX_UNITS_MOST_BITS = 58 /* sums and differences of two units of a response
                             cannot overflow */
};

struct rx_crossover
{
  const char *file;
  size_t n_subjects, n_sequences, n_periods, n_treatments, n_endpoints;
  const char **subjects, **sequences, **periods, **treatments; /* names */
  size_t *sequence_of; /* [n_subjects] */
  int *treatment_at;   /* [subject * n_periods + period] */
  int *plan;           /* [sequence * n_periods + period] treatment */
  struct rx_endpoint *endpoints;
  struct rx_covariate *covariates; /* [n_covariates] */
  size_t n_covariates;
  struct rx_covariate exposure; /* above zero; no value: there is none */
  size_t test;                  /* treatment whose effect is estimated ... */
  size_t reference;             /* ... minus this one */
  bool is_abba; /* two periods, two treatments, both orders and no other */
  bool log, synthetic;
  bool change;       /* some endpoint is a change from its baseline */
  size_t persons;    /* rows of persons in clusters; 0: subjects are none */
  size_t blank_rows; /* rows of the file without any value, passed over */
  struct rx_strings strings;
};

/* What changes treatment, in words: "cluster" or "subject". */
const char *rx_crossover_unit (const struct rx_crossover *design);

/* Builds the design.  RX_EDATA, naming file, line and column, for a column
   that is not there, a text where a number is due, a subject twice in one
   period or in two sequences, a treatment that contradicts its sequence, a
   test or reference that no one received, a response not above zero with
   log.  Missing responses are data, not errors. */
enum rx_status rx_crossover_build (struct rx_crossover *design,
                                   const struct rx_table *table,
                                   const struct rx_crossover_spec *spec,
                                   struct rx_error *err) RX_MUST_USE;
void rx_crossover_free (struct rx_crossover *design);

/* Values of one contrast over subjects, with exact keys: key[i] orders and
   ties as the decimals read do (0.3 - 0.1 ties with 0.2). */
struct rx_contrast
{
  size_t n;
  double *value;   /* [n] */
  int64_t *key;    /* [n] */
  double scale;    /* value = key / scale where exact, else 0 */
  size_t *subject; /* [n] */
};
/* Room for that many, in one block that `value` begins; n = 0, scale = 0. */
enum rx_status rx_contrast_alloc (struct rx_contrast *contrast, size_t room,
                                  struct rx_error *err) RX_MUST_USE;
void rx_contrast_free (struct rx_contrast *contrast);

/* Within-subject differences of one endpoint, test minus reference (means
   over the periods of each where a treatment was given more than once), of
   the subjects that have both. */
enum rx_status rx_crossover_paired (const struct rx_crossover *design,
                                    const struct rx_endpoint *endpoint,
                                    size_t test, size_t reference,
                                    struct rx_contrast *out,
                                    struct rx_error *err) RX_MUST_USE;

/* Mean response of a subject under a treatment, NaN when there is none. */
double rx_crossover_mean (const struct rx_crossover *design,
                          const struct rx_endpoint *endpoint, size_t subject,
                          size_t treatment);

/* Which combination of the two periods of an AB/BA trial. */
enum rx_abba_contrast
{
  RX_ABBA_PERIOD_DIFFERENCE,    /* period 1 minus period 2 */
  RX_ABBA_CROSSOVER_DIFFERENCE, /* later minus earlier in the sequence with
                                   the test first, earlier minus later in the
                                   other one: its two-sample comparison is
                                   twice the period effect */
  RX_ABBA_TOTAL                 /* sum of both periods */
};

/* The contrast in the subjects with both periods, split by who had the test
   treatment first.  Needs design->is_abba. */
enum rx_status rx_crossover_abba (const struct rx_crossover *design,
                                  const struct rx_endpoint *endpoint,
                                  enum rx_abba_contrast which,
                                  struct rx_contrast *test_first,
                                  struct rx_contrast *reference_first,
                                  struct rx_error *err) RX_MUST_USE;

/* The same into contrasts that have room for all subjects, whatever they held
   before. */
enum rx_status rx_crossover_abba_again (const struct rx_crossover *design,
                                        const struct rx_endpoint *endpoint,
                                        enum rx_abba_contrast which,
                                        struct rx_contrast *test_first,
                                        struct rx_contrast *reference_first,
                                        struct rx_error *err) RX_MUST_USE;

/* Does the subject have a response in every period of the plan? */
bool rx_crossover_complete (const struct rx_crossover *design,
                            const struct rx_endpoint *endpoint,
                            size_t subject);

/* Is every response 0 or 1?  If not, where the first other one is.  Logarithms
   are not. */
bool rx_crossover_binary (const struct rx_crossover *design,
                          const struct rx_endpoint *endpoint, size_t *subject,
                          size_t *period);

/* Is every response a whole number of 0 and more?  If not, where the first
   other one is.  Logarithms are not. */
bool rx_crossover_counts (const struct rx_crossover *design,
                          const struct rx_endpoint *endpoint, size_t *subject,
                          size_t *period);

/* Is there any response? */
bool rx_crossover_observed (const struct rx_crossover *design,
                            const struct rx_endpoint *endpoint);

/* "2 x 2 crossover AB/BA: 13 subjects, ..." in words, for a heading. */
const char *rx_crossover_words (const struct rx_crossover *design,
                                struct rx_strings *strings);

#endif /* RX_CROSSOVER_H */
