/* input_audit.c: a line per check of each register, then per analysis what its
   coverage left out. */
#include "study/input_audit.h"

#include "report/tsv.h"

bool
rx_input_audit_any (const struct rx_study_report *report)
{
  for (size_t i = 0; i < report->inputs->n; i++)
    if (report->inputs->input[i].n_checks > 0)
      return true;
  return false;
}

static void
add_line (struct rx_text *out, const struct rx_study_report *report,
          const char *data, const char *analysis, const char *check,
          size_t count, const char *unit, const char *rule)
{
  rx_tsv_text (out, report->study->name, "NA");
  rx_text_addc (out, '\t');
  rx_tsv_text (out, data, "NA");
  rx_text_addc (out, '\t');
  rx_tsv_text (out, analysis, "NA");
  rx_text_addf (out, "\t%s\t%zu\t%s\t%s\n", check, count, unit, rule);
}

void
rx_input_audit_write (struct rx_text *out,
                      const struct rx_study_report *report)
{
  rx_tsv_provenance (out, rx_study_report_prov (report));
  if (report->rows->synthetic)
    rx_text_addz (out, RX_TSV_SYNTHETIC);
  rx_text_addz (out, "study\tdata\tanalysis\tcheck\tcount\tunit\trule\n");
  for (size_t i = 0; i < report->inputs->n; i++)
    {
      const struct rx_study_input *input = &report->inputs->input[i];
      for (size_t k = 0; k < input->n_checks; k++)
        add_line (out, report, input->data->name, "",
                  input->checks[k].check->name, input->checks[k].count,
                  input->checks[k].check->unit, input->checks[k].check->rule);
    }
  for (size_t i = 0; i < report->n_findings; i++)
    {
      const struct rx_study_finding *finding = &report->findings[i];
      if (finding->has_coverage)
        add_line (out, report, finding->analysis->data->name,
                  finding->analysis->name, "outside-coverage",
                  finding->rows_outside_coverage, "rows",
                  "ignored: the coverage does not hold their dates");
    }
}
