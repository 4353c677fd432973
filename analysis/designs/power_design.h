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
};

extern const struct rx_power_design rx_power_designs[];
extern const size_t rx_n_power_designs;

/* The design of that name, NULL when there is none. */
const struct rx_power_design *rx_power_design_find (const char *name);

/* Splits a total over the groups as evenly as it goes, the first ones getting
   one more.  subjects[0..layout.groups) */
void rx_power_design_split (const struct rx_power_design *design, size_t total,
                            size_t *subjects);

#endif /* RX_POWER_DESIGN_H */
