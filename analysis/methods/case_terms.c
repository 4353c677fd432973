/* case_terms.c: terms named, and cells counted into them. */
#include "methods/case_terms.h"

#include <stdlib.h>

bool
rx_case_term_has (const struct rx_case_term *term,
                  const struct rx_case_series *cases, size_t cell)
{
  switch (term->factor)
    {
    case RX_CASE_RISK:
      return cases->risk[cell * cases->spec->n_exposures + term->exposure]
             == term->level;
    case RX_CASE_BAND:
      return cases->cell[cell].band == term->level;
    case RX_CASE_SEASON:
      return cases->cell[cell].season == term->level;
    }
  return false;
}

/* Adds a term; its name may be NULL for want of memory. */
static struct rx_case_term *
add_term (struct rx_case_terms *terms, enum rx_case_factor factor,
          size_t level, const char *name, struct rx_strings *strings)
{
  struct rx_case_term *term = &terms->term[terms->n++];
  term->factor = factor;
  term->level = level;
  term->name = name;
  term->ratio
      = name == NULL ? NULL : rx_strings_format (strings, "irr:%s", name);
  return term;
}

static void
add_risks (struct rx_case_terms *terms, const struct rx_case_series *cases,
           size_t exposure, struct rx_strings *strings)
{
  const struct rx_case_exposure *e = &cases->spec->exposures[exposure];
  const char *baseline
      = cases->spec->n_exposures == 1
            ? "baseline"
            : rx_strings_format (strings, "baseline of %s", e->name);
  struct rx_case_term *term
      = add_term (terms, RX_CASE_RISK, 0, baseline, strings);
  term->exposure = exposure;
  term->is_baseline = term->is_reference = true;
  for (size_t r = 0; r < e->n_risks; r++)
    {
      term = add_term (terms, RX_CASE_RISK, r + 1, e->risks[r].name, strings);
      term->exposure = exposure;
      term->is_before = e->risks[r].to < 0;
    }
}

static void
add_levels (struct rx_case_terms *terms, enum rx_case_factor factor, size_t n,
            const char *word, struct rx_strings *strings)
{
  for (size_t i = 0; i < n; i++)
    {
      const char *name = rx_strings_format (strings, "%s %zu", word, i + 1);
      add_term (terms, factor, i, name, strings)->is_first = i == 0;
    }
}

static void
count_cells (struct rx_case_term *term, const struct rx_case_series *cases)
{
  size_t last = SIZE_MAX;
  for (size_t i = 0; i < cases->n_cells; i++)
    {
      const struct rx_case_cell *cell = &cases->cell[i];
      if (!rx_case_term_has (term, cases, i))
        continue;
      term->days += cell->days;
      term->events += cell->events;
      term->cases += cell->person != last;
      last = cell->person;
    }
}

/* The first band and the first season with events. */
static void
choose_reference (struct rx_case_terms *terms, enum rx_case_factor factor)
{
  struct rx_case_term *chosen = NULL;
  for (size_t t = 0; t < terms->n; t++)
    {
      struct rx_case_term *term = &terms->term[t];
      bool better
          = chosen == NULL || (chosen->events == 0 && term->events > 0);
      if (term->factor == factor && better)
        chosen = term;
    }
  if (chosen != NULL)
    chosen->is_reference = true;
}

enum rx_status
rx_case_terms_make (struct rx_case_terms *terms,
                    const struct rx_case_series *cases,
                    struct rx_strings *strings, struct rx_error *err)
{
  const struct rx_case_series_spec *spec = cases->spec;
  size_t n = cases->n_bands + spec->n_seasons;
  for (size_t e = 0; e < spec->n_exposures; e++)
    n += 1 + spec->exposures[e].n_risks;
  *terms = (struct rx_case_terms){ rx_array (n, sizeof *terms->term), 0 };
  if (terms->term == NULL)
    return rx_fail_memory (err);
  for (size_t e = 0; e < spec->n_exposures; e++)
    add_risks (terms, cases, e, strings);
  add_levels (terms, RX_CASE_BAND, cases->n_bands,
              spec->cuts_are_dates ? "period" : "age", strings);
  add_levels (terms, RX_CASE_SEASON, spec->n_seasons, "season", strings);
  for (size_t t = 0; t < terms->n; t++)
    {
      if (terms->term[t].ratio == NULL)
        return rx_fail_memory (err);
      count_cells (&terms->term[t], cases);
    }
  choose_reference (terms, RX_CASE_BAND);
  choose_reference (terms, RX_CASE_SEASON);
  return RX_OK;
}

void
rx_case_terms_free (struct rx_case_terms *terms)
{
  free (terms->term);
  *terms = (struct rx_case_terms){ 0 };
}
