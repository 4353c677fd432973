/* methods_text.c: methods.md: for each analysis a paragraph on the design, a
   paragraph on the methods, their sources and the remarks; at the end the
   software and the files. */
#include "study/methods_text.h"

#include "base/number.h"
#include "stats/adjust.h"

#include <ctype.h>
#include <string.h>

/* Would Markdown read the character as a mark?  An underscore between letters
   is none: names of files stay readable. */
static bool
is_mark (const char *text, size_t at)
{
  if (text[at] == '_')
    return at == 0 || !isalnum ((unsigned char)text[at - 1])
           || !isalnum ((unsigned char)text[at + 1]);
  return strchr ("\\`*<[]", text[at]) != NULL;
}

/* Plain words as Markdown that shows them as they are, on one line. */
static void
add_words (struct rx_text *out, const char *text)
{
  for (size_t i = 0; text[i] != '\0'; i++)
    {
      bool control = (unsigned char)text[i] < 0x20;
      if (!control && is_mark (text, i))
        rx_text_addc (out, '\\');
      rx_text_addc (out, control ? ' ' : text[i]);
    }
}

static void
add_adjustment (struct rx_text *out, const struct rx_study_finding *finding)
{
  const char *adjust = finding->analysis->plan.adjust;
  const struct rx_adjustment *adjustment
      = adjust != NULL ? rx_adjustment_find (adjust) : NULL;
  bool some = false;
  for (size_t i = 0; i < finding->n_methods; i++)
    some = some || finding->methods[i]->adjusts;
  if (adjustment == NULL)
    {
      rx_text_addf (out, "%s are not adjusted for multiplicity.\n",
                    some ? "Other p-values" : "P-values");
      return;
    }
  rx_text_addz (out, "P-values are adjusted for multiplicity by ");
  add_words (out, adjustment->title);
  rx_text_addf (out, ", which controls %s; a family is %s.\n",
                adjustment->controls, finding->family);
}

/* The sentences of the methods, each once; then what holds for all. */
static void
add_methods (struct rx_text *out, const struct rx_study_finding *finding)
{
  char level[RX_NUMBER_SIZE];
  const struct rx_analysis_plan *plan = &finding->analysis->plan;
  for (size_t i = 0; i < finding->n_methods; i++)
    if (finding->methods[i]->words != NULL
        && finding->methods[i]->words[0] != '\0')
      {
        add_words (out, finding->methods[i]->words);
        rx_text_addc (out, ' ');
      }
  rx_text_addf (out,
                "Tests are two-sided unless a method says otherwise, and "
                "intervals have the confidence level %s. ",
                rx_number_print (level, plan->level));
  add_adjustment (out, finding);
}

static void
add_sources (struct rx_text *out, const struct rx_study_finding *finding)
{
  bool any = false;
  for (size_t i = 0; i < finding->n_methods; i++)
    {
      const struct rx_method *method = finding->methods[i];
      if (method->source == NULL || method->source[0] == '\0')
        continue;
      rx_text_addz (out, any ? "" : "\nSources:\n\n");
      rx_text_addf (out, "- `%s`: ", method->name);
      add_words (out, method->source);
      rx_text_addc (out, '\n');
      any = true;
    }
}

static void
add_remarks (struct rx_text *out, const struct rx_rows *rows,
             const char *analysis)
{
  bool any = false;
  for (size_t i = 0; i < rows->n_remarks; i++)
    {
      const struct rx_remark *remark = &rows->remark[i];
      if (strcmp (remark->analysis, analysis) != 0)
        continue;
      rx_text_addz (out, any ? "" : "\nRemarks:\n\n");
      rx_text_addz (out, remark->is_warning ? "- **Warning.** " : "- ");
      add_words (out, remark->text);
      rx_text_addc (out, '\n');
      any = true;
    }
}

static void
add_analysis (struct rx_text *out, const struct rx_study_report *report,
              const struct rx_study_finding *finding)
{
  rx_text_addz (out, "\n## ");
  add_words (out, finding->analysis->name);
  rx_text_addz (out, "\n\n");
  add_words (out, rx_text_string (&finding->design));
  rx_text_addz (out, finding->n_attrition > 0
                         ? " The steps of the selection are in "
                           "attrition.tsv.\n\n"
                         : "\n\n");
  add_methods (out, finding);
  add_sources (out, finding);
  add_remarks (out, report->rows, finding->analysis->name);
}

static void
add_files (struct rx_text *out, const struct rx_study_report *report)
{
  const struct rx_provenance *prov = report->prov;
  rx_text_addf (out,
                "\n## Software and data\n\nThe analyses were made with %s; "
                "the seed of its random numbers was %ld. Files read:\n\n",
                rx_version (), report->study->seed);
  for (size_t i = 0; i < prov->n_inputs; i++)
    {
      rx_text_addz (out, "- ");
      add_words (out, prov->input[i].file);
      rx_text_addf (out, "%s, SHA-256 %s\n",
                    prov->input[i].synthetic ? " (synthetic)" : "",
                    prov->input[i].sha256);
    }
}

void
rx_methods_text_write (struct rx_text *out,
                       const struct rx_study_report *report)
{
  rx_text_addz (out, "# Methods of ");
  add_words (out, report->study->name);
  rx_text_addc (out, '\n');
  if (report->rows->synthetic)
    rx_text_addz (out, "\n**Synthetic data: what follows was not computed "
                       "from data of patients.**\n");
  for (size_t i = 0; i < report->n_findings; i++)
    add_analysis (out, report, &report->findings[i]);
  add_remarks (out, report->rows, "");
  add_files (out, report);
}
