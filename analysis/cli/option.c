/* option.c: getopt_long driven by the table. */
#include "cli/option.h"

#include "base/number.h"
#include "data/spelling.h"

#include <getopt.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

enum
{
  FIRST_CODE = 256 /* getopt codes of options, above every letter */
};

/* The groups' options in one array, for numbering. */
struct flat
{
  const struct rx_option **option;
  struct option *table; /* of getopt_long */
  char *letters;
  const char **names;
  size_t n;
};

void
rx_settings_free (struct rx_settings *s)
{
  struct rx_list *lists[]
      = { &s->missing,     &s->methods,        &s->responses,   &s->wide,
          &s->baselines,   &s->covariates,     &s->factors,     &s->index,
          &s->group_drugs, &s->levels,         &s->require,     &s->outcomes,
          &s->measures,    &s->subjects,       &s->study,       &s->inputs,
          &s->match,       &s->names,          &s->r_grid,      &s->only,
          &s->unprinted,   &s->discordant,     &s->treatments,  &s->blocks,
          &s->strata,      &s->person_columns, &s->code_columns };
  for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++)
    free (lists[i]->text);
  free (s->operand);
  rx_strings_free (&s->strings);
}

static void
flat_free (struct flat *flat)
{
  free (flat->option);
  free (flat->table);
  free (flat->letters);
  free (flat->names);
}

static enum rx_status
flatten (const struct rx_option_group *const *groups, struct flat *flat,
         struct rx_error *err)
{
  size_t n = 0;
  for (size_t g = 0; groups[g] != NULL; g++)
    n += groups[g]->n;
  flat->option = rx_array (n, sizeof *flat->option);
  flat->table = rx_array (n + 1, sizeof *flat->table);
  flat->letters = rx_array (2 * n + 2, 1);
  flat->names = rx_array (n, sizeof *flat->names);
  if (flat->option == NULL || flat->table == NULL || flat->letters == NULL
      || flat->names == NULL)
    return rx_fail_memory (err);
  char *letter = flat->letters;
  *letter++ = ':'; /* getopt tells a missing argument from an unknown option */
  for (size_t g = 0; groups[g] != NULL; g++)
    for (size_t i = 0; i < groups[g]->n; i++)
      {
        const struct rx_option *o = &groups[g]->option[i];
        bool takes = o->kind != RX_OPTION_FLAG;
        flat->option[flat->n] = o;
        flat->names[flat->n] = o->name;
        flat->table[flat->n]
            = (struct option){ o->name,
                               takes ? required_argument : no_argument, NULL,
                               FIRST_CODE + (int)flat->n };
        if (o->letter != 0)
          {
            *letter++ = o->letter;
            if (takes)
              *letter++ = ':';
          }
        flat->n++;
      }
  return RX_OK;
}

static enum rx_status
append (struct rx_list *list, const char *text, struct rx_error *err)
{
  if (text == NULL)
    return rx_fail_memory (err);
  if (rx_grow (&list->text, &list->room, list->n + 1, sizeof *list->text, err)
      != RX_OK)
    return err->status;
  list->text[list->n++] = text;
  return RX_OK;
}

static enum rx_status
fail_empty (const struct rx_option *o, struct rx_error *err)
{
  return rx_fail (err, RX_EUSAGE, "--%s: found nothing, expected %s", o->name,
                  o->argument);
}

static enum rx_status
append_parts (const struct rx_option *o, struct rx_settings *settings,
              struct rx_list *list, const char *value, struct rx_error *err)
{
  for (;;)
    {
      size_t length = strcspn (value, ",");
      if (length == 0)
        return fail_empty (o, err);
      if (append (list, rx_strings_add (&settings->strings, value, length),
                  err)
          != RX_OK)
        return err->status;
      if (value[length] == '\0')
        return RX_OK;
      value += length + 1;
    }
}

static enum rx_status
check_value (const struct rx_option *o, const char *value,
             struct rx_error *err)
{
  char quoted[RX_QUOTED_SIZE];
  struct rx_text list = { 0 };
  if (o->values == NULL)
    return RX_OK;
  for (size_t i = 0; o->values[i] != NULL; i++)
    {
      if (strcmp (o->values[i], value) == 0)
        {
          rx_text_free (&list);
          return RX_OK;
        }
      rx_text_addf (&list, "%s%s", i > 0 ? ", " : "", o->values[i]);
    }
  rx_fail (err, RX_EUSAGE, "--%s: found %s, expected one of %s", o->name,
           rx_quotez (quoted, value), rx_text_string (&list));
  rx_text_free (&list);
  return err->status;
}

static enum rx_status
set_number (const struct rx_option *o, const char *value, void *member,
            struct rx_error *err)
{
  double x;
  char quoted[RX_QUOTED_SIZE];
  if (!rx_number_readz (value, &x) || !(x > 0 && x < 1))
    return rx_fail (err, RX_EUSAGE,
                    "--%s: found %s, expected a number between 0 and 1",
                    o->name, rx_quotez (quoted, value));
  memcpy (member, &x, sizeof x);
  return RX_OK;
}

static enum rx_status
set_real (const struct rx_option *o, const char *value, void *member,
          struct rx_error *err)
{
  struct rx_real x = { 0, true };
  char quoted[RX_QUOTED_SIZE];
  if (!rx_number_readz (value, &x.value))
    return rx_fail (err, RX_EUSAGE, "--%s: found %s, expected a number",
                    o->name, rx_quotez (quoted, value));
  memcpy (member, &x, sizeof x);
  return RX_OK;
}

static enum rx_status
set_integer (const struct rx_option *o, const char *value, void *member,
             struct rx_error *err)
{
  long x;
  char quoted[RX_QUOTED_SIZE];
  if (!rx_integer_readz (value, 0, LONG_MAX, &x))
    return rx_fail (err, RX_EUSAGE,
                    "--%s: found %s, expected a whole number, zero or more",
                    o->name, rx_quotez (quoted, value));
  memcpy (member, &x, sizeof x);
  return RX_OK;
}

static enum rx_status
set (const struct rx_option *o, struct rx_settings *settings,
     const char *value, struct rx_error *err)
{
  char *member = (char *)settings + o->offset;
  if (o->kind != RX_OPTION_FLAG && *value == '\0')
    return fail_empty (o, err);
  if (o->kind != RX_OPTION_FLAG && check_value (o, value, err) != RX_OK)
    return err->status;
  switch (o->kind)
    {
    case RX_OPTION_FLAG:
      memcpy (member, &(bool){ true }, sizeof (bool));
      return RX_OK;
    case RX_OPTION_TEXT:
      memcpy (member, &value, sizeof value);
      return RX_OK;
    case RX_OPTION_NUMBER:
      return set_number (o, value, member, err);
    case RX_OPTION_REAL:
      return set_real (o, value, member, err);
    case RX_OPTION_INTEGER:
      return set_integer (o, value, member, err);
    case RX_OPTION_LIST:
      return append_parts (o, settings, (struct rx_list *)(void *)member,
                           value, err);
    case RX_OPTION_REPEAT:
      return append ((struct rx_list *)(void *)member,
                     rx_strings_addz (&settings->strings, value), err);
    }
  return RX_OK;
}

static enum rx_status
complain (const struct flat *flat, int code, char **argv, struct rx_error *err)
{
  const char *found = argv[optind - 1];
  if (code == ':')
    return rx_fail (err, RX_EUSAGE, "%s: expected a value after it", found);
  for (size_t i = 0; i < flat->n; i++)
    if (optopt == flat->table[i].val)
      return rx_fail (err, RX_EUSAGE, "--%s takes no value", flat->names[i]);
  const char *bare = found;
  while (*bare == '-')
    bare++;
  const char *near = strncmp (found, "--", 2) == 0
                         ? rx_spelling_nearest (bare, flat->names, flat->n)
                         : NULL;
  return rx_fail (err, RX_EUSAGE, "%s: no such option%s%s%s", found,
                  near != NULL ? "; did you mean --" : "",
                  near != NULL ? near : "", near != NULL ? "?" : "");
}

static enum rx_status
take_operands (int argc, char **argv, struct rx_settings *settings,
               struct rx_error *err)
{
  settings->operand
      = rx_array ((size_t)(argc - optind), sizeof *settings->operand);
  if (settings->operand == NULL)
    return rx_fail_memory (err);
  while (optind < argc)
    settings->operand[settings->n_operands++] = argv[optind++];
  return RX_OK;
}

static const struct rx_option *
option_of (const struct flat *flat, int code)
{
  if (code >= FIRST_CODE)
    return flat->option[code - FIRST_CODE];
  for (size_t i = 0; i < flat->n; i++)
    if (flat->option[i]->letter == code)
      return flat->option[i];
  return NULL;
}

enum rx_status
rx_options_parse (const struct rx_option_group *const *groups, int argc,
                  char **argv, struct rx_settings *settings,
                  struct rx_error *err)
{
  struct flat flat = { 0 };
  enum rx_status status = flatten (groups, &flat, err);
  for (size_t i = 0; status == RX_OK && i < flat.n; i++)
    if (flat.option[i]->fallback != NULL
        && flat.option[i]->kind != RX_OPTION_LIST
        && flat.option[i]->kind != RX_OPTION_REPEAT)
      status = set (flat.option[i], settings, flat.option[i]->fallback, err);
  opterr = 0;
  optind = 1;
  while (status == RX_OK)
    {
      int code = getopt_long (argc, argv, flat.letters, flat.table, NULL);
      if (code == -1)
        break;
      const struct rx_option *o = option_of (&flat, code);
      status = o == NULL ? complain (&flat, code, argv, err)
                         : set (o, settings, optarg, err);
    }
  if (status == RX_OK)
    status = take_operands (argc, argv, settings, err);
  flat_free (&flat);
  return status;
}

const char *
rx_option_value (const struct rx_option *o, struct rx_settings *settings)
{
  const char *member = (const char *)settings + o->offset;
  char number[RX_NUMBER_SIZE];
  switch (o->kind)
    {
    case RX_OPTION_FLAG:
      {
        bool on;
        memcpy (&on, member, sizeof on);
        return on ? "yes" : "no";
      }
    case RX_OPTION_TEXT:
      {
        const char *text;
        memcpy (&text, member, sizeof text);
        return text != NULL ? text : "";
      }
    case RX_OPTION_NUMBER:
      {
        double x;
        memcpy (&x, member, sizeof x);
        return rx_strings_addz (&settings->strings,
                                rx_number_print (number, x));
      }
    case RX_OPTION_REAL:
      {
        struct rx_real x;
        memcpy (&x, member, sizeof x);
        if (!x.given)
          return "";
        return rx_strings_addz (&settings->strings,
                                rx_number_print (number, x.value));
      }
    case RX_OPTION_INTEGER:
      {
        long x;
        memcpy (&x, member, sizeof x);
        return rx_strings_format (&settings->strings, "%ld", x);
      }
    case RX_OPTION_LIST:
    case RX_OPTION_REPEAT:
      break;
    }
  struct rx_list list;
  struct rx_text text = { 0 };
  memcpy (&list, member, sizeof list);
  if (list.n == 0)
    return o->fallback != NULL ? o->fallback : "";
  for (size_t i = 0; i < list.n; i++)
    rx_text_addf (&text, "%s%s",
                  i == 0                      ? ""
                  : o->kind == RX_OPTION_LIST ? ","
                                              : "; ",
                  list.text[i]);
  const char *kept
      = rx_strings_addz (&settings->strings, rx_text_string (&text));
  rx_text_free (&text);
  return kept;
}
