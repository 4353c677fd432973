/* study_run.c: first compute, then write. */
#include "study/study_run.h"

#include "base/number.h"
#include "study/attrition.h"
#include "study/claims_text.h"
#include "study/input_audit.h"
#include "study/manifest.h"
#include "study/methods_text.h"
#include "study/report_fill.h"
#include "study/report_page.h"
#include "study/study_inputs.h"
#include "study/study_report.h"
#include "study/study_wide.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What a run holds while it runs. */
struct run
{
  const struct rx_study *study;
  const struct rx_study_job *job;
  struct rx_study_outcome *out;
  struct rx_study_inputs inputs;
  struct rx_study_finding *findings;
  struct rx_provenance prov;
  struct rx_run_folder folder;
  struct rx_study_gap *gaps;
  size_t n_gaps;
  struct rx_sheet *sheets;        /* [n_tables], of those that are wide */
  struct rx_report_pieces pieces; /* of the report's template, if any */
  struct rx_text words;           /* and the template filled */
  struct rx_strings strings;
  struct rx_error first_gap; /* the error that the run ends with */
};

void
rx_study_outcome_free (struct rx_study_outcome *outcome)
{
  rx_rows_free (&outcome->rows);
  rx_paths_free (&outcome->files);
  *outcome = (struct rx_study_outcome){ 0 };
}

static void
tell (const struct run *run, const char *what, const char *name)
{
  char line[256];
  if (run->job->progress == NULL)
    return;
  snprintf (line, sizeof line, "%s %s", what, name);
  run->job->progress (run->job->context, line);
}

static enum rx_status
begin (struct run *run, struct rx_error *err)
{
  const struct rx_study *study = run->study;
  const struct rx_provenance *given = run->job->prov;
  char level[RX_NUMBER_SIZE], seed[RX_NUMBER_SIZE];
  run->findings = rx_array (study->n_analyses, sizeof *run->findings);
  run->gaps = rx_array (study->n_figures, sizeof *run->gaps);
  run->sheets = rx_array (study->n_tables, sizeof *run->sheets);
  if (run->findings == NULL || run->gaps == NULL || run->sheets == NULL)
    return rx_fail_memory (err);
  if (given != NULL && given->command != NULL)
    {
      run->prov.command = rx_strings_addz (&run->prov.strings, given->command);
      if (run->prov.command == NULL)
        return rx_fail_memory (err);
    }
  for (size_t i = 0; given != NULL && i < given->n_settings; i++)
    if (rx_provenance_setting (&run->prov, given->setting[i].name,
                               given->setting[i].value, err)
        != RX_OK)
      return err->status;
  snprintf (seed, sizeof seed, "%ld", study->seed);
  if (rx_provenance_setting (&run->prov, "study", study->name, err) != RX_OK
      || rx_provenance_setting (&run->prov, "seed", seed, err) != RX_OK
      || rx_provenance_setting (&run->prov, "level",
                                rx_number_print (level, study->level), err)
             != RX_OK)
    return err->status;
  return rx_study_inputs_alloc (&run->inputs, study, err);
}

/* The settings that every type has, once the methods are known. */
static enum rx_status
record_common (const struct rx_study_task *task, struct rx_error *err)
{
  const struct rx_study_analysis *analysis = task->analysis;
  char level[RX_NUMBER_SIZE];
  if (rx_study_setting (task, err, "type", "%s", analysis->type->name) != RX_OK
      || rx_study_setting (task, err, "data", "%s", analysis->data->name)
             != RX_OK
      || rx_study_setting (
             task, err, "adjust", "%s",
             analysis->plan.adjust != NULL ? analysis->plan.adjust : "none")
             != RX_OK)
    return err->status;
  return rx_study_setting (task, err, "level", "%s",
                           rx_number_print (level, analysis->plan.level));
}

/* A usage error of a layer below is a fault of the study file here. */
static enum rx_status
as_data_error (enum rx_status status, const struct rx_study_analysis *analysis,
               struct rx_error *err)
{
  struct rx_error found = *err;
  if (status != RX_EUSAGE)
    return status;
  return rx_fail_at (err, RX_EDATA, analysis->at, "%s: %s", analysis->name,
                     found.message);
}

static enum rx_status
analyse (struct run *run, size_t at, struct rx_error *err)
{
  const struct rx_study_analysis *analysis = &run->study->analyses[at];
  struct rx_study_finding *finding = &run->findings[at];
  struct rx_study_input *input, *second = NULL;
  tell (run, "analysis", analysis->name);
  if (rx_study_inputs_take (&run->inputs, analysis->data, &input, err) != RX_OK
      || (analysis->second != NULL
          && rx_study_inputs_take (&run->inputs, analysis->second, &second,
                                   err)
                 != RX_OK))
    return err->status;
  struct rx_study_task task
      = { .study = run->study,
          .analysis = analysis,
          .table = input->data->is_register ? NULL : &input->table,
          .second = second != NULL ? &second->table : NULL,
          .reg = input->data->is_register ? &input->reg : NULL,
          .rows = &run->out->rows,
          .prov = &run->prov };
  finding->analysis = analysis;
  run->out->rows.study = run->study->name;
  run->out->rows.analysis = analysis->name;
  if (record_common (&task, err) != RX_OK)
    return err->status;
  enum rx_status status = analysis->type->run (&task, finding, err);
  if (status != RX_OK)
    return as_data_error (status, analysis, err);
  run->out->rows.synthetic = run->out->rows.synthetic || input->synthetic;
  rx_study_inputs_drop (input);
  if (second != NULL)
    rx_study_inputs_drop (second);
  run->out->analyses++;
  return RX_OK;
}

/* A data set that no analysis uses is a slip or a leftover: it is said. */
static enum rx_status
remark_unused (struct run *run, struct rx_error *err)
{
  run->out->rows.analysis = "";
  for (size_t i = 0; i < run->inputs.n; i++)
    if (!run->inputs.input[i].is_read
        && rx_rows_remark (&run->out->rows, true, err,
                           "The data \"%s\" were not read: no analysis uses "
                           "them.",
                           run->study->data[i].name)
               != RX_OK)
      return err->status;
  return RX_OK;
}

/* The rows that a table or a figure shows. */
static enum rx_status
select_rows (struct run *run, const char *what, const char *name,
             const struct rx_study_analysis *from,
             const struct rx_selection *only, struct rx_rows *part,
             struct rx_error *err)
{
  char quoted[RX_QUOTED_SIZE];
  struct rx_error why = { 0 };
  if (rx_rows_select (&run->out->rows, from != NULL ? from->name : NULL, only,
                      part, &why)
      == RX_OK)
    return RX_OK;
  return rx_fail (err, why.status, "%s: %s %s: only: %s", run->study->file,
                  what, rx_quotez (quoted, name), why.message);
}

/* A table or a figure of rows that there are not is a slip of the pen, found
   before anything is written. */
static enum rx_status
check_shown (struct run *run, struct rx_error *err)
{
  const struct rx_study *study = run->study;
  struct rx_rows rows = { 0 };
  enum rx_status status = RX_OK;
  for (size_t i = 0; i < study->n_tables && status == RX_OK; i++)
    {
      const struct rx_study_table *table = &study->tables[i];
      status = select_rows (run, "table", table->name, table->from,
                            &table->only, &rows, err);
      if (status == RX_OK && table->wide != NULL)
        status = rx_study_wide_sheet (table, &run->inputs, &rows,
                                      &run->out->rows, &run->sheets[i], err);
      rx_rows_free (&rows);
    }
  for (size_t i = 0; i < study->n_figures && status == RX_OK; i++)
    {
      const struct rx_study_figure *figure = &study->figures[i];
      status = select_rows (run, "figure", figure->name, figure->from,
                            &figure->only, &rows, err);
      rx_rows_free (&rows);
    }
  return status;
}

static struct rx_study_report
report_of (const struct run *run)
{
  return (struct rx_study_report){ .study = run->study,
                                   .rows = &run->out->rows,
                                   .findings = run->findings,
                                   .n_findings = run->study->n_analyses,
                                   .inputs = &run->inputs,
                                   .prov = &run->prov,
                                   .sheets = run->sheets,
                                   .no_prov = run->job->no_prov,
                                   .gaps = run->gaps,
                                   .n_gaps = run->n_gaps };
}

/* A template that is not well formed stops the run before it starts. */
static enum rx_status
read_template (struct run *run, struct rx_error *err)
{
  if (run->study->report.file == NULL)
    return RX_OK;
  if (rx_report_pieces_read (&run->pieces, run->study->report.path, err)
      != RX_OK)
    return err->status;
  return rx_report_check (&run->pieces, err);
}

/* What it asks for is looked up before anything is written. */
static enum rx_status
fill_template (struct run *run, struct rx_error *err)
{
  const struct rx_study_report report = report_of (run);
  if (run->study->report.file == NULL)
    return RX_OK;
  if (rx_report_fill (&run->words, &run->pieces, &report, err) != RX_OK)
    return err->status;
  return rx_provenance_input (&run->prov, run->study->report.file,
                              run->pieces.digest, false, err);
}

static enum rx_status
compute (struct run *run, struct rx_error *err)
{
  enum rx_status status = begin (run, err);
  if (status == RX_OK)
    status = read_template (run, err);
  for (size_t i = 0; i < run->study->n_analyses && status == RX_OK; i++)
    status = analyse (run, i, err);
  if (status == RX_OK)
    status = check_shown (run, err);
  if (status == RX_OK)
    status = remark_unused (run, err);
  if (status == RX_OK)
    status
        = rx_study_inputs_record (&run->inputs, run->study, &run->prov, err);
  if (status == RX_OK)
    status = fill_template (run, err);
  return status;
}

static enum rx_status
write_text (struct run *run, const char *name, struct rx_text *text,
            struct rx_error *err)
{
  enum rx_status status = rx_run_folder_write (&run->folder, name, text, err);
  rx_text_free (text);
  return status;
}

static enum rx_status
write_rows (struct run *run, const char *name, const struct rx_writer *writer,
            const struct rx_rows *rows, const struct rx_study_table *table,
            struct rx_error *err)
{
  struct rx_text text = { 0 };
  struct rx_writing how = { .prov = run->job->no_prov ? NULL : &run->prov };
  if (table != NULL)
    {
      how.digits = (int)table->digits;
      how.by_group = table->by_group;
    }
  writer->write (&text, rows, &how);
  return write_text (run, name, &text, err);
}

static enum rx_status
write_sheet (struct run *run, const char *name, const struct rx_writer *writer,
             const struct rx_sheet *sheet, struct rx_error *err)
{
  struct rx_text text = { 0 };
  struct rx_writing how = { .prov = run->job->no_prov ? NULL : &run->prov };
  writer->sheet (&text, sheet, &how);
  return write_text (run, name, &text, err);
}

static enum rx_status
write_table (struct run *run, const struct rx_study_table *table,
             struct rx_error *err)
{
  struct rx_rows rows;
  enum rx_status status = select_rows (run, "table", table->name, table->from,
                                       &table->only, &rows, err);
  for (size_t i = 0; i < table->n_writers && status == RX_OK; i++)
    {
      const char *name
          = rx_strings_format (&run->strings, "tables/%s.%s", table->name,
                               table->writers[i]->extension);
      if (name == NULL)
        status = rx_fail_memory (err);
      else if (table->wide != NULL)
        status = write_sheet (run, name, table->writers[i],
                              &run->sheets[table - run->study->tables], err);
      else
        status = write_rows (run, name, table->writers[i], &rows, table, err);
    }
  rx_rows_free (&rows);
  run->out->tables += status == RX_OK;
  return status;
}

/* A picture that cannot be drawn does not take the rest of the run with it;
   its reason is kept for the manifest and for the end. */
static enum rx_status
note_gap (struct run *run, const struct rx_study_figure *figure,
          struct rx_error *err)
{
  struct rx_study_gap *gap = &run->gaps[run->n_gaps];
  gap->figure = figure->name;
  gap->reason = rx_strings_addz (&run->strings, err->message);
  if (gap->reason == NULL)
    return rx_fail_memory (err);
  if (run->n_gaps++ == 0)
    run->first_gap = *err;
  return RX_OK;
}

static enum rx_status
draw_figure (struct run *run, const struct rx_study_figure *figure,
             struct rx_error *err)
{
  struct rx_rows rows;
  struct rx_figure_job job
      = { .figure = figure->figure,
          .rows = &rows,
          .folder = rx_run_folder_path (&run->folder, "figures"),
          .name = figure->name,
          .formats = figure->formats.text,
          .n_formats = figure->formats.n,
          .width = figure->width,
          .prov = run->job->no_prov ? NULL : &run->prov };
  if (job.folder == NULL)
    return rx_fail_memory (err);
  tell (run, "figure", figure->name);
  struct rx_paths made = { 0 };
  enum rx_status status = select_rows (
      run, "figure", figure->name, figure->from, &figure->only, &rows, err);
  if (status == RX_OK)
    status = rx_figure_draw (&job, &made, err);
  rx_rows_free (&rows);
  if (status == RX_OK)
    run->out->figures++;
  else if (status != RX_EINTERNAL)
    status = note_gap (run, figure, err);
  if (status == RX_OK)
    status = rx_run_folder_take (&run->folder, &made, "style.gp", err);
  rx_paths_free (&made);
  return status;
}

/* The report in words, as Markdown and as a page with its pictures. */
static enum rx_status
write_words (struct run *run, struct rx_error *err)
{
  struct rx_text page = { 0 };
  if (run->study->report.file == NULL)
    return RX_OK;
  enum rx_status status
      = rx_run_folder_write (&run->folder, "report.md", &run->words, err);
  if (status == RX_OK)
    status = rx_report_page (&page, run->study->report.title, &run->words,
                             &run->folder, err);
  if (status == RX_OK)
    status = rx_run_folder_write (&run->folder, "report.html", &page, err);
  rx_text_free (&page);
  return status;
}

static enum rx_status
write_report (struct run *run, struct rx_error *err)
{
  const struct rx_study_report report = report_of (run);
  struct rx_text text = { 0 };
  enum rx_status status = RX_OK;
  if (rx_attrition_any (&report))
    {
      rx_attrition_write (&text, &report);
      status = write_text (run, "attrition.tsv", &text, err);
    }
  if (status == RX_OK && rx_input_audit_any (&report))
    {
      rx_input_audit_write (&text, &report);
      status = write_text (run, "audit.tsv", &text, err);
    }
  if (status == RX_OK && rx_claims_text_any (&report))
    {
      rx_claims_text_tsv (&text, &report);
      status = write_text (run, "claims.tsv", &text, err);
      rx_claims_text_markdown (&text, &report);
      if (status == RX_OK)
        status = write_text (run, "claims.md", &text, err);
    }
  if (status == RX_OK)
    {
      rx_methods_text_write (&text, &report);
      status = write_text (run, "methods.md", &text, err);
    }
  if (status == RX_OK)
    status = write_words (run, err);
  if (status == RX_OK)
    status = rx_manifest_write (&text, &report, &run->folder, err);
  if (status == RX_OK)
    status = write_text (run, "manifest.json", &text, err);
  rx_text_free (&text);
  return status;
}

static enum rx_status
write_all (struct run *run, struct rx_error *err)
{
  const struct rx_writer *tsv = rx_writer_find ("tsv");
  if (tsv == NULL)
    return rx_fail (err, RX_EINTERNAL, "there is no format tsv");
  enum rx_status status
      = rx_run_folder_open (&run->folder, run->job->folder, err);
  if (status == RX_OK)
    status = rx_run_folder_remove (&run->folder, "manifest.json", err);
  if (status == RX_OK)
    status = write_rows (run, "results.tsv", tsv, &run->out->rows, NULL, err);
  for (size_t i = 0; i < run->study->n_tables && status == RX_OK; i++)
    status = write_table (run, &run->study->tables[i], err);
  for (size_t i = 0; i < run->study->n_figures && status == RX_OK; i++)
    status = draw_figure (run, &run->study->figures[i], err);
  if (status == RX_OK)
    status = write_report (run, err);
  return status;
}

static void
end (struct run *run)
{
  for (size_t i = 0; run->findings != NULL && i < run->study->n_analyses; i++)
    rx_study_finding_free (&run->findings[i]);
  free (run->findings);
  free (run->gaps);
  for (size_t i = 0; run->sheets != NULL && i < run->study->n_tables; i++)
    rx_sheet_free (&run->sheets[i]);
  free (run->sheets);
  rx_study_inputs_free (&run->inputs);
  rx_provenance_free (&run->prov);
  rx_report_pieces_free (&run->pieces);
  rx_text_free (&run->words);
  rx_strings_free (&run->strings);
  run->out->files = run->folder.made; /* handed over, freed by the caller */
  run->out->rows.study = run->out->rows.analysis = NULL;
}

enum rx_status
rx_study_run (const struct rx_study *study, const struct rx_study_job *job,
              struct rx_study_outcome *out, struct rx_error *err)
{
  struct run run = { .study = study, .job = job, .out = out };
  enum rx_status status = compute (&run, err);
  if (status == RX_OK)
    status = write_all (&run, err);
  if (status == RX_OK && run.n_gaps > 0)
    {
      *err = run.first_gap;
      status = err->status;
    }
  end (&run);
  return status;
}
