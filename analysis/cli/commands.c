/* commands.c: the table of commands, from the list in local.mk. */
#include "cli/command.h"

#include <string.h>

#define RX_COMMAND(stem) extern const struct rx_command rx_##stem;
#include "cli/commands.inc"
#undef RX_COMMAND

#define RX_COMMAND(stem) &rx_##stem,
const struct rx_command *const rx_commands[] = {
#include "cli/commands.inc"
};
#undef RX_COMMAND

const size_t rx_n_commands = sizeof rx_commands / sizeof rx_commands[0];

const struct rx_command *
rx_command_find (const char *name)
{
  for (size_t i = 0; i < rx_n_commands; i++)
    if (strcmp (rx_commands[i]->name, name) == 0)
      return rx_commands[i];
  return NULL;
}
