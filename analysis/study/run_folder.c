/* run_folder.c: files of a run. */
#include "study/run_folder.h"

#include "base/output.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum
{
  CHUNK = 65536 /* bytes digested at a time */
};

enum rx_status
rx_run_folder_open (struct rx_run_folder *folder, const char *path,
                    struct rx_error *err)
{
  *folder = (struct rx_run_folder){ .path = path };
  return rx_output_folder (path, err);
}

const char *
rx_run_folder_path (struct rx_run_folder *folder, const char *name)
{
  size_t length = strlen (folder->path);
  bool slash = length == 0 || folder->path[length - 1] == '/';
  return rx_strings_format (&folder->made.strings, "%s%s%s", folder->path,
                            slash ? "" : "/", name);
}

static enum rx_status
remember (struct rx_run_folder *folder, const char *path, struct rx_error *err)
{
  struct rx_paths *made = &folder->made;
  if (rx_grow (&made->path, &made->room, made->n + 1, sizeof *made->path, err)
      != RX_OK)
    return err->status;
  made->path[made->n++] = path;
  return RX_OK;
}

static enum rx_status
make_folder_of (struct rx_run_folder *folder, const char *name,
                struct rx_error *err)
{
  const char *slash = strrchr (name, '/');
  if (slash == NULL)
    return RX_OK;
  const char *part
      = rx_strings_add (&folder->made.strings, name, (size_t)(slash - name));
  const char *path = part != NULL ? rx_run_folder_path (folder, part) : NULL;
  return path == NULL ? rx_fail_memory (err) : rx_output_folder (path, err);
}

enum rx_status
rx_run_folder_write (struct rx_run_folder *folder, const char *name,
                     const struct rx_text *text, struct rx_error *err)
{
  const char *path = rx_run_folder_path (folder, name);
  if (path == NULL || text->failed)
    return rx_fail_memory (err);
  if (make_folder_of (folder, name, err) != RX_OK
      || rx_output_write (path, rx_text_string (text), text->length, err)
             != RX_OK)
    return err->status;
  return remember (folder, path, err);
}

static bool
is_made (const struct rx_run_folder *folder, const char *path)
{
  for (size_t i = 0; i < folder->made.n; i++)
    if (strcmp (folder->made.path[i], path) == 0)
      return true;
  return false;
}

enum rx_status
rx_run_folder_take (struct rx_run_folder *folder, const struct rx_paths *made,
                    const char *shared, struct rx_error *err)
{
  for (size_t i = 0; i < made->n; i++)
    {
      const char *slash = strrchr (made->path[i], '/');
      const char *name = slash != NULL ? slash + 1 : made->path[i];
      if (is_made (folder, made->path[i]))
        {
          if (strcmp (name, shared) == 0)
            continue;
          return rx_fail (err, RX_EDATA,
                          "%s: two figures of the study make this file; "
                          "rename one of them",
                          made->path[i]);
        }
      const char *path
          = rx_strings_addz (&folder->made.strings, made->path[i]);
      if (path == NULL)
        return rx_fail_memory (err);
      if (remember (folder, path, err) != RX_OK)
        return err->status;
    }
  return RX_OK;
}

bool
rx_run_folder_has (struct rx_run_folder *folder, const char *name)
{
  const char *path = rx_run_folder_path (folder, name);
  return path != NULL && is_made (folder, path);
}

enum rx_status
rx_run_folder_read (struct rx_run_folder *folder, const char *name,
                    struct rx_text *out, struct rx_error *err)
{
  char chunk[CHUNK];
  size_t got;
  const char *path = rx_run_folder_path (folder, name);
  if (path == NULL)
    return rx_fail_memory (err);
  errno = 0;
  FILE *file = fopen (path, "rb");
  if (file == NULL)
    return rx_fail_errno (err, path, "cannot read", errno);
  while ((got = fread (chunk, 1, sizeof chunk, file)) > 0)
    rx_text_add (out, chunk, got);
  int failure = ferror (file) ? (errno != 0 ? errno : EIO) : 0;
  fclose (file);
  if (failure != 0)
    return rx_fail_errno (err, path, "cannot read", failure);
  return out->failed ? rx_fail_memory (err) : RX_OK;
}

enum rx_status
rx_run_folder_remove (struct rx_run_folder *folder, const char *name,
                      struct rx_error *err)
{
  const char *path = rx_run_folder_path (folder, name);
  if (path == NULL)
    return rx_fail_memory (err);
  if (unlink (path) != 0 && errno != ENOENT)
    return rx_fail_errno (err, path, "cannot remove", errno);
  return RX_OK;
}

const char *
rx_run_folder_name (const struct rx_run_folder *folder, const char *path)
{
  size_t length = strlen (folder->path);
  if (strncmp (path, folder->path, length) != 0)
    return path;
  path += length;
  return path + strspn (path, "/");
}

enum rx_status
rx_run_digest (const char *path, char digest[RX_DIGEST_SIZE], size_t *bytes,
               struct rx_error *err)
{
  char chunk[CHUNK];
  struct rx_digest sum;
  size_t got, all = 0;
  errno = 0;
  FILE *file = fopen (path, "rb");
  if (file == NULL)
    return rx_fail_errno (err, path, "cannot read", errno);
  rx_digest_init (&sum);
  while ((got = fread (chunk, 1, sizeof chunk, file)) > 0)
    {
      rx_digest_add (&sum, chunk, got);
      all += got;
    }
  int failure = ferror (file) ? (errno != 0 ? errno : EIO) : 0;
  fclose (file);
  if (failure != 0)
    return rx_fail_errno (err, path, "cannot read", failure);
  rx_digest_finish (&sum, digest);
  if (bytes != NULL)
    *bytes = all;
  return RX_OK;
}
