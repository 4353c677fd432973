/* study_type.h: a type of analysis in a study file: how its keys are read,
   and how it is run.

   A type is one file study_*.c ending in its literal, and one line of the
   table in study_types.c. */
#ifndef RX_STUDY_TYPE_H
#define RX_STUDY_TYPE_H

#include "data/table.h"
#include "study/study_file.h"

/* A printed claim in words: a line of claims.tsv. */
struct rx_study_claim
{
  const char *id, *study, *endpoint, *printed, *computed, *verdict, *checks;
  const char *reason, *source;
  const char *number, *p; /* the two parts of printed */
};

/* A step of a selection: of the analysis, or of a variant of it. */
struct rx_study_step
{
  const char *analysis;
  struct rx_attrition attrition;
};

/* What an analysis left behind beside its rows: for the attrition table and
   for the methods paragraph. */
struct rx_study_finding
{
  const struct rx_study_analysis *analysis;
  struct rx_text design;            /* sentences: the design as it was found */
  const char *family;               /* which p-values are adjusted together */
  const struct rx_method **methods; /* those that were run */
  size_t n_methods;
  /* Does a method that nobody named fit the design as it was found?  NULL:
     every one that serves the type does.  Asked by rx_study_plan only. */
  bool (*fits) (const void *design, const struct rx_method *method);
  /* Does a key of the analysis ask for the method, which then runs although
     the study does not list it?  NULL: none does.  Asked by rx_study_plan
     only. */
  bool (*asks) (const void *design, const struct rx_method *method);
  const void *found;               /* the design, as long as it is there */
  struct rx_study_step *attrition; /* steps of the selection, if any */
  size_t n_attrition;
  size_t rows_outside_coverage; /* of a register, if has_coverage */
  bool has_coverage;
  struct rx_study_claim *claims; /* in words, if any were judged */
  size_t n_claims;
  struct rx_strings strings;
};

void rx_study_finding_free (struct rx_study_finding *finding);

/* One analysis with its data read.  Of table and reg the one that the type
   needs is set; second where the analysis has such data. */
struct rx_study_task
{
  const struct rx_study *study;
  const struct rx_study_analysis *analysis;
  const struct rx_table *table, *second;
  const struct rx_register *reg;
  struct rx_rows *rows;
  struct rx_provenance *prov;
};

struct rx_study_type
{
  const char *name;        /* of `type:` */
  const char *title;       /* one line for a list */
  const char *const *keys; /* all it knows, NULL at the end */
  bool needs_register;     /* its data have layout: columns; else a table */
  bool may_be_register;    /* a table, or with `from:` in place of `data:` a
                              register */
  bool has_joint_tests;    /* adjust takes max-t too */

  /* Does the method serve this design? */
  bool (*serves) (const struct rx_method *method);

  /* Reads the keys of its own into analysis->spec; name, data, methods,
     adjust and level are read before. */
  enum rx_status (*parse) (struct rx_study *study,
                           const struct rx_yaml_node *node,
                           struct rx_study_analysis *analysis,
                           struct rx_error *err);

  /* Builds the design, adds the rows, records the options in force, defaults
     included, and fills the finding (= {0} before, apart from analysis). */
  enum rx_status (*run) (const struct rx_study_task *task,
                         struct rx_study_finding *finding,
                         struct rx_error *err);
};

extern const struct rx_study_type *const rx_study_types[];
extern const size_t rx_n_study_types;

/* The plan of a run: the methods that the study lists, or all that fit; then
   those that a figure of this analysis draws.  They go into the finding and
   the settings too. */
enum rx_status rx_study_plan (const struct rx_study_task *task,
                              struct rx_study_finding *finding,
                              struct rx_analysis_plan *plan,
                              struct rx_error *err) RX_MUST_USE;

/* Records the setting "ANALYSIS.key". */
enum rx_status rx_study_setting (const struct rx_study_task *task,
                                 struct rx_error *err, const char *key,
                                 const char *format, ...) RX_MUST_USE
    RX_PRINTF (4, 5);

/* "a, b or c", the last two joined by `joint`; `every` for an empty list and
   for the pattern "*". */
void rx_study_enumerate (struct rx_text *out, struct rx_texts texts,
                         const char *joint, const char *every);

#endif /* RX_STUDY_TYPE_H */
