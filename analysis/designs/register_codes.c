/* register_codes.c: patterns become a byte for every code. */
#include "designs/register_codes.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

static bool
matches (struct rx_texts patterns, const char *code)
{
  for (size_t i = 0; i < patterns.n; i++)
    if (*code != '\0' && rx_atc_match (patterns.text[i], code))
      return true;
  return false;
}

enum rx_status
rx_codes_make (struct rx_codes *codes, const char *const *code, size_t n_codes,
               struct rx_texts patterns, struct rx_texts except,
               struct rx_error *err)
{
  codes->n = 0;
  codes->has = rx_array (n_codes, sizeof *codes->has);
  if (codes->has == NULL)
    return rx_fail_memory (err);
  for (size_t i = 0; i < n_codes; i++)
    {
      bool has = (patterns.n == 0 || matches (patterns, code[i]))
                 && !matches (except, code[i]);
      codes->has[i] = has;
      codes->n += has;
    }
  return RX_OK;
}

bool
rx_codes_but_for_case (struct rx_texts patterns, const char *code)
{
  bool any = false;
  for (size_t i = 0; i < patterns.n && *code != '\0'; i++)
    {
      const char *pattern = patterns.text[i];
      size_t n = strlen (pattern);
      bool is_prefix = n > 0 && pattern[n - 1] == '*';
      any = any
            || (is_prefix ? strncasecmp (pattern, code, n - 1)
                          : strcasecmp (pattern, code))
                   == 0;
    }
  return any && !matches (patterns, code);
}

void
rx_codes_free (struct rx_codes *codes)
{
  free (codes->has);
  *codes = (struct rx_codes){ 0 };
}
