/* sequence_set.h: the sets of treatment sequences that have a name. */
#ifndef RX_SEQUENCE_SET_H
#define RX_SEQUENCE_SET_H

#include "base/memory.h"
#include "base/status.h"

enum
{
  RX_SEQUENCE_TREATMENTS = 26, /* the most that a design has */
  RX_SEQUENCE_MOST = 100000    /* sequences times periods */
};

/* Sequences of treatments 0, 1, ...: treatment[s * periods + p].  The caller
   makes the struct (= {0}); free it. */
struct rx_sequence_list
{
  size_t treatments, n, periods;
  size_t *treatment;
};
void rx_sequence_list_free (struct rx_sequence_list *list);

struct rx_sequence_set
{
  const char *name, *title, *source;
  const char *sequences; /* "AB, BA" where they are fixed; else NULL */
  size_t treatments;     /* how many it has; 0: as asked */
  /* Fills list, whose treatments are set, and whose periods are those asked
     for or 0; RX_EUSAGE when there is no such design.  NULL: `sequences`. */
  enum rx_status (*make) (struct rx_sequence_list *list, struct rx_error *err);
};

extern const struct rx_sequence_set rx_sequence_sets[];
extern const size_t rx_n_sequence_sets;

/* The set of that name, NULL when there is none. */
const struct rx_sequence_set *rx_sequence_set_find (const char *name);

/* The sequences of the set for so many treatments (0: its own number, or 2)
   and periods (0: as the set has them).  RX_EUSAGE when the set has no such
   design. */
enum rx_status rx_sequence_set_make (const struct rx_sequence_set *set,
                                     size_t treatments, size_t periods,
                                     struct rx_sequence_list *list,
                                     struct rx_error *err) RX_MUST_USE;

/* "AB, BA" or "AB,BA": one letter per period, the treatments being the letters
   of labels[] in that order (NULL: those found, sorted).  RX_EUSAGE when a
   sequence is of another length or has a letter that is no treatment. */
enum rx_status rx_sequence_list_read (struct rx_sequence_list *list,
                                      const char *text, const char *labels,
                                      struct rx_error *err) RX_MUST_USE;

#endif /* RX_SEQUENCE_SET_H */
