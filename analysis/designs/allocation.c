/* allocation.c: permuted blocks.  Zelen, J Chronic Dis 1974;27:365-375. */
#include "designs/allocation.h"

#include "base/random.h"

#include <stdlib.h>

void
rx_allocation_free (struct rx_allocation *a)
{
  free (a->sequence);
  free (a->block);
  *a = (struct rx_allocation){ 0 };
}

static void
shuffle (size_t *order, size_t n, struct rx_random *random)
{
  for (size_t i = n; i > 1; i--)
    {
      size_t j = (size_t)rx_random_below (random, i);
      size_t kept = order[i - 1];
      order[i - 1] = order[j];
      order[j] = kept;
    }
}

enum rx_status
rx_allocation_make (struct rx_allocation *a, size_t sequences, size_t n,
                    const size_t *sizes, size_t n_sizes, uint64_t seed,
                    uint64_t stratum, struct rx_error *err)
{
  size_t largest = sequences;
  for (size_t i = 0; i < n_sizes; i++)
    {
      if (sizes[i] == 0 || sizes[i] % sequences != 0)
        return rx_fail (err, RX_EUSAGE,
                        "--block: found %zu, expected a multiple of the %zu "
                        "sequences",
                        sizes[i], sequences);
      largest = sizes[i] > largest ? sizes[i] : largest;
    }
  size_t *order = rx_array (largest, sizeof *order);
  *a = (struct rx_allocation){ .n = n,
                               .sequence = rx_array (n, sizeof *a->sequence),
                               .block = rx_array (n, sizeof *a->block) };
  if (order == NULL || a->sequence == NULL || a->block == NULL)
    {
      free (order);
      rx_allocation_free (a);
      return rx_fail_memory (err);
    }
  for (size_t done = 0, block = 1; done < n; block++)
    {
      struct rx_random random;
      rx_random_init (&random, seed, stratum, block);
      size_t size = n_sizes == 0 ? sequences
                                 : sizes[rx_random_below (&random, n_sizes)];
      for (size_t i = 0; i < size; i++)
        order[i] = i % sequences;
      shuffle (order, size, &random);
      for (size_t i = 0; i < size && done < n; i++, done++)
        {
          a->sequence[done] = order[i];
          a->block[done] = block;
        }
    }
  free (order);
  return RX_OK;
}
