/* power_design.h: the designs a trial can be planned with. */
#ifndef RX_POWER_DESIGN_H
#define RX_POWER_DESIGN_H

#include "base/status.h"
#include "stats/design_variance.h"
#include "stats/power.h"

enum
{
  RX_POWER_GROUPS = 24, /* the most groups that a design has */
  RX_POWER_PERIODS = 16 /* the same of periods */
};

/* Sequences whose variances come from least squares, not from a constant. */
struct rx_power_sequences
{
  struct rx_sequences sequences;        /* of the table below */
  const struct rx_carryover *carryover; /* in the model; NULL: none */
  size_t treatment[RX_POWER_GROUPS * RX_POWER_PERIODS];
};

struct rx_power_design
{
  const char *name;    /* treatments x sequences x periods: "2x2x3" */
  const char *title;   /* "replicate crossover, 3 periods" */
  const char *groups;  /* the sequences: "TRT, RTR" */
  bool within_subject; /* every subject, or its sequence, is its own control */
  struct rx_power_layout layout;
  bool is_replicate;  /* some get the reference twice, all get both: limits can
                         be scaled to the variation within it */
  bool has_sequences; /* `groups` are the treatments, period by period */
  const struct rx_power_sequences *own; /* NULL: layout.unit tells the
                                           variance of unequal groups too */
};

extern const struct rx_power_design rx_power_designs[];
extern const size_t rx_n_power_designs;

/* The design of that name, NULL when there is none. */
const struct rx_power_design *rx_power_design_find (const char *name);

/* The design `name` of the sequences themselves, "TRT,RTR", with `carryover`
   in the model (NULL: none); of several treatments the difference that it
   tells worst counts.  df and variances are those of least squares with
   subjects and periods fixed.  own and both texts must outlive the design.
   RX_EUSAGE for what are no sequences, and where a difference cannot be told.
 */
enum rx_status rx_power_design_own (const char *name, const char *text,
                                    const struct rx_carryover *carryover,
                                    struct rx_power_sequences *own,
                                    struct rx_power_design *design,
                                    struct rx_error *err) RX_MUST_USE;

/* Standard error of the difference for an sd, given the subjects of each
   group, one at least in each. */
enum rx_status rx_power_design_se (const struct rx_power_design *design,
                                   const size_t *subjects, double sd,
                                   double *se,
                                   struct rx_error *err) RX_MUST_USE;

/* Splits a total over the groups as evenly as it goes, the first ones getting
   one more.  subjects[0..layout.groups) */
void rx_power_design_split (const struct rx_power_design *design, size_t total,
                            size_t *subjects);

/* What a replicate design tells of the variation within a treatment, and of
   the difference by contrasts within subjects, for the subjects of each
   sequence. */
struct rx_power_replicate
{
  double df_model;    /* within the reference: its responses alone, subjects
                         and periods fixed */
  double df_ref;      /* the same by differences, sequence by sequence */
  double df_test;     /* within the test, by differences; 0: not repeated */
  double df_contrast; /* of the mean contrast, subjects less sequences */
  double per_test, per_ref; /* the square of its standard error is per_test
                               sd_test^2 + per_ref sd_ref^2 */
  bool is_even; /* every sequence has either treatment equally often: the
                   standard error's chi^2 is exact whatever the variances */
};
struct rx_power_replicate
rx_power_design_replicate (const struct rx_power_design *design,
                           const size_t *subjects);

#endif /* RX_POWER_DESIGN_H */
