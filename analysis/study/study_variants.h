/* study_variants.h: an analysis of type `before-after` said once and run in
   more ways than one.

       placebo: true            the halves of the window before, compared
       landmark: 90             groups known on day 90, outcomes from then on
       specifications:          every pair of windows, with and without guard
         windows: [[-365, -1, 0, 364], [-730, -1, 0, 729]]
         guard: [true, false]

   Each way is a variant: a design of its own, whose rows bear a name of their
   own, "two-years (placebo: before v before)". */
#ifndef RX_STUDY_VARIANTS_H
#define RX_STUDY_VARIANTS_H

#include "designs/national.h"
#include "study/study_file.h"

struct rx_study_variant
{
  const char *name; /* the analysis in its rows */
  const char *note; /* words in front of the note of each row */
  struct rx_before_after_spec spec;
};

/* What the parser makes of such an analysis. */
struct rx_study_before_after
{
  struct rx_before_after_spec spec; /* as it is said */
  struct rx_study_variant *variant;
  size_t n_variants;
  bool has_national; /* analysis->second has the figures */
  struct rx_national_columns national;
};

/* Reads the three keys; the spec is read before. */
enum rx_status rx_study_variants_parse (struct rx_study *study,
                                        const struct rx_yaml_node *node,
                                        const struct rx_study_analysis *of,
                                        struct rx_study_before_after *out,
                                        struct rx_error *err) RX_MUST_USE;

#endif /* RX_STUDY_VARIANTS_H */
