/* yaml.h: a YAML file as a tree whose every node knows its line.

   Read through libyaml's events.  Scalars stay text (`NO` stays Norway): who
   asks for a value says of which type.  Anchors, aliases and tags are refused,
   duplicate keys too. */
#ifndef RX_YAML_H
#define RX_YAML_H

#include "base/memory.h"
#include "base/status.h"

enum rx_yaml_kind
{
  RX_YAML_SCALAR,
  RX_YAML_LIST,
  RX_YAML_MAP
};

struct rx_yaml_node
{
  enum rx_yaml_kind kind;
  const char *text;   /* of a scalar */
  bool quoted;        /* a scalar in quotes: never null, never a number */
  const char *key;    /* of a map's member, else NULL */
  const char *within; /* for messages: the key, or that of the list around */
  size_t line, place; /* counted from 1; of the key where there is one */
  size_t value_line, value_place; /* of the value itself */
  size_t n;                       /* members */
  struct rx_yaml_node **member;   /* of a list or a map */
};

struct rx_yaml
{
  const char *file;
  struct rx_yaml_node *root;
  struct rx_strings strings;
  struct rx_yaml_node **nodes; /* all of them, owned */
  size_t n_nodes, room_nodes;
  char digest[65]; /* SHA-256 of the file, hexadecimal */
};

/* Reads the whole file.  RX_EIO when it cannot be read, RX_EDATA with line
   and column when it is no YAML, holds no document or more than one, nests
   deeper than 32, or holds more than 1,000,000 nodes or 64 MiB. */
enum rx_status rx_yaml_read (struct rx_yaml *yaml, const char *path,
                             struct rx_error *err) RX_MUST_USE;
/* The same from memory (for tests and the fuzzer); file names it. */
enum rx_status rx_yaml_parse (struct rx_yaml *yaml, const char *file,
                              const char *bytes, size_t length,
                              struct rx_error *err) RX_MUST_USE;
void rx_yaml_free (struct rx_yaml *yaml);

/* A map's member by key, NULL when there is none (or node is no map). */
const struct rx_yaml_node *rx_yaml_get (const struct rx_yaml_node *node,
                                        const char *key);

/* RX_EDATA at the node: "file:line:place: key: message".  The first points to
   the key where there is one, the second to the value. */
enum rx_status rx_yaml_fail (const struct rx_yaml *yaml,
                             const struct rx_yaml_node *node,
                             struct rx_error *err, const char *format, ...)
    RX_PRINTF (4, 5);
enum rx_status rx_yaml_fail_value (const struct rx_yaml *yaml,
                                   const struct rx_yaml_node *node,
                                   struct rx_error *err, const char *format,
                                   ...) RX_PRINTF (4, 5);

/* RX_EDATA when the map has a key that is not in known[], naming the key that
   is nearest in spelling.  known ends in NULL. */
enum rx_status rx_yaml_known (const struct rx_yaml *yaml,
                              const struct rx_yaml_node *node,
                              const char *const *known,
                              struct rx_error *err) RX_MUST_USE;

/* Checked readings of a node.  Each says what was found and what was
   expected.  A plain scalar that is empty, `~` or `null` is "nothing", which
   none of them takes. */
enum rx_status rx_yaml_text (const struct rx_yaml *yaml,
                             const struct rx_yaml_node *node, const char **out,
                             struct rx_error *err) RX_MUST_USE;
enum rx_status rx_yaml_number (const struct rx_yaml *yaml,
                               const struct rx_yaml_node *node, double *out,
                               struct rx_error *err) RX_MUST_USE;
enum rx_status rx_yaml_integer (const struct rx_yaml *yaml,
                                const struct rx_yaml_node *node, long least,
                                long most, long *out,
                                struct rx_error *err) RX_MUST_USE;
enum rx_status rx_yaml_boolean (const struct rx_yaml *yaml,
                                const struct rx_yaml_node *node, bool *out,
                                struct rx_error *err) RX_MUST_USE;
enum rx_status rx_yaml_date (const struct rx_yaml *yaml,
                             const struct rx_yaml_node *node, int *day,
                             struct rx_error *err) RX_MUST_USE;
/* Checks that node is of the kind. */
enum rx_status rx_yaml_kind (const struct rx_yaml *yaml,
                             const struct rx_yaml_node *node,
                             enum rx_yaml_kind kind,
                             struct rx_error *err) RX_MUST_USE;
/* A list of scalars (or one scalar); *texts is an array from rx_array that
   the caller frees, its strings belong to the yaml. */
enum rx_status rx_yaml_texts (const struct rx_yaml *yaml,
                              const struct rx_yaml_node *node,
                              const char ***texts, size_t *n,
                              struct rx_error *err) RX_MUST_USE;

#endif /* RX_YAML_H */
