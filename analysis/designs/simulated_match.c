/* simulated_match.c: persons whose summary statistics are printed ones.

   Crossover of n1 and n2 persons, mean difference D of all, treatment effect T
   adjusted for periods, period effect P (second minus first), carryover C: the
   mean difference of the sequences is T - P and T + P, so

     T = D + P (n1 - n2) / n,

   and with a = (C - 2 P) / 2 and b = (C + 2 P) / 2 the sequences' means of the
   first and second treatment differ by a and b.  The scatter between
   sequences, n1 n2 / n times (a^2, b^2, a b), is taken from that of all
   persons; the rest is within (stats/match_moments.c).  The SE is
   s sqrt (1/n1 + 1/n2) / 2, s^2 = (Wxx + Wyy - 2 Wxy) / (n - 2). */
#include "designs/printed_sprite.h"
#include "designs/simulated.h"
#include "stats/match_moments.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum
{
  MOST_PERSONS = 1000000
};

/* A covariance beyond its bound by less is the bound. */
static const double ROUNDING = 1e-9;

struct match
{
  const struct rx_printed_table *printed;
  const struct rx_printed_result *result; /* the row */
  size_t row;
  const struct rx_simulate_spec *spec;
  struct rx_simulated *trial;
  size_t n[2]; /* sequences, groups; paired and one sample: n[1] = 0 */
  struct rx_error *err;
};

static struct rx_where
place (const struct match *m, const char *column)
{
  return (struct rx_where){ .file = m->printed->file,
                            .line = m->result->line,
                            .column = column };
}

static bool
is_one_sample (const struct rx_printed_result *result)
{
  return rx_printed_has (result, RX_SAYS_MEAN)
         && !rx_printed_has (result, RX_SAYS_MEAN1)
         && !rx_printed_has (result, RX_SAYS_MEAN2);
}

/* The persons of a row, per sequence or group. */
static enum rx_status
find_persons (const struct match *m, size_t n[2])
{
  const struct rx_printed_result *r = m->result;
  bool groups = !is_one_sample (r) && r->design != RX_PRINTED_PAIRED;
  n[0] = n[1] = 0;
  if (!groups)
    {
      long all = r->n > 0 ? r->n : r->n1;
      if (all < 1)
        return rx_fail_at (m->err, RX_EDATA, place (m, "n"),
                           "found nothing, expected the number of persons");
      n[0] = (size_t)all;
      return RX_OK;
    }
  if (r->n1 > 0 && r->n2 > 0)
    {
      if (r->n > 0 && r->n != r->n1 + r->n2)
        return rx_fail_at (m->err, RX_EDATA, place (m, "n"),
                           "found %ld, expected n1 + n2 = %ld", r->n,
                           r->n1 + r->n2);
      n[0] = (size_t)r->n1;
      n[1] = (size_t)r->n2;
      return RX_OK;
    }
  if (r->n < 2 || r->design == RX_PRINTED_PARALLEL)
    return rx_fail_at (m->err, RX_EDATA, place (m, "n1"),
                       "found nothing, expected the persons of each %s in n1 "
                       "and n2%s",
                       r->design == RX_PRINTED_PARALLEL ? "group" : "sequence",
                       r->design == RX_PRINTED_PARALLEL ? ""
                                                        : ", or all in n");
  n[0] = ((size_t)r->n + 1) / 2;
  n[1] = (size_t)r->n / 2;
  return RX_OK;
}

/* A figure that has to be there, as a number. */
static enum rx_status
need (const struct match *m, enum rx_printed_figure figure, double *x)
{
  const struct rx_printed *p = &m->result->figure[figure];
  if (p->kind != RX_PRINTED_EQUAL)
    return rx_fail_at (m->err, RX_EDATA,
                       place (m, rx_printed_figure_name (figure)),
                       "found %s, expected a number to match",
                       p->kind == RX_PRINTED_NOTHING ? "nothing" : "a bound");
  *x = p->value;
  return RX_OK;
}

struct figures
{
  double mean[2], sd[2];
};

static enum rx_status
need_both (const struct match *m, struct figures *f)
{
  if (need (m, RX_SAYS_MEAN1, &f->mean[0]) != RX_OK
      || need (m, RX_SAYS_SD1, &f->sd[0]) != RX_OK
      || need (m, RX_SAYS_MEAN2, &f->mean[1]) != RX_OK
      || need (m, RX_SAYS_SD2, &f->sd[1]) != RX_OK)
    return m->err->status;
  return RX_OK;
}

static enum rx_status
too_few (const struct match *m, size_t n, double sd)
{
  if (n > 1 || sd == 0)
    return RX_OK;
  return rx_fail_at (m->err, RX_ECHECK, place (m, NULL),
                     "one person has no SD; expected two or more");
}

/* ---- whole numbers ----------------------------------------------------- */

static const char *
reason (const char *why)
{
  static const struct
  {
    const char *why, *says;
  } words[] = {
    { "mean", "no sum of whole numbers gives the mean" },
    { "range", "the mean is outside the scale" },
    { "restrictions", "what was seen and fixed contradicts itself" },
    { "sd", "whole numbers of the scale with this mean have other SDs" },
    { "difference", "no SE gives all figures of the difference" },
    { "correlation", "the correlation would have to be beyond -1 or 1, or "
                     "that of no whole numbers" },
    { "differences", "no whole differences have this mean and SD" },
    { "sums", "no whole sums of the two have the mean and SD needed" },
    { "no-pairs", "all cases were tried" },
  };
  for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
    if (strcmp (why, words[i].why) == 0)
      return words[i].says;
  return why;
}

/* What was decided of one sample, as an error unless it was found. */
static enum rx_status
report_sample (const struct match *m, const struct rx_sprite *sprite,
               enum rx_printed_figure sd)
{
  const char *column = rx_printed_figure_name (sd);
  if (sprite->found == RX_FOUND)
    return RX_OK;
  if (sprite->found == RX_FOUND_NONE)
    return rx_fail_at (m->err, RX_ECHECK, place (m, column),
                       "there are no such data (proven): %s",
                       reason (sprite->why));
  return rx_fail_at (m->err, RX_ECHECK, place (m, column),
                     "whether there are such data was not decided: a bound, "
                     "too many digits or too large a problem");
}

static void
keep (const struct rx_sprite *sprite, const int64_t *x, size_t from, double *y)
{
  for (size_t i = 0; i < (size_t)sprite->n; i++)
    y[from + i] = (double)(sprite->base + x[i]) / (double)sprite->items;
}

static enum rx_status
whole_sample (const struct match *m, enum rx_printed_figure mean,
              enum rx_printed_figure sd, size_t n, size_t from,
              struct rx_random *random, double *y)
{
  struct rx_sprite_task task;
  struct rx_sprite sprite = { 0 };
  struct figures f;
  if (need (m, mean, &f.mean[0]) != RX_OK || need (m, sd, &f.sd[0]) != RX_OK)
    return m->err->status;
  if (n < 2)
    return rx_fail_at (m->err, RX_EDATA, place (m, "n"),
                       "found one person, expected two or more");
  if (!rx_printed_sprite (m->result, mean, sd, (long)n, &task))
    return rx_fail_at (m->err, RX_EDATA, place (m, "min"),
                       "found nothing, expected the ends of the scale of "
                       "whole numbers in min and max");
  enum rx_status status = rx_sprite_init (&sprite, &task, m->err);
  int64_t *x = rx_array (n, sizeof *x);
  if (status == RX_OK && x == NULL)
    status = rx_fail_memory (m->err);
  if (status == RX_OK)
    status = report_sample (m, &sprite, sd);
  if (status == RX_OK)
    {
      rx_sprite_draw (&sprite, random, x);
      keep (&sprite, x, from, y);
    }
  free (x);
  rx_sprite_free (&sprite);
  return status;
}

static enum rx_status
report_pairs (const struct match *m, const struct rx_sprite_pairs *pairs)
{
  static const enum rx_printed_figure sds[] = { RX_SAYS_SD1, RX_SAYS_SD2 };
  for (int k = 0; k < 2; k++)
    if (report_sample (m, &pairs->member[k], sds[k]) != RX_OK)
      return m->err->status;
  if (pairs->found == RX_FOUND)
    return RX_OK;
  if (pairs->found == RX_FOUND_NONE)
    return rx_fail_at (m->err, RX_ECHECK, place (m, NULL),
                       "there are no such pairs (proven): %s",
                       reason (pairs->why));
  return rx_fail_at (m->err, RX_ECHECK, place (m, NULL),
                     "no such pairs were found in %" PRIu64
                     " steps, nor were they ruled out",
                     pairs->steps);
}

static enum rx_status
untold (const struct match *m, const char *what)
{
  return rx_fail_at (m->err, RX_EDATA, place (m, NULL),
                     "nothing tells how the two measurements of a person go "
                     "together; expected %s",
                     what);
}

static enum rx_status
whole_pairs (const struct match *m, size_t n, struct rx_random *random,
             double *const y[2])
{
  struct rx_sprite_pairs_task task;
  struct rx_sprite_pairs pairs = { 0 };
  struct rx_sprite_task member;
  struct figures f;
  const struct rx_printed_result *r = m->result;
  if (need_both (m, &f) != RX_OK)
    return m->err->status;
  if (r->seen_min.said || r->seen_max.said || r->n_fixed > 0)
    return rx_fail_at (m->err, RX_EDATA, place (m, NULL),
                       "seen_min, seen_max and fixed are of one measurement "
                       "per person, not of pairs");
  if (n < 2)
    return rx_fail_at (m->err, RX_EDATA, place (m, "n"),
                       "found one person, expected two or more");
  if (!rx_printed_sprite (r, RX_SAYS_MEAN1, RX_SAYS_SD1, (long)n, &member))
    return rx_fail_at (m->err, RX_EDATA, place (m, "min"),
                       "found nothing, expected the ends of the scale of "
                       "whole numbers in min and max");
  if (!rx_printed_sprite_pairs (r, (long)n, m->spec->level, &task))
    return untold (m, r->design == RX_PRINTED_CROSSOVER
                          ? "corr (whole numbers of a crossover)"
                          : "corr, sd_diff, se, t, p, dz or an interval");
  enum rx_status status = rx_sprite_pairs_init (&pairs, &task, random, m->err);
  if (status == RX_OK)
    status = report_pairs (m, &pairs);
  if (status == RX_OK)
    {
      keep (&pairs.member[0], pairs.x, 0, y[0]);
      keep (&pairs.member[1], pairs.y, 0, y[1]);
    }
  rx_sprite_pairs_free (&pairs);
  return status;
}

/* ---- continuous -------------------------------------------------------- */

/* The SE of the difference d from the figures printed; NaN where they do not
   tell. */
static enum rx_status
find_se (const struct match *m, double d, double df, double per_sd, double *se)
{
  const struct rx_printed *figure = m->result->figure;
  const struct rx_printed *difference = &figure[RX_SAYS_DIFFERENCE];
  struct rx_se_figures figures = rx_printed_se_figures (m->result);
  double slack = 0; /* the means are rounded too */
  for (int k = 0; k < 2; k++)
    {
      const struct rx_printed *mean
          = &figure[k == 0 ? RX_SAYS_MEAN1 : RX_SAYS_MEAN2];
      slack += (mean->high - mean->low) / 2 * (1 + ROUNDING);
    }
  if (rx_printed_has (m->result, RX_SAYS_DIFFERENCE)
      && (d < difference->low - slack || d > difference->high + slack))
    return rx_fail_at (m->err, RX_ECHECK, place (m, "difference"),
                       "found %g, but the means differ by %g",
                       difference->value, d);
  struct rx_se_range range
      = rx_se_range (&figures, d, df, per_sd, m->spec->level);
  if (range.low > range.high * (1 + ROUNDING))
    return rx_fail_at (m->err, RX_ECHECK, place (m, NULL),
                       "there are no such data: with a difference of %g no SE "
                       "gives all printed figures of its test",
                       d);
  *se = range.value;
  return RX_OK;
}

/* Completes the scatter within groups from that of all persons, (n - 1) times
   the printed variances, and from the covariance, SE or correlation. */
static enum rx_status
find_scatter (const struct match *m, const struct figures *f,
              struct rx_match_pairs *p)
{
  const struct rx_printed *corr = &m->result->figure[RX_SAYS_CORR];
  double n1 = (double)m->n[0], n2 = (double)m->n[1], n = n1 + n2;
  double se = NAN;
  bool sequences = p->groups == 2;
  double a = (m->spec->carryover - 2 * m->spec->period_effect) / 2;
  double b = (m->spec->carryover + 2 * m->spec->period_effect) / 2;
  double weight = sequences ? n1 * n2 / n : 0;
  double all_x = (n - 1) * f->sd[0] * f->sd[0];
  double all_y = (n - 1) * f->sd[1] * f->sd[1];
  double df = sequences ? n - 2 : n - 1;
  double effect = f->mean[0] - f->mean[1];
  if (sequences)
    effect += m->spec->period_effect * (n1 - n2) / n;
  double per_sd
      = sequences ? sqrt (1 / n1 + 1 / n2) / 2 : 1 / sqrt (n); /* se / sd */
  p->mean_x[0] = f->mean[0] + (sequences ? n2 / n * a : 0);
  p->mean_y[0] = f->mean[1] + (sequences ? n2 / n * b : 0);
  p->mean_x[1] = f->mean[0] - n1 / n * a;
  p->mean_y[1] = f->mean[1] - n1 / n * b;
  p->xx = all_x - weight * a * a;
  p->yy = all_y - weight * b * b;
  if (find_se (m, effect, df, per_sd, &se) != RX_OK)
    return m->err->status;
  if (isnan (se) && corr->kind != RX_PRINTED_EQUAL)
    return untold (m, "corr, or an se, sd_diff, t, p, dz or interval of a "
                      "difference that is not 0");
  double sd = se / per_sd;
  p->xy = isnan (se)
              ? corr->value * sqrt (all_x) * sqrt (all_y) - weight * a * b
              : (p->xx + p->yy - df * sd * sd) / 2;
  double r = (p->xy + weight * a * b) / sqrt (all_x) / sqrt (all_y);
  if (corr->kind == RX_PRINTED_EQUAL
      && (r < corr->low - ROUNDING || r > corr->high + ROUNDING))
    return rx_fail_at (m->err, RX_ECHECK, place (m, "corr"),
                       "the other figures need %.4g, which does not round to "
                       "what is printed",
                       r);
  double bound = sqrt (fmax (p->xx, 0)) * sqrt (fmax (p->yy, 0));
  if (fabs (p->xy) > bound && fabs (p->xy) <= bound * (1 + ROUNDING))
    p->xy = copysign (bound, p->xy);
  if (rx_match_possible (p))
    return RX_OK;
  if (p->xx < 0 || p->yy < 0)
    return rx_fail_at (m->err, RX_ECHECK, place (m, NULL),
                       "there are no such data: the period effect and "
                       "carryover alone need larger SDs");
  if (fabs (p->xy) > bound)
    return rx_fail_at (m->err, RX_ECHECK, place (m, NULL),
                       "there are no such data: the correlation %swould have "
                       "to be %.4g",
                       sequences ? "within sequences " : "", p->xy / bound);
  return rx_fail_at (m->err, RX_ECHECK, place (m, NULL),
                     "there are no such data of %.0f persons; expected more "
                     "of them",
                     n);
}

static enum rx_status
real_pairs (const struct match *m, struct rx_random *random,
            double *const y[2])
{
  struct figures f;
  struct rx_match_pairs pairs
      = { .groups = m->n[1] > 0 ? 2 : 1, .n = { m->n[0], m->n[1] } };
  if (need_both (m, &f) != RX_OK
      || too_few (m, m->n[0] + m->n[1], f.sd[0]) != RX_OK
      || find_scatter (m, &f, &pairs) != RX_OK)
    return m->err->status;
  return rx_match_pairs_draw (&pairs, random, y[0], y[1], m->err);
}

static enum rx_status
real_sample (const struct match *m, enum rx_printed_figure mean,
             enum rx_printed_figure sd, size_t n, struct rx_random *random,
             double *y)
{
  struct figures f;
  if (need (m, mean, &f.mean[0]) != RX_OK || need (m, sd, &f.sd[0]) != RX_OK
      || too_few (m, n, f.sd[0]) != RX_OK)
    return m->err->status;
  rx_match_sample_draw (n, f.mean[0], f.sd[0], random, y);
  return RX_OK;
}

/* ---- rows -------------------------------------------------------------- */

static enum rx_status
match_row (const struct match *m)
{
  struct rx_simulated *t = m->trial;
  struct rx_random random;
  size_t at = m->row * t->n;
  double *const y[2] = { t->y[0] + at, t->y[1] + at };
  bool whole = rx_printed_is_whole (m->result);
  rx_random_init (&random, m->spec->seed, m->row + 2, m->spec->replicate);
  for (size_t i = 0; i < t->n; i++)
    y[0][i] = y[1][i] = NAN;
  if (t->one_sample)
    return whole ? whole_sample (m, RX_SAYS_MEAN, RX_SAYS_SD, t->n, 0, &random,
                                 y[0])
                 : real_sample (m, RX_SAYS_MEAN, RX_SAYS_SD, t->n, &random,
                                y[0]);
  if (t->design == RX_PRINTED_PARALLEL)
    {
      enum rx_status status
          = whole ? whole_sample (m, RX_SAYS_MEAN1, RX_SAYS_SD1, m->n[0], 0,
                                  &random, y[0])
                  : real_sample (m, RX_SAYS_MEAN1, RX_SAYS_SD1, m->n[0],
                                 &random, y[0]);
      if (status != RX_OK)
        return status;
      return whole ? whole_sample (m, RX_SAYS_MEAN2, RX_SAYS_SD2, m->n[1],
                                   m->n[0], &random, y[1])
                   : real_sample (m, RX_SAYS_MEAN2, RX_SAYS_SD2, m->n[1],
                                  &random, y[1] + m->n[0]);
    }
  return whole ? whole_pairs (m, t->n, &random, y)
               : real_pairs (m, &random, y);
}

/* All rows have the design and the persons of the first. */
static enum rx_status
check_row (struct match *m)
{
  struct rx_simulated *t = m->trial;
  const struct rx_printed_result *r = m->result;
  size_t n[2];
  if (r->design != t->design || is_one_sample (r) != t->one_sample)
    return rx_fail_at (m->err, RX_EDATA, place (m, "design"),
                       "found another design than in the first row; expected "
                       "one trial");
  if (find_persons (m, n) != RX_OK)
    return m->err->status;
  if (n[0] != m->n[0] || n[1] != m->n[1])
    return rx_fail_at (m->err, RX_EDATA, place (m, "n"),
                       "found %zu persons, expected %zu as in the first row",
                       n[0] + n[1], t->n);
  if (rx_printed_has (r, RX_SAYS_RATIO))
    return rx_fail_at (m->err, RX_EDATA, place (m, "ratio"),
                       "found a ratio, expected means and SDs");
  const char *name = r->endpoint[0] != '\0' ? r->endpoint : "response";
  static const char *const taken[]
      = { "set", "subject", "sequence", "period", "treatment" };
  for (size_t i = 0; i < sizeof taken / sizeof taken[0]; i++)
    if (strcmp (name, taken[i]) == 0)
      return rx_fail_at (m->err, RX_EDATA, place (m, "endpoint"),
                         "found %s, which is another column of the data; "
                         "expected the name of a measurement",
                         name);
  for (size_t i = 0; i < m->row; i++)
    if (strcmp (t->endpoint[i], name) == 0)
      return rx_fail_at (m->err, RX_EDATA, place (m, "endpoint"),
                         "found %s a second time, expected a name of its own "
                         "for each endpoint",
                         name);
  t->endpoint[m->row] = rx_strings_addz (&t->strings, name);
  return t->endpoint[m->row] != NULL ? RX_OK : rx_fail_memory (m->err);
}

enum rx_status
rx_simulated_match (struct rx_simulated *t,
                    const struct rx_printed_table *printed,
                    const struct rx_simulate_spec *spec, struct rx_error *err)
{
  struct match m = { .printed = printed,
                     .result = &printed->result[0],
                     .spec = spec,
                     .trial = t,
                     .err = err };
  *t = (struct rx_simulated){ 0 };
  if (printed->n == 0)
    return rx_fail (err, RX_EDATA, "%s: no printed result to match",
                    printed->file);
  t->design = m.result->design;
  t->one_sample = is_one_sample (m.result);
  if (find_persons (&m, m.n) != RX_OK)
    return err->status;
  t->n = m.n[0] + m.n[1];
  if (t->n > MOST_PERSONS)
    return rx_fail_at (err, RX_EDATA, place (&m, "n"),
                       "found %zu persons, expected %d at the most", t->n,
                       MOST_PERSONS);
  t->n_endpoints = printed->n;
  t->group = rx_array (t->n, sizeof *t->group);
  t->endpoint = rx_array (printed->n, sizeof *t->endpoint);
  if (t->group == NULL || t->endpoint == NULL || t->n > SIZE_MAX / printed->n)
    return rx_fail_memory (err);
  for (int k = 0; k < 2; k++)
    {
      t->y[k] = rx_array (t->n * printed->n, sizeof *t->y[k]);
      if (t->y[k] == NULL)
        return rx_fail_memory (err);
    }
  for (size_t i = m.n[0]; i < t->n; i++)
    t->group[i] = 1;
  for (m.row = 0; m.row < printed->n; m.row++)
    {
      m.result = &printed->result[m.row];
      if (check_row (&m) != RX_OK || match_row (&m) != RX_OK)
        return err->status;
    }
  return RX_OK;
}
