/* help.c: help, man pages, completion and version, all from the tables. */
#ifdef HAVE_CONFIG_H
#include <config.h>
#endif
#include "cli/command.h"

#include "base/provenance.h"

#include <csv.h>
#include <ctype.h>
#include <gsl/gsl_version.h>
#include <jansson.h>
#include <nettle/version.h>
#include <string.h>
#include <yaml.h>
#include <zlib.h>

enum
{
  WIDTH = 79, /* columns of help */
  INDENT = 26 /* column at which an option's explanation starts */
};

/* Adds text wrapped at WIDTH, every line but the first indented.  `at` is the
   column the first word starts in. */
static void
wrap (struct rx_text *out, const char *text, size_t at, size_t indent)
{
  size_t column = at;
  while (*text != '\0')
    {
      size_t length = strcspn (text, " ");
      if (column > indent && column + 1 + length > WIDTH)
        {
          rx_text_addc (out, '\n');
          rx_text_pad (out, ' ', indent);
          column = indent;
        }
      else if (column > at || (column > indent && column != at))
        {
          rx_text_addc (out, ' ');
          column++;
        }
      rx_text_add (out, text, length);
      column += length;
      text += length;
      while (*text == ' ')
        text++;
    }
  rx_text_addc (out, '\n');
}

/* "-o, --output FILE" */
static void
add_option_name (struct rx_text *out, const struct rx_option *o)
{
  if (o->letter != 0)
    rx_text_addf (out, "-%c, ", o->letter);
  rx_text_addf (out, "--%s", o->name);
  if (o->argument != NULL)
    rx_text_addf (out, " %s", o->argument);
}

static void
add_option (struct rx_text *out, const struct rx_option *o)
{
  struct rx_text help = { 0 };
  size_t start = out->length;
  rx_text_addz (out, "  ");
  add_option_name (out, o);
  size_t used = out->length - start;
  if (used + 2 > INDENT)
    {
      rx_text_addc (out, '\n');
      used = 0;
    }
  rx_text_pad (out, ' ', INDENT - used);
  rx_text_addz (&help, o->help);
  if (o->fallback != NULL)
    rx_text_addf (&help, " (default: %s)", o->fallback);
  wrap (out, rx_text_string (&help), INDENT, INDENT);
  rx_text_free (&help);
}

void
rx_help_program (struct rx_text *out)
{
  rx_text_addf (out,
                "%s: re-analyses crossover trials and before/after studies\n"
                "\n"
                "usage: recross COMMAND [OPTION...] [FILE]\n"
                "\n"
                "commands:\n",
                rx_version ());
  for (size_t i = 0; i < rx_n_commands; i++)
    rx_text_addf (out, "  %-14s%s\n", rx_commands[i]->name,
                  rx_commands[i]->title);
  rx_text_addz (out,
                "\n"
                "recross COMMAND --help explains a command; recross --version "
                "names the build.\n"
                "Exit status: 0 done, 1 a check failed, 2 usage, 3 bad data "
                "or study file,\n"
                "4 input or output failed, 5 internal.\n");
}

/* What it does, as a comment of the shell, and the command in one line, to be
   copied. */
static void
add_example (struct rx_text *out, const struct rx_example *example)
{
  static const char comment[] = "  #";
  size_t column = WIDTH;
  for (const char *s = example->says; *s != '\0'; s += strspn (s, " "))
    {
      size_t length = strcspn (s, " ");
      if (column + 1 + length > WIDTH)
        {
          rx_text_addf (out, "%s%s", s > example->says ? "\n" : "", comment);
          column = strlen (comment);
        }
      rx_text_addc (out, ' ');
      rx_text_add (out, s, length);
      column += 1 + length;
      s += length;
    }
  rx_text_addf (out, "\n  %s\n", example->command);
}

void
rx_help_command (const struct rx_command *command, struct rx_text *out)
{
  rx_text_addf (out, "usage: recross %s [OPTION...]%s%s\n\n", command->name,
                command->operands[0] != '\0' ? " " : "", command->operands);
  wrap (out, command->text, 0, 0);
  for (size_t g = 0; command->groups[g] != NULL; g++)
    {
      rx_text_addf (out, "\n%s:\n", command->groups[g]->title);
      for (size_t i = 0; i < command->groups[g]->n; i++)
        add_option (out, &command->groups[g]->option[i]);
    }
  if (command->examples == NULL)
    return;
  rx_text_addz (out, "\nExamples:\n");
  for (const struct rx_example *e = command->examples; e->command != NULL; e++)
    add_example (out, e);
}

/* A line of roff: backslashes, a dot or quote at the start, and minus signs
   need care. */
static void
add_roff (struct rx_text *out, const char *text)
{
  if (*text == '.' || *text == '\'')
    rx_text_addz (out, "\\&");
  for (const char *s = text; *s != '\0'; s++)
    if (*s == '\\')
      rx_text_addz (out, "\\e");
    else if (*s == '-')
      rx_text_addz (out, "\\-");
    else
      rx_text_addc (out, *s);
}

static void
add_roff_head (struct rx_text *out, const char *page, const char *title)
{
  rx_text_addz (out, ".\\\" made by recross --generate man; do not edit\n");
  rx_text_addf (out, ".TH \"");
  for (const char *s = page; *s != '\0'; s++)
    rx_text_addc (out, (char)toupper ((unsigned char)*s));
  rx_text_addf (out, "\" 1 \"\" \"%s\" \"User Commands\"\n.SH NAME\n",
                rx_version ());
  add_roff (out, page);
  rx_text_addz (out, " \\- ");
  add_roff (out, title);
  rx_text_addz (out, "\n.SH SYNOPSIS\n");
}

static void
man_of_program (struct rx_text *out)
{
  add_roff_head (out, "recross",
                 "re-analyses crossover trials and before/after studies");
  rx_text_addz (out, ".B recross\n.I COMMAND\n[\\fIOPTION\\fR...] "
                     "[\\fIFILE\\fR]\n.SH COMMANDS\n");
  for (size_t i = 0; i < rx_n_commands; i++)
    {
      rx_text_addz (out, ".TP\n.BR recross\\-");
      add_roff (out, rx_commands[i]->name);
      rx_text_addz (out, " (1)\n");
      add_roff (out, rx_commands[i]->title);
      rx_text_addc (out, '\n');
    }
  rx_text_addz (out,
                ".SH EXIT STATUS\n0 done; 1 a check failed; 2 usage; 3 bad "
                "data or study file; 4 input or output failed; 5 internal.\n"
                ".SH ENVIRONMENT\n.TP\n.B RECROSS_PLOTS\nFolder of the figure "
                "templates, in place of the installed one.\n");
}

void
rx_help_man (const struct rx_command *command, struct rx_text *out)
{
  struct rx_text page = { 0 }, name = { 0 };
  if (command == NULL)
    {
      man_of_program (out);
      return;
    }
  rx_text_addf (&page, "recross-%s", command->name);
  add_roff_head (out, rx_text_string (&page), command->title);
  rx_text_addz (out, ".B recross ");
  add_roff (out, command->name);
  rx_text_addf (out, "\n[\\fIOPTION\\fR...] %s\n.SH DESCRIPTION\n",
                command->operands);
  add_roff (out, command->text);
  rx_text_addz (out, "\n.SH OPTIONS\n");
  for (size_t g = 0; command->groups[g] != NULL; g++)
    {
      rx_text_addf (out, ".SS %s\n", command->groups[g]->title);
      for (size_t i = 0; i < command->groups[g]->n; i++)
        {
          const struct rx_option *o = &command->groups[g]->option[i];
          rx_text_clear (&name);
          add_option_name (&name, o);
          rx_text_addz (out, ".TP\n.B ");
          add_roff (out, rx_text_string (&name));
          rx_text_addc (out, '\n');
          add_roff (out, o->help);
          if (o->fallback != NULL)
            {
              rx_text_addz (out, " (default: ");
              add_roff (out, o->fallback);
              rx_text_addc (out, ')');
            }
          rx_text_addc (out, '\n');
        }
    }
  for (const struct rx_example *e = command->examples;
       e != NULL && e->command != NULL; e++)
    {
      rx_text_addz (out,
                    e == command->examples ? ".SH EXAMPLES\n.TP\n" : ".TP\n");
      add_roff (out, e->command);
      rx_text_addc (out, '\n');
      add_roff (out, e->says);
      rx_text_addc (out, '\n');
    }
  rx_text_addz (out, ".SH SEE ALSO\n.BR recross (1)\n");
  rx_text_free (&page);
  rx_text_free (&name);
}

void
rx_help_completion (struct rx_text *out)
{
  rx_text_addz (out,
                "# bash completion for recross; made by recross --generate "
                "completion\n"
                "_recross ()\n"
                "{\n"
                "  local word=${COMP_WORDS[COMP_CWORD]} "
                "command=${COMP_WORDS[1]} words=\n"
                "  if [ \"$COMP_CWORD\" -eq 1 ]; then\n"
                "    words='--help --version help");
  for (size_t i = 0; i < rx_n_commands; i++)
    rx_text_addf (out, " %s", rx_commands[i]->name);
  rx_text_addz (out, "'\n  else\n    case $command in\n");
  for (size_t i = 0; i < rx_n_commands; i++)
    {
      rx_text_addf (out, "      %s) words='", rx_commands[i]->name);
      for (size_t g = 0; rx_commands[i]->groups[g] != NULL; g++)
        for (size_t k = 0; k < rx_commands[i]->groups[g]->n; k++)
          rx_text_addf (out, "--%s ",
                        rx_commands[i]->groups[g]->option[k].name);
      rx_text_addz (out, "' ;;\n");
    }
  rx_text_addz (out, "    esac\n"
                     "  fi\n"
                     "  if [[ $word == -* || $COMP_CWORD -eq 1 ]]; then\n"
                     "    COMPREPLY=($(compgen -W \"$words\" -- \"$word\"))\n"
                     "  else\n"
                     "    COMPREPLY=($(compgen -f -- \"$word\"))\n"
                     "  fi\n"
                     "}\n"
                     "complete -o filenames -F _recross recross\n");
}

void
rx_help_version (struct rx_text *out)
{
  rx_text_addf (out, "%s\n", rx_version ());
  rx_text_addf (out, "compiler: %s (%s)\n", RX_BUILD_COMPILER, __VERSION__);
  rx_text_addf (out, "flags: %s; sanitizers: %s\n", RX_BUILD_CFLAGS,
                RX_BUILD_SANITIZERS);
  rx_text_addf (out,
                "libraries: GSL %s, libcsv %d.%d.%d, libyaml %s, zlib %s, "
                "jansson %s, nettle %d.%d\n",
                gsl_version, CSV_MAJOR, CSV_MINOR, CSV_RELEASE,
                yaml_get_version_string (), zlibVersion (), JANSSON_VERSION,
                nettle_version_major (), nettle_version_minor ());
  rx_text_addz (out, "licence: GPL-3.0-or-later; there is NO WARRANTY, to the "
                     "extent permitted by law\n");
}
