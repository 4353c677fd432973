/* drug_use.c: who used the drugs, and how much: persons, dispensings,
   amounts, age at the first dispensing (year less year of birth), sex,
   prescribers; each where the file has the column. */
#include "methods/exposure_rows.h"

#include "base/names.h"

#include <math.h>
#include <stdlib.h>

static const char ID[] = "drug-use";

struct use
{
  const struct rx_exposure *x;
  const struct rx_method_options *options;
  struct rx_rows *rows;
  double *value; /* [n_persons] */
  struct rx_error *err;
};

static enum rx_status
add_values (const struct use *u, const char *name, size_t n)
{
  return rx_exposure_distribution (u->rows, ID, name, u->value, n,
                                   u->options->level, u->err);
}

static enum rx_status
add_counts (const struct use *u)
{
  const struct rx_exposure *x = u->x;
  for (size_t p = 0; p < x->n_persons; p++)
    u->value[p] = (double)(x->start[p + 1] - x->start[p]);
  if (rx_exposure_add (u->rows, ID, "users", x->n_persons,
                       (double)x->n_persons, "", u->err)
          != RX_OK
      || rx_exposure_add (u->rows, ID, "dispensings", x->n_persons,
                          (double)x->n_rows, "", u->err)
             != RX_OK)
    return u->err->status;
  return add_values (u, "dispensings-per-user", x->n_persons);
}

/* A person one of whose amounts is missing has no sum. */
static enum rx_status
add_amounts (const struct use *u)
{
  const struct rx_exposure *x = u->x;
  size_t n = 0;
  if ((x->parts & RX_EXPOSURE_AMOUNT) == 0)
    return RX_OK;
  double *amount = rx_array (rx_exposure_most (x), sizeof *amount);
  if (amount == NULL)
    return rx_fail_memory (u->err);
  for (size_t p = 0; p < x->n_persons; p++)
    {
      double sum
          = rx_exposure_amount (x, x->start[p], x->start[p + 1], amount);
      if (!isnan (sum))
        u->value[n++] = sum;
    }
  free (amount);
  return add_values (u, "amount-per-user", n);
}

static enum rx_status
add_ages (const struct use *u)
{
  const struct rx_exposure *x = u->x;
  size_t n = 0;
  if (x->birth_years == NULL)
    return RX_OK;
  for (size_t p = 0; p < x->n_persons; p++)
    if (x->birth_years[p] != 0)
      u->value[n++]
          = rx_date_year (x->rows[x->start[p]].day) - x->birth_years[p];
  return add_values (u, "age", n);
}

static int
by_number (const void *a, const void *b)
{
  const uint32_t *x = a, *y = b;
  return *x < *y ? -1 : *x > *y;
}

/* Different prescribers among those of a person that are known. */
static size_t
different (uint32_t *number, size_t n)
{
  size_t count = 0;
  qsort (number, n, sizeof *number, by_number);
  for (size_t i = 0; i < n; i++)
    count += number[i] != 0 && (i == 0 || number[i] != number[i - 1]);
  return count;
}

static enum rx_status
add_prescribers (const struct use *u)
{
  const struct rx_exposure *x = u->x;
  size_t n = 0;
  if (x->prescribers == NULL)
    return RX_OK;
  uint32_t *number = rx_array (rx_exposure_most (x), sizeof *number);
  if (number == NULL)
    return rx_fail_memory (u->err);
  for (size_t p = 0; p < x->n_persons; p++)
    {
      size_t rows = x->start[p + 1] - x->start[p];
      for (size_t i = 0; i < rows; i++)
        number[i] = x->rows[x->start[p] + i].prescriber;
      size_t found = different (number, rows);
      if (found > 0)
        u->value[n++] = (double)found;
    }
  free (number);
  if (rx_exposure_add (u->rows, ID, "prescribers", n,
                       (double)(x->n_prescribers - 1), "", u->err)
      != RX_OK)
    return u->err->status;
  return add_values (u, "prescribers-per-user", n);
}

static enum rx_status
add_sexes (const struct use *u)
{
  const struct rx_exposure *x = u->x;
  struct rx_levels levels;
  size_t known = 0;
  if (x->sexes == NULL)
    return RX_OK;
  if (rx_levels_of (x->sexes, x->n_persons, &levels, u->err) != RX_OK)
    return u->err->status;
  for (size_t p = 0; p < x->n_persons; p++)
    known += x->sexes[p][0] != '\0';
  enum rx_status status = RX_OK;
  for (size_t l = 0; l < levels.n && status == RX_OK; l++)
    {
      size_t count = 0;
      const char *term
          = rx_strings_format (&u->rows->strings, "sex %s", levels.name[l]);
      if (levels.name[l][0] == '\0')
        continue;
      for (size_t p = 0; p < x->n_persons; p++)
        count += rx_name_compare (x->sexes[p], levels.name[l]) == 0;
      status = term == NULL
                   ? rx_fail_memory (u->err)
                   : rx_exposure_share (u->rows, ID, term, count, known,
                                        u->options->level, u->err);
    }
  free (levels.name);
  return status;
}

static enum rx_status
run_exposure (const struct rx_method *self, const struct rx_exposure *exposure,
              const struct rx_method_options *options, struct rx_rows *rows,
              struct rx_error *err)
{
  (void)self;
  struct use u
      = { .x = exposure, .options = options, .rows = rows, .err = err };
  u.value = rx_array (exposure->n_persons, sizeof *u.value);
  if (u.value == NULL)
    return rx_fail_memory (err);
  enum rx_status status = add_counts (&u);
  if (status == RX_OK)
    status = add_amounts (&u);
  if (status == RX_OK)
    status = add_ages (&u);
  if (status == RX_OK)
    status = add_prescribers (&u);
  if (status == RX_OK)
    status = add_sexes (&u);
  free (u.value);
  return status;
}

const struct rx_method rx_method_drug_use = {
  .name = "drug-use",
  .title = "Users, dispensings, amounts, age, sex and prescribers",
  .source = "",
  .words = "Use is described by the users, their dispensings and amounts, "
           "their age (year of the first dispensing less year of birth) and "
           "sex, and their different prescribers.",
  .exposure = run_exposure,
};
