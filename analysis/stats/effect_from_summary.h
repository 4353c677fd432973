/* effect_from_summary.h: an effect and its variance from the numbers that
   papers print.

   A kind is a row of the table: its name, what it needs, its function.  Group
   1 minus group 2 (logarithms: 1 over 2), after minus before. */
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

struct rx_effect_kind
{
  const char *name, *title;
  struct rx_effect_input input[RX_EFFECT_INPUTS_MOST];
  size_t n_inputs;
  struct rx_effect (*from) (const double *x); /* x[n_inputs], in order */
  bool is_log;                                /* the logarithm of a ratio */
};

extern const struct rx_effect_kind rx_effect_kinds[];
extern const size_t rx_n_effect_kinds;
const struct rx_effect_kind *rx_effect_kind_find (const char *name);

/* What an input must be, in words; NULL when x[at] is that.  x holds all
   inputs of the kind, so that events can be compared with their total. */
const char *rx_effect_input_fault (const struct rx_effect_kind *kind,
                                   const double *x, size_t at);

/* The factor that takes the bias off a standardised mean difference with m
   degrees of freedom (Hedges 1981, J Educ Stat 6:107-128):
   J = Gamma (m/2) / (sqrt (m/2) Gamma ((m-1)/2)).  J (19) = 0.9600. */
double rx_effect_unbiased (double m);

#endif /* RX_EFFECT_FROM_SUMMARY_H */
