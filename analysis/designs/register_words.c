/* register_words.c: rules and steps as phrases. */
#include "designs/register_words.h"

#include "base/date.h"
#include "base/text.h"
#include "data/spelling.h"

#include <stdlib.h>
#include <string.h>

enum
{
  FREQUENT_CODES = 5, /* listed when the index drug is not there */
  CODE_MOST = 40      /* bytes of a code quoted there */
};

/* The finished text as a string of the arena. */
static const char *
keep (struct rx_text *text, struct rx_strings *strings)
{
  const char *kept
      = text->failed ? NULL : rx_strings_addz (strings, rx_text_string (text));
  rx_text_free (text);
  return kept;
}

static void
add_date (struct rx_text *out, const char *before, int32_t day)
{
  char date[RX_DATE_SIZE];
  rx_text_addf (out, "%s%s", before, rx_date_print (date, day));
}

/* " from A to B"; an end at the limit of the type is an open one. */
static void
add_days (struct rx_text *out, struct rx_days days)
{
  if (days.from != INT32_MIN)
    add_date (out, " from ", days.from);
  if (days.to != INT32_MAX)
    add_date (out, days.from != INT32_MIN ? " to " : " until ", days.to);
  else if (days.from != INT32_MIN)
    rx_text_addz (out, " on");
}

/* "A, B or C" */
static void
add_list (struct rx_text *out, struct rx_texts texts)
{
  for (size_t i = 0; i < texts.n; i++)
    rx_text_addf (out, "%s%s",
                  i == 0            ? ""
                  : i + 1 < texts.n ? ", "
                                    : " or ",
                  texts.text[i]);
}

static bool
is_every (struct rx_texts drugs)
{
  return drugs.n == 0 || (drugs.n == 1 && strcmp (drugs.text[0], "*") == 0);
}

/* ---- Rules -------------------------------------------------------------- */

/* What a count counts, after its number: "rows of N02* ..." */
static void
add_counted (struct rx_text *out, const struct rx_rule *rule, bool plural)
{
  bool every = is_every (rule->drugs);
  if (rule->count_drugs)
    rx_text_addz (out, plural ? "different drugs" : "drug");
  else
    rx_text_addz (out, plural ? "rows" : "row");
  if (!every)
    {
      rx_text_addz (out, rule->count_drugs ? " among " : " of ");
      add_list (out, rule->drugs);
    }
  else if (!rule->count_drugs && rule->indications.n == 0)
    rx_text_addz (out, " of any drug");
  if (rule->except.n > 0)
    {
      rx_text_addz (out, " except ");
      add_list (out, rule->except);
    }
  if (rule->indications.n > 0)
    {
      rx_text_addz (out, " with indication ");
      add_list (out, rule->indications);
    }
  if (rule->has_days)
    add_days (out, rule->days);
  if (rule->has_window)
    rx_text_addf (out, " in days %d to %d from the index", rule->window.from,
                  rule->window.to);
}

/* "age 18 to 75 at the index and sex F" */
static void
add_person (struct rx_text *out, const struct rx_rule *rule)
{
  if (rule->has_age)
    rx_text_addf (out, "age %d to %d at the index%s", rule->age.from,
                  rule->age.to, rule->sex.n > 0 ? " and " : "");
  if (rule->sex.n > 0)
    {
      rx_text_addz (out, "sex ");
      add_list (out, rule->sex);
    }
}

static void add_rule (struct rx_text *out, const struct rx_rule *rule);

/* Members joined; a tree among them in parentheses. */
static void
add_members (struct rx_text *out, const struct rx_rule *rule,
             const char *joint)
{
  for (size_t i = 0; i < rule->n_members; i++)
    {
      const struct rx_rule *member = &rule->member[i];
      bool tree = member->n_members > 0;
      rx_text_addf (out, "%s%s", i > 0 ? joint : "", tree ? "(" : "");
      add_rule (out, member);
      rx_text_addz (out, tree ? ")" : "");
    }
}

/* "no row of N02A*" where that is all it says. */
static void
add_none (struct rx_text *out, const struct rx_rule *rule)
{
  if (rule->n_members == 1 && rule->member[0].kind == RX_RULE_COUNT
      && rule->member[0].at_least == 1)
    {
      rx_text_addz (out, "no ");
      add_counted (out, &rule->member[0], false);
      return;
    }
  rx_text_addz (out, rule->n_members == 1 ? "not " : "none of: ");
  add_members (out, rule, "; ");
}

static void
add_rule (struct rx_text *out, const struct rx_rule *rule)
{
  switch (rule->kind)
    {
    case RX_RULE_COUNT:
      rx_text_addf (out, "at least %ld ", rule->at_least);
      add_counted (out, rule, rule->at_least != 1);
      break;
    case RX_RULE_PERSON:
      add_person (out, rule);
      break;
    case RX_RULE_ANY:
      add_members (out, rule, ", or ");
      break;
    case RX_RULE_ALL:
      add_members (out, rule, ", and ");
      break;
    case RX_RULE_NONE:
      add_none (out, rule);
      break;
    }
}

const char *
rx_rule_words (const struct rx_rule *rule, struct rx_strings *strings)
{
  struct rx_text text = { 0 };
  add_rule (&text, rule);
  return keep (&text, strings);
}

/* ---- Steps -------------------------------------------------------------- */

const char *
rx_coverage_words (struct rx_days coverage, struct rx_strings *strings)
{
  struct rx_text text = { 0 };
  rx_text_addz (&text, "persons in the register (coverage");
  add_date (&text, " ", coverage.from);
  add_date (&text, " to ", coverage.to);
  rx_text_addz (&text, ")");
  return keep (&text, strings);
}

const char *
rx_index_words (const struct rx_before_after_spec *spec, struct rx_days days,
                struct rx_strings *strings)
{
  struct rx_text text = { 0 };
  rx_text_addz (&text, "index: first ");
  add_list (&text, spec->index_drugs);
  add_days (&text, days);
  if (spec->take == RX_TAKE_WASHOUT_THEN_FIRST)
    rx_text_addf (&text, " with none in the %d days before it", spec->washout);
  return keep (&text, strings);
}

const char *
rx_clear_words (const struct rx_before_after_spec *spec,
                struct rx_strings *strings)
{
  struct rx_text text = { 0 };
  bool ever = spec->take == RX_TAKE_FIRST_EVER;
  rx_text_addz (&text, ever ? "first ever: no " : "wash-out: no ");
  add_list (&text, spec->index_drugs);
  if (ever)
    rx_text_addz (&text, " before the index in the coverage");
  else
    rx_text_addf (&text, " in the %d days before the index", spec->washout);
  return keep (&text, strings);
}

const char *
rx_guard_words (const struct rx_before_after_spec *spec,
                const struct rx_days *group, const struct rx_days *rule,
                struct rx_strings *strings)
{
  struct rx_text text = { 0 };
  if (spec->no_guard)
    {
      int32_t landmark = spec->group_window.to + 1;
      rx_text_addz (&text, "coverage guard off: windows may reach outside the "
                           "coverage");
      if (spec->n_levels > 0 && landmark > 1 && landmark <= spec->after.from)
        rx_text_addf (&text, "; day %d, when the groups are known, inside it",
                      landmark);
      return keep (&text, strings);
    }
  rx_text_addf (&text, "before window [%d, %d]%s after window [%d, %d]",
                spec->before.from, spec->before.to,
                group != NULL || rule != NULL ? "," : " and", spec->after.from,
                spec->after.to);
  if (group != NULL)
    rx_text_addf (&text, "%s group window [%d, %d]",
                  rule != NULL ? "," : " and", group->from, group->to);
  if (rule != NULL)
    rx_text_addf (&text, " and the requirements' days [%d, %d]", rule->from,
                  rule->to);
  rx_text_addz (&text, " inside the coverage");
  return keep (&text, strings);
}

/* ---- An index drug that is not there ------------------------------------ */

/* The code with most rows among those not listed yet (rows[code] > 0); of
   equally frequent ones the first by name.  n_drugs when none is left. */
static size_t
most_frequent (const size_t *rows, size_t n_drugs)
{
  size_t best = n_drugs;
  for (size_t i = 0; i < n_drugs; i++)
    if (rows[i] > 0 && (best == n_drugs || rows[i] > rows[best]))
      best = i;
  return best;
}

static void
add_frequent (struct rx_text *out, const struct rx_register *reg)
{
  size_t *rows = rx_array (reg->n_drugs, sizeof *rows);
  if (rows == NULL)
    {
      out->failed = true;
      return;
    }
  for (size_t i = 0; i < reg->n_rows; i++)
    rows[reg->drug[i]]++;
  rx_text_addz (out, " The most frequent codes are ");
  for (int i = 0; i < FREQUENT_CODES; i++)
    {
      size_t code = most_frequent (rows, reg->n_drugs);
      if (code == reg->n_drugs)
        break;
      rx_text_addf (out, "%s%.*s (%zu row%s)", i > 0 ? ", " : "", CODE_MOST,
                    reg->drugs[code], rows[code], rows[code] == 1 ? "" : "s");
      rows[code] = 0;
    }
  free (rows);
}

const char *
rx_unknown_drug_words (const struct rx_register *reg, const char *what,
                       struct rx_texts drugs, struct rx_strings *strings)
{
  struct rx_text text = { 0 };
  rx_text_addf (&text, "no row has the %s ", what);
  add_list (&text, drugs);
  for (size_t i = 0; i < drugs.n; i++)
    {
      const char *near
          = rx_spelling_nearest (drugs.text[i], reg->drugs, reg->n_drugs);
      if (near == NULL)
        continue;
      rx_text_addf (&text, "; did you mean %.*s?", CODE_MOST, near);
      add_frequent (&text, reg);
      return keep (&text, strings);
    }
  rx_text_addz (&text, ".");
  add_frequent (&text, reg);
  return keep (&text, strings);
}
