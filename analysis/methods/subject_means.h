/* subject_means.h: the responses of subjects by treatment, where a sequence
   may plan a treatment several times. */
#ifndef RX_SUBJECT_MEANS_H
#define RX_SUBJECT_MEANS_H

#include "designs/crossover.h"

/* How often the sequence plans the treatment. */
size_t rx_planned_times (const struct rx_crossover *design, size_t sequence,
                         size_t treatment);

/* The responses y[planned] of a subject to a treatment in the order of the
   periods; false when one that is planned is missing. */
bool rx_times_on (const struct rx_crossover *design,
                  const struct rx_endpoint *endpoint, size_t subject,
                  size_t treatment, double *y);

/* Means under a treatment and under the reference of the n subjects who have
   every response to both that their sequence plans. */
struct rx_subject_means
{
  size_t n;
  double *test, *reference; /* [n] */
  size_t *sequence;         /* [n] */
  bool *counts;             /* [sequences]: it plans both */
};
enum rx_status rx_subject_means (struct rx_subject_means *out,
                                 const struct rx_crossover *design,
                                 const struct rx_endpoint *endpoint,
                                 size_t treatment,
                                 struct rx_error *err) RX_MUST_USE;
void rx_subject_means_free (struct rx_subject_means *means);

#endif /* RX_SUBJECT_MEANS_H */
