/* memory.h: arrays whose size cannot overflow, and strings that live as long
   as their owner.

   Ownership in recross, one rule: who calls `_alloc` or `_init` calls
   `_free`; const arguments are borrowed for the call; a container owns the
   strings it hands out; the caller makes the out-struct, the callee fills
   it. */
#ifndef RX_MEMORY_H
#define RX_MEMORY_H

#include "base/status.h"

/* A zeroed array of n elements of the given size, NULL when there is no
   memory or n * size overflows.  n = 0 gives a valid pointer. */
void *rx_array (size_t n, size_t size) RX_MUST_USE;

/* Grows *array, which holds *room elements, so that it has room for `need`;
   the new part is zeroed.  RX_EINTERNAL when there is no memory; *array is
   then unchanged. */
enum rx_status rx_grow (void *array, size_t *room, size_t need, size_t size,
                        struct rx_error *err) RX_MUST_USE;

/* The same to exactly `need`, the new part left as it comes: several threads
   may then be the first to write to its pages. */
enum rx_status rx_reserve (void *array, size_t *room, size_t need, size_t size,
                           struct rx_error *err) RX_MUST_USE;

/* An arena of strings: each is copied once and lives until the arena goes. */
struct rx_strings
{
  struct rx_strings_block *block;
};

void rx_strings_free (struct rx_strings *strings);

/* Moves all strings of *from into *into, where they live on at their old
   addresses; *from is empty then. */
void rx_strings_take (struct rx_strings *into, struct rx_strings *from);

/* A NUL-terminated copy of text[0..length), NULL when there is no memory. */
const char *rx_strings_add (struct rx_strings *strings, const char *text,
                            size_t length) RX_MUST_USE;
const char *rx_strings_addz (struct rx_strings *strings,
                             const char *text) RX_MUST_USE;
const char *rx_strings_format (struct rx_strings *strings, const char *format,
                               ...) RX_MUST_USE RX_PRINTF (2, 3);

#endif /* RX_MEMORY_H */
