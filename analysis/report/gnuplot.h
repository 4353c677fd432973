/* gnuplot.h: one picture drawn by gnuplot, whole or not at all. */
#ifndef RX_GNUPLOT_H
#define RX_GNUPLOT_H

#include "base/status.h"

struct rx_gnuplot_job
{
  const char *folder;  /* where all files of the picture lie */
  const char *script;  /* names of files in it: the template, */
  const char *data;    /* the data, */
  const char *picture; /* and what is to be drawn: .svg, .png or .pdf */
  const char *caption; /* "" for none */
  long width;          /* mm; 0: the template's own */
  const char *plots;   /* folder where gnuplot looks after `folder` */
};

/* Runs `gnuplot SCRIPT DATA PICTURE CAPTION WIDTH`.  RX_EIO when gnuplot is not
   installed, ends with a failure, says anything on standard error (its words
   are in the message), or leaves no whole picture.  A picture drawn again
   from the same files by the same gnuplot has the same bytes. */
enum rx_status rx_gnuplot_draw (const struct rx_gnuplot_job *job,
                                struct rx_error *err) RX_MUST_USE;

/* Checks that bytes[0..length) are a whole picture of the format that the
   file name's ending tells, and overwrites the dates in a PDF. */
enum rx_status rx_gnuplot_settle (const char *name, char *bytes, size_t length,
                                  struct rx_error *err) RX_MUST_USE;

#endif /* RX_GNUPLOT_H */
