/* threads.c: items handed out by an atomic counter (POSIX threads), several at
   once where there are many.

   Why the lowest failure is that of a loop on one thread: handfuls of items
   are begun in their order, and one that was begun is finished, up to its
   first failure.  So when item i fails, every item below i has been or will be
   tried, or one below it has failed, whatever the others do. */
#include <config.h> /* for the processors of this process */

#include "base/threads.h"

#include "base/memory.h"

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <unistd.h>

static size_t most_threads; /* 0: not set */

void
rx_threads_set (size_t n)
{
  most_threads = n;
}

static size_t
processors (void)
{
#if defined(CPU_COUNT)
  cpu_set_t set;
  CPU_ZERO (&set);
  if (sched_getaffinity (0, sizeof set, &set) == 0 && CPU_COUNT (&set) > 0)
    return (size_t)CPU_COUNT (&set);
#endif
  long n = sysconf (_SC_NPROCESSORS_ONLN);
  return n > 0 ? (size_t)n : 1;
}

size_t
rx_threads (void)
{
  size_t n = most_threads > 0 ? most_threads : processors ();
  return n < RX_THREADS_MOST ? n : RX_THREADS_MOST;
}

enum
{
  HANDFULS = 16, /* of a thread, so that they end together */
  HANDFUL_MOST = 64
};

struct loop
{
  rx_threads_item *fn;
  void *context;
  size_t n_items;
  size_t handful; /* items that are taken at once */
  atomic_size_t next;
  atomic_bool stop;
  pthread_mutex_t lock;
  size_t failed_item;     /* guarded by lock */
  struct rx_error *error; /* of that item; guarded by lock */
};

struct member
{
  struct loop *loop;
  size_t thread;
  pthread_t id;
  bool started;
};

static void
note_failure (struct loop *loop, size_t item, const struct rx_error *err)
{
  pthread_mutex_lock (&loop->lock);
  if (loop->error->status == RX_OK || item < loop->failed_item)
    {
      loop->failed_item = item;
      *loop->error = *err;
    }
  pthread_mutex_unlock (&loop->lock);
  atomic_store (&loop->stop, true);
}

static void *
work (void *argument)
{
  struct member *member = argument;
  struct loop *loop = member->loop;
  struct rx_error err = { RX_OK, "" };
  while (err.status == RX_OK && !atomic_load (&loop->stop))
    {
      size_t item = atomic_fetch_add (&loop->next, loop->handful);
      size_t end = item + loop->handful;
      end = end < loop->n_items ? end : loop->n_items;
      for (; item < end && err.status == RX_OK; item++)
        if (loop->fn (loop->context, item, member->thread, &err) != RX_OK)
          note_failure (loop, item, &err);
      if (end == loop->n_items)
        break;
    }
  return NULL;
}

enum rx_status
rx_threads_for (size_t n_items, size_t n_threads, rx_threads_item *fn,
                void *context, struct rx_error *err)
{
  struct rx_error failure = { RX_OK, "" };
  struct loop loop = { .fn = fn,
                       .context = context,
                       .n_items = n_items,
                       .lock = PTHREAD_MUTEX_INITIALIZER,
                       .error = &failure };
  size_t n = n_threads < n_items ? n_threads : n_items;
  n = n > 0 ? n : 1;
  loop.handful = n_items / (n * HANDFULS) + 1;
  if (loop.handful > HANDFUL_MOST)
    loop.handful = HANDFUL_MOST;
  struct member *members = rx_array (n, sizeof *members);
  if (members == NULL)
    return rx_fail_memory (err);
  for (size_t i = 0; i < n; i++)
    {
      members[i].loop = &loop;
      members[i].thread = i;
      members[i].started
          = i > 0
            && pthread_create (&members[i].id, NULL, work, &members[i]) == 0;
    }
  (void)work (&members[0]);
  for (size_t i = 1; i < n; i++)
    if (members[i].started)
      pthread_join (members[i].id, NULL);
  free (members);
  pthread_mutex_destroy (&loop.lock);
  if (failure.status != RX_OK)
    *err = failure;
  return failure.status;
}
