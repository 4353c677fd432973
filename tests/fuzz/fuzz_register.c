/* fuzz_register.c: any bytes as a register.

   The register, or the complaint, is the same through libcsv alone, in small
   chunks, and in chunks on two threads.  What varies in the format is drawn
   from a hash of the bytes. */
#include "base/date.h"
#include "register_ways.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

/* One file for all inputs, which has no name. */
static const char *
write_input (const uint8_t *data, size_t size)
{
  static char path[40];
  static FILE *file;
  if (file == NULL)
    {
      file = tmpfile ();
      if (file == NULL)
        abort ();
      snprintf (path, sizeof path, "/dev/fd/%d", fileno (file));
    }
  rewind (file);
  if (ftruncate (fileno (file), 0) != 0 || fwrite (data, 1, size, file) != size
      || fflush (file) != 0)
    abort ();
  return path;
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  static const char *const codes[] = { "", "NA", "-9" };
  static const struct rx_register_columns all = { .person = "person",
                                                  .date = "date",
                                                  .drug = "atc",
                                                  .amount = "ddd",
                                                  .indication = "reason",
                                                  .sex = "sex",
                                                  .birth_year = "born" };
  static const struct rx_register_columns few
      = { .person = "person", .date = "date", .drug = "atc" };
  uint64_t hash = UINT64_C (0xcbf29ce484222325);
  for (size_t i = 0; i < size; i++)
    hash = (hash ^ data[i]) * UINT64_C (0x100000001b3); /* FNV-1a */
  struct rx_csv_format format = { .decimal = hash >> 63 & 1 ? ',' : '.',
                                  .latin1 = hash >> 60 == 1,
                                  .missing = hash >> 61 == 3 ? codes : NULL,
                                  .n_missing = hash >> 61 == 3 ? 3 : 0 };
  if (hash >> 58 & 1)
    format.dates = &rx_date_formats[(hash >> 8) % rx_n_date_formats];
  const struct rx_register_columns *columns = hash >> 20 & 1 ? &few : &all;
  const struct rx_register_how ways[]
      = { { .threads = 1, .referee_only = true },
          { .threads = 1, .chunk = 1 + (hash >> 30) % 200 },
          { .threads = 2,
            .chunk = 1 + (hash >> 40) % 2000,
            .marks = &rx_byte_marks[rx_n_byte_marks - 1] } };
  const char *path = write_input (data, size);
  struct rx_text told[3] = { { 0 } };
  for (size_t i = 0; i < 3; i++)
    ways_tell (&told[i], path, &format, columns, &ways[i]);
  for (size_t i = 1; i < 3; i++)
    if (strcmp (rx_text_string (&told[0]), rx_text_string (&told[i])) != 0)
      {
        fprintf (stderr, "fuzz_register: way %zu:\n%s\nthe referee:\n%s\n", i,
                 rx_text_string (&told[i]), rx_text_string (&told[0]));
        abort ();
      }
  for (size_t i = 0; i < 3; i++)
    rx_text_free (&told[i]);
  return 0;
}
