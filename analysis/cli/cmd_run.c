/* cmd_run.c: `recross run STUDY.yaml -o DIR`: everything a study declares. */
#include "cli/common.h"

#include "base/output.h"
#include "cli/stopwatch.h"
#include "study/study_run.h"

#include <string.h>
#include <unistd.h>

static const struct rx_option_group *const groups[]
    = { &rx_options_common, NULL };

extern const struct rx_command rx_cmd_run;

static void
tell (void *context, const char *line)
{
  rx_say (context, "%s", line);
}

static bool
wants_progress (const struct rx_settings *settings)
{
  if (settings->quiet || strcmp (settings->progress, "never") == 0)
    return false;
  return strcmp (settings->progress, "always") == 0 || isatty (STDERR_FILENO);
}

static const char *
plural (size_t n)
{
  return n == 1 ? "" : "s";
}

/* What was made, and what to beware of, on standard output. */
static enum rx_status
report (const struct rx_study_outcome *out, const char *folder,
        struct rx_error *err)
{
  struct rx_text text = { 0 };
  rx_text_addf (&text,
                "%zu analys%s, %zu result row%s, %zu table%s, %zu figure%s in "
                "%s\n",
                out->analyses, out->analyses == 1 ? "is" : "es", out->rows.n,
                plural (out->rows.n), out->tables, plural (out->tables),
                out->figures, plural (out->figures), folder);
  for (size_t i = 0; i < out->rows.n_remarks; i++)
    if (out->rows.remark[i].is_warning)
      rx_text_addf (&text, "warning: %s: %s\n", out->rows.remark[i].analysis,
                    out->rows.remark[i].text);
  enum rx_status status
      = text.failed
            ? rx_fail_memory (err)
            : rx_output_write ("-", rx_text_string (&text), text.length, err);
  rx_text_free (&text);
  return status;
}

static enum rx_status
run_study (struct rx_settings *settings, const struct rx_study *study,
           const struct rx_provenance *prov, struct rx_error *err)
{
  struct rx_study_outcome out = { 0 };
  struct rx_study_job job
      = { .folder = settings->output,
          .no_prov = settings->no_prov,
          .prov = prov,
          .progress = wants_progress (settings) ? tell : NULL,
          .context = settings };
  enum rx_status status = rx_study_run (study, &job, &out, err);
  rx_stopwatch (settings, status, "read the data, analysed and written to %s",
                settings->output);
  if (status == RX_OK && !settings->quiet)
    status = report (&out, settings->output, err);
  rx_study_outcome_free (&out);
  return status;
}

static enum rx_status
run (struct rx_settings *settings, int argc, char **argv, struct rx_error *err)
{
  struct rx_study study = { 0 };
  struct rx_provenance prov = { 0 };
  if (strcmp (settings->output, "-") == 0)
    return rx_fail (err, RX_EUSAGE,
                    "run: expected -o DIR, the folder for the results");
  enum rx_status status = rx_study_read (&study, settings->operand[0], err);
  rx_stopwatch (settings, status, "read %s", settings->operand[0]);
  if (status == RX_OK)
    status
        = rx_common_provenance (settings, &rx_cmd_run, argc, argv, &prov, err);
  if (status == RX_OK)
    status = run_study (settings, &study, &prov, err);
  rx_provenance_free (&prov);
  rx_study_free (&study);
  return status;
}

static const struct rx_example examples[] = {
  { "recross run datasets/studies/senn-asthma.yaml -o results/senn-asthma",
    "results.tsv, tables, figures, methods.md and manifest.json" },
  { NULL, NULL },
};

const struct rx_command rx_cmd_run = {
  .name = "run",
  .operands = "STUDY.yaml",
  .operands_least = 1,
  .operands_most = 1,
  .title = "run everything a study file declares",
  .text
  = "Reads a study file, checks it, runs its analyses, and writes into the "
    "folder given with -o: results.tsv (every result row), attrition.tsv "
    "(where persons were selected), audit.tsv (of registers), tables, figures "
    "with their data and "
    "gnuplot scripts, report.md and report.html (where the study declares a "
    "report), methods.md (the methods paragraph, from the options "
    "actually used) and manifest.json (every input and output with its "
    "SHA-256). Every file is whole or not there; the same command gives the "
    "same bytes.",
  .groups = groups,
  .examples = examples,
  .run = run,
};
