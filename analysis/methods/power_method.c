/* power_method.c: the table of power methods, and their rows.

   A dropout share q turns n subjects into n / (1 - q) to be randomised,
   rounded up to full groups. */
#include "methods/power_method.h"

#include "methods/fill.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

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
    .sided = "each-side",
    .power = rx_power_tost },
  { .name = "tost-nct",
    .title = "the same, by two non-central t",
    .source = "Phillips 1990, J Pharmacokinet Biopharm 18:137-144",
    .limits = RX_POWER_PAIR,
    .alpha = 0.05,
    .sided = "each-side",
    .approximate = true,
    .power = rx_power_tost_nct },
  { .name = "tost-shifted",
    .title = "the same, by two shifted central t",
    .source = "Chow & Liu, Design and Analysis of Bioavailability and "
              "Bioequivalence Studies, section 9.6",
    .limits = RX_POWER_PAIR,
    .alpha = 0.05,
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
    .power = rx_power_above,
    .power_below = rx_power_below },
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

static struct rx_note
note_of (const struct rx_power_task *task)
{
  struct rx_note note = { "" };
  rx_note_add (&note, "design=%s", task->design->name);
  rx_note_add (&note, "alpha=%g", task->question.alpha);
  rx_note_add (&note, "%s", task->method->sided);
  if (task->method->limits == RX_POWER_MARGIN)
    rx_note_add (&note, "%s", task->below ? "below-margin" : "above-margin");
  if (task->log)
    rx_note_add (&note, "log");
  if (task->method->approximate)
    rx_note_add (&note, "approximate");
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
  if (!isnan (power))
    row.df = rx_power_df (&task->design->layout, n);
  return rx_rows_add (rows, &row, err);
}

/* The row of those who start, n of them. */
static enum rx_status
add_randomised (const struct rx_power_task *task, double n,
                struct rx_rows *rows, struct rx_error *err)
{
  struct rx_note note = { "" };
  rx_note_add (&note, "design=%s", task->design->name);
  rx_note_add (&note, "dropout=%g", task->dropout);
  return add (task, "randomised", n, NAN, &note, rows, err);
}

enum rx_status
rx_power_add_size (const struct rx_power_task *task, double target,
                   struct rx_rows *rows, struct rx_error *err)
{
  struct rx_note note = note_of (task);
  double groups = (double)task->design->layout.groups;
  struct rx_power_size size
      = rx_power_search (power_of (task), &task->question,
                         &task->design->layout, task->sd, target);
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

enum rx_status
rx_power_add_subjects (const struct rx_power_task *task,
                       const size_t *subjects, struct rx_rows *rows,
                       struct rx_error *err)
{
  const struct rx_power_layout *layout = &task->design->layout;
  size_t left[RX_POWER_GROUPS];
  double started = 0, total = 0, power = NAN;
  bool empty = false;
  struct rx_note note = note_of (task);
  for (size_t i = 0; i < layout->groups; i++)
    {
      double stay = (double)subjects[i] * (1 - task->dropout);
      left[i] = (size_t)floor (stay * (1 + NOISE));
      started += (double)subjects[i];
      total += (double)left[i];
      empty = empty || left[i] == 0;
    }
  double df = rx_power_df (layout, total);
  if (empty || df < 1)
    rx_note_add (&note, "too-few-subjects");
  else
    power = power_of (task) (&task->question,
                             rx_power_se (layout, left, task->sd), df);
  note_subjects (&note, left, layout->groups);
  enum rx_status status = add (task, "power", total, power, &note, rows, err);
  if (status == RX_OK && task->dropout > 0)
    status = add_randomised (task, started, rows, err);
  return status;
}
