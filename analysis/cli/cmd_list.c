/* cmd_list.c: `recross list TOPIC`: what there is, from the tables. */
#include "cli/common.h"

#include "base/output.h"
#include "designs/before_after.h"
#include "report/figure.h"
#include "report/writer.h"
#include "stats/adjust.h"

#include <stdlib.h>
#include <string.h>

static void
line (struct rx_text *out, const char *name, const char *title)
{
  rx_text_addf (out, "%-20s%s\n", name, title);
}

static void
list_methods (struct rx_text *out)
{
  for (size_t i = 0; i < rx_n_methods; i++)
    {
      const struct rx_method *m = rx_methods[i];
      rx_text_addf (out, "%-27s%-13s%-13s%s\n", m->name,
                    m->crossover != NULL ? "crossover" : "-",
                    m->before_after != NULL ? "before-after" : "-", m->title);
    }
}

static void
list_figures (struct rx_text *out)
{
  for (size_t i = 0; i < rx_n_figures; i++)
    line (out, rx_figures[i]->name, rx_figures[i]->title);
}

static void
list_formats (struct rx_text *out)
{
  for (size_t i = 0; i < rx_n_writers; i++)
    line (out, rx_writers[i]->name, rx_writers[i]->title);
}

static void
list_adjustments (struct rx_text *out)
{
  for (size_t i = 0; i < rx_n_adjustments; i++)
    line (out, rx_adjustments[i].name, rx_adjustments[i].title);
}

static void
list_measures (struct rx_text *out)
{
  for (size_t i = 0; i < rx_n_measures; i++)
    rx_text_addf (out, "%s\n", rx_measures[i].name);
}

static void
list_commands (struct rx_text *out)
{
  for (size_t i = 0; i < rx_n_commands; i++)
    line (out, rx_commands[i]->name, rx_commands[i]->title);
}

static const struct
{
  const char *name;
  void (*list) (struct rx_text *out);
} topics[] = {
  { "methods", list_methods },   { "figures", list_figures },
  { "formats", list_formats },   { "adjustments", list_adjustments },
  { "measures", list_measures }, { "commands", list_commands },
};

static enum rx_status
run (struct rx_settings *settings, int argc, char **argv, struct rx_error *err)
{
  struct rx_text text = { 0 };
  char quoted[RX_QUOTED_SIZE];
  (void)argc;
  (void)argv;
  for (size_t i = 0; i < sizeof topics / sizeof topics[0]; i++)
    {
      if (strcmp (topics[i].name, settings->operand[0]) != 0)
        continue;
      topics[i].list (&text);
      enum rx_status status
          = text.failed
                ? rx_fail_memory (err)
                : rx_output_write (settings->output, rx_text_string (&text),
                                   text.length, err);
      rx_text_free (&text);
      return status;
    }
  return rx_fail (err, RX_EUSAGE,
                  "list: found %s, expected methods, figures, formats, "
                  "adjustments, measures or commands",
                  rx_quotez (quoted, settings->operand[0]));
}

static const struct rx_option_group *const groups[]
    = { &rx_options_common, NULL };

const struct rx_command rx_cmd_list = {
  .name = "list",
  .operands = "TOPIC",
  .operands_least = 1,
  .operands_most = 1,
  .title = "list methods, figures, formats, adjustments, measures, commands",
  .text
  = "Lists what this build has, one line each. TOPIC is methods, figures, "
    "formats, adjustments, measures or commands.",
  .groups = groups,
  .run = run,
};
