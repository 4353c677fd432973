/* patient_timeline.c: every dispensing of one person, for the figure of that
   name: the drug is the endpoint, the term `dispensing 3/day` (after the
   first), `.../days` (that it lasts) and `.../carried` (days left over from
   before, used first), in `estimate`; the date in the note too. */
#include "methods/exposure_rows.h"

#include <stdlib.h>
#include <string.h>

static const char ID[] = "patient-timeline";

static enum rx_status
add (const struct rx_exposure *x, const struct rx_dispensing *d, size_t number,
     const char *what, double value, struct rx_rows *rows,
     struct rx_error *err)
{
  char date[RX_DATE_SIZE];
  struct rx_row row = rx_row_blank ();
  struct rx_note note = { "" };
  const char *term
      = rx_strings_format (&rows->strings, "dispensing %zu/%s", number, what);
  if (term == NULL)
    return rx_fail_memory (err);
  rx_note_add (&note, "date=%s", rx_date_print (date, d->day));
  row.method = ID;
  row.endpoint = x->drugs[d->drug];
  row.term = term;
  row.n = 1;
  row.estimate = value;
  row.note = note.text;
  return rx_rows_add (rows, &row, err);
}

static enum rx_status
add_all (const struct rx_exposure *x, size_t person, struct rx_rows *rows,
         struct rx_error *err)
{
  size_t n, most = rx_exposure_most (x);
  const char *why;
  struct rx_supply *supply = rx_array (most, sizeof *supply);
  struct rx_supply_use *use = rx_array (most, sizeof *use);
  enum rx_status status
      = supply == NULL || use == NULL ? rx_fail_memory (err) : RX_OK;
  if (status == RX_OK)
    {
      const struct rx_dispensing *row = &x->rows[x->start[person]];
      if (!rx_exposure_supply (x, person, x->spec->rule, supply, &n, &why))
        status = rx_fail (err, RX_EDATA, "%s: person %s: %s", x->file,
                          x->persons[person], why);
      else
        rx_supply_use (supply, n, x->coverage.to + 1, x->spec->rule, use);
      for (size_t i = 0; status == RX_OK && i < n; i++)
        if (add (x, &row[i], i + 1, "day", row[i].day - row[0].day, rows, err)
                != RX_OK
            || add (x, &row[i], i + 1, "days", supply[i].days, rows, err)
                   != RX_OK
            || add (x, &row[i], i + 1, "carried", use[i].carried, rows, err)
                   != RX_OK)
          status = err->status;
    }
  free (supply);
  free (use);
  return status;
}

static enum rx_status
run_exposure (const struct rx_method *self, const struct rx_exposure *x,
              const struct rx_method_options *options, struct rx_rows *rows,
              struct rx_error *err)
{
  (void)self;
  (void)options;
  for (size_t p = 0; p < x->n_persons; p++)
    if (strcmp (x->persons[p], x->spec->patient) == 0)
      return add_all (x, p, rows, err);
  return rx_fail (err, RX_EDATA,
                  "%s: patient: there is no dispensing of person \"%s\"",
                  x->file, x->spec->patient);
}

const struct rx_method rx_method_patient_timeline = {
  .name = "patient-timeline",
  .title = "Every dispensing of one person, as rows for a figure",
  .source = "",
  .words = "",
  .on_request = true,
  .parts = RX_EXPOSURE_PATIENT | RX_EXPOSURE_SUPPLY,
  .exposure = run_exposure,
};
