/* digest.h: SHA-256 of what was read (nettle). */
#ifndef RX_DIGEST_H
#define RX_DIGEST_H

#include "base/status.h"

#include <nettle/sha2.h>

enum
{
  RX_DIGEST_SIZE = 2 * SHA256_DIGEST_SIZE + 1 /* hexadecimal, NUL included */
};

struct rx_digest
{
  struct sha256_ctx context;
};

void rx_digest_init (struct rx_digest *digest);
void rx_digest_add (struct rx_digest *digest, const void *bytes,
                    size_t length);
/* Writes the digest in lower-case hexadecimal; the digest starts anew. */
void rx_digest_finish (struct rx_digest *digest, char hex[RX_DIGEST_SIZE]);

#endif /* RX_DIGEST_H */
