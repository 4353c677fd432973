/* register_rows.c: a counting sort by person, and a small hash table per
   person for the repeats.  Columns are moved, and persons looked through, on
   several threads. */
#include "data/register_rows.h"

#include "base/threads.h"

#include <stdlib.h>
#include <string.h>

static enum rx_status
count_rows (struct rx_register *reg, const uint32_t *person,
            struct rx_error *err)
{
  reg->start = rx_array (reg->n_persons + 1, sizeof *reg->start);
  if (reg->start == NULL)
    return rx_fail_memory (err);
  for (size_t i = 0; i < reg->n_rows; i++)
    reg->start[person[i] + 1]++;
  for (size_t p = 0; p < reg->n_persons; p++)
    reg->start[p + 1] += reg->start[p];
  return RX_OK;
}

static bool
in_order (const uint32_t *person, size_t n)
{
  for (size_t i = 1; i < n; i++)
    if (person[i] < person[i - 1])
      return false;
  return true;
}

/* Turns person[row] into the place of the row. */
static enum rx_status
make_places (const struct rx_register *reg, uint32_t *person,
             struct rx_error *err)
{
  uint32_t *next = rx_array (reg->n_persons, sizeof *next);
  if (next == NULL)
    return rx_fail_memory (err);
  memcpy (next, reg->start, reg->n_persons * sizeof *next);
  for (size_t i = 0; i < reg->n_rows; i++)
    person[i] = next[person[i]]++;
  free (next);
  return RX_OK;
}

static enum rx_status
permute (uint16_t **column, const uint32_t *place, size_t n,
         struct rx_error *err)
{
  uint16_t *moved = malloc (n * sizeof *moved);
  if (moved == NULL)
    return rx_fail_memory (err);
  for (size_t i = 0; i < n; i++)
    moved[place[i]] = (*column)[i];
  free (*column);
  *column = moved;
  return RX_OK;
}

static enum rx_status
permute_bytes (uint8_t **column, const uint32_t *place, size_t n,
               struct rx_error *err)
{
  uint8_t *moved = malloc (n);
  if (moved == NULL)
    return rx_fail_memory (err);
  for (size_t i = 0; i < n; i++)
    moved[place[i]] = (*column)[i];
  free (*column);
  *column = moved;
  return RX_OK;
}

struct moving
{
  struct rx_register *reg;
  const uint32_t *place;
  uint8_t **given;
};

/* One column; the item says which. */
static enum rx_status
move_column (void *context, size_t item, size_t thread, struct rx_error *err)
{
  struct moving *moving = context;
  struct rx_register *reg = moving->reg;
  uint16_t **const columns[] = { &reg->day, &reg->drug, &reg->indication };
  const size_t n_columns = sizeof columns / sizeof columns[0];
  (void)thread;
  if (item == 0)
    return reg->has_amount
               ? rx_amounts_permute (&reg->amount, moving->place, err)
               : RX_OK;
  if (item <= n_columns)
    return *columns[item - 1] != NULL
               ? permute (columns[item - 1], moving->place, reg->n_rows, err)
               : RX_OK;
  return *moving->given != NULL
             ? permute_bytes (moving->given, moving->place, reg->n_rows, err)
             : RX_OK;
}

enum rx_status
rx_register_group (struct rx_register *reg, uint32_t *person, uint8_t **given,
                   size_t threads, struct rx_error *err)
{
  enum
  {
    COLUMNS = 5 /* of move_column; the amounts, which are most, first */
  };
  struct moving moving = { reg, person, given };
  if (count_rows (reg, person, err) != RX_OK)
    return err->status;
  if (in_order (person, reg->n_rows))
    return RX_OK;
  if (make_places (reg, person, err) != RX_OK)
    return err->status;
  return rx_threads_for (COLUMNS, threads, move_column, &moving, err);
}

/* ---- Repeats ------------------------------------------------------------ */

/* All columns of a row in two words. */
struct packed
{
  uint64_t codes; /* day, drug, indication, what is given of the person */
  int64_t amount;
};

static struct packed
pack (const struct rx_register *reg, const uint8_t *given, size_t row)
{
  struct packed packed = { .amount = rx_register_amount (reg, row) };
  packed.codes = (uint64_t)reg->day[row] | (uint64_t)reg->drug[row] << 16;
  if (reg->indication != NULL)
    packed.codes |= (uint64_t)reg->indication[row] << 32;
  if (given != NULL)
    packed.codes |= (uint64_t)given[row] << 48;
  return packed;
}

static size_t
hash (struct packed packed)
{
  uint64_t h = packed.codes * UINT64_C (0x9e3779b97f4a7c15);
  h = (h ^ h >> 32 ^ (uint64_t)packed.amount) * UINT64_C (0xd6e8feb86659fd93);
  return (size_t)(h >> 32);
}

/* A table of rows already seen, twice as large as the person has rows. */
struct seen
{
  uint32_t *slot; /* row - first row + 1; 0: free */
  size_t room;
};

static size_t
count_person (const struct rx_register *reg, const uint8_t *given,
              uint32_t first, uint32_t n, struct seen *seen)
{
  size_t mask = 1, count = 0;
  while (mask < 2 * (size_t)n)
    mask *= 2;
  memset (seen->slot, 0, mask * sizeof *seen->slot);
  mask--;
  for (uint32_t i = 0; i < n; i++)
    {
      struct packed row = pack (reg, given, first + i);
      size_t at = hash (row) & mask;
      for (; seen->slot[at] != 0; at = (at + 1) & mask)
        {
          struct packed other = pack (reg, given, first + seen->slot[at] - 1);
          if (other.codes == row.codes && other.amount == row.amount)
            break;
        }
      if (seen->slot[at] != 0)
        count++;
      else
        seen->slot[at] = i + 1;
    }
  return count;
}

/* Persons are looked through in parts; each thread has a table. */
struct search
{
  const struct rx_register *reg;
  const uint8_t *given;
  struct seen *seen; /* [threads] */
  size_t *count;     /* [parts] */
  size_t parts;
};

static enum rx_status
search_part (void *context, size_t part, size_t thread, struct rx_error *err)
{
  struct search *search = context;
  const struct rx_register *reg = search->reg;
  struct seen *seen = &search->seen[thread];
  size_t end = reg->n_persons * (part + 1) / search->parts;
  for (size_t p = reg->n_persons * part / search->parts; p < end; p++)
    {
      uint32_t first = reg->start[p], n = reg->start[p + 1] - first;
      if (n < 2)
        continue;
      /* the next power of two above 2n is below 4n */
      if (rx_grow (&seen->slot, &seen->room, 4 * (size_t)n, sizeof *seen->slot,
                   err)
          != RX_OK)
        return err->status;
      search->count[part] += count_person (reg, search->given, first, n, seen);
    }
  return RX_OK;
}

enum rx_status
rx_register_duplicates (const struct rx_register *reg, const uint8_t *given,
                        size_t threads, size_t *count, struct rx_error *err)
{
  enum
  {
    PARTS_PER_THREAD = 8 /* persons differ in how many rows they have */
  };
  struct search search
      = { .reg = reg, .given = given, .parts = PARTS_PER_THREAD * threads };
  search.seen = rx_array (threads, sizeof *search.seen);
  search.count = rx_array (search.parts, sizeof *search.count);
  enum rx_status status = search.seen == NULL || search.count == NULL
                              ? rx_fail_memory (err)
                              : rx_threads_for (search.parts, threads,
                                                search_part, &search, err);
  *count = 0;
  for (size_t i = 0; i < search.parts && status == RX_OK; i++)
    *count += search.count[i];
  for (size_t i = 0; i < threads && search.seen != NULL; i++)
    free (search.seen[i].slot);
  free (search.seen);
  free (search.count);
  return status;
}
