/* evidence_effects.c: inputs found, a design read, a correlation filled in.

   A correlation that a study does not print is the mean of those that others
   print (spec->borrow_r), or a number (spec->r), or missing: then the study
   cannot be used.  A printed one is never replaced. */
#include "designs/evidence_effects.h"

#include "base/text.h"
#include "data/spelling.h"

#include <math.h>
#include <string.h>

/* ---- inputs ----------------------------------------------------------- */

static bool
has_input (const struct rx_effect_kind *kind, const char *name)
{
  for (size_t i = 0; i < kind->n_inputs; i++)
    if (strcmp (kind->input[i].name, name) == 0)
      return true;
  return false;
}

/* Does any design's kind of the measure need it? */
static bool
is_known_input (const struct rx_evidence_spec *spec, const char *name)
{
  if (spec->design == NULL)
    return has_input (spec->effect, name);
  for (size_t i = 0; i < rx_n_effect_designs; i++)
    {
      const struct rx_effect_kind *kind = rx_effect_kind_for (
          spec->effect->measure, rx_effect_designs[i].design);
      if (kind != NULL && has_input (kind, name))
        return true;
    }
  return false;
}

static enum rx_status
check_input_names (const struct rx_evidence_spec *spec, struct rx_error *err)
{
  const struct rx_effect_kind *effect = spec->effect;
  for (size_t i = 0; i < spec->n_inputs; i++)
    {
      const char *names[RX_EFFECT_INPUTS_MOST];
      if (is_known_input (spec, spec->inputs[i].name))
        continue;
      for (size_t j = 0; j < effect->n_inputs; j++)
        names[j] = effect->input[j].name;
      char quoted[RX_QUOTED_SIZE];
      const char *near = rx_spelling_nearest (spec->inputs[i].name, names,
                                              effect->n_inputs);
      struct rx_text list = { 0 };
      for (size_t j = 0; j < effect->n_inputs; j++)
        rx_text_addf (&list, "%s%s", j > 0 ? ", " : "", names[j]);
      rx_fail (err, RX_EUSAGE, "%s has no input %s%s%s; it needs %s",
               effect->name, rx_quotez (quoted, spec->inputs[i].name),
               near != NULL ? ", did you mean " : "", near != NULL ? near : "",
               rx_text_string (&list));
      rx_text_free (&list);
      return err->status;
    }
  return RX_OK;
}

static bool
fills_r (const struct rx_evidence_spec *spec)
{
  return spec->borrow_r || spec->has_r;
}

static enum rx_status
find_inputs (struct rx_effects *e, struct rx_effect_reader *reader,
             const struct rx_effect_kind *kind, struct rx_error *err)
{
  reader->kind = kind;
  for (size_t j = 0; j < kind->n_inputs; j++)
    {
      const char *from = kind->input[j].name;
      for (size_t i = 0; i < e->spec->n_inputs; i++)
        if (strcmp (e->spec->inputs[i].name, kind->input[j].name) == 0)
          from = e->spec->inputs[i].from;
      bool nowhere = kind->input[j].kind == RX_INPUT_R && fills_r (e->spec)
                     && strcmp (from, kind->input[j].name) == 0
                     && !rx_table_has (e->table, from);
      if (nowhere)
        reader->source[j]
            = (struct rx_evidence_source){ RX_EVIDENCE_SOURCE_NONE, 0, NAN };
      else if (rx_evidence_source_find (&reader->source[j], e->table, from,
                                        err)
               != RX_OK)
        return err->status;
    }
  return RX_OK;
}

/* ---- designs ---------------------------------------------------------- */

static enum rx_status
complain_design (struct rx_effects *e, size_t row, struct rx_error *err)
{
  struct rx_text list = { 0 };
  for (size_t i = 0; i < rx_n_effect_designs; i++)
    if (rx_effect_kind_for (e->spec->effect->measure,
                            rx_effect_designs[i].design)
        != NULL)
      rx_text_addf (&list, "%s%s", list.length > 0 ? ", " : "",
                    rx_effect_designs[i].name);
  struct rx_text words = { 0 };
  rx_text_addf (&words, "a design of %s: %s", e->spec->effect->name,
                rx_text_string (&list));
  rx_evidence_source_complain (&e->design, e->table, row,
                               e->spec->effect->name, rx_text_string (&words),
                               err);
  rx_text_free (&words);
  rx_text_free (&list);
  return err->status;
}

/* The kind that the row's design asks for. */
static enum rx_status
kind_of (struct rx_effects *e, size_t row, const struct rx_effect_kind **kind,
         struct rx_error *err)
{
  const char *cell = rx_table_cell (e->table, row, e->design.column);
  *kind = NULL;
  for (size_t i = 0; i < rx_n_effect_designs && *kind == NULL; i++)
    if (strcmp (cell, rx_effect_designs[i].name) == 0)
      *kind = rx_effect_kind_for (e->spec->effect->measure,
                                  rx_effect_designs[i].design);
  return *kind != NULL ? RX_OK : complain_design (e, row, err);
}

static enum rx_status
reader_of (struct rx_effects *e, size_t row, struct rx_effect_reader **reader,
           struct rx_error *err)
{
  const struct rx_effect_kind *kind = e->spec->effect;
  if (e->has_design && kind_of (e, row, &kind, err) != RX_OK)
    return err->status;
  for (size_t i = 0; i < e->n_readers; i++)
    if (e->reader[i].kind == kind)
      {
        *reader = &e->reader[i];
        return RX_OK;
      }
  *reader = &e->reader[e->n_readers++];
  return find_inputs (e, *reader, kind, err);
}

/* ---- rows ------------------------------------------------------------- */

static enum rx_status
check (struct rx_effects *e, size_t row, const struct rx_effect_reader *reader,
       const double *x, struct rx_error *err)
{
  for (size_t i = 0; i < reader->kind->n_inputs; i++)
    {
      const char *fault = rx_effect_input_fault (reader->kind, x, i);
      if (fault != NULL)
        return rx_evidence_source_complain (&reader->source[i], e->table, row,
                                            reader->kind->name, fault, err);
    }
  return RX_OK;
}

/* The inputs of a row; one that is missing is NaN. */
static enum rx_status
read_inputs (struct rx_effects *e, size_t row, struct rx_effect_reader *reader,
             struct rx_effect_found *found, struct rx_error *err)
{
  const struct rx_effect_kind *kind = reader->kind;
  *found = (struct rx_effect_found){ .kind = kind, .at = reader->source[0] };
  for (size_t i = 0; i < kind->n_inputs; i++)
    {
      bool none;
      if (rx_evidence_source_read (&reader->source[i], e->table, row,
                                   &found->x[i], &none, err)
          != RX_OK)
        return err->status;
      if (none && kind->input[i].kind == RX_INPUT_R)
        found->r_missing = true;
      else
        found->missing = found->missing || none;
    }
  return RX_OK;
}

static void
fill_r (struct rx_effects *e, struct rx_effect_found *found)
{
  if (!found->r_missing || isnan (e->r))
    {
      found->missing = found->missing || found->r_missing;
      return;
    }
  for (size_t i = 0; i < found->kind->n_inputs; i++)
    if (found->kind->input[i].kind == RX_INPUT_R)
      found->x[i] = e->r;
  found->r_filled = true;
}

enum rx_status
rx_effects_row (struct rx_effects *e, size_t row,
                struct rx_effect_found *found, struct rx_error *err)
{
  struct rx_effect_reader *reader;
  if (reader_of (e, row, &reader, err) != RX_OK
      || read_inputs (e, row, reader, found, err) != RX_OK)
    return err->status;
  fill_r (e, found);
  if (found->missing)
    return RX_OK;
  if (check (e, row, reader, found->x, err) != RX_OK)
    return err->status;
  found->effect = reader->kind->from (found->x);
  return RX_OK;
}

/* ---- correlations ----------------------------------------------------- */

static bool
blank_design (const struct rx_effects *e, size_t row)
{
  return e->has_design && rx_table_missing (e->table, row, e->design.column);
}

/* The mean of the correlations printed. */
static enum rx_status
borrow (struct rx_effects *e, struct rx_error *err)
{
  double sum = 0;
  for (size_t row = 0; row < e->table->n_rows; row++)
    {
      struct rx_effect_found found;
      struct rx_effect_reader *reader;
      if (blank_design (e, row))
        continue;
      if (reader_of (e, row, &reader, err) != RX_OK
          || read_inputs (e, row, reader, &found, err) != RX_OK)
        return err->status;
      for (size_t i = 0; i < found.kind->n_inputs; i++)
        if (found.kind->input[i].kind == RX_INPUT_R && !isnan (found.x[i]))
          {
            const char *fault = rx_effect_input_fault (found.kind, found.x, i);
            if (fault != NULL)
              return rx_evidence_source_complain (&reader->source[i], e->table,
                                                  row, found.kind->name, fault,
                                                  err);
            sum += found.x[i];
            e->printed_r++;
          }
    }
  if (e->printed_r == 0)
    return rx_fail (err, RX_EDATA,
                    "%s: no study prints a correlation r that others could "
                    "borrow",
                    e->table->file);
  e->r = sum / (double)e->printed_r;
  return RX_OK;
}

enum rx_status
rx_effects_open (struct rx_effects *e, const struct rx_table *table,
                 const struct rx_evidence_spec *spec, struct rx_error *err)
{
  *e = (struct rx_effects){ .table = table,
                            .spec = spec,
                            .has_design = spec->design != NULL,
                            .r = spec->has_r ? spec->r : NAN };
  if (check_input_names (spec, err) != RX_OK)
    return err->status;
  if (!e->has_design)
    {
      e->n_readers = 1;
      if (find_inputs (e, &e->reader[0], spec->effect, err) != RX_OK)
        return err->status;
    }
  else
    {
      if (spec->effect->measure == NULL
          || strcmp (spec->effect->measure, spec->effect->name) != 0)
        return rx_fail (err, RX_EUSAGE,
                        "%s is computed of one design only; a column of "
                        "designs does not go with it",
                        spec->effect->name);
      e->design.kind = RX_EVIDENCE_SOURCE_COLUMN;
      if (rx_table_column (table, spec->design, &e->design.column, err)
          != RX_OK)
        return err->status;
    }
  return spec->borrow_r ? borrow (e, err) : RX_OK;
}
