/* before_after_words.c: "x4+=4-", "-365,-1", "drugs=N02* at_least=2 | ...".

   The small languages of the options, each the shortest way to write a key of
   the study file. */
#include "cli/before_after_words.h"

#include "base/date.h"
#include "base/number.h"
#include "base/text.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

enum
{
  DAYS_MOST = 36500, /* a window reaches a century at the most */
  AGE_MOST = 200     /* years: no slip, an open end */
};

void
rx_study_words_free (struct rx_study_words *words)
{
  for (size_t i = 0; i < words->n_owned; i++)
    free (words->owned[i]);
  free (words->owned);
  rx_strings_free (&words->strings);
  *words = (struct rx_study_words){ 0 };
}

/* An array that lives as long as the words. */
static void *
own (struct rx_study_words *words, size_t n, size_t size, struct rx_error *err)
{
  void *array = NULL;
  if (rx_grow (&words->owned, &words->room_owned, words->n_owned + 1,
               sizeof *words->owned, err)
      != RX_OK)
    return NULL;
  array = rx_array (n, size);
  if (array == NULL)
    rx_fail_memory (err);
  else
    words->owned[words->n_owned++] = array;
  return array;
}

static enum rx_status
bad (struct rx_error *err, const char *option, const char *found,
     const char *expected)
{
  char quoted[RX_QUOTED_SIZE];
  return rx_fail (err, RX_EUSAGE, "--%s: found %s, expected %s", option,
                  rx_quotez (quoted, found), expected);
}

/* "A,B" as whole numbers. */
static bool
read_pair (const char *text, long least, long most, struct rx_days *pair)
{
  char first[16];
  long from, to;
  const char *comma = strchr (text, ',');
  if (comma == NULL || (size_t)(comma - text) >= sizeof first)
    return false;
  memcpy (first, text, (size_t)(comma - text));
  first[comma - text] = '\0';
  if (!rx_integer_readz (first, least, most, &from)
      || !rx_integer_readz (comma + 1, least, most, &to))
    return false;
  *pair = (struct rx_days){ (int32_t)from, (int32_t)to };
  return true;
}

/* "A,B" in days from the index. */
static enum rx_status
read_window (const char *option, const char *text, struct rx_days *days,
             struct rx_error *err)
{
  if (!read_pair (text, -DAYS_MOST, DAYS_MOST, days))
    return bad (err, option, text, "two whole numbers of days, as in -365,-1");
  if (days->from > days->to)
    return bad (err, option, text, "the earlier day first");
  return RX_OK;
}

/* "FROM,TO" as dates. */
static enum rx_status
read_dates (const char *option, const char *text, struct rx_days *days,
            struct rx_error *err)
{
  const char *comma = strchr (text, ',');
  if (comma == NULL
      || !rx_date_read (text, (size_t)(comma - text), &days->from)
      || !rx_date_read (comma + 1, strlen (comma + 1), &days->to))
    return bad (err, option, text, "two dates, as in 2013-01-01,2013-12-31");
  if (days->from > days->to)
    return bad (err, option, text, "the earlier date first");
  return RX_OK;
}

/* Parts of text[0..length) between marks, blanks around them dropped. */
static enum rx_status
split (struct rx_study_words *words, const char *text, size_t length,
       char mark, struct rx_texts *out, struct rx_error *err)
{
  size_t n = 1;
  for (size_t i = 0; i < length; i++)
    n += text[i] == mark;
  const char **part = own (words, n, sizeof *part, err);
  if (part == NULL)
    return err->status;
  *out = (struct rx_texts){ part, 0 };
  for (size_t from = 0; from <= length;)
    {
      size_t to = from;
      while (to < length && text[to] != mark)
        to++;
      size_t a = from, b = to;
      while (a < b && text[a] == ' ')
        a++;
      while (b > a && text[b - 1] == ' ')
        b--;
      if ((part[out->n++] = rx_strings_add (&words->strings, text + a, b - a))
          == NULL)
        return rx_fail_memory (err);
      from = to + 1;
    }
  return RX_OK;
}

/* Codes: exact ones, or beginnings that end in "*".  A star elsewhere would
   match nothing, and nobody would be told. */
static enum rx_status
check_codes (const char *option, const char *const *code, size_t n,
             struct rx_error *err)
{
  for (size_t i = 0; i < n; i++)
    {
      const char *star = strchr (code[i], '*');
      if (code[i][0] == '\0' || (star != NULL && star[1] != '\0')
          || strpbrk (code[i], " ,;\t") != NULL)
        return bad (err, option, code[i],
                    "a code such as N07BB04, or its beginning and a star "
                    "such as N02*");
    }
  return RX_OK;
}

static enum rx_status
split_codes (struct rx_study_words *words, const char *option,
             const char *text, size_t length, char mark, struct rx_texts *out,
             struct rx_error *err)
{
  if (split (words, text, length, mark, out, err) != RX_OK)
    return err->status;
  return check_codes (option, out->text, out->n, err);
}

/* "NAME=DRUGS" or "NAME=DRUGS except DRUGS". */
static enum rx_status
read_outcome (struct rx_study_words *words, const char *text,
              struct rx_outcome *outcome, struct rx_error *err)
{
  static const char word[] = " except ";
  const char *equals = strchr (text, '=');
  if (equals == NULL || equals == text || equals[1] == '\0')
    return bad (err, "outcome", text, "NAME=ATC,..., as in analgesics=N02*");
  const char *drugs = equals + 1, *except = strstr (drugs, word);
  size_t length = except != NULL ? (size_t)(except - drugs) : strlen (drugs);
  outcome->name
      = rx_strings_add (&words->strings, text, (size_t)(equals - text));
  if (outcome->name == NULL)
    return rx_fail_memory (err);
  if (split_codes (words, "outcome", drugs, length, ',', &outcome->drugs, err)
      != RX_OK)
    return err->status;
  if (except == NULL)
    return RX_OK;
  except += sizeof word - 1;
  return split_codes (words, "outcome", except, strlen (except), ',',
                      &outcome->except, err);
}

static enum rx_status
read_outcomes (const struct rx_settings *settings,
               struct rx_study_words *words, struct rx_error *err)
{
  static const char *const every[] = { "*" };
  size_t n = settings->outcomes.n;
  struct rx_outcome *outcome = own (words, n + 1, sizeof *outcome, err);
  if (outcome == NULL)
    return err->status;
  words->spec.outcomes = outcome;
  words->spec.n_outcomes = n > 0 ? n : 1;
  for (size_t i = 0; i < n; i++)
    if (read_outcome (words, settings->outcomes.text[i], &outcome[i], err)
        != RX_OK)
      return err->status;
  if (n == 0)
    outcome[0] = (struct rx_outcome){ .name = "all other drugs",
                                      .drugs = { every, 1 },
                                      .except = words->spec.index_drugs };
  return RX_OK;
}

/* "NAME=2-3", "NAME=4-" or "NAME=1". */
static enum rx_status
read_level (struct rx_study_words *words, const char *text,
            struct rx_level *level, struct rx_error *err)
{
  static const char expected[] = "NAME=A-B, as in x1=1 or x2-3=2-3 or x4+=4-";
  char first[16];
  const char *equals = strrchr (text, '=');
  if (equals == NULL || equals == text)
    return bad (err, "levels", text, expected);
  const char *from = equals + 1, *dash = strchr (from, '-');
  size_t length = dash != NULL ? (size_t)(dash - from) : strlen (from);
  if (length == 0 || length >= sizeof first)
    return bad (err, "levels", text, expected);
  memcpy (first, from, length);
  first[length] = '\0';
  if (!rx_integer_readz (first, 0, INT_MAX, &level->from))
    return bad (err, "levels", text, expected);
  level->to = level->from;
  if (dash != NULL && dash[1] == '\0')
    level->to = LONG_MAX;
  else if (dash != NULL
           && !rx_integer_readz (dash + 1, 0, INT_MAX, &level->to))
    return bad (err, "levels", text, expected);
  level->name
      = rx_strings_add (&words->strings, text, (size_t)(equals - text));
  return level->name == NULL ? rx_fail_memory (err) : RX_OK;
}

static enum rx_status
read_groups (const struct rx_settings *settings, struct rx_study_words *words,
             struct rx_error *err)
{
  struct rx_before_after_spec *spec = &words->spec;
  size_t n = settings->levels.n;
  if (n == 0 && settings->group_drugs.n == 0
      && settings->group_reference == NULL)
    return RX_OK;
  if (n == 0 || settings->group_drugs.n == 0)
    return rx_fail (err, RX_EUSAGE,
                    "--group-by, --levels and --reference belong together: "
                    "expected --group-by and --levels");
  struct rx_level *level = own (words, n, sizeof *level, err);
  if (level == NULL)
    return err->status;
  for (size_t i = 0; i < n; i++)
    if (read_level (words, settings->levels.text[i], &level[i], err) != RX_OK)
      return err->status;
  spec->levels = level;
  spec->n_levels = n;
  spec->group_drugs = (struct rx_texts){ settings->group_drugs.text,
                                         settings->group_drugs.n };
  spec->group_window = spec->after;
  spec->reference = settings->group_reference;
  if (settings->group_window == NULL)
    return RX_OK;
  return read_window ("group-window", settings->group_window,
                      &spec->group_window, err);
}

static enum rx_status
rule_date (const char *value, int32_t *day, struct rx_error *err)
{
  if (!rx_date_read (value, strlen (value), day))
    return bad (err, "require", value, "a date, as in 2009-01-01");
  return RX_OK;
}

/* "18,75": years at the index. */
static enum rx_status
read_age (const char *value, struct rx_rule *rule, struct rx_error *err)
{
  rule->has_age = true;
  if (!read_pair (value, 0, AGE_MOST, &rule->age)
      || rule->age.from > rule->age.to)
    return bad (err, "require", value,
                "two ages in years, the lower first, as in 18,75");
  return RX_OK;
}

/* One "key=value" of a rule. */
static enum rx_status
read_rule_key (struct rx_study_words *words, const char *word,
               struct rx_rule *rule, struct rx_error *err)
{
  const char *equals = strchr (word, '=');
  const char *value = equals != NULL ? equals + 1 : "";
  size_t n = equals != NULL ? (size_t)(equals - word) : 0;
#define KEY(name) (n == sizeof name - 1 && strncmp (word, name, n) == 0)
  if (KEY ("drugs"))
    return split_codes (words, "require", value, strlen (value), '+',
                        &rule->drugs, err);
  if (KEY ("except"))
    return split_codes (words, "require", value, strlen (value), '+',
                        &rule->except, err);
  if (KEY ("indications"))
    return split_codes (words, "require", value, strlen (value), '+',
                        &rule->indications, err);
  if (KEY ("from") || KEY ("to"))
    {
      rule->has_days = true;
      return rule_date (value,
                        KEY ("from") ? &rule->days.from : &rule->days.to, err);
    }
  if (KEY ("window"))
    {
      rule->has_window = true;
      return read_window ("require", value, &rule->window, err);
    }
  if (KEY ("age"))
    return read_age (value, rule, err);
  if (KEY ("sex"))
    return split (words, value, strlen (value), '+', &rule->sex, err);
  if (KEY ("at_least"))
    return rx_integer_readz (value, 1, INT_MAX, &rule->at_least)
               ? RX_OK
               : bad (err, "require", word, "at_least=N, one or more");
  if (KEY ("count") && strcmp (value, "drugs") == 0)
    rule->count_drugs = true;
  else if (!KEY ("count") || strcmp (value, "rows") != 0)
    return bad (err, "require", word,
                "drugs=, except=, indications=, from=, to=, window=, "
                "at_least=, count=rows|drugs, age= or sex=");
#undef KEY
  return RX_OK;
}

/* A rule is about a person or counts rows. */
static enum rx_status
finish_rule (const char *text, struct rx_rule *rule, struct rx_error *err)
{
  bool of_person = rule->has_age || rule->sex.n > 0;
  bool of_rows = rule->drugs.n > 0 || rule->except.n > 0
                 || rule->indications.n > 0 || rule->has_days
                 || rule->has_window || rule->count_drugs
                 || rule->at_least != 1;
  if (of_person && of_rows)
    return bad (err, "require", text,
                "age= and sex= in a rule of their own: repeat --require");
  if (!of_person && rule->drugs.n == 0 && rule->indications.n == 0)
    return bad (err, "require", text, "drugs= or indications= in every rule");
  if (of_person)
    rule->kind = RX_RULE_PERSON;
  return RX_OK;
}

static enum rx_status
read_simple_rule (struct rx_study_words *words, const char *text,
                  struct rx_rule *rule, struct rx_error *err)
{
  struct rx_texts parts;
  *rule = (struct rx_rule){ .kind = RX_RULE_COUNT,
                            .at_least = 1,
                            .days = { INT32_MIN, INT32_MAX } };
  if (split (words, text, strlen (text), ' ', &parts, err) != RX_OK)
    return err->status;
  for (size_t i = 0; i < parts.n; i++)
    if (parts.text[i][0] != '\0'
        && read_rule_key (words, parts.text[i], rule, err) != RX_OK)
      return err->status;
  return finish_rule (text, rule, err);
}

/* "not RULE" or "RULE". */
static enum rx_status
read_member (struct rx_study_words *words, const char *text,
             struct rx_rule *rule, struct rx_error *err)
{
  static const char not [] = "not ";
  if (strncmp (text, not, sizeof not -1) != 0)
    return read_simple_rule (words, text, rule, err);
  *rule = (struct rx_rule){ .kind = RX_RULE_NONE, .n_members = 1 };
  rule->member = own (words, 1, sizeof *rule->member, err);
  if (rule->member == NULL)
    return err->status;
  return read_simple_rule (words, text + sizeof not -1, rule->member, err);
}

static enum rx_status
read_rule (struct rx_study_words *words, const char *text,
           struct rx_rule *rule, struct rx_error *err)
{
  struct rx_texts parts;
  if (split (words, text, strlen (text), '|', &parts, err) != RX_OK)
    return err->status;
  if (parts.n == 1)
    return read_member (words, parts.text[0], rule, err);
  *rule = (struct rx_rule){ .kind = RX_RULE_ANY, .n_members = parts.n };
  rule->member = own (words, parts.n, sizeof *rule->member, err);
  if (rule->member == NULL)
    return err->status;
  for (size_t i = 0; i < parts.n; i++)
    if (read_member (words, parts.text[i], &rule->member[i], err) != RX_OK)
      return err->status;
  return RX_OK;
}

static enum rx_status
read_rules (const struct rx_settings *settings, struct rx_study_words *words,
            struct rx_error *err)
{
  size_t n = settings->require.n;
  struct rx_rule *rule = own (words, n, sizeof *rule, err);
  if (rule == NULL)
    return err->status;
  for (size_t i = 0; i < n; i++)
    if (read_rule (words, settings->require.text[i], &rule[i], err) != RX_OK)
      return err->status;
  words->spec.require = rule;
  words->spec.n_require = n;
  return RX_OK;
}

static enum rx_status
read_measures (const struct rx_settings *settings,
               struct rx_study_words *words, struct rx_error *err)
{
  for (size_t i = 0; i < settings->measures.n; i++)
    {
      size_t m = 0;
      while (m < rx_n_measures
             && strcmp (rx_measures[m].name, settings->measures.text[i]) != 0)
        m++;
      if (m == rx_n_measures)
        return bad (err, "measure", settings->measures.text[i],
                    "users, dispensings, ddd or treatment-days");
      words->measures |= (unsigned)rx_measures[m].measure;
    }
  return RX_OK;
}

static enum rx_status
read_days (const struct rx_settings *settings,
           struct rx_before_after_spec *spec, struct rx_error *err)
{
  if (read_window ("before", settings->before, &spec->before, err) != RX_OK
      || read_window ("after", settings->after, &spec->after, err) != RX_OK)
    return err->status;
  spec->has_coverage = settings->coverage != NULL;
  spec->has_index_days = settings->index_days != NULL;
  if (spec->has_coverage
      && read_dates ("coverage", settings->coverage, &spec->coverage, err)
             != RX_OK)
    return err->status;
  if (spec->has_index_days
      && read_dates ("index-days", settings->index_days, &spec->index_days,
                     err)
             != RX_OK)
    return err->status;
  return RX_OK;
}

/* Which dispensing is the index; the parser of options knows the words. */
static enum rx_status
read_take (const struct rx_settings *settings,
           struct rx_before_after_spec *spec, struct rx_error *err)
{
  size_t t = 0;
  while (t + 1 < rx_n_takes && strcmp (rx_takes[t].name, settings->take) != 0)
    t++;
  spec->take = rx_takes[t].take;
  spec->washout = (int32_t)settings->washout;
  if (rx_takes[t].has_washout
      && (settings->washout < 1 || settings->washout > DAYS_MOST))
    return rx_fail (err, RX_EUSAGE,
                    "--take %s: expected --washout with a number of days from "
                    "1 to %d",
                    settings->take, DAYS_MOST);
  if (!rx_takes[t].has_washout && settings->washout != 0)
    return rx_fail (err, RX_EUSAGE,
                    "--washout: expected --take washout-then-first or "
                    "first-then-washout beside it");
  return RX_OK;
}

enum rx_status
rx_study_words_read (const struct rx_settings *settings,
                     struct rx_study_words *words, struct rx_error *err)
{
  struct rx_before_after_spec *spec = &words->spec;
  if (check_codes ("index", settings->index.text, settings->index.n, err)
          != RX_OK
      || check_codes ("group-by", settings->group_drugs.text,
                      settings->group_drugs.n, err)
             != RX_OK)
    return err->status;
  spec->no_guard = settings->no_guard;
  spec->index_drugs
      = (struct rx_texts){ settings->index.text, settings->index.n };
  if (read_days (settings, spec, err) != RX_OK
      || read_take (settings, spec, err) != RX_OK
      || read_groups (settings, words, err) != RX_OK
      || read_rules (settings, words, err) != RX_OK
      || read_outcomes (settings, words, err) != RX_OK
      || read_measures (settings, words, err) != RX_OK)
    return err->status;
  return RX_OK;
}

/* ---- Beside the register ------------------------------------------------ */

/* "death=died": the column of a role. */
static enum rx_status
read_person_column (const char *text, struct rx_person_columns *columns,
                    struct rx_error *err)
{
  const char *equals = strchr (text, '=');
  size_t length = equals != NULL ? (size_t)(equals - text) : 0;
  for (size_t i = 0; i < rx_n_person_roles; i++)
    if (strlen (rx_person_roles[i].name) == length
        && strncmp (rx_person_roles[i].name, text, length) == 0
        && equals[1] != '\0')
      {
        *(const char **)((char *)columns + rx_person_roles[i].offset)
            = equals + 1;
        return RX_OK;
      }
  return bad (err, "persons-columns", text,
              "a role and its column, as in death=died; the roles are person, "
              "entry, death, emigration, sex, birth_year and birth_date");
}

static enum rx_status
need_file (const struct rx_list *columns, const char *file, const char *option,
           const char *words, struct rx_error *err)
{
  if (columns->n == 0 || file != NULL)
    return RX_OK;
  return bad (err, option, columns->text[0], words);
}

enum rx_status
rx_beside_words_read (const struct rx_settings *settings,
                      struct rx_register_added *added, struct rx_error *err)
{
  const struct rx_list *codes = &settings->code_columns;
  added->code_columns = (struct rx_code_columns){ "from", "to" };
  added->person_columns.person = settings->person;
  if (need_file (codes, settings->code_map, "code-map-columns",
                 "--code-map beside it", err)
          != RX_OK
      || need_file (&settings->person_columns, settings->persons,
                    "persons-columns", "--persons beside it", err)
             != RX_OK)
    return err->status;
  if (codes->n != 0 && codes->n != 2)
    return bad (err, "code-map-columns", codes->text[0],
                "two columns, as in concept_id,atc");
  if (codes->n == 2)
    added->code_columns
        = (struct rx_code_columns){ codes->text[0], codes->text[1] };
  for (size_t i = 0; i < settings->person_columns.n; i++)
    if (read_person_column (settings->person_columns.text[i],
                            &added->person_columns, err)
        != RX_OK)
      return err->status;
  return RX_OK;
}
