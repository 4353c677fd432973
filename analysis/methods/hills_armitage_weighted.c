/* hills_armitage_weighted.c: the period-adjusted t test of clusters, each with
   the weight of its persons.

   With m1 and m2 persons in its periods the difference of a cluster's means
   has, as far as the persons go, a variance in proportion to 1/m1 + 1/m2; its
   weight is w = m1 m2 / (m1 + m2).  The weighted means of either sequence are
   compared,

     s^2 = sum w (d - mean)^2 / (N - 2),  SE^2 = s^2 (1/W_AB + 1/W_BA) / 4

   which is weighted least squares of d / 2 on the sequence.  Where clusters
   differ among themselves by more than their persons do, hills-armitage, which
   gives all the same weight, loses little and is the safer one.
   Turner, White & Croudace, Stat Med 2007;26:274-289.

   By hand: with as many persons everywhere it is hills-armitage. */
#include "methods/comparisons.h"
#include "methods/design_needs.h"

#include <math.h>

/* Of the persons of a cluster in both periods. */
static double
weight_of (const struct rx_contrast *c, size_t i,
           const struct rx_moments *persons)
{
  const struct rx_moments *of = persons + 2 * c->subject[i];
  double m1 = (double)of[0].n, m2 = (double)of[1].n;
  return m1 * m2 / (m1 + m2);
}

/* Weighted mean of one sequence, sum of weights and of weighted squares. */
struct weighted
{
  double mean, weight, squares;
};

static struct weighted
weigh (const struct rx_contrast *c, const struct rx_moments *persons)
{
  struct weighted w = { 0 };
  double sum = 0;
  bool equal = true;
  for (size_t i = 0; i < c->n; i++)
    {
      double weight = weight_of (c, i, persons);
      equal = equal && c->key[i] == c->key[0];
      w.weight += weight;
      sum += weight * c->value[i];
    }
  w.mean = sum / w.weight;
  for (size_t i = 0; i < c->n && !equal; i++)
    {
      double apart = c->value[i] - w.mean;
      w.squares += weight_of (c, i, persons) * apart * apart;
    }
  return w;
}

static enum rx_status
run_term (const struct rx_method *self, const struct rx_crossover *design,
          const struct rx_endpoint *endpoint, const struct rx_abba_term *term,
          double level, struct rx_rows *rows, struct rx_error *err)
{
  struct rx_contrast a, b;
  struct rx_note note = { "" };
  if (rx_crossover_abba (design, endpoint, term->contrast, &a, &b, err)
      != RX_OK)
    return err->status;
  struct weighted wa = weigh (&a, endpoint->persons),
                  wb = weigh (&b, endpoint->persons);
  double df = (double)(a.n + b.n) - 2, se = NAN;
  bool both = a.n > 0 && b.n > 0;
  if (both && df > 0)
    se = term->factor
         * sqrt ((wa.squares + wb.squares) / df
                 * (1 / wa.weight + 1 / wb.weight));
  if (!both)
    rx_note_add (&note, "empty-sequence");
  struct rx_row row = rx_fill_t (
      rx_student_from (both ? term->factor * (wa.mean - wb.mean) : NAN, se,
                       df > 0 ? df : NAN, level),
      a.n + b.n, level, &note);
  enum rx_status status
      = rx_fill_crossover (rows, row, design, endpoint, self->name, term->term,
                           term == rx_abba_terms, &note, err);
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
  enum rx_status status = RX_OK;
  for (size_t i = 0; i < rx_n_abba_terms && status == RX_OK; i++)
    if (rx_abba_terms[i].contrast != RX_ABBA_TOTAL)
      status = run_term (self, design, endpoint, &rx_abba_terms[i],
                         options->level, rows, err);
  return status;
}

const struct rx_method rx_method_hills_armitage_weighted = {
  .name = "hills-armitage-weighted",
  .title = "Period-adjusted t test of clusters, weighted by their persons",
  .source = "Turner, White & Croudace 2007, Stat Med 26:274-289",
  .words = "Cluster means are also compared with weights by the numbers of "
           "persons in both periods.",
  .needs = &rx_needs_clusters,
  .crossover = run_crossover,
};
