/* fig_effects.c: every treatment effect with its interval, endpoint by
   endpoint and method by method.

   An effect is a row whose term is `treatment` or a contrast of two treatments
   (B-A), term after term within an endpoint.  The names of the treatments are
   those that `describe` and `profiles` met; where neither ran, two words
   joined by a hyphen make a contrast when the row tests it and its method, if
   known, analyses crossovers: odds-ratio and level-change are none. */
#include "data/intern.h"
#include "methods/comparisons.h"
#include "report/figure_data.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const char columns[]
    = "endpoint label unit contrast method term n estimate conf_low "
      "conf_high conf_level p_value p_adjusted better note";

/* Methods whose rows are cells, not effects. */
static bool
is_description (const struct rx_row *row)
{
  static const char *const methods[]
      = { "describe", "disposition",   "profiles",
          "study",    "leave-one-out", "cumulative" };
  for (size_t i = 0; i < sizeof methods / sizeof methods[0]; i++)
    if (strcmp (row->method, methods[i]) == 0)
      return true;
  return false;
}

struct treatments
{
  const char **name;
  const char *test, *reference; /* NULL: not known */
  size_t n, room;
  struct rx_strings strings;
};

static bool
knows (const struct treatments *treatments, const char *text, size_t length)
{
  for (size_t i = 0; i < treatments->n; i++)
    if (strlen (treatments->name[i]) == length
        && strncmp (treatments->name[i], text, length) == 0)
      return true;
  return false;
}

static enum rx_status
find_treatments (struct treatments *treatments, const struct rx_rows *rows,
                 struct rx_error *err)
{
  for (size_t i = 0; i < rows->n; i++)
    {
      const struct rx_row *row = &rows->row[i];
      struct rx_cell_name name;
      if (!is_description (row)
          || !rx_cell_name_read (&name, row->term, &treatments->strings))
        continue;
      const char *role
          = rx_note_value (row->note, "role", &treatments->strings);
      if (role != NULL && strcmp (role, "test") == 0)
        treatments->test = name.treatment;
      if (role != NULL && strcmp (role, "reference") == 0)
        treatments->reference = name.treatment;
      if (knows (treatments, name.treatment, strlen (name.treatment)))
        continue;
      if (rx_grow (&treatments->name, &treatments->room, treatments->n + 1,
                   sizeof *treatments->name, err)
          != RX_OK)
        return err->status;
      treatments->name[treatments->n++] = name.treatment;
    }
  return RX_OK;
}

/* May the row be a contrast, where no treatments are known? */
static bool
tests_treatments (const struct rx_row *row)
{
  const struct rx_method *method = rx_method_find (row->method);
  return !isnan (row->p_value)
         && (method == NULL
             || (rx_method_serves_crossover (method) && !method->own_terms));
}

static bool
is_contrast (const struct treatments *treatments, const struct rx_row *row)
{
  const char *term = row->term;
  bool guess = treatments->n == 0 && tests_treatments (row);
  for (const char *s = strchr (term, '-'); s != NULL; s = strchr (s + 1, '-'))
    {
      if (s == term || s[1] == '\0')
        continue;
      if (guess
          || (knows (treatments, term, (size_t)(s - term))
              && knows (treatments, s + 1, strlen (s + 1))))
        return true;
    }
  return false;
}

/* Is the estimate none of a comparison of treatments, on the scale of the
   responses?  A method that is not known may have made one. */
static bool
is_other (const struct rx_row *row)
{
  const struct rx_method *method = rx_method_find (row->method);
  return method != NULL
         && (method->scores || method->series != NULL
             || method->symmetry != NULL || method->case_series != NULL);
}

/* The joint F test of three and more treatments is called `treatment` too,
   but has no estimate to draw. */
static bool
is_effect (const struct treatments *treatments, const struct rx_row *row)
{
  bool joint = !isnan (row->df_num) && isnan (row->estimate);
  return !is_description (row) && !is_other (row) && !joint
         && (strcmp (row->term, "treatment") == 0
             || is_contrast (treatments, row));
}

static bool
same_endpoint (const struct rx_row *a, const struct rx_row *b)
{
  return strcmp (a->endpoint, b->endpoint) == 0
         && strcmp (a->measure, b->measure) == 0
         && strcmp (a->group, b->group) == 0;
}

/* "PEF", "PEF, women": what a reader must know to tell the rows apart. */
static void
add_endpoint (struct rx_text *tsv, const struct rx_row *row)
{
  struct rx_text name = { 0 };
  rx_text_addz (&name, row->endpoint);
  if (row->measure[0] != '\0')
    rx_text_addf (&name, "%s%s", name.length > 0 ? ", " : "", row->measure);
  if (row->group[0] != '\0' && strcmp (row->group, "all") != 0)
    rx_text_addf (&name, "%s%s", name.length > 0 ? ", " : "", row->group);
  rx_picture_text (tsv, rx_text_string (&name));
  tsv->failed = tsv->failed || name.failed;
  rx_text_free (&name);
}

/* The unit of every row's endpoint, as its descriptions tell; NULL: not
   known.  unit[rows->n]; the texts go into the strings. */
static enum rx_status
find_units (const struct rx_rows *rows, const char **unit,
            struct rx_strings *strings, struct rx_error *err)
{
  struct rx_intern endpoints = { .strings = strings };
  uint32_t *number = rx_array (rows->n, sizeof *number);
  const char **of = rx_array (rows->n, sizeof *of);
  enum rx_status status
      = number == NULL || of == NULL ? rx_fail_memory (err) : RX_OK;
  for (size_t i = 0; i < rows->n && status == RX_OK; i++)
    {
      const struct rx_row *row = &rows->row[i];
      struct rx_intern_key key;
      rx_intern_key (&key, row->endpoint, strlen (row->endpoint));
      status = rx_intern_add (&endpoints, &key, &number[i], err);
      if (status == RX_OK && of[number[i]] == NULL && is_description (row))
        of[number[i]] = rx_note_value (row->note, "unit", strings);
    }
  for (size_t i = 0; i < rows->n && status == RX_OK; i++)
    unit[i] = of[number[i]];
  rx_intern_free (&endpoints);
  free (number);
  free (of);
  return status;
}

static void
add_effect (struct rx_text *tsv, const struct rx_row *row, const char *unit,
            struct treatments *treatments)
{
  const char *better
      = rx_note_value (row->note, "better", &treatments->strings);
  const char *contrast = NULL;
  if (treatments->test != NULL && treatments->reference != NULL
      && strcmp (row->term, "treatment") == 0)
    contrast = rx_strings_format (&treatments->strings, "%s \xe2\x88\x92 %s",
                                  treatments->test, treatments->reference);
  add_endpoint (tsv, row);
  add_endpoint (tsv, row); /* its label: a reader may put another text there */
  rx_picture_text (tsv, unit != NULL ? unit : "NA");
  rx_picture_text (tsv, contrast != NULL ? contrast : "NA");
  rx_picture_text (tsv, row->method);
  rx_picture_text (tsv, row->term);
  rx_picture_number (tsv, row->n);
  rx_picture_number (tsv, row->estimate);
  rx_picture_number (tsv, row->conf_low);
  rx_picture_number (tsv, row->conf_high);
  rx_picture_number (tsv, row->conf_level);
  rx_picture_number (tsv, row->p_value);
  rx_picture_number (tsv, row->p_adjusted);
  rx_picture_text (tsv, better != NULL ? better : "NA");
  rx_picture_text (tsv, row->note);
  rx_picture_end_row (tsv);
}

/* What there is to draw. */
struct effects
{
  const struct rx_rows *rows;
  bool *waits;       /* [rows->n] an effect that is in no picture yet */
  const char **unit; /* [rows->n] */
  struct treatments treatments;
};

/* The effects of one endpoint with the term of row `first`, method by method:
   the rows that a reader compares lie together. */
static void
add_term (struct rx_text *tsv, struct effects *effects, size_t first)
{
  const struct rx_row *row = effects->rows->row;
  for (size_t i = first;
       i < effects->rows->n && same_endpoint (&row[first], &row[i]); i++)
    if (effects->waits[i] && strcmp (row[first].term, row[i].term) == 0)
      {
        add_effect (tsv, &row[i], effects->unit[i], &effects->treatments);
        effects->waits[i] = false;
      }
}

static bool
same_unit (const char *a, const char *b)
{
  return a == b || (a != NULL && b != NULL && strcmp (a, b) == 0);
}

/* The picture of the waiting effects with that unit; only NULL: of all. */
static enum rx_status
draw (struct effects *effects, const char *const *only, const char *part,
      struct rx_pictures *out, struct rx_error *err)
{
  struct rx_text *tsv = rx_picture_add (out, part, columns, err);
  if (tsv == NULL)
    return err->status;
  for (size_t i = 0; i < effects->rows->n; i++)
    if (effects->waits[i]
        && (only == NULL || same_unit (*only, effects->unit[i])))
      add_term (tsv, effects, i);
  return RX_OK;
}

/* Do the waiting effects have units that differ? */
static bool
units_differ (const struct effects *effects)
{
  const char *first = NULL;
  for (size_t i = 0; i < effects->rows->n; i++)
    {
      const char *unit = effects->waits[i] ? effects->unit[i] : NULL;
      if (first == NULL)
        first = unit;
      else if (unit != NULL && strcmp (unit, first) != 0)
        return true;
    }
  return false;
}

/* A picture for each unit: points and millimetres share no axis. */
static enum rx_status
draw_all (struct effects *effects, struct rx_pictures *out,
          struct rx_error *err)
{
  enum rx_status status = RX_OK;
  bool differ = units_differ (effects);
  for (size_t i = 0; i < effects->rows->n && status == RX_OK; i++)
    if (effects->waits[i])
      {
        const char *unit = effects->unit[i];
        const char *part = !differ ? "" : unit == NULL ? "no-unit" : unit;
        status = draw (effects, differ ? &unit : NULL, part, out, err);
      }
  return status;
}

static enum rx_status
build (const struct rx_rows *rows, struct rx_pictures *out,
       struct rx_error *err)
{
  struct effects effects = { .rows = rows,
                             .waits = rx_array (rows->n, sizeof (bool)),
                             .unit = rx_array (rows->n, sizeof (char *)) };
  struct treatments *treatments = &effects.treatments;
  enum rx_status status = find_treatments (treatments, rows, err);
  if (status == RX_OK && (effects.waits == NULL || effects.unit == NULL))
    status = rx_fail_memory (err);
  if (status == RX_OK)
    status = find_units (rows, effects.unit, &treatments->strings, err);
  for (size_t i = 0; i < rows->n && status == RX_OK; i++)
    effects.waits[i] = is_effect (treatments, &rows->row[i]);
  if (status == RX_OK)
    status = draw_all (&effects, out, err);
  free (effects.waits);
  free (effects.unit);
  free (treatments->name);
  rx_strings_free (&treatments->strings);
  return status;
}

const struct rx_figure rx_fig_effects = {
  .name = "effects",
  .title = "Treatment effects with their intervals",
  .columns = columns,
  .methods = (const char *const[]){ NULL },
  .build = build,
};
