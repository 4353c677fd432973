/* output.c: write aside, fsync, rename. */
#include "base/output.h"

#include "base/inputs.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int
write_all (int fd, const char *bytes, size_t length)
{
  while (length > 0)
    {
      ssize_t wrote = write (fd, bytes, length);
      if (wrote < 0 && errno == EINTR)
        continue;
      if (wrote < 0)
        return -1;
      bytes += wrote;
      length -= (size_t)wrote;
    }
  return 0;
}

static enum rx_status
write_directly (int fd, const char *name, const char *bytes, size_t length,
                struct rx_error *err)
{
  if (write_all (fd, bytes, length) != 0)
    return rx_fail_errno (err, name, "cannot write", errno);
  return RX_OK;
}

/* The folder's own entry must reach the disk too, or a power cut could undo
   the rename.  Some file systems refuse this; that is no failure of ours. */
static void
sync_folder_of (const char *path)
{
  char folder[PATH_MAX];
  const char *slash = strrchr (path, '/');
  size_t length = slash == NULL ? 0 : (size_t)(slash - path);
  if (length >= sizeof folder)
    return;
  memcpy (folder, path, length);
  folder[length] = '\0';
  int fd = open (slash == NULL ? "."
                 : length == 0 ? "/"
                               : folder,
                 O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0)
    return;
  fsync (fd);
  close (fd);
}

/* "dir/name" -> "dir/.name.XXXXXX" */
static bool
name_aside (char out[PATH_MAX], const char *path)
{
  const char *slash = strrchr (path, '/');
  int folder = slash == NULL ? 0 : (int)(slash - path + 1);
  int wrote = snprintf (out, PATH_MAX, "%.*s.%s.XXXXXX", folder, path,
                        path + folder);
  return wrote > 0 && wrote < PATH_MAX;
}

static enum rx_status
write_aside (const char *path, const char *bytes, size_t length, mode_t mode,
             struct rx_error *err)
{
  char aside[PATH_MAX];
  if (!name_aside (aside, path))
    return rx_fail_errno (err, path, "cannot write", ENAMETOOLONG);
  int fd = mkstemp (aside);
  if (fd < 0)
    return rx_fail_errno (err, path, "cannot write", errno);
  int failure = 0;
  if (write_all (fd, bytes, length) != 0 || fchmod (fd, mode) != 0
      || fsync (fd) != 0)
    failure = errno;
  if (close (fd) != 0 && failure == 0)
    failure = errno;
  if (failure == 0 && rename (aside, path) != 0)
    failure = errno;
  if (failure != 0)
    {
      unlink (aside);
      return rx_fail_errno (err, path, "cannot write", failure);
    }
  sync_folder_of (path);
  return RX_OK;
}

static enum rx_status
refuse_input (const char *path, struct rx_error *err)
{
  return rx_fail (err, RX_EUSAGE,
                  "%s: this file was read as an input and is not overwritten; "
                  "expected another name for the output",
                  path);
}

enum rx_status
rx_output_write (const char *path, const char *bytes, size_t length,
                 struct rx_error *err)
{
  struct stat info;
  if (strcmp (path, "-") == 0)
    return write_directly (STDOUT_FILENO, "standard output", bytes, length,
                           err);
  if (rx_inputs_has (path))
    return refuse_input (path, err);
  bool there = stat (path, &info) == 0;
  if (there && S_ISDIR (info.st_mode))
    return rx_fail_errno (err, path, "cannot write", EISDIR);
  if (there && !S_ISREG (info.st_mode))
    {
      int fd = open (path, O_WRONLY | O_CLOEXEC);
      if (fd < 0)
        return rx_fail_errno (err, path, "cannot write", errno);
      enum rx_status status = write_directly (fd, path, bytes, length, err);
      if (close (fd) != 0 && status == RX_OK)
        status = rx_fail_errno (err, path, "cannot write", errno);
      return status;
    }
  mode_t mask = umask (0);
  umask (mask);
  mode_t mode = there ? info.st_mode & 07777 : 0666 & ~mask;
  return write_aside (path, bytes, length, mode, err);
}

enum rx_status
rx_output_folder (const char *path, struct rx_error *err)
{
  char part[PATH_MAX];
  struct stat info;
  size_t length = strlen (path);
  if (length >= sizeof part)
    return rx_fail_errno (err, path, "cannot make the folder", ENAMETOOLONG);
  memcpy (part, path, length + 1);
  for (size_t i = 1; i <= length; i++)
    {
      if (part[i] != '/' && part[i] != '\0')
        continue;
      char kept = part[i];
      part[i] = '\0';
      if (mkdir (part, 0777) != 0
          && (errno != EEXIST || stat (part, &info) != 0
              || !S_ISDIR (info.st_mode)))
        return rx_fail_errno (err, part, "cannot make the folder", errno);
      part[i] = kept;
    }
  return RX_OK;
}

enum rx_status
rx_output_rename (const char *from, const char *path, struct rx_error *err)
{
  if (rx_inputs_has (path))
    {
      unlink (from);
      return refuse_input (path, err);
    }
  int fd = open (from, O_RDONLY | O_CLOEXEC);
  if (fd < 0)
    return rx_fail_errno (err, from, "cannot read back", errno);
  int failure = fsync (fd) != 0 ? errno : 0;
  close (fd);
  if (failure == 0 && rename (from, path) != 0)
    failure = errno;
  if (failure != 0)
    {
      unlink (from);
      return rx_fail_errno (err, path, "cannot write", failure);
    }
  sync_folder_of (path);
  return RX_OK;
}
