/* text.h: a string that grows, and the quoting of what was found in a file.

   A struct rx_text starts as {0}; the functions append to it.  A failed
   allocation is remembered (`failed`) and asked for once at the end, so that
   writers read as a list of what they write. */
#ifndef RX_TEXT_H
#define RX_TEXT_H

#include "base/status.h"

struct rx_text
{
  char *data; /* NUL-terminated once anything was appended, else NULL */
  size_t length, room;
  bool failed;
};

void rx_text_free (struct rx_text *text);
void rx_text_clear (struct rx_text *text);
void rx_text_add (struct rx_text *text, const char *bytes, size_t length);
void rx_text_addz (struct rx_text *text, const char *string);
void rx_text_addc (struct rx_text *text, char c);
void rx_text_addf (struct rx_text *text, const char *format, ...)
    RX_PRINTF (2, 3);
/* n spaces (or other characters), for columns. */
void rx_text_pad (struct rx_text *text, char c, size_t n);

/* The string so far, "" when nothing was appended. */
const char *rx_text_string (const struct rx_text *text);

enum
{
  RX_QUOTED_SIZE = 96 /* bytes that a quotation takes at the most */
};

/* Writes found[0..length) in double quotes into out, for an error message:
   control and non-UTF-8 bytes as \xNN, cut with "..." after about forty
   characters.  Returns out. */
const char *rx_quote (char out[RX_QUOTED_SIZE], const char *found,
                      size_t length);
const char *rx_quotez (char out[RX_QUOTED_SIZE], const char *found);

/* Length of the valid UTF-8 sequence (1 to 4 bytes) at s, 0 if it is none. */
size_t rx_utf8_length (const unsigned char *s, size_t left);

/* Are all of these bytes UTF-8? */
bool rx_utf8_valid (const char *bytes, size_t length);

/* Columns that a UTF-8 string takes on a terminal, counting code points. */
size_t rx_text_width (const char *string);

#endif /* RX_TEXT_H */
