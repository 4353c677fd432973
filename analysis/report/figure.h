/* figure.h: result rows -> the data of a figure (TSV) -> gnuplot.

   A figure is one file of report/ (fig_*.c) ending in its literal, and one
   template plots/NAME.gp.  The program writes NAME.tsv, copies the template
   as NAME.gp beside it together with style.gp, and runs gnuplot on them, so
   that a reader can restyle and redraw with gnuplot alone:

       gnuplot -c NAME.gp NAME.tsv NAME.svg

   A style.gp of the user's own, in a folder that GNUPLOT_LIB names, comes
   before ours. */
#ifndef RX_FIGURE_H
#define RX_FIGURE_H

#include "base/provenance.h"
#include "base/text.h"
#include "methods/result.h"

/* One picture: its data.  A figure over several endpoints or measures may be
   several pictures; part tells them apart ("" when there is one). */
struct rx_picture
{
  const char *part;
  struct rx_text tsv; /* header line and rows */
};

struct rx_pictures
{
  struct rx_picture *picture;
  size_t n, room;
  struct rx_strings strings;
};
void rx_pictures_free (struct rx_pictures *pictures);

struct rx_figure
{
  const char *name;    /* also of plots/NAME.gp */
  const char *title;   /* one line for a list */
  const char *columns; /* of its TSV, separated by blanks: as in the head of
                          the template, which a test compares */
  const char *const *methods; /* whose rows it draws, NULL-terminated: a study
                                 runs them even where it does not list them */
  bool variants; /* it draws an analysis together with its variants: build gets
                    the rows of all analyses at once */
  /* Shapes the rows of ONE analysis, grouped as in grouped.h, into pictures;
     none where the rows hold nothing to draw.  Numbers are those of the rows:
     a figure computes none. */
  enum rx_status (*build) (const struct rx_rows *rows, struct rx_pictures *out,
                           struct rx_error *err);
  /* In place of build, for one picture of some rows in their order: which
     they are, and the cells of one.  Texts that must last go into strings. */
  bool (*draws) (const struct rx_row *row);
  void (*add) (struct rx_text *tsv, const struct rx_rows *rows, size_t at,
               struct rx_strings *strings);
};

extern const struct rx_figure *const rx_figures[];
extern const size_t rx_n_figures;
const struct rx_figure *rx_figure_find (const char *name);

/* The pictures of every analysis.  Parts are fit for a file name and differ;
   that of an analysis comes first where there are several. */
enum rx_status rx_figure_build (const struct rx_figure *figure,
                                const struct rx_rows *rows,
                                struct rx_pictures *out,
                                struct rx_error *err) RX_MUST_USE;

struct rx_figure_job
{
  const struct rx_figure *figure;
  const struct rx_rows *rows;
  const char *folder;         /* where the files go */
  const char *name;           /* file stem */
  const char *const *formats; /* "svg", "png", "pdf" */
  size_t n_formats;
  long width;                       /* mm; 0: the template's own */
  const struct rx_provenance *prov; /* NULL: no provenance lines */
};

/* Writes style.gp, STEM.gp, STEM[-part].tsv and draws every format.  RX_EDATA
   when the rows hold nothing to draw, RX_EIO when gnuplot is not there or
   complains (its words are in the message).  Files reach their names only
   when whole.  Appends the paths made to *made, in order, each once.  The
   templates lie where RECROSS_PLOTS says, else in the folder compiled in. */
struct rx_paths
{
  const char **path;
  size_t n, room;
  struct rx_strings strings;
};
void rx_paths_free (struct rx_paths *paths);
enum rx_status rx_figure_draw (const struct rx_figure_job *job,
                               struct rx_paths *made,
                               struct rx_error *err) RX_MUST_USE;

#endif /* RX_FIGURE_H */
