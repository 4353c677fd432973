/* carryover.c: the table of models, and their columns.

   First-order effects c of t treatments sum over every response but those of
   the first period to a column that the periods hold: only their differences
   can be told, and the reference has no column.  So it is with the effects
   into another treatment and into the same one where both are in the model;
   where one is taken to be zero, the other can be told from it.

   An interaction has a column for each pair of treatments but the reference,
   coded 1, -1 for the reference and 0 else, so that the contrast of two
   treatments is their mean over what came before, each counting alike.

   By hand: AA after A under self and mixed carryover is 0 for A and B into
   another one, 1 for A into itself, 0 for B into itself. */
#include "stats/carryover.h"

#include <string.h>

/* clang-format off */
const struct rx_carryover rx_carryovers[] = {
  { "first-order", "first-order carryover", 1,
    { { "carryover", RX_CARRYOVER_ANY, 1, false } } },
  { "second-order", "first- and second-order carryover", 2,
    { { "carryover", RX_CARRYOVER_ANY, 1, false },
      { "carryover2", RX_CARRYOVER_ANY, 2, false } } },
  { "self-mixed", "carryover into other treatments and into the same one", 2,
    { { "carryover-mixed", RX_CARRYOVER_OTHER, 1, false },
      { "carryover-self", RX_CARRYOVER_SAME, 1, false } } },
  { "no-self", "carryover into other treatments alone", 1,
    { { "carryover", RX_CARRYOVER_OTHER, 1, true } } },
  { "decay", "carryover into the same treatment alone", 1,
    { { "carryover", RX_CARRYOVER_SAME, 1, true } } },
  { "interaction", "first-order carryover and its interaction with the "
    "treatment", 2,
    { { "carryover", RX_CARRYOVER_ANY, 1, false },
      { "carryover:treatment", RX_CARRYOVER_CHANGE, 1, false } } },
};
/* clang-format on */
const size_t rx_n_carryovers = sizeof rx_carryovers / sizeof rx_carryovers[0];

const struct rx_carryover *
rx_carryover_find (const char *name)
{
  for (size_t i = 0; i < rx_n_carryovers; i++)
    if (strcmp (rx_carryovers[i].name, name) == 0)
      return &rx_carryovers[i];
  return NULL;
}

/* A treatment's number among those but the reference. */
static size_t
without (size_t reference, size_t treatment)
{
  return treatment < reference ? treatment : treatment - 1;
}

size_t
rx_carryover_columns (const struct rx_carryover_part *part, size_t t)
{
  switch (part->kind)
    {
    case RX_CARRYOVER_ANY:
      return t - 1;
    case RX_CARRYOVER_CHANGE:
      return (t - 1) * (t - 1);
    default:
      return t;
    }
}

/* 1 for the treatment, -1 for the reference, 0 for others. */
static double
coded (size_t treatment, size_t reference, size_t given)
{
  return (given == treatment) - (double)(given == reference);
}

static void
fill_change (size_t t, size_t reference, size_t before, size_t now, double *x)
{
  for (size_t i = 0; i < t; i++)
    for (size_t j = 0; j < t; j++)
      if (i != reference && j != reference)
        x[without (reference, i) * (t - 1) + without (reference, j)]
            = coded (i, reference, before) * coded (j, reference, now);
}

void
rx_carryover_fill (const struct rx_carryover_part *part, size_t t,
                   size_t reference, size_t before, size_t now, double *x)
{
  memset (x, 0, rx_carryover_columns (part, t) * sizeof *x);
  if (part->kind == RX_CARRYOVER_CHANGE)
    fill_change (t, reference, before, now, x);
  else if (part->kind == RX_CARRYOVER_ANY)
    {
      if (before != reference)
        x[without (reference, before)] = 1;
    }
  else if ((before == now) == (part->kind == RX_CARRYOVER_SAME))
    x[before] = 1;
}

void
rx_carryover_difference (const struct rx_carryover_part *part,
                         size_t reference, size_t from, size_t to, double *l)
{
  bool all = part->kind != RX_CARRYOVER_ANY;
  if (all || to != reference)
    l[all ? to : without (reference, to)] += 1;
  if (all || from != reference)
    l[all ? from : without (reference, from)] -= 1;
}

size_t
rx_carryover_hypotheses (const struct rx_carryover_part *part, size_t t)
{
  return part->kind == RX_CARRYOVER_CHANGE ? rx_carryover_columns (part, t)
                                           : t - 1;
}

size_t
rx_carryover_of (size_t reference, size_t k)
{
  return k < reference ? k : k + 1;
}

void
rx_carryover_hypothesis (const struct rx_carryover_part *part,
                         size_t reference, size_t k, double *l)
{
  if (part->kind == RX_CARRYOVER_CHANGE)
    l[k] += 1;
  else
    rx_carryover_difference (part, reference, reference,
                             rx_carryover_of (reference, k), l);
}
