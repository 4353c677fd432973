/* study_from.c: what the types its, pssa and sccs have in common where they
   read a dispensing register. */
#include "study/study_from.h"

#include "base/date.h"
#include "study/study_keys.h"

enum rx_status
rx_study_from_check (struct rx_study *study, const struct rx_yaml_node *node,
                     const struct rx_study_analysis *analysis,
                     const char *const *of_table,
                     const char *const *of_register, struct rx_error *err)
{
  bool is_register = analysis->data->is_register;
  const char *const *wrong = is_register ? of_table : of_register;
  for (size_t i = 0; wrong[i] != NULL; i++)
    if (rx_yaml_get (node, wrong[i]) != NULL)
      return rx_yaml_fail (
          &study->yaml, rx_yaml_get (node, wrong[i]), err,
          is_register
              ? "only used with a table (\"data:\"); a dispensing register "
                "(\"from:\") has lists of drugs in place of columns"
              : "only used with a dispensing register: \"from:\" in place of "
                "\"data:\"");
  return RX_OK;
}

enum rx_status
rx_study_from_coverage (struct rx_study *study,
                        const struct rx_yaml_node *node,
                        struct rx_coverage *coverage, struct rx_error *err)
{
  static const char *const known[] = { "from", "to", NULL };
  const struct rx_yaml_node *map;
  if (rx_keys_branch (study, node, "coverage", RX_YAML_MAP, &map, err) != RX_OK
      || (map != NULL
          && rx_yaml_known (&study->yaml, map, known, err) != RX_OK))
    return err->status;
  return rx_keys_dates (study, map, false, &coverage->days,
                        &coverage->is_given, err);
}

enum rx_status
rx_study_from_record (const struct rx_study_task *task,
                      struct rx_coverage coverage, struct rx_days days,
                      struct rx_error *err)
{
  char from[RX_DATE_SIZE], to[RX_DATE_SIZE];
  if (rx_study_setting (task, err, "coverage", "%s to %s",
                        rx_date_print (from, days.from),
                        rx_date_print (to, days.to))
      != RX_OK)
    return err->status;
  return rx_study_setting (task, err, "coverage.source", "%s",
                           coverage.is_given ? "given" : "data");
}

enum rx_status
rx_study_from_drugs (const struct rx_study_task *task, const char *key,
                     struct rx_texts drugs, struct rx_texts except,
                     struct rx_error *err)
{
  struct rx_text text = { 0 };
  for (size_t i = 0; i < drugs.n; i++)
    rx_text_addf (&text, "%s%s", i > 0 ? "," : "", drugs.text[i]);
  for (size_t i = 0; i < except.n; i++)
    rx_text_addf (&text, "%s%s", i > 0 ? "," : "; except: ", except.text[i]);
  enum rx_status status
      = text.failed
            ? rx_fail_memory (err)
            : rx_study_setting (task, err, key, "%s", rx_text_string (&text));
  rx_text_free (&text);
  return status;
}

void
rx_study_from_words (const struct rx_study_task *task,
                     struct rx_coverage coverage, struct rx_days days,
                     struct rx_text *out)
{
  char from[RX_DATE_SIZE], to[RX_DATE_SIZE];
  rx_text_addf (out,
                "The data (%s) are an extract of a dispensing register with "
                "%zu rows of %zu persons, taken to cover %s to %s%s. ",
                task->analysis->data->file, task->reg->audit.rows,
                task->reg->n_persons, rx_date_print (from, days.from),
                rx_date_print (to, days.to),
                coverage.is_given ? "" : ", the range of the data themselves");
}
