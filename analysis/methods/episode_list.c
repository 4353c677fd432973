/* episode_list.c: every treatment episode as a row: its days in `estimate`,
   dates, dispensings and whether it was seen to end in the note. */
#include "methods/episode_rows.h"

static enum rx_status
add (const struct rx_exposure *exposure, size_t person, size_t number,
     const struct rx_episode *e, struct rx_rows *rows, struct rx_error *err)
{
  char from[RX_DATE_SIZE], to[RX_DATE_SIZE];
  struct rx_note note = { "" };
  const char *term
      = rx_strings_format (&rows->strings, "person %s episode %zu",
                           exposure->persons[person], number);
  if (term == NULL)
    return rx_fail_memory (err);
  rx_note_add (&note, "from=%s", rx_date_print (from, (int32_t)e->start));
  rx_note_add (&note, "supply-ends=%s", rx_date_print (to, (int32_t)e->end));
  rx_note_add (&note, "dispensings=%zu", e->n);
  rx_note_add (&note, e->stopped ? "stopped" : "open");
  return rx_exposure_add (rows, "episode-list", term, 1, e->end - e->start,
                          note.text, err);
}

static enum rx_status
run_exposure (const struct rx_method *self, const struct rx_exposure *exposure,
              const struct rx_method_options *options, struct rx_rows *rows,
              struct rx_error *err)
{
  (void)self;
  struct rx_person_episodes all;
  enum rx_status status = rx_person_episodes_make (&all, exposure, err);
  (void)options;
  if (status != RX_OK)
    return status;
  for (size_t i = 0; i < all.n; i++)
    for (size_t k = all.start[i]; k < all.start[i + 1] && status == RX_OK; k++)
      status = add (exposure, all.person[i], k - all.start[i] + 1,
                    &all.episode[k], rows, err);
  rx_person_episodes_free (&all);
  return status;
}

const struct rx_method rx_method_episode_list = {
  .name = "episode-list",
  .title = "Every treatment episode of every person",
  .source = "",
  .words = "",
  .on_request = true,
  .parts = RX_EPISODE_PARTS,
  .exposure = run_exposure,
};
