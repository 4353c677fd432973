/* register_ways.h: a register told as text, whichever way it was read, so that
   two ways can be compared to the byte. */
#ifndef RX_REGISTER_WAYS_H
#define RX_REGISTER_WAYS_H

#include "base/text.h"
#include "data/register_pass.h"

#include <inttypes.h>

static void
ways_tell_register (struct rx_text *out, const struct rx_register *reg)
{
  const struct rx_register_audit *audit = &reg->audit;
  rx_text_addf (out, "%s %d ", reg->digest, reg->synthetic);
  for (size_t i = 0; i < reg->n_comments; i++)
    rx_text_addf (out, "#%s\n", reg->comments[i]);
  rx_text_addf (out, "%zu rows, %zu %zu %zu %zu %zu %zu, %d to %d, %g %d\n",
                audit->rows, audit->missing_amounts, audit->negative_amounts,
                audit->zero_amounts, audit->rounded_amounts,
                audit->duplicate_rows, audit->blank_rows, audit->first_day,
                audit->last_day, reg->amount_scale, reg->amount.is_wide);
  for (size_t p = 0; p < reg->n_persons; p++)
    {
      rx_text_addf (out, "%s %s %d\n", reg->persons[p],
                    reg->sex != NULL ? reg->sexes[reg->sex[p]] : "-",
                    reg->birth_year != NULL ? reg->birth_year[p] : -1);
      for (size_t row = reg->start[p]; row < reg->start[p + 1]; row++)
        rx_text_addf (
            out, " %d %s %" PRId64 " %s\n", rx_register_day (reg, row),
            reg->drugs[reg->drug[row]], rx_register_amount (reg, row),
            reg->indication != NULL ? reg->indications[reg->indication[row]]
                                    : "-");
    }
  rx_text_addf (out, "%zu drugs, %zu indications, %zu sexes\n", reg->n_drugs,
                reg->n_indications, reg->n_sexes);
}

/* Everything that reading a file brings: the register or the complaint. */
static void
ways_tell (struct rx_text *out, const char *path,
           const struct rx_csv_format *format,
           const struct rx_register_columns *columns,
           const struct rx_register_how *how)
{
  struct rx_register reg = { 0 };
  struct rx_error err = { RX_OK, "" };
  if (rx_register_read_how (&reg, path, format, columns, how, &err) == RX_OK)
    ways_tell_register (out, &reg);
  else
    rx_text_addf (out, "%d %s\n", (int)err.status, err.message);
  rx_register_free (&reg);
}

#endif /* RX_REGISTER_WAYS_H */
