/* study_run.h: everything a study file declares: analyses, tables, figures.

   Into the folder of the job go

       results.tsv    all result rows
       attrition.tsv  where persons were selected: how many each step left
       audit.tsv      what was found in the registers, and what was done
       tables/        NAME.EXT for every table and format
       figures/       NAME.tsv, NAME.gp, style.gp and the pictures
       methods.md     the methods paragraph, in words
       manifest.json  inputs, options and outputs with their SHA-256

   Nothing is written before every analysis has been run, and every file is
   whole or not there.  The manifest is written last, and that of an earlier
   run is taken away first: a folder with a manifest holds what it says.  No
   clock and no host: the same study on the same data gives the same bytes. */
#ifndef RX_STUDY_RUN_H
#define RX_STUDY_RUN_H

#include "base/provenance.h"
#include "study/study_file.h"

struct rx_study_job
{
  const char *folder;
  bool no_prov; /* no provenance lines; no command in the manifest */
  const struct rx_provenance *prov; /* command and settings of the caller, may
                                       be NULL; those of the study are
                                       added */
  void (*progress) (void *context, const char *line); /* may be NULL */
  void *context;
};

/* What was made.  The caller makes the struct (= {0}) and frees it, also
   after a failure. */
struct rx_study_outcome
{
  size_t analyses, tables, figures; /* done; figures that could not be drawn
                                       do not count */
  struct rx_rows rows;              /* the result rows and the remarks */
  struct rx_paths files;            /* written, with the folder in front */
};

void rx_study_outcome_free (struct rx_study_outcome *outcome);

/* RX_EDATA for data that are not as the study or their schema says.  Where
   only pictures cannot be drawn (no gnuplot: RX_EIO), everything else is
   written, their data and scripts included, and the first failure is
   returned at the end. */
enum rx_status rx_study_run (const struct rx_study *study,
                             const struct rx_study_job *job,
                             struct rx_study_outcome *out,
                             struct rx_error *err) RX_MUST_USE;

#endif /* RX_STUDY_RUN_H */
