/* endpoint_patterns.c: `e*` into the columns e1, e2, ... */
#include "designs/endpoint_patterns.h"

#include "base/text.h"

#include <stdlib.h>
#include <string.h>

/* What the expansion passes around. */
struct patterns
{
  const struct rx_crossover_spec *spec;
  const struct rx_table *table;
  bool *used; /* [column] subject, period, a baseline ... */
  struct rx_endpoint_spec *endpoint;
  size_t n, room;
};

static bool
is_pattern (const struct patterns *p, const struct rx_endpoint_spec *endpoint)
{
  size_t length = strlen (endpoint->name);
  return !p->spec->wide && endpoint->column == NULL && length > 0
         && endpoint->name[length - 1] == '*'
         && !rx_table_has (p->table, endpoint->name);
}

/* A column that is not there is found, and named, by who needs it. */
static void
use (struct patterns *p, const char *name)
{
  for (size_t c = 0; c < p->table->n_columns; c++)
    if (strcmp (p->table->names[c], name) == 0)
      p->used[c] = true;
}

static void
use_all (struct patterns *p)
{
  const struct rx_crossover_spec *spec = p->spec;
  use (p, spec->subject != NULL ? spec->subject : "subject");
  use (p, spec->sequence != NULL ? spec->sequence : "sequence");
  use (p, spec->period != NULL ? spec->period : "period");
  use (p, spec->treatment != NULL ? spec->treatment : "treatment");
  for (size_t i = 0; i < spec->n_covariates; i++)
    use (p, spec->covariates[i]);
  for (size_t i = 0; i < spec->n_factors; i++)
    use (p, spec->factors[i]);
  const char *const roles[] = { spec->exposure, spec->by, spec->cluster };
  for (size_t i = 0; i < sizeof roles / sizeof roles[0]; i++)
    if (roles[i] != NULL)
      use (p, roles[i]);
  for (size_t e = 0; e < spec->n_endpoints; e++)
    for (size_t i = 0; i < spec->endpoints[e].n_baselines; i++)
      use (p, spec->endpoints[e].baselines[i]);
}

static enum rx_status
add (struct patterns *p, const struct rx_endpoint_spec *like, const char *name,
     struct rx_error *err)
{
  if (rx_grow (&p->endpoint, &p->room, p->n + 1, sizeof *p->endpoint, err)
      != RX_OK)
    return err->status;
  p->endpoint[p->n] = *like;
  p->endpoint[p->n++].name = name;
  return RX_OK;
}

static enum rx_status
expand (struct patterns *p, const struct rx_endpoint_spec *pattern,
        struct rx_error *err)
{
  char quoted[RX_QUOTED_SIZE];
  size_t length = strlen (pattern->name) - 1, before = p->n;
  for (size_t c = 0; c < p->table->n_columns; c++)
    if (!p->used[c] && strncmp (p->table->names[c], pattern->name, length) == 0
        && add (p, pattern, p->table->names[c], err) != RX_OK)
      return err->status;
  if (p->n > before)
    return RX_OK;
  return rx_fail (err, RX_EDATA,
                  "%s: the endpoints %s: found no column that begins so; the "
                  "columns of the subject, the sequence, the period, the "
                  "treatment, baselines and covariates do not count",
                  p->table->file, rx_quotez (quoted, pattern->name));
}

/* The name of an endpoint that comes again, NULL when none does. */
static enum rx_status
find_repeated (const struct patterns *p, const char **repeated,
               struct rx_error *err)
{
  struct rx_strings strings = { 0 };
  struct rx_intern names = { .strings = &strings };
  enum rx_status status = RX_OK;
  *repeated = NULL;
  for (size_t i = 0; i < p->n && *repeated == NULL && status == RX_OK; i++)
    {
      struct rx_intern_key key;
      uint32_t number;
      rx_intern_key (&key, p->endpoint[i].name, strlen (p->endpoint[i].name));
      status = rx_intern_add (&names, &key, &number, err);
      if (status == RX_OK && number < i)
        *repeated = p->endpoint[i].name;
    }
  rx_intern_free (&names);
  rx_strings_free (&strings);
  return status;
}

enum rx_status
rx_endpoint_patterns (struct rx_crossover_spec *whole,
                      struct rx_endpoint_spec **owned,
                      const struct rx_crossover_spec *spec,
                      const struct rx_table *table, struct rx_error *err)
{
  struct patterns p = { .spec = spec, .table = table };
  const char *repeated = NULL;
  char quoted[RX_QUOTED_SIZE];
  enum rx_status status = RX_OK;
  p.used = rx_array (table->n_columns, sizeof *p.used);
  if (p.used == NULL)
    status = rx_fail_memory (err);
  else
    use_all (&p);
  for (size_t e = 0; e < spec->n_endpoints && status == RX_OK; e++)
    {
      const struct rx_endpoint_spec *endpoint = &spec->endpoints[e];
      status = is_pattern (&p, endpoint)
                   ? expand (&p, endpoint, err)
                   : add (&p, endpoint, endpoint->name, err);
    }
  if (status == RX_OK)
    status = find_repeated (&p, &repeated, err);
  if (repeated != NULL)
    status
        = rx_fail (err, RX_EUSAGE,
                   "the endpoint %s is named twice, expected every endpoint "
                   "once",
                   rx_quotez (quoted, repeated));
  free (p.used);
  *owned = p.endpoint;
  *whole = *spec;
  whole->endpoints = p.endpoint;
  whole->n_endpoints = p.n;
  return status;
}
