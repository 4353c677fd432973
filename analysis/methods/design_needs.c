/* design_needs.c: the needs of methods, and whether a design meets them. */
#include "methods/design_needs.h"

#include "designs/cycles.h"

static bool
is_abba (const struct rx_crossover *design)
{
  return design->is_abba;
}

const struct rx_design_need rx_needs_abba
    = { .words = "two treatments in two periods, in both orders",
        .is_met = is_abba };

const struct rx_design_need rx_needs_cycles
    = { .words
        = "two treatments in two pairs of periods or more, both in each pair",
        .is_met = rx_crossover_has_cycles };

static bool
is_abba_of_clusters (const struct rx_crossover *design)
{
  return design->is_abba && design->persons > 0;
}

const struct rx_design_need rx_needs_clusters = {
  .words
  = "clusters (--cluster) that had two treatments in two periods, in both "
    "orders",
  .is_met = is_abba_of_clusters
};

bool
rx_design_meets (const struct rx_crossover *design,
                 const struct rx_method *method)
{
  return method->needs == NULL || method->needs->is_met (design);
}

const char *
rx_design_unmet (const struct rx_crossover *design,
                 const struct rx_method *method, struct rx_strings *strings)
{
  const char *has = rx_crossover_words (design, strings);
  return has == NULL
             ? NULL
             : rx_strings_format (strings, "needs %s; %s has %s",
                                  method->needs->words, design->file, has);
}
