/* attrition.c: one line per step of each analysis' selection. */
#include "study/attrition.h"

#include "report/tsv.h"

bool
rx_attrition_any (const struct rx_study_report *report)
{
  for (size_t i = 0; i < report->n_findings; i++)
    if (report->findings[i].n_attrition > 0)
      return true;
  return false;
}

static void
add_step (struct rx_text *out, const struct rx_study_report *report,
          const struct rx_study_finding *finding, size_t at)
{
  const struct rx_attrition *step = &finding->attrition[at];
  rx_tsv_text (out, report->study->name, "NA");
  rx_text_addc (out, '\t');
  rx_tsv_text (out, finding->analysis->name, "NA");
  rx_text_addf (out, "\t%zu\t", at + 1);
  rx_tsv_text (out, step->step, "NA");
  rx_text_addf (out, "\t%zu\t%zu\n", step->persons, step->excluded);
}

void
rx_attrition_write (struct rx_text *out, const struct rx_study_report *report)
{
  rx_tsv_provenance (out, rx_study_report_prov (report));
  if (report->rows->synthetic)
    rx_text_addz (out, RX_TSV_SYNTHETIC);
  rx_text_addz (out,
                "study\tanalysis\tstep\tdescription\tpersons\texcluded\n");
  for (size_t i = 0; i < report->n_findings; i++)
    for (size_t k = 0; k < report->findings[i].n_attrition; k++)
      add_step (out, report, &report->findings[i], k);
}
