/* permutation.c: the permutation tests of an AB/BA trial, which exchange the
   labels of the sequences among the subjects.

   With the contrasts of hills-armitage in either sequence the statistic is the
   difference of their means; two-sided p is the share of all ways to hand out
   the labels that give one at least as far from zero.  Where every subject was
   as likely to get either sequence nothing else is assumed.  Equal differences
   count as equal on the decimals of the file.

   The p-value is exact (note `exact`) as long as a table of sums or the
   subsets of either half of the subjects take a moment; else REPLICATES random
   labellings are drawn (notes replicates, mc-se), p = (1 + as far) / (1 +
   REPLICATES): Phipson & Smyth, Statistical Applications in Genetics and
   Molecular Biology 2010;9(1):39.  Replicate b has its own random numbers,
   from the seed, the names of analysis, endpoint and term, and b.
   Fisher, The Design of Experiments, 1935, sec. 21; Edgington & Onghena,
   Randomization Tests, 4th ed., 2007.

   By hand: period differences 1, 2 against 3, 4, 5: two of the ten ways are as
   far apart, p = 0.2. */
#include "methods/comparisons.h"
#include "methods/design_needs.h"
#include "methods/labels.h"

#include "base/random.h"

#include <math.h>

enum
{
  REPLICATES = 99999
};

/* Steps of a table of sums that are taken: some tenths of a second. */
static const double COST_MOST = 3e8;

static enum rx_status
draw (const struct rx_subset *subset, uint64_t seed, uint64_t stream,
      double *p, struct rx_note *note, struct rx_error *err)
{
  size_t far;
  if (rx_subset_sum_random (subset, seed, stream, REPLICATES, &far, err)
      != RX_OK)
    return err->status;
  *p = (1 + (double)far) / (1 + (double)REPLICATES);
  rx_note_add (note, "replicates=%d", REPLICATES);
  rx_note_add (note, "mc-se=%.2g", sqrt (*p * (1 - *p) / REPLICATES));
  return RX_OK;
}

static enum rx_status
find_p (const struct rx_subset *subset, uint64_t seed, uint64_t stream,
        double *p, struct rx_note *note, struct rx_error *err)
{
  enum rx_status status = RX_OK;
  bool table
      = subset->slack == 0 && rx_subset_sum_table_cost (subset) <= COST_MOST;
  if (!table && subset->n > RX_SUBSET_HALVES_MOST)
    return draw (subset, seed, stream, p, note, err);
  status = table ? rx_subset_sum_table (subset, p, err)
                 : rx_subset_sum_halves (subset, p, err);
  rx_note_add (note, "exact");
  return status;
}

static enum rx_status
test (const struct rx_contrast *a, const struct rx_contrast *b, double factor,
      uint64_t seed, uint64_t stream, struct rx_row *row, struct rx_note *note,
      struct rx_error *err)
{
  struct rx_labels labels;
  *row = rx_row_blank ();
  row->n = (double)(a->n + b->n);
  if (a->n == 0 || b->n == 0)
    {
      rx_note_add (note, a->n + b->n == 0 ? "no-subjects" : "empty-sequence");
      return RX_OK;
    }
  row->estimate
      = factor * (rx_contrast_moments (a).mean - rx_contrast_moments (b).mean);
  enum rx_status status = rx_labels_make (&labels, a, b, err);
  if (status == RX_OK)
    status = find_p (&labels.subset, seed, stream, &row->p_value, note, err);
  rx_labels_free (&labels);
  return status;
}

static enum rx_status
run_term (const struct rx_crossover *design,
          const struct rx_endpoint *endpoint, const struct rx_abba_term *term,
          uint64_t seed, struct rx_rows *rows, struct rx_error *err)
{
  const char *const names[] = { rows->analysis, endpoint->name, term->term };
  uint64_t stream = rx_random_stream (names, sizeof names / sizeof names[0]);
  struct rx_contrast a, b;
  struct rx_note note = { "" };
  struct rx_row row;
  if (rx_crossover_abba (design, endpoint, term->contrast, &a, &b, err)
      != RX_OK)
    return err->status;
  enum rx_status status
      = test (&a, &b, term->factor, seed, stream, &row, &note, err);
  if (status == RX_OK)
    status = rx_fill_crossover (rows, row, design, endpoint, "permutation",
                                term->term, term == rx_abba_terms, &note, err);
  rx_contrast_free (&a);
  rx_contrast_free (&b);
  return status;
}

static enum rx_status
run_crossover (const struct rx_method *self, const struct rx_crossover *design,
               const struct rx_endpoint *endpoint,
               const struct rx_method_options *options, struct rx_rows *rows,
               struct rx_error *err)
{
  (void)self;
  enum rx_status status = RX_OK;
  for (size_t i = 0; i < rx_n_abba_terms && status == RX_OK; i++)
    status = run_term (design, endpoint, &rx_abba_terms[i], options->seed,
                       rows, err);
  return status;
}

const struct rx_method rx_method_permutation = {
  .name = "permutation",
  .title = "Permutation tests of an AB/BA trial, exact or Monte Carlo",
  .source = "Edgington & Onghena 2007, Randomization Tests; Phipson & Smyth "
            "2010, Stat Appl Genet Mol Biol 9(1):39",
  .words = "Treatment effects are also tested by exchanging the labels of the "
           "sequences among the subjects (permutation test of the difference "
           "of mean period differences).",
  .needs = &rx_needs_abba,
  .crossover = run_crossover,
};
