/* power_words.c: standard deviation, effect and limits from the options.

   On the log scale (--cv) thetas are ratios and sd = sqrt (log (1 + CV^2)),
   the standard deviation of the logarithm of a log-normal variable; else
   (--sd, or
   --cv with --additive, in parts of the reference mean) they are
   differences. */
#include "cli/power_words.h"

#include "base/number.h"
#include "base/text.h"
#include "cli/common.h"
#include "data/spelling.h"
#include "stats/equivalence.h"

#include <math.h>
#include <string.h>

/* What is taken for granted where the options do not say. */
static const double LOG_THETA1 = 0.8;     /* average BE */
static const double ADDITIVE_LIMIT = 0.2; /* of the reference mean */

static enum rx_status
out_of_range (const char *name, double found, const char *expected,
              struct rx_error *err)
{
  char number[RX_NUMBER_SIZE];
  return rx_fail (err, RX_EUSAGE, "--%s: found %s, expected %s", name,
                  rx_number_print (number, found), expected);
}

static enum rx_status
check_positive (const char *name, struct rx_real x, struct rx_error *err)
{
  if (x.given && !(x.value > 0))
    return out_of_range (name, x.value, "a number above 0", err);
  return RX_OK;
}

static enum rx_status
check_share (const char *name, struct rx_real x, double least,
             struct rx_error *err)
{
  if (x.given && !(x.value > least && x.value < 1))
    return rx_fail (err, RX_EUSAGE,
                    "--%s: found %g, expected a number above %g and below 1",
                    name, x.value, least);
  return RX_OK;
}

static enum rx_status
find_method (const char *name, const struct rx_power_method **method,
             struct rx_error *err)
{
  char quoted[RX_QUOTED_SIZE];
  struct rx_text list = { 0 };
  *method = rx_power_method_find (name);
  if (*method != NULL)
    return RX_OK;
  for (size_t i = 0; i < rx_n_power_methods; i++)
    rx_text_addf (&list, "%s%s", i > 0 ? ", " : "", rx_power_methods[i].name);
  rx_fail (err, RX_EUSAGE, "--method: found %s, expected one of %s",
           rx_quotez (quoted, name), rx_text_string (&list));
  rx_text_free (&list);
  return err->status;
}

/* --design: a name, or the sequences themselves; with --carryover-model both
   by their sequences. */
static enum rx_status
find_design (const struct rx_settings *s, struct rx_power_task *task,
             struct rx_error *err)
{
  char quoted[RX_QUOTED_SIZE];
  const struct rx_carryover *carryover;
  const char *sequences = strchr (s->design, ',') != NULL ? s->design : NULL;
  if (rx_common_carryover (s, NULL, &carryover, err) != RX_OK)
    return err->status;
  task->design = rx_power_design_find (s->design);
  if (task->design == NULL && sequences == NULL)
    return rx_fail (err, RX_EUSAGE,
                    "--design: found %s, expected sequences such as TRT,RTR "
                    "or a name that `recross list designs' shows",
                    rx_quotez (quoted, s->design));
  if (task->design != NULL && carryover == NULL)
    return RX_OK;
  if (task->design != NULL && !task->design->has_sequences)
    return rx_fail (err, RX_EUSAGE,
                    "--carryover-model: the design %s has no sequences of "
                    "treatments",
                    s->design);
  if (task->design != NULL)
    sequences = task->design->groups;
  task->design = &task->own_design;
  return rx_power_design_own (s->design, sequences, carryover, &task->own,
                              &task->own_design, err);
}

/* One of --sd, --sd-diff and --cv, as the sd on the analysis scale. */
static enum rx_status
take_sd (const struct rx_settings *s, struct rx_power_task *task,
         struct rx_error *err)
{
  if (s->sd.given + s->sd_diff.given + s->cv.given != 1)
    return rx_fail (err, RX_EUSAGE,
                    "power: expected one of --sd, --sd-diff and --cv");
  if (check_positive ("sd", s->sd, err) != RX_OK
      || check_positive ("sd-diff", s->sd_diff, err) != RX_OK
      || check_positive ("cv", s->cv, err) != RX_OK
      || check_positive ("cv-ref", s->cv_ref, err) != RX_OK)
    return err->status;
  task->log = s->cv.given && !s->additive;
  if (s->sd_diff.given && !task->design->within_subject)
    return rx_fail (err, RX_EUSAGE,
                    "--sd-diff: the design %s has no differences within a "
                    "subject, expected --sd",
                    task->design->name);
  task->sd = s->sd.given        ? s->sd.value
             : s->sd_diff.given ? s->sd_diff.value / M_SQRT2
             : task->log        ? sqrt (log1p (s->cv.value * s->cv.value))
                                : s->cv.value;
  return RX_OK;
}

/* A ratio or difference, on the analysis scale. */
static enum rx_status
take (const struct rx_power_task *task, const char *name, double x,
      double *value, struct rx_error *err)
{
  if (task->log && !(x > 0))
    return out_of_range (name, x, "a ratio above 0 (--cv is the log scale)",
                         err);
  *value = task->log ? log (x) : x;
  return RX_OK;
}

static enum rx_status
take_effect (const struct rx_settings *s, struct rx_power_task *task,
             struct rx_error *err)
{
  if (s->detect)
    {
      if (s->delta.given || s->theta0.given)
        return rx_fail (err, RX_EUSAGE,
                        "--detect finds the true difference; expected no %s",
                        s->delta.given ? "--delta" : "--theta0");
      if (task->method->power != rx_power_t)
        return rx_fail (err, RX_EUSAGE,
                        "--detect: expected the method t, found %s",
                        task->method->name);
      return RX_OK;
    }
  if (s->delta.given && task->log)
    return rx_fail (err, RX_EUSAGE,
                    "--delta: with --cv, on the log scale, expected the "
                    "ratio --theta0 (or --additive)");
  if (s->delta.given && s->theta0.given)
    return rx_fail (err, RX_EUSAGE,
                    "--delta and --theta0 are the same difference; expected "
                    "one of them");
  if (s->delta.given)
    return take (task, "delta", s->delta.value, &task->question.effect, err);
  if (s->theta0.given)
    return take (task, "theta0", s->theta0.value, &task->question.effect, err);
  if (!task->log || !(task->method->theta0 > 0))
    return rx_fail (err, RX_EUSAGE, "power: expected the true %s",
                    task->log ? "ratio, --theta0" : "difference, --delta");
  return take (task, "theta0", task->method->theta0, &task->question.effect,
               err);
}

/* --theta1 and --theta2; one follows from the other as 1/theta or -theta. */
static enum rx_status
take_pair (const struct rx_settings *s, struct rx_power_task *task,
           struct rx_error *err)
{
  struct rx_real one = s->theta1, two = s->theta2;
  if (!one.given && !two.given)
    {
      if (!s->cv.given)
        return rx_fail (err, RX_EUSAGE,
                        "power: expected the limits of equivalence, --theta1 "
                        "and --theta2");
      one = (struct rx_real){ task->log ? LOG_THETA1 : -ADDITIVE_LIMIT, true };
    }
  struct rx_power_question *q = &task->question;
  if ((one.given && take (task, "theta1", one.value, &q->low, err) != RX_OK)
      || (two.given
          && take (task, "theta2", two.value, &q->high, err) != RX_OK))
    return err->status;
  if (!one.given)
    q->low = -q->high;
  if (!two.given)
    q->high = -q->low;
  if (!(q->low < q->high))
    return rx_fail (err, RX_EUSAGE,
                    "--theta1: expected a limit below the upper one, "
                    "--theta2");
  return RX_OK;
}

/* --margin and the side to be shown: without --better, towards no
   difference. */
static enum rx_status
take_margin (const struct rx_settings *s, struct rx_power_task *task,
             struct rx_error *err)
{
  double margin;
  if (!s->margin.given && !task->log)
    return rx_fail (err, RX_EUSAGE, "power: expected --margin");
  if (take (task, "margin", s->margin.given ? s->margin.value : LOG_THETA1,
            &margin, err)
      != RX_OK)
    return err->status;
  task->below
      = s->better != NULL ? strcmp (s->better, "lower") == 0 : margin > 0;
  task->question.low = task->below ? -INFINITY : margin;
  task->question.high = task->below ? margin : INFINITY;
  return RX_OK;
}

/* --discordant A,B, of pairs. */
static enum rx_status
take_shares (const struct rx_settings *s, struct rx_power_task *task,
             struct rx_error *err)
{
  double share[2];
  const char *other = s->sd.given        ? "sd"
                      : s->sd_diff.given ? "sd-diff"
                      : s->cv.given      ? "cv"
                      : s->delta.given   ? "delta"
                      : s->theta0.given  ? "theta0"
                      : s->detect        ? "detect"
                                         : NULL;
  char quoted[RX_QUOTED_SIZE];
  if (strcmp (task->design->name, "paired") != 0)
    return rx_fail (err, RX_EUSAGE,
                    "--design: found %s; %s compares pairs, expected "
                    "--design paired",
                    task->design->name, task->method->name);
  if (other != NULL)
    return rx_fail (err, RX_EUSAGE, "--%s: %s has but --discordant", other,
                    task->method->name);
  if (s->discordant.n != 2)
    return rx_fail (err, RX_EUSAGE,
                    "--discordant: found %zu numbers, expected two, the "
                    "shares of pairs that respond only the first time and "
                    "only the second",
                    s->discordant.n);
  for (size_t i = 0; i < 2; i++)
    if (!rx_number_readz (s->discordant.text[i], &share[i])
        || !(share[i] >= 0 && share[i] <= 1))
      return rx_fail (err, RX_EUSAGE,
                      "--discordant: found %s, expected a share from 0 to 1",
                      rx_quotez (quoted, s->discordant.text[i]));
  if (share[0] + share[1] > 1)
    return rx_fail (err, RX_EUSAGE,
                    "--discordant: the shares are %g together, expected at "
                    "most 1",
                    share[0] + share[1]);
  task->shares = (struct rx_discordant_shares){ share[0], share[1] };
  return RX_OK;
}

/* What a method that scales its limits needs. */
static enum rx_status
check_scaled (const struct rx_settings *s, struct rx_power_task *task,
              struct rx_error *err)
{
  const char *name = task->method->name;
  if (rx_common_expansion (s, &task->expansion, err) != RX_OK)
    return err->status;
  if (s->regulator != NULL && !task->method->expands)
    return rx_fail (err, RX_EUSAGE,
                    "--regulator: %s has limits of its own, expected the "
                    "method abel",
                    name);
  if (!task->log)
    return rx_fail (err, RX_EUSAGE,
                    "power: %s compares ratios, expected --cv, on the log "
                    "scale",
                    name);
  if (!task->design->is_replicate)
    return rx_fail (err, RX_EUSAGE,
                    "--design: %s repeats no reference, which %s needs; "
                    "expected 2x2x3, 2x2x4, 2x4x4 or 2x3x3",
                    task->design->name, name);
  if (!s->cv_ref.given)
    return RX_OK;
  size_t one_each[RX_POWER_GROUPS];
  for (size_t i = 0; i < RX_POWER_GROUPS; i++)
    one_each[i] = 1;
  if (!task->method->contrasts
      || !rx_power_design_replicate (task->design, one_each).is_even)
    return rx_fail (err, RX_EUSAGE,
                    "--cv-ref: the power of %s in the design %s is known for "
                    "equal variances only",
                    name, task->design->name);
  task->sd_ref = rx_cv_log_sd (100 * s->cv_ref.value);
  return RX_OK;
}

enum rx_status
rx_power_words_task (const struct rx_settings *s, const char *method,
                     struct rx_power_task *task, struct rx_error *err)
{
  *task = (struct rx_power_task){ 0 };
  if (find_method (method, &task->method, err) != RX_OK
      || find_design (s, task, err) != RX_OK
      || (task->method->limits == RX_POWER_SHARES ? take_shares (s, task, err)
                                                  : take_sd (s, task, err))
             != RX_OK
      || check_share ("alpha", s->alpha, 0, err) != RX_OK)
    return err->status;
  task->question.alpha = s->alpha.given ? s->alpha.value : task->method->alpha;
  /* with less power than alpha the size of the trial is of no help */
  if (check_share ("power", s->power, task->question.alpha, err) != RX_OK)
    return err->status;
  if (s->dropout.given && !(s->dropout.value >= 0 && s->dropout.value < 1))
    return out_of_range ("dropout", s->dropout.value,
                         "a share of 0 or more and below 1", err);
  task->dropout = s->dropout.value;
  if (task->method->limits != RX_POWER_SHARES
      && take_effect (s, task, err) != RX_OK)
    return err->status;
  switch (task->method->limits)
    {
    case RX_POWER_NONE:
    case RX_POWER_SHARES:
      return RX_OK;
    case RX_POWER_PAIR:
      return take_pair (s, task, err);
    case RX_POWER_MARGIN:
      return take_margin (s, task, err);
    case RX_POWER_SCALED:
      return check_scaled (s, task, err);
    }
  return RX_OK;
}

enum rx_status
rx_power_words_unused (const struct rx_settings *s, struct rx_error *err)
{
  bool used[RX_POWER_SHARES + 1] = { false };
  for (size_t i = 0; i < s->methods.n; i++)
    {
      const struct rx_power_method *method;
      if (find_method (s->methods.text[i], &method, err) != RX_OK)
        return err->status;
      used[method->limits] = true;
    }
  const struct
  {
    const char *name;
    bool given;
    enum rx_power_limits limits;
    const char *why;
  } options[] = {
    { "theta1", s->theta1.given, RX_POWER_PAIR, "has no such limit" },
    { "theta2", s->theta2.given, RX_POWER_PAIR, "has no such limit" },
    { "margin", s->margin.given, RX_POWER_MARGIN, "has no such limit" },
    { "better", s->better != NULL, RX_POWER_MARGIN, "has no such limit" },
    { "cv-ref", s->cv_ref.given, RX_POWER_SCALED,
      "does not scale limits to the reference" },
    { "regulator", s->regulator != NULL, RX_POWER_SCALED,
      "has no limits that expand" },
    { "discordant", s->discordant.n > 0, RX_POWER_SHARES,
      "compares no pairs of yes and no" },
  };
  for (size_t i = 0; i < sizeof options / sizeof options[0]; i++)
    if (options[i].given && !used[options[i].limits])
      return rx_fail (err, RX_EUSAGE, "--%s: the method asked for %s",
                      options[i].name, options[i].why);
  return RX_OK;
}
