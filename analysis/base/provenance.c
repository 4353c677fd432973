/* provenance.c: the command, the options and the inputs of a run. */
#ifdef HAVE_CONFIG_H
#include <config.h>
#endif
#include "base/provenance.h"

#include "base/text.h"

#include <stdlib.h>
#include <string.h>

const char *
rx_version (void)
{
  return PACKAGE_STRING;
}

void
rx_provenance_free (struct rx_provenance *prov)
{
  free (prov->setting);
  free (prov->input);
  rx_strings_free (&prov->strings);
  *prov = (struct rx_provenance){ 0 };
}

/* Quotes an argument for a POSIX shell where it needs it. */
static void
add_quoted (struct rx_text *text, const char *argument)
{
  static const char safe[] = "abcdefghijklmnopqrstuvwxyz"
                             "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                             "0123456789_-+=:,./@%";
  if (argument[0] != '\0' && strspn (argument, safe) == strlen (argument))
    {
      rx_text_addz (text, argument);
      return;
    }
  rx_text_addc (text, '\'');
  for (const char *s = argument; *s != '\0'; s++)
    if (*s == '\'')
      rx_text_addz (text, "'\\''");
    else
      rx_text_addc (text, *s);
  rx_text_addc (text, '\'');
}

enum rx_status
rx_provenance_command (struct rx_provenance *prov, int argc, char **argv,
                       struct rx_error *err)
{
  struct rx_text text = { 0 };
  rx_text_addz (&text, "recross");
  for (int i = 1; i < argc; i++)
    {
      rx_text_addc (&text, ' ');
      add_quoted (&text, argv[i]);
    }
  if (!text.failed)
    prov->command = rx_strings_addz (&prov->strings, rx_text_string (&text));
  bool failed = text.failed || prov->command == NULL;
  rx_text_free (&text);
  return failed ? rx_fail_memory (err) : RX_OK;
}

enum rx_status
rx_provenance_setting (struct rx_provenance *prov, const char *name,
                       const char *value, struct rx_error *err)
{
  if (rx_grow (&prov->setting, &prov->room_settings, prov->n_settings + 1,
               sizeof *prov->setting, err)
      != RX_OK)
    return err->status;
  struct rx_setting setting = { rx_strings_addz (&prov->strings, name),
                                rx_strings_addz (&prov->strings, value) };
  if (setting.name == NULL || setting.value == NULL)
    return rx_fail_memory (err);
  prov->setting[prov->n_settings++] = setting;
  return RX_OK;
}

enum rx_status
rx_provenance_input (struct rx_provenance *prov, const char *file,
                     const char *sha256, bool synthetic, struct rx_error *err)
{
  for (size_t i = 0; i < prov->n_inputs; i++)
    if (strcmp (prov->input[i].file, file) == 0)
      return RX_OK;
  if (rx_grow (&prov->input, &prov->room_inputs, prov->n_inputs + 1,
               sizeof *prov->input, err)
      != RX_OK)
    return err->status;
  struct rx_input input
      = { rx_strings_addz (&prov->strings, file),
          rx_strings_addz (&prov->strings, sha256), synthetic };
  if (input.file == NULL || input.sha256 == NULL)
    return rx_fail_memory (err);
  prov->input[prov->n_inputs++] = input;
  return RX_OK;
}
