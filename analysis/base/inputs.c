/* inputs.c: files by device, inode and time of change: a file that was removed
   since may have left its inode to another. */
#include "base/inputs.h"

#include "base/memory.h"

#include <sys/stat.h>

struct input
{
  dev_t device;
  ino_t inode;
  struct timespec changed;
};

static struct input *inputs;
static size_t n_inputs, room_inputs;

enum rx_status
rx_inputs_add (int fd, struct rx_error *err)
{
  struct stat info;
  if (fstat (fd, &info) != 0 || !S_ISREG (info.st_mode))
    return RX_OK;
  if (rx_grow (&inputs, &room_inputs, n_inputs + 1, sizeof *inputs, err)
      != RX_OK)
    return err->status;
  inputs[n_inputs++]
      = (struct input){ info.st_dev, info.st_ino, info.st_ctim };
  return RX_OK;
}

bool
rx_inputs_has (const char *path)
{
  struct stat info;
  if (stat (path, &info) != 0)
    return false;
  for (size_t i = 0; i < n_inputs; i++)
    if (inputs[i].device == info.st_dev && inputs[i].inode == info.st_ino
        && inputs[i].changed.tv_sec == info.st_ctim.tv_sec
        && inputs[i].changed.tv_nsec == info.st_ctim.tv_nsec)
      return true;
  return false;
}
