/* comparisons.h: the comparisons that a design offers to a method that tests
   one of them at a time (method.h), and how a method is run on a design. */
#ifndef RX_COMPARISONS_H
#define RX_COMPARISONS_H

#include "methods/fill.h"

/* Does the method analyse crossover trials?  Does it compare before and
   after? */
bool rx_method_serves_crossover (const struct rx_method *method);
bool rx_method_serves_before_after (const struct rx_method *method);

/* Adds the rows of the method for one endpoint; it serves crossovers.
   Contrasts within subjects are one for two treatments (term `treatment`),
   each against the reference for more (`B-A`); an AB/BA test has the terms
   of rx_abba_terms. */
enum rx_status rx_method_crossover (const struct rx_method *method,
                                    const struct rx_crossover *design,
                                    const struct rx_endpoint *endpoint,
                                    const struct rx_method_options *options,
                                    struct rx_rows *rows,
                                    struct rx_error *err) RX_MUST_USE;

/* Adds the rows of the method for one cell; it serves before/after.  A test
   of differences, or of discordant persons, gives the row `change`. */
enum rx_status rx_method_before_after (const struct rx_method *method,
                                       const struct rx_before_after *design,
                                       const struct rx_before_after_cell *cell,
                                       const struct rx_method_options *options,
                                       struct rx_rows *rows,
                                       struct rx_error *err) RX_MUST_USE;

/* What each term of an AB/BA method compares between the sequences, and the
   factor of the difference: treatment and period halved, carryover not. */
struct rx_abba_term
{
  const char *term;
  enum rx_abba_contrast contrast;
  double factor;
};
extern const struct rx_abba_term rx_abba_terms[];
extern const size_t rx_n_abba_terms;

#endif /* RX_COMPARISONS_H */
