/* carryover.h: what a treatment can leave behind for later periods, as columns
   of a linear model.

   A model has one or two parts, each with an effect of the treatment that was
   given `lag` periods before.  Nothing is carried into the first `lag`
   periods.  Jones & Kenward, Design and Analysis of Cross-Over Trials, 3rd
   ed., section 4.3 ff.; self and mixed carryover: Afsarinejad & Hedayat, J
   Stat Plan Inference 2002;106:449-459. */
#ifndef RX_CARRYOVER_H
#define RX_CARRYOVER_H

#include <stdbool.h>
#include <stddef.h>

enum rx_carryover_kind
{
  RX_CARRYOVER_ANY,   /* whatever is given now */
  RX_CARRYOVER_OTHER, /* when another treatment is given now */
  RX_CARRYOVER_SAME,  /* when the same treatment is given now */
  RX_CARRYOVER_CHANGE /* of the effect of what is given now: interaction */
};

struct rx_carryover_part
{
  const char *term; /* of its rows: "carryover" */
  enum rx_carryover_kind kind;
  size_t lag;  /* periods; >= 1 */
  bool levels; /* its effects can be told from none, not only from each
                  other */
};

struct rx_carryover
{
  const char *name;  /* of --carryover-model */
  const char *title; /* after "adjust for" */
  size_t n_parts;
  struct rx_carryover_part part[2];
};

/* The first one is first-order carryover. */
extern const struct rx_carryover rx_carryovers[];
extern const size_t rx_n_carryovers;
const struct rx_carryover *rx_carryover_find (const char *name);

/* Columns of a part with t treatments. */
size_t rx_carryover_columns (const struct rx_carryover_part *part, size_t t);

/* Writes the columns x[] of a response under `now`, `before` given `lag`
   periods earlier.  Without effects of its own a part has none for the
   reference. */
void rx_carryover_fill (const struct rx_carryover_part *part, size_t t,
                        size_t reference, size_t before, size_t now,
                        double *x);

/* Adds the effect of treatment `to` less that of `from` to l[] over the
   columns; not of an interaction. */
void rx_carryover_difference (const struct rx_carryover_part *part,
                              size_t reference, size_t from, size_t to,
                              double *l);

/* How many hypotheses say that the part is the same for every treatment, and
   the k-th of them added to l[] over the columns: the differences from the
   reference; of an interaction its columns. */
size_t rx_carryover_hypotheses (const struct rx_carryover_part *part,
                                size_t t);
void rx_carryover_hypothesis (const struct rx_carryover_part *part,
                              size_t reference, size_t k, double *l);

/* The treatment that the k-th difference is about. */
size_t rx_carryover_of (size_t reference, size_t k);

#endif /* RX_CARRYOVER_H */
