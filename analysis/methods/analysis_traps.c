/* analysis_traps.c: warnings of a before/after study. */
#include "methods/analysis_traps.h"

#include "base/date.h"

enum
{
  GAP_DAYS = 31 /* days without a row that make the end of the data doubtful */
};

/* Windows of different lengths invent a change of their own. */
static enum rx_status
warn_windows (const struct rx_before_after *d, struct rx_rows *rows,
              struct rx_error *err)
{
  int32_t before = d->before.to - d->before.from + 1;
  int32_t after = d->after.to - d->after.from + 1;
  if (before == after)
    return RX_OK;
  return rx_rows_remark (rows, true, err,
                         "The windows differ in length, %d days before and %d "
                         "after: counts, doses and users grow with the days "
                         "observed, so changes are not comparable.",
                         before, after);
}

static enum rx_status
warn_empty (const struct rx_before_after *d, struct rx_rows *rows,
            struct rx_error *err)
{
  for (size_t i = 0; i < d->n_attrition; i++)
    if (d->attrition[i].persons == 0)
      return rx_rows_remark (rows, true, err,
                             "No person is left after the step \"%s\".",
                             d->attrition[i].step);
  return RX_OK;
}

static enum rx_status
warn_prevalent (const struct rx_before_after *d, struct rx_rows *rows,
                struct rx_error *err)
{
  if (d->traps.prevalent == 0)
    return RX_OK;
  return rx_rows_remark (rows, true, err,
                         "%zu of %zu persons had an index drug before their "
                         "index date: the first dispensing in the index dates "
                         "is not their first ever.",
                         d->traps.prevalent, d->n_persons);
}

static enum rx_status
warn_outcomes (const struct rx_before_after *d, struct rx_rows *rows,
               struct rx_error *err)
{
  for (size_t o = 0; o < d->n_outcomes; o++)
    if (d->outcomes[o].takes_index
        && rx_rows_remark (rows, true, err,
                           "The outcome %s takes in an index drug, which "
                           "everybody has on day 0: part of its change is the "
                           "index itself.",
                           d->outcomes[o].name)
               != RX_OK)
      return err->status;
  return RX_OK;
}

static enum rx_status
warn_other_case (const struct rx_before_after *d, struct rx_rows *rows,
                 struct rx_error *err)
{
  size_t n = d->traps.other_case;
  if (n == 0)
    return RX_OK;
  return rx_rows_remark (rows, true, err,
                         "%zu %s of the register, %s%s, would match the "
                         "drugs of the study but for the case of letters: "
                         "codes are taken as they are written (a code map "
                         "translates them).",
                         n, n == 1 ? "code" : "codes",
                         d->traps.other_case_code,
                         n == 1 ? "" : " among them");
}

static enum rx_status
warn_coverage (const struct rx_before_after *d, struct rx_rows *rows,
               struct rx_error *err)
{
  char first[RX_DATE_SIZE], last[RX_DATE_SIZE];
  rx_date_print (first, d->audit.first_day);
  rx_date_print (last, d->audit.last_day);
  if (d->coverage_from_data
      && (d->traps.gap_first > GAP_DAYS || d->traps.gap_last > GAP_DAYS))
    return rx_rows_remark (
        rows, true, err,
        "The coverage is taken from the data, %s to %s, and "
        "one of these dates lies %d days from its "
        "neighbour: a mistyped date takes the guard off. "
        "Give the coverage.",
        first, last,
        d->traps.gap_first > d->traps.gap_last ? d->traps.gap_first
                                               : d->traps.gap_last);
  if (d->coverage.from < d->audit.first_day - GAP_DAYS
      || d->coverage.to > d->audit.last_day + GAP_DAYS)
    return rx_rows_remark (rows, true, err,
                           "The coverage reaches beyond the data, which run "
                           "from %s to %s: windows in the days without rows "
                           "count as if nothing had been dispensed.",
                           first, last);
  return RX_OK;
}

static enum rx_status
warn_ahead (const struct rx_before_after *d, struct rx_rows *rows,
            struct rx_error *err)
{
  if (!d->traps.looks_ahead)
    return RX_OK;
  return rx_rows_remark (
      rows, true, err,
      "Eligibility counts rows after the index date of some "
      "persons: who is selected depends on the future "
      "(immortal time).");
}

enum rx_status
rx_analysis_traps (const struct rx_before_after *design, struct rx_rows *rows,
                   struct rx_error *err)
{
  static enum rx_status (*const warnings[]) (
      const struct rx_before_after *, struct rx_rows *, struct rx_error *)
      = { warn_windows,    warn_empty,    warn_prevalent, warn_outcomes,
          warn_other_case, warn_coverage, warn_ahead };
  for (size_t i = 0; i < sizeof warnings / sizeof warnings[0]; i++)
    if (warnings[i](design, rows, err) != RX_OK)
      return err->status;
  return RX_OK;
}
