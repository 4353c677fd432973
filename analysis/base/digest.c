/* digest.c: SHA-256, FIPS 180-4, from nettle. */
#include "base/digest.h"

#include <stdio.h>

void
rx_digest_init (struct rx_digest *digest)
{
  sha256_init (&digest->context);
}

void
rx_digest_add (struct rx_digest *digest, const void *bytes, size_t length)
{
  sha256_update (&digest->context, length, bytes);
}

void
rx_digest_finish (struct rx_digest *digest, char hex[RX_DIGEST_SIZE])
{
  uint8_t bytes[SHA256_DIGEST_SIZE];
  sha256_digest (&digest->context, sizeof bytes, bytes);
  for (size_t i = 0; i < sizeof bytes; i++)
    snprintf (hex + 2 * i, 3, "%02x", bytes[i]);
}
