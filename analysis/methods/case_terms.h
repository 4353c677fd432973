/* case_terms.h: the terms of a case series: its risk windows, bands and
   seasons, with the days and events in each. */
#ifndef RX_CASE_TERMS_H
#define RX_CASE_TERMS_H

#include "designs/case_series.h"
#include "methods/fill.h"

enum rx_case_factor
{
  RX_CASE_RISK,
  RX_CASE_BAND,
  RX_CASE_SEASON
};

struct rx_case_term
{
  const char *name, *ratio; /* "age 2" and "irr:age 2" */
  enum rx_case_factor factor;
  size_t exposure;   /* of a risk */
  size_t level;      /* of the factor; 0 of a risk: out of all windows */
  bool is_baseline;  /* days out of all windows of the exposure */
  bool is_first;     /* band or season */
  bool is_reference; /* baseline, or the first band or season with events */
  bool is_before;    /* a window that ends before the exposure */
  int64_t days;
  size_t events, cases; /* cases with days in it */
};

struct rx_case_terms
{
  struct rx_case_term *term;
  size_t n;
};

/* Exposure by exposure the baseline and the risks, then the bands and the
   seasons where there are several.  Names go into `strings`. */
enum rx_status rx_case_terms_make (struct rx_case_terms *terms,
                                   const struct rx_case_series *cases,
                                   struct rx_strings *strings,
                                   struct rx_error *err) RX_MUST_USE;
void rx_case_terms_free (struct rx_case_terms *terms);

/* Is the cell one of the term? */
bool rx_case_term_has (const struct rx_case_term *term,
                       const struct rx_case_series *cases, size_t cell);

#endif /* RX_CASE_TERMS_H */
