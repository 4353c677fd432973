/* fuzz_csv.c: any bytes as a CSV file.

   Beside the sanitizers' checks one property is tested: the bytes whole, one
   by one and in chunks drawn from the bytes themselves give the same comments,
   records, lines and complaint.  The corpus holds plain files; what varies in
   the format is drawn from a hash of the bytes. */
#include "base/text.h"
#include "data/csv.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

enum
{
  CHUNK_MOST = 13 /* bytes of a drawn chunk */
};

static void
demand (bool holds, const char *what)
{
  if (holds)
    return;
  fprintf (stderr, "fuzz_csv: %s\n", what);
  abort ();
}

static enum rx_status
tell_record (void *context, const struct rx_field *fields, size_t n,
             size_t line, bool is_header, struct rx_error *err)
{
  (void)err;
  rx_text_addf (context, "%c%zu/%zu", is_header ? 'H' : 'R', line, n);
  for (size_t i = 0; i < n; i++)
    {
      demand (strlen (fields[i].text) == fields[i].length, "a field's length");
      demand (!fields[i].quoted_empty || fields[i].length == 0,
              "a quoted empty field that is not");
      rx_text_addf (context, "%c%zu:%s", fields[i].quoted_empty ? '!' : '|',
                    fields[i].length, fields[i].text);
    }
  rx_text_addc (context, '\n');
  return RX_OK;
}

static enum rx_status
tell_comment (void *context, const char *text, struct rx_error *err)
{
  (void)err;
  rx_text_addf (context, "C%s\n", text);
  return RX_OK;
}

/* xorshift64 (Marsaglia 2003); the state is never 0. */
static uint64_t
draw (uint64_t *state)
{
  *state ^= *state << 13;
  *state ^= *state >> 7;
  *state ^= *state << 17;
  return *state;
}

/* seed 0: the whole; 1: byte by byte; else chunks of drawn sizes. */
static void
tell (struct rx_text *out, const struct rx_csv_format *format,
      const uint8_t *data, size_t size, uint64_t seed)
{
  struct rx_error err = { 0 };
  struct rx_csv *csv = NULL;
  enum rx_status status = rx_csv_alloc (&csv, "fuzz.csv", format, tell_record,
                                        tell_comment, out, &err);
  uint64_t state = seed;
  for (size_t at = 0, n; at < size && status == RX_OK; at += n)
    {
      n = size - at;
      if (seed == 1)
        n = 1;
      else if (seed > 1 && n > 1)
        {
          size_t drawn = (size_t)(draw (&state) % CHUNK_MOST) + 1;
          n = drawn < n ? drawn : n;
        }
      status = rx_csv_feed (csv, (const char *)data + at, n, &err);
    }
  if (status == RX_OK)
    status = rx_csv_finish (csv, &err);
  demand (status == RX_OK || status == RX_EDATA, "a strange status");
  if (status != RX_OK)
    {
      demand (err.status == status, "two statuses");
      demand (strncmp (err.message, "fuzz.csv:", 9) == 0, "no file named");
      rx_text_addz (out, err.message);
    }
  rx_csv_free (csv);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  static const char delimiters[] = { 0, 0, ',', '\t' };
  uint64_t hash = UINT64_C (0xcbf29ce484222325);
  for (size_t i = 0; i < size; i++)
    hash = (hash ^ data[i]) * UINT64_C (0x100000001b3); /* FNV-1a */
  struct rx_csv_format format = { .delimiter = delimiters[hash >> 62],
                                  .decimal = hash >> 61 & 1 ? ',' : '.',
                                  .latin1 = hash >> 58 == 0 };
  struct rx_text whole = { 0 }, bytes = { 0 }, chunks = { 0 };
  tell (&whole, &format, data, size, 0);
  tell (&bytes, &format, data, size, 1);
  tell (&chunks, &format, data, size, hash | 2);
  demand (strcmp (rx_text_string (&whole), rx_text_string (&bytes)) == 0,
          "byte by byte gives something else");
  demand (strcmp (rx_text_string (&whole), rx_text_string (&chunks)) == 0,
          "chunks give something else");
  rx_text_free (&whole);
  rx_text_free (&bytes);
  rx_text_free (&chunks);
  return 0;
}
