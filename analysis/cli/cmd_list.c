/* cmd_list.c: `recross list TOPIC`: what there is, from the tables. */
#include "cli/common.h"

#include "base/output.h"
#include "data/register_layout.h"
#include "designs/before_after.h"
#include "designs/power_design.h"
#include "designs/sequence_set.h"
#include "methods/comparisons.h"
#include "methods/printed_rows.h"
#include "report/figure.h"
#include "report/writer.h"
#include "stats/adjust.h"
#include "stats/carryover.h"
#include "stats/cross_check.h"
#include "stats/effect_from_summary.h"
#include "stats/equivalence.h"

#include <stdlib.h>
#include <string.h>

static void
line (struct rx_text *out, const char *name, const char *title)
{
  rx_text_addf (out, "%-20s%s\n", name, title);
}

/* The designs that a method serves: those whose function it has. */
static void
add_designs (struct rx_text *out, const struct rx_method *m)
{
  const struct
  {
    const char *name;
    bool served;
  } designs[] = { { "crossover", rx_method_serves_crossover (m) },
                  { "before-after", rx_method_serves_before_after (m) },
                  { "its", m->series != NULL },
                  { "pssa", m->symmetry != NULL },
                  { "sccs", m->case_series != NULL },
                  { "exposure", m->exposure != NULL },
                  { "ddd", m->packages != NULL },
                  { "meta", m->meta != NULL },
                  { "summary", rx_method_serves_summary (m) },
                  { "claims", m->claims != NULL } };
  size_t before = out->length;
  for (size_t i = 0; i < sizeof designs / sizeof designs[0]; i++)
    if (designs[i].served)
      rx_text_addf (out, "%s%s", out->length > before ? "," : "",
                    designs[i].name);
}

static void
list_methods (struct rx_text *out)
{
  for (size_t i = 0; i < rx_n_methods; i++)
    {
      struct rx_text designs = { 0 };
      add_designs (&designs, rx_methods[i]);
      if (designs.failed)
        out->failed = true;
      rx_text_addf (out, "%-27s%-24s%s\n", rx_methods[i]->name,
                    rx_text_string (&designs), rx_methods[i]->title);
      rx_text_free (&designs);
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

/* Whose rule expands the limits of bioequivalence. */
static void
list_regulators (struct rx_text *out)
{
  for (size_t i = 0; i < rx_n_expansions; i++)
    line (out, rx_expansions[i].name, rx_expansions[i].source);
}

/* What treatments can leave behind. */
static void
list_carryovers (struct rx_text *out)
{
  for (size_t i = 0; i < rx_n_carryovers; i++)
    line (out, rx_carryovers[i].name, rx_carryovers[i].title);
}

static void
list_measures (struct rx_text *out)
{
  for (size_t i = 0; i < rx_n_measures; i++)
    rx_text_addf (out, "%s\n", rx_measures[i].name);
}

/* What `recross design` makes. */
static void
list_sequences (struct rx_text *out)
{
  for (size_t i = 0; i < rx_n_sequence_sets; i++)
    {
      const struct rx_sequence_set *set = &rx_sequence_sets[i];
      rx_text_addf (out, "%-24s%s%s%s\n", set->name, set->title,
                    set->sequences != NULL ? ": " : "",
                    set->sequences != NULL ? set->sequences : "");
    }
}

/* What `recross power` plans: groups, degrees of freedom, N SE^2 / sd^2. */
static void
list_designs (struct rx_text *out)
{
  for (size_t i = 0; i < rx_n_power_designs; i++)
    {
      const struct rx_power_design *d = &rx_power_designs[i];
      const struct rx_power_layout *l = &d->layout;
      double groups = (double)l->groups;
      struct rx_text df = { 0 };
      if (l->df_each > 1)
        rx_text_addf (&df, "%g ", l->df_each);
      rx_text_addf (&df, "N - %g", l->df_fewer);
      rx_text_addf (out, "%-9s %zu group%s  df %-8s bk %-4g %s: %s\n", d->name,
                    l->groups, l->groups == 1 ? " " : "s",
                    rx_text_string (&df), l->unit * groups * groups, d->title,
                    d->groups);
      rx_text_free (&df);
    }
}

static void
list_effects (struct rx_text *out)
{
  for (size_t i = 0; i < rx_n_effect_kinds; i++)
    {
      const struct rx_effect_kind *kind = &rx_effect_kinds[i];
      rx_text_addf (out, "%-27s%s:", kind->name, kind->title);
      for (size_t j = 0; j < kind->n_inputs; j++)
        rx_text_addf (out, "%s%s", j > 0 ? ", " : " ", kind->input[j].name);
      rx_text_addc (out, '\n');
    }
}

/* Kinds of checks of printed claims. */
static void
list_checks (struct rx_text *out)
{
  for (size_t i = 0; i < rx_n_check_kinds; i++)
    rx_text_addf (out, "%-24s%s\n", rx_check_kinds[i].name,
                  rx_check_kinds[i].title);
}

static void
list_commands (struct rx_text *out)
{
  for (size_t i = 0; i < rx_n_commands; i++)
    line (out, rx_commands[i]->name, rx_commands[i]->title);
}

static void
add_column (struct rx_text *out, const char *role, const char *column)
{
  if (column != NULL)
    rx_text_addf (out, "; %s %s", role, column);
}

/* A layout, the columns that it names, and where the names were found. */
static void
list_layouts (struct rx_text *out)
{
  for (size_t i = 0; i < rx_n_register_layouts; i++)
    {
      const struct rx_register_layout *layout = &rx_register_layouts[i];
      const struct rx_register_columns *columns = &layout->columns;
      rx_text_addf (out, "%-20s%s", layout->name, layout->title);
      add_column (out, "person", columns->person);
      add_column (out, "date", columns->date);
      add_column (out, "drug", columns->drug);
      add_column (out, columns->is_days ? "days" : "amount", columns->amount);
      add_column (out, "times", columns->amount_times);
      add_column (out, "indication", columns->indication);
      add_column (out, "sex", columns->sex);
      add_column (out, "birth_year", columns->birth_year);
      rx_text_addf (out, "%s%s\n", layout->source != NULL ? "; from " : "",
                    layout->source != NULL ? layout->source : "");
    }
}

static const struct
{
  const char *name;
  void (*list) (struct rx_text *out);
} topics[] = {
  { "methods", list_methods },       { "figures", list_figures },
  { "formats", list_formats },       { "adjustments", list_adjustments },
  { "measures", list_measures },     { "designs", list_designs },
  { "commands", list_commands },     { "effects", list_effects },
  { "layouts", list_layouts },       { "sequences", list_sequences },
  { "checks", list_checks },         { "regulators", list_regulators },
  { "carryovers", list_carryovers },
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
  struct rx_text all = { 0 };
  size_t n = sizeof topics / sizeof topics[0];
  for (size_t i = 0; i < n; i++)
    rx_text_addf (&all, "%s%s",
                  i == 0       ? ""
                  : i + 1 == n ? " or "
                               : ", ",
                  topics[i].name);
  rx_fail (err, RX_EUSAGE, "list: found %s, expected %s",
           rx_quotez (quoted, settings->operand[0]), rx_text_string (&all));
  rx_text_free (&all);
  return err->status;
}

static const struct rx_option_group *const groups[]
    = { &rx_options_common, NULL };

const struct rx_command rx_cmd_list = {
  .name = "list",
  .operands = "TOPIC",
  .operands_least = 1,
  .operands_most = 1,
  .title = "list what this build has: methods, figures, designs, ...",
  .text
  = "Lists what this build has, one line each: methods, figures and designs "
    "among others. A TOPIC that is none names them all.",
  .groups = groups,
  .run = run,
};
