/* gnuplot.c: gnuplot as a child process.

   It runs in the folder of the picture, so that the names it is given are
   those that a reader would type there, wherever the folder is; "./" before
   them keeps a name such as "<x" or "|x" from being taken for a command.

   gnuplot exits with 0 after a warning (a column that is not there, an empty
   range), so anything on standard error is a failure.

   The bytes of a picture must repeat.  SVG and PNG do.  A PDF carries the
   clock (cairo 1.16 has no way to set it): its digits are overwritten at equal
   length, so that the offsets within the file stay true; TZ=UTC0 fixes the
   time zone behind them. */
#ifdef HAVE_CONFIG_H
#include <config.h>
#endif
#ifndef _GNU_SOURCE
#define _GNU_SOURCE /* memmem, pipe2, posix_spawn_file_actions_addchdir_np */
#endif
#include "report/gnuplot.h"

#include "base/memory.h"
#include "base/output.h"
#include "base/text.h"

#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include <zlib.h>

extern char **environ;

enum
{
  WORDS_MOST = 600, /* bytes of gnuplot's complaint that go into a message */
  PNG_HEAD = 33,    /* bytes of a PNG's signature and its IHDR chunk */
  PIXELS_PER_METRE = 11811 /* 300 dots per inch, as style.gp draws a PNG */
};

/* ---- the picture ------------------------------------------------------ */

static const char pdf_date[] = "20000101000000"; /* the millennium, in UTC */

/* "/CreationDate (D:20261122191854Z)" -> the fixed date, wherever a PDF tells
   one. */
static void
settle_dates (char *bytes, size_t length)
{
  static const char *const keys[] = { "/CreationDate (D:", "/ModDate (D:" };
  size_t digits = strlen (pdf_date);
  for (size_t k = 0; k < sizeof keys / sizeof keys[0]; k++)
    {
      size_t n = strlen (keys[k]);
      char *end = bytes + length, *at = bytes;
      while ((at = memmem (at, (size_t)(end - at), keys[k], n)) != NULL)
        {
          at += n;
          if ((size_t)(end - at) >= digits
              && strspn (at, "0123456789") >= digits)
            memcpy (at, pdf_date, digits);
        }
    }
}

static bool
starts_with (const char *bytes, size_t length, const char *start)
{
  size_t n = strlen (start);
  return length >= n && memcmp (bytes, start, n) == 0;
}

static bool
holds (const char *bytes, size_t length, const char *part)
{
  return memmem (bytes, length, part, strlen (part)) != NULL;
}

enum rx_status
rx_gnuplot_settle (const char *name, char *bytes, size_t length,
                   struct rx_error *err)
{
  const char *ending = strrchr (name, '.');
  bool whole = false;
  if (bytes == NULL || ending == NULL)
    length = 0; /* gnuplot made the file and stopped */
  else if (strcmp (ending, ".svg") == 0)
    whole = holds (bytes, length, "</svg>");
  else if (strcmp (ending, ".png") == 0)
    whole = starts_with (bytes, length, "\x89PNG\r\n\x1A\n")
            && holds (bytes, length, "IEND");
  else if (strcmp (ending, ".pdf") == 0)
    whole = starts_with (bytes, length, "%PDF-")
            && holds (bytes, length, "%%EOF");
  if (!whole)
    return rx_fail (err, RX_EIO,
                    "%s: gnuplot left no whole picture (%zu "
                    "bytes)",
                    name, length);
  if (strcmp (ending, ".pdf") == 0)
    settle_dates (bytes, length);
  return RX_OK;
}

static void
add_big_endian (struct rx_text *out, uint32_t x)
{
  for (int shift = 24; shift >= 0; shift -= 8)
    rx_text_addc (out, (char)(unsigned char)(x >> shift));
}

/* A PNG with its physical size (chunk pHYs; PNG specification, 11.3.4.3) right
   behind the header: cairo writes none, and a word processor then takes a
   picture for one of 72 dots per inch, four times as wide. */
static void
add_resolution (const struct rx_text *png, struct rx_text *out)
{
  struct rx_text chunk = { 0 };
  rx_text_addz (&chunk, "pHYs");
  add_big_endian (&chunk, PIXELS_PER_METRE);
  add_big_endian (&chunk, PIXELS_PER_METRE);
  rx_text_addc (&chunk, 1); /* the unit is the metre */
  rx_text_add (out, png->data, PNG_HEAD);
  add_big_endian (out, (uint32_t)(chunk.length - 4)); /* without its name */
  rx_text_add (out, rx_text_string (&chunk), chunk.length);
  add_big_endian (out,
                  (uint32_t)crc32 (0, (const Bytef *)rx_text_string (&chunk),
                                   (uInt)chunk.length));
  rx_text_add (out, png->data + PNG_HEAD, png->length - PNG_HEAD);
  out->failed = out->failed || chunk.failed;
  rx_text_free (&chunk);
}

static bool
wants_resolution (const char *name, const struct rx_text *bytes)
{
  const char *ending = strrchr (name, '.');
  return ending != NULL && strcmp (ending, ".png") == 0
         && bytes->length > PNG_HEAD
         && !holds (bytes->data, bytes->length, "pHYs");
}

/* ---- the child -------------------------------------------------------- */

/* Our environment, but for the variables set here. */
static char **
make_environment (const char *plots, struct rx_strings *strings)
{
  static const char *const fixed[]
      = { "GNUPLOT_LIB=", "TZ=UTC0", "LC_ALL=C.UTF-8",
          "SOURCE_DATE_EPOCH=946684800" };
  size_t n_fixed = sizeof fixed / sizeof fixed[0], n = 0, kept = 0;
  while (environ[n] != NULL)
    n++;
  char **env = rx_array (n + n_fixed + 1, sizeof *env);
  const char *lib = rx_strings_format (strings, "GNUPLOT_LIB=.:%s", plots);
  if (env == NULL || lib == NULL)
    {
      free (env);
      return NULL;
    }
  for (size_t i = 0; i < n; i++)
    {
      bool ours = false;
      for (size_t f = 0; f < n_fixed && !ours; f++)
        ours
            = strncmp (environ[i], fixed[f], strcspn (fixed[f], "=") + 1) == 0;
      if (!ours)
        env[kept++] = environ[i];
    }
  memcpy (&env[kept++], &lib, sizeof lib);
  for (size_t f = 1; f < n_fixed; f++)
    memcpy (&env[kept++], &fixed[f], sizeof fixed[f]);
  return env;
}

/* Reads all the child says, keeping the first WORDS_MOST bytes. */
static void
listen_to (int fd, struct rx_text *words)
{
  char bytes[512];
  for (;;)
    {
      ssize_t got = read (fd, bytes, sizeof bytes);
      if (got < 0 && errno == EINTR)
        continue;
      if (got <= 0)
        return;
      if (words->length < WORDS_MOST)
        rx_text_add (words, bytes, (size_t)got);
    }
}

/* Starts the child in the job's folder with nothing to read, its standard
   error into a pipe; returns an errno.  *fd is the pipe's other end. */
static int
start (const struct rx_gnuplot_job *job, const char *const *argv, char **env,
       pid_t *child, int *fd)
{
  posix_spawn_file_actions_t actions;
  int ends[2];
  if (pipe2 (ends, O_CLOEXEC) != 0)
    return errno;
  int failure = posix_spawn_file_actions_init (&actions);
  if (failure == 0)
    {
      failure = posix_spawn_file_actions_addopen (&actions, 0, "/dev/null",
                                                  O_RDONLY, 0);
      if (failure == 0)
        failure = posix_spawn_file_actions_addopen (&actions, 1, "/dev/null",
                                                    O_WRONLY, 0);
      if (failure == 0)
        failure = posix_spawn_file_actions_adddup2 (&actions, ends[1], 2);
      if (failure == 0)
        failure = posix_spawn_file_actions_addchdir_np (&actions, job->folder);
      if (failure == 0)
        {
          char *const *args;
          memcpy (&args, &argv, sizeof args); /* it changes none of them */
          failure = posix_spawnp (child, argv[0], &actions, NULL, args, env);
        }
      posix_spawn_file_actions_destroy (&actions);
    }
  close (ends[1]);
  if (failure != 0)
    close (ends[0]);
  *fd = ends[0];
  return failure;
}

/* What is said about the machine, not about the picture: a font cache that
   cannot be written and a C library without C.UTF-8, as on some compute nodes,
   change nothing that is drawn. */
static bool
is_harmless (const char *line, size_t length)
{
  static const char *const words[]
      = { "Fontconfig ", "iconv failed to convert degree sign" };
  for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
    if (memmem (line, length, words[i], strlen (words[i])) != NULL)
      return true;
  return false;
}

/* gnuplot's words on one line, without the arrow that points into the line
   it quotes. */
static void
condense (const struct rx_text *words, struct rx_text *out)
{
  const char *line = rx_text_string (words);
  while (*line != '\0')
    {
      size_t n = strcspn (line, "\n");
      size_t blanks = strspn (line, " \t\r^");
      if (blanks < n && !is_harmless (line, n))
        {
          rx_text_addz (out, out->length > 0 ? "; " : "");
          for (size_t i = blanks; i < n; i++)
            rx_text_addc (out, line[i] == '\t' ? ' ' : line[i]);
        }
      line += n + (line[n] == '\n');
    }
  out->failed = out->failed || words->failed;
}

static enum rx_status
judge (const struct rx_gnuplot_job *job, int ended, const struct rx_text *said,
       struct rx_error *err)
{
  struct rx_text words = { 0 };
  enum rx_status status = RX_OK;
  condense (said, &words);
  if (words.failed)
    status = rx_fail_memory (err);
  else if (words.length > 0)
    status = rx_fail (err, RX_EIO, "%s/%s: gnuplot: %.*s", job->folder,
                      job->picture, WORDS_MOST, rx_text_string (&words));
  else if (WIFSIGNALED (ended))
    status = rx_fail (err, RX_EIO, "%s/%s: gnuplot was ended by signal %d",
                      job->folder, job->picture, WTERMSIG (ended));
  else if (!WIFEXITED (ended) || WEXITSTATUS (ended) != 0)
    status = rx_fail (err, RX_EIO, "%s/%s: gnuplot ended with status %d",
                      job->folder, job->picture, WEXITSTATUS (ended));
  rx_text_free (&words);
  return status;
}

static enum rx_status
run (const struct rx_gnuplot_job *job, const char *aside, struct rx_error *err)
{
  struct rx_strings strings = { 0 };
  struct rx_text said = { 0 };
  enum rx_status status = RX_OK;
  char **env = make_environment (job->plots, &strings);
  /* --default-settings: a ~/.gnuplot of the user's must not change pictures */
  const char *argv[]
      = { "gnuplot",
          "--default-settings",
          "-c",
          rx_strings_format (&strings, "./%s", job->script),
          rx_strings_format (&strings, "./%s", job->data),
          rx_strings_format (&strings, "./%s", aside),
          job->caption[0] != '\0' || job->width > 0 ? job->caption : NULL,
          NULL,
          NULL };
  pid_t child = 0;
  int fd = -1, ended = 0;
  bool has_width = true;
  if (job->width > 0)
    {
      argv[7] = rx_strings_format (&strings, "%ld", job->width);
      has_width = argv[7] != NULL;
    }
  if (!has_width || env == NULL || argv[3] == NULL || argv[4] == NULL
      || argv[5] == NULL)
    {
      status = rx_fail_memory (err);
      goto done;
    }
  int failure = start (job, argv, env, &child, &fd);
  if (failure == ENOENT)
    status = rx_fail (err, RX_EIO,
                      "gnuplot is not installed (Debian package gnuplot-nox); "
                      "the data and the script are in %s",
                      job->folder);
  else if (failure != 0)
    status = rx_fail_errno (err, "gnuplot", "cannot start", failure);
  if (status != RX_OK)
    goto done;
  listen_to (fd, &said);
  close (fd);
  while (waitpid (child, &ended, 0) < 0 && errno == EINTR)
    ;
  status = judge (job, ended, &said, err);
done:
  rx_text_free (&said);
  rx_strings_free (&strings);
  free (env);
  return status;
}

/* ---- both ------------------------------------------------------------- */

/* Reads the picture drawn aside, settles it and writes it back in place. */
static enum rx_status
settle_file (const char *path, struct rx_error *err)
{
  struct rx_text bytes = { 0 };
  enum rx_status status = RX_OK;
  char part[8192];
  FILE *file = fopen (path, "r+b");
  if (file == NULL)
    return rx_fail (err, RX_EIO, "%s: gnuplot drew nothing", path);
  for (size_t got; (got = fread (part, 1, sizeof part, file)) > 0;)
    rx_text_add (&bytes, part, got);
  if (ferror (file))
    status = rx_fail_errno (err, path, "cannot read back", errno);
  else if (bytes.failed)
    status = rx_fail_memory (err);
  else
    status = rx_gnuplot_settle (path, bytes.data, bytes.length, err);
  if (status == RX_OK && wants_resolution (path, &bytes))
    {
      struct rx_text sized = { 0 };
      add_resolution (&bytes, &sized);
      rx_text_free (&bytes);
      bytes = sized;
      status = bytes.failed ? rx_fail_memory (err) : RX_OK;
    }
  if (status == RX_OK
      && (fseek (file, 0, SEEK_SET) != 0
          || fwrite (bytes.data, 1, bytes.length, file) != bytes.length))
    status = rx_fail_errno (err, path, "cannot write", errno);
  if (fclose (file) != 0 && status == RX_OK)
    status = rx_fail_errno (err, path, "cannot write", errno);
  rx_text_free (&bytes);
  return status;
}

/* The name aside is fixed, not random, as gnuplot may put it into the
   picture; its ending chooses the terminal. */
enum rx_status
rx_gnuplot_draw (const struct rx_gnuplot_job *job, struct rx_error *err)
{
  struct rx_strings strings = { 0 };
  const char *aside = rx_strings_format (&strings, ".part.%s", job->picture);
  const char *from
      = rx_strings_format (&strings, "%s/.part.%s", job->folder, job->picture);
  const char *to
      = rx_strings_format (&strings, "%s/%s", job->folder, job->picture);
  enum rx_status status;
  if (aside == NULL || from == NULL || to == NULL)
    status = rx_fail_memory (err);
  else
    {
      unlink (from); /* what a run that was killed has left */
      status = run (job, aside, err);
      if (status == RX_OK)
        status = settle_file (from, err);
      if (status == RX_OK)
        status = rx_output_rename (from, to, err);
      if (status != RX_OK)
        unlink (from);
    }
  rx_strings_free (&strings);
  return status;
}
