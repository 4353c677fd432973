/* two_by_two.c: a table of two groups by two outcomes.

   Given the margins the count a of the first cell is hypergeometric; with an
   odds ratio psi its probabilities are those for psi = 1 times psi^a,
   normalised (Fisher's noncentral hypergeometric distribution).

     chi^2       = N (ad - bc)^2 / (product of the four margins)
     corrected   = the same with max (0, |ad - bc| - N/2) for ad - bc (Yates,
                   Supplement to the Journal of the Royal Statistical Society
                   1934;1:217-235)
     exact       = sum of the probabilities that are not above that of a
     conditional : E (a; psi) = a
     interval    : P (a or more; low) = alpha/2, P (a or fewer; high) = alpha/2

   Fisher, Journal of the Royal Statistical Society 1935;98:39-82; Agresti,
   Statistical Science 1992;7:131-153.

   By hand: 6, 0; 2, 4 gives chi^2 = 12 (24 - 0)^2 / (6 6 8 4) = 6; of the
   tables with these margins those with a = 6 and a = 2 are as unlikely,
   15/495 each, so that p = 30/495 = 0.0606. */
#include "stats/two_by_two.h"

#include "base/memory.h"

#include <float.h>
#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>

/* Probabilities that differ by less, relatively, count as equal: those of
   mirrored tables differ by rounding alone. */
static const double EQUAL = 1e-7;

/* Where the logarithm of an odds ratio is looked for, and how closely. */
static const double LOG_ODDS_MOST = 700;

/* The first cell given the margins: chances of first .. first + n - 1, for an
   odds ratio of 1 relative to the likeliest. */
struct cell
{
  size_t first, n;
  double *log_chance;
};

static enum rx_status
cell_make (struct rx_two_by_two t, struct cell *cell, struct rx_error *err)
{
  size_t row = t.a + t.b, column = t.a + t.c, total = row + t.c + t.d;
  size_t least = row + column > total ? row + column - total : 0;
  size_t most = row < column ? row : column;
  *cell = (struct cell){ least, most - least + 1, NULL };
  cell->log_chance = rx_array (cell->n, sizeof *cell->log_chance);
  if (cell->log_chance == NULL)
    return rx_fail_memory (err);
  for (size_t i = 1; i < cell->n; i++)
    {
      double x = (double)(least + i); /* chance (x) / chance (x - 1) */
      double up = ((double)row - x + 1) * ((double)column - x + 1);
      double down = x * ((double)total - (double)row - (double)column + x);
      cell->log_chance[i] = cell->log_chance[i - 1] + log (up / down);
    }
  return RX_OK;
}

/* Mean of the cell and both its tails at `at` under a log odds ratio. */
struct moment
{
  double mean, at_least, at_most;
};

static struct moment
moment_at (const struct cell *cell, size_t at, double log_odds)
{
  double top = -DBL_MAX, total = 0;
  struct moment m = { 0, 0, 0 };
  for (size_t i = 0; i < cell->n; i++)
    top = fmax (top, cell->log_chance[i] + (double)i * log_odds);
  for (size_t i = 0; i < cell->n; i++)
    {
      double chance = exp (cell->log_chance[i] + (double)i * log_odds - top);
      total += chance;
      m.mean += chance * (double)i;
      m.at_least += cell->first + i >= at ? chance : 0;
      m.at_most += cell->first + i <= at ? chance : 0;
    }
  m.mean = (double)cell->first + m.mean / total;
  m.at_least /= total;
  m.at_most /= total;
  return m;
}

enum aim
{
  MEAN,
  AT_LEAST,
  AT_MOST
};

/* The odds ratio at which mean or tail has the value wanted; all three are
   monotone in it, so that bisection down to neighbouring doubles finds it. */
static double
solve (const struct cell *cell, size_t at, enum aim aim, double wanted)
{
  double low = -LOG_ODDS_MOST, high = LOG_ODDS_MOST;
  for (;;)
    {
      double middle = low + (high - low) / 2;
      if (middle <= low || middle >= high)
        return exp (middle);
      struct moment m = moment_at (cell, at, middle);
      bool below = aim == MEAN       ? m.mean < wanted
                   : aim == AT_LEAST ? m.at_least < wanted
                                     : m.at_most > wanted;
      *(below ? &low : &high) = middle;
    }
}

static void
conditional (const struct cell *cell, size_t a, double level,
             struct rx_two_by_two_test *out)
{
  double alpha = 1 - level;
  bool least = a == cell->first, most = a == cell->first + cell->n - 1;
  out->low = least ? 0 : solve (cell, a, AT_LEAST, alpha / 2);
  out->high = most ? INFINITY : solve (cell, a, AT_MOST, alpha / 2);
  out->conditional = least && most ? NAN
                     : least       ? 0
                     : most        ? INFINITY
                                   : solve (cell, a, MEAN, (double)a);
}

static double
fisher (const struct cell *cell, size_t a)
{
  double observed = cell->log_chance[a - cell->first], top = -DBL_MAX;
  double total = 0, tail = 0;
  for (size_t i = 0; i < cell->n; i++)
    top = fmax (top, cell->log_chance[i]);
  for (size_t i = 0; i < cell->n; i++)
    {
      double chance = exp (cell->log_chance[i] - top);
      total += chance;
      tail += cell->log_chance[i] <= observed + EQUAL ? chance : 0;
    }
  return fmin (1, tail / total);
}

static void
chi_squared (struct rx_two_by_two t, struct rx_two_by_two_test *out)
{
  double a = (double)t.a, b = (double)t.b, c = (double)t.c, d = (double)t.d;
  double margins = (a + b) * (c + d) * (a + c) * (b + d);
  double apart = a * d - b * c;
  out->odds_ratio = a * d / (b * c);
  if (margins == 0)
    return;
  out->chi_squared = (a + b + c + d) * apart * apart / margins;
  out->p_chi_squared = gsl_cdf_chisq_Q (out->chi_squared, 1);
  double less = fmax (0, fabs (apart) - (a + b + c + d) / 2);
  out->corrected = (a + b + c + d) * less * less / margins;
  out->p_corrected = gsl_cdf_chisq_Q (out->corrected, 1);
}

enum rx_status
rx_two_by_two (struct rx_two_by_two table, double level,
               struct rx_two_by_two_test *out, struct rx_error *err)
{
  struct cell cell;
  *out = (struct rx_two_by_two_test){ NAN, NAN, NAN, NAN, NAN,
                                      NAN, NAN, NAN, NAN };
  if (table.a + table.b + table.c + table.d == 0)
    return RX_OK;
  if (cell_make (table, &cell, err) != RX_OK)
    return err->status;
  chi_squared (table, out);
  out->p_exact = fisher (&cell, table.a);
  conditional (&cell, table.a, level, out);
  free (cell.log_chance);
  return RX_OK;
}
