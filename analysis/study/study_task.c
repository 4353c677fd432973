/* study_task.c: what the types of analysis do alike when they run. */
#include "study/study_type.h"

#include "base/text.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void
rx_study_finding_free (struct rx_study_finding *finding)
{
  rx_text_free (&finding->design);
  free (finding->methods);
  free (finding->attrition);
  free (finding->claims);
  rx_strings_free (&finding->strings);
  *finding = (struct rx_study_finding){ 0 };
}

static bool
holds (const struct rx_study_finding *finding, const struct rx_method *method)
{
  for (size_t i = 0; i < finding->n_methods; i++)
    if (finding->methods[i] == method)
      return true;
  return false;
}

/* A method is run once, whoever asks for it. */
static void
add_method (struct rx_study_finding *finding, const struct rx_method *method)
{
  if (!holds (finding, method))
    finding->methods[finding->n_methods++] = method;
}

static bool
fits (const struct rx_study_task *task, const struct rx_study_finding *finding,
      const struct rx_method *method)
{
  return task->analysis->type->serves (method)
         && (finding->fits == NULL || finding->fits (finding->found, method));
}

static void
add_figure_methods (const struct rx_study_task *task,
                    const struct rx_figure *figure,
                    struct rx_study_finding *finding)
{
  for (size_t i = 0; figure->methods != NULL && figure->methods[i] != NULL;
       i++)
    {
      const struct rx_method *method = rx_method_find (figure->methods[i]);
      if (method != NULL && fits (task, finding, method))
        add_method (finding, method);
    }
}

enum rx_status
rx_study_setting (const struct rx_study_task *task, struct rx_error *err,
                  const char *key, const char *format, ...)
{
  struct rx_text name = { 0 };
  va_list args;
  va_start (args, format);
  int length = vsnprintf (NULL, 0, format, args);
  va_end (args);
  char *value = length < 0 ? NULL : rx_array ((size_t)length + 1, 1);
  enum rx_status status = RX_OK;
  if (value != NULL)
    {
      va_start (args, format);
      vsnprintf (value, (size_t)length + 1, format, args);
      va_end (args);
    }
  rx_text_addf (&name, "%s.%s", task->analysis->name, key);
  if (value == NULL || name.failed)
    status = rx_fail_memory (err);
  else
    status = rx_provenance_setting (task->prov, rx_text_string (&name), value,
                                    err);
  free (value);
  rx_text_free (&name);
  return status;
}

static enum rx_status
record_methods (const struct rx_study_task *task,
                const struct rx_study_finding *finding, struct rx_error *err)
{
  struct rx_text names = { 0 };
  for (size_t i = 0; i < finding->n_methods; i++)
    rx_text_addf (&names, "%s%s", i > 0 ? "," : "", finding->methods[i]->name);
  enum rx_status status = names.failed
                              ? rx_fail_memory (err)
                              : rx_study_setting (task, err, "methods", "%s",
                                                  rx_text_string (&names));
  rx_text_free (&names);
  return status;
}

enum rx_status
rx_study_plan (const struct rx_study_task *task,
               struct rx_study_finding *finding, struct rx_analysis_plan *plan,
               struct rx_error *err)
{
  const struct rx_study *study = task->study;
  const struct rx_study_analysis *analysis = task->analysis;
  *plan = analysis->plan;
  finding->methods = rx_array (rx_n_methods, sizeof *finding->methods);
  if (finding->methods == NULL)
    return rx_fail_memory (err);
  for (size_t i = 0; plan->methods != NULL && i < plan->n_methods; i++)
    add_method (finding, plan->methods[i]);
  for (size_t i = 0; plan->methods == NULL && i < rx_n_methods; i++)
    if (!rx_methods[i]->on_request && fits (task, finding, rx_methods[i]))
      add_method (finding, rx_methods[i]);
  for (size_t i = 0; finding->asks != NULL && i < rx_n_methods; i++)
    if (finding->asks (finding->found, rx_methods[i]))
      add_method (finding, rx_methods[i]);
  for (size_t i = 0; i < study->n_figures; i++)
    if (study->figures[i].from == NULL || study->figures[i].from == analysis)
      add_figure_methods (task, study->figures[i].figure, finding);
  plan->methods = finding->methods;
  plan->n_methods = finding->n_methods;
  return record_methods (task, finding, err);
}

void
rx_study_enumerate (struct rx_text *out, struct rx_texts texts,
                    const char *joint, const char *every)
{
  if (texts.n == 0 || (texts.n == 1 && strcmp (texts.text[0], "*") == 0))
    {
      rx_text_addz (out, every);
      return;
    }
  for (size_t i = 0; i < texts.n; i++)
    {
      if (i > 0 && i + 1 == texts.n)
        rx_text_addf (out, " %s ", joint);
      else if (i > 0)
        rx_text_addz (out, ", ");
      rx_text_addz (out, texts.text[i]);
    }
}
