/* study_inputs.c: schema first, then one reading. */
#include "study/study_inputs.h"

#include "base/date.h"
#include "base/text.h"
#include "study/run_folder.h"
#include "study/study_wide.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum rx_status
rx_study_inputs_alloc (struct rx_study_inputs *inputs,
                       const struct rx_study *study, struct rx_error *err)
{
  inputs->input = rx_array (study->n_data, sizeof *inputs->input);
  if (inputs->input == NULL)
    return rx_fail_memory (err);
  inputs->n = study->n_data;
  for (size_t i = 0; i < inputs->n; i++)
    {
      inputs->input[i].data = &study->data[i];
      for (size_t a = 0; a < study->n_analyses; a++)
        {
          const struct rx_study_analysis *analysis = &study->analyses[a];
          inputs->input[i].uses += analysis->data == &study->data[i];
          inputs->input[i].uses += analysis->second == &study->data[i];
        }
      for (size_t t = 0; t < study->n_tables; t++)
        {
          const struct rx_study_wide *wide = study->tables[t].wide;
          inputs->input[i].uses
              += wide != NULL && wide->printed == &study->data[i];
        }
    }
  /* a register that is read reads what stands beside it, once */
  for (size_t i = 0; i < inputs->n; i++)
    for (size_t k = 0; k < inputs->n; k++)
      {
        const struct rx_study_data *data = &study->data[k];
        if (data->is_register && inputs->input[k].uses > 0)
          {
            inputs->input[i].uses += data->codes == &study->data[i];
            inputs->input[i].uses += data->persons == &study->data[i];
          }
      }
  return RX_OK;
}

static void
let_go (struct rx_study_input *input)
{
  rx_table_free (&input->table);
  rx_register_free (&input->reg);
}

void
rx_study_inputs_free (struct rx_study_inputs *inputs)
{
  for (size_t i = 0; i < inputs->n; i++)
    {
      let_go (&inputs->input[i]);
      rx_schema_free (inputs->input[i].schema);
      free (inputs->input[i].checks);
    }
  free (inputs->input);
  *inputs = (struct rx_study_inputs){ 0 };
}

/* The study file's missing codes come before the schema's, and those before
   the program's own. */
static enum rx_status
check_schema (struct rx_study_input *input, struct rx_error *err)
{
  struct rx_csv_format *format = &input->format;
  size_t rows;
  if (rx_schema_read (&input->schema, input->data->schema_path, err) != RX_OK)
    return err->status;
  if (format->missing == NULL)
    format->missing = rx_schema_missing (input->schema, &format->n_missing);
  if (rx_run_digest (input->data->schema_path, input->schema_digest, NULL, err)
      != RX_OK)
    return err->status;
  return rx_schema_check (input->schema, input->data->path, format, &rows,
                          err);
}

static enum rx_status
keep_audit (struct rx_study_input *input, struct rx_error *err)
{
  input->checks = rx_array (rx_n_register_checks, sizeof *input->checks);
  if (input->checks == NULL)
    return rx_fail_memory (err);
  for (size_t i = 0; i < rx_n_register_checks; i++)
    {
      const struct rx_register_check *check = &rx_register_checks[i];
      if (check->applies == NULL || check->applies (&input->reg))
        input->checks[input->n_checks++] = (struct rx_study_check){
          check, rx_register_check_count (check, &input->reg.audit)
        };
    }
  return RX_OK;
}

/* The map of codes and the file of persons go when they were used. */
static enum rx_status
complete (struct rx_study_inputs *inputs, struct rx_study_input *input,
          struct rx_error *err)
{
  const struct rx_study_data *data = input->data;
  struct rx_study_input *codes = NULL, *persons = NULL;
  struct rx_register_added added = { .code_columns = data->code_columns,
                                     .person_columns = data->person_columns,
                                     .person_dates = data->person_dates };
  if ((data->codes != NULL
       && rx_study_inputs_take (inputs, data->codes, &codes, err) != RX_OK)
      || (data->persons != NULL
          && rx_study_inputs_take (inputs, data->persons, &persons, err)
                 != RX_OK))
    return err->status;
  added.codes = codes != NULL ? &codes->table : NULL;
  added.persons = persons != NULL ? &persons->table : NULL;
  enum rx_status status = rx_register_complete (&input->reg, &added, err);
  if (status == RX_OK)
    status = keep_audit (input, err);
  if (codes != NULL)
    rx_study_inputs_drop (codes);
  if (persons != NULL)
    rx_study_inputs_drop (persons);
  return status;
}

static enum rx_status
read_data (struct rx_study_inputs *inputs, struct rx_study_input *input,
           struct rx_error *err)
{
  const struct rx_study_data *data = input->data;
  const struct rx_csv_format *format = &input->format;
  enum rx_status status
      = data->is_register
            ? rx_register_read (&input->reg, data->path, format,
                                &data->columns, err)
            : rx_table_read (&input->table, data->path, format, err);
  if (status == RX_OK && data->is_register)
    status = complete (inputs, input, err);
  if (status != RX_OK)
    return status;
  input->is_read = true;
  memcpy (input->digest,
          data->is_register ? input->reg.digest : input->table.digest,
          sizeof input->digest);
  input->synthetic
      = data->is_register ? input->reg.synthetic : input->table.synthetic;
  return RX_OK;
}

static enum rx_status
read_input (struct rx_study_inputs *inputs, struct rx_study_input *input,
            struct rx_error *err)
{
  input->format = input->data->format;
  if (input->data->schema_path != NULL && check_schema (input, err) != RX_OK)
    return err->status;
  return read_data (inputs, input, err);
}

enum rx_status
rx_study_inputs_take (struct rx_study_inputs *inputs,
                      const struct rx_study_data *data,
                      struct rx_study_input **out, struct rx_error *err)
{
  for (size_t i = 0; i < inputs->n; i++)
    if (inputs->input[i].data == data)
      {
        *out = &inputs->input[i];
        return (*out)->is_read ? RX_OK : read_input (inputs, *out, err);
      }
  return rx_fail (err, RX_EINTERNAL, "data %s: not those of the study",
                  data->name);
}

void
rx_study_inputs_drop (struct rx_study_input *input)
{
  if (--input->uses == 0)
    let_go (input);
}

static enum rx_status
record_setting (struct rx_provenance *prov, const struct rx_study_data *data,
                const char *key, const char *value, struct rx_error *err)
{
  struct rx_text name = { 0 };
  rx_text_addf (&name, "data.%s.%s", data->name, key);
  enum rx_status status
      = name.failed
            ? rx_fail_memory (err)
            : rx_provenance_setting (prov, rx_text_string (&name), value, err);
  rx_text_free (&name);
  return status;
}

/* The missing codes in force; the last line names csv.h's own. */
static enum rx_status
record_missing (struct rx_provenance *prov, const struct rx_study_input *input,
                struct rx_error *err)
{
  const struct rx_csv_format *format = &input->format;
  struct rx_text codes = { 0 };
  for (size_t i = 0; i < format->n_missing; i++)
    {
      char code[RX_QUOTED_SIZE];
      rx_text_addf (&codes, "%s%s", i > 0 ? "," : "",
                    rx_quotez (code, format->missing[i]));
    }
  if (format->missing == NULL)
    rx_text_addz (&codes, "\"\",\"NA\",\".\"");
  enum rx_status status = codes.failed
                              ? rx_fail_memory (err)
                              : record_setting (prov, input->data, "missing",
                                                rx_text_string (&codes), err);
  rx_text_free (&codes);
  return status;
}

static enum rx_status
record_format (struct rx_provenance *prov, const struct rx_study_input *input,
               struct rx_error *err)
{
  const struct rx_csv_format *format = &input->format;
  const char *delimiter = format->delimiter == 0      ? "detected"
                          : format->delimiter == '\t' ? "tab"
                          : format->delimiter == ';'  ? "semicolon"
                                                      : "comma";
  if (record_setting (prov, input->data, "delimiter", delimiter, err) != RX_OK
      || record_setting (prov, input->data, "decimal",
                         format->decimal == ',' ? "," : ".", err)
             != RX_OK
      || record_setting (prov, input->data, "encoding",
                         format->latin1 ? "latin-1" : "utf-8", err)
             != RX_OK)
    return err->status;
  return record_missing (prov, input, err);
}

/* What stands beside a register, where something does. */
static enum rx_status
record_beside (struct rx_provenance *prov, const struct rx_study_data *data,
               struct rx_error *err)
{
  if (data->codes != NULL
      && (record_setting (prov, data, "code_map.data", data->codes->name, err)
              != RX_OK
          || record_setting (prov, data, "code_map.columns.from",
                             data->code_columns.from, err)
                 != RX_OK
          || record_setting (prov, data, "code_map.columns.to",
                             data->code_columns.to, err)
                 != RX_OK))
    return err->status;
  if (data->persons == NULL)
    return RX_OK;
  if (record_setting (prov, data, "persons.data", data->persons->name, err)
          != RX_OK
      || record_setting (prov, data, "persons.dates", data->person_dates->name,
                         err)
             != RX_OK)
    return err->status;
  for (size_t i = 0; i < rx_n_person_roles; i++)
    {
      char key[64];
      const char *column = rx_person_column (&data->person_columns, i);
      snprintf (key, sizeof key, "persons.columns.%s",
                rx_person_roles[i].name);
      if (record_setting (prov, data, key, column != NULL ? column : "none",
                          err)
          != RX_OK)
        return err->status;
    }
  return RX_OK;
}

static enum rx_status
record_columns (struct rx_provenance *prov, const struct rx_study_data *data,
                struct rx_error *err)
{
  const struct rx_register_columns *columns = &data->columns;
  const struct
  {
    const char *role, *column;
  } roles[] = { { "columns.person", columns->person },
                { "columns.date", columns->date },
                { "columns.drug", columns->drug },
                { columns->is_days ? "columns.days" : "columns.amount",
                  columns->amount },
                { "columns.amount_times", columns->amount_times },
                { "columns.indication", columns->indication },
                { "columns.sex", columns->sex },
                { "columns.birth_year", columns->birth_year } };
  for (size_t i = 0; i < sizeof roles / sizeof roles[0]; i++)
    if (record_setting (prov, data, roles[i].role,
                        roles[i].column != NULL ? roles[i].column : "none",
                        err)
        != RX_OK)
      return err->status;
  return record_beside (prov, data, err);
}

static enum rx_status
record_input (struct rx_provenance *prov, const struct rx_study_input *input,
              struct rx_error *err)
{
  const struct rx_study_data *data = input->data;
  if (rx_provenance_input (prov, data->file, input->digest, input->synthetic,
                           err)
          != RX_OK
      || (data->schema != NULL
          && rx_provenance_input (prov, data->schema, input->schema_digest,
                                  false, err)
                 != RX_OK)
      || record_format (prov, input, err) != RX_OK)
    return err->status;
  if (!data->is_register)
    return RX_OK;
  return record_setting (prov, data, "dates", data->format.dates->name, err)
                 != RX_OK
             ? err->status
             : record_columns (prov, data, err);
}

enum rx_status
rx_study_inputs_record (const struct rx_study_inputs *inputs,
                        const struct rx_study *study,
                        struct rx_provenance *prov, struct rx_error *err)
{
  if (rx_provenance_input (prov, study->file, study->yaml.digest, false, err)
      != RX_OK)
    return err->status;
  for (size_t i = 0; i < inputs->n; i++)
    if (inputs->input[i].is_read
        && record_input (prov, &inputs->input[i], err) != RX_OK)
      return err->status;
  return RX_OK;
}
