/* transitions.c: who stopped, started and went on: persons by use before and
   after, with Wilson's interval of each share.

     neither, stopped, started, both   shares of all persons
     stopped-of-users                  share of those who used it before
     started-of-others                 share of those who did not

   n is what the share is of, the count is in the note.  Those who stopped and
   started are the discordant persons of McNemar's tests.  Wilson, JASA
   1927;22:209-212.

   By hand: 0 of 4 has the interval 0 to z^2 / (4 + z^2) = 0.490. */
#include "methods/fill.h"
#include "methods/mcnemar_row.h"
#include "stats/proportion.h"

static enum rx_status
run_before_after (const struct rx_before_after *design,
                  const struct rx_before_after_cell *cell,
                  const struct rx_method_options *options,
                  struct rx_rows *rows, struct rx_error *err)
{
  (void)design;
  struct rx_mcnemar p = rx_mcnemar_of_cell (cell, options->level);
  size_t users = p.both + p.only_before, others = p.n - users;
  const struct
  {
    const char *term;
    size_t count, of;
  } states[] = {
    { "neither", others - p.only_after, p.n },
    { "stopped", p.only_before, p.n },
    { "started", p.only_after, p.n },
    { "both", p.both, p.n },
    { "stopped-of-users", p.only_before, users },
    { "started-of-others", p.only_after, others },
  };
  for (size_t i = 0; i < sizeof states / sizeof states[0]; i++)
    {
      struct rx_note note = { "" };
      struct rx_row row = rx_row_blank ();
      row.n = (double)states[i].of;
      rx_note_add (&note, "persons=%zu", states[i].count);
      if (states[i].of == 0)
        rx_note_add (&note, "no-subjects");
      else
        {
          row.estimate = (double)states[i].count / (double)states[i].of;
          row.conf_level = options->level;
          rx_wilson (row.estimate, row.n, options->level, &row.conf_low,
                     &row.conf_high);
        }
      if (rx_fill_before_after (rows, row, cell, "transitions", states[i].term,
                                &note, err)
          != RX_OK)
        return err->status;
    }
  return RX_OK;
}

const struct rx_method rx_method_transitions = {
  .name = "transitions",
  .title = "Persons who stopped, started, went on or never used",
  .source = "Wilson 1927, JASA 22:209-212",
  .words = "Persons are counted by use before and after (neither, stopped, "
           "started, both), with Wilson's interval of each share.",
  .measures = RX_USERS,
  .on_request = true,
  .before_after = run_before_after,
};
