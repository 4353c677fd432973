/* fuzz_study.c: any bytes as a study file.

   A study that is accepted can be freed; one that is refused says why, with
   the file's name in front. */
#include "study/study_file.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  struct rx_study study = { 0 };
  struct rx_error err = { RX_OK, "" };
  enum rx_status status
      = rx_study_parse (&study, "fuzz.yaml", (const char *)data, size, &err);
  if (status != RX_OK
      && (status != RX_EDATA || err.status != status
          || strncmp (err.message, "fuzz.yaml:", 10) != 0))
    {
      fprintf (stderr, "fuzz_study: status %d: %s\n", (int)status,
               err.message);
      abort ();
    }
  rx_study_free (&study);
  return 0;
}
