/* cmd_plot.c: `recross plot FIGURE FILE -o NAME.svg`: one figure from result
   rows. */
#include "cli/common.h"

#include "data/table.h"
#include "methods/selection.h"
#include "report/figure.h"
#include "report/writer.h"

#include <stdlib.h>
#include <string.h>

#define AT(member) offsetof (struct rx_settings, member)

static const struct rx_option options[] = {
  { "analysis", 0, RX_OPTION_TEXT, AT (analysis), "NAME", NULL,
    "draw the rows of this analysis only", NULL, false },
  { "only", 0, RX_OPTION_REPEAT, AT (only), "COLUMN=VALUE,...", NULL,
    "draw the rows that have one of the values in a column of text, e.g. "
    "method=lmm-kr,koch-exact (a star at the end stands for any ending); "
    "repeatable",
    NULL, false },
};
static const struct rx_option_group group
    = { "The figure", options, sizeof options / sizeof options[0] };
static const struct rx_option_group *const groups[]
    = { &group, &rx_options_common, NULL };

extern const struct rx_command rx_cmd_plot;

/* "dir/name.svg" -> folder, stem and format. */
static enum rx_status
take_apart (struct rx_settings *settings, struct rx_figure_job *job,
            const char **format, struct rx_error *err)
{
  const char *path = settings->output;
  const char *slash = strrchr (path, '/');
  const char *base = slash != NULL ? slash + 1 : path;
  const char *dot = strrchr (base, '.');
  if (dot == NULL || dot == base
      || (strcmp (dot, ".svg") != 0 && strcmp (dot, ".png") != 0
          && strcmp (dot, ".pdf") != 0))
    return rx_fail (err, RX_EUSAGE,
                    "--output: found %s, expected a file ending in .svg, .png "
                    "or .pdf",
                    path);
  job->folder = slash == NULL ? "."
                              : rx_strings_add (&settings->strings, path,
                                                (size_t)(slash - path + 1));
  job->name = rx_strings_add (&settings->strings, base, (size_t)(dot - base));
  *format = dot + 1;
  if (job->folder == NULL || job->name == NULL)
    return rx_fail_memory (err);
  return RX_OK;
}

/* "method=lmm-kr,koch-exact" as a choice; *values is the caller's to free. */
static enum rx_status
read_choice (struct rx_settings *settings, const char *text,
             struct rx_choice *choice, const char ***values,
             struct rx_error *err)
{
  char found[RX_QUOTED_SIZE];
  const char *equals = strchr (text, '=');
  const char *name = equals == NULL ? NULL
                                    : rx_strings_add (&settings->strings, text,
                                                      (size_t)(equals - text));
  *values = rx_array (strlen (text) + 1, sizeof **values);
  if (*values == NULL)
    return rx_fail_memory (err);
  choice->column = name == NULL ? NULL : rx_selection_column (name);
  if (choice->column == NULL)
    return rx_fail (err, RX_EUSAGE,
                    "--only: found %s, expected a column of text and its "
                    "values, such as method=lmm-kr or term=treatment",
                    rx_quotez (found, text));
  choice->value = *values;
  for (const char *s = equals + 1;; s++)
    {
      size_t length = strcspn (s, ",");
      (*values)[choice->n] = rx_strings_add (&settings->strings, s, length);
      if ((*values)[choice->n++] == NULL)
        return rx_fail_memory (err);
      s += length;
      if (*s == '\0')
        return RX_OK;
    }
}

/* The rows that --analysis and --only leave. */
static enum rx_status
select_rows (struct rx_settings *settings, const struct rx_rows *all,
             struct rx_rows *part, struct rx_error *err)
{
  size_t n = settings->only.n;
  struct rx_choice *choice = rx_array (n, sizeof *choice);
  const char ***values = rx_array (n, sizeof *values);
  enum rx_status status
      = choice == NULL || values == NULL ? rx_fail_memory (err) : RX_OK;
  for (size_t i = 0; i < n && status == RX_OK; i++)
    status = read_choice (settings, settings->only.text[i], &choice[i],
                          &values[i], err);
  if (status == RX_OK)
    {
      struct rx_selection only = { .choice = choice, .n = n };
      struct rx_error why = { 0 };
      if (rx_rows_select (all, settings->analysis, &only, part, &why) != RX_OK)
        status = rx_fail (err, why.status, "%s: --only: %s",
                          settings->operand[1], why.message);
    }
  for (size_t i = 0; values != NULL && i < n; i++)
    free (values[i]);
  free (values);
  free (choice);
  return status;
}

static enum rx_status
draw (struct rx_settings *settings, struct rx_figure_job *job,
      struct rx_error *err)
{
  const char *format = NULL;
  struct rx_paths made = { 0 };
  if (take_apart (settings, job, &format, err) != RX_OK)
    return err->status;
  job->formats = &format;
  job->n_formats = 1;
  enum rx_status status = rx_figure_draw (job, &made, err);
  for (size_t i = 0; status == RX_OK && settings->verbose && i < made.n; i++)
    rx_say (settings, "wrote %s", made.path[i]);
  rx_paths_free (&made);
  return status;
}

static enum rx_status
run (struct rx_settings *settings, int argc, char **argv, struct rx_error *err)
{
  char quoted[RX_QUOTED_SIZE];
  struct rx_rows all = { 0 }, rows = { 0 };
  struct rx_provenance prov = { 0 };
  struct rx_figure_job job
      = { .figure = rx_figure_find (settings->operand[0]), .rows = &rows };
  if (job.figure == NULL)
    return rx_fail (err, RX_EUSAGE,
                    "plot: found %s; `recross list figures' names all",
                    rx_quotez (quoted, settings->operand[0]));
  enum rx_status status = rx_rows_read (&all, settings->operand[1], err);
  if (status == RX_OK)
    status = select_rows (settings, &all, &rows, err);
  if (status == RX_OK)
    status = rx_common_provenance (settings, &rx_cmd_plot, argc, argv, &prov,
                                   err);
  job.prov = settings->no_prov ? NULL : &prov;
  if (status == RX_OK)
    status = draw (settings, &job, err);
  rx_provenance_free (&prov);
  rx_rows_free (&rows);
  rx_rows_free (&all);
  return status;
}

static const struct rx_example examples[] = {
  { "recross crossover senn_asthma.csv --response pef --method "
    "describe,profiles --format tsv -o rows.tsv && recross plot "
    "crossover-profiles rows.tsv -o profiles.svg",
    "subject profiles; profiles.tsv and profiles.gp are left beside them" },
  { NULL, NULL },
};

const struct rx_command rx_cmd_plot = {
  .name = "plot",
  .operands = "FIGURE FILE",
  .operands_least = 2,
  .operands_most = 2,
  .title = "draw one figure from result rows",
  .text = "Reads result rows (TSV, as --format tsv writes them), shapes the "
          "data of the figure and runs gnuplot on its template. The data "
          "(.tsv), the template (.gp) and style.gp stay beside the picture, "
          "so that it can be restyled and drawn again with gnuplot alone.",
  .groups = groups,
  .examples = examples,
  .run = run,
};
