/* power_design.h: the designs a trial can be planned with. */
#ifndef RX_POWER_DESIGN_H
#define RX_POWER_DESIGN_H

#include "stats/power.h"

#include <stdbool.h>

enum
{
  RX_POWER_GROUPS = 6 /* the most groups a design has */
};

struct rx_power_design
{
  const char *name;    /* treatments x sequences x periods: "2x2x3" */
  const char *title;   /* "replicate crossover, 3 periods" */
  const char *groups;  /* the sequences: "TRT, RTR" */
  bool within_subject; /* every subject, or its sequence, is its own control */
  struct rx_power_layout layout;
  bool is_replicate; /* some get the reference twice, all get both: limits can
                        be scaled to the variation within it */
};

extern const struct rx_power_design rx_power_designs[];
extern const size_t rx_n_power_designs;

/* The design of that name, NULL when there is none. */
const struct rx_power_design *rx_power_design_find (const char *name);

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
