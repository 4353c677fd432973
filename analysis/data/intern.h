/* intern.h: texts that come again and again, each kept once and numbered from
   0 in the order in which they were first seen. */
#ifndef RX_INTERN_H
#define RX_INTERN_H

#include "base/memory.h"

#include <stdint.h>

/* A text with what is needed to look it up, made once. */
struct rx_intern_key
{
  const char *text;
  uint64_t first, last; /* bytes of the text, see rx_intern_key */
  uint32_t length;
  uint32_t hash;
};

struct rx_intern_slot; /* of the hash table */

/* The caller makes the struct (= {0}) and says whose strings the texts
   become; rx_intern_free leaves those alone. */
struct rx_intern
{
  struct rx_strings *strings;
  const char **text; /* [n] */
  size_t n, room;
  struct rx_intern_slot *slot;
  size_t n_slots; /* a power of two, or 0 */
};

void rx_intern_free (struct rx_intern *intern);

/* The key borrows the text. */
void rx_intern_key (struct rx_intern_key *key, const char *text,
                    size_t length);

/* Asks the processor for the part of the table that a look-up of the key will
   need: worth while some hundred instructions before it. */
void rx_intern_prefetch (const struct rx_intern *intern,
                         const struct rx_intern_key *key);

/* The number of a text; false when it was never added. */
bool rx_intern_find (const struct rx_intern *intern,
                     const struct rx_intern_key *key, uint32_t *number);

/* The same, adding the text where it is new. */
enum rx_status rx_intern_add (struct rx_intern *intern,
                              const struct rx_intern_key *key,
                              uint32_t *number,
                              struct rx_error *err) RX_MUST_USE;

/* Sorts the texts by rx_name_compare, all but the first `fixed`, so that
   their numbers depend no more on which was seen first: rank[old number] is
   the new number.  Nothing can be found or added from then on.  The caller
   frees *rank. */
enum rx_status rx_intern_sort (struct rx_intern *intern, size_t fixed,
                               uint32_t **rank,
                               struct rx_error *err) RX_MUST_USE;

#endif /* RX_INTERN_H */
