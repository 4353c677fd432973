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

/* Contrasts of a crossover method that compares within subjects: one for two
   treatments (term `treatment`), each against the reference for more
   (`B-A`).  Calls `one` for every contrast. */
typedef enum rx_status rx_paired_test (const struct rx_contrast *contrast,
                                       double level, struct rx_row *row,
                                       struct rx_note *note,
                                       struct rx_error *err);
enum rx_status rx_each_contrast (const struct rx_crossover *design,
                                 const struct rx_endpoint *endpoint,
                                 const struct rx_method_options *options,
                                 const char *method, rx_paired_test *one,
                                 struct rx_rows *rows,
                                 struct rx_error *err) RX_MUST_USE;

/* The same comparison of a before/after cell: one row, term `change`. */
enum rx_status rx_cell_change (const struct rx_before_after_cell *cell,
                               const struct rx_method_options *options,
                               const char *method, rx_paired_test *one,
                               struct rx_rows *rows,
                               struct rx_error *err) RX_MUST_USE;

/* What each term of an AB/BA method compares between the sequences, and the
   factor of the difference. */
struct rx_abba_term
{
  const char *term;
  enum rx_abba_contrast contrast;
  double factor;
};
extern const struct rx_abba_term rx_abba_terms[];
extern const size_t rx_n_abba_terms;

/* Terms of an AB/BA method that compares the two sequences: treatment and
   period (halved), carryover (unhalved).  Calls `one` for every term with
   the contrast in either sequence and the factor of its difference. */
typedef enum rx_status rx_abba_test (const struct rx_contrast *test_first,
                                     const struct rx_contrast *reference_first,
                                     double factor, double level,
                                     struct rx_row *row, struct rx_note *note,
                                     struct rx_error *err);
enum rx_status rx_each_abba_term (const struct rx_crossover *design,
                                  const struct rx_endpoint *endpoint,
                                  const struct rx_method_options *options,
                                  const char *method, rx_abba_test *one,
                                  struct rx_rows *rows,
                                  struct rx_error *err) RX_MUST_USE;

/* A contrast as a sample for a rank test. */
struct rx_sample rx_contrast_sample (const struct rx_contrast *contrast);

/* Differences after - before of a cell, exact. */
enum rx_status rx_cell_differences (const struct rx_before_after_cell *cell,
                                    struct rx_contrast *out,
                                    struct rx_error *err) RX_MUST_USE;

#endif /* RX_FILL_H */
