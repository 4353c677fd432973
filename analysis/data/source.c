/* source.c: bytes in, decompressed where they must be, digested on the way.

   The first bytes are read when the source is opened, since they tell what
   it is: 1f 8b is gzip (RFC 1952), of which several members may follow each
   other (2.2); zeros after the last are the padding that tapes and block
   devices add.  Other containers are named rather than read as text. */
#include "data/source.h"

#include "base/inputs.h"

#include "base/memory.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

enum
{
  RAW_SIZE = 256 * 1024,  /* bytes read from the file at a time */
  CHUNK_SIZE = 64 * 1024, /* of a file that is read whole */
  MAGIC_SIZE = 6,         /* first bytes that tell the kind of a file */
  GZIP_ONLY = 16 + 15     /* inflateInit2: a gzip header, the full window */
};

struct rx_source
{
  int fd;
  char *name; /* for messages */
  struct rx_digest digest;
  char hex[RX_DIGEST_SIZE];
  unsigned char *raw; /* [RAW_SIZE], of which raw[at..filled) is unread */
  size_t at, filled;
  bool ended;     /* the file has no more bytes */
  bool is_gzip;   /* and stream is initialised */
  bool in_member; /* between a gzip header and its trailer */
  z_stream stream;
};

/* Bytes of the file as they are, digested; ended where there are no more. */
static enum rx_status
read_plain (struct rx_source *source, void *bytes, size_t room, size_t *got,
            struct rx_error *err)
{
  ssize_t n;
  *got = 0;
  if (source->ended)
    return RX_OK;
  do
    n = read (source->fd, bytes, room);
  while (n < 0 && errno == EINTR);
  if (n < 0)
    return rx_fail_errno (err, source->name, "cannot read", errno);
  if (n == 0)
    {
      source->ended = true;
      rx_digest_finish (&source->digest, source->hex);
      return RX_OK;
    }
  rx_digest_add (&source->digest, bytes, (size_t)n);
  *got = (size_t)n;
  return RX_OK;
}

/* Appends the next bytes of the file to raw. */
static enum rx_status
fill (struct rx_source *source, struct rx_error *err)
{
  size_t got;
  if (source->at == source->filled)
    source->at = source->filled = 0;
  enum rx_status status = read_plain (source, source->raw + source->filled,
                                      RAW_SIZE - source->filled, &got, err);
  source->filled += got;
  return status;
}

/* What people hand over in place of text, by its first bytes. */
static enum rx_status
refuse_containers (const struct rx_source *source, struct rx_error *err)
{
  static const struct
  {
    const char *bytes, *words;
  } kinds[] = {
    { "PK\003\004", "a zip archive or an Excel workbook; save it as CSV" },
    { "\320\317\021\340", "an old Excel workbook; save it as CSV" },
    { "\375"
      "7zXZ",
      "compressed with xz; unpack it, or use gzip" },
    { "\050\265\057\375", "compressed with zstd; unpack it, or use gzip" },
  };
  for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
    {
      size_t n = strlen (kinds[i].bytes);
      if (source->filled >= n && memcmp (source->raw, kinds[i].bytes, n) == 0)
        return rx_fail (err, RX_EDATA, "%s: this is %s", source->name,
                        kinds[i].words);
    }
  return RX_OK;
}

/* A pipe may hand over its first bytes one by one, so read until they are
   enough to tell. */
static enum rx_status
recognise (struct rx_source *source, struct rx_error *err)
{
  while (source->filled < MAGIC_SIZE && !source->ended)
    {
      enum rx_status status = fill (source, err);
      if (status != RX_OK)
        return status;
    }
  source->is_gzip = source->filled >= 2 && source->raw[0] == 0x1f
                    && source->raw[1] == 0x8b;
  if (!source->is_gzip)
    return refuse_containers (source, err);
  if (inflateInit2 (&source->stream, GZIP_ONLY) == Z_OK)
    {
      source->in_member = true;
      return RX_OK;
    }
  source->is_gzip = false;
  return rx_fail_memory (err);
}

static enum rx_status
open_file (struct rx_source *source, const char *path, struct rx_error *err)
{
  struct stat info;
  bool is_stdin = strcmp (path, "-") == 0;
  source->name = strdup (is_stdin ? "standard input" : path);
  source->raw = malloc (RAW_SIZE);
  if (source->name == NULL || source->raw == NULL)
    return rx_fail_memory (err);
  source->fd = is_stdin ? STDIN_FILENO : open (path, O_RDONLY | O_CLOEXEC);
  if (source->fd < 0)
    return rx_fail_errno (err, source->name, "cannot open", errno);
  if (fstat (source->fd, &info) == 0 && S_ISDIR (info.st_mode))
    return rx_fail_errno (err, source->name, "cannot read", EISDIR);
  return rx_inputs_add (source->fd, err);
}

enum rx_status
rx_source_open (struct rx_source **out, const char *path, struct rx_error *err)
{
  struct rx_source *source = rx_array (1, sizeof *source);
  *out = NULL;
  if (source == NULL)
    return rx_fail_memory (err);
  source->fd = -1;
  rx_digest_init (&source->digest);
  enum rx_status status = open_file (source, path, err);
  if (status == RX_OK)
    status = recognise (source, err);
  if (status == RX_OK)
    *out = source;
  else
    rx_source_close (source);
  return status;
}

void
rx_source_close (struct rx_source *source)
{
  if (source == NULL)
    return;
  if (source->is_gzip)
    inflateEnd (&source->stream);
  if (source->fd > STDIN_FILENO)
    close (source->fd);
  free (source->raw);
  free (source->name);
  free (source);
}

static enum rx_status
damaged (const struct rx_source *source, struct rx_error *err)
{
  return rx_fail (err, RX_EDATA, "%s: the compressed data are damaged%s%s",
                  source->name, source->stream.msg != NULL ? ": " : "",
                  source->stream.msg != NULL ? source->stream.msg : "");
}

/* Between two members: skips the padding and starts the next member, if there
   is one in raw. */
static enum rx_status
next_member (struct rx_source *source, struct rx_error *err)
{
  while (source->at < source->filled && source->raw[source->at] == 0)
    source->at++;
  if (source->at == source->filled)
    return RX_OK;
  if (inflateReset (&source->stream) != Z_OK)
    return damaged (source, err);
  source->in_member = true;
  return RX_OK;
}

/* One step of inflate; *got may well be 0 after it. */
static enum rx_status
inflate_some (struct rx_source *source, char *bytes, size_t room, size_t *got,
              struct rx_error *err)
{
  z_stream *stream = &source->stream;
  uInt most = room < INT_MAX ? (uInt)room : INT_MAX;
  stream->next_in = source->raw + source->at;
  stream->avail_in = (uInt)(source->filled - source->at);
  stream->next_out = (unsigned char *)bytes;
  stream->avail_out = most;
  int code = inflate (stream, Z_NO_FLUSH);
  source->at = source->filled - stream->avail_in;
  *got = most - stream->avail_out;
  if (code == Z_STREAM_END)
    source->in_member = false;
  else if (code == Z_MEM_ERROR)
    return rx_fail_memory (err);
  else if (code != Z_OK && code != Z_BUF_ERROR)
    return damaged (source, err);
  return RX_OK;
}

static enum rx_status
read_gzip (struct rx_source *source, char *bytes, size_t room, size_t *got,
           struct rx_error *err)
{
  enum rx_status status = RX_OK;
  while (status == RX_OK && *got == 0)
    {
      bool empty = source->at == source->filled;
      if (empty && source->ended && source->in_member)
        return rx_fail (
            err, RX_EDATA,
            "%s: the compressed data stop early; is the file whole?",
            source->name);
      if (empty && source->ended)
        return RX_OK;
      if (empty)
        status = fill (source, err);
      else if (!source->in_member)
        status = next_member (source, err);
      else
        status = inflate_some (source, bytes, room, got, err);
    }
  return status;
}

enum rx_status
rx_source_read (struct rx_source *source, char *bytes, size_t room,
                size_t *got, struct rx_error *err)
{
  *got = 0;
  if (room == 0)
    return RX_OK;
  if (source->is_gzip)
    return read_gzip (source, bytes, room, got, err);
  if (source->at == source->filled)
    return read_plain (source, bytes, room, got, err);
  size_t left = source->filled - source->at;
  *got = left < room ? left : room;
  memcpy (bytes, source->raw + source->at, *got);
  source->at += *got;
  return RX_OK;
}

const char *
rx_source_digest (const struct rx_source *source)
{
  return source->hex;
}

const char *
rx_source_name (const struct rx_source *source)
{
  return source->name;
}

enum rx_status
rx_source_whole (struct rx_source *source, const char *what, size_t most,
                 struct rx_text *text, struct rx_error *err)
{
  char chunk[CHUNK_SIZE];
  size_t got;
  do
    {
      if (rx_source_read (source, chunk, sizeof chunk, &got, err) != RX_OK)
        return err->status;
      rx_text_add (text, chunk, got);
      if (text->failed)
        return rx_fail_memory (err);
      if (text->length > most)
        return rx_fail (err, RX_EDATA, "%s: more than %zu bytes; is this %s?",
                        source->name, most, what);
    }
  while (got > 0);
  return RX_OK;
}
