/* evidence_effects.h: estimates computed from what papers print, each study by
   its design, and correlations that were not printed. */
#ifndef RX_EVIDENCE_EFFECTS_H
#define RX_EVIDENCE_EFFECTS_H

#include "designs/evidence.h"
#include "designs/evidence_source.h"

/* A kind and where each of its inputs stands. */
struct rx_effect_reader
{
  const struct rx_effect_kind *kind; /* NULL: not looked for yet */
  struct rx_evidence_source source[RX_EFFECT_INPUTS_MOST];
};

enum
{
  RX_EFFECT_READERS = 8 /* one for each design at most */
};

/* Made by open, borrows table and spec; owns nothing. */
struct rx_effects
{
  const struct rx_table *table;
  const struct rx_evidence_spec *spec;
  struct rx_effect_reader reader[RX_EFFECT_READERS];
  size_t n_readers;
  bool has_design;
  struct rx_evidence_source design; /* the column, with has_design */
  double r;         /* for studies that print none; NaN: none */
  size_t printed_r; /* correlations of which r is the mean */
};

/* Looks for the columns.  With spec->design each study is computed as its
   design demands, and columns are looked for as designs come up.  RX_EUSAGE
   for an input the effect does not have or a measure of one design only,
   RX_EDATA for a column that is not there and where r is to be borrowed and
   nobody prints one. */
enum rx_status rx_effects_open (struct rx_effects *effects,
                                const struct rx_table *table,
                                const struct rx_evidence_spec *spec,
                                struct rx_error *err) RX_MUST_USE;

/* What was computed of a row. */
struct rx_effect_found
{
  const struct rx_effect_kind *kind;
  double x[RX_EFFECT_INPUTS_MOST];
  struct rx_effect effect;
  struct rx_evidence_source at; /* of the first input, for complaints */
  bool missing;                 /* an input is missing: nothing computed */
  bool r_missing;               /* the correlation is */
  bool r_filled;                /* the correlation is r */
};
enum rx_status rx_effects_row (struct rx_effects *effects, size_t row,
                               struct rx_effect_found *found,
                               struct rx_error *err) RX_MUST_USE;

#endif /* RX_EVIDENCE_EFFECTS_H */
