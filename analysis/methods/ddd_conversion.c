/* ddd_conversion.c: what the conversion of packages to DDD gave: how many rows
   (of n) were converted, the reasons why others were not, and per drug the sum
   of DDD over the rows converted. */
#include "designs/packages.h"
#include "methods/exposure_rows.h"

#include "stats/moments.h"

#include <math.h>
#include <stdlib.h>

static const char ID[] = "ddd-conversion";

static enum rx_status
add_fates (const struct rx_packages *x, struct rx_rows *rows,
           struct rx_error *err)
{
  size_t count[RX_N_DDD_FATES] = { 0 };
  for (size_t i = 0; i < x->n; i++)
    count[x->package[i].fate]++;
  for (size_t f = 0; f < RX_N_DDD_FATES; f++)
    {
      bool converted = f == RX_DDD_CONVERTED;
      const char *term = rx_strings_format (&rows->strings, "%s%s",
                                            converted ? "" : "not-converted ",
                                            rx_ddd_fates[f]);
      if (term == NULL)
        return rx_fail_memory (err);
      if ((converted || count[f] > 0)
          && rx_exposure_add (rows, ID, term, x->n, (double)count[f], "", err)
                 != RX_OK)
        return err->status;
    }
  return RX_OK;
}

/* The DDD of the rows converted, drug by drug: those of drug d are
   value[start[d]] to value[start[d + 1] - 1]. */
static void
group (const struct rx_packages *x, double *value, size_t *start, size_t *all)
{
  for (size_t i = 0; i < x->n; i++)
    {
      all[x->package[i].drug]++;
      start[x->package[i].drug + 1] += x->package[i].fate == RX_DDD_CONVERTED;
    }
  for (size_t d = 0; d < x->n_drugs; d++)
    start[d + 1] += start[d];
  for (size_t i = x->n; i-- > 0;)
    if (x->package[i].fate == RX_DDD_CONVERTED)
      value[--start[x->package[i].drug + 1]] = x->package[i].ddd;
  /* start[d + 1] now stands where drug d begins */
  for (size_t d = 0; d < x->n_drugs; d++)
    start[d] = start[d + 1];
}

static enum rx_status
add_drug (const struct rx_packages *x, size_t drug, const double *value,
          size_t n, size_t all, struct rx_rows *rows, struct rx_error *err)
{
  struct rx_row row = rx_row_blank ();
  struct rx_note note = { "" };
  row.endpoint = x->drugs[drug];
  row.method = ID;
  row.term = "ddd";
  row.n = (double)n;
  row.estimate = n > 0 ? rx_sum (value, n) : NAN;
  if (n < all)
    rx_note_add (&note, "not-converted=%zu", all - n);
  row.note = note.text;
  return rx_rows_add (rows, &row, err);
}

static enum rx_status
add_drugs (const struct rx_packages *x, struct rx_rows *rows,
           struct rx_error *err)
{
  double *value = rx_array (x->n, sizeof *value);
  size_t *start = rx_array (x->n_drugs + 1, sizeof *start);
  size_t *all = rx_array (x->n_drugs, sizeof *all);
  enum rx_status status = value == NULL || start == NULL || all == NULL
                              ? rx_fail_memory (err)
                              : RX_OK;
  if (status == RX_OK)
    {
      size_t converted = 0;
      for (size_t i = 0; i < x->n; i++)
        converted += x->package[i].fate == RX_DDD_CONVERTED;
      group (x, value, start, all);
      start[x->n_drugs] = converted;
    }
  for (size_t d = 0; d < x->n_drugs && status == RX_OK; d++)
    status = add_drug (x, d, value + start[d], start[d + 1] - start[d], all[d],
                       rows, err);
  free (value);
  free (start);
  free (all);
  return status;
}

static enum rx_status
run_packages (const struct rx_packages *x,
              const struct rx_method_options *options, struct rx_rows *rows,
              struct rx_error *err)
{
  (void)options;
  return add_fates (x, rows, err) == RX_OK ? add_drugs (x, rows, err)
                                           : err->status;
}

const struct rx_method rx_method_ddd_conversion = {
  .name = "ddd-conversion",
  .title = "Packages turned into DDD: how many, why not, sums per drug",
  .source = "",
  .words = "Packages were turned into defined daily doses: packs x units x "
           "strength / DDD, with the DDD of the drug, route and date.",
  .packages = run_packages,
};
