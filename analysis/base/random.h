/* random.h: random numbers by counter (Philox4x64-10, Salmon et al. 2011,
   SC '11, through Random123).

   A stream is keyed by (seed, stream, replicate) and counted by draws:
   replicate b of an analysis owns its stream, so that the same numbers come
   for any number of threads, shards or ranks. */
#ifndef RX_RANDOM_H
#define RX_RANDOM_H

#include <stddef.h>
#include <stdint.h>

struct rx_random
{
  uint64_t seed, stream, replicate, block;
  uint64_t word[4]; /* of the current block */
  unsigned used;    /* words of it that were drawn */
};

void rx_random_init (struct rx_random *random, uint64_t seed, uint64_t stream,
                     uint64_t replicate);

/* A stream for these names (of an analysis, an endpoint, ...): FNV-1a (Fowler,
   Noll, Vo), 64 bits, each name with the byte 0 that ends it. */
uint64_t rx_random_stream (const char *const *names, size_t n);

/* The next 64 random bits. */
uint64_t rx_random_bits (struct rx_random *random);

/* Uniform on 0 .. n - 1 without bias (Lemire 2019, ACM TOMACS 29:3); n > 0. */
uint64_t rx_random_below (struct rx_random *random, uint64_t n);

#endif /* RX_RANDOM_H */
