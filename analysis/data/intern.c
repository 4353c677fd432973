/* intern.c: an open-addressing hash table with linear probing.

   A slot carries up to 16 bytes of its text, so that the ids and codes of a
   register, which are shorter, are compared without leaving the slot: one
   cache miss a look-up where the file is in random order. */
#include "data/intern.h"

#include "base/names.h"

#include <stdlib.h>
#include <string.h>

enum
{
  WORD = sizeof (uint64_t),
  HALF = sizeof (uint32_t),
  FIRST_SLOTS = 64 /* of a table that holds something */
};

struct rx_intern_slot
{
  uint64_t first, last;
  uint32_t length;
  uint32_t entry; /* number + 1; 0: free */
};

void
rx_intern_free (struct rx_intern *intern)
{
  free (intern->text);
  free (intern->slot);
  *intern = (struct rx_intern){ .strings = intern->strings };
}

/* ---- Keys --------------------------------------------------------------- */

static uint64_t
word_at (const char *text)
{
  uint64_t word;
  memcpy (&word, text, sizeof word);
  return word;
}

static uint32_t
half_at (const char *text)
{
  uint32_t half;
  memcpy (&half, text, sizeof half);
  return half;
}

/* Multiply and fold; the constants are odd numbers with about as many ones as
   zeros (2^64 divided by the golden ratio, and one of wyhash). */
static uint64_t
mix (uint64_t a, uint64_t b)
{
  a = (a ^ UINT64_C (0x9e3779b97f4a7c15)) * UINT64_C (0xa0761d6478bd642f);
  return a ^ (a >> 32) ^ b;
}

/* The first and the last bytes, which overlap in a text shorter than both
   together; with the length they tell texts of up to 16 bytes apart. */
void
rx_intern_key (struct rx_intern_key *key, const char *text, size_t length)
{
  uint64_t first = 0, last = 0;
  if (length >= WORD)
    {
      first = word_at (text);
      last = word_at (text + length - WORD);
    }
  else if (length >= HALF)
    {
      first = half_at (text);
      last = half_at (text + length - HALF);
    }
  else if (length > 0)
    first = (uint64_t)(unsigned char)text[0] << 16
            | (uint64_t)(unsigned char)text[length / 2] << 8
            | (unsigned char)text[length - 1];
  uint64_t hash = mix (mix (first, last), length);
  for (size_t i = WORD; i + WORD < length; i += WORD)
    hash = mix (hash, word_at (text + i));
  key->text = text;
  key->first = first;
  key->last = last;
  key->length = (uint32_t)length;
  key->hash = (uint32_t)(mix (hash, 0) >> 32);
}

static bool
same (const struct rx_intern *intern, const struct rx_intern_slot *slot,
      const struct rx_intern_key *key)
{
  if (slot->first != key->first || slot->last != key->last
      || slot->length != key->length)
    return false;
  return key->length <= 2 * WORD
         || memcmp (intern->text[slot->entry - 1], key->text, key->length)
                == 0;
}

/* ---- The table ---------------------------------------------------------- */

/* The slot that holds the text, or the free one where it belongs. */
static struct rx_intern_slot *
probe (const struct rx_intern *intern, const struct rx_intern_key *key)
{
  size_t mask = intern->n_slots - 1, at = key->hash & mask;
  while (intern->slot[at].entry != 0 && !same (intern, &intern->slot[at], key))
    at = (at + 1) & mask;
  return &intern->slot[at];
}

/* Twice the slots, once more than half of them are taken. */
static enum rx_status
grow (struct rx_intern *intern, struct rx_error *err)
{
  if (2 * intern->n < intern->n_slots)
    return RX_OK;
  struct rx_intern_slot *old = intern->slot;
  size_t n_old = intern->n_slots, n = n_old > 0 ? 2 * n_old : FIRST_SLOTS;
  struct rx_intern_slot *slot = rx_array (n, sizeof *slot);
  if (slot == NULL)
    return rx_fail_memory (err);
  intern->slot = slot;
  intern->n_slots = n;
  for (size_t i = 0; i < n_old; i++)
    if (old[i].entry != 0)
      {
        struct rx_intern_key key;
        rx_intern_key (&key, intern->text[old[i].entry - 1], old[i].length);
        *probe (intern, &key) = old[i];
      }
  free (old);
  return RX_OK;
}

void
rx_intern_prefetch (const struct rx_intern *intern,
                    const struct rx_intern_key *key)
{
#if defined(__GNUC__)
  if (intern->n_slots > 0)
    __builtin_prefetch (&intern->slot[key->hash & (intern->n_slots - 1)]);
#else
  (void)intern, (void)key;
#endif
}

bool
rx_intern_find (const struct rx_intern *intern,
                const struct rx_intern_key *key, uint32_t *number)
{
  if (intern->n_slots == 0)
    return false;
  const struct rx_intern_slot *slot = probe (intern, key);
  if (slot->entry == 0)
    return false;
  *number = slot->entry - 1;
  return true;
}

enum rx_status
rx_intern_add (struct rx_intern *intern, const struct rx_intern_key *key,
               uint32_t *number, struct rx_error *err)
{
  if (rx_intern_find (intern, key, number))
    return RX_OK;
  if (intern->n >= UINT32_MAX - 1)
    return rx_fail (err, RX_EDATA, "more than %u different texts",
                    UINT32_MAX - 1);
  if (grow (intern, err) != RX_OK
      || rx_grow (&intern->text, &intern->room, intern->n + 1,
                  sizeof *intern->text, err)
             != RX_OK)
    return err->status;
  const char *copy = rx_strings_add (intern->strings, key->text, key->length);
  if (copy == NULL)
    return rx_fail_memory (err);
  *number = (uint32_t)intern->n;
  *probe (intern, key) = (struct rx_intern_slot){ key->first, key->last,
                                                  key->length, *number + 1 };
  intern->text[intern->n++] = copy;
  return RX_OK;
}

/* ---- Sorting ------------------------------------------------------------ */

/* A text with a number that orders most pairs without looking at them. */
struct keyed
{
  uint64_t key;
  const char *text;
  uint32_t number;
};

/* Never orders two texts otherwise than rx_name_compare: whole numbers of up
   to 18 digits by value, longer ones alike above them, then the first bytes of
   everything else. */
static uint64_t
key_of (const char *text)
{
  const uint64_t is_text = UINT64_C (1) << 63;
  uint64_t value = 0, bytes = 0;
  size_t n = 0;
  for (; text[n] >= '0' && text[n] <= '9'; n++)
    value = value < UINT64_C (100000000000000000)
                ? 10 * value + (uint64_t)(text[n] - '0')
                : is_text - 1;
  if (n > 0 && text[n] == '\0')
    return value < is_text - 1 ? value : is_text - 1;
  for (n = 0; n < sizeof bytes && text[n] != '\0'; n++)
    bytes |= (uint64_t)(unsigned char)text[n] << (8 * (sizeof bytes - 1 - n));
  return is_text | bytes >> 1;
}

static int
compare (const void *a, const void *b)
{
  const struct keyed *x = a, *y = b;
  if (x->key != y->key)
    return x->key < y->key ? -1 : 1;
  return rx_name_compare (x->text, y->text);
}

enum rx_status
rx_intern_sort (struct rx_intern *intern, size_t fixed, uint32_t **rank,
                struct rx_error *err)
{
  size_t n = intern->n;
  struct keyed *keyed = rx_array (n, sizeof *keyed);
  *rank = rx_array (n, sizeof **rank);
  if (keyed == NULL || *rank == NULL)
    {
      free (keyed);
      free (*rank);
      *rank = NULL;
      return rx_fail_memory (err);
    }
  for (size_t i = 0; i < n; i++)
    keyed[i] = (struct keyed){ key_of (intern->text[i]), intern->text[i],
                               (uint32_t)i };
  if (n > fixed)
    qsort (keyed + fixed, n - fixed, sizeof *keyed, compare);
  for (size_t i = 0; i < n; i++)
    {
      intern->text[i] = keyed[i].text;
      (*rank)[keyed[i].number] = (uint32_t)i;
    }
  free (keyed);
  free (intern->slot);
  intern->slot = NULL;
  intern->n_slots = 0;
  return RX_OK;
}
