/* analysis.h: the methods of one analysis, run over its endpoints, outcomes,
   measures and groups, and the p-values of a family adjusted. */
#ifndef RX_ANALYSIS_H
#define RX_ANALYSIS_H

#include "base/text.h"
#include "methods/method.h"

struct rx_analysis_plan
{
  const struct rx_method *const *methods; /* NULL: all that fit the design
                                             and are not on request only */
  size_t n_methods;
  const char *adjust; /* "holm", "bh", ...; NULL: none */
  unsigned measures;  /* bits; 0: all the data allow */
  double level;
  uint64_t seed;
  bool no_sequence;              /* crossover: models leave the sequence out */
  struct rx_model_options model; /* crossover: of its models */
  struct rx_missing_options missing; /* crossover: of missing responses */
  bool completers;    /* crossover: everything once more, of the subjects with
                         every period, as group `completers` */
  bool hksj_truncate; /* meta-analysis: the factor of HKSJ is at least 1 */
  double alpha;       /* equivalence of a crossover; 0: the default */
  double margin[2];   /* its limits */
  bool has_margin;
  const struct rx_expansion *expansion; /* of expanding limits; NULL: the
                                           default */
  size_t family;       /* printed numbers: p-values of a study; 0: its rows */
  double unprinted[2]; /* its p-values that are not printed; 0, 0: 0 to 1 */
  bool as_fits; /* crossover: chosen methods that do not fit an endpoint are
                   passed over */
};

/* Rows for every endpoint and method, endpoint by endpoint; remarks on
   incomplete subjects and on the family of adjusted p-values.  RX_EUSAGE when
   a method asked for by name does not fit the design, or an endpoint of it. */
enum rx_status rx_analysis_crossover (const struct rx_crossover *design,
                                      const struct rx_analysis_plan *plan,
                                      struct rx_rows *rows,
                                      struct rx_error *err) RX_MUST_USE;

/* Adds sentences on what the linear models adjust for and assume, each after a
   blank; none where nothing was asked for. */
void rx_analysis_word_models (const struct rx_crossover *design,
                              const struct rx_model_options *model,
                              struct rx_text *out);

/* Does the method analyse this endpoint?  That one of a binary method has
   responses, each of them 0 or 1. */
bool rx_analysis_fits_endpoint (const struct rx_method *method,
                                const struct rx_crossover *design,
                                const struct rx_endpoint *endpoint);

/* RX_EUSAGE when the method compares a difference with limits that the plan
   does not have. */
enum rx_status rx_analysis_check_margin (const struct rx_method *method,
                                         const struct rx_crossover *design,
                                         const struct rx_analysis_plan *plan,
                                         struct rx_error *err) RX_MUST_USE;

/* RX_EUSAGE when a method of ratios is asked for without logarithms, and,
   naming the first response that is neither 0 nor 1, when a binary
   method is asked for an endpoint that is not; no response is no fault. */
enum rx_status rx_analysis_check_endpoint (const struct rx_method *method,
                                           const struct rx_crossover *design,
                                           const struct rx_endpoint *endpoint,
                                           struct rx_error *err) RX_MUST_USE;

/* As rx_analysis_crossover for outcomes x measures x groups, with the warnings
   on immortal time and regression to the mean. */
enum rx_status rx_analysis_before_after (const struct rx_before_after *design,
                                         const struct rx_analysis_plan *plan,
                                         struct rx_rows *rows,
                                         struct rx_error *err) RX_MUST_USE;

/* The parts of a before/after design that the methods asked for need; those
   on request only are the ones with parts. */
unsigned rx_analysis_parts (const struct rx_analysis_plan *plan);

#endif /* RX_ANALYSIS_H */
