/* cluster_icc.c: what persons of a cluster have in common.

   y = fixed + cluster + cluster-period + person.  With s2 the variance of
   persons about their means, pooled, d and t the difference and the sum of a
   cluster's two means, their variances V(d), V(t) pooled within sequences, and
   h the mean over clusters of 1/m1 + 1/m2,

     cluster-period = (V(d) - s2 h) / 2,  cluster = (V(t) - V(d)) / 4

   which have these expectations whatever the sizes are; with cells of one size
   they are the analysis-of-variance (and, above zero, the REML) estimates.
   They can come out below zero, and are then left so, with the note negative.

     icc-within-period   (cluster + cluster-period) / total
     icc-between-periods cluster / total

   two persons of a cluster in the same period, and in different ones: what the
   size of a next trial is computed from.  n = clusters with both periods.
   Giraudeau, Ravaud & Donner, Stat Med 2008;27:5578-5585. */
#include "methods/design_needs.h"
#include "methods/fill.h"

#include <math.h>

struct components
{
  double cluster, period, within;
  size_t n;
};

/* Variance of a contrast about the means of both sequences. */
static enum rx_status
pooled (const struct rx_crossover *design, const struct rx_endpoint *endpoint,
        enum rx_abba_contrast which, double *variance, struct rx_error *err)
{
  struct rx_contrast c[2];
  double squares = 0, df = 0;
  if (rx_crossover_abba (design, endpoint, which, &c[0], &c[1], err) != RX_OK)
    return err->status;
  for (size_t g = 0; g < 2; g++)
    {
      if (c[g].n > 1)
        squares += rx_contrast_moments (&c[g]).variance * (double)(c[g].n - 1);
      df += c[g].n > 0 ? (double)c[g].n - 1 : 0;
      rx_contrast_free (&c[g]);
    }
  *variance = df > 0 ? squares / df : NAN;
  return RX_OK;
}

static enum rx_status
estimate (const struct rx_crossover *design,
          const struct rx_endpoint *endpoint, struct components *out,
          struct rx_error *err)
{
  double squares = 0, df = 0, shares = 0, of_d, of_t;
  *out = (struct components){ 0 };
  for (size_t s = 0; s < design->n_subjects; s++)
    {
      const struct rx_moments *m = endpoint->persons + 2 * s;
      if (m[0].n > 0 && m[1].n > 0)
        {
          shares += 1 / (double)m[0].n + 1 / (double)m[1].n;
          out->n++;
        }
      for (size_t p = 0; p < 2; p++)
        if (m[p].n > 1)
          {
            squares += m[p].variance * (double)(m[p].n - 1);
            df += (double)(m[p].n - 1);
          }
    }
  if (pooled (design, endpoint, RX_ABBA_PERIOD_DIFFERENCE, &of_d, err) != RX_OK
      || pooled (design, endpoint, RX_ABBA_TOTAL, &of_t, err) != RX_OK)
    return err->status;
  out->within = df > 0 ? squares / df : NAN;
  out->period = (of_d - out->within * shares / (double)out->n) / 2;
  out->cluster = (of_t - of_d) / 4;
  return RX_OK;
}

static enum rx_status
run_crossover (const struct rx_method *self, const struct rx_crossover *design,
               const struct rx_endpoint *endpoint,
               const struct rx_method_options *options, struct rx_rows *rows,
               struct rx_error *err)
{
  struct components c;
  (void)options;
  if (estimate (design, endpoint, &c, err) != RX_OK)
    return err->status;
  double total = c.cluster + c.period + c.within;
  const struct
  {
    const char *term;
    double value;
  } lines[] = { { "cluster", c.cluster },
                { "cluster-period", c.period },
                { "within", c.within },
                { "icc-within-period", (c.cluster + c.period) / total },
                { "icc-between-periods", c.cluster / total } };
  enum rx_status status = RX_OK;
  for (size_t i = 0; i < sizeof lines / sizeof lines[0] && status == RX_OK;
       i++)
    {
      struct rx_row row = rx_row_blank ();
      struct rx_note note = { "" };
      row.n = (double)c.n;
      row.estimate = isfinite (lines[i].value) ? lines[i].value : NAN;
      if (isnan (row.estimate))
        rx_note_add (&note, c.n == 0     ? "no-subjects"
                            : total == 0 ? "zero-variance"
                                         : "too-few-subjects");
      else if (row.estimate < 0)
        rx_note_add (&note, "negative");
      status = rx_fill_crossover (rows, row, design, endpoint, self->name,
                                  lines[i].term, false, &note, err);
    }
  return status;
}

const struct rx_method rx_method_cluster_icc = {
  .name = "cluster-icc",
  .title
  = "Correlation of the persons of a cluster, within and between periods",
  .source = "Giraudeau, Ravaud & Donner 2008, Stat Med 27:5578-5585",
  .words
  = "Intracluster correlations within and between periods are estimated "
    "from the variances of cluster means and of persons about them.",
  .needs = &rx_needs_clusters,
  .own_terms = true,
  .crossover = run_crossover,
};
