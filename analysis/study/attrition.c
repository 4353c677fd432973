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
          const struct rx_study_finding *finding, size_t at, size_t number)
{
  const struct rx_attrition *step = &finding->attrition[at].attrition;
  rx_tsv_text (out, report->study->name, "NA");
  rx_text_addc (out, '\t');
  rx_tsv_text (out, finding->attrition[at].analysis, "NA");
  rx_text_addf (out, "\t%zu\t", number);
  rx_tsv_text (out, step->step, "NA");
  rx_text_addf (out, "\t%zu\t%zu\t", step->persons, step->excluded);
  rx_tsv_text (out, step->reason, "NA");
  rx_text_addc (out, '\n');
}

void
rx_attrition_write (struct rx_text *out, const struct rx_study_report *report)
{
  rx_tsv_provenance (out, rx_study_report_prov (report));
  if (report->rows->synthetic)
    rx_text_addz (out, RX_TSV_SYNTHETIC);
  rx_text_addz (out, "study\tanalysis\tstep\tdescription\tpersons\texcluded\t"
                     "reason\n");
  for (size_t i = 0; i < report->n_findings; i++)
    {
      const struct rx_study_finding *finding = &report->findings[i];
      size_t number = 0; /* counted anew for each variant */
      for (size_t k = 0; k < finding->n_attrition; k++)
        {
          bool goes_on = k > 0
                         && finding->attrition[k].analysis
                                == finding->attrition[k - 1].analysis;
          number = goes_on ? number + 1 : 1;
          add_step (out, report, finding, k, number);
        }
    }
}
