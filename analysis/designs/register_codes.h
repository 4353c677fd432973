/* register_codes.h: which of a register's codes a list of patterns means.

   Patterns are matched against the few thousand different codes once, so that
   a row asks with one look-up. */
#ifndef RX_REGISTER_CODES_H
#define RX_REGISTER_CODES_H

#include "designs/before_after.h"

struct rx_codes
{
  unsigned char *has; /* [number of codes] */
  size_t n;           /* how many it has */
};

/* The codes that match a pattern, or every one where there are no patterns,
   without those that match `except`.  Code "" (missing) matches nothing but
   the absence of patterns. */
enum rx_status rx_codes_make (struct rx_codes *codes, const char *const *code,
                              size_t n_codes, struct rx_texts patterns,
                              struct rx_texts except,
                              struct rx_error *err) RX_MUST_USE;
void rx_codes_free (struct rx_codes *codes);

/* Does the code match a pattern when the case of letters is ignored, and none
   as it is written? */
bool rx_codes_but_for_case (struct rx_texts patterns, const char *code);

static inline bool
rx_days_hold (struct rx_days days, int32_t day)
{
  return days.from <= day && day <= days.to;
}

#endif /* RX_REGISTER_CODES_H */
