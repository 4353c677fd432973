/* study_report.h: what the writers of a run's outputs are given. */
#ifndef RX_STUDY_REPORT_H
#define RX_STUDY_REPORT_H

#include "base/provenance.h"
#include "report/sheet.h"
#include "study/run_folder.h"
#include "study/study_inputs.h"
#include "study/study_type.h"

/* A figure that could not be drawn, and why. */
struct rx_study_gap
{
  const char *figure, *reason;
};

struct rx_study_report
{
  const struct rx_study *study;
  const struct rx_rows *rows;
  const struct rx_study_finding *findings; /* one per analysis */
  size_t n_findings;
  const struct rx_study_inputs *inputs;
  const struct rx_provenance *prov; /* complete: command, settings, inputs */
  const struct rx_sheet *sheets; /* one per table, filled of those that are
                                    wide */
  bool no_prov;
  struct rx_study_gap *gaps;
  size_t n_gaps;
};

/* The provenance to be written: NULL with no_prov. */
static inline const struct rx_provenance *
rx_study_report_prov (const struct rx_study_report *report)
{
  return report->no_prov ? NULL : report->prov;
}

#endif /* RX_STUDY_REPORT_H */
