/* outcome_switching.c: who went from the drugs of one outcome to those of
   another.

   Of the persons who used A and not B before the index:
     A -> B    use B and not A after it: switched
     A -> A+B  use both after it: added
   for every other outcome B, as shares with Wilson's interval; n is what the
   share is of, the count is in the note.  Outcomes that share a code count its
   users in both.  Wilson, JASA 1927;22:209-212.

   By hand: of 4 persons on A alone one changes to B: 0.25. */
#include "methods/fill.h"
#include "stats/proportion.h"

struct counts
{
  size_t of, switched, added;
};

static struct counts
count (const struct rx_before_after_cell *a,
       const struct rx_before_after_cell *b)
{
  struct counts c = { 0, 0, 0 };
  for (size_t i = 0; i < a->n; i++)
    {
      if (!(a->before[i] > 0) || b->before[i] > 0)
        continue;
      c.of++;
      c.switched += b->after[i] > 0 && !(a->after[i] > 0);
      c.added += b->after[i] > 0 && a->after[i] > 0;
    }
  return c;
}

static enum rx_status
add_share (const struct rx_before_after_cell *cell, size_t persons, size_t of,
           const char *term, double level, struct rx_rows *rows,
           struct rx_error *err)
{
  struct rx_note note = { "" };
  struct rx_row row = rx_row_blank ();
  if (term == NULL)
    return rx_fail_memory (err);
  row.n = (double)of;
  rx_note_add (&note, "persons=%zu", persons);
  if (of == 0)
    rx_note_add (&note, "no-subjects");
  else
    {
      row.estimate = (double)persons / (double)of;
      row.conf_level = level;
      rx_wilson (row.estimate, row.n, level, &row.conf_low, &row.conf_high);
    }
  return rx_fill_before_after (rows, row, cell, "outcome-switching", term,
                               &note, err);
}

static enum rx_status
add_pair (const struct rx_before_after *design,
          const struct rx_before_after_cell *cell, size_t to, double level,
          struct rx_rows *rows, struct rx_error *err)
{
  struct rx_before_after_cell other;
  if (rx_before_after_cell_make (design, to, cell->measure, cell->group_number,
                                 &other, err)
      != RX_OK)
    return err->status;
  struct counts c = count (cell, &other);
  const char *switched = rx_strings_format (&rows->strings, "%s -> %s",
                                            cell->outcome, other.outcome);
  const char *added
      = rx_strings_format (&rows->strings, "%s -> %s+%s", cell->outcome,
                           cell->outcome, other.outcome);
  enum rx_status status
      = add_share (cell, c.switched, c.of, switched, level, rows, err);
  if (status == RX_OK)
    status = add_share (cell, c.added, c.of, added, level, rows, err);
  rx_before_after_cell_free (&other);
  return status;
}

static enum rx_status
run_before_after (const struct rx_before_after *design,
                  const struct rx_before_after_cell *cell,
                  const struct rx_method_options *options,
                  struct rx_rows *rows, struct rx_error *err)
{
  for (size_t to = 0; to < design->n_outcomes; to++)
    if (to != cell->outcome_number
        && add_pair (design, cell, to, options->level, rows, err) != RX_OK)
      return err->status;
  return RX_OK;
}

static const char *
lacks (const struct rx_before_after *design)
{
  return design->n_outcomes < 2 ? "two outcomes or more" : NULL;
}

const struct rx_method rx_method_outcome_switching = {
  .name = "outcome-switching",
  .title = "Persons who switched to another outcome, or added it",
  .source = "Wilson 1927, JASA 22:209-212",
  .words = "Persons who went from the drugs of one outcome to those of "
           "another, or added these, are counted, with Wilson's interval of "
           "each share.",
  .measures = RX_USERS,
  .on_request = true,
  .lacks = lacks,
  .before_after = run_before_after,
};
