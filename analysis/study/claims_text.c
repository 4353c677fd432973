/* claims_text.c: one line per claim.  The numbers are those of the rows of the
   methods claim and claim-check, in fewer digits. */
#include "study/claims_text.h"

#include "report/markup.h"
#include "report/tsv.h"

#include <stddef.h>
#include <string.h>

#define AT(member) offsetof (struct rx_study_claim, member)
static const struct
{
  const char *name;
  size_t offset;
  bool in_markdown;
} columns[] = { { "id", AT (id), true },
                { "study", AT (study), false },
                { "endpoint", AT (endpoint), true },
                { "printed", AT (printed), true },
                { "recomputed", AT (computed), true },
                { "verdict", AT (verdict), true },
                { "checks", AT (checks), false },
                { "reason", AT (reason), true },
                { "source", AT (source), false },
                /* for reports only, as `printed` has both */
                { "number", AT (number), false },
                { "p", AT (p), false } };
#undef AT

enum
{
  N_CELLS = sizeof columns / sizeof columns[0],
  N_COLUMNS = N_CELLS - 2 /* of the tables */
};

static const char *
text_of (const struct rx_study_claim *claim, size_t column)
{
  return *(const char *const *)(const void *)((const char *)claim
                                              + columns[column].offset);
}

const char *
rx_claims_text_cell (const struct rx_study_claim *claim, const char *column)
{
  for (size_t c = 0; c < N_CELLS; c++)
    if (strcmp (columns[c].name, column) == 0)
      return text_of (claim, c);
  return NULL;
}

bool
rx_claims_text_any (const struct rx_study_report *report)
{
  for (size_t i = 0; i < report->n_findings; i++)
    if (report->findings[i].n_claims > 0)
      return true;
  return false;
}

void
rx_claims_text_tsv (struct rx_text *out, const struct rx_study_report *report)
{
  rx_tsv_provenance (out, rx_study_report_prov (report));
  if (report->rows->synthetic)
    rx_text_addz (out, RX_TSV_SYNTHETIC);
  for (size_t c = 0; c < N_COLUMNS; c++)
    rx_text_addf (out, "%s\t", columns[c].name);
  rx_text_addz (out, "analysis\n");
  for (size_t i = 0; i < report->n_findings; i++)
    for (size_t k = 0; k < report->findings[i].n_claims; k++)
      {
        for (size_t c = 0; c < N_COLUMNS; c++)
          {
            rx_tsv_text (out, text_of (&report->findings[i].claims[k], c),
                         "NA");
            rx_text_addc (out, '\t');
          }
        rx_tsv_text (out, report->findings[i].analysis->name, "NA");
        rx_text_addc (out, '\n');
      }
}

static void
add_head (struct rx_text *out, const char *study)
{
  rx_text_addz (out, "\n### ");
  rx_markdown_escape (out, study[0] != '\0' ? study : "No study named");
  rx_text_addz (out, "\n\n|");
  for (size_t c = 0; c < N_COLUMNS; c++)
    if (columns[c].in_markdown)
      rx_text_addf (out, " %s |", columns[c].name);
  rx_text_addz (out, "\n|");
  for (size_t c = 0; c < N_COLUMNS; c++)
    if (columns[c].in_markdown)
      rx_text_addz (out, " --- |");
  rx_text_addc (out, '\n');
}

static void
add_analysis (struct rx_text *out, const struct rx_study_finding *finding)
{
  rx_text_addz (out, "\n## ");
  rx_markdown_escape (out, finding->analysis->name);
  rx_text_addc (out, '\n');
  for (size_t k = 0; k < finding->n_claims; k++)
    {
      const struct rx_study_claim *claim = &finding->claims[k];
      if (k == 0 || strcmp (claim->study, finding->claims[k - 1].study) != 0)
        add_head (out, claim->study);
      rx_text_addc (out, '|');
      for (size_t c = 0; c < N_COLUMNS; c++)
        if (columns[c].in_markdown)
          {
            rx_text_addc (out, ' ');
            rx_markdown_escape (out, text_of (claim, c));
            rx_text_addz (out, " |");
          }
      rx_text_addc (out, '\n');
    }
}

void
rx_claims_text_markdown (struct rx_text *out,
                         const struct rx_study_report *report)
{
  rx_text_addz (out, "# Claims of ");
  rx_markdown_escape (out, report->study->name);
  rx_text_addc (out, '\n');
  if (report->rows->synthetic)
    rx_text_addz (out, "\n**Synthetic data, not of patients.**\n");
  for (size_t i = 0; i < report->n_findings; i++)
    if (report->findings[i].n_claims > 0)
      add_analysis (out, &report->findings[i]);
}
