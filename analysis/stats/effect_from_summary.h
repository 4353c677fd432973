/* effect_from_summary.h: an effect and its variance from the numbers that
   papers print.

   A kind is a row of the table: its name, what it needs, its function.  Group
   1 minus group 2 (logarithms: 1 over 2), after minus before.  Kinds of one
   measure estimate the same thing from studies of different designs. */
#ifndef RX_EFFECT_FROM_SUMMARY_H
#define RX_EFFECT_FROM_SUMMARY_H

#include <stdbool.h>
#include <stddef.h>

/* What a number must be. */
enum rx_effect_input_kind
{
  RX_INPUT_MEAN,   /* any number */
  RX_INPUT_SD,     /* above 0 */
  RX_INPUT_N,      /* a whole number, 2 or more */
  RX_INPUT_TOTAL,  /* a whole number, 1 or more */
  RX_INPUT_EVENTS, /* a whole number from 0 to the input that follows */
  RX_INPUT_COUNT,  /* a whole number, 0 or more */
  RX_INPUT_R       /* a correlation, above -1 and below 1 */
};

struct rx_effect_input
{
  const char *name;
  enum rx_effect_input_kind kind;
};

struct rx_effect
{
  double y, v;
  bool corrected; /* 1/2 was added to the cells of a table with a zero */
};

enum
{
  RX_EFFECT_INPUTS_MOST = 11
};

/* Designs of a study, as the column of designs names them. */
enum rx_effect_design
{
  RX_EFFECT_PARALLEL = 1,
  RX_EFFECT_CROSSOVER = 2,
  RX_EFFECT_PAIRED = 4,
  RX_EFFECT_BEFORE_AFTER = 8,
  RX_EFFECT_SINGLE_ARM = 16
};
struct rx_effect_design_name
{
  const char *name;
  enum rx_effect_design design;
};
extern const struct rx_effect_design_name rx_effect_designs[];
extern const size_t rx_n_effect_designs;

struct rx_effect_kind
{
  const char *name, *title;
  struct rx_effect_input input[RX_EFFECT_INPUTS_MOST];
  size_t n_inputs;
  struct rx_effect (*from) (const double *x); /* x[n_inputs], in order */
  bool is_log;                                /* the logarithm of a ratio */
  const char *measure; /* what it estimates, the name of a kind; NULL: none
                          that other designs share */
  unsigned designs;    /* of which it is computed for the measure (bits) */
  double (*back) (double y, double n); /* to a proportion; n: the harmonic
                                          mean of the totals; NULL: nothing
                                          to turn back */
};

extern const struct rx_effect_kind rx_effect_kinds[];
extern const size_t rx_n_effect_kinds;
const struct rx_effect_kind *rx_effect_kind_find (const char *name);

/* The kind that estimates a measure from a design; NULL when there is none. */
const struct rx_effect_kind *rx_effect_kind_for (const char *measure,
                                                 enum rx_effect_design design);

/* Counts of two groups (events1, n1, events2, n2), or of one (events, n)? */
bool rx_effect_is_two_by_two (const struct rx_effect_kind *kind);
bool rx_effect_is_one_arm (const struct rx_effect_kind *kind);

/* What an input must be, in words; NULL when x[at] is that.  x holds all
   inputs of the kind, so that events can be compared with their total. */
const char *rx_effect_input_fault (const struct rx_effect_kind *kind,
                                   const double *x, size_t at);

/* The factor that takes the bias off a standardised mean difference with m
   degrees of freedom (Hedges 1981, J Educ Stat 6:107-128):
   J = Gamma (m/2) / (sqrt (m/2) Gamma ((m-1)/2)).  J (19) = 0.9600. */
double rx_effect_unbiased (double m);

#endif /* RX_EFFECT_FROM_SUMMARY_H */
