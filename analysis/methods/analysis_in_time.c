/* analysis_in_time.c: each method once, then the remarks. */
#include "methods/analysis_in_time.h"

#include "base/text.h"

static struct rx_method_options
options_of (const struct rx_analysis_plan *plan)
{
  return (struct rx_method_options){ .level = plan->level };
}

static enum rx_status
remark_series (const struct rx_series *series, struct rx_rows *rows,
               struct rx_error *err)
{
  struct rx_text where = { 0 };
  for (size_t j = 0; j < series->n_interruptions; j++)
    {
      const struct rx_interruption *at = &series->interruption[j];
      rx_text_addf (&where, "%s%zu", j > 0 ? ", " : "", at->point);
      if (at->time[0] != '\0')
        rx_text_addf (&where, " (%s)", at->time);
    }
  enum rx_status status
      = where.failed
            ? rx_fail_memory (err)
            : rx_rows_remark (rows, false, err,
                              "Series of %s: points 1 to %zu, %zu of them "
                              "with a value; interrupted at point %s.",
                              series->name, series->length, series->n,
                              rx_text_string (&where));
  rx_text_free (&where);
  if (status == RX_OK && rx_series_has_gap (series))
    status = rx_rows_remark (rows, true, err,
                             "The series has gaps. Points keep their numbers; "
                             "methods that need every neighbour give no test "
                             "(note `gap').");
  if (status == RX_OK && series->irregular)
    status = rx_rows_remark (rows, true, err,
                             "The times are not equally spaced: the points "
                             "are numbered one after the other.");
  return status;
}

enum rx_status
rx_analysis_series (const struct rx_series *series,
                    const struct rx_analysis_plan *plan, struct rx_rows *rows,
                    struct rx_error *err)
{
  struct rx_method_options options = options_of (plan);
  rows->synthetic = rows->synthetic || series->synthetic;
  for (size_t i = 0; i < plan->n_methods; i++)
    if (plan->methods[i]->series (plan->methods[i], series, &options, rows,
                                  err)
        != RX_OK)
      return err->status;
  return remark_series (series, rows, err);
}

static enum rx_status
remark_symmetry (const struct rx_symmetry *symmetry, struct rx_rows *rows,
                 struct rx_error *err)
{
  for (size_t i = 0; i < symmetry->spec->n_windows; i++)
    {
      int64_t window = symmetry->spec->windows[i];
      struct rx_symmetry_pairs pairs = rx_symmetry_count (symmetry, window);
      if (rx_rows_remark (
              rows, false, err,
              "Persons with both drugs: %zu of %zu; left out: %zu who "
              "started both on one day, %zu more than %ld days apart.",
              symmetry->n_both, symmetry->n, pairs.same_day, pairs.outside,
              (long)window)
          != RX_OK)
        return err->status;
    }
  return rx_rows_remark (rows, false, err,
                         "The adjusted ratio is advised against unless the "
                         "window is short (Madsen 2025, Scand J Stat 52:469); "
                         "read it beside the crude one.");
}

enum rx_status
rx_analysis_symmetry (const struct rx_symmetry *symmetry,
                      const struct rx_analysis_plan *plan,
                      struct rx_rows *rows, struct rx_error *err)
{
  struct rx_method_options options = options_of (plan);
  rows->synthetic = rows->synthetic || symmetry->synthetic;
  for (size_t i = 0; i < plan->n_methods; i++)
    if (plan->methods[i]->symmetry (symmetry, &options, rows, err) != RX_OK)
      return err->status;
  return remark_symmetry (symmetry, rows, err);
}

static enum rx_status
remark_cases (const struct rx_case_series *cases, struct rx_rows *rows,
              struct rx_error *err)
{
  if (rx_rows_remark (rows, false, err,
                      "Cases: %zu with %zu events, %zu of them exposed; rows "
                      "without an event, left out: %zu.",
                      cases->n, cases->n_events, cases->n_exposed,
                      cases->without_event)
      != RX_OK)
    return err->status;
  return rx_rows_remark (rows, true, err,
                         "A case series needs exposures that do not depend on "
                         "earlier events: a drug started because of the "
                         "illness breaks this.");
}

enum rx_status
rx_analysis_case_series (const struct rx_case_series *cases,
                         const struct rx_analysis_plan *plan,
                         struct rx_rows *rows, struct rx_error *err)
{
  struct rx_method_options options = options_of (plan);
  rows->synthetic = rows->synthetic || cases->synthetic;
  for (size_t i = 0; i < plan->n_methods; i++)
    if (plan->methods[i]->case_series (cases, &options, rows, err) != RX_OK)
      return err->status;
  return remark_cases (cases, rows, err);
}
