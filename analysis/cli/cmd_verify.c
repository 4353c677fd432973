/* cmd_verify.c: `recross verify DIR`: run again what produced DIR and compare,
   number by number. */
#include "cli/common.h"

#include "base/output.h"
#include "study/verify.h"

#define AT(member) offsetof (struct rx_settings, member)

static const struct rx_option options[] = {
  { "study", 0, RX_OPTION_TEXT, AT (study_file), "FILE", NULL,
    "the study file (default: the one the manifest names)", NULL, false },
};
static const struct rx_option_group group
    = { "What to run", options, sizeof options / sizeof options[0] };
static const struct rx_option_group *const groups[]
    = { &group, &rx_options_common, NULL };

static enum rx_status
run (struct rx_settings *settings, int argc, char **argv, struct rx_error *err)
{
  struct rx_text report = { 0 };
  struct rx_error writing = { RX_OK, "" };
  (void)argc;
  (void)argv;
  enum rx_status status
      = rx_verify (settings->operand[0], settings->study_file, &report, err);
  /* the report matters most where something is wrong */
  enum rx_status written = rx_output_write (
      settings->output, rx_text_string (&report), report.length, &writing);
  rx_text_free (&report);
  if (status == RX_OK && written != RX_OK)
    {
      *err = writing;
      return written;
    }
  return status;
}

static const struct rx_example examples[] = {
  { "recross verify results/senn-asthma",
    "from the folder in which `recross run' was called" },
  { NULL, NULL },
};

const struct rx_command rx_cmd_verify = {
  .name = "verify",
  .operands = "DIR",
  .operands_least = 1,
  .operands_most = 1,
  .title = "run again what produced a folder and compare",
  .text
  = "Reads DIR/manifest.json, checks the study file, the inputs and the "
    "outputs against their SHA-256, runs the study anew in a temporary "
    "folder, and compares every file; result rows number by number. Exit "
    "status 1 when something differs. Pictures are compared too, but another "
    "gnuplot or font is no failure.",
  .groups = groups,
  .examples = examples,
  .run = run,
};
