/* difference_in_differences.c: does the change differ between exposure groups?

   Welch's t test on the changes (after minus before) of the persons of each
   level against those of the reference level; for users the change of a
   person is -1, 0 or 1, so that the estimate is a difference of changes in
   the proportion.  Term `x4+ - x1`, group `all`.  Groups formed from the
   follow-up carry immortal time: the output warns.

   By hand: changes 1, 2, 3 against 0, 0, 3 give 2 - 1 = 1. */
#include "methods/abba_t.h"

#include <string.h>

static enum rx_status
changes (const struct rx_before_after *design,
         const struct rx_before_after_cell *like, int group,
         struct rx_contrast *out, struct rx_error *err)
{
  struct rx_before_after_cell cell;
  if (rx_before_after_cell_make (design, like->outcome_number, like->measure,
                                 group, &cell, err)
      != RX_OK)
    return err->status;
  enum rx_status status = rx_cell_differences (&cell, out, err);
  rx_before_after_cell_free (&cell);
  return status;
}

static enum rx_status
compare (const struct rx_before_after *design,
         const struct rx_before_after_cell *cell, int level, int reference,
         double conf_level, struct rx_rows *rows, struct rx_error *err)
{
  struct rx_contrast a = { 0 }, b = { 0 };
  struct rx_note note = { "" };
  struct rx_row row;
  const char *term = rx_strings_format (&rows->strings, "%s - %s",
                                        design->levels[level].name,
                                        design->levels[reference].name);
  enum rx_status status = term == NULL ? rx_fail_memory (err) : RX_OK;
  if (status == RX_OK)
    status = changes (design, cell, level, &a, err);
  if (status == RX_OK)
    status = changes (design, cell, reference, &b, err);
  if (status == RX_OK)
    {
      rx_abba_t (&a, &b, 1, conf_level, rx_student_welch, &row, &note);
      if (design->groups_from_follow_up)
        rx_note_add (&note, "immortal-time");
      status = rx_fill_before_after (
          rows, row, cell, "difference-in-differences", term, &note, err);
      rows->row[rows->n - 1].is_effect = status == RX_OK;
    }
  rx_contrast_free (&a);
  rx_contrast_free (&b);
  return status;
}

/* The reference level's number, -1 when the study names none. */
static int
reference_of (const struct rx_before_after *design)
{
  for (size_t i = 0; i < design->n_levels; i++)
    if (design->reference != NULL
        && strcmp (design->levels[i].name, design->reference) == 0)
      return (int)i;
  return -1;
}

static enum rx_status
run_before_after (const struct rx_before_after *design,
                  const struct rx_before_after_cell *cell,
                  const struct rx_method_options *options,
                  struct rx_rows *rows, struct rx_error *err)
{
  int reference = reference_of (design);
  /* once per outcome and measure, not once per group */
  if (cell->group_number != RX_GROUP_ALL || reference < 0)
    return RX_OK;
  for (int level = 0; level < (int)design->n_levels; level++)
    if (level != reference
        && compare (design, cell, level, reference, options->level, rows, err)
               != RX_OK)
      return err->status;
  return RX_OK;
}

const struct rx_method rx_method_difference_in_differences = {
  .name = "difference-in-differences",
  .title = "Welch t test on the change, each group against the reference",
  .source = "Welch 1947, Biometrika 34:28-35",
  .words = "Changes of the exposure groups are compared with those of the "
           "reference group by Welch's t test.",
  .needs_reference = true,
  .measures = RX_USERS | RX_DISPENSINGS | RX_DDD,
  .before_after = run_before_after,
};
