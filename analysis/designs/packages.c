/* packages.c: the table of DDDs read and checked, then each row looked up.

   By hand: 2 packs of 30 tablets of 500 mg, DDD 1.5 g: 20 DDD. */
#include "designs/packages.h"

#include "base/names.h"
#include "base/text.h"
#include "designs/day_cell.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* T and M are thousand and million, as in the ATC index. */
const struct rx_dose_unit rx_dose_units[] = {
  { "g", "mass", 1 },
  { "mg", "mass", 1e-3 },
  { "mcg", "mass", 1e-6 },
  { "ug", "mass", 1e-6 },
  { "\302\265g", "mass", 1e-6 },
  { "\316\274g", "mass", 1e-6 },
  { "ng", "mass", 1e-9 },
  { "kg", "mass", 1e3 },
  { "U", "activity", 1 },
  { "IU", "activity", 1 },
  { "TU", "activity", 1e3 },
  { "MU", "activity", 1e6 },
  { "mmol", "amount", 1 },
  { "mol", "amount", 1e3 },
  { "ml", "volume", 1 },
  { "l", "volume", 1e3 },
  { "UD", "unit doses", 1 },
};
const size_t rx_n_dose_units = sizeof rx_dose_units / sizeof rx_dose_units[0];

const struct rx_dose_unit *
rx_dose_unit_find (const char *name)
{
  for (size_t i = 0; i < rx_n_dose_units; i++)
    if (strcasecmp (rx_dose_units[i].name, name) == 0)
      return &rx_dose_units[i];
  return NULL;
}

const char *const rx_ddd_fates[RX_N_DDD_FATES] = {
  [RX_DDD_CONVERTED] = "converted",
  [RX_DDD_NO_PACKS] = "no-packs",
  [RX_DDD_NOT_IN_TABLE] = "not-in-table",
  [RX_DDD_ROUTE_MISSING] = "route-missing",
  [RX_DDD_OTHER_ROUTE] = "other-route",
  [RX_DDD_OTHER_DATE] = "other-date",
  [RX_DDD_NO_STRENGTH] = "no-strength",
  [RX_DDD_SEVERAL_STRENGTHS] = "several-strengths",
  [RX_DDD_UNIT_UNKNOWN] = "unit-unknown",
  [RX_DDD_UNIT_OTHER_KIND] = "unit-of-another-kind",
};

/* A row of the user's table. */
struct entry
{
  const char *atc, *route; /* "": any route */
  double ddd;
  const struct rx_dose_unit *unit;
  int32_t from, to;
  size_t row;
};

struct build
{
  const struct rx_table *table, *ddd;
  const struct rx_packages_spec *spec;
  struct rx_packages *out;
  struct entry *entry; /* by code, then route, then day */
  size_t n_entries;
  size_t drug, date, packs, units, strength, unit, route;
  struct rx_error *err;
};

static enum rx_status
fail_cell (struct build *b, const struct rx_table *t, size_t row,
           size_t column, const char *expected)
{
  char quoted[RX_QUOTED_SIZE];
  return rx_fail_at (b->err, RX_EDATA, rx_table_where (t, row, column),
                     "found %s, expected %s",
                     rx_quotez (quoted, rx_table_cell (t, row, column)),
                     expected);
}

static const char *
cell_or_blank (const struct rx_table *t, size_t row, size_t column)
{
  return rx_table_missing (t, row, column) ? ""
                                           : rx_table_cell (t, row, column);
}

static enum rx_status
read_day (struct build *b, const struct rx_table *t, size_t row, size_t column,
          const struct rx_date_format *format, int32_t *day)
{
  const char *cell = rx_table_cell (t, row, column);
  char expected[RX_DATE_WORDS_SIZE];
  if (format->read (cell, strlen (cell), day, NULL))
    return RX_OK;
  return fail_cell (b, t, row, column,
                    rx_date_expected (format, cell, strlen (cell), expected));
}

/* --- the table of DDDs --------------------------------------------------- */

static int
by_code (const void *a, const void *b)
{
  const struct entry *x = a, *y = b;
  int order = strcmp (x->atc, y->atc);
  if (order == 0)
    order = strcasecmp (x->route, y->route);
  if (order == 0)
    order = x->from < y->from ? -1 : x->from > y->from;
  return order != 0 ? order : x->row < y->row ? -1 : x->row > y->row;
}

struct ddd_columns
{
  size_t atc, route, ddd, unit, from, to;
};

static enum rx_status
read_entry (struct build *b, const struct ddd_columns *c, size_t row,
            struct entry *e)
{
  const struct rx_table *t = b->ddd;
  const struct rx_date_format *iso = &rx_date_formats[0];
  struct rx_number number;
  bool missing;
  *e = (struct entry){ .atc = cell_or_blank (t, row, c->atc),
                       .route = cell_or_blank (t, row, c->route),
                       .from = INT32_MIN,
                       .to = INT32_MAX,
                       .row = row };
  if (e->atc[0] == '\0')
    return fail_cell (b, t, row, c->atc, "a code: every row needs one");
  if (rx_table_number (t, row, c->ddd, &number, &missing, b->err) != RX_OK)
    return b->err->status;
  if (missing || !(number.value > 0))
    return fail_cell (b, t, row, c->ddd, "a DDD above 0");
  e->ddd = number.value;
  e->unit = rx_dose_unit_find (cell_or_blank (t, row, c->unit));
  if (e->unit == NULL)
    return fail_cell (b, t, row, c->unit,
                      "a unit: g, mg, mcg, U, TU, MU, mmol, ml or UD");
  if (!rx_table_missing (t, row, c->from)
      && read_day (b, t, row, c->from, iso, &e->from) != RX_OK)
    return b->err->status;
  if (!rx_table_missing (t, row, c->to)
      && read_day (b, t, row, c->to, iso, &e->to) != RX_OK)
    return b->err->status;
  if (e->to < e->from)
    return fail_cell (b, t, row, c->to, "a day not before valid_from");
  return RX_OK;
}

/* On one day a drug has one DDD by one route. */
static enum rx_status
check_entries (struct build *b, const struct ddd_columns *c)
{
  for (size_t i = 1; i < b->n_entries; i++)
    {
      const struct entry *e = &b->entry[i], *last = e - 1;
      if (strcmp (e->atc, last->atc) == 0
          && strcasecmp (e->route, last->route) == 0 && e->from <= last->to)
        return rx_fail_at (
            b->err, RX_EDATA, rx_table_where (b->ddd, e->row, c->from),
            "%s%s%s already has a DDD then, on line %zu; expected one at a "
            "time",
            e->atc, e->route[0] != '\0' ? " by route " : "", e->route,
            b->ddd->lines[last->row]);
    }
  return RX_OK;
}

static enum rx_status
read_entries (struct build *b)
{
  struct ddd_columns c;
  const struct rx_table *t = b->ddd;
  const struct
  {
    const char *name;
    size_t *column;
  } wanted[] = { { "atc", &c.atc },         { "route", &c.route },
                 { "ddd", &c.ddd },         { "unit", &c.unit },
                 { "valid_from", &c.from }, { "valid_to", &c.to } };
  for (size_t i = 0; i < sizeof wanted / sizeof wanted[0]; i++)
    if (rx_table_column (t, wanted[i].name, wanted[i].column, b->err) != RX_OK)
      return b->err->status;
  b->entry = rx_array (t->n_rows, sizeof *b->entry);
  if (b->entry == NULL)
    return rx_fail_memory (b->err);
  for (size_t r = 0; r < t->n_rows; r++)
    if (!rx_day_row_blank (t, r)
        && read_entry (b, &c, r, &b->entry[b->n_entries++]) != RX_OK)
      return b->err->status;
  if (b->n_entries == 0)
    return rx_fail (b->err, RX_EDATA, "%s: no rows of data below the header",
                    t->file);
  qsort (b->entry, b->n_entries, sizeof *b->entry, by_code);
  return check_entries (b, &c);
}

/* --- the packages -------------------------------------------------------- */

static enum rx_status
find_columns (struct build *b)
{
  const struct rx_packages_spec *s = b->spec;
  const struct
  {
    const char *name;
    size_t *column;
  } wanted[] = { { s->drug, &b->drug },         { s->date, &b->date },
                 { s->packs, &b->packs },       { s->units, &b->units },
                 { s->strength, &b->strength }, { s->unit, &b->unit },
                 { s->route, &b->route } };
  for (size_t i = 0; i < sizeof wanted / sizeof wanted[0]; i++)
    if (wanted[i].name != NULL
        && rx_table_column (b->table, wanted[i].name, wanted[i].column, b->err)
               != RX_OK)
      return b->err->status;
  return RX_OK;
}

/* The first entry of the code, or of the one after it. */
static size_t
first_entry (const struct build *b, const char *atc)
{
  size_t low = 0, high = b->n_entries;
  while (low < high)
    {
      size_t middle = low + (high - low) / 2;
      if (strcmp (b->entry[middle].atc, atc) < 0)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

/* The row of the table that holds for the drug on that day, by that route ("":
   not known); NULL and the reason where there is none, or not one. */
static const struct entry *
look_up (const struct build *b, const char *atc, const char *route,
         int32_t day, enum rx_ddd_fate *why)
{
  const struct entry *by_route = NULL, *by_any = NULL, *other = NULL;
  bool known = false, same_route = false, several = false;
  for (size_t i = first_entry (b, atc); i < b->n_entries; i++)
    {
      const struct entry *e = &b->entry[i];
      if (strcmp (e->atc, atc) != 0)
        break;
      bool valid = e->from <= day && day <= e->to;
      bool any = e->route[0] == '\0';
      bool same = !any && strcasecmp (e->route, route) == 0;
      known = true;
      same_route = same_route || any || same || route[0] == '\0';
      if (!valid)
        continue;
      if (same)
        by_route = e;
      else if (any)
        by_any = e;
      else if (route[0] == '\0')
        {
          several = several || other != NULL;
          other = e;
        }
    }
  several = several || (other != NULL && by_any != NULL);
  *why = !known                        ? RX_DDD_NOT_IN_TABLE
         : !same_route                 ? RX_DDD_OTHER_ROUTE
         : route[0] == '\0' && several ? RX_DDD_ROUTE_MISSING
         : by_route == NULL && by_any == NULL && other == NULL
             ? RX_DDD_OTHER_DATE
             : RX_DDD_CONVERTED;
  if (*why != RX_DDD_CONVERTED)
    return NULL;
  return by_route != NULL ? by_route : by_any != NULL ? by_any : other;
}

/* The amount in one unit of the package, in the unit of the DDD. */
static enum rx_ddd_fate
strength_of (const struct build *b, size_t row, const struct entry *e,
             double *strength)
{
  const struct rx_table *t = b->table;
  struct rx_number number;
  *strength = 1;
  if (strcmp (e->unit->kind, "unit doses") == 0)
    return RX_DDD_CONVERTED;
  if (b->spec->strength == NULL || rx_table_missing (t, row, b->strength))
    return RX_DDD_NO_STRENGTH;
  const char *cell = rx_table_cell (t, row, b->strength);
  if (rx_number_read (cell, strlen (cell), t->format.decimal, &number)
      != RX_NUMBER_FINE)
    return RX_DDD_SEVERAL_STRENGTHS;
  const struct rx_dose_unit *unit
      = b->spec->unit == NULL
            ? NULL
            : rx_dose_unit_find (cell_or_blank (t, row, b->unit));
  if (unit == NULL)
    return RX_DDD_UNIT_UNKNOWN;
  if (strcmp (unit->kind, e->unit->kind) != 0)
    return RX_DDD_UNIT_OTHER_KIND;
  *strength = number.value * unit->factor / e->unit->factor;
  return RX_DDD_CONVERTED;
}

static enum rx_status
read_number (struct build *b, size_t row, const char *name, size_t column,
             double *out)
{
  struct rx_number number;
  bool missing;
  *out = 1; /* no such column: one of it */
  if (name == NULL)
    return RX_OK;
  if (rx_table_number (b->table, row, column, &number, &missing, b->err)
      != RX_OK)
    return b->err->status;
  *out = missing ? NAN : number.value;
  return RX_OK;
}

static enum rx_status
convert (struct build *b, size_t row, const char *atc,
         struct rx_package *package)
{
  const struct rx_table *t = b->table;
  double packs, units, strength;
  int32_t day;
  if (rx_table_missing (t, row, b->date))
    return fail_cell (b, t, row, b->date, "a date: every row needs one");
  if (read_day (b, t, row, b->date, b->spec->dates, &day) != RX_OK
      || read_number (b, row, b->spec->packs, b->packs, &packs) != RX_OK
      || read_number (b, row, b->spec->units, b->units, &units) != RX_OK)
    return b->err->status;
  package->ddd = NAN;
  const struct entry *e = look_up (
      b, atc, b->spec->route == NULL ? "" : cell_or_blank (t, row, b->route),
      day, &package->fate);
  if (e == NULL)
    return RX_OK;
  package->fate = isnan (packs) || isnan (units)
                      ? RX_DDD_NO_PACKS
                      : strength_of (b, row, e, &strength);
  if (package->fate == RX_DDD_CONVERTED)
    package->ddd = packs * units * strength / e->ddd;
  return RX_OK;
}

static enum rx_status
read_packages (struct build *b)
{
  const struct rx_table *t = b->table;
  struct rx_packages *out = b->out;
  struct rx_levels drugs;
  const char **names = rx_array (t->n_rows, sizeof *names);
  out->package = rx_array (t->n_rows, sizeof *out->package);
  if (names == NULL || out->package == NULL)
    {
      free (names);
      return rx_fail_memory (b->err);
    }
  enum rx_status status = RX_OK;
  for (size_t r = 0; r < t->n_rows && status == RX_OK; r++)
    if (!rx_day_row_blank (t, r))
      {
        names[out->n] = cell_or_blank (t, r, b->drug);
        if (names[out->n][0] == '\0')
          status = fail_cell (b, t, r, b->drug,
                              "the code of a drug: every row needs one");
        out->package[out->n++].row = r;
      }
  if (status == RX_OK && out->n == 0)
    status = rx_fail (b->err, RX_EDATA, "%s: no rows of data below the header",
                      t->file);
  if (status == RX_OK)
    status = rx_levels_of (names, out->n, &drugs, b->err);
  if (status == RX_OK)
    {
      out->drugs = drugs.name;
      out->n_drugs = drugs.n;
    }
  for (size_t i = 0; i < out->n && status == RX_OK; i++)
    {
      out->package[i].drug = rx_levels_find (&drugs, names[i]);
      status = convert (b, out->package[i].row, names[i], &out->package[i]);
    }
  free (names);
  return status;
}

enum rx_status
rx_packages_build (struct rx_packages *packages, const struct rx_table *table,
                   const struct rx_table *ddd,
                   const struct rx_packages_spec *spec, struct rx_error *err)
{
  struct build b = {
    .table = table, .ddd = ddd, .spec = spec, .out = packages, .err = err
  };
  *packages = (struct rx_packages){ .file = table->file,
                                    .ddd_file = ddd->file,
                                    .synthetic
                                    = table->synthetic || ddd->synthetic };
  enum rx_status status = read_entries (&b);
  if (status == RX_OK)
    status = find_columns (&b);
  if (status == RX_OK)
    status = read_packages (&b);
  free (b.entry);
  if (status != RX_OK)
    rx_packages_free (packages);
  return status;
}

void
rx_packages_free (struct rx_packages *packages)
{
  free (packages->drugs);
  free (packages->package);
  *packages = (struct rx_packages){ 0 };
}
