/* linear_model.h: a crossover endpoint as rows and columns of a linear model,
   and the result rows of its terms. */
#ifndef RX_LINEAR_MODEL_H
#define RX_LINEAR_MODEL_H

#include "methods/fill.h"
#include "stats/carryover.h"
#include "stats/linear.h"

/* Which columns beside period and treatment. */
enum rx_linear_subjects
{
  RX_SUBJECTS_RANDOM, /* an intercept and, unless dropped, the sequence */
  RX_SUBJECTS_FIXED   /* none: subjects are swept out */
};

/* What a model adjusts for beside sequence, period and treatment: the
   baseline, a covariate, or what is carried over from earlier periods. */
struct rx_linear_term
{
  const struct rx_covariate *covariate;      /* NULL: carryover */
  const struct rx_carryover_part *carryover; /* NULL: a covariate */
  size_t at, n;                              /* first column, columns */
  double centre;    /* of a number: taken from its column */
  bool is_constant; /* within every subject */
};

/* All observed responses, subject by subject.  Columns compare with the first
   sequence, the first period, the reference treatment and the first level of
   a factor. */
struct rx_linear_model
{
  struct rx_linear_data data;
  double *x, *y;
  size_t *first;
  size_t *treatment; /* [data.n] of each row */
  size_t *period;    /* the same */
  double *offset;    /* the same, log of the exposure; NULL: none asked for */
  size_t *subject;   /* [subjects] of the design */
  struct rx_linear_term *terms;
  size_t n_terms;
  size_t dropped;  /* responses without a value of some covariate, or of the
                      exposure, left out */
  size_t subjects; /* with a response */
  size_t repeated; /* with two and more */
  size_t sequence_at, period_at, treatment_at; /* first column of each */
  size_t n_sequences, n_periods, n_treatments; /* columns of each, or 0 */
};

/* `options` NULL: neither a sequence nor anything to adjust for. */
enum rx_status rx_linear_model_build (struct rx_linear_model *model,
                                      const struct rx_crossover *design,
                                      const struct rx_endpoint *endpoint,
                                      enum rx_linear_subjects subjects,
                                      const struct rx_method_options *options,
                                      struct rx_error *err) RX_MUST_USE;
void rx_linear_model_free (struct rx_linear_model *model);

/* Name of the rows of a term, and how many hypotheses say that it has no
   effect; the k-th of them added to l[data.p]. */
const char *rx_linear_term_name (const struct rx_linear_term *term);
size_t rx_linear_term_hypotheses (const struct rx_linear_term *term,
                                  const struct rx_crossover *design);
void rx_linear_term_hypothesis (const struct rx_linear_term *term,
                                const struct rx_crossover *design, size_t k,
                                double *l);

/* How a method tests contrasts l[q * p] of its fit. */
typedef enum rx_status rx_linear_tester (const void *fit, const double *l,
                                         size_t q, struct rx_linear_test *test,
                                         struct rx_error *err);

struct rx_linear_report
{
  const char *method;
  const struct rx_linear_model *model;
  const void *fit; /* NULL: no subject has two responses, nothing is fitted */
  rx_linear_tester *test;
  rx_linear_tester *test_sequence; /* the same between subjects; NULL: no rows
                                      of the sequences */
  rx_linear_tester *test_mean;     /* of a least-squares mean; NULL: no rows of
                                      them */
  size_t n;                        /* subjects behind the rows */
  const char *always;              /* note on every row; "" for none */
  const char *why;                 /* note where there is no p-value */
  const char *two_periods; /* term of the period with two of them; NULL:
                              "period2", as with more */
};

/* Rows of the terms: treatment (or B-A, C-A, where asked for C-B too, and the
   F test of all), then the periods against the first (period2, ...), the
   sequences against the first (sequenceBA, ...), the baseline, covariates
   (sexmale) and carryover, each with an F test where there are several; where
   asked for least-squares means (lsmean:A): of equal sequences, periods and
   levels, at the mean of what is a number. */
enum rx_status rx_linear_rows (const struct rx_linear_report *report,
                               const struct rx_crossover *design,
                               const struct rx_endpoint *endpoint,
                               const struct rx_method_options *options,
                               struct rx_rows *rows,
                               struct rx_error *err) RX_MUST_USE;

#endif /* RX_LINEAR_MODEL_H */
