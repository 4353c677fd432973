/* before_after_words.h: the options of `recross before-after`, parsed into
   the specification of the design. */
#ifndef RX_BEFORE_AFTER_WORDS_H
#define RX_BEFORE_AFTER_WORDS_H

#include "cli/settings.h"
#include "data/register_audit.h"
#include "designs/before_after.h"

struct rx_study_words
{
  struct rx_before_after_spec spec;
  unsigned measures;
  struct rx_strings strings;
  void **owned; /* arrays that spec points into */
  size_t n_owned, room_owned;
};

/* RX_EUSAGE, naming the option, what was found and what was expected. */
enum rx_status rx_study_words_read (const struct rx_settings *settings,
                                    struct rx_study_words *words,
                                    struct rx_error *err) RX_MUST_USE;
void rx_study_words_free (struct rx_study_words *words);

/* The columns of the map of codes and of the file of persons. */
enum rx_status rx_beside_words_read (const struct rx_settings *settings,
                                     struct rx_register_added *added,
                                     struct rx_error *err) RX_MUST_USE;

#endif /* RX_BEFORE_AFTER_WORDS_H */
