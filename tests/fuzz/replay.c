/* replay.c: hands files to a fuzz target, one by one, without a fuzzer.

   Usage: fuzz_csv FILE-OR-FOLDER...

   Folders are read one level deep, in the order of their names.  A target
   that finds a fault aborts; the file is named beforehand on standard error
   only if REPLAY_VERBOSE is set. */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static int
replay_file (const char *path)
{
  FILE *file = fopen (path, "rb");
  uint8_t *bytes = NULL;
  size_t size = 0, room = 0, got;
  if (file == NULL)
    {
      perror (path);
      return -1;
    }
  if (getenv ("REPLAY_VERBOSE") != NULL)
    fprintf (stderr, "%s\n", path);
  do
    {
      if (size == room)
        {
          room = 2 * room + 4096;
          uint8_t *grown = realloc (bytes, room);
          if (grown == NULL)
            abort ();
          bytes = grown;
        }
      got = fread (bytes + size, 1, room - size, file);
      size += got;
    }
  while (got > 0);
  int failed = ferror (file);
  fclose (file);
  /* A copy of the exact size, so that a read past the end is seen. */
  uint8_t *exact = malloc (size > 0 ? size : 1);
  if (exact == NULL)
    abort ();
  memcpy (exact, bytes, size);
  free (bytes);
  if (failed == 0)
    LLVMFuzzerTestOneInput (exact, size);
  free (exact);
  return failed == 0 ? 0 : -1;
}

/* Returns how many files were replayed, -1 on failure. */
static int
replay (const char *path)
{
  struct stat info;
  struct dirent **entries;
  int count = 0;
  if (stat (path, &info) == 0 && !S_ISDIR (info.st_mode))
    return replay_file (path) == 0 ? 1 : -1;
  int n = scandir (path, &entries, NULL, alphasort);
  if (n < 0)
    {
      perror (path);
      return -1;
    }
  for (int i = 0; i < n; i++)
    {
      char name[4096];
      snprintf (name, sizeof name, "%s/%s", path, entries[i]->d_name);
      if (count >= 0 && stat (name, &info) == 0 && S_ISREG (info.st_mode))
        count = replay_file (name) == 0 ? count + 1 : -1;
      free (entries[i]);
    }
  free (entries);
  return count;
}

int
main (int argc, char **argv)
{
  int total = 0;
  for (int i = 1; i < argc; i++)
    {
      int count = replay (argv[i]);
      if (count < 0)
        return EXIT_FAILURE;
      total += count;
    }
  printf ("%d files replayed\n", total);
  return total > 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
