/* command.h: a command is one file of cli/ (cmd_*.c) ending in its literal,
   and one line of cli/local.mk.  Help, `recross list commands`, man pages and
   completion print from these. */
#ifndef RX_COMMAND_H
#define RX_COMMAND_H

#include "cli/option.h"

#include <stdio.h>

struct rx_example
{
  const char *command, *says;
};

struct rx_command
{
  const char *name;
  const char *operands; /* "FILE" */
  size_t operands_least, operands_most;
  const char *title; /* one line */
  const char *text;  /* paragraphs for help and the man page */
  const struct rx_option_group *const *groups; /* NULL-terminated */
  const struct rx_example *examples;           /* NULL-terminated by command */
  /* argc, argv: the whole command line, for provenance */
  enum rx_status (*run) (struct rx_settings *settings, int argc, char **argv,
                         struct rx_error *err);
};

extern const struct rx_command *const rx_commands[];
extern const size_t rx_n_commands;
const struct rx_command *rx_command_find (const char *name);

/* Options that several commands share. */
extern const struct rx_option_group rx_options_common;
extern const struct rx_option_group rx_options_reading;
extern const struct rx_option_group rx_options_rows;

/* Printing from the tables (help.c). */
void rx_help_program (struct rx_text *out);
void rx_help_command (const struct rx_command *command, struct rx_text *out);
void rx_help_man (const struct rx_command *command, struct rx_text *out);
void rx_help_completion (struct rx_text *out);
void rx_help_version (struct rx_text *out);

/* Messages for the person, on standard error: "recross: ..." */
void rx_say (const struct rx_settings *settings, const char *format, ...)
    RX_PRINTF (2, 3);

#endif /* RX_COMMAND_H */
