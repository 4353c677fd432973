/* episodes.h: treatment episodes: dispensings joined while no gap between them
   is longer than allowed. */
#ifndef RX_EPISODES_H
#define RX_EPISODES_H

#include "stats/supply.h"

struct rx_episode_rule
{
  struct rx_supply_rule supply; /* what is carried over */
  double gap;                   /* days without supply that are allowed ... */
  double gap_percent; /* ... and this part of the last supply's days */
};

struct rx_episode
{
  double start, end; /* first day; first day without supply */
  size_t n;          /* dispensings */
  double allowed;    /* gap allowed after the last of them */
  bool stopped;      /* a longer gap was seen; else still open */
};

/* Fills episodes[0..n) from s[0..n), sorted by day, of which everything is
   known before day `end`; returns how many there are. */
size_t rx_episodes (const struct rx_supply *s, size_t n, double end,
                    const struct rx_episode_rule *rule,
                    struct rx_episode *episodes);

#endif /* RX_EPISODES_H */
