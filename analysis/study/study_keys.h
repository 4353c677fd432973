/* study_keys.h: the keys of a study file, each read as what it should be.

   A reading leaves *out as it was when the key is not there, so that a
   default is an assignment before the call; the `need` ones complain. */
#ifndef RX_STUDY_KEYS_H
#define RX_STUDY_KEYS_H

#include "study/study_file.h"

/* A zeroed array that lives as long as the study; NULL, with err set, when
   there is no memory. */
void *rx_keys_array (struct rx_study *study, size_t n, size_t size,
                     struct rx_error *err) RX_MUST_USE;

/* The member of that key; RX_EDATA when it is not there. */
enum rx_status rx_keys_need (struct rx_study *study,
                             const struct rx_yaml_node *map, const char *key,
                             const struct rx_yaml_node **out,
                             struct rx_error *err) RX_MUST_USE;

/* A text that is not empty. */
enum rx_status rx_keys_text (struct rx_study *study,
                             const struct rx_yaml_node *map, const char *key,
                             const char **out,
                             struct rx_error *err) RX_MUST_USE;
enum rx_status rx_keys_need_text (struct rx_study *study,
                                  const struct rx_yaml_node *map,
                                  const char *key, const char **out,
                                  struct rx_error *err) RX_MUST_USE;

/* A path relative to the study file, as written and as opened; both as they
   were without the key.  Standard input is refused, as no one could run such a
   study again. */
enum rx_status rx_keys_path (struct rx_study *study,
                             const struct rx_yaml_node *map, const char *key,
                             const char **as_written, const char **path,
                             struct rx_error *err) RX_MUST_USE;

/* `name`: needed, without control characters, RX_STUDY_NAME_MOST bytes at the
   most, and borne by no earlier member of the list. */
enum rx_status rx_keys_name (struct rx_study *study,
                             const struct rx_yaml_node *list, size_t at,
                             const char **out,
                             struct rx_error *err) RX_MUST_USE;

/* One text or a list of them, none empty and none twice. */
enum rx_status rx_keys_texts (struct rx_study *study,
                              const struct rx_yaml_node *map, const char *key,
                              struct rx_texts *out,
                              struct rx_error *err) RX_MUST_USE;

/* The same for codes: exact ones, or beginnings that end in "*". */
enum rx_status rx_keys_codes (struct rx_study *study,
                              const struct rx_yaml_node *map, const char *key,
                              struct rx_texts *out,
                              struct rx_error *err) RX_MUST_USE;

/* The node of the i-th text of such a list, for a complaint about it. */
const struct rx_yaml_node *rx_keys_item (const struct rx_yaml_node *node,
                                         size_t i);

enum rx_status rx_keys_boolean (struct rx_study *study,
                                const struct rx_yaml_node *map,
                                const char *key, bool *out,
                                struct rx_error *err) RX_MUST_USE;
enum rx_status rx_keys_integer (struct rx_study *study,
                                const struct rx_yaml_node *map,
                                const char *key, long least, long most,
                                long *out, struct rx_error *err) RX_MUST_USE;

/* `level`: a number between 0 and 1. */
enum rx_status rx_keys_level (struct rx_study *study,
                              const struct rx_yaml_node *map, double *out,
                              struct rx_error *err) RX_MUST_USE;

/* Two dates under `from` and `to` of the map: both or neither, or, where an
   end may be open, INT32_MIN or INT32_MAX in place of one. */
enum rx_status rx_keys_dates (struct rx_study *study,
                              const struct rx_yaml_node *map, bool may_be_open,
                              struct rx_days *out, bool *has,
                              struct rx_error *err) RX_MUST_USE;

/* A needed list of two days relative to an index, the first not after the
   second. */
enum rx_status rx_keys_window (struct rx_study *study,
                               const struct rx_yaml_node *map, const char *key,
                               struct rx_days *out,
                               struct rx_error *err) RX_MUST_USE;

/* A map or a list under the key, with one member at least; *out = NULL when
   the key is not there. */
enum rx_status rx_keys_branch (struct rx_study *study,
                               const struct rx_yaml_node *map, const char *key,
                               enum rx_yaml_kind kind,
                               const struct rx_yaml_node **out,
                               struct rx_error *err) RX_MUST_USE;
enum rx_status rx_keys_need_branch (struct rx_study *study,
                                    const struct rx_yaml_node *map,
                                    const char *key, enum rx_yaml_kind kind,
                                    const struct rx_yaml_node **out,
                                    struct rx_error *err) RX_MUST_USE;

/* RX_EDATA for a word that is none of names[0..n): "found ..., expected
   <what>; did you mean ...?", or with all the names where none is near. */
enum rx_status rx_keys_unknown (struct rx_study *study,
                                const struct rx_yaml_node *node,
                                const char *what, const char *const *names,
                                size_t n, struct rx_error *err);

/* The same for the key of a member. */
enum rx_status rx_keys_unknown_key (struct rx_study *study,
                                    const struct rx_yaml_node *node,
                                    const char *what, const char *const *names,
                                    size_t n, struct rx_error *err);

/* The number, in names[0..n), of the word under the key. */
enum rx_status rx_keys_choice (struct rx_study *study,
                               const struct rx_yaml_node *map, const char *key,
                               const char *const *names, size_t n, size_t *out,
                               struct rx_error *err) RX_MUST_USE;

/* The same in a table of n structs of that size, each of which begins with its
   name. */
enum rx_status rx_keys_choice_in (struct rx_study *study,
                                  const struct rx_yaml_node *map,
                                  const char *key, const void *table, size_t n,
                                  size_t size, size_t *out,
                                  struct rx_error *err) RX_MUST_USE;

#endif /* RX_STUDY_KEYS_H */
