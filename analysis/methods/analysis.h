/* analysis.h: what an analysis is asked to do, of whatever design. */
#ifndef RX_ANALYSIS_H
#define RX_ANALYSIS_H

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

#endif /* RX_ANALYSIS_H */
