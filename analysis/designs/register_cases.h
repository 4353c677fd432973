/* register_cases.h: a dispensing register as a case series.

   The observation of everybody is the coverage, less a run-in at its start.
   An event is a dispensing of an outcome drug: each, or a person's first in
   the coverage, who is left out when that lies in the run-in.  Exposures are
   the dispensings of their drugs in the whole coverage, the run-in included.
   A dispensing is a row whose amount is not negative. */
#ifndef RX_REGISTER_CASES_H
#define RX_REGISTER_CASES_H

#include "designs/case_series.h"
#include "designs/register_extract.h"

struct rx_register_cases_spec
{
  struct rx_texts events; /* drugs */
  bool all_events;        /* else the first */
  struct rx_coverage coverage;
  int32_t run_in; /* days */
};

struct rx_register_cases_audit
{
  struct rx_days coverage, observation;
  size_t persons;    /* with a row in the coverage */
  size_t old_events; /* persons left out, with a first event in the run-in */
};

/* RX_EDATA when the register has none of the drugs, or the run-in leaves
   nothing of the coverage. */
enum rx_status rx_register_cases_build (
    struct rx_case_series *cases, const struct rx_register *reg,
    const struct rx_case_series_spec *spec,
    const struct rx_register_cases_spec *source,
    struct rx_register_cases_audit *audit, struct rx_error *err) RX_MUST_USE;

#endif /* RX_REGISTER_CASES_H */
