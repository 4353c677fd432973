/* manifest.c: manifest.json, by jansson.

       {
         "command": "recross run ...",        left out with no_prov
         "inputs": [{"file": ..., "sha256": ..., "synthetic": false}],
         "not_drawn": [{"figure": ..., "reason": ...}],
         "options": {"pef.level": "0.95", ...},
         "outputs": [{"bytes": ..., "file": ..., "sha256": ...}],
         "recross": "0.1.0",
         "remarks": [{"analysis": ..., "text": ..., "warning": false}],
         "seed": 20260101,
         "study": {"file": ..., "name": ..., "sha256": ...},
         "synthetic": false
       }

   jansson remembers a failure nowhere: every value passes through put() or
   push(), which do. */
#include "study/manifest.h"

#include "report/tsv.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

struct manifest
{
  const struct rx_study_report *report;
  bool failed;
};

/* NULL values are how jansson tells that there was no memory. */
static void
put (struct manifest *m, json_t *object, const char *key, json_t *value)
{
  if (json_object_set_new (object, key, value) != 0)
    m->failed = true;
}

static void
push (struct manifest *m, json_t *array, json_t *value)
{
  if (json_array_append_new (array, value) != 0)
    m->failed = true;
}

/* A text made valid UTF-8, as names of files need not be. */
static json_t *
string (const char *text)
{
  struct rx_text clean = { 0 };
  rx_tsv_line (&clean, text);
  json_t *value = clean.failed ? NULL : json_string (rx_text_string (&clean));
  rx_text_free (&clean);
  return value;
}

/* The first input is the study file; it has a member of its own. */
static json_t *
inputs (struct manifest *m)
{
  const struct rx_provenance *prov = m->report->prov;
  json_t *array = json_array ();
  for (size_t i = 0; i < prov->n_inputs; i++)
    {
      if (strcmp (prov->input[i].file, m->report->study->file) == 0)
        continue;
      json_t *object = json_object ();
      put (m, object, "file", string (prov->input[i].file));
      put (m, object, "sha256", json_string (prov->input[i].sha256));
      put (m, object, "synthetic", json_boolean (prov->input[i].synthetic));
      push (m, array, object);
    }
  return array;
}

static json_t *
options (struct manifest *m)
{
  const struct rx_provenance *prov = m->report->prov;
  json_t *object = json_object ();
  for (size_t i = 0; i < prov->n_settings; i++)
    put (m, object, prov->setting[i].name, string (prov->setting[i].value));
  return object;
}

static json_t *
remarks (struct manifest *m)
{
  const struct rx_rows *rows = m->report->rows;
  json_t *array = json_array ();
  for (size_t i = 0; i < rows->n_remarks; i++)
    {
      json_t *object = json_object ();
      put (m, object, "analysis", string (rows->remark[i].analysis));
      put (m, object, "text", string (rows->remark[i].text));
      put (m, object, "warning", json_boolean (rows->remark[i].is_warning));
      push (m, array, object);
    }
  return array;
}

static json_t *
study (struct manifest *m)
{
  const struct rx_study *of = m->report->study;
  json_t *object = json_object ();
  put (m, object, "file", string (of->file));
  put (m, object, "name", string (of->name));
  put (m, object, "sha256", json_string (of->yaml.digest));
  return object;
}

static json_t *
gaps (struct manifest *m)
{
  json_t *array = json_array ();
  for (size_t i = 0; i < m->report->n_gaps; i++)
    {
      json_t *object = json_object ();
      put (m, object, "figure", string (m->report->gaps[i].figure));
      put (m, object, "reason", string (m->report->gaps[i].reason));
      push (m, array, object);
    }
  return array;
}

static int
by_text (const void *a, const void *b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

/* Sorted by name, each once: figures share style.gp. */
static enum rx_status
outputs (struct manifest *m, const struct rx_run_folder *folder,
         json_t **array, struct rx_error *err)
{
  const struct rx_paths *made = &folder->made;
  char digest[RX_DIGEST_SIZE];
  size_t bytes;
  const char **path = rx_array (made->n, sizeof *path);
  enum rx_status status = path == NULL ? rx_fail_memory (err) : RX_OK;
  *array = json_array ();
  for (size_t i = 0; i < made->n && status == RX_OK; i++)
    path[i] = made->path[i];
  if (status == RX_OK)
    qsort (path, made->n, sizeof *path, by_text);
  for (size_t i = 0; i < made->n && status == RX_OK; i++)
    {
      if (i > 0 && strcmp (path[i], path[i - 1]) == 0)
        continue;
      status = rx_run_digest (path[i], digest, &bytes, err);
      if (status != RX_OK)
        break;
      json_t *object = json_object ();
      put (m, object, "bytes", json_integer ((json_int_t)bytes));
      put (m, object, "file", string (rx_run_folder_name (folder, path[i])));
      put (m, object, "sha256", json_string (digest));
      push (m, *array, object);
    }
  free (path);
  return status;
}

static json_t *
build (struct manifest *m)
{
  const struct rx_study_report *report = m->report;
  const char *version = strrchr (rx_version (), ' ');
  json_t *root = json_object ();
  if (!report->no_prov && report->prov->command != NULL)
    put (m, root, "command", string (report->prov->command));
  put (m, root, "inputs", inputs (m));
  if (report->n_gaps > 0)
    put (m, root, "not_drawn", gaps (m));
  put (m, root, "options", options (m));
  put (m, root, "recross",
       json_string (version != NULL ? version + 1 : rx_version ()));
  put (m, root, "remarks", remarks (m));
  put (m, root, "seed", json_integer (report->study->seed));
  put (m, root, "study", study (m));
  put (m, root, "synthetic", json_boolean (report->rows->synthetic));
  return root;
}

enum rx_status
rx_manifest_write (struct rx_text *out, const struct rx_study_report *report,
                   const struct rx_run_folder *folder, struct rx_error *err)
{
  struct manifest m = { report, false };
  json_t *array, *root = build (&m);
  char *text = NULL;
  enum rx_status status = outputs (&m, folder, &array, err);
  put (&m, root, "outputs", array);
  if (status == RX_OK && !m.failed)
    text = json_dumps (root, JSON_SORT_KEYS | JSON_INDENT (2));
  if (text != NULL)
    {
      rx_text_addz (out, text);
      rx_text_addc (out, '\n');
    }
  else if (status == RX_OK)
    status = rx_fail_memory (err);
  free (text);
  json_decref (root);
  return status;
}
