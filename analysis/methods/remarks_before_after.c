/* remarks_before_after.c: the register, and what the design cannot see. */
#include "methods/remarks_before_after.h"

#include "methods/analysis_traps.h"

#include "base/date.h"
#include "data/register_audit.h"

static enum rx_status
remark_ungrouped (const struct rx_before_after *design, struct rx_rows *rows,
                  struct rx_error *err)
{
  size_t n = 0;
  for (size_t i = 0; design->group != NULL && i < design->n_persons; i++)
    n += design->group[i] == design->n_levels;
  return n == 0
             ? RX_OK
             : rx_rows_remark (rows, false, err,
                               "%zu persons fit no exposure group and count "
                               "in `all' only.",
                               n);
}

/* What is valid in the register but worth a look. */
static enum rx_status
remark_awkward (const struct rx_before_after *design, struct rx_rows *rows,
                struct rx_error *err)
{
  const struct rx_register_audit *audit = &design->audit;
  if (audit->blank_rows > 0
      && rx_rows_remark (rows, false, err,
                         "%zu rows without any value were passed over.",
                         audit->blank_rows)
             != RX_OK)
    return err->status;
  if (audit->rounded_amounts > 0
      && rx_rows_remark (rows, false, err,
                         "%zu amounts with more than 12 decimals were rounded "
                         "to 12.",
                         audit->rounded_amounts)
             != RX_OK)
    return err->status;
  for (size_t i = 0; i < rx_n_register_checks; i++)
    {
      const struct rx_register_check *check = &rx_register_checks[i];
      size_t count = rx_register_check_count (check, audit);
      if (check->is_remarked && count > 0
          && rx_rows_remark (rows, false, err, "Audit, %s: %zu %s, %s.",
                             check->name, count, check->unit, check->rule)
                 != RX_OK)
        return err->status;
    }
  for (size_t o = 0; o < design->n_outcomes; o++)
    if (design->outcomes[o].n_codes == 0
        && rx_rows_remark (rows, true, err,
                           "The register has no code that matches the outcome "
                           "%s: are its drugs spelled as in the file?",
                           design->outcomes[o].name)
               != RX_OK)
      return err->status;
  return remark_ungrouped (design, rows, err);
}

static enum rx_status
remark_rows (const struct rx_before_after *design, struct rx_rows *rows,
             struct rx_error *err)
{
  const struct rx_register_audit *audit = &design->audit;
  if (!design->has_ddd && !design->has_days)
    return rx_rows_remark (rows, false, err,
                           "Rows read: %zu; no column of amounts was named, "
                           "so returns cannot be told from dispensings; "
                           "duplicates in the columns read %zu, all kept.",
                           audit->rows, audit->duplicate_rows);
  return rx_rows_remark (rows, false, err,
                         "Rows read: %zu; negative amounts (returns) %zu, "
                         "missing amounts %zu, duplicates in the columns read "
                         "%zu, all kept.",
                         audit->rows, audit->negative_amounts,
                         audit->missing_amounts, audit->duplicate_rows);
}

enum rx_status
rx_remarks_before_after (const struct rx_before_after *design,
                         struct rx_rows *rows, struct rx_error *err)
{
  char from[RX_DATE_SIZE], to[RX_DATE_SIZE];
  rx_date_print (from, design->coverage.from);
  rx_date_print (to, design->coverage.to);
  if (rx_rows_remark (rows, false, err,
                      "Coverage %s to %s%s; rows outside it, "
                      "ignored: %zu.",
                      from, to,
                      design->coverage_from_data
                          ? " (taken from the data: the first and last date)"
                          : "",
                      design->rows_outside_coverage)
      != RX_OK)
    return err->status;
  if (remark_rows (design, rows, err) != RX_OK)
    return err->status;
  if (remark_awkward (design, rows, err) != RX_OK)
    return err->status;
  if (rx_analysis_traps (design, rows, err) != RX_OK)
    return err->status;
  if (!design->guarded
      && rx_rows_remark (rows, true, err,
                         "The coverage guard is off: windows that reach "
                         "outside the data count as if nothing had been "
                         "dispensed there, which invents changes.")
             != RX_OK)
    return err->status;
  if (design->groups_from_follow_up
      && rx_rows_remark (rows, true, err,
                         "Exposure groups are formed from the follow-up "
                         "(immortal time): a person must survive and persist "
                         "to reach a higher group, so differences between "
                         "groups are no treatment effects. A landmark (key "
                         "landmark) and the method time-varying-exposure do "
                         "without.")
             != RX_OK)
    return err->status;
  if (design->landmark > 0
      && rx_rows_remark (rows, false, err,
                         "Exposure groups are known on day %d (landmark), and "
                         "outcomes count from day %d on: no one gets into a "
                         "group by what happens while outcomes are counted.",
                         design->landmark, design->after.from)
             != RX_OK)
    return err->status;
  if (design->placebo
      && rx_rows_remark (rows, false, err,
                         "Placebo: days %d to %d before the index against "
                         "days %d to %d before it, of the same persons; no "
                         "index drug can have made the difference, but a "
                         "season or the way to the index can.",
                         -design->before.from, -design->before.to,
                         -design->after.from, -design->after.to)
             != RX_OK)
    return err->status;
  if (design->needs_earlier_use
      && rx_rows_remark (rows, true, err,
                         "Eligibility demands earlier use (regression to the "
                         "mean): a fall afterwards is expected without any "
                         "effect.")
             != RX_OK)
    return err->status;
  return RX_OK;
}
