/* equivalence_rows.h: the rows of the equivalence methods of a crossover
   endpoint.

   Ratios, limits and coefficients of variation are in percent.  Rows: `ratio`
   (of several treatments `ratio:B-A`, each against the reference) with the
   interval of confidence 1 - 2 alpha and the verdict in the note,
   `equivalent` or `not-shown`; `cv-within` and `cv-within-ref`, the variation
   within a subject, of all and of the reference alone; `limit-low` and
   `limit-high`. */
#ifndef RX_EQUIVALENCE_ROWS_H
#define RX_EQUIVALENCE_ROWS_H

#include "methods/lmm_rows.h"

/* Alpha of each of the two one-sided tests where none is given. */
extern const double rx_equivalence_alpha;

/* A model of an endpoint, fitted; see struct rx_linear_report. */
struct rx_equivalence_fit
{
  struct rx_linear_model model;
  const void *fit; /* NULL: nothing is fitted */
  rx_linear_tester *test;
  size_t n;                /* subjects */
  double within_sd;        /* within subjects; NaN where it is not known */
  double within_df;        /* NaN for a mixed model */
  const double *within_by; /* [treatments] the same where it differs by
                              treatment, else NULL */
  const char *always, *why;
};

/* Adds rows from a model. */
typedef enum rx_status rx_equivalence_report (
    const struct rx_equivalence_fit *fit, const struct rx_crossover *design,
    const struct rx_endpoint *endpoint,
    const struct rx_method_options *options, const char *method,
    struct rx_rows *rows, struct rx_error *err);

/* The rows above, by fixed limits (`--margin`, 80 to 125 %), or by those that
   expand with the variation within the reference. */
rx_equivalence_report rx_equivalence_average, rx_equivalence_expanding;

struct rx_equivalence_kind
{
  rx_equivalence_report *report;
};

/* Reports from the model with subject, period and treatment fixed; self->kind
   is a struct rx_equivalence_kind. */
enum rx_status rx_equivalence_fixed_run (
    const struct rx_method *self, const struct rx_crossover *design,
    const struct rx_endpoint *endpoint,
    const struct rx_method_options *options, struct rx_rows *rows,
    struct rx_error *err) RX_MUST_USE;

/* Reports from a mixed model that was fitted. */
enum rx_status rx_equivalence_lmm (
    const struct rx_lmm_endpoint *e, const struct rx_crossover *design,
    const struct rx_endpoint *endpoint,
    const struct rx_method_options *options, const char *method,
    const struct rx_lmm_rule *rule, rx_equivalence_report *report,
    struct rx_rows *rows, struct rx_error *err) RX_MUST_USE;

/* The same for a struct rx_lmm_kind. */
rx_lmm_report rx_equivalence_lmm_average, rx_equivalence_lmm_expanding;

/* Calls `one` with the test of each treatment against the reference; the term
   is `two` for two treatments, else "B-A" after `prefix`. */
typedef enum rx_status
rx_equivalence_contrast (void *context, const char *term,
                         const struct rx_linear_test *test,
                         struct rx_error *err);
enum rx_status rx_equivalence_each (const struct rx_equivalence_fit *fit,
                                    const struct rx_crossover *design,
                                    const char *two, const char *prefix,
                                    rx_equivalence_contrast *one,
                                    void *context, struct rx_rows *rows,
                                    struct rx_error *err) RX_MUST_USE;

/* Alpha of each one-sided test, and the level of the interval, 1 - 2 alpha. */
double rx_equivalence_one_sided (const struct rx_method_options *options);
double rx_equivalence_level (const struct rx_method_options *options);

/* Notes of a contrast: what holds for the model, or why there is no test. */
void rx_equivalence_note (const struct rx_equivalence_fit *fit,
                          const struct rx_linear_test *test,
                          struct rx_note *note);

/* Rows cv-within (cv-within:A, ... where it differs by treatment) and
   cv-within-ref, of logarithms. */
enum rx_status rx_equivalence_variation (const struct rx_equivalence_fit *fit,
                                         const struct rx_crossover *design,
                                         const struct rx_endpoint *endpoint,
                                         const char *method,
                                         struct rx_rows *rows,
                                         struct rx_error *err) RX_MUST_USE;

/* Rows limit-low and limit-high. */
enum rx_status rx_equivalence_limits (double low, double high, size_t n,
                                      const struct rx_crossover *design,
                                      const struct rx_endpoint *endpoint,
                                      const char *method, const char *note,
                                      struct rx_rows *rows,
                                      struct rx_error *err) RX_MUST_USE;

#endif /* RX_EQUIVALENCE_ROWS_H */
