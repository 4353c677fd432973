/* cmd_design.c: `recross design`: the sequences of a crossover trial to come,
   what they can tell, and a randomisation list. */
#include "cli/common.h"

#include "base/number.h"
#include "base/output.h"
#include "designs/allocation.h"
#include "designs/sequence_set.h"
#include "methods/design_rows.h"
#include "report/csv_field.h"
#include "report/tsv.h"
#include "stats/carryover.h"

#include <stdlib.h>
#include <string.h>

#define AT(member) offsetof (struct rx_settings, member)

static const struct rx_option options[] = {
  { "treatments", 0, RX_OPTION_LIST, AT (treatments), "NAME,...", NULL,
    "names of the treatments, or how many there are (then A, B, ...)", NULL,
    false },
  { "periods", 0, RX_OPTION_INTEGER, AT (periods), "N", NULL,
    "periods of a design that can have several (orthogonal, n-of-1)", NULL,
    false },
  { "n", 'n', RX_OPTION_LIST, AT (subjects), "N", NULL,
    "subjects in all (with --strata: in each); default one per sequence", NULL,
    false },
  { "sd", 0, RX_OPTION_REAL, AT (sd), "SD", NULL,
    "within-subject standard deviation of one measurement, for the standard "
    "errors; default 1",
    NULL, false },
  { "carryover-model", 0, RX_OPTION_TEXT, AT (carryover_model), "NAME",
    "first-order", "what treatments leave behind; `recross list carryovers'",
    NULL, false },
};
static const struct rx_option random_options[] = {
  { "randomise", 0, RX_OPTION_FLAG, AT (randomise), NULL, NULL,
    "print the list of --n subjects with their sequences instead", NULL,
    false },
  { "block", 0, RX_OPTION_LIST, AT (blocks), "SIZE,...", NULL,
    "sizes of the permuted blocks, multiples of the number of sequences; of "
    "several, each block draws one (default: the number of sequences)",
    NULL, false },
  { "strata", 0, RX_OPTION_LIST, AT (strata), "NAME,...", NULL,
    "a list for each stratum", NULL, false },
  { "unit", 0, RX_OPTION_TEXT, AT (randomised_unit), "NAME", "subject",
    "what is randomised: the name of the first column, such as subject or "
    "cluster",
    NULL, false },
};
static const struct rx_option_group group
    = { "The design", options, sizeof options / sizeof options[0] };
static const struct rx_option_group random_group
    = { "Randomising", random_options,
        sizeof random_options / sizeof random_options[0] };
static const struct rx_option_group *const groups[]
    = { &group, &random_group, &rx_options_rows, &rx_options_common, NULL };

extern const struct rx_command rx_cmd_design;

enum
{
  MOST_SUBJECTS = 1000000
};

/* The design asked for. */
struct plan
{
  struct rx_sequence_list list;
  const char *labels[RX_SEQUENCE_TREATMENTS + 1];
  char letters[RX_SEQUENCE_TREATMENTS + 1][2]; /* where none were given */
  const char **sequence;                       /* [list.n] "ABBA", "A-B" */
  long n;                                      /* subjects; 0: not said */
};

static enum rx_status
read_whole (const char *option, const char *text, long least, long most,
            long *out, struct rx_error *err)
{
  char quoted[RX_QUOTED_SIZE];
  if (rx_integer_readz (text, least, most, out))
    return RX_OK;
  return rx_fail (err, RX_EUSAGE,
                  "--%s: found %s, expected a whole number from %ld to %ld",
                  option, rx_quotez (quoted, text), least, most);
}

/* --treatments: names, or one number. */
static enum rx_status
count_treatments (const struct rx_settings *settings, size_t *n,
                  struct rx_error *err)
{
  const struct rx_list *names = &settings->treatments;
  long number = 0;
  if (names->n == 1
      && read_whole ("treatments", names->text[0], 2, RX_SEQUENCE_TREATMENTS,
                     &number, err)
             != RX_OK)
    return err->status;
  if (names->n > RX_SEQUENCE_TREATMENTS)
    return rx_fail (err, RX_EUSAGE,
                    "--treatments: found %zu names, expected %d at the most",
                    names->n, RX_SEQUENCE_TREATMENTS);
  for (size_t i = 1; i < names->n; i++)
    for (size_t j = 0; j < i; j++)
      if (strcmp (names->text[i], names->text[j]) == 0)
        return rx_fail (err, RX_EUSAGE, "--treatments: %s is named twice",
                        names->text[i]);
  *n = names->n == 1 ? (size_t)number : names->n;
  return RX_OK;
}

static enum rx_status
unknown_design (const char *name, struct rx_error *err)
{
  char quoted[RX_QUOTED_SIZE];
  return rx_fail (err, RX_EUSAGE,
                  "design: found %s, expected sequences such as AB,BA or a "
                  "name that `recross list sequences' shows",
                  rx_quotez (quoted, name));
}

static enum rx_status
make_list (const struct rx_settings *settings, struct plan *plan,
           struct rx_error *err)
{
  const char *name = settings->operand[0];
  const struct rx_sequence_set *set = rx_sequence_set_find (name);
  size_t n = 0;
  if (count_treatments (settings, &n, err) != RX_OK)
    return err->status;
  if (set != NULL)
    return rx_sequence_set_make (set, n, (size_t)settings->periods,
                                 &plan->list, err);
  if (strchr (name, ',') == NULL)
    return unknown_design (name, err);
  if (settings->periods > 0)
    return rx_fail (err, RX_EUSAGE,
                    "--periods: %s says how many periods there are", name);
  if (rx_sequence_list_read (&plan->list, name, NULL, err) != RX_OK)
    return err->status;
  if (n > 0 && n != plan->list.treatments)
    return rx_fail (err, RX_EUSAGE,
                    "--treatments: found %zu, expected the %zu of %s", n,
                    plan->list.treatments, name);
  return RX_OK;
}

/* The letters of sequences that were given, the names that were given, or A,
   B, ... */
static void
name_treatments (const struct rx_settings *settings, struct plan *plan)
{
  const struct rx_list *names = &settings->treatments;
  bool given = names->n > 1;
  bool spelt = rx_sequence_set_find (settings->operand[0]) == NULL;
  for (size_t t = 0; t < plan->list.treatments; t++)
    {
      plan->letters[t][0] = (char)('A' + t);
      plan->labels[t] = given ? names->text[t] : plan->letters[t];
    }
  size_t n = plan->list.n * plan->list.periods;
  const char *s = settings->operand[0];
  for (size_t i = 0; spelt && i < n; i++, s++)
    {
      s += strspn (s, ", ");
      plan->letters[plan->list.treatment[i]][0] = *s;
    }
}

static enum rx_status
name_sequences (struct rx_settings *settings, struct plan *plan,
                struct rx_error *err)
{
  const struct rx_sequence_list *list = &plan->list;
  bool letters = true;
  for (size_t t = 0; t < list->treatments; t++)
    letters = letters && strlen (plan->labels[t]) == 1;
  plan->sequence = rx_array (list->n, sizeof *plan->sequence);
  if (plan->sequence == NULL)
    return rx_fail_memory (err);
  for (size_t s = 0; s < list->n; s++)
    {
      struct rx_text text = { 0 };
      for (size_t p = 0; p < list->periods; p++)
        rx_text_addf (&text, "%s%s", p > 0 && !letters ? "-" : "",
                      plan->labels[list->treatment[s * list->periods + p]]);
      plan->sequence[s]
          = text.failed
                ? NULL
                : rx_strings_addz (&settings->strings, rx_text_string (&text));
      rx_text_free (&text);
      if (plan->sequence[s] == NULL)
        return rx_fail_memory (err);
    }
  return RX_OK;
}

static enum rx_status
make_plan (struct rx_settings *settings, struct plan *plan,
           struct rx_error *err)
{
  if (settings->subjects.n > 1)
    return rx_fail (err, RX_EUSAGE,
                    "--n: found %zu numbers, expected the subjects in all",
                    settings->subjects.n);
  if (settings->subjects.n == 1
      && read_whole ("n", settings->subjects.text[0], 1, MOST_SUBJECTS,
                     &plan->n, err)
             != RX_OK)
    return err->status;
  if (settings->sd.given && !(settings->sd.value > 0))
    return rx_fail (err, RX_EUSAGE, "--sd: expected a number above 0");
  if (make_list (settings, plan, err) != RX_OK)
    return err->status;
  name_treatments (settings, plan);
  return name_sequences (settings, plan, err);
}

/* ---- what the design can tell ----------------------------------------- */

static enum rx_status
add_rows (struct rx_settings *settings, const struct plan *plan,
          struct rx_rows *rows, struct rx_error *err)
{
  const struct rx_sequence_list *list = &plan->list;
  struct rx_text names = { 0 };
  struct rx_design_task task
      = { .sequences = { list->treatments, list->n, list->periods,
                         list->treatment, NULL },
          .labels = plan->labels,
          .n = plan->n > 0 ? (double)plan->n : (double)list->n,
          .sd = settings->sd.given ? settings->sd.value : 1 };
  for (size_t s = 0; s < list->n; s++)
    rx_text_addf (&names, "%s%s", s > 0 ? ", " : "", plan->sequence[s]);
  enum rx_status status = rx_common_carryover (settings, &rx_carryovers[0],
                                               &task.carryover, err);
  if (status == RX_OK)
    status = rx_design_add_rows (&task, rows, err);
  if (status == RX_OK)
    status = rx_rows_remark (
        rows, false, err, "%zu treatments, %zu periods, %zu sequences: %s.",
        list->treatments, list->periods, list->n, rx_text_string (&names));
  if (status == RX_OK)
    status = rx_rows_remark (
        rows, false, err,
        "Standard errors are those of %g subjects, shared equally by the "
        "sequences, with a within-subject standard deviation of %g and fixed "
        "subjects; the efficiency of a treatment difference is 1 where "
        "nothing is lost to subjects, periods and carryover.",
        task.n, task.sd);
  rx_text_free (&names);
  return status;
}

static enum rx_status
show_design (struct rx_settings *settings, const struct plan *plan,
             const struct rx_provenance *prov, struct rx_error *err)
{
  struct rx_rows rows = { .analysis = "design" };
  enum rx_status status = add_rows (settings, plan, &rows, err);
  if (status == RX_OK)
    status = rx_common_write (settings, &rows, prov, err);
  rx_rows_free (&rows);
  return status;
}

/* ---- the randomisation list ------------------------------------------- */

static void
add_header (const struct rx_settings *settings, const struct plan *plan,
            struct rx_text *out)
{
  rx_csv_field (out, settings->randomised_unit);
  rx_text_addf (out, "%s,block,sequence",
                settings->strata.n > 0 ? ",stratum" : "");
  for (size_t p = 0; p < plan->list.periods; p++)
    rx_text_addf (out, ",period%zu", p + 1);
  rx_text_addc (out, '\n');
}

static void
add_stratum (const struct plan *plan, const char *stratum,
             const struct rx_allocation *a, size_t *subject,
             struct rx_text *out)
{
  const struct rx_sequence_list *list = &plan->list;
  for (size_t i = 0; i < a->n; i++)
    {
      const size_t *given = &list->treatment[a->sequence[i] * list->periods];
      rx_text_addf (out, "%zu,", ++*subject);
      if (stratum != NULL)
        {
          rx_csv_field (out, stratum);
          rx_text_addc (out, ',');
        }
      rx_text_addf (out, "%zu,", a->block[i]);
      rx_csv_field (out, plan->sequence[a->sequence[i]]);
      for (size_t p = 0; p < list->periods; p++)
        {
          rx_text_addc (out, ',');
          rx_csv_field (out, plan->labels[given[p]]);
        }
      rx_text_addc (out, '\n');
    }
}

static enum rx_status
read_blocks (const struct rx_settings *settings, size_t **sizes,
             struct rx_error *err)
{
  *sizes = rx_array (settings->blocks.n, sizeof **sizes);
  if (*sizes == NULL)
    return rx_fail_memory (err);
  for (size_t i = 0; i < settings->blocks.n; i++)
    {
      long size;
      if (read_whole ("block", settings->blocks.text[i], 1, MOST_SUBJECTS,
                      &size, err)
          != RX_OK)
        return err->status;
      (*sizes)[i] = (size_t)size;
    }
  return RX_OK;
}

static enum rx_status
randomise (struct rx_settings *settings, const struct plan *plan,
           const struct rx_provenance *prov, struct rx_error *err)
{
  struct rx_text out = { 0 };
  size_t *sizes = NULL, subject = 0;
  size_t strata = settings->strata.n > 0 ? settings->strata.n : 1;
  if (plan->n == 0)
    return rx_fail (err, RX_EUSAGE,
                    "--randomise: expected --n, the number of subjects");
  enum rx_status status = read_blocks (settings, &sizes, err);
  rx_tsv_provenance (&out, settings->no_prov ? NULL : prov);
  add_header (settings, plan, &out);
  for (size_t s = 0; s < strata && status == RX_OK; s++)
    {
      struct rx_allocation a = { 0 };
      status = rx_allocation_make (&a, plan->list.n, (size_t)plan->n, sizes,
                                   settings->blocks.n,
                                   (uint64_t)settings->seed, s, err);
      if (status == RX_OK)
        add_stratum (plan,
                     settings->strata.n > 0 ? settings->strata.text[s] : NULL,
                     &a, &subject, &out);
      rx_allocation_free (&a);
    }
  if (status == RX_OK)
    status = out.failed
                 ? rx_fail_memory (err)
                 : rx_output_write (settings->output, rx_text_string (&out),
                                    out.length, err);
  rx_text_free (&out);
  free (sizes);
  return status;
}

/* Options that only a randomisation list has a use for. */
static enum rx_status
check_unused (const struct rx_settings *settings, struct rx_error *err)
{
  const char *unused = settings->blocks.n > 0   ? "block"
                       : settings->strata.n > 0 ? "strata"
                                                : NULL;
  return settings->randomise || unused == NULL
             ? RX_OK
             : rx_fail (err, RX_EUSAGE, "--%s: expected --randomise beside it",
                        unused);
}

static enum rx_status
run (struct rx_settings *settings, int argc, char **argv, struct rx_error *err)
{
  struct plan plan = { .n = 0 };
  struct rx_provenance prov = { 0 };
  enum rx_status status = check_unused (settings, err);
  if (status == RX_OK)
    status = make_plan (settings, &plan, err);
  if (status == RX_OK)
    status = rx_common_provenance (settings, &rx_cmd_design, argc, argv, &prov,
                                   err);
  if (status == RX_OK)
    status = settings->randomise ? randomise (settings, &plan, &prov, err)
                                 : show_design (settings, &plan, &prov, err);
  rx_provenance_free (&prov);
  rx_sequence_list_free (&plan.list);
  free (plan.sequence);
  return status;
}

static const struct rx_example examples[] = {
  { "recross design williams --treatments 4 --n 24 --sd 8",
    "sequences, efficiency and standard errors of a Williams design" },
  { "recross design ABB,BAA", "the same of sequences of your own" },
  { "recross design ab-ba --treatments LDN,placebo --randomise --n 40 --block "
    "2,4 --strata RR,PP --seed 7 -o list.csv",
    "a randomisation list of 40 subjects in each of two strata" },
  { NULL, NULL },
};

const struct rx_command rx_cmd_design = {
  .name = "design",
  .operands = "DESIGN",
  .operands_least = 1,
  .operands_most = 1,
  .title = "sequences of a crossover trial: efficiency, randomisation list",
  .text
  = "DESIGN is a name (`recross list sequences' shows them) or the sequences "
    "themselves, a letter per period, such as ABB,BAA. Shows for every pair "
    "of "
    "treatments what the design can tell without and with "
    "carryover in the model, and how it is balanced. With --randomise prints "
    "a "
    "list of subjects in permuted blocks, from a seed that is recorded; the "
    "same seed gives the same list.",
  .groups = groups,
  .examples = examples,
  .run = run,
};
