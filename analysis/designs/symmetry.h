/* symmetry.h: a table seen as the first days of two drugs per person.

   A row per person: the day of the first index drug and that of the first
   marker drug, as dates or as whole numbers.  Who has only one of the two is
   no pair, but counts in the trend of that drug. */
#ifndef RX_SYMMETRY_H
#define RX_SYMMETRY_H

#include "base/memory.h"
#include "data/table.h"

#include <stdint.h>

struct rx_symmetry_spec
{
  const char *person; /* columns; NULL: "person", "index", "marker" */
  const char *index, *marker;
  const int64_t *windows; /* days */
  size_t n_windows;
  int64_t bin; /* days of a bar of the histogram; 0: a rule chooses */
};

struct rx_symmetry
{
  const char *file;
  size_t n;        /* persons with one of the drugs at least */
  size_t n_both;   /* persons with both */
  size_t n_index;  /* days of the index drug, sorted */
  int64_t *index;  /* [n_index] */
  size_t n_marker; /* the same of the marker drug */
  int64_t *marker; /* [n_marker] */
  int64_t *apart;  /* [n_both] days from the index to the marker, sorted */
  const struct rx_symmetry_spec *spec; /* borrowed from the caller */
  bool synthetic;
  struct rx_strings strings;
};

/* Pairs of one window. */
struct rx_symmetry_pairs
{
  size_t index_first;  /* within the window, index drug first */
  size_t marker_first; /* ... marker first */
  size_t same_day;     /* left out: both on one day ... */
  size_t outside;      /* ... or further apart than the window */
};
struct rx_symmetry_pairs rx_symmetry_count (const struct rx_symmetry *symmetry,
                                            int64_t window);

/* Pairs that are from..to days apart, both ends included. */
size_t rx_symmetry_between (const struct rx_symmetry *symmetry, int64_t from,
                            int64_t to);

/* RX_EDATA, naming file, line and column, for a column that is not there, a
   person who is missing or there twice, a day that is none. */
enum rx_status rx_symmetry_build (struct rx_symmetry *symmetry,
                                  const struct rx_table *table,
                                  const struct rx_symmetry_spec *spec,
                                  struct rx_error *err) RX_MUST_USE;
void rx_symmetry_free (struct rx_symmetry *symmetry);

#endif /* RX_SYMMETRY_H */
