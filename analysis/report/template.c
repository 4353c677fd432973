/* template.c: finding and checking templates. */
#include "report/template.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#ifndef RX_PLOTS_DIR
#error "RX_PLOTS_DIR, the folder of the plot templates, must be defined"
#endif

/* Where the templates may be, relative to the program's own folder: installed
   elsewhere than planned, and built in a folder of the source tree or in the
   source tree itself. */
static const char *const beside[]
    = { "../share/recross/plots", "../plots", "plots" };

static bool
find_beside (char folder[PATH_MAX])
{
  char program[PATH_MAX], path[2 * PATH_MAX];
  ssize_t length = readlink ("/proc/self/exe", program, sizeof program - 1);
  if (length <= 0)
    return false;
  program[length] = '\0';
  char *slash = strrchr (program, '/');
  if (slash == NULL)
    return false;
  *slash = '\0';
  for (size_t i = 0; i < sizeof beside / sizeof beside[0]; i++)
    {
      snprintf (path, sizeof path, "%s/%s/style.gp", program, beside[i]);
      if (access (path, R_OK) != 0)
        continue;
      path[strlen (path) - strlen ("/style.gp")] = '\0';
      return realpath (path, folder) != NULL;
    }
  return false;
}

enum rx_status
rx_template_folder (char folder[PATH_MAX], struct rx_error *err)
{
  const char *said = getenv ("RECROSS_PLOTS");
  bool own = said != NULL && said[0] != '\0';
  if (realpath (own ? said : RX_PLOTS_DIR, folder) != NULL
      || (!own && find_beside (folder)))
    return RX_OK;
  if (own)
    return rx_fail (err, RX_EIO,
                    "%s: cannot find the plot templates, to which "
                    "RECROSS_PLOTS points: %s",
                    said, strerror (errno));
  return rx_fail (err, RX_EIO,
                  "%s: cannot find the plot templates: %s (install recross, "
                  "or set RECROSS_PLOTS to the folder that holds style.gp)",
                  RX_PLOTS_DIR, strerror (errno));
}

static enum rx_status
read_file (struct rx_text *out, const char *path, struct rx_error *err)
{
  char part[8192];
  FILE *file = fopen (path, "rb");
  if (file == NULL)
    return rx_fail_errno (err, path, "cannot read the template", errno);
  rx_text_clear (out);
  for (size_t got; (got = fread (part, 1, sizeof part, file)) > 0;)
    rx_text_add (out, part, got);
  enum rx_status status = RX_OK;
  if (ferror (file))
    status = rx_fail_errno (err, path, "cannot read the template", errno);
  else if (out->failed)
    status = rx_fail_memory (err);
  fclose (file);
  return status;
}

/* FOLDER/NAME.gp of a folder given by its first bytes. */
static bool
make_path (char path[PATH_MAX], const char *folder, size_t length,
           const char *name)
{
  int wrote
      = snprintf (path, PATH_MAX, "%.*s/%s.gp", (int)length, folder, name);
  return wrote > 0 && wrote < PATH_MAX;
}

enum rx_status
rx_template_read (struct rx_text *out, const char *folder, const char *name,
                  struct rx_error *err)
{
  char path[PATH_MAX];
  if (!make_path (path, folder, strlen (folder), name))
    return rx_fail_errno (err, folder, "cannot read the template",
                          ENAMETOOLONG);
  return read_file (out, path, err);
}

enum rx_status
rx_template_style (struct rx_text *out, const char *folder,
                   struct rx_error *err)
{
  const char *own = getenv ("GNUPLOT_LIB");
  char path[PATH_MAX];
  while (own != NULL && *own != '\0')
    {
      size_t length = strcspn (own, ":");
      struct rx_error ignored; /* most folders have none */
      if (length > 0 && length < PATH_MAX
          && make_path (path, own, length, "style")
          && read_file (out, path, &ignored) == RX_OK)
        return RX_OK;
      own += length + (own[length] == ':');
    }
  return rx_template_read (out, folder, "style", err);
}

/* Is word[0..length) one of the words of line, which ends at a newline? */
static bool
has_word (const char *line, const char *word, size_t length)
{
  for (size_t n; *line != '\0' && *line != '\n'; line += n)
    {
      line += strspn (line, "\t");
      n = strcspn (line, "\t\n");
      if (n == length && strncmp (line, word, n) == 0)
        return true;
    }
  return false;
}

enum rx_status
rx_template_check (const char *script, const char *name, const char *tsv,
                   struct rx_error *err)
{
  static const char head[] = "\n# columns:";
  const char *at = strstr (script, head);
  if (at == NULL)
    return rx_fail (err, RX_EINTERNAL,
                    "%s.gp: the template has no \"# columns:\" line", name);
  while (tsv[0] == '#')
    tsv += strcspn (tsv, "\n") + 1;
  at += strlen (head);
  for (size_t n; at += strspn (at, " \t\r"), *at != '\n' && *at != '\0';
       at += n)
    {
      n = strcspn (at, " \t\r\n");
      if (!has_word (tsv, at, n))
        return rx_fail (err, RX_EINTERNAL,
                        "%s.gp: the template wants a column %.*s, which the "
                        "data of the figure do not have",
                        name, (int)n, at);
    }
  return RX_OK;
}
