/* register_audit.h: what was found in a register, and the rule by which each
   finding was handled: rows of a table, so that audit.tsv, the remarks and the
   manual say the same.

   And what may be added to a register once it is read: a map of its codes and
   a file of its persons. */
#ifndef RX_REGISTER_AUDIT_H
#define RX_REGISTER_AUDIT_H

#include "data/code_map.h"
#include "data/register_persons.h"

struct rx_register_check
{
  const char *name; /* "negative-amounts" */
  const char *unit; /* "rows" or "persons" */
  const char *rule; /* what was done with them */
  size_t offset;    /* of the count in struct rx_register_audit */
  /* Could the register have it?  NULL: every one can. */
  bool (*applies) (const struct rx_register *reg);
  bool is_remarked; /* worth a remark wherever the count is not 0 */
};
extern const struct rx_register_check rx_register_checks[];
extern const size_t rx_n_register_checks;

size_t rx_register_check_count (const struct rx_register_check *check,
                                const struct rx_register_audit *audit);

/* Tables beside a register; NULL: none of that kind. */
struct rx_register_added
{
  const struct rx_table *codes;
  struct rx_code_columns code_columns;
  const struct rx_table *persons;
  struct rx_person_columns person_columns;
  const struct rx_date_format *person_dates;
};

/* Maps the codes, joins the persons, and counts the rest of the audit.  Errors
   are those of code_map.h and register_persons.h. */
enum rx_status rx_register_complete (struct rx_register *reg,
                                     const struct rx_register_added *added,
                                     struct rx_error *err) RX_MUST_USE;

#endif /* RX_REGISTER_AUDIT_H */
