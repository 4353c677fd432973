/* code_map.c: the table is numbered by the codes it maps; then each drug of
   the register gets its new name, and the rows the numbers of those. */
#include "data/code_map.h"

#include "base/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct map
{
  struct rx_intern from; /* texts of the column `from` */
  size_t *row;           /* [from.n] of the table, where each is first seen */
  size_t room;
  struct rx_strings strings;
};

static void
map_free (struct map *map)
{
  rx_intern_free (&map->from);
  free (map->row);
  rx_strings_free (&map->strings);
}

static bool
find (const struct map *map, const char *code, uint32_t *number)
{
  struct rx_intern_key key;
  rx_intern_key (&key, code, strlen (code));
  return rx_intern_find (&map->from, &key, number);
}

/* The same code once more: to the same other one, or the map says two
   things. */
static enum rx_status
check_again (const struct rx_table *table, size_t first, size_t row, size_t to,
             struct rx_error *err)
{
  char found[RX_QUOTED_SIZE], before[RX_QUOTED_SIZE];
  if (strcmp (rx_table_cell (table, row, to), rx_table_cell (table, first, to))
      == 0)
    return RX_OK;
  return rx_fail_at (
      err, RX_EDATA, rx_table_where (table, row, to),
      "found %s, expected %s as on line %zu: a code is mapped to one other",
      rx_quotez (found, rx_table_cell (table, row, to)),
      rx_quotez (before, rx_table_cell (table, first, to)),
      table->lines[first]);
}

static enum rx_status
read_map (struct map *map, const struct rx_table *table, size_t from,
          size_t to, struct rx_error *err)
{
  map->from.strings = &map->strings;
  for (size_t row = 0; row < table->n_rows; row++)
    {
      uint32_t number;
      struct rx_intern_key key;
      const char *code = rx_table_cell (table, row, from);
      if (rx_table_missing (table, row, from))
        return rx_fail_at (err, RX_EDATA, rx_table_where (table, row, from),
                           "found \"%s\", expected a code: every row needs "
                           "one",
                           code);
      if (find (map, code, &number))
        {
          if (check_again (table, map->row[number], row, to, err) != RX_OK)
            return err->status;
          continue;
        }
      rx_intern_key (&key, code, strlen (code));
      if (rx_intern_add (&map->from, &key, &number, err) != RX_OK
          || rx_grow (&map->row, &map->room, (size_t)number + 1,
                      sizeof *map->row, err)
                 != RX_OK)
        return err->status;
      map->row[number] = row;
    }
  return RX_OK;
}

/* What each drug is called from now on; is_mapped[d]: by the table. */
static enum rx_status
rename_drugs (const struct rx_register *reg, const struct map *map,
              const struct rx_table *table, size_t to, struct rx_intern *names,
              uint32_t *number, bool *is_mapped, struct rx_error *err)
{
  for (size_t d = 0; d < reg->n_drugs; d++)
    {
      uint32_t at;
      struct rx_intern_key key;
      const char *name = reg->drugs[d];
      is_mapped[d] = find (map, name, &at)
                     && !rx_table_missing (table, map->row[at], to);
      if (is_mapped[d])
        name = rx_table_cell (table, map->row[at], to);
      rx_intern_key (&key, name, strlen (name));
      if (rx_intern_add (names, &key, &number[d], err) != RX_OK)
        return err->status;
    }
  return RX_OK;
}

/* The rows get the numbers of the new names, which are sorted. */
static enum rx_status
renumber (struct rx_register *reg, struct rx_intern *names,
          const uint32_t *number, const bool *is_mapped, struct rx_error *err)
{
  uint32_t *rank = NULL;
  enum rx_status status = rx_intern_sort (names, 0, &rank, err);
  const char **drugs = rx_array (names->n, sizeof *drugs);
  if (status == RX_OK && drugs == NULL)
    status = rx_fail_memory (err);
  for (size_t i = 0; i < reg->n_rows && status == RX_OK; i++)
    {
      size_t old = reg->drug[i];
      reg->audit.mapped_rows += is_mapped[old];
      reg->audit.unmapped_rows += !is_mapped[old];
      reg->drug[i] = (uint16_t)rank[number[old]];
    }
  free (rank);
  if (status != RX_OK)
    {
      free (drugs);
      return status;
    }
  memcpy (drugs, names->text, names->n * sizeof *drugs);
  free (reg->drugs);
  reg->drugs = drugs;
  reg->n_drugs = names->n;
  reg->has_map = true;
  return RX_OK;
}

enum rx_status
rx_code_map_apply (struct rx_register *reg, const struct rx_table *table,
                   const struct rx_code_columns *columns, struct rx_error *err)
{
  struct map map = { .room = 0 };
  struct rx_intern names = { .strings = &reg->strings };
  size_t from, to;
  uint32_t *number = rx_array (reg->n_drugs, sizeof *number);
  bool *is_mapped = rx_array (reg->n_drugs, sizeof *is_mapped);
  enum rx_status status
      = number == NULL || is_mapped == NULL ? rx_fail_memory (err) : RX_OK;
  if (status == RX_OK)
    status = rx_table_column (table, columns->from, &from, err);
  if (status == RX_OK)
    status = rx_table_column (table, columns->to, &to, err);
  if (status == RX_OK)
    status = read_map (&map, table, from, to, err);
  if (status == RX_OK)
    status
        = rename_drugs (reg, &map, table, to, &names, number, is_mapped, err);
  if (status == RX_OK)
    status = renumber (reg, &names, number, is_mapped, err);
  if (status == RX_OK)
    reg->synthetic = reg->synthetic || table->synthetic;
  map_free (&map);
  rx_intern_free (&names);
  free (number);
  free (is_mapped);
  return status;
}
