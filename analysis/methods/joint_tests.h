/* joint_tests.h: the treatment rows of a crossover method adjusted over the
   endpoints by max-T (stats/max_t.h). */
#ifndef RX_JOINT_TESTS_H
#define RX_JOINT_TESTS_H

#include "methods/method.h"
#include "stats/max_t.h"

/* How the treatment rows of a method are re-randomised: a method's literal
   points to one of these. */
struct rx_joint_test
{
  rx_signed_t *statistic;
  bool flips;        /* signs of the paired differences, test minus reference;
                        else labels of the sequences, of period 1 minus period
                        2 */
  const char *words; /* "..., by flipping the signs ..." */
};
extern const struct rx_joint_test rx_joint_flips, rx_joint_labels,
    rx_joint_labels_welch;

/* The name of the adjustment, as --adjust has it. */
extern const char *const rx_max_t_name;

/* RX_EUSAGE when the adjustment is max-t and there are not two treatments. */
enum rx_status rx_joint_tests_check (const char *adjust,
                                     const struct rx_crossover *design,
                                     struct rx_error *err) RX_MUST_USE;

/* Adjusts the treatment rows, from row `first` on, of the methods that have a
   joint test, all endpoints of one method being one family; an endpoint
   without a statistic takes no part.  Rows of other methods, and of the
   completers alone, stay NA, and a remark says so. */
enum rx_status rx_joint_tests_adjust (const struct rx_crossover *design,
                                      struct rx_rows *rows, size_t first,
                                      uint64_t seed,
                                      struct rx_error *err) RX_MUST_USE;

#endif /* RX_JOINT_TESTS_H */
