/* power_method.c: the table of power methods, and their rows.

   A dropout share q turns n subjects into n / (1 - q) to be randomised,
   rounded up to full groups. */
#include "methods/power_method.h"

#include "base/number.h"
#include "methods/fill.h"
#include "stats/equivalence.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* methods/abel_anova.c, rsabe.c and rsabe_nti.c; percentages are not rounded.
 */
static void
abel (const struct rx_expansion *e, struct rx_scaled_test *test)
{
  double widest = rx_abel_log_limit (e, INFINITY);
  test->limit = log (1.25);
  test->scale_from = rx_cv_log_sd (e->above);
  test->expansion = fmin (e->factor, widest / test->scale_from);
  test->scale_to = widest / test->expansion;
  test->theta = NAN;
  test->sd_ratio_most = INFINITY;
}

static void
rsabe (const struct rx_expansion *expansion, struct rx_scaled_test *test)
{
  (void)expansion;
  test->limit = log (1.25);
  test->scale_from = 0.294;
  test->theta = log (1.25) / 0.25;
  test->sd_ratio_most = INFINITY;
}

static void
rsabe_nti (const struct rx_expansion *expansion, struct rx_scaled_test *test)
{
  (void)expansion;
  test->limit = log (1.25);
  test->theta = -log (0.9) / 0.10;
  test->both = true;
  test->sd_ratio_most = 2.5;
}

const struct rx_power_method rx_power_methods[] = {
  { .name = "t",
    .title = "two-sided t test of no difference",
    .source = "Johnson, Kotz & Balakrishnan, Continuous Univariate "
              "Distributions vol. 2, chapter 31",
    .alpha = 0.05,
    .sided = "two-sided",
    .power = rx_power_t },
  { .name = "tost",
    .title = "two one-sided t tests of equivalence, exact",
    .source = "Phillips 1990, J Pharmacokinet Biopharm 18:137-144",
    .limits = RX_POWER_PAIR,
    .alpha = 0.05,
    .theta0 = 0.95,
    .sided = "each-side",
    .power = rx_power_tost },
  { .name = "tost-nct",
    .title = "the same, by two non-central t",
    .source = "Phillips 1990, J Pharmacokinet Biopharm 18:137-144",
    .limits = RX_POWER_PAIR,
    .alpha = 0.05,
    .theta0 = 0.95,
    .sided = "each-side",
    .approximate = true,
    .power = rx_power_tost_nct },
  { .name = "tost-shifted",
    .title = "the same, by two shifted central t",
    .source = "Chow & Liu, Design and Analysis of Bioavailability and "
              "Bioequivalence Studies, section 9.6",
    .limits = RX_POWER_PAIR,
    .alpha = 0.05,
    .theta0 = 0.95,
    .sided = "each-side",
    .approximate = true,
    .power = rx_power_tost_shifted },
  { .name = "noninferiority",
    .title = "one-sided t test against a margin",
    .source = "Johnson, Kotz & Balakrishnan, Continuous Univariate "
              "Distributions vol. 2, chapter 31",
    .limits = RX_POWER_MARGIN,
    .alpha = 0.025,
    .sided = "one-sided",
    .theta0 = 0.95,
    .power = rx_power_above,
    .power_below = rx_power_below },
  { .name = "abel",
    .title = "bioequivalence with expanding limits (EMA, or --regulator), "
             "all effects fixed",
    .source = "EMA 2010, CPMP/EWP/QWP/1401/98 Rev. 1, section 4.1.10",
    .limits = RX_POWER_SCALED,
    .alpha = 0.05,
    .theta0 = 0.90,
    .sided = "each-side",
    .expands = true,
    .scaled = abel },
  { .name = "rsabe",
    .title = "bioequivalence scaled by the reference (FDA)",
    .source = "FDA 2011, Draft Guidance on Progesterone",
    .limits = RX_POWER_SCALED,
    .alpha = 0.05,
    .theta0 = 0.90,
    .sided = "each-side",
    .scaled = rsabe,
    .contrasts = true },
  { .name = "rsabe-nti",
    .title = "bioequivalence of a narrow therapeutic index (FDA)",
    .source = "FDA 2012, Draft Guidance on Warfarin Sodium",
    .limits = RX_POWER_SCALED,
    .alpha = 0.05,
    .theta0 = 0.975,
    .sided = "each-side",
    .scaled = rsabe_nti,
    .contrasts = true },
  { .name = "mcnemar",
    .title = "McNemar's test of paired proportions, by the normal "
             "distribution",
    .source = "Connor 1987, Biometrics 43:207-211",
    .limits = RX_POWER_SHARES,
    .alpha = 0.05,
    .sided = "two-sided",
    .approximate = true,
    .discordant = rx_mcnemar_power_normal },
  { .name = "mcnemar-exact",
    .title = "exact test of paired proportions, unconditional power",
    .source = "Duffy 1984, Biometrics 40:1005-1015",
    .limits = RX_POWER_SHARES,
    .alpha = 0.05,
    .sided = "two-sided",
    .discordant = rx_mcnemar_power_exact,
    .saw_toothed = true },
};
const size_t rx_n_power_methods
    = sizeof rx_power_methods / sizeof rx_power_methods[0];

/* Rounding noise of n / (1 - q), which must not ask for one more subject. */
static const double NOISE = 1e-9;

const struct rx_power_method *
rx_power_method_find (const char *name)
{
  for (size_t i = 0; i < rx_n_power_methods; i++)
    if (strcmp (rx_power_methods[i].name, name) == 0)
      return &rx_power_methods[i];
  return NULL;
}

static rx_power_of *
power_of (const struct rx_power_task *task)
{
  return task->below ? task->method->power_below : task->method->power;
}

static double
within_reference (const struct rx_power_task *task)
{
  return task->sd_ref > 0 ? task->sd_ref : task->sd;
}

/* Power of a scaled method, with the model's standard error se: the model's
   residual sum of squares has that of the reference in it, the contrasts' is
   independent. */
static double
scaled_power (const struct rx_power_task *task, const size_t *subjects,
              double se)
{
  const struct rx_power_layout *layout = &task->design->layout;
  struct rx_power_replicate r
      = rx_power_design_replicate (task->design, subjects);
  double sd = task->sd, sd_ref = within_reference (task), total = 0;
  struct rx_scaled_test test = { .alpha = task->question.alpha };
  struct rx_scaled_trial trial = { .effect = task->question.effect,
                                   .sd_ref = sd_ref,
                                   .sd_test = sd,
                                   .df_test = r.df_test };
  task->method->scaled (task->expansion, &test);
  for (size_t i = 0; i < layout->groups; i++)
    total += (double)subjects[i];
  if (task->method->contrasts)
    {
      trial.se = sqrt (r.per_test * sd * sd + r.per_ref * sd_ref * sd_ref);
      trial.df_ref = r.df_ref;
      trial.df = trial.df_own = r.df_contrast;
      trial.own = trial.se * trial.se / trial.df_own;
    }
  else
    {
      trial.se = se;
      trial.df_ref = r.df_model;
      trial.df = rx_power_df (layout, total);
      trial.df_own = trial.df - trial.df_ref;
      trial.own = trial.shared = trial.se * trial.se / trial.df;
    }
  return rx_scaled_power (&test, &trial);
}

static double
scaled_power_at (const void *arg, double each)
{
  const struct rx_power_task *task = arg;
  size_t subjects[RX_POWER_GROUPS];
  const struct rx_power_layout *layout = &task->design->layout;
  for (size_t i = 0; i < layout->groups; i++)
    subjects[i] = (size_t)each;
  return scaled_power (
      task, subjects,
      rx_power_se_balanced (layout, each * (double)layout->groups, task->sd));
}

static enum rx_status
power_with (const struct rx_power_task *task, const size_t *subjects,
            double df, double *power, struct rx_error *err)
{
  double se;
  if (task->method->discordant != NULL)
    {
      *power = task->method->discordant (&task->shares, (double)subjects[0],
                                         task->question.alpha);
      return RX_OK;
    }
  if (rx_power_design_se (task->design, subjects, task->sd, &se, err) != RX_OK)
    return err->status;
  *power = task->method->scaled != NULL
               ? scaled_power (task, subjects, se)
               : power_of (task) (&task->question, se, df);
  return RX_OK;
}

static double
discordant_at (const void *arg, double each)
{
  const struct rx_power_task *task = arg;
  return task->method->discordant (&task->shares, each, task->question.alpha);
}

/* How many sizes in a row must fall short below the smallest that does not:
   the teeth of the exact test are shorter. */
static const double TOOTH = 40;

static struct rx_power_size
pairs_for (const struct rx_power_task *task, double target)
{
  const struct rx_power_quest quest = { .at = discordant_at,
                                        .trial = task,
                                        .groups = 1,
                                        .least = 1,
                                        .guess = 1,
                                        .target = target };
  if (task->shares.only_first == task->shares.only_second)
    return (struct rx_power_size){ NAN, NAN };
  struct rx_power_size size = rx_power_find (&quest);
  if (!task->method->saw_toothed)
    return size;
  double psi = task->shares.only_first + task->shares.only_second;
  double tooth = ceil (TOOTH / psi);
  for (double n = size.n - 1; n >= 1 && n > size.n - tooth; n--)
    {
      double power = discordant_at (task, n);
      if (power >= target)
        size = (struct rx_power_size){ n, power };
    }
  return size;
}

enum
{
  SCALED_LEAST = 3, /* subjects of a sequence */
  SCALED_GUESS = 8
};

static struct rx_power_size
size_for (const struct rx_power_task *task, double target)
{
  const struct rx_power_layout *layout = &task->design->layout;
  const struct rx_power_quest quest = { .at = scaled_power_at,
                                        .trial = task,
                                        .groups = layout->groups,
                                        .least = SCALED_LEAST,
                                        .guess = SCALED_GUESS,
                                        .target = target };
  if (task->method->discordant != NULL)
    return pairs_for (task, target);
  if (task->method->scaled != NULL)
    return rx_power_find (&quest);
  return rx_power_search (power_of (task), &task->question, layout, task->sd,
                          target);
}

static void
note_design (struct rx_note *note, const struct rx_power_design *design)
{
  rx_note_add (note, "design=%s", design->name);
  if (design->own != NULL && design->own->carryover != NULL)
    rx_note_add (note, "carryover=%s", design->own->carryover->name);
}

static struct rx_note
note_of (const struct rx_power_task *task)
{
  struct rx_note note = { "" };
  note_design (&note, task->design);
  rx_note_add (&note, "alpha=%g", task->question.alpha);
  rx_note_add (&note, "%s", task->method->sided);
  if (task->method->limits == RX_POWER_MARGIN)
    rx_note_add (&note, "%s", task->below ? "below-margin" : "above-margin");
  if (task->method->limits == RX_POWER_SHARES)
    rx_note_add (&note, "discordant=%g,%g", task->shares.only_first,
                 task->shares.only_second);
  if (task->method->saw_toothed)
    rx_note_add (&note, "saw-toothed");
  if (task->method->expands && task->expansion != rx_expansion_default)
    rx_note_add (&note, "regulator=%s", task->expansion->name);
  if (task->sd_ref > 0)
    rx_note_add (&note, "cv-ref=%g", rx_cv_percent (task->sd_ref) / 100);
  if (task->log)
    rx_note_add (&note, "log");
  if (task->method->approximate)
    rx_note_add (&note, "approximate");
  if (task->varied != NULL)
    {
      char number[RX_NUMBER_SIZE];
      rx_note_add (&note, "curve=%s", task->varied);
      rx_note_add (&note, "%s=%s", task->varied,
                   rx_number_print (number, task->varied_to));
    }
  return note;
}

static enum rx_status
add (const struct rx_power_task *task, const char *term, double n,
     double power, const struct rx_note *note, struct rx_rows *rows,
     struct rx_error *err)
{
  struct rx_row row = rx_row_blank ();
  row.method = task->method->name;
  row.term = term;
  row.n = n;
  row.estimate = power;
  row.note = note->text;
  if (!isnan (power) && task->method->discordant == NULL)
    row.df = task->method->contrasts ? n - (double)task->design->layout.groups
                                     : rx_power_df (&task->design->layout, n);
  return rx_rows_add (rows, &row, err);
}

/* The row of those who start, n of them. */
static enum rx_status
add_randomised (const struct rx_power_task *task, double n,
                struct rx_rows *rows, struct rx_error *err)
{
  struct rx_note note = { "" };
  note_design (&note, task->design);
  rx_note_add (&note, "dropout=%g", task->dropout);
  return add (task, "randomised", n, NAN, &note, rows, err);
}

enum rx_status
rx_power_add_size (const struct rx_power_task *task, double target,
                   struct rx_rows *rows, struct rx_error *err)
{
  struct rx_note note = note_of (task);
  double groups = (double)task->design->layout.groups;
  struct rx_power_size size = size_for (task, target);
  rx_note_add (&note, "target=%g", target);
  if (isnan (size.n))
    rx_note_add (&note, "not-reachable");
  if (add (task, "power", size.n, size.power, &note, rows, err) != RX_OK)
    return err->status;
  if (!(task->dropout > 0) || isnan (size.n))
    return RX_OK;
  double each = size.n / groups / (1 - task->dropout);
  return add_randomised (task, ceil (each * (1 - NOISE)) * groups, rows, err);
}

static void
note_subjects (struct rx_note *note, const size_t *left, size_t groups)
{
  bool balanced = true;
  struct rx_note list = { "" };
  char *end = list.text;
  for (size_t i = 0; i < groups; i++)
    {
      balanced = balanced && left[i] == left[0];
      end += snprintf (end, sizeof list.text - (size_t)(end - list.text),
                       "%s%zu", i > 0 ? "," : "", left[i]);
    }
  if (!balanced)
    rx_note_add (note, "subjects=%s", list.text);
}

/* What dropouts leave; false where a group is empty or there is no degree of
   freedom. */
struct left
{
  size_t subjects[RX_POWER_GROUPS];
  double started, total, df;
  bool enough;
};

static struct left
after_dropouts (const struct rx_power_task *task, const size_t *subjects)
{
  const struct rx_power_layout *layout = &task->design->layout;
  struct left left = { .enough = true };
  for (size_t i = 0; i < layout->groups; i++)
    {
      double stay = (double)subjects[i] * (1 - task->dropout);
      left.subjects[i] = (size_t)floor (stay * (1 + NOISE));
      left.started += (double)subjects[i];
      left.total += (double)left.subjects[i];
      left.enough = left.enough && left.subjects[i] > 0;
    }
  left.df = rx_power_df (layout, left.total);
  left.enough = left.enough && left.df >= 1;
  return left;
}

enum rx_status
rx_power_add_subjects (const struct rx_power_task *task,
                       const size_t *subjects, struct rx_rows *rows,
                       struct rx_error *err)
{
  struct left left = after_dropouts (task, subjects);
  struct rx_note note = note_of (task);
  double power = NAN;
  if (left.enough
      && power_with (task, left.subjects, left.df, &power, err) != RX_OK)
    return err->status;
  if (isnan (power))
    rx_note_add (&note, "too-few-subjects");
  note_subjects (&note, left.subjects, task->design->layout.groups);
  enum rx_status status
      = add (task, "power", left.total, power, &note, rows, err);
  if (status == RX_OK && task->dropout > 0)
    status = add_randomised (task, left.started, rows, err);
  return status;
}

enum rx_status
rx_power_add_detectable (const struct rx_power_task *task,
                         const size_t *subjects, double power,
                         struct rx_rows *rows, struct rx_error *err)
{
  struct left left = after_dropouts (task, subjects);
  struct rx_note note = note_of (task);
  double effect = NAN, se;
  if (left.enough)
    {
      if (rx_power_design_se (task->design, left.subjects, task->sd, &se, err)
          != RX_OK)
        return err->status;
      effect = rx_power_detectable (task->question.alpha, se, left.df, power);
    }
  else
    rx_note_add (&note, "too-few-subjects");
  rx_note_add (&note, "power=%g", power);
  note_subjects (&note, left.subjects, task->design->layout.groups);
  enum rx_status status
      = add (task, "detectable", left.total, task->log ? exp (effect) : effect,
             &note, rows, err);
  if (status == RX_OK && task->dropout > 0)
    status = add_randomised (task, left.started, rows, err);
  return status;
}
