/* register_cases.c: each person's dispensings of the outcome drugs become
   events, those of the exposures doses. */
#include "designs/register_cases.h"

#include "base/date.h"
#include "designs/case_timeline.h"
#include "designs/register_codes.h"

#include <stdlib.h>

struct build
{
  const struct rx_register *reg;
  const struct rx_case_series_spec *spec;
  const struct rx_register_cases_spec *source;
  struct rx_case_series *cases;
  struct rx_register_cases_audit *audit;
  struct rx_codes event, *exposure; /* exposure: [n_exposures] */
  int64_t *day;     /* [n_exposures + 1] times the most rows of a person */
  int64_t **dose;   /* [n_exposures] parts of day; events come after them */
  size_t *n_doses;  /* [n_exposures] */
  size_t most_rows; /* of one person */
  struct rx_error *err;
};

static enum rx_status
make_room (struct build *b)
{
  size_t n = b->spec->n_exposures;
  for (size_t p = 0; p < b->reg->n_persons; p++)
    {
      size_t rows = b->reg->start[p + 1] - b->reg->start[p];
      if (rows > b->most_rows)
        b->most_rows = rows;
    }
  b->day = rx_array ((n + 1) * b->most_rows, sizeof *b->day);
  b->dose = rx_array (n, sizeof *b->dose);
  b->n_doses = rx_array (n, sizeof *b->n_doses);
  b->exposure = rx_array (n, sizeof *b->exposure);
  if (b->day == NULL || b->dose == NULL || b->n_doses == NULL
      || b->exposure == NULL)
    return rx_fail_memory (b->err);
  for (size_t e = 0; e < n; e++)
    b->dose[e] = b->day + e * b->most_rows;
  return RX_OK;
}

static enum rx_status
find_drugs (struct build *b)
{
  const struct rx_texts nothing = { NULL, 0 };
  if (rx_register_drugs (&b->event, b->reg, "event drug", b->source->events,
                         nothing, b->err)
      != RX_OK)
    return b->err->status;
  for (size_t e = 0; e < b->spec->n_exposures; e++)
    if (rx_register_drugs (&b->exposure[e], b->reg, "exposure drug",
                           b->spec->exposures[e].drugs, nothing, b->err)
        != RX_OK)
      return b->err->status;
  return RX_OK;
}

static int
by_day (const void *a, const void *b)
{
  const int64_t *x = a, *y = b;
  return *x < *y ? -1 : *x > *y;
}

/* The days in the coverage on which a person was dispensed the drugs, rising,
   each once; returns how many. */
static size_t
days_of (const struct build *b, size_t person, const struct rx_codes *codes,
         int64_t *day)
{
  const struct rx_register *reg = b->reg;
  size_t n = 0, different = 0;
  for (size_t row = reg->start[person]; row < reg->start[person + 1]; row++)
    if (codes->has[reg->drug[row]] && rx_register_is_dispensing (reg, row)
        && rx_days_hold (b->audit->coverage, rx_register_day (reg, row)))
      day[n++] = rx_register_day (reg, row);
  qsort (day, n, sizeof *day, by_day);
  for (size_t i = 0; i < n; i++)
    if (i == 0 || day[i] != day[different - 1])
      day[different++] = day[i];
  return different;
}

static enum rx_status
add_person (struct build *b, size_t person)
{
  struct rx_days observation = b->audit->observation;
  int64_t *event = b->day + b->spec->n_exposures * b->most_rows;
  size_t n = days_of (b, person, &b->event, event), before = 0;
  while (before < n && event[before] < observation.from)
    before++;
  if (!b->source->all_events && before > 0)
    {
      b->audit->old_events++;
      return RX_OK;
    }
  if (n == before)
    return RX_OK;
  for (size_t e = 0; e < b->spec->n_exposures; e++)
    {
      size_t doses = days_of (b, person, &b->exposure[e], b->dose[e]);
      bool first = b->spec->exposures[e].first_only && doses > 1;
      b->n_doses[e] = first ? 1 : doses;
    }
  struct rx_case one = { .start = observation.from,
                         .end = observation.to,
                         .event = event + before,
                         .n_events = b->source->all_events ? n - before : 1,
                         .dose = b->dose,
                         .n_doses = b->n_doses };
  return rx_case_series_add (b->cases, &one, b->err);
}

static enum rx_status
add_persons (struct build *b)
{
  const struct rx_register *reg = b->reg;
  for (size_t p = 0; p < reg->n_persons; p++)
    {
      bool inside = false;
      for (size_t row = reg->start[p]; row < reg->start[p + 1] && !inside;
           row++)
        inside = rx_days_hold (b->audit->coverage, rx_register_day (reg, row));
      b->audit->persons += inside;
      if (inside && add_person (b, p) != RX_OK)
        return b->err->status;
    }
  return RX_OK;
}

static enum rx_status
set_days (struct build *b)
{
  char from[RX_DATE_SIZE], to[RX_DATE_SIZE];
  struct rx_days days = rx_register_covered (b->reg, b->source->coverage);
  b->audit->coverage = b->audit->observation = days;
  if ((int64_t)days.from + b->source->run_in > days.to)
    return rx_fail (b->err, RX_EDATA,
                    "%s: a run-in of %d days leaves nothing of the coverage, "
                    "%s to %s",
                    b->reg->file, (int)b->source->run_in,
                    rx_date_print (from, days.from),
                    rx_date_print (to, days.to));
  b->audit->observation.from += b->source->run_in;
  return RX_OK;
}

enum rx_status
rx_register_cases_build (struct rx_case_series *cases,
                         const struct rx_register *reg,
                         const struct rx_case_series_spec *spec,
                         const struct rx_register_cases_spec *source,
                         struct rx_register_cases_audit *audit,
                         struct rx_error *err)
{
  struct build b = { .reg = reg,
                     .spec = spec,
                     .source = source,
                     .cases = cases,
                     .audit = audit,
                     .err = err };
  *audit = (struct rx_register_cases_audit){ .persons = 0 };
  *cases = (struct rx_case_series){ .spec = spec,
                                    .n_bands = spec->n_cuts + 1,
                                    .synthetic = reg->synthetic };
  cases->file = rx_strings_addz (&cases->strings, reg->file);
  enum rx_status status = cases->file == NULL ? rx_fail_memory (err) : RX_OK;
  if (status == RX_OK)
    status = set_days (&b);
  if (status == RX_OK)
    status = make_room (&b);
  if (status == RX_OK)
    status = find_drugs (&b);
  if (status == RX_OK)
    status = add_persons (&b);
  rx_codes_free (&b.event);
  for (size_t e = 0; b.exposure != NULL && e < spec->n_exposures; e++)
    rx_codes_free (&b.exposure[e]);
  free (b.exposure);
  free (b.day);
  free (b.dose);
  free (b.n_doses);
  if (status != RX_OK)
    rx_case_series_free (cases);
  return status;
}
