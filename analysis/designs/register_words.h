/* register_words.h: the selection of persons in words that a researcher can
   copy into a paper.  (rx_rule_words is in before_after.h.)  All return NULL
   when there is no memory. */
#ifndef RX_REGISTER_WORDS_H
#define RX_REGISTER_WORDS_H

#include "designs/before_after.h"

/* "persons in the register (coverage 2010-01-01 to 2015-12-31)" */
const char *rx_coverage_words (struct rx_days coverage,
                               struct rx_strings *strings);

/* "index: first N07BB04 from 2013-01-01 to 2013-12-31"; a wash-out that comes
   before "first" is part of it. */
const char *rx_index_words (const struct rx_before_after_spec *spec,
                            struct rx_days days, struct rx_strings *strings);

/* The condition on the index that follows: "wash-out: no N07BB04 in the 365
   days before the index". */
const char *rx_clear_words (const struct rx_before_after_spec *spec,
                            struct rx_strings *strings);

/* "before window [-730, -1] and after window [0, 729] inside the coverage";
   group and rule (the reach of the requirements' windows) are NULL where they
   lie between the two. */
const char *rx_guard_words (const struct rx_before_after_spec *spec,
                            const struct rx_days *group,
                            const struct rx_days *rule,
                            struct rx_strings *strings);

/* "no row has the index drug N07BB04; did you mean N07BB4? The most frequent
   codes are N02BE01 (812 rows), ..."; what: "index drug". */
const char *rx_unknown_drug_words (const struct rx_register *reg,
                                   const char *what, struct rx_texts drugs,
                                   struct rx_strings *strings);

#endif /* RX_REGISTER_WORDS_H */
