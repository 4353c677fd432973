/* text.c: a string that grows. */
#include "base/text.h"

#include "base/memory.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum
{
  QUOTE_CHARACTERS = 40 /* characters quoted before "..." */
};

void
rx_text_free (struct rx_text *text)
{
  free (text->data);
  *text = (struct rx_text){ 0 };
}

void
rx_text_clear (struct rx_text *text)
{
  text->length = 0;
  if (text->data != NULL)
    text->data[0] = '\0';
}

static bool
reserve (struct rx_text *text, size_t more)
{
  struct rx_error ignored; /* only failed is kept; the caller words it */
  if (text->failed
      || rx_grow (&text->data, &text->room, text->length + more + 1, 1,
                  &ignored)
             != RX_OK)
    {
      text->failed = true;
      return false;
    }
  return true;
}

void
rx_text_add (struct rx_text *text, const char *bytes, size_t length)
{
  if (!reserve (text, length))
    return;
  if (length > 0)
    memcpy (text->data + text->length, bytes, length);
  text->length += length;
  text->data[text->length] = '\0';
}

void
rx_text_addz (struct rx_text *text, const char *string)
{
  rx_text_add (text, string, strlen (string));
}

void
rx_text_addc (struct rx_text *text, char c)
{
  rx_text_add (text, &c, 1);
}

void
rx_text_addf (struct rx_text *text, const char *format, ...)
{
  va_list args;
  va_start (args, format);
  int length = vsnprintf (NULL, 0, format, args);
  va_end (args);
  if (length < 0 || !reserve (text, (size_t)length))
    {
      text->failed = true;
      return;
    }
  va_start (args, format);
  vsnprintf (text->data + text->length, (size_t)length + 1, format, args);
  va_end (args);
  text->length += (size_t)length;
}

void
rx_text_pad (struct rx_text *text, char c, size_t n)
{
  for (size_t i = 0; i < n; i++)
    rx_text_addc (text, c);
}

const char *
rx_text_string (const struct rx_text *text)
{
  return text->data != NULL ? text->data : "";
}

size_t
rx_utf8_length (const unsigned char *s, size_t left)
{
  static const struct
  {
    unsigned char mask, lead;
    size_t length;
    unsigned long least;
  } forms[] = { { 0x80, 0x00, 1, 0 },
                { 0xE0, 0xC0, 2, 0x80 },
                { 0xF0, 0xE0, 3, 0x800 },
                { 0xF8, 0xF0, 4, 0x10000 } };

  for (size_t f = 0; left > 0 && f < sizeof forms / sizeof forms[0]; f++)
    {
      if ((s[0] & forms[f].mask) != forms[f].lead)
        continue;
      if (forms[f].length > left)
        return 0;
      unsigned long code = s[0] & (unsigned char)~forms[f].mask;
      for (size_t i = 1; i < forms[f].length; i++)
        {
          if ((s[i] & 0xC0) != 0x80)
            return 0;
          code = (code << 6) | (s[i] & 0x3F);
        }
      bool surrogate = code >= 0xD800 && code <= 0xDFFF;
      return code >= forms[f].least && !surrogate && code <= 0x10FFFF
                 ? forms[f].length
                 : 0;
    }
  return 0;
}

bool
rx_utf8_valid (const char *bytes, size_t length)
{
  const unsigned char *s = (const unsigned char *)bytes;
  size_t n;
  for (; length > 0; s += n, length -= n)
    if ((n = rx_utf8_length (s, length)) == 0)
      return false;
  return true;
}

size_t
rx_text_width (const char *string)
{
  size_t width = 0;
  for (const char *s = string; *s != '\0'; s++)
    if (((unsigned char)*s & 0xC0) != 0x80)
      width++;
  return width;
}

const char *
rx_quote (char out[RX_QUOTED_SIZE], const char *found, size_t length)
{
  size_t at = 0, used = 0, shown = 0;
  out[used++] = '"';
  while (at < length && shown < QUOTE_CHARACTERS
         && used + 8 < RX_QUOTED_SIZE) /* 4 for \xNN, 4 for ..." */
    {
      const unsigned char *s = (const unsigned char *)found + at;
      size_t n = rx_utf8_length (s, length - at);
      if (n == 0 || (n == 1 && (s[0] < 0x20 || s[0] == 0x7F)))
        {
          used += (size_t)snprintf (out + used, RX_QUOTED_SIZE - used,
                                    "\\x%02X", s[0]);
          at++;
        }
      else
        {
          memcpy (out + used, s, n);
          used += n;
          at += n;
        }
      shown++;
    }
  if (at < length)
    {
      memcpy (out + used, "...", 3);
      used += 3;
    }
  out[used++] = '"';
  out[used] = '\0';
  return out;
}

const char *
rx_quotez (char out[RX_QUOTED_SIZE], const char *found)
{
  return rx_quote (out, found, strlen (found));
}
