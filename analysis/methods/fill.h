/* fill.h: result rows from what stats/ computed. */
#ifndef RX_FILL_H
#define RX_FILL_H

#include "methods/method.h"
#include "stats/signed_rank.h"
#include "stats/student.h"
#include "stats/wilcoxon.h"

enum
{
  RX_NOTE_SIZE = 512 /* bytes of the short notes of a row */
};

/* Notes of a row being made, joined by "; ". */
struct rx_note
{
  char text[RX_NOTE_SIZE];
};
void rx_note_add (struct rx_note *note, const char *format, ...)
    RX_PRINTF (2, 3);

/* A row holding a t test: estimate, SE, df, statistic, p, interval.  Notes
   say why something is missing: no-subjects, one-subject, zero-variance. */
struct rx_row rx_fill_t (struct rx_t_test test, size_t n, double level,
                         struct rx_note *note);

/* A row holding a rank test. */
struct rx_row rx_fill_rank (struct rx_rank_test test, size_t n, double level,
                            struct rx_note *note);

/* Notes on a crossover endpoint: log, better=..., and for a treatment effect
   that differs from zero `improved` or `worsened`. */
void rx_note_endpoint (struct rx_note *note, const struct rx_crossover *design,
                       const struct rx_endpoint *endpoint, double estimate,
                       bool is_treatment);

/* Completes a row of a crossover method and adds it. */
enum rx_status rx_fill_crossover (struct rx_rows *rows, struct rx_row row,
                                  const struct rx_crossover *design,
                                  const struct rx_endpoint *endpoint,
                                  const char *method, const char *term,
                                  bool is_treatment, struct rx_note *note,
                                  struct rx_error *err) RX_MUST_USE;

/* Completes a row of a before/after method and adds it. */
enum rx_status rx_fill_before_after (struct rx_rows *rows, struct rx_row row,
                                     const struct rx_before_after_cell *cell,
                                     const char *method, const char *term,
                                     const struct rx_note *note,
                                     struct rx_error *err) RX_MUST_USE;

/* Mean and variance of a contrast.  Equal differences have a variance of 0,
   whatever rounding left in their values. */
struct rx_moments rx_contrast_moments (const struct rx_contrast *contrast);

/* A contrast as a sample for a rank test. */
struct rx_sample rx_contrast_sample (const struct rx_contrast *contrast);

/* Differences after - before of a cell, exact. */
enum rx_status rx_cell_differences (const struct rx_before_after_cell *cell,
                                    struct rx_contrast *out,
                                    struct rx_error *err) RX_MUST_USE;

#endif /* RX_FILL_H */
