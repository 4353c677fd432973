/* episode_rows.h: the episodes of every person, and the persistence curve of
   the first one as rows; what the methods on episodes share. */
#ifndef RX_EPISODE_ROWS_H
#define RX_EPISODE_ROWS_H

#include "methods/exposure_rows.h"
#include "stats/kaplan_meier.h"

#define RX_EPISODE_PARTS (RX_EXPOSURE_SUPPLY | RX_EXPOSURE_EPISODES)

/* The episodes of all persons who count, one after the other. */
struct rx_person_episodes
{
  size_t *person; /* [n] who counts */
  size_t *start;  /* [n + 1] first episode of each */
  size_t n;
  struct rx_episode *episode;
  size_t unknown;   /* persons left out: a duration or dose is missing */
  size_t prevalent; /* ... first dispensing within the wash-out */
};

enum rx_status rx_person_episodes_make (struct rx_person_episodes *all,
                                        const struct rx_exposure *exposure,
                                        struct rx_error *err) RX_MUST_USE;
void rx_person_episodes_free (struct rx_person_episodes *all);

struct rx_persistence_kind
{
  enum rx_km_scale scale; /* of the intervals */
};

/* The Kaplan-Meier curve of the time from the first dispensing to the end of
   the first episode: `day 0`, then a row per day with ends (n at risk), `at
   DAY` for those asked for, `median`.  Observation ends for all as long
   before the end of the data as a gap is allowed to be, since no later end
   could be told from a pause.  self->kind is a struct
   rx_persistence_kind. */
enum rx_status rx_persistence_run (const struct rx_method *self,
                                   const struct rx_exposure *exposure,
                                   const struct rx_method_options *options,
                                   struct rx_rows *rows,
                                   struct rx_error *err) RX_MUST_USE;

#endif /* RX_EPISODE_ROWS_H */
