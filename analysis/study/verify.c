/* verify.c: runs again what made a folder of results, and compares. */
#ifdef HAVE_CONFIG_H
#include <config.h> /* nftw */
#endif
#include "study/verify.h"

#include "base/number.h"
#include "report/writer.h"
#include "study/report_page.h"
#include "study/run_folder.h"
#include "study/study_run.h"

#include <errno.h>
#include <ftw.h>
#include <jansson.h>
#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum
{
  DIFFERENCES_SHOWN = 20, /* numbers of a file named one by one */
  OPEN_FOLDERS = 16       /* that nftw may hold */
};

struct check
{
  const char *folder, *study;
  const char *study_folder; /* with a slash at the end, or "" */
  const json_t *manifest;
  char again[PATH_MAX]; /* the folder of the new run */
  struct rx_text *report;
  size_t failures;
  struct rx_strings strings;
};

static const char *
text_of (const json_t *object, const char *key)
{
  const char *text = json_string_value (json_object_get (object, key));
  return text != NULL ? text : "";
}

static enum rx_status
load (const char *folder, json_t **manifest, struct rx_error *err)
{
  char path[PATH_MAX];
  json_error_t error;
  if (snprintf (path, sizeof path, "%s/manifest.json", folder)
      >= (int)sizeof path)
    return rx_fail_errno (err, folder, "cannot read", ENAMETOOLONG);
  FILE *file = fopen (path, "rb");
  if (file == NULL)
    return rx_fail_errno (err, path, "cannot read", errno);
  *manifest = json_loadf (file, JSON_REJECT_DUPLICATES, &error);
  fclose (file);
  if (*manifest == NULL)
    return rx_fail (err, RX_EDATA, "%s:%d:%d: no manifest of recross: %s",
                    path, error.line, error.column, error.text);
  if (text_of (json_object_get (*manifest, "study"), "file")[0] == '\0'
      || !json_is_array (json_object_get (*manifest, "outputs")))
    {
      json_decref (*manifest);
      *manifest = NULL;
      return rx_fail (err, RX_EDATA,
                      "%s: expected the keys study and outputs of a manifest "
                      "that recross run wrote",
                      path);
    }
  return RX_OK;
}

/* One file against its digest in the manifest. */
static void
check_digest (struct check *check, const char *what, const char *path,
              const char *expected)
{
  char digest[RX_DIGEST_SIZE];
  struct rx_error err = { RX_OK, "" };
  if (rx_run_digest (path, digest, NULL, &err) != RX_OK)
    {
      rx_text_addf (check->report, "%s %s: missing (%s)\n", what, path,
                    err.message);
      check->failures++;
    }
  else if (strcmp (digest, expected) != 0)
    {
      rx_text_addf (check->report,
                    "%s %s: changed, its SHA-256 is not that of the "
                    "manifest\n",
                    what, path);
      check->failures++;
    }
}

static void
check_inputs (struct check *check)
{
  size_t i;
  const json_t *input;
  const json_t *study = json_object_get (check->manifest, "study");
  check_digest (check, "study file", check->study, text_of (study, "sha256"));
  json_array_foreach (json_object_get (check->manifest, "inputs"), i, input)
  {
    const char *file = text_of (input, "file");
    const char *path = file[0] == '/'
                           ? file
                           : rx_strings_format (&check->strings, "%s%s",
                                                check->study_folder, file);
    if (path != NULL)
      check_digest (check, "input", path, text_of (input, "sha256"));
  }
}

static enum rx_status
run_again (struct check *check, struct rx_error *err)
{
  struct rx_study study = { 0 };
  struct rx_study_outcome out = { 0 };
  const char *command = text_of (check->manifest, "command");
  struct rx_provenance prov = { .command = command };
  struct rx_study_job job = { .folder = check->again,
                              .no_prov = command[0] == '\0',
                              .prov = &prov };
  enum rx_status status = rx_study_read (&study, check->study, err);
  if (status == RX_OK)
    status = rx_study_run (&study, &job, &out, err);
  rx_study_outcome_free (&out);
  rx_study_free (&study);
  return status;
}

static bool
same_number (double a, double b)
{
  return isnan (a) ? isnan (b) : a == b;
}

/* Names the numbers of a row that differ. */
static size_t
compare_row (struct rx_text *report, const struct rx_row *before,
             const struct rx_row *after, size_t shown)
{
  size_t differ = 0;
  char x[RX_NUMBER_SIZE], y[RX_NUMBER_SIZE];
  for (size_t c = 0; c < rx_row_n_columns; c++)
    {
      const struct rx_row_column *column = &rx_row_columns[c];
      bool same = column->is_number
                      ? same_number (rx_row_number (before, column),
                                     rx_row_number (after, column))
                      : strcmp (rx_row_text (before, column),
                                rx_row_text (after, column))
                            == 0;
      if (same)
        continue;
      if (shown + differ++ >= DIFFERENCES_SHOWN)
        continue;
      rx_text_addf (report, "  %s %s %s %s %s %s: %s was %s, is %s\n",
                    before->analysis, before->endpoint, before->measure,
                    before->group, before->method, before->term, column->name,
                    column->is_number
                        ? rx_number_print (x, rx_row_number (before, column))
                        : rx_row_text (before, column),
                    column->is_number
                        ? rx_number_print (y, rx_row_number (after, column))
                        : rx_row_text (after, column));
    }
  return differ;
}

/* Two files of result rows, row by row. */
static enum rx_status
compare_rows (struct check *check, const char *name, const char *before_path,
              const char *after_path, struct rx_error *err)
{
  struct rx_rows before = { 0 }, after = { 0 };
  size_t differ = 0;
  enum rx_status status = rx_rows_read (&before, before_path, err);
  if (status == RX_OK)
    status = rx_rows_read (&after, after_path, err);
  if (status == RX_OK && before.n != after.n)
    {
      rx_text_addf (check->report, "%s: %zu rows, the new run gives %zu\n",
                    name, before.n, after.n);
      check->failures++;
    }
  for (size_t i = 0; status == RX_OK && before.n == after.n && i < before.n;
       i++)
    differ
        += compare_row (check->report, &before.row[i], &after.row[i], differ);
  if (status == RX_OK && before.n == after.n)
    {
      rx_text_addf (check->report, "%s: %zu rows, %zu values differ\n", name,
                    before.n, differ);
      check->failures += differ > 0;
    }
  rx_rows_free (&before);
  rx_rows_free (&after);
  return status;
}

static bool
ends_in (const char *name, const char *ending)
{
  size_t n = strlen (name), m = strlen (ending);
  return n >= m && strcmp (name + n - m, ending) == 0;
}

/* Is the page the same but for how its pictures are drawn? */
static enum rx_status
same_words (struct check *check, const char *name, bool *same,
            struct rx_error *err)
{
  struct rx_run_folder before = { .path = check->folder },
                       after = { .path = check->again };
  struct rx_text page[2] = { 0 }, words[2] = { 0 };
  enum rx_status status = rx_run_folder_read (&before, name, &page[0], err);
  if (status == RX_OK)
    status = rx_run_folder_read (&after, name, &page[1], err);
  for (size_t i = 0; i < 2; i++)
    rx_report_page_words (&words[i], rx_text_string (&page[i]));
  *same = !words[0].failed && !words[1].failed
          && strcmp (rx_text_string (&words[0]), rx_text_string (&words[1]))
                 == 0;
  for (size_t i = 0; i < 2; i++)
    {
      rx_text_free (&page[i]);
      rx_text_free (&words[i]);
    }
  rx_paths_free (&before.made);
  rx_paths_free (&after.made);
  return status;
}

static enum rx_status
compare_output (struct check *check, const json_t *output,
                struct rx_error *err)
{
  static const char *const pictures[] = { ".svg", ".png", ".pdf" };
  const char *name = text_of (output, "file");
  char digest[RX_DIGEST_SIZE];
  size_t failures = check->failures;
  const char *before
      = rx_strings_format (&check->strings, "%s/%s", check->folder, name);
  const char *after
      = rx_strings_format (&check->strings, "%s/%s", check->again, name);
  if (before == NULL || after == NULL)
    return rx_fail_memory (err);
  check_digest (check, "output", before, text_of (output, "sha256"));
  if (check->failures > failures)
    return RX_OK;
  if (rx_run_digest (after, digest, NULL, err) != RX_OK)
    {
      rx_text_addf (check->report, "%s: the new run did not make it\n", name);
      check->failures++;
      return RX_OK;
    }
  if (strcmp (digest, text_of (output, "sha256")) == 0)
    {
      rx_text_addf (check->report, "%s: same bytes\n", name);
      return RX_OK;
    }
  bool same = false;
  if (strcmp (name, "report.html") == 0
      && same_words (check, name, &same, err) != RX_OK)
    return err->status;
  for (size_t i = 0; i < sizeof pictures / sizeof pictures[0]; i++)
    if (same || ends_in (name, pictures[i]))
      {
        rx_text_addf (check->report,
                      "%s: another picture (gnuplot or fonts differ?)\n",
                      name);
        return RX_OK;
      }
  if (strcmp (name, "results.tsv") == 0)
    return compare_rows (check, name, before, after, err);
  rx_text_addf (check->report, "%s: differs\n", name);
  check->failures++;
  return RX_OK;
}

static int
remove_one (const char *path, const struct stat *info, int kind,
            struct FTW *at)
{
  (void)info;
  (void)kind;
  (void)at;
  return remove (path);
}

static enum rx_status
make_folder (struct check *check, struct rx_error *err)
{
  const char *base = getenv ("TMPDIR");
  int wrote = snprintf (check->again, sizeof check->again,
                        "%s/recross-verify-XXXXXX",
                        base != NULL && *base != '\0' ? base : "/tmp");
  if (wrote < 0 || wrote >= (int)sizeof check->again
      || mkdtemp (check->again) == NULL)
    {
      check->again[0] = '\0';
      return rx_fail_errno (err, "temporary folder", "cannot make", errno);
    }
  return RX_OK;
}

static enum rx_status
find_study (struct check *check, struct rx_error *err)
{
  if (check->study == NULL)
    check->study
        = text_of (json_object_get (check->manifest, "study"), "file");
  const char *slash = strrchr (check->study, '/');
  check->study_folder = rx_strings_add (
      &check->strings, check->study,
      slash != NULL ? (size_t)(slash - check->study + 1) : 0);
  return check->study_folder == NULL ? rx_fail_memory (err) : RX_OK;
}

static enum rx_status
verify (struct check *check, struct rx_error *err)
{
  size_t i;
  const json_t *output;
  const char *version = text_of (check->manifest, "recross");
  if (find_study (check, err) != RX_OK)
    return err->status;
  if (strcmp (rx_version () + strlen ("recross "), version) != 0)
    rx_text_addf (check->report, "made by recross %s, verified by %s\n",
                  version, rx_version ());
  check_inputs (check);
  if (make_folder (check, err) != RX_OK || run_again (check, err) != RX_OK)
    return err->status;
  json_array_foreach (json_object_get (check->manifest, "outputs"), i, output)
  {
    if (compare_output (check, output, err) != RX_OK)
      return err->status;
  }
  if (check->report->failed)
    return rx_fail_memory (err);
  if (check->failures > 0)
    return rx_fail (err, RX_ECHECK, "%s: %zu of its files fail verification",
                    check->folder, check->failures);
  return RX_OK;
}

enum rx_status
rx_verify (const char *folder, const char *study, struct rx_text *report,
           struct rx_error *err)
{
  struct check check = { .folder = folder, .study = study, .report = report };
  json_t *manifest = NULL;
  enum rx_status status = load (folder, &manifest, err);
  check.manifest = manifest;
  if (status == RX_OK)
    status = verify (&check, err);
  if (check.again[0] != '\0')
    nftw (check.again, remove_one, OPEN_FOLDERS, FTW_DEPTH | FTW_PHYS);
  json_decref (manifest);
  rx_strings_free (&check.strings);
  return status;
}
