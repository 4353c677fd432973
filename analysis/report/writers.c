/* writers.c: the formats there are.  report/writers.inc holds a line
   RX_WRITER (tsv) for every file of a writer; it is made from the list in the
   Makefile. */
#include "report/writer.h"

#include <string.h>

#define RX_WRITER(stem) extern const struct rx_writer rx_writer_##stem;
#include "report/writers.inc"
#undef RX_WRITER

const struct rx_writer *const rx_writers[] = {
#define RX_WRITER(stem) &rx_writer_##stem,
#include "report/writers.inc"
#undef RX_WRITER
};
const size_t rx_n_writers = sizeof rx_writers / sizeof rx_writers[0];

const struct rx_writer *
rx_writer_find (const char *name)
{
  for (size_t i = 0; i < rx_n_writers; i++)
    if (strcmp (rx_writers[i]->name, name) == 0)
      return rx_writers[i];
  return NULL;
}
