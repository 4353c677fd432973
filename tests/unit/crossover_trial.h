/* crossover_trial.h: a trial told as text: built as a design, analysed by
   every method that fits it. */
#ifndef RX_CROSSOVER_TRIAL_H
#define RX_CROSSOVER_TRIAL_H

#include "base/text.h"
#include "designs/crossover.h"
#include "methods/analysis_crossover.h"
#include "methods/comparisons.h"
#include "methods/design_needs.h"
#include "report/writer.h"

#include "scratch.h"

#include <math.h>

/* Two ways to one number differ by the rounding of a handful of sums: in steps
   of epsilon, of the number itself or of 1. */
#define STEPS(n) ((n)*2.220446049250313e-16)
#define SAME STEPS (64)
#define SAME_SEARCH                                                           \
  256 /* times that where several variances are searched for */

/* The column of the response; the strings of a spec are literals. */
static const struct rx_endpoint_spec response = { .name = "y" };
static inline struct rx_crossover_spec
long_spec (const char *test, const char *reference)
{
  return (struct rx_crossover_spec){ .endpoints = &response,
                                     .n_endpoints = 1,
                                     .test = test,
                                     .reference = reference };
}

/* The table is gone when the design comes back: a design owns its strings. */
static inline enum rx_status
try_build (struct rx_crossover *design, const char *text,
           const struct rx_crossover_spec *spec, struct rx_error *err)
{
  struct rx_table table = { 0 };
  const char *path = scratch_write ("t.csv", text, strlen (text));
  enum rx_status status = rx_table_read (&table, path, NULL, err);
  if (status == RX_OK)
    status = rx_crossover_build (design, &table, spec, err);
  rx_table_free (&table);
  return status;
}

static inline void
build (struct rx_crossover *design, const char *text,
       const struct rx_crossover_spec *spec)
{
  struct rx_error err = { 0 };
  ck_assert_msg (try_build (design, text, spec, &err) == RX_OK, "%s\n%s",
                 err.message, text);
}

/* `extreme-cases` favours the test in one row and the reference in another,
   and its note has responses in it: no property below holds for it. */
static inline bool
has_properties (const struct rx_method *method)
{
  return strcmp (method->name, "extreme-cases") != 0;
}

/* Every method that analyses crossover trials and fits this one; those of
   counts would fit some and not others. */
static inline void
analyse (struct rx_rows *rows, const struct rx_crossover *design)
{
  struct rx_error err = { 0 };
  const struct rx_method **methods = calloc (rx_n_methods, sizeof (*methods));
  struct rx_analysis_plan plan
      = { .methods = methods, .level = 0.95, .as_fits = true };
  ck_assert_ptr_nonnull (methods);
  for (size_t i = 0; i < rx_n_methods; i++)
    if (rx_method_serves_crossover (rx_methods[i])
        && !rx_methods[i]->counts_only && has_properties (rx_methods[i])
        && rx_design_meets (design, rx_methods[i]))
      methods[plan.n_methods++] = rx_methods[i];
  ck_assert_uint_gt (plan.n_methods, 0);
  ck_assert_msg (rx_analysis_crossover (design, &plan, rows, &err) == RX_OK,
                 "%s", err.message);
  ck_assert_uint_gt (rows->n, 0);
  free (methods);
}

static inline void
analyse_text (struct rx_rows *rows, const char *text,
              const struct rx_crossover_spec *spec)
{
  struct rx_crossover design;
  build (&design, text, spec);
  analyse (rows, &design);
  rx_crossover_free (&design);
}

/* The rows as the bytes of a file. */
static inline char *
tsv_of (const char *text, const struct rx_crossover_spec *spec)
{
  struct rx_rows rows = { 0 };
  struct rx_text out = { 0 };
  analyse_text (&rows, text, spec);
  rx_writer_find ("tsv")->write (&out, &rows, &(struct rx_writing){ 0 });
  ck_assert (!out.failed);
  rx_rows_free (&rows);
  return out.data;
}

static inline void
assert_near (double got, double expected, double tolerance, const char *what)
{
  if (strcmp (what, "lmm-replicate") == 0
      || strcmp (what, "lmm-replicate-kr") == 0
      || strcmp (what, "gee-gaussian") == 0)
    tolerance *= SAME_SEARCH;
  double scale = fabs (expected) > 1 ? fabs (expected) : 1;
  if (isnan (expected) || isnan (got))
    ck_assert_msg (isnan (expected) && isnan (got), "%s: got %g, expected %g",
                   what, got, expected);
  else
    ck_assert_msg (fabs (got - expected) <= tolerance * scale,
                   "%s: got %.17g, expected %.17g", what, got, expected);
}

static inline bool
starts_with (const char *text, const char *start)
{
  return strncmp (text, start, strlen (start)) == 0;
}

#endif /* RX_CROSSOVER_TRIAL_H */
