/* study_from.h: the analyses that read a table, or with `from:` and lists of
   drugs in place of columns a dispensing register. */
#ifndef RX_STUDY_FROM_H
#define RX_STUDY_FROM_H

#include "base/text.h"
#include "designs/register_extract.h"
#include "study/study_type.h"

/* Complains about keys of a table beside `from:`, and about keys of a register
   without it. */
enum rx_status rx_study_from_check (struct rx_study *study,
                                    const struct rx_yaml_node *node,
                                    const struct rx_study_analysis *analysis,
                                    const char *const *of_table,
                                    const char *const *of_register,
                                    struct rx_error *err) RX_MUST_USE;

/* `coverage: {from: 2010-01-01, to: 2015-12-31}`. */
enum rx_status rx_study_from_coverage (struct rx_study *study,
                                       const struct rx_yaml_node *node,
                                       struct rx_coverage *coverage,
                                       struct rx_error *err) RX_MUST_USE;

/* Records coverage and drugs (`key`: "drugs" or "drugs.index"). */
enum rx_status rx_study_from_record (const struct rx_study_task *task,
                                     struct rx_coverage coverage,
                                     struct rx_days days,
                                     struct rx_error *err) RX_MUST_USE;
enum rx_status rx_study_from_drugs (const struct rx_study_task *task,
                                    const char *key, struct rx_texts drugs,
                                    struct rx_texts except,
                                    struct rx_error *err) RX_MUST_USE;

/* "The data (d.csv) are an extract of a dispensing register with 10 rows of 3
   persons, taken to cover ... to ....  " */
void rx_study_from_words (const struct rx_study_task *task,
                          struct rx_coverage coverage, struct rx_days days,
                          struct rx_text *out);

#endif /* RX_STUDY_FROM_H */
