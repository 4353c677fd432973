/* evidence.h: a table seen as the results of several studies: an estimate and
   its variance from each, as reported or from the numbers that were. */
#ifndef RX_EVIDENCE_H
#define RX_EVIDENCE_H

#include "base/memory.h"
#include "data/table.h"
#include "stats/effect_from_summary.h"

/* Where an input of an effect is found: a column, or one number that holds for
   every study (a correlation that nobody printed). */
struct rx_evidence_input
{
  const char *name; /* of the input: "n1" */
  const char *from; /* a column's name, or a number */
};

/* What to read: names of columns.  The precision comes from std_error (the
   default), or variance, or conf_low and conf_high; with `effect` estimate and
   precision are computed from its inputs, by default the columns of their
   names. */
struct rx_evidence_spec
{
  const char *const *study; /* joined by blanks; none: "study" where there is
                               such a column, else the number of the row */
  size_t n_study;
  const char *estimate;  /* NULL: "estimate" */
  const char *std_error; /* NULL: "std_error" */
  const char *variance;  /* NULL: none */
  const char *conf_low, *conf_high;
  double conf_level; /* of the interval printed */
  bool log; /* estimates (and intervals) are ratios: their logarithms are
               analysed; standard errors are those of the logarithms */
  const struct rx_effect_kind *effect; /* NULL: as reported */
  const struct rx_evidence_input *inputs;
  size_t n_inputs;
  const char *design; /* column of the designs: the effect is then a measure,
                         computed of each study as its design demands, or
                         taken as reported where it is; NULL: none */
  bool borrow_r;      /* a correlation not printed is the mean of those that
                         are, or, with has_r, r */
  bool has_r;
  double r;
  const double *r_grid; /* [n_r_grid] the same analysis with each as r */
  size_t n_r_grid;
  const char *by;        /* column of subgroups; NULL: none */
  const char *moderator; /* column of a covariate; NULL: none */
};

/* What methods may ask of the studies beside estimates. */
enum rx_evidence_has
{
  RX_EVIDENCE_TABLES = 1,   /* counts of two groups */
  RX_EVIDENCE_ARMS = 2,     /* counts of one arm */
  RX_EVIDENCE_ODDS = 4,     /* such counts, and log odds ratios of them */
  RX_EVIDENCE_MODERATOR = 8 /* a covariate */
};

struct rx_evidence
{
  const char *file;
  const char *endpoint; /* the column of the estimates, or the effect */
  size_t k;
  const char **name;     /* [k]; the second "Smith" is "Smith (2)" */
  double *y, *se, *v;    /* [k] v = se^2 */
  size_t repeated;       /* names that came again */
  const char **left_out; /* studies without an estimate or its precision */
  size_t n_left_out;
  const struct rx_effect_kind **kind; /* [k] NULL: as reported */
  double *input;       /* [k * RX_EFFECT_INPUTS_MOST] of the kind */
  const char **note;   /* [k] short notes on how the estimate was made */
  const char **level;  /* [k] subgroup; NULL: there are none */
  const char **levels; /* [n_levels] in the order of the file */
  size_t n_levels;
  double *moderator; /* [k] NaN where missing; NULL: there is none */
  unsigned has;      /* bits of rx_evidence_has */
  const char *group; /* written into rows; NULL: all */
  double r;          /* correlation filled in; NaN: none */
  size_t filled_r;   /* studies for which it was */
  size_t printed_r;  /* studies of which it is the mean */
  size_t wanted_r;   /* studies left out for want of it */
  size_t corrected;  /* tables with a zero cell, to which 1/2 was added */
  size_t blank_rows;
  const struct rx_effect_kind *effect;
  bool by_design; /* the effect is computed as each study's design demands */
  bool log, synthetic;
  struct rx_strings strings;
};

/* What of a spec does not go together, in words; NULL: nothing. */
const char *rx_evidence_spec_fault (const struct rx_evidence_spec *spec);

/* RX_EDATA, naming file, line and column, for a column that is not there, a
   text where a number is due, a standard error or variance that is not above
   zero, an interval whose ends are not in order or do not hold the estimate, a
   ratio not above zero with log, an input that cannot be what it should; when
   no study is left.  A missing estimate or precision leaves the study out,
   counted and named. */
enum rx_status rx_evidence_build (struct rx_evidence *evidence,
                                  const struct rx_table *table,
                                  const struct rx_evidence_spec *spec,
                                  struct rx_error *err) RX_MUST_USE;
void rx_evidence_free (struct rx_evidence *evidence);

/* The studies of a subgroup; strings stay those of `evidence`, which must
   outlive it.  The caller frees it. */
enum rx_status rx_evidence_subset (struct rx_evidence *subset,
                                   const struct rx_evidence *evidence,
                                   const char *level,
                                   struct rx_error *err) RX_MUST_USE;

/* "13 studies, estimates from the column yi", for a heading. */
const char *rx_evidence_words (const struct rx_evidence *evidence,
                               struct rx_strings *strings);

#endif /* RX_EVIDENCE_H */
