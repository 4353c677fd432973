/* cmd_power.c: `recross power`: sample size and power of a trial to come. */
#include "cli/common.h"

#include "base/number.h"
#include "cli/power_words.h"

#include <math.h>
#include <string.h>

#define AT(member) offsetof (struct rx_settings, member)

static const char *const betters[] = { "higher", "lower", NULL };

static const struct rx_option options[] = {
  { "design", 0, RX_OPTION_TEXT, AT (design), "NAME", "2x2",
    "see `recross list designs'", NULL, false },
  { "method", 'm', RX_OPTION_LIST, AT (methods), "NAME,...", "t",
    "t, tost, tost-nct, tost-shifted or noninferiority", NULL, false },
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
  { "additive", 0, RX_OPTION_FLAG, AT (additive), NULL, NULL,
    "with --cv: no logarithms; all in parts of the reference mean", NULL,
    false },
  { "delta", 0, RX_OPTION_REAL, AT (delta), "D", NULL, "true difference", NULL,
    false },
  { "theta0", 0, RX_OPTION_REAL, AT (theta0), "R", NULL,
    "true ratio (or difference); 0.95 where a ratio is compared with limits",
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
  { "alpha", 0, RX_OPTION_REAL, AT (alpha), "A", NULL,
    "significance level: 0.05 two-sided (t), 0.05 on each side (tost), 0.025 "
    "one-sided (noninferiority)",
    NULL, false },
  { "power", 0, RX_OPTION_REAL, AT (power), "P", NULL,
    "find the smallest balanced total that has this power", NULL, false },
  { "n", 'n', RX_OPTION_LIST, AT (subjects), "N,...", NULL,
    "give the power of this total, or of these subjects of each sequence",
    NULL, false },
  { "curve", 0, RX_OPTION_TEXT, AT (curve), "A,B,STEP", NULL,
    "give the power of every total from A to B", NULL, false },
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
  return rx_power_add_subjects (task, subjects, rows, err);
}

/* --curve A,B,STEP */
static enum rx_status
add_curve (struct rx_settings *settings, const struct rx_power_task *task,
           struct rx_rows *rows, struct rx_error *err)
{
  long part[3];
  const char *value = settings->curve;
  for (size_t i = 0; i < 3; i++)
    {
      size_t length = strcspn (value, ",");
      const char *text = rx_strings_add (&settings->strings, value, length);
      if (text == NULL)
        return rx_fail_memory (err);
      if (value[length] != (i < 2 ? ',' : '\0'))
        return rx_fail (err, RX_EUSAGE, "--curve: found %s, expected A,B,STEP",
                        settings->curve);
      if (read_count ("curve", text, 1, &part[i], err) != RX_OK)
        return err->status;
      value += length + 1;
    }
  if (part[1] < part[0] || (part[1] - part[0]) / part[2] >= MOST_POINTS)
    return rx_fail (err, RX_EUSAGE,
                    "--curve: found %s, expected B above A and at most %d "
                    "points",
                    settings->curve, MOST_POINTS);
  for (long n = part[0]; n <= part[1]; n += part[2])
    {
      size_t subjects[RX_POWER_GROUPS];
      rx_power_design_split (task->design, (size_t)n, subjects);
      if (rx_power_add_subjects (task, subjects, rows, err) != RX_OK)
        return err->status;
    }
  return RX_OK;
}

static enum rx_status
add_method (struct rx_settings *settings, const char *method,
            struct rx_rows *rows, struct rx_error *err)
{
  struct rx_power_task task;
  if (rx_power_words_task (settings, method, &task, err) != RX_OK)
    return err->status;
  if (settings->power.given)
    return rx_power_add_size (&task, settings->power.value, rows, err);
  if (settings->curve != NULL)
    return add_curve (settings, &task, rows, err);
  return add_subjects (settings, &task, rows, err);
}

static enum rx_status
analyse (struct rx_settings *settings, struct rx_rows *rows,
         struct rx_error *err)
{
  const struct rx_list *methods = &settings->methods;
  if (settings->power.given + (settings->subjects.n > 0)
          + (settings->curve != NULL)
      != 1)
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
    "In the rows, n is the total number of subjects and estimate the power.",
  .groups = groups,
  .examples = examples,
  .run = run,
};
