/* design_variance.h: what a set of treatment sequences can tell, before there
   are data: the variance of every difference of treatments, and of their
   carryovers, for errors of variance 1.

   Model: subject, period, treatment and, where asked for, carryover
   (stats/carryover.h), all fixed, errors independent.  With
   X centred within subjects the variances are those of (X'X)^-1.  Jones &
   Kenward, Design and Analysis of Cross-Over Trials, 3rd ed., chapters 3
   and 4. */
#ifndef RX_DESIGN_VARIANCE_H
#define RX_DESIGN_VARIANCE_H

#include "base/status.h"
#include "stats/carryover.h"

/* n sequences of so many periods; treatment[s * periods + p] counts from 0.
   subjects[s]: how many get the sequence, NULL: one each. */
struct rx_sequences
{
  size_t treatments, n, periods;
  const size_t *treatment;
  const double *subjects;
};

/* The variance of treatment j - treatment i into difference[i * t + j] and,
   with `model` (NULL: no carryover), that of the carryovers of j - i in its
   k-th part into carryover[(k * t + i) * t + j].  NaN where the design cannot
   estimate the difference, and for interactions; 0 on the diagonal. */
enum rx_status rx_design_variance (const struct rx_sequences *design,
                                   const struct rx_carryover *model,
                                   double *difference, double *carryover,
                                   struct rx_error *err) RX_MUST_USE;

/* Degrees of freedom that periods, treatments and carryover take from those
   within subjects. */
enum rx_status rx_design_rank (const struct rx_sequences *design,
                               const struct rx_carryover *model, size_t *rank,
                               struct rx_error *err) RX_MUST_USE;

/* Balance, weighted with the subjects.  Uniform on periods: every treatment
   as often in each period; uniform on subjects: every treatment as often in
   each sequence; balanced: every treatment is followed as often by each other
   one (strongly: by itself too). */
struct rx_design_balance
{
  bool on_periods, on_subjects, balanced, strongly;
};
struct rx_design_balance rx_design_balance (const struct rx_sequences *design);

/* Subjects times periods with that treatment. */
double rx_design_uses (const struct rx_sequences *design, size_t treatment);

#endif /* RX_DESIGN_VARIANCE_H */
