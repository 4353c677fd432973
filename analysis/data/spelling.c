/* spelling.c: nearest by the number of letters inserted, dropped, replaced or
   swapped with their neighbour (optimal string alignment; Boytsov, "Indexing
   methods for approximate dictionary searching", JEA 16, 2011, section 2.1).
   By hand: "metods" to "methods" is 1, "peroid" to "period" is 1.

   A difference of case alone counts nothing, and a word that starts another
   ("resp" for "response") counts as one letter off. */
#include "data/spelling.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

enum
{
  LONGEST = 63,          /* bytes of a word worth comparing */
  LETTERS_PER_ERROR = 3, /* a slip in three letters is still the same word */
  SHORTEST_START = 3     /* letters before a start counts as the word */
};

static int
fold (char c)
{
  return tolower ((unsigned char)c);
}

static size_t
least (size_t a, size_t b)
{
  return a < b ? a : b;
}

static size_t
distance (const char *a, size_t n_a, const char *b, size_t n_b)
{
  size_t rows[3][LONGEST + 1] = { { 0 } };
  size_t *before = rows[0], *last = rows[1], *row = rows[2];
  for (size_t j = 0; j <= n_b; j++)
    last[j] = j;
  for (size_t i = 1; i <= n_a; i++)
    {
      row[0] = i;
      for (size_t j = 1; j <= n_b; j++)
        {
          size_t differ = fold (a[i - 1]) != fold (b[j - 1]);
          row[j]
              = least (least (last[j], row[j - 1]) + 1, last[j - 1] + differ);
          if (i > 1 && j > 1 && fold (a[i - 1]) == fold (b[j - 2])
              && fold (a[i - 2]) == fold (b[j - 1]))
            row[j] = least (row[j], before[j - 2] + 1);
        }
      size_t *spare = before;
      before = last;
      last = row;
      row = spare;
    }
  return last[n_b];
}

const char *
rx_spelling_nearest (const char *word, const char *const *known, size_t n)
{
  const char *nearest = NULL;
  size_t n_word = strlen (word);
  size_t best = n_word / LETTERS_PER_ERROR + (n_word < LETTERS_PER_ERROR) + 1;
  for (size_t i = 0; i < n && n_word > 0 && n_word <= LONGEST; i++)
    {
      size_t n_known = strlen (known[i]);
      size_t shorter = least (n_word, n_known);
      if (n_known > LONGEST)
        continue;
      size_t off = distance (word, n_word, known[i], n_known);
      if (off > 1 && shorter >= SHORTEST_START
          && strncasecmp (word, known[i], shorter) == 0)
        off = 1;
      if (off < best && off < shorter)
        {
          best = off;
          nearest = known[i];
        }
    }
  return nearest;
}
