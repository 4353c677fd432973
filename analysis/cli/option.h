/* option.h: options as rows of a table; the same rows parse the command line
   and print help, man pages and completion. */
#ifndef RX_OPTION_H
#define RX_OPTION_H

#include "base/text.h"
#include "cli/settings.h"

enum rx_option_kind
{
  RX_OPTION_FLAG,
  RX_OPTION_TEXT,
  RX_OPTION_NUMBER,  /* between 0 and 1, both excluded */
  RX_OPTION_REAL,    /* any number; a struct rx_real */
  RX_OPTION_INTEGER, /* zero or more */
  RX_OPTION_LIST,    /* repeatable, comma-separated */
  RX_OPTION_REPEAT   /* repeatable, each kept whole */
};

struct rx_option
{
  const char *name;
  char letter; /* 0: none */
  enum rx_option_kind kind;
  size_t offset;        /* of the member in struct rx_settings */
  const char *argument; /* shown in help: "FILE" */
  const char *fallback; /* default, shown in help and provenance; or NULL */
  const char *help;
  const char *const *values; /* the only ones allowed, NULL-terminated */
  bool hides_nothing; /* does not change results: left out of provenance */
};

struct rx_option_group
{
  const char *title; /* "Reading the file" */
  const struct rx_option *option;
  size_t n;
};

/* Reads argv[1..) with the groups' options into settings (which start
   zeroed); defaults first.  RX_EUSAGE with what was found and the nearest
   option. */
enum rx_status rx_options_parse (const struct rx_option_group *const *groups,
                                 int argc, char **argv,
                                 struct rx_settings *settings,
                                 struct rx_error *err) RX_MUST_USE;

/* The value of an option as text, for provenance; "" when not set. */
const char *rx_option_value (const struct rx_option *option,
                             struct rx_settings *settings);

#endif /* RX_OPTION_H */
