/* register_pass.c: chunks of whole lines go round a ring of slots.

   Three things are done to a chunk: its bytes are read (and digested, and
   decompressed where they must be), its lines are parsed, its rows are taken
   into the register.  Reading and taking go chunk by chunk in the order of
   the file, one thread at a time; parsing goes on any number of chunks at
   once.  A thread does whatever can be done next, taking before reading, so
   that there is nothing to tune, one thread alone works too, and the register
   sees rows, and the referee lines, in the order of the file.

   Where the referee is inside a quoted field at the start of a line, the line
   is not a record whatever it looks like: it goes to the referee, and so on
   until a record ends with a line.  From there on the lines that were parsed
   hold again, for each was parsed by itself. */
#include "data/register_pass.h"

#include "base/threads.h"
#include "data/register_take.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

enum
{
  CHUNK_SIZE = 256 * 1024, /* bytes: with its columns it stays in the cache */
  SLOTS_PER_THREAD = 2
};

enum stage
{
  FREE,
  READ, /* being parsed, or about to be */
  PARSED
};

struct slot
{
  enum stage stage;
  char *bytes;   /* [pass->chunk] */
  size_t whole;  /* of bytes: lines that end in LF */
  size_t length; /* and what follows them: the referee's */
  bool is_last;
  struct rx_error error; /* of reading, after these bytes; or of parsing */
  struct rx_register_lines lines;
};

struct pass
{
  struct rx_register_reader *reader;
  struct rx_csv *csv;
  struct rx_source *source;
  const struct rx_byte_marks *marks;
  bool referee_only;
  size_t chunk, n_slots;
  struct slot *slots;

  pthread_mutex_t lock; /* guards what follows */
  pthread_cond_t moved;
  size_t n_read, n_taken; /* chunks */
  bool reading, taking;   /* some thread is */
  bool at_end;            /* the last chunk was read */
  bool over;              /* taken to the end, or failed */

  char *carry; /* [chunk]: the start of a line whose end was not read yet */
  size_t n_carry;
};

/* ---- Reading ------------------------------------------------------------ */

/* Fills a slot; what follows the last LF is kept for the next one, where
   there is a next one and the line does not fill the slot. */
static void
read_chunk (struct pass *pass, struct slot *slot)
{
  size_t got = 1;
  slot->error = (struct rx_error){ RX_OK, "" };
  memcpy (slot->bytes, pass->carry, pass->n_carry);
  slot->length = pass->n_carry;
  while (slot->length < pass->chunk && got > 0
         && rx_source_read (pass->source, slot->bytes + slot->length,
                            pass->chunk - slot->length, &got, &slot->error)
                == RX_OK)
    slot->length += got;
  slot->is_last = got == 0 || slot->error.status != RX_OK;
  slot->whole = slot->length;
  while (slot->whole > 0 && slot->bytes[slot->whole - 1] != '\n')
    slot->whole--;
  pass->n_carry = 0;
  if (slot->whole > 0 && !slot->is_last)
    {
      pass->n_carry = slot->length - slot->whole;
      memcpy (pass->carry, slot->bytes + slot->whole, pass->n_carry);
      slot->length = slot->whole;
    }
}

/* ---- Parsing ------------------------------------------------------------ */

/* From byte `from` on; the lines before it went to the referee. */
static void
parse_chunk (const struct pass *pass, struct slot *slot, size_t from)
{
  struct rx_error err = { RX_OK, "" };
  struct rx_register_lines *lines = &slot->lines;
  if (pass->referee_only)
    {
      slot->whole = from;
      lines->n_runs = 0;
      return;
    }
  if (rx_register_lines_parse (lines, &pass->reader->form,
                               rx_csv_delimiter (pass->csv), pass->marks,
                               slot->bytes + from, slot->whole - from, &err)
      != RX_OK)
    slot->error = err;
}

/* ---- Taking ------------------------------------------------------------- */

/* The lines of a run to the referee, one by one, until a record ends with
   one; returns how many, and moves *at behind them. */
static enum rx_status
feed_lines (struct pass *pass, const char **at, const char *end, size_t *n,
            struct rx_error *err)
{
  enum rx_status status = RX_OK;
  while (*at < end && !rx_csv_between_records (pass->csv) && status == RX_OK)
    {
      const char *lf = memchr (*at, '\n', (size_t)(end - *at));
      size_t length = (size_t)(lf - *at) + 1;
      status = rx_csv_feed (pass->csv, *at, length, err);
      *at += length;
      ++*n;
    }
  return status;
}

static enum rx_status
take_run (struct pass *pass, struct rx_register_lines *lines,
          const struct rx_register_run *run, struct rx_error *err)
{
  const char *at = run->bytes, *end = at + run->length;
  size_t fed = 0;
  bool taken = false;
  if (run->n > 0)
    {
      enum rx_status status = feed_lines (pass, &at, end, &fed, err);
      if (status == RX_OK && fed < run->n)
        status = rx_register_take (pass->reader, lines, run->first + fed,
                                   run->n - fed, &taken, err);
      if (status != RX_OK)
        return status;
    }
  if (taken)
    rx_csv_skip_lines (pass->csv, run->n - fed);
  return taken ? RX_OK : rx_csv_feed (pass->csv, at, (size_t)(end - at), err);
}

static enum rx_status
take_chunk (struct pass *pass, struct slot *slot, struct rx_error *err)
{
  enum rx_status status = RX_OK;
  for (size_t i = 0; i < slot->lines.n_runs && status == RX_OK; i++)
    status = take_run (pass, &slot->lines, &slot->lines.runs[i], err);
  if (status == RX_OK)
    status = rx_csv_feed (pass->csv, slot->bytes + slot->whole,
                          slot->length - slot->whole, err);
  if (status == RX_OK && slot->error.status != RX_OK)
    {
      *err = slot->error;
      status = err->status;
    }
  return status;
}

/* ---- The ring ----------------------------------------------------------- */

static struct slot *
slot_of (struct pass *pass, size_t chunk)
{
  return &pass->slots[chunk % pass->n_slots];
}

/* The lock is held before and after each of these, not during the work. */
static enum rx_status
take_next (struct pass *pass, struct rx_error *err)
{
  struct slot *slot = slot_of (pass, pass->n_taken);
  pass->taking = true;
  pthread_mutex_unlock (&pass->lock);
  enum rx_status status = take_chunk (pass, slot, err);
  pthread_mutex_lock (&pass->lock);
  pass->taking = false;
  pass->n_taken++;
  slot->stage = FREE;
  if (status != RX_OK || slot->is_last)
    pass->over = true;
  pthread_cond_broadcast (&pass->moved);
  return status;
}

static void
read_next (struct pass *pass)
{
  struct slot *slot = slot_of (pass, pass->n_read);
  pass->reading = true;
  pthread_mutex_unlock (&pass->lock);
  read_chunk (pass, slot);
  pthread_mutex_lock (&pass->lock);
  pass->reading = false;
  pass->n_read++;
  pass->at_end = slot->is_last;
  slot->stage = READ;
  pthread_cond_broadcast (&pass->moved);
  pthread_mutex_unlock (&pass->lock);
  parse_chunk (pass, slot, 0);
  pthread_mutex_lock (&pass->lock);
  slot->stage = PARSED;
  pthread_cond_broadcast (&pass->moved);
}

static enum rx_status
work (void *context, size_t item, size_t thread, struct rx_error *err)
{
  struct pass *pass = context;
  enum rx_status status = RX_OK;
  (void)item, (void)thread;
  pthread_mutex_lock (&pass->lock);
  while (!pass->over && status == RX_OK)
    if (!pass->taking && slot_of (pass, pass->n_taken)->stage == PARSED)
      status = take_next (pass, err);
    else if (!pass->reading && !pass->at_end
             && slot_of (pass, pass->n_read)->stage == FREE)
      read_next (pass);
    else
      pthread_cond_wait (&pass->moved, &pass->lock);
  pthread_mutex_unlock (&pass->lock);
  return status;
}

/* ---- The whole file ----------------------------------------------------- */

/* Lines to the referee until the header is in; what is left of the chunk
   where that happens is parsed as the first one. */
static enum rx_status
read_head (struct pass *pass, struct rx_error *err)
{
  struct slot *slot = &pass->slots[0];
  size_t at = 0;
  enum rx_status status = RX_OK;
  do
    {
      read_chunk (pass, slot);
      for (at = 0; at < slot->whole && status == RX_OK
                   && !rx_csv_between_records (pass->csv);)
        {
          const char *from = slot->bytes + at;
          const char *lf = memchr (from, '\n', slot->whole - at);
          size_t length = (size_t)(lf - from) + 1;
          status = rx_csv_feed (pass->csv, from, length, err);
          at += length;
        }
      if (at < slot->whole || slot->is_last || status != RX_OK)
        break;
      status = rx_csv_feed (pass->csv, slot->bytes + slot->whole,
                            slot->length - slot->whole, err);
    }
  while (status == RX_OK);
  if (status != RX_OK)
    return status;
  if (rx_csv_between_records (pass->csv))
    parse_chunk (pass, slot, at);
  slot->stage = PARSED;
  pass->n_read = 1;
  pass->at_end = slot->is_last;
  return RX_OK;
}

static enum rx_status
make_slots (struct pass *pass, struct rx_error *err)
{
  pass->slots = rx_array (pass->n_slots, sizeof *pass->slots);
  pass->carry = malloc (pass->chunk);
  bool made = pass->slots != NULL && pass->carry != NULL;
  for (size_t i = 0; made && i < pass->n_slots; i++)
    {
      pass->slots[i].bytes = malloc (pass->chunk);
      made = pass->slots[i].bytes != NULL;
    }
  return made ? RX_OK : rx_fail_memory (err);
}

static void
free_slots (struct pass *pass)
{
  for (size_t i = 0; pass->slots != NULL && i < pass->n_slots; i++)
    {
      free (pass->slots[i].bytes);
      rx_register_lines_free (&pass->slots[i].lines);
    }
  free (pass->slots);
  free (pass->carry);
}

enum rx_status
rx_register_pass (struct rx_register_reader *reader, struct rx_csv *csv,
                  struct rx_source *source, const struct rx_register_how *how,
                  struct rx_error *err)
{
  const size_t threads = reader->threads;
  struct pass pass
      = { .reader = reader,
          .csv = csv,
          .source = source,
          .marks = how->marks != NULL ? how->marks : rx_byte_marks_best (),
          .referee_only = how->referee_only,
          .chunk = how->chunk > 0 ? how->chunk : CHUNK_SIZE,
          .n_slots = SLOTS_PER_THREAD * threads,
          .lock = PTHREAD_MUTEX_INITIALIZER,
          .moved = PTHREAD_COND_INITIALIZER };
  enum rx_status status = make_slots (&pass, err);
  if (status == RX_OK)
    status = read_head (&pass, err);
  if (status == RX_OK)
    {
      size_t n = pass.at_end ? 1 : threads; /* a small file needs no others */
      status = rx_threads_for (n, n, work, &pass, err);
    }
  if (status == RX_OK)
    status = rx_csv_finish (csv, err);
  free_slots (&pass);
  pthread_cond_destroy (&pass.moved);
  pthread_mutex_destroy (&pass.lock);
  return status;
}
