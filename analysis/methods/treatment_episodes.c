/* treatment_episodes.c: how many treatment episodes persons have, how long
   they last, and how often treatment is taken up again.

     persons      who counts
     episodes     of all of them
     restarted    share of persons with a second episode
     restarts K   persons with K restarts
     length-...   days of the episodes that were seen to end

   An episode is as in stats/episodes.c. */
#include "methods/episode_rows.h"

#include <stdlib.h>

enum
{
  RESTARTS_MOST = 5 /* the last row counts all with more */
};

static enum rx_status
add_restarts (const struct rx_person_episodes *all, double level,
              struct rx_rows *rows, struct rx_error *err)
{
  static const char *const terms[RESTARTS_MOST + 1]
      = { "restarts 0", "restarts 1", "restarts 2",
          "restarts 3", "restarts 4", "restarts 5+" };
  size_t count[RESTARTS_MOST + 1] = { 0 };
  for (size_t i = 0; i < all->n; i++)
    {
      size_t restarts = all->start[i + 1] - all->start[i] - 1;
      count[restarts < RESTARTS_MOST ? restarts : RESTARTS_MOST]++;
    }
  if (rx_exposure_share (rows, "treatment-episodes", "restarted",
                         all->n - count[0], all->n, level, err)
      != RX_OK)
    return err->status;
  for (size_t k = 0; k <= RESTARTS_MOST; k++)
    if (rx_exposure_add (rows, "treatment-episodes", terms[k], all->n,
                         (double)count[k], "", err)
        != RX_OK)
      return err->status;
  return RX_OK;
}

static enum rx_status
add_lengths (const struct rx_person_episodes *all, double level,
             struct rx_rows *rows, struct rx_error *err)
{
  size_t n = 0, episodes = all->start[all->n];
  double *days = rx_array (episodes, sizeof *days);
  if (days == NULL)
    return rx_fail_memory (err);
  for (size_t i = 0; i < episodes; i++)
    if (all->episode[i].stopped)
      days[n++] = all->episode[i].end - all->episode[i].start;
  enum rx_status status = rx_exposure_distribution (
      rows, "treatment-episodes", "length", days, n, level, err);
  free (days);
  return status;
}

static enum rx_status
run_exposure (const struct rx_method *self, const struct rx_exposure *exposure,
              const struct rx_method_options *options, struct rx_rows *rows,
              struct rx_error *err)
{
  struct rx_person_episodes all;
  struct rx_note note = { "" };
  if (rx_person_episodes_make (&all, exposure, err) != RX_OK)
    return err->status;
  if (all.prevalent > 0)
    rx_note_add (&note, "within-washout=%zu", all.prevalent);
  if (all.unknown > 0)
    rx_note_add (&note, "missing-supply=%zu", all.unknown);
  enum rx_status status
      = rx_exposure_add (rows, self->name, "persons", exposure->n_persons,
                         (double)all.n, note.text, err);
  if (status == RX_OK)
    status = rx_exposure_add (rows, self->name, "episodes", all.n,
                              (double)all.start[all.n], "", err);
  if (status == RX_OK)
    status = add_restarts (&all, options->level, rows, err);
  if (status == RX_OK)
    status = add_lengths (&all, options->level, rows, err);
  rx_person_episodes_free (&all);
  return status;
}

const struct rx_method rx_method_treatment_episodes = {
  .name = "treatment-episodes",
  .title = "Treatment episodes: number, length, restarts",
  .source = "",
  .words = "Dispensings were joined to episodes of treatment while no gap "
           "without supply was longer than allowed; the lengths are those of "
           "the episodes that were seen to end.",
  .parts = RX_EPISODE_PARTS,
  .exposure = run_exposure,
};
