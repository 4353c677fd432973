/* study_summary.c: analyses of type `summary`: printed numbers re-analysed.

       - name: abstract
         type: summary
         data: figures
         methods: [reconstruct, contradiction, multiplicity, tipping-point]
         family: 11
         unprinted_p: [0.05, 1]

   `level` is that of the printed intervals, 1 minus it the significance
   level. */
#include "base/number.h"
#include "base/text.h"
#include "designs/printed_table.h"
#include "methods/analysis_summary.h"
#include "methods/printed_rows.h"
#include "study/study_keys.h"
#include "study/study_type.h"

static const char *const keys[]
    = { "name",   "type",        "data",  "methods",
        "family", "unprinted_p", "level", NULL };

enum
{
  FAMILY_MOST = 20000 /* as the method multiplicity takes */
};

static bool
serves (const struct rx_method *method)
{
  return rx_method_serves_summary (method);
}

static enum rx_status
parse_unprinted (struct rx_study *study, const struct rx_yaml_node *node,
                 double unprinted[2], struct rx_error *err)
{
  const struct rx_yaml_node *list;
  if (rx_keys_branch (study, node, "unprinted_p", RX_YAML_LIST, &list, err)
      != RX_OK)
    return err->status;
  if (list == NULL)
    return RX_OK;
  if (list->n != 2)
    return rx_yaml_fail (&study->yaml, list, err,
                         "expected two numbers, [low, high]");
  for (size_t i = 0; i < 2; i++)
    if (rx_yaml_number (&study->yaml, list->member[i], &unprinted[i], err)
        != RX_OK)
      return err->status;
  if (unprinted[0] >= 0 && unprinted[0] < unprinted[1] && unprinted[1] <= 1)
    return RX_OK;
  return rx_yaml_fail (&study->yaml, list, err,
                       "expected [low, high] from 0 to 1, such as [0.05, 1]");
}

static enum rx_status
parse (struct rx_study *study, const struct rx_yaml_node *node,
       struct rx_study_analysis *analysis, struct rx_error *err)
{
  long family = 0;
  if (rx_keys_integer (study, node, "family", 1, FAMILY_MOST, &family, err)
      != RX_OK)
    return err->status;
  analysis->plan.family = (size_t)family;
  return parse_unprinted (study, node, analysis->plan.unprinted, err);
}

static enum rx_status
record (const struct rx_study_task *task, struct rx_error *err)
{
  const struct rx_analysis_plan *plan = &task->analysis->plan;
  char low[RX_NUMBER_SIZE], high[RX_NUMBER_SIZE];
  bool given = plan->unprinted[1] > 0;
  rx_number_print (low, plan->unprinted[0]);
  rx_number_print (high, given ? plan->unprinted[1] : 1);
  enum rx_status status
      = plan->family > 0
            ? rx_study_setting (task, err, "family", "%zu", plan->family)
            : rx_study_setting (task, err, "family", "rows");
  return status != RX_OK
             ? status
             : rx_study_setting (task, err, "unprinted_p", "%s,%s", low, high);
}

static enum rx_status
run (const struct rx_study_task *task, struct rx_study_finding *finding,
     struct rx_error *err)
{
  struct rx_printed_table printed = { 0 };
  struct rx_analysis_plan plan;
  enum rx_status status = rx_printed_table_build (&printed, task->table, err);
  if (status == RX_OK)
    status = rx_study_plan (task, finding, &plan, err);
  if (status == RX_OK)
    status = rx_analysis_summary (&printed, &plan, task->rows, err);
  if (status == RX_OK)
    status = record (task, err);
  if (status == RX_OK)
    rx_text_addf (&finding->design,
                  "The data (%s) are %zu printed results, taken with the "
                  "rounding of every figure.",
                  task->analysis->data->file, printed.n);
  if (status == RX_OK && finding->design.failed)
    status = rx_fail_memory (err);
  finding->family = "the printed p-values of one study";
  rx_printed_table_free (&printed);
  return status;
}

const struct rx_study_type rx_study_type_summary = {
  .name = "summary",
  .title = "Numbers that papers print, re-analysed",
  .keys = keys,
  .serves = serves,
  .parse = parse,
  .run = run,
};
