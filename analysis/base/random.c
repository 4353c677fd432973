/* random.c: Philox4x64-10 streams.

   Key = (seed, stream), counter = (block, replicate, 0, 0).  To check: key 0,
   counter 0 gives 16554d9eca36314c as the first word (Random123's known
   answers). */
#include "base/random.h"

#if defined(__GNUC__)
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wpedantic"
#pragma GCC diagnostic ignored "-Wconversion"
#pragma GCC diagnostic ignored "-Wsign-conversion"
#pragma GCC diagnostic ignored "-Wundef"
#endif
#include <Random123/philox.h>
#if defined(__GNUC__)
#pragma GCC diagnostic pop
#endif

enum
{
  WORDS = 4
};

void
rx_random_init (struct rx_random *random, uint64_t seed, uint64_t stream,
                uint64_t replicate)
{
  *random = (struct rx_random){
    .seed = seed, .stream = stream, .replicate = replicate, .used = WORDS
  };
}

uint64_t
rx_random_stream (const char *const *names, size_t n)
{
  uint64_t hash = 0xcbf29ce484222325;
  for (size_t i = 0; i < n; i++)
    for (const char *s = names[i]; s != NULL; s++)
      {
        hash = (hash ^ (unsigned char)*s) * 0x100000001b3;
        if (*s == '\0') /* it parts the names */
          break;
      }
  return hash;
}

uint64_t
rx_random_bits (struct rx_random *random)
{
  if (random->used == WORDS)
    {
      philox4x64_key_t key = { { random->seed, random->stream } };
      philox4x64_ctr_t counter
          = { { random->block++, random->replicate, 0, 0 } };
      philox4x64_ctr_t out = philox4x64 (counter, key);
      for (unsigned i = 0; i < WORDS; i++)
        random->word[i] = out.v[i];
      random->used = 0;
    }
  return random->word[random->used++];
}

uint64_t
rx_random_below (struct rx_random *random, uint64_t n)
{
  __extension__ typedef unsigned __int128 wide;
  wide product = (wide)rx_random_bits (random) * n;
  if ((uint64_t)product < n)
    {
      uint64_t unfair = (0 - n) % n;
      while ((uint64_t)product < unfair)
        product = (wide)rx_random_bits (random) * n;
    }
  return (uint64_t)(product >> 64);
}
