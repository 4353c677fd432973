/* methods.c: the table of methods, from the list in local.mk. */
#include "methods/method.h"

#include <string.h>

#define RX_METHOD(stem) extern const struct rx_method rx_method_##stem;
#include "methods/registry.inc"
#undef RX_METHOD

#define RX_METHOD(stem) &rx_method_##stem,
const struct rx_method *const rx_methods[] = {
#include "methods/registry.inc"
};
#undef RX_METHOD

const size_t rx_n_methods = sizeof rx_methods / sizeof rx_methods[0];

const struct rx_method *
rx_method_find (const char *name)
{
  for (size_t i = 0; i < rx_n_methods; i++)
    if (strcmp (rx_methods[i]->name, name) == 0)
      return rx_methods[i];
  return NULL;
}
