/* duplicates.c: numbers that a table repeats.

   Terms: `row` (two rows with the same figures, two at least; estimate: how
   many figures), `pair:mean,sd` (the same mean with the same SD, in any two
   places, at least one of the two with three significant digits; estimate: in
   how many places) and `value:COLUMN` (a figure of three significant digits or
   more that the column repeats; estimate: how often).  endpoint is that of
   the first place; the note has the figures, and the lines of the file they
   stand on.  Figures are the same when they are printed alike: 0.40 is not
   0.4.  Repeats can be chance, or a total: look at the lines. */
#include "methods/printed_rows.h"

#include "base/number.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static bool
same (const struct rx_printed *a, const struct rx_printed *b)
{
  return a->kind == b->kind && a->value == b->value
         && a->decimals == b->decimals;
}

/* Three significant digits. */
static bool
is_telling (const struct rx_printed *x)
{
  return x->kind == RX_PRINTED_EQUAL
         && (!x->is_short || llabs (x->units) >= 100);
}

/* The figure as it stands in the paper, as far as decimals go. */
static const char *
write_figure (char out[RX_NUMBER_SIZE], const struct rx_printed *x)
{
  if (!x->is_short || x->decimals < 0)
    return rx_number_print (out, x->value);
  snprintf (out, RX_NUMBER_SIZE, "%.*f", x->decimals, x->value);
  return out;
}

struct finding
{
  double places; /* how often */
  struct rx_note lines;
};

static void
begin (struct finding *f, size_t line)
{
  f->places = 1;
  f->lines.text[0] = '\0';
  rx_note_add (&f->lines, "line %zu", line);
}

static void
extend (struct finding *f, size_t line)
{
  f->places++;
  rx_note_add (&f->lines, "line %zu", line);
}

static enum rx_status
add (const struct rx_printed_result *at, const char *term, double estimate,
     const char *what, const struct finding *f, struct rx_rows *rows,
     struct rx_error *err)
{
  struct rx_note note = { "" };
  struct rx_row row = rx_row_blank ();
  row.estimate = estimate;
  rx_note_add (&note, "repeated");
  if (what[0] != '\0')
    rx_note_add (&note, "%s", what);
  rx_note_add (&note, "%s", f->lines.text);
  return rx_printed_row_add (rows, row, at, "duplicates", term, &note, err);
}

/* ---- rows --------------------------------------------------------------- */

static size_t
same_figures (const struct rx_printed_result *a,
              const struct rx_printed_result *b)
{
  size_t n = 0;
  for (int f = 0; f < RX_SAYS_FIGURES; f++)
    {
      if (!same (&a->figure[f], &b->figure[f]))
        return 0;
      n += a->figure[f].kind != RX_PRINTED_NOTHING;
    }
  return n;
}

static enum rx_status
find_rows (const struct rx_printed_table *table, struct rx_rows *rows,
           struct rx_error *err)
{
  for (size_t i = 0; i < table->n; i++)
    {
      const struct rx_printed_result *at = &table->result[i];
      struct finding finding;
      bool earlier = false;
      begin (&finding, at->line);
      for (size_t j = 0; j < table->n; j++)
        if (j != i && same_figures (at, &table->result[j]) > 1)
          {
            earlier = earlier || j < i;
            extend (&finding, table->result[j].line);
          }
      if (!earlier && finding.places > 1
          && add (at, "row", (double)same_figures (at, at), "", &finding, rows,
                  err)
                 != RX_OK)
        return err->status;
    }
  return RX_OK;
}

/* ---- a mean with its SD ------------------------------------------------- */

static bool
has_pair (const struct rx_printed_result *row, size_t group)
{
  const struct rx_printed *mean = &row->figure[rx_printed_groups[group].mean];
  const struct rx_printed *sd = &row->figure[rx_printed_groups[group].sd];
  return mean->kind == RX_PRINTED_EQUAL && sd->kind == RX_PRINTED_EQUAL
         && (is_telling (mean) || is_telling (sd));
}

static bool
same_pair (const struct rx_printed_result *a, size_t in_a,
           const struct rx_printed_result *b, size_t in_b)
{
  return has_pair (b, in_b)
         && same (&a->figure[rx_printed_groups[in_a].mean],
                  &b->figure[rx_printed_groups[in_b].mean])
         && same (&a->figure[rx_printed_groups[in_a].sd],
                  &b->figure[rx_printed_groups[in_b].sd]);
}

static enum rx_status
find_pair (const struct rx_printed_table *table, size_t i, size_t group,
           struct rx_rows *rows, struct rx_error *err)
{
  const struct rx_printed_result *at = &table->result[i];
  struct finding finding;
  char mean[RX_NUMBER_SIZE], sd[RX_NUMBER_SIZE], what[2 * RX_NUMBER_SIZE + 8];
  bool earlier = false;
  begin (&finding, at->line);
  for (size_t j = 0; j < table->n; j++)
    for (size_t k = 0; k < RX_PRINTED_GROUPS; k++)
      if ((j != i || k != group)
          && same_pair (at, group, &table->result[j], k))
        {
          earlier = earlier || j < i || (j == i && k < group);
          extend (&finding, table->result[j].line);
        }
  if (earlier || finding.places < 2)
    return RX_OK;
  snprintf (what, sizeof what, "%s (%s)",
            write_figure (mean, &at->figure[rx_printed_groups[group].mean]),
            write_figure (sd, &at->figure[rx_printed_groups[group].sd]));
  return add (at, "pair:mean,sd", finding.places, what, &finding, rows, err);
}

/* ---- single figures ------------------------------------------------------
 */

static enum rx_status
find_value (const struct rx_printed_table *table, size_t i,
            enum rx_printed_figure figure, struct rx_rows *rows,
            struct rx_error *err)
{
  const struct rx_printed_result *at = &table->result[i];
  struct finding finding;
  char value[RX_NUMBER_SIZE], term[32];
  if (!is_telling (&at->figure[figure]))
    return RX_OK;
  begin (&finding, at->line);
  for (size_t j = 0; j < table->n; j++)
    if (j != i && same (&at->figure[figure], &table->result[j].figure[figure]))
      {
        if (j < i)
          return RX_OK;
        extend (&finding, table->result[j].line);
      }
  if (finding.places < 2)
    return RX_OK;
  snprintf (term, sizeof term, "value:%s", rx_printed_figure_name (figure));
  return add (at, term, finding.places,
              write_figure (value, &at->figure[figure]), &finding, rows, err);
}

static enum rx_status
run_summary (const struct rx_printed_table *table,
             const struct rx_method_options *options, struct rx_rows *rows,
             struct rx_error *err)
{
  (void)options;
  if (find_rows (table, rows, err) != RX_OK)
    return err->status;
  for (size_t i = 0; i < table->n; i++)
    for (size_t k = 0; k < RX_PRINTED_GROUPS; k++)
      if (has_pair (&table->result[i], k)
          && find_pair (table, i, k, rows, err) != RX_OK)
        return err->status;
  for (int f = 0; f < RX_SAYS_FIGURES; f++)
    for (size_t i = 0; i < table->n; i++)
      if (find_value (table, i, (enum rx_printed_figure)f, rows, err) != RX_OK)
        return err->status;
  return RX_OK;
}

const struct rx_method rx_method_duplicates = {
  .name = "duplicates",
  .title = "Rows, means with SDs, and figures that a table repeats",
  .source = "Carlisle, Anaesthesia 2017;72:944-952 (repeated summary data)",
  .words = "Repeated rows and figures were sought in the printed table.",
  .summary = run_summary,
  .on_request = true,
};
