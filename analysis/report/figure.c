/* figure.c: the figures there are, and the files of one of them.

   report/figures.inc holds a line RX_FIGURE (fig_effects) for every file of a
   figure; it is made from the list in the Makefile. */
#include "report/figure.h"

#include "base/output.h"
#include "report/gnuplot.h"
#include "report/template.h"
#include "report/tsv.h"

#include <stdlib.h>
#include <string.h>

#define RX_FIGURE(stem) extern const struct rx_figure rx_##stem;
#include "report/figures.inc"
#undef RX_FIGURE

const struct rx_figure *const rx_figures[] = {
#define RX_FIGURE(stem) &rx_##stem,
#include "report/figures.inc"
#undef RX_FIGURE
};
const size_t rx_n_figures = sizeof rx_figures / sizeof rx_figures[0];

const struct rx_figure *
rx_figure_find (const char *name)
{
  for (size_t i = 0; i < rx_n_figures; i++)
    if (strcmp (rx_figures[i]->name, name) == 0)
      return rx_figures[i];
  return NULL;
}

/* ---- files ------------------------------------------------------------ */

void
rx_paths_free (struct rx_paths *paths)
{
  free (paths->path);
  rx_strings_free (&paths->strings);
  *paths = (struct rx_paths){ 0 };
}

static enum rx_status
add_path (struct rx_paths *made, const char *path, struct rx_error *err)
{
  for (size_t i = 0; i < made->n; i++)
    if (strcmp (made->path[i], path) == 0)
      return RX_OK; /* style.gp serves all figures of a folder */
  if (rx_grow (&made->path, &made->room, made->n + 1, sizeof *made->path, err)
      != RX_OK)
    return err->status;
  const char *kept = rx_strings_addz (&made->strings, path);
  if (kept == NULL)
    return rx_fail_memory (err);
  made->path[made->n++] = kept;
  return RX_OK;
}

/* Everything that drawing a job needs. */
struct drawing
{
  const struct rx_figure_job *job;
  char plots[PATH_MAX];
  struct rx_text script, style, file;
  struct rx_pictures pictures;
  struct rx_strings strings;
  struct rx_paths *made;
};

static enum rx_status
write_file (struct drawing *drawing, const char *name,
            const struct rx_text *content, struct rx_error *err)
{
  const char *path = rx_strings_format (&drawing->strings, "%s/%s",
                                        drawing->job->folder, name);
  if (path == NULL || content->failed)
    return rx_fail_memory (err);
  enum rx_status status
      = rx_output_write (path, rx_text_string (content), content->length, err);
  return status == RX_OK ? add_path (drawing->made, path, err) : status;
}

/* "effects" or "effects-pef", with the ending given. */
static const char *
file_name (struct drawing *drawing, const char *part, const char *ending)
{
  return rx_strings_format (&drawing->strings, "%s%s%s.%s", drawing->job->name,
                            part[0] != '\0' ? "-" : "", part, ending);
}

static enum rx_status
write_data (struct drawing *drawing, const struct rx_picture *picture,
            struct rx_error *err)
{
  const struct rx_figure_job *job = drawing->job;
  const char *name = file_name (drawing, picture->part, "tsv");
  if (name == NULL)
    return rx_fail_memory (err);
  enum rx_status status = rx_template_check (
      rx_text_string (&drawing->script), job->figure->name,
      rx_text_string (&picture->tsv), err);
  if (status != RX_OK)
    return status;
  struct rx_text *file = &drawing->file;
  rx_text_clear (file);
  rx_tsv_provenance (file, job->prov);
  if (job->rows->synthetic)
    rx_text_addz (file, RX_TSV_SYNTHETIC);
  rx_text_add (file, rx_text_string (&picture->tsv), picture->tsv.length);
  return write_file (drawing, name, file, err);
}

static enum rx_status
draw_picture (struct drawing *drawing, const struct rx_picture *picture,
              const char *script, struct rx_error *err)
{
  const struct rx_figure_job *job = drawing->job;
  const char *data = file_name (drawing, picture->part, "tsv");
  if (data == NULL)
    return rx_fail_memory (err);
  enum rx_status status = RX_OK;
  for (size_t i = 0; i < job->n_formats && status == RX_OK; i++)
    {
      const char *name = file_name (drawing, picture->part, job->formats[i]);
      const char *path = rx_strings_format (
          &drawing->strings, "%s/%s", job->folder, name != NULL ? name : "");
      struct rx_gnuplot_job gnuplot = {
        .folder = job->folder,
        .script = script,
        .data = data,
        .picture = name,
        .caption = job->rows->synthetic ? "synthetic data, not patients" : "",
        .width = job->width,
        .plots = drawing->plots,
      };
      if (name == NULL || path == NULL)
        return rx_fail_memory (err);
      status = rx_gnuplot_draw (&gnuplot, err);
      if (status == RX_OK)
        status = add_path (drawing->made, path, err);
    }
  return status;
}

static enum rx_status
draw_all (struct drawing *drawing, struct rx_error *err)
{
  const struct rx_figure_job *job = drawing->job;
  const char *script = file_name (drawing, "", "gp");
  enum rx_status status = script == NULL ? rx_fail_memory (err)
                                         : rx_output_folder (job->folder, err);
  if (status == RX_OK)
    status = write_file (drawing, "style.gp", &drawing->style, err);
  if (status == RX_OK)
    status = write_file (drawing, script, &drawing->script, err);
  /* all data first: where gnuplot is missing they are there none the less */
  for (size_t i = 0; i < drawing->pictures.n && status == RX_OK; i++)
    status = write_data (drawing, &drawing->pictures.picture[i], err);
  for (size_t i = 0; i < drawing->pictures.n && status == RX_OK; i++)
    status
        = draw_picture (drawing, &drawing->pictures.picture[i], script, err);
  return status;
}

/* ---- the whole job ---------------------------------------------------- */

static enum rx_status
check_names (const struct rx_figure_job *job, struct rx_error *err)
{
  static const char *const known[] = { "svg", "png", "pdf" };
  if (job->name[0] == '\0' || strchr (job->name, '/') != NULL)
    return rx_fail (err, RX_EUSAGE,
                    "figure \"%s\": expected a name without a slash",
                    job->name);
  for (size_t i = 0; i < job->n_formats; i++)
    {
      bool found = false;
      char quoted[RX_QUOTED_SIZE];
      for (size_t k = 0; k < sizeof known / sizeof known[0]; k++)
        found = found || strcmp (job->formats[i], known[k]) == 0;
      if (!found)
        return rx_fail (err, RX_EUSAGE,
                        "figure %s: found the format %s, expected svg, png or "
                        "pdf",
                        job->name, rx_quotez (quoted, job->formats[i]));
    }
  return RX_OK;
}

static enum rx_status
fail_empty (const struct rx_figure_job *job, struct rx_error *err)
{
  struct rx_text methods = { 0 };
  for (const char *const *m = job->figure->methods; *m != NULL; m++)
    rx_text_addf (&methods, "%s%s", methods.length > 0 ? ", " : "", *m);
  bool one = job->rows->n > 0;
  for (size_t i = 1; i < job->rows->n && one; i++)
    one = strcmp (job->rows->row[i].analysis, job->rows->row[0].analysis) == 0;
  const char *analysis = one ? job->rows->row[0].analysis : "";
  enum rx_status status = rx_fail (
      err, RX_EDATA, "figure %s: the rows%s%s hold nothing to draw%s%s%s",
      job->figure->name, analysis[0] != '\0' ? " of the analysis " : "",
      analysis,
      methods.length > 0 ? " (it draws the methods " : "",
      rx_text_string (&methods), methods.length > 0 ? ")" : "");
  rx_text_free (&methods);
  return status;
}

enum rx_status
rx_figure_draw (const struct rx_figure_job *job, struct rx_paths *made,
                struct rx_error *err)
{
  struct drawing drawing = { .job = job, .made = made };
  enum rx_status status = check_names (job, err);
  if (status == RX_OK)
    status = rx_figure_build (job->figure, job->rows, &drawing.pictures, err);
  if (status == RX_OK && drawing.pictures.n == 0)
    status = fail_empty (job, err);
  if (status == RX_OK)
    status = rx_template_folder (drawing.plots, err);
  if (status == RX_OK)
    status = rx_template_read (&drawing.script, drawing.plots,
                               job->figure->name, err);
  if (status == RX_OK)
    status = rx_template_style (&drawing.style, drawing.plots, err);
  if (status == RX_OK)
    status = draw_all (&drawing, err);
  rx_text_free (&drawing.script);
  rx_text_free (&drawing.style);
  rx_text_free (&drawing.file);
  rx_pictures_free (&drawing.pictures);
  rx_strings_free (&drawing.strings);
  return status;
}
