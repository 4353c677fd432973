/* names.c: sorting names. */
#include "base/names.h"

#include "base/memory.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* Digits after leading zeros, NULL when the name is no whole number. */
static const char *
digits (const char *name)
{
  if (*name == '\0')
    return NULL;
  for (const char *s = name; *s != '\0'; s++)
    if (!isdigit ((unsigned char)*s))
      return NULL;
  while (*name == '0')
    name++;
  return name;
}

int
rx_name_compare (const char *a, const char *b)
{
  const char *x = digits (a), *y = digits (b);
  if (x != NULL && y != NULL)
    {
      size_t m = strlen (x), n = strlen (y);
      int order = m != n ? (m > n) - (m < n) : strcmp (x, y);
      return order != 0 ? order : strcmp (a, b); /* 1 and 01 differ */
    }
  if (x != NULL || y != NULL)
    return x != NULL ? -1 : 1;
  return strcmp (a, b);
}

static int
compare (const void *a, const void *b)
{
  return rx_name_compare (*(const char *const *)a, *(const char *const *)b);
}

enum rx_status
rx_levels_of (const char *const *name, size_t n, struct rx_levels *levels,
              struct rx_error *err)
{
  levels->n = 0;
  levels->name = rx_array (n, sizeof *levels->name);
  if (levels->name == NULL)
    return rx_fail_memory (err);
  for (size_t i = 0; i < n; i++)
    levels->name[i] = name[i];
  qsort (levels->name, n, sizeof *levels->name, compare);
  for (size_t i = 0; i < n; i++)
    if (levels->n == 0
        || strcmp (levels->name[levels->n - 1], levels->name[i]) != 0)
      levels->name[levels->n++] = levels->name[i];
  return RX_OK;
}

size_t
rx_levels_find (const struct rx_levels *levels, const char *name)
{
  const char **found = bsearch (&name, levels->name, levels->n,
                                sizeof *levels->name, compare);
  return found != NULL ? (size_t)(found - levels->name) : levels->n;
}
