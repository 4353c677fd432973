/* main.c: finds the command, runs it, prints its error, exits. */
#include "cli/command.h"

#include "base/output.h"
#include "base/provenance.h"
#include "base/threads.h"
#include "data/spelling.h"

#include <gsl/gsl_errno.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

void
rx_say (const struct rx_settings *settings, const char *format, ...)
{
  va_list args;
  if (settings != NULL && settings->quiet)
    return;
  va_start (args, format);
  fputs ("recross: ", stderr);
  vfprintf (stderr, format, args);
  fputc ('\n', stderr);
  va_end (args);
}

/* Writes and empties a text; the status of the writing. */
static enum rx_status
print (struct rx_text *text, struct rx_error *err)
{
  enum rx_status status
      = text->failed
            ? rx_fail_memory (err)
            : rx_output_write ("-", rx_text_string (text), text->length, err);
  rx_text_free (text);
  return status;
}

static enum rx_status
unknown_command (const char *name, struct rx_error *err)
{
  char quoted[RX_QUOTED_SIZE];
  const char **names = rx_array (rx_n_commands, sizeof *names);
  if (names == NULL)
    return rx_fail_memory (err);
  for (size_t i = 0; i < rx_n_commands; i++)
    names[i] = rx_commands[i]->name;
  const char *near = rx_spelling_nearest (name, names, rx_n_commands);
  rx_fail (err, RX_EUSAGE, "%s is no command; %s%s%ssee `recross --help'",
           rx_quotez (quoted, name), near != NULL ? "did you mean " : "",
           near != NULL ? near : "", near != NULL ? "? " : "");
  free (names);
  return err->status;
}

static enum rx_status
check_operands (const struct rx_command *command,
                const struct rx_settings *settings, struct rx_error *err)
{
  if (settings->n_operands < command->operands_least)
    return rx_fail (err, RX_EUSAGE, "%s: expected %s; see `recross %s --help'",
                    command->name, command->operands, command->name);
  if (settings->n_operands > command->operands_most)
    {
      char quoted[RX_QUOTED_SIZE];
      return rx_fail (
          err, RX_EUSAGE, "%s: found %s, expected nothing after %s",
          command->name,
          rx_quotez (quoted, settings->operand[command->operands_most]),
          command->operands[0] != '\0' ? command->operands : "the options");
    }
  return RX_OK;
}

static enum rx_status
run_command (const struct rx_command *command, int argc, char **argv,
             struct rx_error *err)
{
  struct rx_settings settings = { 0 };
  struct rx_text text = { 0 };
  /* getopt_long reorders what it is given: provenance keeps the order typed */
  char **shuffled = rx_array ((size_t)argc + 1, sizeof *shuffled);
  if (shuffled == NULL)
    return rx_fail_memory (err);
  memcpy (shuffled, argv, (size_t)argc * sizeof *shuffled);
  enum rx_status status = rx_options_parse (command->groups, argc - 1,
                                            shuffled + 1, &settings, err);
  if (status == RX_OK && settings.help)
    {
      rx_help_command (command, &text);
      status = print (&text, err);
    }
  else if (status == RX_OK)
    {
      rx_threads_set ((size_t)settings.threads);
      status = check_operands (command, &settings, err);
      if (status == RX_OK)
        status = command->run (&settings, argc, argv, err);
    }
  rx_settings_free (&settings);
  free (shuffled);
  return status;
}

/* `recross --generate man [COMMAND]` and `... completion` make files of the
   build from the same tables as --help. */
static enum rx_status
generate (int argc, char **argv, struct rx_error *err)
{
  struct rx_text text = { 0 };
  const char *what = argc > 2 ? argv[2] : "";
  const struct rx_command *command
      = argc > 3 ? rx_command_find (argv[3]) : NULL;
  if (argc > 3 && command == NULL)
    return unknown_command (argv[3], err);
  if (strcmp (what, "man") == 0)
    rx_help_man (command, &text);
  else if (strcmp (what, "completion") == 0)
    rx_help_completion (&text);
  else
    return rx_fail (err, RX_EUSAGE,
                    "--generate: expected man [COMMAND] or completion");
  return print (&text, err);
}

static enum rx_status
run (int argc, char **argv, struct rx_error *err)
{
  struct rx_text text = { 0 };
  const char *first = argc > 1 ? argv[1] : "--help";
  if (strcmp (first, "--version") == 0 || strcmp (first, "-V") == 0)
    {
      rx_help_version (&text);
      return print (&text, err);
    }
  if (strcmp (first, "--generate") == 0)
    return generate (argc, argv, err);
  if (strcmp (first, "--help") == 0 || strcmp (first, "-h") == 0
      || (strcmp (first, "help") == 0 && argc == 2))
    {
      rx_help_program (&text);
      enum rx_status status = print (&text, err);
      if (status == RX_OK && argc == 1)
        return rx_fail (err, RX_EUSAGE, "no command given");
      return status;
    }
  bool help = strcmp (first, "help") == 0;
  const struct rx_command *command = rx_command_find (argv[help ? 2 : 1]);
  if (command == NULL)
    return unknown_command (argv[help ? 2 : 1], err);
  if (help)
    {
      rx_help_command (command, &text);
      return print (&text, err);
    }
  return run_command (command, argc, argv, err);
}

int
main (int argc, char **argv)
{
  struct rx_error err = { RX_OK, "" };
  gsl_set_error_handler_off ();
  signal (SIGPIPE, SIG_IGN); /* a closed pipe is a failed write, told so */
  enum rx_status status = run (argc, argv, &err);
  if (status != RX_OK)
    rx_say (NULL, "%s", err.message);
  return (int)status;
}
