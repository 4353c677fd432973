/* cma_rows.c: the windows are those of each person: the follow-up starts some
   days after the first dispensing, the observation some days after that. */
#include "methods/cma_rows.h"

#include "base/text.h"

#include <math.h>
#include <stdlib.h>

static struct rx_cma_windows
windows_of (const struct rx_exposure *exposure, size_t person)
{
  const struct rx_exposure_spec *spec = exposure->spec;
  struct rx_cma_windows w;
  w.follow_from
      = exposure->rows[exposure->start[person]].day + spec->follow_delay;
  w.follow_to = w.follow_from + spec->follow_days;
  w.from = w.follow_from + spec->observe_delay;
  w.to = w.from + spec->observe_days;
  return w;
}

static double
cma_of (const struct rx_exposure *exposure, size_t person, int which,
        struct rx_supply *supply, struct rx_supply_use *use, const char **why)
{
  struct rx_cma_windows windows = windows_of (exposure, person);
  struct rx_supply_rule rule = exposure->spec->rule;
  size_t n;
  if (!rx_exposure_supply (exposure, person, rule, supply, &n, why))
    return NAN;
  return rx_cma (which, supply, n, &windows, rule, use, why);
}

/* Adds the rows of the persons; value[0..*n) are those that are defined. */
static enum rx_status
add_persons (const struct rx_exposure *exposure, int which, const char *method,
             double *value, size_t *n, struct rx_rows *rows,
             struct rx_error *err)
{
  size_t most = rx_exposure_most (exposure);
  struct rx_supply *supply = rx_array (most, sizeof *supply);
  struct rx_supply_use *use = rx_array (most, sizeof *use);
  enum rx_status status
      = supply == NULL || use == NULL ? rx_fail_memory (err) : RX_OK;
  *n = 0;
  for (size_t p = 0; p < exposure->n_persons && status == RX_OK; p++)
    {
      const char *why, *term = rx_exposure_person (exposure, p, rows);
      double cma = cma_of (exposure, p, which, supply, use, &why);
      if (!isnan (cma))
        value[(*n)++] = cma;
      status = term == NULL ? rx_fail_memory (err)
                            : rx_exposure_add (rows, method, term, 1, cma,
                                               why != NULL ? why : "", err);
    }
  free (supply);
  free (use);
  return status;
}

enum rx_status
rx_cma_run (const struct rx_method *self, const struct rx_exposure *exposure,
            const struct rx_method_options *options, struct rx_rows *rows,
            struct rx_error *err)
{
  const struct rx_cma_kind *kind = self->kind;
  size_t n = 0, adherent = 0;
  double *value = rx_array (exposure->n_persons, sizeof *value);
  if (value == NULL)
    return rx_fail_memory (err);
  enum rx_status status
      = add_persons (exposure, kind->which, self->name, value, &n, rows, err);
  for (size_t i = 0; i < n; i++)
    adherent += value[i] >= exposure->spec->adherent;
  if (status == RX_OK)
    status = rx_exposure_distribution (rows, self->name, NULL, value, n,
                                       options->level, err);
  if (status == RX_OK)
    status = rx_exposure_share (rows, self->name, "adherent", adherent, n,
                                options->level, err);
  free (value);
  return status;
}
