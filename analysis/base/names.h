/* names.h: the order of names found in data: whole numbers first, by value,
   then everything else by bytes.  "2" comes before "10", "S2" after "S10". */
#ifndef RX_NAMES_H
#define RX_NAMES_H

#include "base/status.h"

/* For sorting: negative, zero or positive as a comes before, is, or comes
   after b.  Equal only for equal strings. */
int rx_name_compare (const char *a, const char *b);

/* The distinct names among name[0..n), sorted.  The strings are borrowed;
   the array is the caller's to free. */
struct rx_levels
{
  const char **name;
  size_t n;
};
enum rx_status rx_levels_of (const char *const *name, size_t n,
                             struct rx_levels *levels,
                             struct rx_error *err) RX_MUST_USE;

/* Number of a name among the levels; levels->n when it is not one. */
size_t rx_levels_find (const struct rx_levels *levels, const char *name);

#endif /* RX_NAMES_H */
