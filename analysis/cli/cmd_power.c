/* cmd_power.c: `recross power`: sample size and power of a trial to come. */
#include "cli/common.h"

#include "base/number.h"
#include "base/text.h"
#include "cli/power_words.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define AT(member) offsetof (struct rx_settings, member)

static const char *const betters[] = { "higher", "lower", NULL };

static const struct rx_option options[] = {
  { "design", 0, RX_OPTION_TEXT, AT (design), "NAME", "2x2",
    "see `recross list designs'; or the sequences themselves, such as "
    "TRT,RTR",
    NULL, false },
  { "carryover-model", 0, RX_OPTION_TEXT, AT (carryover_model), "NAME", NULL,
    "adjust for carryover; `recross list carryovers'", NULL, false },
  { "method", 'm', RX_OPTION_LIST, AT (methods), "NAME,...", "t",
    "t, tost, tost-nct, tost-shifted, noninferiority, abel, rsabe, "
    "rsabe-nti, mcnemar or mcnemar-exact",
    NULL, false },
  { "sd", 0, RX_OPTION_REAL, AT (sd), "SD", NULL,
    "within-subject standard deviation of one measurement (design parallel: "
    "total); effects and limits are differences",
    NULL, false },
  { "sd-diff", 0, RX_OPTION_REAL, AT (sd_diff), "SD", NULL,
    "in its place, the standard deviation of the difference of a subject's "
    "two measurements",
    NULL, false },
  { "cv", 0, RX_OPTION_REAL, AT (cv), "CV", NULL,
    "in its place, the coefficient of variation (0.3 is 30%): effects and "
    "limits are ratios, analysed as logarithms",
    NULL, false },
  { "cv-ref", 0, RX_OPTION_REAL, AT (cv_ref), "CV", NULL,
    "the same of the reference alone, where it differs (rsabe, rsabe-nti)",
    NULL, false },
  { "regulator", 0, RX_OPTION_TEXT, AT (regulator), "NAME", NULL,
    "abel: whose rule expands the limits, ema unless said otherwise; see "
    "`recross list regulators'",
    NULL, false },
  { "additive", 0, RX_OPTION_FLAG, AT (additive), NULL, NULL,
    "with --cv: no logarithms; all in parts of the reference mean", NULL,
    false },
  { "delta", 0, RX_OPTION_REAL, AT (delta), "D", NULL, "true difference", NULL,
    false },
  { "theta0", 0, RX_OPTION_REAL, AT (theta0), "R", NULL,
    "true ratio (or difference); 0.95 where a ratio is compared with limits, "
    "0.90 where these are scaled (rsabe-nti: 0.975)",
    NULL, false },
  { "theta1", 0, RX_OPTION_REAL, AT (theta1), "R", NULL,
    "lower limit of equivalence; 0.8 with --cv, -0.2 with --additive", NULL,
    false },
  { "theta2", 0, RX_OPTION_REAL, AT (theta2), "R", NULL,
    "upper limit of equivalence; 1 / theta1, or -theta1 for differences", NULL,
    false },
  { "margin", 0, RX_OPTION_REAL, AT (margin), "R", NULL,
    "margin of noninferiority; 0.8 with --cv", NULL, false },
  { "better", 0, RX_OPTION_TEXT, AT (better), "WHICH", NULL,
    "higher or lower: the side of the margin to be shown; else that of no "
    "difference",
    betters, false },
  { "discordant", 0, RX_OPTION_LIST, AT (discordant), "A,B", NULL,
    "mcnemar, of design paired: the shares of pairs that respond only the "
    "first time, and only the second",
    NULL, false },
  { "alpha", 0, RX_OPTION_REAL, AT (alpha), "A", NULL,
    "significance level: 0.05 two-sided (t), 0.05 on each side (tost), 0.025 "
    "one-sided (noninferiority)",
    NULL, false },
  { "power", 0, RX_OPTION_REAL, AT (power), "P", NULL,
    "find the smallest balanced total that has this power", NULL, false },
  { "n", 'n', RX_OPTION_LIST, AT (subjects), "N,...", NULL,
    "give the power of this total, or of these subjects of each sequence",
    NULL, false },
  { "detect", 0, RX_OPTION_FLAG, AT (detect), NULL, NULL,
    "with --n and --power: give the difference that they show (method t)",
    NULL, false },
  { "curve", 0, RX_OPTION_TEXT, AT (curve), "[NAME=]A,B,STEP", NULL,
    "give the power of every total from A to B; with cv=, sd=, theta0= or "
    "delta= and --n that for every such value",
    NULL, false },
  { "dropout", 0, RX_OPTION_REAL, AT (dropout), "Q", NULL,
    "share of the subjects that is lost: adds how many to randomise", NULL,
    false },
};
static const struct rx_option_group group
    = { "The trial", options, sizeof options / sizeof options[0] };
static const struct rx_option_group *const groups[]
    = { &group, &rx_options_rows, &rx_options_common, NULL };

extern const struct rx_command rx_cmd_power;

enum
{
  MOST_SUBJECTS = 1000000000, /* RX_POWER_MOST */
  MOST_POINTS = 1000000       /* of a curve */
};

static enum rx_status
read_count (const char *name, const char *value, long least, long *n,
            struct rx_error *err)
{
  char quoted[RX_QUOTED_SIZE];
  if (!rx_integer_readz (value, least, MOST_SUBJECTS, n))
    return rx_fail (err, RX_EUSAGE,
                    "--%s: found %s, expected a whole number from %ld to %d",
                    name, rx_quotez (quoted, value), least, MOST_SUBJECTS);
  return RX_OK;
}

/* --n: a total, or one number per sequence. */
static enum rx_status
add_subjects (const struct rx_settings *settings,
              const struct rx_power_task *task, struct rx_rows *rows,
              struct rx_error *err)
{
  const struct rx_list *list = &settings->subjects;
  size_t subjects[RX_POWER_GROUPS], n_groups = task->design->layout.groups;
  if (list->n != 1 && list->n != n_groups)
    return rx_fail (err, RX_EUSAGE,
                    "--n: found %zu numbers, expected a total or one for each "
                    "of the %zu sequences of %s",
                    list->n, n_groups, task->design->name);
  for (size_t i = 0; i < list->n; i++)
    {
      long n;
      if (read_count ("n", list->text[i], 0, &n, err) != RX_OK)
        return err->status;
      subjects[i] = (size_t)n;
    }
  if (list->n == 1)
    rx_power_design_split (task->design, subjects[0], subjects);
  if (settings->detect)
    return rx_power_add_detectable (task, subjects, settings->power.value,
                                    rows, err);
  return rx_power_add_subjects (task, subjects, rows, err);
}

/* What a curve can vary beside n: `--curve cv=A,B,STEP`. */
static const struct
{
  const char *name;
  size_t offset; /* of the option, a real number */
} variables[] = { { "cv", AT (cv) },
                  { "sd", AT (sd) },
                  { "theta0", AT (theta0) },
                  { "delta", AT (delta) } };
static const size_t n_variables = sizeof variables / sizeof variables[0];

/* "A,B,STEP" */
static enum rx_status
read_range (const struct rx_settings *settings, const char *value,
            double part[3], struct rx_error *err)
{
  struct rx_text text = { 0 };
  bool good = true;
  for (size_t i = 0; i < 3 && good; i++)
    {
      size_t length = strcspn (value, ",");
      rx_text_clear (&text);
      rx_text_add (&text, value, length);
      good = value[length] == (i < 2 ? ',' : '\0')
             && rx_number_readz (rx_text_string (&text), &part[i]);
      value += length + 1;
    }
  bool failed = text.failed;
  rx_text_free (&text);
  if (failed)
    return rx_fail_memory (err);
  if (!good)
    return rx_fail (err, RX_EUSAGE,
                    "--curve: found %s, expected A,B,STEP or NAME=A,B,STEP",
                    settings->curve);
  if (!(part[2] > 0) || !(part[1] >= part[0])
      || !((part[1] - part[0]) / part[2] < MOST_POINTS))
    return rx_fail (err, RX_EUSAGE,
                    "--curve: found %s, expected B above A, a STEP above 0 "
                    "and at most %d points",
                    settings->curve, MOST_POINTS);
  return RX_OK;
}

/* --curve A,B,STEP, or n=A,B,STEP: totals. */
static enum rx_status
add_sizes (const struct rx_settings *settings,
           const struct rx_power_task *task, const char *range,
           struct rx_rows *rows, struct rx_error *err)
{
  double part[3];
  if (read_range (settings, range, part, err) != RX_OK)
    return err->status;
  for (size_t i = 0; i < 3; i++)
    if (part[i] != floor (part[i]) || part[i] < 1 || part[i] > MOST_SUBJECTS)
      return rx_fail (err, RX_EUSAGE,
                      "--curve: found %s, expected whole numbers from 1 to %d",
                      settings->curve, MOST_SUBJECTS);
  for (double n = part[0]; n <= part[1]; n += part[2])
    {
      size_t subjects[RX_POWER_GROUPS];
      rx_power_design_split (task->design, (size_t)n, subjects);
      if (rx_power_add_subjects (task, subjects, rows, err) != RX_OK)
        return err->status;
    }
  return RX_OK;
}

/* The value of a point: the decimal number that was meant. */
static double
point (double from, double step, double i)
{
  char digits[32];
  double x = from + i * step;
  snprintf (digits, sizeof digits, "%.12g", x);
  return rx_number_readz (digits, &x) ? x : from + i * step;
}

/* --curve cv=A,B,STEP: true values, for the subjects of --n. */
static enum rx_status
add_values (struct rx_settings *settings, const char *method, size_t which,
            const char *range, struct rx_rows *rows, struct rx_error *err)
{
  double part[3];
  struct rx_real *varied
      = (struct rx_real *)((char *)settings + variables[which].offset);
  if (settings->subjects.n == 0)
    return rx_fail (err, RX_EUSAGE,
                    "--curve: with %s expected the subjects too, --n",
                    variables[which].name);
  if (varied->given)
    return rx_fail (err, RX_EUSAGE,
                    "--curve: found %s, which --%s gives already",
                    settings->curve, variables[which].name);
  if (read_range (settings, range, part, err) != RX_OK)
    return err->status;
  enum rx_status status = RX_OK;
  double points = floor ((part[1] - part[0]) / part[2] * (1 + 1e-12)) + 1;
  for (double i = 0; i < points && status == RX_OK; i++)
    {
      struct rx_power_task task;
      *varied = (struct rx_real){ point (part[0], part[2], i), true };
      status = rx_power_words_task (settings, method, &task, err);
      task.varied = variables[which].name;
      task.varied_to = varied->value;
      if (status == RX_OK)
        status = add_subjects (settings, &task, rows, err);
    }
  *varied = (struct rx_real){ 0 };
  return status;
}

/* --curve: of totals, or of what stands before a "=". */
static enum rx_status
add_curve (struct rx_settings *settings, const char *method,
           struct rx_rows *rows, struct rx_error *err)
{
  struct rx_power_task task;
  const char *curve = settings->curve, *is = strchr (curve, '=');
  size_t length = is != NULL ? (size_t)(is - curve) : 0;
  for (size_t i = 0; i < n_variables && is != NULL; i++)
    if (strlen (variables[i].name) == length
        && strncmp (variables[i].name, curve, length) == 0)
      return add_values (settings, method, i, is + 1, rows, err);
  if (is != NULL && !(length == 1 && curve[0] == 'n'))
    return rx_fail (err, RX_EUSAGE,
                    "--curve: found %s, expected n, cv, sd, theta0 or delta "
                    "before the =",
                    curve);
  if (settings->subjects.n > 0)
    return rx_fail (err, RX_EUSAGE,
                    "power: expected one of --power, --n and --curve");
  if (rx_power_words_task (settings, method, &task, err) != RX_OK)
    return err->status;
  return add_sizes (settings, &task, is != NULL ? is + 1 : curve, rows, err);
}

static enum rx_status
add_method (struct rx_settings *settings, const char *method,
            struct rx_rows *rows, struct rx_error *err)
{
  struct rx_power_task task;
  if (settings->curve != NULL)
    return add_curve (settings, method, rows, err);
  if (rx_power_words_task (settings, method, &task, err) != RX_OK)
    return err->status;
  if (settings->power.given && !settings->detect)
    return rx_power_add_size (&task, settings->power.value, rows, err);
  return add_subjects (settings, &task, rows, err);
}

static enum rx_status
analyse (struct rx_settings *settings, struct rx_rows *rows,
         struct rx_error *err)
{
  const struct rx_list *methods = &settings->methods;
  if (settings->detect
      && !(settings->power.given && settings->subjects.n > 0
           && settings->curve == NULL))
    return rx_fail (err, RX_EUSAGE,
                    "--detect: expected both --n and --power, and no --curve");
  int asked = settings->power.given + (settings->subjects.n > 0);
  if (!settings->detect
      && (settings->curve != NULL ? settings->power.given : asked != 1))
    return rx_fail (err, RX_EUSAGE,
                    "power: expected one of --power, --n and --curve");
  if (rx_power_words_unused (settings, err) != RX_OK)
    return err->status;
  if (methods->n == 0)
    return add_method (settings, "t", rows, err);
  for (size_t i = 0; i < methods->n; i++)
    if (add_method (settings, methods->text[i], rows, err) != RX_OK)
      return err->status;
  return RX_OK;
}

static enum rx_status
run (struct rx_settings *settings, int argc, char **argv, struct rx_error *err)
{
  struct rx_rows rows = { .analysis = "power" };
  struct rx_provenance prov = { 0 };
  enum rx_status status
      = rx_common_provenance (settings, &rx_cmd_power, argc, argv, &prov, err);
  if (status == RX_OK)
    status = analyse (settings, &rows, err);
  if (status == RX_OK)
    status = rx_common_write (settings, &rows, &prov, err);
  rx_rows_free (&rows);
  rx_provenance_free (&prov);
  return status;
}

static const struct rx_example examples[] = {
  { "recross power --design 2x2 --method t --sd 8 --delta 3.3 --power 0.9",
    "subjects for 90% power to show a difference of 3.3" },
  { "recross power --design 2x2 --method tost --cv 0.3 --theta0 0.95 --power "
    "0.8 --dropout 0.1",
    "subjects for bioequivalence, and how many to randomise" },
  { "recross power --method noninferiority --sd 8 --margin -2 --delta 0 "
    "--curve 20,200,4 --format tsv",
    "a power curve" },
  { "recross power --design 2x2 --sd 8 --n 60 --power 0.8 --detect",
    "the difference that 60 subjects show" },
  { "recross power --design 2x2x4 --method rsabe --cv 0.4 --power 0.8",
    "subjects for reference-scaled bioequivalence" },
  { "recross power --design paired --method mcnemar-exact --discordant "
    "0.1,0.25 --power 0.8",
    "pairs for an exact test of before and after" },
  { NULL, NULL },
};

const struct rx_command rx_cmd_power = {
  .name = "power",
  .operands = "",
  .operands_least = 0,
  .operands_most = 0,
  .title = "sample size and power of a trial to come",
  .text
  = "Gives the smallest balanced number of subjects that reaches a power, or "
    "the power of given numbers. The power of the t test, of "
    "non-inferiority and of two one-sided tests is exact for normal errors; "
    "tost-nct and tost-shifted are approximations that published tables use. "
    "Where limits are scaled to the reference (abel, rsabe, rsabe-nti) it is "
    "an integral over what the trial estimates, exact too; nothing is "
    "simulated. "
    "In the rows, n is the total number of subjects and estimate the power.",
  .groups = groups,
  .examples = examples,
  .run = run,
};
