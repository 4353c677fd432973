/* analysis_meta.h: the methods of a meta-analysis, and what to beware of. */
#ifndef RX_ANALYSIS_META_H
#define RX_ANALYSIS_META_H

#include "base/text.h"
#include "designs/evidence.h"
#include "methods/analysis.h"

/* Rows of the methods of the plan (NULL: all that pool studies and are not on
   request only) and remarks on what was read and what was left out.
   With subgroups (evidence->levels) the models run in each and on all, and are
   compared between them; the rows of a subgroup have its name as group.
   RX_EUSAGE when a method asked for by name does not pool studies, or needs
   counts or a covariate that are not there. */
enum rx_status rx_analysis_meta (const struct rx_evidence *evidence,
                                 const struct rx_analysis_plan *plan,
                                 struct rx_rows *rows,
                                 struct rx_error *err) RX_MUST_USE;

/* The same from the rows of a file: with a grid of correlations
   (spec->r_grid) once for each, rows then in the group "r=0.5".  Appends to
   `words` what was read, for a heading. */
enum rx_status rx_analysis_meta_table (const struct rx_table *table,
                                       const struct rx_evidence_spec *spec,
                                       const struct rx_analysis_plan *plan,
                                       struct rx_rows *rows,
                                       struct rx_text *words,
                                       struct rx_error *err) RX_MUST_USE;

#endif /* RX_ANALYSIS_META_H */
