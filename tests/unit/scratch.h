/* scratch.h: a folder of files that a test makes and takes away again. */
#ifndef RX_SCRATCH_H
#define RX_SCRATCH_H

#include <check.h>
#include <dirent.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char scratch_folder[PATH_MAX];

static void
scratch_make (void)
{
  const char *base = getenv ("TMPDIR");
  snprintf (scratch_folder, sizeof scratch_folder, "%s/recross-XXXXXX",
            base != NULL && *base != '\0' ? base : "/tmp");
  ck_assert_ptr_nonnull (mkdtemp (scratch_folder));
}

/* The path of a file of that name; borrowed until the fourth call after. */
static inline const char *
scratch_path (const char *name)
{
  static char paths[4][2 * PATH_MAX];
  static size_t at;
  char *path = paths[at++ % 4];
  snprintf (path, sizeof paths[0], "%s/%s", scratch_folder, name);
  return path;
}

static inline const char *
scratch_write (const char *name, const void *bytes, size_t length)
{
  const char *path = scratch_path (name);
  FILE *file = fopen (path, "wb");
  ck_assert_ptr_nonnull (file);
  ck_assert_uint_eq (fwrite (bytes, 1, length, file), length);
  ck_assert_int_eq (fclose (file), 0);
  return path;
}

/* How many files there are, hidden ones included; removes them if asked. */
static size_t
scratch_count (int remove_them)
{
  size_t n = 0;
  DIR *folder = opendir (scratch_folder);
  ck_assert_ptr_nonnull (folder);
  for (struct dirent *entry; (entry = readdir (folder)) != NULL;)
    {
      if (strcmp (entry->d_name, ".") == 0
          || strcmp (entry->d_name, "..") == 0)
        continue;
      if (remove_them)
        remove (scratch_path (entry->d_name));
      n++;
    }
  closedir (folder);
  return n;
}

static void
scratch_remove (void)
{
  scratch_count (1);
  rmdir (scratch_folder);
}

#endif /* RX_SCRATCH_H */
