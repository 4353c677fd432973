/* provenance.h: from what, by what and how an output was made.

   No clock and no user name: the same command on the same files gives the
   same bytes. */
#ifndef RX_PROVENANCE_H
#define RX_PROVENANCE_H

#include "base/digest.h"
#include "base/memory.h"
#include "base/status.h"

struct rx_setting
{
  const char *name, *value; /* an option, defaults included */
};

struct rx_input
{
  const char *file;
  const char *sha256;
  bool synthetic;
};

/* The caller makes the struct (= {0}); it owns copies of all strings. */
struct rx_provenance
{
  const char *command; /* the command line, quoted as a shell needs it */
  struct rx_setting *setting;
  size_t n_settings, room_settings;
  struct rx_input *input;
  size_t n_inputs, room_inputs;
  struct rx_strings strings;
};

void rx_provenance_free (struct rx_provenance *prov);
enum rx_status rx_provenance_command (struct rx_provenance *prov, int argc,
                                      char **argv,
                                      struct rx_error *err) RX_MUST_USE;
enum rx_status rx_provenance_setting (struct rx_provenance *prov,
                                      const char *name, const char *value,
                                      struct rx_error *err) RX_MUST_USE;
enum rx_status rx_provenance_input (struct rx_provenance *prov,
                                    const char *file, const char *sha256,
                                    bool synthetic,
                                    struct rx_error *err) RX_MUST_USE;

/* "recross 0.1.0" */
const char *rx_version (void);

#endif /* RX_PROVENANCE_H */
