/* figure_data.c: cells of the data of a figure, and names taken apart. */
#include "report/figure_data.h"

#include "report/tsv.h"

#include <stdlib.h>
#include <string.h>

void
rx_pictures_free (struct rx_pictures *pictures)
{
  for (size_t i = 0; i < pictures->n; i++)
    rx_text_free (&pictures->picture[i].tsv);
  free (pictures->picture);
  rx_strings_free (&pictures->strings);
  *pictures = (struct rx_pictures){ 0 };
}

struct rx_text *
rx_picture_add (struct rx_pictures *pictures, const char *part,
                const char *columns, struct rx_error *err)
{
  const char *kept = rx_strings_addz (&pictures->strings, part);
  if (rx_grow (&pictures->picture, &pictures->room, pictures->n + 1,
               sizeof *pictures->picture, err)
      != RX_OK)
    return NULL;
  if (kept == NULL)
    {
      rx_fail_memory (err);
      return NULL;
    }
  struct rx_picture *picture = &pictures->picture[pictures->n++];
  *picture = (struct rx_picture){ .part = kept };
  for (const char *s = columns; *s != '\0'; s++)
    rx_text_addc (&picture->tsv, *s == ' ' ? '\t' : *s);
  rx_text_addc (&picture->tsv, '\n');
  return &picture->tsv;
}

static void
separate (struct rx_text *tsv)
{
  if (tsv->length > 0 && tsv->data[tsv->length - 1] != '\n')
    rx_text_addc (tsv, '\t');
}

void
rx_picture_text (struct rx_text *tsv, const char *text)
{
  struct rx_text typographic = { 0 };
  for (const char *s = text; *s != '\0'; s++)
    if (*s == '"')
      rx_text_addz (&typographic, "\xE2\x80\x9D"); /* U+201D */
    else
      rx_text_addc (&typographic, *s);
  separate (tsv);
  rx_tsv_text (tsv, rx_text_string (&typographic), "-");
  tsv->failed = tsv->failed || typographic.failed;
  rx_text_free (&typographic);
}

void
rx_picture_number (struct rx_text *tsv, double x)
{
  separate (tsv);
  rx_tsv_number (tsv, x);
}

void
rx_picture_end_row (struct rx_text *tsv)
{
  rx_text_addc (tsv, '\n');
}

const char *
rx_note_value (const char *note, const char *key, struct rx_strings *strings)
{
  size_t n = strlen (key);
  while (*note != '\0')
    {
      const char *end = strstr (note, "; ");
      size_t length = end != NULL ? (size_t)(end - note) : strlen (note);
      if (length > n && strncmp (note, key, n) == 0 && note[n] == '=')
        return rx_strings_add (strings, note + n + 1, length - n - 1);
      note += end != NULL ? length + 2 : length;
    }
  return NULL;
}

/* text[0..length) with "%2F" as "/". */
static const char *
unescape (const char *text, size_t length, struct rx_strings *strings)
{
  struct rx_text plain = { 0 };
  for (size_t i = 0; i < length; i++)
    if (length - i >= 3 && strncmp (text + i, "%2F", 3) == 0)
      {
        rx_text_addc (&plain, '/');
        i += 2;
      }
    else
      rx_text_addc (&plain, text[i]);
  const char *copy = plain.failed
                         ? NULL
                         : rx_strings_addz (strings, rx_text_string (&plain));
  rx_text_free (&plain);
  return copy;
}

bool
rx_cell_name_read (struct rx_cell_name *name, const char *term,
                   struct rx_strings *strings)
{
  const char *last = strrchr (term, '/');
  if (last == NULL)
    return false;
  const char *middle = last;
  while (middle > term && middle[-1] != '/')
    middle--;
  if (middle <= term + 1 || middle == last || last[1] == '\0')
    return false;
  name->first = rx_strings_add (strings, term, (size_t)(middle - 1 - term));
  name->period = unescape (middle, (size_t)(last - middle), strings);
  name->treatment = unescape (last + 1, strlen (last + 1), strings);
  return name->first != NULL && name->period != NULL
         && name->treatment != NULL;
}
