/* memory.c: checked arrays and string arenas. */
#include "base/memory.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum
{
  BLOCK_SIZE = 16384 /* bytes of an arena block; a longer string has its own */
};

struct rx_strings_block
{
  struct rx_strings_block *next;
  size_t used, size;
  char text[];
};

void *
rx_array (size_t n, size_t size)
{
  return calloc (n > 0 ? n : 1, size > 0 ? size : 1);
}

enum rx_status
rx_reserve (void *array, size_t *room, size_t need, size_t size,
            struct rx_error *err)
{
  void **slot = array;
  if (need <= *room)
    return RX_OK;
  void *grown = need > SIZE_MAX / size ? NULL : realloc (*slot, need * size);
  if (grown == NULL)
    return rx_fail_memory (err);
  *slot = grown;
  *room = need;
  return RX_OK;
}

enum rx_status
rx_grow (void *array, size_t *room, size_t need, size_t size,
         struct rx_error *err)
{
  void **slot = array;
  size_t before = *room, want = before + before / 2 + 8;
  if (need <= before)
    return RX_OK;
  if (rx_reserve (array, room, want < need ? need : want, size, err) != RX_OK)
    return err->status;
  memset ((char *)*slot + before * size, 0, (*room - before) * size);
  return RX_OK;
}

void
rx_strings_free (struct rx_strings *strings)
{
  struct rx_strings_block *block = strings->block;
  while (block != NULL)
    {
      struct rx_strings_block *next = block->next;
      free (block);
      block = next;
    }
  strings->block = NULL;
}

void
rx_strings_take (struct rx_strings *into, struct rx_strings *from)
{
  struct rx_strings_block *last = from->block;
  if (last == NULL)
    return;
  while (last->next != NULL)
    last = last->next;
  last->next = into->block;
  into->block = from->block;
  from->block = NULL;
}

/* Room for `length` bytes and a NUL at the end of the first block. */
static char *
claim (struct rx_strings *strings, size_t length)
{
  struct rx_strings_block *block = strings->block;
  if (length > SIZE_MAX - sizeof *block - 1)
    return NULL;
  size_t need = length + 1;
  if (block == NULL || block->size - block->used < need)
    {
      size_t size = need > BLOCK_SIZE ? need : BLOCK_SIZE;
      block = malloc (sizeof *block + size);
      if (block == NULL)
        return NULL;
      block->used = 0;
      block->size = size;
      block->next = strings->block;
      strings->block = block;
    }
  char *text = block->text + block->used;
  block->used += need;
  text[length] = '\0';
  return text;
}

const char *
rx_strings_add (struct rx_strings *strings, const char *text, size_t length)
{
  char *copy = claim (strings, length);
  if (copy != NULL && length > 0)
    memcpy (copy, text, length);
  return copy;
}

const char *
rx_strings_addz (struct rx_strings *strings, const char *text)
{
  return rx_strings_add (strings, text, strlen (text));
}

const char *
rx_strings_format (struct rx_strings *strings, const char *format, ...)
{
  va_list args;
  va_start (args, format);
  int length = vsnprintf (NULL, 0, format, args);
  va_end (args);
  if (length < 0)
    return NULL;
  char *copy = claim (strings, (size_t)length);
  if (copy == NULL)
    return NULL;
  va_start (args, format);
  vsnprintf (copy, (size_t)length + 1, format, args);
  va_end (args);
  return copy;
}
