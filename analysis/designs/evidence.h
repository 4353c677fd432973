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
  size_t corrected; /* tables with a zero cell, to which 1/2 was added */
  size_t blank_rows;
  const struct rx_effect_kind *effect;
  bool log, synthetic;
  struct rx_strings strings;
};

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

/* "13 studies, estimates from the column yi", for a heading. */
const char *rx_evidence_words (const struct rx_evidence *evidence,
                               struct rx_strings *strings);

#endif /* RX_EVIDENCE_H */
