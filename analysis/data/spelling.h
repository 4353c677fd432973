/* spelling.h: which of the known words did the writer mean? */
#ifndef RX_SPELLING_H
#define RX_SPELLING_H

#include <stddef.h>

/* The known word nearest in spelling to `word`, NULL when none is near enough
   to be worth suggesting.  Of equally near ones, the first. */
const char *rx_spelling_nearest (const char *word, const char *const *known,
                                 size_t n);

#endif /* RX_SPELLING_H */
