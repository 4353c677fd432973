/* register_rules.h: requirements for eligibility, applied to persons.

   A requirement counts rows inside the coverage, whatever their amount; a
   missing indication matches no pattern, a missing sex or year of birth no
   requirement of sex or age. */
#ifndef RX_REGISTER_RULES_H
#define RX_REGISTER_RULES_H

#include "designs/before_after.h"

struct rx_rules; /* opaque: the rules with their patterns resolved */

/* The register and the rules are borrowed until rx_rules_free.  RX_EDATA for
   dates in the wrong order, and for indications, sex or age in a register
   without. */
enum rx_status rx_rules_alloc (struct rx_rules **rules,
                               const struct rx_register *reg,
                               const struct rx_rule *rule, size_t n,
                               struct rx_days coverage,
                               struct rx_error *err) RX_MUST_USE;
void rx_rules_free (struct rx_rules *rules);

/* Does the rule of that number hold for the person with that index day? */
bool rx_rules_hold (struct rx_rules *rules, size_t number, uint32_t person,
                    int32_t index);

/* Does the rule demand dispensings that may lie before an index date, the
   latest of which is given?  Whoever is selected so had more than usual. */
bool rx_rule_needs_earlier_use (const struct rx_rule *rule, int32_t latest);

#endif /* RX_REGISTER_RULES_H */
