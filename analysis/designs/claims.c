/* claims.c: the ledger, then the checks, each complaint where it stands. */
#include "designs/claims.h"

#include "base/text.h"
#include "data/spelling.h"
#include "designs/claim_numbers.h"
#include "stats/recompute_p.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* An id and its place, sorted by id. */
struct entry
{
  const char *id;
  size_t at;
};

struct build
{
  struct rx_claims *out;
  const struct rx_table *table; /* the one that is read */
  size_t row;
  struct entry *entry; /* [out->n] */
  struct rx_error *err;
};

/* ---- cells ------------------------------------------------------------ */

/* "" when there is no such column, or nothing in it. */
static const char *
cell (const struct build *b, const char *name)
{
  size_t column = rx_table_find (b->table, name);
  if (column == SIZE_MAX || rx_table_missing (b->table, b->row, column))
    return "";
  return rx_table_cell (b->table, b->row, column);
}

static struct rx_where
where (const struct build *b, const char *name)
{
  size_t column = rx_table_find (b->table, name);
  if (column != SIZE_MAX)
    return rx_table_where (b->table, b->row, column);
  return (struct rx_where){ b->table->file, b->table->lines[b->row], 0, name };
}

static enum rx_status
complain (const struct build *b, const char *name, const char *expected)
{
  char found[RX_QUOTED_SIZE];
  return rx_fail_at (b->err, RX_EDATA, where (b, name),
                     "found %s, expected %s",
                     rx_quotez (found, cell (b, name)), expected);
}

static enum rx_status
keep (const struct build *b, const char *name, const char **out)
{
  *out = rx_strings_addz (&b->out->strings, cell (b, name));
  return *out == NULL ? rx_fail_memory (b->err) : RX_OK;
}

static enum rx_status
need_columns (const struct build *b, const char *const *names, size_t n)
{
  size_t column;
  for (size_t i = 0; i < n; i++)
    if (rx_table_column (b->table, names[i], &column, b->err) != RX_OK)
      return b->err->status;
  return RX_OK;
}

/* ---- ids -------------------------------------------------------------- */

static int
compare_entries (const void *a, const void *b)
{
  const struct entry *x = a, *y = b;
  int order = strcmp (x->id, y->id);
  return order != 0 ? order : (x->at > y->at) - (x->at < y->at);
}

static size_t
find_claim (const struct build *b, const char *id)
{
  struct entry wanted = { id, 0 };
  size_t low = 0, high = b->out->n;
  while (low < high)
    {
      size_t middle = low + (high - low) / 2;
      if (strcmp (b->entry[middle].id, wanted.id) < 0)
        low = middle + 1;
      else
        high = middle;
    }
  return low < b->out->n && strcmp (b->entry[low].id, id) == 0
             ? b->entry[low].at
             : SIZE_MAX;
}

static enum rx_status
fail_id (const struct build *b, const char *column, const char *id)
{
  char found[RX_QUOTED_SIZE];
  const char **ids = rx_array (b->out->n, sizeof *ids);
  if (ids == NULL)
    return rx_fail_memory (b->err);
  for (size_t i = 0; i < b->out->n; i++)
    ids[i] = b->out->claim[i].id;
  const char *near = rx_spelling_nearest (id, ids, b->out->n);
  free (ids);
  return rx_fail_at (
      b->err, RX_EDATA, where (b, column),
      "found %s, expected the id of a claim in the ledger%s%s%s",
      rx_quotez (found, id), near != NULL ? "; did you mean " : "",
      near != NULL ? near : "", near != NULL ? "?" : "");
}

/* ---- the ledger ------------------------------------------------------- */

static enum rx_status
read_claim (struct build *b, struct rx_claim *claim)
{
  const char *column;
  struct rx_claim_cells cells = { .estimate = cell (b, "estimate"),
                                  .n = cell (b, "n"),
                                  .spread = cell (b, "spread"),
                                  .ci_low = cell (b, "ci_low"),
                                  .ci_high = cell (b, "ci_high"),
                                  .p_text = cell (b, "p_text"),
                                  .measure = cell (b, "measure"),
                                  .unit = cell (b, "unit"),
                                  .verbatim = cell (b, "verbatim_number"),
                                  .mark = b->table->format.decimal };
  if (keep (b, "id", &claim->id) != RX_OK
      || keep (b, "study", &claim->study) != RX_OK
      || keep (b, "source", &claim->source) != RX_OK
      || keep (b, "endpoint", &claim->endpoint) != RX_OK
      || keep (b, "measure", &claim->measure) != RX_OK
      || keep (b, "verbatim_number", &claim->printed) != RX_OK)
    return b->err->status;
  if (claim->id[0] == '\0' || strpbrk (claim->id, ";= ") != NULL)
    return complain (b, "id", "an id without blanks, \";\" and \"=\"");
  const char *fault = rx_claim_numbers (&cells, claim->said, &column);
  return fault == NULL ? RX_OK : complain (b, column, fault);
}

static enum rx_status
index_claims (struct build *b)
{
  char found[RX_QUOTED_SIZE];
  b->entry = rx_array (b->out->n, sizeof *b->entry);
  if (b->entry == NULL)
    return rx_fail_memory (b->err);
  for (size_t i = 0; i < b->out->n; i++)
    b->entry[i] = (struct entry){ b->out->claim[i].id, i };
  qsort (b->entry, b->out->n, sizeof *b->entry, compare_entries);
  for (size_t i = 1; i < b->out->n; i++)
    if (strcmp (b->entry[i].id, b->entry[i - 1].id) == 0)
      {
        size_t column = rx_table_find (b->table, "id");
        return rx_fail_at (b->err, RX_EDATA,
                           rx_table_where (b->table, b->entry[i].at, column),
                           "%s is the id of an earlier claim, in line %zu",
                           rx_quotez (found, b->entry[i].id),
                           b->table->lines[b->entry[i - 1].at]);
      }
  return RX_OK;
}

static enum rx_status
read_ledger (struct build *b)
{
  static const char *const needed[] = { "id", "estimate", "verbatim_number" };
  if (need_columns (b, needed, sizeof needed / sizeof *needed) != RX_OK)
    return b->err->status;
  b->out->claim = rx_array (b->table->n_rows, sizeof *b->out->claim);
  if (b->out->claim == NULL)
    return rx_fail_memory (b->err);
  for (b->row = 0; b->row < b->table->n_rows; b->row++)
    if (read_claim (b, &b->out->claim[b->out->n++]) != RX_OK)
      return b->err->status;
  return index_claims (b);
}

/* ---- one check: what it uses ------------------------------------------ */

static enum rx_status
read_part (const struct build *b, const char *column, const char *name,
           enum rx_said_part *out)
{
  char found[RX_QUOTED_SIZE];
  for (int i = 0; i < RX_SAID_PARTS; i++)
    if (strcmp (rx_said_part_names[i], name) == 0)
      {
        *out = (enum rx_said_part)i;
        return RX_OK;
      }
  return rx_fail_at (b->err, RX_EDATA, where (b, column),
                     "found %s, expected estimate, n, spread, ci_low, "
                     "ci_high or p",
                     rx_quotez (found, name));
}

static const char *
skip_blanks (const char *s)
{
  while (*s == ' ')
    s++;
  return s;
}

/* The next member of a list parted by ';', without the blanks around; false
   at the end. */
static bool
next_member (const char **list, const char **start, size_t *length)
{
  const char *s = skip_blanks (*list);
  if (*s == '\0')
    return false;
  const char *end = strchr (s, ';');
  size_t n = end != NULL ? (size_t)(end - s) : strlen (s);
  *list = end != NULL ? end + 1 : s + n;
  while (n > 0 && s[n - 1] == ' ')
    n--;
  *start = s;
  *length = n;
  return true;
}

static enum rx_status
read_use (const struct build *b, const char *start, size_t length,
          struct rx_claim_use *use)
{
  char found[RX_QUOTED_SIZE];
  enum rx_said_part part = RX_SAID_ESTIMATE;
  const char *words = rx_strings_add (&b->out->strings, start, length);
  if (words == NULL)
    return rx_fail_memory (b->err);
  use->words = words;
  use->claim = SIZE_MAX;
  if (words[0] == '=')
    {
      use->said = (struct rx_said){ .n = NAN, .years = NAN, .decision = -1 };
      if (rx_claim_constant (words + 1, b->table->format.decimal, &use->said))
        return RX_OK;
      return rx_fail_at (b->err, RX_EDATA, where (b, "uses"),
                         "found %s, expected a number after \"=\"",
                         rx_quotez (found, words));
    }
  use->claim = find_claim (b, words);
  const char *dot = strrchr (words, '.');
  if (use->claim == SIZE_MAX && dot != NULL)
    {
      const char *id
          = rx_strings_add (&b->out->strings, words, (size_t)(dot - words));
      if (id == NULL)
        return rx_fail_memory (b->err);
      use->claim = find_claim (b, id);
      if (use->claim != SIZE_MAX
          && read_part (b, "uses", dot + 1, &part) != RX_OK)
        return b->err->status;
    }
  if (use->claim == SIZE_MAX)
    return fail_id (b, "uses", words);
  use->said = b->out->claim[use->claim].said[part];
  return RX_OK;
}

static enum rx_status
read_uses (const struct build *b, struct rx_claim_check *check)
{
  const struct rx_check_kind *kind = check->kind;
  const char *list = cell (b, "uses"), *start;
  size_t length;
  check->use = rx_array (RX_CHECK_USES_MOST, sizeof *check->use);
  if (check->use == NULL)
    return rx_fail_memory (b->err);
  while (next_member (&list, &start, &length))
    {
      if (check->n_uses == kind->uses_most)
        return rx_fail_at (
            b->err, RX_EDATA, where (b, "uses"),
            "found more than %zu, expected %zu at the most for %s",
            kind->uses_most, kind->uses_most, kind->name);
      if (read_use (b, start, length, &check->use[check->n_uses++]) != RX_OK)
        return b->err->status;
    }
  if (check->n_uses < kind->uses_least)
    return rx_fail_at (b->err, RX_EDATA, where (b, "uses"),
                       "found %zu, expected %zu at the least for %s: %s",
                       check->n_uses, kind->uses_least, kind->name,
                       kind->title);
  return RX_OK;
}

/* ---- one check: its parameters ---------------------------------------- */

static bool
read_double (const char *text, double *out)
{
  return rx_number_readz (text, out);
}

static bool
read_weights (const char *text, struct rx_check_options *options)
{
  char member[RX_NUMBER_SIZE];
  for (size_t i = 0; i < RX_CHECK_USES_MOST; i++)
    {
      size_t n = strcspn (text, ",");
      if (n >= sizeof member)
        return false;
      memcpy (member, text, n);
      member[n] = '\0';
      if (!read_double (member, &options->weight[i]))
        return false;
      options->n_weights = i + 1;
      if (text[n] == '\0')
        return true;
      text += n + 1;
    }
  return false;
}

/* "59", "1..359", "z" */
static bool
read_df (const char *text, struct rx_check_options *options)
{
  char low[RX_NUMBER_SIZE];
  const char *dots = strstr (text, "..");
  if (strcmp (text, "z") == 0)
    {
      options->df_low = options->df_high = INFINITY;
      return true;
    }
  if (dots == NULL)
    {
      bool fine = read_double (text, &options->df_low) && options->df_low > 0;
      options->df_high = options->df_low;
      return fine;
    }
  if ((size_t)(dots - text) >= sizeof low)
    return false;
  memcpy (low, text, (size_t)(dots - text));
  low[dots - text] = '\0';
  if (!read_double (low, &options->df_low) || !(options->df_low > 0))
    return false;
  if (strcmp (dots + 2, "z") == 0)
    {
      options->df_high = INFINITY;
      return true;
    }
  return read_double (dots + 2, &options->df_high)
         && options->df_high >= options->df_low;
}

static bool
read_statistic (const char *text, struct rx_check_options *options)
{
  static const struct
  {
    const char *name;
    enum rx_statistic kind;
  } kinds[] = { { "t", RX_STATISTIC_T },
                { "F", RX_STATISTIC_F },
                { "z", RX_STATISTIC_Z },
                { "r", RX_STATISTIC_R },
                { "chi2", RX_STATISTIC_CHI2 } };
  for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
    if (strcmp (kinds[i].name, text) == 0)
      {
        options->statistic = (int)kinds[i].kind;
        return true;
      }
  return false;
}

static bool
read_plus (const char *text, struct rx_check_options *options)
{
  return read_double (text, &options->plus);
}

static bool
read_times (const char *text, struct rx_check_options *options)
{
  return read_double (text, &options->times);
}

static bool
read_df1 (const char *text, struct rx_check_options *options)
{
  return read_double (text, &options->df1) && options->df1 > 0;
}

static bool
read_level (const char *text, struct rx_check_options *options)
{
  return read_double (text, &options->level) && options->level > 0
         && options->level < 1;
}

static bool
read_index (const char *text, struct rx_check_options *options)
{
  return read_double (text, &options->index);
}

static const struct
{
  const char *name, *expected;
  enum rx_check_option option;
  bool (*read) (const char *text, struct rx_check_options *options);
} parameters[] = {
  { "weights", "numbers parted by commas, such as 1,-1", RX_CHECK_WEIGHTS,
    read_weights },
  { "plus", "a number", RX_CHECK_PLUS, read_plus },
  { "times", "a number", RX_CHECK_TIMES, read_times },
  { "df", "degrees of freedom above 0, such as 59, a range as 1..359, or z",
    RX_CHECK_DF, read_df },
  { "df1", "degrees of freedom above 0", RX_CHECK_DF1, read_df1 },
  { "level", "a number between 0 and 1, such as 0.95", RX_CHECK_LEVEL,
    read_level },
  { "index", "a year", RX_CHECK_INDEX, read_index },
  { "statistic", "t, z, r, F or chi2", RX_CHECK_STATISTIC, read_statistic },
  { "read", "a number, or a bound such as >4", RX_CHECK_READ, NULL },
};
enum
{
  N_PARAMETERS = sizeof parameters / sizeof *parameters
};

static enum rx_status
fail_parameter (const struct build *b, const struct rx_check_kind *kind,
                const char *member)
{
  char found[RX_QUOTED_SIZE];
  struct rx_text names = { 0 };
  for (size_t i = 0; i < N_PARAMETERS; i++)
    if ((kind->takes & parameters[i].option) != 0)
      rx_text_addf (&names, "%s, ", parameters[i].name);
  rx_fail_at (b->err, RX_EDATA, where (b, "parameters"),
              "found %s, expected a parameter of %s: %sread",
              rx_quotez (found, member), kind->name, rx_text_string (&names));
  rx_text_free (&names);
  return RX_EDATA;
}

static enum rx_status
read_parameter (const struct build *b, const char *member,
                struct rx_claim_check *check, unsigned *told)
{
  char found[RX_QUOTED_SIZE];
  const char *equal = strchr (member, '=');
  size_t length = equal != NULL ? (size_t)(equal - member) : 0, i = 0;
  unsigned takes = check->kind->takes | RX_CHECK_READ;
  while (i < N_PARAMETERS
         && (strlen (parameters[i].name) != length
             || strncmp (parameters[i].name, member, length) != 0))
    i++;
  if (equal == NULL || i == N_PARAMETERS || (takes & parameters[i].option) == 0
      || (*told & parameters[i].option) != 0)
    return fail_parameter (b, check->kind, member);
  *told |= parameters[i].option;
  if (parameters[i].read != NULL
          ? parameters[i].read (equal + 1, &check->options)
          : rx_claim_constant (equal + 1, b->table->format.decimal,
                               &check->said))
    return RX_OK;
  return rx_fail_at (b->err, RX_EDATA, where (b, "parameters"),
                     "found %s, expected %s", rx_quotez (found, member),
                     parameters[i].expected);
}

static enum rx_status
read_parameters (const struct build *b, struct rx_claim_check *check)
{
  const char *list = cell (b, "parameters"), *start;
  size_t length;
  unsigned told = 0;
  struct rx_check_options *options = &check->options;
  *options = (struct rx_check_options){ .times = NAN,
                                        .df_low = NAN,
                                        .df_high = NAN,
                                        .df1 = NAN,
                                        .level = NAN,
                                        .index = NAN };
  for (size_t i = 0; i < RX_CHECK_USES_MOST; i++)
    options->weight[i] = 1;
  while (next_member (&list, &start, &length))
    {
      const char *member = rx_strings_add (&b->out->strings, start, length);
      if (member == NULL)
        return rx_fail_memory (b->err);
      if (read_parameter (b, member, check, &told) != RX_OK)
        return b->err->status;
    }
  if (options->n_weights > 0 && options->n_weights != check->n_uses)
    return rx_fail_at (b->err, RX_EDATA, where (b, "parameters"),
                       "found %zu weights, expected one for each of the %zu "
                       "numbers used",
                       options->n_weights, check->n_uses);
  for (size_t i = 0; i < N_PARAMETERS; i++)
    if ((check->kind->wants & ~told & parameters[i].option) != 0)
      return rx_fail_at (b->err, RX_EDATA, where (b, "parameters"),
                         "%s needs %s=..., %s", check->kind->name,
                         parameters[i].name, parameters[i].expected);
  return RX_OK;
}

/* ---- one check: has it what it needs? --------------------------------- */

static bool
has_number (const struct rx_said *said)
{
  return said->printed.kind != RX_PRINTED_NOTHING;
}

static enum rx_status
fail_need (const struct build *b, const char *column, const char *id,
           enum rx_said_part part, const char *needed)
{
  return rx_fail_at (b->err, RX_EDATA, where (b, column),
                     "%s, %s: %s needs %s", id, rx_said_part_names[part],
                     cell (b, "kind"), needed);
}

static enum rx_status
check_own (const struct build *b, const struct rx_claim_check *check)
{
  const struct rx_said *said = &check->said;
  const char *id = b->out->claim[check->claim].id;
  enum rx_check_need need = check->kind->need;
  bool plain = said->printed.kind == RX_PRINTED_EQUAL
               && isfinite (said->printed.value);
  if (need == RX_CHECK_NEEDS_NOTHING)
    return RX_OK;
  if (need == RX_CHECK_NEEDS_DECISION)
    return said->decision >= 0
               ? RX_OK
               : fail_need (b, "claim", id, said->part,
                            "a p-value, or words, that decide");
  if (!has_number (said))
    return fail_need (b, "claim", id, said->part,
                      "a number, and none is printed; read=... says what "
                      "words stand for");
  if (need == RX_CHECK_NEEDS_N && !plain)
    return fail_need (b, "claim", id, said->part,
                      "a number that is no range and no bound");
  if (need == RX_CHECK_NEEDS_N && isnan (said->n))
    return fail_need (b, "claim", id, said->part,
                      "the number of persons in column n");
  if (need == RX_CHECK_NEEDS_YEARS && isnan (said->years))
    return fail_need (b, "claim", id, said->part,
                      "a unit of time (days, weeks, months, years)");
  if (need == RX_CHECK_NEEDS_DATES && !said->is_date)
    return fail_need (b, "claim", id, said->part,
                      "a date (unit year, year-month, decade or date)");
  return RX_OK;
}

static enum rx_status
check_use (const struct build *b, const struct rx_claim_check *check,
           size_t at)
{
  const struct rx_claim_use *use = &check->use[at];
  const struct rx_said *said = &use->said;
  enum rx_check_need need = check->kind->need;
  if (need == RX_CHECK_NEEDS_NOTHING || need == RX_CHECK_NEEDS_OWN)
    return RX_OK;
  if (need == RX_CHECK_NEEDS_DECISION)
    return said->decision >= 0
               ? RX_OK
               : fail_need (b, "uses", use->words, said->part,
                            "a p-value, or words, that decide");
  if (!has_number (said))
    return fail_need (b, "uses", use->words, said->part,
                      "a number, and none is printed");
  bool is_time = need == RX_CHECK_NEEDS_WINDOW
                 || (need == RX_CHECK_NEEDS_DATES && at > 0);
  if (is_time && (isnan (said->years) || said->is_date))
    return fail_need (b, "uses", use->words, said->part,
                      "a duration in days, weeks, months or years");
  if (need == RX_CHECK_NEEDS_DATES && at == 0 && !said->is_date)
    return fail_need (b, "uses", use->words, said->part,
                      "a date (unit year, year-month, decade or date)");
  return RX_OK;
}

static enum rx_status
check_needs (const struct build *b, const struct rx_claim_check *check)
{
  if (check_own (b, check) != RX_OK)
    return b->err->status;
  for (size_t i = 0; i < check->n_uses; i++)
    if (check_use (b, check, i) != RX_OK)
      return b->err->status;
  return RX_OK;
}

/* ---- the checks ------------------------------------------------------- */

static enum rx_status
read_kind (const struct build *b, const struct rx_check_kind **out)
{
  char found[RX_QUOTED_SIZE];
  const char *name = cell (b, "kind");
  *out = rx_check_kind_find (name);
  if (*out != NULL)
    return RX_OK;
  const char **names = rx_array (rx_n_check_kinds, sizeof *names);
  struct rx_text all = { 0 };
  if (names == NULL)
    return rx_fail_memory (b->err);
  for (size_t i = 0; i < rx_n_check_kinds; i++)
    {
      names[i] = rx_check_kinds[i].name;
      rx_text_addf (&all, "%s%s", i > 0 ? ", " : "", names[i]);
    }
  const char *near = rx_spelling_nearest (name, names, rx_n_check_kinds);
  if (near != NULL)
    rx_fail_at (b->err, RX_EDATA, where (b, "kind"),
                "found %s, expected a kind of check; did you mean %s?",
                rx_quotez (found, name), near);
  else
    rx_fail_at (b->err, RX_EDATA, where (b, "kind"),
                "found %s, expected a kind of check: %s",
                rx_quotez (found, name), rx_text_string (&all));
  rx_text_free (&all);
  free (names);
  return RX_EDATA;
}

static enum rx_status
read_claim_of (const struct build *b, struct rx_claim_check *check)
{
  enum rx_said_part part = RX_SAID_ESTIMATE;
  const char *figure = cell (b, "figure");
  check->claim = find_claim (b, cell (b, "claim"));
  if (check->claim == SIZE_MAX)
    return fail_id (b, "claim", cell (b, "claim"));
  if (figure[0] != '\0' && read_part (b, "figure", figure, &part) != RX_OK)
    return b->err->status;
  check->said = b->out->claim[check->claim].said[part];
  return RX_OK;
}

static enum rx_status
read_check (const struct build *b, struct rx_claim_check *check)
{
  char found[RX_QUOTED_SIZE];
  if (keep (b, "check", &check->id) != RX_OK
      || keep (b, "reason", &check->reason) != RX_OK)
    return b->err->status;
  if (check->id[0] == '\0')
    return complain (b, "check", "a name");
  for (size_t i = 0; i + 1 < b->out->n_checks; i++)
    if (strcmp (b->out->check[i].id, check->id) == 0)
      return rx_fail_at (b->err, RX_EDATA, where (b, "check"),
                         "%s is the name of an earlier check",
                         rx_quotez (found, check->id));
  if (check->reason[0] == '\0')
    return complain (b, "reason", "a sentence");
  if (read_kind (b, &check->kind) != RX_OK || read_claim_of (b, check) != RX_OK
      || read_uses (b, check) != RX_OK || read_parameters (b, check) != RX_OK)
    return b->err->status;
  return check_needs (b, check);
}

static enum rx_status
read_checks (struct build *b)
{
  static const char *const needed[] = { "check", "kind", "claim", "reason" };
  if (need_columns (b, needed, sizeof needed / sizeof *needed) != RX_OK)
    return b->err->status;
  b->out->check = rx_array (b->table->n_rows, sizeof *b->out->check);
  if (b->out->check == NULL)
    return rx_fail_memory (b->err);
  for (b->row = 0; b->row < b->table->n_rows; b->row++)
    if (read_check (b, &b->out->check[b->out->n_checks++]) != RX_OK)
      return b->err->status;
  return RX_OK;
}

enum rx_status
rx_claims_build (struct rx_claims *claims, const struct rx_table *ledger,
                 const struct rx_table *checks, struct rx_error *err)
{
  struct build b = { .out = claims, .table = ledger, .err = err };
  *claims = (struct rx_claims){ .synthetic
                                = ledger->synthetic || checks->synthetic };
  enum rx_status status = read_ledger (&b);
  b.table = checks;
  if (status == RX_OK)
    status = read_checks (&b);
  free (b.entry);
  if (status != RX_OK)
    rx_claims_free (claims);
  return status;
}

void
rx_claims_free (struct rx_claims *claims)
{
  for (size_t i = 0; i < claims->n_checks; i++)
    free (claims->check[i].use);
  free (claims->claim);
  free (claims->check);
  rx_strings_free (&claims->strings);
  *claims = (struct rx_claims){ 0 };
}
