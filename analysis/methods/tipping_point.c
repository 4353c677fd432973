/* tipping_point.c: what those who were lost would have to be like to turn the
   result of the completers.

   Column `lost`: persons randomised who are not among n.  Difference and SD of
   the completers are printed or reconstructed; the lost are taken to have
   the same SD.  Terms:

   all-lost   with `lost`: statistic and p of all if the lost have no
              difference on average (estimate, std_error, df)
   tipping    with `lost`: the mean difference of the lost at which p is 1 -
              level; estimate from the figures as printed, conf_low and
              conf_high what rounding allows.  Note loses (p of the completers
              is below it: further towards zero or beyond and it is gone),
              gains (p is above it) or never
   lost-none, lost-opposite
              the fewest persons to return with no difference on average, or
              with the opposite one, who take the p above 1 - level; conf_low
              and conf_high over the corners of what rounding allows

   n is that of completers and lost together.  Only where n, difference and SD
   are known and the degrees of freedom are.  Arithmetic: stats/lost_persons.c.

   By hand: 60 completers, d = 3.3, SD 12.17, 20 lost: see there. */
#include "methods/printed_test.h"
#include "stats/lost_persons.h"

#include <math.h>

struct problem
{
  const struct rx_printed_result *result;
  struct rx_completers point, corner[RX_REBUILT_CORNERS];
  size_t n_corners; /* 0: the figures do not bound it */
  double alpha, lost;
};

static struct rx_completers
completers_of (const struct rx_printed_test *test, double n, double d,
               double se)
{
  return (struct rx_completers){ d, se / test->scale, test->df, test->scale,
                                 n };
}

static bool
pose (const struct rx_printed_result *result, double level,
      struct problem *problem)
{
  struct rx_printed_test test;
  struct rx_rebuilt_joint joint;
  double n = rx_printed_n (result);
  if (isnan (n) || rx_printed_is_ratio (result)
      || !rx_printed_test_of (result, level, &test) || !(test.df > 0)
      || isinf (test.df) || !(test.scale > 0))
    return false;
  rx_rebuild_joint (&test, &joint);
  double d = joint.term[RX_REBUILT_DIFFERENCE].value;
  double se = joint.term[RX_REBUILT_SE].value;
  if (!joint.possible || (joint.n_corners == 0 && (isnan (d) || isnan (se))))
    return false;
  *problem = (struct problem){ .result = result,
                               .point = completers_of (&test, n, d, se),
                               .n_corners = joint.n_corners,
                               .alpha = 1 - level,
                               .lost = (double)result->lost };
  for (size_t i = 0; i < joint.n_corners; i++)
    problem->corner[i] = completers_of (&test, n, joint.corner[i].difference,
                                        joint.corner[i].se);
  return true;
}

static enum rx_status
add (const struct problem *problem, const char *term, struct rx_row row,
     const struct rx_note *note, struct rx_rows *rows, struct rx_error *err)
{
  return rx_printed_row_add (rows, row, problem->result, "tipping-point", term,
                             note, err);
}

static bool
has_point (const struct problem *problem)
{
  return problem->point.sd > 0 && !isnan (problem->point.difference);
}

static enum rx_status
add_all (const struct problem *problem, struct rx_rows *rows,
         struct rx_error *err)
{
  struct rx_note note = { "" };
  struct rx_row row = rx_row_blank ();
  struct rx_with_lost all = rx_with_lost (&problem->point, problem->lost, 0);
  row.n = problem->point.n + problem->lost;
  row.df = all.df;
  row.estimate = all.difference;
  row.std_error = all.se;
  row.statistic = all.t;
  row.p_value = all.p;
  rx_note_add (&note, "lost=%ld; mean-lost=0", problem->result->lost);
  return add (problem, "all-lost", row, &note, rows, err);
}

static bool
is_both_signs (const struct problem *problem)
{
  bool up = false, down = false;
  for (size_t i = 0; i < problem->n_corners; i++)
    {
      up = up || problem->corner[i].difference > 0;
      down = down || problem->corner[i].difference < 0;
    }
  return up && down;
}

static enum rx_status
add_tipping (const struct problem *problem, struct rx_rows *rows,
             struct rx_error *err)
{
  struct rx_note note = { "" };
  struct rx_row row = rx_row_blank ();
  row.n = problem->point.n + problem->lost;
  row.df = problem->point.df + problem->lost;
  if (has_point (problem))
    row.estimate
        = rx_tipping_point (&problem->point, problem->lost, problem->alpha);
  if (problem->n_corners > 0 && !is_both_signs (problem))
    {
      struct rx_tipping_range range = rx_tipping_range (
          problem->corner, problem->n_corners, problem->lost, problem->alpha);
      row.conf_low = range.low;
      row.conf_high = range.high;
    }
  if (isinf (row.estimate))
    rx_note_add (&note, "never");
  else if (!isnan (row.estimate))
    rx_note_add (&note, "%s",
                 rx_with_lost (&problem->point, 0, 0).p <= problem->alpha
                     ? "loses"
                     : "gains");
  rx_note_add (&note, "lost=%ld", problem->result->lost);
  if (is_both_signs (problem))
    rx_note_add (&note, "sign-open");
  return add (problem, "tipping", row, &note, rows, err);
}

static enum rx_status
add_fewest (const struct problem *problem, const char *term, double factor,
            struct rx_rows *rows, struct rx_error *err)
{
  struct rx_note note = { "" };
  struct rx_row row = rx_row_blank ();
  double low = INFINITY, high = -INFINITY;
  for (size_t i = 0; i < problem->n_corners; i++)
    {
      const struct rx_completers *c = &problem->corner[i];
      long fewest = c->sd > 0 ? rx_fewest_lost (c, factor * c->difference,
                                                problem->alpha)
                              : RX_LOST_MOST + 1;
      double lost = fewest > RX_LOST_MOST ? INFINITY : (double)fewest;
      low = fmin (low, lost);
      high = fmax (high, lost);
    }
  if (has_point (problem))
    {
      long fewest = rx_fewest_lost (
          &problem->point, factor * problem->point.difference, problem->alpha);
      row.estimate = fewest > RX_LOST_MOST ? INFINITY : (double)fewest;
    }
  row.n = problem->point.n;
  if (low <= high)
    {
      row.conf_low = low;
      row.conf_high = high;
    }
  rx_note_add (&note, "%s",
               row.estimate == 0      ? "not-significant"
               : isinf (row.estimate) ? "more-than-1000000"
                                      : "fewest");
  return add (problem, term, row, &note, rows, err);
}

static enum rx_status
check_result (const struct rx_printed_result *result,
              const struct rx_method_options *options, struct rx_rows *rows,
              struct rx_error *err)
{
  struct problem problem;
  if (!pose (result, options->level, &problem))
    return RX_OK;
  if (result->lost > 0
      && ((has_point (&problem) && add_all (&problem, rows, err) != RX_OK)
          || add_tipping (&problem, rows, err) != RX_OK))
    return err->status;
  if (add_fewest (&problem, "lost-none", 0, rows, err) != RX_OK)
    return err->status;
  return add_fewest (&problem, "lost-opposite", -1, rows, err);
}

const struct rx_method rx_method_tipping_point = {
  .name = "tipping-point",
  .title = "What the lost would have to be like to turn the result",
  .source = "Yan, Lee & Li, J Biopharm Stat 2009;19:1085-1098; sums of "
            "squares of completers and lost",
  .words = "Tipping points were computed: the mean difference among those "
           "lost at which the two-sided p passes the level, with the standard "
           "deviation of the completers.",
  .printed = check_result,
  .on_request = true,
};
