/* csv_field.c: fields of CSV files. */
#include "report/csv_field.h"

#include <string.h>

void
rx_csv_field (struct rx_text *out, const char *field)
{
  if (strpbrk (field, ",;\t\"#\r\n") == NULL)
    {
      rx_text_addz (out, field);
      return;
    }
  rx_text_addc (out, '"');
  for (const char *s = field; *s != '\0'; s++)
    {
      if (*s == '"')
        rx_text_addc (out, '"');
      rx_text_addc (out, *s);
    }
  rx_text_addc (out, '"');
}
