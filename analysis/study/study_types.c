/* study_types.c: the types of analysis there are. */
#include "study/study_type.h"

extern const struct rx_study_type rx_study_type_crossover;
extern const struct rx_study_type rx_study_type_before_after;
extern const struct rx_study_type rx_study_type_its;
extern const struct rx_study_type rx_study_type_pssa;
extern const struct rx_study_type rx_study_type_sccs;
extern const struct rx_study_type rx_study_type_exposure;
extern const struct rx_study_type rx_study_type_meta;
extern const struct rx_study_type rx_study_type_claims;
extern const struct rx_study_type rx_study_type_summary;

const struct rx_study_type *const rx_study_types[] = {
  &rx_study_type_crossover, &rx_study_type_before_after,
  &rx_study_type_its,       &rx_study_type_pssa,
  &rx_study_type_sccs,      &rx_study_type_exposure,
  &rx_study_type_meta,      &rx_study_type_summary,
  &rx_study_type_claims,
};
const size_t rx_n_study_types
    = sizeof rx_study_types / sizeof rx_study_types[0];
